//! What a group of one column tells once groups of another that lie in it are taken out.

use super::columns::Column;
use super::people::{Level, People, Wave, is_nobody, without};
use std::collections::BTreeSet;

/// The most groups of which all sums are tried.
const MOST: usize = 20;

/// Where a group of one of two columns, less groups of the other that may lie in it, leaves few.
///
/// Nobody can see from counts who lies where; a group may lie in another as long as it gave no answer more often, at
/// no question. Of too many groups to try all sums it is taken for granted that some of those in none lie there too.
pub(super) fn between(wave: &Wave<'_>, one: &Column<'_>, other: &Column<'_>) -> BTreeSet<Level> {
    let both = wave.levels().filter(|level| !one.few.contains(level) && !other.few.contains(level));
    both.filter(|level| less(wave, one, other, *level) || less(wave, other, one, *level)).collect()
}

/// The same where the first column's groups are what the other's are taken from.
fn less(wave: &Wave<'_>, whole: &Column<'_>, part: &Column<'_>, level: Level) -> bool {
    whole.sets().any(|people| {
        let inside = |part: &&People| wave.measure(part, level) > 0 && without(people, part).is_some();
        let parts: Vec<&People> = part.sets().filter(inside).collect();
        if parts.len() > MOST { !is_nobody(&part.rest) } else { leaves_few(wave, people, &parts, level) }
    })
}

/// Whether people less some of these parts are few. Sums of one half of the parts meet those of the other half that
/// fill the people up.
fn leaves_few(wave: &Wave<'_>, people: &[u64], parts: &[&People], level: Level) -> bool {
    let (one, other) = parts.split_at(parts.len() / 2);
    let measured = |sum: People| (wave.measure(&sum, level), sum);
    let mut others: Vec<(u64, People)> = sums(people, other).into_iter().map(measured).collect();
    others.sort_by_key(|(measure, _)| *measure);
    sums(people, one).iter().filter_map(|taken| without(people, taken)).any(|left| {
        let room = wave.measure(&left, level);
        let first = others.partition_point(|(measure, _)| measure + wave.most_of_few(level) < room);
        let fitting = others.iter().skip(first).take_while(|(measure, _)| *measure <= room);
        fitting.filter_map(|(_, more)| without(&left, more)).any(|rest| wave.is_few(&rest, level))
    })
}

/// All sums of parts that may lie in some people.
fn sums(people: &[u64], parts: &[&People]) -> Vec<People> {
    let mut sums = vec![vec![0; people.len()]];
    for part in parts {
        let more = sums.iter().map(|sum| sum.iter().zip(*part).map(|(sum, own)| sum + own).collect());
        let fitting: Vec<People> = more.filter(|more: &People| without(people, more).is_some()).collect();
        sums.extend(fitting);
    }
    sums
}
