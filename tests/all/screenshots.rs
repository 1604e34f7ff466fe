//! Tests that the README's pictures match the current drawing.
//!
//! `UPDATE_SCREENSHOTS=1 cargo test --test all screenshots` makes them anew.

use crate::common::airline;
use crate::support;

use desireline::app::action::Action;
use desireline::app::request::AppRequest;
use egui::vec2;
use engine::analysis::charts::ChartKind;
use engine::export::png::{PngOptions, write_scene};
use engine::i18n::Lang;
use engine::layout::{LayoutRequest as Page, layout_once};
use engine::store::load::to_bytes;
use engine::theme::ThemeId;
use image::RgbaImage;
use std::io::Write;
use std::ops::ControlFlow;
use support::snapshot::check_picture;
use support::window::{self, On, Test};

fn open(lang: Lang, on: On) -> Test {
    let mut test = window::open(vec2(1440.0, 900.0), lang, on);
    settle(&mut test);
    test
}

/// Draws until background work and animations have ended.
fn settle(test: &mut Test) {
    window::settle(test);
    test.run_steps(9);
}

/// Checks a picture of the README.
fn check(name: &str, found: &RgbaImage) {
    check_picture(&format!("screenshots/{name}.png"), found);
}

#[test]
fn the_start_page() {
    let mut test = open(Lang::En, On::Start);
    check("start", &support::picture(&mut test));
}

#[test]
fn the_map_with_scores() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("airline.ron");
    let mut file = std::fs::File::create(&path).expect("a file");
    file.write_all(&to_bytes(&airline::imported())).expect("the project is written");
    let mut test = open(Lang::En, On::File(path));
    let boarding = window::card(&test, "Online boarding");
    test.state_mut().app.queue_request(AppRequest::Select(vec![boarding]));
    settle(&mut test);
    check("map-light", &support::picture(&mut test));
    test.state_mut().app.queue_action(Action::ThemeDark);
    settle(&mut test);
    check("map-dark", &support::picture(&mut test));
    test.state_mut().app.queue_action(Action::ThemeLight);
    test.state_mut().app.workspace.charts.choice.kind = ChartKind::Matrix;
    test.state_mut().app.queue_action(Action::ViewScores);
    settle(&mut test);
    check("scores", &support::picture(&mut test));
}

#[test]
fn the_car_in_chinese_and_the_import() {
    let mut test = open(Lang::ZhCn, On::Start);
    test.state_mut().app.queue_request(AppRequest::Template("car-purchase"));
    test.state_mut().app.queue_action(Action::ThemeDark);
    settle(&mut test);
    check("car-zh-dark", &support::picture(&mut test));
    let mut test = open(Lang::En, On::Start);
    test.state_mut().app.queue_request(AppRequest::Template("airline"));
    settle(&mut test);
    window::act_on(&mut test, Action::Import, airline::template_file("airline-feedback.csv"));
    check("import", &support::picture(&mut test));
}

#[test]
fn the_blueprint_as_exported() {
    let project = airline::template("service-blueprint.ron");
    let journey = project.journeys_in_order()[0].info().id;
    let scene = layout_once(&Page::for_print(project.clone(), journey));
    let options = PngOptions { scale: 1.0, ground: ThemeId::Light.theme().canvas };
    let mut bytes = Vec::new();
    write_scene(&scene, project.images(), options, &mut bytes, &mut |_| ControlFlow::Continue(()))
        .expect("it is drawn");
    let found = image::load_from_memory(&bytes).expect("it is a picture").to_rgba8();
    check("blueprint", &found);
}
