//! Conflicts of a merge in sentences.

use super::told::{before, subject, title_of};
use super::{field_label, value_words};
use crate::edit::{Choice, Conflict};
use crate::i18n::{Lang, Msg};
use crate::id::{Id, Kind};
use crate::model::value::Value;
use crate::model::{Field, Project};

/// A conflict in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConflictWords {
    /// The record it is about, by kind and name.
    pub subject: String,
    /// What happened.
    pub what: String,
    /// What stands, where there is a choice.
    pub kept: String,
    /// What would stand instead; empty where nothing can be chosen.
    pub other: String,
}

/// A conflict of a merged project in words; what is not in it any more is looked up in the two sides.
pub fn conflict_words(
    project: &Project,
    conflict: &Conflict,
    sides: [&Project; 2],
    lang: Lang,
) -> ConflictWords {
    let id = conflict.id();
    let all = [project, sides[0], sides[1]];
    let named = |id: Id| all.into_iter().find(|project| project.record(id).is_some()).unwrap_or(project);
    let say = |msg: Msg| msg.text(lang).to_owned();
    let (what, kept, other) = match conflict {
        Conflict::Value { choices, .. } => {
            let label = |choice: &Choice| field_words(named(id), id.kind(), choice, lang);
            let labels: Vec<String> = choices.iter().map(label).collect();
            let values = |pick: fn(&Choice) -> &Value| {
                let words = choices.iter().map(|choice| {
                    let value = pick(choice);
                    let project = value.ids().first().map_or(project, |id| named(*id));
                    chosen_words(project, id, choice.field, value, all, lang)
                });
                words.collect::<Vec<_>>().join(Msg::ListComma.text(lang))
            };
            let what = Msg::BothChanged.with(lang, &[("field", &labels.join(Msg::ListComma.text(lang)))]);
            (what, values(|choice| &choice.kept), values(|choice| &choice.dropped))
        }
        Conflict::EditBeatsDelete(_) => (say(Msg::EditedAndDeleted), say(Msg::KeepIt), say(Msg::DeleteIt)),
        Conflict::BroughtBack(_) => (say(Msg::DeletedButNeeded), say(Msg::KeepIt), say(Msg::DeleteIt)),
        Conflict::SameImport { dropped, .. } => {
            (say(Msg::BothImported), subject(project, id, lang), subject(named(*dropped), *dropped, lang))
        }
        Conflict::Doubt(problem) => {
            let field = field_label(id.kind(), problem.field).text(lang);
            (problem.text(lang, field), String::new(), String::new())
        }
    };
    ConflictWords { subject: subject(named(id), id, lang), what, kept, other }
}

/// The field of a choice, with the entry of a map where it is about one.
fn field_words(project: &Project, kind: Kind, choice: &Choice, lang: Lang) -> String {
    let label = field_label(kind, choice.field).text(lang);
    match &choice.entry {
        Value::Nothing => label.to_owned(),
        entry => format!("{label} {}", value_words(project, kind, choice.field, entry, lang)),
    }
}

/// A value to choose; a place in an order as what stands before it.
fn chosen_words(
    project: &Project,
    id: Id,
    field: Field,
    value: &Value,
    all: [&Project; 3],
    lang: Lang,
) -> String {
    if field != "key" {
        return value_words(project, id.kind(), field, value, lang);
    }
    let has =
        |project: &&Project| project.record(id).and_then(|record| record.get(field)).as_ref() == Some(value);
    let there = all.into_iter().find(has);
    let shown = there.and_then(|there| {
        let element = super::elements(there, id).first().copied()?;
        before(there, element).map(|id| (there, id))
    });
    match shown {
        Some((there, id)) => Msg::NowAfter.with(lang, &[("name", &title_of(there, id, lang))]),
        None => Msg::NowFirst.text(lang).to_owned(),
    }
}
