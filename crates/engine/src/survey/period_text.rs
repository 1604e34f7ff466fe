//! Periods as people write them: `2026 Q3`, `Q3/26`, `Mai 2026`, `2026年5月`, `2026-05`, `05/2026`, `3. Quartal
//! 2026`.

use super::figure::read_figure;
use super::vocabulary::{compare_key, is_listed, month_of};
use crate::model::choice::WaveSplit;
use jiff::civil::Date;

/// Years that are plausible for answers.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2099;
/// Words for a quarter, by [`compare_key`].
const QUARTERS: &str = "quarter quartal qtr trimestre trim kwartaal kwartal квартал кв ceyrek t q kw";

/// Reads a cell as a month or a quarter: its first day, and its kind. A bare year is not read, as the number
/// could mean anything.
pub fn read_period(cell: &str) -> Option<(Date, WaveSplit)> {
    let cell = cell.trim();
    if cell.len() > 40 || !cell.bytes().any(|byte| byte.is_ascii_digit()) || read_figure(cell).is_some() {
        return None;
    }
    let key = compare_key(cell);
    read_cjk_period(&key).or_else(|| read_period_in_words(&key))
}

fn first_day(year: i16, month: i16, split: WaveSplit) -> Option<(Date, WaveSplit)> {
    if !YEARS.contains(&year) {
        return None;
    }
    Some((Date::new(year, i8::try_from(month).ok()?, 1).ok()?, split))
}

/// Reads `2026年5月`, `2026年第三季度`, `2026年q3`, and the Korean forms.
fn read_cjk_period(key: &str) -> Option<(Date, WaveSplit)> {
    let (year, rest) = key.split_once(['年', '년'])?;
    let year = parse_year(year)?;
    let rest = rest.trim();
    if let Some(month) = rest.strip_suffix(['月', '월']).and_then(|month| month.parse::<i16>().ok()) {
        return first_day(year, month, WaveSplit::Month);
    }
    let quarter = rest.trim_start_matches('第');
    let bare = quarter
        .strip_suffix("季度")
        .or_else(|| quarter.strip_suffix('季'))
        .or_else(|| quarter.strip_suffix("四半期"))
        .or_else(|| quarter.strip_suffix("분기"));
    let bare = bare.or_else(|| quarter.strip_prefix('q'))?;
    let number = match bare {
        "一" => 1,
        "二" => 2,
        "三" => 3,
        "四" => 4,
        other => other.parse().ok()?,
    };
    quarter_of(year, number)
}

fn quarter_of(year: i16, quarter: i16) -> Option<(Date, WaveSplit)> {
    if (1..=4).contains(&quarter) { first_day(year, quarter * 3 - 2, WaveSplit::Quarter) } else { None }
}

/// Reads a year of four digits, or of two beside a quarter or the name of a month.
fn parse_year(text: &str) -> Option<i16> {
    if !matches!(text.len(), 2 | 4) {
        return None;
    }
    let year: i16 = text.parse().ok()?;
    Some(if text.len() == 2 { 2000 + year } else { year }).filter(|year| YEARS.contains(year))
}

/// Reads a year beside a quarter, the name of a month, or the number of a month.
fn read_period_in_words(key: &str) -> Option<(Date, WaveSplit)> {
    let words: Vec<&str> = key.split(' ').collect();
    if !(2..=4).contains(&words.len()) {
        return None;
    }
    let long_year = words.iter().position(|word| word.len() == 4 && parse_year(word).is_some());
    let joined = words.iter().find_map(|word| joined_quarter(word));
    let word = |wanted: &dyn Fn(&str) -> bool| words.iter().position(|word| wanted(word));
    let named = word(&|word| is_listed(QUARTERS, word));
    let month = words.iter().find_map(|word| if word.parse::<i16>().is_ok() { None } else { month_of(word) });
    let year = |used: &dyn Fn(&str) -> bool| {
        let short =
            || words.iter().find(|word| !used(word) && word.len() == 2).and_then(|word| parse_year(word));
        long_year.and_then(|place| parse_year(words[place])).or_else(short)
    };
    if let Some(quarter) = joined {
        if words.len() != 2 {
            return None;
        }
        return quarter_of(year(&|word| joined_quarter(word).is_some())?, quarter);
    }
    if named.is_some() {
        let number = words.iter().find(|word| word.len() == 1).and_then(|word| word.parse::<i16>().ok())?;
        return quarter_of(year(&|_| false)?, number);
    }
    if let Some(month) = month
        && words.len() <= 3
    {
        if words.len() != 2 && !words.contains(&"de") {
            return None;
        }
        return first_day(year(&|word| month_of(word).is_some())?, month, WaveSplit::Month);
    }
    // `2026-05` and `05/2026`.
    if words.len() != 2 {
        return None;
    }
    let place = long_year?;
    let other = words[1 - place];
    if other.len() != 2 && !(place == 0 && other.len() == 1) {
        return None;
    }
    let number: i16 = other.parse().ok().filter(|number| (1..=12).contains(number))?;
    first_day(parse_year(words[place])?, number, WaveSplit::Month)
}

/// Reads a quarter in one word: `q3`, `3q`, `t2`.
fn joined_quarter(word: &str) -> Option<i16> {
    let number = word
        .strip_prefix(['q', 't'])
        .or_else(|| word.strip_suffix(['q', 't']))
        .or_else(|| word.strip_prefix("qt"))?;
    number.parse().ok().filter(|quarter| number.len() == 1 && (1..=4).contains(quarter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn periods_are_read_as_people_write_them() {
        for (cell, expected) in [
            ("2026 Q3", Some((date(2026, 7, 1), WaveSplit::Quarter))),
            ("Q3/26", Some((date(2026, 7, 1), WaveSplit::Quarter))),
            ("Q1 2026", Some((date(2026, 1, 1), WaveSplit::Quarter))),
            ("2. Quartal 2026", Some((date(2026, 4, 1), WaveSplit::Quarter))),
            ("T2 2026", Some((date(2026, 4, 1), WaveSplit::Quarter))),
            ("2026年5月", Some((date(2026, 5, 1), WaveSplit::Month))),
            ("2026年第三季度", Some((date(2026, 7, 1), WaveSplit::Quarter))),
            ("May 2026", Some((date(2026, 5, 1), WaveSplit::Month))),
            ("Mar-24", Some((date(2024, 3, 1), WaveSplit::Month))),
            ("2026-05", Some((date(2026, 5, 1), WaveSplit::Month))),
            ("05/2026", Some((date(2026, 5, 1), WaveSplit::Month))),
            ("2026", None),
            ("Wave 3", None),
            ("Room 12", None),
            ("18-24", None),
            ("Q5 2026", None),
            ("13/2026", None),
            ("4/5", None),
            ("may be 20 times", None),
        ] {
            assert_eq!(read_period(cell), expected, "{cell}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in "\\PC{0,24}|[0-9Qq年月/ .-]{0,12}") {
            prop_assert!(read_period(&text).is_none_or(|(day, _)| YEARS.contains(&day.year())));
        }
    }
}
