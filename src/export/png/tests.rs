//! The strips: they make the picture that is drawn at once, and can be stopped.

use super::*;
use crate::scene::{Block, Grid, Part, Placed, Rect, Segment, Shape, Stroke, TextRow, pt};
use crate::theme::Face;
use std::sync::Arc;

const BLACK: Color = Color::rgb(0, 0, 0);
const PAPER: Color = Color::rgb(245, 246, 248);
const HALF: PngOptions = PngOptions { scale: 1.5, ground: PAPER };

/// A page with round corners, curves, texts and translucent grounds all over it.
fn scene() -> Scene {
    let shapes = vec![
        Shape::Rect {
            rect: Rect::new(2.0, 2.0, 70.0, 40.0),
            radius: 8.0,
            fill: Some(Color::rgb(200, 220, 230)),
            stroke: Some(Stroke::solid(BLACK, 1.0)),
        },
        Shape::Path {
            start: pt(0.0, 50.0),
            segments: vec![Segment::Cubic(pt(40.0, 0.0), pt(40.0, 90.0), pt(90.0, 20.0))],
            stroke: Stroke { color: BLACK.with_alpha(128), width: 2.0, dash: Some((5.0, 3.0)) },
        },
        Shape::Text(TextRow {
            origin: pt(8.0, 22.0),
            text: "Check-in 登机".to_owned(),
            face: Face::SemiBold,
            size: 13.0,
            color: BLACK,
            width: 80.0,
        }),
    ];
    let bounds = Rect::new(0.0, 0.0, 90.0, 60.0);
    let block = Arc::new(Block {
        element: None,
        part: Part::Card,
        bounds,
        label: String::new(),
        shapes,
        far: None,
        cut: false,
    });
    let place = |index: u8| Placed {
        at: pt(f32::from(index % 4) * 90.0, f32::from(index / 4) * 60.0),
        block: Arc::clone(&block),
    };
    Scene { size: pt(361.0, 301.0), items: (0..20).map(place).collect(), grid: Grid::default() }
}

fn tree(scene: &Scene) -> Tree {
    Tree::from_str(&svg::write(scene, &SvgOptions::bundled(&Table::default())), &fonts::options()).unwrap()
}

fn strips(rows: u32) -> Vec<u8> {
    let scene = scene();
    let mut file = Vec::new();
    let size = HALF.pixels(&scene).unwrap();
    write_tree(&tree(&scene), size, rows, HALF, &mut file, &mut |_| ControlFlow::Continue(())).unwrap();
    file
}

fn decode(file: &[u8]) -> (png::Info<'static>, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    (reader.info().clone(), pixels)
}

#[test]
fn strips_make_the_picture_that_is_drawn_at_once() {
    let (_, whole) = decode(&strips(u32::MAX));
    for rows in [1, 7, 64, 300] {
        let (_, pixels) = decode(&strips(rows));
        let differing = whole.iter().zip(&pixels).filter(|(a, b)| a != b).count();
        assert_eq!((pixels.len(), differing), (whole.len(), 0), "{rows} rows a strip");
    }
    assert!(whole.iter().any(|value| *value < 60), "something is drawn");
}

#[test]
fn the_file_states_its_size_on_paper() {
    let mut file = Vec::new();
    let options = PngOptions::dpi(300.0, PAPER);
    write(&scene(), &Table::default(), options, &mut file, &mut |_| ControlFlow::Continue(())).unwrap();
    let (info, pixels) = decode(&file);
    assert_eq!((info.width, info.height), (1504, 1254));
    assert_eq!(info.pixel_dims.map(|dims| (dims.xppu, dims.yppu)), Some((11811, 11811)));
    assert_eq!(pixels[pixels.len() - 3..], PAPER.to_array()[..3]);
    assert_eq!(PngOptions::width(1200, &scene(), PAPER).pixels(&scene()).unwrap().0, 1200);
}

#[test]
fn progress_ends_at_one_and_can_stop_the_work() {
    let mut seen = Vec::new();
    let mut go_on = |share| {
        seen.push(share);
        ControlFlow::Continue(())
    };
    let scene = scene();
    let size = HALF.pixels(&scene).unwrap();
    write_tree(&tree(&scene), size, 100, HALF, std::io::sink(), &mut go_on).unwrap();
    assert_eq!((seen.len(), seen.last()), (5, Some(&1.0)));
    let stopped =
        write_tree(&tree(&scene), size, 100, HALF, std::io::sink(), &mut |_| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(PngError::Cancelled)));
}

#[test]
fn a_page_without_end_is_refused_before_anything_is_drawn() {
    for scale in [1e4, f32::INFINITY, f32::NAN] {
        let options = PngOptions { scale, ground: PAPER };
        let result = options.pixels(&scene());
        assert!(scale.is_nan() || matches!(result, Err(PngError::TooLarge { .. })), "{scale}: {result:?}");
    }
    let none = Scene { size: pt(0.0, f32::NAN), items: Vec::new(), grid: Grid::default() };
    assert_eq!(HALF.pixels(&none).unwrap(), (1, 1));
}
