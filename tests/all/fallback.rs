//! Tests characters outside the bundled fonts: measuring, screen and export use the same system font. Ignored, so
//! that the other tests of this process see the same fonts on every machine.

use engine::edit::command::new_project;
use engine::export::fonts;
use engine::export::svg::{SvgOptions, write_scene};
use engine::id::IdSource;
use engine::layout::measure::{FontMeasure, Measure};
use engine::layout::{LayoutRequest, layout_once};
use engine::scene::SceneShape;
use engine::theme::{Chooser, Face, fallback};
use resvg::usvg::{Node, Tree};

const RARE: &str = "王堃与陈喆";

#[test]
#[ignore = "needs a Chinese font of the system, and a process of its own"]
fn one_font_of_the_system_serves_measure_and_export() {
    let mut before = FontMeasure::new();
    assert!(
        (before.text_width(Face::Regular, 10.0, "堃") - 10.0).abs() < 1e-3,
        "none before it is asked for"
    );
    assert!(fallback::used_fonts().is_empty());
    fallback::use_system();
    let font = fallback::find_font('堃').expect("a font of the system with this character");
    let mut chooser = Chooser::new(Face::SemiBold);
    let runs = chooser.split_runs(RARE);
    let second = runs.get(1).and_then(|run| run.font).and_then(|place| chooser.font(place)).unwrap();
    assert_eq!((runs.len(), second.name), (4, font.name));
    let project = new_project(RARE, &mut IdSource::from_seed(1));
    let journey = project.journeys_in_order()[0].info().id;
    let scene = layout_once(&LayoutRequest::new(project, journey));
    let title = scene.items.iter().flat_map(|item| &item.block.shapes).find_map(|shape| match shape {
        SceneShape::Text(row) if row.text == RARE => Some(row.width),
        _ => None,
    });
    let none = engine::model::Table::default();
    let tree = Tree::from_str(
        &write_scene(&scene, &SvgOptions::with_bundled_fonts(&none)),
        &fonts::parser_options(),
    )
    .unwrap();
    let drawn = advance(tree.root(), RARE).expect("the title is drawn");
    assert!((drawn - title.unwrap()).abs() < 0.1, "{drawn} is not {title:?}");
}

/// Returns the advance of a text as the renderer set it.
fn advance(group: &resvg::usvg::Group, wanted: &str) -> Option<f32> {
    group.children().iter().find_map(|node| match node {
        Node::Group(group) => advance(group, wanted),
        Node::Text(text) => {
            let words: String = text.chunks().iter().map(resvg::usvg::TextChunk::text).collect();
            (words == wanted).then(|| text.bounding_box().width())
        }
        _ => None,
    })
}
