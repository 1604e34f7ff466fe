//! Reads a cell of an answer column under the column's rule.

use super::figure::read_figure;
use super::vocabulary::compare_key;
use crate::model::counts::Answer;
use crate::model::recipe::ColumnRule;
use std::collections::{BTreeMap, BTreeSet};

/// Tolerance for rounding at the ends of a scale.
const EPSILON: f64 = 1e-9;

/// The reading of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellReading {
    /// An answer on the scale.
    Answer(Answer),
    /// A blank cell or a code for no answer.
    Missing,
    /// A cell that does not count, with the reason.
    Rejected(Reject),
}

/// The reason why a cell does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reject {
    /// Neither a number, a known word nor a code for no answer.
    NotANumber,
    /// A number outside the scale.
    OffScale,
    /// The row has a different number of cells than the header.
    RaggedRow,
    /// The column has more different answers than a histogram holds.
    TooMany,
    /// Not a date.
    NotADate,
    /// A numeric date whose order of day and month is not settled.
    UnclearDate,
    /// In the form of a date, but of a day that does not exist or that no answer can be from.
    ImpossibleDate,
    /// Not a weight from 0 to a million.
    NotAWeight,
    /// Not a whole number of respondents.
    NotACount,
    /// Not a share of respondents.
    NotAShare,
    /// The answers of the row add up to more than all respondents.
    MoreThanAll,
    /// A name that the mapping does not know.
    UnknownName,
}

/// Reads the cells of one column under its rule.
#[derive(Debug, Clone)]
pub struct CellReader {
    low: f64,
    high: f64,
    words: BTreeMap<String, Answer>,
    missing: BTreeSet<String>,
    missing_numbers: BTreeSet<Answer>,
    /// The same words and codes by [`compare_key`], to match other spellings.
    words_by_key: BTreeMap<String, Answer>,
    missing_by_key: BTreeSet<String>,
}

impl CellReader {
    /// Creates the reader for a rule.
    pub fn new(rule: &ColumnRule) -> Self {
        let words =
            rule.words.iter().filter_map(|(word, number)| Some((fold_text(word), Answer::new(*number)?)));
        let words: BTreeMap<String, Answer> = words.collect();
        let texts = rule.missing.iter().filter(|code| parse_number(code).is_none());
        Self {
            words_by_key: words.iter().map(|(word, answer)| (compare_key(word), *answer)).collect(),
            missing_by_key: texts.map(|code| compare_key(code)).collect(),
            low: rule.low - EPSILON,
            high: rule.high + EPSILON,
            words,
            missing: rule.missing.iter().map(|code| fold_text(code)).collect(),
            missing_numbers: rule.missing.iter().filter_map(|code| parse_number(code)).collect(),
        }
    }

    /// Reads a cell: missing codes first, then words, then numbers.
    pub fn read(&self, cell: &str) -> CellReading {
        let cell = cell.trim();
        if cell.is_empty() {
            return CellReading::Missing;
        }
        let folded = fold_text(cell);
        if self.missing.contains(&folded) {
            return CellReading::Missing;
        }
        if let Some(answer) = self.words.get(&folded) {
            return self.on_scale(*answer);
        }
        match parse_number(cell) {
            None => self.read_other(cell),
            Some(number) if self.missing_numbers.contains(&number) => CellReading::Missing,
            Some(number) => self.on_scale(number),
        }
    }

    /// Reads a cell that is neither a known text nor a plain number: another spelling of a text, or a number
    /// in another form.
    fn read_other(&self, cell: &str) -> CellReading {
        let key = compare_key(cell);
        if self.missing_by_key.contains(&key) {
            return CellReading::Missing;
        }
        if let Some(answer) = self.words_by_key.get(&key) {
            return self.on_scale(*answer);
        }
        let other_scale = |whole: f64| (whole - self.high).abs() > 0.5;
        match read_figure(cell).map(|figure| (Answer::new(figure.value), figure)) {
            Some((_, figure)) if figure.whole.is_some_and(other_scale) => {
                CellReading::Rejected(Reject::OffScale)
            }
            Some((Some(answer), _)) if self.missing_numbers.contains(&answer) => CellReading::Missing,
            Some((Some(answer), _)) => self.on_scale(answer),
            _ => CellReading::Rejected(Reject::NotANumber),
        }
    }

    fn on_scale(&self, answer: Answer) -> CellReading {
        if (self.low..=self.high).contains(&answer.get()) {
            CellReading::Answer(answer)
        } else {
            CellReading::Rejected(Reject::OffScale)
        }
    }
}

/// Characters that begin a formula, in half and full width; a leading tab or carriage return only hides it
/// from the eye.
const FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// True if a spreadsheet would evaluate the text as a formula.
pub fn looks_like_formula(text: &str) -> bool {
    let hidden = |sign: char| sign == '\u{feff}' || (sign.is_whitespace() && !FORMULA.contains(&sign));
    text.trim_start_matches(hidden).starts_with(FORMULA)
}

/// Strips the apostrophe that our exports put before text that a spreadsheet would evaluate as a formula, and
/// the formula around a constant, `="007"`, that other programs write to keep leading zeros.
pub fn strip_formula_guard(cell: &str) -> &str {
    let constant = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    if let Some(text) = constant.filter(|text| !text.contains('"')) {
        return text;
    }
    cell.strip_prefix('\'').filter(|text| looks_like_formula(text)).unwrap_or(cell)
}

/// Trims and lowercases a text, the form in which words and codes are compared.
pub fn fold_text(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Parses a cell as a finite decimal number.
pub fn parse_number(cell: &str) -> Option<Answer> {
    let cell = cell.trim();
    let plain = cell.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    if plain { cell.parse().ok().and_then(Answer::new) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_apostrophe_is_taken_off() {
        for (cell, expected) in [
            ("'=1+1", "=1+1"),
            ("' -5", " -5"),
            ("'＋1", "＋1"),
            ("'t was", "'t was"),
            ("'", "'"),
            ("=1", "=1"),
            ("=\"007\"", "007"),
            ("=\"a\"&\"b\"", "=\"a\"&\"b\""),
        ] {
            assert_eq!(strip_formula_guard(cell), expected);
        }
    }

    #[test]
    fn cells_are_answers_missing_or_rejected_and_nothing_is_clamped() {
        let mut rule = ColumnRule::ignore_column("q");
        rule.missing = ["0", "N/A"].map(str::to_owned).into();
        rule.words = [("Very good".to_owned(), 5.0)].into();
        let reader = CellReader::new(&rule);
        let answer = |number| CellReading::Answer(Answer::new(number).unwrap());
        for (cell, expected) in [
            ("4", answer(4.0)),
            (" 4.50 ", answer(4.5)),
            ("very good", answer(5.0)),
            ("", CellReading::Missing),
            (" ", CellReading::Missing),
            ("0.0", CellReading::Missing),
            ("n/a", CellReading::Missing),
            ("6", CellReading::Rejected(Reject::OffScale)),
            ("-1", CellReading::Rejected(Reject::OffScale)),
            ("1e400", CellReading::Rejected(Reject::NotANumber)),
            ("nan", CellReading::Rejected(Reject::NotANumber)),
            ("10/10", CellReading::Rejected(Reject::OffScale)),
            ("4/5", answer(4.0)),
            ("4,5", answer(4.5)),
            ("VERY  GOOD!", answer(5.0)),
            ("4\0", CellReading::Rejected(Reject::NotANumber)),
        ] {
            assert_eq!(reader.read(cell), expected, "{cell:?}");
        }
    }
}
