//! Tests of late results: a slow drive while the user continues to work.

use super::*;
use crate::app::jobs::Jobs;
use crate::features::paths::{PathDialog, confirm_picked, on_picked};
use crate::features::recovery::on_recovered;
use engine::edit::command::rename_record;
use engine::i18n::Lang;
use engine::id::Id;
use engine::model::Project;
use engine::store::document::Saving;
use engine::store::settings::Settings;
use std::time::Duration;

/// Returns the program with a new journey open.
fn app() -> (egui::Context, App) {
    let ctx = egui::Context::default();
    let mut app = App::new(&ctx, Settings::default_for(Lang::En));
    show(&mut app, "First");
    (ctx, app)
}

/// Returns the program with an open journey that is stored in a folder.
fn at(folder: &Path) -> (PathBuf, egui::Context, App) {
    let (path, (ctx, mut app)) = (folder.join("a.ron"), app());
    start_save(&mut app, path.clone(), None, NextStep::Stay);
    Jobs::finish_all(&ctx, &mut app);
    (path, ctx, app)
}

/// Returns the title of the journey in a file.
fn title_in(path: &Path) -> String {
    let stored = engine::store::project::open_project(&engine::store::disk::RealDisk, path).unwrap();
    stored.loaded.project.journeys_in_order()[0].info().title.clone()
}

/// Opens a new journey in place of the open one.
fn show(app: &mut App, title: &str) {
    let asked = plan_replacement(app, NextStep::Template("blank"));
    let look = drawing_style(app);
    on_opened(app, None, asked, files::begin_blank(title, look));
}

fn session(app: &mut App) -> &mut Session {
    app.session.as_mut().unwrap()
}

/// Renames the open journey.
fn edit(app: &mut App, title: &str) {
    let session = session(app);
    let renamed = rename_record(session.project(), Id::from(session.journey_id()), title);
    session.commit(renamed).unwrap();
}

/// Starts a save to a drive that does not answer yet.
fn begin(app: &mut App) -> (Saving, Project) {
    (session(app).document.begin_save(PathBuf::new(), None).saving, session(app).project().clone())
}

/// Returns the result of a successful save.
fn stored(content: &Project, path: PathBuf) -> (StoredFile, Option<String>) {
    let base = Base::from_bytes(b"it");
    (StoredFile { path, base, content: content.clone(), read_only: None }, None)
}

/// Returns the step before which unsaved changes are asked about.
fn asks_before(app: &App) -> Option<&NextStep> {
    app.dialog.get::<UnsavedQuestion>().map(|question| &question.0)
}

#[test]
fn a_save_that_ends_after_a_later_one_moves_the_document_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let (_, mut app) = app();
    edit(&mut app, "Slow");
    let (slow, content) = begin(&mut app);
    edit(&mut app, "Elsewhere");
    let (quick, _) = begin(&mut app);
    on_saved(&mut app, quick, NextStep::Stay, Ok(stored(&content, folder.path().join("elsewhere.ron"))));
    on_saved(&mut app, slow, NextStep::Quit, Ok(stored(&content, folder.path().join("slow.ron"))));
    let session = session(&mut app);
    assert_eq!(session.file_name().as_deref(), Some("elsewhere.ron"));
    assert!(!session.document.is_dirty());
    assert!(!app.quitting, "the user has gone on since");
    assert!(app.notices.as_slice().iter().any(|notice| notice.text.contains("slow.ron")));
}

#[test]
fn a_save_that_ends_after_its_document_was_left_does_not_touch_the_next_one() {
    let (ctx, mut app) = app();
    edit(&mut app, "Left");
    let (saving, content) = begin(&mut app);
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let result = Ok(stored(&content, "left.ron".into()));
    start_writing(&mut app, saving, NextStep::Stay, move |_| {
        wait.recv().ok();
        result
    });
    show(&mut app, "Next");
    edit(&mut app, "Next, changed");
    go.send(()).unwrap();
    Jobs::finish_all(&ctx, &mut app);
    assert!(app.notices.as_slice().iter().any(|notice| notice.text.contains("left.ron")));
    let session = session(&mut app);
    assert!(session.document.file().is_none() && session.document.is_dirty());
}

#[test]
fn what_is_changed_while_a_save_runs_is_asked_about_before_the_program_ends() {
    let (folder, (_, mut app)) = (tempfile::tempdir().unwrap(), app());
    edit(&mut app, "Stored");
    let (saving, content) = begin(&mut app);
    edit(&mut app, "Not stored");
    on_saved(&mut app, saving, NextStep::Quit, Ok(stored(&content, folder.path().join("a.ron"))));
    assert!(!app.quitting && asks_before(&app) == Some(&NextStep::Quit));
}

#[test]
fn what_is_changed_while_another_file_is_read_is_asked_about_before_it_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let (path, (ctx, mut app)) = (folder.path().join("other.ron"), app());
    let other = engine::edit::command::new_project("Other", &mut engine::id::IdSource::from_seed(1));
    drop(engine::store::project::save_project(&engine::store::disk::RealDisk, &path, Base::Absent, &other));
    leave_project(&mut app, NextStep::Open(path.clone()));
    edit(&mut app, "Changed meanwhile");
    Jobs::finish_all(&ctx, &mut app);
    assert_eq!(session(&mut app).title(Lang::En), "Changed meanwhile");
    assert_eq!(asks_before(&app), Some(&NextStep::Open(path)));
    answer_unsaved(&mut app, false);
    Jobs::finish_all(&ctx, &mut app);
    assert_eq!(session(&mut app).title(Lang::En), "Other");
}

#[test]
fn a_file_that_comes_late_does_not_replace_what_was_begun_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("late.ron");
    let ctx = egui::Context::default();
    let mut app = App::new(&ctx, Settings::default_for(Lang::En));
    let asked = plan_replacement(&app, NextStep::Open(path.clone()));
    let look = drawing_style(&app);
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let read = move |_: &Ticket| {
        wait.recv().ok();
        files::begin_blank("Late", look)
    };
    app.jobs
        .start(JobScope::NextDocument, Msg::Working, read, |app, result| on_opened(app, None, asked, result));
    show(&mut app, "First");
    edit(&mut app, "Begun meanwhile");
    go.send(()).unwrap();
    Jobs::finish_all(&ctx, &mut app);
    assert_eq!(session(&mut app).title(Lang::En), "Begun meanwhile");
    assert_eq!(asks_before(&app), Some(&NextStep::Open(path)));
}

#[test]
fn a_second_save_waits_for_the_first_whose_work_is_not_taken_for_somebody_elses() {
    let folder = tempfile::tempdir().unwrap();
    let (path, ctx, mut app) = at(folder.path());
    edit(&mut app, "Once");
    save_project(&mut app, NextStep::Stay);
    edit(&mut app, "Twice");
    save_project(&mut app, NextStep::Stay);
    assert_eq!(app.jobs.running_jobs().len(), 1);
    Jobs::finish_all(&ctx, &mut app);
    assert!(!session(&mut app).document.is_dirty() && session(&mut app).document.open_conflicts().is_empty());
    assert_eq!(title_in(&path), "Twice");
}

#[test]
fn a_save_asked_for_meanwhile_takes_no_other_wish_back() {
    let folder = tempfile::tempdir().unwrap();
    let (path, ctx, mut app) = at(folder.path());
    edit(&mut app, "Once");
    save_project(&mut app, NextStep::Close);
    edit(&mut app, "Twice");
    save_project(&mut app, NextStep::Stay);
    Jobs::finish_all(&ctx, &mut app);
    assert!(app.session.is_none() && app.dialog.is_none());
    assert_eq!(title_in(&path), "Twice");
}

#[test]
fn what_was_recovered_waits_where_something_else_is_unsaved() {
    let state = tempfile::tempdir().unwrap();
    let (_, mut lost) = app();
    session(&mut lost).document.keep_safe(state.path());
    edit(&mut lost, "Lost");
    drop(lost);
    let found =
        || engine::store::journal::find_recoverable(&engine::store::disk::RealDisk, state.path()).left;
    let (_, mut app) = app();
    edit(&mut app, "At work");
    let recovered = files::recover_session(found().remove(0), drawing_style(&app), state.path());
    on_recovered(&mut app, recovered);
    assert_eq!(session(&mut app).title(Lang::En), "At work");
    let start = std::time::Instant::now();
    while found().is_empty() {
        assert!(start.elapsed() < Duration::from_secs(20), "it is offered again");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_dialog_that_is_answered_after_its_document_was_left_does_nothing_to_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    let (ctx, mut app) = app();
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let path = folder.path().join("left.ron");
    let question = save_question(&app, NextStep::Stay);
    let chosen = Some(path.clone());
    let answer = move |ticket: &Ticket| wait.recv().map(|()| ticket.job_id()).unwrap();
    let job = app.jobs.start(JobScope::Window, Msg::WaitingForDialog, answer, |app, job| {
        on_picked(app, job, chosen, false);
    });
    app.picker.waiting.push((job, question));
    show(&mut app, "Next");
    assert!(app.picker.waiting.is_empty(), "the built-in one would be of no use either");
    go.send(()).unwrap();
    for _ in 0..20 {
        Jobs::finish_all(&ctx, &mut app);
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(session(&mut app).document.file().is_none() && !path.exists());
}

#[test]
fn a_name_that_the_systems_dialog_took_without_its_ending_is_asked_about_again() {
    let folder = tempfile::tempdir().unwrap();
    let (path, ctx, mut app) = at(folder.path());
    show(&mut app, "Second");
    let question = save_question(&app, NextStep::Stay);
    confirm_picked(&mut app, question, path.with_extension(""));
    let form = app.dialog.get::<PathDialog>().expect("it is asked");
    assert!(form.replace && form.path() == path);
    Jobs::finish_all(&ctx, &mut app);
    assert_eq!(title_in(&path), "First", "nothing is written meanwhile");
}
