//! Columns of days and periods, and the waves into which they split answers.

use super::{ColumnReason, OpenQuestion, ProposedColumn};
use crate::model::choice::{DateOrder, WaveSplit};
use crate::survey::dates::DateEvidence;
use crate::survey::header_text::HeaderText;
use crate::survey::profile::ColumnProfile;
use crate::survey::vocabulary::Topic;
use std::collections::{BTreeMap, BTreeSet};

/// The smallest share of dates in a column of dates.
const DATES: f64 = 0.9;
/// The smallest wave: from this number of answers on, a score is not drawn hatched.
const WAVE: u64 = 30;

/// Builds the column as one of days or periods; `None` if it holds something else.
pub(super) fn date_column(column: &ColumnProfile, header: &HeaderText) -> Option<ProposedColumn> {
    let cells = column.numbers + column.texts;
    let dates = &column.dates;
    let called = header.has_topic(Topic::Date) || header.is_name_of(Topic::Date);
    let serials = if called { dates.serials } else { 0 };
    let enough = |found: u64| found > 0 && found as f64 >= DATES * cells as f64;
    let days = enough(dates.date_count() + serials);
    let periods = !days && enough(dates.periods + dates.date_count());
    if (!days && !periods) || holds_one_impossible_day(column) {
        return (days && holds_one_impossible_day(column))
            .then(|| ProposedColumn::new_ignored(&column.name, ColumnReason::Date));
    }
    let mut found = ProposedColumn::new_ignored(&column.name, ColumnReason::Date);
    let order = dates.detect_order();
    found.rule.order = order.unwrap_or(DateOrder::YearFirst);
    found.rule.wave = if periods {
        period_split(dates)
    } else {
        match wave_split(dates, found.rule.order) {
            // Still a single wave, but next month's import becomes a separate one.
            WaveSplit::All if lies_in_one_month(column, found.rule.order) => WaveSplit::Month,
            split => split,
        }
    };
    found.doubts.extend(order.is_none().then_some(OpenQuestion::Order));
    found.doubts.extend(odd_dates(column));
    Some(found)
}

/// True if each row has a day, and all days are in one month.
fn lies_in_one_month(column: &ColumnProfile, order: DateOrder) -> bool {
    let dated: u64 = column.dates.months_in(order).map(|(_, count)| count).sum();
    let months: BTreeSet<(i16, i8)> = column.dates.months_in(order).map(|(month, _)| month).collect();
    months.len() == 1 && column.blank == 0 && dated == column.numbers + column.texts
}

/// True if all days are the placeholder that a program writes for an unknown day.
fn holds_one_impossible_day(column: &ColumnProfile) -> bool {
    column.dates.impossible > 0 && column.dates.months.is_empty()
}

fn period_split(dates: &DateEvidence) -> WaveSplit {
    if dates.quarters { WaveSplit::Quarter } else { WaveSplit::Month }
}

/// Returns the coarsest split with at least two waves of enough answers; otherwise one wave of all days.
pub(super) fn wave_split(dates: &DateEvidence, order: DateOrder) -> WaveSplit {
    let count = |part: &dyn Fn((i16, i8)) -> (i16, i8)| {
        let mut waves: BTreeMap<(i16, i8), u64> = BTreeMap::new();
        dates.months_in(order).for_each(|(month, count)| *waves.entry(part(month)).or_default() += count);
        waves.values().filter(|count| **count >= WAVE).count()
    };
    if count(&|(year, _)| (year, 0)) >= 2 {
        WaveSplit::Year
    } else if count(&|(year, month)| (year, (month + 2) / 3)) >= 2 {
        WaveSplit::Quarter
    } else if count(&|month| month) >= 2 {
        WaveSplit::Month
    } else {
        WaveSplit::All
    }
}

/// Returns the notices about impossible days and days in the future.
pub(in crate::survey) fn odd_dates(column: &ColumnProfile) -> impl Iterator<Item = OpenQuestion> {
    let dates = &column.dates;
    let impossible = dates.first_impossible.map(|line| OpenQuestion::Impossible(dates.impossible, line));
    let future = dates.first_future.map(|(line, day)| OpenQuestion::Future(dates.future, line, day));
    impossible.into_iter().chain(future)
}
