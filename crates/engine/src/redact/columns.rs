//! Chooses the columns of a wave that are kept, question by question.

use super::people::{Level, People, Wave, is_nobody, subtract_people};
use super::{bounds, combinations};
use crate::model::counts::Segment;
use std::collections::{BTreeMap, BTreeSet};

/// The mutually exclusive groups of a segment column, and the people in none of them. Each of several
/// overlapping groups is a separate column.
pub(super) struct GroupColumn<'a> {
    pub(super) groups: Vec<&'a Segment>,
    answers: Vec<People>,
    /// The people in none of the groups.
    pub(super) rest: People,
    /// The levels at which a group or the rest is few, or gave one answer only.
    pub(super) few: BTreeSet<Level>,
    pub(super) overlaps: bool,
    /// True if the groups and the rest are everyone together; false if they are more.
    pub(super) adds_up: bool,
}

impl<'a> GroupColumn<'a> {
    /// Returns all columns of a wave except crossings: those with the fewest groups first, overlapping ones
    /// last.
    pub(super) fn columns_of_wave(wave: &Wave<'a>, overlapping: &BTreeSet<String>) -> Vec<Self> {
        let mut named: BTreeMap<&str, Vec<&'a Segment>> = BTreeMap::new();
        for group in wave.groups.keys().filter(|group| !is_crossing(group)) {
            named.entry(&group.column).or_default().push(group);
        }
        let mut columns = Vec::new();
        for (name, groups) in named {
            let whole = if overlapping.contains(name) { None } else { Self::new(wave, groups.clone()) };
            match whole {
                Some(column) => columns.push(column),
                None => columns.extend(groups.into_iter().map(|group| Self::from_group(wave, group))),
            }
        }
        columns.sort_by_key(|column| (column.overlaps, column.groups.len()));
        columns
    }

    /// Returns a column of groups; `None` if they are more than everyone together.
    pub(super) fn new(wave: &Wave<'a>, groups: Vec<&'a Segment>) -> Option<Self> {
        let answers: Vec<People> =
            groups.iter().filter_map(|group| wave.groups.get(group).cloned()).collect();
        let rest = subtract_people(&wave.everyone, &wave.sum_people(&answers))?;
        Some(Self::from_parts(wave, groups, answers, rest))
    }

    /// Returns a column of one group, with everyone else as its rest.
    fn from_group(wave: &Wave<'a>, group: &'a Segment) -> Self {
        let answers: Vec<People> = wave.groups.get(group).cloned().into_iter().collect();
        let rest = subtract_people(&wave.everyone, &wave.sum_people(&answers));
        let adds_up = rest.is_some();
        let rest = rest.unwrap_or_else(|| wave.sum_people([]));
        Self { overlaps: true, adds_up, ..Self::from_parts(wave, vec![group], answers, rest) }
    }

    fn from_parts(wave: &Wave<'a>, groups: Vec<&'a Segment>, answers: Vec<People>, rest: People) -> Self {
        let mut column = Self { groups, answers, rest, few: BTreeSet::new(), overlaps: false, adds_up: true };
        let few = |level: &Level| column.people_sets().any(|people| wave.is_secret(people, *level));
        let mut all: BTreeSet<Level> = wave.all_levels().filter(few).collect();
        for group in &column.groups {
            let unknown = wave.unknown.range((*group, 0)..=(*group, usize::MAX));
            all.extend(unknown.map(|(_, place)| Some(*place)));
        }
        column.few = all;
        column
    }

    /// Returns the column with parts of its rest as separate groups; `None` if they are more than the rest.
    pub(super) fn split_further(self, wave: &Wave<'a>, parts: Vec<People>) -> Option<Self> {
        let rest = subtract_people(&self.rest, &wave.sum_people(&parts))?;
        let parts = parts.into_iter().filter(|part| !is_nobody(part));
        let answers = self.answers.into_iter().chain(parts).collect();
        Some(Self::from_parts(wave, self.groups, answers, rest))
    }

    /// Returns the sets that it divides everyone into.
    pub(super) fn people_sets(&self) -> impl Iterator<Item = &People> {
        self.answers.iter().chain(Some(&self.rest).filter(|rest| !is_nobody(rest)))
    }

    pub(super) fn name(&self) -> &str {
        self.groups.first().map_or("", |group| &group.column)
    }
}

/// True if a group is a crossing of two columns' groups: a part of both.
pub(super) fn is_crossing(group: &Segment) -> bool {
    group.column.contains(Segment::CROSS)
}

/// Groups to remove, each with the index of the question at which it is removed.
type SuppressedGroups<'a> = BTreeSet<(usize, &'a Segment)>;

/// Returns the groups to remove from all columns.
pub(super) fn groups_to_remove<'a>(wave: &Wave<'a>, columns: &[GroupColumn<'a>]) -> SuppressedGroups<'a> {
    if let [column] = columns
        && !column.overlaps
    {
        return gone_of_one(wave, column);
    }
    let mut sieve = Sieve { wave, columns, known: BTreeMap::new() };
    let mut gone = BTreeSet::new();
    // A result about rows holds at all questions, wherever the columns are kept.
    let stay = sieve.columns_to_keep((0..columns.len()).collect(), None);
    for place in 0..wave.questions.len() {
        let stay = sieve.columns_to_keep(stay.clone(), Some(place));
        let go = columns.iter().enumerate().filter(|(number, _)| !stay.contains(number));
        gone.extend(go.flat_map(|(_, column)| column.groups.iter().map(move |group| (place, *group))));
    }
    gone
}

/// Returns the groups to remove from the only column of a wave: those of few, and the smallest others until
/// the unpublished people are no longer few. A group removed because of its rows is removed at all questions:
/// its rows are the same there.
fn gone_of_one<'a>(wave: &Wave<'a>, column: &GroupColumn<'a>) -> SuppressedGroups<'a> {
    let mut order: Vec<(&Segment, &People)> = column.groups.iter().copied().zip(&column.answers).collect();
    order.sort_by_cached_key(|(group, people)| (wave.row_count(people), *group));
    let hide = |mut hidden: BTreeSet<&'a Segment>, level: Level| {
        let unknown = |group| level.is_some_and(|place| wave.unknown.contains(&(group, place)));
        let few = order.iter().filter(|(group, people)| wave.is_secret(people, level) || unknown(group));
        hidden.extend(few.map(|(group, _)| *group));
        let mut inside = column.rest.clone();
        for (_, people) in order.iter().filter(|(group, _)| hidden.contains(group)) {
            wave.add_people(&mut inside, people, level);
        }
        for (group, people) in &order {
            if hidden.contains(group) {
                continue;
            }
            if !wave.is_secret(&inside, level) {
                break;
            }
            wave.add_people(&mut inside, people, level);
            hidden.insert(group);
        }
        hidden
    };
    let always = hide(BTreeSet::new(), None);
    let places = 0..wave.questions.len();
    places
        .flat_map(|place| hide(always.clone(), Some(place)).into_iter().map(move |group| (place, group)))
        .collect()
}

/// Finds the columns that can be kept together.
struct Sieve<'s, 'a> {
    wave: &'s Wave<'a>,
    columns: &'s [GroupColumn<'a>],
    /// Results of [`tell_of_few`] by combination of columns and level.
    known: BTreeMap<(Vec<usize>, Level), bool>,
}

impl Sieve<'_, '_> {
    /// Returns the columns among these that are kept, the coarsest first. Columns that together reveal nothing
    /// don't reveal it in part either, so all are tried first.
    fn columns_to_keep(&mut self, among: Vec<usize>, level: Level) -> Vec<usize> {
        let is_few =
            |number: &usize| self.columns.get(*number).is_none_or(|column| column.few.contains(&level));
        if !among.iter().any(is_few) && !self.is_revealing(&among, level) {
            return among;
        }
        let mut stay: Vec<usize> = Vec::new();
        for number in among {
            let few = self.columns.get(number).is_none_or(|column| column.few.contains(&level));
            stay.push(number);
            if few || self.is_revealing(&stay, level) {
                stay.pop();
            }
        }
        stay
    }

    /// True if the columns together reveal few, or are too many to search; remembers the result.
    fn is_revealing(&mut self, together: &[usize], level: Level) -> bool {
        let wave = self.wave;
        let columns = self.columns;
        let known = self.known.entry((together.to_vec(), level));
        *known.or_insert_with(|| {
            let columns: Vec<&GroupColumn<'_>> =
                together.iter().filter_map(|number| columns.get(*number)).collect();
            tell_of_few(wave, &columns, level)
        })
    }
}

/// True if the columns together reveal few, or are too many to search.
pub(super) fn tell_of_few(wave: &Wave<'_>, columns: &[&GroupColumn<'_>], level: Level) -> bool {
    combinations::are_too_many(wave, columns)
        || level.is_some_and(|place| bounds::tell_of_few(wave, columns, place))
        || combinations::leave_few(wave, columns, level)
}
