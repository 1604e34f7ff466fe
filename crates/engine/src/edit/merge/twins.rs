//! Records that both sides added alike: one flow between the same cards, one text in the same place, one
//! image, one import. They become one record, the one with the lower id; their fields are merged.

use super::fields::{grouped_fields, merge_record};
use super::restore::referenced_ids;
use super::{Conflict, MergeChoice, Mix};
use crate::id::{Id, WaveId};
use crate::model::value::{Atom, FieldValue};
use crate::model::{Batch, Field, Record};
use std::collections::{BTreeMap, BTreeSet};

/// Unites each pair of such records.
pub(super) fn unite_twins(mix: &mut Mix<'_>) {
    let new: Vec<Id> = mix.edited.keys().copied().filter(|id| mix.base().get(*id).is_none()).collect();
    let only = |id: &Id, ours: bool| {
        let edited = mix.edited.get(id).copied().unwrap_or_default();
        if ours { edited.ours && !edited.theirs } else { edited.theirs && !edited.ours }
    };
    let signed = |ours: bool| {
        let own = new.iter().filter(move |id| only(id, ours));
        own.filter_map(|id| Some((twin_signature(mix.get(*id)?)?, *id))).collect::<Vec<_>>()
    };
    let ours: BTreeMap<Vec<FieldValue>, Id> = signed(true).into_iter().collect();
    let pairs: BTreeMap<Id, Id> = signed(false)
        .into_iter()
        .filter_map(|(sign, id)| ours.get(&sign).map(|twin| (*twin.max(&id), *twin.min(&id))))
        .collect();
    if pairs.is_empty() {
        return;
    }
    for (dropped, kept) in &pairs {
        unite_pair(mix, *kept, *dropped);
    }
    for id in new {
        let Some(record) = mix.get(id).filter(|r| referenced_ids(r).iter().any(|id| pairs.contains_key(id)))
        else {
            continue;
        };
        let pointed = record.with_references(&pairs);
        mix.changed.insert(id, Some(pointed));
    }
}

/// Returns the values that make two new records the same thing; `None` for kinds that may well occur twice.
fn twin_signature(record: &Record) -> Option<Vec<FieldValue>> {
    let values: Vec<FieldValue> = match record {
        Record::Flow(_) | Record::About(_) | Record::Answer(_) | Record::Cell(_) => {
            grouped_fields(record).filter_map(|field| record.get(field)).collect()
        }
        Record::Image(image) => vec![image.hash.to_value()],
        Record::Batch(batch) => vec![batch.hash.to_value()],
        _ => return None,
    };
    let kind = FieldValue::Text(record.id().kind().name().to_owned());
    Some(std::iter::once(kind).chain(values).collect())
}

/// Unites two records.
fn unite_pair(mix: &mut Mix<'_>, kept: Id, dropped: Id) {
    let (Some(one), Some(other)) = (mix.get(kept).cloned(), mix.get(dropped).cloned()) else { return };
    let merged = match (&one, &other) {
        (Record::Batch(one), Record::Batch(other)) => {
            if one.counts != other.counts {
                mix.conflicts.push(Conflict::SameImport { kept, dropped });
            }
            let waves = waves_of_one(mix, one, other);
            mix.changed.extend(waves.into_iter().map(|wave| (wave, None)));
            None
        }
        _ => other.with_id(kept).map(|other| merge_pair(mix, &one, &other)),
    };
    mix.changed.insert(dropped, None);
    mix.changed.insert(kept, Some(merged.unwrap_or(one)));
}

/// Merges both records' fields; a field that only one of them fills is taken from it.
fn merge_pair(mix: &mut Mix<'_>, one: &Record, other: &Record) -> Record {
    let mut told: Vec<Vec<MergeChoice>> = Vec::new();
    let blank = one.fields().iter().fold(one.clone(), |blank, field| with_blank_field(&blank, *field));
    let merged = merge_record(Some(&blank), one, other, &mut told);
    mix.conflicts.extend(told.into_iter().map(|choices| Conflict::Value { id: one.id(), choices }));
    merged
}

/// Returns the record with this field emptied, if it can be empty.
fn with_blank_field(record: &Record, field: Field) -> Record {
    let empty = [
        FieldValue::Nothing,
        FieldValue::Text(String::new()),
        FieldValue::Flag(false),
        FieldValue::Set(BTreeSet::new()),
        FieldValue::Map(BTreeMap::new()),
    ];
    empty.iter().find_map(|value| record.with_field(field, value)).unwrap_or_else(|| record.clone())
}

/// Returns the waves that only the dropped import's side added and that only this import refers to.
fn waves_of_one(mix: &Mix<'_>, kept: &Batch, dropped: &Batch) -> Vec<Id> {
    let waves = |batch: &Batch| {
        let keys = batch.counts.histograms.keys();
        keys.map(|key| key.wave).collect::<BTreeSet<WaveId>>()
    };
    let mut own = waves(dropped);
    for wave in waves(kept) {
        own.remove(&wave);
    }
    let new = own.into_iter().map(Id::from).filter(|wave| mix.base().get(*wave).is_none());
    let others: BTreeSet<Id> = mix
        .edited
        .keys()
        .filter(|id| **id != Id::from(dropped.id))
        .filter_map(|id| mix.get(*id))
        .flat_map(referenced_ids)
        .collect();
    new.filter(|wave| !others.contains(wave)).collect()
}
