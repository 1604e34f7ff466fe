//! Tests dialogs, pickers and menus with the keyboard: Tab follows the reading order, keys scroll and choose.

use crate::support;

use desireline::app::action::Action;
use desireline::app::request::AppRequest;
use desireline::features::import::form::ImportForm;
use desireline::features::recovery::UnsavedWork;
use egui::{Key, Modifiers, Rect, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use engine::edit::command;
use engine::i18n::{Lang, Msg};
use engine::id::IdSource;
use engine::model::choice::LaneKind;
use engine::store::settings::Settings;
use std::path::{Path, PathBuf};
use support::window::{self, On, Test, act, act_on, ask, press_last, project, says, settle};
use tempfile::TempDir;

const SIZE: egui::Vec2 = vec2(1280.0, 800.0);

/// Most stops of Tab in a dialog.
const MOST: usize = 200;
/// Number of steps back that are tested in each dialog.
const BACK: usize = 8;

/// An open dialog, with the folder of its files.
type Opened = (TempDir, Test);

/// A stop of Tab: the id, name and area of the control.
#[derive(Debug, Clone, PartialEq)]
struct Stop {
    id: String,
    name: String,
    rect: Rect,
}

impl Stop {
    /// True if this is read after the other: below it, or right of it in the same line. A list that scrolls
    /// shows its next line in the same place.
    fn follows(&self, other: &Self) -> bool {
        let shared = self.rect.bottom().min(other.rect.bottom()) - self.rect.top().max(other.rect.top());
        let in_line = shared > 0.5 * self.rect.height().min(other.rect.height());
        if in_line {
            let is_scrolled = (self.rect.left() - other.rect.left()).abs() < 1.0;
            is_scrolled || self.rect.left() >= other.rect.right() - 1.0
        } else {
            self.rect.top() >= other.rect.top()
        }
    }
}

fn focused(test: &Test) -> Option<Stop> {
    let node = test.query_all_by(|node| node.is_focused() && !node.is_hidden()).next()?;
    let data = node.accesskit_node();
    let name = format!("{:?} {}", data.role(), data.label().or(data.value()).unwrap_or_default());
    Some(Stop { id: format!("{:?}", data.id()), name, rect: node.rect() })
}

/// Returns the stops of Tab, beginning with the focused control, until it comes again.
fn round(test: &mut Test) -> Vec<Stop> {
    let mut stops = vec![focused(test).expect("a control is focused")];
    for _ in 0..MOST {
        test.key_press(Key::Tab);
        test.run_steps(2);
        let stop = focused(test).unwrap_or_else(|| panic!("nothing is focused after {stops:#?}"));
        if stop.id == stops[0].id {
            return stops;
        }
        stops.push(stop);
    }
    panic!("Tab does not come back: {stops:#?}");
}

/// Writes the airline journey to a file; opens it with a state folder.
fn file() -> (TempDir, PathBuf, Test) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trip.ron");
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/airline.ron"), &path).unwrap();
    let test = start(folder.path(), On::File(path.clone()));
    (folder, path, test)
}

fn start(folder: &Path, on: On) -> Test {
    let settings = Settings { state: Some(folder.join("state")), ..Settings::default_for(Lang::En) };
    window::open_as(SIZE, settings, on)
}

/// Renames the first card.
fn rename(test: &mut Test, name: &str) {
    let id = *window::journey(test).touchpoints().keys().next().unwrap();
    let change = command::rename_record(project(test), id.into(), name);
    ask(test, AppRequest::Commit(change));
}

/// Opens the dialog of an action.
fn by(action: Action) -> Opened {
    let (folder, _, mut test) = file();
    act(&mut test, action);
    (folder, test)
}

fn unsaved() -> Opened {
    let (folder, _, mut test) = file();
    rename(&mut test, "Changed");
    act(&mut test, Action::Close);
    (folder, test)
}

/// Saves over a file that is not known to come from the one opened.
fn changed() -> Opened {
    let (folder, path, mut test) = file();
    rename(&mut test, "Changed");
    let theirs = std::fs::read_to_string(&path).unwrap().replacen("Book", "Reserve", 1);
    std::fs::write(&path, theirs).unwrap();
    act(&mut test, Action::Save);
    for _ in 0..100 {
        if test.state().app.dialog.is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
        settle(&mut test);
    }
    (folder, test)
}

/// Starts the program after two windows ended with unsaved work.
fn left() -> Opened {
    let folder = tempfile::tempdir().unwrap();
    for name in ["First", "Second"] {
        let mut test = start(folder.path(), On::Template("airline"));
        rename(&mut test, name);
    }
    let test = start(folder.path(), On::Start);
    (folder, test)
}

fn versions() -> Opened {
    let (folder, _, mut test) = file();
    for name in ["First", "Second"] {
        rename(&mut test, name);
        act(&mut test, Action::Save);
    }
    act(&mut test, Action::Versions);
    (folder, test)
}

fn damaged() -> Opened {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trip.ron");
    let whole =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/airline.ron")).unwrap();
    std::fs::write(&path, whole.replacen("importance: 4", "importance: four", 1)).unwrap();
    let test = start(folder.path(), On::File(path));
    (folder, test)
}

fn reading() -> Opened {
    let (folder, mut test) = by(Action::SaveRedacted);
    press_last(&mut test, Msg::RedactRead.text(Lang::En));
    (folder, test)
}

/// Writes a survey with open questions.
fn survey(folder: &Path) -> PathBuf {
    let mut text = "Ticket,Chairs,Effort to board,Overall experience,Comment\n".to_owned();
    for row in 0..40 {
        let words = ["Very satisfied", "Satisfied", "Neutral", "Dissatisfied", "Hm well"];
        let said = "The gate changed twice and nobody told us; the screen still showed the old one at row";
        let said = if row < 6 { format!("{said} {row}") } else { String::new() };
        let line = format!("{row},{},{},{},{said}\n", row % 7, 1 + row % 5, words[row % 5]);
        text.push_str(&line);
    }
    let path = folder.join("survey.csv");
    std::fs::write(&path, text).unwrap();
    path
}

fn import() -> Opened {
    let (folder, _, mut test) = file();
    let path = survey(folder.path());
    act_on(&mut test, Action::Import, path);
    (folder, test)
}

fn import_in_a_narrow_window() -> Opened {
    let (folder, mut test) = import();
    test.set_size(vec2(820.0, 800.0));
    settle(&mut test);
    (folder, test)
}

fn import_again() -> Opened {
    let (folder, _, mut test) = file();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/airline-feedback.csv");
    act_on(&mut test, Action::Import, path.clone());
    press_last(&mut test, Msg::ImportNow.text(Lang::En));
    act_on(&mut test, Action::Import, path);
    (folder, test)
}

fn quotes() -> Opened {
    let (folder, _, mut test) = file();
    let path = survey(folder.path());
    act_on(&mut test, Action::QuotesFromComments, path);
    (folder, test)
}

/// A dialog: its name, words that it shows, and the way to open it.
type Case = (&'static str, Msg, fn() -> Opened);

/// Returns each dialog that can be opened.
fn all() -> Vec<Case> {
    vec![
        ("unsaved changes", Msg::Unsaved, unsaved),
        ("changed file", Msg::NotSavedYet, changed),
        ("unsaved work", Msg::LeftTitle, left),
        ("versions", Msg::VersionsTitle, versions),
        ("damaged file", Msg::RepairQuestion, damaged),
        ("path to open", Msg::OpenNow, || by(Action::Open)),
        ("path to save", Msg::FileName, || by(Action::SaveAs)),
        ("export", Msg::Export, || by(Action::Export)),
        ("redacted copy", Msg::RedactSave, || by(Action::SaveRedacted)),
        ("texts of a redacted copy", Msg::RedactReadTitle, reading),
        ("import", Msg::ImportNow, import),
        ("import in a narrow window", Msg::ImportNow, import_in_a_narrow_window),
        ("import again", Msg::AgainReplace, import_again),
        ("quotes", Msg::QuotesTitle, quotes),
        ("shortcuts", Msg::Shortcuts, || by(Action::Shortcuts)),
        ("about", Msg::FontsFrom, || by(Action::About)),
        ("licences", Msg::ThirdPartyLicences, || by(Action::Licences)),
    ]
}

#[test]
fn tab_follows_the_reading_order_in_every_dialog() {
    let mut wrong = Vec::new();
    for (name, words, opened) in all() {
        let (_folder, mut test) = opened();
        assert!(test.state().app.dialog.is_some() && says(&test, words.text(Lang::En)), "{name} is open");
        // The assistant for feedback has no main button before its questions are answered.
        let asks = test.state().app.dialog.get::<ImportForm>().is_some_and(|form| !form.is_ready());
        assert!(asks || focused(&test).is_some(), "{name} opens with a focused control");
        test.key_press(Key::Tab);
        test.run_steps(4);
        let forth = round(&mut test);
        // The round begins anywhere: it goes up once, from the last control to the first.
        let steps = forth.iter().zip(forth.iter().cycle().skip(1));
        let turns: Vec<_> = steps.filter(|(stop, next)| !next.follows(stop)).collect();
        if forth.len() > 1 && turns.len() != 1 {
            let turns: Vec<_> =
                turns.iter().map(|(stop, next)| (&stop.name, stop.rect, &next.name, next.rect)).collect();
            wrong.push(format!("{name}: {turns:#?}"));
        }
        for stop in forth.iter().rev().take(BACK) {
            test.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
            test.run_steps(2);
            if focused(&test).is_none_or(|now| now.id != stop.id) {
                wrong.push(format!("{name}: Shift+Tab does not go back to {}", stop.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn enter_imports_where_nothing_is_asked() {
    let (_folder, _, mut test) = file();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/airline-feedback.csv");
    act_on(&mut test, Action::Import, path);
    let stop = focused(&test).expect("a control is focused");
    assert!(stop.name.ends_with(Msg::ImportNow.text(Lang::En)), "{stop:?}");
    window::plain(&mut test, Key::Enter);
    settle(&mut test);
    let session = test.state().app.session.as_ref().expect("a project is open");
    assert_eq!(session.project().batches().len(), 1);
}

#[test]
fn enter_recovers_the_first_unsaved_work() {
    let (_folder, mut test) = left();
    assert!(test.state().app.dialog.get::<UnsavedWork>().is_some_and(|left| left.0.len() == 2));
    let stop = focused(&test).expect("a control is focused");
    assert!(stop.name.contains(Msg::Recover.text(Lang::En)), "{stop:?}");
    window::plain(&mut test, Key::Enter);
    assert!(test.state().app.session.is_some() && window::dirty(&test), "{}", window::told(&test));
}

/// Returns the top of a text that is shown once, in whole points.
fn top(test: &Test, words: &str) -> i32 {
    let found = test.query_all_by(|node| node.value().is_some_and(|said| said == words)).next();
    found.unwrap_or_else(|| panic!("{words} is shown")).rect().top().round() as i32
}

#[test]
fn the_list_of_keys_is_scrolled_by_keys() {
    let (_folder, mut test) = by(Action::Shortcuts);
    let place = |test: &mut Test, pressed: Key| {
        test.key_press(pressed);
        // A scroll takes some frames.
        test.run_steps(60);
        top(test, "Shift+F10")
    };
    let start = top(&test, "Shift+F10");
    let line = place(&mut test, Key::ArrowDown);
    assert!(line < start, "{line} of {start}");
    assert_eq!(place(&mut test, Key::ArrowUp), start);
    let page = place(&mut test, Key::PageDown);
    assert!(page < line - 100, "{page} of {line}");
    let end = place(&mut test, Key::End);
    assert!(end < page && place(&mut test, Key::PageDown) == end, "{end} of {page}");
    assert_eq!(place(&mut test, Key::Home), start);
    assert!(focused(&test).is_some_and(|stop| stop.name.contains(Msg::Close.text(Lang::En))));
}

#[test]
fn the_days_of_the_picker_are_walked_by_keys() {
    let (_folder, _, mut test) = file();
    let made = project(&test).improvements().values().next().unwrap().id;
    window::select(&mut test, &[made.into()]);
    let due = |test: &Test| project(test).improvements()[&made].due.map(|day| day.to_string());
    let field = Msg::Due.text(Lang::En);
    let open = |test: &mut Test| {
        window::press(test, &Msg::PickDay.text_with(Lang::En, &[("name", &field)]));
    };
    window::fill(&mut test, field, "2026-03-31");
    let left = Key::ArrowLeft;
    let right = Key::ArrowRight;
    let up = Key::ArrowUp;
    let down = Key::ArrowDown;
    for (keys, day) in [
        (&[right, right, left, down, Key::End][..], "2026-04-12"),
        (&[Key::PageDown, Key::Home, up, Key::PageUp], "2026-04-04"),
        // Tab leads over the buttons and round to the day.
        (&[Key::Tab; 5], "2026-04-04"),
    ] {
        open(&mut test);
        for pressed in keys {
            window::plain(&mut test, *pressed);
        }
        window::plain(&mut test, Key::Enter);
        assert_eq!(due(&test).as_deref(), Some(day), "{keys:?}");
        let stop = focused(&test).expect("the field is focused");
        assert!(stop.name.contains(field), "{stop:?}");
        assert!(!says(&test, Msg::Today.text(Lang::En)), "it is closed");
    }
    open(&mut test);
    window::plain(&mut test, Key::ArrowDown);
    window::plain(&mut test, Key::Escape);
    assert_eq!(due(&test).as_deref(), Some("2026-04-04"), "closed unchosen");
    assert!(!says(&test, Msg::Today.text(Lang::En)));
    assert!(focused(&test).is_some_and(|stop| stop.name.contains(field)));
}

#[test]
fn the_menu_marks_the_settings_in_force() {
    let (_folder, _, mut test) = file();
    let marked = |test: &mut Test| {
        window::press(test, Msg::Menu.text(test.state().app.lang()));
        let name = Msg::Settings.text(test.state().app.lang());
        window::press(test, name);
        let lang = test.state().app.lang();
        let is_marked = |action: &Action| {
            let name = action.entry().label.text(lang);
            let node = test.get_by_label(name).accesskit_node().toggled();
            node == Some(egui::accesskit::Toggled::True)
        };
        let settings = Action::in_menu(desireline::app::action::Menu::Settings);
        let found: Vec<Action> = settings.filter(is_marked).collect();
        window::plain(test, Key::Escape);
        window::plain(test, Key::Escape);
        found
    };
    assert_eq!(marked(&mut test), [Action::ThemeSystem, Action::LanguageEnglish]);
    act(&mut test, Action::ThemeDark);
    act(&mut test, Action::LanguageChinese);
    assert_eq!(marked(&mut test), [Action::ThemeDark, Action::LanguageChinese]);
}

#[test]
fn of_journeys_with_one_title_only_the_shown_one_is_marked() {
    let (_folder, _, mut test) = file();
    let mut source = IdSource::from_seed(9);
    for title in ["Twice", "Twice", ""] {
        let (change, id) = command::add_journey(project(&test), title, &mut source);
        ask(&mut test, AppRequest::Commit(change));
        ask(&mut test, AppRequest::Show(id));
    }
    window::press(&mut test, Msg::UntitledJourney.text(Lang::En));
    let marked = |test: &Test, title: &str| {
        let entries = test.get_all_by_role_and_label(egui::accesskit::Role::Button, title);
        let is_marked = |node: egui_kittest::Node<'_>| {
            node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
        };
        entries.map(is_marked).filter(|marked| *marked).count()
    };
    assert_eq!((marked(&test, Msg::UntitledJourney.text(Lang::En)), marked(&test, "Twice")), (1, 0));
}

#[test]
fn a_lane_of_insights_says_that_none_ticked_means_all() {
    let (_folder, _, mut test) = file();
    let lanes = window::journey(&test).lanes();
    let lane = lanes.values().find(|lane| lane.kind == LaneKind::Insights).unwrap().id;
    window::select(&mut test, &[lane.into()]);
    assert!(says(&test, Msg::NoneTickedIsAll.text(Lang::En)));
}
