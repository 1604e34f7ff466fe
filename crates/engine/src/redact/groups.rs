//! Names in segment columns and their values.

use super::{Copy, RedactedItem, RedactedKind};
use crate::model::Batch;
use crate::model::counts::{CountKey, Counts, Segment};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Masks the groups of all imports. Groups of one column that became indistinguishable are merged; a column
/// is removed if they overlap, if their sizes are unknown, or if another column has the same name now.
pub(super) fn mask_groups(copy: &mut Copy<'_>, masked_text: &dyn Fn(&str) -> String) {
    let mut columns = BTreeSet::new();
    let mut groups = BTreeSet::new();
    for batch in copy.project().batches().clone().values() {
        let all: BTreeSet<&Segment> = batch.counts.histograms.keys().map(|key| &key.segment).collect();
        let now: BTreeMap<&Segment, Segment> =
            all.into_iter().map(|group| (group, mask_segment(group, masked_text))).collect();
        let gone = mixed_columns(batch, &now);
        let stays = |group: &Segment| !gone.contains(group.column.as_str());
        let mut counts = Counts { pairs: batch.counts.pairs.clone(), ..Counts::default() };
        for (key, cell) in batch.counts.histograms.iter().filter(|(key, _)| stays(&key.segment)) {
            let segment = now.get(&key.segment).cloned().unwrap_or_default();
            counts.histograms.entry(CountKey { segment, ..key.clone() }).or_default().add_histogram(cell);
        }
        let overlapping = batch.overlapping.iter().filter(|name| !gone.contains(name.as_str()));
        let overlapping = overlapping.map(|name| masked_text(name)).collect();
        copy.draft.change_record(batch.id, |batch: &mut Batch| {
            batch.overlapping = overlapping;
            if counts != *batch.counts {
                batch.counts = Arc::new(counts);
            }
        });
        let other = now.iter().filter(|(group, now)| *group != now && stays(group));
        groups.extend(other.map(|(_, now)| format!("{} {}", now.column, now.value)));
        columns.extend(gone.into_iter().map(str::to_owned));
    }
    let kind = RedactedKind::Segment;
    copy.taken.extend(columns.into_iter().map(|title| RedactedItem::Element { kind, title }));
    copy.taken.extend(groups.into_iter().map(|text| RedactedItem::Masked { kind, text }));
}

/// Returns a group with the names of its column and value masked; for a crossing, those of both columns.
fn mask_segment(group: &Segment, masked_text: &dyn Fn(&str) -> String) -> Segment {
    let masked = |text: &str| {
        let parts: Vec<String> = text.split(Segment::CROSS).map(masked_text).collect();
        parts.join(Segment::CROSS)
    };
    Segment { column: masked(&group.column), value: masked(&group.value) }
}

/// Returns the columns whose groups became indistinguishable and can't be added either.
fn mixed_columns<'a>(batch: &'a Batch, now: &BTreeMap<&'a Segment, Segment>) -> BTreeSet<&'a str> {
    let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut values: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (group, now) in now {
        names.entry(&now.column).or_default().insert(&group.column);
        *values.entry((&group.column, &now.value)).or_default() += 1;
    }
    let unknown = batch.counts.histograms.iter().filter(|(_, cell)| cell.is_of_unknown_n());
    let unknown: BTreeSet<&str> = unknown.map(|(key, _)| key.segment.column.as_str()).collect();
    let can_not_add = |column: &str| batch.overlapping.contains(column) || unknown.contains(column);
    let equal = values.into_iter().filter(|((column, _), groups)| *groups > 1 && can_not_add(column));
    let same = names.into_values().filter(|columns| columns.len() > 1).flatten();
    same.chain(equal.map(|((column, _), _)| column)).collect()
}
