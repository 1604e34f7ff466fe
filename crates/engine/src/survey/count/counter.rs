//! Counts rows one by one under a mapping.

use super::aggregated::AggregatedColumns;
use super::answers::{AnswerCounter, GroupIndices, RowWeight};
use super::pairs::{DRIVERS, PairCounter};
use super::respondents::{DistinctRows, IdCheck, RespondentColumn};
use super::roles::{CountColumn, DateColumn, NamesColumn, Rejections, RowDay, WeightColumn};
use super::rules::SkipRule;
use super::segments::{ChoicesColumn, Combinations, Crossing, GroupTable, SegmentColumn};
use super::small_groups::{Folding, GroupSizes, LeastRule};
use super::{CountGroup, CountOptions, Counted, GROUPS, Rejection};
use crate::model::recipe::{ColumnRole, ColumnRule};
use crate::survey::cell::Reject;
use crate::survey::period::Period;
use crate::survey::propose::ProposedColumn;
use crate::survey::source::TableRow;
use std::collections::{BTreeMap, BTreeSet};

/// Roles that only one column of a table can have.
const SINGLE_ROLES: [ColumnRole; 5] =
    [ColumnRole::Weight, ColumnRole::Date, ColumnRole::Count, ColumnRole::Names, ColumnRole::Respondent];

/// A column of the mapping that exists in the table.
#[derive(Clone, Copy)]
pub(super) struct FoundColumn<'a> {
    /// Its index in the mapping.
    pub(super) index: usize,
    /// Its index in the table.
    pub(super) place: usize,
    pub(super) column: &'a ProposedColumn,
}

impl<'a> FoundColumn<'a> {
    pub(super) fn column_rule(&self) -> &'a ColumnRule {
        &self.column.rule
    }
}

/// The counts of all rows added so far, with buffers that are reused for each row.
pub(super) struct Counter {
    /// One for each column of answers.
    pub(super) questions: Vec<AnswerCounter>,
    /// Questions that every row answers: all without a name.
    pub(super) unnamed: Vec<usize>,
    pub(super) names: Option<NamesColumn>,
    pub(super) dates: Option<DateColumn>,
    pub(super) respondents: Option<RespondentColumn>,
    pub(super) distinct_rows: Option<DistinctRows>,
    weights: Option<WeightColumn>,
    counts: Option<CountColumn>,
    pub(super) aggregated: Option<AggregatedColumns>,
    pub(super) rows: u64,
    skip_rules: Vec<SkipRule>,
    pub(super) left_out: BTreeMap<usize, Rejection>,
    pub(super) segments: Vec<SegmentColumn>,
    pub(super) crossings: Vec<Crossing>,
    pub(super) choices: Vec<ChoicesColumn>,
    pub(super) pairs: Vec<PairCounter>,
    pub(super) groups: GroupTable,
    least_rules: Vec<LeastRule>,
    pub(super) combinations: Option<Combinations>,
    pub(super) rejections: Rejections,
    /// The groups of the current row.
    pub(super) row_groups: Vec<usize>,
    /// The current row's group of each segment column.
    row_segments: Vec<Option<usize>>,
    /// The questions that the current row names.
    row_questions: Vec<usize>,
    /// The current row's answer to each question, in thousandths.
    row_answers: Vec<Option<i64>>,
}

impl Counter {
    pub(super) fn new(header: &[String], columns: &[ProposedColumn], options: &CountOptions) -> Self {
        let found = find_columns(header, columns);
        let of_role = |role: ColumnRole| found.iter().filter(move |column| column.column_rule().role == role);
        let questions: Vec<&FoundColumn<'_>> =
            found.iter().filter(|found| found.column.is_question()).collect();
        let weights = of_role(ColumnRole::Weight).next().map(WeightColumn::new);
        let mut names = of_role(ColumnRole::Names).next().map(NamesColumn::new);
        let mut unnamed = Vec::new();
        for (question, found) in questions.iter().enumerate() {
            match &mut names {
                Some(names) if !found.column_rule().name.is_empty() => {
                    names.insert(&found.column_rule().name, question);
                }
                _ => unnamed.push(question),
            }
        }
        let rules: Vec<&ColumnRule> = questions.iter().map(|found| found.column_rule()).collect();
        let grouping = grouping_columns(&found);
        let grouping_of =
            |role: ColumnRole| grouping.iter().filter(move |column| column.column_rule().role == role);
        let segment_rules: Vec<&ColumnRule> =
            grouping_of(ColumnRole::Segment).map(FoundColumn::column_rule).collect();
        let segments: Vec<SegmentColumn> = grouping_of(ColumnRole::Segment).map(SegmentColumn::new).collect();
        let choices: Vec<ChoicesColumn> = grouping_of(ColumnRole::Choices).map(ChoicesColumn::new).collect();
        // Choices overlap, which makes too many combinations.
        let combinations = if choices.is_empty() { Combinations::new(segments.len()) } else { None };
        let aggregated = AggregatedColumns::new(&found);
        // The rows of an aggregated table are not single respondents.
        let respondents = if aggregated.is_none() { of_role(ColumnRole::Respondent).next() } else { None };
        let ids = respondents.is_some() || aggregated.is_some();
        let distinct_rows =
            if ids { None } else { of_role(ColumnRole::Date).next().and_then(DistinctRows::new) };
        // A column with the name of a crossing holds a crossing made earlier.
        let crossed_before =
            |crossing: &Crossing| grouping.iter().any(|found| found.column_rule().column == crossing.column);
        let crossings = crossed_segments(&segment_rules).map(|of| Crossing::new(of, &segments));
        let crossings = crossings.filter(|crossing| !crossed_before(crossing)).collect();
        Self {
            questions: questions.iter().map(|found| AnswerCounter::new(found, weights.is_some())).collect(),
            pairs: if names.is_some() { Vec::new() } else { pair_counters(&rules) },
            unnamed,
            distinct_rows,
            respondents: respondents.map(|found| RespondentColumn::new(found, options)),
            names,
            dates: of_role(ColumnRole::Date).next().map(|found| DateColumn::new(found, options.after)),
            weights,
            counts: of_role(ColumnRole::Count).next().map(CountColumn::new),
            aggregated,
            rows: 0,
            skip_rules: SkipRule::from_columns(&found),
            left_out: BTreeMap::new(),
            crossings,
            combinations,
            choices,
            segments,
            groups: GroupTable::default(),
            least_rules: least_rules(&grouping),
            rejections: Rejections::default(),
            row_groups: Vec::new(),
            row_segments: Vec::new(),
            row_questions: Vec::new(),
            row_answers: vec![None; questions.len()],
        }
    }

    /// Counts a row, unless a rule leaves it out.
    pub(super) fn add_row(&mut self, row: &TableRow<'_>) {
        if let Some(rule) = self.skip_rules.iter().find(|rule| rule.applies_to(row)) {
            return self.leave_out(rule.index, row);
        }
        let day = self.dates.as_ref().map_or(RowDay::Untold, |dates| dates.read_day(row));
        if let Some(dates) = self.dates.as_ref().filter(|dates| dates.is_too_old(day)) {
            return self.leave_out(dates.index, row);
        }
        if self.aggregated.is_some() {
            return self.add_aggregated(row, day);
        }
        let people =
            self.counts.as_ref().map_or(Some(1), |counts| counts.read_people(row, &mut self.rejections));
        let Some(people) = people.filter(|people| *people > 0) else { return };
        self.row_questions.clear();
        if let Some(names) = &mut self.names {
            self.row_questions.extend_from_slice(names.questions_of_row(row));
        }
        let names_nothing = self.row_questions.is_empty();
        let unknown = if names_nothing { self.names.as_ref().map(|names| names.index) } else { None };
        let counts = unknown.is_none() || !self.unnamed.is_empty();
        if counts && let Some(index) = self.check_repeat(row) {
            return self.leave_out(index, row);
        }
        self.rows += people;
        if let Some(index) = unknown {
            self.rejections.add_cell(index, Reject::UnknownName, row.line_number());
        }
        if !counts {
            return;
        }
        let rejections = &mut self.rejections;
        let at =
            self.dates.as_mut().map_or((0, Period::Undated), |dates| dates.add_day(day, row, rejections));
        let weight =
            self.weights.as_ref().map(|weights| weights.read_weight(row, rejections).scaled_by(people));
        let weight = RowWeight { people, weight };
        let combination = self.find_groups(row, at);
        let groups = combination.map_or(GroupIndices::Groups(&self.row_groups), GroupIndices::Combination);
        for question in &self.unnamed {
            self.row_answers[*question] = self.questions[*question].add_cell_of(row, groups, weight);
        }
        for question in &self.row_questions {
            self.questions[*question].add_cell_of(row, groups, weight);
        }
        self.pairs.iter_mut().for_each(|pairs| pairs.add_row(&self.row_answers, weight, at));
    }

    /// Checks whether a row repeats an earlier one, and returns the column of ids or days by which it is then
    /// left out.
    fn check_repeat(&mut self, row: &TableRow<'_>) -> Option<usize> {
        if let Some(rows) = &mut self.distinct_rows {
            return (!rows.insert_row(row)).then_some(rows.index);
        }
        let respondents = self.respondents.as_mut()?;
        let check = respondents.check_id(row, self.row_questions.first().copied());
        (check == IdCheck::LeftOut).then_some(respondents.index)
    }

    /// Leaves out a row by the rule of a column: it is added to `left_out` only. Its cells cause no
    /// rejections.
    fn leave_out(&mut self, index: usize, row: &TableRow<'_>) {
        let unheard = &mut Rejections::default();
        let people = match (&self.aggregated, &self.counts) {
            (Some(columns), _) => columns.people_of_row(row),
            (None, Some(counts)) => counts.read_people(row, unheard),
            (None, None) => Some(1),
        };
        // A row whose number of respondents can't be read is one row.
        let people = people.unwrap_or(1);
        self.rows += people;
        if people > 0 {
            self.left_out.entry(index).or_default().add_at_line(people, row.line_number());
        }
    }

    /// Finds the groups of a row: returns their combination if it is known, otherwise lists them in
    /// `row_groups`.
    fn find_groups(&mut self, row: &TableRow<'_>, at: (usize, Period)) -> Option<usize> {
        self.row_groups.clear();
        self.row_groups.push(self.groups.group_of_everyone(at));
        // A ragged row counts for everyone only; its cells may belong to other columns.
        if row.is_ragged() {
            return None;
        }
        let mut key = at.0 as u64;
        self.row_segments.clear();
        for segment in &mut self.segments {
            let found = segment.find_group(row, at, &mut self.groups);
            let value = found.map_or(0, |(value, _)| value as u64);
            key = key.wrapping_mul(GROUPS as u64 + 1).wrapping_add(value);
            let group = found.map(|(_, group)| group);
            self.row_groups.extend(group);
            self.row_segments.push(group);
        }
        for choices in &mut self.choices {
            choices.find_groups(row, at, &mut self.groups, &mut self.row_groups);
        }
        let known = self.combinations.as_ref().and_then(|combinations| combinations.get(key));
        if known.is_some() {
            return known;
        }
        for crossing in &mut self.crossings {
            self.row_groups.extend(crossing.find_group(&self.row_segments, &mut self.groups));
        }
        self.combinations.as_mut()?.insert(key, &self.row_groups)
    }

    /// Adds the counts of combinations to their groups.
    pub(super) fn merge_combinations(&mut self) {
        if let Some(combinations) = self.combinations.take() {
            self.questions.iter_mut().for_each(|question| question.merge_combinations(&combinations.groups));
        }
    }

    /// Returns the counts of all rows.
    pub(super) fn finish(mut self, hash: String) -> Counted {
        self.merge_combinations();
        let too_many_groups = self.too_many_groups();
        let folding = Folding::new(&self.least_rules, &self.group_sizes());
        let final_group = |(index, group): (usize, &CountGroup)| {
            let segment = folding.folded_segment(&self.groups, index)?;
            let is_kept = !too_many_groups.contains(&segment.column);
            is_kept.then_some(CountGroup { period: group.period, segment })
        };
        let groups: Vec<Option<CountGroup>> = self.groups.all.iter().enumerate().map(final_group).collect();
        let index = |question: usize| self.questions.get(question).map_or(0, |counter| counter.index);
        let pairs = self.pairs.into_iter().map(|pairs| pairs.finish(index)).collect();
        let mut counted = Counted {
            hash,
            rows: self.rows,
            answers: BTreeMap::new(),
            pairs,
            rejections: self.rejections.0,
            left_out: self.left_out,
            days: self.dates.and_then(|dates| dates.days),
            respondents: self.respondents.map(RespondentColumn::finish),
            too_many_groups,
            folded: folding.folded,
            dropped: folding.dropped,
            ambiguous: Vec::new(),
            file_warnings: Vec::new(),
        };
        for question in self.questions {
            question.finish(&groups, &mut counted);
        }
        counted
    }

    /// Returns the columns and crossings with more groups than can be kept apart.
    fn too_many_groups(&self) -> Vec<String> {
        let columns = self.segments.iter().chain(self.choices.iter().map(|choices| &choices.segment));
        let columns = columns.filter(|segment| segment.overflows).map(|segment| &segment.column);
        let overflows = |index: usize| self.segments.get(index).is_some_and(|segment| segment.overflows);
        let crossings = self.crossings.iter().filter(|crossing| {
            let (a, b) = crossing.of;
            crossing.overflows || overflows(a) || overflows(b)
        });
        columns.chain(crossings.map(|crossing| &crossing.column)).cloned().collect()
    }

    /// Returns the number of rows of each group in columns with a minimum group size, over all periods.
    fn group_sizes(&self) -> GroupSizes<'_> {
        let mut sizes = GroupSizes::new();
        if self.least_rules.is_empty() || self.aggregated.as_ref().is_some_and(|table| !table.knows_people())
        {
            return sizes;
        }
        // Each row that counts answers one of these questions.
        let named = || self.names.as_ref().map(NamesColumn::first_questions).unwrap_or_default();
        let apart = self.unnamed.first().map_or_else(named, |question| vec![*question]);
        for (index, group) in self.groups.all.iter().enumerate() {
            let has_rule = self.least_rules.iter().any(|rule| rule.column == group.segment.column);
            if !has_rule || self.groups.crossed_groups(index).is_some() {
                continue;
            }
            let rows = |question: &AnswerCounter| question.rows_of_group(index);
            let of_group = match self.aggregated {
                Some(_) => self.questions.iter().map(rows).collect(),
                None => {
                    vec![apart.iter().filter_map(|question| self.questions.get(*question)).map(rows).sum()]
                }
            };
            let known = sizes.entry(&group.segment).or_default();
            known.resize(of_group.len(), 0);
            known.iter_mut().zip(of_group).for_each(|(sum, rows)| *sum += rows);
        }
        sizes
    }
}

/// Finds the columns of a mapping that exist in the table, by name.
fn find_columns<'a>(header: &[String], columns: &'a [ProposedColumn]) -> Vec<FoundColumn<'a>> {
    let find = |(index, column): (usize, &'a ProposedColumn)| {
        let place = header.iter().position(|name| *name == column.rule.column)?;
        Some(FoundColumn { index, place, column })
    };
    columns.iter().enumerate().filter_map(find).collect()
}

/// Returns the roles that only one column can have but several columns of the table do.
pub(super) fn ambiguous_roles(
    header: &[String],
    columns: &[ProposedColumn],
) -> Vec<(ColumnRole, Vec<usize>)> {
    let found = find_columns(header, columns);
    let of_role = |role: ColumnRole| -> Vec<usize> {
        found.iter().filter(|found| found.column_rule().role == role).map(|found| found.index).collect()
    };
    let several = SINGLE_ROLES.into_iter().map(|role| (role, of_role(role)));
    several.filter(|(_, columns)| columns.len() > 1).collect()
}

/// Returns the columns that form groups: a column of the table forms them once, by its first rule.
fn grouping_columns<'a>(found: &[FoundColumn<'a>]) -> Vec<FoundColumn<'a>> {
    let mut places = BTreeSet::new();
    let makes_groups = |role: ColumnRole| matches!(role, ColumnRole::Segment | ColumnRole::Choices);
    let columns =
        found.iter().filter(|found| makes_groups(found.column_rule().role) && places.insert(found.place));
    columns.copied().collect()
}

/// Returns the minimum group sizes of columns that have one.
fn least_rules(grouping: &[FoundColumn<'_>]) -> Vec<LeastRule> {
    let rules = grouping.iter().map(FoundColumn::column_rule).filter(|rule| rule.least > 0);
    let of_rule = |rule: &ColumnRule| LeastRule {
        column: rule.column.clone(),
        least: rule.least,
        overlaps: rule.role == ColumnRole::Choices,
    };
    rules.map(of_rule).collect()
}

/// Returns the pairs of segment columns whose groups are crossed, by their indices among the segment columns.
fn crossed_segments(segments: &[&ColumnRule]) -> impl Iterator<Item = (usize, usize)> {
    let bears = |rule: &ColumnRule, name: &String| rule.column == *name || rule.aliases.contains(name);
    let mut pairs = BTreeSet::new();
    for (own, rule) in segments.iter().enumerate() {
        for name in &rule.crossed {
            let other = segments.iter().position(|other| bears(other, name)).filter(|other| *other != own);
            if let Some(other) = other
                && !pairs.contains(&(other, own))
            {
                pairs.insert((own, other));
            }
        }
    }
    pairs.into_iter()
}

/// Creates, for each outcome, a counter of the sums over all answers about touchpoints and stages that may
/// drive it.
fn pair_counters(rules: &[&ColumnRule]) -> Vec<PairCounter> {
    let of = |wanted: &dyn Fn(&ColumnRule) -> bool| -> Vec<usize> {
        rules.iter().enumerate().filter(|(_, rule)| wanted(rule)).map(|(question, _)| question).collect()
    };
    let outcomes = of(&|rule| rule.role == ColumnRole::Journey);
    let drivers = of(&|rule| rule.driver && matches!(rule.role, ColumnRole::Touchpoint | ColumnRole::Stage));
    if !(1..=DRIVERS).contains(&drivers.len()) {
        return Vec::new();
    }
    let furthest = rules.iter().flat_map(|rule| rule.words.values().chain([&rule.low, &rule.high]));
    let furthest = furthest.fold(0.0_f64, |most, answer| most.max(answer.abs()));
    let furthest = (furthest * 1000.0).ceil().min(1e12) as i64;
    let questions = |outcome: &usize| std::iter::once(*outcome).chain(drivers.iter().copied()).collect();
    outcomes.iter().map(|outcome| PairCounter::new(questions(outcome), furthest)).collect()
}
