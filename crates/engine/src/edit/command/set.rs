//! Sets fields of records.

use super::draft::TransactionBuilder;
use crate::edit::op::{Op, Transaction};
use crate::id::{Id, Kind, PersonaId, TouchpointId};
use crate::model::choice::MomentKind;
use crate::model::range::clamp_feeling;
use crate::model::value::FieldValue;
use crate::model::{Field, Project, Touchpoint, title_field};

/// Sets a field of several records to one value; skips records of other kinds.
pub fn set_field(project: &Project, ids: &[Id], field: impl Into<Field>, value: &FieldValue) -> Transaction {
    let field = field.into();
    let fits = |id: &Id| {
        let record = project.record(*id)?;
        record.with_field(field, value)?;
        Op::set_field(&record, field, value.clone())
    };
    Transaction::new(ids.iter().filter_map(fits).collect())
}

/// True if elements of a kind have a title that can't be emptied. A flow may have no condition, an empty lane
/// is named after its kind, and an empty cell does not exist.
pub fn needs_title(kind: Kind) -> bool {
    title_field(kind).is_some() && !matches!(kind, Kind::Flow | Kind::Lane | Kind::Cell)
}

/// Sets a record's [`title_field`].
pub fn rename_record(project: &Project, id: Id, name: &str) -> Transaction {
    let field = title_field(id.kind());
    field
        .map(|field| set_field(project, &[id], field, &FieldValue::Text(name.to_owned())))
        .unwrap_or_default()
}

/// Makes the touchpoints moments of truth (second: using), or ordinary again if all are moments.
pub fn toggle_moment(project: &Project, ids: &[Id], source: &mut crate::id::IdSource) -> Transaction {
    let mut draft = TransactionBuilder::new(project, source);
    let touchpoints: Vec<_> = ids.iter().filter_map(|id| draft.get::<Touchpoint>(*id)).collect();
    let all = touchpoints.iter().all(|touchpoint| touchpoint.moment.is_some());
    for touchpoint in touchpoints {
        draft.change_record::<Touchpoint>(touchpoint.id, |t| {
            t.moment = if all { None } else { t.moment.or(Some(MomentKind::Second)) };
        });
    }
    draft.finish()
}

/// Sets or clears a persona's feeling at a touchpoint, clamped to -2 to 2 and rounded to hundredths.
pub fn set_feeling(
    project: &Project,
    id: TouchpointId,
    persona: PersonaId,
    feeling: Option<f64>,
) -> Transaction {
    let Some(touchpoint) = project.journeys().values().find_map(|j| j.touchpoints().get(&id)) else {
        return Transaction::default();
    };
    let mut feelings = touchpoint.feelings.clone();
    match feeling.filter(|feeling| feeling.is_finite()) {
        Some(feeling) => feelings.insert(persona, (clamp_feeling(feeling) * 100.0).round() / 100.0),
        None => feelings.remove(&persona),
    };
    let value = crate::model::value::Atom::to_value(&feelings);
    set_field(project, &[id.into()], Touchpoint::FEELINGS, &value)
}

/// Changes a persona's feeling at touchpoints by an amount, from 0 if unset; `None` clears it.
pub fn step_feelings(
    project: &Project,
    ids: &[TouchpointId],
    persona: PersonaId,
    by: Option<f64>,
) -> Transaction {
    let feeling = |id: &TouchpointId| {
        let touchpoint = project.journeys().values().find_map(|j| j.touchpoints().get(id))?;
        Some(touchpoint.feelings.get(&persona).copied().unwrap_or(0.0))
    };
    ids.iter().fold(Transaction::default(), |all, id| {
        let to = by.and_then(|by| Some(feeling(id)? + by));
        all.chain_with(set_feeling(project, *id, persona, to))
    })
}
