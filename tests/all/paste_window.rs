//! Tests pasting onto the map: our own elements, a table from a spreadsheet, and lines that become
//! touchpoints.

use crate::support;

use desireline::app::action::Action;
use desireline::app::request::AppRequest;
use desireline::canvas::paste::{MOST_PASTED_BYTES, PastedText};
use desireline::features::import::form::ImportForm;
use desireline::features::paste::take_pasted;
use egui::accesskit::Role;
use egui::vec2;
use egui_kittest::kittest::Queryable;
use engine::i18n::{Lang, Msg};
use std::path::PathBuf;
use support::window::{self, On, Test, act, press, press_last, project, says, settle, told};

fn open(lang: Lang) -> Test {
    let mut test = window::open(vec2(1280.0, 800.0), lang, On::Template("blank"));
    // In a new journey, its name is being typed.
    window::key(&mut test, egui::Modifiers::NONE, egui::Key::Escape);
    test
}

fn paste(test: &mut Test, words: &str) {
    test.event(egui::Event::Paste(words.to_owned()));
    settle(test);
}

fn form(test: &Test) -> &ImportForm {
    test.state().app.dialog.get().expect("the assistant is open")
}

/// Returns a table as Excel copies it, with a cell of two lines.
fn table() -> String {
    let rows = (0..40).map(|row| {
        let why = if row == 3 { "\"slow,\nthen \"\"fine\"\"\"" } else { "fine" };
        format!("{}\t{}\t{why}\r\n", 1 + row % 5, 1 + row % 4)
    });
    format!("Seat comfort (1-5)\tGate (1-5)\tWhy\r\n{}", rows.collect::<String>())
}

#[test]
fn a_pasted_table_opens_the_assistant_and_undo_takes_the_import_back() {
    let mut test = open(Lang::En);
    paste(&mut test, &table());
    assert!(says(&test, "Import feedback · Clipboard ") && says(&test, "40 rows read"));
    let file: PathBuf = form(&test).input.path.clone();
    assert!(file.starts_with(std::env::temp_dir()) && file.exists());
    assert!(form(&test).wave.starts_with("20"), "{}", form(&test).wave);
    // The reading can be changed; the table is kept as long as it is asked about.
    test.get_by_role_and_label(Role::ComboBox, Msg::FileHeaderRows.text(Lang::En)).click();
    settle(&mut test);
    press(&mut test, "0");
    assert!(says(&test, "41 rows read") && says(&test, "Import feedback · Clipboard "));
    test.get_by_role_and_label(Role::ComboBox, Msg::FileHeaderRows.text(Lang::En)).click();
    settle(&mut test);
    press_last(&mut test, "1");
    assert!(says(&test, "40 rows read"), "{:?}", form(&test).input.options);
    press(&mut test, Msg::ImportNow.text(Lang::En));
    let names: Vec<&str> = project(&test).batches().values().map(|batch| batch.file.as_str()).collect();
    assert!(names.len() == 1 && names[0].starts_with("Clipboard ") && !names[0].contains('/'), "{names:?}");
    assert!(told(&test).contains("Imported 40 rows from Clipboard"), "{}", told(&test));
    assert!(!file.exists(), "nothing of the clipboard is left on the disk");
    act(&mut test, Action::Undo);
    assert!(project(&test).batches().is_empty());
}

#[test]
fn a_pasted_table_is_named_in_chinese_and_gone_when_cancelled() {
    let mut test = open(Lang::ZhCn);
    paste(&mut test, "座位满意度(1-5)\n5\n4\n3\n4\n5\n2\n4\n");
    assert!(says(&test, "剪贴板 "));
    let file: PathBuf = form(&test).input.path.clone();
    press(&mut test, Msg::Cancel.text(Lang::ZhCn));
    assert!(test.state().app.dialog.is_none() && !file.exists());
}

#[test]
fn our_own_elements_are_pasted_onto_the_map() {
    let mut test = window::open(vec2(1280.0, 800.0), Lang::En, On::Template("airline"));
    let gate = window::card(&test, "Gate");
    window::select(&mut test, &[gate]);
    test.event(egui::Event::Copy);
    test.run_steps(1);
    let copied = test.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(copied) => Some(copied.clone()),
        _ => None,
    });
    let cards = window::journey(&test).touchpoints().len();
    let copied = copied.expect("the card is on the clipboard");
    assert!(copied.starts_with("Gate\n") && !copied.contains(['(', '{']), "its title, no source: {copied}");
    paste(&mut test, &copied);
    assert!(test.state().app.dialog.is_none());
    assert_eq!(window::journey(&test).touchpoints().len(), cards + 1);
}

#[test]
fn a_table_without_scores_is_left_alone_and_can_be_read_all_the_same() {
    let mut test = open(Lang::En);
    paste(&mut test, "Name\tCity\nAnn\tKöln\nBob\tUlm\nCat\tAalen\n");
    assert!(test.state().app.dialog.is_none() && !window::dirty(&test));
    assert!(told(&test).contains("the clipboard holds 2 columns"), "{}", told(&test));
    press(&mut test, Msg::ClipboardReadAnyway.text(Lang::En));
    assert_eq!(form(&test).columns().len(), 2);
}

#[test]
fn columns_are_told_and_nothing_is_made_of_them_whatever_their_rows() {
    for lang in [Lang::En, Lang::ZhCn] {
        for rows in ["Search\tslow\n", "Step\tPain\nSearch\tslow\n", "Step\tPain\nSearch\tslow\nBook\n"] {
            let mut test = open(lang);
            paste(&mut test, rows);
            assert!(test.state().app.dialog.is_none() && !window::dirty(&test), "{rows}");
            assert_eq!(told(&test), Msg::ClipboardColumns.text_with(lang, &[("n", &2)]), "{rows}");
        }
    }
    let mut test = open(Lang::En);
    paste(&mut test, "Search\n\tslow\nBook\n");
    assert!(told(&test).contains("Pasted 2 touchpoints with 1 pain point"), "{}", told(&test));
}

#[test]
fn lines_become_touchpoints_with_their_pains_in_one_step() {
    let mut test = window::open(vec2(1280.0, 800.0), Lang::En, On::Template("airline"));
    let gate = window::card(&test, "Gate");
    window::select(&mut test, &[gate]);
    paste(&mut test, "- Wait in line\n  - Nobody says how long\n- Board by zone\n");
    assert!(told(&test).contains("Pasted 2 touchpoints with 1 pain point"), "{}", told(&test));
    let line = window::card(&test, "Wait in line");
    let zone = window::card(&test, "Board by zone");
    let journey = window::journey(&test);
    assert!(journey.flows_from(gate).iter().any(|flow| flow.to == line), "after what was selected");
    assert!(journey.flows_from(line).iter().any(|flow| flow.to == zone), "one after the other");
    assert_eq!(journey.spoken_of_by(line).len(), 1);
    assert!(window::session(&test).selection().contains(&zone));
    // The other reading takes the first one back.
    press(&mut test, Msg::PasteAsPains.text(Lang::En));
    assert!(told(&test).contains("Pasted 3 pain points"), "{}", told(&test));
    assert!(!window::journey(&test).touchpoints().values().any(|card| card.title == "Wait in line"));
    assert!(window::journey(&test).spoken_of_by(gate).len() >= 3);
    act(&mut test, Action::Undo);
    assert!(!window::dirty(&test), "one step");
}

#[test]
fn a_list_that_could_be_answers_is_read_as_feedback_where_that_is_asked_for() {
    let mut test = open(Lang::En);
    paste(&mut test, "Milk\nBread\nButter\nEggs\nTea\nSalt\n");
    assert!(test.state().app.dialog.is_none(), "{}", told(&test));
    assert_eq!(window::journey(&test).touchpoints().len(), 6);
    press(&mut test, Msg::ClipboardReadAnyway.text(Lang::En));
    assert_eq!(form(&test).columns().len(), 1);
    assert!(window::journey(&test).touchpoints().is_empty(), "the first reading is taken back");
    press(&mut test, Msg::Cancel.text(Lang::En));
    paste(&mut test, "just some words");
    assert_eq!(window::journey(&test).touchpoints().len(), 1);
    paste(&mut test, &"line\n".repeat(301));
    assert!(told(&test).contains("301 lines") && window::journey(&test).touchpoints().len() == 1);
}

#[test]
fn answers_that_were_not_read_can_become_touchpoints() {
    let mut test = open(Lang::En);
    paste(&mut test, "Seat comfort (1-5)\n5\n4\n3\n4\n5\n2\n4\n");
    press(&mut test, Msg::Cancel.text(Lang::En));
    press(&mut test, Msg::PasteAsTouchpoints.text(Lang::En));
    assert_eq!(window::journey(&test).touchpoints().len(), 8);
}

#[test]
fn a_huge_clipboard_is_refused_with_a_sentence() {
    let mut test = open(Lang::En);
    let pasted = PastedText::TooLarge(MOST_PASTED_BYTES + 1);
    window::ask(&mut test, AppRequest::call_step(|app| take_pasted(app, pasted)));
    assert!(told(&test).contains("more than the") && test.state().app.dialog.is_none(), "{}", told(&test));
}
