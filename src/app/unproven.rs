//! A version in the open file's place of unknown descent: reported, and merged only on request.

use super::App;
use super::files::SaveFailure;
use super::jobs::JobScope;
use super::next_step::NextStep;
use super::notice::NoticeLevel;
use super::request::AppRequest;
use crate::features::sharing::{ChangedFile, InPlace};
use crate::i18n::{Msg, file_name};
use crate::store::base::Base;
use crate::store::project::StoredFile;
use std::path::PathBuf;

impl App {
    /// Reports that nothing was merged; if that blocks a save, asks at once what to do.
    pub(super) fn tell_unproven(&mut self, path: PathBuf, found: Base, next: Option<NextStep>) {
        if next.is_some() {
            return self.ask_replaced(path, found, next);
        }
        let text = Msg::OutsideUnproven.text_with(self.lang(), &[("file", &file_name(&path))]);
        let ask = AppRequest::call_step(move |app| app.ask_replaced(path, found, None));
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
        let Some(task) = self.begin_merge(&failure.path) else { return };
        self.jobs.start(
            JobScope::Document,
            Msg::Merging,
            move |_| match StoredFile::read_from(&failure.path) {
                Ok(theirs) => Ok(task.merge_unproven(theirs)),
                Err(_) => Err(failure),
            },
            move |app, merged| match merged {
                Ok(merge) => app.on_absorbed(merge, next),
                Err(failure) => app.ask_foreign_file(failure, InPlace::Unreadable, next),
            },
        );
    }
}
