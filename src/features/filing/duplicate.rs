//! Copies under new ids: of the whole project as another one, or of the journey shown as its to-be version.

use super::files;
use super::step::{DocumentState, NextStep};
use crate::app::App;
use crate::app::jobs::{JobScope, Ticket};
use crate::app::notice::NoticeLevel;
use crate::app::request::AppRequest;
use crate::canvas::CanvasOrder;
use crate::features::filing;
use crate::features::paths::{self, PathQuestion, safe_file_name};
use engine::edit::command;
use engine::i18n::{Msg, file_name};
use engine::id::IdSource;
use engine::store::respondents::KnownRespondents;
use std::path::PathBuf;

/// Asks where to write the whole project as another project.
pub(crate) fn ask_for_duplicate(app: &mut App) {
    let lang = app.lang();
    let Some(session) = &app.session else { return };
    let name = format!("{} {}.ron", safe_file_name(&session.title(lang)), Msg::CopySuffix.text(lang));
    paths::ask_path(app, PathQuestion::to_save(Msg::DuplicateProject, name, duplicate_project));
}

/// Writes the whole project, in its current state, into a file as another project.
fn duplicate_project(app: &mut App, path: PathBuf) {
    let lang = app.lang();
    let Some(session) = &app.session else { return };
    let project = session.project().clone();
    let copied = filing::document_state(app);
    let originals = session.document.original_paths();
    let mut source = IdSource::from_seed(app.source.next_u64());
    let known = app.settings.state.as_deref().map(KnownRespondents::in_state);
    let to = path.clone();
    let write = move |_: &Ticket| {
        let spared = files::ensure_not_original(&originals, &path, Msg::DuplicateKeepsOriginal, lang);
        spared.and_then(|()| {
            let copy = command::with_fresh_ids(&project, &mut source);
            if let Some(known) = &known {
                known.carry_over(&project, &copy);
            }
            files::save_copy(&path, &copy, lang)
        })
    };
    app.jobs.start(JobScope::Window, Msg::Saving, write, move |app, result| {
        on_duplicated(app, to, copied, result);
    });
}

/// Opens the duplicate if no unsaved work would be lost, else offers to open it.
fn on_duplicated(
    app: &mut App,
    path: PathBuf,
    copied: Option<DocumentState>,
    result: Result<Option<String>, String>,
) {
    let lang = app.lang();
    let name = file_name(&path);
    match result {
        Ok(doubt) => {
            let doubt = doubt.map(|doubt| format!("\n{doubt}")).unwrap_or_default();
            let weight = if doubt.is_empty() { NoticeLevel::Info } else { NoticeLevel::Warning };
            let is_clean = app.session.as_ref().is_some_and(|session| !session.document.is_dirty());
            if is_clean && copied == filing::document_state(app) {
                filing::leave_project(app, NextStep::Open(path));
                let text = Msg::DuplicateOpened.text_with(lang, &[("file", &name)]);
                app.notices.add_notice(weight, format!("{text}{doubt}"));
            } else {
                let text = Msg::DuplicateSaved.text_with(lang, &[("file", &name)]);
                let open = AppRequest::Open(path);
                app.notices.add_offer(NoticeLevel::Warning, format!("{text}{doubt}"), Msg::OpenNow, open);
            }
        }
        Err(problem) => {
            let what = Msg::CannotSave.text_with(lang, &[("file", &name)]);
            app.show_error(format!("{what}\n{problem}"));
        }
    }
}

/// Copies the journey shown as its to-be version, shows the copy, and starts editing its title.
pub(crate) fn duplicate_journey(app: &mut App) {
    let lang = app.lang();
    let Some(session) = &app.session else { return };
    let title = Msg::ToBeTitle.text_with(lang, &[("title", &session.title(lang))]);
    let project = session.project();
    let id = session.journey_id();
    let copied = command::duplicate_journey(project, id, &title, &mut app.source);
    let Some((transaction, copy)) = copied else { return };
    app.commit_transaction(transaction);
    if let Some(session) = &mut app.session {
        session.show_journey(copy);
    }
    app.send_order(CanvasOrder::EditTitle(copy.into()));
}
