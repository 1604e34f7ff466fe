//! Applies a line of an edit script to a document.

use super::line::{Line, Wrong};
use crate::edit::Transaction;
use crate::edit::command::{
    Slot, add_insight, add_stage, add_touchpoint, delete, rename, set_feeling, title_field,
};
use crate::id::{Id, JourneyId, Kind, PersonaId, Source};
use crate::model::Project;
use crate::model::value::Value;

/// Returns the transaction of a line, and the element that it adds.
pub(super) fn act(
    line: &Line,
    project: &Project,
    source: &mut Source,
) -> Result<(Transaction, Option<Id>), Wrong> {
    match line {
        Line::Stage(name) => {
            let journey = first_journey(project)?;
            let (transaction, id) = add_stage(project, journey, None, name, source);
            Ok((transaction, Some(id.into())))
        }
        Line::Touchpoint { stage, name } => {
            let id = find(project, stage, &[Kind::Stage])?.to().ok_or_else(|| missing(stage))?;
            let added = add_touchpoint(project, Slot::EndOf(id), name, source);
            let (transaction, id) = added.ok_or_else(|| missing(stage))?;
            Ok((transaction, Some(id.into())))
        }
        Line::Rename { element, name } => {
            let id = find(project, element, Kind::ALL)?;
            title_field(id.kind()).ok_or(Wrong::DoesNotFit)?;
            Ok((rename(project, id, name), None))
        }
        Line::Feeling { touchpoint, value, persona } => {
            let id = find(project, touchpoint, &[Kind::Touchpoint])?;
            let persona = persona_of(project, id, persona.as_deref())?;
            let id = id.to().ok_or_else(|| missing(touchpoint))?;
            Ok((set_feeling(project, id, persona, *value), None))
        }
        Line::Insight { kind, element, text } => {
            let about = find(project, element, &[Kind::Touchpoint, Kind::Stage])?;
            let journey = project.journey_of(about).ok_or_else(|| missing(element))?.info().id;
            let (transaction, id) = add_insight(project, journey, Some(about), *kind, text, source);
            Ok((transaction, Some(id.into())))
        }
        Line::Delete(element) => {
            let transaction = delete(project, &[find(project, element, Kind::ALL)?], source);
            if transaction.is_empty() { Err(Wrong::Stays(element.clone())) } else { Ok((transaction, None)) }
        }
        Line::Undo | Line::Redo | Line::Save => Ok((Transaction::default(), None)),
    }
}

fn missing(name: &str) -> Wrong {
    Wrong::Missing(name.to_owned())
}

fn first_journey(project: &Project) -> Result<JourneyId, Wrong> {
    project.journeys_in_order().first().map(|journey| journey.info().id).ok_or(Wrong::DoesNotFit)
}

/// Returns the element with this id, or the only one of these kinds with this title.
fn find(project: &Project, name: &str, kinds: &[Kind]) -> Result<Id, Wrong> {
    if let Some(record) = name.parse().ok().and_then(|id| project.record(id)) {
        return Some(record.id()).filter(|id| kinds.contains(&id.kind())).ok_or_else(|| missing(name));
    }
    let named = project.records().filter(|record| {
        let title = title_field(record.id().kind()).and_then(|field| record.get(field));
        kinds.contains(&record.id().kind())
            && matches!(title, Some(Value::Text(title)) if title.trim() == name)
    });
    let mut ids = named.map(|record| record.id());
    let found = ids.next().ok_or_else(|| missing(name))?;
    if ids.next().is_some() { Err(Wrong::Ambiguous(name.to_owned())) } else { Ok(found) }
}

/// Returns the persona of this name, or the first of the touchpoint's journey.
fn persona_of(project: &Project, touchpoint: Id, name: Option<&str>) -> Result<PersonaId, Wrong> {
    if let Some(name) = name {
        return find(project, name, &[Kind::Persona])?.to().ok_or_else(|| missing(name));
    }
    let journey = project.journey_of(touchpoint).ok_or(Wrong::DoesNotFit)?;
    project.personas_of(journey.info()).first().map(|persona| persona.id).ok_or(Wrong::NoPersona)
}
