//! Imports feedback step by step: profile the file, ask about its columns, count, commit.

use super::App;
use super::dialog::Dialog;
use super::import_form::{ImportForm, RepeatedImport};
use super::notice::NoticeLevel;
use super::outcome::{JobOutcome, Purpose};
use super::pasting::PastedTable;
use super::work::Ticket;
use crate::i18n::{Explain, Msg, ambiguous_words, file_name, format_count, left_out_words};
use crate::id::BatchId;
use crate::model::recipe::ColumnRole;
use crate::store::respondents::KnownRespondents;
use crate::survey::count::{CountOptions, Counted, count_file_with};
use crate::survey::import::{Import, build_transaction};
use crate::survey::overlap::{AgainChoice, Overlap, OverlapEvidence, find_overlap};
use crate::survey::profile::{Profile, profile_file};
use crate::survey::reading::look_up;
use crate::survey::resolve::days_ahead;
use crate::survey::source::{Dialect, Input, ReadProgress, TableError};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Number of lines that a notice lists for each reason of rejection.
const LINES: usize = 5;

impl App {
    /// Asks for a file of answers, to be added or to replace an import.
    pub(super) fn ask_for_answers(&mut self, replaces: Option<BatchId>) {
        self.replacing = replaces;
        self.pick_path(Purpose::Import);
    }

    /// Profiles a file of answers in the background; the assistant opens with the result.
    pub(super) fn start_import(&mut self, path: &Path) {
        let Some(session) = &self.session else { return };
        let project = session.project().clone();
        let input = Input::new(path);
        self.work.start(Msg::Working, move |ticket| {
            match look_up(&input, &project, &ticket_progress(ticket)) {
                Ok((input, seen)) => JobOutcome::Looked { input, pasted: None, result: Ok(seen) },
                Err(error) => JobOutcome::Looked { input, pasted: None, result: Err(error) },
            }
        });
    }

    /// Profiles a file with the options given; an open assistant continues with the new profile.
    pub(super) fn look_at(&mut self, input: Input) {
        let pasted = match &self.dialog {
            Some(Dialog::Import(open)) if open.input.path == input.path => open.pasted.clone(),
            _ => None,
        };
        self.work.start(Msg::Working, move |ticket| {
            let result = profile_file(&input, &ticket_progress(ticket));
            JobOutcome::Looked { input, pasted, result }
        });
    }

    pub(super) fn on_profiled(
        &mut self,
        input: Input,
        pasted: Option<Arc<PastedTable>>,
        result: Result<Profile, TableError>,
    ) {
        match (result, &self.session) {
            (Ok(mut profile), Some(session)) => {
                if let Some(table) = &pasted {
                    profile.file.clone_from(&table.name);
                }
                let mut form = ImportForm::new(input, profile, session.project(), session.journey_id());
                form.pasted.clone_from(&pasted);
                form.replaces = self.replacing.take_if(|_| pasted.is_none());
                if let Some(Dialog::Import(open)) = &self.dialog
                    && open.input.path == form.input.path
                {
                    form.replaces = open.replaces;
                    form.wave.clone_from(&open.wave);
                }
                // The next export of a known survey is imported without a question; undo reverts it.
                if form.mapping().is_known() && self.dialog.is_none() && form.replaces.is_none() {
                    return self.import_as(Box::new(form));
                }
                match pasted {
                    Some(table) if self.dialog.is_none() => self.show_pasted(Box::new(form), &table),
                    _ => self.dialog = Some(Dialog::Import(Box::new(form))),
                }
            }
            (Ok(_), None) => {}
            (Err(error), Some(session)) if error.may_depend_on_options() && self.dialog.is_none() => {
                let problem = error.explain(self.lang());
                let mut form =
                    ImportForm::for_unreadable_file(input, problem, session.project(), session.journey_id());
                form.replaces = self.replacing.take();
                self.dialog = Some(Dialog::Import(Box::new(form)));
            }
            (Err(error), _) => self.not_imported(&input.path, pasted.as_deref(), &error),
        }
    }

    /// Counts the whole file with the confirmed mapping. If its answers were imported before, applies the
    /// user's choice for them.
    pub(super) fn import_as(&mut self, mut form: Box<ImportForm>) {
        self.dialog = None;
        let Some(RepeatedImport { overlap, counted, choice }) = form.again.take() else {
            return self.count_answers(form, None);
        };
        let earlier = overlap.batches.iter().map(|batch| batch.id).collect();
        match choice {
            Some(AgainChoice::OnlyNew) => self.count_answers(form, Some(overlap)),
            Some(AgainChoice::AddAll) => self.take_in(&form, *counted, Vec::new()),
            Some(AgainChoice::Replace) | None => self.take_in(&form, *counted, earlier),
        }
    }

    /// Counts a file and looks for answers imported before; `past` limits the count to new answers.
    fn count_answers(&mut self, form: Box<ImportForm>, past: Option<Overlap>) {
        let Some(session) = &self.session else { return };
        let project = session.project().clone();
        let known = self.settings.state.as_deref().map(KnownRespondents::in_state);
        self.work.start(Msg::Working, move |ticket| {
            let options = count_options(&form, known.as_ref(), past.as_ref());
            let counted = options.map_err(TableError::Io).and_then(|options| {
                let counted =
                    count_file_with(&form.input, form.columns(), &options, &ticket_progress(ticket))?;
                let overlap = match (&known, &past) {
                    (_, Some(_)) => None,
                    (None, None) => find_overlap(&project, (form.columns(), &counted), |_| None),
                    (Some(known), None) => {
                        known.look_up(|hashes| find_overlap(&project, (form.columns(), &counted), hashes))?
                    }
                };
                Ok((counted, overlap))
            });
            let (result, overlap) = match counted {
                Ok((counted, overlap)) => (Ok(counted), overlap),
                Err(error) => (Err(error), None),
            };
            JobOutcome::Counted { form, result, overlap }
        });
    }

    pub(super) fn on_counted(
        &mut self,
        mut form: Box<ImportForm>,
        result: Result<Counted, TableError>,
        overlap: Option<Overlap>,
    ) {
        let counted = match result {
            Ok(counted) => counted,
            Err(error) => return self.not_imported(&form.input.path, form.pasted.as_deref(), &error),
        };
        if let Some(problem) = ambiguous_words(&counted, form.columns(), self.lang()) {
            self.dialog = Some(Dialog::Import(form));
            return self.show_error(problem);
        }
        let other = |overlap: &Overlap| overlap.batches.iter().any(|batch| form.replaces != Some(batch.id));
        if let Some(overlap) = overlap.filter(other) {
            let choice = overlap.possible_choices().first().copied();
            form.again = Some(RepeatedImport { overlap, counted: Box::new(counted), choice });
            self.dialog = Some(Dialog::Import(form));
        } else {
            let replaces = form.replaces.into_iter().collect();
            self.take_in(&form, counted, replaces);
        }
    }

    fn take_in(&mut self, form: &ImportForm, counted: Counted, replaces: Vec<BatchId>) {
        let Some(session) = &self.session else { return };
        let today = crate::clock::current_date();
        let import = form.build_import(counted, today, replaces);
        let before: BTreeSet<BatchId> = session.project().batches().keys().copied().collect();
        let transaction = build_transaction(session.project(), &import, &mut self.source);
        self.commit_transaction(transaction);
        self.remember_respondents(&import, &before);
        let (weight, text) = self.summarize_import(&import, &form.profile().dialect);
        self.notices.add_notice(weight, text);
        self.tie_notice();
    }

    /// Keeps the respondents' hashes for the next import, on a background thread. Without them, overlaps can
    /// only be found by days and counts.
    fn remember_respondents(&self, import: &Import, before: &BTreeSet<BatchId>) {
        let (Some(session), Some(state)) = (&self.session, &self.settings.state) else { return };
        let new = session.project().batches().keys().find(|batch| !before.contains(batch)).copied();
        let hashes = import.counted.respondents.as_ref().map(|respondents| respondents.hashes.clone());
        if let Some((batch, hashes)) = new.zip(hashes) {
            let known = KnownRespondents::in_state(state);
            std::thread::spawn(move || drop(known.save_hashes(batch, &hashes)));
        }
    }

    /// Returns an import's summary: rows counted and left out, rejected cells, and new file warnings.
    fn summarize_import(&self, import: &Import, dialect: &Dialect) -> (NoticeLevel, String) {
        let counted = &import.counted;
        let file = &import.file;
        let lang = self.lang();
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
    pub(super) fn not_imported(&mut self, path: &Path, pasted: Option<&PastedTable>, error: &TableError) {
        if matches!(error, TableError::Cancelled) {
            let text = Msg::ImportCancelled.text(self.lang());
            return self.notices.add_notice(NoticeLevel::Info, text);
        }
        let name = pasted.map_or_else(|| file_name(path), |table| table.name.clone());
        let what = Msg::CannotImport.text_with(self.lang(), &[("file", &name)]);
        let place = if pasted.is_none() { format!("\n{}", path.display()) } else { String::new() };
        self.show_error(format!("{what}\n{}{place}", error.explain(self.lang())));
    }
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

/// Connects a read to a job's ticket: reports progress, and stops if the job is cancelled.
pub(super) fn ticket_progress(ticket: &Ticket) -> Arc<ReadProgress> {
    let ticket = ticket.clone();
    Arc::new(ReadProgress::with_callback(move |share| {
        ticket.report_progress(share);
        !ticket.cancel_flag().load(Ordering::Relaxed)
    }))
}
