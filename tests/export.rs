//! Laws between layout and export: what was measured is what is drawn.

#![allow(clippy::unwrap_used, reason = "a test that finds its data otherwise than expected fails")]
#![allow(clippy::expect_used, reason = "a helper of a test that cannot go on fails the test")]

use desireline::export::{fonts, svg};
use desireline::i18n::Lang;
use desireline::layout::{Request, layout};
use desireline::scene::{Scene, Shape, TextRow};
use desireline::store::load::load;
use desireline::store::template;
use resvg::usvg::{Group, Node, Tree};

/// All scenes of the templates, in both languages.
fn scenes() -> Vec<(String, Scene)> {
    let mut scenes = Vec::new();
    for template in template::ALL {
        let project = load(template.bytes).expect("templates load").project;
        for journey in project.journeys_in_order() {
            for lang in Lang::ALL {
                let request =
                    Request { lang, legend: true, ..Request::new(project.clone(), journey.info().id) };
                scenes.push((format!("{} {lang}", template.name), Scene::clone(&layout(&request))));
            }
        }
    }
    scenes
}

fn rows(scene: &Scene) -> Vec<&TextRow> {
    let shapes = scene.items.iter().flat_map(|item| &item.block.shapes);
    let rows = shapes.filter_map(|shape| if let Shape::Text(row) = shape { Some(row) } else { None });
    rows.filter(|row| !row.text.trim().is_empty()).collect()
}

/// The advances of all texts of a group, in order.
fn advances(group: &Group, found: &mut Vec<f32>) {
    for node in group.children() {
        match node {
            Node::Group(inner) => advances(inner, found),
            Node::Text(text) => found.push(text.bounding_box().width()),
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

#[test]
fn text_is_as_wide_in_the_renderer_as_in_the_layout() {
    for (name, scene) in scenes() {
        let document = svg::write(&scene, &svg::SvgOptions::bundled(&std::collections::BTreeMap::new()));
        let tree = Tree::from_str(&document, &fonts::options()).expect("our SVG is sound");
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
