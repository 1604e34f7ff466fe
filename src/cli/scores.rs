//! `desireline scores`: a row for each touchpoint, wave and segment; questions about the journey as a whole
//! come last, under their own names.

use super::args::Scores;
use super::rows::{CellValue, print_rows};
use super::{CommandFinding, Failure, files};
use engine::feedback::overlay::segment_columns;
use engine::feedback::score::{MetricChoice, Weighted};
use engine::feedback::table::{ScoreRow, Waves, score_rows};
use engine::i18n::{Lang, Msg};
use engine::id::{Kind, WaveId};
use engine::model::counts::Segment;
use engine::model::{Project, records_in_order};
use engine::survey::cell::fold_text;
use std::io::Write;

/// The columns.
const HEADER: [&str; 10] =
    ["journey", "touchpoint", "metric", "wave", "segment", "n", "missing", "value", "low", "high"];
/// The additional columns of weighted scores.
const WEIGHTED: [&str; 2] = ["effective_n", "unweighted"];
/// The word for everyone, and for all waves.
const ALL: &str = "all";

pub(super) fn run(args: &Scores, lang: Lang, out: &mut dyn Write) -> Result<CommandFinding, Failure> {
    let project = files::open_to_read(&args.file, lang)?.project;
    let column = args.segment.as_deref().filter(|column| *column != ALL);
    let column = column.map(|column| find_segment_column(&project, column, lang)).transpose()?;
    let waves = match args.wave.as_deref() {
        None => Waves::Each,
        Some(ALL) => Waves::EachAndSum,
        Some(label) => Waves::One(find_wave(&project, label, lang)?),
    };
    let mut rows = score_rows(&project, args.metric.map_or(MetricChoice::Own, MetricChoice::Kind), waves);
    rows.retain(|row| column.as_ref().is_none_or(|column| row.segment.column == *column));
    rows.sort_by_key(|row| row.target.kind() == Kind::Journey);
    let mut header = HEADER.to_vec();
    if args.weighted {
        header.extend(WEIGHTED);
    }
    let rows: Vec<_> = rows.iter().map(|row| score_cells(&project, row, args.weighted)).collect();
    print_rows(&header, &rows, args.format, out)?;
    Ok(CommandFinding::Nothing)
}

/// Returns the segment column of this name.
fn find_segment_column(project: &Project, column: &str, lang: Lang) -> Result<String, Failure> {
    let known = segment_columns(project);
    let crossed = column.replace(" x ", Segment::CROSS);
    known
        .keys()
        .find(|name| [&crossed, column].iter().any(|own| fold_text(own) == fold_text(name)))
        .cloned()
        .ok_or_else(|| {
            let names: Vec<&str> = known.keys().map(String::as_str).collect();
            Failure::new(Msg::CliNoSegment, lang, &[("name", &column), ("names", &names.join(", "))])
        })
}

/// Returns the wave of this label.
fn find_wave(project: &Project, label: &str, lang: Lang) -> Result<WaveId, Failure> {
    let waves = records_in_order(project.waves());
    let found = waves.iter().find(|wave| fold_text(&wave.label) == fold_text(label)).map(|wave| wave.id);
    found.ok_or_else(|| {
        let names: Vec<&str> = waves.iter().map(|wave| wave.label.as_str()).collect();
        Failure::new(Msg::CliNoWave, lang, &[("name", &label), ("names", &names.join(", "))])
    })
}

fn segment_name(segment: &Segment) -> String {
    if segment.is_everyone() { ALL.to_owned() } else { format!("{}={}", segment.column, segment.value) }
}

fn score_cells(project: &Project, row: &ScoreRow, weighted: bool) -> Vec<CellValue> {
    let score = &row.score;
    let of_journey = row.target.kind() == Kind::Journey;
    let asked = if of_journey { project.questions().get(&row.question) } else { None };
    let title = asked.map_or_else(|| row.title.clone(), |question| question.text.clone());
    let wave = row.wave.clone().unwrap_or_else(|| ALL.to_owned());
    let words =
        [row.journey.clone(), title, score.metric.name().to_owned(), wave, segment_name(&row.segment)];
    let plain = score.value.map(|value| Weighted { value, interval: score.interval, n: score.n as f64 });
    let shown = if weighted { score.weighted.or(plain) } else { plain };
    let interval = shown.and_then(|shown| shown.interval);
    let number = |value: Option<f64>| CellValue::Number(value, 4);
    let mut figures: Vec<CellValue> = words.into_iter().map(CellValue::Text).collect();
    // Both are unknown for shares alone.
    let known = |count: u64| score.known_n().map_or(CellValue::Number(None, 0), |_| CellValue::Whole(count));
    figures.extend([known(score.n), known(score.missing)]);
    figures.extend([
        number(shown.map(|shown| shown.value)),
        number(interval.map(|interval| interval.0)),
        number(interval.map(|interval| interval.1)),
    ]);
    if weighted {
        figures.extend([
            number(if score.is_of_unknown_n { None } else { shown.map(|shown| shown.n) }),
            number(score.value),
        ]);
    }
    figures
}
