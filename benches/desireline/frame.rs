//! A frame of the canvas without a screen: input, layout of an unchanged map, paint list, triangles; on one
//! core.

use crate::sample::sample;
use crate::table::{Table, Times, note};
use desireline::canvas::{Canvas, CanvasInput, CanvasOrder, fonts};
use egui::{Event, Modifiers, MouseWheelUnit, RawInput, Rect, TouchPhase, Vec2, pos2, vec2};
use engine::id::IdSource;
use engine::layout::{LayoutRequest, Layouter};
use std::collections::BTreeSet;

/// The window, as in the peers' scenario.
const WINDOW: Vec2 = vec2(1600.0, 860.0);
/// Frames of one camera path.
const FRAMES: usize = 240;

/// A map of so many cards in a window.
pub(crate) struct Stage {
    ctx: egui::Context,
    canvas: Canvas,
    layouter: Layouter,
    request: LayoutRequest,
    time: f64,
}

impl Stage {
    /// The map of a request, painted once.
    pub(crate) fn new(request: LayoutRequest) -> Self {
        let ctx = egui::Context::default();
        fonts::install_fonts(&ctx);
        let canvas = Canvas::new(IdSource::from_seed(1));
        let mut stage = Self { ctx, canvas, layouter: Layouter::new(), request, time: 0.0 };
        let middle = (WINDOW / 2.0).to_pos2();
        stage.frame(vec![Event::PointerMoved(middle)]);
        stage
    }

    fn input(&mut self, events: Vec<Event>) -> RawInput {
        self.time += 1.0 / 60.0;
        let screen_rect = Some(Rect::from_min_size(pos2(0.0, 0.0), WINDOW));
        RawInput { screen_rect, time: Some(self.time), events, ..RawInput::default() }
    }

    /// One frame, up to the triangles; their number keeps it from being optimised away.
    fn frame(&mut self, events: Vec<Event>) -> usize {
        let input = self.input(events);
        let canvas = &mut self.canvas;
        let layouter = &mut self.layouter;
        let request = &self.request;
        let output = self.ctx.run_ui(input, |ui| {
            let scene = layouter.layout_journey(request);
            let none = BTreeSet::new();
            let input = CanvasInput::new(&scene, &request.project, request.journey, &none);
            canvas.ui(ui, &input);
        });
        let triangles = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        triangles.len()
    }

    /// The whole map in view, moving to and fro.
    fn fit(&mut self) -> Times {
        self.canvas.queue_order(CanvasOrder::Fit);
        self.frame(Vec::new());
        Times::of(FRAMES, |index| self.frame(vec![wheel(if index % 40 < 20 { 1.5 } else { -1.5 })]))
    }

    /// Panning at reading zoom.
    pub(crate) fn pan(&mut self) -> Times {
        self.canvas.queue_order(CanvasOrder::ZoomActual);
        self.frame(Vec::new());
        Times::of(FRAMES, |index| self.frame(vec![wheel(if index % 120 < 60 { -9.0 } else { 9.0 })]))
    }

    /// From the whole map to its own size and back.
    fn sweep(&mut self) -> Times {
        self.canvas.queue_order(CanvasOrder::Fit);
        self.frame(Vec::new());
        let factor = (1.0 / self.canvas.zoom_level()).max(1.5).powf(1.0 / 60.0);
        Times::of(FRAMES, |index| {
            let zoom = if index % 120 < 60 { factor } else { 1.0 / factor };
            self.frame(vec![Event::Zoom(zoom)])
        })
    }
}

fn wheel(by: f32) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(by, 0.0),
        phase: TouchPhase::Move,
        modifiers: Modifiers::NONE,
        source: egui::MouseWheelSource::Unknown,
    }
}

/// The same number of cards as two text bars on a ground each, painted straight into egui.
fn bare(count: usize) -> Times {
    let ctx = egui::Context::default();
    let columns = (1.3 * (count as f64).sqrt()).ceil() as usize;
    let rows = count.div_ceil(columns);
    let cell = vec2(WINDOW.x / columns as f32, WINDOW.y / rows as f32);
    let draw = |painter: &egui::Painter, index: usize| {
        let at = pos2((index / rows) as f32 * cell.x, (index % rows) as f32 * cell.y);
        painter.rect_filled(Rect::from_min_size(at, cell * 0.8), 0.0, egui::Color32::GRAY);
        for line in [0.2, 0.5] {
            let bar = Rect::from_min_size(at + cell * vec2(0.1, line), cell * vec2(0.5, 0.1));
            painter.rect_filled(bar, 0.0, egui::Color32::BLACK);
        }
        let middle = at + cell * vec2(0.8, 0.4);
        painter.line_segment([middle, middle + vec2(cell.x * 0.2, 0.0)], (1.0, egui::Color32::DARK_GRAY));
    };
    Times::of(FRAMES, |_| {
        let screen_rect = Some(Rect::from_min_size(pos2(0.0, 0.0), WINDOW));
        let input = RawInput { screen_rect, ..RawInput::default() };
        let output = ctx.run_ui(input, |ui| (0..count).for_each(|index| draw(ui.painter(), index)));
        ctx.tessellate(output.shapes, output.pixels_per_point).len()
    })
}

/// Frames of 10,000 cards against 100 cards, and against painting them without our layers.
pub(crate) fn run(table: &mut Table) {
    let stage = |count: usize| {
        let sample = sample(count);
        Stage::new(LayoutRequest::new(sample.project, sample.journey))
    };
    let mut small = stage(100);
    let mut large = stage(10_000);
    let bare = bare(10_000);
    note("frame, 10,000 cards painted bare", &bare, "");
    let fit = large.fit();
    table.gate("frame, 10,000 in view", &fit, "8, p99 16 ms", fit.ratio(&bare), (1.0, "painted bare"));
    let over_100 = small.pan();
    note("frame, panning over 100", &over_100, "");
    let pan = large.pan();
    table.gate("frame, panning over 10,000", &pan, "3 ms", pan.ratio(&over_100), (1.5, "over 100"));
    let sweep = large.sweep();
    let p95 = sweep.percentile(95).as_secs_f64() / bare.median().as_secs_f64().max(1e-9);
    table.gate("frame, zooming 10,000 (ratio of p95)", &sweep, "p95 16 ms", p95, (2.0, "painted bare"));
}
