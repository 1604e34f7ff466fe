//! Tests the map at every zoom: zoomed out it shows fewer and larger elements, and describes the others in a
//! note at the pointer.

use crate::common::airline;
use crate::support;

use desireline::app::action::Action;
use desireline::app::request::AppRequest;
use egui::accesskit::Role;
use egui::vec2;
use egui_kittest::kittest::{NodeT, Queryable};
use engine::edit::apply_all;
use engine::edit::command::rename_record;
use engine::i18n::Lang;
use engine::id::Id;
use engine::model::Project;
use engine::store::load::to_bytes;
use std::io::Write;
use support::window::{self, On, Test};

/// Names in Chinese for the first stages and touchpoints.
const CHINESE: &[&str] = &[
    "规划行程",
    "预订机票",
    "机场",
    "飞行途中",
    "到达",
    "在线值机",
    "行李托运柜台",
    "登机口",
    "座位舒适度",
    "机上餐饮",
    "行李提取",
];

/// Returns the airline template with its feedback; in Chinese the stages and touchpoints have Chinese names.
fn project(lang: Lang) -> Project {
    let mut project = airline::imported();
    if lang == Lang::ZhCn {
        let journey = std::sync::Arc::clone(project.journeys_in_order()[0]);
        let stages = journey.stages_in_order().into_iter().map(|stage| Id::from(stage.id));
        let ids: Vec<Id> = stages.chain(journey.touchpoints().keys().map(|id| Id::from(*id))).collect();
        for (id, name) in ids.into_iter().zip(CHINESE.iter().cycle()) {
            let transaction = rename_record(&project, id, name);
            apply_all(&mut project, &transaction).unwrap();
        }
    }
    project
}

/// Opens the airline template in a window of a size, all of it in view; the folder holds its file.
fn fitted(size: egui::Vec2, lang: Lang) -> (Test, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("airline.ron");
    std::fs::File::create(&path).unwrap().write_all(&to_bytes(&project(lang))).unwrap();
    let mut test = window::open(size, lang, On::File(path));
    window::act(&mut test, Action::Fit);
    test.run_steps(9);
    (test, folder)
}

/// Returns the text of the note beside an element, if there is one.
fn noted(test: &Test) -> Option<String> {
    test.query_all_by_role(Role::Tooltip).next().and_then(|node| node.accesskit_node().label())
}

/// Moves the pointer onto the card whose name begins with this text.
fn point_at(test: &mut Test, name: &str) -> egui::Rect {
    let mut found = test.query_all_by(|node| {
        node.role() == Role::TreeItem
            && node.label().is_some_and(|label| {
                // A bar of the score lane has its card's name too.
                label.starts_with(name) && label.contains(", touchpoint")
            })
    });
    let rect = found.next().unwrap_or_else(|| panic!("{name} on the map")).rect();
    drop(found);
    test.hover_at(rect.center());
    test.run_steps(4);
    rect
}

#[test]
fn from_afar_a_card_says_its_name_where_the_pointer_rests() {
    let (mut test, _folder) = fitted(vec2(1280.0, 800.0), Lang::En);
    assert!(noted(&test).is_none());
    for name in ["Online boarding", "Gate", "In-flight Wi-Fi"] {
        point_at(&mut test, name);
        let said = noted(&test).unwrap_or_else(|| panic!("{name} has a note"));
        assert!(said.starts_with(name) && said.contains("Satisfied"), "{said}");
    }
}

#[test]
fn a_text_that_is_cut_is_told_whole_and_no_other() {
    let (mut test, _folder) = fitted(vec2(1600.0, 1000.0), Lang::En);
    let gate = window::card(&test, "Gate");
    let long =
        "Gate at the far end of the second hall, behind the shops, where no sign shows the way any more";
    let renamed = rename_record(window::project(&test), gate, long);
    window::ask(&mut test, AppRequest::Commit(renamed));
    window::act(&mut test, Action::ZoomReset);
    window::ask(&mut test, AppRequest::Reveal(gate));
    window::select(&mut test, &[]);
    point_at(&mut test, "Gate at");
    let said = noted(&test).expect("the cut title is told");
    assert!(said.contains(long), "{said}");
    point_at(&mut test, "Clean cabin");
    assert_eq!(noted(&test), None, "what is whole needs no note");
}

#[test]
fn a_control_has_one_tooltip_with_its_name_and_its_key() {
    let (mut test, _folder) = fitted(vec2(1280.0, 800.0), Lang::En);
    let labels = |test: &Test| -> Vec<String> {
        test.query_all_by_role(Role::Label)
            .filter_map(|node| node.value().or_else(|| node.accesskit_node().label()))
            .collect()
    };
    for action in [Action::Fit, Action::ZoomIn, Action::ZoomOut] {
        let name = action.entry().label.text(Lang::En);
        test.hover_at(egui::pos2(600.0, 90.0));
        test.run_steps(4);
        let before = labels(&test);
        let button = test.get_by_role_and_label(Role::Button, name).rect().center();
        test.hover_at(button);
        test.run_steps(8);
        let mut told = labels(&test);
        for known in before {
            if let Some(place) = told.iter().position(|label| *label == known) {
                told.remove(place);
            }
        }
        assert_eq!(told.len(), 1, "{name}: {told:?}");
        assert!(told[0].starts_with(name) && told[0].len() > name.len(), "{told:?} has no key");
    }
}
