//! A chart as a printable picture: title, plot, axes, and notes on how its figures are computed.

mod marks;
mod names;

pub use names::place_names;

use super::measure::FontMeasure;
use super::pen::{Align, BlockPen};
use super::text::{Paragraph, Setting};
use crate::analysis::chart::{Chart, ChartAxis, MarkForm};
use crate::scene::{PageGrid, Placed, Pt, Rect, Scene, ScenePart, Stroke, pt};
use crate::theme::size::{space, text};
use crate::theme::{Color, Face, Theme, ThemeId};
use std::sync::Arc;

/// Width of the page.
const WIDTH: f32 = 880.0;
/// Height of the plot with upright bars.
const HEIGHT: f32 = 380.0;
/// Minimum height of a horizontal bar with its padding, and the gap between two names of several rows.
const ROW: f32 = 34.0;
const BETWEEN: f32 = 8.0;
/// Maximum width of the names left of horizontal bars, and of the figures.
const NAMES: f32 = 220.0;
const FIGURES: f32 = 52.0;
/// Width right of the plot, for text beside the last mark.
const RIGHT: f32 = 56.0;

/// Draws a chart as a scene.
pub fn draw_chart(chart: &Chart, theme: ThemeId) -> Scene {
    let mut measure = FontMeasure::new();
    let pen = BlockPen::new(&mut measure);
    let plot = Rect::default();
    let mut drawing = ChartPainter { chart, theme: theme.theme(), pen, plot };
    let height = drawing.draw_page();
    let size = pt(WIDTH, height);
    let page = Rect::new(0.0, 0.0, size.x, size.y);
    let block = drawing.pen.into_block(None, ScenePart::Score, page, chart.title.clone());
    let mut ground = BlockPen::new(&mut measure);
    ground.draw_rect(page, 0.0, Some(theme.theme().surface), None);
    let ground = ground.into_block(None, ScenePart::Page, page, String::new());
    let items = [ground, block].map(|block| Placed { at: pt(0.0, 0.0), block: Arc::new(block) }).into();
    Scene { size, items, grid: PageGrid::default() }
}

struct ChartPainter<'a> {
    chart: &'a Chart,
    theme: &'static Theme,
    pen: BlockPen<'a>,
    /// The plot's place on the page.
    plot: Rect,
}

impl ChartPainter<'_> {
    /// Draws everything; returns the page's height.
    fn draw_page(&mut self) -> f32 {
        let left = space::XXL;
        let room = WIDTH - 2.0 * space::XXL;
        let title = Setting { face: Face::SemiBold, size: text::TITLE, room, rows: usize::MAX };
        let rows = self.pen.break_text(&self.chart.title, title);
        let mut y = self.pen.draw_paragraph(rows, pt(left, space::XXL), self.theme.text) + space::L;
        let names = if self.chart.y.names { NAMES } else { FIGURES };
        let width = WIDTH - left - names - RIGHT;
        let x_names = self.x_names(width);
        let y_names = self.y_names();
        let rows = self.chart.y.ticks.len().max(1) as f32;
        let tallest = |names: &[Paragraph]| names.iter().map(Paragraph::height).fold(0.0, f32::max);
        let row = ROW.max(tallest(&y_names) + BETWEEN);
        let height = if self.chart.y.names { rows * row } else { HEIGHT };
        self.plot = Rect::new(left + names, y, width, height);
        let line = x_names.first().map_or(0.0, |name| name.line);
        let below = (tallest(&x_names) - line).max(0.0);
        self.draw_axes(&x_names, &y_names, below);
        for mark in &self.chart.marks {
            self.draw_mark(mark);
        }
        self.draw_names();
        y += height + below + if self.chart.x.label.is_empty() { space::XXL } else { space::PAGE };
        for note in &self.chart.notes {
            let setting = Setting { face: Face::Regular, size: text::SMALL, room, rows: usize::MAX };
            let rows = self.pen.break_text(note, setting);
            y = self.pen.draw_paragraph(rows, pt(left, y), self.theme.soft) + 2.0;
        }
        y + space::XL
    }

    fn x(&self, value: f64) -> f32 {
        self.plot.min.x + axis_share(&self.chart.x, value) * self.plot.width()
    }

    fn y(&self, value: f64) -> f32 {
        self.plot.max.y - axis_share(&self.chart.y, value) * self.plot.height()
    }

    fn point_at(&self, (x, y): (f64, f64)) -> Pt {
        pt(self.x(x), self.y(y))
    }

    /// Sets the names left of horizontal bars, unshortened.
    fn y_names(&mut self) -> Vec<Paragraph> {
        let room = NAMES - space::M;
        let setting = Setting { face: Face::Regular, size: text::SMALL, room, rows: usize::MAX };
        if !self.chart.y.names {
            return Vec::new();
        }
        self.chart.y.ticks.iter().map(|tick| self.pen.break_text(&tick.label, setting)).collect()
    }

    /// Sets the labels below the plot, unshortened, each no wider than its step.
    fn x_names(&mut self, width: f32) -> Vec<Paragraph> {
        let step = width / self.chart.x.ticks.len().max(1) as f32;
        let room = if self.chart.x.names { step - space::S } else { width };
        let setting = Setting { face: Face::Regular, size: text::TINY, room, rows: usize::MAX };
        self.chart.x.ticks.iter().map(|tick| self.pen.break_text(&tick.label, setting)).collect()
    }

    /// Draws grid lines where the axis has values, and all labels; those of x extend `below` their first
    /// rows.
    fn draw_axes(&mut self, x_names: &[Paragraph], y_names: &[Paragraph], below: f32) {
        let plot = self.plot;
        let theme = self.theme;
        let grid = Stroke { color: theme.hairline, width: 1.0, dash: Some((2.0, 4.0)) };
        let style = (Face::Regular, text::TINY, theme.muted);
        for (place, tick) in self.chart.y.ticks.iter().enumerate() {
            let y = self.y(tick.at);
            if let Some(name) = y_names.get(place) {
                let ink = (Face::Regular, text::SMALL, theme.text);
                let middle = pt(plot.min.x - space::M, y - (name.height() - name.line) / 2.0);
                self.draw_rows(name, ink, middle, Align::End);
            } else {
                self.pen.draw_line(pt(plot.min.x, y), pt(plot.max.x, y), grid);
                self.pen.draw_text(&tick.label, style, pt(plot.min.x - space::S, y), Align::End);
            }
        }
        for (tick, name) in self.chart.x.ticks.iter().zip(x_names) {
            let x = self.x(tick.at);
            if !self.chart.x.names {
                self.pen.draw_line(pt(x, plot.min.y), pt(x, plot.max.y), grid);
            }
            self.draw_rows(name, style, pt(x, plot.max.y + space::M), Align::Middle);
        }
        let style = (Face::Regular, text::TINY, theme.soft);
        let end = pt(plot.max.x, plot.max.y + below + space::XXL);
        self.pen.draw_text(&self.chart.x.label, style, end, Align::End);
        if !self.chart.y.names {
            self.pen.draw_text(
                &self.chart.y.label,
                style,
                pt(plot.min.x, plot.min.y - space::M),
                Align::Start,
            );
        }
        let base = Stroke::solid_line(theme.outline, 1.0);
        let lying = self.chart.marks.iter().any(|mark| matches!(mark.form, MarkForm::Row(_)));
        if lying {
            let zero = self.x(0.0_f64.clamp(self.chart.x.low, self.chart.x.high));
            self.pen.draw_line(pt(zero, plot.min.y), pt(zero, plot.max.y), base);
        } else {
            let zero = self.y(0.0_f64.clamp(self.chart.y.low, self.chart.y.high));
            self.pen.draw_line(pt(plot.min.x, zero), pt(plot.max.x, zero), base);
        }
    }
}

impl ChartPainter<'_> {
    /// Draws rows of text one below the other, the first centred at `at`.
    fn draw_rows(&mut self, name: &Paragraph, style: (Face, f32, Color), mut at: Pt, align: Align) {
        for row in &name.rows {
            self.pen.draw_text(&row.text, style, at, align);
            at.y += name.line;
        }
    }
}

/// Returns the position of a value on its axis, 0 to 1.
fn axis_share(axis: &ChartAxis, value: f64) -> f32 {
    let span = (axis.high - axis.low).max(f64::MIN_POSITIVE);
    ((value - axis.low) / span).clamp(0.0, 1.0) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::chart::{ChartBar, ChartMark, Tone};
    use crate::scene::SceneShape;

    #[test]
    fn a_chart_stays_on_its_page_and_longer_bars_reach_further() {
        let bar = |at: f64, value: f64| {
            let interval = Some((value - 5.0, value + 5.0));
            let form = MarkForm::Row(ChartBar { at, value, interval, figure: format!("{value}") });
            ChartMark {
                form,
                tone: Tone::Ramp(value / 100.0),
                small: at > 0.0,
                tip: String::new(),
                target: None,
            }
        };
        let names = ["A touchpoint with a name that is far too long for the room left of its bar", "旅程"];
        let chart = Chart {
            title: "Drivers".to_owned(),
            notes: vec!["n 412".to_owned(); 3],
            x: ChartAxis::of_values("%", 0.0, 100.0, |value| format!("{value}")),
            y: ChartAxis::of_names(names.map(str::to_owned)),
            marks: vec![bar(0.0, 80.0), bar(1.0, 20.0)],
            ..Chart::default()
        };
        for theme in ThemeId::ALL {
            let scene = draw_chart(&chart, theme);
            let page = Rect::new(0.0, 0.0, scene.size.x, scene.size.y);
            assert_eq!(scene.items[1].bounds(), page, "{theme:?}");
            let drawn = scene.items[1].block.shapes.iter().filter_map(|shape| match shape {
                SceneShape::Text(row) => Some(row.text.as_str()),
                _ => None,
            });
            let drawn = drawn.collect::<Vec<_>>().join(" ");
            assert!(names.iter().all(|name| drawn.contains(name)), "a name is cut: {drawn}");
            let bars = scene.items[1].block.shapes.iter().filter_map(|shape| match shape {
                SceneShape::Rect { rect, radius, .. } if *radius > 0.0 => Some(rect.width()),
                _ => None,
            });
            let widths: Vec<f32> = bars.collect();
            assert!((widths[0] / widths[1] - 4.0).abs() < 0.01, "{widths:?}");
        }
    }
}
