//! Imports feedback step by step: profile the file, ask about its columns, count, commit.

use super::form::{ImportForm, RepeatedImport};
use crate::app::App;
use crate::app::jobs::{JobScope, Ticket};
use crate::app::notice::NoticeLevel;
use crate::features::paste::{self, PastedTable};
use crate::features::paths::{self, PathQuestion, SURVEYS};
use engine::i18n::{Explain, Msg, ambiguous_words, file_name, format_count, left_out_words};
use engine::id::BatchId;
use engine::model::Project;
use engine::model::recipe::ColumnRole;
use engine::store::respondents::KnownRespondents;
use engine::survey::count::{CountOptions, Counted, count_file_with};
use engine::survey::import::{Import, build_transaction};
use engine::survey::overlap::{AgainChoice, Overlap, OverlapEvidence, find_overlap};
use engine::survey::profile::{Profile, profile_file};
use engine::survey::reading::look_up;
use engine::survey::resolve::days_ahead;
use engine::survey::source::{Dialect, Input, ReadProgress, TableError};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Number of lines that a notice lists for each reason of rejection.
const LINES: usize = 5;

/// Asks for a file of answers, to be added or to replace an import.
pub(crate) fn ask_for_answers(app: &mut App, replaces: Option<BatchId>) {
    let kind = ("CSV, XLSX, XLS, ODS", SURVEYS);
    let question = PathQuestion::to_read(Msg::ImportFeedback, Msg::ImportNow, kind, move |app, path| {
        start_import(app, &path, replaces);
    });
    paths::ask_path(app, question);
}

/// Profiles a file of answers in the background; the assistant opens with the result. The answers replace those
/// of an import, if there is one.
pub(crate) fn start_import(app: &mut App, path: &Path, replaces: Option<BatchId>) {
    let Some(session) = &app.session else { return };
    let project = session.project().clone();
    let input = Input::new(path);
    app.jobs.start(
        JobScope::Document,
        Msg::Working,
        move |ticket| profile_with_recipes(input, &project, ticket),
        move |app, (input, result)| on_profiled(app, input, None, replaces, result),
    );
}

/// Profiles a file with the options given; an open assistant continues with the new profile.
pub fn look_at(app: &mut App, input: Input) {
    let open = app.dialog.get::<ImportForm>().filter(|open| open.input.path == input.path);
    let pasted = open.and_then(|open| open.pasted.clone());
    app.jobs.start(
        JobScope::Document,
        Msg::Working,
        move |ticket| (profile_file(&input, &ticket_progress(ticket)), input),
        |app, (result, input)| on_profiled(app, input, pasted, None, result),
    );
}

/// Opens the assistant for a profiled file, or continues the open one with the new profile.
pub(crate) fn on_profiled(
    app: &mut App,
    input: Input,
    pasted: Option<Arc<PastedTable>>,
    replaces: Option<BatchId>,
    result: Result<Profile, TableError>,
) {
    match (result, &app.session) {
        (Ok(mut profile), Some(session)) => {
            if let Some(table) = &pasted {
                profile.file.clone_from(&table.name);
            }
            let mut form = ImportForm::new(input, profile, session.project(), session.journey_id());
            form.pasted.clone_from(&pasted);
            form.replaces = replaces;
            let open = app.dialog.get::<ImportForm>();
            if let Some(open) = open.filter(|open| open.input.path == form.input.path) {
                form.replaces = open.replaces;
                form.wave.clone_from(&open.wave);
            }
            // The next export of a known survey is imported without a question; undo reverts it.
            if form.mapping().is_known() && app.dialog.is_none() && form.replaces.is_none() {
                return import_as(app, form);
            }
            match pasted {
                Some(table) if app.dialog.is_none() => paste::show_pasted(app, form, &table),
                _ => app.dialog.open(form),
            }
        }
        (Ok(_), None) => {}
        (Err(error), Some(session)) if error.may_depend_on_options() && app.dialog.is_none() => {
            let problem = error.explain(app.lang());
            let mut form =
                ImportForm::for_unreadable_file(input, problem, session.project(), session.journey_id());
            form.replaces = replaces;
            app.dialog.open(form);
        }
        (Err(error), _) => not_imported(app, &input.path, pasted.as_deref(), &error),
    }
}

/// Imports the file of the open assistant, which closes, as confirmed in it.
pub fn import_confirmed(app: &mut App) {
    if let Some(form) = app.dialog.take_as::<ImportForm>() {
        import_as(app, *form);
    }
}

/// Counts the whole file with the confirmed mapping. If its answers were imported before, applies the
/// user's choice for them.
fn import_as(app: &mut App, mut form: ImportForm) {
    let Some(RepeatedImport { overlap, counted, choice }) = form.again.take() else {
        return count_answers(app, form, None);
    };
    let earlier = overlap.batches.iter().map(|batch| batch.id).collect();
    match choice {
        Some(AgainChoice::OnlyNew) => count_answers(app, form, Some(overlap)),
        Some(AgainChoice::AddAll) => take_in(app, &form, *counted, Vec::new()),
        Some(AgainChoice::Replace) | None => take_in(app, &form, *counted, earlier),
    }
}

/// Counts a file and looks for answers imported before; `past` limits the count to new answers.
fn count_answers(app: &mut App, form: ImportForm, past: Option<Overlap>) {
    let Some(session) = &app.session else { return };
    let project = session.project().clone();
    let known = app.settings.state.as_deref().map(KnownRespondents::in_state);
    let count = move |ticket: &Ticket| {
        let options = count_options(&form, known.as_ref(), past.as_ref());
        let counted = options.map_err(TableError::Io).and_then(|options| {
            let counted = count_file_with(&form.input, form.columns(), &options, &ticket_progress(ticket))?;
            let overlap = match (&known, &past) {
                (_, Some(_)) => None,
                (None, None) => find_overlap(&project, (form.columns(), &counted), |_| None),
                (Some(known), None) => {
                    known.look_up(|hashes| find_overlap(&project, (form.columns(), &counted), hashes))?
                }
            };
            Ok((counted, overlap))
        });
        (form, counted)
    };
    app.jobs.start(JobScope::Document, Msg::Working, count, |app, (form, counted)| match counted {
        Ok((counted, overlap)) => on_counted(app, form, counted, overlap),
        Err(error) => not_imported(app, &form.input.path, form.pasted.as_deref(), &error),
    });
}

fn on_counted(app: &mut App, mut form: ImportForm, counted: Counted, overlap: Option<Overlap>) {
    if let Some(problem) = ambiguous_words(&counted, form.columns(), app.lang()) {
        app.dialog.open(form);
        return app.show_error(problem);
    }
    let other = |overlap: &Overlap| overlap.batches.iter().any(|batch| form.replaces != Some(batch.id));
    if let Some(overlap) = overlap.filter(other) {
        let choice = overlap.possible_choices().first().copied();
        form.again = Some(RepeatedImport { overlap, counted: Box::new(counted), choice });
        app.dialog.open(form);
    } else {
        let replaces = form.replaces.into_iter().collect();
        take_in(app, &form, counted, replaces);
    }
}

fn take_in(app: &mut App, form: &ImportForm, counted: Counted, replaces: Vec<BatchId>) {
    let Some(session) = &app.session else { return };
    let today = engine::clock::current_date();
    let import = form.build_import(counted, today, replaces);
    let before: BTreeSet<BatchId> = session.project().batches().keys().copied().collect();
    let transaction = build_transaction(session.project(), &import, &mut app.source);
    app.commit_transaction(transaction);
    remember_respondents(app, &import, &before);
    let (weight, text) = summarize_import(app, &import, &form.profile().dialect);
    app.notices.add_notice(weight, text);
    app.tie_notice();
}

/// Keeps the respondents' hashes for the next import, on a background thread. Without them, overlaps can
/// only be found by days and counts.
fn remember_respondents(app: &App, import: &Import, before: &BTreeSet<BatchId>) {
    let (Some(session), Some(state)) = (&app.session, &app.settings.state) else { return };
    let new = session.project().batches().keys().find(|batch| !before.contains(batch)).copied();
    let hashes = import.counted.respondents.as_ref().map(|respondents| respondents.hashes.clone());
    if let Some((batch, hashes)) = new.zip(hashes) {
        let known = KnownRespondents::in_state(state);
        std::thread::spawn(move || drop(known.save_hashes(batch, &hashes)));
    }
}

/// Returns an import's summary: rows counted and left out, rejected cells, and new file warnings.
fn summarize_import(app: &App, import: &Import, dialect: &Dialect) -> (NoticeLevel, String) {
    let counted = &import.counted;
    let file = &import.file;
    let lang = app.lang();
    let mut lines =
        vec![Msg::ImportDone.text_with(lang, &[("n", &format_count(counted.rows)), ("file", &file)])];
    lines.extend(left_out_words(counted, &import.columns, lang));
    let mut reasons = BTreeMap::new();
    for ((_, reason), rejection) in &counted.rejections {
        let (cells, known): &mut (u64, BTreeSet<u64>) = reasons.entry(*reason).or_default();
        *cells += rejection.count;
        known.extend(&rejection.lines);
    }
    lines.extend(reasons.iter().map(|(reason, (cells, known))| {
        let reason = reason.explain(lang);
        let first = known.iter().take(LINES);
        let first: Vec<String> = first.map(u64::to_string).collect();
        let line = first.join(", ");
        Msg::RejectCells
            .text_with(lang, &[("n", &format_count(*cells)), ("reason", &reason), ("line", &line)])
    }));
    let ahead = days_ahead(&import.columns);
    lines.extend(ahead.map(|(column, doubt)| format!("{}: {}", column.rule.column, doubt.explain(lang))));
    let shown = &dialect.file_warnings;
    let late = counted.file_warnings.iter().filter(|warning| !shown.contains(warning));
    lines.extend(late.map(|warning| warning.explain(lang)));
    let weight = if lines.len() > 1 { NoticeLevel::Warning } else { NoticeLevel::Info };
    (weight, lines.join("\n"))
}

/// Reports why a file of answers could not be read, or that reading was cancelled.
pub(crate) fn not_imported(app: &mut App, path: &Path, pasted: Option<&PastedTable>, error: &TableError) {
    if matches!(error, TableError::Cancelled) {
        let text = Msg::ImportCancelled.text(app.lang());
        return app.notices.add_notice(NoticeLevel::Info, text);
    }
    let name = pasted.map_or_else(|| file_name(path), |table| table.name.clone());
    let what = Msg::CannotImport.text_with(app.lang(), &[("file", &name)]);
    let place = if pasted.is_none() { format!("\n{}", path.display()) } else { String::new() };
    app.show_error(format!("{what}\n{}{place}", error.explain(app.lang())));
}

/// Returns the options of a count: the key for hashing ids, and the rule for which rows are new.
fn count_options(
    form: &ImportForm,
    known: Option<&KnownRespondents>,
    past: Option<&Overlap>,
) -> io::Result<CountOptions> {
    let has_ids = form.columns().iter().any(|column| column.rule.role == ColumnRole::Respondent);
    let known = if has_ids { known } else { None };
    let key = known.map(KnownRespondents::load_or_create_key).transpose()?.flatten();
    let all = |overlap: &Overlap, hashes: &dyn Fn(BatchId) -> Option<HashSet<u64>>| {
        overlap.batches.iter().filter_map(|batch| hashes(batch.id)).flatten().collect::<HashSet<u64>>()
    };
    let earlier = match (past, known) {
        (Some(overlap), Some(known)) => Some(known.look_up(|hashes| all(overlap, hashes))?),
        (Some(_), None) => Some(HashSet::new()),
        (None, _) => None,
    };
    let by_ids = past.is_some_and(|overlap| matches!(overlap.evidence, OverlapEvidence::Respondents { .. }));
    let last = past.and_then(|overlap| overlap.last);
    let (known, after) = if by_ids { (earlier.map(Arc::new), None) } else { (None, last) };
    Ok(CountOptions { key, known, after })
}

/// Profiles a file with the reading options of a recipe of the project that fits it, if there is one.
pub(crate) fn profile_with_recipes(
    input: Input,
    project: &Project,
    ticket: &Ticket,
) -> (Input, Result<Profile, TableError>) {
    match look_up(&input, project, &ticket_progress(ticket)) {
        Ok((input, seen)) => (input, Ok(seen)),
        Err(error) => (input, Err(error)),
    }
}

/// Connects a read to a job's ticket: reports progress, and stops if the job is cancelled.
pub(crate) fn ticket_progress(ticket: &Ticket) -> Arc<ReadProgress> {
    let ticket = ticket.clone();
    Arc::new(ReadProgress::with_callback(move |share| {
        ticket.report_progress(share);
        !ticket.cancel_flag().load(Ordering::Relaxed)
    }))
}
