//! Shared work on one file: watches for versions of others, merges them, and shows who has the file open.

use super::App;
use super::dialog::{Dialog, InPlace};
use super::files::{self, SaveFailure};
use super::merging::{Absorbed, Seen, absorb_theirs};
use super::notice::NoticeLevel;
use super::outcome::{JobOutcome, NextStep};
use super::session::File;
use crate::i18n::{Explain, Msg, file_name};
use crate::store::base::Base;
use crate::store::descent::{DescentSources, StoredVersion, is_descendant};
use crate::store::versions::Label;
use crate::store::watch::{FileWatch, Opener, Sight};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Longest wait at the program's end for the removal of our lock file.
const GOODBYE: Duration = Duration::from_millis(500);

/// The state of the open file as shared with others.
#[derive(Debug, Default)]
pub struct Sharing {
    watch: Option<FileWatch>,
    /// True while the file's drive does not answer.
    pub(super) silent: bool,
    /// The version they stored while we were saving, not merged yet.
    held: Option<Seen>,
    /// The other users who have the file open.
    pub others: Vec<Opener>,
}

impl App {
    /// Watches the file of the open project, and no other.
    pub(super) fn watch_file(&mut self) {
        let file = self.session.as_ref().and_then(|session| session.file.as_ref());
        match (file, &self.sharing.watch) {
            (Some(file), Some(watch)) if watch.path() == file.path => watch.note_stored(file.base),
            (Some(file), _) => {
                let ctx = self.work.egui_context().clone();
                let watch = FileWatch::start(&file.path, file.base, move || ctx.request_repaint());
                self.sharing = Sharing { watch: Some(watch), ..Sharing::default() };
            }
            (None, _) => self.sharing = Sharing::default(),
        }
    }

    /// Ends the watch with the program; waits briefly until our lock file is removed.
    pub(super) fn leave_shared_file(&mut self) {
        if let Some(watch) = self.sharing.watch.take() {
            watch.end_within(GOODBYE);
        }
    }

    /// Handles the events of the file watch.
    pub(super) fn handle_file_events(&mut self) {
        let watch = self.sharing.watch.as_ref();
        let sights = watch.map(|watch| (watch.path().to_owned(), watch.take_events()));
        for (path, sight) in
            sights.into_iter().flat_map(|(path, all)| all.into_iter().map(move |s| (path.clone(), s)))
        {
            self.handle_file_event(&path, sight);
        }
        // During our own save, the event may report our own write.
        if !self.is_saving()
            && let Some(seen) = self.sharing.held.take()
        {
            self.absorb_version(seen, None);
        }
    }

    fn is_saving(&self) -> bool {
        self.work.jobs().iter().any(|job| job.label == Msg::Saving)
    }

    fn handle_file_event(&mut self, path: &Path, sight: Sight) {
        let lang = self.lang();
        let name = file_name(path);
        let about = |msg: Msg| msg.text_with(lang, &[("file", &name)]);
        match sight {
            Sight::Changed { base, loaded } => {
                self.sharing.held = Some(Seen { path: path.to_owned(), base, loaded });
            }
            Sight::Unreadable(error) => {
                let why = error.explain(lang);
                let text = Msg::OutsideUnreadable.text_with(lang, &[("file", &name), ("problem", &why)]);
                self.notices.add_notice(NoticeLevel::Warning, text);
            }
            Sight::Gone => self.notices.add_notice(NoticeLevel::Warning, about(Msg::OutsideGone)),
            Sight::Back => self.notices.add_notice(NoticeLevel::Info, about(Msg::OutsideBack)),
            Sight::Silent => {
                self.sharing.silent = true;
                self.notices.add_notice(NoticeLevel::Warning, about(Msg::DriveSilent));
            }
            Sight::Answers => {
                self.sharing.silent = false;
                self.notices.add_notice(NoticeLevel::Info, about(Msg::DriveAnswers));
            }
            Sight::Others(others) => self.sharing.others = others,
            Sight::Copies(paths) => self.look_at_copies(paths),
        }
    }

    /// Merges the version that somebody else stored with the open document; takes step `next` afterwards, if
    /// we were saving.
    pub(super) fn absorb_version(&mut self, seen: Seen, next: Option<NextStep>) {
        let Some(session) = &self.session else { return };
        let Some(file) = session.file.as_ref().filter(|file| file.path == seen.path) else { return };
        if file.base == seen.base {
            // This version was merged already.
            return self.save_merged(seen.path, seen.base, next);
        }
        if file.content.info().id != seen.loaded.project.info().id {
            let text = Msg::OutsideOther.text_with(self.lang(), &[("file", &file_name(&seen.path))]);
            return self.notices.add_notice(NoticeLevel::Warning, text);
        }
        let stored = file.content.clone();
        let ours = session.project().clone();
        let from = (session.revision(), file.base);
        let state = self.settings.state.clone();
        self.work.start(Msg::Merging, move |_| {
            let theirs = &seen.loaded.project;
            let opened = StoredVersion { base: from.1, project: &stored };
            let found = StoredVersion { base: seen.base, project: theirs };
            if !is_descendant(opened, found, DescentSources { path: &seen.path, state: state.as_deref() }) {
                return JobOutcome::Unproven { seen, next };
            }
            files::keep_version(state.as_deref(), Some(&seen.path), &ours, Label::BeforeMerge);
            // They stored their version, so it is kept like one that was opened.
            files::keep_version(state.as_deref(), Some(&seen.path), theirs, Label::Opened);
            let absorbed = absorb_theirs(&stored, &ours, theirs);
            JobOutcome::Absorbed { ours: from, seen, absorbed, next }
        });
    }

    /// Applies a finished merge, or repeats it if the document changed meanwhile.
    pub(super) fn on_absorbed(
        &mut self,
        ours: (u64, Base),
        seen: Seen,
        absorbed: Absorbed,
        next: Option<NextStep>,
    ) {
        let Some(session) = self.session.as_mut() else { return };
        let is_as_merged = |file: &File| file.path == seen.path && (session.revision(), file.base) == ours;
        // Once our project is stored elsewhere, that file is no longer ours.
        if !session.file.as_ref().is_some_and(is_as_merged) {
            return if absorbed.descends {
                self.absorb_version(seen, next);
            } else {
                self.merge_unproven(SaveFailure::changed_on_disk(seen.path, seen.base), next);
            };
        }
        if let Some(watch) = self.sharing.watch.as_ref()
            && !absorbed.descends
        {
            watch.took_unrelated(seen.base);
        }
        let changes = absorbed.transaction.ops.len();
        let conflicts = absorbed.conflicts.len();
        let read_only = seen.loaded.read_only;
        let file = File { path: seen.path.clone(), base: seen.base, content: seen.loaded.project };
        if let Err(error) = session.take_in(&absorbed.transaction, absorbed.conflicts, file, absorbed.clean) {
            return self.report_apply_error(Some(error));
        }
        session.read_only = read_only;
        self.watch_file();
        self.tell_absorbed(&seen.path, changes, conflicts, absorbed.clean);
        self.save_merged(seen.path, seen.base, next);
    }

    /// Continues a save after a merge, unless a conflict must be decided first. A version stored by a newer
    /// program is not overwritten.
    fn save_merged(&mut self, path: PathBuf, base: Base, next: Option<NextStep>) {
        let Some(session) = self.session.as_ref().filter(|session| session.open_conflicts().is_empty())
        else {
            return;
        };
        match next {
            Some(next) if session.read_only.is_some() => {
                self.warn_read_only();
                self.save_as(next);
            }
            Some(next) => self.start_save(path, Some(base), next),
            None => {}
        }
    }

    fn tell_absorbed(&mut self, path: &Path, changes: usize, conflicts: usize, clean: bool) {
        let lang = self.lang();
        let name = file_name(path);
        let text = |msg: Msg, n: usize| msg.text_with(lang, &[("file", &name), ("n", &n)]);
        match (changes, conflicts) {
            (0, 0) => {}
            (_, 0) if clean => self.notices.add_notice(NoticeLevel::Info, text(Msg::OutsideTaken, changes)),
            (_, 0) => self.notices.add_notice(NoticeLevel::Info, text(Msg::OutsideMerged, changes)),
            _ => self.notices.add_notice(NoticeLevel::Warning, text(Msg::OutsideConflicts, conflicts)),
        }
    }

    /// Applies the user's decision about a conflict.
    pub(super) fn decide_conflict(&mut self, place: usize, other: bool) {
        let source = &mut self.source;
        let result = self.session.as_mut().map(|session| session.decide_conflict(place, other, source));
        self.report_apply_error(result.transpose().err());
    }

    /// Merges with the version found at the path before saving; asks if it is gone or unreadable.
    pub(super) fn merge_then_save(&mut self, failure: SaveFailure, next: NextStep) {
        let ours = self.session.as_ref().and_then(|session| session.file.as_ref());
        let Some(ours) = ours.filter(|file| file.path == failure.path) else {
            return self.ask_foreign_file(failure, InPlace::Other, Some(next));
        };
        let stored = ours.content.clone();
        let base = ours.base;
        let state = self.settings.state.clone();
        self.work.start(Msg::Merging, move |_| {
            let Ok(seen) = files::read_current_version(&failure.path) else {
                return JobOutcome::Foreign { failure, found: InPlace::Unreadable, next: Some(next) };
            };
            let opened = StoredVersion { base, project: &stored };
            let found = StoredVersion { base: seen.base, project: &seen.loaded.project };
            if found.project.info().id != stored.info().id {
                return JobOutcome::Foreign { failure, found: InPlace::Other, next: Some(next) };
            }
            let place = DescentSources { path: &seen.path, state: state.as_deref() };
            if is_descendant(opened, found, place) {
                JobOutcome::Seen { seen, next }
            } else {
                JobOutcome::Unproven { seen, next: Some(next) }
            }
        });
    }

    /// Asks the user what to do with a file that holds something other than this project.
    pub(super) fn ask_foreign_file(&mut self, failure: SaveFailure, found: InPlace, next: Option<NextStep>) {
        self.dialog = Some(Dialog::Changed { failure: Box::new(failure), found, next });
    }
}
