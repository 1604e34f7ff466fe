//! Recovery of unsaved work of ended processes: searched for at start, offered, recovered or discarded.

use crate::app::App;
use crate::app::jobs::{JobScope, Ticket};
use crate::app::notice::NoticeLevel;
use crate::app::session::Session;
use crate::features::filing;
use crate::features::filing::files::{self, OpenFailure};
use crate::features::recovery::UnsavedWork;
use engine::i18n::Msg;
use engine::store::disk::RealDisk;
use engine::store::journal::{JournalScan, find_recoverable};
use engine::store::versions::Versions;
use std::fmt::Display;

/// The reason for a search for unsaved work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnsavedSearch {
    /// The program started: work that was set aside before is not offered again.
    AtStart,
    /// The user asked for it: everything found is offered.
    Asked,
}

/// Searches for unsaved work of ended processes, and thins out earlier versions.
pub(crate) fn search_unsaved(app: &mut App, search: UnsavedSearch) {
    let Some(state) = app.settings.state.clone() else { return };
    let find = move |_: &Ticket| {
        let mut found = find_recoverable(&RealDisk, &state);
        found.clean_up(&RealDisk);
        Versions::new(RealDisk, &state).thin_out(engine::clock::current_time());
        found
    };
    app.jobs.start(JobScope::Window, Msg::Working, find, move |app, found| {
        on_unsaved_found(app, search, found);
    });
}

/// Queues the work found to be offered; warns about unreadable journals.
fn on_unsaved_found(app: &mut App, search: UnsavedSearch, found: JournalScan) {
    let lang = app.lang();
    let is_asked = search == UnsavedSearch::Asked;
    let aside = if is_asked { found.aside.as_slice() } else { &[] };
    for path in found.damaged.iter().chain(aside) {
        let text = Msg::JournalDamaged.text_with(lang, &[("path", &path.display())]);
        app.notices.add_notice(NoticeLevel::Warning, text);
    }
    for unread in &found.unread {
        let told: [(&str, &dyn Display); 2] = [("path", &unread.path.display()), ("detail", &unread.error)];
        app.notices.add_notice(NoticeLevel::Warning, Msg::JournalUnread.text_with(lang, &told));
    }
    if is_asked && found.left.is_empty() {
        app.notices.add_notice(NoticeLevel::Info, Msg::LeftNothing.text(lang));
    }
    app.unsaved.extend(found.left.into_iter().filter(|left| is_asked || !left.is_set_aside()));
}

/// Offers the unsaved work as soon as no other dialog is open.
pub(crate) fn offer_unsaved(app: &mut App) {
    if app.dialog.is_none() && !app.unsaved.is_empty() {
        app.dialog.open(UnsavedWork(std::mem::take(&mut app.unsaved)));
    }
}

/// Recovers the work at this index; the rest is offered at the next start.
pub(crate) fn recover_unsaved(app: &mut App, place: usize) {
    let Some(state) = app.settings.state.clone() else { return };
    let Some(UnsavedWork(left)) = app.dialog.get_mut() else { return };
    if place >= left.len() {
        return;
    }
    let chosen = left.remove(place);
    let look = filing::drawing_style(app);
    app.dialog.clear();
    app.jobs.start(
        JobScope::NextDocument,
        Msg::Working,
        move |_| files::recover_session(chosen, look, &state),
        on_recovered,
    );
}

pub(crate) fn on_recovered(app: &mut App, result: Result<Box<Session>, OpenFailure>) {
    match result {
        // Unsaved changes are open; the recovered work stays in its journal.
        Ok(session) if filing::was_changed_since(app, None) => {
            filing::off_thread(move || drop(session));
            app.notices.add_notice(NoticeLevel::Warning, Msg::RecoveredLater.text(app.lang()));
        }
        Ok(session) => {
            let path = session.document.file().is_some();
            let conflicts = session.document.open_conflicts().len();
            filing::show_session(app, *session);
            app.view.gallery = false;
            let text = if path { Msg::RecoveredDone } else { Msg::RecoveredNew };
            app.notices.add_notice(NoticeLevel::Info, text.text(app.lang()));
            if conflicts > 0 {
                let text = Msg::RecoveredConflicts.text_with(app.lang(), &[("n", &conflicts)]);
                app.notices.add_notice(NoticeLevel::Warning, text);
            }
        }
        Err(failure) => {
            let text = filing::open_failure(app, None, &failure);
            app.show_error(text);
        }
    }
}

/// Discards the work at this index; the dialog stays open while there is more.
pub(crate) fn discard_left(app: &mut App, place: usize) {
    let Some(UnsavedWork(left)) = app.dialog.get_mut() else { return };
    if place < left.len() {
        let gone = left.remove(place);
        // Only removes two files: failures are not worth a message, and nothing waits for the end.
        filing::off_thread(move || gone.throw_away(&RealDisk));
    }
    if left.is_empty() {
        app.dialog.clear();
    }
}
