//! Recovery of unsaved work of ended processes: searched for at start, offered, recovered or discarded.

use super::App;
use super::charting::Charts;
use super::dialog::Dialog;
use super::files::{self, OpenFailure};
use super::notice::NoticeLevel;
use super::outcome::JobOutcome;
use super::refused_texts::RefusedTexts;
use super::session::Session;
use crate::i18n::{Explain, Msg};
use crate::store::disk::RealDisk;
use crate::store::journal::{Journal, JournalScan, find_recoverable};
use crate::store::versions::Versions;
use std::fmt::Display;

/// The reason for a search for unsaved work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnsavedSearch {
    /// The program started: work that was set aside before is not offered again.
    AtStart,
    /// The user asked for it: everything found is offered.
    Asked,
}

impl App {
    /// Searches for unsaved work of ended processes, and thins out earlier versions.
    pub(super) fn search_unsaved(&mut self, search: UnsavedSearch) {
        let Some(state) = self.settings.state.clone() else { return };
        self.work.start(Msg::Working, move |_| {
            let mut found = find_recoverable(&RealDisk, &state);
            found.clean_up(&RealDisk);
            Versions::new(RealDisk, &state).thin_out(crate::clock::current_time());
            JobOutcome::Left(search, Box::new(found))
        });
    }

    /// Queues the work found to be offered; warns about unreadable journals.
    pub(super) fn on_unsaved_found(&mut self, search: UnsavedSearch, found: JournalScan) {
        let lang = self.lang();
        let is_asked = search == UnsavedSearch::Asked;
        let aside = if is_asked { found.aside.as_slice() } else { &[] };
        for path in found.damaged.iter().chain(aside) {
            let text = Msg::JournalDamaged.text_with(lang, &[("path", &path.display())]);
            self.notices.add_notice(NoticeLevel::Warning, text);
        }
        for unread in &found.unread {
            let told: [(&str, &dyn Display); 2] =
                [("path", &unread.path.display()), ("detail", &unread.error)];
            self.notices.add_notice(NoticeLevel::Warning, Msg::JournalUnread.text_with(lang, &told));
        }
        if is_asked && found.left.is_empty() {
            self.notices.add_notice(NoticeLevel::Info, Msg::LeftNothing.text(lang));
        }
        self.unsaved.extend(found.left.into_iter().filter(|left| is_asked || !left.is_set_aside()));
    }

    /// Offers the unsaved work as soon as no other dialog is open.
    pub(super) fn offer_unsaved(&mut self) {
        if self.dialog.is_none() && !self.unsaved.is_empty() {
            self.dialog = Some(Dialog::Left(std::mem::take(&mut self.unsaved)));
        }
    }

    /// Recovers the work at this index; the rest is offered at the next start.
    pub(super) fn recover_unsaved(&mut self, place: usize) {
        let Some(state) = self.settings.state.clone() else { return };
        let Some(Dialog::Left(left)) = &mut self.dialog else { return };
        if place >= left.len() {
            return;
        }
        let chosen = left.remove(place);
        let look = self.drawing_style();
        self.dialog = None;
        self.work.start(Msg::Working, move |_| {
            JobOutcome::Recovered(files::recover_session(chosen, look, &state))
        });
    }

    pub(super) fn on_recovered(&mut self, result: Result<Box<Session>, OpenFailure>) {
        match result {
            // Unsaved changes are open; the recovered work stays in its journal.
            Ok(session) if self.was_changed_since(None) => {
                off_thread(move || drop(session));
                self.notices.add_notice(NoticeLevel::Warning, Msg::RecoveredLater.text(self.lang()));
            }
            Ok(session) => {
                let path = session.file.is_some();
                let conflicts = session.open_conflicts().len();
                self.show_session(*session);
                self.view.gallery = false;
                let text = if path { Msg::RecoveredDone } else { Msg::RecoveredNew };
                self.notices.add_notice(NoticeLevel::Info, text.text(self.lang()));
                if conflicts > 0 {
                    let text = Msg::RecoveredConflicts.text_with(self.lang(), &[("n", &conflicts)]);
                    self.notices.add_notice(NoticeLevel::Warning, text);
                }
            }
            Err(failure) => {
                let text = self.open_failure(None, &failure);
                self.show_error(text);
            }
        }
    }

    /// Discards the work at this index; the dialog stays open while there is more.
    pub(super) fn discard_left(&mut self, place: usize) {
        let Some(Dialog::Left(left)) = &mut self.dialog else { return };
        if place < left.len() {
            let gone = left.remove(place);
            // Only removes two files: failures are not worth a message, and nothing waits for the end.
            off_thread(move || gone.throw_away(&RealDisk));
        }
        if left.is_empty() {
            self.dialog = None;
        }
    }

    /// Shows a project in place of the open one, which is saved or given up.
    pub(super) fn show_session(&mut self, session: Session) {
        self.put_away();
        self.session = Some(session);
        self.is_newly_open = true;
        self.watch_file();
    }

    /// Saves the view positions of the maps; failures are ignored.
    fn keep_places(&self) {
        let places = self.places.clone();
        off_thread(move || _ = places.save());
    }

    /// Closes the open, saved or given-up project with all dialogs, jobs and requests that belong to it.
    pub(super) fn put_away(&mut self) {
        self.document += 1;
        self.end_comparison();
        self.stop_asking();
        self.stop_reading();
        self.stop_copying();
        self.work.mark_stale();
        self.ended.iter_mut().for_each(|ended| ended.parted = true);
        (self.writing, self.pending, self.peek, self.naming) = (None, None, None, None);
        self.refused = RefusedTexts::default();
        (self.exporting, self.replacing, self.copy) = (None, None, None);
        self.charts = Charts::default();
        self.orders.clear();
        self.notices.withdraw_offers();
        self.dialog.take_if(|dialog| !matches!(dialog, Dialog::Left(_)));
        self.keep_places();
        let journal = self.session.take().and_then(|mut session| session.give_up_journal());
        if let Some(journal) = journal {
            off_thread(move || journal.close());
        }
    }

    /// Removes the journal when the program ends with nothing left to keep.
    pub(super) fn close_journal(&mut self) {
        // At the end there is no time for a thread, and nobody to report a failure to.
        self.places.save().ok();
        let journal = self.session.as_mut().and_then(Session::give_up_journal);
        journal.into_iter().for_each(Journal::close);
    }

    /// Warns, once, that changes can't be kept in the journal at present.
    pub(super) fn tell_trouble(&mut self) {
        if let Some(trouble) = self.session.as_ref().and_then(Session::journal_trouble) {
            let text = trouble.explain(self.lang());
            self.notices.add_notice(NoticeLevel::Warning, text);
        }
    }
}

/// Runs work on a background thread without waiting for its end.
fn off_thread(work: impl FnOnce() + Send + 'static) {
    // If no thread can be started, the work is skipped: the journal is then offered again at the next start.
    std::thread::Builder::new().name("tidy".to_owned()).spawn(work).ok();
}
