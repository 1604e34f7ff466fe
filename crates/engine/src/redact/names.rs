//! Names of people, where a project can hold them.

use super::fields::{is_program_word, texts_in, with_texts};
use super::known_names::{KnownNames, file_now, persona_now, role_personas};
use super::{Copy, RedactedItem, RedactedKind, groups, record_title};
use crate::id::{Kind, PersonaId};
use crate::model::privacy::{PrivacyClass, ProgramWordList};
use crate::model::value::FieldValue;
use crate::model::{Batch, Field, Persona, Project, Record, records_in_order};
use std::collections::BTreeSet;

/// Removes names: owners, the names of personas and of answer files, and names within texts. The known names
/// are collected from the project `before` the redaction.
pub(super) fn mask_names(copy: &mut Copy<'_>, before: &Project) {
    copy.clear_texts(|held| matches!(held.class, PrivacyClass::NamesPeople | PrivacyClass::Internal));
    let known = KnownNames::from_project(before, copy.words);
    let roles = role_personas(before);
    number_personas(copy, &roles);
    number_files(copy, before);
    mask_texts(copy, &known, &roles);
    groups::mask_groups(copy, &|text| known.mask_text(text));
}

/// Numbers the personas that are named after people.
fn number_personas(copy: &mut Copy<'_>, roles: &BTreeSet<PersonaId>) {
    let personas: Vec<Persona> = records_in_order(copy.project().personas())
        .into_iter()
        .map(|persona| Persona::clone(persona))
        .collect();
    let named = personas.into_iter().enumerate().filter(|(_, persona)| !persona.name.trim().is_empty());
    for (place, persona) in named.filter(|(_, persona)| !roles.contains(&persona.id)) {
        let number = persona_now(place, &copy.words);
        copy.draft.change_record(persona.id, |persona: &mut Persona| persona.name.clone_from(&number));
        let text = persona.name.trim().to_owned();
        copy.taken.push(RedactedItem::Field {
            kind: RedactedKind::Record(Kind::Persona),
            title: number,
            text,
        });
    }
}

/// Numbers the files of answers: "Interview Smith.xlsx" names somebody. The numbers are those of the project
/// before the redaction.
fn number_files(copy: &mut Copy<'_>, before: &Project) {
    let batches = copy.project().batches().clone();
    let numbered = before.batches().keys().enumerate();
    for (place, batch) in numbered.filter_map(|(place, id)| Some((place, batches.get(id)?))) {
        let text = batch.file.clone();
        let now = file_now(batch, place);
        copy.draft.change_record(batch.id, |batch: &mut Batch| batch.file.clone_from(&now));
        copy.taken.push(RedactedItem::Field { kind: RedactedKind::Record(Kind::Batch), title: now, text });
    }
}

/// Masks every text field by its privacy class.
fn mask_texts(copy: &mut Copy<'_>, known: &KnownNames, roles: &BTreeSet<PersonaId>) {
    let records: Vec<Record> = copy.project().records().collect();
    for record in records {
        let is_numbered = match &record {
            Record::Persona(persona) => !roles.contains(&persona.id),
            other => matches!(other, Record::Batch(_)),
        };
        for (field, class) in record.text_fields() {
            let Some(before) = record.get(field) else { continue };
            match class {
                PrivacyClass::Numbered if is_numbered => {}
                PrivacyClass::FreeText | PrivacyClass::Attribution | PrivacyClass::Numbered => {
                    set_masked(copy, &record, field, &before, &|text| known.mask_text(text));
                }
                PrivacyClass::Period => {
                    set_masked(copy, &record, field, &before, &|text| known.words_masked(text));
                }
                PrivacyClass::ProgramWords(words) => set_known(copy, &record, field, &before, words),
                // Emptied before, masked with their counts, or left as they are.
                PrivacyClass::NamesPeople
                | PrivacyClass::Internal
                | PrivacyClass::Groups
                | PrivacyClass::Picture => {}
            }
        }
    }
}

fn set_masked(
    copy: &mut Copy<'_>,
    record: &Record,
    field: Field,
    before: &FieldValue,
    mask: &impl Fn(&str) -> String,
) {
    let now = with_texts(before, &|text| Some(mask(text)));
    if now != *before {
        let had: BTreeSet<String> = texts_in(before).into_iter().collect();
        let new = texts_in(&now).into_iter().filter(|text| !had.contains(text));
        let kind = RedactedKind::from_record(record);
        copy.taken.extend(new.map(|text| RedactedItem::Masked { kind, text }));
        copy.draft.set_field(record.id(), field, now);
    }
}

/// Clears a field unless it holds one of the words that the program itself writes into it.
fn set_known(
    copy: &mut Copy<'_>,
    record: &Record,
    field: Field,
    before: &FieldValue,
    words: ProgramWordList,
) {
    let is_known = |text: &str| is_program_word(words, text);
    let now = with_texts(before, &|text| is_known(text).then(|| text.to_owned()));
    if now != *before {
        let title = record_title(record);
        let kind = RedactedKind::from_record(record);
        for text in texts_in(before).into_iter().filter(|text| !is_known(text)) {
            copy.taken.push(RedactedItem::Field { kind, title: title.clone(), text });
        }
        copy.draft.set_field(record.id(), field, now);
    }
}
