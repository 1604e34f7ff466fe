//! Tests the window that compares versions.

use crate::common::airline;
use crate::common::changed;
use crate::support;

use changed::{changed, named};
use desireline::app::Tab;
use desireline::app::action::Action;
use desireline::app::request::AppRequest;
use desireline::features::compare;
use egui::accesskit::Role;
use egui::vec2;
use egui_kittest::kittest::Queryable;
use engine::edit::command::rename_record;
use engine::i18n::Lang;
use engine::id::Kind;
use engine::model::Project;
use engine::store::load::to_bytes;
use std::io::Write;
use std::path::Path;
use support::window::{On, Test, act, act_on, answer, ask, open, project, says, settle, told};

fn write(folder: &Path, name: &str, project: &Project) -> std::path::PathBuf {
    let path = folder.join(name);
    let mut file = std::fs::File::create(&path).expect("a file");
    file.write_all(&to_bytes(project)).expect("written");
    path
}

/// Opens the window on the changed trip, compared with the original trip.
fn comparing(folder: &Path, lang: Lang) -> Test {
    let old = airline::template("airline.ron");
    let before = write(folder, "before.ron", &old);
    let mut test = open(vec2(1440.0, 900.0), lang, On::File(write(folder, "now.ron", &changed(&old))));
    act_on(&mut test, Action::CompareVersions, before);
    test
}

#[test]
fn versions_are_compared_listed_found_and_exported() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut test = comparing(folder.path(), Lang::En);
    assert_eq!(test.state().app.current_tab(), Tab::Changes);
    assert!(says(&test, "before.ron → now.ron") && says(&test, "from stage Airport to Arrive"));
    act(&mut test, Action::ZoomOut);
    act(&mut test, Action::ZoomOut);
    let line = "Touchpoint “Lounge”, Added";
    test.get_all_by_role_and_label(Role::Button, line).next().expect("a line").click();
    settle(&mut test);
    let lounge = named(project(&test), Kind::Touchpoint, "Lounge");
    let selected = |test: &Test| test.state().app.workspace.comparison.as_ref().unwrap().selected.clone();
    assert_eq!(selected(&test), [lounge].into());

    assert!(
        !test.state().app.can_run(Action::Delete) && !test.state().app.can_run(Action::AddStage),
        "only looked at"
    );
    act(&mut test, Action::Export);
    support::window::press_last(&mut test, "Export…");
    answer(&mut test, folder.path().join("changes.svg"));
    let svg = std::fs::read_to_string(folder.path().join("changes.svg")).expect("it is written");
    assert!(svg.contains("Where it was"), "{}", told(&test));

    act(&mut test, Action::ThemeDark);
    act(&mut test, Action::LanguageChinese);
    assert!(says(&test, "从阶段Airport移到Arrive"), "the list speaks the language chosen");
    act(&mut test, Action::CloseComparison);
    assert_eq!(test.state().app.current_tab(), Tab::Map);
    assert!(!test.state().app.can_run(Action::ViewChanges));
}

#[test]
fn a_file_that_is_none_is_told_and_an_earlier_version_can_be_given() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut test = open(vec2(1200.0, 800.0), Lang::En, On::Template("airline"));
    act_on(&mut test, Action::CompareVersions, folder.path().join("missing.ron"));
    assert_eq!(test.state().app.current_tab(), Tab::Map);
    assert!(told(&test).contains("missing.ron"), "{}", told(&test));
    let earlier = project(&test).clone();
    let gate = named(&earlier, Kind::Touchpoint, "Gate");
    ask(&mut test, AppRequest::Commit(rename_record(&earlier, gate, "At the gate")));
    compare::compare_with(&mut test.state_mut().app, earlier, "Monday".to_owned());
    settle(&mut test);
    assert!(says(&test, "“Gate” → “At the gate”"));
    act(&mut test, Action::Undo);
    assert!(says(&test, "The two versions are the same"), "the comparison follows the document");
}
