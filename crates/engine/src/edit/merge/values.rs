//! Merges one value: sets and maps by entry, lists of references by membership and order, others as a whole.

use crate::model::value::FieldValue;
use std::collections::{BTreeMap, BTreeSet};

/// A value that both sides changed differently: within a map, one entry.
pub(super) struct ValueConflict {
    /// The key of the map's entry; [`FieldValue::Nothing`] for the value as a whole.
    pub(super) entry: FieldValue,
    pub(super) kept: FieldValue,
    pub(super) dropped: FieldValue,
}

/// Merges two values that derive from `base`. Disagreements are passed to `clash`; the later of the two in
/// the order of values is kept, whichever side it is from.
pub(super) fn merge_value(
    base: Option<&FieldValue>,
    ours: &FieldValue,
    theirs: &FieldValue,
    clash: &mut dyn FnMut(ValueConflict),
) -> FieldValue {
    if ours == theirs || base == Some(theirs) {
        return ours.clone();
    }
    if base == Some(ours) {
        return theirs.clone();
    }
    match (ours, theirs) {
        (FieldValue::Set(ours), FieldValue::Set(theirs)) => {
            let none = BTreeSet::new();
            merge_set(if let Some(FieldValue::Set(base)) = base { base } else { &none }, ours, theirs)
        }
        (FieldValue::Map(ours), FieldValue::Map(theirs)) => {
            let none = BTreeMap::new();
            merge_map(if let Some(FieldValue::Map(base)) = base { base } else { &none }, ours, theirs, clash)
        }
        (FieldValue::List(ours), FieldValue::List(theirs)) if is_distinct(ours) && is_distinct(theirs) => {
            let none = Vec::new();
            merge_list(
                if let Some(FieldValue::List(base)) = base { base } else { &none },
                ours,
                theirs,
                clash,
            )
        }
        _ => keep_greater(FieldValue::Nothing, ours, theirs, clash),
    }
}

fn keep_greater(
    entry: FieldValue,
    ours: &FieldValue,
    theirs: &FieldValue,
    clash: &mut dyn FnMut(ValueConflict),
) -> FieldValue {
    let (kept, dropped) = if ours > theirs { (ours, theirs) } else { (theirs, ours) };
    clash(ValueConflict { entry, kept: kept.clone(), dropped: dropped.clone() });
    kept.clone()
}

fn merge_set(
    base: &BTreeSet<FieldValue>,
    ours: &BTreeSet<FieldValue>,
    theirs: &BTreeSet<FieldValue>,
) -> FieldValue {
    let keep = |v: &&FieldValue| (ours.contains(v) && theirs.contains(v)) || !base.contains(v);
    FieldValue::Set(ours.union(theirs).filter(keep).cloned().collect())
}

type MapEntries = BTreeMap<FieldValue, FieldValue>;

fn merge_map(
    base: &MapEntries,
    ours: &MapEntries,
    theirs: &MapEntries,
    clash: &mut dyn FnMut(ValueConflict),
) -> FieldValue {
    let mut merged = MapEntries::new();
    for key in ours.keys().chain(theirs.keys()).collect::<BTreeSet<_>>() {
        let b = base.get(key);
        let o = ours.get(key);
        let t = theirs.get(key);
        let value = if o == t || b == t {
            o.cloned()
        } else if b == o {
            t.cloned()
        } else {
            // A removed entry counts as nothing, which comes before every value: an edit beats a removal.
            let gone = FieldValue::Nothing;
            Some(keep_greater(key.clone(), o.unwrap_or(&gone), t.unwrap_or(&gone), clash))
        };
        merged.extend(value.map(|value| (key.clone(), value)));
    }
    FieldValue::Map(merged)
}

/// Returns true if a list holds references only, each at most once.
fn is_distinct(list: &[FieldValue]) -> bool {
    let ids: BTreeSet<&FieldValue> = list.iter().filter(|value| matches!(value, FieldValue::Id(_))).collect();
    ids.len() == list.len()
}

/// Merges lists: an item removed on either side is removed, an item added on either side follows the item
/// that it followed there. If both sides reordered their common items differently, the order is a clash.
fn merge_list(
    base: &[FieldValue],
    ours: &[FieldValue],
    theirs: &[FieldValue],
    clash: &mut dyn FnMut(ValueConflict),
) -> FieldValue {
    let both = |value: &&FieldValue| ours.contains(value) && theirs.contains(value);
    let shared = |list: &[FieldValue]| list.iter().filter(both).cloned().collect::<Vec<_>>();
    let in_ours = shared(ours);
    let in_theirs = shared(theirs);
    let before: Vec<FieldValue> = base.iter().filter(both).cloned().collect();
    let known: Vec<&FieldValue> = in_ours.iter().filter(|value| before.contains(value)).collect();
    let known_theirs: Vec<&FieldValue> = in_theirs.iter().filter(|value| before.contains(value)).collect();
    let old: Vec<&FieldValue> = before.iter().collect();
    let first_is_ours = if in_ours == in_theirs {
        ours > theirs
    } else if known_theirs == old && known != old {
        true
    } else if known == old && known_theirs != old {
        false
    } else {
        let kept = FieldValue::List(in_ours).max(FieldValue::List(in_theirs.clone()));
        let ours_won = kept != FieldValue::List(in_theirs);
        let whole = |list: &[FieldValue]| FieldValue::List(list.to_vec());
        let (won, lost) = if ours_won { (ours, theirs) } else { (theirs, ours) };
        clash(ValueConflict { entry: FieldValue::Nothing, kept: whole(won), dropped: whole(lost) });
        ours_won
    };
    let (first, second) = if first_is_ours { (ours, theirs) } else { (theirs, ours) };
    let stays = |value: &&FieldValue, other: &[FieldValue]| other.contains(value) || !base.contains(value);
    let mut merged: Vec<FieldValue> = first.iter().filter(|value| stays(value, second)).cloned().collect();
    let mut after = 0;
    for value in second {
        if let Some(place) = merged.iter().position(|known| known == value) {
            after = place + 1;
        } else if !base.contains(value) {
            merged.insert(after, value.clone());
            after += 1;
        }
    }
    FieldValue::List(merged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{Id, IdSource, Kind};

    fn list(places: &[usize]) -> FieldValue {
        let mut source = IdSource::from_seed(8);
        let ids: Vec<Id> = (0..6).map(|_| Id::new(Kind::Channel, &mut source)).collect();
        FieldValue::List(places.iter().map(|place| FieldValue::Id(ids[*place])).collect())
    }

    /// Merges both ways; returns the list and the number of clashes.
    fn merged(base: &[usize], one: &[usize], other: &[usize]) -> (FieldValue, usize) {
        let run = |ours: &FieldValue, theirs: &FieldValue| {
            let mut clashes = 0;
            let value = merge_value(Some(&list(base)), ours, theirs, &mut |_| clashes += 1);
            (value, clashes)
        };
        let there = run(&list(one), &list(other));
        assert_eq!(there, run(&list(other), &list(one)));
        there
    }

    #[test]
    fn lists_keep_both_sides_members_and_order() {
        let check = |base: &[usize], one: &[usize], other: &[usize], expected: &[usize], clashes| {
            assert_eq!(merged(base, one, other), (list(expected), clashes), "{base:?} {one:?} {other:?}");
        };
        check(&[0, 1], &[1, 0], &[0, 1, 2], &[1, 2, 0], 0);
        check(&[0, 1], &[2, 0, 1], &[0, 1, 3], &[2, 0, 1, 3], 0);
        check(&[0, 1], &[0], &[1], &[], 0);
        check(&[0, 1, 2], &[0, 2], &[0, 1, 2, 3], &[0, 2, 3], 0);
        check(&[2, 1], &[1, 2], &[2, 1, 3], &[1, 3, 2], 0);
        assert_eq!(merged(&[0, 1, 2], &[1, 0, 2], &[0, 2, 1]).1, 1, "two new orders");
        assert_eq!(merged(&[], &[0, 1], &[1, 0]).1, 1, "two orders of new entries");
    }

    #[test]
    fn a_map_entry_that_one_side_changed_and_the_other_removed_stays_and_is_told() {
        let map = |entries: &[(f64, f64)]| {
            FieldValue::Map(
                entries.iter().map(|(k, v)| (FieldValue::Number(*k), FieldValue::Number(*v))).collect(),
            )
        };
        let mut clashes = Vec::new();
        let base = map(&[(1.0, 1.0), (2.0, 2.0)]);
        let value = merge_value(Some(&base), &map(&[(1.0, 5.0)]), &map(&[(2.0, 2.0)]), &mut |clash| {
            clashes.push((clash.entry, clash.kept, clash.dropped));
        });
        assert_eq!(value, map(&[(1.0, 5.0)]));
        assert_eq!(clashes, [(FieldValue::Number(1.0), FieldValue::Number(5.0), FieldValue::Nothing)]);
    }
}
