//! What the cells of a column say under its rule before a file is counted: value by value, and all together.

use super::cell::{Cell, CellReader, Reject};
use super::profile::{ColumnProfile, Profile};
use super::propose::Column;
use super::scale::is_sheet_error;
use crate::model::recipe::{ColumnRole, ColumnRule};

/// A larger share of answered cells in words that a rule does not know is more than typing errors.
const STRAY: f64 = 0.01;

/// The cells looked at by what they say; together all rows looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Account {
    /// Answers.
    pub valid: u64,
    /// Blank cells and codes for no answer.
    pub missing: u64,
    /// Cells that are neither.
    pub rejected: u64,
    /// Cells whose values are too many or too long to be told apart before all is counted.
    pub untold: u64,
}

/// A value of a column, and what it says.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// As it was written first.
    pub text: String,
    /// How often it occurs.
    pub count: u64,
    /// Its first lines.
    pub lines: Vec<u64>,
    /// What it says.
    pub says: Cell,
}

/// The values of a column as a rule reads them: what it does not know first, then what is no answer, then answers.
pub fn values(column: &ColumnProfile, rule: &ColumnRule) -> Vec<Value> {
    let reader = CellReader::new(rule);
    let value = |(folded, count): (&String, &u64)| {
        let text = column.spelled.get(folded).unwrap_or(folded).clone();
        let lines = column.lines.get(folded).cloned().unwrap_or_default();
        Value { says: reader.read(&text), text, count: *count, lines }
    };
    let mut values: Vec<Value> = column.values.iter().map(value).collect();
    values.sort_by_key(|value| match value.says {
        Cell::Rejected(_) => (0, None, u64::MAX - value.count),
        Cell::Missing => (1, None, u64::MAX - value.count),
        Cell::Answer(answer) => (2, Some(answer), u64::MAX - value.count),
    });
    values
}

/// What the cells looked at say under a rule.
pub fn account(profile: &Profile, column: &ColumnProfile, rule: &ColumnRule) -> Account {
    let reader = CellReader::new(rule);
    let mut account = Account { missing: column.blank, rejected: profile.ragged, ..Account::default() };
    let mut told = 0;
    for (value, count) in &column.values {
        told += count;
        match reader.read(value) {
            Cell::Answer(_) => account.valid += count,
            Cell::Missing => account.missing += count,
            Cell::Rejected(_) => account.rejected += count,
        }
    }
    account.untold = (column.numbers + column.texts).saturating_sub(told);
    account
}

/// Whether the cells of a column say its answers: in a table that is aggregated already they are the names of rows.
pub fn is_read_by_cell(columns: &[Column], column: &Column) -> bool {
    let names =
        |other: &Column| other.rule.role == ColumnRole::Names && other.rule.column == column.rule.column;
    column.is_question() && !columns.iter().any(names)
}

/// The words of a column of answers that its rule does not know, where they are more than typing errors. Among numbers
/// one odd word is one.
pub fn unknown_words(column: &ColumnProfile, rule: &ColumnRule) -> Vec<Value> {
    let mut unknown = values(column, rule);
    unknown.retain(|value| value.says == Cell::Rejected(Reject::NotANumber) && !is_sheet_error(&value.text));
    let cells: u64 = unknown.iter().map(|value| value.count).sum();
    let answered = column.numbers + column.texts;
    let several = cells > u64::from(rule.words.is_empty());
    if several && cells as f64 > STRAY * answered as f64 { unknown } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::profile::look;
    use crate::survey::propose::Reason;
    use crate::survey::scale::ScaleSource;
    use crate::survey::settle::Taken;
    use crate::survey::source::Table;
    use proptest::prelude::*;
    use std::io::Cursor;
    use std::sync::Arc;

    fn seen(text: String) -> Profile {
        look(&mut Table::new(Cursor::new(text), Arc::default()).unwrap()).unwrap()
    }

    fn column() -> Column {
        let rule = ColumnRule {
            role: ColumnRole::Touchpoint,
            words: [("very good".to_owned(), 5.0), ("bad".to_owned(), 1.0)].into(),
            ..ColumnRule::ignore("a")
        };
        Column {
            rule,
            target: None,
            reason: Reason::Chosen,
            source: ScaleSource::Said,
            sure: true,
            doubts: Vec::new(),
        }
    }

    #[test]
    fn words_that_are_not_known_are_listed_and_read_as_a_person_says() {
        let cells = ["Very good", "bad", "so-so", "So-so", "", "n/a", "9", "4"];
        let text = format!("id,a\n{}7\n", cells.map(|cell| format!("1,{cell}\n")).concat());
        let profile = seen(text);
        let (mut column, seen) = (column(), &profile.columns[1]);
        let told = |column: &Column| {
            let account = account(&profile, seen, &column.rule);
            (account.valid, account.missing, account.rejected, account.untold)
        };
        assert_eq!(told(&column), (3, 1, 5, 0), "the ragged row is rejected too");
        let unknown = unknown_words(seen, &column.rule);
        let listed: Vec<_> = unknown.iter().map(|v| (v.text.as_str(), v.count, v.lines.as_slice())).collect();
        assert_eq!(listed, [("so-so", 2, &[4, 5][..]), ("n/a", 1, &[7])]);
        column.take("So-so", Taken::Number(3.0));
        column.take("n/a", Taken::NoAnswer);
        assert_eq!((told(&column), unknown_words(seen, &column.rule)), ((5, 2, 2, 0), Vec::new()));
        // A number past the end widens the scale; a word can be let go again.
        column.take("9", Taken::Number(9.0));
        column.take("so-so", Taken::Rejected);
        assert_eq!((told(&column), column.rule.high), ((4, 2, 3, 0), 9.0));
        assert!(!column.rule.words.contains_key("9"));
    }

    proptest! {
        #[test]
        fn an_account_is_all_rows(cells in prop::collection::vec("[0-9]{0,2}|bad|[a-c]{1,2}|,", 1..50)) {
            let profile = seen(format!("x,a\n1,{}\n", cells.join("\n1,")));
            let account = account(&profile, &profile.columns[1], &column().rule);
            prop_assert_eq!(account.valid + account.missing + account.rejected + account.untold, profile.rows);
        }
    }
}
