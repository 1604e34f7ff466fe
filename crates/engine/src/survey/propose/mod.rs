//! Proposes a role for each column of a table, with the reason; the user decides.

mod aggregated;
mod classify;
mod column;
mod dates;
mod doubt;
mod follow;
mod groups;
mod known_questions;
mod long;
mod matching;
mod ratings;
mod table;

pub use column::{ColumnReason, ProposedColumn};
pub(super) use dates::odd_dates;
pub use doubt::OpenQuestion;
pub use follow::{Unshared, apply_recipe, find_fitting_recipe};
pub use long::map_one_answer_per_row;

use super::battery::Batteries;
use super::cell::fold_text;
use super::profile::{ColumnProfile, Profile};
use crate::id::{Id, JourneyId, Kind};
use crate::model::recipe::{ColumnRole, ColumnRule};
use crate::model::{Journey, Project, Question, sort_records};
use aggregated::read_aggregated_table;
use classify::{Context, classify_column};
use matching::match_names;
use std::sync::Arc;

/// Proposes a mapping of a table's columns onto a journey. On a journey without touchpoints, columns of
/// answers become new ones.
pub fn propose_columns(profile: &Profile, project: &Project, journey: JourneyId) -> Vec<ProposedColumn> {
    let Some(journey) = project.journey(journey) else { return Vec::new() };
    let questions: Vec<&Arc<Question>> = sort_records(project.questions().values())
        .into_iter()
        .filter(|q| is_about_journey(journey, q))
        .collect();
    let context = Context::new(profile, Batteries::find_batteries(profile), journey, &questions);
    let mut columns: Vec<ProposedColumn> =
        (0..profile.columns.len()).map(|place| classify_column(&context, place)).collect();
    for (column, seen) in columns.iter_mut().zip(&profile.columns) {
        // Exports without the texts of questions use these ids as names.
        column.rule.aliases.extend(Some(&seen.id).filter(|id| !id.is_empty() && **id != seen.name).cloned());
        let skipped = profile.row_rules.iter().filter(|rule| rule.column == seen.name);
        column.rule.skip.extend(skipped.map(|rule| rule.text.clone()));
    }
    table::settle_roles(&mut columns, profile);
    let done = read_aggregated_table(&mut columns, profile, journey, &questions);
    if !done {
        table::leave_out_one_hot(&mut columns, &context);
        table::read_repeated_rows(&mut columns, &context);
        long::read_long_table(&mut columns, &context);
    }
    match_names(&mut columns, journey, profile.languages);
    if journey.touchpoints().is_empty() {
        make_touchpoints(&mut columns);
    }
    for column in columns.iter_mut().filter(|column| column.is_question() && column.rule.name.is_empty()) {
        let seen = profile.column_named(&column.rule.column);
        column.rule.driver = seen.is_some_and(|seen| is_mostly_answered(&column.rule, seen));
    }
    columns
}

/// True if at least half of the profiled rows answer a column. Drivers are computed from the respondents who
/// answered all of them, so that one that few were asked about would leave hardly anyone.
fn is_mostly_answered(rule: &ColumnRule, seen: &ColumnProfile) -> bool {
    let coded = rule.missing.iter().filter_map(|code| seen.values.get(&fold_text(code))).sum::<u64>();
    let rows = seen.blank + seen.numbers + seen.texts;
    2 * (seen.blank + coded) <= rows
}

/// Turns the columns of answers that matched no element into new touchpoints.
pub fn make_touchpoints(columns: &mut [ProposedColumn]) {
    for column in columns.iter_mut().filter(|column| column.reason.is_open()) {
        column.rule.role = ColumnRole::Touchpoint;
        column.rule.target = column.question_name().to_owned();
    }
}

/// Finds the element of a role with this title.
pub fn find_element(journey: &Journey, role: ColumnRole, title: &str) -> Option<Id> {
    let wanted = fold_text(title);
    let touchpoints = sort_records(journey.touchpoints().values());
    let stages = journey.stages_in_order();
    match role {
        ColumnRole::Journey => Some(journey.info().id.into()),
        ColumnRole::Touchpoint => {
            touchpoints.iter().find(|t| fold_text(&t.title) == wanted).map(|t| t.id.into())
        }
        ColumnRole::Stage => {
            stages.iter().find(|stage| fold_text(&stage.title) == wanted).map(|s| s.id.into())
        }
        _ => None,
    }
}

/// Returns the title of an element that answers can be about.
pub fn title_of_element(journey: &Journey, target: Id) -> String {
    match target.kind() {
        Kind::Touchpoint => {
            target.to_typed().and_then(|id| journey.touchpoints().get(&id)).map(|t| t.title.clone())
        }
        Kind::Stage => target.to_typed().and_then(|id| journey.stages().get(&id)).map(|s| s.title.clone()),
        _ => Some(journey.info().title.clone()),
    }
    .unwrap_or_default()
}

fn is_about_journey(journey: &Journey, question: &Question) -> bool {
    question.target.is_some_and(|target| journey.record(target).is_some())
}

fn role_of(target: Id) -> ColumnRole {
    match target.kind() {
        Kind::Touchpoint => ColumnRole::Touchpoint,
        Kind::Stage => ColumnRole::Stage,
        _ => ColumnRole::Journey,
    }
}

#[cfg(test)]
mod tests;
