//! Segment chart: the score of each group of customers, the best first, marked if it differs from the rest.

use super::{ChartInput, element_title, score_cells, score_tone, scores_axis};
use crate::analysis::chart::{Chart, ChartAxis, ChartBar, ChartMark, ChartTable, MarkForm};
use crate::feedback::difference::{LEVEL, adjust_by_holm, compare_samples};
use crate::feedback::overlay::segment_columns;
use crate::feedback::sample::Sample;
use crate::feedback::score::{Formula, Score, compute_score};
use crate::i18n::{Msg, figure_of};
use crate::model::counts::{Histogram, Segment};

/// One group.
struct SegmentBar {
    value: String,
    histogram: Histogram,
    score: Score,
    /// True if it differs from the rest, corrected for the comparison of all groups at once.
    differs: bool,
}

pub(super) fn build_chart(ask: &ChartInput<'_>) -> Chart {
    let Some(target) = ask.chart_target() else { return ask.empty_chart(Msg::NoScoresHere) };
    let all = segment_columns(ask.project);
    let wanted = ask.choice.column.as_ref().filter(|column| all.contains_key(*column));
    let Some(column) = wanted.or_else(|| all.keys().next()) else { return ask.empty_chart(Msg::NoSegments) };
    let question = super::questions_about(ask.project, target)
        .into_iter()
        .max_by_key(|id| ask.sum_answers(*id, &Segment::everyone()).n())
        .and_then(|id| ask.project.questions().get(&id));
    let Some(question) = question else { return ask.empty_chart(Msg::NoScoresHere) };
    let formula = Formula::for_question(ask.project, question, ask.shown.metric);
    let values = all.get(column).cloned().unwrap_or_default();
    let mut groups: Vec<SegmentBar> = values
        .into_iter()
        .filter_map(|value| {
            let segment = Segment { column: column.clone(), value: value.clone() };
            let histogram = ask.sum_answers(question.id, &segment);
            let score = compute_score(&histogram, &formula);
            score.value.map(|_| SegmentBar { value, histogram, score, differs: false })
        })
        .collect();
    if groups.is_empty() {
        return ask.empty_chart(Msg::NoScoresHere);
    }
    mark_differences(&mut groups, &formula);
    // The lowest comes first, since the axis runs upward.
    groups.sort_by(|a, b| a.score.value.unwrap_or(0.0).total_cmp(&b.score.value.unwrap_or(0.0)));
    let mut notes = vec![Msg::HolmNote.text(ask.lang).to_owned()];
    notes.extend(ask.source_notes(Some(&formula)));
    Chart {
        title: format!("{} · {column} · {}", element_title(ask.project, target), ask.wave_label()),
        notes,
        x: scores_axis(&formula, ask.lang),
        y: ChartAxis::of_names(groups.iter().map(|group| group.value.clone())),
        marks: (0_u32..)
            .zip(&groups)
            .map(|(place, group)| segment_mark(ask, &formula, group, place, target))
            .collect(),
        table: ChartTable {
            header: ask.score_header(&[Msg::Segment]),
            rows: groups
                .iter()
                .rev()
                .map(|group| std::iter::once(group.value.clone()).chain(score_cells(&group.score)).collect())
                .collect(),
        },
    }
}

/// Compares each group with the rest of the same column, never with a total that contains it.
fn mark_differences(groups: &mut [SegmentBar], formula: &Formula) {
    let mut total = Histogram::default();
    for group in &*groups {
        total.add_histogram(&group.histogram);
    }
    let p = |group: &SegmentBar| {
        let rest = Sample::from_counts(&total.without_part(&group.histogram), formula)?;
        Some(compare_samples(&Sample::from_counts(&group.histogram, formula)?, &rest)?.p)
    };
    let found: Vec<f64> = groups.iter().map(|group| p(group).unwrap_or(1.0)).collect();
    for (group, p) in groups.iter_mut().zip(adjust_by_holm(&found)) {
        group.differs = p < LEVEL;
    }
}

fn segment_mark(
    ask: &ChartInput<'_>,
    formula: &Formula,
    group: &SegmentBar,
    place: u32,
    target: crate::id::Id,
) -> ChartMark {
    let value = group.score.value.unwrap_or_default();
    let differs = if group.differs { Msg::DiffersFromRest } else { Msg::NotProven };
    let told = ask.score_tooltip(&group.value, formula, &group.score);
    let sign = if group.differs { " *" } else { "" };
    let figure = format!("{}{sign}", figure_of(formula, value, ask.lang));
    ChartMark {
        form: MarkForm::Row(ChartBar { at: f64::from(place), value, interval: group.score.interval, figure }),
        tone: score_tone(formula, value),
        small: group.score.n < formula.small_n,
        tip: format!("{told}\n{}", differs.text(ask.lang)),
        target: Some(target),
    }
}
