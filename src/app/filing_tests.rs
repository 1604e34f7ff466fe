//! What comes late: a drive that takes its time while the user goes on.

use super::*;
use crate::app::session::Saving;
use crate::edit::command::rename;
use crate::i18n::Lang;
use crate::id::Id;
use crate::model::Project;
use crate::store::settings::Settings;
use std::time::Duration;

/// The program with a new journey open.
fn app() -> (egui::Context, App) {
    let ctx = egui::Context::default();
    let mut app = App::new(&ctx, Settings::usual(Lang::En));
    let look = app.look();
    app.opened(None, files::blank("First", look));
    (ctx, app)
}

fn session(app: &mut App) -> &mut Session {
    app.session.as_mut().unwrap()
}

/// Renames the journey that is open.
fn edit(app: &mut App, title: &str) {
    let session = session(app);
    let renamed = rename(session.project(), Id::from(session.journey_id()), title);
    session.commit(renamed).unwrap();
}

/// Begins a save, as a drive gets it that does not answer yet.
fn begin(app: &mut App) -> (Saving, Project) {
    (session(app).begin_save(), session(app).project().clone())
}

/// What a save brings back.
fn stored(content: &Project, path: PathBuf) -> (File, Option<String>) {
    (File { path, base: Base::of(b"it"), content: content.clone() }, None)
}

/// Turns until the jobs under way have ended.
fn turn(ctx: &egui::Context, app: &mut App) {
    for _ in 0..500 {
        app.turn(ctx);
        if app.work.jobs().is_empty() {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("a job does not end");
}

#[test]
fn a_save_that_ends_after_a_later_one_moves_the_document_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let (_, mut app) = app();
    edit(&mut app, "Slow");
    let (slow, content) = begin(&mut app);
    edit(&mut app, "Elsewhere");
    let (quick, _) = begin(&mut app);
    app.saved(quick, Next::Stay, Ok(stored(&content, folder.path().join("elsewhere.ron"))));
    app.saved(slow, Next::Quit, Ok(stored(&content, folder.path().join("slow.ron"))));
    let session = session(&mut app);
    assert_eq!(session.file_name().as_deref(), Some("elsewhere.ron"));
    assert!(!session.is_dirty());
    assert!(!app.quitting, "the user has gone on since");
    assert!(app.notices.list().iter().any(|notice| notice.text.contains("slow.ron")));
}

#[test]
fn a_save_that_ends_after_its_document_was_left_does_not_touch_the_next_one() {
    let (ctx, mut app) = app();
    edit(&mut app, "Left");
    let (saving, content) = begin(&mut app);
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let result = Ok(stored(&content, "left.ron".into()));
    app.work.start(Msg::Saving, move |_| {
        wait.recv().ok();
        Outcome::Saved { saving, next: Next::Stay, result }
    });
    let look = app.look();
    app.opened(None, files::blank("Next", look));
    edit(&mut app, "Next, changed");
    go.send(()).unwrap();
    turn(&ctx, &mut app);
    assert!(app.notices.list().iter().any(|notice| notice.text.contains("left.ron")));
    let session = session(&mut app);
    assert!(session.file.is_none() && session.is_dirty());
}

#[test]
fn what_is_changed_while_a_save_runs_is_asked_about_before_the_program_ends() {
    let (folder, (_, mut app)) = (tempfile::tempdir().unwrap(), app());
    edit(&mut app, "Stored");
    let (saving, content) = begin(&mut app);
    edit(&mut app, "Not stored");
    app.saved(saving, Next::Quit, Ok(stored(&content, folder.path().join("a.ron"))));
    assert!(!app.quitting && matches!(app.dialog, Some(Dialog::Unsaved(Next::Quit))));
}

#[test]
fn what_is_changed_while_another_file_is_read_is_asked_about_before_it_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let (path, (ctx, mut app)) = (folder.path().join("other.ron"), app());
    let other = crate::edit::command::new_project("Other", &mut crate::id::Source::seeded(1));
    drop(crate::store::project::save_project(&crate::store::disk::RealDisk, &path, Base::Absent, &other));
    app.leave(Next::Open(path.clone()));
    edit(&mut app, "Changed meanwhile");
    turn(&ctx, &mut app);
    assert_eq!(session(&mut app).title(Lang::En), "Changed meanwhile");
    assert!(matches!(&app.dialog, Some(Dialog::Unsaved(Next::Open(asked))) if *asked == path));
    app.answer_unsaved(false);
    turn(&ctx, &mut app);
    assert_eq!(session(&mut app).title(Lang::En), "Other");
}

#[test]
fn a_dialog_that_is_answered_after_its_document_was_left_does_nothing_to_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    let (ctx, mut app) = app();
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let path = folder.path().join("left.ron");
    let (purpose, chosen) = (Purpose::SaveAs(Next::Stay), Some(path.clone()));
    app.waiting_for = Some(purpose.clone());
    app.work.start(Msg::WaitingForDialog, move |_| {
        wait.recv().ok();
        Outcome::Picked { purpose, path: chosen, absent: false }
    });
    let look = app.look();
    app.opened(None, files::blank("Next", look));
    assert!(app.waiting_for.is_none(), "the built-in one would be of no use either");
    go.send(()).unwrap();
    for _ in 0..20 {
        turn(&ctx, &mut app);
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(session(&mut app).file.is_none() && !path.exists());
}
