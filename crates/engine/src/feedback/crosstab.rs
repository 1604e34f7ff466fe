//! Tables that can't be counted because they are already results of counting: percentages of groups of
//! people.

use crate::survey::cell::parse_number;
use crate::survey::profile::{ColumnProfile, Profile};
use crate::survey::text_scale::steps_of_texts;

/// The fewest columns of percentages that make a table a crosstab.
const LEAST: usize = 2;
/// The most answers of a scale.
const ANSWERS: u64 = 14;
/// The most names of groups that a message lists.
const NAMED: usize = 3;

/// A table of percentages: a row for each answer, a column for each group of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crosstab {
    /// Number of columns that hold percentages.
    pub columns: usize,
    /// The names of the first groups.
    pub groups: Vec<String>,
    /// True if its rows are the answers and its cells count the people who gave them: transposed, it can be
    /// read.
    pub turned: bool,
}

impl Crosstab {
    /// Recognizes a crosstab: most columns hold percentages, and the others texts. `None` for other tables.
    pub fn detect_in(profile: &Profile) -> Option<Self> {
        let shares: Vec<&ColumnProfile> =
            profile.columns.iter().filter(|column| is_of_shares(column)).collect();
        let filled = profile.columns.iter().filter(|column| column.numbers + column.texts > 0).count();
        if shares.len() < LEAST || 2 * shares.len() <= filled || shares.len() == filled {
            return None;
        }
        let named = shares.iter().map(|column| column.name.clone()).filter(|name| !name.starts_with('#'));
        Some(Self { columns: shares.len(), groups: named.take(NAMED).collect(), turned: false })
    }

    /// Recognizes a table whose rows are the answers of a scale, each once, and whose columns are the
    /// questions.
    pub fn turned_table(profile: &Profile) -> Option<Self> {
        if !profile.complete || !(3..=ANSWERS).contains(&profile.rows) {
            return None;
        }
        let once = |column: &&ColumnProfile| {
            let words: Vec<&str> = column.values.keys().map(String::as_str).collect();
            let all = column.texts == profile.rows && words.len() as u64 == profile.rows;
            all && steps_of_texts(&words)
                .is_some_and(|(steps, _)| steps.iter().flatten().count() * 4 >= words.len() * 3)
        };
        let answers = profile.columns.iter().find(once)?;
        let counts = |column: &&ColumnProfile| {
            let whole = |value: &String| {
                parse_number(value).is_some_and(|n| n.get() >= 0.0 && n.get().fract() == 0.0)
            };
            column.name != answers.name
                && column.texts == 0
                && column.numbers > 0
                && column.values.keys().all(whole)
        };
        let columns: Vec<&ColumnProfile> = profile.columns.iter().filter(counts).collect();
        let groups = columns.iter().map(|column| column.name.clone()).take(NAMED).collect();
        (columns.len() > 1).then_some(Self { columns: columns.len(), groups, turned: true })
    }
}

fn is_of_shares(column: &ColumnProfile) -> bool {
    let share =
        |value: &str| value.strip_suffix(['%', '％']).is_some_and(|figure| parse_number(figure).is_some());
    let shares: u64 = column.values.iter().filter(|(value, _)| share(value)).map(|(_, count)| count).sum();
    2 * shares > column.numbers + column.texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::profile::profile_table;
    use crate::survey::source::SurveyTable;
    use std::io::Cursor;
    use std::sync::Arc;

    #[test]
    fn a_table_of_percentages_of_groups_is_told_from_one_of_respondents() {
        let crosstab = |text: &'static str| {
            Crosstab::detect_in(
                &profile_table(&mut SurveyTable::new(Cursor::new(text), Arc::default()).unwrap()).unwrap(),
            )
        };
        let found = crosstab(
            "Answer,All,18 - 34,35+\nVery manly,37%,29%,42%\nNot at all,5%,10%,n/a\nSum,100%,100%,100%\n",
        );
        let found = found.unwrap();
        assert_eq!((found.columns, found.groups.join("|").as_str()), (3, "All|18 - 34|35+"));
        assert_eq!(crosstab("id,Seat,Battery\n1,4,37%\n2,5,80%\n3,1,12%\n"), None);
        assert_eq!(crosstab("a,b\n1,2\n3,4\n"), None);
    }
}
