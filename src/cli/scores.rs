//! `desireline scores`: a row for each touchpoint, wave and segment.

use super::args::{Format, Scores};
use super::{Failure, Found, files};
use crate::feedback::score::{MetricChoice, Score};
use crate::feedback::table::{ScoreRow, table};
use crate::i18n::Lang;
use crate::id::Kind;
use crate::model::counts::Segment;
use serde_json::{Map, Value, json};
use std::io::Write;

/// The columns.
const HEADER: [&str; 10] =
    ["journey", "touchpoint", "metric", "wave", "segment", "n", "missing", "value", "low", "high"];
/// What stands for everyone in the column of segments.
const EVERYONE: &str = "all";

pub(super) fn run(args: &Scores, lang: Lang, out: &mut dyn Write) -> Result<Found, Failure> {
    let project = files::open(&args.file, lang)?.project;
    let mut rows = table(&project, args.metric.map_or(MetricChoice::Own, MetricChoice::Kind));
    rows.retain(|row| row.target.kind() == Kind::Touchpoint);
    match args.format {
        Format::Csv => csv(&rows, out)?,
        Format::Json => json(&rows, out)?,
    }
    Ok(Found::Nothing)
}

fn name(segment: &Segment) -> String {
    if segment.is_everyone() { EVERYONE.to_owned() } else { format!("{}={}", segment.column, segment.value) }
}

/// Value, low and high end.
fn figures(score: &Score) -> [Option<f64>; 3] {
    [score.value, score.interval.map(|interval| interval.0), score.interval.map(|interval| interval.1)]
}

fn csv(rows: &[ScoreRow], out: &mut dyn Write) -> Result<(), Failure> {
    let mut table = csv::Writer::from_writer(out);
    let full = |error: csv::Error| Failure::Output(std::io::Error::other(error));
    table.write_record(HEADER).map_err(full)?;
    for row in rows {
        let (n, missing) = (row.score.n.to_string(), row.score.missing.to_string());
        let segment = name(&row.segment);
        let words = [&row.journey, &row.title, row.score.metric.name(), &row.wave, &segment, &n, &missing];
        let figures =
            figures(&row.score).map(|value| value.map_or(String::new(), |value| format!("{value:.4}")));
        table.write_record(words.into_iter().chain(figures.iter().map(String::as_str))).map_err(full)?;
    }
    Ok(table.flush()?)
}

fn json(rows: &[ScoreRow], out: &mut dyn Write) -> Result<(), Failure> {
    let number = |value: Option<f64>| value.map_or(Value::Null, |value| json!((value * 1e4).round() / 1e4));
    let object = |row: &ScoreRow| {
        let score = &row.score;
        let segment = name(&row.segment);
        let words = [&row.journey, &row.title, score.metric.name(), &row.wave, &segment];
        let words = words.into_iter().map(|word| json!(word));
        let values = words.chain([json!(score.n), json!(score.missing)]).chain(figures(score).map(number));
        Value::Object(HEADER.iter().map(|name| (*name).to_owned()).zip(values).collect::<Map<_, _>>())
    };
    let rows: Vec<Value> = rows.iter().map(object).collect();
    serde_json::to_writer_pretty(&mut *out, &rows).map_err(std::io::Error::from)?;
    Ok(writeln!(out)?)
}
