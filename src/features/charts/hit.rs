//! Hit areas of a chart's marks on the screen.

use super::plot::DOT;
use egui::{Rect, Vec2};
use egui_plot::{PlotPoint, PlotTransform};
use engine::analysis::chart::{Chart, ChartMark, MarkForm};

/// A mark with its area on the screen.
pub(super) struct ChartHit<'a> {
    pub(super) mark: &'a ChartMark,
    /// The area in which the pointer hits the mark.
    pub(super) rect: Rect,
    /// The drawn bar, if the mark is one.
    pub(super) body: Option<Rect>,
}

/// Returns the hit areas of the marks.
pub(super) fn hit_areas<'a>(chart: &'a Chart, transform: &PlotTransform, thick: f64) -> Vec<ChartHit<'a>> {
    let rect = |a: (f64, f64), b: (f64, f64)| {
        transform.rect_from_values(&PlotPoint::new(a.0, a.1), &PlotPoint::new(b.0, b.1))
    };
    let half = thick / 2.0;
    let hit = |mark: &'a ChartMark| match &mark.form {
        MarkForm::Column(bar) => Some(ChartHit {
            mark,
            rect: rect((bar.at - 0.5, chart.y.low), (bar.at + 0.5, chart.y.high)),
            body: Some(rect((bar.at - half, 0.0_f64.min(bar.value)), (bar.at + half, bar.value.max(0.0)))),
        }),
        MarkForm::Row(bar) => Some(ChartHit {
            mark,
            rect: rect((chart.x.low, bar.at - 0.5), (chart.x.high, bar.at + 0.5)),
            body: Some(rect((0.0_f64.min(bar.value), bar.at - half), (bar.value.max(0.0), bar.at + half))),
        }),
        MarkForm::Dot { x, y, .. } => {
            let at = transform.position_from_point(&PlotPoint::new(*x, *y));
            Some(ChartHit { mark, rect: Rect::from_center_size(at, Vec2::splat(4.0 * DOT)), body: None })
        }
        MarkForm::Path(_) | MarkForm::Upright(_) | MarkForm::Level(_) | MarkForm::Area { .. } => None,
    };
    chart.marks.iter().filter_map(hit).collect()
}
