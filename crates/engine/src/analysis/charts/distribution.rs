//! Distribution chart: the number of times that each answer to an element's question was given.

use super::{ChartInput, element_title, questions_about};
use crate::analysis::chart::{Chart, ChartAxis, ChartBar, ChartMark, ChartTable, MarkForm, Tone};
use crate::feedback::score::{Formula, compute_score};
use crate::i18n::{Msg, format_count, format_figure, format_percent};
use crate::model::choice::MetricKind;

/// The most steps of a scale that are drawn.
const STEPS: usize = 101;

pub(super) fn build_chart(ask: &ChartInput<'_>) -> Chart {
    let Some(target) = ask.chart_target() else { return ask.empty_chart(Msg::NoScoresHere) };
    // The question with the most answers represents the element.
    let counted = questions_about(ask.project, target)
        .into_iter()
        .filter_map(|id| ask.project.questions().get(&id))
        .map(|question| (question, ask.sum_answers(question.id, &ask.shown.segment)))
        .max_by_key(|(_, histogram)| histogram.n());
    let Some((question, histogram)) = counted.filter(|(_, histogram)| histogram.n() > 0) else {
        return ask.empty_chart(Msg::NoScoresHere);
    };
    let formula = Formula::for_question(ask.project, question, ask.shown.metric);
    let on_scale = Formula { kind: MetricKind::Mean, share: false, ..formula };
    let steps = ((question.high - question.low).max(0.0) as usize + 1).min(STEPS);
    let mut answers: Vec<f64> = (0..steps).map(|step| question.low + step as f64).collect();
    answers.extend(histogram.answers.keys().map(|answer| answer.get()));
    answers.sort_by(f64::total_cmp);
    answers.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    let n = histogram.n();
    let given = |answer: f64| -> u64 {
        let same = histogram.answers.iter().filter(|(known, _)| (known.get() - answer).abs() < 1e-9);
        same.map(|(_, count)| *count).sum()
    };
    let share = |answer: f64| 100.0 * given(answer) as f64 / n as f64;
    let mark = |(place, answer): (u32, f64)| {
        let shown = format_percent(ask.lang, share(answer) / 100.0, 1);
        let bar =
            ChartBar { at: f64::from(place), value: share(answer), interval: None, figure: shown.clone() };
        ChartMark {
            form: MarkForm::Column(bar),
            tone: Tone::Ramp(on_scale.ramp_position(answer)),
            small: n < formula.small_n,
            tip: format!("{}\n{} ({shown})", format_figure(answer, 2), format_count(given(answer))),
            target: Some(target),
        }
    };
    let most = answers.iter().map(|answer| share(*answer)).fold(0.0, f64::max);
    let score = compute_score(&histogram, &formula);
    let mut notes = vec![ask.score_tooltip(&question.text, &formula, &score).replace('\n', " · ")];
    notes.push(Msg::MissingN.text_with(ask.lang, &[("n", &format_count(histogram.missing))]));
    notes.extend(ask.source_notes(Some(&formula)));
    let header = [Msg::Answer, Msg::CountOfAnswers].map(|word| word.text(ask.lang).to_owned());
    Chart {
        title: format!(
            "{} · {} · {}",
            element_title(ask.project, target),
            ask.wave_label(),
            ask.group_name()
        ),
        notes,
        x: ChartAxis::of_names(answers.iter().map(|answer| format_figure(*answer, 2))),
        y: ChartAxis::of_values("%", 0.0, (most * 1.15).max(1.0), |value| format_figure(value, 0)),
        marks: (0_u32..).zip(answers.iter().copied()).map(mark).collect(),
        table: ChartTable {
            header: header.into(),
            rows: answers.iter().map(|a| vec![format_figure(*a, 4), given(*a).to_string()]).collect(),
        },
    }
}
