//! Tables that are aggregated already: a column for each answer, with the number or the share of those who gave it.

use super::split::Split;
use super::tally::{Places, Standing};
use super::{Counter, Rejections};
use crate::model::counts::Histogram;
use crate::model::recipe::ColumnRole;
use crate::survey::amount::{amount, apportion, parts, people};
use crate::survey::cell::{Cell, CellReader, Reject};
use crate::survey::period::Period;
use crate::survey::propose::Column;
use crate::survey::source::Row;

/// A column of one answer.
struct Given {
    index: usize,
    place: usize,
    /// The answer as a cell would say it; blank for those who gave none.
    answer: String,
}

/// The columns of answers.
pub(super) struct Aggregated {
    answers: Vec<Given>,
    shares: bool,
    /// The column that says how many respondents a row is about.
    people: Option<(usize, usize)>,
}

/// What a row tells about one question, answer by answer.
pub(super) enum Told {
    /// Respondents, and how many of them gave no answer.
    People(Vec<u64>, u64),
    /// Shares in millionths of nobody knows how many.
    Shares(Vec<u64>),
}

impl Aggregated {
    /// The columns of one answer each, with their places; none where the table has no such columns.
    pub(super) fn new<'a>(placed: impl Iterator<Item = (usize, usize, &'a Column)>) -> Option<Self> {
        let (mut answers, mut people, mut role) = (Vec::new(), None, None);
        for (index, place, column) in placed {
            match column.rule.role {
                ColumnRole::Count => people = people.or(Some((index, place))),
                own @ (ColumnRole::AnswerCount | ColumnRole::AnswerShare)
                    if role.is_none_or(|r| r == own) =>
                {
                    role = Some(own);
                    let answer = match CellReader::new(&column.rule).read(&column.rule.column) {
                        Cell::Answer(answer) => answer.get().to_string(),
                        Cell::Missing => String::new(),
                        Cell::Rejected(_) => column.rule.column.clone(),
                    };
                    answers.push(Given { index, place, answer });
                }
                _ => {}
            }
        }
        role.map(|role| Self { answers, shares: role == ColumnRole::AnswerShare, people })
    }

    /// What a row tells; nothing where a cell can't be read or the parts make more than the whole.
    fn told(&self, row: &Row<'_>, rejections: &mut Rejections) -> Option<Told> {
        let reason = if self.shares { Reject::NotAShare } else { Reject::NotACount };
        let mut reject = |index, reason| {
            rejections.add(index, reason, row.line());
            None
        };
        let (mut given, mut signed) = (Vec::new(), false);
        for column in &self.answers {
            let found = amount(row.cell(column.place)).filter(|_| !row.is_ragged());
            match found.filter(|(amount, _)| self.shares || people(*amount).is_some()) {
                Some((amount, sign)) => {
                    given.push(amount);
                    signed |= sign;
                }
                None => return reject(column.index, reason),
            }
        }
        let n = match self.people {
            None => None,
            Some((index, place)) => match amount(row.cell(place)).and_then(|(amount, _)| people(amount)) {
                Some(n) => Some(n),
                None => return reject(index, Reject::NotACount),
            },
        };
        let told = if self.shares { of_shares(&given, signed, n) } else { of_counts(&given, n) };
        let first = self.answers.first().map_or(0, |column| column.index);
        told.or_else(|| reject(first, Reject::MoreThanAll))
    }
}

fn of_counts(given: &[f64], n: Option<u64>) -> Option<Told> {
    let given: Vec<u64> = given.iter().filter_map(|amount| people(*amount)).collect();
    let sum = given.iter().sum();
    let rest = n.unwrap_or(sum).checked_sub(sum)?;
    Some(Told::People(given, rest))
}

fn of_shares(given: &[f64], signed: bool, n: Option<u64>) -> Option<Told> {
    let mut parts = parts(given, signed)?;
    Some(if let Some(n) = n {
        let mut people = apportion(n, &parts);
        let rest = people.pop().unwrap_or(0);
        Told::People(people, rest)
    } else {
        parts.pop();
        Told::Shares(apportion(Histogram::WHOLE, &parts))
    })
}

impl Counter {
    /// Counts a row of a table that is aggregated already for the questions that it names.
    pub(super) fn add_aggregated(&mut self, row: &Row<'_>) {
        let at = self.dates.as_mut().map_or((0, Period::Undated), |d| d.of(row, &mut self.rejections));
        let Some(columns) = &self.aggregated else { return };
        let tallies =
            self.names.as_mut().map(|names| (names.index, names.of(row.cell(names.place)).to_vec()));
        let tallies = match tallies {
            Some((index, known)) if known.is_empty() => {
                return self.rejections.add(index, Reject::UnknownName, row.line());
            }
            Some((_, known)) => known,
            None => self.of_all.clone(),
        };
        let Some(told) = columns.told(row, &mut self.rejections) else { return };
        // Where rows of everyone stand beside those of groups, everyone is told by them.
        let everyone = self.groups.everyone(at.0, at.1);
        let groups = self.splits.iter_mut().filter_map(|split| split.group(row, at, &mut self.groups));
        self.of_row = groups.map(|(_, group)| group).collect();
        let totals = self.splits.iter().any(Split::has_totals);
        let adds_up = !totals && matches!(told, Told::People(..));
        let all = self.of_row.is_empty() || adds_up;
        self.of_row.extend(all.then_some(everyone));
        for number in tallies {
            let tally = &mut self.tallies[number];
            match &told {
                Told::People(given, none) => {
                    let each = columns.answers.iter().map(|column| column.answer.as_str()).zip(given);
                    for (answer, people) in each.chain([("", none)]).filter(|(_, people)| **people > 0) {
                        let standing = Standing { people: *people, weight: None };
                        tally.add(Some(answer), row.line(), Places::Groups(&self.of_row), standing);
                        self.people += if all { *people } else { 0 };
                    }
                }
                Told::Shares(given) => {
                    let valid = |(column, share): (&Given, &u64)| {
                        if column.answer.is_empty() { 0.0 } else { *share as f64 }
                    };
                    let valid: Vec<f64> = columns.answers.iter().zip(given).map(valid).collect();
                    let shares = apportion(Histogram::WHOLE, &valid);
                    let each = columns.answers.iter().map(|column| column.answer.as_str()).zip(shares);
                    each.for_each(|(answer, share)| tally.add_share(answer, &self.of_row, share));
                    self.people += 1;
                }
            }
        }
    }
}
