//! Trend chart: the score of an element from wave to wave. A question that was asked differently begins a
//! separate line, so that the break is visible.

use super::{ChartInput, element_title, score_cells, score_tone, scores_axis};
use crate::analysis::chart::{Chart, ChartAxis, ChartMark, ChartTable, MarkForm};
use crate::feedback::overlay::OverlayChoice;
use crate::feedback::score::Formula;
use crate::feedback::trend::{TrendPoint, compute_trends};
use crate::i18n::{Msg, format_signed};
use crate::id::Id;

pub(super) fn build_chart(ask: &ChartInput<'_>) -> Chart {
    let Some(target) = ask.chart_target() else { return ask.empty_chart(Msg::NoScoresHere) };
    let points = compute_trends(ask.project, ask.shown).remove(&target).unwrap_or_default();
    let Some(formula) = points.last().map(|point| point.score.formula) else {
        return ask.empty_chart(Msg::NoScoresHere);
    };
    // Scores of another metric or scale do not fit this axis.
    let fits = |point: &TrendPoint| same_axis(&point.score.formula, &formula);
    let points: Vec<(f64, TrendPoint)> =
        (0_u32..).map(f64::from).zip(points).filter(|(_, p)| fits(p)).collect();
    let series: Vec<&[(f64, TrendPoint)]> = points.chunk_by(|_, next| !next.1.breaks).collect();
    let line = |line: &&[(f64, TrendPoint)]| {
        let at = |(x, point): &(f64, TrendPoint)| Some((*x, point.score.score.value?));
        ChartMark::without_tooltip(MarkForm::Path(line.iter().filter_map(at).collect()))
    };
    let mut marks: Vec<ChartMark> = series.iter().map(line).collect();
    marks.extend(points.iter().map(|(x, point)| point_mark(ask, target, *x, point)));
    let all = OverlayChoice { wave: None, ..ask.shown.clone() };
    let mut notes = ChartInput { shown: &all, ..*ask }.source_notes(Some(&formula));
    if series.len() > 1 {
        notes.insert(0, Msg::TrendBreaks.text(ask.lang).to_owned());
    }
    let waves: Vec<String> = points.iter().map(|(_, point)| wave_label(ask, point)).collect();
    Chart {
        title: format!("{} · {}", element_title(ask.project, target), ask.group_name()),
        notes,
        x: ChartAxis::of_names(waves),
        y: scores_axis(&formula, ask.lang),
        marks,
        table: ChartTable {
            header: ask.score_header(&[Msg::Wave, Msg::SurveyQuestion]),
            rows: points.iter().map(|(_, point)| table_row(ask, point)).collect(),
        },
    }
}

fn same_axis(one: &Formula, other: &Formula) -> bool {
    one.kind == other.kind && one.score_domain() == other.score_domain()
}

fn wave_label(ask: &ChartInput<'_>, point: &TrendPoint) -> String {
    ask.project.waves().get(&point.wave).map(|wave| wave.label.clone()).unwrap_or_default()
}

fn point_mark(ask: &ChartInput<'_>, target: Id, x: f64, point: &TrendPoint) -> ChartMark {
    let score = &point.score.score;
    let formula = &point.score.formula;
    let value = score.value.unwrap_or_default();
    let mut tip = ask.score_tooltip(&wave_label(ask, point), formula, score);
    if let Some(change) = &point.change {
        let moved = format_signed(change.difference.value, if formula.is_share() { 1 } else { 2 });
        let message = if change.is_proven() { Msg::ChangedBy } else { Msg::NotProvenBy };
        tip = format!("{tip}\n{}", message.text_with(ask.lang, &[("value", &moved)]));
    }
    let form = MarkForm::Dot { x, y: value, interval: score.interval, name: String::new() };
    ChartMark {
        form,
        tone: score_tone(formula, value),
        small: point.score.is_small(),
        tip,
        target: Some(target),
    }
}

fn table_row(ask: &ChartInput<'_>, point: &TrendPoint) -> Vec<String> {
    let question = ask.project.questions().get(&point.score.question);
    let question = question.map(|question| question.text.clone()).unwrap_or_default();
    [wave_label(ask, point), question].into_iter().chain(score_cells(&point.score.score)).collect()
}
