//! Tests opening another document in place of the current one: nothing of the old one is left.

use crate::support;

use desireline::app::action::Action;
use desireline::app::jobs::{JobScope, Ticket};
use desireline::app::request::AppRequest;
use desireline::features::versions;
use egui::{Event, Key, Modifiers, vec2};
use engine::edit::command::with_fresh_ids;
use engine::i18n::{Lang, Msg};
use engine::id::{Id, IdSource};
use engine::store::base::Base;
use engine::store::disk::RealDisk;
use engine::store::load::load_project;
use engine::store::project::save_project;
use engine::store::template::find_template;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use support::window::{
    self, On, Test, act, ask, dirty, journey, press, project, says, session, settle, told,
};

fn start() -> Test {
    window::open(vec2(1280.0, 800.0), Lang::En, On::Start)
}

/// Opens a template from the start page; discards the open document.
fn begin(test: &mut Test, template: &'static str) {
    ask(test, AppRequest::Template(template));
    give_up(test);
}

fn give_up(test: &mut Test) {
    if says(test, Msg::DontSave.text(Lang::En)) {
        press(test, Msg::DontSave.text(Lang::En));
    }
}

fn ids(test: &Test) -> BTreeSet<Id> {
    project(test).records().map(|record| record.id()).collect()
}

fn letters(test: &mut Test, words: &str) {
    test.event(Event::Text(words.to_owned()));
    test.run_steps(2);
}

/// Saves the airline template as a file.
fn airline(folder: &Path) -> PathBuf {
    let path = folder.join("airline.ron");
    let template = load_project(find_template("airline").unwrap().bytes).unwrap().project;
    let project = with_fresh_ids(&template, &mut IdSource::from_seed(4));
    drop(save_project(&RealDisk, &path, Base::Absent, &project).unwrap());
    path
}

fn stages(test: &Test) -> Vec<String> {
    journey(test).stages_in_order().iter().map(|stage| stage.title.clone()).collect()
}

#[test]
fn the_second_blank_of_a_run_invites_to_type_like_the_first() {
    let mut test = start();
    let mut before = BTreeSet::new();
    for name in ["Plan", "Search", "Look around"] {
        begin(&mut test, "blank");
        assert!(ids(&test).is_disjoint(&before), "no id comes back");
        before.extend(ids(&test));
        assert!(stages(&test).is_empty() && !dirty(&test));
        assert!(!session(&test).meets_condition(desireline::app::action::Needs::Undo));
        letters(&mut test, name);
        window::key(&mut test, Modifiers::NONE, Key::Enter);
        window::key(&mut test, Modifiers::NONE, Key::Escape);
        assert_eq!(stages(&test), [name], "the keyboard is in the first stage");
    }
    assert!(says(&test, "Look around") && !says(&test, "Plan"), "the outline shows this document");
}

#[test]
fn nothing_of_a_document_is_left_when_another_template_is_begun() {
    let mut test = start();
    begin(&mut test, "airline");
    let gate = window::card(&test, "Gate");
    window::select(&mut test, &[gate]);
    act(&mut test, Action::Duplicate);
    window::select(&mut test, &[gate]);
    act(&mut test, Action::FitSelection);
    window::type_over(&mut test, Msg::Title.text(Lang::En), "Typed and left");
    let before = ids(&test);
    begin(&mut test, "airline");
    assert!(ids(&test).is_disjoint(&before));
    assert!(session(&test).selection().is_empty() && !dirty(&test));
    assert!(!session(&test).meets_condition(desireline::app::action::Needs::Undo));
    assert!(!says(&test, "Typed and left") && !told(&test).contains("not in the project"), "{}", told(&test));
    let fresh = {
        let mut other = start();
        begin(&mut other, "airline");
        support::picture(&mut other)
    };
    test.run_steps(40);
    assert_same(&support::picture(&mut test), &fresh, "the window looks as if this were the first document");
}

#[test]
fn a_file_that_is_opened_again_begins_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = airline(folder.path());
    let mut first = window::open(vec2(1280.0, 800.0), Lang::En, On::File(path.clone()));
    act(&mut first, Action::Fit);
    let fresh = support::picture(&mut first);
    drop(first);
    let mut test = window::open(vec2(1280.0, 800.0), Lang::En, On::File(path.clone()));
    let gate = window::card(&test, "Gate");
    window::select(&mut test, &[gate]);
    act(&mut test, Action::FitSelection);
    act(&mut test, Action::ZoomIn);
    // The outline is scrolled down, and a stage of it folded.
    let outline = egui::pos2(100.0, 500.0);
    test.event(Event::PointerMoved(outline));
    test.run_steps(1);
    let down = Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        source: egui::MouseWheelSource::Wheel,
        delta: vec2(0.0, -300.0),
        phase: egui::TouchPhase::Move,
        modifiers: Modifiers::NONE,
    };
    test.event(down);
    test.run_steps(20);
    ask(&mut test, AppRequest::Open(path));
    // The map is shown where it was last; everything else is reset.
    act(&mut test, Action::Fit);
    test.event(Event::PointerGone);
    test.run_steps(40);
    assert!(session(&test).selection().is_empty());
    assert_same(&support::picture(&mut test), &fresh, "outline and inspector");
}

#[test]
fn a_result_for_the_former_document_does_not_come_into_the_next() {
    let mut test = start();
    begin(&mut test, "airline");
    let mut theirs = project(&test).clone();
    let gate = window::card(&test, "Gate");
    let change = engine::edit::command::rename_record(&theirs, gate, "From the former");
    engine::edit::apply_all(&mut theirs, &change).unwrap();
    window::select(&mut test, &[gate]);
    let (release, released) = std::sync::mpsc::channel();
    let app = &mut test.state_mut().app;
    let read = move |_: &Ticket| released.recv().map(|()| change).unwrap();
    app.jobs
        .start(JobScope::Document, Msg::Working, read, |app, change| versions::on_restored(app, Ok(change)));
    app.queue_request(AppRequest::Template("airline"));
    for _ in 0..500 {
        test.run_steps(1);
        if session(&test).selection().is_empty() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    assert!(session(&test).selection().is_empty(), "the next document is open");
    release.send(()).unwrap();
    settle(&mut test);
    assert!(!says(&test, "From the former") && !dirty(&test));
    assert!(told(&test).is_empty(), "{}", told(&test));
}

#[test]
fn a_dialog_and_an_offer_of_the_former_document_go_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = airline(folder.path());
    let mut test = start();
    begin(&mut test, "blank");
    window::key(&mut test, Modifiers::NONE, Key::Escape);
    test.event(Event::Paste("Name\tCity\nAnn\tKöln\nBob\tUlm\nCat\tAalen\n".to_owned()));
    settle(&mut test);
    assert!(told(&test).contains("the clipboard holds"), "{}", told(&test));
    ask(&mut test, AppRequest::Open(path));
    give_up(&mut test);
    assert!(!told(&test).contains("the clipboard holds"), "{}", told(&test));
    act(&mut test, Action::Palette);
    ask(&mut test, AppRequest::Template("blank"));
    assert!(test.state().app.dialog.is_none());
    // Saving now writes the newly opened document.
    let copy = folder.path().join("blank.ron");
    window::act_on(&mut test, Action::SaveAs, copy.clone());
    let saved = load_project(&std::fs::read(&copy).unwrap()).unwrap().project;
    assert_eq!(&saved, project(&test));
    assert!(saved.journeys_in_order()[0].touchpoints().is_empty());
}

/// Fails if two pictures of the window differ in more than a few pixels: letters may be drawn at another
/// time.
fn assert_same(found: &image::RgbaImage, expected: &image::RgbaImage, what: &str) {
    let differ = found.pixels().zip(expected.pixels()).filter(|(one, other)| one != other).count();
    assert!(differ < 1000, "{what}: {differ} pixels differ");
}
