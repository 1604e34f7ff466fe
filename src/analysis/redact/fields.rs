//! The redaction rule of each text field of each record. The fields come from the records themselves, so that
//! none can be forgotten: a field that is not listed here is masked as free text, and a test fails.

use crate::id::Kind;
use crate::model::choice::{ImprovementKind, InsightKind};
use crate::model::counts::Segment;
use crate::model::value::FieldValue;
use crate::model::{Project, Record};
use crate::theme::Icon;
use std::collections::BTreeSet;

/// The treatment of a field when names are removed.
#[derive(Debug, Clone, Copy)]
pub(super) enum FieldRule {
    /// Names and addresses in it are masked, and a person reads it.
    Text,
    /// The same, but its digits are days.
    Days,
    /// It is emptied: it says who somebody is.
    Who,
    /// It is numbered: the file of an import, and a persona that is somebody.
    Numbered,
    /// It holds only words that the program knows; others go.
    Known(fn(&str) -> bool),
    /// Columns and values of groups, masked with their counts.
    Groups,
    /// The record goes as a whole.
    Gone,
    /// Bytes of a picture, which stay as they are.
    Picture,
}

/// The fields in which people write free text.
const FREE_TEXTS: &[(&str, &str)] = &[
    ("ProjectInfo", "title description note"),
    ("JourneyInfo", "title goal"),
    ("Stage", "title description"),
    ("Lane", "title"),
    ("Touchpoint", "title description moment_why"),
    ("Insight", "title description"),
    ("Picture", "title"),
    ("Cell", "text"),
    ("Flow", "condition"),
    ("Improvement", "title description"),
    ("Persona", "description goals"),
    ("Channel", "name"),
    ("Metric", "name"),
    ("Question", "text aliases words missing"),
    ("Evidence", "source note"),
];

/// Returns the rule for a text field of a type of record; `None` if none was decided on yet.
pub(super) fn find_rule(record: &str, field: &str) -> Option<FieldRule> {
    let is_free = |(own, fields): &(&str, &str)| *own == record && fields.split(' ').any(|own| own == field);
    if FREE_TEXTS.iter().any(is_free) {
        return Some(FieldRule::Text);
    }
    Some(match (record, field) {
        ("Wave", "label") => FieldRule::Days,
        ("Touchpoint" | "Improvement", "owner") => FieldRule::Who,
        ("Persona", "name") | ("Batch", "file") => FieldRule::Numbered,
        ("Lane", "only") => FieldRule::Known(is_kind),
        ("Channel", "icon") => FieldRule::Known(|name| name.is_empty() || Icon::from_name(name).is_some()),
        ("Batch" | "Image", "hash") => FieldRule::Known(is_hash),
        ("Batch", "counts" | "overlapping") => FieldRule::Groups,
        ("Recipe", "name" | "encoding" | "sheet" | "columns") => FieldRule::Gone,
        ("Image", "bytes") => FieldRule::Picture,
        _ => return None,
    })
}

fn is_kind(name: &str) -> bool {
    name.parse::<InsightKind>().is_ok() || name.parse::<ImprovementKind>().is_ok()
}

fn is_hash(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Returns the rule for a field of a record.
pub(super) fn rule_of(record: &Record, field: &str) -> FieldRule {
    find_rule(record.type_name(), field).unwrap_or(FieldRule::Text)
}

/// Returns a value with each of its texts replaced; entries of a set, map or list whose replacement is `None`
/// are removed.
pub(super) fn with_texts(value: &FieldValue, replace: &impl Fn(&str) -> Option<String>) -> FieldValue {
    let each = |value: &FieldValue| match value {
        FieldValue::Text(text) => replace(text).map(FieldValue::Text),
        other => Some(with_texts(other, replace)),
    };
    match value {
        FieldValue::Text(text) => FieldValue::Text(replace(text).unwrap_or_default()),
        FieldValue::List(list) => {
            FieldValue::List(list.iter().map(|value| with_texts(value, replace)).collect())
        }
        FieldValue::Set(set) => FieldValue::Set(set.iter().filter_map(each).collect()),
        FieldValue::Map(map) => {
            FieldValue::Map(map.iter().filter_map(|(key, value)| Some((each(key)?, value.clone()))).collect())
        }
        other => other.clone(),
    }
}

/// Returns the texts in a value, in order.
pub(super) fn texts_in(value: &FieldValue) -> Vec<String> {
    match value {
        FieldValue::Text(text) => vec![text.clone()],
        FieldValue::List(list) => list.iter().flat_map(texts_in).collect(),
        FieldValue::Set(set) => set.iter().flat_map(texts_in).collect(),
        FieldValue::Map(map) => map.keys().flat_map(texts_in).collect(),
        FieldValue::Counts(counts) => {
            let groups = counts.histograms.keys().map(|key| &key.segment);
            let groups: BTreeSet<&Segment> = groups.filter(|group| !group.is_everyone()).collect();
            let parts = groups.into_iter().flat_map(|group| [group.column.as_str(), group.value.as_str()]);
            let parts: BTreeSet<&str> = parts.flat_map(|text| text.split(Segment::CROSS)).collect();
            parts.into_iter().map(str::to_owned).collect()
        }
        FieldValue::Nothing
        | FieldValue::Flag(_)
        | FieldValue::Number(_)
        | FieldValue::Id(_)
        | FieldValue::Bytes(_) => Vec::new(),
    }
}

/// Returns all texts of a project with their record and field, kind by kind in the order of the file.
pub(super) fn all_texts(project: &Project) -> Vec<(Record, &'static str, String)> {
    let mut records: Vec<Record> = project.records().collect();
    records.sort_by_key(|record| Kind::ALL.iter().position(|kind| *kind == record.id().kind()));
    let fields = |record: Record| {
        let texts = |field: &'static str| {
            let texts = record.get(field).map(|value| texts_in(&value)).unwrap_or_default();
            texts.into_iter().map(move |text| (field, text)).collect::<Vec<_>>()
        };
        let all: Vec<_> = record.text_fields().flat_map(texts).collect();
        all.into_iter().map(|(field, text)| (record.clone(), field, text)).collect::<Vec<_>>()
    };
    records.into_iter().flat_map(fields).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_has_decided_what_becomes_of_each_text_field() {
        let all = Record::all_text_fields();
        let open: Vec<_> = all.iter().filter(|(record, field)| find_rule(record, field).is_none()).collect();
        assert!(open.is_empty(), "no rule for {open:?}: may names of people stand there?");
        for wanted in [("Lane", "only"), ("Channel", "icon"), ("Batch", "counts"), ("Cell", "text")] {
            assert!(all.contains(&wanted), "{wanted:?}");
        }
    }
}
