//! The strips: they equal the picture drawn at once, and can be cancelled.

use super::*;
use crate::scene::{Block, PageGrid, PathSegment, Placed, Rect, ScenePart, SceneShape, Stroke, TextRow, pt};
use crate::theme::Face;
use std::sync::Arc;

const BLACK: Color = Color::from_rgb(0, 0, 0);
const PAPER: Color = Color::from_rgb(245, 246, 248);
const HALF: PngOptions = PngOptions { scale: 1.5, ground: PAPER };

/// A block with round corners, a translucent curve and text.
pub(super) fn block() -> Arc<Block> {
    let shapes = vec![
        SceneShape::Rect {
            rect: Rect::new(2.0, 2.0, 70.0, 40.0),
            radius: 8.0,
            fill: Some(Color::from_rgb(200, 220, 230)),
            stroke: Some(Stroke::solid_line(BLACK, 1.0)),
        },
        SceneShape::Path {
            start: pt(0.0, 50.0),
            segments: vec![PathSegment::Cubic(pt(40.0, 0.0), pt(40.0, 90.0), pt(90.0, 20.0))],
            stroke: Stroke { color: BLACK.with_alpha(128), width: 2.0, dash: Some((5.0, 3.0)) },
        },
        SceneShape::Text(TextRow {
            origin: pt(8.0, 22.0),
            text: "Check-in 登机".to_owned(),
            face: Face::SemiBold,
            size: 13.0,
            color: BLACK,
            width: 80.0,
        }),
    ];
    let bounds = Rect::new(0.0, 0.0, 90.0, 60.0);
    let label = String::new();
    Arc::new(Block { element: None, part: ScenePart::Card, bounds, label, shapes, far: None, cut: false })
}

/// A page with such blocks all over it.
pub(super) fn scene() -> Scene {
    let block = block();
    let place = |index: u8| Placed {
        at: pt(f32::from(index % 4) * 90.0, f32::from(index / 4) * 60.0),
        block: Arc::clone(&block),
    };
    Scene { size: pt(361.0, 301.0), items: (0..20).map(place).collect(), grid: PageGrid::default() }
}

fn drawing<'a>(scene: &'a Scene, images: &'a Table<ImageId, Image>) -> Drawing<'a> {
    Drawing::new(scene, images, HALF.pixel_size(scene).unwrap(), HALF.ground)
}

fn strips(rows: u32) -> Vec<u8> {
    let scene = scene();
    let mut file = Vec::new();
    let images = Table::default();
    let go_on = &mut |_| ControlFlow::Continue(());
    write_strips(&drawing(&scene, &images), rows, HALF.scale, &mut file, go_on).unwrap();
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
    let options = PngOptions::from_dpi(300.0, PAPER);
    write_scene(&scene(), &Table::default(), options, &mut file, &mut |_| ControlFlow::Continue(())).unwrap();
    let (info, pixels) = decode(&file);
    assert_eq!((info.width, info.height), (1504, 1254));
    assert_eq!(info.pixel_dims.map(|dims| (dims.xppu, dims.yppu)), Some((11811, 11811)));
    assert_eq!(pixels[pixels.len() - 3..], PAPER.to_array()[..3]);
    assert_eq!(PngOptions::from_width(1200, &scene(), PAPER).pixel_size(&scene()).unwrap().0, 1200);
}

#[test]
fn progress_ends_at_one_and_can_stop_the_work() {
    let mut seen = Vec::new();
    let mut go_on = |share| {
        seen.push(share);
        ControlFlow::Continue(())
    };
    let scene = scene();
    let images = Table::default();
    let drawing = drawing(&scene, &images);
    write_strips(&drawing, 100, HALF.scale, std::io::sink(), &mut go_on).unwrap();
    // On a busy machine it is also called while a strip is drawn.
    seen.dedup();
    seen.retain(|share| *share > 0.0);
    assert_eq!((seen.len(), seen.last()), (5, Some(&1.0)));
    let stopped = write_strips(&drawing, 100, HALF.scale, std::io::sink(), &mut |_| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(PngError::Cancelled)));
}

#[test]
fn a_page_without_end_is_refused_before_anything_is_drawn() {
    for scale in [1e4, f32::INFINITY, f32::NAN] {
        let options = PngOptions { scale, ground: PAPER };
        let result = options.pixel_size(&scene());
        assert!(scale.is_nan() || matches!(result, Err(PngError::TooLarge { .. })), "{scale}: {result:?}");
    }
    let none = Scene { size: pt(0.0, f32::NAN), items: Vec::new(), grid: PageGrid::default() };
    assert_eq!(HALF.pixel_size(&none).unwrap(), (1, 1));
}

/// A page of many pictures, all of one image.
fn album(count: u16) -> (Scene, Table<ImageId, Image>) {
    let id = ImageId::new(&mut crate::id::IdSource::from_seed(1));
    let mut bytes = std::io::Cursor::new(Vec::new());
    let tone = |x: u32, y: u32| image::Rgb([(x / 2) as u8, (y / 2) as u8, 90]);
    image::RgbImage::from_fn(400, 400, tone).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let shape = SceneShape::Image { rect: Rect::new(5.0, 5.0, 40.0, 40.0), image: id };
    let block = Arc::new(Block {
        element: None,
        part: ScenePart::Picture,
        bounds: Rect::new(0.0, 0.0, 50.0, 50.0),
        label: String::new(),
        shapes: vec![shape],
        far: None,
        cut: false,
    });
    let place = |index: u16| Placed { at: pt(f32::from(index) * 50.0, 0.0), block: Arc::clone(&block) };
    let images = [(id, Arc::new(Image::new(id, String::new(), 400, 400, bytes.into_inner().into())))];
    let items = (0..count).map(place).collect();
    (Scene { size: pt(f32::from(count) * 50.0, 50.0), items, grid: PageGrid::default() }, images.into())
}

#[test]
fn an_image_that_stands_often_looks_as_one_that_stands_once() {
    let pixels = |count| {
        let (scene, images) = album(count);
        let mut file = Vec::new();
        write_scene(&scene, &images, HALF, &mut file, &mut |_| ControlFlow::Continue(())).unwrap();
        let (info, pixels) = decode(&file);
        let width = info.width as usize * 3;
        let first: Vec<u8> = pixels.chunks_exact(width).flat_map(|row| row[..75 * 3].to_vec()).collect();
        first
    };
    let once = pixels(1);
    let often = pixels(60);
    assert!(once.contains(&90), "the image is drawn");
    let far = once.iter().zip(&often).filter(|(a, b)| a.abs_diff(**b) > 24).count();
    assert!(far * 50 < once.len(), "{far} of {} differ", once.len());
}

#[test]
fn dashes_that_nobody_sees_are_not_drawn_one_by_one() {
    let line = SceneShape::Path {
        start: pt(0.0, 20.0),
        segments: vec![PathSegment::Line(pt(4_000_000.0, 20.0))],
        stroke: Stroke { color: BLACK, width: 1.5, dash: Some((5.0, 4.0)) },
    };
    let mut scene = scene();
    scene.size = pt(4_000_000.0, 40_000.0);
    Arc::make_mut(&mut scene.items[0].block).shapes = vec![line; 300];
    Arc::make_mut(&mut scene.items[0].block).bounds = Rect::new(0.0, 0.0, 4_000_000.0, 60.0);
    let start = std::time::Instant::now();
    let options = PngOptions::from_width(1000, &scene, PAPER);
    write_scene(&scene, &Table::default(), options, std::io::sink(), &mut |_| ControlFlow::Continue(()))
        .unwrap();
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
