//! What one cell of an answer column says, under the column's rule.

use super::figure::read_figure;
use super::vocabulary::compare_key;
use crate::model::counts::Answer;
use crate::model::recipe::ColumnRule;
use std::collections::{BTreeMap, BTreeSet};

/// Half a step of rounding at the ends of a scale.
const EPSILON: f64 = 1e-9;

/// A cell as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// An answer on the scale.
    Answer(Answer),
    /// No answer.
    Missing,
    /// Something else.
    Rejected(Reject),
}

/// Why a cell does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reject {
    /// It is neither a number, a known word nor a code for no answer.
    NotANumber,
    /// It is a number outside the scale.
    OffScale,
    /// Its row has another number of cells than the header.
    RaggedRow,
    /// The column holds more different answers than a histogram keeps.
    TooMany,
    /// It is no date.
    NotADate,
    /// It is a date in figures, and nobody said whether the day or the month comes first.
    UnclearDate,
    /// It has the form of a date, but no answer can be from that day.
    ImpossibleDate,
    /// It is no weight from 0 to a million.
    NotAWeight,
    /// It is no whole number of respondents.
    NotACount,
    /// It is no share of respondents.
    NotAShare,
    /// The answers of its row make more than all respondents.
    MoreThanAll,
    /// It names nothing that the mapping knows.
    UnknownName,
}

/// Reads the cells of one column.
#[derive(Debug, Clone)]
pub struct CellReader {
    low: f64,
    high: f64,
    words: BTreeMap<String, Answer>,
    missing: BTreeSet<String>,
    missing_numbers: BTreeSet<Answer>,
    /// The same words and texts by their keys, for other spellings; filled where there are any.
    words_by_key: BTreeMap<String, Answer>,
    missing_by_key: BTreeSet<String>,
}

impl CellReader {
    /// A reader under a rule.
    pub fn new(rule: &ColumnRule) -> Self {
        let words = rule.words.iter().filter_map(|(word, number)| Some((fold(word), Answer::new(*number)?)));
        let words: BTreeMap<String, Answer> = words.collect();
        let texts = rule.missing.iter().filter(|code| number(code).is_none());
        Self {
            words_by_key: words.iter().map(|(word, answer)| (compare_key(word), *answer)).collect(),
            missing_by_key: texts.map(|code| compare_key(code)).collect(),
            low: rule.low - EPSILON,
            high: rule.high + EPSILON,
            words,
            missing: rule.missing.iter().map(|code| fold(code)).collect(),
            missing_numbers: rule.missing.iter().filter_map(|code| number(code)).collect(),
        }
    }

    /// What a cell says: missing codes first, then words, then numbers.
    pub fn read(&self, cell: &str) -> Cell {
        let cell = cell.trim();
        if cell.is_empty() {
            return Cell::Missing;
        }
        let folded = fold(cell);
        if self.missing.contains(&folded) {
            return Cell::Missing;
        }
        if let Some(answer) = self.words.get(&folded) {
            return self.on_scale(*answer);
        }
        match number(cell) {
            None => self.read_other(cell),
            Some(number) if self.missing_numbers.contains(&number) => Cell::Missing,
            Some(number) => self.on_scale(number),
        }
    }

    /// A cell that is neither a known text nor a plain number: another spelling of a text, or a number in another form.
    fn read_other(&self, cell: &str) -> Cell {
        let key = compare_key(cell);
        if self.missing_by_key.contains(&key) {
            return Cell::Missing;
        }
        if let Some(answer) = self.words_by_key.get(&key) {
            return self.on_scale(*answer);
        }
        let other_scale = |whole: f64| (whole - self.high).abs() > 0.5;
        match read_figure(cell).map(|figure| (Answer::new(figure.value), figure)) {
            Some((_, figure)) if figure.whole.is_some_and(other_scale) => Cell::Rejected(Reject::OffScale),
            Some((Some(answer), _)) if self.missing_numbers.contains(&answer) => Cell::Missing,
            Some((Some(answer), _)) => self.on_scale(answer),
            _ => Cell::Rejected(Reject::NotANumber),
        }
    }

    fn on_scale(&self, answer: Answer) -> Cell {
        if (self.low..=self.high).contains(&answer.get()) {
            Cell::Answer(answer)
        } else {
            Cell::Rejected(Reject::OffScale)
        }
    }
}

/// What a formula begins with, in half and full width; a tab or carriage return before it hides it from the eye only.
const FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet would take a text for a formula.
pub fn begins_formula(text: &str) -> bool {
    let hidden = |sign: char| sign == '\u{feff}' || (sign.is_whitespace() && !FORMULA.contains(&sign));
    text.trim_start_matches(hidden).starts_with(FORMULA)
}

/// A cell without the apostrophe that tables which we write have before what a spreadsheet would take for a formula, and
/// without the formula around a constant, `="007"`, that others write to keep zeros.
pub fn unguarded(cell: &str) -> &str {
    let constant = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    if let Some(text) = constant.filter(|text| !text.contains('"')) {
        return text;
    }
    cell.strip_prefix('\'').filter(|text| begins_formula(text)).unwrap_or(cell)
}

/// A cell's text as words and codes are compared: trimmed, in lower case.
pub fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

/// The finite decimal number a cell holds.
pub fn number(cell: &str) -> Option<Answer> {
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
            assert_eq!(unguarded(cell), expected);
        }
    }

    #[test]
    fn cells_are_answers_missing_or_rejected_and_nothing_is_clamped() {
        let mut rule = ColumnRule::ignore("q");
        rule.missing = ["0", "N/A"].map(str::to_owned).into();
        rule.words = [("Very good".to_owned(), 5.0)].into();
        let reader = CellReader::new(&rule);
        let answer = |number| Cell::Answer(Answer::new(number).unwrap());
        for (cell, expected) in [
            ("4", answer(4.0)),
            (" 4.50 ", answer(4.5)),
            ("very good", answer(5.0)),
            ("", Cell::Missing),
            (" ", Cell::Missing),
            ("0.0", Cell::Missing),
            ("n/a", Cell::Missing),
            ("6", Cell::Rejected(Reject::OffScale)),
            ("-1", Cell::Rejected(Reject::OffScale)),
            ("1e400", Cell::Rejected(Reject::NotANumber)),
            ("nan", Cell::Rejected(Reject::NotANumber)),
            ("10/10", Cell::Rejected(Reject::OffScale)),
            ("4/5", answer(4.0)),
            ("4,5", answer(4.5)),
            ("VERY  GOOD!", answer(5.0)),
            ("4\0", Cell::Rejected(Reject::NotANumber)),
        ] {
            assert_eq!(reader.read(cell), expected, "{cell:?}");
        }
    }
}
