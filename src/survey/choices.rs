//! Several choices in one cell: "Mail; Shop; Phone".

use super::profile::ColumnProfile;
use std::collections::BTreeMap;

/// What stands between choices, the most telling first. A comma counts with a blank behind it only.
const SEPARATORS: [&str; 7] = [";", "；", "|", "\n", "、", "，", ", "];
/// More different choices than this are words of people, not of a list.
const MOST: usize = 30;
/// A longer choice is a sentence.
const LONGEST: usize = 60;

/// The choices of a cell, without the blanks around them.
pub fn choices<'a>(cell: &'a str, separator: &'a str) -> impl Iterator<Item = &'a str> {
    // An empty separator would part every letter.
    let whole = separator.is_empty().then_some(cell);
    let parts = (!separator.is_empty()).then(|| cell.split(separator)).into_iter().flatten();
    whole.into_iter().chain(parts).map(str::trim).filter(|choice| !choice.is_empty())
}

/// What stands between the choices of a column of several in a cell; `None` where it is another column.
///
/// Choices come from a list: they are few and short, come again in other company, and make more different cells than there
/// are choices.
pub fn separator(column: &ColumnProfile) -> Option<&'static str> {
    SEPARATORS.into_iter().find(|separator| parts(column, separator))
}

fn parts(column: &ColumnProfile, separator: &str) -> bool {
    let mut given: BTreeMap<&str, u64> = BTreeMap::new();
    let (mut several, mut cells) = (0, 0_usize);
    for (value, count) in &column.values {
        let mut of_cell = 0;
        for choice in choices(value, separator) {
            *given.entry(choice).or_default() += count;
            of_cell += 1;
        }
        cells += usize::from(of_cell > 0);
        several += usize::from(of_cell > 1);
    }
    let all: u64 = given.values().sum();
    let once: u64 = given.values().filter(|count| **count == 1).sum();
    let short = given.keys().all(|choice| choice.len() <= LONGEST);
    several > 1 && (2..=MOST).contains(&given.len()) && short && cells > given.len() && once * 10 <= all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_told_from_sentences() {
        let tools = [("git;r", 3), ("git", 2), ("git;r;sql", 4), ("r", 1), ("sql;git", 2)];
        assert_eq!(separator(&ColumnProfile::of(&tools)), Some(";"));
        let used =
            [("mail, shop", 3), ("mail", 2), ("shop", 4), ("mail, phone, shop", 1), ("phone, mail", 2)];
        assert_eq!(separator(&ColumnProfile::of(&used)), Some(", "));
        for other in [
            &[("yes, very rude", 9), ("yes, somewhat rude", 8), ("no, not rude at all", 7)][..],
            &[("yum!", 9), ("some good, some not so good", 8), ("horrendous", 7)],
            &[("never, but open to it", 9), ("never, and not open to it", 3), ("often", 2)],
            &[("$50,000 - $99,999", 9), ("$0 - $24,999", 4)],
            &[("bad; slow, rude", 1), ("slow; loud, rude", 1), ("fine", 1)],
            &[("first", 3), ("second", 3)],
        ] {
            assert_eq!(separator(&ColumnProfile::of(other)), None, "{other:?}");
        }
    }
}
