//! How long a poster takes, and how much memory: 1,000 cards as PNG beside plain resvg on the same SVG in the
//! same run.

#![allow(clippy::expect_used, reason = "a bench that cannot go on stops")]

use engine::export::png::{self, PngOptions};
use engine::export::{fonts, svg};
use engine::model::Table;
use engine::scene::{
    Block, PageGrid, PathSegment, Placed, Pt, Rect, Scene, ScenePart, SceneShape, Stroke, TextRow, pt,
};
use engine::theme::{Face, Theme, ThemeId};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::Tree;
use std::io::{Read, Seek, Write};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

const CARDS: usize = 1_000;
const COLUMNS: usize = 20;
/// Width over height of an A0 sheet on end.
const SHEET: f32 = 841.0 / 1189.0;
/// A0 at 300 dots an inch.
const POSTER: u32 = 9_933;
/// A gigapixel of the same shape.
const GIGAPIXEL: u32 = 26_597;

fn main() {
    let scene = scene(ThemeId::Light.theme());
    println!(
        "{:>28} {:>12} {:>6} {:>8} {:>9} {:>8}",
        "1,000 cards", "pixels", "MP", "seconds", "peak MiB", "file MB"
    );
    let ours = report("ours, A0 at 300 dpi", &scene, POSTER, |out| ours(&scene, POSTER, out));
    report("ours, a gigapixel", &scene, GIGAPIXEL, |out| self::ours(&scene, GIGAPIXEL, out));
    let plain = report("plain resvg, A0 at 300 dpi", &scene, POSTER, |out| plain(&scene, POSTER, out));
    println!("ours / plain resvg: {:.2} (at most 1.3)", ours.as_secs_f64() / plain.as_secs_f64());
}

/// Runs, and prints a line about it.
fn report(name: &str, scene: &Scene, width: u32, draw: impl FnOnce(&mut dyn Write)) -> Duration {
    let mut file = tempfile::tempfile().expect("a file");
    forget_peak();
    let begin = Instant::now();
    draw(&mut file);
    let time = begin.elapsed();
    let bytes = file.stream_position().expect("a position");
    let (width, height) = options(scene, width).pixel_size(scene).expect("a size");
    let pixels = u64::from(width) * u64::from(height) / 1_000_000;
    let size = format!("{width}×{height}");
    let peak = peak().map_or("–".to_owned(), |mib| mib.to_string());
    println!(
        "{name:>28} {size:>12} {pixels:>6} {:>8.2} {peak:>9} {:>8.1}",
        time.as_secs_f64(),
        bytes as f64 / 1e6
    );
    time
}

fn options(scene: &Scene, width: u32) -> PngOptions {
    PngOptions::from_width(width, scene, ThemeId::Light.theme().canvas)
}

fn ours(scene: &Scene, width: u32, out: &mut dyn Write) {
    let all = &mut |_| ControlFlow::Continue(());
    png::write_scene(scene, &Table::new(), options(scene, width), out, all).expect("a picture");
}

fn plain(scene: &Scene, width: u32, out: &mut dyn Write) {
    let document = svg::write_scene(scene, &svg::SvgOptions::with_bundled_fonts(&Table::new()));
    let tree = Tree::from_str(&document, &fonts::parser_options()).expect("our SVG is sound");
    let (width, height) = options(scene, width).pixel_size(scene).expect("a size");
    let mut pixels = Pixmap::new(width, height).expect("memory");
    pixels.fill(Color::WHITE);
    let scale = width as f32 / scene.size.x;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    out.write_all(&pixels.encode_png().expect("a picture")).expect("written");
}

/// Begins to measure the peak of memory anew, where the system lets us.
fn forget_peak() {
    let file = std::fs::OpenOptions::new().write(true).open("/proc/self/clear_refs");
    drop(file.and_then(|mut file| file.write_all(b"5")));
}

/// The peak of memory in MiB, where the system tells.
fn peak() -> Option<u64> {
    let mut status = String::new();
    std::fs::File::open("/proc/self/status").ok()?.read_to_string(&mut status).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1024)
}

/// Cards with two lines of text, a badge and a flow to the next, on a sheet of A0's shape.
fn scene(theme: &Theme) -> Scene {
    let rows = CARDS.div_ceil(COLUMNS);
    let size = pt(COLUMNS as f32 * 220.0 + 40.0, (COLUMNS as f32 * 220.0 + 40.0) / SHEET);
    let step = pt(220.0, (size.y - 40.0) / rows as f32);
    let place = |index: usize| Placed {
        at: pt(20.0 + (index % COLUMNS) as f32 * step.x, 20.0 + (index / COLUMNS) as f32 * step.y),
        block: Arc::new(card(index, theme)),
    };
    Scene { size, items: (0..CARDS).map(place).collect(), grid: PageGrid::default() }
}

fn card(index: usize, theme: &Theme) -> Block {
    let rect = Rect::new(0.0, 0.0, 180.0, 90.0);
    let shapes = vec![
        SceneShape::Rect {
            rect,
            radius: 8.0,
            fill: Some(theme.raised),
            stroke: Some(Stroke::solid_line(theme.hairline, 1.0)),
        },
        row(format!("Touchpoint number {index}"), Face::SemiBold, pt(12.0, 26.0), theme),
        row(format!("waits {} minutes, 等候", index % 17), Face::Regular, pt(12.0, 46.0), theme),
        SceneShape::Circle { center: pt(170.0, 6.0), radius: 9.0, fill: Some(theme.pain.ink), stroke: None },
        SceneShape::Path {
            start: pt(180.0, 45.0),
            segments: vec![PathSegment::Cubic(pt(200.0, 45.0), pt(200.0, 60.0), pt(220.0, 60.0))],
            stroke: Stroke::solid_line(theme.flow, 1.5),
        },
    ];
    let bounds = rect.grow_by(20.0);
    Block {
        element: None,
        part: ScenePart::Card,
        bounds,
        label: String::new(),
        shapes,
        far: None,
        cut: false,
    }
}

fn row(text: String, face: Face, origin: Pt, theme: &Theme) -> SceneShape {
    SceneShape::Text(TextRow { origin, text, face, size: 14.0, color: theme.text, width: 0.0 })
}
