//! Formats numbers of a workbook as text: dates as ISO 8601, other numbers in their shortest distinct form.
//!
//! Days are counted from 1900-01-01 as 1, and 1900 is treated as a leap year as Excel does (60 is 1900-02-29,
//! a day that never existed); or from 1904-01-01 as 0.

use super::styles::NumberFormat;
use jiff::civil::Date;

/// The day after 9999-12-31.
const END: f64 = 2_958_466.0;
const DAY: i64 = 86_400;

/// Formats a number of days as date or time in ISO 8601; `None` if the format is that of a number, or the day
/// is out of range.
pub(in super::super) fn format_iso(days: f64, format: NumberFormat, is_1904: bool) -> Option<String> {
    if format == NumberFormat::Number || !days.is_finite() || !(0.0..END).contains(&days) {
        return None;
    }
    let seconds = (days * DAY as f64).round() as i64;
    let day = seconds / DAY;
    let second = seconds % DAY;
    let clock = |hours: i64| format!("{hours:02}:{:02}:{:02}", second % 3600 / 60, second % 60);
    if format == NumberFormat::Time {
        return Some(clock(day * 24 + second / 3600));
    }
    let date = if day == 60 && !is_1904 {
        "1900-02-29".to_owned()
    } else {
        calendar_date(day, is_1904)?.to_string()
    };
    if format == NumberFormat::Date && second == 0 {
        Some(date)
    } else {
        Some(format!("{date}T{}", clock(second / 3600)))
    }
}

fn calendar_date(day: i64, is_1904: bool) -> Option<Date> {
    let first = match (is_1904, day) {
        (true, _) => Date::new(1904, 1, 1),
        (false, 0..60) => Date::new(1899, 12, 31),
        (false, _) => Date::new(1899, 12, 30),
    };
    first.ok()?.checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}

/// Formats a number as Excel shows it: with at most fifteen digits, so that 4.1 stored as 4.0999999999999996
/// is 4.1.
pub(in super::super) fn format_shortest(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    format!("{rounded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_excel_shows() {
        let date = |days| format_iso(days, NumberFormat::Date, false);
        for (days, text) in
            [(1.0, "1900-01-01"), (59.0, "1900-02-28"), (60.0, "1900-02-29"), (61.0, "1900-03-01")]
        {
            assert_eq!(date(days).as_deref(), Some(text));
        }
        assert_eq!(date(43_770.0).as_deref(), Some("2019-11-01"));
        assert_eq!(format_iso(42_308.0, NumberFormat::Date, true).as_deref(), Some("2019-11-01"));
        assert_eq!(
            format_iso(43_770.369, NumberFormat::DateTime, false).as_deref(),
            Some("2019-11-01T08:51:22")
        );
        assert_eq!(
            format_iso(43_770.0, NumberFormat::DateTime, false).as_deref(),
            Some("2019-11-01T00:00:00")
        );
        assert_eq!(format_iso(0.999_999_999, NumberFormat::Time, false).as_deref(), Some("24:00:00"));
        assert_eq!(format_iso(1.5, NumberFormat::Time, false).as_deref(), Some("36:00:00"));
        for days in [-1.0, 3e6, f64::NAN, f64::INFINITY] {
            assert_eq!(date(days), None);
        }
    }

    #[test]
    fn figures_are_short() {
        for (number, text) in
            [(4.1_f64.next_down(), "4.1"), (3.0, "3"), (-0.5, "-0.5"), (1e21, "1000000000000000000000")]
        {
            assert_eq!(format_shortest(number), text);
        }
    }
}
