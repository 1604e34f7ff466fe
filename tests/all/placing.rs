//! Tests content from other files: pictures dropped on the map, outlines as new projects; feelings set by
//! keys, and cards moved to another lane from the inspector.

use crate::support;

use desireline::app::action::Action;
use desireline::app::request::AppRequest;
use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable;
use engine::edit::Transaction;
use engine::edit::command::{Slot, add_stage, add_touchpoint, set_field};
use engine::i18n::{Lang, Msg, Worded};
use engine::id::{Id, IdSource};
use engine::model::choice::LaneKind;
use engine::model::value::Atom;
use engine::model::{Lane, Project};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use support::window::{self, On, Test, act, fill, journey, project, says, settle, told};

/// Drops a file on the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn open(lang: Lang, on: On) -> Test {
    window::open(vec2(1480.0, 900.0), lang, on)
}

fn drop(test: &mut Test, path: PathBuf) {
    test.input_mut().dropped_files.push(Arc::new(Dropped(path)));
    settle(test);
}

fn photo(folder: &Path, name: &str) -> PathBuf {
    let path = folder.join(name);
    let ground = |x: u32, y: u32| image::Rgb([x as u8, (y / 2) as u8, 140]);
    image::RgbImage::from_fn(2_000, 1_000, ground).save(&path).unwrap();
    path
}

/// True if the photo's content is visible on the screen.
fn shows_photo(test: &mut Test) -> bool {
    let of_photo = |p: &&image::Rgba<u8>| p.0[0] > 200 && p.0[1] < 60 && p.0[2].abs_diff(140) < 8;
    support::picture(test).pixels().filter(of_photo).count() > 50
}

/// Draws frames until the photo is decoded, which happens in the background.
fn photo_is_seen(test: &mut Test) -> bool {
    (0..500).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(10));
        test.run_steps(1);
        shows_photo(test)
    })
}

#[test]
fn a_picture_dropped_on_the_map_stands_in_a_lane_under_its_column() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = open(Lang::En, On::Template("airline"));
    let card = window::card(&test, "Online boarding");
    window::select(&mut test, &[card]);
    let pictures =
        |test: &Test| journey(test).lanes().values().filter(|lane| lane.kind == LaneKind::Pictures).count();
    let before = project(&test).clone();
    let lanes = pictures(&test);
    assert!(!shows_photo(&mut test));
    drop(&mut test, photo(folder.path(), "boarding-pass.jpg"));
    assert!(photo_is_seen(&mut test));
    let placed = journey(&test).pictures().values().next().unwrap().clone();
    let image = &project(&test).images()[&placed.image];
    assert_eq!((image.width, image.height, placed.title.as_str()), (1_600, 800, "boarding pass"));
    assert_eq!(placed.at, Id::from(journey(&test).touchpoints()[&card.to_typed().unwrap()].step));
    assert_eq!(pictures(&test), lanes.max(1));
    assert!(image.bytes.len() < 400_000, "{} bytes", image.bytes.len());
    act(&mut test, Action::Undo);
    assert_eq!(*project(&test), before, "one step");
    assert!(!shows_photo(&mut test));
    act(&mut test, Action::Redo);
    assert!(photo_is_seen(&mut test), "again, after it was gone");
    act(&mut test, Action::Undo);
    act(&mut test, Action::AddPicture);
    fill(
        &mut test,
        Msg::FileName.text(Lang::En),
        &folder.path().join("boarding-pass.jpg").display().to_string(),
    );
    assert_eq!((journey(&test).pictures().len(), told(&test)), (1, String::new()));
}

#[test]
fn a_picture_from_the_clipboard_is_placed_under_what_is_selected() {
    let mut test = open(Lang::En, On::Template("airline"));
    let card = window::card(&test, "Gate");
    window::select(&mut test, &[card]);
    let image = egui::ColorImage::filled([40, 30], egui::Color32::from_rgb(200, 90, 20));
    test.event(egui::Event::PasteImage(Arc::new(image)));
    settle(&mut test);
    let placed = journey(&test).pictures().values().next().unwrap().clone();
    assert_eq!(placed.at, Id::from(journey(&test).touchpoints()[&card.to_typed().unwrap()].step));
    assert_eq!(project(&test).images()[&placed.image].width, 40);
}

#[test]
fn what_dropping_would_do_is_said_while_a_file_is_held_over_the_window() {
    let mut test = open(Lang::ZhCn, On::Template("airline"));
    let before = support::picture(&mut test);
    let path = Some(PathBuf::from("/tmp/值机柜台.jpg"));
    test.input_mut().hovered_files.push(egui::HoveredFile { path, ..egui::HoveredFile::default() });
    test.step();
    assert!(support::picture(&mut test) != before);
    test.input_mut().hovered_files.clear();
    settle(&mut test);
    assert!(support::picture(&mut test) == before);
}

#[test]
fn what_is_no_picture_is_refused_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.png");
    std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), b"not a picture").unwrap();
    let mut test = open(Lang::ZhCn, On::Template("airline"));
    drop(&mut test, path);
    assert!(told(&test).contains(Msg::PictureNotOne.text(Lang::ZhCn)), "{}", told(&test));
    assert!(journey(&test).pictures().is_empty() && !window::dirty(&test));
    let mut test = open(Lang::En, On::Template("blank"));
    drop(&mut test, photo(folder.path(), "a.png"));
    assert!(told(&test).contains(Msg::PictureNoPlace.text(Lang::En)), "{}", told(&test));
}

#[test]
fn an_outline_becomes_a_project_and_says_what_it_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trip.md");
    let notes =
        "# Weekend trip\n## Plan\n- Find a hotel [web]\n! Too many sites\nwhat is this\n## Go\n- Train\n";
    std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), notes.as_bytes()).unwrap();
    let mut test = open(Lang::En, On::Start);
    act(&mut test, Action::Palette);
    test.event(egui::Event::Text("outline".to_owned()));
    settle(&mut test);
    window::key(&mut test, Modifiers::NONE, Key::Enter);
    fill(&mut test, Msg::FileName.text(Lang::En), &path.display().to_string());
    assert!(says(&test, "Find a hotel") && journey(&test).flows().len() == 1);
    assert!(told(&test).contains("Line 5") && told(&test).contains("what is this"), "{}", told(&test));
    let mut test = open(Lang::En, On::Start);
    drop(&mut test, path);
    assert_eq!(journey(&test).info().title, "Weekend trip");
    let question = test.state().app.dialog.is_some();
    window::act_on(&mut test, Action::NewFromOutline, folder.path().join("none.md"));
    assert!(!question && told(&test).contains(Msg::FileMissing.text(Lang::En)), "{}", told(&test));
}

#[test]
fn a_map_written_in_another_form_begins_a_project_again() {
    let folder = tempfile::tempdir().unwrap();
    for (format, ending) in [("Markdown", "md"), ("Mermaid", "mmd"), ("CSV", "csv")] {
        let path = folder.path().join(format!("trip.{ending}"));
        let mut test = open(Lang::En, On::Template("airline"));
        let cards = journey(&test).touchpoints().len();
        act(&mut test, Action::Export);
        test.get_by_role_and_label(Role::ComboBox, Msg::Format.text(Lang::En)).click();
        settle(&mut test);
        test.get_by_label(format).click();
        settle(&mut test);
        window::press_last(&mut test, Msg::Export.text(Lang::En));
        fill(&mut test, Msg::FileName.text(Lang::En), &path.display().to_string());
        assert!(path.exists(), "{}", told(&test));
        let mut test = open(Lang::ZhCn, On::Start);
        drop(&mut test, path);
        assert_eq!((journey(&test).touchpoints().len(), told(&test)), (cards, String::new()), "{format}");
    }
}

fn round(feeling: f64) -> f64 {
    (feeling * 10.0).round() / 10.0
}

#[test]
fn letters_behind_a_key_that_opens_a_field_are_for_the_field() {
    let mut test = open(Lang::En, On::Template("airline"));
    let card = window::card(&test, "Gate");
    window::select(&mut test, &[card]);
    let before = journey(&test).insights().len();
    let typed = |key: Key, text: &str| {
        let modifiers = Modifiers::NONE;
        let key = egui::Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
        [key, egui::Event::Text(text.to_owned())]
    };
    let letters = [typed(Key::P, "p"), typed(Key::N, "N"), typed(Key::O, "o"), typed(Key::Enter, "")];
    test.input_mut().events.extend(letters.into_iter().flatten());
    settle(&mut test);
    let titles: Vec<&str> = journey(&test).insights().values().map(|pain| pain.title.as_str()).collect();
    assert!(titles.contains(&"No") && titles.len() == before + 1, "{titles:?}");
}

#[test]
fn plus_and_minus_move_the_feeling_of_the_selected_persona() {
    let mut test = open(Lang::En, On::Template("airline"));
    let card = window::card(&test, "Online boarding");
    let feelings = |test: &Test| -> Vec<f64> {
        let all = &journey(test).touchpoints()[&card.to_typed().unwrap()].feelings;
        let personas = engine::model::records_in_order(project(test).personas());
        personas.iter().map(|persona| all.get(&persona.id).copied().map_or(f64::NAN, round)).collect()
    };
    let before = feelings(&test);
    window::select(&mut test, &[card]);
    window::key(&mut test, Modifiers::NONE, Key::Minus);
    assert_eq!(feelings(&test), [round(before[0] - 0.5), before[1]]);
    let second = engine::model::records_in_order(project(&test).personas())[1].id;
    window::select(&mut test, &[second.into()]);
    window::select(&mut test, &[card]);
    window::key(&mut test, Modifiers::NONE, Key::Plus);
    assert_eq!(feelings(&test), [round(before[0] - 0.5), round(before[1] + 0.5)]);
    window::key(&mut test, Modifiers::NONE, Key::X);
    assert!(feelings(&test)[1].is_nan());
    (0..3).for_each(|_| act(&mut test, Action::Undo));
    assert_eq!(feelings(&test), before);
}

#[test]
fn alt_and_arrows_move_what_is_selected() {
    let mut test = open(Lang::En, On::Template("airline"));
    let gate = window::card(&test, "Gate");
    window::select(&mut test, &[gate]);
    let stage = |test: &Test| {
        let step = journey(test).touchpoints()[&gate.to_typed().unwrap()].step;
        journey(test).stages()[&journey(test).steps()[&step].stage].title.clone()
    };
    assert_eq!(stage(&test), "Airport");
    window::key(&mut test, Modifiers::ALT, Key::ArrowRight);
    assert_eq!(stage(&test), "On board");
    act(&mut test, Action::Undo);
    assert_eq!(stage(&test), "Airport");
    window::press(&mut test, "Gate");
    test.get_all_by_role_and_label(Role::Button, "Seat comfort")
        .next()
        .unwrap()
        .click_modifiers(Modifiers::SHIFT);
    settle(&mut test);
    assert_eq!(window::session(&test).selection().len(), 2, "Shift adds in the outline as on the map");
    let persona = engine::model::records_in_order(project(&test).personas())[1].id;
    window::select(&mut test, &[persona.into()]);
    window::key(&mut test, Modifiers::ALT, Key::ArrowUp);
    assert_eq!(engine::model::records_in_order(project(&test).personas())[0].id, persona);
}

#[test]
fn a_lane_chosen_in_the_inspector_moves_a_step_out_of_the_chain_as_dragging_does() {
    let mut test = open(Lang::En, On::Start);
    window::ask(&mut test, AppRequest::Template("blank"));
    act(&mut test, Action::AddLane);
    let lane = journey(&test).lanes().values().find(|lane| lane.kind == LaneKind::Text).unwrap().id;
    commit(&mut test, |project, _| {
        set_field(project, &[lane.into()], Lane::KIND, &LaneKind::BackStage.to_value())
    });
    let id = journey(&test).info().id;
    commit(&mut test, |project, source| add_stage(project, id, None, "Plan", source).0);
    let stage = journey(&test).stages_in_order()[0].id;
    for title in ["Look", "Ask", "Book"] {
        commit(&mut test, |project, source| {
            add_touchpoint(project, Slot::EndOf(stage), title, source).unwrap().0
        });
    }
    let [look, ask, book] = ["Look", "Ask", "Book"].map(|title| window::card(&test, title));
    let flows = |test: &Test| {
        let flows = journey(test).flows().values();
        flows.map(|flow| (flow.from, flow.to)).collect::<BTreeSet<(Id, Id)>>()
    };
    assert_eq!(flows(&test), [(look, ask), (ask, book)].into());
    window::select(&mut test, &[ask]);
    test.get_by_role_and_label(Role::ComboBox, Msg::Lane.text(Lang::En)).click();
    settle(&mut test);
    let name = LaneKind::BackStage.display_name().text(Lang::En);
    test.get_all_by_role_and_label(Role::Button, name).last().unwrap().click();
    settle(&mut test);
    assert_eq!(journey(&test).touchpoints()[&ask.to_typed().unwrap()].lane, Some(lane));
    assert_eq!(flows(&test), [(look, book)].into(), "the chain closes without it");
    act(&mut test, Action::Undo);
    assert_eq!(flows(&test), [(look, ask), (ask, book)].into(), "one step");
}

fn commit(test: &mut Test, command: impl FnOnce(&Project, &mut IdSource) -> Transaction) {
    let made = command(project(test), &mut IdSource::from_entropy());
    window::ask(test, AppRequest::Commit(made));
}
