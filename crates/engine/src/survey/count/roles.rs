//! Columns about a whole row: its day, its weight, its number of respondents, the question it answers.

use super::counter::FoundColumn;
use super::{FastMap, LINES, Rejection};
use crate::model::choice::{DateOrder, WaveSplit};
use crate::model::counts::{Answer, WeightSum};
use crate::survey::amount::MOST;
use crate::survey::cell::{Reject, fold_text, parse_number};
use crate::survey::dates;
use crate::survey::period::Period;
use crate::survey::source::TableRow;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The most spellings of names that are remembered.
const NAMES: usize = 4096;

/// Rejected cells of columns that hold no answers.
#[derive(Default)]
pub(super) struct Rejections(pub(super) BTreeMap<(usize, Reject), Rejection>);

impl Rejections {
    pub(super) fn add_cell(&mut self, index: usize, reason: Reject, line: u64) {
        self.0.entry((index, reason)).or_default().add_at_line(1, line);
    }

    /// Adds the rejections of other rows.
    pub(super) fn merge(&mut self, other: Self) {
        for (cell, rejection) in other.0 {
            self.0.entry(cell).or_default().merge(&rejection);
        }
    }
}

impl Rejection {
    /// Adds `count` rejections at a line, which must not precede those added before.
    pub(super) fn add_at_line(&mut self, count: u64, line: u64) {
        self.count += count;
        if self.lines.len() < LINES {
            self.lines.push(line);
        }
    }

    /// Adds the rejections of other rows, which may precede these.
    pub(super) fn merge(&mut self, other: &Self) {
        self.count += other.count;
        merge_lines(&mut self.lines, &other.lines);
    }
}

/// Merges the first lines of other rows, keeping the smallest.
pub(super) fn merge_lines(lines: &mut Vec<u64>, others: &[u64]) {
    lines.extend_from_slice(others);
    lines.sort_unstable();
    lines.truncate(LINES);
}

/// The day of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowDay {
    /// The table has no column of days, or the row is ragged.
    Untold,
    /// A day.
    Day(Date),
    /// A cell that can't be read as a day.
    Rejected(Reject),
}

/// A column of dates: the day and the period of each row.
pub(super) struct DateColumn {
    pub(super) index: usize,
    place: usize,
    order: DateOrder,
    split: WaveSplit,
    /// Rows up to and including this day are left out.
    after: Option<Date>,
    /// The first and last day of rows that counted.
    pub(super) days: Option<(Date, Date)>,
    /// The periods seen, starting with the undated one.
    known: Vec<Period>,
    /// The index of each period.
    places: FastMap<Period, usize>,
    last: usize,
}

impl DateColumn {
    pub(super) fn new(found: &FoundColumn<'_>, after: Option<Date>) -> Self {
        let rule = found.column_rule();
        Self {
            index: found.index,
            place: found.place,
            order: rule.order,
            split: rule.wave,
            after,
            days: None,
            known: vec![Period::Undated],
            places: FastMap::from_iter([(Period::Undated, 0)]),
            last: 0,
        }
    }

    /// Reads the day of a row.
    pub(super) fn read_day(&self, row: &TableRow<'_>) -> RowDay {
        if row.is_ragged() {
            return RowDay::Untold;
        }
        dates::read_date(row.cell(self.place), self.order).map_or_else(RowDay::Rejected, RowDay::Day)
    }

    /// True if a row of this day is too old to count.
    pub(super) fn is_too_old(&self, day: RowDay) -> bool {
        matches!((day, self.after), (RowDay::Day(day), Some(after)) if day <= after)
    }

    /// Adds the day of a row that counts. Returns its period with the period's index; the undated one if the
    /// row has no day.
    pub(super) fn add_day(
        &mut self,
        day: RowDay,
        row: &TableRow<'_>,
        rejections: &mut Rejections,
    ) -> (usize, Period) {
        let period = match day {
            RowDay::Untold => return (0, Period::Undated),
            RowDay::Day(day) => {
                let (first, last) = self.days.unwrap_or((day, day));
                self.days = Some((first.min(day), last.max(day)));
                Period::containing_day(day, self.split)
            }
            RowDay::Rejected(reason) => {
                rejections.add_cell(self.index, reason, row.line_number());
                Period::Undated
            }
        };
        if self.known.get(self.last) != Some(&period) {
            self.last = self.place_of(period);
        }
        (self.last, period)
    }

    /// Returns the index of a period, adding it if it is new.
    fn place_of(&mut self, period: Period) -> usize {
        let next = self.known.len();
        let place = *self.places.entry(period).or_insert(next);
        if place == next {
            self.known.push(period);
        }
        place
    }

    /// Adds the days of other rows. Maps each of their periods to its index here.
    pub(super) fn merge(&mut self, other: &Self) -> Vec<usize> {
        if let Some((first, last)) = other.days {
            let (own_first, own_last) = self.days.unwrap_or((first, last));
            self.days = Some((own_first.min(first), own_last.max(last)));
        }
        other.known.iter().map(|period| self.place_of(*period)).collect()
    }
}

/// A column with the number of respondents of each row.
pub(super) struct CountColumn {
    index: usize,
    place: usize,
}

impl CountColumn {
    pub(super) fn new(found: &FoundColumn<'_>) -> Self {
        Self { index: found.index, place: found.place }
    }

    /// Reads the number of respondents of a row; `None` if the cell is no count.
    pub(super) fn read_people(&self, row: &TableRow<'_>, rejections: &mut Rejections) -> Option<u64> {
        let count = if row.is_ragged() { None } else { parse_number(row.cell(self.place)).map(Answer::get) };
        let usable = count.filter(|count| (0.0..=MOST).contains(count) && count.fract() == 0.0);
        if usable.is_none() {
            rejections.add_cell(self.index, Reject::NotACount, row.line_number());
        }
        usable.map(|count| count as u64)
    }
}

/// A column of weights.
pub(super) struct WeightColumn {
    index: usize,
    place: usize,
}

impl WeightColumn {
    pub(super) fn new(found: &FoundColumn<'_>) -> Self {
        Self { index: found.index, place: found.place }
    }

    /// Reads the weight of a row; zero if the cell is no weight.
    pub(super) fn read_weight(&self, row: &TableRow<'_>, rejections: &mut Rejections) -> WeightSum {
        let heaviest = WeightSum::MOST as f64 / WeightSum::ONE as f64;
        let weight = parse_number(row.cell(self.place)).map(Answer::get);
        let usable = weight.filter(|weight| (0.0..=heaviest).contains(weight) && !row.is_ragged());
        if usable.is_none() {
            rejections.add_cell(self.index, Reject::NotAWeight, row.line_number());
        }
        usable.map_or(WeightSum::default(), |weight| {
            WeightSum::of_one((weight * WeightSum::ONE as f64).round() as u64)
        })
    }
}

/// A column of names that says which questions a row answers.
pub(super) struct NamesColumn {
    pub(super) index: usize,
    place: usize,
    /// The questions of each name, folded.
    known: FastMap<String, Vec<usize>>,
    /// The same by names as written, so that each spelling is folded once.
    written: FastMap<String, Vec<usize>>,
}

impl NamesColumn {
    pub(super) fn new(found: &FoundColumn<'_>) -> Self {
        Self {
            index: found.index,
            place: found.place,
            known: FastMap::default(),
            written: FastMap::default(),
        }
    }

    /// Registers a question that rows with this name answer.
    pub(super) fn insert(&mut self, name: &str, question: usize) {
        self.known.entry(fold_text(name)).or_default().push(question);
    }

    /// Returns the first question of each name: every row with a known name answers one of them.
    pub(super) fn first_questions(&self) -> Vec<usize> {
        self.known.values().filter_map(|questions| questions.first().copied()).collect()
    }

    /// Returns the questions of a row's name; none for a ragged row.
    pub(super) fn questions_of_row(&mut self, row: &TableRow<'_>) -> &[usize] {
        if row.is_ragged() { &[] } else { self.questions_of_name(row.cell(self.place)) }
    }

    /// Returns the questions of a row's name, even if the row is ragged.
    pub(super) fn questions_of_any_row(&mut self, row: &TableRow<'_>) -> &[usize] {
        self.questions_of_name(row.cell(self.place))
    }

    fn questions_of_name(&mut self, name: &str) -> &[usize] {
        if !self.written.contains_key(name) {
            if self.written.len() >= NAMES {
                return self.known.get(&fold_text(name)).map_or(&[], Vec::as_slice);
            }
            let questions = self.known.get(&fold_text(name)).cloned().unwrap_or_default();
            self.written.insert(name.to_owned(), questions);
        }
        self.written.get(name).map_or(&[], Vec::as_slice)
    }
}
