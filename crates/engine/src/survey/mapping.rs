//! The mapping of a table: the profile of its first rows, and the rule of each column. Shared by the window
//! and the command line.
//!
//! Invariants of the whole table are kept here: at most one column each of weights, days, numbers of
//! respondents, names and ids; the columns of a battery share one scale; the columns of an aggregated table
//! hold all counts or all shares.

use super::battery::Batteries;
use super::cell::fold_text;
use super::choices::ChoiceList;
use super::import::day_label;
use super::profile::{ColumnProfile, Profile};
use super::propose::{
    ColumnReason, OpenQuestion, ProposedColumn, Unshared, apply_recipe, find_fitting_recipe,
    make_touchpoints, map_one_answer_per_row, propose_columns, title_of_element,
};
use super::resolve::{Says, ValueReading, open_questions};
use super::values::{count_readings, is_read_by_cell};
use crate::id::{Id, JourneyId};
use crate::model::choice::{DateOrder, Direction, WaveSplit};
use crate::model::recipe::{ColumnRole, ColumnRule};
use crate::model::{Journey, Project, Recipe};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The largest share of rejected answers in a column under a mapping that fits it.
const STRAY: f64 = 0.05;

/// The mapping of a table's columns onto a journey.
#[derive(Debug, Clone)]
pub struct Mapping {
    profile: Arc<Profile>,
    columns: Vec<ProposedColumn>,
    journey: JourneyId,
    /// For each column of the table, the columns of its battery.
    batteries: Vec<Vec<usize>>,
    unshared: Unshared,
    follows: bool,
}

impl Mapping {
    /// Proposes a mapping of a table onto a journey: by a saved mapping if one is given or fits, otherwise by
    /// the table's content.
    pub fn propose_on_journey(
        profile: Arc<Profile>,
        project: &Project,
        journey: JourneyId,
        saved: Option<&Recipe>,
    ) -> Self {
        let mut columns = propose_columns(&profile, project, journey);
        let recipe = saved.or_else(|| find_fitting_recipe(project, &profile)).zip(project.journey(journey));
        let unshared =
            recipe.map(|(recipe, journey)| apply_recipe(&mut columns, &recipe.columns, &profile, journey));
        let found = Batteries::find_batteries(&profile);
        let batteries = (0..profile.columns.len()).map(|place| found.members_of(place).to_vec()).collect();
        let follows = unshared.is_some();
        Self { profile, columns, journey, batteries, unshared: unshared.unwrap_or_default(), follows }
    }

    /// Proposes a mapping on the journey that most columns match; among equals the first. `None` if the
    /// project has no journeys.
    pub fn propose_on_best(
        profile: &Arc<Profile>,
        project: &Project,
        saved: Option<&Recipe>,
    ) -> Option<Self> {
        let matched =
            |mapping: &Self| mapping.columns.iter().filter(|column| column.target.is_some()).count();
        let journeys = project.journeys_in_order().into_iter().rev();
        let proposed = journeys
            .map(|journey| Self::propose_on_journey(Arc::clone(profile), project, journey.info().id, saved));
        proposed.max_by_key(matched)
    }

    /// The profile of the table's first rows.
    pub fn profile(&self) -> &Arc<Profile> {
        &self.profile
    }

    /// The mapped columns; in a table of one answer per row, there is one for each name too.
    pub fn columns(&self) -> &[ProposedColumn] {
        &self.columns
    }

    /// The column at an index.
    pub fn column(&self, place: usize) -> Option<&ProposedColumn> {
        self.columns.get(place)
    }

    /// The journey that the answers are about.
    pub fn journey(&self) -> JourneyId {
        self.journey
    }

    /// The columns that only one of saved mapping and table has.
    pub fn unshared_columns(&self) -> &Unshared {
        &self.unshared
    }

    /// The profile of a column.
    pub fn profile_of(&self, column: &ProposedColumn) -> Option<&ColumnProfile> {
        self.profile.column_named(&column.rule.column)
    }

    /// Finds the column of the table with this name: by its header in any spelling, or by the id that the
    /// survey tool gave it.
    pub fn find_column(&self, name: &str) -> Option<&ColumnProfile> {
        let columns = &self.profile.columns;
        let same = |wanted: &dyn Fn(&ColumnProfile) -> bool| columns.iter().find(|column| wanted(column));
        same(&|column| column.name == name.trim())
            .or_else(|| same(&|column| fold_text(&column.name) == fold_text(name)))
            .or_else(|| same(&|column| !column.id.is_empty() && fold_text(&column.id) == fold_text(name)))
    }

    /// Returns the indices of the rules for a column of the table.
    pub fn rule_indices_of(&self, header: &str) -> Vec<usize> {
        let own = self.columns.iter().enumerate().filter(|(_, column)| column.rule.column == header);
        own.map(|(place, _)| place).collect()
    }

    /// Returns the questions that a person must answer before the import.
    pub fn open_questions(&self) -> Vec<(OpenQuestion, Vec<usize>)> {
        open_questions(&self.columns, &self.profile)
    }

    /// Returns the number of repeated rows of the sample; 0 if an open or answered question is about them.
    pub fn unasked_repeats(&self) -> u64 {
        let about =
            |doubt: &OpenQuestion| matches!(doubt, OpenQuestion::Repeats(_) | OpenQuestion::SameRows(_));
        let asked = self.columns.iter().flat_map(ProposedColumn::blocking_doubts).any(|doubt| about(&doubt));
        let settled = self.columns.iter().any(|column| column.rule.once);
        if asked || settled { 0 } else { self.profile.repeated_rows }
    }

    /// True if a saved mapping covers every column, so that there is nothing to ask.
    pub fn is_known(&self) -> bool {
        let well =
            |column: &ProposedColumn| !is_read_by_cell(&self.columns, column) || self.is_well_read(column);
        let all = self.follows && self.unshared == Unshared::default() && self.columns.iter().all(well);
        all && self.open_questions().is_empty()
    }

    /// True if the rule of a column fits its content: hardly a cell is rejected.
    fn is_well_read(&self, column: &ProposedColumn) -> bool {
        let told = self.profile_of(column).map(|seen| count_readings(&self.profile, seen, &column.rule));
        told.is_none_or(|told| told.rejected as f64 <= STRAY * (told.valid + told.rejected) as f64)
    }

    /// True if at least one column holds answers.
    pub fn has_answers(&self) -> bool {
        self.columns.iter().any(ProposedColumn::is_question)
    }

    /// Finds a column of answers without a valid scale: its low end is not below its high end.
    pub fn column_without_scale(&self) -> Option<&ProposedColumn> {
        self.columns.iter().find(|column| column.is_question() && column.rule.low >= column.rule.high)
    }

    /// True if the import can run: there are answers, their scales are valid, and no question is open.
    pub fn is_ready(&self) -> bool {
        self.has_answers() && self.column_without_scale().is_none() && self.open_questions().is_empty()
    }

    /// True if some columns of answers matched no touchpoint.
    pub fn has_unmatched_columns(&self) -> bool {
        self.columns.iter().any(|column| column.reason.is_open() && column.rule.role == ColumnRole::Ignore)
    }

    /// Returns the groups that a column of segments or choices keeps, as written: the values with enough of
    /// the profiled rows.
    pub fn groups_of(&self, column: &ProposedColumn) -> Vec<String> {
        let Some(seen) = self.profile_of(column) else { return Vec::new() };
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for (value, count) in &seen.values {
            let written = seen.spelled.get(value).unwrap_or(value);
            match column.rule.role {
                ColumnRole::Segment => *counts.entry(written.clone()).or_default() += count,
                ColumnRole::Choices => {
                    let list = ChoiceList::from_rule(&column.rule);
                    list.split_cell(written)
                        .into_iter()
                        .for_each(|choice| *counts.entry(choice.to_owned()).or_default() += count);
                }
                _ => {}
            }
        }
        counts.into_iter().filter(|(_, count)| *count >= column.rule.least).map(|(value, _)| value).collect()
    }

    /// True if a column of days splits the rows into waves.
    pub fn is_split_by_days(&self) -> bool {
        let splits = |column: &ProposedColumn| {
            column.rule.role == ColumnRole::Date && column.rule.wave != WaveSplit::All
        };
        self.columns.iter().any(splits)
    }

    /// Returns the wave name for the days of the table, if all of them belong to one wave.
    pub fn wave_of_days(&self) -> Option<String> {
        let dated = |column: &&ProposedColumn| {
            column.rule.role == ColumnRole::Date && column.rule.wave == WaveSplit::All
        };
        let column = self.columns.iter().find(dated)?;
        let months =
            || self.profile_of(column).into_iter().flat_map(|seen| seen.dates.months_in(column.rule.order));
        let day = |(year, month)| jiff::civil::Date::new(year, month, 1).ok();
        let first = months().map(|(month, _)| month).min()?;
        let last = months().map(|(month, _)| month).max()?;
        Some(day_label(day(first)?, day(last)?.last_of_month()))
    }
}

/// Edits.
impl Mapping {
    /// Edits the columns at some indices.
    pub fn edit_columns(&mut self, places: &[usize], mut change: impl FnMut(&mut ProposedColumn)) {
        for place in places {
            self.columns.get_mut(*place).into_iter().for_each(&mut change);
        }
    }

    /// Assigns a role to a column; false if the table does not allow it. A role that only one column can have
    /// is taken from the others.
    pub fn set_role(&mut self, place: usize, role: ColumnRole, journey: &Journey) -> bool {
        if role == ColumnRole::Names {
            return self.set_names(place, journey);
        }
        let Some(column) = self.columns.get(place) else { return false };
        let counts = role == ColumnRole::AnswerCount;
        let shares = role == ColumnRole::AnswerShare;
        if (counts || shares) && column.reason == ColumnReason::Aggregated {
            self.read_shares(shares);
            return true;
        }
        if is_single(role) {
            let others = self.columns.iter_mut().filter(|column| column.rule.role == role);
            others.for_each(|column| column.rule.role = ColumnRole::Ignore);
        }
        if role == ColumnRole::Weight {
            self.settle_weights();
        }
        let profile = Arc::clone(&self.profile);
        let Some(column) = self.columns.get_mut(place) else { return false };
        let seen = profile.column_named(&column.rule.column);
        column.rule.role = role;
        if let Some(seen) = seen {
            match role {
                ColumnRole::Choices if column.rule.separator.is_empty() => column.read_choices(seen),
                ColumnRole::Date => column.read_dates(seen),
                _ if column.is_question() => {
                    column.read_answers(seen);
                }
                _ => {}
            }
        }
        column.reason = ColumnReason::Chosen;
        let target = match role {
            ColumnRole::Journey => Some(journey.info().id.into()),
            ColumnRole::Stage => journey.stages_in_order().first().map(|stage| stage.id.into()),
            _ => None,
        };
        self.set_target(place, target, journey);
        true
    }

    /// Makes a column the one that names what each row is about, and the first other column of answers the
    /// one with the answers; false if there is none.
    fn set_names(&mut self, place: usize, journey: &Journey) -> bool {
        let Some(names) = self.columns.get(place).map(|column| column.rule.column.clone()) else {
            return false;
        };
        let mut others = self.columns.iter().filter(|column| column.rule.column != names);
        let score = others.find(|column| column.is_question() || column.reason.is_open());
        let Some(score) = score.map(|column| column.rule.column.clone()) else { return false };
        self.read_by_names(&names, &score, journey)
    }

    /// Reads the table as one answer per row: a column of names says what each answer of another column is
    /// about. False if either column is missing.
    pub fn read_by_names(&mut self, names: &str, score: &str, journey: &Journey) -> bool {
        let profile = Arc::clone(&self.profile);
        let (Some(names), Some(seen)) = (profile.column_named(names), profile.column_named(score)) else {
            return false;
        };
        let found = self.columns.iter().find(|column| column.rule.column == seen.name);
        let Some(mut score) = found.cloned() else { return false };
        score.read_answers(seen);
        map_one_answer_per_row(&mut self.columns, names, &score, journey);
        true
    }

    /// Assigns a column's answers to another element; `None` makes a new touchpoint for a column with that
    /// role.
    pub fn set_target(&mut self, place: usize, target: Option<Id>, journey: &Journey) {
        let Some(column) = self.columns.get_mut(place) else { return };
        let named = if column.rule.role == ColumnRole::Touchpoint {
            column.question_name().to_owned()
        } else {
            String::new()
        };
        column.reason = ColumnReason::Chosen;
        column.target = target;
        column.rule.target = target.map_or(named, |target| title_of_element(journey, target));
    }

    /// Sets the good end of a column's scale, which settles the question about it.
    pub fn set_direction(&mut self, place: usize, direction: Direction) {
        self.edit_columns(&[place], |column| column.set_good_end(direction));
    }

    /// Sets the scale of a column and of the columns of its battery that share its current scale.
    pub fn set_scale(&mut self, place: usize, low: f64, high: f64) {
        let Some(own) = self.columns.get(place).map(|column| column.rule.clone()) else { return };
        let same = |rule: &ColumnRule| rule.low == own.low && rule.high == own.high && rule.words.is_empty();
        let places = self.battery_of(&own.column).into_iter().filter(|other| {
            self.columns.get(*other).is_some_and(|column| column.is_question() && same(&column.rule))
        });
        let places: Vec<usize> = std::iter::once(place).chain(places).collect();
        self.edit_columns(&places, |column| column.set_scale(low, high));
    }

    /// Returns the indices of the columns in the battery of a column of the table.
    fn battery_of(&self, header: &str) -> Vec<usize> {
        let place = self.profile.columns.iter().position(|column| column.name == header);
        let members = place.and_then(|place| self.batteries.get(place)).map_or(&[][..], Vec::as_slice);
        let names = members.iter().filter_map(|member| self.profile.columns.get(*member));
        names.flat_map(|column| self.rule_indices_of(&column.name)).collect()
    }

    /// Sets the order of day and month in a column's dates.
    pub fn set_date_order(&mut self, place: usize, order: DateOrder) {
        self.edit_columns(&[place], |column| column.set_date_order(order));
    }

    /// Sets the periods into which a column of days splits answers.
    pub fn set_wave_split(&mut self, place: usize, split: WaveSplit) {
        self.edit_columns(&[place], |column| column.rule.wave = split);
    }

    /// Sets the reading of one value of a column.
    pub fn set_value(&mut self, place: usize, text: &str, taken: ValueReading) {
        self.edit_columns(&[place], |column| column.set_value(text, taken));
    }

    /// Replaces a column's codes for no answer.
    pub fn set_missing<'a>(&mut self, place: usize, codes: impl Iterator<Item = &'a str>) {
        let Some(column) = self.columns.get_mut(place) else { return };
        column.rule.missing.clear();
        codes.for_each(|code| column.set_no_answer(code));
    }

    /// True if some columns are named after answers and hold their counts or shares.
    pub fn is_aggregated(&self) -> bool {
        let is_answer = |role| matches!(role, ColumnRole::AnswerCount | ColumnRole::AnswerShare);
        self.columns.iter().any(|column| is_answer(column.rule.role))
    }

    /// Sets whether the answer columns of an aggregated table hold shares or counts.
    pub fn read_shares(&mut self, shares: bool) {
        self.columns.iter_mut().for_each(|column| column.read_shares(shares));
    }

    /// Excludes the rows in which a column holds a text, or includes them again.
    pub fn set_row_rule(&mut self, header: &str, text: &str, leave_out: bool) {
        let folded = fold_text(text);
        for place in self.rule_indices_of(header).into_iter().take(1) {
            self.edit_columns(&[place], |column| {
                if leave_out {
                    column.rule.skip.insert(folded.clone());
                } else {
                    column.rule.skip.remove(&folded);
                }
            });
        }
    }

    /// Applies a person's answer to a question about the columns at some indices.
    pub fn answer_question(&mut self, doubt: OpenQuestion, places: &[usize], says: Says) {
        if let (OpenQuestion::Weights, Says::Weight(chosen)) = (doubt, says) {
            let weights = |column: &ProposedColumn, place| {
                if place == chosen { ColumnRole::Weight } else { column.rule.role }
            };
            for (place, column) in self.columns.iter_mut().enumerate() {
                if column.rule.role == ColumnRole::Weight {
                    column.rule.role = ColumnRole::Ignore;
                }
                column.rule.role = weights(column, place);
            }
            return self.settle_weights();
        }
        if doubt == OpenQuestion::Weights {
            return self.set_unweighted();
        }
        let profile = Arc::clone(&self.profile);
        // The unit of an aggregated table is one question for all its columns.
        let all: Vec<usize> = (0..self.columns.len()).collect();
        let places = if doubt == OpenQuestion::Unit { &all } else { places };
        self.edit_columns(places, |column| {
            column.apply_answer(doubt, says, profile.column_named(&column.rule.column));
        });
    }

    /// Removes all weights.
    pub fn set_unweighted(&mut self) {
        let weights = self.columns.iter_mut().filter(|column| column.rule.role == ColumnRole::Weight);
        weights.for_each(|column| column.rule.role = ColumnRole::Ignore);
        self.settle_weights();
    }

    fn settle_weights(&mut self) {
        self.columns
            .iter_mut()
            .for_each(|column| column.doubts.retain(|doubt| *doubt != OpenQuestion::Weights));
    }

    /// Creates touchpoints for the columns of answers that matched none.
    pub fn make_touchpoints(&mut self) {
        make_touchpoints(&mut self.columns);
    }
}

/// True if only one column of a table can have the role.
fn is_single(role: ColumnRole) -> bool {
    matches!(
        role,
        ColumnRole::Weight
            | ColumnRole::Date
            | ColumnRole::Count
            | ColumnRole::Names
            | ColumnRole::Respondent
    )
}
