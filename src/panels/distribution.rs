//! The distribution of a question's answers: a histogram whose bars show their figures when pointed at.

use super::widgets::hint_label;
use crate::app::style::to_color32;
use egui::{Align2, Rangef, RichText, Stroke, Ui};
use egui_plot::{AxisHints, Bar, BarChart, GridMark, Plot, PlotPoint, Text};
use engine::feedback::overlay::{Overlay, TargetScore};
use engine::feedback::score::Formula;
use engine::i18n::{Explain, Lang, Msg, format_count, format_date, format_figure, format_percent};
use engine::model::choice::MetricKind;
use engine::theme::Theme;
use engine::theme::size::text;

/// Height of the histogram, in points.
const HEIGHT: f32 = 96.0;
/// Gap between bars, as a share of a step.
const GAP: f64 = 0.22;

/// An answer on the scale with its count, or its share in millionths if the counts are unknown.
#[derive(Debug, Clone, Copy, PartialEq)]
struct AnswerBar {
    answer: f64,
    given: u64,
    /// The position of the answer from worst (0) to best (1).
    place: f64,
}

/// Shows the histogram of a score, unless there are no answers or more than 101 different ones.
pub(crate) fn show(ui: &mut Ui, theme: &Theme, lang: Lang, target: &TargetScore) {
    let columns = answer_bars(target);
    if target.score.value.is_some() && columns.len() <= 101 {
        show_histogram(ui, theme, lang, target, &columns);
    }
}

/// Lists the files from which the scores come.
pub(crate) fn show_sources(ui: &mut Ui, theme: &Theme, lang: Lang, overlay: &Overlay) {
    for origin in &overlay.origins {
        let day = Msg::ImportedOn.text_with(lang, &[("date", &format_date(lang, origin.imported))]);
        let waves: Vec<&str> = origin.waves.iter().map(String::as_str).collect();
        hint_label(ui, theme, &format!("{} · {} · {day}", origin.explain(lang), waves.join(", ")));
    }
}

/// Returns a column for every step of the scale, answered or not, and for answers between steps.
fn answer_bars(target: &TargetScore) -> Vec<AnswerBar> {
    let Formula { low, high, .. } = target.formula;
    let on_scale = Formula { kind: MetricKind::Mean, share: false, ..target.formula };
    let column = |answer: f64, given: u64| AnswerBar { answer, given, place: on_scale.ramp_position(answer) };
    let steps = (high - low).clamp(0.0, 100.0) as usize;
    let mut found: Vec<AnswerBar> = (0..=steps).map(|step| column(low + step as f64, 0)).collect();
    let histogram = &target.histogram;
    let given = if histogram.is_of_unknown_n() { &histogram.shares } else { &histogram.answers };
    for (answer, given) in given {
        match found.iter_mut().find(|column| (column.answer - answer.get()).abs() < 1e-9) {
            Some(column) => column.given += given,
            None => found.push(column(answer.get(), *given)),
        }
    }
    found.sort_by(|a, b| a.answer.total_cmp(&b.answer));
    found
}

fn show_histogram(ui: &mut Ui, theme: &Theme, lang: Lang, target: &TargetScore, columns: &[AnswerBar]) {
    let n: u64 = columns.iter().map(|column| column.given).sum();
    let known = !target.histogram.is_of_unknown_n();
    let bars = columns.iter().map(|column| {
        let share = column.given as f64 / n as f64;
        Bar::new(column.answer, share * 100.0)
            .width(1.0 - GAP)
            .fill(to_color32(theme.ramp_step(column.place).fill))
            .stroke(Stroke::new(1.0, to_color32(theme.ramp_edge)))
    });
    let chart = BarChart::new(Msg::Distribution.text(lang), bars.collect()).allow_hover(false);
    // Bars are labelled with their share if there are few enough.
    let labelled = columns.len() <= 7;
    let answers: Vec<f64> = columns.iter().map(|column| column.answer).collect();
    let most = columns.iter().map(|column| column.given).max().unwrap_or(1) as f64 / n as f64 * 100.0;
    let low = target.formula.low;
    let high = target.formula.high;
    let axis = AxisHints::new_x()
        .label_spacing(Rangef::new(4.0, 8.0))
        .tick_label_color(to_color32(theme.soft))
        .formatter(|mark, _| format_figure(mark.value, 1));
    let shown = Plot::new(("distribution", target.question))
        .height(HEIGHT)
        .show_axes([true, false])
        .show_grid(false)
        .show_background(false)
        .show_crosshair(false)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .default_x_bounds(low - 0.6, high + 0.6)
        .default_y_bounds(0.0, most * if labelled { 1.35 } else { 1.1 })
        .x_grid_spacer(move |_| axis_marks(&answers))
        .custom_x_axes(vec![axis])
        .show(ui, |plot| {
            plot.bar_chart(chart);
            for column in columns.iter().filter(|column| labelled && column.given > 0) {
                let share = column.given as f64 / n as f64;
                let words = RichText::new(format_percent(lang, share, 0))
                    .size(text::TINY)
                    .color(to_color32(theme.soft));
                let at = PlotPoint::new(column.answer, share * 100.0);
                plot.text(Text::new("share", at, words).anchor(Align2::CENTER_BOTTOM).allow_hover(false));
            }
        });
    // A tooltip, since the small plot would clip a label.
    let pointed = shown.response.hover_pos().map(|at| shown.transform.value_from_position(at).x);
    let near = |column: &&AnswerBar| pointed.is_some_and(|at| (column.answer - at).abs() < 0.5);
    if let Some(column) = columns.iter().find(near) {
        shown.response.on_hover_text_at_pointer(describe_bar(column, n, known, lang));
    }
}

/// Returns the marks of the axis: each answer, or every tenth if there are many.
fn axis_marks(answers: &[f64]) -> Vec<GridMark> {
    let every = if answers.len() > 11 { 10 } else { 1 };
    answers.iter().step_by(every).map(|answer| GridMark { value: *answer, step_size: 1.0 }).collect()
}

/// Describes a bar: the answer, its count if known, and its share.
fn describe_bar(column: &AnswerBar, n: u64, known: bool, lang: Lang) -> String {
    let share = format_percent(lang, column.given as f64 / n.max(1) as f64, 1);
    if !known {
        return format!("{}\n{share}", format_figure(column.answer, 2));
    }
    format!("{}\n{} ({share})", format_figure(column.answer, 2), format_count(column.given))
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::feedback::score::compute_score;
    use engine::id::{IdSource, QuestionId};
    use engine::model::Question;
    use engine::model::choice::Direction;
    use engine::model::counts::{Answer, Histogram};
    use engine::order::OrderKey;

    #[test]
    fn every_step_of_the_scale_has_its_place_and_the_good_end_is_the_best() {
        let mut source = IdSource::from_seed(1);
        let mut question =
            Question::new(QuestionId::new(&mut source), OrderKey::new_after(None, &mut source));
        question.direction = Direction::LowIsGood;
        let formula = Formula::suggest_for(&question);
        let answers = [(1.0, 3), (4.0, 1)].map(|(answer, given)| (Answer::new(answer).unwrap(), given));
        let histogram = Histogram { answers: answers.into(), ..Histogram::default() };
        let score = compute_score(&histogram, &formula);
        let target =
            TargetScore { question: question.id, formula, score, domain: formula.score_domain(), histogram };
        let columns = answer_bars(&target);
        let found: Vec<_> = columns.iter().map(|column| (column.answer, column.given)).collect();
        assert_eq!(found, [(1.0, 3), (2.0, 0), (3.0, 0), (4.0, 1), (5.0, 0)]);
        assert!(columns[0].place > columns[4].place);
        assert_eq!(describe_bar(&columns[0], 4, true, Lang::ZhCn), "1\n3 (75.0%)");
    }
}
