//! Importance–performance matrix: each touchpoint's share in the outcome against its score.
//!
//! Martilla and James (1977): high importance and low score *concentrate here*, high and high *keep up the good work*,
//! low and low *low priority*, low and high *possible overkill*.

use super::drivers::chosen;
use super::{Ask, asked, name};
use crate::analysis::chart::{Axis, Chart, Form, Mark, Table, Tone};
use crate::feedback::drivers::OutcomeDrivers;
use crate::feedback::importance::{Matrix, Quadrant, matrix};
use crate::feedback::overlay::{Overlay, overlay};
use crate::i18n::{Msg, figure, percent};
use crate::id::Id;

/// One touchpoint.
struct Point {
    id: Id,
    /// Position of its score between worst (0) and best (100).
    score: f64,
    /// Its share of the variance that all drivers explain, in percent.
    share: f64,
    small: bool,
    told: String,
}

pub(super) fn chart(ask: &Ask<'_>) -> Chart {
    let Some(outcome) = chosen(ask) else { return ask.nothing(Msg::NoOutcome) };
    let shown = overlay(ask.project, ask.shown);
    let matrix = matrix(ask.project, &outcome, &shown, ask.choice.crossing);
    let points = points(ask, &outcome, &shown, &matrix);
    if points.is_empty() {
        return ask.nothing(Msg::NoOutcome);
    }
    let explained = outcome.found.as_ref().map_or(0.0, |found| found.r2).max(f64::MIN_POSITIVE);
    let up = 100.0 * matrix.cross.0 / explained;
    let across = 100.0 * matrix.cross.1;
    let scores = around(points.iter().map(|point| point.score).chain([across]), (0.0, 100.0));
    let shares = around(points.iter().map(|point| point.share).chain([up]), (0.0, f64::INFINITY));
    let mut marks: Vec<Mark> =
        areas(ask, (across, up), scores, shares).into_iter().map(Mark::quiet).collect();
    marks.extend([Form::Upright(across), Form::Level(up)].map(Mark::quiet));
    marks.extend(points.iter().map(|point| Mark {
        form: Form::Dot { x: point.score, y: point.share, interval: None, name: name(ask.project, point.id) },
        tone: Tone::Ramp(point.score / 100.0),
        small: point.small,
        tip: point.told.clone(),
        target: Some(point.id),
    }));
    let mut notes: Vec<String> = ask.whose(Msg::MatrixOfGroup).into_iter().collect();
    notes.push(Msg::MatrixNote.text(ask.lang).to_owned());
    notes.extend(ask.notes(None));
    // The group's scores are drawn against everyone's drivers: each axis names whose it is.
    let of = |label: Msg, whose: String| {
        let label = label.text(ask.lang);
        if ask.is_everyone() { label.to_owned() } else { format!("{label} · {whose}") }
    };
    let everyone = Msg::Everyone.text(ask.lang).to_owned();
    let header = [Msg::Touchpoint, Msg::ScorePosition, Msg::ShareOfExplained];
    Chart {
        title: format!("{} · {}", Msg::ImportanceAndPerformance.text(ask.lang), ask.wave()),
        notes,
        x: Axis::of_values(of(Msg::ScorePosition, ask.group()), scores.0, scores.1, |value| figure(value, 0)),
        y: Axis::of_values(of(Msg::ShareOfExplained, everyone), shares.0, shares.1, |value| figure(value, 0)),
        marks,
        table: Table {
            header: header.map(|word| word.text(ask.lang).to_owned()).into(),
            rows: points
                .iter()
                .map(|p| vec![name(ask.project, p.id), format!("{:.4}", p.score), format!("{:.4}", p.share)])
                .collect(),
        },
    }
}

fn points(ask: &Ask<'_>, outcome: &OutcomeDrivers, shown: &Overlay, matrix: &Matrix) -> Vec<Point> {
    let explained = outcome.found.as_ref().map_or(0.0, |found| found.r2).max(f64::MIN_POSITIVE);
    let order = asked(ask.project, ask.journey);
    let point = |id: Id| {
        let place = matrix.places.get(&id)?;
        let scored = shown.scores.get(&id)?;
        let share = 100.0 * place.importance / explained;
        let important = percent(ask.lang, share / 100.0, 1);
        let told = ask.told(&name(ask.project, id), &scored.formula, &scored.score);
        let area = quadrant(place.quadrant).text(ask.lang);
        let told = format!("{told}\n{} {important}\n{area}", Msg::Importance.text(ask.lang));
        Some(Point { id, score: 100.0 * place.performance, share, small: scored.is_small(), told })
    };
    order.into_iter().filter_map(point).collect()
}

fn quadrant(quadrant: Quadrant) -> Msg {
    match quadrant {
        Quadrant::Concentrate => Msg::ConcentrateHere,
        Quadrant::KeepUp => Msg::KeepUp,
        Quadrant::LowPriority => Msg::LowPriority,
        Quadrant::Overkill => Msg::PossibleOverkill,
    }
}

/// Returns the range in which the points are drawn: theirs and a quarter more, at least ten wide.
fn around(values: impl Iterator<Item = f64>, (least, most): (f64, f64)) -> (f64, f64) {
    let (low, high) = values
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    let more = ((high - low) / 4.0).max((10.0 - (high - low)) / 2.0);
    ((low - more).max(least), (high + more).min(most))
}

/// Returns the four areas with their names.
fn areas(
    ask: &Ask<'_>,
    (across, up): (f64, f64),
    (left, right): (f64, f64),
    (bottom, top): (f64, f64),
) -> [Form; 4] {
    let area = |from, to, of: Quadrant| Form::Area { from, to, name: quadrant(of).text(ask.lang).to_owned() };
    [
        area((left, up), (across, top), Quadrant::Concentrate),
        area((across, up), (right, top), Quadrant::KeepUp),
        area((left, bottom), (across, up), Quadrant::LowPriority),
        area((across, bottom), (right, up), Quadrant::Overkill),
    ]
}
