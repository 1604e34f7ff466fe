//! Merges two versions of one record, field by field.

use super::MergeChoice;
use super::values::{ValueConflict, merge_value};
use crate::model::field::MergeGroup;
use crate::model::value::FieldValue;
use crate::model::{Field, Record};

/// Returns the fields of a record that are merged as a group.
pub(super) fn grouped_fields(record: &Record) -> impl Iterator<Item = Field> + use<> {
    record.fields().iter().copied().filter(|field| field.merge_group.is_some())
}

/// Merges two versions of a record; pushes one entry to `told` for each conflict.
pub(super) fn merge_record(
    base: Option<&Record>,
    ours: &Record,
    theirs: &Record,
    told: &mut Vec<Vec<MergeChoice>>,
) -> Record {
    let mut merged = ours.clone();
    let group = clashing_group(base, ours, theirs);
    if let Some((won, lost)) = group {
        let mut choices = Vec::new();
        for field in grouped_fields(ours) {
            let (Some(kept), Some(dropped)) = (won.get(field), lost.get(field)) else { continue };
            put_field(&mut merged, field, &kept);
            if kept != dropped {
                choices.push(MergeChoice { field, entry: FieldValue::Nothing, kept, dropped });
            }
        }
        told.push(choices);
    }
    let is_decided = |field: Field| group.is_some() && field.merge_group.is_some();
    for field in ours.fields().iter().copied().filter(|field| !is_decided(*field)) {
        let (Some(o), Some(t)) = (ours.get(field), theirs.get(field)) else { continue };
        let b = base.and_then(|base| base.get(field));
        let value = merge_value(b.as_ref(), &o, &t, &mut |clash| {
            let ValueConflict { entry, kept, dropped } = clash;
            told.push(vec![MergeChoice { field, entry, kept, dropped }]);
        });
        if value != o {
            put_field(&mut merged, field, &value);
        }
    }
    merged
}

fn put_field(record: &mut Record, field: Field, value: &FieldValue) {
    if let Some(with) = record.with_field(field, value) {
        *record = with;
    }
}

/// Returns the version that wins the grouped fields, and the other, if both sides changed these and disagree.
/// The ends of a scale must fit each other, so any two changes of them disagree.
fn clashing_group<'a>(
    base: Option<&Record>,
    ours: &'a Record,
    theirs: &'a Record,
) -> Option<(&'a Record, &'a Record)> {
    let group: Vec<Field> = grouped_fields(ours).collect();
    let values = |record: &Record| group.iter().map(|field| record.get(field)).collect::<Vec<_>>();
    let o = values(ours);
    let t = values(theirs);
    let b = base.map(values);
    let changed = |at: usize, side: &[Option<FieldValue>]| b.as_ref().is_none_or(|b| b[at] != side[at]);
    let both = |at: usize| o[at] != t[at] && changed(at, &o) && changed(at, &t);
    let scale = group.iter().any(|field| field.merge_group == Some(MergeGroup::Scale));
    let sides = o != t && b.as_ref().is_none_or(|b| *b != o && *b != t);
    let clash = (0..group.len()).any(both) || (scale && sides);
    clash.then_some(if o > t { (ours, theirs) } else { (theirs, ours) })
}
