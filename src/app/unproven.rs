//! A version in the open file's place of unknown descent: reported, and merged only on request.

use super::App;
use super::files::{self, SaveFailure};
use super::jobs::{JobScope, Ticket};
use super::merging::{Seen, absorb_unproven};
use super::notice::NoticeLevel;
use super::outcome::NextStep;
use super::request::AppRequest;
use crate::features::sharing::{ChangedFile, InPlace};
use crate::i18n::{Msg, file_name};
use crate::store::base::Base;
use crate::store::versions::Label;
use std::path::PathBuf;

impl App {
    /// Reports that nothing was merged; if that blocks a save, asks at once what to do.
    pub(super) fn tell_unproven(&mut self, seen: &Seen, next: Option<NextStep>) {
        if next.is_some() {
            return self.ask_replaced(seen.path.clone(), seen.base, next);
        }
        let text = Msg::OutsideUnproven.text_with(self.lang(), &[("file", &file_name(&seen.path))]);
        let ask = {
            let path = seen.path.clone();
            let base = seen.base;
            AppRequest::call_step(move |app| app.ask_replaced(path, base, None))
        };
        self.notices.add_offer(NoticeLevel::Warning, text, Msg::DecideNow, ask);
    }

    /// Asks what to do with both versions.
    pub(super) fn ask_replaced(&mut self, path: PathBuf, found: Base, next: Option<NextStep>) {
        self.ask_foreign_file(SaveFailure::changed_on_disk(path, found), InPlace::Unproven, next);
    }

    /// Merges both versions because the user asked for it.
    pub(crate) fn merge_replaced(&mut self) {
        if let Some(question) = self.dialog.take_as::<ChangedFile>() {
            self.merge_unproven(question.failure, question.next);
        }
    }

    /// Merges the open project with a version of unknown descent; both are kept as versions first.
    pub(super) fn merge_unproven(&mut self, failure: SaveFailure, next: Option<NextStep>) {
        let Some(session) = &self.session else { return };
        let Some(file) = session.file.as_ref().filter(|file| file.path == failure.path) else { return };
        let ours = session.project().clone();
        let from = (session.revision(), file.base);
        let state = self.settings.state.clone();
        let merge = move |_: &Ticket| {
            let Ok(seen) = files::read_current_version(&failure.path) else { return Err(failure) };
            let theirs = &seen.loaded.project;
            for version in [&ours, theirs] {
                files::keep_version(state.as_deref(), Some(&seen.path), version, Label::BeforeMerge);
            }
            let absorbed = absorb_unproven(&ours, theirs);
            Ok((seen, absorbed))
        };
        self.jobs.start(JobScope::Document, Msg::Merging, merge, move |app, merged| match merged {
            Ok((seen, absorbed)) => app.on_absorbed(from, seen, absorbed, next),
            Err(failure) => app.ask_foreign_file(failure, InPlace::Unreadable, next),
        });
    }
}
