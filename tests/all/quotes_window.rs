//! Tests choosing quotes from comments in the window: a person reads, ticks and keeps; no other comment
//! enters the project.

use crate::support;

use desireline::app::action::Action;
use desireline::features::paths::PathDialog;
use desireline::features::quotes::form::QuoteForm;
use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable;
use engine::i18n::{Lang, Msg};
use engine::id::Id;
use engine::model::Insight;
use engine::model::choice::InsightKind;
use engine::survey::comments::MOST;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use support::window::{
    self, On, Test, card, journey, key, press_last as press, project, select, settle, told, type_over,
};
use tempfile::TempDir;

fn open(lang: Lang) -> Test {
    window::open(vec2(1280.0, 860.0), lang, On::Template("airline"))
}

/// Returns a survey of this many rows, of which the third names a person.
fn survey(rows: usize) -> (TempDir, PathBuf) {
    let mut text = String::from(
        "Ticket,Class,Online boarding,Why this score for online boarding?,Overall satisfaction\n",
    );
    for row in 0..rows {
        let said = match row {
            2 => "Mr Smith at the desk, jane.doe@example.com, saved my day: the app refused my passport",
            3 => "",
            5 => "排队太久，自助值机总是失败，请改进",
            _ if row % 7 == 0 => {
                "The boarding pass would not load on my phone and I had to queue once more for it. Then the gate changed twice, nobody told us, and the screen still showed the old one when the doors were closed. We ran, and the crew waited for us with a smile"
            }
            _ => "It went well enough and there is nothing that I would want to complain about",
        };
        let class = ["Eco", "Business"][row % 2];
        writeln!(text, "{},{class},{},\"{said}\",{}", 10_000 + row, 1 + row % 5, 1 + row % 4).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("spring.csv");
    std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), text.as_bytes()).unwrap();
    (folder, path)
}

fn choose_from(test: &mut Test, path: PathBuf) {
    window::act_on(test, Action::QuotesFromComments, path);
}

fn form(test: &Test) -> &QuoteForm {
    test.state().app.dialog.get().expect("the choice is open")
}

fn quotes(test: &Test) -> Vec<Arc<Insight>> {
    let insights = journey(test).insights().values();
    insights.filter(|insight| insight.kind == InsightKind::Quote).cloned().collect()
}

/// Ticks the first shown comment with this text.
fn tick(test: &mut Test, begins: &str) {
    let boxes = test.get_all(egui_kittest::kittest::By::new().role(Role::CheckBox).label_contains(begins));
    boxes.into_iter().next().unwrap_or_else(|| panic!("a comment {begins}")).click();
    settle(test);
}

#[test]
fn comments_are_searched_ticked_kept_masked_and_undone_in_one_step() {
    let (_folder, path) = survey(120);
    let mut test = open(Lang::En);
    let known = quotes(&test).len();
    let before = project(&test).records().count();
    test.state_mut().app.queue_action(Action::QuotesFromComments);
    settle(&mut test);
    let asked = test.state().app.dialog.get::<PathDialog>().expect("a path is asked for");
    assert_eq!(asked.question.title, Msg::QuotesFromComments);
    window::answer(&mut test, path);
    let online = card(&test, "Online boarding");
    assert_eq!((form(&test).target, form(&test).found.as_ref().unwrap().total), (online, 119));
    assert!(!form(&test).is_ready());
    tick(&mut test, "Mr [name] at the desk, [e-mail]");
    type_over(&mut test, Msg::QuotesSearch.text(Lang::En), "GATE changed");
    settle(&mut test);
    // From the search down to the second comment; Space ticks it, Enter keeps both.
    key(&mut test, Modifiers::NONE, Key::ArrowDown);
    key(&mut test, Modifiers::NONE, Key::ArrowDown);
    key(&mut test, Modifiers::NONE, Key::Space);
    assert_eq!(form(&test).chosen.keys().copied().collect::<Vec<_>>(), [4, 9]);
    assert!(window::says(&test, "2 of 119 chosen"));
    key(&mut test, Modifiers::NONE, Key::Enter);
    assert!(test.state().app.dialog.is_none() && told(&test).contains("2 quotes kept"), "{}", told(&test));
    let kept = quotes(&test);
    assert_eq!(kept.len(), known + 2);
    let masked = kept.iter().find(|quote| quote.title.starts_with("Mr [name] at the desk, [e-mail], saved"));
    let masked = masked.expect("the quote is kept with masks");
    assert_eq!(journey(&test).speaks_of(masked.id.into()), [online]);
    let source = masked.evidence.iter().find_map(|id| project(&test).evidence().get(id)).unwrap();
    assert_eq!((source.source.as_str(), source.n), ("spring.csv", Some(120)));
    // Two quotes linked to their elements, and one source: nothing else was added.
    assert_eq!(project(&test).records().count(), before + 5);
    // The palette finds a quote by its words.
    window::act(&mut test, Action::Palette);
    type_over(&mut test, Msg::SearchOrCommand.text(Lang::En), "refused my passport");
    settle(&mut test);
    let id: Id = masked.id.into();
    key(&mut test, Modifiers::NONE, Key::Enter);
    assert_eq!(window::session(&test).single_selection(), Some(id));
    window::act(&mut test, Action::Undo);
    assert_eq!(project(&test).records().count(), before);
}

#[test]
fn masks_can_be_left_off_and_the_selected_element_is_what_quotes_speak_of() {
    let (_folder, path) = survey(60);
    let mut test = open(Lang::ZhCn);
    let seat = card(&test, "Seat comfort");
    select(&mut test, &[seat]);
    choose_from(&mut test, path);
    assert_eq!(form(&test).target, seat);
    let switch = Msg::QuotesMask.text(Lang::ZhCn);
    test.get_by_role_and_label(Role::CheckBox, switch).click();
    settle(&mut test);
    tick(&mut test, "Mr Smith at the desk, jane.doe@example.com");
    tick(&mut test, "排队太久");
    press(&mut test, &Msg::QuotesKeep.text_with(Lang::ZhCn, &[("n", &2)]));
    let held = quotes(&test);
    let kept = held.iter().find(|quote| quote.title.contains("jane.doe@example.com")).unwrap();
    assert_eq!(journey(&test).speaks_of(kept.id.into()), [seat]);
}

#[test]
fn what_is_cancelled_leaves_no_trace_and_a_file_without_comments_says_so() {
    let (folder, path) = survey(60);
    let mut test = open(Lang::En);
    choose_from(&mut test, path);
    tick(&mut test, "Mr [name]");
    key(&mut test, Modifiers::NONE, Key::Escape);
    assert!(test.state().app.dialog.is_none() && !window::dirty(&test));
    let bare = folder.path().join("bare.csv");
    std::io::Write::write_all(&mut std::fs::File::create(&bare).unwrap(), b"Seat comfort\n4\n5\n1\n")
        .unwrap();
    choose_from(&mut test, bare);
    assert!(test.state().app.dialog.is_none() && told(&test).contains("bare.csv"), "{}", told(&test));
}

#[test]
fn a_file_of_comments_can_be_read_as_it_is_said_to_be() {
    let (folder, path) = survey(60);
    let survey = std::fs::read_to_string(&path).unwrap();
    // Of Windows, but for Chinese in UTF-8: no encoding reads all of it, and a person says which to take.
    let western = survey.replace("saved my day", "caf\u{e9}");
    let bytes: Vec<u8> = western
        .chars()
        .flat_map(|sign| if sign == '\u{e9}' { vec![0xe9] } else { sign.to_string().into_bytes() })
        .collect();
    let mixed = folder.path().join("mixed.csv");
    std::io::Write::write_all(&mut std::fs::File::create(&mixed).unwrap(), &bytes).unwrap();
    let mut test = open(Lang::En);
    choose_from(&mut test, mixed);
    let encoding = Msg::FileEncoding.text(Lang::En);
    test.get_by_role_and_label(Role::ComboBox, encoding).click();
    test.run_steps(4);
    test.get_by_role_and_label(Role::Button, "windows-1252").click();
    settle(&mut test);
    assert!(form(&test).problem.is_none() && window::says(&test, "café"));
}

#[test]
fn of_many_comments_the_first_are_listed_and_the_whole_file_can_be_searched() {
    let (_folder, path) = survey(MOST + 1001);
    let mut test = open(Lang::En);
    choose_from(&mut test, path);
    let found = form(&test).found.as_ref().unwrap();
    assert_eq!((found.list.len(), found.total), (MOST, MOST as u64 + 1000));
    tick(&mut test, "Mr [name]");
    type_over(&mut test, Msg::QuotesSearch.text(Lang::En), "queue once more");
    settle(&mut test);
    press(&mut test, Msg::QuotesInFile.text(Lang::En));
    let found = form(&test).found.as_ref().unwrap();
    assert_eq!((found.total, found.list.len()), (858, 858));
    // The choice is kept, and another search covers all comments again.
    assert_eq!(form(&test).chosen.len(), 1);
    type_over(&mut test, Msg::QuotesSearch.text(Lang::En), "passport");
    settle(&mut test);
    assert_eq!(form(&test).found.as_ref().unwrap().list.len(), MOST);
    key(&mut test, Modifiers::NONE, Key::Enter);
    assert!(quotes(&test).iter().any(|quote| quote.title.contains("passport")));
}
