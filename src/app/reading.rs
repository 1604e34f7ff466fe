//! Parses typed text into field values: numbers, shares, durations and days as people write them.

use super::typed_day::NearYear;
use engine::i18n::{Lang, Msg, format_figure};
use engine::model::range::SHARE;
use engine::model::value::{Atom, FieldValue};
use std::collections::{BTreeMap, BTreeSet};

/// The parser for the text of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading {
    /// Text, taken unchanged.
    Text,
    /// A number in this range, or empty.
    Number(f64, f64),
    /// A share from 0 to 1, such as 0.45, 45% or 1/3, or empty.
    Share,
    /// A duration in minutes, such as 90, 1:30 or 1.5 h, or empty.
    Minutes,
    /// A whole number from 0, or empty.
    Whole,
    /// A date such as 2026-11-22 or 22 November, or empty; [`NearYear`] gives the year if none is typed.
    Date(NearYear),
    /// A set of short texts, separated by commas.
    Codes,
    /// A set of texts, one a line.
    Lines,
    /// Words with their numbers, such as `yes = 1`, one a line.
    Words,
}

/// Longest wait that a field accepts, in minutes.
const LONGEST: f64 = 1e7;

impl Reading {
    /// Parses the text; `None` if it is no valid value, in which case the field keeps its old one.
    pub fn parse_value(self, text: &str) -> Option<FieldValue> {
        match self {
            Self::Text => return Some(FieldValue::Text(text.to_owned())),
            Self::Codes => return Some(parse_set(text.split([',', '，', ';']))),
            Self::Lines => return Some(parse_set(text.lines())),
            Self::Words => return parse_words(text),
            _ if text.trim().is_empty() => return Some(FieldValue::Nothing),
            _ => {}
        }
        let plain = plain_signs(text);
        let number = match self {
            Self::Number(low, high) => {
                // A scale that ends at 100 is in percent already, so the sign is ignored.
                let percent =
                    if (high - 100.0).abs() < f64::EPSILON { plain.strip_suffix('%') } else { None };
                number_among(percent.unwrap_or(&plain).trim(), |number| (low..=high).contains(&number))
            }
            Self::Share => parse_share(&plain),
            Self::Minutes => parse_minutes(&plain).filter(|minutes| (0.0..=LONGEST).contains(minutes)),
            Self::Whole => number_among(&plain, |n| n >= 0.0 && n.fract() == 0.0 && n < 9e15),
            Self::Date(near) => {
                return near.parse_day(&plain, engine::clock::current_date()).map(|day| day.to_value());
            }
            Self::Text | Self::Codes | Self::Lines | Self::Words => None,
        };
        number.map(|number| number.to_value())
    }

    /// Returns the hint about valid input in this language; empty if every text is valid.
    pub fn input_hint(self, lang: Lang) -> String {
        match self {
            Self::Text | Self::Codes | Self::Lines => String::new(),
            Self::Number(low, high) if high < 1e6 => {
                let low = format_figure(low, 3);
                let high = format_figure(high, 3);
                Msg::ExpectsNumber.text_with(lang, &[("low", &low), ("high", &high)])
            }
            Self::Number(..) => Msg::ExpectsAmount.text(lang).to_owned(),
            Self::Whole => Msg::ExpectsWhole.text(lang).to_owned(),
            Self::Share => Msg::ExpectsShare.text(lang).to_owned(),
            Self::Minutes => Msg::ExpectsMinutes.text(lang).to_owned(),
            Self::Date(_) => Msg::ExpectsDate.text(lang).to_owned(),
            Self::Words => Msg::ExpectsWords.text(lang).to_owned(),
        }
    }
}

/// Returns the text trimmed and in lower case, with full-width digits and signs replaced by plain ones.
fn plain_signs(text: &str) -> String {
    let plain = |sign: char| match sign {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(sign as u32 - 0xfee0).unwrap_or(sign),
        '\u{2212}' | '\u{2013}' => '-',
        '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{3000}' => ' ',
        '\u{2019}' => '\'',
        _ => sign,
    };
    text.trim().chars().map(plain).collect::<String>().to_lowercase()
}

/// Parses a number, unless it is ambiguous.
fn parse_number(text: &str) -> Option<f64> {
    number_among(text, |_| true)
}

/// Parses a number that the field accepts. A single point or comma before three digits can separate thousands
/// or decimals (`12.500`): if the field accepts both readings, returns `None`.
fn number_among(text: &str, takes: impl Fn(f64) -> bool) -> Option<f64> {
    let decimal = read_number(text).filter(|number| takes(*number));
    let thousands = parse_thousands(text).filter(|number| takes(*number));
    match (decimal, thousands) {
        (Some(_), Some(_)) => None,
        (one, other) => one.or(other),
    }
}

/// Parses a number of up to six digits whose thousands are separated by one point or comma.
fn parse_thousands(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let sign = digits.chars().find(|sign| matches!(sign, '.' | ','))?;
    let is_one = digits.matches(['.', ',']).count() == 1 && parts_thousands(digits, sign);
    let is_plain = digits.chars().all(|c| c.is_ascii_digit() || c == sign);
    if is_one && is_plain { text.replace(sign, "").parse().ok() } else { None }
}

/// Parses a number with a decimal point or comma; thousands may be separated if the two signs differ.
fn read_number(text: &str) -> Option<f64> {
    let text: String = text.chars().filter(|sign| !matches!(sign, ' ' | '\'' | '_')).collect();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(&text);
    let is_sign = |sign: char| sign.is_ascii_digit() || sign == '.' || sign == ',';
    if !digits.chars().all(is_sign) || !digits.contains(|sign: char| sign.is_ascii_digit()) {
        return None;
    }
    let points = digits.matches('.').count();
    let commas = digits.matches(',').count();
    // The sign that comes last, or occurs only once, is the decimal one.
    let decimal = match (points, commas) {
        (0, 0) => None,
        (_, 0) => (points == 1).then_some('.'),
        (0, _) => (commas == 1).then_some(','),
        _ if digits.rfind('.') > digits.rfind(',') => Some('.'),
        _ => Some(','),
    };
    let (whole, fraction) = match decimal {
        Some(sign) => text.rsplit_once(sign)?,
        None => (text.as_str(), ""),
    };
    let grouping = [',', '.'].into_iter().find(|sign| whole.contains(*sign));
    if grouping.is_some_and(|sign| !parts_thousands(whole.trim_start_matches(['-', '+']), sign)) {
        return None;
    }
    let whole = whole.replace([',', '.'], "");
    format!("{whole}.{fraction}0").parse().ok().filter(|number: &f64| number.is_finite())
}

/// True if the sign separates groups of three digits from the end, and occurs nowhere else.
fn parts_thousands(digits: &str, sign: char) -> bool {
    let mut groups = digits.split(sign);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && first != "0" && groups.all(|group| group.len() == 3)
}

/// Parses a share: a number from 0 to 1, a whole one above as percent, `45%`, `百分之45` or `1/3`.
fn parse_share(text: &str) -> Option<f64> {
    let percent = text.strip_suffix('%').or_else(|| text.strip_suffix("percent"));
    let percent = percent.or_else(|| text.strip_prefix("百分之"));
    let found = match (percent, text.split_once('/')) {
        (Some(percent), _) => round_decimals(number_among(percent.trim(), |number| number <= 100.0)? / 100.0),
        (None, Some((part, whole))) => {
            parse_number(part.trim())? / parse_number(whole.trim()).filter(|n| *n > 0.0)?
        }
        (None, None) => match parse_number(text)? {
            // A share is at most 1, so a larger whole number can only be percent.
            above if above > 1.0 && above.fract() == 0.0 => round_decimals(above / 100.0),
            plain => plain,
        },
    };
    Some(found).filter(|share| SHARE.contains(share))
}

/// Rounds to nine decimals, which removes the error of dividing decimal numbers.
fn round_decimals(number: f64) -> f64 {
    (number * 1e9).round() / 1e9
}

/// Units of time with their length in minutes; longer names first.
const UNITS: [(&str, f64); 29] = [
    ("minutes", 1.0),
    ("minute", 1.0),
    ("mins", 1.0),
    ("min", 1.0),
    ("分钟", 1.0),
    ("分", 1.0),
    ("m", 1.0),
    ("seconds", 1.0 / 60.0),
    ("second", 1.0 / 60.0),
    ("secs", 1.0 / 60.0),
    ("sec", 1.0 / 60.0),
    ("秒", 1.0 / 60.0),
    ("s", 1.0 / 60.0),
    ("hours", 60.0),
    ("hour", 60.0),
    ("hrs", 60.0),
    ("hr", 60.0),
    ("h", 60.0),
    ("个小时", 60.0),
    ("小时", 60.0),
    ("时", 60.0),
    ("days", 1440.0),
    ("day", 1440.0),
    ("d", 1440.0),
    ("天", 1440.0),
    ("weeks", 10_080.0),
    ("week", 10_080.0),
    ("w", 10_080.0),
    ("周", 10_080.0),
];

/// Parses minutes: a bare number, `1:30`, `0:01:30`, or numbers with units (`1.5 h`, `2 days`, `1小时30分`).
fn parse_minutes(text: &str) -> Option<f64> {
    if text.contains(':') {
        let parts: Vec<f64> = text.split(':').map(|part| parse_number(part.trim())).collect::<Option<_>>()?;
        return match parts[..] {
            [hours, minutes] if minutes < 60.0 => Some(hours * 60.0 + minutes),
            [hours, minutes, seconds] if minutes < 60.0 && seconds < 60.0 => {
                Some(round_decimals(hours * 60.0 + minutes + seconds / 60.0))
            }
            _ => None,
        };
    }
    if let Some(number) = parse_number(text) {
        return Some(number);
    }
    let mut rest = text.trim();
    let mut total = 0.0;
    let mut unit = f64::INFINITY;
    while !rest.is_empty() {
        let end = rest.find(|sign: char| sign.is_alphabetic()).unwrap_or(rest.len());
        let (figures, after) = rest.split_at(end);
        let amount = parse_number(figures.trim())?;
        let found = UNITS.iter().find(|(name, _)| after.starts_with(name));
        let (size, length) = match found {
            Some((name, size)) => (*size, name.len()),
            // A number without a unit after the hours means minutes.
            None if after.is_empty() && (unit - 60.0).abs() < f64::EPSILON => (1.0, 0),
            None => return None,
        };
        if size >= unit {
            return None;
        }
        total += amount * size;
        unit = size;
        rest = after.get(length..)?.trim_start_matches([' ', ',', '.']);
        rest = rest.strip_prefix("and ").unwrap_or(rest);
    }
    Some(round_decimals(total))
}

fn parse_set<'a>(parts: impl Iterator<Item = &'a str>) -> FieldValue {
    let parts = parts.map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect::<BTreeSet<String>>().to_value()
}

fn parse_words(text: &str) -> Option<FieldValue> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let word = |line: &str| {
        let (word, number) = line.rsplit_once(['=', '＝'])?;
        let number: f64 = number.trim().replace(',', ".").parse().ok()?;
        Some((word.trim().to_owned(), number)).filter(|(word, number)| !word.is_empty() && number.is_finite())
    };
    Some(lines.map(word).collect::<Option<BTreeMap<String, f64>>>()?.to_value())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(reading: Reading, texts: &[&str]) -> Vec<Option<f64>> {
        let number = |text: &&str| match reading.parse_value(text) {
            Some(FieldValue::Number(number)) => Some(number),
            _ => None,
        };
        texts.iter().map(number).collect()
    }

    #[test]
    fn what_is_typed_becomes_a_value_or_is_refused() {
        let feeling = Reading::Number(-2.0, 2.0);
        assert_eq!(feeling.parse_value(" \u{2212}1,5 "), Some(FieldValue::Number(-1.5)));
        assert_eq!(feeling.parse_value(""), Some(FieldValue::Nothing));
        assert_eq!(
            (feeling.parse_value("3"), feeling.parse_value("much"), feeling.parse_value("NaN")),
            (None, None, None)
        );
        assert_eq!(Reading::Date(NearYear::This).parse_value("2026-02-30"), None);
        let codes = ["9", "x"].map(|code| FieldValue::Text(code.to_owned()));
        assert_eq!(Reading::Codes.parse_value(" 9， x,,"), Some(FieldValue::Set(codes.into())));
        let good = [(FieldValue::Text("很好".to_owned()), FieldValue::Number(5.0))];
        assert_eq!(Reading::Words.parse_value("很好 = 5\n\n"), Some(FieldValue::Map(good.into())));
        assert_eq!((Reading::Words.parse_value("good"), Reading::Words.parse_value("= 1")), (None, None));
        assert_eq!(Reading::Text.parse_value(" a "), Some(FieldValue::Text(" a ".to_owned())));
    }

    #[test]
    fn numbers_have_a_point_or_a_comma_and_thousands() {
        let any = Reading::Number(-1e9, 1e9);
        let texts = ["1,5", "1.5", "0,125", ".5", "12 000", "1,234.5", "1.234,5", "1.234.567", "３，５"];
        let read = [1.5, 1.5, 0.125, 0.5, 12_000.0, 1234.5, 1234.5, 1_234_567.0, 3.5];
        assert_eq!(numbers(any, &texts), read.map(Some));
        assert_eq!(
            numbers(Reading::Number(0.0, 100.0), &["45%", "45 %", "101%"]),
            [Some(45.0), Some(45.0), None]
        );
        assert_eq!(numbers(any, &["1,23,4", "1.2.3", "45%", "1e3", "-", "1-2", "."]), [None; 7]);
        assert_eq!(
            numbers(Reading::Whole, &["214", "1,200", "2.5", "-1"]),
            [Some(214.0), Some(1200.0), None, None]
        );
    }

    #[test]
    fn a_number_that_can_be_two_is_read_only_where_the_field_takes_one_of_them() {
        let amount = Reading::Number(0.0, 1e15);
        assert_eq!(numbers(amount, &["12.500", "1,500", "-12.500"]), [None; 3]);
        assert_eq!(numbers(amount, &["12500", "12.5", "12 500"]), [12_500.0, 12.5, 12_500.0].map(Some));
        assert_eq!(numbers(Reading::Number(0.0, 100.0), &["12.500", "1,250"]), [12.5, 1.25].map(Some));
        assert_eq!(numbers(Reading::Whole, &["12.500", "1,500"]), [12_500.0, 1500.0].map(Some));
        assert_eq!(numbers(Reading::Share, &["12.500%"]), [Some(0.125)]);
        assert_eq!(Reading::Minutes.parse_value("1.500"), None);
    }

    #[test]
    fn a_hint_gives_only_examples_that_the_field_takes() {
        let hints = [
            (Reading::Number(0.0, 1e15), ["12500", "12.5"], ["12500", "12.5"]),
            (Reading::Whole, ["1,200"; 2], ["1200"; 2]),
            (Reading::Share, ["45%", "1/3"], ["45%", "1/3"]),
            (Reading::Minutes, ["1.5 h", "2 days"], ["1小时30分", "2天"]),
            (Reading::Date(NearYear::This), ["2026-11-22", "22 November"], ["2026-11-22", "11月22日"]),
            (Reading::Words, ["yes = 1"; 2], ["是 = 1"; 2]),
        ];
        for (reading, english, chinese) in hints {
            for (lang, examples) in [(Lang::En, english), (Lang::ZhCn, chinese)] {
                let hint = reading.input_hint(lang);
                for example in examples {
                    assert!(hint.contains(example), "{hint}: {example}");
                    assert!(
                        reading.parse_value(example).is_some_and(|value| value != FieldValue::Nothing),
                        "{example}"
                    );
                }
            }
        }
        assert!(!Reading::Whole.input_hint(Lang::En).contains("12.5"), "a whole number has no fraction");
    }

    #[test]
    fn a_share_is_typed_as_percent_or_fraction_too() {
        let texts = ["45%", "45 %", "４５％", "0,45", ".45", "45", "百分之45", "12.5%", "1/4", "1", "0"];
        let read = [0.45, 0.45, 0.45, 0.45, 0.45, 0.45, 0.45, 0.125, 0.25, 1.0, 0.0];
        assert_eq!(numbers(Reading::Share, &texts), read.map(Some));
        assert_eq!(numbers(Reading::Share, &["1.5", "120%", "-3%", "abc", "3/2", "1/0"]), [None; 6]);
    }

    #[test]
    fn a_wait_is_typed_in_minutes_hours_or_days() {
        let texts = [
            "90",
            "1:30",
            "1.5 h",
            "1,5h",
            "1 h 30",
            "1h30m",
            "1 hour and 30 minutes",
            "1小时30分",
            "90分钟",
        ];
        assert_eq!(numbers(Reading::Minutes, &texts), [Some(90.0); 9]);
        let texts = ["2 days", "1 week", "30 s", "0:00:30", "2天", "0.5"];
        let read = [2880.0, 10_080.0, 0.5, 0.5, 2880.0, 0.5];
        assert_eq!(numbers(Reading::Minutes, &texts), read.map(Some));
        assert_eq!(
            numbers(Reading::Minutes, &["1:90", "-5", "soon", "5 x", "h", "30 m 1 h", "1 d 5"]),
            [None; 7]
        );
    }
}
