//! Conclusions from counts never being negative: answers that only one group gave belong to that group.
//!
//! Where groups of several columns meet, the answers of each kind can be spread in any way that adds up to
//! those of the groups. Each cell can hold as many as by chance, so none is determined exactly unless a group
//! gave an answer not at all, or all of it.

use super::columns::GroupColumn;
use super::people::{People, Wave, is_within, subtract_people};
use std::borrow::Cow;

/// The most groups of a column whose pairs are checked together.
const MOST_PAIRED: usize = 6;

/// The numbers of a group, or of two groups together.
type PeopleRow<'c> = Cow<'c, [u64]>;

/// True if the answers of fewer than the least people in a group of each of two or three of these columns are
/// determined.
pub(super) fn tell_of_few(wave: &Wave<'_>, columns: &[&GroupColumn<'_>], place: usize) -> bool {
    let look = Look { wave, place, everyone: wave.numbers_at(&wave.everyone, place) };
    let sets: Vec<Vec<PeopleRow<'_>>> = columns.iter().map(|column| with_pairs(wave, column)).collect();
    look.excluded_tell(columns)
        || look.nested_tell(&sets)
        || (!look.is_any_answer_shared(columns) && look.meetings_tell(&sets))
}

/// Returns the groups of a column and its rest, and each pair of them if they are not many.
fn with_pairs<'c>(wave: &Wave<'_>, column: &'c GroupColumn<'_>) -> Vec<PeopleRow<'c>> {
    let single: Vec<&People> = column.people_sets().collect();
    let mut sets: Vec<PeopleRow<'c>> =
        column.people_sets().map(|set| Cow::Borrowed(set.as_slice())).collect();
    if (3..=MOST_PAIRED).contains(&single.len()) {
        for (number, one) in single.iter().enumerate() {
            let others = single.iter().skip(number + 1);
            sets.extend(others.map(|other| Cow::Owned(wave.sum_people([*one, *other]))));
        }
    }
    sets
}

/// The answers to one question.
struct Look<'s, 'a> {
    wave: &'s Wave<'a>,
    place: usize,
    everyone: &'s [u64],
}

impl Look<'_, '_> {
    /// True if the cells where groups of two or three columns meet reveal answers of few.
    fn meetings_tell(&self, sets: &[Vec<PeopleRow<'_>>]) -> bool {
        let sets: Vec<Vec<&[u64]>> = sets
            .iter()
            .map(|sets| sets.iter().map(|set| self.wave.numbers_at(set, self.place)).collect())
            .collect();
        sets.iter().enumerate().any(|(number, one)| {
            sets.iter().enumerate().skip(number + 1).any(|(next, other)| {
                let thirds = || sets.iter().skip(next + 1).flatten();
                let tell = |a: &[u64], b: &[u64]| {
                    let meet_in_few = |groups: &[&[u64]]| self.meet_in_few(self.everyone, groups);
                    meet_in_few(&[a, b]) || thirds().any(|c| meet_in_few(&[a, b, c]))
                };
                one.iter().any(|a| other.iter().any(|b| tell(a, b)))
            })
        })
    }

    /// The same check if groups of one column may be contained in groups of another: the remainder of the
    /// larger group counts as a group too, and two groups inside a third are the whole of it.
    fn nested_tell(&self, sets: &[Vec<PeopleRow<'_>>]) -> bool {
        if sets.len() < 3 {
            return false;
        }
        sets.iter().enumerate().any(|(column, wholes)| {
            wholes.iter().any(|whole| {
                let others = sets.iter().enumerate().filter(|(other, _)| *other != column);
                let inside =
                    others.clone().flat_map(|(other, sets)| sets.iter().map(move |set| (other, set)));
                let at = |people| self.wave.numbers_at(people, self.place);
                // Most groups differ at this question: whether one is inside another at all questions is looked
                // at last.
                let is_inside = |part: &[u64]| is_within(part, whole);
                let inside: Vec<(usize, &PeopleRow<'_>, People)> = inside
                    .filter_map(|(other, part)| Some((other, part, subtract_people(at(whole), at(part))?)))
                    .collect();
                inside.iter().enumerate().any(|(number, (of, part, rest))| {
                    let thirds = others.clone().filter(|(third, _)| third != of).flat_map(|(_, sets)| sets);
                    let mut beside = inside.iter().skip(number + 1).filter(|(third, ..)| third != of);
                    beside.any(|(_, other, _)| {
                        self.meet_in_few(at(whole), &[at(part), at(other)])
                            && is_inside(part)
                            && is_inside(other)
                    }) || thirds
                        .into_iter()
                        .any(|set| self.meet_in_few(self.everyone, &[rest, at(set)]) && is_inside(part))
                })
            })
        })
    }

    /// The same check if groups of a column may exclude a group of another: its answers then belong to the
    /// remaining groups.
    fn excluded_tell(&self, columns: &[&GroupColumn<'_>]) -> bool {
        columns.iter().enumerate().any(|(one, column)| {
            let others = columns.iter().enumerate().filter(|(other, _)| *other != one);
            let mut sets = others.flat_map(|(_, other)| other.people_sets());
            sets.any(|set| column.people_sets().any(|own| self.is_told_without_others(column, own, set)))
        })
    }

    /// True if the answers of the members of `set` in a group are determined and few, provided that `set`
    /// holds nobody from a group of the same column that gave an answer which both gave.
    fn is_told_without_others(&self, column: &GroupColumn<'_>, own: &People, set: &People) -> bool {
        let given = |people: &People| {
            self.wave.numbers_at(people, self.place).iter().skip(2).copied().collect::<Vec<_>>()
        };
        let group = given(own);
        let inside = given(set);
        let shared: Vec<usize> =
            (0..group.len()).filter(|answer| group[*answer] > 0 && inside[*answer] > 0).collect();
        let n: u64 = shared.iter().map(|answer| inside[*answer]).sum();
        if !(1..=self.wave.most_of_few()).contains(&n) || shared.iter().any(|at| inside[*at] > group[*at]) {
            return false;
        }
        let Some(outside) = subtract_people(&self.wave.everyone, set) else { return false };
        let siblings: Vec<(&People, Vec<u64>)> =
            column.people_sets().filter(|other| *other != own).map(|other| (other, given(other))).collect();
        let (out, left): (Vec<_>, Vec<_>) =
            siblings.iter().partition(|(_, given)| shared.iter().any(|answer| given[*answer] > 0));
        let gave_others = |answer: usize| {
            group[answer] > 0 || left.iter().map(|(_, given)| given[answer]).sum::<u64>() >= inside[answer]
        };
        out.iter().all(|(people, _)| subtract_people(&outside, people).is_some())
            && (0..group.len()).all(gave_others)
    }

    /// True if some answer was given in all groups of all columns, and by no group alone.
    fn is_any_answer_shared(&self, columns: &[&GroupColumn<'_>]) -> bool {
        let groups: Vec<&[u64]> = columns
            .iter()
            .flat_map(|column| column.people_sets())
            .map(|group| self.wave.numbers_at(group, self.place))
            .collect();
        self.everyone.iter().enumerate().skip(2).any(|(answer, all)| {
            groups.iter().all(|group| group.get(answer).is_some_and(|given| *given > 0 && given < all))
        })
    }

    /// True if, for each answer, the number of people in all of these groups who gave it is determined, and
    /// they are few.
    fn meet_in_few(&self, people: &[u64], groups: &[&[u64]]) -> bool {
        let mut sum = 0;
        for (answer, all) in people.iter().enumerate().skip(2) {
            let mut given = *all;
            let mut parts = 0;
            for group in groups {
                let own = group.get(answer).copied().unwrap_or_default();
                parts += usize::from(own < *all && own > 0);
                given = given.min(own);
            }
            match (given, parts) {
                (0, _) => {}
                (given, 0 | 1) => sum += given,
                _ => return false,
            }
        }
        (1..=self.wave.most_of_few()).contains(&sum)
    }
}
