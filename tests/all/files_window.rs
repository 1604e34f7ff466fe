//! Tests files in the window: damaged ones, and copies to give away.

use crate::support;
use desireline::features::filing;

use desireline::app::action::Action;
use desireline::app::jobs::JobScope;
use desireline::features::filing::UnsavedQuestion;
use desireline::features::filing::files::{DrawingStyle, begin_blank};
use desireline::features::filing::step::{Arriving, NextStep};
use desireline::features::redact::form::RedactForm;
use egui::accesskit::Role;
use egui::vec2;
use egui_kittest::kittest::Queryable;
use engine::i18n::{Explain, Lang, Msg};
use engine::model::Project;
use engine::model::choice::LaneKind;
use engine::store::load::load_project;
use support::window::{
    self, On, Test, act, dirty, fill, open, press, press_last, project, says, settle, told, type_over,
};

const SIZE: egui::Vec2 = vec2(1280.0, 800.0);

fn airline() -> Vec<u8> {
    std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/airline.ron")).unwrap()
}

/// Opens a damaged copy of the airline template.
fn damaged(folder: &std::path::Path, lang: Lang) -> (Test, std::path::PathBuf, Vec<u8>) {
    let text = String::from_utf8(airline()).unwrap();
    let text =
        text.replacen("importance: 4", "importance: four", 1).replacen("title: \"Book\"", "title: \"Book", 1);
    let bytes = text.into_bytes()[..20_000].to_vec();
    let path = folder.join("trip.ron");
    std::fs::write(&path, &bytes).unwrap();
    (open(SIZE, lang, On::File(path.clone())), path, bytes)
}

#[test]
fn what_is_left_of_a_damaged_file_is_opened_only_when_asked_and_never_written_over_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut test, path, bytes) = damaged(folder.path(), Lang::En);
    assert!(test.state().app.session.is_none() && says(&test, "trip.ron is damaged"));
    assert!(says(&test, "is now \"Book\"") && says(&test, "Touchpoint “Leg room”: Importance can’t be read"));
    press(&mut test, Msg::RepairOpen.text(Lang::En));
    assert!(dirty(&test), "it is stored nowhere");
    assert!(project(&test).journeys_in_order()[0].stages().values().any(|stage| stage.title == "Book"));
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "the file is as it was");
    // A copy to give away does not replace the open document.
    act(&mut test, Action::SaveRedacted);
    press(&mut test, Msg::RedactSave.text(Lang::En));
    fill(&mut test, Msg::FileName.text(Lang::En), "trip.ron");
    press_last(&mut test, Msg::Replace.text(Lang::En));
    assert!(told(&test).contains("name of its own") && std::fs::read(&path).unwrap() == bytes);
    // Saving asks for a name; saving over the damaged file keeps a copy of it.
    act(&mut test, Action::Save);
    fill(&mut test, Msg::FileName.text(Lang::En), "trip.ron");
    press_last(&mut test, Msg::Replace.text(Lang::En));
    assert!(load_project(&std::fs::read(&path).unwrap()).is_ok() && !dirty(&test), "{}", told(&test));
    assert_eq!(std::fs::read(folder.path().join("trip.damaged.ron")).unwrap(), bytes);
    assert!(told(&test).contains("trip.damaged.ron"));
}

#[test]
fn what_is_being_typed_in_a_field_is_saved_and_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trip.ron");
    std::fs::write(&path, airline()).unwrap();
    let title = |path: &std::path::Path| {
        let project = load_project(&std::fs::read(path).unwrap()).unwrap().project;
        project.journeys_in_order()[0].info().title.clone()
    };
    let mut test = open(SIZE, Lang::En, On::File(path.clone()));
    type_over(&mut test, Msg::Title.text(Lang::En), "Flight");
    act(&mut test, Action::Save);
    assert_eq!(title(&path), "Flight");
    // The keyboard is still in the field; on a slow screen, text and keys arrive in one frame.
    let key = egui::Key::S;
    let modifiers = egui::Modifiers::COMMAND;
    let keys = egui::Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
    test.input_mut().events.extend([egui::Event::Text(" there".to_owned()), keys]);
    settle(&mut test);
    assert_eq!(title(&path), "Flight there");
    test.event(egui::Event::Text(" and back".to_owned()));
    test.run_steps(1);
    act(&mut test, Action::Close);
    assert!(test.state().app.dialog.get::<UnsavedQuestion>().is_some(), "it is asked about");
    press_last(&mut test, Msg::Save.text(Lang::En));
    assert!(test.state().app.session.is_none());
    assert_eq!(title(&path), "Flight there and back");
}

#[test]
fn what_is_typed_on_the_map_is_asked_about_before_another_file_takes_its_place() {
    let mut test = open(SIZE, Lang::En, On::Template("airline"));
    let card = window::card(&test, "Gate");
    window::select(&mut test, &[card]);
    window::key(&mut test, egui::Modifiers::NONE, egui::Key::F2);
    test.event(egui::Event::Text("Departure".to_owned()));
    test.run_steps(2);
    let app = &mut test.state_mut().app;
    let asked = Arriving { next: NextStep::Template("blank"), given_up: filing::document_state(app) };
    let look = DrawingStyle { theme: app.theme_id(), lang: Lang::En };
    let result = begin_blank("Late", look);
    app.jobs.start(
        JobScope::NextDocument,
        Msg::Working,
        |_| result,
        |app, result| {
            filing::on_opened(app, None, asked, result);
        },
    );
    settle(&mut test);
    assert!(matches!(test.state().app.dialog.get(), Some(UnsavedQuestion(NextStep::Template("blank")))));
    assert_eq!(window::card(&test, "Departure"), card);
}

#[test]
fn a_copy_is_saved_only_once_it_lacks_what_is_ticked_now() {
    let mut test = open(SIZE, Lang::En, On::Template("airline"));
    act(&mut test, Action::SaveRedacted);
    test.get_by_role_and_label(Role::CheckBox, Msg::RedactNames.text(Lang::En)).click();
    for _ in 0..200 {
        test.run_steps(1);
        let form: &RedactForm = test.state().app.dialog.get().expect("the dialog is open");
        let found = form.found.as_ref().filter(|_| form.is_ready());
        if let Some(found) = found.filter(|_| !form.what.names) {
            assert!(found.project.personas().values().any(|persona| persona.name.starts_with("Mei")));
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("the copy is never ready");
}

#[test]
fn a_damaged_file_can_be_left_alone_and_what_is_none_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (mut test, path, bytes) = damaged(folder.path(), Lang::ZhCn);
    act(&mut test, Action::ThemeDark);
    press(&mut test, Msg::Cancel.text(Lang::ZhCn));
    assert!(test.state().app.session.is_none() && std::fs::read(&path).unwrap() == bytes);
    std::fs::write(&path, "<!DOCTYPE html><html>").unwrap();
    let test = open(SIZE, Lang::En, On::File(path));
    assert!(test.state().app.dialog.is_none() && told(&test).contains("web page"), "{}", told(&test));
}

#[test]
fn a_copy_to_give_away_lacks_what_was_ticked_and_the_open_project_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stay.ron");
    let blueprint = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/service-blueprint.ron");
    std::fs::copy(blueprint, &path).unwrap();
    let before = std::fs::read(&path).unwrap();
    let mut test = open(SIZE, Lang::En, On::File(path.clone()));
    let open_project = project(&test).clone();
    act(&mut test, Action::SaveRedacted);
    assert!(listed(&test, "Back stage") && says(&test, "taken out"), "what would go is listed");
    tick(&mut test, Msg::RedactLanes);
    assert!(!listed(&test, "Back stage"), "the list follows the boxes");
    tick(&mut test, Msg::RedactLanes);
    press(&mut test, Msg::RedactSave.text(Lang::En));
    fill(&mut test, Msg::FileName.text(Lang::En), "stay.ron");
    press_last(&mut test, Msg::Replace.text(Lang::En));
    assert!(told(&test).contains("name of its own") && std::fs::read(&path).unwrap() == before);
    act(&mut test, Action::SaveRedacted);
    press(&mut test, Msg::RedactSave.text(Lang::En));
    fill(&mut test, Msg::FileName.text(Lang::En), "copy.ron");
    let copy = load_project(&std::fs::read(folder.path().join("copy.ron")).unwrap()).unwrap().project;
    let lanes = |project: &Project| {
        let journeys = project.journeys().values();
        journeys.flat_map(|journey| journey.lanes().values().map(|lane| lane.kind)).collect::<Vec<_>>()
    };
    assert!(
        lanes(&open_project).contains(&LaneKind::BackStage) && !lanes(&copy).contains(&LaneKind::BackStage)
    );
    assert_eq!(*project(&test), open_project);
    assert_eq!(test.state().app.window_title(), "stay.ron – Desireline");
}

#[test]
fn the_dialog_of_the_copy_speaks_chinese_and_keeps_its_size() {
    let mut test = open(SIZE, Lang::ZhCn, On::Template("airline"));
    act(&mut test, Action::ThemeDark);
    act(&mut test, Action::SaveRedacted);
    assert!(says(&test, Msg::RedactQuotes.text(Lang::ZhCn)));
    press(&mut test, Msg::Cancel.text(Lang::ZhCn));
    assert!(test.state().app.dialog.is_none());
}

/// True if the dialog says that something would be removed.
fn listed(test: &Test, words: &str) -> bool {
    let form: &RedactForm = test.state().app.dialog.get().expect("the dialog is open");
    let found = form.found.as_ref().expect("the copy has been made");
    found.taken.iter().any(|taken| taken.explain(Lang::En).contains(words))
}

/// Clicks a box.
fn tick(test: &mut Test, label: Msg) {
    test.get_by_role_and_label(Role::CheckBox, label.text(Lang::En)).click();
    settle(test);
}

#[test]
fn the_first_save_in_the_later_format_says_so_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = open(SIZE, Lang::En, On::Template("airline"));
    let save = |test: &mut Test| {
        let path = folder.path().join("trip.ron");
        window::act_on(test, Action::SaveAs, path);
    };
    let words = Msg::SavedInLaterFormat.text(Lang::En);
    save(&mut test);
    assert!(!told(&test).contains(words), "{}", told(&test));
    let answers = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/kinds/sa1_bis_februar.csv");
    window::act_on(&mut test, Action::Import, answers.into());
    press(&mut test, Msg::ImportAsTouchpoints.text(Lang::En));
    press(&mut test, Msg::ImportNow.text(Lang::En));
    save(&mut test);
    assert_eq!(told(&test).matches(words).count(), 1, "{}", told(&test));
    save(&mut test);
    assert_eq!(told(&test).matches(words).count(), 1, "{}", told(&test));
}
