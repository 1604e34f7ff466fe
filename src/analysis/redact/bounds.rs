//! What groups tell because nobody is counted less than no time: answers that no group but one gave are that group's.
//!
//! Where groups of several columns meet, the answers of each kind can be spread in any way that adds up to those of the
//! groups. As many can lie in each cell as chance would have it, so none is told exactly unless a group gave an answer
//! not at all, or all of it.

use super::columns::Column;
use super::people::{People, Wave, without};

/// True where it is known what fewer than the least answered who are in a group of each of two or three of these columns.
pub(super) fn tell_of_few(wave: &Wave<'_>, columns: &[&Column<'_>], place: usize) -> bool {
    let sets: Vec<Vec<People>> = columns.iter().map(|column| with_pairs(wave, column)).collect();
    let all = wave.at(&wave.everyone, place);
    let meet_few = |groups: &[&People]| {
        let groups: Vec<&[u64]> = groups.iter().map(|group| wave.at(group, place)).collect();
        told(&groups, all).is_some_and(|n| (1..=wave.most_of_few()).contains(&n))
    };
    let pairs = || (0..sets.len()).flat_map(|one| (one + 1..sets.len()).map(move |other| (one, other)));
    pairs().any(|(one, other)| {
        let others: Vec<&People> = sets
            .iter()
            .enumerate()
            .filter(|(third, _)| ![one, other].contains(third))
            .flat_map(|(_, sets)| sets)
            .collect();
        let (Some(first), Some(second)) = (sets.get(one), sets.get(other)) else { return false };
        first.iter().any(|a| {
            second.iter().any(|b| {
                // One may lie in the other: then what is left of that is a group too.
                let rests = [without(a, b), without(b, a)];
                let mut rests = rests.iter().flatten();
                meet_few(&[a, b])
                    || others.iter().any(|c| meet_few(&[a, b, c]))
                    || rests.any(|rest| others.iter().any(|c| meet_few(&[rest, c])))
            })
        })
    })
}

/// The groups of a column, and where they are not many also each two of them.
fn with_pairs(wave: &Wave<'_>, column: &Column<'_>) -> Vec<People> {
    const MOST_PAIRED: usize = 6;
    let mut sets: Vec<People> = column.sets().cloned().collect();
    let single = sets.clone();
    if (3..=MOST_PAIRED).contains(&single.len()) {
        for (number, one) in single.iter().enumerate() {
            sets.extend(single.iter().skip(number + 1).map(|other| wave.sum([one, other])));
        }
    }
    sets
}

/// How many answered who are in all of these groups, where that is known for each answer. The first two numbers are of
/// those who did not answer.
fn told(groups: &[&[u64]], everyone: &[u64]) -> Option<u64> {
    let mut sum = 0;
    for (answer, all) in everyone.iter().enumerate().skip(2) {
        let given: Vec<u64> = groups.iter().filter_map(|group| group.get(answer).copied()).collect();
        if given.contains(&0) {
            continue;
        }
        let mut parts = given.iter().filter(|given| *given != all);
        sum += match (parts.next(), parts.next()) {
            (None, _) => *all,
            (Some(given), None) => *given,
            _ => return None,
        };
    }
    Some(sum)
}
