//! Importing feedback in the window: the assistant asks, the map shows, undo takes it all back.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that finds its data otherwise than expected fails"
)]

#[path = "support/mod.rs"]
mod support;

use desireline::app::action::Action;
use desireline::app::dialog::Dialog;
use desireline::app::outcome::Purpose;
use desireline::app::request::Request;
use desireline::i18n::{Lang, Msg};
use desireline::id::BatchId;
use egui::vec2;
use std::path::{Path, PathBuf};
use support::window::{self, On, Test, press_last as press, settle, told};

/// A template in a window.
fn open(lang: Lang, template: &'static str) -> Test {
    window::open(vec2(1480.0, 1100.0), lang, On::Template(template))
}

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/airline-feedback.csv")
}

fn import(test: &mut Test, path: PathBuf) {
    test.state_mut().app.ask(Request::Chosen(Purpose::Import, path));
    settle(test);
}

fn batches(test: &Test) -> usize {
    test.state().app.session.as_ref().map_or(0, |session| session.project().batches().len())
}

fn batch(test: &Test) -> Option<BatchId> {
    test.state().app.session.as_ref()?.project().batches().keys().next().copied()
}

#[test]
fn a_file_is_looked_at_asked_about_imported_and_undone() {
    let mut test = open(Lang::En, "airline");
    import(&mut test, sample());
    assert!(matches!(test.state().app.dialog, Some(Dialog::Import(_))));
    support::look(&mut test, "import");
    press(&mut test, Msg::ImportNow.text(Lang::En));
    assert_eq!(batches(&test), 1);
    assert!(told(&test).contains("412 rows"), "{}", told(&test));
    let session = test.state().app.session.as_ref();
    let boarding = session.and_then(|session| {
        session
            .journey()?
            .touchpoints()
            .values()
            .find(|card| card.title == "Online boarding")
            .map(|card| card.id)
    });
    test.state_mut().app.ask(Request::Select(boarding.into_iter().map(Into::into).collect()));
    settle(&mut test);
    support::look(&mut test, "import scores");
    test.state_mut().app.act(Action::Undo);
    settle(&mut test);
    assert_eq!(batches(&test), 0);
}

#[test]
fn the_same_file_again_asks_whether_it_takes_the_place_of_the_first() {
    let mut test = open(Lang::ZhCn, "airline");
    for _ in 0..2 {
        import(&mut test, sample());
        press(&mut test, Msg::ImportNow.text(Lang::ZhCn));
    }
    assert!(matches!(&test.state().app.dialog, Some(Dialog::Import(form)) if form.again.is_some()));
    support::look(&mut test, "import again");
    press(&mut test, Msg::ImportReplaces.text(Lang::ZhCn));
    assert_eq!(batches(&test), 1);
}

#[test]
fn an_import_is_replaced_or_removed_where_it_is_seen() {
    let mut test = open(Lang::En, "airline");
    import(&mut test, sample());
    press(&mut test, Msg::ImportNow.text(Lang::En));
    let first = batch(&test);
    test.state_mut().app.ask(Request::Select(first.into_iter().map(Into::into).collect()));
    settle(&mut test);
    press(&mut test, Msg::ReplaceImport.text(Lang::En));
    import(&mut test, sample());
    press(&mut test, Msg::ImportNow.text(Lang::En));
    assert!(batches(&test) == 1 && batch(&test) != first);
    let second = batch(&test);
    test.state_mut().app.ask(Request::Select(second.into_iter().map(Into::into).collect()));
    settle(&mut test);
    press(&mut test, Msg::RemoveImport.text(Lang::En));
    let waves = test.state().app.session.as_ref().map(|session| session.project().waves().len());
    assert_eq!((batches(&test), waves), (0, Some(0)));
}

#[test]
fn on_an_empty_map_columns_become_touchpoints() {
    let mut test = open(Lang::ZhCn, "blank");
    import(&mut test, sample());
    support::look(&mut test, "import blank");
    press(&mut test, Msg::ImportNow.text(Lang::ZhCn));
    let session = test.state().app.session.as_ref();
    let cards = session.and_then(|session| session.journey()).map(|journey| journey.touchpoints().len());
    assert_eq!(cards, Some(14));
}

#[test]
fn what_is_no_table_changes_nothing_and_says_why() {
    let mut test = open(Lang::En, "airline");
    import(&mut test, Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"));
    assert!(test.state().app.dialog.is_none() && batches(&test) == 0);
    assert!(told(&test).contains(Msg::NotAFile.text(Lang::En)), "{}", told(&test));
}
