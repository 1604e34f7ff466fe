//! A version in the open file's place of unknown descent: reported, and merged only on request.

use super::App;
use super::dialog::{Dialog, InPlace};
use super::files::SaveFailure;
use super::notice::NoticeLevel;
use super::outcome::{JobOutcome, NextStep};
use super::request::AppRequest;
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
        let ask = AppRequest::AskReplaced(path, found);
        self.notices.add_offer(NoticeLevel::Warning, text, Msg::DecideNow, ask);
    }

    /// Asks what to do with both versions.
    pub(super) fn ask_replaced(&mut self, path: PathBuf, found: Base, next: Option<NextStep>) {
        let failure = Box::new(SaveFailure::changed_on_disk(path, found));
        self.dialog = Some(Dialog::Changed { failure, found: InPlace::Unproven, next });
    }

    /// Merges both versions because the user asked for it.
    pub(super) fn merge_replaced(&mut self) {
        if let Some(Dialog::Changed { failure, next, .. }) = self.dialog.take() {
            self.merge_unproven(*failure, next);
        }
    }

    /// Merges the open project with a version of unknown descent; both are kept as versions first.
    pub(super) fn merge_unproven(&mut self, failure: SaveFailure, next: Option<NextStep>) {
        let Some(task) = self.begin_merge(&failure.path) else { return };
        self.work.start(Msg::Merging, move |_| match StoredFile::read_from(&failure.path) {
            Ok(theirs) => JobOutcome::Absorbed { merge: Box::new(task.merge_unproven(theirs)), next },
            Err(_) => JobOutcome::Foreign { failure, found: InPlace::Unreadable, next },
        });
    }
}
