//! Importance and performance: how much each touchpoint drives the outcome, beside how good it is.
//!
//! Martilla and James (1977): high importance and low score *concentrate here*, high and high *keep up the good work*,
//! low and low *low priority*, low and high *possible overkill*.

use super::drivers::{chosen, target};
use super::{Ask, Crossing, name};
use crate::analysis::chart::{Axis, Chart, Form, Mark, Table, Tone};
use crate::feedback::overlay::overlay;
use crate::i18n::{Msg, figure, percent};
use crate::id::Id;

/// One touchpoint.
struct Point {
    id: Id,
    /// Where its score lies between worst (0) and best (100).
    score: f64,
    /// Its share of what all drivers explain, in percent.
    share: f64,
    small: bool,
    told: String,
}

pub(super) fn chart(ask: &Ask<'_>) -> Chart {
    let points = points(ask);
    if points.is_empty() {
        return ask.nothing(Msg::NoOutcome);
    }
    let most = points.iter().map(|point| point.share).fold(1.0, f64::max) * 1.15;
    let across = crossing(ask.choice.crossing, points.iter().map(|point| point.score).collect(), 50.0);
    let mean = points.iter().map(|point| point.share).sum::<f64>() / points.len() as f64;
    let up = crossing(ask.choice.crossing, points.iter().map(|point| point.share).collect(), mean);
    let mut marks: Vec<Mark> = areas(ask, (across, up), most).into_iter().map(Mark::quiet).collect();
    marks.extend([Form::Upright(across), Form::Level(up)].map(Mark::quiet));
    marks.extend(points.iter().map(|point| Mark {
        form: Form::Dot { x: point.score, y: point.share, interval: None, name: name(ask.project, point.id) },
        tone: Tone::Ramp(point.score / 100.0),
        small: point.small,
        tip: point.told.clone(),
        target: Some(point.id),
    }));
    let mut notes = vec![Msg::MatrixNote.text(ask.lang).to_owned()];
    notes.extend(ask.notes(None));
    let header = [Msg::Touchpoint, Msg::ScorePosition, Msg::ShareOfExplained];
    Chart {
        title: format!("{} · {}", Msg::ImportanceAndPerformance.text(ask.lang), ask.wave()),
        notes,
        x: Axis::of_values(Msg::ScorePosition.text(ask.lang), 0.0, 100.0, |value| figure(value, 0)),
        y: Axis::of_values(Msg::ShareOfExplained.text(ask.lang), 0.0, most, |value| figure(value, 0)),
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

fn points(ask: &Ask<'_>) -> Vec<Point> {
    let Some((outcome, found)) = chosen(ask).and_then(|o| Some((o.drivers, o.found.ok()?))) else {
        return Vec::new();
    };
    let scores = overlay(ask.project, ask.shown).scores;
    let point = |(driver, share): (&crate::id::QuestionId, &f64)| {
        let id = target(ask, *driver)?;
        let scored = scores.get(&id)?;
        let score = 100.0 * scored.position()?;
        let share = if found.r2 > 0.0 { 100.0 * share / found.r2 } else { 0.0 };
        let told = ask.told(&name(ask.project, id), &scored.formula, &scored.score);
        let important = percent(ask.lang, share / 100.0, 1);
        let told = format!("{told}\n{} {important}", Msg::Importance.text(ask.lang));
        Some(Point { id, score, share, small: scored.is_small(), told })
    };
    outcome.iter().zip(&found.shares).filter_map(point).collect()
}

/// Where the cross-hair stands on one axis.
fn crossing(crossing: Crossing, mut values: Vec<f64>, scale: f64) -> f64 {
    match crossing {
        Crossing::Means => values.iter().sum::<f64>() / values.len().max(1) as f64,
        Crossing::Scale => scale,
        Crossing::Medians => {
            values.sort_by(f64::total_cmp);
            let middle = values.len() / 2;
            match values.get(middle) {
                Some(upper) if values.len() % 2 == 0 => f64::midpoint(values[middle - 1], *upper),
                Some(value) => *value,
                None => scale,
            }
        }
    }
}

/// The four areas with their names.
fn areas(ask: &Ask<'_>, (across, up): (f64, f64), most: f64) -> [Form; 4] {
    let area = |from, to, name: Msg| Form::Area { from, to, name: name.text(ask.lang).to_owned() };
    [
        area((0.0, up), (across, most), Msg::ConcentrateHere),
        area((across, up), (100.0, most), Msg::KeepUp),
        area((0.0, 0.0), (across, up), Msg::LowPriority),
        area((across, 0.0), (100.0, up), Msg::PossibleOverkill),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cross_hair_stands_where_it_is_asked_to() {
        let values = || vec![10.0, 20.0, 90.0, 40.0];
        assert!((crossing(Crossing::Means, values(), 50.0) - 40.0).abs() < 1e-12);
        assert!((crossing(Crossing::Medians, values(), 50.0) - 30.0).abs() < 1e-12);
        assert!((crossing(Crossing::Scale, values(), 50.0) - 50.0).abs() < 1e-12);
    }
}
