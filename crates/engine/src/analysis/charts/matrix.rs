//! Importance–performance matrix: each touchpoint's share in the outcome against its score.
//!
//! Martilla and James (1977): high importance and low score *concentrate here*, high and high *keep up the
//! good work*, low and low *low priority*, low and high *possible overkill*.

use super::drivers::chosen_drivers;
use super::{ChartInput, element_title, elements_with_questions};
use crate::analysis::chart::{Chart, ChartAxis, ChartMark, ChartTable, MarkForm, Tone};
use crate::feedback::drivers::OutcomeDrivers;
use crate::feedback::importance::{Matrix, Quadrant, importance_matrix};
use crate::feedback::overlay::{Overlay, compute_overlay};
use crate::i18n::{Msg, format_figure, format_percent};
use crate::id::Id;

/// One touchpoint.
struct MatrixPoint {
    id: Id,
    /// Position of its score between worst (0) and best (100).
    score: f64,
    /// Its share of the variance that all drivers explain, in percent.
    share: f64,
    small: bool,
    told: String,
}

pub(super) fn build_chart(ask: &ChartInput<'_>) -> Chart {
    let Some(outcome) = chosen_drivers(ask) else { return ask.empty_chart(Msg::NoOutcome) };
    let shown = compute_overlay(ask.project, ask.shown);
    let matrix = importance_matrix(ask.project, &outcome, &shown, ask.choice.crossing);
    let points = matrix_points(ask, &outcome, &shown, &matrix);
    if points.is_empty() {
        return ask.empty_chart(Msg::NoOutcome);
    }
    let explained = outcome.found.as_ref().map_or(0.0, |found| found.r2).max(f64::MIN_POSITIVE);
    let up = 100.0 * matrix.cross.0 / explained;
    let across = 100.0 * matrix.cross.1;
    let scores = padded_range(points.iter().map(|point| point.score).chain([across]), (0.0, 100.0));
    let shares = padded_range(points.iter().map(|point| point.share).chain([up]), (0.0, f64::INFINITY));
    let mut marks: Vec<ChartMark> = quadrant_areas(ask, (across, up), scores, shares)
        .into_iter()
        .map(ChartMark::without_tooltip)
        .collect();
    marks.extend([MarkForm::Upright(across), MarkForm::Level(up)].map(ChartMark::without_tooltip));
    marks.extend(points.iter().map(|point| ChartMark {
        form: MarkForm::Dot {
            x: point.score,
            y: point.share,
            interval: None,
            name: element_title(ask.project, point.id),
        },
        tone: Tone::Ramp(point.score / 100.0),
        small: point.small,
        tip: point.told.clone(),
        target: Some(point.id),
    }));
    let mut notes: Vec<String> = ask.group_note(Msg::MatrixOfGroup).into_iter().collect();
    notes.push(Msg::MatrixNote.text(ask.lang).to_owned());
    notes.extend(ask.source_notes(None));
    // The group's scores are drawn against everyone's drivers: each axis names whose it is.
    let of = |label: Msg, whose: String| {
        let label = label.text(ask.lang);
        if ask.is_everyone() { label.to_owned() } else { format!("{label} · {whose}") }
    };
    let everyone = Msg::Everyone.text(ask.lang).to_owned();
    let header = [Msg::Touchpoint, Msg::ScorePosition, Msg::ShareOfExplained];
    Chart {
        title: format!("{} · {}", Msg::ImportanceAndPerformance.text(ask.lang), ask.wave_label()),
        notes,
        x: ChartAxis::of_values(of(Msg::ScorePosition, ask.group_name()), scores.0, scores.1, |value| {
            format_figure(value, 0)
        }),
        y: ChartAxis::of_values(of(Msg::ShareOfExplained, everyone), shares.0, shares.1, |value| {
            format_figure(value, 0)
        }),
        marks,
        table: ChartTable {
            header: header.map(|word| word.text(ask.lang).to_owned()).into(),
            rows: points
                .iter()
                .map(|p| {
                    vec![
                        element_title(ask.project, p.id),
                        format!("{:.4}", p.score),
                        format!("{:.4}", p.share),
                    ]
                })
                .collect(),
        },
    }
}

fn matrix_points(
    ask: &ChartInput<'_>,
    outcome: &OutcomeDrivers,
    shown: &Overlay,
    matrix: &Matrix,
) -> Vec<MatrixPoint> {
    let explained = outcome.found.as_ref().map_or(0.0, |found| found.r2).max(f64::MIN_POSITIVE);
    let order = elements_with_questions(ask.project, ask.journey);
    let point = |id: Id| {
        let place = matrix.places.get(&id)?;
        let scored = shown.scores.get(&id)?;
        let share = 100.0 * place.importance / explained;
        let important = format_percent(ask.lang, share / 100.0, 1);
        let told = ask.score_tooltip(&element_title(ask.project, id), &scored.formula, &scored.score);
        let area = quadrant_name(place.quadrant).text(ask.lang);
        let told = format!("{told}\n{} {important}\n{area}", Msg::Importance.text(ask.lang));
        Some(MatrixPoint { id, score: 100.0 * place.performance, share, small: scored.is_small(), told })
    };
    order.into_iter().filter_map(point).collect()
}

fn quadrant_name(quadrant: Quadrant) -> Msg {
    match quadrant {
        Quadrant::Concentrate => Msg::ConcentrateHere,
        Quadrant::KeepUp => Msg::KeepUp,
        Quadrant::LowPriority => Msg::LowPriority,
        Quadrant::Overkill => Msg::PossibleOverkill,
    }
}

/// Returns the range in which the points are drawn: theirs and a quarter more, at least ten wide.
fn padded_range(values: impl Iterator<Item = f64>, (least, most): (f64, f64)) -> (f64, f64) {
    let (low, high) = values
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    let more = ((high - low) / 4.0).max((10.0 - (high - low)) / 2.0);
    ((low - more).max(least), (high + more).min(most))
}

/// Returns the four areas with their names.
fn quadrant_areas(
    ask: &ChartInput<'_>,
    (across, up): (f64, f64),
    (left, right): (f64, f64),
    (bottom, top): (f64, f64),
) -> [MarkForm; 4] {
    let area = |from, to, of: Quadrant| MarkForm::Area {
        from,
        to,
        name: quadrant_name(of).text(ask.lang).to_owned(),
    };
    [
        area((left, up), (across, top), Quadrant::Concentrate),
        area((across, up), (right, top), Quadrant::KeepUp),
        area((left, bottom), (across, up), Quadrant::LowPriority),
        area((across, bottom), (right, up), Quadrant::Overkill),
    ]
}
