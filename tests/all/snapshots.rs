//! Tests the main views against small pictures in `tests/snapshots`: each view in another theme or language than in
//! the README's pictures, which `screenshots.rs` holds.
//!
//! `UPDATE_SCREENSHOTS=1 cargo test --test all snapshots` makes them anew.

use crate::common::{airline, changed};
use crate::support;

use desireline::app::action::Action;
use egui::vec2;
use engine::analysis::charts::ChartKind;
use engine::i18n::Lang;
use engine::model::Project;
use engine::store::load::to_bytes;
use std::path::{Path, PathBuf};
use support::snapshot::check_small;
use support::window::{self, On, Test, act};

/// The largest file of a picture, in bytes.
const LARGEST: u64 = 60 * 1024;

fn open(lang: Lang, theme: Action, on: On) -> Test {
    let mut test = window::open(vec2(1280.0, 800.0), lang, on);
    act(&mut test, theme);
    test
}

/// Compares the window when its animations have ended.
fn check(name: &str, test: &mut Test) {
    test.run_steps(9);
    check_small(name, &support::picture(test));
}

fn store(folder: &Path, name: &str, project: &Project) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, to_bytes(project)).unwrap();
    path
}

#[test]
fn the_start_page_is_dark_in_chinese() {
    check("start-zh-dark", &mut open(Lang::ZhCn, Action::ThemeDark, On::Start));
}

#[test]
fn scores_and_answers_are_shown_in_chinese() {
    let folder = tempfile::tempdir().unwrap();
    let path = store(folder.path(), "airline.ron", &airline::imported());
    let mut test = open(Lang::ZhCn, Action::ThemeLight, On::File(path));
    let boarding = window::card(&test, "Online boarding");
    window::select(&mut test, &[boarding]);
    check("map-zh-light", &mut test);
    act(&mut test, Action::ThemeDark);
    test.state_mut().app.workspace.charts.choice.kind = ChartKind::Matrix;
    act(&mut test, Action::ViewScores);
    check("scores-zh-dark", &mut test);
}

#[test]
fn the_import_assistant_is_dark_in_chinese() {
    let mut test = open(Lang::ZhCn, Action::ThemeDark, On::Template("airline"));
    window::act_on(&mut test, Action::Import, airline::template_file("airline-feedback.csv"));
    check("import-zh-dark", &mut test);
}

#[test]
fn the_export_dialog_is_light_in_chinese_and_dark_in_english() {
    for (name, lang, theme) in
        [("export-zh-light", Lang::ZhCn, Action::ThemeLight), ("export-en-dark", Lang::En, Action::ThemeDark)]
    {
        let mut test = open(lang, theme, On::Template("airline"));
        act(&mut test, Action::Export);
        check(name, &mut test);
    }
}

#[test]
fn versions_are_compared_side_by_side_in_light_english() {
    let folder = tempfile::tempdir().unwrap();
    let old = airline::template("airline.ron");
    let now = store(folder.path(), "now.ron", &changed::changed(&old));
    let mut test = open(Lang::En, Action::ThemeLight, On::File(now));
    window::act_on(&mut test, Action::CompareVersions, store(folder.path(), "before.ron", &old));
    check("compare-en-light", &mut test);
}

#[test]
fn a_copy_to_give_away_is_asked_about_in_dark_english() {
    let mut test = open(Lang::En, Action::ThemeDark, On::Template("car-purchase"));
    act(&mut test, Action::SaveRedacted);
    check("redact-en-dark", &mut test);
}

#[test]
fn the_pictures_are_small_and_each_is_drawn() {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots")).unwrap() {
        let entry = entry.unwrap();
        let length = entry.metadata().unwrap().len();
        let name = entry.file_name().to_string_lossy().trim_end_matches(".png").to_owned();
        assert!(length <= LARGEST, "{name} has {length} bytes");
        names.push(name);
    }
    let drawn = |name: &String| include_str!("snapshots.rs").contains(&format!("\"{name}\""));
    assert!(names.iter().all(drawn), "{names:?}");
}
