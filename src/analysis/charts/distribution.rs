//! Distribution chart: the number of times that each answer to an element's question was given.

use super::{Ask, name, questions};
use crate::analysis::chart::{Axis, Bar, Chart, Form, Mark, Table, Tone};
use crate::feedback::score::{Formula, score};
use crate::i18n::{Msg, count, figure, percent};
use crate::model::choice::MetricKind;

/// The most steps of a scale that are drawn.
const STEPS: usize = 101;

pub(super) fn chart(ask: &Ask<'_>) -> Chart {
    let Some(target) = ask.target() else { return ask.nothing(Msg::NoScoresHere) };
    // The question with the most answers represents the element.
    let counted = questions(ask.project, target)
        .into_iter()
        .filter_map(|id| ask.project.questions().get(&id))
        .map(|question| (question, ask.histogram(question.id, &ask.shown.segment)))
        .max_by_key(|(_, histogram)| histogram.n());
    let Some((question, histogram)) = counted.filter(|(_, histogram)| histogram.n() > 0) else {
        return ask.nothing(Msg::NoScoresHere);
    };
    let formula = Formula::of(ask.project, question, ask.shown.metric);
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
        let shown = percent(ask.lang, share(answer) / 100.0, 1);
        let bar = Bar { at: f64::from(place), value: share(answer), interval: None, figure: shown.clone() };
        Mark {
            form: Form::Column(bar),
            tone: Tone::Ramp(on_scale.position(answer)),
            small: n < formula.small_n,
            tip: format!("{}\n{} ({shown})", figure(answer, 2), count(given(answer))),
            target: Some(target),
        }
    };
    let most = answers.iter().map(|answer| share(*answer)).fold(0.0, f64::max);
    let score = score(&histogram, &formula);
    let mut notes = vec![ask.told(&question.text, &formula, &score).replace('\n', " · ")];
    notes.push(Msg::MissingN.with(ask.lang, &[("n", &count(histogram.missing))]));
    notes.extend(ask.notes(Some(&formula)));
    let header = [Msg::Answer, Msg::CountOfAnswers].map(|word| word.text(ask.lang).to_owned());
    Chart {
        title: format!("{} · {} · {}", name(ask.project, target), ask.wave(), ask.group()),
        notes,
        x: Axis::of_names(answers.iter().map(|answer| figure(*answer, 2))),
        y: Axis::of_values("%", 0.0, (most * 1.15).max(1.0), |value| figure(value, 0)),
        marks: (0_u32..).zip(answers.iter().copied()).map(mark).collect(),
        table: Table {
            header: header.into(),
            rows: answers.iter().map(|a| vec![figure(*a, 4), given(*a).to_string()]).collect(),
        },
    }
}
