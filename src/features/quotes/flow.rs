//! Chooses quotes from comments step by step: profile the file, read a column, keep the chosen comments.

use super::form::QuoteForm;
use crate::app::App;
use crate::app::jobs::JobScope;
use crate::app::notice::NoticeLevel;
use crate::app::request::AppRequest;
use crate::features::import::{self, profile_with_recipes, ticket_progress};
use crate::features::paths::{self, PathQuestion, SURVEYS};
use engine::edit::Op;
use engine::edit::command::{QuoteSource, keep_quotes};
use engine::i18n::{Explain, Msg, format_count, mask_words};
use engine::id::Kind;
use engine::model::Record;
use engine::survey::comments::{CommentRequest, Comments, read_comments};
use engine::survey::import::find_imported_batch;
use engine::survey::profile::{Profile, profile_file};
use engine::survey::source::{Input, TableError};
use std::path::Path;

/// Asks for a file of comments.
pub(crate) fn ask_for_comments(app: &mut App) {
    let kind = ("CSV, XLSX, XLS, ODS", SURVEYS);
    let question = PathQuestion::to_read(Msg::QuotesFromComments, Msg::OpenNow, kind, |app, path| {
        look_for_quotes(app, &path);
    });
    paths::ask_path(app, question);
}

/// Profiles a file of comments in the background; the dialog opens with the result.
fn look_for_quotes(app: &mut App, path: &Path) {
    let Some(session) = &app.session else { return };
    let project = session.project().clone();
    let input = Input::new(path);
    app.jobs.start(
        JobScope::Document,
        Msg::Working,
        move |ticket| profile_with_recipes(input, &project, ticket),
        |app, (input, result)| on_quotes_profiled(app, input, result),
    );
}

/// Profiles the file again with the options given; the dialog continues with the new profile.
pub(super) fn look_again_for_quotes(app: &mut App, input: Input) {
    app.jobs.start(
        JobScope::Document,
        Msg::Working,
        move |ticket| (profile_file(&input, &ticket_progress(ticket)), input),
        |app, (result, input)| on_quotes_profiled(app, input, result),
    );
}

fn on_quotes_profiled(app: &mut App, input: Input, result: Result<Profile, TableError>) {
    let Some(session) = &app.session else { return };
    let profile = match result {
        Ok(profile) => profile,
        Err(error) if error.may_depend_on_options() && app.dialog.is_none() => {
            let problem = error.explain(app.lang());
            let form = QuoteForm::for_unreadable_file(input, problem, session.journey_id());
            app.dialog.open(form);
            return;
        }
        Err(error) => return import::not_imported(app, &input.path, None, &error),
    };
    let project = session.project();
    let journey = session.journey_id();
    match QuoteForm::new(input, &profile, project, journey, session.single_selection()) {
        Some(mut form) => {
            if let Some(open) = app.dialog.get::<QuoteForm>() {
                form.go_on_from(open);
            }
            app.dialog.open(form);
            read_wanted(app);
        }
        None => app.show_error(Msg::QuotesNoText.text_with(app.lang(), &[("file", &profile.file)])),
    }
}

/// Reads the comments that the open dialog requests; cancels an earlier read.
pub(super) fn read_wanted(app: &mut App) {
    let lang = app.lang();
    let Some(form) = app.dialog.get_mut::<QuoteForm>() else { return };
    form.found = None;
    let input = form.input.clone();
    let wanted = form.wanted.clone();
    let job = app.jobs.start(
        JobScope::Document,
        Msg::QuotesReading,
        move |ticket| (read_comments(&input, &wanted, &mask_words(lang), &ticket_progress(ticket)), wanted),
        |app, (result, wanted)| on_comments_read(app, &wanted, result),
    );
    form.reading = Some(app.jobs.guard_job(job));
}

fn on_comments_read(app: &mut App, wanted: &CommentRequest, result: Result<Comments, TableError>) {
    let Some(form) = app.dialog.get_mut::<QuoteForm>() else { return };
    form.reading = None;
    match result {
        Ok(found) => form.store_comments(wanted, found),
        Err(error) => {
            let path = form.input.path.clone();
            app.dialog.clear();
            import::not_imported(app, &path, None, &error);
        }
    }
}

/// Keeps the chosen comments as quotes, in one undo step; their evidence names file and import day.
pub(super) fn keep_chosen(app: &mut App) {
    let (Some(form), Some(session)) = (app.dialog.get::<QuoteForm>(), &app.session) else { return };
    let Some(found) = form.found.as_ref() else { return };
    if !form.is_ready() {
        return;
    }
    let imported = find_imported_batch(session.project(), &found.hash).map(|batch| batch.imported);
    let from = QuoteSource {
        file: form.input.file_name(),
        date: imported.unwrap_or_else(engine::clock::current_date),
        rows: found.rows,
    };
    let quotes = form.chosen_quotes();
    let target = form.target;
    let step = keep_quotes(session.project(), form.journey, target, &quotes, &from, &mut app.source);
    app.dialog.clear();
    let kept = step.ops.iter().filter(|op| matches!(op, Op::Insert(Record::Insight(_)))).count();
    let told = match kept {
        0 => Msg::QuotesKeptBefore.text(app.lang()).to_owned(),
        _ => {
            Msg::QuotesKept.text_with(app.lang(), &[("n", &format_count(kept as u64)), ("file", &from.file)])
        }
    };
    app.commit_transaction(step);
    app.notices.add_notice(NoticeLevel::Info, told);
    if kept > 0 {
        app.tie_notice();
    }
    if target.kind() != Kind::Journey {
        app.queue_request(AppRequest::Reveal(target));
    }
}
