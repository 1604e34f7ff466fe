//! Merges two versions of one record, field by field.

use super::Choice;
use super::values::{Clash, merge_value};
use crate::id::Kind;
use crate::model::value::Value;
use crate::model::{Field, Record};

/// Fields that are merged as a group: if both sides changed one differently, all come from one side.
fn together(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Step => &["stage", "key"],
        Kind::Touchpoint => &["step", "key"],
        Kind::Picture => &["at", "key"],
        Kind::Cell => &["lane", "at"],
        Kind::Flow | Kind::About | Kind::Answer => &["from", "to"],
        Kind::Question => &["low", "high"],
        _ => &[],
    }
}

/// Merges two versions of a record; pushes one entry to `told` for each conflict.
pub(super) fn merge_record(
    base: Option<&Record>,
    ours: &Record,
    theirs: &Record,
    told: &mut Vec<Vec<Choice>>,
) -> Record {
    let mut merged = ours.clone();
    let group = clashing_group(base, ours, theirs);
    if let Some((won, lost)) = group {
        let mut choices = Vec::new();
        for field in together(ours.id().kind()) {
            let (Some(kept), Some(dropped)) = (won.get(field), lost.get(field)) else { continue };
            put(&mut merged, field, &kept);
            if kept != dropped {
                choices.push(Choice { field, entry: Value::Nothing, kept, dropped });
            }
        }
        told.push(choices);
    }
    let decided = if group.is_some() { together(ours.id().kind()) } else { &[] };
    for field in ours.fields().iter().filter(|field| !decided.contains(field)) {
        let (Some(o), Some(t)) = (ours.get(field), theirs.get(field)) else { continue };
        let b = base.and_then(|base| base.get(field));
        let value = merge_value(b.as_ref(), &o, &t, &mut |clash| {
            let Clash { entry, kept, dropped } = clash;
            told.push(vec![Choice { field, entry, kept, dropped }]);
        });
        if value != o {
            put(&mut merged, field, &value);
        }
    }
    merged
}

fn put(record: &mut Record, field: Field, value: &Value) {
    if let Some(with) = record.with(field, value) {
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
    let group = together(ours.id().kind());
    let values = |record: &Record| group.iter().map(|field| record.get(field)).collect::<Vec<_>>();
    let o = values(ours);
    let t = values(theirs);
    let b = base.map(values);
    let changed = |at: usize, side: &[Option<Value>]| b.as_ref().is_none_or(|b| b[at] != side[at]);
    let both = |at: usize| o[at] != t[at] && changed(at, &o) && changed(at, &t);
    let scale = ours.id().kind() == Kind::Question;
    let sides = o != t && b.as_ref().is_none_or(|b| *b != o && *b != t);
    let clash = (0..group.len()).any(both) || (scale && sides);
    clash.then_some(if o > t { (ours, theirs) } else { (theirs, ours) })
}
