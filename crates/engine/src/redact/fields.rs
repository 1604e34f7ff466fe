//! The texts of a project by the privacy class of their field, which stands with the field in the record.

use crate::id::Kind;
use crate::model::choice::{ImprovementKind, InsightKind};
use crate::model::counts::Segment;
use crate::model::privacy::{PrivacyClass, ProgramWordList};
use crate::model::value::FieldValue;
use crate::model::{Field, Project, Record};
use crate::theme::Icon;
use std::collections::BTreeSet;

/// A text of a project.
#[derive(Debug, Clone)]
pub(super) struct HeldText {
    /// The record that holds it.
    pub(super) record: Record,
    /// The field that holds it.
    pub(super) field: Field,
    /// The privacy class of that field.
    pub(super) class: PrivacyClass,
    /// The text, never split.
    pub(super) text: String,
}

/// True if the program may have written this word itself.
pub(super) fn is_program_word(list: ProgramWordList, word: &str) -> bool {
    match list {
        ProgramWordList::InsightKinds => {
            word.parse::<InsightKind>().is_ok() || word.parse::<ImprovementKind>().is_ok()
        }
        ProgramWordList::Icons => word.is_empty() || Icon::from_name(word).is_some(),
        ProgramWordList::HexDigits => word.bytes().all(|byte| byte.is_ascii_hexdigit()),
    }
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

/// Returns a value with its texts emptied or, in a set, map or list, removed.
pub(super) fn without_texts(value: &FieldValue) -> FieldValue {
    match value {
        FieldValue::List(_) => FieldValue::List(Vec::new()),
        other => with_texts(other, &|_| None),
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

/// Returns the texts of a record.
pub(super) fn texts_of(record: &Record) -> Vec<HeldText> {
    let mut held = Vec::new();
    for (field, class) in record.text_fields() {
        let texts = record.get(field).map(|value| texts_in(&value)).unwrap_or_default();
        let each = |text| HeldText { record: record.clone(), field, class, text };
        held.extend(texts.into_iter().map(each));
    }
    held
}

/// Returns all texts of a project, kind by kind in the order of the file.
pub(super) fn all_texts(project: &Project) -> Vec<HeldText> {
    let mut records: Vec<Record> = project.records().collect();
    records.sort_by_key(|record| Kind::ALL.iter().position(|kind| *kind == record.id().kind()));
    records.iter().flat_map(texts_of).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::ENGLISH;
    use super::super::{Redaction, redact_project};
    use super::*;
    use crate::edit::{Op, apply_op};
    use crate::model::recipe::ColumnRule;
    use crate::model::value::Atom;
    use crate::store::load::load_project;

    const NAME: &str = "Ms Quillfeather";

    fn is_named_in(project: &Project) -> bool {
        project.records().any(|record| format!("{record:?}").contains("Quillfeather"))
    }

    #[test]
    fn a_name_in_a_field_of_any_record_is_not_in_the_copy() {
        let file = include_bytes!("../../../../tests/data/v1/everything.ron");
        let original = load_project(file).expect("it opens").project;
        let only_names = Redaction {
            quotes: false,
            notes: false,
            lanes: false,
            few: false,
            ..Redaction::of_everything(ENGLISH)
        };
        let mut open = Vec::new();
        let mut seen = BTreeSet::new();
        for record in original.records() {
            for (field, class) in record.text_fields() {
                let before = record.get(field).expect("a field");
                let named = if matches!(before, FieldValue::List(_)) {
                    vec![ColumnRule::ignore_column(NAME)].to_value()
                } else {
                    with_texts(&before, &|_| Some(NAME.to_owned()))
                };
                // Counts and pictures hold no text that could be replaced here.
                if named == before {
                    continue;
                }
                let mut project = original.clone();
                apply_op(&mut project, &Op::set_field(&record, field, named).expect("it fits")).expect("set");
                assert!(is_named_in(&project));
                seen.insert(format!("{class:?}"));
                if is_named_in(&redact_project(&project, &only_names).project) {
                    open.push((record.type_name(), field, class));
                }
            }
        }
        assert!(open.is_empty(), "{open:?}");
        // Eight classes, one of them with three lists of words.
        assert_eq!(seen.len(), 10, "the file has a field of each class that holds texts: {seen:?}");
    }
}
