//! Dragging a point of a persona's feeling curve.

use super::{Ground, Guide, Outcome};
use crate::edit::{Transaction, apply_all, command};
use crate::id::{Id, PersonaId, Source, TouchpointId};
use crate::model::{JourneyInfo, Project};
use crate::scene::Pt;
use std::collections::BTreeSet;

/// What letting go of the point at a height would do.
pub(super) fn over(ground: &Ground, touchpoint: TouchpointId, persona: PersonaId, pointer: Pt) -> Outcome {
    let Some(axis) = ground.scene.grid.feelings.iter().min_by(|a, b| {
        let off = |axis: &crate::scene::FeelingAxis| (f32::midpoint(axis.top, axis.bottom) - pointer.y).abs();
        off(a).total_cmp(&off(b))
    }) else {
        return Outcome::default();
    };
    let feeling = rounded(axis.feeling(pointer.y));
    let mut source = ground.source.clone();
    let transaction = if ground.journey().is_some() {
        set(&ground.project, touchpoint, persona, f64::from(feeling), ground.first_persona, &mut source)
    } else {
        Transaction::default()
    };
    Outcome { transaction, guide: Some(Guide::Value(feeling)) }
}

/// A feeling in steps of a tenth.
fn rounded(feeling: f32) -> f32 {
    (feeling * 10.0).round() / 10.0
}

/// Sets a feeling, making the persona first where it is not there yet.
fn set(
    project: &Project,
    touchpoint: TouchpointId,
    persona: PersonaId,
    feeling: f64,
    name: &str,
    source: &mut Source,
) -> Transaction {
    if project.personas().contains_key(&persona) {
        return command::set_feeling(project, touchpoint, persona, Some(feeling));
    }
    let (made, persona) = command::add_persona(project, name, source);
    let mut with = project.clone();
    if apply_all(&mut with, &made).is_err() {
        return Transaction::default();
    }
    made.then(command::set_feeling(&with, touchpoint, persona, Some(feeling)))
}

/// Whose feeling is drawn: the selected persona's, else the first one's; where there is none, that of one to be made.
pub(in crate::canvas) fn persona(
    project: &Project,
    journey: &JourneyInfo,
    selection: &BTreeSet<Id>,
    source: &Source,
) -> PersonaId {
    let selected = selection.iter().find_map(|id| id.to::<PersonaId>());
    let first = || project.personas_of(journey).first().map(|persona| persona.id);
    selected.or_else(first).unwrap_or_else(|| PersonaId::new(&mut source.clone()))
}
