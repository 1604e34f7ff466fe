//! Names of people, where a project can hold them.

use super::known::{Known, file_now, persona_now};
use super::{Copy, Taken, groups, word};
use crate::i18n::Msg;
use crate::id::Kind;
use crate::model::value::{Atom, Value};
use crate::model::{Batch, Field, Persona, Project, Question, Record, Worded, ordered};
use std::collections::BTreeSet;

/// Fields of free text.
const TEXTS: &[Field] = &[
    "title",
    NAME,
    "description",
    "note",
    "goal",
    "goals",
    "moment_why",
    "condition",
    "text",
    "source",
    LABEL,
];
/// What channels and metrics are called.
const NAME: Field = "name";
/// The name of a wave, in which digits are days.
const LABEL: Field = "label";

/// Takes names out: who answers for what, the names of personas, of the files of answers, and what is masked in texts.
/// The project as it was tells which names are known.
pub(super) fn mask(copy: &mut Copy<'_>, before: &Project) {
    copy.clear(Kind::Touchpoint, "owner");
    copy.clear(Kind::Improvement, "owner");
    let known = Known::of(before, copy.lang);
    personas(copy);
    files(copy, before);
    texts(copy, &known);
    questions(copy, &known);
    groups::mask(copy, &known);
}

/// Numbers the personas.
fn personas(copy: &mut Copy<'_>) {
    let personas: Vec<Persona> =
        ordered(copy.project().personas()).into_iter().map(|persona| Persona::clone(persona)).collect();
    let named = personas.into_iter().enumerate().filter(|(_, persona)| !persona.name.trim().is_empty());
    for (place, persona) in named {
        let number = persona_now(place, copy.lang);
        copy.draft.change(persona.id, |persona: &mut Persona| persona.name.clone_from(&number));
        let text = persona.name.trim().to_owned();
        copy.taken.push(Taken::Field { kind: Msg::Persona, title: number, text });
    }
}

/// Numbers the files of answers: "Interview Smith.xlsx" is somebody's. Numbers are those of the project as it was.
fn files(copy: &mut Copy<'_>, before: &Project) {
    let batches = copy.project().batches().clone();
    let numbered = before.batches().keys().enumerate();
    for (place, batch) in numbered.filter_map(|(place, id)| Some((place, batches.get(id)?))) {
        let (text, now) = (batch.file.clone(), file_now(batch, place));
        copy.draft.change(batch.id, |batch: &mut Batch| batch.file.clone_from(&now));
        copy.taken.push(Taken::Field { kind: Kind::Batch.word(), title: now, text });
    }
}

/// Masks all texts but the names of personas, which are numbered.
fn texts(copy: &mut Copy<'_>, known: &Known) {
    let records: Vec<Record> = copy.project().records().collect();
    for record in records {
        for field in TEXTS.iter().filter(|field| record.id().kind() != Kind::Persona || **field != NAME) {
            let Some(Value::Text(text)) = record.get(field) else { continue };
            let now = if *field == LABEL { known.words_masked(&text) } else { known.masked(&text) };
            if now != text {
                copy.draft.set(record.id(), field, now.to_value());
                copy.taken.push(Taken::Masked { kind: word(&record), text: now });
            }
        }
    }
}

/// Masks what questions know of columns: their other names, and cells that stand for answers or for none.
fn questions(copy: &mut Copy<'_>, known: &Known) {
    let questions = copy.project().questions().clone();
    let masked = |texts: &BTreeSet<String>| texts.iter().map(|text| known.masked(text)).collect();
    for before in questions.values() {
        let words = before.words.iter().map(|(text, number)| (known.masked(text), *number)).collect();
        let now = Question {
            aliases: masked(&before.aliases),
            missing: masked(&before.missing),
            words,
            ..Question::clone(before)
        };
        let texts = |question: &Question| -> BTreeSet<String> {
            let sets = question.aliases.iter().chain(&question.missing);
            sets.chain(question.words.keys()).cloned().collect()
        };
        let new = texts(&now).difference(&texts(before)).cloned().collect::<Vec<_>>();
        copy.draft.change(before.id, |question: &mut Question| *question = now);
        copy.taken.extend(new.into_iter().map(|text| Taken::Masked { kind: Kind::Question.word(), text }));
    }
}
