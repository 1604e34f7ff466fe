//! Aggregated tables: rows name the subject, columns are named after answers.

use super::{ColumnReason, OpenQuestion, ProposedColumn, role_of, title_of_element};
use crate::model::recipe::ColumnRole;
use crate::model::{Journey, Question};
use crate::survey::amount::{parts_of_whole, read_amount};
use crate::survey::answer_names::{AnswerNames, CountUnit, find_answer_names, is_people_count};
use crate::survey::cell::fold_text;
use crate::survey::preview::PreviewLine;
use crate::survey::profile::{ColumnProfile, Profile};
use crate::survey::scale::ScaleSource;
use crate::survey::vocabulary::is_listed;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Names of columns that name the subject of a row, folded.
const NAMES: &str =
    "touchpoint touchpoints question item statement step attribute 接触点 触点 题目 问题 项目";
/// Names of rows that sum up others, folded.
const SUMS: &[&str] =
    &["total", "sum", "grand total", "base", "average", "mean", "合计", "总计", "小计", "平均"];
/// Values of group columns that mean everyone, folded.
const EVERYONE: &[&str] =
    &["all", "total", "everyone", "overall", "all respondents", "全部", "总体", "全体", "合计", "总计"];
/// The most rows of an aggregated table, and the most columns.
const ROWS: u64 = 2000;
const NARROW: usize = 64;
/// The most different years of a column of groups.
const YEARS: usize = 30;
/// The longest average text, in bytes, of a column of names.
const NAME: u64 = 160;

/// Turns the proposal into that of an aggregated table, if the table is one; returns whether it is.
pub(super) fn read_aggregated_table(
    columns: &mut Vec<ProposedColumn>,
    profile: &Profile,
    journey: &Journey,
    questions: &[&Arc<Question>],
) -> bool {
    let Some((found, titles)) = find_answer_columns(profile) else { return false };
    let people =
        profile.columns.iter().position(|column| is_people_count(&column.name) && holds_amounts(column));
    let unit = detect_unit(profile, &found, people);
    if unit.is_none() && found.numbers && people.is_none() {
        return false;
    }
    let old = std::mem::take(columns);
    for (place, mut column) in old.into_iter().enumerate() {
        let named = found.columns.iter().find(|named| named.place == place);
        let seen = &profile.columns[place];
        if place == titles {
            columns.push(ProposedColumn::new_with_role(
                &seen.name,
                ColumnRole::Names,
                ColumnReason::Aggregated,
            ));
            let mut known = BTreeSet::new();
            let cells = first_rows(profile).map(|row| row.cell(place));
            let cells = cells.chain(seen.spelled.values().map(String::as_str));
            let rows = cells.filter(|name| !name.is_empty() && known.insert(fold_text(name)));
            columns.extend(rows.map(|name| build_row_column(&seen.name, name, &found, journey, questions)));
            continue;
        }
        if let Some(named) = named {
            let role = if unit == Some(CountUnit::Share) {
                ColumnRole::AnswerShare
            } else {
                ColumnRole::AnswerCount
            };
            column = ProposedColumn::new_with_role(&seen.name, role, ColumnReason::Aggregated);
            (column.rule.low, column.rule.high) = found.ends;
            match named.answer {
                Some(answer) => column.rule.words = [(fold_text(&seen.name), answer)].into(),
                None => column.rule.missing = [fold_text(&seen.name)].into(),
            }
            let first = found.columns.first().is_some_and(|first| first.place == place);
            column.doubts.extend((unit.is_none() && first).then_some(OpenQuestion::Unit));
        } else if people == Some(place) {
            column = ProposedColumn::new_with_role(&seen.name, ColumnRole::Count, ColumnReason::Aggregated);
        } else if holds_years(seen) {
            column = ProposedColumn::new_with_role(&seen.name, ColumnRole::Segment, ColumnReason::Aggregated);
        } else if column.rule.role == ColumnRole::Segment || column.reason == ColumnReason::SmallGroups {
            // The groups of an aggregated table are as large as its counts say, so none is too small.
            column.rule.role = ColumnRole::Segment;
            column.rule.least = 0;
            column.reason = ColumnReason::FewTexts;
            let everyone = seen.values.keys().filter(|value| EVERYONE.contains(&value.as_str()));
            column.rule.missing = everyone.cloned().collect();
        } else if column.is_question() || column.reason.may_match() || column.rule.role == ColumnRole::Weight
        {
            // Means and sums of the same answers.
            column = ProposedColumn::new_ignored(&seen.name, ColumnReason::Group);
        }
        columns.push(column);
    }
    true
}

/// Finds the answer columns of an aggregated table, and the index of the column that names its rows.
fn find_answer_columns(profile: &Profile) -> Option<(AnswerNames, usize)> {
    if !profile.complete || profile.rows > ROWS || profile.columns.len() > NARROW {
        return None;
    }
    let names: Vec<&str> = profile.columns.iter().map(|column| column.name.as_str()).collect();
    let found = find_answer_names(&names)?;
    let is_answer = |place: usize| found.columns.iter().any(|named| named.place == place);
    if is_one_hot(profile, &found) {
        return None;
    }
    if !found.columns.iter().all(|named| profile.columns.get(named.place).is_some_and(holds_amounts)) {
        return None;
    }
    let texts = || {
        profile.columns.iter().enumerate().filter(|(place, column)| !is_answer(*place) && holds_names(column))
    };
    let called = texts().find(|(_, column)| is_listed(NAMES, &fold_text(&column.name)));
    let (place, _) = called.or_else(|| texts().next())?;
    Some((found, place))
}

/// True if exactly one of the answer columns is ticked in each row: then the rows are respondents.
fn is_one_hot(profile: &Profile, found: &AnswerNames) -> bool {
    let mut rows = 0;
    let mut one = 0;
    for row in first_rows(profile) {
        let cells = || found.columns.iter().map(|named| row.cell(named.place));
        let ticks = cells()
            .filter(|cell| matches!(*cell, "1" | "x" | "true" | "TRUE" | "True" | "yes" | "Yes"))
            .count();
        let plain = cells().all(|cell| {
            matches!(
                cell,
                "" | "0"
                    | "1"
                    | "x"
                    | "true"
                    | "TRUE"
                    | "True"
                    | "false"
                    | "FALSE"
                    | "False"
                    | "yes"
                    | "Yes"
                    | "no"
                    | "No"
            )
        });
        rows += 1;
        one += usize::from(plain && ticks <= 1);
    }
    rows > 1 && one == rows
}

/// True if a column holds a few different years, each of which is a group.
fn holds_years(column: &ColumnProfile) -> bool {
    let year = |value: &String| value.parse::<u16>().is_ok_and(|year| (1990..2100).contains(&year));
    !column.many && column.values.len() <= YEARS && column.numbers > 0 && column.values.keys().all(year)
}

/// Returns the first rows with the header's number of cells.
fn first_rows(profile: &Profile) -> impl Iterator<Item = &PreviewLine> {
    profile.preview.rows.iter().filter(|row| !row.ragged)
}

fn holds_amounts(column: &ColumnProfile) -> bool {
    column.numbers + column.texts > 0 && column.values.keys().all(|value| read_amount(value).is_some())
}

fn holds_names(column: &ColumnProfile) -> bool {
    let length = column.text_bytes.checked_div(column.texts).unwrap_or(0);
    !column.many
        && column.numbers == 0
        && column.texts > 0
        && length <= NAME
        && column.dates.date_count() == 0
}

/// Builds the column for one row of an aggregated table.
fn build_row_column(
    header: &str,
    name: &str,
    found: &AnswerNames,
    journey: &Journey,
    questions: &[&Arc<Question>],
) -> ProposedColumn {
    let sums = SUMS.contains(&fold_text(name).as_str());
    let mut column =
        ProposedColumn::new_ignored(header, if sums { ColumnReason::Group } else { ColumnReason::Row });
    column.source = ScaleSource::Header;
    name.clone_into(&mut column.rule.name);
    (column.rule.low, column.rule.high) = found.ends;
    let known = questions.iter().find(|asked| {
        let bears = fold_text(&asked.text) == fold_text(name)
            || asked.aliases.iter().any(|alias| fold_text(alias) == fold_text(name));
        bears && (asked.low - found.ends.0).abs() < 0.5 && (asked.high - found.ends.1).abs() < 0.5
    });
    if let Some((question, target)) = known.and_then(|asked| Some((asked, asked.target?))) {
        (column.reason, column.target) = (ColumnReason::Alias, Some(target));
        (column.rule.role, column.rule.target) = (role_of(target), title_of_element(journey, target));
        column.rule.direction = question.direction;
    }
    column
}

/// Sums over the first rows, by which counts and shares are distinguished.
#[derive(Default)]
struct RowStatistics {
    /// Rows that are not all zero.
    rows: usize,
    /// Rows whose cells sum to a whole, to more than a whole, and to the number of respondents.
    whole: usize,
    more: usize,
    people: usize,
    /// Rows with a percent sign, and rows with a fraction.
    signed: usize,
    broken: usize,
}

impl RowStatistics {
    fn add_row(&mut self, cells: &[(f64, bool)], people: Option<f64>) {
        let amounts: Vec<f64> = cells.iter().map(|(amount, _)| *amount).collect();
        let sum: f64 = amounts.iter().sum();
        if sum <= 0.0 {
            return;
        }
        self.rows += 1;
        let rest = parts_of_whole(&amounts, false).and_then(|parts| parts.last().copied());
        self.more += usize::from(rest.is_none());
        self.whole += usize::from(rest.is_some_and(|rest| rest <= 0.0));
        self.people += usize::from(people.is_some_and(|people| (people - sum).abs() < 0.5));
        self.signed += usize::from(cells.iter().any(|(_, signed)| *signed));
        self.broken += usize::from(amounts.iter().any(|amount| amount.fract() > 0.0));
    }
}

/// Sums the cells of the first rows, compared with a column that may hold the number of respondents.
fn sum_first_rows(profile: &Profile, found: &AnswerNames, people: Option<usize>) -> RowStatistics {
    let read = |row: &PreviewLine, place: usize| read_amount(row.cell(place));
    let mut sums = RowStatistics::default();
    for row in first_rows(profile) {
        let cells: Option<Vec<_>> = found.columns.iter().map(|named| read(row, named.place)).collect();
        if let Some(cells) = cells {
            sums.add_row(&cells, people.and_then(|place| read(row, place)).map(|(n, _)| n));
        }
    }
    sums
}

/// Detects whether the cells are counts or shares; `None` if it remains unclear.
fn detect_unit(profile: &Profile, found: &AnswerNames, people: Option<usize>) -> Option<CountUnit> {
    if let Some(unit) = found.columns.iter().find_map(|named| named.unit) {
        return Some(unit);
    }
    let sums = sum_first_rows(profile, found, people);
    let is_total = |place: &usize| {
        let RowStatistics { rows, whole, people, .. } = sum_first_rows(profile, found, Some(*place));
        rows > 0 && people == rows && whole < rows
    };
    let mut others = (0..profile.columns.len())
        .filter(|place| found.columns.iter().all(|named| named.place != *place))
        .filter(|place| profile.columns.get(*place).is_some_and(holds_amounts));
    match sums {
        RowStatistics { signed: 0, .. } if others.any(|place| is_total(&place)) => Some(CountUnit::Count),
        RowStatistics { rows: 0, .. } => None,
        RowStatistics { signed, .. } if signed > 0 => Some(CountUnit::Share),
        RowStatistics { rows, people, broken: 0, .. } if people == rows => Some(CountUnit::Count),
        RowStatistics { more, broken: 0, .. } if more > 0 => Some(CountUnit::Count),
        RowStatistics { rows, whole, .. } if whole == rows => Some(CountUnit::Share),
        RowStatistics { broken, more: 0, .. } if broken > 0 => Some(CountUnit::Share),
        RowStatistics { .. } => None,
    }
}
