//! A version in the open file's place of unknown descent: reported, and merged only on request.

use super::flow::{ask_foreign_file, begin_merge, on_absorbed};
use crate::app::App;
use crate::app::jobs::JobScope;
use crate::app::notice::NoticeLevel;
use crate::app::request::AppRequest;
use crate::features::filing::files::SaveFailure;
use crate::features::filing::step::NextStep;
use crate::features::sharing::{ChangedFile, InPlace};
use engine::i18n::{Msg, file_name};
use engine::store::base::Base;
use engine::store::project::StoredFile;
use std::path::PathBuf;

/// Reports that nothing was merged; if that blocks a save, asks at once what to do.
pub(crate) fn tell_unproven(app: &mut App, path: PathBuf, found: Base, next: Option<NextStep>) {
    if next.is_some() {
        return ask_replaced(app, path, found, next);
    }
    let text = Msg::OutsideUnproven.text_with(app.lang(), &[("file", &file_name(&path))]);
    let ask = AppRequest::call_step(move |app| ask_replaced(app, path, found, None));
    app.notices.add_offer(NoticeLevel::Warning, text, Msg::DecideNow, ask);
}

/// Asks what to do with both versions.
pub(crate) fn ask_replaced(app: &mut App, path: PathBuf, found: Base, next: Option<NextStep>) {
    ask_foreign_file(app, SaveFailure::changed_on_disk(path, found), InPlace::Unproven, next);
}

/// Merges both versions because the user asked for it.
pub(crate) fn merge_replaced(app: &mut App) {
    if let Some(question) = app.dialog.take_as::<ChangedFile>() {
        merge_unproven(app, question.failure, question.next);
    }
}

/// Merges the open project with a version of unknown descent; both are kept as versions first.
pub(crate) fn merge_unproven(app: &mut App, failure: SaveFailure, next: Option<NextStep>) {
    let Some(task) = begin_merge(app, &failure.path) else { return };
    app.jobs.start(
        JobScope::Document,
        Msg::Merging,
        move |_| match StoredFile::read_from(&failure.path) {
            Ok(theirs) => Ok(task.merge_unproven(theirs)),
            Err(_) => Err(failure),
        },
        move |app, merged| match merged {
            Ok(merge) => on_absorbed(app, merge, next),
            Err(failure) => ask_foreign_file(app, failure, InPlace::Unreadable, next),
        },
    );
}
