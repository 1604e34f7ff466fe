//! Segment chart: the score of each group of customers, the best first, marked if it differs from the rest.

use super::{Ask, cells, name, scores_axis, tone};
use crate::analysis::chart::{Axis, Bar, Chart, Form, Mark, Table};
use crate::feedback::difference::{LEVEL, difference, holm};
use crate::feedback::figure_of;
use crate::feedback::overlay::segments;
use crate::feedback::sample::Sample;
use crate::feedback::score::{Formula, Score, score};
use crate::i18n::Msg;
use crate::model::counts::{Histogram, Segment};

/// One group.
struct Group {
    value: String,
    histogram: Histogram,
    score: Score,
    /// True if it differs from the rest, corrected for the comparison of all groups at once.
    differs: bool,
}

pub(super) fn chart(ask: &Ask<'_>) -> Chart {
    let Some(target) = ask.target() else { return ask.nothing(Msg::NoScoresHere) };
    let all = segments(ask.project);
    let wanted = ask.choice.column.as_ref().filter(|column| all.contains_key(*column));
    let Some(column) = wanted.or_else(|| all.keys().next()) else { return ask.nothing(Msg::NoSegments) };
    let question = super::questions(ask.project, target)
        .into_iter()
        .max_by_key(|id| ask.histogram(*id, &Segment::everyone()).n())
        .and_then(|id| ask.project.questions().get(&id));
    let Some(question) = question else { return ask.nothing(Msg::NoScoresHere) };
    let formula = Formula::of(ask.project, question, ask.shown.metric);
    let values = all.get(column).cloned().unwrap_or_default();
    let mut groups: Vec<Group> = values
        .into_iter()
        .filter_map(|value| {
            let segment = Segment { column: column.clone(), value: value.clone() };
            let histogram = ask.histogram(question.id, &segment);
            let score = score(&histogram, &formula);
            score.value.map(|_| Group { value, histogram, score, differs: false })
        })
        .collect();
    if groups.is_empty() {
        return ask.nothing(Msg::NoScoresHere);
    }
    compare(&mut groups, &formula);
    // The lowest comes first, since the axis runs upward.
    groups.sort_by(|a, b| a.score.value.unwrap_or(0.0).total_cmp(&b.score.value.unwrap_or(0.0)));
    let mut notes = vec![Msg::HolmNote.text(ask.lang).to_owned()];
    notes.extend(ask.notes(Some(&formula)));
    Chart {
        title: format!("{} · {column} · {}", name(ask.project, target), ask.wave()),
        notes,
        x: scores_axis(&formula, ask.lang),
        y: Axis::of_names(groups.iter().map(|group| group.value.clone())),
        marks: (0_u32..)
            .zip(&groups)
            .map(|(place, group)| row(ask, &formula, group, place, target))
            .collect(),
        table: Table {
            header: ask.header(&[Msg::Segment]),
            rows: groups
                .iter()
                .rev()
                .map(|group| std::iter::once(group.value.clone()).chain(cells(&group.score)).collect())
                .collect(),
        },
    }
}

/// Compares each group with the rest of the same column, never with a total that contains it.
fn compare(groups: &mut [Group], formula: &Formula) {
    let mut total = Histogram::default();
    for group in &*groups {
        total.add(&group.histogram);
    }
    let p = |group: &Group| {
        let rest = Sample::plain(&total.without(&group.histogram), formula)?;
        Some(difference(&Sample::plain(&group.histogram, formula)?, &rest)?.p)
    };
    let found: Vec<f64> = groups.iter().map(|group| p(group).unwrap_or(1.0)).collect();
    for (group, p) in groups.iter_mut().zip(holm(&found)) {
        group.differs = p < LEVEL;
    }
}

fn row(ask: &Ask<'_>, formula: &Formula, group: &Group, place: u32, target: crate::id::Id) -> Mark {
    let value = group.score.value.unwrap_or_default();
    let differs = if group.differs { Msg::DiffersFromRest } else { Msg::NotProven };
    let told = ask.told(&group.value, formula, &group.score);
    let sign = if group.differs { " *" } else { "" };
    let figure = format!("{}{sign}", figure_of(formula, value, ask.lang));
    Mark {
        form: Form::Row(Bar { at: f64::from(place), value, interval: group.score.interval, figure }),
        tone: tone(formula, value),
        small: group.score.n < formula.small_n,
        tip: format!("{told}\n{}", differs.text(ask.lang)),
        target: Some(target),
    }
}
