//! Trend chart: the score of an element from wave to wave. A question that was asked differently begins a
//! separate line, so that the break is visible.

use super::{Ask, cells, name, scores_axis, tone};
use crate::analysis::chart::{Axis, Chart, Form, Mark, Table};
use crate::feedback::overlay::OverlayChoice;
use crate::feedback::score::Formula;
use crate::feedback::trend::{Point, trends};
use crate::i18n::{Msg, signed};
use crate::id::Id;

pub(super) fn chart(ask: &Ask<'_>) -> Chart {
    let Some(target) = ask.target() else { return ask.nothing(Msg::NoScoresHere) };
    let points = trends(ask.project, ask.shown).remove(&target).unwrap_or_default();
    let Some(formula) = points.last().map(|point| point.score.formula) else {
        return ask.nothing(Msg::NoScoresHere);
    };
    // Scores of another metric or scale do not fit this axis.
    let fits = |point: &Point| same_axis(&point.score.formula, &formula);
    let points: Vec<(f64, Point)> = (0_u32..).map(f64::from).zip(points).filter(|(_, p)| fits(p)).collect();
    let series: Vec<&[(f64, Point)]> = points.chunk_by(|_, next| !next.1.breaks).collect();
    let line = |line: &&[(f64, Point)]| {
        let at = |(x, point): &(f64, Point)| Some((*x, point.score.score.value?));
        Mark::quiet(Form::Path(line.iter().filter_map(at).collect()))
    };
    let mut marks: Vec<Mark> = series.iter().map(line).collect();
    marks.extend(points.iter().map(|(x, point)| dot(ask, target, *x, point)));
    let all = OverlayChoice { wave: None, ..ask.shown.clone() };
    let mut notes = Ask { shown: &all, ..*ask }.notes(Some(&formula));
    if series.len() > 1 {
        notes.insert(0, Msg::TrendBreaks.text(ask.lang).to_owned());
    }
    let waves: Vec<String> = points.iter().map(|(_, point)| wave(ask, point)).collect();
    Chart {
        title: format!("{} · {}", name(ask.project, target), ask.group()),
        notes,
        x: Axis::of_names(waves),
        y: scores_axis(&formula, ask.lang),
        marks,
        table: Table {
            header: ask.header(&[Msg::Wave, Msg::SurveyQuestion]),
            rows: points.iter().map(|(_, point)| row(ask, point)).collect(),
        },
    }
}

fn same_axis(one: &Formula, other: &Formula) -> bool {
    one.kind == other.kind && one.domain() == other.domain()
}

fn wave(ask: &Ask<'_>, point: &Point) -> String {
    ask.project.waves().get(&point.wave).map(|wave| wave.label.clone()).unwrap_or_default()
}

fn dot(ask: &Ask<'_>, target: Id, x: f64, point: &Point) -> Mark {
    let score = &point.score.score;
    let formula = &point.score.formula;
    let value = score.value.unwrap_or_default();
    let mut tip = ask.told(&wave(ask, point), formula, score);
    if let Some(change) = &point.change {
        let moved = signed(change.difference.value, if formula.is_share() { 1 } else { 2 });
        let message = if change.is_proven() { Msg::ChangedBy } else { Msg::NotProvenBy };
        tip = format!("{tip}\n{}", message.with(ask.lang, &[("value", &moved)]));
    }
    let form = Form::Dot { x, y: value, interval: score.interval, name: String::new() };
    Mark { form, tone: tone(formula, value), small: point.score.is_small(), tip, target: Some(target) }
}

fn row(ask: &Ask<'_>, point: &Point) -> Vec<String> {
    let question = ask.project.questions().get(&point.score.question);
    let question = question.map(|question| question.text.clone()).unwrap_or_default();
    [wave(ask, point), question].into_iter().chain(cells(&point.score.score)).collect()
}
