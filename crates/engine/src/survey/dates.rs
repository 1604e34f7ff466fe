//! Dates as exports write them: `2024-03-05T10:00`, `5.3.2024`, `03/05/24 9:15 PM`, `2024年3月5日`, `5 March
//! 2024`.
//!
//! The order of day and month is never guessed cell by cell: it is the same for the whole column.

use super::cell::{Reject, parse_number};
use super::period_text::read_period;
use super::vocabulary::{compare_key, month_of};
use crate::model::choice::DateOrder;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Serial days of spreadsheets, counted from 1899-12-30, that are plausible for answers: 1982 to 2099.
const SERIALS: std::ops::RangeInclusive<f64> = 30_000.0..=73_050.0;
/// Years that are plausible for answers.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2099;
/// Two-digit years from this one on belong to the twentieth century.
const CENTURY: i16 = 70;
/// Seconds since 1970 that are plausible for answers: 2001 to 2099.
const SECONDS: std::ops::RangeInclusive<i64> = 980_000_000..=4_102_444_800;
/// The date that programs write for an unknown day, beside 1970-01-01.
const UNKNOWN: Date = Date::constant(1980, 1, 1);

/// The parts of a date before the order of day and month is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DateParts {
    /// Year, month, day.
    Known(i16, i16, i16),
    /// Two numbers in either order, then the year.
    Either(i16, i16, i16),
}

/// Reads the day of a cell under an order of day and month. A number is a serial day of a spreadsheet.
///
/// # Errors
/// [`Reject::NotADate`], [`Reject::UnclearDate`] if the order is not settled, or [`Reject::ImpossibleDate`].
pub fn read_date(cell: &str, order: DateOrder) -> Result<Date, Reject> {
    if let Some(day) = read_serial_day(cell) {
        return Ok(day);
    }
    let Some(parts) = read_parts(cell) else {
        let day = read_unix_time(cell).or_else(|| read_period(cell).map(|(first, _)| first));
        return day.ok_or(Reject::NotADate);
    };
    let (year, month, day) = match (parts, order) {
        (DateParts::Either(a, b, year), _) if a == b => (year, a, b),
        (DateParts::Either(day, month, year), DateOrder::DayFirst)
        | (DateParts::Either(month, day, year), DateOrder::MonthFirst)
        | (DateParts::Known(year, month, day), _) => (year, month, day),
        (DateParts::Either(..), DateOrder::YearFirst) => return Err(Reject::UnclearDate),
    };
    day_of(year, month, day).ok_or(Reject::ImpossibleDate)
}

/// Reads a bare number as a serial day: whole, or with the time of day as decimals.
fn read_serial_day(cell: &str) -> Option<Date> {
    let bytes = cell.trim().as_bytes();
    let (days, rest) = bytes.split_at_checked(5)?;
    if !days.iter().all(u8::is_ascii_digit) || rest.first().is_some_and(|sign| *sign != b'.') {
        return None;
    }
    let days = parse_number(cell)?.get();
    if !SERIALS.contains(&days) {
        return None;
    }
    let span = jiff::Span::new().try_days(days.floor() as i64).ok()?;
    Date::new(1899, 12, 30).ok()?.checked_add(span).ok()
}

/// Reads seconds or milliseconds since 1970 as a day in UTC.
fn read_unix_time(cell: &str) -> Option<Date> {
    let cell = cell.trim();
    let whole = cell.split_once('.').map_or(cell, |(whole, _)| whole);
    let digits = whole.len();
    if !matches!(digits, 9 | 10 | 12 | 13) || !cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        return None;
    }
    let seconds = whole.parse::<i64>().ok()? / if digits > 10 { 1000 } else { 1 };
    if !SECONDS.contains(&seconds) {
        return None;
    }
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    Some(moment.to_zoned(jiff::tz::TimeZone::UTC).date())
}

fn day_of(year: i16, month: i16, day: i16) -> Option<Date> {
    let month = i8::try_from(month).ok()?;
    let day = i8::try_from(day).ok()?;
    // 1970-01-01 and 1980-01-01 are what programs write for an unknown day.
    Date::new(year, month, day)
        .ok()
        .filter(|day| YEARS.contains(&year) && *day != Date::constant(1970, 1, 1) && *day != UNKNOWN)
}

fn read_parts(cell: &str) -> Option<DateParts> {
    let cell = cell.trim();
    if let Some(known) = read_iso(cell.as_bytes()) {
        return Some(known);
    }
    if cell.len() > 64 || !cell.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Some((year, rest)) = cell.split_once('年') {
        let (month, rest) = rest.split_once('月')?;
        let day = rest.split(['日', '号']).next()?;
        return Some(DateParts::Known(
            parse_short_number(year)?,
            parse_short_number(month)?,
            parse_short_number(day)?,
        ));
    }
    if let Some(spread) = read_spread_figures(cell) {
        return Some(spread);
    }
    let first = cell.split([' ', 'T', ',']).next()?;
    if first.len() >= 8 && first.bytes().all(|byte| byte.is_ascii_digit()) {
        let known = (first.len() == 8 || first.len() == 14).then(|| first.split_at(4))?;
        return Some(DateParts::Known(
            parse_short_number(known.0)?,
            parse_short_number(known.1.get(..2)?)?,
            parse_short_number(known.1.get(2..4)?)?,
        ));
    }
    let mut figures = first.split(['-', '/', '.']).filter(|part| !part.is_empty());
    if let (Some(a), Some(b), Some(c), None) =
        (figures.next(), figures.next(), figures.next(), figures.next())
        && let (Some(x), Some(y), Some(z)) =
            (parse_short_number(a), parse_short_number(b), parse_short_number(c))
    {
        return match (a.len(), c.len()) {
            (4, 1..=2) => Some(DateParts::Known(x, y, z)),
            (1..=2, 2 | 4) if b.len() <= 2 => Some(DateParts::Either(x, y, full_year(z, c.len()))),
            _ => None,
        };
    }
    read_month_in_words(cell)
}

/// Reads `2026. 1. 4 오전 8:00`: the year first, and a space after each point.
fn read_spread_figures(cell: &str) -> Option<DateParts> {
    let (year, rest) = cell.split_once(". ")?;
    let (month, rest) = rest.split_once(". ")?;
    let day = rest.split([' ', '.']).next()?;
    (year.len() == 4).then_some(())?;
    Some(DateParts::Known(parse_short_number(year)?, parse_short_number(month)?, parse_short_number(day)?))
}

/// Reads the most common form on a fast path: `2024-03-05`, whatever follows.
fn read_iso(cell: &[u8]) -> Option<DateParts> {
    let (head, rest) = cell.split_at_checked(10)?;
    let digit =
        |place: usize| head.get(place).filter(|byte| byte.is_ascii_digit()).map(|b| i16::from(b - b'0'));
    if head[4] != b'-' || head[7] != b'-' || rest.first().is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let year = digit(0)? * 1000 + digit(1)? * 100 + digit(2)? * 10 + digit(3)?;
    Some(DateParts::Known(year, digit(5)? * 10 + digit(6)?, digit(8)? * 10 + digit(9)?))
}

fn parse_short_number(text: &str) -> Option<i16> {
    let text = text.trim();
    if text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn full_year(year: i16, digits: usize) -> i16 {
    match year {
        _ if digits > 2 => year,
        CENTURY.. => 1900 + year,
        _ => 2000 + year,
    }
}

/// Reads dates with the month in words: `5 March 2024`, `Mar 5, 2024`, `05-Mar-24`.
fn read_month_in_words(cell: &str) -> Option<DateParts> {
    let mut month = None;
    let mut figures = Vec::new();
    for word in cell.split([' ', ',', '-', '/', '.', '\u{a0}']).filter(|word| !word.is_empty()) {
        let bare = word.trim_end_matches(|sign: char| sign.is_alphabetic());
        let ordinal =
            ["st", "nd", "rd", "th", "er", "º", "ª"].contains(&word.get(bare.len()..).unwrap_or_default());
        match parse_short_number(if ordinal { bare } else { word }) {
            Some(number) if figures.len() < 2 => figures.push((number, bare.len())),
            // Ids, of which there are as many as rows, also reach this loop, so the word lookup is guarded.
            None if month.is_none() && !word.bytes().any(|byte| byte.is_ascii_digit()) => {
                month = month_of(&compare_key(word));
            }
            _ => {}
        }
    }
    let [(a, digits), (b, others)] = figures.as_slice() else { return None };
    let month = month?;
    Some(if *digits == 4 {
        DateParts::Known(*a, month, *b)
    } else {
        DateParts::Known(full_year(*b, *others), month, *a)
    })
}

/// True if the numbers of a date are separated by points.
fn has_points(cell: &str) -> bool {
    cell.trim().split([' ', 'T', ',']).next().is_some_and(|first| first.matches('.').count() >= 2)
}

/// The day of the import; no answer can be later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Today(Date);

impl Today {
    /// The local date by the system clock.
    pub fn current_moment() -> Self {
        Self(crate::clock::current_date())
    }

    /// True if a day lies in the future in every time zone.
    fn is_before(self, day: Date) -> bool {
        self.0.tomorrow().is_ok_and(|tomorrow| day > tomorrow)
    }
}

/// The evidence that a column's cells give about its dates and their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DateEvidence {
    /// Cells that are the same date in either order.
    pub known: u64,
    /// Cells that are a date only with the day first.
    pub day_first: u64,
    /// Cells that are a date only with the month first.
    pub month_first: u64,
    /// Cells that are a different date in each order.
    pub either: u64,
    /// Cells in the form of a date, of a day that does not exist or that no answer can be from.
    pub impossible: u64,
    /// Numbers that may be serial days or Unix time; not counted among the dates.
    pub serials: u64,
    /// Cells of `either` with points between the numbers, a form that puts the day first.
    pub dotted: u64,
    /// Cells that name a month, a quarter or a year.
    pub periods: u64,
    /// True if some of the periods are quarters.
    pub quarters: bool,
    /// Cells by year and month: counted with the day first, and with the month first.
    pub months: BTreeMap<(i16, i8), [u64; 2]>,
    /// The line of the first impossible date.
    pub first_impossible: Option<u64>,
    /// Cells whose day lies in the future in either order.
    pub future: u64,
    /// The first of these, with its line.
    pub first_future: Option<(u64, Date)>,
}

impl DateEvidence {
    /// Adds `count` cells with this text, the first of which is in `line`.
    pub fn add_cells(&mut self, cell: &str, count: u64, line: u64, today: Today) {
        let parts = read_parts(cell);
        let earliest = match parts {
            None => return self.add_other(cell, count),
            Some(DateParts::Known(year, month, day)) => day_of(year, month, day),
            Some(DateParts::Either(a, b, year)) => match (day_of(year, b, a), day_of(year, a, b)) {
                (Some(x), Some(y)) => Some(x.min(y)),
                (x, y) => x.or(y),
            },
        };
        match earliest {
            None => self.first_impossible = Some(self.first_impossible.map_or(line, |first| first.min(line))),
            Some(day) if today.is_before(day) => {
                self.future += count;
                let first = self.first_future.filter(|(first, _)| *first < line);
                self.first_future = first.or(Some((line, day)));
            }
            Some(_) => {}
        }
        let slot = match parts {
            None => return,
            Some(DateParts::Known(year, month, day)) => {
                self.add_month([day_of(year, month, day); 2], count);
                match day_of(year, month, day) {
                    Some(_) => &mut self.known,
                    None => &mut self.impossible,
                }
            }
            Some(DateParts::Either(a, b, year)) => {
                let days = [day_of(year, b, a), day_of(year, a, b)];
                self.add_month(days, count);
                match days {
                    [Some(x), Some(y)] if x == y => &mut self.known,
                    [Some(_), Some(_)] => {
                        self.dotted += if has_points(cell) { count } else { 0 };
                        &mut self.either
                    }
                    [Some(_), None] => &mut self.day_first,
                    [None, Some(_)] => &mut self.month_first,
                    [None, None] => &mut self.impossible,
                }
            }
        };
        *slot += count;
    }

    /// Adds cells that are no dates by themselves: numbers that may be days, and periods.
    fn add_other(&mut self, cell: &str, count: u64) {
        if let Some(day) = read_serial_day(cell).or_else(|| read_unix_time(cell)) {
            self.serials += count;
            self.add_month([Some(day); 2], count);
        } else if let Some((first, split)) = read_period(cell) {
            self.periods += count;
            self.quarters |= split == crate::model::choice::WaveSplit::Quarter;
            self.add_month([Some(first); 2], count);
        }
    }

    /// Counts cells by month, with the day first and with the month first.
    fn add_month(&mut self, days: [Option<Date>; 2], count: u64) {
        for (slot, day) in days.into_iter().enumerate() {
            if let Some(day) = day {
                self.months.entry((day.year(), day.month())).or_default()[slot] += count;
            }
        }
    }

    /// Returns the cells of each year and month, under the column's order of day and month.
    pub fn months_in(&self, order: DateOrder) -> impl Iterator<Item = ((i16, i8), u64)> {
        let slot = usize::from(order == DateOrder::MonthFirst);
        self.months.iter().map(move |(month, counts)| (*month, counts[slot])).filter(|(_, count)| *count > 0)
    }

    /// True if some cell may be a date, a serial day or a period.
    pub fn has_any_date(&self) -> bool {
        self.date_count() + self.serials + self.periods > 0
    }

    /// The number of cells in the form of a date.
    pub fn date_count(&self) -> u64 {
        self.known + self.day_first + self.month_first + self.either + self.impossible
    }

    /// Returns the order that all cells allow; `None` if a person must choose.
    pub fn detect_order(&self) -> Option<DateOrder> {
        match (self.day_first, self.month_first, self.either) {
            (0, 0, 0) => Some(DateOrder::YearFirst),
            (0, 0, either) if self.dotted == either => Some(DateOrder::DayFirst),
            (1.., 0, _) => Some(DateOrder::DayFirst),
            (0, 1.., _) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn days_are_read_in_the_styles_of_exports() {
        let day_first = date(2024, 5, 3);
        let month_first = date(2024, 3, 5);
        for (cell, day, month) in [
            ("3/5/2024", day_first, month_first),
            ("03.05.24 17:20", day_first, month_first),
            ("3-5-2024 9:15:01 PM", day_first, month_first),
            ("2024-03-05", month_first, month_first),
            ("2024-03-05T10:00:00Z", month_first, month_first),
            ("2024/3/5 8:00", month_first, month_first),
            ("20240305", month_first, month_first),
            ("2024年3月5日", month_first, month_first),
            ("2024. 3. 5 오전 8:00:00", month_first, month_first),
            ("2024年03月05日 10:30", month_first, month_first),
            ("5 March 2024", month_first, month_first),
            ("Tue Mar 05 2024 10:00", month_first, month_first),
            ("Mar 5, 2024", month_first, month_first),
            ("05-Mar-24", month_first, month_first),
            ("45356", month_first, month_first),
            ("45356.75", month_first, month_first),
        ] {
            assert_eq!(read_date(cell, DateOrder::DayFirst), Ok(day), "{cell}");
            assert_eq!(read_date(cell, DateOrder::MonthFirst), Ok(month), "{cell}");
        }
    }

    #[test]
    fn what_is_no_day_is_named_as_what_it_is() {
        for (cell, reject) in [
            ("3/5/2024", Reject::UnclearDate),
            ("2024-02-30", Reject::ImpossibleDate),
            ("2024-13-01", Reject::ImpossibleDate),
            ("12/31/1899 09:30:00 AM", Reject::UnclearDate),
            ("1899-12-31", Reject::ImpossibleDate),
            ("1970-01-01 00:00:00", Reject::ImpossibleDate),
            ("yesterday", Reject::NotADate),
            ("4.5", Reject::NotADate),
            ("10:30:00", Reject::NotADate),
            ("192.168.0.1", Reject::NotADate),
            ("123456789", Reject::NotADate),
            ("12345", Reject::NotADate),
            ("453567", Reject::NotADate),
            ("2024", Reject::NotADate),
            ("", Reject::NotADate),
        ] {
            assert_eq!(read_date(cell, DateOrder::YearFirst), Err(reject), "{cell}");
        }
        assert_eq!(read_date("13/5/2024", DateOrder::MonthFirst), Err(Reject::ImpossibleDate));
        assert_eq!(read_date("5/5/2024", DateOrder::YearFirst), Ok(date(2024, 5, 5)));
    }

    #[test]
    fn the_order_of_a_column_is_what_all_its_cells_allow() {
        let order = |cells: &[&str]| {
            let mut evidence = DateEvidence::default();
            for cell in cells {
                evidence.add_cells(cell, 1, 2, Today::current_moment());
            }
            (evidence.date_count(), evidence.detect_order())
        };
        assert_eq!(order(&["2024-01-02", "5/5/2024", "no"]), (2, Some(DateOrder::YearFirst)));
        assert_eq!(order(&["11/1/2019", "11/13/2019"]), (2, Some(DateOrder::MonthFirst)));
        assert_eq!(order(&["1.11.2019", "13.11.2019"]), (2, Some(DateOrder::DayFirst)));
        assert_eq!(order(&["11/1/2019", "11/4/2019"]), (2, None));
        assert_eq!(order(&["11.1.2019", "11.4.2019"]), (2, Some(DateOrder::DayFirst)));
        assert_eq!(order(&["13/1/2019", "1/13/2019"]), (2, None));
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in "\\PC{0,24}|[0-9年月日/.: T-]{0,24}") {
            for order in DateOrder::ALL {
                if let Ok(day) = read_date(&text, *order) {
                    prop_assert!(YEARS.contains(&day.year()));
                }
            }
            let mut evidence = DateEvidence::default();
            evidence.add_cells(&text, 1, 2, Today::current_moment());
            prop_assert!(evidence.date_count() <= 1);
        }
    }
}
