//! Dragging a point of a persona's feeling curve.

use super::{GestureOutcome, GestureStart, Guide};
use engine::edit::{Transaction, apply_all, command};
use engine::id::{IdSource, PersonaId, TouchpointId};
use engine::model::{JourneyInfo, Project};
use engine::scene::Pt;

/// Returns the outcome of releasing the point at a height.
pub(super) fn drop_feeling(
    ground: &GestureStart,
    touchpoint: TouchpointId,
    persona: PersonaId,
    pointer: Pt,
) -> GestureOutcome {
    let Some(axis) = ground.scene.grid.feelings.iter().min_by(|a, b| {
        let off =
            |axis: &engine::scene::FeelingAxis| (f32::midpoint(axis.top, axis.bottom) - pointer.y).abs();
        off(a).total_cmp(&off(b))
    }) else {
        return GestureOutcome::default();
    };
    let feeling = round_feeling(axis.y_to_feeling(pointer.y));
    let mut source = ground.source.clone();
    let transaction = if ground.journey().is_some() {
        set_feeling(
            &ground.project,
            touchpoint,
            persona,
            f64::from(feeling),
            ground.first_persona,
            &mut source,
        )
    } else {
        Transaction::default()
    };
    GestureOutcome { transaction, guide: Some(Guide::Value(feeling)) }
}

/// Rounds a feeling to a tenth.
fn round_feeling(feeling: f32) -> f32 {
    (feeling * 10.0).round() / 10.0
}

/// Sets a feeling, creating the persona first if it does not exist yet.
fn set_feeling(
    project: &Project,
    touchpoint: TouchpointId,
    persona: PersonaId,
    feeling: f64,
    name: &str,
    source: &mut IdSource,
) -> Transaction {
    with_persona(project, persona, name, source, |project, persona| {
        command::set_feeling(project, touchpoint, persona, Some(feeling))
    })
}

/// Raises or lowers a feeling at touchpoints, creating the persona first if it does not exist yet.
pub(in crate::canvas) fn step_feelings(
    project: &Project,
    touchpoints: &[TouchpointId],
    persona: PersonaId,
    by: Option<f64>,
    name: &str,
    source: &mut IdSource,
) -> Transaction {
    if by.is_none() {
        return command::step_feelings(project, touchpoints, persona, by);
    }
    with_persona(project, persona, name, source, |project, persona| {
        command::step_feelings(project, touchpoints, persona, by)
    })
}

fn with_persona(
    project: &Project,
    persona: PersonaId,
    name: &str,
    source: &mut IdSource,
    change: impl FnOnce(&Project, PersonaId) -> Transaction,
) -> Transaction {
    if project.personas().contains_key(&persona) {
        return change(project, persona);
    }
    let (made, persona) = command::add_persona(project, name, source);
    let mut with = project.clone();
    if apply_all(&mut with, &made).is_err() {
        return Transaction::default();
    }
    made.chain_with(change(&with, persona))
}

/// Selects the persona whose feeling is edited: the one in work, else the journey's first; if there is none,
/// a new id for one to be created.
pub(in crate::canvas) fn edited_persona(
    project: &Project,
    journey: &JourneyInfo,
    in_work: Option<PersonaId>,
    source: &IdSource,
) -> PersonaId {
    let all = project.personas_of(journey);
    let worked = all.iter().find(|persona| Some(persona.id) == in_work);
    let found = worked.or(all.first()).map(|persona| persona.id);
    found.unwrap_or_else(|| PersonaId::new(&mut source.clone()))
}
