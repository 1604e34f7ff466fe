//! A poster as PNG, against plain resvg on the same SVG; each in a process of its own, whose memory is asked at its end.

use crate::sample::sample;
use crate::table::{Table, Times};
use desireline::export::png::{PngOptions, write};
use desireline::export::{fonts, svg};
use desireline::layout::{Request, layout};
use desireline::scene::Scene;
use desireline::theme::ThemeId;
use resvg::tiny_skia::{Pixmap, Transform};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// Pixels of A0 at 300 dots an inch.
const A0: f64 = 139.5e6;
/// Pixels of the largest picture.
const GIGAPIXEL: f64 = 1e9;

/// What a child process tells.
struct Told {
    time: Duration,
    /// Most memory it had, in MiB.
    memory: f64,
}

/// Draws the poster in this process and prints seconds and MiB; true where the arguments ask for that.
pub(crate) fn child(args: &[String]) -> bool {
    let [flag, kind, pixels, ..] = args else { return false };
    if flag != "--poster" {
        return false;
    }
    let sample = sample(1_000);
    let scene = layout(&Request::new(sample.project.clone(), sample.journey));
    let area = f64::from(scene.size.x) * f64::from(scene.size.y);
    let scale = (pixels.parse().unwrap_or(A0) / area).sqrt() as f32;
    let start = Instant::now();
    if kind == "plain" {
        plain(&scene, &sample.project, scale);
    } else {
        let options = PngOptions { scale, ground: ThemeId::Light.theme().canvas };
        let mut go_on = |_| ControlFlow::Continue(());
        write(&scene, sample.project.images(), options, std::io::sink(), &mut go_on).expect("a poster");
    }
    println!("{} {}", start.elapsed().as_secs_f64(), most_memory().unwrap_or(0.0));
    true
}

/// The way without us: the SVG drawn into one large picture, which is then encoded.
fn plain(scene: &Scene, project: &desireline::model::Project, scale: f32) {
    let text = svg::write(scene, &svg::SvgOptions::bundled(project.images()));
    let tree = resvg::usvg::Tree::from_str(&text, &fonts::options()).expect("our SVG");
    let side = |points: f32| (points * scale).round() as u32;
    let (width, height) = (side(tree.size().width()), side(tree.size().height()));
    let mut pixels = Pixmap::new(width, height).expect("memory");
    pixels.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let mut encoder = png::Encoder::new(std::io::sink(), width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header().expect("a head");
    writer.write_image_data(pixels.data()).expect("a picture");
}

/// Most memory this process ever had, in MiB, where the system tells.
fn most_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse::<f64>().ok().map(|kib| kib / 1024.0)
}

fn ask(kind: &str, pixels: f64) -> Option<Told> {
    let program = std::env::current_exe().ok()?;
    let output =
        std::process::Command::new(program).args(["--poster", kind, &pixels.to_string()]).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let (time, memory) = text.trim().split_once(' ')?;
    Some(Told { time: Duration::from_secs_f64(time.parse().ok()?), memory: memory.parse().ok()? })
}

/// Several runs of one kind: their times, and the most memory of any.
fn several(kind: &str, pixels: f64, runs: usize) -> (Times, f64) {
    let told: Vec<Told> = (0..runs).filter_map(|_| ask(kind, pixels)).collect();
    let memory = told.iter().map(|told| told.memory).fold(0.0, f64::max);
    (Times::from(told.into_iter().map(|told| told.time).collect()), memory)
}

/// Time on the wall and memory of a poster of 1,000 cards.
pub(crate) fn run(table: &mut Table) {
    let (plain, plain_memory) = several("plain", A0, 3);
    let (ours, memory) = several("ours", A0, 3);
    let (huge, huge_memory) = several("ours", GIGAPIXEL, 1);
    table.note(&format!("poster of 139 megapixels, plain resvg ({plain_memory:.0} MiB)"), &plain, "");
    let ratio = ours.ratio(&plain);
    let scenario = format!("poster of 139 megapixels ({memory:.0} MiB)");
    table.gate(&scenario, &ours, "300 MiB", ratio, (1.3, "plain resvg"));
    let scenario = format!("poster of a gigapixel ({huge_memory:.0} MiB; ratio of memory)");
    table.gate(&scenario, &huge, "", huge_memory / memory.max(1.0), (1.1, "139 megapixels"));
}
