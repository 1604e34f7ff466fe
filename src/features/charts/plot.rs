//! A chart on the screen: pointing at a mark shows its figures, a click leads to its element.

use super::hit::ChartHit;
use crate::app::style::{font_id, to_color32};
use egui::{Align2, Color32, CursorIcon, Rangef, RichText, Stroke, Ui, Vec2};
use egui_plot::{
    AxisHints, Bar, BarChart, GridMark, HLine, Line, Plot, PlotPoint, PlotPoints, PlotTransform, PlotUi,
    Points, Text, VLine,
};
use engine::analysis::chart::{Chart, ChartAxis, ChartBar, MarkForm, Tone};
use engine::id::Id;
use engine::layout::chart::place_names;
use engine::scene::{Rect, pt};
use engine::theme::size::{space, text};
use engine::theme::{Face, Theme};

/// A bar's thickness as a share of its step, and its limit in points.
const THICK: f64 = 0.72;
const THICKEST: f32 = 84.0;
/// Largest width of the names left of horizontal bars, in points.
const NAMES: f32 = 220.0;
/// Radius of a point, in points of the screen.
pub(super) const DOT: f32 = 5.0;

/// Shows the chart; returns the element of the clicked mark.
pub(crate) fn show(ui: &mut Ui, theme: &Theme, chart: &Chart, size: Vec2) -> Option<Id> {
    let x = &chart.x;
    let y = &chart.y;
    let names = if y.names { widest_label(ui, y).min(NAMES) } else { 0.0 };
    let xs = grid_marks(x);
    let ys = grid_marks(y);
    let plot = Plot::new("chart")
        .width(size.x)
        .height(size.y)
        .show_background(false)
        .show_crosshair(false)
        .show_grid([!x.names, !y.names])
        .grid_color(to_color32(theme.hairline))
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .label_formatter(|_| None)
        .x_grid_spacer(move |_| xs.clone())
        .y_grid_spacer(move |_| ys.clone())
        .custom_x_axes(vec![axis_hints(AxisHints::new_x(), x, theme)])
        .custom_y_axes(vec![axis_hints(AxisHints::new_y(), y, theme).min_thickness(names)]);
    let step =
        if y.names { size.y / y.ticks.len().max(1) as f32 } else { size.x / x.ticks.len().max(1) as f32 };
    let thick = THICK.min(f64::from(THICKEST / step.max(1.0)));
    let shown = plot.show(ui, |plot| {
        // Leaves room for figures to the right of horizontal bars.
        let room = if y.names { 0.1 * (x.high - x.low) } else { 0.0 };
        plot.set_plot_bounds_x(x.low..=x.high + room);
        plot.set_plot_bounds_y(y.low..=y.high);
        draw_marks(plot, theme, chart, thick);
    });
    let hits = super::hit::hit_areas(chart, &shown.transform, thick);
    let painter = ui.painter().with_clip_rect(*shown.transform.frame());
    for hit in hits.iter().filter(|hit| hit.mark.small) {
        hatch_bar(&painter, hit, to_color32(theme.text).gamma_multiply(0.5));
    }
    name_points(ui, theme, chart, &shown.transform);
    let label = std::iter::once(chart.title.as_str()).chain(chart.notes.iter().map(String::as_str));
    crate::panels::widgets::set_accessible_name(
        &shown.response,
        egui::Role::Image,
        &label.collect::<Vec<_>>().join(". "),
    );
    let at = shown.response.hover_pos()?;
    let hit = hits.iter().filter(|hit| !hit.mark.tip.is_empty()).rev().find(|hit| hit.rect.contains(at))?;
    let clicked = shown.response.clicked();
    let target = hit.mark.target;
    if target.is_some() {
        ui.set_cursor_icon(CursorIcon::PointingHand);
    }
    shown.response.on_hover_text_at_pointer(&hit.mark.tip);
    if clicked { target } else { None }
}

/// Draws the names of points where there is room for them.
fn name_points(ui: &Ui, theme: &Theme, chart: &Chart, transform: &PlotTransform) {
    let painter = ui.painter();
    let named = chart.marks.iter().filter_map(|mark| match &mark.form {
        MarkForm::Dot { x, y, name, .. } => {
            let at = transform.position_from_point(&PlotPoint::new(*x, *y));
            let font = font_id(Face::Regular, text::SMALL);
            Some((pt(at.x, at.y), painter.layout_no_wrap(name.clone(), font, to_color32(theme.text))))
        }
        _ => None,
    });
    let (points, galleys): (Vec<_>, Vec<_>) = named.unzip();
    let widths: Vec<f32> = galleys.iter().map(|galley| galley.size().x).collect();
    let frame = transform.frame();
    let room = Rect::new(frame.min.x, frame.min.y, frame.width() + space::L, frame.height());
    for (place, galley) in place_names(&points, &widths, room).into_iter().zip(galleys) {
        if let Some(place) = place {
            let top = egui::pos2(place.x, place.y - galley.size().y / 2.0);
            painter.galley(top, galley, to_color32(theme.text));
        }
    }
}

/// Returns the width of an axis' longest label plus its margin, in points.
fn widest_label(ui: &Ui, axis: &ChartAxis) -> f32 {
    let width = |label: &String| {
        let font = font_id(Face::Regular, text::SMALL);
        ui.painter().layout_no_wrap(label.clone(), font, Color32::BLACK).size().x
    };
    axis.ticks.iter().map(|tick| width(&tick.label)).fold(0.0, f32::max) + space::L
}

fn grid_marks(axis: &ChartAxis) -> Vec<GridMark> {
    axis.ticks.iter().map(|tick| GridMark { value: tick.at, step_size: axis.high - axis.low }).collect()
}

fn axis_hints<'a>(hints: AxisHints<'a>, axis: &ChartAxis, theme: &Theme) -> AxisHints<'a> {
    let ticks = axis.ticks.clone();
    hints
        .label(RichText::new(&axis.label).size(text::SMALL).color(to_color32(theme.soft)))
        .label_spacing(Rangef::new(2.0, 4.0))
        .tick_label_color(to_color32(theme.soft))
        .tick_label_font(font_id(Face::Regular, text::SMALL))
        .formatter(move |mark, _| {
            let near = ticks.iter().find(|tick| (tick.at - mark.value).abs() < 1e-9);
            near.map(|tick| shorten_name(&tick.label)).unwrap_or_default()
        })
}

/// Shortens a name to at most 30 characters, to fit beside its bar.
fn shorten_name(name: &str) -> String {
    const MOST: usize = 30;
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    name.chars().take(MOST - 1).chain(['…']).collect()
}

fn draw_marks(plot: &mut PlotUi<'_>, theme: &Theme, chart: &Chart, thick: f64) {
    for mark in &chart.marks {
        match &mark.form {
            MarkForm::Column(bar) => {
                let fill = tone_color(mark.tone, theme);
                plot.bar_chart(styled_bar(bar, thick, fill, theme).allow_hover(false));
                draw_whisker(plot, theme, bar.interval.map(|(low, high)| [[bar.at, low], [bar.at, high]]));
                let top = bar.interval.map_or(bar.value, |(_, high)| high.max(bar.value));
                draw_label(plot, theme, &bar.figure, (bar.at, top), Align2::CENTER_BOTTOM);
            }
            MarkForm::Row(bar) => {
                plot.bar_chart(
                    styled_bar(bar, thick, tone_color(mark.tone, theme), theme)
                        .horizontal()
                        .allow_hover(false),
                );
                draw_whisker(plot, theme, bar.interval.map(|(low, high)| [[low, bar.at], [high, bar.at]]));
                let end = bar.interval.map_or(bar.value, |(_, high)| high.max(bar.value)).max(0.0);
                draw_label(plot, theme, &format!(" {}", bar.figure), (end, bar.at), Align2::LEFT_CENTER);
            }
            MarkForm::Dot { x, y, interval, .. } => {
                draw_whisker(plot, theme, interval.map(|(low, high)| [[*x, low], [*x, high]]));
                // The edge keeps pale points visible; a point on few answers is hollow.
                let inner = if mark.small { to_color32(theme.surface) } else { tone_color(mark.tone, theme) };
                for (radius, fill) in [(DOT + 1.2, to_color32(theme.text)), (DOT, inner)] {
                    let point = Points::new("dot", vec![[*x, *y]]).radius(radius).color(fill);
                    plot.points(point.allow_hover(false));
                }
            }
            MarkForm::Path(points) => {
                let points: PlotPoints<'_> = points.iter().map(|(x, y)| [*x, *y]).collect();
                plot.line(
                    Line::new("path", points).width(2.0).color(to_color32(theme.accent)).allow_hover(false),
                );
            }
            MarkForm::Upright(x) => {
                plot.vline(VLine::new("x", *x).color(to_color32(theme.outline)).allow_hover(false));
            }
            MarkForm::Level(y) => {
                plot.hline(HLine::new("y", *y).color(to_color32(theme.outline)).allow_hover(false));
            }
            MarkForm::Area { from, to, name } => {
                let words = RichText::new(format!(" {name}")).size(text::TINY).color(to_color32(theme.muted));
                let at = PlotPoint::new(from.0, to.1);
                plot.text(Text::new("area", at, words).anchor(Align2::LEFT_TOP).allow_hover(false));
            }
        }
    }
}

fn styled_bar(bar: &ChartBar, width: f64, fill: Color32, theme: &Theme) -> BarChart {
    let drawn = Bar::new(bar.at, bar.value).width(width).fill(fill);
    BarChart::new("bar", vec![drawn.stroke(Stroke::new(1.0, to_color32(theme.ramp_edge)))])
}

fn draw_whisker(plot: &mut PlotUi<'_>, theme: &Theme, ends: Option<[[f64; 2]; 2]>) {
    if let Some(ends) = ends {
        let line = Line::new("interval", ends.to_vec()).width(1.5).color(to_color32(theme.text));
        plot.line(line.allow_hover(false));
        let caps = Points::new("ends", ends.to_vec()).radius(2.5).color(to_color32(theme.text));
        plot.points(caps.allow_hover(false));
    }
}

fn draw_label(plot: &mut PlotUi<'_>, theme: &Theme, words: &str, at: (f64, f64), anchor: Align2) {
    let words = RichText::new(words).font(font_id(Face::SemiBold, text::TINY)).color(to_color32(theme.text));
    plot.text(Text::new("words", PlotPoint::new(at.0, at.1), words).anchor(anchor).allow_hover(false));
}

fn tone_color(tone: Tone, theme: &Theme) -> Color32 {
    to_color32(match tone {
        Tone::Ramp(position) => theme.ramp_step(position).fill,
        Tone::Accent => theme.accent,
        Tone::Quiet => theme.hairline,
    })
}

/// Draws thin diagonal lines over a bar based on few answers.
fn hatch_bar(painter: &egui::Painter, hit: &ChartHit<'_>, ink: Color32) {
    let Some(rect) = hit.body else { return };
    let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    let lines = ((rect.width() + rect.height()) / 6.0).clamp(0.0, 400.0) as u16;
    for line in 1..=lines {
        let from = rect.left_top() + Vec2::new(f32::from(line) * 6.0, 0.0);
        painter.line_segment([from, from + Vec2::new(-rect.height(), rect.height())], Stroke::new(1.2, ink));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut_with_an_ellipsis() {
        assert_eq!(shorten_name("Online boarding"), "Online boarding");
        let cut = shorten_name(&"旅".repeat(40));
        assert!(cut.ends_with('…') && cut.chars().count() == 30);
    }
}
