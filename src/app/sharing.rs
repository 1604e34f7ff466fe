//! Shared work on one file: watches for versions of others, merges them, and shows who has the file open.

use super::App;
use super::files::SaveFailure;
use super::jobs::{JobScope, Ticket};
use super::next_step::NextStep;
use super::notice::NoticeLevel;
use crate::features::sharing::{ChangedFile, InPlace};
use crate::i18n::{Explain, Msg, file_name};
use crate::store::base::Base;
use crate::store::document::{MergeRefusal, MergeTask, VersionMerge};
use crate::store::project::StoredFile;
use crate::store::watch::{FileWatch, Opener, Sight};
use std::path::Path;
use std::time::Duration;

/// Longest wait at the program's end for the removal of our lock file.
const GOODBYE: Duration = Duration::from_millis(500);

/// The state of the open file as shared with others.
#[derive(Debug, Default)]
pub struct Sharing {
    watch: Option<FileWatch>,
    /// True while the file's drive does not answer.
    pub(crate) silent: bool,
    /// The version they stored while we were saving, not merged yet.
    held: Option<StoredFile>,
    /// The other users who have the file open.
    pub others: Vec<Opener>,
}

/// The version that a save found at its path instead of the one it was to replace.
enum VersionAtPath {
    /// A later version of our project, merged with ours.
    Merged(Box<VersionMerge>),
    /// A version of our project that is not known to descend from the one opened.
    Unproven(Base),
    /// Something that is no version of our project.
    Foreign(SaveFailure, InPlace),
}

impl App {
    /// Watches the file of the open project, and no other.
    pub(super) fn watch_file(&mut self) {
        let file = self.session.as_ref().and_then(|session| session.document.file());
        match (file, &self.sharing.watch) {
            (Some(file), Some(watch)) if watch.path() == file.path => watch.note_stored(file.base),
            (Some(file), _) => {
                let ctx = self.jobs.egui_context().clone();
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
            && let Some(theirs) = self.sharing.held.take()
        {
            self.absorb_version(theirs, None);
        }
    }

    fn is_saving(&self) -> bool {
        self.jobs.running_jobs().iter().any(|job| job.label == Msg::Saving)
    }

    fn handle_file_event(&mut self, path: &Path, sight: Sight) {
        let lang = self.lang();
        let name = file_name(path);
        let about = |msg: Msg| msg.text_with(lang, &[("file", &name)]);
        match sight {
            Sight::Changed(theirs) => self.sharing.held = Some(*theirs),
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

    /// Begins a merge with the open document if its file is at this path.
    pub(super) fn begin_merge(&self, path: &Path) -> Option<MergeTask> {
        self.session.as_ref()?.document.begin_merge().filter(|task| task.path() == path)
    }

    /// Merges the version that somebody else stored with the open document; takes step `next` afterwards, if
    /// we were saving.
    pub(super) fn absorb_version(&mut self, theirs: StoredFile, next: Option<NextStep>) {
        let file = self.session.as_ref().and_then(|session| session.document.file());
        let Some(file) = file.filter(|file| file.path == theirs.path) else { return };
        if file.base == theirs.base {
            // This version was merged already.
            return self.save_merged(next);
        }
        if file.content.info().id != theirs.content.info().id {
            let text = Msg::OutsideOther.text_with(self.lang(), &[("file", &file_name(&theirs.path))]);
            return self.notices.add_notice(NoticeLevel::Warning, text);
        }
        let Some(task) = self.begin_merge(&theirs.path) else { return };
        let path = theirs.path.clone();
        let found = theirs.base;
        self.jobs.start(
            JobScope::Document,
            Msg::Merging,
            move |_| task.merge_version(theirs),
            move |app, merged| match merged {
                Ok(merge) => app.on_absorbed(merge, next),
                Err(_) => app.tell_unproven(path, found, next),
            },
        );
    }

    /// Applies a finished merge, or repeats it if the document changed meanwhile.
    pub(super) fn on_absorbed(&mut self, merge: VersionMerge, next: Option<NextStep>) {
        let Some(session) = self.session.as_mut() else { return };
        // Once our project is stored elsewhere, that file is no longer ours.
        if !session.document.is_as_merged(&merge) {
            let theirs = merge.theirs;
            return if merge.descends {
                self.absorb_version(theirs, next);
            } else {
                self.merge_unproven(SaveFailure::changed_on_disk(theirs.path, theirs.base), next);
            };
        }
        if let Some(watch) = self.sharing.watch.as_ref()
            && !merge.descends
        {
            watch.took_unrelated(merge.theirs.base);
        }
        let path = merge.theirs.path.clone();
        let changes = merge.transaction.ops.len();
        let conflicts = merge.conflicts.len();
        let clean = merge.clean;
        if let Err(error) = session.take_in(merge) {
            return self.report_apply_error(Some(error));
        }
        self.watch_file();
        self.tell_absorbed(&path, changes, conflicts, clean);
        self.save_merged(next);
    }

    /// Continues a save after a merge, unless a conflict must be decided first. A version stored by a newer
    /// program is not overwritten.
    fn save_merged(&mut self, next: Option<NextStep>) {
        let is_decided =
            self.session.as_ref().is_some_and(|session| session.document.open_conflicts().is_empty());
        if let Some(next) = next
            && is_decided
        {
            self.warn_read_only();
            self.save_project(next);
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
    pub(crate) fn decide_conflict(&mut self, place: usize, other: bool) {
        let source = &mut self.source;
        let result = self.session.as_mut().map(|session| session.decide_conflict(place, other, source));
        self.report_apply_error(result.transpose().err());
    }

    /// Merges with the version found at the path before saving, unless it was merged meanwhile; asks if it is
    /// gone or unreadable.
    pub(super) fn merge_then_save(&mut self, failure: SaveFailure, found: Base, next: NextStep) {
        let Some(task) = self.begin_merge(&failure.path) else {
            return self.ask_foreign_file(failure, InPlace::Other, Some(next));
        };
        let next = Some(next);
        if task.is_based_on(found) {
            return self.save_merged(next);
        }
        let path = failure.path.clone();
        let merge = move |_: &Ticket| {
            let Ok(theirs) = StoredFile::read_from(&failure.path) else {
                return VersionAtPath::Foreign(failure, InPlace::Unreadable);
            };
            let found = theirs.base;
            match task.merge_version(theirs) {
                Ok(merge) => VersionAtPath::Merged(Box::new(merge)),
                Err(MergeRefusal::OtherProject) => VersionAtPath::Foreign(failure, InPlace::Other),
                Err(MergeRefusal::Unproven) => VersionAtPath::Unproven(found),
            }
        };
        self.jobs.start(JobScope::Document, Msg::Merging, merge, move |app, version| match version {
            VersionAtPath::Merged(merge) => app.on_absorbed(*merge, next),
            VersionAtPath::Unproven(found) => app.tell_unproven(path, found, next),
            VersionAtPath::Foreign(failure, found) => app.ask_foreign_file(failure, found, next),
        });
    }

    /// Asks the user what to do with a file that holds something other than this project.
    pub(super) fn ask_foreign_file(&mut self, failure: SaveFailure, found: InPlace, next: Option<NextStep>) {
        self.dialog.open(ChangedFile { failure, found, next });
    }
}
