//! Three-way merge per record and field; sets and maps per entry.
//!
//! Symmetric by construction: where both sides changed one value, the later in [`Value`]'s total order is kept and
//! both are listed. An edit beats a delete, and a record that something still refers to is brought back.

use crate::id::{Id, Kind};
use crate::model::value::Value;
use crate::model::{Field, Project, Record};
use std::collections::{BTreeMap, BTreeSet};

/// What two people's edits could not settle by themselves.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conflict {
    /// Both changed one value.
    Value {
        /// The record.
        id: Id,
        /// The field.
        field: Field,
        /// The value that stands.
        kept: Value,
        /// The other side's value.
        dropped: Value,
    },
    /// One side changed what the other removed; it stands.
    EditBeatsDelete(Id),
    /// One side removed what the other still refers to; it is back.
    BroughtBack(Id),
}

/// A merged project, with what a person should look at.
#[derive(Debug, Clone)]
pub struct Merged {
    /// The merged project; it is complete whatever the conflicts.
    pub project: Project,
    /// What could not be settled, by id.
    pub conflicts: Vec<Conflict>,
}

type Records = BTreeMap<Id, Record>;

/// Merges two versions that both come from `base`.
pub fn merge(base: &Project, ours: &Project, theirs: &Project) -> Merged {
    let (b, o, t) = (records(base), records(ours), records(theirs));
    let mut conflicts = Vec::new();
    let mut merged = Records::new();
    for id in b.keys().chain(o.keys()).chain(t.keys()).collect::<BTreeSet<_>>() {
        let found = (b.get(id), o.get(id), t.get(id));
        if let Some(record) = merge_presence(found, &mut conflicts) {
            merged.insert(*id, record);
        }
    }
    bring_back(&mut merged, [&b, &o, &t], &mut conflicts);
    let mut project = Project::new(base.info().id);
    let infos = [base, ours, theirs].map(|p| Record::ProjectInfo(p.info().clone()));
    let info = merge_fields(Some(&infos[0]), &infos[1], &infos[2], &mut conflicts);
    conflicts.sort_unstable();
    conflicts.dedup();
    fill(&mut project, info, merged);
    Merged { project, conflicts }
}

fn records(project: &Project) -> Records {
    project.records().filter(|r| r.id().kind() != Kind::Project).map(|r| (r.id(), r)).collect()
}

fn merge_presence(
    found: (Option<&Record>, Option<&Record>, Option<&Record>),
    conflicts: &mut Vec<Conflict>,
) -> Option<Record> {
    match found {
        (base, Some(ours), Some(theirs)) => Some(merge_fields(base, ours, theirs, conflicts)),
        (None, Some(added), None) | (None, None, Some(added)) => Some(added.clone()),
        (Some(base), Some(kept), None) | (Some(base), None, Some(kept)) => {
            if kept == base {
                return None;
            }
            conflicts.push(Conflict::EditBeatsDelete(base.id()));
            Some(kept.clone())
        }
        (_, None, None) => None,
    }
}

fn merge_fields(
    base: Option<&Record>,
    ours: &Record,
    theirs: &Record,
    conflicts: &mut Vec<Conflict>,
) -> Record {
    if ours.same(theirs) || base.is_some_and(|base| base.same(theirs)) {
        return ours.clone();
    }
    let mut merged = ours.clone();
    for field in ours.fields() {
        let (Some(o), Some(t)) = (ours.get(field), theirs.get(field)) else { continue };
        let b = base.and_then(|base| base.get(field));
        let mut clash = |kept: &Value, dropped: &Value| {
            let (id, kept, dropped) = (ours.id(), kept.clone(), dropped.clone());
            conflicts.push(Conflict::Value { id, field, kept, dropped });
        };
        let value = merge_value(b.as_ref(), &o, &t, &mut clash);
        if let Some(with) = merged.with(field, &value) {
            merged = with;
        }
    }
    merged
}

fn merge_value(b: Option<&Value>, o: &Value, t: &Value, clash: &mut dyn FnMut(&Value, &Value)) -> Value {
    if o == t || b == Some(t) {
        return o.clone();
    }
    if b == Some(o) {
        return t.clone();
    }
    match (o, t) {
        (Value::Set(o), Value::Set(t)) => {
            let none = BTreeSet::new();
            let b = if let Some(Value::Set(b)) = b { b } else { &none };
            let keep = |v: &&Value| (o.contains(v) && t.contains(v)) || !b.contains(v);
            Value::Set(o.union(t).filter(keep).cloned().collect())
        }
        (Value::Map(o), Value::Map(t)) => {
            let none = BTreeMap::new();
            merge_map(if let Some(Value::Map(b)) = b { b } else { &none }, o, t, clash)
        }
        (Value::List(o), Value::List(t)) if o.iter().chain(t).all(|v| matches!(v, Value::Id(_))) => {
            let none = Vec::new();
            let b = if let Some(Value::List(b)) = b { b } else { &none };
            let (first, second) = if o > t { (o, t) } else { (t, o) };
            let kept = first.iter().filter(|v| second.contains(v) || !b.contains(v));
            let added = second.iter().filter(|v| !first.contains(v) && !b.contains(v));
            Value::List(kept.chain(added).cloned().collect())
        }
        _ => {
            let (kept, dropped) = if o > t { (o, t) } else { (t, o) };
            clash(kept, dropped);
            kept.clone()
        }
    }
}

type Entries = BTreeMap<Value, Value>;

fn merge_map(b: &Entries, o: &Entries, t: &Entries, clash: &mut dyn FnMut(&Value, &Value)) -> Value {
    let mut merged = Entries::new();
    for key in o.keys().chain(t.keys()).collect::<BTreeSet<_>>() {
        let value = match (b.get(key), o.get(key), t.get(key)) {
            (base, Some(o), Some(t)) => Some(merge_value(base, o, t, clash)),
            (Some(base), Some(one), None) | (Some(base), None, Some(one)) if one == base => None,
            (_, Some(one), None) | (_, None, Some(one)) => Some(one.clone()),
            (_, None, None) => None,
        };
        merged.extend(value.map(|value| (key.clone(), value)));
    }
    Value::Map(merged)
}

/// Restores every record that a surviving one refers to.
fn bring_back(merged: &mut Records, sides: [&Records; 3], conflicts: &mut Vec<Conflict>) {
    let mut open: Vec<Id> = merged.keys().copied().collect();
    while let Some(id) = open.pop() {
        let Some(record) = merged.get(&id).cloned() else { continue };
        for target in references(&record) {
            let lost =
                sides.iter().find_map(|side| side.get(&target)).filter(|_| !merged.contains_key(&target));
            if let Some(lost) = lost {
                conflicts.push(Conflict::BroughtBack(target));
                merged.insert(target, lost.clone());
                open.push(target);
            }
        }
    }
}

/// The ids a record's fields hold.
pub(super) fn references(record: &Record) -> Vec<Id> {
    record.fields().iter().filter_map(|field| record.get(field)).flat_map(|value| value.ids()).collect()
}

/// Fills an empty project, journeys first, so that every record finds its journey.
fn fill(project: &mut Project, info: Record, merged: Records) {
    let (journeys, rest): (Vec<_>, Vec<_>) =
        merged.into_values().partition(|record| record.id().kind() == Kind::Journey);
    let put = |project: &mut Project, record: Record| {
        // Ids are unique here and every journey named is brought back, so that nothing can be refused
        // but the records of a project that was broken before.
        project.insert(record).ok();
    };
    journeys.into_iter().chain(rest).for_each(|record| put(project, record));
    if project.replace(info).is_err() {
        debug_assert!(false, "the project's own record is always there");
    }
}
