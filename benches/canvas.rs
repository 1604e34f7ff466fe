//! How long a frame of the canvas takes: input, paint list and tessellation of maps of 100 and 10,000 touchpoints.

use desireline::canvas::{Canvas, CanvasInput, Order, fonts};
use desireline::i18n::Lang;
use desireline::id::{FlowId, Id, JourneyId, Source, TouchpointId};
use desireline::model::Project;
use desireline::scene::{Block, Grid, Part, Placed, Rect, Scene, Segment, Shape, Stroke, TextRow, pt};
use desireline::theme::{Face, ThemeId};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

const WINDOW: egui::Vec2 = egui::vec2(1600.0, 860.0);

fn main() {
    println!("{:>8} {:>22} {:>8} {:>8} {:>8}", "cards", "path", "p50 ms", "p95 ms", "p99 ms");
    for cards in [100, 1_000, 10_000] {
        let mut bench = Bench::new(cards);
        bench.run("pan at reading zoom", &[Order::ZoomActual], |frame| Step::Pan(way(frame, 8.0)));
        bench.run("whole map, moving", &[Order::Fit], |frame| Step::Pan(way(frame, 3.0)));
        bench.run("zoom sweep", &[Order::Fit], |frame| {
            Step::Zoom(if (frame / 60).is_multiple_of(2) { 1.045 } else { 1.0 / 1.045 })
        });
    }
}

fn way(frame: usize, by: f32) -> egui::Vec2 {
    let sign = if (frame / 40).is_multiple_of(2) { -1.0 } else { 1.0 };
    egui::vec2(by * sign, by * sign * 0.5)
}

enum Step {
    Pan(egui::Vec2),
    Zoom(f32),
}

struct Bench {
    cards: usize,
    ctx: egui::Context,
    canvas: Canvas,
    scene: Arc<Scene>,
    project: Project,
    journey: JourneyId,
    time: f64,
}

impl Bench {
    fn new(cards: usize) -> Self {
        let mut source = Source::seeded(1);
        let ctx = egui::Context::default();
        fonts::install(&ctx);
        let project = desireline::edit::command::new_project("Bench", &mut source);
        let journey = project.journeys_in_order()[0].info().id;
        let scene = Arc::new(scene(cards, &mut source));
        Self { cards, ctx, canvas: Canvas::new(source), scene, project, journey, time: 0.0 }
    }

    fn run(&mut self, name: &str, orders: &[Order], step: impl Fn(usize) -> Step) {
        for order in orders {
            self.canvas.order(*order);
        }
        for _ in 0..30 {
            self.frame(Vec::new());
        }
        let mut times: Vec<Duration> = (0..240).map(|frame| self.frame(events(&step(frame)))).collect();
        times.sort_unstable();
        let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
        println!("{:>8} {name:>22} {:>8.2} {:>8.2} {:>8.2}", self.cards, at(50), at(95), at(99));
    }

    fn frame(&mut self, mut events: Vec<egui::Event>) -> Duration {
        self.time += 1.0 / 60.0;
        events.insert(0, egui::Event::PointerMoved(egui::pos2(800.0, 430.0)));
        let input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, WINDOW)),
            time: Some(self.time),
            events,
            ..egui::RawInput::default()
        };
        let begin = Instant::now();
        let selection = BTreeSet::new();
        let output = self.ctx.run_ui(input, |ui| {
            let input = CanvasInput {
                scene: &self.scene,
                project: &self.project,
                journey: self.journey,
                selection: &selection,
                theme: ThemeId::Light,
                lang: Lang::En,
                read_only: true,
                tooltip: &|_, _, _| false,
            };
            self.canvas.ui(ui, &input);
        });
        let shapes = output.shapes.clone();
        let made = begin.elapsed();
        let begin = Instant::now();
        let primitives = self.ctx.tessellate(shapes, 1.0);
        let time = made + begin.elapsed();
        assert!(!primitives.is_empty());
        output.drop_without_applying_deltas();
        time
    }
}

fn events(step: &Step) -> Vec<egui::Event> {
    match *step {
        Step::Pan(delta) => vec![egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta,
            phase: egui::TouchPhase::Move,
            modifiers: egui::Modifiers::NONE,
            source: egui::MouseWheelSource::Unknown,
        }],
        Step::Zoom(factor) => vec![egui::Event::Zoom(factor)],
    }
}

/// Cards of 180 × 90 with two lines of text, 1.3·√N columns, a flow along each row.
fn scene(cards: usize, source: &mut Source) -> Scene {
    let theme = ThemeId::Light.theme();
    let columns = (1.3 * (cards as f64).sqrt()).ceil() as usize;
    let mut items = Vec::new();
    for card in 0..cards {
        let at = pt((card % columns) as f32 * 220.0 + 150.0, (card / columns) as f32 * 120.0 + 150.0);
        if card % columns > 0 {
            let stroke = Stroke::solid(theme.flow, 1.5);
            let segments = vec![Segment::Cubic(pt(10.0, 0.0), pt(30.0, 0.0), pt(40.0, 0.0))];
            let line = Shape::Path { start: pt(0.0, 0.0), segments, stroke };
            let points = vec![pt(40.0, 0.0), pt(34.0, -4.0), pt(34.0, 4.0)];
            let head = Shape::Polygon { points, fill: Some(theme.flow), stroke: None };
            items.push(Placed {
                at: at + pt(-40.0, 45.0),
                block: block(
                    FlowId::new(source).into(),
                    Part::Flow,
                    Rect::new(0.0, -5.0, 40.0, 10.0),
                    vec![line, head],
                ),
            });
        }
        let row = |line: usize, text: String| {
            Shape::Text(TextRow {
                origin: pt(12.0, 28.0 + 18.0 * line as f32),
                width: 100.0,
                text,
                face: Face::SemiBold,
                size: 13.0,
                color: theme.text,
            })
        };
        let body = Shape::Rect {
            rect: Rect::new(0.0, 0.0, 180.0, 90.0),
            radius: 8.0,
            fill: Some(theme.raised),
            stroke: Some(Stroke::solid(theme.hairline, 1.0)),
        };
        let chip = Shape::Rect {
            rect: Rect::new(12.0, 60.0, 48.0, 18.0),
            radius: 4.0,
            fill: Some(theme.ramp[card % 7].fill),
            stroke: None,
        };
        let shapes =
            vec![body, chip, row(0, format!("Touchpoint {card}")), row(1, "second line 旅程".to_owned())];
        let bounds = Rect::new(0.0, 0.0, 180.0, 90.0);
        items.push(Placed { at, block: block(TouchpointId::new(source).into(), Part::Card, bounds, shapes) });
    }
    let rows = cards.div_ceil(columns);
    let size = pt(columns as f32 * 220.0 + 300.0, rows as f32 * 120.0 + 300.0);
    Scene { size, items, grid: Grid::default() }
}

fn block(element: Id, part: Part, bounds: Rect, shapes: Vec<Shape>) -> Arc<Block> {
    Arc::new(Block { element: Some(element), part, bounds, label: String::new(), shapes })
}
