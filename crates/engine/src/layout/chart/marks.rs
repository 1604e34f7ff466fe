//! The marks of a chart's picture: bars, points, lines and named areas.

use super::{ChartPainter, place_names};
use crate::analysis::chart::{ChartBar, ChartMark, MarkForm, Tone};
use crate::layout::pen::Align;
use crate::scene::{PathSegment, Pt, Rect, SceneShape, Stroke, pt};
use crate::theme::size::{space, text};
use crate::theme::{Color, Face};

/// Half a bar's thickness as a share of its step, and its maximum thickness in points (twice that if
/// upright).
const THICK: f64 = 0.36;
const THICKEST: f32 = 28.0;
/// Radius of a point.
const DOT: f32 = 5.0;

impl ChartPainter<'_> {
    pub(super) fn draw_mark(&mut self, mark: &ChartMark) {
        match &mark.form {
            MarkForm::Column(bar) => self.draw_column(mark, bar),
            MarkForm::Row(bar) => self.draw_row(mark, bar),
            MarkForm::Dot { x, y, interval, .. } => {
                if let Some((low, high)) = *interval {
                    self.draw_whisker(pt(self.x(*x), self.y(high)), pt(self.x(*x), self.y(low)));
                }
                let (at, (fill, _)) = (self.point_at((*x, *y)), self.mark_colors(mark.tone));
                let edge = Stroke::solid_line(self.theme.text, 1.0);
                let ground = if mark.small { self.theme.surface } else { fill };
                self.pen.draw_circle(at, DOT, ground, Some(edge));
            }
            MarkForm::Path(points) => {
                let mut points =
                    points.iter().map(|point| self.point_at(*point)).collect::<Vec<_>>().into_iter();
                let Some(start) = points.next() else { return };
                let segments = points.map(PathSegment::Line).collect();
                let stroke = Stroke::solid_line(self.theme.accent, 2.0);
                self.pen.draw_shape(SceneShape::Path { start, segments, stroke });
            }
            MarkForm::Upright(x) => {
                let x = self.x(*x);
                let plot = self.plot;
                self.pen.draw_line(
                    pt(x, plot.min.y),
                    pt(x, plot.max.y),
                    Stroke::solid_line(self.theme.outline, 1.2),
                );
            }
            MarkForm::Level(y) => {
                let y = self.y(*y);
                let plot = self.plot;
                self.pen.draw_line(
                    pt(plot.min.x, y),
                    pt(plot.max.x, y),
                    Stroke::solid_line(self.theme.outline, 1.2),
                );
            }
            MarkForm::Area { from, to, name } => {
                let low = self.point_at(*from);
                let high = self.point_at(*to);
                let style = (Face::SemiBold, text::TINY, self.theme.muted);
                self.pen.draw_text(name, style, pt(low.x + space::S, high.y + space::M), Align::Start);
            }
        }
    }

    /// Draws the names of points that have room for them.
    pub(super) fn draw_names(&mut self) {
        let mut points = Vec::new();
        for mark in &self.chart.marks {
            if let MarkForm::Dot { x, y, name, .. } = &mark.form {
                let width = self.pen.measure.text_width(Face::Regular, text::TINY, name);
                points.push((self.point_at((*x, *y)), width, name));
            }
        }
        let (at, widths): (Vec<Pt>, Vec<f32>) = points.iter().map(|(at, width, _)| (*at, *width)).unzip();
        let room = Rect { max: self.plot.max + pt(space::XXL, 0.0), ..self.plot };
        for (place, (.., name)) in place_names(&at, &widths, room).into_iter().zip(&points) {
            if let Some(place) = place {
                let style = (Face::Regular, text::TINY, self.theme.text);
                self.pen.draw_text(name, style, place, Align::Start);
            }
        }
    }

    fn mark_colors(&self, tone: Tone) -> (Color, Color) {
        match tone {
            Tone::Ramp(position) => {
                let step = self.theme.ramp_step(position);
                (step.fill, step.text)
            }
            Tone::Accent => (self.theme.accent, self.theme.on_accent),
            Tone::Quiet => (self.theme.hairline, self.theme.text),
        }
    }

    fn draw_column(&mut self, mark: &ChartMark, bar: &ChartBar) {
        let step = self.x(bar.at + THICK) - self.x(bar.at - THICK);
        let half = step.min(2.0 * THICKEST) / 2.0;
        let x = self.x(bar.at);
        let zero = self.y(0.0);
        let end = self.y(bar.value);
        let rect = Rect { min: pt(x - half, zero.min(end)), max: pt(x + half, zero.max(end)) };
        self.draw_bar_body(mark, rect);
        let mut top = rect.min.y;
        if let Some((low, high)) = bar.interval {
            self.draw_whisker(pt(x, self.y(high)), pt(x, self.y(low)));
            top = top.min(self.y(high));
        }
        let style = (Face::SemiBold, text::TINY, self.theme.text);
        self.pen.draw_text(&bar.figure, style, pt(x, top - 10.0), Align::Middle);
    }

    fn draw_row(&mut self, mark: &ChartMark, bar: &ChartBar) {
        let step = self.y(bar.at - THICK) - self.y(bar.at + THICK);
        let half = step.min(THICKEST) / 2.0;
        let y = self.y(bar.at);
        let zero = self.x(0.0);
        let end = self.x(bar.value);
        let rect = Rect { min: pt(zero.min(end), y - half), max: pt(zero.max(end), y + half) };
        self.draw_bar_body(mark, rect);
        let mut right = rect.max.x;
        if let Some((low, high)) = bar.interval {
            self.draw_whisker(pt(self.x(low), y), pt(self.x(high), y));
            right = right.max(self.x(high));
        }
        let style = (Face::SemiBold, text::TINY, self.theme.text);
        self.pen.draw_text(&bar.figure, style, pt(right + space::S, y), Align::Start);
    }

    fn draw_bar_body(&mut self, mark: &ChartMark, rect: Rect) {
        let (fill, over) = self.mark_colors(mark.tone);
        let edge = Some(Stroke::solid_line(self.theme.ramp_edge, 1.0));
        self.pen.draw_rect(rect, 3.0, Some(fill), edge);
        if mark.small {
            self.pen.draw_hatching(rect, 6.0, Stroke::solid_line(over.with_alpha(130), 1.2));
        }
    }

    /// Draws an interval with a cap at each end, vertical or horizontal.
    fn draw_whisker(&mut self, from: Pt, to: Pt) {
        let stroke = Stroke::solid_line(self.theme.text, 1.3);
        self.pen.draw_line(from, to, stroke);
        let cap = if (from.x - to.x).abs() > (from.y - to.y).abs() { pt(0.0, 4.0) } else { pt(4.0, 0.0) };
        for end in [from, to] {
            self.pen.draw_line(end - cap, end + cap, stroke);
        }
    }
}
