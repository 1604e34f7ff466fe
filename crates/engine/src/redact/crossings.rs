//! Checks whether crossings of columns reveal more than the columns do.

use super::columns::{self, GroupColumn, is_crossing};
use super::people::{People, Wave, subtract_people};
use crate::model::counts::Segment;
use std::collections::{BTreeMap, BTreeSet};

/// True if the crossings of a wave would reveal few although all its columns are kept.
pub(super) fn tell_of_few<'a>(wave: &Wave<'a>, columns: &[GroupColumn<'a>]) -> bool {
    let mut named: BTreeMap<&str, Vec<&'a Segment>> = BTreeMap::new();
    for group in wave.groups.keys().filter(|group| is_crossing(group)) {
        named.entry(&group.column).or_default().push(group);
    }
    if named.is_empty() {
        return false;
    }
    let mut refined = Vec::new();
    let mut crossed_names = BTreeSet::new();
    for groups in named.into_values() {
        let crossing = GroupColumn::new(wave, groups).and_then(|crossing| {
            let (one, other) = crossed_columns(&crossing, columns)?;
            crossed_names.extend([one.name(), other.name()]);
            with_blanks(wave, crossing, one, other)
        });
        let Some(crossing) = crossing.filter(|crossing| crossing.few.is_empty()) else { return true };
        refined.push(crossing);
    }
    let others = columns.iter().filter(|column| !crossed_names.contains(column.name()));
    let together: Vec<&GroupColumn<'_>> = refined.iter().chain(others).collect();
    wave.all_levels().any(|level| columns::tell_of_few(wave, &together, level))
}

/// Returns the two columns that a crossing is made of.
fn crossed_columns<'c, 'a>(
    crossing: &GroupColumn<'a>,
    columns: &'c [GroupColumn<'a>],
) -> Option<(&'c GroupColumn<'a>, &'c GroupColumn<'a>)> {
    let plain = || columns.iter().filter(|column| !column.overlaps);
    let name =
        |one: &GroupColumn<'_>, other: &GroupColumn<'_>| [one.name(), other.name()].join(Segment::CROSS);
    plain().find_map(|one| Some((one, plain().find(|other| name(one, other) == crossing.name())?)))
}

/// Returns a crossing together with the people in a group of only one of its columns, and those in neither,
/// so that its parts add up to both columns. `None` if a remainder is negative.
fn with_blanks<'a>(
    wave: &Wave<'a>,
    crossing: GroupColumn<'a>,
    one: &GroupColumn<'a>,
    other: &GroupColumn<'a>,
) -> Option<GroupColumn<'a>> {
    let inside = |whole: &Segment, parts: &BTreeSet<Segment>| -> Option<People> {
        let parts = crossing.groups.iter().filter(|group| parts.contains(**group));
        subtract_people(
            wave.groups.get(whole)?,
            &wave.sum_people(parts.filter_map(|group| wave.groups.get(group))),
        )
    };
    let of_one = one
        .groups
        .iter()
        .map(|whole| inside(whole, &other.groups.iter().map(|other| whole.cross_with(other)).collect()));
    let of_other = other
        .groups
        .iter()
        .map(|whole| inside(whole, &one.groups.iter().map(|one| one.cross_with(whole)).collect()));
    let blanks = of_one.chain(of_other).collect::<Option<Vec<People>>>()?;
    // Everyone is in a cell, in a group of one column alone, or in none of both.
    subtract_people(&wave.sum_people([&one.rest, &other.rest]), &crossing.rest)?;
    crossing.split_further(wave, blanks)
}
