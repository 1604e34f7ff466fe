//! Names of people, where a project can hold them.

use super::{Copy, Taken, title, word};
use crate::feedback::masked;
use crate::i18n::{Lang, Msg};
use crate::id::{Id, Kind};
use crate::model::value::{Atom, Value};
use crate::model::{Batch, Field, Persona, Record, Worded, ordered};

/// Fields of free text.
const TEXTS: &[Field] =
    &["title", "description", "note", "goal", "goals", "moment_why", "condition", "text", "source", LABEL];
/// The name of a wave, in which digits are days.
const LABEL: Field = "label";
/// The shortest name that is looked for in texts.
const SHORTEST: usize = 2;

/// Takes names out: who answers for what, the names of personas, of the files of answers, and what is masked in texts.
pub(super) fn mask(copy: &mut Copy<'_>, lang: Lang) {
    copy.clear(Kind::Touchpoint, "owner");
    copy.clear(Kind::Improvement, "owner");
    let personas = personas(copy, lang);
    files(copy, lang);
    let records: Vec<Record> = copy.project().records().collect();
    for record in records {
        for field in TEXTS {
            let Some(Value::Text(text)) = record.get(field) else { continue };
            let mut text_now = masked(&text, lang);
            for (name, number) in &personas {
                text_now = replaced(&text_now, name, number);
            }
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            if text_now != text && (*field != LABEL || digits(&text_now) == digits(&text)) {
                copy.draft.set(record.id(), field, text_now.to_value());
                copy.taken.push(Taken::Masked { kind: word(&record), text: text_now });
            }
        }
    }
}

/// Numbers the personas; tells each name with what stands for it.
fn personas(copy: &mut Copy<'_>, lang: Lang) -> Vec<(String, String)> {
    let personas: Vec<Persona> =
        ordered(copy.project().personas()).into_iter().map(|persona| Persona::clone(persona)).collect();
    let mut names = Vec::new();
    for (place, persona) in
        personas.into_iter().enumerate().filter(|(_, persona)| !persona.name.trim().is_empty())
    {
        let number = Msg::RedactPersona.with(lang, &[("n", &(place + 1))]);
        let (id, title) = (Id::from(persona.id), persona.name.trim().to_owned());
        copy.draft.change(id, |persona: &mut Persona| persona.name.clone_from(&number));
        copy.taken.push(Taken::Field { kind: Msg::Persona, title: number.clone(), text: title.clone() });
        names.push((title, number));
    }
    // The longer first: one name may be part of another.
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    names
}

/// Files of answers are numbered: "Interview Smith.xlsx" is somebody's.
fn files(copy: &mut Copy<'_>, lang: Lang) {
    let batches: Vec<Record> = copy.project().records().filter(|r| r.id().kind() == Kind::Batch).collect();
    for (place, record) in batches.iter().enumerate() {
        let text = title(record, lang);
        let ending = text.rsplit_once('.').map_or("csv", |(_, ending)| ending);
        let now = format!("{}.{ending}", place + 1);
        copy.draft.change(record.id(), |batch: &mut Batch| batch.file.clone_from(&now));
        copy.taken.push(Taken::Field { kind: Kind::Batch.word(), title: now, text });
    }
}

/// The text with whole words of a name replaced.
fn replaced(text: &str, name: &str, by: &str) -> String {
    if name.chars().count() < SHORTEST || !text.contains(name) {
        return text.to_owned();
    }
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c.is_ascii());
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(name) {
        let (before, after) = (&rest[..at], &rest[at + name.len()..]);
        let last = before.chars().next_back().or_else(|| out.chars().next_back());
        out.push_str(before);
        let part = is_word(last) || is_word(after.chars().next());
        out.push_str(if part { name } else { by });
        rest = after;
    }
    out + rest
}
