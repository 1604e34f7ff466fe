//! The texts remaining in a copy, for a person to review, and the decision about each.
//!
//! A decision belongs to a text, not to an occurrence: a text that occurs ten times is read once, and a text
//! that was changed since is unread again.

use super::fields::{HeldText, all_texts, with_texts};
use super::known_names::{file_now, persona_now};
use super::matcher::{Matcher, NameList};
use super::{Copy, Redacted, RedactedKind, RedactionWords, groups, record_title};
use crate::edit::command::TransactionBuilder;
use crate::id::IdSource;
use crate::model::counts::Segment;
use crate::model::privacy::PrivacyClass;
use crate::model::value::FieldValue;
use crate::model::{Field, Project, Record, records_in_order};
use std::collections::{BTreeMap, BTreeSet};

/// From this many digits on, a text without letters may identify somebody.
const DIGITS: usize = 5;

/// A text remaining in a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftText {
    /// The text.
    pub text: String,
    /// Its occurrences; never empty.
    pub places: Vec<TextPlace>,
}

/// An occurrence of a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextPlace {
    /// The kind of the record that holds it.
    pub kind: RedactedKind,
    /// The name of that record, on one line.
    pub title: String,
    /// The field that holds it; `None` for the groups of an import.
    pub field: Option<Field>,
}

/// The reviewer's decision about a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Keep it as it is.
    Keep,
    /// Mask these names, in this and in all other texts; if empty, mask the whole text.
    Mask(Vec<String>),
    /// Leave the text out.
    Drop,
}

/// The reviewer's decisions, by the text as the copy has it.
pub type Decisions = BTreeMap<String, Decision>;

/// Lists the texts of a copy, each once, in the order in which the file has them.
pub(super) fn list_texts(project: &Project, words: &RedactionWords) -> Vec<LeftText> {
    let numbered = numbered_names(project, words);
    let mut texts: Vec<LeftText> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen: BTreeSet<(usize, TextPlace)> = BTreeSet::new();
    for HeldText { record, field, class, text } in all_texts(project) {
        let is_ours = matches!(class, PrivacyClass::ProgramWords(_) | PrivacyClass::Picture)
            || (class == PrivacyClass::Numbered && numbered.contains(&text));
        if is_ours || !is_telling(&text) {
            continue;
        }
        let number = *known.entry(text.clone()).or_insert(texts.len());
        if number == texts.len() {
            texts.push(LeftText { text, places: Vec::new() });
        }
        let place = TextPlace {
            kind: RedactedKind::from_record(&record),
            title: record_title(&record),
            field: if class == PrivacyClass::Groups { None } else { Some(field) },
        };
        if seen.insert((number, place.clone()))
            && let Some(left) = texts.get_mut(number)
        {
            left.places.push(place);
        }
    }
    texts
}

/// Returns the numbered names of personas and files in the copy.
fn numbered_names(project: &Project, words: &RedactionWords) -> BTreeSet<String> {
    let personas = (0..records_in_order(project.personas()).len()).map(|place| persona_now(place, words));
    let files = project.batches().values().enumerate().map(|(place, batch)| file_now(batch, place));
    personas.chain(files).collect()
}

/// True if a text can identify somebody: it has a word, or many digits.
fn is_telling(text: &str) -> bool {
    let count = |is: fn(char) -> bool| text.chars().filter(|c| is(*c)).count();
    count(char::is_alphabetic) > 1 || count(char::is_numeric) >= DIGITS
}

/// Returns the names that the reviewer marked by masking words.
fn told_names(decisions: &Decisions, mask: &str) -> Matcher {
    let mut names = NameList::default();
    for decision in decisions.values() {
        if let Decision::Mask(marked) = decision {
            for name in marked {
                names.add_name(name, mask, false);
            }
        }
    }
    names.into_matcher()
}

/// Masks the names in a text that the reviewer marked anywhere.
pub fn with_told_names(text: &str, decisions: &Decisions, words: &RedactionWords) -> String {
    told_names(decisions, words.masks.name).replace_names(text)
}

/// Returns a text as the copy will have it; `None` if it is left out.
fn decide_text(text: &str, decisions: &Decisions, names: &Matcher, mask: &str) -> Option<String> {
    match decisions.get(text) {
        Some(Decision::Drop) => None,
        Some(Decision::Mask(marked)) if marked.is_empty() => Some(mask.to_owned()),
        _ => Some(names.replace_names(text)),
    }
}

/// Returns the copy after the reviewer's decisions: with more words masked, and texts left out.
pub fn apply_decisions(redacted: &Redacted, decisions: &Decisions, words: &RedactionWords) -> Project {
    if decisions.values().all(|decision| *decision == Decision::Keep) {
        return redacted.project.clone();
    }
    let mut source = IdSource::from_seed(0);
    let draft = TransactionBuilder::new(&redacted.project, &mut source);
    let mut copy = Copy { draft, words: *words, taken: Vec::new(), same: Vec::new() };
    let names = told_names(decisions, words.masks.name);
    let replace = |text: &str| decide_text(text, decisions, &names, words.text);
    for record in copy.project().records().collect::<Vec<Record>>() {
        for (field, class) in record.text_fields() {
            let is_read_elsewhere =
                matches!(class, PrivacyClass::ProgramWords(_) | PrivacyClass::Picture | PrivacyClass::Groups);
            if is_read_elsewhere {
                continue;
            }
            let Some(before) = record.get(field) else { continue };
            // Each entry of a list is a separate rule, which nobody reviews one by one.
            let now = if matches!(before, FieldValue::List(_)) {
                with_texts(&before, &|text| Some(names.replace_names(text)))
            } else {
                with_texts(&before, &replace)
            };
            if now != before {
                copy.draft.set_field(record.id(), field, now);
            }
        }
    }
    drop_columns(&mut copy, &replace);
    groups::mask_groups(&mut copy, &|text| replace(text).unwrap_or_else(|| text.to_owned()));
    copy.draft.project().clone()
}

/// Removes the columns that have a group whose text is left out: the other groups of a column would reveal
/// the missing one.
fn drop_columns(copy: &mut Copy<'_>, replace: &impl Fn(&str) -> Option<String>) {
    let is_gone =
        |text: &str| text.split(Segment::CROSS).any(|part| !part.is_empty() && replace(part).is_none());
    for batch in copy.project().batches().clone().values() {
        let groups = batch.counts.histograms.keys().map(|key| &key.segment);
        let gone = groups.filter(|group| is_gone(&group.column) || is_gone(&group.value));
        let gone: BTreeSet<String> =
            gone.flat_map(|group| group.column.split(Segment::CROSS)).map(str::to_owned).collect();
        let stays = |column: &str| column.split(Segment::CROSS).all(|part| !gone.contains(part));
        if !gone.is_empty() {
            let mut counts = (*batch.counts).clone();
            counts.histograms.retain(|key, _| stays(&key.segment.column));
            let overlapping = batch.overlapping.iter().filter(|column| stays(column)).cloned().collect();
            copy.draft.change_record(batch.id, |batch: &mut crate::model::Batch| {
                batch.counts = std::sync::Arc::new(counts);
                batch.overlapping = overlapping;
            });
        }
    }
}

/// Returns the number of texts that have a decision.
pub fn read_count(texts: &[LeftText], decisions: &Decisions) -> usize {
    texts.iter().filter(|left| decisions.contains_key(&left.text)).count()
}
