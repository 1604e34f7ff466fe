//! Tests the window as a person uses it: start page, outline, inspector, palette, languages, questions,
//! files.

use crate::support;

use desireline::app::action::Action;
use desireline::app::jobs::{JobScope, Ticket};
use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable;
use engine::i18n::{Lang, Msg};
use engine::id::Id;
use support::window::{self, On, Test, dirty, fill, press, says, settle};

fn open(lang: Lang) -> Test {
    window::open(vec2(1680.0, 1050.0), lang, On::Start)
}

fn command(test: &mut Test, key: Key) {
    window::key(test, Modifiers::COMMAND, key);
}

#[test]
fn a_template_is_opened_looked_at_changed_and_changed_back() {
    let mut test = open(Lang::En);
    press(&mut test, Msg::TemplateAirline.text(Lang::En));
    press(&mut test, "Online boarding");
    assert!(!dirty(&test) && says(&test, "Moment of truth"));
    fill(&mut test, "Title", "Boarding pass");
    assert!(dirty(&test) && says(&test, "Boarding pass"));
    command(&mut test, Key::Z);
    assert!(!dirty(&test) && says(&test, "Online boarding"));
}

#[test]
fn language_and_theme_switch_while_the_program_runs() {
    let mut test = open(Lang::En);
    press(&mut test, Msg::TemplateCar.text(Lang::En));
    test.state_mut().app.queue_action(Action::LanguageChinese);
    test.state_mut().app.queue_action(Action::ThemeDark);
    settle(&mut test);
    assert!(says(&test, Msg::Personas.text(Lang::ZhCn)) && !says(&test, Msg::Personas.text(Lang::En)));
    assert!(test.state().app.theme().dark);
}

#[test]
fn the_palette_finds_elements_and_runs_actions() {
    let mut test = open(Lang::En);
    press(&mut test, Msg::TemplateBlueprint.text(Lang::En));
    command(&mut test, Key::K);
    test.event(egui::Event::Text("keyb".to_owned()));
    settle(&mut test);
    test.key_press(Key::Enter);
    settle(&mut test);
    assert!(says(&test, "Shift+Enter"));
}

#[test]
fn nothing_unsaved_is_left_without_a_question_and_what_is_saved_opens_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = open(Lang::En);
    press(&mut test, Msg::TemplateBlank.text(Lang::En));
    // An empty journey opens on a text field for its first stage; Enter continues with the next.
    for name in ["Plan", "Book"] {
        // With slow frames, the letters and Enter arrive in one.
        let enter = egui::Event::Key {
            key: Key::Enter,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        test.input_mut().events.extend([egui::Event::Text(name.to_owned()), enter]);
        settle(&mut test);
    }
    test.event(egui::Event::Text("Fly".to_owned()));
    test.run_steps(2);
    command(&mut test, Key::W);
    assert!(dirty(&test) && says(&test, Msg::Unsaved.text(Lang::En)));
    press(&mut test, Msg::Save.text(Lang::En));
    let path = folder.path().join("trip.ron");
    fill(&mut test, Msg::FileName.text(Lang::En), &path.display().to_string());
    assert!(path.is_file() && test.state().app.session.is_none(), "saved, then closed");
    press(&mut test, "trip");
    assert!(!dirty(&test) && ["Plan", "Book", "Fly"].iter().all(|name| says(&test, name)));
    assert_eq!(test.state().app.window_title(), "trip.ron – Desireline");
}

#[test]
fn the_narrow_window_folds_its_panels_and_presenting_hides_everything() {
    let mut test = open(Lang::En);
    press(&mut test, Msg::TemplateAirline.text(Lang::En));
    test.set_size(vec2(1100.0, 700.0));
    settle(&mut test);
    assert!(!says(&test, Msg::Channels.text(Lang::En)));
    test.key_press(Key::F11);
    settle(&mut test);
    assert!(test.query_by_role_and_label(Role::Button, Msg::Export.text(Lang::En)).is_none());
    test.key_press(Key::F11);
    settle(&mut test);
    assert!(test.query_by_role_and_label(Role::Button, Msg::Export.text(Lang::En)).is_some());
}

#[test]
fn a_map_nobody_has_moved_follows_the_window_and_one_that_was_stays() {
    let mut test = open(Lang::En);
    press(&mut test, Msg::TemplateAirline.text(Lang::En));
    let zoom = |test: &Test| {
        let told = |n: &u32| {
            let percent = engine::i18n::format_percent(Lang::En, f64::from(*n) / 100.0, 0);
            says(test, &Msg::ZoomIs.text_with(Lang::En, &[("percent", &percent)]))
        };
        (10..400).find(told).expect("the zoom is told")
    };
    let first = zoom(&test);
    test.set_size(vec2(2560.0, 1440.0));
    settle(&mut test);
    let wide = zoom(&test);
    assert!(wide > first, "{first} to {wide}");
    test.state_mut().app.queue_action(Action::ZoomOut);
    settle(&mut test);
    let chosen = zoom(&test);
    test.set_size(vec2(1680.0, 1050.0));
    settle(&mut test);
    assert_eq!(zoom(&test), chosen);
}

#[test]
fn a_job_under_way_is_cancelled_by_its_button() {
    let mut test = open(Lang::En);
    let wait = |ticket: &Ticket| {
        while !ticket.cancel_flag().load(std::sync::atomic::Ordering::Relaxed) {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    };
    test.state_mut().app.jobs.start(JobScope::Window, Msg::Working, wait, |_, ()| {});
    std::thread::sleep(std::time::Duration::from_millis(500));
    test.run_steps(4);
    test.get_by_role_and_label(Role::Button, Msg::Cancel.text(Lang::En)).click();
    test.run_steps(2);
    std::thread::sleep(std::time::Duration::from_millis(50));
    test.run_steps(2);
    assert!(test.state().app.jobs.running_jobs().is_empty());
}

/// Returns the flows of the shown journey by the titles of their ends, in alphabetical order.
fn flows(test: &Test) -> Vec<(String, String)> {
    let journey = window::journey(test);
    let title = |id: Id| {
        let card = id.to_typed().and_then(|card| journey.touchpoints().get(&card));
        card.map(|card| card.title.clone()).unwrap_or_default()
    };
    let mut flows: Vec<_> = journey.flows().values().map(|flow| (title(flow.from), title(flow.to))).collect();
    flows.sort();
    flows
}

#[test]
fn a_chain_stays_one_by_alt_and_arrows_delete_and_duplicate() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trip.md");
    let outline = "# Trip\n## Plan\n- Search\n- Book\n- Pay\n## Fly\n- Board\n";
    std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), outline.as_bytes()).unwrap();
    let mut test = open(Lang::En);
    window::act_on(&mut test, Action::NewFromOutline, path);
    let pairs = |ends: &[[&str; 2]]| -> Vec<(String, String)> {
        ends.iter().map(|[from, to]| ((*from).to_owned(), (*to).to_owned())).collect()
    };
    let whole = pairs(&[["Book", "Pay"], ["Pay", "Board"], ["Search", "Book"]]);
    assert_eq!(flows(&test), whole);
    let book = window::card(&test, "Book");
    window::select(&mut test, &[book]);
    window::key(&mut test, Modifiers::ALT, Key::ArrowRight);
    assert_eq!(flows(&test), pairs(&[["Book", "Board"], ["Pay", "Book"], ["Search", "Pay"]]));
    command(&mut test, Key::Z);
    assert_eq!(flows(&test), whole, "one step takes it back");
    window::key(&mut test, Modifiers::NONE, Key::Delete);
    assert_eq!(flows(&test), pairs(&[["Pay", "Board"], ["Search", "Pay"]]));
    command(&mut test, Key::Z);
    assert_eq!(flows(&test), whole, "one step takes it back");
    let search = window::card(&test, "Search");
    window::select(&mut test, &[search, book]);
    command(&mut test, Key::D);
    let copies = pairs(&[
        ["Book", "Pay"],
        ["Book", "Search"],
        ["Pay", "Board"],
        ["Search", "Book"],
        ["Search", "Book"],
    ]);
    assert_eq!(flows(&test), copies, "both copies stand behind the last, in the chain");
    command(&mut test, Key::Z);
    assert_eq!(flows(&test), whole, "one step takes it back");
}
