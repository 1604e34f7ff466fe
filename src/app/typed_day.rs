//! Days as people type them: `2026-03-31`, `31 March`, `Mar 31, 2026`, `31.3.`, `3月31日`, `tomorrow`.
//!
//! Two numbers that could be day and month in either order are refused; nothing is guessed.

use engine::survey::vocabulary::{compare_key, month_of};
use jiff::civil::Date;

/// Numbers accepted as years; two digits mean this century.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// The year of a day that is typed without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NearYear {
    /// This year.
    This,
    /// The year in which the day comes next, as for something that is due.
    Coming,
    /// The year in which the day was last, as for something that was observed.
    Past,
}

impl NearYear {
    /// Parses a day from text in lower case with plain digits.
    pub(super) fn parse_day(self, text: &str, today: Date) -> Option<Date> {
        let day = read_day(text, today)?;
        let (back, on) = match self {
            Self::This => return Some(day),
            Self::Coming => (day < today, 1),
            Self::Past => (day > today, -1),
        };
        // If the text gives another day with another current year, it was typed without a year.
        let other = today.checked_add(jiff::Span::new().years(on)).ok()?;
        let moved = read_day(text, other).filter(|moved| back && *moved != day);
        Some(moved.unwrap_or(day))
    }
}

/// Parses a day from text in lower case with plain digits; without a year it is in the year of `today`.
pub(super) fn read_day(text: &str, today: Date) -> Option<Date> {
    let near = match text {
        "today" | "今天" | "今日" => Some(Ok(today)),
        "tomorrow" | "明天" | "明日" => Some(today.tomorrow()),
        "yesterday" | "昨天" | "昨日" => Some(today.yesterday()),
        "后天" => Some(today.tomorrow().and_then(Date::tomorrow)),
        "前天" => Some(today.yesterday().and_then(Date::yesterday)),
        _ => None,
    };
    if let Some(day) = near {
        return day.ok();
    }
    let text = western_figures(text);
    let pieces = split_pieces(&text);
    if text.contains('月') {
        return in_chinese(&text, today);
    }
    let words = pieces.iter().filter(|piece| !piece.starts_with(|sign: char| sign.is_ascii_digit()));
    let mut month = None;
    for word in words.filter(|word| !is_filler(word)) {
        let named = month_of(&compare_key(word))?;
        if month.replace(named).is_some() {
            return None;
        }
    }
    let figures: Vec<&str> = pieces
        .iter()
        .filter(|piece| piece.starts_with(|sign: char| sign.is_ascii_digit()))
        .copied()
        .collect();
    match month {
        Some(month) => in_words(month, &figures, today),
        None => in_figures(&text, &figures, today),
    }
}

/// Splits the text into runs of digits and of letters.
fn split_pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    for word in text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let end = word.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(word.len());
        let (figures, letters) = word.split_at(end);
        pieces.extend([figures, letters].into_iter().filter(|piece| !piece.is_empty()));
    }
    pieces
}

/// True for words between the parts of a date, and for weekdays, which carry no information.
fn is_filler(word: &str) -> bool {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let is_day = |day: &&str| word == *day || (word.starts_with(*day) && word.ends_with("day"));
    ["st", "nd", "rd", "th", "of", "the"].contains(&word) || days.iter().any(is_day)
}

fn parse_figure(text: &str) -> Option<i16> {
    if text.len() <= 4 { text.parse().ok() } else { None }
}

fn parse_year(text: &str) -> Option<i16> {
    let year = parse_figure(text)?;
    let year = if text.len() == 2 { 2000 + year } else { year };
    Some(year).filter(|year| YEARS.contains(year))
}

fn make_date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Returns the day of a named month with its day before or after it, and an optional year.
fn in_words(month: i16, figures: &[&str], today: Date) -> Option<Date> {
    match figures {
        [one] => make_date(today.year(), month, parse_figure(one)?),
        [first, second] if first.len() == 4 => make_date(parse_year(first)?, month, parse_figure(second)?),
        [first, second] => make_date(parse_year(second)?, month, parse_figure(first)?),
        _ => None,
    }
}

/// Parses digits alone: the year first, or day and month if only one order is valid or points separate them.
fn in_figures(text: &str, figures: &[&str], today: Date) -> Option<Date> {
    // Other signs, such as a colon, do not separate the parts of a day.
    if text.chars().any(|sign| !(sign.is_ascii_digit() || matches!(sign, '-' | '/' | '.' | ' '))) {
        return None;
    }
    match figures {
        [all] if all.len() == 8 => {
            make_date(parse_year(all.get(..4)?)?, parse_figure(all.get(4..6)?)?, parse_figure(all.get(6..)?)?)
        }
        [first, second, third] if first.len() == 4 => {
            make_date(parse_year(first)?, parse_figure(second)?, parse_figure(third)?)
        }
        [first, second, third] => {
            in_either_order(text, parse_figure(first)?, parse_figure(second)?, parse_year(third)?)
        }
        [first, second] => in_either_order(text, parse_figure(first)?, parse_figure(second)?, today.year()),
        _ => None,
    }
}

fn in_either_order(text: &str, first: i16, second: i16, year: i16) -> Option<Date> {
    if text.contains('.') {
        return make_date(year, second, first);
    }
    let day_first = make_date(year, second, first);
    let month_first = make_date(year, first, second);
    if first == second { day_first } else { day_first.xor(month_first) }
}

/// Parses `2026年3月31日` and `3月31号`.
fn in_chinese(text: &str, today: Date) -> Option<Date> {
    let (before, after) = text.split_once('月')?;
    let (of, month) = match before.split_once('年') {
        Some((of, month)) => (parse_year(of.trim())?, month),
        None => (today.year(), before),
    };
    let number = after.trim().trim_end_matches(['日', '号']);
    make_date(of, parse_figure(month.trim())?, parse_figure(number.trim())?)
}

/// Replaces Chinese numerals up to 99 by digits: `三月三十一日` becomes `3月31日`.
fn western_figures(text: &str) -> String {
    const FIGURES: &str = "零一二三四五六七八九十";
    let value = |sign: char| {
        let sign = if sign == '〇' { '零' } else { sign };
        if text.contains('月') { FIGURES.chars().position(|figure| figure == sign) } else { None }
    };
    let mut western = String::with_capacity(text.len());
    let mut run: Vec<usize> = Vec::new();
    let end = |run: &mut Vec<usize>, western: &mut String| {
        let ten = run.iter().position(|figure| *figure == 10);
        let number = match ten {
            Some(at) => {
                let tens = run.get(..at).and_then(<[usize]>::last).copied().unwrap_or(1);
                (tens * 10 + run.get(at + 1).copied().unwrap_or(0)).to_string()
            }
            None => run.iter().map(ToString::to_string).collect(),
        };
        western.push_str(&number);
        run.clear();
    };
    for sign in text.chars() {
        if let Some(figure) = value(sign) {
            run.push(figure);
        } else {
            end(&mut run, &mut western);
            western.push(sign);
        }
    }
    end(&mut run, &mut western);
    western
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 30);

    #[test]
    fn a_day_is_read_as_people_write_it() {
        let texts = [
            "2026-03-31",
            "31 march",
            "march 31",
            "31st of mar 2026",
            "mar 31, 2026",
            "tuesday, 31 march 2026",
            "31.3.",
            "31.03.2026",
            "31/3/26",
            "3/31/2026",
            "2026/3/31",
            "20260331",
            "3月31日",
            "2026年3月31日",
            "2026 年 3 月 31 号",
            "三月三十一日",
        ];
        for text in texts {
            assert_eq!(read_day(text, TODAY), Some(date(2026, 3, 31)), "{text}");
        }
        assert_eq!(read_day("tomorrow", TODAY), Some(date(2026, 12, 1)));
        assert_eq!(read_day("昨天", TODAY), Some(date(2026, 11, 29)));
        assert_eq!(read_day("5/5", TODAY), Some(date(2026, 5, 5)));
        assert_eq!(read_day("二〇二六年三月三十一日", TODAY), Some(date(2026, 3, 31)));
        assert_eq!(read_day("后天", TODAY), Some(date(2026, 12, 2)));
        assert_eq!(read_day("十月十日", TODAY), Some(date(2026, 10, 10)));
        assert_eq!(read_day("二十一月一日", TODAY), None);
    }

    #[test]
    fn what_names_no_day_or_two_is_refused() {
        let texts = [
            "3/4/2026",
            "3/4",
            "march",
            "2026",
            "abc",
            "31 april",
            "2026-02-30",
            "45%",
            "1:30",
            "13月1日",
            "end of may",
            "31 march april",
            "1 2 3 4",
            "5 pm",
            "32 march",
            "",
            "5000-01-01",
            "月",
        ];
        for text in texts {
            assert_eq!(read_day(text, TODAY), None, "{text}");
        }
    }
}
