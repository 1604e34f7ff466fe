//! Conflict copies that a sync program put beside the open file: reported, and merged if the user wants it.

use crate::app::App;
use crate::app::jobs::{JobScope, Ticket};
use crate::app::notice::NoticeLevel;
use crate::app::request::AppRequest;
use crate::app::session::Session;
use engine::edit::{Transaction, diff_projects, merge_versions};
use engine::i18n::{Msg, file_name};
use engine::id::ProjectId;
use engine::model::Project;
use engine::store::disk::RealDisk;
use engine::store::document::{OpenConflict, wrap_conflicts};
use engine::store::project::open_project;
use engine::store::versions::{VersionedDocument, Versions};
use std::path::{Path, PathBuf};

/// Number of the newest stored versions considered as the common ancestor of a copy.
const ANCESTORS: usize = 40;

/// The changes of all copies, merged into the open project.
#[derive(Debug)]
struct CopiesMerged {
    revision: u64,
    paths: Vec<PathBuf>,
    transaction: Transaction,
    conflicts: Vec<OpenConflict>,
}

/// Checks files with a conflict copy's name and reports those that hold another version of this project.
pub(crate) fn look_at_copies(app: &mut App, paths: Vec<PathBuf>) {
    let Some(session) = app.session.as_ref() else { return };
    if paths.is_empty() {
        return;
    }
    let ours = session.project().clone();
    let select = move |_: &Ticket| {
        let differs = |path: &PathBuf| read_copy(path, ours.info().id).is_some_and(|copy| copy != ours);
        paths.into_iter().filter(differs).collect()
    };
    app.jobs.start(JobScope::Document, Msg::Working, select, tell_copies);
}

fn tell_copies(app: &mut App, paths: Vec<PathBuf>) {
    let file = app.session.as_ref().and_then(Session::file_name);
    let Some(file) = file else { return };
    if paths.is_empty() {
        return;
    }
    let told: [(&str, &dyn std::fmt::Display); 2] = [("file", &file), ("n", &paths.len())];
    let mut lines = vec![Msg::CopiesFound.text_with(app.lang(), &told)];
    lines.extend(paths.iter().map(|path| file_name(path)));
    let text = lines.join("\n");
    let merge = AppRequest::call_step(|app| merge_copies(app, paths));
    app.notices.add_offer(NoticeLevel::Warning, text, Msg::MergeCopies, merge);
}

/// Merges the copies into the open project; the files are left unchanged.
pub(crate) fn merge_copies(app: &mut App, paths: Vec<PathBuf>) {
    let Some(session) = &app.session else { return };
    let ours = session.project().clone();
    let revision = session.document.revision();
    let path = session.document.file().map(|file| file.path.clone());
    let state = app.settings.state.clone();
    let merge = move |_: &Ticket| {
        let ancestors = read_ancestors(state.as_deref(), &ours, path.as_deref());
        let mut merged = ours.clone();
        let mut conflicts = Vec::new();
        for copy in paths.iter().filter_map(|path| read_copy(path, ours.info().id)) {
            let both = merge_versions(&find_common_ancestor(&ancestors, &copy, &ours), &merged, &copy);
            conflicts.extend(wrap_conflicts(both.conflicts, &merged, &copy));
            merged = both.project;
        }
        let transaction = diff_projects(&ours, &merged);
        CopiesMerged { revision, paths, transaction, conflicts }
    };
    app.jobs.start(JobScope::Document, Msg::Merging, merge, on_copies_merged);
}

fn on_copies_merged(app: &mut App, done: CopiesMerged) {
    let Some(session) = app.session.as_mut() else { return };
    if session.document.revision() != done.revision {
        return merge_copies(app, done.paths);
    }
    let changes = done.transaction.ops.len();
    let conflicts = done.conflicts.len();
    if let Err(error) = session.bring_in(done.transaction, done.conflicts) {
        return app.report_apply_error(Some(error));
    }
    let lang = app.lang();
    let text = match (changes, conflicts) {
        (0, _) => Msg::CopiesNothing.text(lang).to_owned(),
        (_, 0) => Msg::CopiesMerged.text_with(lang, &[("n", &changes)]),
        _ => Msg::CopiesConflicts.text_with(lang, &[("n", &conflicts)]),
    };
    let weight = if conflicts > 0 { NoticeLevel::Warning } else { NoticeLevel::Info };
    app.notices.add_notice(weight, text);
    if changes > 0 {
        app.tie_notice();
    }
}

/// Reads another version of a project; `None` if the file holds anything else.
fn read_copy(path: &Path, project: ProjectId) -> Option<Project> {
    let found = open_project(&RealDisk, path).ok()?.loaded.project;
    (found.info().id == project).then_some(found)
}

/// Returns versions kept on this computer that may be the ancestor of a copy.
fn read_ancestors(state: Option<&Path>, ours: &Project, path: Option<&Path>) -> Vec<Project> {
    let Some(state) = state else { return Vec::new() };
    let versions = Versions::new(RealDisk, state);
    let kept =
        versions.list_versions(VersionedDocument { project: ours.info().id, path }).unwrap_or_default();
    let stored = kept.iter().filter(|kept| !kept.label.is_unsaved()).take(ANCESTORS);
    stored.filter_map(|kept| Some(versions.load_version(kept).ok()?.project)).collect()
}

/// Returns the common ancestor of a copy and our project: the stored version that differs least from the
/// copy, except our current state. If there is none, returns an empty project; then nothing counts as
/// removed, and every difference is listed.
fn find_common_ancestor(ancestors: &[Project], copy: &Project, ours: &Project) -> Project {
    let nearest = ancestors.iter().filter(|version| *version != ours);
    let nearest = nearest.min_by_key(|version| diff_projects(version, copy).ops.len());
    nearest.cloned().unwrap_or_else(|| Project::new(ours.info().id))
}
