//! Tables of one answer per row: a column of names says what each answer is about.

use super::classify::Context;
use super::matching::best_pairs;
use super::{ColumnReason, ProposedColumn, find_element, role_of, title_of_element};
use crate::id::Id;
use crate::model::recipe::ColumnRole;
use crate::model::{Journey, sort_records};
use crate::survey::names::{ComparableName, Weights};
use crate::survey::profile::ColumnProfile;
use crate::survey::vocabulary::Topic;

/// Detects a table of one answer per row and reads it as such: a column is named like one of subjects, its
/// values repeat, and one column holds answers.
pub(super) fn read_long_table(columns: &mut Vec<ProposedColumn>, context: &Context<'_>) {
    let called = |topic| {
        move |place: &usize| context.headers.get(*place).is_some_and(|header| header.is_name_of(topic))
    };
    let repeats = |place: &usize| {
        let column = &context.profile.columns[*place];
        let names = column.values.len();
        !column.many && column.texts > 9 * column.numbers && names > 1 && column.texts >= 2 * names as u64
    };
    let places = || 0..context.profile.columns.len();
    let Some(names) = places().filter(called(Topic::Touchpoint)).find(repeats) else { return };
    let answers: Vec<usize> =
        places().filter(|place| *place != names && columns[*place].reason.may_match()).collect();
    let called_answers: Vec<usize> = answers.iter().copied().filter(called(Topic::Answer)).collect();
    let score = match (called_answers.as_slice(), answers.as_slice()) {
        ([only], _) | ([], [only]) => *only,
        _ => return,
    };
    let score = columns[score].clone();
    let seen = context.profile.columns[names].clone();
    map_one_answer_per_row(columns, &seen, &score, context.journey);
    for column in columns
        .iter_mut()
        .filter(|column| column.rule.column == seen.name && column.rule.role == ColumnRole::Names)
    {
        column.reason = ColumnReason::LongNames;
    }
}

/// Turns a mapping into one of a table of one answer per row: each value of the column of names is about the
/// element with this or a similar title, otherwise about a new touchpoint. `score` is the column of answers
/// with its rule; other columns of answers are no longer read.
pub fn map_one_answer_per_row(
    columns: &mut Vec<ProposedColumn>,
    names: &ColumnProfile,
    score: &ProposedColumn,
    journey: &Journey,
) {
    for column in columns.iter_mut() {
        if column.rule.column == names.name {
            *column = ProposedColumn::new_with_role(&names.name, ColumnRole::Names, ColumnReason::Chosen);
        } else if column.is_question() || column.rule.column == score.rule.column {
            column.rule.role = ColumnRole::Ignore;
            column.target = None;
        }
    }
    columns.retain(|column| column.rule.column != score.rule.column);
    let values: Vec<&String> = names.spelled.values().collect();
    let found = find_elements(&values, journey);
    for (value, target) in values.into_iter().zip(found) {
        let mut column = score.clone();
        column.rule.name.clone_from(value);
        column.rule.role = target.map_or(ColumnRole::Touchpoint, role_of);
        column.rule.target = target.map_or_else(|| value.clone(), |target| title_of_element(journey, target));
        (column.target, column.reason) = (target, ColumnReason::Chosen);
        columns.push(column);
    }
}

/// Finds the element of each name: with the same title, or the most similar one.
fn find_elements(values: &[&String], journey: &Journey) -> Vec<Option<Id>> {
    let exact = |value: &&String| {
        let of = |role| find_element(journey, role, value);
        of(ColumnRole::Touchpoint).or_else(|| of(ColumnRole::Stage))
    };
    let mut found: Vec<Option<Id>> = values.iter().map(exact).collect();
    let free = sort_records(journey.touchpoints().values()).into_iter().map(|t| (Id::from(t.id), &t.title));
    let free: Vec<(Id, ComparableName)> = free
        .filter(|(id, _)| !found.contains(&Some(*id)))
        .map(|(id, title)| (id, ComparableName::new(title)))
        .collect();
    let open = values.iter().enumerate().filter(|(place, _)| found[*place].is_none());
    let names: Vec<(usize, ComparableName)> =
        open.map(|(place, value)| (place, ComparableName::new(value))).collect();
    let weights =
        Weights::from_names(names.iter().map(|(_, name)| name).chain(free.iter().map(|(_, name)| name)));
    for (place, id, _) in best_pairs(&names, &free, &weights) {
        found[place] = Some(id);
    }
    found
}
