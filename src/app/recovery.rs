//! Recovery of unsaved work of ended processes: searched for at start, offered, recovered or discarded.

use super::App;
use super::files::{self, OpenFailure};
use super::jobs::{JobScope, Ticket};
use super::notice::NoticeLevel;
use super::session::Session;
use crate::features::recovery::UnsavedWork;
use crate::features::{compare, paths};
use crate::i18n::{Explain, Msg};
use crate::store::disk::RealDisk;
use crate::store::journal::{Journal, JournalScan, find_recoverable};
use crate::store::versions::Versions;
use std::fmt::Display;

/// The reason for a search for unsaved work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnsavedSearch {
    /// The program started: work that was set aside before is not offered again.
    AtStart,
    /// The user asked for it: everything found is offered.
    Asked,
}

impl App {
    /// Searches for unsaved work of ended processes, and thins out earlier versions.
    pub(super) fn search_unsaved(&mut self, search: UnsavedSearch) {
        let Some(state) = self.settings.state.clone() else { return };
        let find = move |_: &Ticket| {
            let mut found = find_recoverable(&RealDisk, &state);
            found.clean_up(&RealDisk);
            Versions::new(RealDisk, &state).thin_out(crate::clock::current_time());
            found
        };
        self.jobs.start(JobScope::Window, Msg::Working, find, move |app, found| {
            app.on_unsaved_found(search, found);
        });
    }

    /// Queues the work found to be offered; warns about unreadable journals.
    fn on_unsaved_found(&mut self, search: UnsavedSearch, found: JournalScan) {
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
            self.dialog.open(UnsavedWork(std::mem::take(&mut self.unsaved)));
        }
    }

    /// Recovers the work at this index; the rest is offered at the next start.
    pub(crate) fn recover_unsaved(&mut self, place: usize) {
        let Some(state) = self.settings.state.clone() else { return };
        let Some(UnsavedWork(left)) = self.dialog.get_mut() else { return };
        if place >= left.len() {
            return;
        }
        let chosen = left.remove(place);
        let look = self.drawing_style();
        self.dialog.clear();
        self.jobs.start(
            JobScope::NextDocument,
            Msg::Working,
            move |_| files::recover_session(chosen, look, &state),
            Self::on_recovered,
        );
    }

    pub(super) fn on_recovered(&mut self, result: Result<Box<Session>, OpenFailure>) {
        match result {
            // Unsaved changes are open; the recovered work stays in its journal.
            Ok(session) if self.was_changed_since(None) => {
                off_thread(move || drop(session));
                self.notices.add_notice(NoticeLevel::Warning, Msg::RecoveredLater.text(self.lang()));
            }
            Ok(session) => {
                let path = session.document.file().is_some();
                let conflicts = session.document.open_conflicts().len();
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
    pub(crate) fn discard_left(&mut self, place: usize) {
        let Some(UnsavedWork(left)) = self.dialog.get_mut() else { return };
        if place < left.len() {
            let gone = left.remove(place);
            // Only removes two files: failures are not worth a message, and nothing waits for the end.
            off_thread(move || gone.throw_away(&RealDisk));
        }
        if left.is_empty() {
            self.dialog.clear();
        }
    }

    /// Shows a project in place of the open one, which is saved or given up.
    pub(super) fn show_session(&mut self, session: Session) {
        self.put_away();
        self.session = Some(session);
        self.workspace.is_newly_open = true;
        self.watch_file();
    }

    /// Saves the view positions of the maps; failures are ignored.
    fn keep_places(&self) {
        let places = self.places.clone();
        off_thread(move || _ = places.save());
    }

    /// Closes the open, saved or given-up project with all dialogs, jobs and requests that belong to it.
    pub(super) fn put_away(&mut self) {
        compare::end_comparison(self);
        paths::stop_asking(self);
        self.jobs.mark_stale();
        self.workspace = self.workspace.next_document();
        self.notices.withdraw_offers();
        self.dialog.leave_document();
        self.keep_places();
        let journal = self.session.take().and_then(|mut session| session.document.give_up_journal());
        if let Some(journal) = journal {
            off_thread(move || journal.close());
        }
    }

    /// Removes the journal when the program ends with nothing left to keep.
    pub(super) fn close_journal(&mut self) {
        // At the end there is no time for a thread, and nobody to report a failure to.
        self.places.save().ok();
        let journal = self.session.as_mut().and_then(|session| session.document.give_up_journal());
        journal.into_iter().for_each(Journal::close);
    }

    /// Warns, once, that changes can't be kept in the journal at present.
    pub(super) fn tell_trouble(&mut self) {
        if let Some(trouble) =
            self.session.as_ref().and_then(|session| session.document.take_journal_trouble())
        {
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
