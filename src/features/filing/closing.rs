//! Puts the open document away: when another one replaces it, and when the program ends.

use crate::app::App;
use crate::app::notice::NoticeLevel;
use crate::app::session::Session;
use crate::features::sharing::watch_file;
use crate::features::{compare, paths};
use engine::i18n::Explain;
use engine::store::journal::Journal;

/// Shows a project in place of the open one, which is saved or given up.
pub(crate) fn show_session(app: &mut App, session: Session) {
    put_away(app);
    app.session = Some(session);
    app.workspace.is_newly_open = true;
    watch_file(app);
}

/// Saves the view positions of the maps; failures are ignored.
fn keep_places(app: &App) {
    let places = app.places.clone();
    off_thread(move || _ = places.save());
}

/// Closes the open, saved or given-up project with all dialogs, jobs and requests that belong to it.
pub(crate) fn put_away(app: &mut App) {
    compare::end_comparison(app);
    paths::stop_asking(app);
    app.jobs.mark_stale();
    app.workspace = app.workspace.next_document();
    app.notices.withdraw_offers();
    app.dialog.leave_document();
    keep_places(app);
    let journal = app.session.take().and_then(|mut session| session.document.give_up_journal());
    if let Some(journal) = journal {
        off_thread(move || journal.close());
    }
}

/// Removes the journal when the program ends with nothing left to keep.
pub(crate) fn close_journal(app: &mut App) {
    // At the end there is no time for a thread, and nobody to report a failure to.
    app.places.save().ok();
    let journal = app.session.as_mut().and_then(|session| session.document.give_up_journal());
    journal.into_iter().for_each(Journal::close);
}

/// Warns, once, that changes can't be kept in the journal at present.
pub(crate) fn tell_trouble(app: &mut App) {
    if let Some(trouble) = app.session.as_ref().and_then(|session| session.document.take_journal_trouble()) {
        let text = trouble.explain(app.lang());
        app.notices.add_notice(NoticeLevel::Warning, text);
    }
}

/// Runs work on a background thread without waiting for its end.
pub(crate) fn off_thread(work: impl FnOnce() + Send + 'static) {
    // If no thread can be started, the work is skipped: the journal is then offered again at the next start.
    std::thread::Builder::new().name("tidy".to_owned()).spawn(work).ok();
}
