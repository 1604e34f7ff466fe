//! The score of an element from wave to wave. A question that was asked otherwise begins a line of its own, so that
//! the break is seen.

use super::{Ask, cells, name, scores_axis, tone};
use crate::analysis::chart::{Axis, Chart, Form, Mark, Table};
use crate::feedback::difference::{LEVEL, difference};
use crate::feedback::overlay::{OverlayChoice, overlay};
use crate::feedback::sample::Sample;
use crate::feedback::score::Formula;
use crate::feedback::table::{ScoreRow, Waves};
use crate::i18n::{Msg, signed};
use crate::model::ordered;

pub(super) fn chart(ask: &Ask<'_>) -> Chart {
    let Some(target) = ask.target() else { return ask.nothing(Msg::NoScoresHere) };
    let mut rows = ask.rows(target, Waves::Each);
    rows.retain(|row| row.segment == ask.shown.segment && row.score.value.is_some());
    // Of several questions, the chart follows the one that the map shows.
    let shown = overlay(ask.project, ask.shown).scores.get(&target).map(|score| score.formula);
    let Some(formula) = shown else { return ask.nothing(Msg::NoScoresHere) };
    rows.retain(|row| row.formula.kind == formula.kind && row.formula.domain() == formula.domain());
    let waves: Vec<String> = ordered(ask.project.waves())
        .into_iter()
        .map(|wave| wave.label.clone())
        .filter(|label| rows.iter().any(|row| row.wave.as_ref() == Some(label)))
        .collect();
    let place =
        |row: &ScoreRow| waves.iter().position(|label| row.wave.as_ref() == Some(label)).unwrap_or(0) as f64;
    let mut marks = Vec::new();
    let series: Vec<&[ScoreRow]> = rows.chunk_by(|a, b| a.question == b.question).collect();
    for line in &series {
        let points = line.iter().filter_map(|row| Some((place(row), row.score.value?)));
        marks.push(Mark::quiet(Form::Path(points.collect())));
    }
    for line in &series {
        for (index, row) in line.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| line.get(before));
            marks.push(dot(ask, row, before, place(row)));
        }
    }
    let mut notes = ask.notes(Some(&formula));
    if series.len() > 1 {
        notes.insert(0, Msg::TrendBreaks.text(ask.lang).to_owned());
    }
    Chart {
        title: format!("{} · {}", name(ask.project, target), ask.group()),
        notes,
        x: Axis::of_names(waves.iter().cloned()),
        y: scores_axis(&formula, ask.lang),
        marks,
        table: Table {
            header: ask.header(&[Msg::Wave, Msg::SurveyQuestion]),
            rows: rows.iter().map(|row| cells_of(ask, row)).collect(),
        },
    }
}

fn dot(ask: &Ask<'_>, row: &ScoreRow, before: Option<&ScoreRow>, x: f64) -> Mark {
    let value = row.score.value.unwrap_or_default();
    let wave = row.wave.clone().unwrap_or_default();
    let mut tip = ask.told(&wave, &row.formula, &row.score);
    if let Some(told) = before.and_then(|before| change(ask, before, row)) {
        tip = format!("{tip}\n{told}");
    }
    let form = Form::Dot { x, y: value, interval: row.score.interval, name: String::new() };
    let small = row.score.n < row.formula.small_n;
    Mark { form, tone: tone(&row.formula, value), small, tip, target: Some(row.target) }
}

/// The change since the wave before, or that none is proven.
fn change(ask: &Ask<'_>, before: &ScoreRow, row: &ScoreRow) -> Option<String> {
    let sample = |row: &ScoreRow| {
        let wave = ask.project.waves().values().find(|wave| Some(&wave.label) == row.wave.as_ref())?.id;
        let shown = OverlayChoice { wave: Some(wave), ..ask.shown.clone() };
        let histogram = Ask { shown: &shown, ..*ask }.histogram(row.question, &row.segment);
        Sample::plain(&histogram, &row.formula)
    };
    let found = difference(&sample(row)?, &sample(before)?)?;
    let wave = before.wave.clone().unwrap_or_default();
    let value = signed(found.value, decimals(&row.formula));
    let told: [(&str, &dyn std::fmt::Display); 2] = [("value", &value), ("wave", &wave)];
    let message = if found.p < LEVEL { Msg::ChangedSince } else { Msg::NotProvenSince };
    Some(message.with(ask.lang, &told))
}

fn decimals(formula: &Formula) -> usize {
    if formula.is_share() { 1 } else { 2 }
}

fn cells_of(ask: &Ask<'_>, row: &ScoreRow) -> Vec<String> {
    let question = ask.project.questions().get(&row.question).map(|q| q.text.clone()).unwrap_or_default();
    [row.wave.clone().unwrap_or_default(), question].into_iter().chain(cells(&row.score)).collect()
}
