//! Applies a line of an edit script to a document.

use super::line::{ScriptLine, Wrong};
use engine::edit::Transaction;
use engine::edit::command::{
    Slot, add_insight, add_stage, add_touchpoint, delete_records, rename_record, set_feeling,
};
use engine::id::{Id, IdSource, JourneyId, Kind, PersonaId};
use engine::model::value::FieldValue;
use engine::model::{Project, title_field};

/// Returns the transaction of a line, and the element that it adds.
pub(super) fn line_to_transaction(
    line: &ScriptLine,
    project: &Project,
    source: &mut IdSource,
) -> Result<(Transaction, Option<Id>), Wrong> {
    match line {
        ScriptLine::Stage(name) => {
            let journey = first_journey(project)?;
            let (transaction, id) = add_stage(project, journey, None, name, source);
            Ok((transaction, Some(id.into())))
        }
        ScriptLine::Touchpoint { stage, name } => {
            let id = find_element(project, stage, &[Kind::Stage])?
                .to_typed()
                .ok_or_else(|| missing_element(stage))?;
            let added = add_touchpoint(project, Slot::EndOf(id), name, source);
            let (transaction, id) = added.ok_or_else(|| missing_element(stage))?;
            Ok((transaction, Some(id.into())))
        }
        ScriptLine::Rename { element, name } => {
            let id = find_element(project, element, Kind::ALL)?;
            title_field(id.kind()).ok_or(Wrong::DoesNotFit)?;
            Ok((rename_record(project, id, name), None))
        }
        ScriptLine::Feeling { touchpoint, value, persona } => {
            let id = find_element(project, touchpoint, &[Kind::Touchpoint])?;
            let persona = persona_of(project, id, persona.as_deref())?;
            let id = id.to_typed().ok_or_else(|| missing_element(touchpoint))?;
            Ok((set_feeling(project, id, persona, *value), None))
        }
        ScriptLine::Insight { kind, element, text } => {
            let about = find_element(project, element, &[Kind::Touchpoint, Kind::Stage])?;
            let journey = project.journey_of(about).ok_or_else(|| missing_element(element))?.info().id;
            let (transaction, id) = add_insight(project, journey, Some(about), *kind, text, source);
            Ok((transaction, Some(id.into())))
        }
        ScriptLine::Delete(element) => {
            let transaction = delete_records(project, &[find_element(project, element, Kind::ALL)?], source);
            if transaction.is_empty() { Err(Wrong::Stays(element.clone())) } else { Ok((transaction, None)) }
        }
        ScriptLine::Undo | ScriptLine::Redo | ScriptLine::Save => Ok((Transaction::default(), None)),
    }
}

fn missing_element(name: &str) -> Wrong {
    Wrong::Missing(name.to_owned())
}

fn first_journey(project: &Project) -> Result<JourneyId, Wrong> {
    project.journeys_in_order().first().map(|journey| journey.info().id).ok_or(Wrong::DoesNotFit)
}

/// Returns the element with this id, or the only one of these kinds with this title.
fn find_element(project: &Project, name: &str, kinds: &[Kind]) -> Result<Id, Wrong> {
    if let Some(record) = name.parse().ok().and_then(|id| project.record(id)) {
        return Some(record.id())
            .filter(|id| kinds.contains(&id.kind()))
            .ok_or_else(|| missing_element(name));
    }
    let named = project.records().filter(|record| {
        let title = title_field(record.id().kind()).and_then(|field| record.get(field));
        kinds.contains(&record.id().kind())
            && matches!(title, Some(FieldValue::Text(title)) if title.trim() == name)
    });
    let mut ids = named.map(|record| record.id());
    let found = ids.next().ok_or_else(|| missing_element(name))?;
    if ids.next().is_some() { Err(Wrong::Ambiguous(name.to_owned())) } else { Ok(found) }
}

/// Returns the persona of this name, or the first of the touchpoint's journey.
fn persona_of(project: &Project, touchpoint: Id, name: Option<&str>) -> Result<PersonaId, Wrong> {
    if let Some(name) = name {
        return find_element(project, name, &[Kind::Persona])?
            .to_typed()
            .ok_or_else(|| missing_element(name));
    }
    let journey = project.journey_of(touchpoint).ok_or(Wrong::DoesNotFit)?;
    project.personas_of(journey.info()).first().map(|persona| persona.id).ok_or(Wrong::NoPersona)
}
