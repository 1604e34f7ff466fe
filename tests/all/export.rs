//! Tests that layout and export agree: texts are drawn as they were measured.

use engine::edit::apply_all;
use engine::edit::command::{rename_record, set_field};
use engine::export::{fonts, svg};
use engine::i18n::Lang;
use engine::id::Id;
use engine::layout::{LayoutRequest, layout_once};
use engine::model::value::FieldValue;
use engine::model::{Flow, Project};
use engine::scene::{Scene, SceneShape, TextRow};
use engine::store::load::load_project;
use engine::store::template;
use resvg::usvg::{Group, Node, Tree};
use std::sync::Arc;

/// Returns all scenes of the templates, in both languages.
fn scenes() -> Vec<(String, Scene)> {
    let mut scenes = Vec::new();
    for template in template::ALL {
        let project = load_project(template.bytes).expect("templates load").project;
        for journey in project.journeys_in_order() {
            for lang in Lang::ALL {
                let request =
                    LayoutRequest { lang, ..LayoutRequest::for_print(project.clone(), journey.info().id) };
                scenes.push((format!("{} {lang}", template.name), Scene::clone(&layout_once(&request))));
            }
        }
    }
    scenes
}

fn rows(scene: &Scene) -> Vec<&TextRow> {
    let shapes = scene.items.iter().flat_map(|item| &item.block.shapes);
    let rows = shapes.filter_map(|shape| if let SceneShape::Text(row) = shape { Some(row) } else { None });
    rows.filter(|row| !row.text.trim().is_empty()).collect()
}

/// Returns the advances of all texts of a group, in order.
fn advances(group: &Group, found: &mut Vec<f32>) {
    for node in group.children() {
        match node {
            Node::Group(inner) => advances(inner, found),
            Node::Text(text) => found.push(text.bounding_box().width()),
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

/// Texts as designers write them where space is short, in two languages.
const LONG: [[&str; 3]; 2] = [
    [
        "Compare the fares of three airlines with and without luggage, and note which of them can be changed",
        "Nobody says which line is for passengers who only want to drop their bags, so families queue twice and miss the flight",
        "the flight was cancelled on the same day and the next one leaves in the morning",
    ],
    [
        "比较三家航空公司含行李与不含行李的票价，并记下哪些机票可以免费改签或退票",
        "没有人告诉旅客哪条队伍只办理行李托运，带孩子的家庭排了两次队，最后还是错过了航班，情绪非常低落",
        "航班当天取消，下一班要等到第二天早上才起飞",
    ],
];

/// Returns the airline template with long titles, insights and conditions.
fn long(lang: usize) -> Project {
    let mut project = load_project(template::find_template("airline").expect("it is there").bytes)
        .expect("it loads")
        .project;
    let journey = Arc::clone(project.journeys_in_order()[0]);
    let [title, insight, condition] = LONG[lang];
    let cards = journey.touchpoints().keys().step_by(3).map(|id| (Id::from(*id), title));
    let notes = journey.insights().keys().step_by(2).map(|id| (Id::from(*id), insight));
    let stages = journey.stages().keys().take(1).map(|id| (Id::from(*id), title));
    for (id, text) in cards.chain(notes).chain(stages) {
        let renamed = rename_record(&project, id, text);
        apply_all(&mut project, &renamed).expect("it applies");
    }
    let flows: Vec<Id> = journey.flows().keys().step_by(4).map(|id| Id::from(*id)).collect();
    let told = set_field(&project, &flows, Flow::CONDITION, &FieldValue::Text(condition.to_owned()));
    apply_all(&mut project, &told).expect("it applies");
    project
}

#[test]
fn long_texts_are_whole_in_what_is_exported() {
    for (index, lang) in Lang::ALL.into_iter().enumerate() {
        let project = long(index);
        let journey = project.journeys_in_order()[0].info().id;
        let scene =
            layout_once(&LayoutRequest { lang, ..LayoutRequest::for_print(project.clone(), journey) });
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        let blocks: Vec<String> = scene
            .items
            .iter()
            .map(|item| {
                let rows = item.block.shapes.iter().filter_map(|shape| match shape {
                    SceneShape::Text(row) => Some(squeezed(&row.text)),
                    _ => None,
                });
                rows.collect()
            })
            .collect();
        for text in LONG[index] {
            let whole = blocks.iter().filter(|block| block.contains(&squeezed(text))).count();
            assert!(whole > 1, "{text:?} stands whole in {whole} places");
        }
        assert!(blocks.iter().all(|block| !block.contains('…')), "something is cut in {lang}");
    }
}

#[test]
fn text_is_as_wide_in_the_renderer_as_in_the_layout() {
    for (name, scene) in scenes() {
        let document = svg::write_scene(
            &scene,
            &svg::SvgOptions::with_bundled_fonts(&std::collections::BTreeMap::new()),
        );
        let tree = Tree::from_str(&document, &fonts::parser_options()).expect("our SVG is sound");
        let mut found = Vec::new();
        advances(tree.root(), &mut found);
        let rows = rows(&scene);
        assert_eq!(found.len(), rows.len(), "{name}");
        for (width, row) in found.into_iter().zip(rows) {
            let off = (width - row.width).abs();
            assert!(off <= 0.1, "{name}: {:?} is {width} wide, measured {}", row.text, row.width);
        }
    }
}
