//! Reads the cells of a column under its rule before the file is counted: value by value, and in total.

use super::cell::{CellReader, CellReading, Reject};
use super::profile::{ColumnProfile, Profile};
use super::propose::ProposedColumn;
use super::scale::is_sheet_error;
use crate::model::recipe::{ColumnRole, ColumnRule};

/// The share of answered cells with unknown words above which they are more than typing errors.
const STRAY: f64 = 0.01;

/// The profiled cells by reading; together they are all profiled rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Account {
    /// Cells that are answers.
    pub valid: u64,
    /// Blank cells and codes for no answer.
    pub missing: u64,
    /// Cells that do not count.
    pub rejected: u64,
    /// Cells whose values are too many or too long to be read before the count.
    pub untold: u64,
}

/// One value of a column, and its reading.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnValue {
    /// Its first spelling.
    pub text: String,
    /// The number of its cells.
    pub count: u64,
    /// Its first line numbers.
    pub lines: Vec<u64>,
    /// Its reading under the rule.
    pub says: CellReading,
}

/// Returns the values of a column as a rule reads them: rejected ones first, then those without an answer,
/// then answers.
pub fn read_values(column: &ColumnProfile, rule: &ColumnRule) -> Vec<ColumnValue> {
    let reader = CellReader::new(rule);
    let value = |(folded, count): (&String, &u64)| {
        let text = column.spelled.get(folded).unwrap_or(folded).clone();
        let lines = column.lines.get(folded).cloned().unwrap_or_default();
        ColumnValue { says: reader.read(&text), text, count: *count, lines }
    };
    let mut values: Vec<ColumnValue> = column.values.iter().map(value).collect();
    values.sort_by_key(|value| match value.says {
        CellReading::Rejected(_) => (0, None, u64::MAX - value.count),
        CellReading::Missing => (1, None, u64::MAX - value.count),
        CellReading::Answer(answer) => (2, Some(answer), u64::MAX - value.count),
    });
    values
}

/// Counts the profiled cells of a column by their reading under a rule.
pub fn count_readings(profile: &Profile, column: &ColumnProfile, rule: &ColumnRule) -> Account {
    let reader = CellReader::new(rule);
    let mut account = Account { missing: column.blank, rejected: profile.ragged, ..Account::default() };
    let mut told = 0;
    for (value, count) in &column.values {
        told += count;
        match reader.read(value) {
            CellReading::Answer(_) => account.valid += count,
            CellReading::Missing => account.missing += count,
            CellReading::Rejected(_) => account.rejected += count,
        }
    }
    account.untold = (column.numbers + column.texts).saturating_sub(told);
    account
}

/// True if a column's own cells are its answers: in an aggregated table they are the names of rows instead.
pub fn is_read_by_cell(columns: &[ProposedColumn], column: &ProposedColumn) -> bool {
    let names = |other: &ProposedColumn| {
        other.rule.role == ColumnRole::Names && other.rule.column == column.rule.column
    };
    column.is_question() && !columns.iter().any(names)
}

/// Returns the words of an answer column that its rule does not know, if they are more than typing errors.
/// Among numbers, a single unknown word is one.
pub fn unknown_words(column: &ColumnProfile, rule: &ColumnRule) -> Vec<ColumnValue> {
    let mut unknown = read_values(column, rule);
    unknown.retain(|value| {
        value.says == CellReading::Rejected(Reject::NotANumber) && !is_sheet_error(&value.text)
    });
    let cells: u64 = unknown.iter().map(|value| value.count).sum();
    let answered = column.numbers + column.texts;
    let several = cells > u64::from(rule.words.is_empty());
    if several && cells as f64 > STRAY * answered as f64 { unknown } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::profile::profile_table;
    use crate::survey::propose::ColumnReason;
    use crate::survey::resolve::ValueReading;
    use crate::survey::scale::ScaleSource;
    use crate::survey::source::SurveyTable;
    use proptest::prelude::*;
    use std::io::Cursor;
    use std::sync::Arc;

    fn profile_text(text: String) -> Profile {
        profile_table(&mut SurveyTable::new(Cursor::new(text), Arc::default()).unwrap()).unwrap()
    }

    fn rated_column() -> ProposedColumn {
        let rule = ColumnRule {
            role: ColumnRole::Touchpoint,
            words: [("very good".to_owned(), 5.0), ("bad".to_owned(), 1.0)].into(),
            ..ColumnRule::ignore_column("a")
        };
        ProposedColumn {
            rule,
            target: None,
            reason: ColumnReason::Chosen,
            source: ScaleSource::Said,
            sure: true,
            doubts: Vec::new(),
        }
    }

    #[test]
    fn words_that_are_not_known_are_listed_and_read_as_a_person_says() {
        let cells = ["Very good", "bad", "so-so", "So-so", "", "n/a", "9", "4"];
        let text = format!("id,a\n{}7\n", cells.map(|cell| format!("1,{cell}\n")).concat());
        let profile = profile_text(text);
        let mut column = rated_column();
        let seen = &profile.columns[1];
        let told = |column: &ProposedColumn| {
            let account = count_readings(&profile, seen, &column.rule);
            (account.valid, account.missing, account.rejected, account.untold)
        };
        assert_eq!(told(&column), (3, 1, 5, 0), "the ragged row is rejected too");
        let unknown = unknown_words(seen, &column.rule);
        let listed: Vec<_> = unknown.iter().map(|v| (v.text.as_str(), v.count, v.lines.as_slice())).collect();
        assert_eq!(listed, [("so-so", 2, &[4, 5][..]), ("n/a", 1, &[7])]);
        column.set_value("So-so", ValueReading::Number(3.0));
        column.set_value("n/a", ValueReading::NoAnswer);
        assert_eq!((told(&column), unknown_words(seen, &column.rule)), ((5, 2, 2, 0), Vec::new()));
        // A number past the end widens the scale; a word can be let go again.
        column.set_value("9", ValueReading::Number(9.0));
        column.set_value("so-so", ValueReading::Rejected);
        assert_eq!((told(&column), column.rule.high), ((4, 2, 3, 0), 9.0));
        assert!(!column.rule.words.contains_key("9"));
    }

    proptest! {
        #[test]
        fn an_account_is_all_rows(cells in prop::collection::vec("[0-9]{0,2}|bad|[a-c]{1,2}|,", 1..50)) {
            let profile = profile_text(format!("x,a\n1,{}\n", cells.join("\n1,")));
            let account = count_readings(&profile, &profile.columns[1], &rated_column().rule);
            prop_assert_eq!(account.valid + account.missing + account.rejected + account.untold, profile.rows);
        }
    }
}
