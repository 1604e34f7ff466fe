//! Tests reviewing the texts of a copy to give away, in the window and with the keyboard alone.

use crate::support;

use desireline::app::action::Action;
use desireline::features::redact::form::RedactForm;
use egui::{Key, Modifiers, vec2};
use engine::i18n::{Lang, Msg};
use engine::redact::Decision;
use engine::store::load::load_project;
use support::window::{On, Test, act, fill, key, open, press, says, settle, told};

const SIZE: egui::Vec2 = vec2(1280.0, 800.0);

fn form(test: &Test) -> &RedactForm {
    test.state().app.dialog.get().expect("the dialog is open")
}

/// Returns the text under review.
fn reads(test: &Test) -> String {
    form(test).current_text().expect("a text is read").text.clone()
}

fn begin(test: &mut Test, lang: Lang) {
    act(test, Action::SaveRedacted);
    press(test, Msg::RedactRead.text(lang));
}

#[test]
fn texts_are_kept_masked_and_dropped_with_the_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stay.ron");
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/airline.ron"), &path).unwrap();
    let mut test = open(SIZE, Lang::En, On::File(path));
    begin(&mut test, Lang::En);
    let all = form(&test).remaining_texts().len();
    assert!(all > 40 && says(&test, &format!("0 of {all} read")), "{all}");
    assert!(says(&test, Msg::RedactNotDecided.text(Lang::En)));
    let first = reads(&test);
    key(&mut test, Modifiers::NONE, Key::K);
    let second = reads(&test);
    assert!(second != first && says(&test, &format!("1 of {all} read")));
    key(&mut test, Modifiers::NONE, Key::D);
    key(&mut test, Modifiers::NONE, Key::P);
    assert_eq!(reads(&test), second);
    assert!(says(&test, Msg::RedactDropped.text(Lang::En)), "its state is seen");
    assert_eq!(form(&test).current_decision(), Some(&Decision::Drop));
    // Of the first word a part is selected with the keyboard, and it is masked whole; the text stays, so that
    // more can be masked.
    key(&mut test, Modifiers::NONE, Key::K);
    let third = reads(&test);
    let word = third.split_whitespace().next().unwrap().to_owned();
    key(&mut test, Modifiers::COMMAND, Key::Home);
    key(&mut test, Modifiers::SHIFT, Key::ArrowRight);
    key(&mut test, Modifiers::SHIFT, Key::ArrowRight);
    // A keyboard sends the letter too.
    let key_m = Key::M;
    let modifiers = Modifiers::NONE;
    let pressed =
        egui::Event::Key { key: key_m, physical_key: None, pressed: true, repeat: false, modifiers };
    test.input_mut().events.extend([pressed, egui::Event::Text("m".to_owned())]);
    settle(&mut test);
    assert_eq!(
        (reads(&test), form(&test).current_decision()),
        (third.clone(), Some(&Decision::Mask(vec![word.clone()])))
    );
    // Nothing is selected any more, and the names stay masked.
    key(&mut test, Modifiers::NONE, Key::M);
    key(&mut test, Modifiers::NONE, Key::P);
    assert_eq!(form(&test).current_decision(), Some(&Decision::Mask(vec![word.clone()])));
    // Escape returns to the dialog, with all decisions.
    key(&mut test, Modifiers::NONE, Key::Escape);
    assert!(form(&test).reading.is_none() && says(&test, &format!("3 of {all} read")));
    press(&mut test, Msg::RedactSave.text(Lang::En));
    fill(&mut test, Msg::FileName.text(Lang::En), "copy.ron");
    assert!(told(&test).contains("copy.ron"), "{}", told(&test));
    let copy = load_project(&std::fs::read(folder.path().join("copy.ron")).unwrap()).unwrap().project;
    let texts = format!("{:?}", copy.records().collect::<Vec<_>>());
    assert!(texts.contains(&format!("{first:?}")) && !texts.contains(&format!("{third:?}")), "{third}");
}

#[test]
fn texts_are_read_in_chinese_and_the_buttons_do_the_same() {
    let mut test = open(SIZE, Lang::ZhCn, On::Template("car-purchase"));
    act(&mut test, Action::ThemeDark);
    begin(&mut test, Lang::ZhCn);
    press(&mut test, Msg::RedactAfter.text(Lang::ZhCn));
    let masked = reads(&test);
    press(&mut test, Msg::RedactMask.text(Lang::ZhCn));
    press(&mut test, Msg::RedactBefore.text(Lang::ZhCn));
    assert_eq!((reads(&test), form(&test).current_decision()), (masked, Some(&Decision::Mask(vec![]))));
    assert!(says(&test, Msg::RedactMaskedWhole.text(Lang::ZhCn)));
    press(&mut test, Msg::RedactBack.text(Lang::ZhCn));
    assert!(form(&test).reading.is_none());
    press(&mut test, Msg::Cancel.text(Lang::ZhCn));
    assert!(test.state().app.dialog.is_none());
}

#[test]
fn a_copy_without_texts_says_so() {
    let mut test = open(SIZE, Lang::En, On::Template("blank"));
    begin(&mut test, Lang::En);
    let all = form(&test).remaining_texts().len();
    for _ in 0..all {
        key(&mut test, Modifiers::NONE, Key::K);
    }
    assert_eq!(form(&test).decided_count(), all);
    let words = if all == 0 { Msg::RedactNoTexts } else { Msg::RedactAllRead };
    assert!(says(&test, words.text(Lang::En)));
}
