//! The SVG writer: every primitive is drawn, hostile text stays text, output is reproducible.

use super::*;
use crate::id::{Id, IdSource, TouchpointId};
use crate::scene::{Block, PageGrid, PathSegment, Pt, Rect, ScenePart, SceneShape, Stroke, TextRow, pt};
use crate::theme::{Color, Face, Icon};
use resvg::usvg::{Node, Tree};
use std::sync::Arc;

const BLACK: Color = Color::from_rgb(0, 0, 0);

fn row(text: &str, face: Face, origin: Pt, width: f32) -> SceneShape {
    SceneShape::Text(TextRow { origin, text: text.to_owned(), face, size: 13.0, color: BLACK, width })
}

type TestItem<'a> = (Pt, Option<Id>, ScenePart, &'a str, Vec<SceneShape>);

fn scene(blocks: Vec<TestItem>) -> Scene {
    let bounds = Rect::new(0.0, 0.0, 300.0, 200.0);
    let place = |(at, element, part, label, shapes): TestItem| Placed {
        at,
        block: Arc::new(Block {
            element,
            part,
            bounds,
            label: label.to_owned(),
            shapes,
            far: None,
            cut: false,
        }),
    };
    Scene {
        size: pt(300.0, 200.0),
        items: blocks.into_iter().map(place).collect(),
        grid: PageGrid::default(),
    }
}

fn options(images: &Table<ImageId, Image>) -> SvgOptions<'_> {
    SvgOptions {
        text: TextMode::Embedded,
        title: "Trip",
        language: "en",
        ..SvgOptions::with_bundled_fonts(images)
    }
}

/// One of each primitive, in two languages.
fn sample() -> Scene {
    let id = Id::from(TouchpointId::new(&mut IdSource::from_seed(1)));
    let dashed = Stroke { color: BLACK.with_alpha(128), width: 1.5, dash: Some((4.0, 3.0)) };
    let shapes = vec![
        SceneShape::Rect {
            rect: Rect::new(0.0, 0.0, 80.0, 40.0),
            radius: 8.0,
            fill: Some(Color::from_rgb(200, 220, 230)),
            stroke: Some(Stroke::solid_line(BLACK, 1.0)),
        },
        SceneShape::Circle { center: pt(80.0, 0.0), radius: 8.0, fill: Some(BLACK), stroke: None },
        SceneShape::Path {
            start: pt(0.0, 60.0),
            segments: vec![
                PathSegment::Line(pt(20.0, 60.0)),
                PathSegment::Cubic(pt(40.0, 60.0), pt(40.0, 90.0), pt(60.0, 90.0)),
            ],
            stroke: dashed,
        },
        SceneShape::Polygon {
            points: vec![pt(60.0, 90.0), pt(55.0, 86.0), pt(55.0, 94.0)],
            fill: Some(BLACK),
            stroke: None,
        },
        SceneShape::Band {
            points: vec![pt(0.0, 120.0), pt(30.0, 100.0), pt(60.0, 130.0)],
            base: 115.0,
            fill: BLACK.with_alpha(40),
        },
        row("Find a flight", Face::SemiBold, pt(8.0, 18.0), 80.0),
        row("旅程图 42 %", Face::Regular, pt(8.0, 34.0), 70.0),
        row(&Icon::ALL[0].glyph().to_string(), Face::Icon, pt(100.0, 18.0), 13.0),
    ];
    scene(vec![(pt(10.0, 12.0), Some(id), ScenePart::Card, "Find a flight", shapes)])
}

#[test]
fn every_primitive_becomes_an_element_that_is_drawn() {
    let images = Table::default();
    let tree = Tree::from_str(
        &write_scene(&sample(), &SvgOptions::with_bundled_fonts(&images)),
        &crate::export::fonts::parser_options(),
    )
    .unwrap();
    let Some(Node::Group(card)) = tree.root().children().first() else { panic!("the card's group") };
    assert_eq!(card.children().len(), sample().items[0].block.shapes.len());
    assert_eq!((tree.size().width(), tree.size().height()), (300.0, 200.0));
}

#[test]
fn documents_repeat_byte_for_byte_and_embed_the_fonts_used() {
    let images = Table::default();
    let svg = write_scene(&sample(), &options(&images));
    assert_eq!(svg, write_scene(&sample(), &options(&images)));
    assert_eq!(svg.matches("@font-face").count(), 3, "Inter in two weights and Noto Sans SC");
    assert!(svg.len() < 40_000, "only the glyphs used: {} bytes", svg.len());
}

#[test]
fn icons_are_outlines_whatever_becomes_of_text() {
    let images = Table::default();
    for text in [TextMode::Embedded, TextMode::Outlines] {
        let svg = write_scene(&sample(), &SvgOptions { text, ..options(&images) });
        assert!(!svg.contains(Face::Icon.css_family()), "{text:?} names the icon font");
        let private = svg.chars().find(|sign| ('\u{e000}'..='\u{f8ff}').contains(sign));
        assert_eq!(private, None, "{text:?} holds an icon as a character");
        let tree = Tree::from_str(&svg, &resvg::usvg::Options::default()).unwrap();
        let mut pixmap = resvg::tiny_skia::Pixmap::new(300, 200).unwrap();
        resvg::render(&tree, resvg::tiny_skia::Transform::identity(), &mut pixmap.as_mut());
        // The icon is at (110, 30) on the page, 13 points wide.
        let drawn = (108..125).flat_map(|x| (16..34).map(move |y| (x, y)));
        let inked =
            drawn.filter(|(x, y)| pixmap.pixel(*x, *y).is_some_and(|pixel| pixel.alpha() > 128)).count();
        assert!(inked > 20, "{text:?} draws {inked} pixels of the icon");
    }
}

#[test]
fn embedded_fonts_set_text_as_the_bundled_ones_do() {
    use base64::Engine as _;
    let images = Table::default();
    let svg = write_scene(&sample(), &options(&images));
    let mut fonts = resvg::usvg::fontdb::Database::new();
    for part in svg.split("base64,").skip(1) {
        let data = part.split(')').next().unwrap();
        fonts.load_font_data(base64::engine::general_purpose::STANDARD.decode(data).unwrap());
    }
    let embedded = resvg::usvg::Options { fontdb: Arc::new(fonts), ..crate::export::fonts::parser_options() };
    let mut words = sample();
    let block = Arc::make_mut(&mut words.items[0].block);
    block.shapes.retain(|shape| !matches!(shape, SceneShape::Text(row) if row.face == Face::Icon));
    let plain = write_scene(&words, &SvgOptions::with_bundled_fonts(&images));
    let boxes = |options| text_boxes(&Tree::from_str(&plain, options).unwrap());
    assert_eq!(boxes(&embedded), boxes(&crate::export::fonts::parser_options()));
}

fn text_boxes(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    let mut groups = vec![tree.root()];
    while let Some(group) = groups.pop() {
        for node in group.children() {
            match node {
                Node::Group(inner) => groups.push(inner),
                Node::Text(text) => found.push(format!("{:?}", text.abs_stroke_bounding_box())),
                Node::Path(_) | Node::Image(_) => {}
            }
        }
    }

    assert_eq!(found.len(), 2);
    found
}

#[test]
fn hostile_text_is_text() {
    let hostile = "</text></g><script>alert(1)</script>&#0;&amp;]]>\u{0}\u{1b}\u{202e}\u{ffff}\"' <!--";
    let id = Id::from(TouchpointId::new(&mut IdSource::from_seed(2)));
    let item = || {
        (
            pt(0.0, 0.0),
            Some(id),
            ScenePart::Card,
            hostile,
            vec![row(hostile, Face::Regular, pt(5.0, 5.0), 50.0)],
        )
    };
    let scene = scene(vec![item(), item()]);
    let images = Table::default();
    for text in [TextMode::Embedded, TextMode::Bundled] {
        let options = SvgOptions { text, title: hostile, description: hostile, ..options(&images) };
        let svg = write_scene(&scene, &options);
        let document = resvg::usvg::roxmltree::Document::parse(&svg).unwrap();
        let count = |name: &str| {
            document
                .descendants()
                .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", name)))
                .count()
        };
        assert_eq!((count("text"), count("g"), count("script")), (2, 2, 0));
        let shown =
            document.descendants().find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")));
        assert_eq!(shown.unwrap().text().unwrap(), hostile.replace(['\u{0}', '\u{1b}', '\u{ffff}'], ""));
    }
}

#[test]
fn ids_name_the_elements_and_are_unique() {
    let id = Id::from(TouchpointId::new(&mut IdSource::from_seed(3)));
    let block = |part| (pt(0.0, 0.0), Some(id), part, "", Vec::new());
    let scene = scene(vec![
        block(ScenePart::Card),
        block(ScenePart::Score),
        block(ScenePart::Score),
        (pt(0.0, 0.0), None, ScenePart::Legend, "", Vec::new()),
    ]);
    let svg = write_scene(&scene, &options(&Table::default()));
    for name in [id.to_string(), format!("{id}-score"), format!("{id}-score.2"), "legend".to_owned()] {
        assert_eq!(svg.matches(&format!("id=\"{name}\"")).count(), 1, "{name}");
    }
}

#[test]
fn the_page_can_be_sized_in_millimetres() {
    let images = Table::default();
    let svg = write_scene(&sample(), &SvgOptions { size: PageSize::Millimetres, ..options(&images) });
    assert!(svg.contains("width=\"105.833mm\" height=\"70.556mm\" viewBox=\"0 0 300 200\""));
}

#[test]
fn webp_images_become_png_and_broken_ones_nothing() {
    let mut source = IdSource::from_seed(4);
    let mut webp = std::io::Cursor::new(Vec::new());
    ::image::DynamicImage::new_rgb8(3, 2).write_to(&mut webp, ::image::ImageFormat::WebP).unwrap();
    let mut images = Table::default();
    for bytes in [webp.into_inner(), b"RIFF\xff\xff\xff\xffWEBPVP8 broken".to_vec()] {
        let id = ImageId::new(&mut source);
        images.insert(id, Arc::new(Image::new(id, String::new(), 3, 2, bytes.into())));
    }
    let rect = Rect::new(0.0, 0.0, 30.0, 20.0);
    let shapes = images.keys().map(|image| SceneShape::Image { rect, image: *image }).collect();
    let svg =
        write_scene(&scene(vec![(pt(0.0, 0.0), None, ScenePart::Picture, "", shapes)]), &options(&images));
    assert_eq!(svg.matches("<image ").count(), 1);
    assert!(svg.contains("href=\"data:image/png;base64,"));
}

#[test]
fn an_image_that_stands_often_is_written_once_and_drawn_the_same() {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let tone = |x: u32, y: u32| ::image::Rgb([(x * 6) as u8, (y * 8) as u8, 90]);
    ::image::RgbImage::from_fn(40, 30, tone).write_to(&mut bytes, ::image::ImageFormat::Png).unwrap();
    let id = ImageId::new(&mut IdSource::from_seed(6));
    let image = Image::new(id, String::new(), 40, 30, bytes.into_inner().into());
    let images = [(id, Arc::new(image))].into();
    let picture = |x: f32, width: f32| {
        let shape = SceneShape::Image { rect: Rect::new(3.0, 5.0, width, 40.0), image: id };
        (pt(x, 20.0), None, ScenePart::Picture, "", vec![shape])
    };
    let places = [(0.0, 60.0), (90.0, 30.0), (150.0, 20.0)];
    let page = |places: &[(f32, f32)]| {
        let scene = scene(places.iter().map(|(x, width)| picture(*x, *width)).collect());
        write_scene(&scene, &options(&images))
    };
    let whole = page(&places);
    assert_eq!((whole.matches("base64,").count(), whole.matches("<use ").count()), (1, 3));
    let drawn = |svg: &str| {
        let tree = Tree::from_str(svg, &crate::export::fonts::parser_options()).unwrap();
        let mut pixmap = resvg::tiny_skia::Pixmap::new(300, 200).unwrap();
        resvg::render(&tree, resvg::tiny_skia::Transform::identity(), &mut pixmap.as_mut());
        pixmap.take()
    };
    let together = drawn(&whole);
    let mut apart = vec![0_u8; together.len()];
    for place in places {
        let one = page(&[place]);
        assert!(one.contains("<image ") && !one.contains("<use "));
        apart.iter_mut().zip(drawn(&one)).for_each(|(sum, value)| *sum = sum.saturating_add(value));
    }
    let far = together.iter().zip(&apart).filter(|(a, b)| a.abs_diff(**b) > 8).count();
    assert!(together.iter().filter(|value| **value > 250).count() > 2_000, "something is drawn");
    assert!(far < 20, "{far} values differ");
}

#[test]
fn outlines_draw_what_text_draws() {
    let images = Table::default();
    let outlined = write_scene(&sample(), &SvgOptions { text: TextMode::Outlines, ..options(&images) });
    assert!(!outlined.contains("<text") && outlined.contains("aria-label=\"旅程图 42 %\""));
    let plain = write_scene(&sample(), &SvgOptions::with_bundled_fonts(&images));
    let pixels = |svg: &str| {
        let tree = Tree::from_str(svg, &crate::export::fonts::parser_options()).unwrap();
        let mut pixmap = resvg::tiny_skia::Pixmap::new(600, 400).unwrap();
        resvg::render(&tree, resvg::tiny_skia::Transform::from_scale(2.0, 2.0), &mut pixmap.as_mut());
        pixmap.take()
    };
    let outlined = pixels(&outlined);
    let plain = pixels(&plain);
    let far = outlined.iter().zip(&plain).filter(|(a, b)| a.abs_diff(**b) > 32).count();
    assert!(plain.iter().filter(|value| **value > 128).count() > 10_000);
    assert!(far < plain.len() / 10_000, "{far} of {} differ", plain.len());
}
