//! Reduces the rows of a table to exact counts. No row is kept, and none costs memory.
//!
//! Law: for each question valid + missing + rejected = rows read. In a table of one answer a row (a column of names), a
//! question's rows are those that name it; rows that name nothing known are counted beside the questions. In a table that is
//! aggregated already (a column of counts) each row is as many rows as it says.

mod aggregated;
mod pairs;
mod split;
mod tally;

pub use pairs::{CountedPairs, DRIVERS};

use super::cell::{Reject, fold};
use super::period::Period;
use super::propose::Column;
use super::source::{FileWarning, Input, Progress, ReadError, Row, Table, open};
use crate::model::counts::{Histogram, Segment};
use crate::model::recipe::{ColumnRole, ColumnRule};
use aggregated::Aggregated;
use pairs::PairTally;
use split::{Choices, Combinations, Crossing, Dates, Groups, Repeats, Split, Weigher};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use tally::{Places, Standing, Tally};

/// A map whose hashes cost little: a few are made for each row.
type Map<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// The most different values a segment column may have.
pub const GROUPS: usize = 200;
/// The most different answers one question may have.
pub const ANSWERS: usize = 1024;
/// Different spellings of names that are remembered.
const NAMES: usize = 4096;
/// Line numbers that are kept for each kind of rejection.
const LINES: usize = 5;

/// Whose answers a histogram holds: those of a group in a period.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// When they answered.
    pub period: Period,
    /// Who they are.
    pub segment: Segment,
}

/// What an import counted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counted {
    /// The hash of the file's content.
    pub hash: String,
    /// Rows read; of a table that is aggregated already, the respondents they stand for, or the rows themselves where
    /// nobody knows of how many respondents they tell.
    pub rows: u64,
    /// For each column of answers, by its place in the mapping: the answers of each group.
    pub answers: BTreeMap<usize, BTreeMap<Group, Histogram>>,
    /// Sums for the drivers of each outcome.
    pub pairs: Vec<CountedPairs>,
    /// Cells that did not count, by column and reason.
    pub rejections: BTreeMap<(usize, Reject), Rejection>,
    /// Segment columns that were left out because they have more than [`GROUPS`] values.
    pub too_many_groups: Vec<String>,
    /// What a person should know about the whole file.
    pub file_warnings: Vec<FileWarning>,
}

impl Counted {
    /// The answers of a group to a column, over all periods.
    pub fn of(&self, column: usize, segment: &Segment) -> Histogram {
        let mut sum = Histogram::default();
        let groups = self.answers.get(&column).into_iter().flatten();
        groups.filter(|(group, _)| group.segment == *segment).for_each(|(_, answers)| sum.add(answers));
        sum
    }
}

/// Cells of one column that did not count for one reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rejection {
    /// How many.
    pub count: u64,
    /// The lines of the first ones.
    pub lines: Vec<u64>,
}

/// Cells that did not count, of columns that hold no answers.
#[derive(Default)]
struct Rejections(BTreeMap<(usize, Reject), Rejection>);

impl Rejections {
    fn add(&mut self, index: usize, reason: Reject, line: u64) {
        let rejection = self.0.entry((index, reason)).or_default();
        rejection.count += 1;
        if rejection.lines.len() < LINES {
            rejection.lines.push(line);
        }
    }
}

/// Counts a file under a mapping.
///
/// # Errors
/// Where the file can't be read as a table to its end, or the user stopped it.
pub fn count_file(
    input: impl Into<Input>,
    columns: &[Column],
    progress: &Arc<Progress>,
) -> Result<Counted, ReadError> {
    count(&mut open(input, progress)?, columns)
}

/// Counts a table under a mapping; columns are found by name.
///
/// # Errors
/// Where it can't be read to its end, or the user stopped it.
pub fn count(table: &mut Table, columns: &[Column]) -> Result<Counted, ReadError> {
    let mut counter = Counter::new(table.header(), columns);
    while let Some(row) = table.next_row()? {
        counter.add(&row);
    }
    let file_warnings = table.dialect().file_warnings;
    Ok(Counted { file_warnings, ..counter.finish(table.hash()) })
}

/// A column of names: which questions a row's answers are for.
struct Names {
    index: usize,
    place: usize,
    /// Of each name, folded, the tallies.
    known: Map<String, Vec<usize>>,
    /// The same for names as they are written, so that each is folded once.
    written: Map<String, Vec<usize>>,
}

impl Names {
    /// The tallies of a row's name.
    fn of(&mut self, name: &str) -> &[usize] {
        if !self.written.contains_key(name) {
            if self.written.len() >= NAMES {
                return self.known.get(&fold(name)).map_or(&[], Vec::as_slice);
            }
            let tallies = self.known.get(&fold(name)).cloned().unwrap_or_default();
            self.written.insert(name.to_owned(), tallies);
        }
        self.written.get(name).map_or(&[], Vec::as_slice)
    }
}

/// Everything that is counted, and what a row needs while it is.
struct Counter {
    tallies: Vec<Tally>,
    /// Tallies that every row answers: all, but for those of a name.
    of_all: Vec<usize>,
    names: Option<Names>,
    dates: Option<Dates>,
    weigher: Option<Weigher>,
    repeats: Option<Repeats>,
    aggregated: Option<Aggregated>,
    people: u64,
    splits: Vec<Split>,
    crossings: Vec<Crossing>,
    choices: Vec<Choices>,
    pairs: Vec<PairTally>,
    groups: Groups,
    combinations: Option<Combinations>,
    rejections: Rejections,
    of_row: Vec<usize>,
    /// Of a row, the group of each split.
    found: Vec<Option<usize>>,
    answers: Vec<Option<i64>>,
}

impl Counter {
    fn new(header: &[String], columns: &[Column]) -> Self {
        let place = |rule: &ColumnRule| header.iter().position(|name| *name == rule.column);
        let placed = || columns.iter().enumerate().filter_map(|(i, c)| Some((i, place(&c.rule)?, c)));
        let of_role = |role: ColumnRole| placed().filter(move |(_, _, column)| column.rule.role == role);
        let weigher = of_role(ColumnRole::Weight).next().map(|(index, place, _)| Weigher { index, place });
        let questions: Vec<_> = placed().filter(|(_, _, column)| column.is_question()).collect();
        let tally = |(index, place, column): &(usize, usize, &Column)| {
            Tally::new(*index, *place, &column.rule, weigher.is_some())
        };
        let mut names = of_role(ColumnRole::Names).next().map(|(index, place, _)| Names {
            index,
            place,
            known: Map::default(),
            written: Map::default(),
        });
        let mut of_all = Vec::new();
        for (number, (_, _, column)) in questions.iter().enumerate() {
            match &mut names {
                Some(names) if !column.rule.name.is_empty() => {
                    names.known.entry(fold(&column.rule.name)).or_default().push(number);
                }
                _ => of_all.push(number),
            }
        }
        let segments: Vec<&ColumnRule> = of_role(ColumnRole::Segment).map(|(_, _, c)| &c.rule).collect();
        let splits: Vec<Split> =
            of_role(ColumnRole::Segment).map(|(_, at, c)| Split::new(at, &c.rule)).collect();
        let choices: Vec<Choices> =
            of_role(ColumnRole::Choices).map(|(_, at, c)| Choices::new(at, &c.rule)).collect();
        // Those of choices are too many combinations.
        let alone = choices.is_empty();
        let rules: Vec<&ColumnRule> = questions.iter().map(|(_, _, column)| &column.rule).collect();
        Self {
            tallies: questions.iter().map(tally).collect(),
            pairs: if names.is_some() { Vec::new() } else { pair_tallies(&rules) },
            of_all,
            names,
            dates: of_role(ColumnRole::Date).next().map(|(i, place, c)| Dates::new(i, place, &c.rule)),
            weigher,
            repeats: of_role(ColumnRole::Count).next().map(|(index, place, _)| Repeats { index, place }),
            aggregated: Aggregated::new(placed()),
            people: 0,
            combinations: Combinations::new(splits.len()).filter(|_| alone),
            crossings: crossings(&segments).filter_map(|of| Crossing::new(of, &splits)).collect(),
            choices,
            splits,
            groups: Groups::new(),
            rejections: Rejections::default(),
            of_row: Vec::new(),
            found: Vec::new(),
            answers: vec![None; questions.len()],
        }
    }

    fn add(&mut self, row: &Row<'_>) {
        if self.aggregated.is_some() {
            return self.add_aggregated(row);
        }
        let rejections = &mut self.rejections;
        let at = self.dates.as_mut().map_or((0, Period::Undated), |dates| dates.of(row, rejections));
        let people = self.repeats.as_ref().map_or(1, |repeats| repeats.of(row, rejections));
        let weight = self.weigher.as_ref().map(|weigher| weigher.of(row, rejections).times(people));
        self.people += people;
        if people == 0 {
            return;
        }
        let standing = Standing { people, weight };
        self.of_row.clear();
        self.of_row.push(self.groups.everyone(at.0, at.1));
        let mut key = at.0 as u64;
        self.found.clear();
        if !row.is_ragged() {
            for split in &mut self.splits {
                let found = split.group(row, at, &mut self.groups);
                key = key
                    .wrapping_mul(GROUPS as u64 + 1)
                    .wrapping_add(found.map_or(0, |(value, _)| value as u64));
                let group = found.map(|(_, group)| group);
                self.of_row.extend(group);
                self.found.push(group);
            }
            for choices in &mut self.choices {
                choices.groups(row, at, &mut self.groups, &mut self.of_row);
            }
        }
        // A ragged row counts for everyone alone, and is no combination of blank groups.
        let combinations = self.combinations.as_mut().filter(|_| !row.is_ragged());
        let known = combinations.as_ref().and_then(|combinations| combinations.known(key));
        if known.is_none() {
            let (found, groups) = (&self.found, &mut self.groups);
            let both = self.crossings.iter_mut().filter_map(|crossing| crossing.group(found, groups));
            self.of_row.extend(both);
        }
        let combination =
            known.or_else(|| combinations.and_then(|combinations| combinations.of(key, &self.of_row)));
        let places = combination.map_or(Places::Groups(&self.of_row), Places::Combination);
        for number in &self.of_all {
            self.answers[*number] = tell(&mut self.tallies[*number], row, places, standing);
        }
        if let Some(names) = &mut self.names {
            let tallies = if row.is_ragged() { &[] } else { names.of(row.cell(names.place)) };
            for number in tallies {
                tell(&mut self.tallies[*number], row, places, standing);
            }
            if tallies.is_empty() {
                self.rejections.add(names.index, Reject::UnknownName, row.line());
            }
        }
        self.pairs.iter_mut().for_each(|pairs| pairs.add(&self.answers, standing, at));
    }

    fn finish(self, hash: String) -> Counted {
        let rows = self.people;
        let splits = self.splits.iter().chain(self.choices.iter().map(|choices| &choices.split));
        let splits = splits.filter(|split| split.overflows).map(|split| split.column.clone());
        let crossings = self.crossings.iter().filter(|crossing| crossing.overflows).map(|c| c.column.clone());
        let left_out = splits.chain(crossings).collect();
        let index = |number: usize| self.tallies.get(number).map_or(0, |tally| tally.index);
        let pairs = self.pairs.into_iter().map(|pairs| pairs.finish(index)).collect();
        let rejections = self.rejections.0;
        let mut counted =
            Counted { hash, rows, too_many_groups: left_out, pairs, rejections, ..Counted::default() };
        let combinations = self.combinations.map(|combinations| combinations.groups).unwrap_or_default();
        for tally in self.tallies {
            tally.finish(&self.groups.all, &combinations, &mut counted);
        }
        counted
    }
}

fn tell(tally: &mut Tally, row: &Row<'_>, places: Places<'_>, standing: Standing) -> Option<i64> {
    let cell = (!row.is_ragged()).then(|| row.cell(tally.place));
    tally.add(cell, row.line(), places, standing)
}

/// The pairs of segment columns whose groups are crossed, by their places among them.
fn crossings(segments: &[&ColumnRule]) -> impl Iterator<Item = (usize, usize)> {
    let bears = |rule: &ColumnRule, name: &String| rule.column == *name || rule.aliases.contains(name);
    let mut pairs = BTreeSet::new();
    for (place, rule) in segments.iter().enumerate() {
        for name in &rule.crossed {
            let other = segments.iter().position(|other| bears(other, name)).filter(|other| *other != place);
            let again = other.is_some_and(|other| pairs.contains(&(other, place)));
            pairs.extend(other.filter(|_| !again).map(|other| (place, other)));
        }
    }
    pairs.into_iter()
}

/// For each outcome, the sums over all answers about touchpoints and stages that may drive it.
fn pair_tallies(rules: &[&ColumnRule]) -> Vec<PairTally> {
    let of = |wanted: &dyn Fn(&ColumnRule) -> bool| -> Vec<usize> {
        rules.iter().enumerate().filter(|(_, rule)| wanted(rule)).map(|(number, _)| number).collect()
    };
    let outcomes = of(&|rule| rule.role == ColumnRole::Journey);
    let drivers = of(&|rule| rule.driver && matches!(rule.role, ColumnRole::Touchpoint | ColumnRole::Stage));
    if !(1..=DRIVERS).contains(&drivers.len()) {
        return Vec::new();
    }
    let furthest = rules.iter().flat_map(|rule| rule.words.values().chain([&rule.low, &rule.high]));
    let furthest = furthest.fold(0.0_f64, |most, answer| most.max(answer.abs()));
    let furthest = (furthest * 1000.0).ceil().min(1e12) as i64;
    let tallies = |outcome: &usize| std::iter::once(*outcome).chain(drivers.iter().copied()).collect();
    outcomes.iter().map(|outcome| PairTally::new(tallies(outcome), furthest)).collect()
}

#[cfg(test)]
mod tests;
