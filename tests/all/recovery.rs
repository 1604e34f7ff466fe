//! Tests ending the program in the middle of work and starting it again: unsaved changes are offered and
//! restored.

use crate::support;

use desireline::app::action::Action;
use desireline::app::request::AppRequest;
use desireline::features::versions::form::VersionsForm;
use egui::vec2;
use engine::edit::command;
use engine::i18n::{Lang, Msg};
use engine::id::{Id, IdSource};
use engine::store::load::{load_project, to_bytes};
use engine::store::settings::Settings;
use std::io::Write;
use std::path::{Path, PathBuf};
use support::window::{self, On, Test, act, ask, dirty, press, project, says, session};

fn start(state: &Path, on: On) -> Test {
    let settings = Settings { state: Some(state.to_owned()), ..Settings::default_for(Lang::En) };
    window::open_as(vec2(1280.0, 800.0), settings, on)
}

fn saved(state: &Path) -> PathBuf {
    let path = state.with_file_name("plan.ron");
    let template =
        load_project(engine::store::template::find_template("airline").unwrap().bytes).unwrap().project;
    let project = command::with_fresh_ids(&template, &mut IdSource::from_seed(8));
    let mut file = std::fs::File::create(&path).unwrap();
    std::io::Write::write_all(&mut file, &to_bytes(&project)).unwrap();
    path
}

fn first_card(test: &Test) -> Id {
    session(test).journey().unwrap().touchpoints().keys().next().copied().unwrap().into()
}

fn rename(test: &mut Test, id: Id, name: &str) {
    let change = command::rename_record(project(test), id, name);
    ask(test, AppRequest::Commit(change));
}

fn name(test: &Test, id: Id) -> String {
    session(test).journey().unwrap().touchpoints()[&id.to_typed().unwrap()].title.clone()
}

#[test]
fn what_was_not_saved_comes_back_merged_with_what_others_stored() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let path = saved(&state);
    let mut test = start(&state, On::File(path.clone()));
    let id = first_card(&test);
    rename(&mut test, id, "Not saved");
    // Dropping the window without closing it ends the process.
    drop(test);
    let mut theirs = load_project(&std::fs::read(&path).unwrap()).unwrap().project;
    let journey = theirs.journeys_in_order()[0].info().id;
    let added = command::add_stage(&theirs, journey, None, "Departure hall", &mut IdSource::from_seed(9)).0;
    engine::edit::apply_all(&mut theirs, &added).unwrap();
    std::fs::File::create(&path).unwrap().write_all(&to_bytes(&theirs)).unwrap();

    let mut test = start(&state, On::Start);
    press(&mut test, Msg::Recover.text(Lang::En));
    assert_eq!(name(&test, id), "Not saved");
    assert!(says(&test, "Departure hall") && dirty(&test));
    act(&mut test, Action::Save);
    assert!(!dirty(&test));
    drop(test);
    let test = start(&state, On::Start);
    assert!(!says(&test, Msg::LeftTitle.text(Lang::En)), "what is saved is not offered");
}

#[test]
fn what_was_not_saved_is_not_mixed_with_a_file_that_does_not_come_from_it() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let path = saved(&state);
    let mut test = start(&state, On::File(path.clone()));
    let id = first_card(&test);
    rename(&mut test, id, "Not saved");
    drop(test);
    // A copy in which somebody removed stages.
    let mut theirs = load_project(&std::fs::read(&path).unwrap()).unwrap().project;
    let removed = theirs.journeys_in_order()[0].stages_in_order()[0].id;
    let change = command::delete_records(&theirs, &[removed.into()], &mut IdSource::from_seed(9));
    engine::edit::apply_all(&mut theirs, &change).unwrap();
    let bytes = to_bytes(&theirs);
    std::fs::copy(write(folder.path(), std::str::from_utf8(&bytes).unwrap()), &path).unwrap();
    let mut test = start(&state, On::Start);
    press(&mut test, Msg::Recover.text(Lang::En));
    assert_eq!(name(&test, id), "Not saved");
    assert!(session(&test).document.file().is_none() && project(&test).record(removed.into()).is_some());
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "that file stays as it is");
}

fn write(folder: &Path, text: &str) -> PathBuf {
    use std::io::Write;
    let path = folder.join("theirs.ron");
    std::fs::File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
    path
}

#[test]
fn a_journey_that_was_never_saved_comes_back_even_after_undo() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = start(folder.path(), On::Template("blank"));
    act(&mut test, Action::AddPersona);
    act(&mut test, Action::AddPersona);
    act(&mut test, Action::Undo);
    drop(test);
    let mut test = start(folder.path(), On::Start);
    press(&mut test, Msg::Recover.text(Lang::En));
    assert_eq!(project(&test).personas().len(), 1);
    assert!(dirty(&test) && session(&test).document.file().is_none());
    // Ended a second time without another change.
    drop(test);
    let mut test = start(folder.path(), On::Start);
    press(&mut test, Msg::Discard.text(Lang::En));
    drop(test);
    let test = start(folder.path(), On::Start);
    assert!(!says(&test, Msg::LeftTitle.text(Lang::En)), "what was thrown away is not offered");
}

#[test]
fn what_is_given_up_on_purpose_is_not_offered() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = start(folder.path(), On::Template("blank"));
    act(&mut test, Action::AddPersona);
    act(&mut test, Action::Close);
    press(&mut test, Msg::DontSave.text(Lang::En));
    std::thread::sleep(std::time::Duration::from_millis(300));
    drop(test);
    let test = start(folder.path(), On::Start);
    assert!(!says(&test, Msg::LeftTitle.text(Lang::En)));
}

#[test]
fn an_earlier_version_comes_back_as_one_step() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let mut test = start(&state, On::File(saved(&state)));
    let id = first_card(&test);
    let first = name(&test, id);
    for new in ["Second name", "Third name"] {
        rename(&mut test, id, new);
        act(&mut test, Action::Save);
    }
    act(&mut test, Action::Versions);
    let Some(form) = test.state_mut().app.dialog.get_mut::<VersionsForm>() else {
        panic!("no versions are shown")
    };
    assert_eq!(form.kept.len(), 3);
    form.chosen = 2;
    press(&mut test, Msg::CompareEarlier.text(Lang::En));
    assert!(says(&test, "→ “Third name”"), "what differs is told in words");
    act(&mut test, Action::ViewMap);
    act(&mut test, Action::Versions);
    let Some(form) = test.state_mut().app.dialog.get_mut::<VersionsForm>() else {
        panic!("no versions are shown")
    };
    form.chosen = 2;
    press(&mut test, Msg::Restore.text(Lang::En));
    assert_eq!(name(&test, id), first);
    assert!(dirty(&test));
    act(&mut test, Action::Undo);
    assert_eq!(name(&test, id), "Third name");
}

/// Replaces every file in a folder by a pipe that nobody writes to; returns their number.
#[cfg(unix)]
fn clog(folder: &Path) -> usize {
    let entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let clogged = entries.iter().map(|path| {
        if path.is_dir() {
            return clog(path);
        }
        std::fs::remove_file(path).unwrap();
        pipe(path);
        1
    });
    clogged.sum()
}

#[cfg(unix)]
fn pipe(path: &Path) {
    assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn pipes_in_place_of_the_programs_own_files_hang_nothing_and_saving_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let config = folder.path().join("settings.ron");
    let path = saved(&state);
    let mut test = start(&state, On::File(path.clone()));
    let id = first_card(&test);
    rename(&mut test, id, "Saved once");
    act(&mut test, Action::Save);
    rename(&mut test, id, "Left behind");
    drop(test);
    pipe(&config);
    assert!(clog(&state) > 2, "a journal and two versions");
    let settings = Settings {
        state: Some(state.clone()),
        file: Some(config.clone()),
        ..Settings::default_for(Lang::En)
    };
    assert!(settings.save().is_err());
    let mut test = window::open_as(vec2(1280.0, 800.0), settings, On::File(path.clone()));
    assert_eq!(name(&test, id), "Saved once");
    rename(&mut test, id, "Saved again");
    act(&mut test, Action::Save);
    assert!(!dirty(&test));
    assert!(std::fs::read_to_string(&path).unwrap().contains("Saved again"));
    act(&mut test, Action::Versions);
    drop(test);
    let test = start(&state, On::File(path));
    assert_eq!(name(&test, id), "Saved again");
}

#[cfg(unix)]
#[test]
fn a_pipe_in_place_of_the_open_file_is_not_written_to() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(&folder.path().join("state"));
    let mut test = start(&folder.path().join("state"), On::File(path.clone()));
    let id = first_card(&test);
    rename(&mut test, id, "New name");
    std::fs::remove_file(&path).unwrap();
    pipe(&path);
    act(&mut test, Action::Save);
    assert!(dirty(&test));
    assert!(says(&test, "plan.ron"), "{}", window::told(&test));
    let test = start(&folder.path().join("other"), On::File(path));
    assert!(test.state().app.session.is_none());
    assert!(!window::told(&test).is_empty());
}

#[test]
fn what_was_put_aside_is_offered_when_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let path = saved(&state);
    let mut test = start(&state, On::File(path));
    let id = first_card(&test);
    rename(&mut test, id, "Not saved");
    drop(test);
    let journals = state.join("journals");
    let files = std::fs::read_dir(&journals).unwrap().map(|entry| entry.unwrap().path());
    let journal =
        files.into_iter().find(|path| path.extension().is_some_and(|end| end == "journal")).unwrap();
    // It is damaged, and was put aside at an earlier start.
    let aside = journal.with_extension("damaged");
    std::fs::rename(&journal, &aside).unwrap();
    let mut torn = std::fs::OpenOptions::new().append(true).open(&aside).unwrap();
    std::io::Write::write_all(&mut torn, b"a torn step").unwrap();
    let mut test = start(&state, On::Start);
    assert!(!says(&test, Msg::LeftTitle.text(Lang::En)), "it was offered before");
    act(&mut test, Action::RecoverUnsaved);
    assert!(says(&test, Msg::LeftTitle.text(Lang::En)) && says(&test, "damaged"));
    press(&mut test, Msg::Recover.text(Lang::En));
    assert_eq!(name(&test, id), "Not saved");
    assert!(aside.exists(), "what could not be read stays");
    let mut test = start(folder.path(), On::Start);
    act(&mut test, Action::RecoverUnsaved);
    assert!(says(&test, Msg::LeftNothing.text(Lang::En)));
}
