//! `desireline scores`: a row for each touchpoint, wave and segment.

use super::args::{Format, Scores};
use super::{Failure, Found, files};
use crate::feedback::overlay::{OverlayChoice, TargetScore, overlay, segments};
use crate::feedback::score::{MetricChoice, Score};
use crate::i18n::Lang;
use crate::model::counts::Segment;
use crate::model::{Journey, Project, Touchpoint, Wave, ordered, sorted};
use serde_json::{Map, Value, json};
use std::io::Write;
use std::sync::Arc;

/// The columns.
const HEADER: [&str; 10] =
    ["journey", "touchpoint", "metric", "wave", "segment", "n", "missing", "value", "low", "high"];
/// What stands for everyone in the column of segments.
const EVERYONE: &str = "all";

/// One touchpoint's score in one wave, of one group.
struct Row {
    journey: String,
    touchpoint: String,
    wave: String,
    segment: String,
    score: Score,
}

pub(super) fn run(args: &Scores, lang: Lang, out: &mut dyn Write) -> Result<Found, Failure> {
    let project = files::open(&args.file, lang)?.project;
    let rows = rows(&project, args.metric.map_or(MetricChoice::Own, MetricChoice::Kind));
    match args.format {
        Format::Csv => csv(&rows, out)?,
        Format::Json => json(&rows, out)?,
    }
    Ok(Found::Nothing)
}

/// All scores: touchpoints in the order of the map, waves in theirs, everyone before the groups.
fn rows(project: &Project, metric: MetricChoice) -> Vec<Row> {
    let groups = segments(project);
    let groups = groups.into_iter().flat_map(|(column, values)| {
        values.into_iter().map(move |value| Segment { column: column.clone(), value })
    });
    let groups: Vec<Segment> = std::iter::once(Segment::everyone()).chain(groups).collect();
    let mut rows = Vec::new();
    for wave in ordered(project.waves()) {
        for segment in &groups {
            rows.extend(rows_of(project, metric, wave, segment));
        }
    }
    // The sort is stable: within a touchpoint waves and groups stay in order.
    rows.sort_by_key(|(place, _)| *place);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The scores of one wave and group, each with its touchpoint's place on the map.
fn rows_of(
    project: &Project,
    metric: MetricChoice,
    wave: &Arc<Wave>,
    segment: &Segment,
) -> Vec<(usize, Row)> {
    let choice = OverlayChoice { metric, wave: Some(wave.id), segment: segment.clone() };
    let scores = overlay(project, &choice);
    let row = |(place, (journey, card)): (usize, (String, &Arc<Touchpoint>))| {
        let row = |score: &TargetScore| Row {
            journey: journey.clone(),
            touchpoint: card.title.clone(),
            wave: wave.label.clone(),
            segment: name(segment),
            score: score.score,
        };
        scores.of(card.id.into()).map(|score| (place, row(score))).collect::<Vec<_>>()
    };
    let cards = project
        .journeys_in_order()
        .into_iter()
        .flat_map(|journey| cards(journey).map(|card| (journey.info().title.clone(), card)));
    cards.enumerate().flat_map(row).collect()
}

/// A journey's touchpoints, column by column.
fn cards(journey: &Journey) -> impl Iterator<Item = &Arc<Touchpoint>> {
    let steps = journey.stages_in_order().into_iter().flat_map(|stage| journey.steps_of(stage.id));
    steps.flat_map(|step| sorted(journey.touchpoints().values().filter(move |card| card.step == step.id)))
}

fn name(segment: &Segment) -> String {
    if segment.is_everyone() { EVERYONE.to_owned() } else { format!("{}={}", segment.column, segment.value) }
}

/// Value, low and high end.
fn figures(score: &Score) -> [Option<f64>; 3] {
    [score.value, score.interval.map(|interval| interval.0), score.interval.map(|interval| interval.1)]
}

fn csv(rows: &[Row], out: &mut dyn Write) -> Result<(), Failure> {
    let mut table = csv::Writer::from_writer(out);
    let full = |error: csv::Error| Failure::Output(std::io::Error::other(error));
    table.write_record(HEADER).map_err(full)?;
    for row in rows {
        let (n, missing) = (row.score.n.to_string(), row.score.missing.to_string());
        let words =
            [&row.journey, &row.touchpoint, row.score.metric.name(), &row.wave, &row.segment, &n, &missing];
        let figures =
            figures(&row.score).map(|value| value.map_or(String::new(), |value| format!("{value:.4}")));
        table.write_record(words.into_iter().chain(figures.iter().map(String::as_str))).map_err(full)?;
    }
    Ok(table.flush()?)
}

fn json(rows: &[Row], out: &mut dyn Write) -> Result<(), Failure> {
    let number = |value: Option<f64>| value.map_or(Value::Null, |value| json!((value * 1e4).round() / 1e4));
    let object = |row: &Row| {
        let score = &row.score;
        let words = [&row.journey, &row.touchpoint, score.metric.name(), &row.wave, &row.segment];
        let words = words.into_iter().map(|word| json!(word));
        let values = words.chain([json!(score.n), json!(score.missing)]).chain(figures(score).map(number));
        Value::Object(HEADER.iter().map(|name| (*name).to_owned()).zip(values).collect::<Map<_, _>>())
    };
    let rows: Vec<Value> = rows.iter().map(object).collect();
    serde_json::to_writer_pretty(&mut *out, &rows).map_err(std::io::Error::from)?;
    Ok(writeln!(out)?)
}
