//! Aggregated tables: one column per answer, with the number or the share of respondents who gave it.

use super::answers::{GroupIndices, RowWeight};
use super::counter::{Counter, FoundColumn};
use super::roles::{Rejections, RowDay};
use super::segments::SegmentColumn;
use crate::model::counts::{Answer, Histogram};
use crate::model::recipe::ColumnRole;
use crate::survey::amount::{apportion_total, parts_of_whole, read_amount, to_people_count};
use crate::survey::cell::{CellReader, CellReading, Reject};
use crate::survey::period::Period;
use crate::survey::source::TableRow;

/// A column that counts one answer.
struct AnswerColumn {
    index: usize,
    place: usize,
    /// The answer as a cell would state it; empty for a column of respondents without an answer.
    answer: String,
    number: Option<Answer>,
}

/// The columns of answers.
pub(super) struct AggregatedColumns {
    answers: Vec<AnswerColumn>,
    shares: bool,
    /// The column with the number of respondents of a row, by its index in the mapping and in the table.
    people: Option<(usize, usize)>,
}

/// The answers of one row to one question.
enum AggregatedAnswers {
    /// The respondents of each answer, the number who gave none of them, and if the table states shares, all
    /// of these in millionths.
    People(Vec<u64>, u64, Vec<u64>),
    /// Shares in millionths, of an unknown number of respondents.
    Shares(Vec<u64>),
}

impl AggregatedColumns {
    /// Collects the answer columns; `None` if the table has none.
    pub(super) fn new(found: &[FoundColumn<'_>]) -> Option<Self> {
        let mut answers = Vec::new();
        let mut people = None;
        let mut role = None;
        for FoundColumn { index, place, column } in found.iter().copied() {
            match column.rule.role {
                ColumnRole::Count => people = people.or(Some((index, place))),
                own @ (ColumnRole::AnswerCount | ColumnRole::AnswerShare)
                    if role.is_none_or(|r| r == own) =>
                {
                    role = Some(own);
                    let (answer, number) = match CellReader::new(&column.rule).read(&column.rule.column) {
                        CellReading::Answer(answer) => (answer.get().to_string(), Some(answer)),
                        CellReading::Missing => (String::new(), None),
                        CellReading::Rejected(_) => (column.rule.column.clone(), None),
                    };
                    answers.push(AnswerColumn { index, place, answer, number });
                }
                _ => {}
            }
        }
        role.map(|role| Self { answers, shares: role == ColumnRole::AnswerShare, people })
    }

    /// True if the table states numbers of respondents.
    pub(super) fn knows_people(&self) -> bool {
        !self.shares || self.people.is_some()
    }

    /// Returns the answer of the only share column, if the table also states numbers of respondents: all
    /// others gave a lower answer.
    fn only_share(&self) -> Option<Answer> {
        match self.answers.as_slice() {
            [only] if self.shares && self.people.is_some() => only.number,
            _ => None,
        }
    }

    /// Returns the number of respondents of a row; `None` if it is not stated or can't be read.
    pub(super) fn people_of_row(&self, row: &TableRow<'_>) -> Option<u64> {
        match self.read_row(row, &mut Rejections::default())? {
            AggregatedAnswers::People(given, none, _) => Some(given.iter().sum::<u64>() + none),
            AggregatedAnswers::Shares(_) => None,
        }
    }

    /// Reads a row; `None` if a cell can't be read or the parts exceed the whole.
    fn read_row(&self, row: &TableRow<'_>, rejections: &mut Rejections) -> Option<AggregatedAnswers> {
        let reason = if self.shares { Reject::NotAShare } else { Reject::NotACount };
        let mut reject = |index, reason| {
            rejections.add_cell(index, reason, row.line_number());
            None
        };
        let mut given = Vec::new();
        let mut signed = false;
        for column in &self.answers {
            let found = if row.is_ragged() { None } else { read_amount(row.cell(column.place)) };
            match found.filter(|(amount, _)| self.shares || to_people_count(*amount).is_some()) {
                Some((amount, sign)) => {
                    given.push(amount);
                    signed |= sign;
                }
                None => return reject(column.index, reason),
            }
        }
        let n = match self.people {
            None => None,
            Some((index, place)) => {
                match read_amount(row.cell(place)).and_then(|(amount, _)| to_people_count(amount)) {
                    Some(n) => Some(n),
                    None => return reject(index, Reject::NotACount),
                }
            }
        };
        let answers =
            if self.shares { answers_from_shares(&given, signed, n) } else { answers_from_counts(&given, n) };
        let first = self.answers.first().map_or(0, |column| column.index);
        answers.or_else(|| reject(first, Reject::MoreThanAll))
    }
}

/// The most respondents of a row that are also counted in millionths: larger numbers do not fit the file
/// format.
const MOST_IN_PARTS: u64 = 1_000_000;

fn answers_from_counts(given: &[f64], n: Option<u64>) -> Option<AggregatedAnswers> {
    let given: Vec<u64> = given.iter().filter_map(|amount| to_people_count(*amount)).collect();
    let sum = given.iter().sum();
    let rest = n.unwrap_or(sum).checked_sub(sum)?;
    Some(AggregatedAnswers::People(given, rest, Vec::new()))
}

fn answers_from_shares(given: &[f64], signed: bool, n: Option<u64>) -> Option<AggregatedAnswers> {
    let mut parts = parts_of_whole(given, signed)?;
    Some(if let Some(n) = n {
        let mut people = apportion_total(n, &parts);
        let rest = people.pop().unwrap_or(0);
        let millionths =
            if n <= MOST_IN_PARTS { apportion_total(n * Histogram::WHOLE, &parts) } else { Vec::new() };
        AggregatedAnswers::People(people, rest, millionths)
    } else {
        parts.pop();
        AggregatedAnswers::Shares(apportion_total(Histogram::WHOLE, &parts))
    })
}

impl Counter {
    /// Counts a row of an aggregated table for the questions that it names.
    pub(super) fn add_aggregated(&mut self, row: &TableRow<'_>, day: RowDay) {
        let Some(columns) = &self.aggregated else { return };
        let questions = match &mut self.names {
            None => self.unnamed.clone(),
            Some(names) => {
                let known = names.questions_of_any_row(row).to_vec();
                if known.is_empty() {
                    return self.rejections.add_cell(names.index, Reject::UnknownName, row.line_number());
                }
                known
            }
        };
        let rejections = &mut self.rejections;
        let Some(answers) = columns.read_row(row, rejections) else { return };
        let at =
            self.dates.as_mut().map_or((0, Period::Undated), |dates| dates.add_day(day, row, rejections));
        // If a table has rows of totals beside rows of groups, everyone is counted by the totals only.
        let everyone = self.groups.group_of_everyone(at);
        let groups = self.segments.iter_mut().filter_map(|s| s.find_group(row, at, &mut self.groups));
        self.row_groups = groups.map(|(_, group)| group).collect();
        let totals = self.segments.iter().any(SegmentColumn::has_totals);
        let adds_up = !totals && matches!(answers, AggregatedAnswers::People(..));
        let all = self.row_groups.is_empty() || adds_up;
        self.row_groups.extend(all.then_some(everyone));
        for question in questions {
            let counter = &mut self.questions[question];
            match &answers {
                AggregatedAnswers::People(given, rest, millionths) => {
                    let line = row.line_number();
                    let groups = GroupIndices::Groups(&self.row_groups);
                    for (column, people) in columns.answers.iter().zip(given).filter(|(_, n)| **n > 0) {
                        let weight = RowWeight { people: *people, weight: None };
                        counter.add_cell(Some(&column.answer), line, groups, weight);
                        self.rows += if all { *people } else { 0 };
                    }
                    for (column, part) in columns.answers.iter().zip(millionths) {
                        counter.add_part(&column.answer, &self.row_groups, *part);
                    }
                    if *rest > 0 {
                        let weight = RowWeight { people: *rest, weight: None };
                        if columns.only_share().is_some_and(|answer| Some(answer) > counter.lowest) {
                            counter.add_lowest(line, groups, weight);
                            counter
                                .add_lowest_part(&self.row_groups, millionths.last().copied().unwrap_or(0));
                        } else {
                            counter.add_cell(Some(""), line, groups, weight);
                        }
                        self.rows += if all { *rest } else { 0 };
                    }
                }
                AggregatedAnswers::Shares(given) => {
                    let valid = |(column, share): (&AnswerColumn, &u64)| {
                        if column.answer.is_empty() { 0.0 } else { *share as f64 }
                    };
                    let valid: Vec<f64> = columns.answers.iter().zip(given).map(valid).collect();
                    let shares = apportion_total(Histogram::WHOLE, &valid);
                    let each = columns.answers.iter().map(|column| column.answer.as_str()).zip(shares);
                    each.for_each(|(answer, share)| counter.add_share(answer, &self.row_groups, share));
                    self.rows += 1;
                }
            }
        }
    }
}
