//! Conflicts of a merge in sentences.

use super::disambiguate::Pair;
use super::labels::value_words;
use super::sentences::element_before;
use crate::edit::{Conflict, MergeChoice};
use crate::i18n::{Lang, Msg, Worded, explain_problem, kind_and_name, title_of};
use crate::id::Id;
use crate::model::Project;
use crate::model::value::FieldValue;

/// A conflict in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConflictWords {
    /// The record it is about, by kind and name.
    pub subject: String,
    /// The conflict in a sentence.
    pub what: String,
    /// The option that the merge took; empty if there is no choice.
    pub kept: String,
    /// The other option; empty if there is no choice.
    pub other: String,
}

/// Describes a conflict of a merged project; elements that it no longer holds are looked up in the two sides.
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
            let label = |choice: &MergeChoice| field_words(named(id), choice, lang);
            let labels: Vec<String> = choices.iter().map(label).collect();
            let what =
                Msg::BothChanged.text_with(lang, &[("field", &labels.join(Msg::ListComma.text(lang)))]);
            let words = |keys| {
                let each = choices.iter().map(|choice| {
                    let values = [&choice.kept, &choice.dropped];
                    let home =
                        |value: &FieldValue| value.collect_ids().first().map_or(project, |id| named(*id));
                    let projects = values.map(home);
                    let pair = Pair { projects, words: choice.field.words, lang };
                    if choice.field.is_order_key() {
                        describe_positions(pair, id, values, all, keys)
                    } else {
                        pair.describe_values(values)
                    }
                });
                let (kept, other): (Vec<_>, Vec<_>) = each.map(|[kept, other]| (kept, other)).unzip();
                [kept, other].map(|words| words.join(Msg::ListComma.text(lang)))
            };
            let [kept, other] = words(false);
            // Two places behind the same element: only the keys differ.
            let [kept, other] = if kept == other { words(true) } else { [kept, other] };
            (what, kept, other)
        }
        Conflict::EditBeatsDelete(_) => (say(Msg::EditedAndDeleted), say(Msg::KeepIt), say(Msg::DeleteIt)),
        Conflict::BroughtBack(_) => (say(Msg::DeletedButNeeded), say(Msg::KeepIt), say(Msg::DeleteIt)),
        Conflict::SameImport { dropped, .. } => (
            say(Msg::BothImported),
            kind_and_name(project, id, lang),
            kind_and_name(named(*dropped), *dropped, lang),
        ),
        Conflict::Doubt(problem) => {
            let field =
                problem.field.map_or(Msg::OtherField, |field| field.words.label.display_name()).text(lang);
            (explain_problem(problem, field, lang), String::new(), String::new())
        }
    };
    ConflictWords { subject: kind_and_name(named(id), id, lang), what, kept, other }
}

/// Returns the label of a choice's field, followed by the entry of the map if the choice is about one.
fn field_words(project: &Project, choice: &MergeChoice, lang: Lang) -> String {
    let label = choice.field.words.label.display_name().text(lang);
    match &choice.entry {
        FieldValue::Nothing => label.to_owned(),
        entry => format!("{label} {}", value_words(project, choice.field.words, entry, lang)),
    }
}

/// Describes two positions in an order by the element before each, with their keys if asked.
fn describe_positions(
    pair: Pair<'_>,
    id: Id,
    values: [&FieldValue; 2],
    all: [&Project; 3],
    keys: bool,
) -> [String; 2] {
    let lang = pair.lang;
    let place = |value: &FieldValue| {
        let has = |project: &&Project| {
            let record = project.record(id);
            record.and_then(|record| record.get(record.key_field()?)).as_ref() == Some(value)
        };
        let shown = all.into_iter().find(has).and_then(|there| {
            let element = super::shown_elements(there, id).first().copied()?;
            element_before(there, element).map(|id| (there, id))
        });
        match shown {
            Some((there, id)) => Msg::NowAfter.text_with(lang, &[("name", &title_of(there, id, lang))]),
            None => Msg::NowFirst.text(lang).to_owned(),
        }
    };
    let names = pair.describe_values(values);
    [0, 1].map(|side| {
        let place = place(values[side]);
        if keys { format!("{place} {}", names[side]) } else { place }
    })
}
