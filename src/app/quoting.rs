//! Chooses quotes from comments step by step: profile the file, read a column, keep the chosen comments.

use super::App;
use super::dialog::Dialog;
use super::importing::ticket_progress;
use super::notice::NoticeLevel;
use super::outcome::JobOutcome;
use super::quote_form::QuoteForm;
use super::request::AppRequest;
use crate::edit::Op;
use crate::edit::command::{QuoteSource, keep_quotes};
use crate::i18n::{Explain, Msg, format_count, mask_words};
use crate::id::Kind;
use crate::model::Record;
use crate::survey::comments::{CommentRequest, Comments, read_comments};
use crate::survey::import::find_imported_batch;
use crate::survey::profile::{Profile, profile_file};
use crate::survey::reading::look_up;
use crate::survey::source::{Input, TableError};
use std::path::Path;

impl App {
    /// Profiles a file of comments in the background; the dialog opens with the result.
    pub(super) fn look_for_quotes(&mut self, path: &Path) {
        let Some(session) = &self.session else { return };
        let project = session.project().clone();
        let input = Input::new(path);
        self.work.start(Msg::Working, move |ticket| {
            match look_up(&input, &project, &ticket_progress(ticket)) {
                Ok((input, seen)) => JobOutcome::LookedForQuotes { input, result: Ok(seen) },
                Err(error) => JobOutcome::LookedForQuotes { input, result: Err(error) },
            }
        });
    }

    /// Profiles the file again with the options given; the dialog continues with the new profile.
    pub(super) fn look_again_for_quotes(&mut self, input: Input) {
        self.work.start(Msg::Working, move |ticket| {
            let result = profile_file(&input, &ticket_progress(ticket));
            JobOutcome::LookedForQuotes { input, result }
        });
    }

    pub(super) fn on_quotes_profiled(&mut self, input: Input, result: Result<Profile, TableError>) {
        let Some(session) = &self.session else { return };
        let profile = match result {
            Ok(profile) => profile,
            Err(error) if error.may_depend_on_options() && self.dialog.is_none() => {
                let problem = error.explain(self.lang());
                let form = QuoteForm::for_unreadable_file(input, problem, session.journey_id());
                self.dialog = Some(Dialog::Quotes(Box::new(form)));
                return;
            }
            Err(error) => return self.not_imported(&input.path, None, &error),
        };
        let project = session.project();
        let journey = session.journey_id();
        match QuoteForm::new(input, &profile, project, journey, session.single_selection()) {
            Some(mut form) => {
                if let Some(Dialog::Quotes(open)) = &self.dialog {
                    form.go_on_from(open);
                }
                self.dialog = Some(Dialog::Quotes(Box::new(form)));
                self.read_comments();
            }
            None => self.show_error(Msg::QuotesNoText.text_with(self.lang(), &[("file", &profile.file)])),
        }
    }

    /// Reads the comments that the open dialog requests; cancels an earlier read.
    pub(super) fn read_comments(&mut self) {
        self.stop_reading();
        let masks = mask_words(self.lang());
        let Some(Dialog::Quotes(form)) = &mut self.dialog else { return };
        form.found = None;
        let input = form.input.clone();
        let wanted = form.wanted.clone();
        let job = self.work.start(Msg::QuotesReading, move |ticket| {
            let result = read_comments(&input, &wanted, &masks, &ticket_progress(ticket));
            JobOutcome::Commented { wanted, result }
        });
        self.reading = Some(job);
    }

    pub(super) fn stop_reading(&mut self) {
        if let Some(job) = self.reading.take() {
            self.work.discard_job(job);
        }
    }

    pub(super) fn on_comments_read(&mut self, wanted: &CommentRequest, result: Result<Comments, TableError>) {
        self.reading = None;
        let Some(Dialog::Quotes(form)) = &mut self.dialog else { return };
        match result {
            Ok(found) => form.store_comments(wanted, found),
            Err(error) => {
                let path = form.input.path.clone();
                self.dialog = None;
                self.not_imported(&path, None, &error);
            }
        }
    }

    /// Keeps the chosen comments as quotes, in one undo step; their evidence names file and import day.
    pub(super) fn keep_quotes(&mut self) {
        let (Some(Dialog::Quotes(form)), Some(session)) = (&self.dialog, &self.session) else { return };
        let Some(found) = form.found.as_ref() else { return };
        if !form.is_ready() {
            return;
        }
        let imported = find_imported_batch(session.project(), &found.hash).map(|batch| batch.imported);
        let from = QuoteSource {
            file: form.input.file_name(),
            date: imported.unwrap_or_else(crate::clock::current_date),
            rows: found.rows,
        };
        let quotes = form.chosen_quotes();
        let target = form.target;
        let step = keep_quotes(session.project(), form.journey, target, &quotes, &from, &mut self.source);
        self.dialog = None;
        let kept = step.ops.iter().filter(|op| matches!(op, Op::Insert(Record::Insight(_)))).count();
        let told = match kept {
            0 => Msg::QuotesKeptBefore.text(self.lang()).to_owned(),
            _ => Msg::QuotesKept
                .text_with(self.lang(), &[("n", &format_count(kept as u64)), ("file", &from.file)]),
        };
        self.commit_transaction(step);
        self.notices.add_notice(NoticeLevel::Info, told);
        if kept > 0 {
            self.tie_notice();
        }
        if target.kind() != Kind::Journey {
            self.queue_request(AppRequest::Reveal(target));
        }
    }

    /// Closes the dialog and cancels the jobs that only served it.
    pub(super) fn close_dialog(&mut self) {
        // From a single text, closing returns to the list, with all decisions kept.
        if let Some(Dialog::Redact(form)) = &mut self.dialog
            && form.reading.take().is_some()
        {
            return;
        }
        self.stop_reading();
        self.stop_copying();
        let dialog = self.dialog.take();
        self.offer_lines_instead(dialog.as_ref());
    }
}
