//! Several choices in one cell: "Mail; Shop; Phone".

use super::profile::ColumnProfile;
use crate::model::recipe::ColumnRule;
use std::collections::{BTreeMap, BTreeSet};

/// Separators between choices, the most distinctive first. A comma counts only followed by a space.
const SEPARATORS: [&str; 9] = ["┋", ";", "；", "|", "\n", "、", "，", ", ", " / "];
/// The most different choices: more are free text, not a list.
const MOST: usize = 30;
/// The longest choice in bytes: a longer one is a sentence.
const LONGEST: usize = 60;
/// The most parts that an option with separators inside is joined from.
const PARTS: usize = 4;

/// The rule by which a cell is split into choices.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChoiceList {
    /// The separator between choices.
    pub separator: String,
    /// Options that contain the separator themselves, such as "Website, app".
    pub options: BTreeSet<String>,
}

impl ChoiceList {
    /// Creates the list that a rule for a column of choices describes: its words are the options that contain
    /// the separator.
    pub fn from_rule(rule: &ColumnRule) -> Self {
        Self { separator: rule.separator.clone(), options: rule.words.keys().cloned().collect() }
    }

    /// Splits a cell into its choices, trimmed.
    pub fn split_cell<'a>(&self, cell: &'a str) -> Vec<&'a str> {
        // An empty separator would split every letter.
        if self.separator.is_empty() {
            return Some(cell.trim()).filter(|choice| !choice.is_empty()).into_iter().collect();
        }
        let mut found = Vec::new();
        let mut rest = cell.trim();
        while !rest.is_empty() {
            let whole = self
                .options
                .iter()
                .filter(|option| self.begins_with(rest, option))
                .max_by_key(|option| option.len());
            let end = whole.map_or_else(
                || rest.find(self.separator.as_str()).unwrap_or(rest.len()),
                std::string::String::len,
            );
            let (choice, after) = rest.split_at(end);
            found.extend(Some(choice.trim()).filter(|choice| !choice.is_empty()));
            rest = after
                .strip_prefix(self.separator.as_str())
                .unwrap_or(after.trim_start_matches(self.separator.as_str()))
                .trim();
        }
        found
    }

    /// True if a text begins with an option that is followed by the end or a separator.
    fn begins_with(&self, text: &str, option: &str) -> bool {
        let rest = text.strip_prefix(option);
        rest.is_some_and(|rest| {
            rest.trim().is_empty() || rest.trim_start().starts_with(self.separator.trim_start())
        })
    }
}

/// Detects how a column of multiple choices is split; `None` if the column holds something else.
///
/// Choices come from a list: they are few and short, recur in different combinations, and form more different
/// cells than there are choices. Parts that never occur without each other are one option.
pub fn find_choices(column: &ColumnProfile) -> Option<ChoiceList> {
    let lists = SEPARATORS.into_iter().map(|separator| {
        let plain = ChoiceList { separator: separator.to_owned(), options: BTreeSet::new() };
        ChoiceList { options: joined_options(column, &plain), ..plain }
    });
    lists.into_iter().find(|list| is_list(column, list))
}

/// Returns the cells of a column as written, with their counts.
fn cell_counts(column: &ColumnProfile) -> impl Iterator<Item = (&String, u64)> {
    column.values.iter().map(|(value, count)| (column.spelled.get(value).unwrap_or(value), *count))
}

/// Finds options that contain the separator: runs of parts that always occur together in the same order.
fn joined_options(column: &ColumnProfile, list: &ChoiceList) -> BTreeSet<String> {
    let mut rows: Vec<Vec<String>> = cell_counts(column)
        .map(|(cell, _)| list.split_cell(cell).into_iter().map(str::to_owned).collect())
        .collect();
    let between = list.separator.clone();
    for _ in 1..PARTS {
        let Some((first, second)) = find_inseparable_parts(&rows) else { break };
        for row in &mut rows {
            let mut place = 0;
            while place + 1 < row.len() {
                if row[place] == first && row[place + 1] == second {
                    let whole = format!("{first}{between}{second}");
                    row.splice(place..=place + 1, [whole]);
                }
                place += 1;
            }
        }
    }
    rows.into_iter().flatten().filter(|option| option.contains(list.separator.as_str())).collect()
}

/// Finds two parts that only occur side by side, always in this order.
fn find_inseparable_parts(rows: &[Vec<String>]) -> Option<(String, String)> {
    let mut followers: BTreeMap<&str, BTreeSet<Option<&str>>> = BTreeMap::new();
    let mut leaders: BTreeMap<&str, BTreeSet<Option<&str>>> = BTreeMap::new();
    for row in rows {
        for (place, part) in row.iter().enumerate() {
            let before = place.checked_sub(1).and_then(|at| row.get(at)).map(String::as_str);
            followers.entry(part).or_default().insert(row.get(place + 1).map(String::as_str));
            leaders.entry(part).or_default().insert(before);
        }
    }
    let alone = |set: Option<&BTreeSet<Option<&str>>>| match set.map(|set| (set.len(), set.first())) {
        Some((1, Some(Some(only)))) => Some((*only).to_owned()),
        _ => None,
    };
    let parts = followers.keys().copied();
    parts.into_iter().find_map(|first| {
        let second = alone(followers.get(first))?;
        let back = alone(leaders.get(second.as_str()))?;
        (back == first && second != first).then(|| (first.to_owned(), second))
    })
}

fn is_list(column: &ColumnProfile, list: &ChoiceList) -> bool {
    let mut given: BTreeMap<String, u64> = BTreeMap::new();
    let mut several = 0;
    let mut different = 0_usize;
    for (cell, count) in cell_counts(column) {
        let choices = list.split_cell(cell);
        different += usize::from(!choices.is_empty());
        several += usize::from(choices.len() > 1);
        for choice in choices {
            *given.entry(choice.to_owned()).or_default() += count;
        }
    }
    let all: u64 = given.values().sum();
    let once: u64 = given.values().filter(|count| **count == 1).sum();
    let short = given.keys().all(|choice| choice.len() <= LONGEST);
    several > 1 && (2..=MOST).contains(&given.len()) && short && different > given.len() && once * 10 <= all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found_separator(column: &ColumnProfile) -> Option<String> {
        find_choices(column).map(|list| list.separator)
    }

    #[test]
    fn lists_are_told_from_sentences() {
        let tools = [("git;r", 3), ("git", 2), ("git;r;sql", 4), ("r", 1), ("sql;git", 2)];
        assert_eq!(found_separator(&ColumnProfile::from_values(&tools)).as_deref(), Some(";"));
        let used =
            [("mail, shop", 3), ("mail", 2), ("shop", 4), ("mail, phone, shop", 1), ("phone, mail", 2)];
        assert_eq!(found_separator(&ColumnProfile::from_values(&used)).as_deref(), Some(", "));
        let chinese = [("官网┋微信", 3), ("官网", 2), ("微信", 4), ("电话┋官网┋微信", 1), ("电话", 2)];
        assert_eq!(found_separator(&ColumnProfile::from_values(&chinese)).as_deref(), Some("┋"));
        for other in [
            &[("yes, very rude", 9), ("yes, somewhat rude", 8), ("no, not rude at all", 7)][..],
            &[("yum!", 9), ("some good, some not so good", 8), ("horrendous", 7)],
            &[("never, but open to it", 9), ("never, and not open to it", 3), ("often", 2)],
            &[("$50,000 - $99,999", 9), ("$0 - $24,999", 4)],
            &[("bad; slow, rude", 1), ("slow; loud, rude", 1), ("fine", 1)],
            &[("first", 3), ("second", 3)],
        ] {
            assert_eq!(found_separator(&ColumnProfile::from_values(other)), None, "{other:?}");
        }
    }

    #[test]
    fn options_may_hold_the_separator_themselves() {
        let used = [
            ("website, app", 16),
            ("phone, chat or mail", 15),
            ("shop", 11),
            ("website, app, phone, chat or mail", 5),
            ("website, app, shop", 4),
            ("shop, website, app", 3),
            ("shop, phone, chat or mail", 2),
        ];
        let list = find_choices(&ColumnProfile::from_values(&used)).unwrap();
        assert_eq!(list.options, ["phone, chat or mail", "website, app"].map(str::to_owned).into());
        assert_eq!(list.split_cell("shop, website, app"), ["shop", "website, app"]);
        assert_eq!(
            list.split_cell("website, app, phone, chat or mail"),
            ["website, app", "phone, chat or mail"]
        );
        assert_eq!(list.split_cell("website"), ["website"]);
        assert_eq!(ChoiceList::default().split_cell("a, b"), ["a, b"]);
    }
}
