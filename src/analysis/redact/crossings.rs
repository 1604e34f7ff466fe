//! Whether crossings of columns tell more than the columns.

use super::columns::{Column, is_crossing};
use super::differences::between;
use super::people::{People, Wave, is_nobody, without};
use crate::model::counts::Segment;
use std::collections::BTreeMap;

/// Whether the crossings of a wave in which all columns stay would tell of few.
pub(super) fn tell_of_few<'a>(wave: &Wave<'a>, columns: &[Column<'a>]) -> bool {
    let mut named: BTreeMap<&str, Vec<&'a Segment>> = BTreeMap::new();
    for group in wave.groups.keys().filter(|group| is_crossing(group)) {
        named.entry(&group.column).or_default().push(group);
    }
    let mut known: Vec<Column<'a>> = Vec::new();
    for groups in named.into_values() {
        let Some(crossing) = Column::new(wave, groups).filter(|crossing| crossing.few.is_empty()) else {
            return true;
        };
        let Some((one, other)) = crossed(&crossing, columns) else { return true };
        let others = columns.iter().filter(|column| ![one.name(), other.name()].contains(&column.name()));
        if blanks_are_few(wave, &crossing, one, other)
            || others.chain(&known).any(|other| !between(wave, &crossing, other).is_empty())
        {
            return true;
        }
        known.push(crossing);
    }
    false
}

/// The two columns that a crossing is of.
fn crossed<'c, 'a>(
    crossing: &Column<'a>,
    columns: &'c [Column<'a>],
) -> Option<(&'c Column<'a>, &'c Column<'a>)> {
    let plain = || columns.iter().filter(|column| !column.overlaps);
    let name = |one: &Column<'_>, other: &Column<'_>| [one.name(), other.name()].join(Segment::CROSS);
    plain().find_map(|one| Some((one, plain().find(|other| name(one, other) == crossing.name())?)))
}

/// Whether those in a group of one of two columns and in none of the other, or in none of both, are few.
fn blanks_are_few(wave: &Wave<'_>, crossing: &Column<'_>, one: &Column<'_>, other: &Column<'_>) -> bool {
    let inside = |whole: &Segment, part: &dyn Fn(&Segment) -> bool| -> Option<People> {
        let parts = crossing.groups.iter().filter(|group| part(group));
        without(wave.groups.get(whole)?, &wave.sum(parts.filter_map(|group| wave.groups.get(group))))
    };
    let of_one = one
        .groups
        .iter()
        .map(|whole| inside(whole, &|group| other.groups.iter().any(|other| whole.crossed(other) == *group)));
    let of_other = other
        .groups
        .iter()
        .map(|whole| inside(whole, &|group| one.groups.iter().any(|one| one.crossed(whole) == *group)));
    let both = without(&wave.sum([&one.rest, &other.rest]), &crossing.rest);
    let mut blanks = of_one.chain(of_other).chain([both]);
    let few = |people: &People| wave.levels().any(|level| wave.is_few(people, level));
    blanks.any(|blank| blank.is_none_or(|people| !is_nobody(&people) && few(&people)))
}
