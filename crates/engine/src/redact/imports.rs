//! Imports that hold answers of the same people: a copy carries only the largest.
//!
//! A form exports all answers each time: the answers of February less those of January are the newcomers'.
//! Counts do not show who is in two imports. So an import is left out if a larger one may contain its
//! answers, no count being higher, and the remainder would reveal few; also if several imports together are
//! subtracted. Imports with the same counts hold the same people. This holds for each group, for everyone
//! else, and for the people in none of a column's groups; less any people of the other import that are known
//! to be among them: other groups of the column, and groups of all columns if everyone may be.

use super::cells::{self, Left};
use crate::id::{QuestionId, WaveId};
use crate::model::counts::{Answer, CountKey, Counts, Histogram, Segment};
use std::collections::{BTreeMap, BTreeSet};

/// The most waves of other imports whose sums are all tried; beyond them the smallest import is left out.
const MOST_PARTS: usize = 16;
/// From this many answers on, equal counts are no coincidence.
const TELLING: u64 = 20;

/// An import's counts, and its columns whose groups overlap.
pub(super) type ImportCounts<'a> = (&'a Counts, &'a BTreeSet<String>);

/// Returns the remaining counts of each import; `None` for an import that is left out.
pub(super) fn without_few(imports: &[ImportCounts<'_>], least: u64) -> Vec<Option<Left>> {
    let lefts: Vec<Left> =
        imports.iter().map(|(counts, overlapping)| cells::without_few(counts, overlapping, least)).collect();
    let overlaps = Overlaps::new(&lefts, imports, least);
    let mut order: Vec<usize> = (0..lefts.len()).collect();
    order.sort_by_key(|import| std::cmp::Reverse(lefts.get(*import).map(|left| most_rows(&left.counts))));
    let mut kept: Vec<usize> = Vec::new();
    for import in order {
        if !overlaps.tell_of_few(&kept, import) {
            kept.push(import);
        }
    }
    let numbered = lefts.into_iter().enumerate();
    numbered.map(|(import, left)| kept.contains(&import).then_some(left)).collect()
}

/// Returns the rows of everyone, all waves together, at the question with the most.
fn most_rows(counts: &Counts) -> u64 {
    let mut rows: BTreeMap<QuestionId, u64> = BTreeMap::new();
    for (key, cell) in counts.histograms.iter().filter(|(key, _)| key.segment.is_everyone()) {
        *rows.entry(key.question).or_default() += cell.row_count();
    }
    rows.into_values().max().unwrap_or_default()
}

/// By question, the number of people who gave no answer, a rejected one, and each valid one.
///
/// They are compared and subtracted many thousand times, so they stand in one row.
#[derive(Debug, Clone, Default)]
struct Numbers {
    /// The questions in order, each with the end of its numbers.
    ends: Vec<(QuestionId, usize)>,
    numbers: Vec<u64>,
}

impl Numbers {
    /// Adds the numbers of a question, which comes after all others.
    fn push(&mut self, question: QuestionId, numbers: impl IntoIterator<Item = u64>) {
        self.numbers.extend(numbers);
        self.ends.push((question, self.numbers.len()));
    }

    /// Returns the questions with their numbers.
    fn iter(&self) -> impl Iterator<Item = (QuestionId, &[u64])> {
        let mut start = 0;
        self.ends.iter().map(move |(question, end)| {
            let numbers = self.numbers.get(start..*end).unwrap_or_default();
            start = *end;
            (*question, numbers)
        })
    }

    /// Returns the numbers at the questions that both have.
    fn shared<'n>(&'n self, other: &'n Self) -> impl Iterator<Item = (QuestionId, &'n [u64], &'n [u64])> {
        let mut others = other.iter().peekable();
        self.iter().filter_map(move |(question, own)| {
            while others.next_if(|(other, _)| *other < question).is_some() {}
            let (_, numbers) = others.next_if(|(other, _)| *other == question)?;
            Some((question, own, numbers))
        })
    }
}

/// The people of a group, everyone else, or the people in none of several groups of a column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum PeopleOf<'a> {
    Group(&'a Segment),
    Others(&'a Segment),
    InNone(GroupSet<'a>),
}

/// Several groups of one column that do not overlap.
type GroupSet<'a> = BTreeSet<&'a Segment>;

impl PeopleOf<'_> {
    fn is_everyone(&self) -> bool {
        matches!(self, Self::Group(group) if group.is_everyone())
    }

    /// True if all of `part` are among these people, in an import of the same people. `overlapping` names the
    /// columns whose groups overlap.
    fn holds(&self, part: &Self, overlapping: &BTreeSet<String>) -> bool {
        match (self, part) {
            (Self::Group(group), _) if group.is_everyone() => true,
            (Self::InNone(set), Self::Group(group)) => {
                !set.contains(group) && set.iter().all(|other| other.column == group.column)
            }
            (Self::InNone(set), Self::InNone(more)) => set.is_subset(more),
            (Self::Others(one), Self::Group(group)) => {
                one != group && one.column == group.column && !overlapping.contains(&group.column)
            }
            (Self::Others(one), Self::InNone(set)) => set.contains(one),
            _ => self == part,
        }
    }
}

/// One published wave of an import.
struct ImportedWave<'a> {
    import: usize,
    wave: WaveId,
    groups: BTreeMap<PeopleOf<'a>, Numbers>,
}

impl<'a> ImportedWave<'a> {
    /// Adds everyone but each group, and everyone but each of the sets of which all groups are published.
    fn new(
        import: usize,
        wave: WaveId,
        mut groups: BTreeMap<PeopleOf<'a>, Numbers>,
        sets: &BTreeSet<GroupSet<'a>>,
    ) -> Self {
        let everyone =
            groups.iter().find(|(group, _)| group.is_everyone()).map(|(_, numbers)| numbers.clone());
        let others = groups.iter().filter_map(|(group, numbers)| match group {
            PeopleOf::Group(group) if !group.is_everyone() => {
                Some((PeopleOf::Others(group), subtract_numbers(everyone.as_ref()?, numbers)?))
            }
            _ => None,
        });
        let in_none = sets.iter().filter_map(|set| {
            let mut rest = everyone.clone()?;
            for group in set {
                let inside = groups.get(&PeopleOf::Group(group))?;
                if row_count(inside) > 0 {
                    rest = subtract_numbers(&rest, inside)?;
                }
            }
            (row_count(&rest) > 0).then(|| (PeopleOf::InNone(set.clone()), rest))
        });
        let more: Vec<(PeopleOf<'a>, Numbers)> = others.chain(in_none).collect();
        groups.extend(more);
        Self { import, wave, groups }
    }

    fn everyone(&self) -> Option<&Numbers> {
        self.groups.iter().find(|(group, _)| group.is_everyone()).map(|(_, numbers)| numbers)
    }
}

/// Looks for people who are in several imports.
struct Overlaps<'a> {
    lefts: &'a [Left],
    imports: &'a [ImportCounts<'a>],
    waves: Vec<ImportedWave<'a>>,
    least: u64,
}

impl<'a> Overlaps<'a> {
    fn new(lefts: &'a [Left], imports: &'a [ImportCounts<'a>], least: u64) -> Self {
        let mut given: BTreeMap<QuestionId, BTreeSet<Answer>> = BTreeMap::new();
        for (key, cell) in lefts.iter().flat_map(|left| &left.counts.histograms) {
            given.entry(key.question).or_default().extend(cell.answers.keys());
        }
        let mut published = Vec::new();
        for (import, left) in lefts.iter().enumerate() {
            let mut own: BTreeMap<WaveId, BTreeMap<PeopleOf<'a>, Numbers>> = BTreeMap::new();
            for (key, cell) in left.counts.histograms.iter().filter(|(_, cell)| !cell.is_of_unknown_n()) {
                let answers = given.get(&key.question).into_iter().flatten();
                let answers = answers.map(|answer| cell.answers.get(answer).copied().unwrap_or_default());
                let numbers = [cell.missing, cell.rejected].into_iter().chain(answers);
                let groups = own.entry(key.wave).or_default();
                groups.entry(PeopleOf::Group(&key.segment)).or_default().push(key.question, numbers);
            }
            published.extend(own.into_iter().map(|(wave, groups)| (import, wave, groups)));
        }
        let columns = published.iter().flat_map(|(import, _, groups)| {
            let overlapping = imports.get(*import).map(|(_, overlapping)| *overlapping);
            group_sets(groups.keys(), overlapping)
        });
        let sets = with_shared_parts(&columns.collect());
        let waves = published.into_iter();
        let waves =
            waves.map(|(import, wave, groups)| ImportedWave::new(import, wave, groups, &sets)).collect();
        Self { lefts, imports, waves, least }
    }

    /// True if an import together with the kept ones would reveal few, or holds the same people.
    fn tell_of_few(&self, kept: &[usize], import: usize) -> bool {
        let published: Vec<&ImportedWave<'_>> =
            self.waves.iter().filter(|wave| wave.import == import || kept.contains(&wave.import)).collect();
        published.iter().any(|whole| {
            // Something of the import must be on one side.
            let is_fresh = |part: &ImportedWave<'_>| whole.import == import || part.import == import;
            let others: Vec<&ImportedWave<'_>> =
                published.iter().copied().filter(|other| other.import != whole.import).collect();
            self.leave_few(whole, &others, &is_fresh)
                || others.iter().any(|part| is_fresh(part) && self.newcomers_are_few(whole, part))
        })
    }

    /// True if the people of one wave, less those of the same group or of everyone in others, are few.
    fn leave_few(
        &self,
        whole: &ImportedWave<'_>,
        others: &[&ImportedWave<'_>],
        is_fresh: &dyn Fn(&ImportedWave<'_>) -> bool,
    ) -> bool {
        let none = BTreeSet::new();
        let overlapping = self.imports.get(whole.import).map_or(&none, |(_, overlapping)| *overlapping);
        whole.groups.iter().any(|(group, numbers)| {
            let mut parts: Vec<(&Numbers, bool)> = Vec::new();
            let search = RestSearch { least: self.least, is_telling: row_count(numbers) >= TELLING };
            for other in others {
                let same = |part: &PeopleOf<'_>| part == group || part.is_everyone();
                let inside =
                    other.groups.iter().filter(|(part, own)| same(part) && is_contained(numbers, own));
                parts.extend(inside.map(|(_, own)| (own, is_fresh(other))));
                // Everyone in one file may be a group of another, and groups of one column parts of those of
                // another.
                let may_nest = is_fresh(other) && may_be_within(other, whole);
                let leaves_few = |part: &Numbers| {
                    subtract_numbers(numbers, part).is_some_and(|rest| {
                        if group.is_everyone() { search.is_end(&rest) } else { search.is_few(&rest) }
                    })
                };
                let mut inside = other.groups.iter();
                if is_fresh(other)
                    && inside
                        .any(|(part, own)| (may_nest || group.holds(part, overlapping)) && leaves_few(own))
                {
                    return true;
                }
            }
            if !parts.iter().any(|(_, fresh)| *fresh) {
                return false;
            }
            parts.sort_by_key(|(part, _)| std::cmp::Reverse(row_count(part)));
            if parts.len() > MOST_PARTS {
                // Too many for all sums: none of them may be close.
                return search.may_end(numbers, &parts);
            }
            search.finds_few(numbers, &parts, false)
        })
    }

    /// True if the people who are in one wave only, while the other may be contained in it, are too few to be
    /// published.
    fn newcomers_are_few(&self, whole: &ImportedWave<'_>, part: &ImportedWave<'_>) -> bool {
        let (Some(all), Some(known)) = (whole.everyone(), part.everyone()) else { return false };
        // An import that more than doubled would contain any other one by chance.
        let is_grown = is_contained(all, known) && row_count(all) < 2 * row_count(known);
        let contains = |(group, part): (&PeopleOf<'_>, &Numbers)| {
            whole.groups.get(group).is_none_or(|whole| is_contained(whole, part))
        };
        if !is_grown || !part.groups.iter().all(contains) {
            return false;
        }
        let mut newcomers = Counts::default();
        let (Some(left), Some(other)) = (self.lefts.get(whole.import), self.lefts.get(part.import)) else {
            return false;
        };
        for (key, cell) in left.counts.histograms.iter().filter(|(key, _)| key.wave == whole.wave) {
            let same = CountKey { wave: part.wave, ..key.clone() };
            if let Some(known) = other.counts.histograms.get(&same) {
                newcomers.histograms.insert(key.clone(), Histogram::without_part(cell, known));
            }
        }
        let overlapping = self.imports.get(whole.import).map(|(_, overlapping)| *overlapping);
        let left = cells::without_few(&newcomers, overlapping.unwrap_or(&BTreeSet::new()), self.least);
        !(left.few.is_empty() && left.same.is_empty() && left.partners.is_empty())
    }
}

/// True if all people of a wave may be people of another import, by more than chance: of the same wave, or
/// nearly as many.
fn may_be_within(part: &ImportedWave<'_>, whole: &ImportedWave<'_>) -> bool {
    let (Some(all), Some(known)) = (whole.everyone(), part.everyone()) else { return false };
    is_contained(all, known) && (part.wave == whole.wave || row_count(all) < 2 * row_count(known))
}

/// Returns the published groups of each column whose groups do not overlap.
fn group_sets<'k, 'a: 'k>(
    groups: impl Iterator<Item = &'k PeopleOf<'a>>,
    overlapping: Option<&BTreeSet<String>>,
) -> Vec<GroupSet<'a>> {
    let mut columns: BTreeMap<&str, GroupSet<'a>> = BTreeMap::new();
    for people in groups {
        if let PeopleOf::Group(group) = people
            && !group.is_everyone()
            && overlapping.is_none_or(|names| !names.contains(&group.column))
        {
            columns.entry(group.column.as_str()).or_default().insert(*group);
        }
    }
    columns.into_values().collect()
}

/// Returns these sets, and what any two have in common: of each, everyone but these is published. One group
/// alone is left to [`PeopleOf::Others`].
fn with_shared_parts<'a>(sets: &BTreeSet<GroupSet<'a>>) -> BTreeSet<GroupSet<'a>> {
    let pairs = sets.iter().flat_map(|one| sets.iter().map(move |other| one & other));
    pairs.filter(|set| set.len() > 1).collect()
}

/// Searches for parts that sum up to all but few of some people.
struct RestSearch {
    least: u64,
    /// True if an empty remainder proves that both hold the same people.
    is_telling: bool,
}

impl RestSearch {
    /// True if the people less some of these parts are few or nobody; at least one of the parts must be
    /// fresh.
    fn finds_few(&self, rest: &Numbers, parts: &[(&Numbers, bool)], fresh: bool) -> bool {
        if fresh && self.is_end(rest) {
            return true;
        }
        (fresh || parts.iter().any(|(_, fresh)| *fresh))
            && self.may_end(rest, parts)
            && parts.iter().enumerate().any(|(number, (part, own))| {
                let more = parts.get(number + 1..).unwrap_or_default();
                subtract_numbers(rest, part).is_some_and(|rest| self.finds_few(&rest, more, fresh || *own))
            })
    }

    /// True if few or nobody are left.
    fn is_end(&self, rest: &Numbers) -> bool {
        self.is_few(rest) || (self.is_telling && row_count(rest) == 0)
    }

    /// True if subtracting all the parts can leave few.
    fn may_end(&self, rest: &Numbers, parts: &[(&Numbers, bool)]) -> bool {
        let answers = |numbers: &[u64]| numbers.iter().skip(2).sum::<u64>();
        // By question: the answers of the rest, and those of the parts together.
        let mut sums: Vec<(QuestionId, u64, u64)> =
            rest.iter().map(|(question, numbers)| (question, answers(numbers), 0)).collect();
        let is_near = |sums: &[(QuestionId, u64, u64)]| sums.iter().any(|(_, n, sum)| *n < sum + self.least);
        for (part, _) in parts {
            if is_near(&sums) {
                return true;
            }
            let mut all = part.iter().peekable();
            for (question, _, sum) in &mut sums {
                while all.next_if(|(other, _)| other < question).is_some() {}
                if let Some((_, numbers)) = all.next_if(|(other, _)| other == question) {
                    *sum += answers(numbers);
                }
            }
        }
        is_near(&sums)
    }

    fn is_few(&self, rest: &Numbers) -> bool {
        let few = |n: u64| (1..self.least).contains(&n);
        rest.iter().any(|(_, numbers)| few(numbers.iter().sum()) || few(numbers.iter().skip(2).sum()))
    }
}

/// True if `part` may be contained in `whole`: at no shared question was an answer given more often.
fn is_contained(whole: &Numbers, part: &Numbers) -> bool {
    let mut shared = whole.shared(part).peekable();
    shared.peek().is_some()
        && shared.all(|(_, own, part)| own.iter().zip(part).all(|(own, part)| part <= own))
}

/// Subtracts numbers at the questions that both have; `None` if there is no such question, or if `part` is
/// not contained.
fn subtract_numbers(whole: &Numbers, part: &Numbers) -> Option<Numbers> {
    if !is_contained(whole, part) {
        return None;
    }
    let mut rest = Numbers::default();
    for (question, own, part) in whole.shared(part) {
        // None is more than its whole: it fits.
        rest.push(question, own.iter().zip(part).map(|(own, part)| own.saturating_sub(*part)));
    }
    (row_count(part) > 0).then_some(rest)
}

fn row_count(numbers: &Numbers) -> u64 {
    numbers.iter().map(|(_, numbers)| numbers.iter().sum()).max().unwrap_or_default()
}
