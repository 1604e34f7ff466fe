//! Shared work on one file: watches for versions of others, merges them, and shows who has the file open.

use super::copies::look_at_copies;
use super::unproven::{merge_unproven, tell_unproven};
use crate::app::App;
use crate::app::jobs::{JobScope, Ticket};
use crate::app::notice::NoticeLevel;
use crate::features::filing;
use crate::features::filing::files::SaveFailure;
use crate::features::filing::step::NextStep;
use crate::features::sharing::{ChangedFile, InPlace};
use engine::i18n::{Explain, Msg, file_name};
use engine::store::base::Base;
use engine::store::document::{MergeRefusal, MergeTask, VersionMerge};
use engine::store::project::StoredFile;
use engine::store::watch::{FileWatch, Opener, Sight};
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

/// Watches the file of the open project, and no other.
pub(crate) fn watch_file(app: &mut App) {
    let file = app.session.as_ref().and_then(|session| session.document.file());
    match (file, &app.sharing.watch) {
        (Some(file), Some(watch)) if watch.path() == file.path => watch.note_stored(file.base),
        (Some(file), _) => {
            let ctx = app.jobs.egui_context().clone();
            let watch = FileWatch::start(&file.path, file.base, move || ctx.request_repaint());
            app.sharing = Sharing { watch: Some(watch), ..Sharing::default() };
        }
        (None, _) => app.sharing = Sharing::default(),
    }
}

/// Ends the watch with the program; waits briefly until our lock file is removed.
pub(crate) fn leave_shared_file(app: &mut App) {
    if let Some(watch) = app.sharing.watch.take() {
        watch.end_within(GOODBYE);
    }
}

/// Handles the events of the file watch.
pub(crate) fn handle_file_events(app: &mut App) {
    let watch = app.sharing.watch.as_ref();
    let sights = watch.map(|watch| (watch.path().to_owned(), watch.take_events()));
    for (path, sight) in
        sights.into_iter().flat_map(|(path, all)| all.into_iter().map(move |s| (path.clone(), s)))
    {
        handle_file_event(app, &path, sight);
    }
    // During our own save, the event may report our own write.
    if !is_saving(app)
        && let Some(theirs) = app.sharing.held.take()
    {
        absorb_version(app, theirs, None);
    }
}

fn is_saving(app: &App) -> bool {
    app.jobs.running_jobs().iter().any(|job| job.label == Msg::Saving)
}

fn handle_file_event(app: &mut App, path: &Path, sight: Sight) {
    let lang = app.lang();
    let name = file_name(path);
    let about = |msg: Msg| msg.text_with(lang, &[("file", &name)]);
    match sight {
        Sight::Changed(theirs) => app.sharing.held = Some(*theirs),
        Sight::Unreadable(error) => {
            let why = error.explain(lang);
            let text = Msg::OutsideUnreadable.text_with(lang, &[("file", &name), ("problem", &why)]);
            app.notices.add_notice(NoticeLevel::Warning, text);
        }
        Sight::Gone => app.notices.add_notice(NoticeLevel::Warning, about(Msg::OutsideGone)),
        Sight::Back => app.notices.add_notice(NoticeLevel::Info, about(Msg::OutsideBack)),
        Sight::Silent => {
            app.sharing.silent = true;
            app.notices.add_notice(NoticeLevel::Warning, about(Msg::DriveSilent));
        }
        Sight::Answers => {
            app.sharing.silent = false;
            app.notices.add_notice(NoticeLevel::Info, about(Msg::DriveAnswers));
        }
        Sight::Others(others) => app.sharing.others = others,
        Sight::Copies(paths) => look_at_copies(app, paths),
    }
}

/// Begins a merge with the open document if its file is at this path.
pub(crate) fn begin_merge(app: &App, path: &Path) -> Option<MergeTask> {
    app.session.as_ref()?.document.begin_merge().filter(|task| task.path() == path)
}

/// Merges the version that somebody else stored with the open document; takes step `next` afterwards, if
/// we were saving.
pub(crate) fn absorb_version(app: &mut App, theirs: StoredFile, next: Option<NextStep>) {
    let file = app.session.as_ref().and_then(|session| session.document.file());
    let Some(file) = file.filter(|file| file.path == theirs.path) else { return };
    if file.base == theirs.base {
        // This version was merged already.
        return save_merged(app, next);
    }
    if file.content.info().id != theirs.content.info().id {
        let text = Msg::OutsideOther.text_with(app.lang(), &[("file", &file_name(&theirs.path))]);
        return app.notices.add_notice(NoticeLevel::Warning, text);
    }
    let Some(task) = begin_merge(app, &theirs.path) else { return };
    let path = theirs.path.clone();
    let found = theirs.base;
    app.jobs.start(
        JobScope::Document,
        Msg::Merging,
        move |_| task.merge_version(theirs),
        move |app, merged| match merged {
            Ok(merge) => on_absorbed(app, merge, next),
            Err(_) => tell_unproven(app, path, found, next),
        },
    );
}

/// Applies a finished merge, or repeats it if the document changed meanwhile.
pub(crate) fn on_absorbed(app: &mut App, merge: VersionMerge, next: Option<NextStep>) {
    let Some(session) = app.session.as_mut() else { return };
    // Once our project is stored elsewhere, that file is no longer ours.
    if !session.document.is_as_merged(&merge) {
        let theirs = merge.theirs;
        return if merge.descends {
            absorb_version(app, theirs, next);
        } else {
            merge_unproven(app, SaveFailure::changed_on_disk(theirs.path, theirs.base), next);
        };
    }
    if let Some(watch) = app.sharing.watch.as_ref()
        && !merge.descends
    {
        watch.took_unrelated(merge.theirs.base);
    }
    let path = merge.theirs.path.clone();
    let changes = merge.transaction.ops.len();
    let conflicts = merge.conflicts.len();
    let clean = merge.clean;
    if let Err(error) = session.take_in(merge) {
        return app.report_apply_error(Some(error));
    }
    watch_file(app);
    tell_absorbed(app, &path, changes, conflicts, clean);
    save_merged(app, next);
}

/// Continues a save after a merge, unless a conflict must be decided first. A version stored by a newer
/// program is not overwritten.
fn save_merged(app: &mut App, next: Option<NextStep>) {
    let is_decided = app.session.as_ref().is_some_and(|session| session.document.open_conflicts().is_empty());
    if let Some(next) = next
        && is_decided
    {
        filing::warn_read_only(app);
        filing::save_project(app, next);
    }
}

fn tell_absorbed(app: &mut App, path: &Path, changes: usize, conflicts: usize, clean: bool) {
    let lang = app.lang();
    let name = file_name(path);
    let text = |msg: Msg, n: usize| msg.text_with(lang, &[("file", &name), ("n", &n)]);
    match (changes, conflicts) {
        (0, 0) => {}
        (_, 0) if clean => app.notices.add_notice(NoticeLevel::Info, text(Msg::OutsideTaken, changes)),
        (_, 0) => app.notices.add_notice(NoticeLevel::Info, text(Msg::OutsideMerged, changes)),
        _ => app.notices.add_notice(NoticeLevel::Warning, text(Msg::OutsideConflicts, conflicts)),
    }
}

/// Applies the user's decision about a conflict.
pub(crate) fn decide_conflict(app: &mut App, place: usize, other: bool) {
    let source = &mut app.source;
    let result = app.session.as_mut().map(|session| session.decide_conflict(place, other, source));
    app.report_apply_error(result.transpose().err());
}

/// Merges with the version found at the path before saving, unless it was merged meanwhile; asks if it is
/// gone or unreadable.
pub(crate) fn merge_then_save(app: &mut App, failure: SaveFailure, found: Base, next: NextStep) {
    let Some(task) = begin_merge(app, &failure.path) else {
        return ask_foreign_file(app, failure, InPlace::Other, Some(next));
    };
    let next = Some(next);
    if task.is_based_on(found) {
        return save_merged(app, next);
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
    app.jobs.start(JobScope::Document, Msg::Merging, merge, move |app, version| match version {
        VersionAtPath::Merged(merge) => on_absorbed(app, *merge, next),
        VersionAtPath::Unproven(found) => tell_unproven(app, path, found, next),
        VersionAtPath::Foreign(failure, found) => ask_foreign_file(app, failure, found, next),
    });
}

/// Asks the user what to do with a file that holds something other than this project.
pub(crate) fn ask_foreign_file(app: &mut App, failure: SaveFailure, found: InPlace, next: Option<NextStep>) {
    app.dialog.open(ChangedFile { failure, found, next });
}
