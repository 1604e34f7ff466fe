//! Importing feedback, step by step: look at the file, ask what its columns are, count, commit.

use super::App;
use super::dialog::Dialog;
use super::import_form::{Again, ImportForm};
use super::notice::Weight;
use super::outcome::{Outcome, Purpose};
use super::work::Ticket;
use crate::feedback::{ambiguous_words, left_out_words};
use crate::i18n::{Msg, count, file_name};
use crate::id::BatchId;
use crate::survey::count::{Counted, count_file};
use crate::survey::import::{Import, imported_before, transaction};
use crate::survey::profile::{Profile, profile};
use crate::survey::reading::look_up;
use crate::survey::settle::days_ahead;
use crate::survey::source::{Input, Progress, ReadError};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Lines that a notice names for each reason of rejection.
const LINES: usize = 5;

impl App {
    /// Asks for a file of answers, to be added or to take the place of an import.
    pub(super) fn ask_for_answers(&mut self, replaces: Option<BatchId>) {
        self.replacing = replaces;
        self.pick(Purpose::Import);
    }

    /// Looks at a file of answers; the assistant opens once it has been seen.
    pub(super) fn import(&mut self, path: &Path) {
        let Some(session) = &self.session else { return };
        let (project, input) = (session.project().clone(), Input::new(path));
        self.work.start(Msg::Working, move |ticket| match look_up(&input, &project, &progress(ticket)) {
            Ok((input, seen)) => Outcome::Looked { input, result: Ok(seen) },
            Err(error) => Outcome::Looked { input, result: Err(error) },
        });
    }

    /// Looks at a file as it is said to be; an assistant that stands open goes on with what is seen then.
    pub(super) fn look_at(&mut self, input: Input) {
        self.work.start(Msg::Working, move |ticket| {
            let result = profile(&input, &progress(ticket));
            Outcome::Looked { input, result }
        });
    }

    pub(super) fn looked(&mut self, input: Input, result: Result<Profile, ReadError>) {
        match (result, &self.session) {
            (Ok(profile), Some(session)) => {
                let mut form = ImportForm::new(input, profile, session.project(), session.journey_id());
                form.replaces = self.replacing.take();
                if let Some(Dialog::Import(open)) = &self.dialog
                    && open.input.path == form.input.path
                {
                    form.replaces = open.replaces;
                    form.wave.clone_from(&open.wave);
                }
                // The next export of a survey that is known goes in without a question; undo takes it back.
                if form.known && self.dialog.is_none() && form.replaces.is_none() {
                    return self.import_as(Box::new(form));
                }
                self.dialog = Some(Dialog::Import(Box::new(form)));
            }
            (Ok(_), None) => {}
            (Err(error), Some(session)) if error.is_of_dialect() && self.dialog.is_none() => {
                let problem = error.message(self.lang());
                let mut form = ImportForm::unread(input, problem, session.project(), session.journey_id());
                form.replaces = self.replacing.take();
                self.dialog = Some(Dialog::Import(Box::new(form)));
            }
            (Err(error), _) => self.not_imported(&input.path, &error),
        }
    }

    /// The mapping is settled: counts the whole file under it, or takes the place of the earlier import.
    pub(super) fn import_as(&mut self, form: Box<ImportForm>) {
        self.dialog = None;
        if let Some(again) = form.again.clone() {
            return self.take_in(&form, *again.counted, Some(again.batch));
        }
        self.work.start(Msg::Working, move |ticket| {
            let result = count_file(&form.input, &form.columns, &progress(ticket));
            Outcome::Counted { form, result }
        });
    }

    pub(super) fn counted(&mut self, mut form: Box<ImportForm>, result: Result<Counted, ReadError>) {
        let counted = match result {
            Ok(counted) => counted,
            Err(error) => return self.not_imported(&form.input.path, &error),
        };
        if let Some(problem) = ambiguous_words(&counted, &form.columns, self.lang()) {
            self.dialog = Some(Dialog::Import(form));
            return self.fail(problem);
        }
        let Some(session) = &self.session else { return };
        match imported_before(session.project(), &counted.hash) {
            Some(batch) if form.replaces != Some(batch.id) => {
                form.again =
                    Some(Again { batch: batch.id, imported: batch.imported, counted: Box::new(counted) });
                self.dialog = Some(Dialog::Import(form));
            }
            _ => self.take_in(&form, counted, form.replaces),
        }
    }

    fn take_in(&mut self, form: &ImportForm, counted: Counted, replaces: Option<BatchId>) {
        let Some(session) = &self.session else { return };
        let today = jiff::Zoned::now().date();
        let import = form.import(counted, today, replaces);
        let transaction = transaction(session.project(), &import, &mut self.source);
        self.commit(transaction);
        let (weight, text) = self.told(&import);
        self.notices.add(weight, text);
    }

    /// What an import counted, and what it did not.
    fn told(&self, import: &Import) -> (Weight, String) {
        let (counted, file) = (&import.counted, &import.file);
        let lang = self.lang();
        let mut lines = vec![Msg::ImportDone.with(lang, &[("n", &count(counted.rows)), ("file", &file)])];
        lines.extend(left_out_words(counted, &import.columns, lang));
        let mut reasons = BTreeMap::new();
        for ((_, reason), rejection) in &counted.rejections {
            let (cells, known): &mut (u64, BTreeSet<u64>) = reasons.entry(*reason).or_default();
            *cells += rejection.count;
            known.extend(&rejection.lines);
        }
        lines.extend(reasons.iter().map(|(reason, (cells, known))| {
            let (reason, first) = (reason.message(lang), known.iter().take(LINES));
            let first: Vec<String> = first.map(u64::to_string).collect();
            let line = first.join(", ");
            Msg::RejectCells.with(lang, &[("n", &count(*cells)), ("reason", &reason), ("line", &line)])
        }));
        let ahead = days_ahead(&import.columns);
        lines.extend(ahead.map(|(column, doubt)| format!("{}: {}", column.rule.column, doubt.message(lang))));
        let weight = if lines.len() > 1 { Weight::Warning } else { Weight::Info };
        (weight, lines.join("\n"))
    }

    /// Says why a file of answers could not be read, or that it was stopped.
    pub(super) fn not_imported(&mut self, path: &Path, error: &ReadError) {
        if matches!(error, ReadError::Cancelled) {
            let text = Msg::ImportCancelled.text(self.lang());
            return self.notices.add(Weight::Info, text);
        }
        let what = Msg::CannotImport.with(self.lang(), &[("file", &file_name(path))]);
        self.fail(format!("{what}\n{}\n{}", error.message(self.lang()), path.display()));
    }
}

/// Lets a read report to a job's ticket, and stop when the job is cancelled.
pub(super) fn progress(ticket: &Ticket) -> Arc<Progress> {
    let ticket = ticket.clone();
    Arc::new(Progress::watched(move |share| {
        ticket.report(share);
        !ticket.cancel().load(Ordering::Relaxed)
    }))
}
