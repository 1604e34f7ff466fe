//! Lists the versions of the open document, and compares with one or restores it.

use super::form::{VersionsForm, format_kept_time};
use crate::app::App;
use crate::app::jobs::{JobScope, Ticket};
use crate::app::notice::NoticeLevel;
use crate::app::thumbnail::Gallery;
use crate::features::compare;
use engine::edit::{Transaction, diff_projects};
use engine::i18n::{Explain, Msg};
use engine::store::disk::RealDisk;
use engine::store::document::keep_version;
use engine::store::project::OpenError;
use engine::store::versions::{Label, VersionEntry, VersionedDocument, Versions};

/// Lists the versions of the open document in the background.
pub(crate) fn look_for_versions(app: &mut App) {
    let (Some(state), Some(session)) = (app.settings.state.clone(), &app.session) else { return };
    let path = session.document.file().map(|file| file.path.clone());
    let project = session.project().info().id;
    let list = move |_: &Ticket| {
        let document = VersionedDocument { project, path: path.as_deref() };
        Versions::new(RealDisk, &state).list_versions(document)
    };
    app.jobs.start(JobScope::Document, Msg::Working, list, on_versions_listed);
}

fn on_versions_listed(app: &mut App, kept: std::io::Result<Vec<VersionEntry>>) {
    let Some(state) = app.settings.state.clone() else { return };
    let kept = match kept {
        Ok(kept) => kept,
        Err(error) => return app.show_error(OpenError::Failed(error).explain(app.lang())),
    };
    let form = VersionsForm { kept, chosen: 0, gallery: Gallery::default(), state };
    app.dialog.open(form);
}

/// Restores a version; the current state is kept as a version first.
pub(super) fn restore_version(app: &mut App, kept: VersionEntry) {
    let (Some(state), Some(session)) = (app.settings.state.clone(), &app.session) else { return };
    let ours = session.project().clone();
    let path = session.document.file().map(|file| file.path.clone());
    app.dialog.clear();
    let read = move |_: &Ticket| {
        // A version that could not be kept is no reason not to restore another.
        keep_version(&state, path.as_deref(), &ours, Label::BeforeRestore).ok();
        let read = Versions::new(RealDisk, &state).load_version(&kept);
        read.map(|loaded| diff_projects(&ours, &loaded.project))
    };
    app.jobs.start(JobScope::Document, Msg::Working, read, on_restored);
}

/// Reads a version, to compare it with the open project.
pub(super) fn compare_with_kept(app: &mut App, kept: VersionEntry) {
    let Some(state) = app.settings.state.clone() else { return };
    app.dialog.clear();
    let name = format_kept_time(&kept);
    app.jobs.start(
        JobScope::Document,
        Msg::Working,
        move |_| Versions::new(RealDisk, &state).load_version(&kept),
        |app, read| match read {
            Ok(loaded) => compare::compare_with(app, loaded.project, name),
            Err(error) => app.show_error(error.explain(app.lang())),
        },
    );
}

/// Applies the change to an earlier version as a new step.
pub fn on_restored(app: &mut App, result: Result<Transaction, OpenError>) {
    let lang = app.lang();
    match result {
        Ok(transaction) if transaction.is_empty() => {
            app.notices.add_notice(NoticeLevel::Info, Msg::RestoredSame.text(lang));
        }
        Ok(transaction) => {
            app.commit_transaction(transaction);
            app.notices.add_notice(NoticeLevel::Info, Msg::RestoredDone.text(lang));
            app.tie_notice();
        }
        Err(error) => app.show_error(error.explain(lang)),
    }
}
