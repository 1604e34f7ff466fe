//! Adds touchpoints, moves them, and reorders siblings of any kind.

use super::draft::TransactionBuilder;
use super::heal::{heal_flows, is_on_path, lead_to, share_flows};
use crate::edit::op::Transaction;
use crate::id::{Id, IdSource, JourneyId, LaneId, StageId, StepId, TouchpointId};
use crate::model::{
    Journey, Project, Record, Step, Touchpoint, home_journey, records_in_order, sort_records,
};
use crate::order::OrderKey;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The place of a new touchpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// A new column at the end of a stage; the flow is extended to it.
    EndOf(StageId),
    /// A new column right after the card's; the flow goes through it.
    After(TouchpointId),
    /// The card's own column, as an alternative with the same flows.
    Beside(TouchpointId),
    /// A place on the map; the flow that crosses it is led through it.
    At(CardPlace),
    /// A place on the map, without flows: its neighbours in the flow are unknown.
    Apart(CardPlace),
}

/// A place on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardPlace {
    /// The stage that contains the column.
    pub stage: StageId,
    /// An existing column of the stage.
    pub step: Option<StepId>,
    /// With no `step`: the column before which a new one is added; `None` means at the end of the stage.
    pub before: Option<StepId>,
    /// The lane; `None` means the first touchpoint lane.
    pub lane: Option<LaneId>,
    /// With a `step`: the card above which it goes; `None` means below all others.
    pub above: Option<TouchpointId>,
}

impl CardPlace {
    /// A new column at the end of a stage.
    pub fn end_of(stage: StageId, lane: Option<LaneId>) -> Self {
        Self { stage, step: None, before: None, lane, above: None }
    }
}

/// Adds a touchpoint; `None` if the place no longer exists.
pub fn add_touchpoint(
    project: &Project,
    place: Slot,
    title: &str,
    source: &mut IdSource,
) -> Option<(Transaction, TouchpointId)> {
    let mut draft = TransactionBuilder::new(project, source);
    let (goal, last) = match place {
        Slot::At(given) | Slot::Apart(given) => (given, None),
        Slot::EndOf(stage) => (CardPlace::end_of(stage, None), last_before_end_of(project, stage)),
        Slot::After(card) | Slot::Beside(card) => (spot_at(project, card, place)?, Some(card)),
    };
    let before = project.journey_of(goal.stage.into())?;
    let journey = before.info().id;
    let step = step_at(&mut draft, journey, goal);
    let id = TouchpointId::new(draft.source);
    let key = card_key(&mut draft, journey, step, goal);
    let mut card = Touchpoint::new(id, journey, step, key);
    title.clone_into(&mut card.title);
    card.lane = goal.lane;
    card.channels.extend(lane_channel(project, goal.lane));
    draft.insert(card);
    match (place, last) {
        (Slot::Apart(_), _) => {}
        (Slot::Beside(_), Some(card)) => share_flows(&mut draft, before, &[(card.into(), id.into())].into()),
        (_, Some(card)) => lead_to(&mut draft, before, card.into(), id.into()),
        (_, None) => heal_flows(&mut draft, before, &BTreeSet::from([Id::from(id)]).into()),
    }
    Some((draft.finish(), id))
}

fn spot_at(project: &Project, card: TouchpointId, slot: Slot) -> Option<CardPlace> {
    let journey = project.journey_of(card.into())?;
    let card = journey.touchpoints().get(&card)?;
    let step = journey.steps().get(&card.step)?;
    let stage = step.stage;
    let lane = card.lane;
    if matches!(slot, Slot::Beside(_)) {
        return Some(CardPlace { stage, step: Some(step.id), before: None, lane, above: None });
    }
    let steps = journey.steps_of(stage);
    let next = steps.iter().skip_while(|s| s.id != step.id).nth(1).map(|step| step.id);
    Some(CardPlace { stage, step: None, before: next, lane, above: None })
}

/// Returns the card that a new one at the stage's end follows: the last of it or of the nearest before it.
fn last_before_end_of(project: &Project, stage: StageId) -> Option<TouchpointId> {
    let journey = project.journey_of(stage.into())?;
    let stages = journey.stages_in_order();
    let place = stages.iter().position(|s| s.id == stage)?;
    stages[..=place].iter().rev().find_map(|stage| {
        let steps = journey.steps_of(stage.id);
        steps.iter().rev().find_map(|step| {
            let mut cards = cards_of(journey, step.id);
            cards.retain(|card| is_on_path(journey, card));
            cards.first().map(|card| card.id)
        })
    })
}

/// Returns the step of a spot, and adds it if it is a new column.
fn step_at(draft: &mut TransactionBuilder<'_>, journey: JourneyId, spot: CardPlace) -> StepId {
    if let Some(step) = spot.step {
        return step;
    }
    let key = step_key(draft, journey, spot);
    let id = StepId::new(draft.source);
    draft.insert(Step::new(id, journey, spot.stage, key));
    id
}

fn step_key(draft: &mut TransactionBuilder<'_>, journey: JourneyId, spot: CardPlace) -> OrderKey {
    let journey = draft.project().journey(journey).cloned();
    let steps = journey.as_ref().map(|journey| journey.steps_of(spot.stage)).unwrap_or_default();
    let place =
        spot.before.and_then(|before| steps.iter().position(|s| s.id == before)).unwrap_or(steps.len());
    let low = place.checked_sub(1).map(|i| steps[i].key.clone());
    let high = steps.get(place).map(|step| step.key.clone());
    OrderKey::new_between(low.as_ref(), high.as_ref(), draft.source)
}

/// Returns a key for a card in a column: above the named card, or below all.
fn card_key(
    draft: &mut TransactionBuilder<'_>,
    journey: JourneyId,
    step: StepId,
    spot: CardPlace,
) -> OrderKey {
    let journey = draft.project().journey(journey).cloned();
    let cards = journey.as_ref().map(|journey| cards_of(journey, step)).unwrap_or_default();
    let place =
        spot.above.and_then(|above| cards.iter().position(|card| card.id == above)).unwrap_or(cards.len());
    let low = place.checked_sub(1).map(|i| cards[i].key.clone());
    let high = cards.get(place).map(|card| card.key.clone());
    OrderKey::new_between(low.as_ref(), high.as_ref(), draft.source)
}

pub(super) fn cards_of(journey: &Journey, step: StepId) -> Vec<&Arc<Touchpoint>> {
    sort_records(journey.touchpoints().values().filter(|card| card.step == step))
}

fn lane_channel(project: &Project, lane: Option<LaneId>) -> Option<crate::id::ChannelId> {
    project.journeys().values().find_map(|journey| journey.lanes().get(&lane?))?.channel
}

/// Moves touchpoints to a spot, one column for each original one, and removes columns left empty.
pub fn move_touchpoints(
    project: &Project,
    ids: &[TouchpointId],
    spot: CardPlace,
    source: &mut IdSource,
) -> Transaction {
    let mut draft = TransactionBuilder::new(project, source);
    let Some(journey) = project.journey_of(spot.stage.into()).cloned() else { return draft.finish() };
    let moved: BTreeSet<TouchpointId> =
        ids.iter().copied().filter(|id| journey.touchpoints().contains_key(id)).collect();
    let lane = ids.first().and_then(|id| journey.touchpoints().get(id)).map(|card| card.lane);
    let mut target = spot;
    for step in steps_of_cards(&journey, &moved) {
        let cards: Vec<TouchpointId> =
            cards_of(&journey, step).iter().map(|c| c.id).filter(|id| moved.contains(id)).collect();
        let to = column_for(&mut draft, &journey, step, &cards, target);
        for id in cards {
            put_card(
                &mut draft,
                &journey,
                id,
                to,
                target,
                lane == journey.touchpoints().get(&id).map(|c| c.lane),
            );
        }
        target =
            CardPlace { step: None, before: next_step(&draft, journey.info().id, to), above: None, ..target };
    }
    clear_columns(&mut draft, &journey);
    let moved: BTreeSet<Id> = moved.into_iter().map(Id::from).collect();
    heal_flows(&mut draft, &journey, &moved.into());
    draft.finish()
}

/// Returns the columns that hold the cards, from left to right.
fn steps_of_cards(journey: &Journey, cards: &BTreeSet<TouchpointId>) -> Vec<StepId> {
    let held: BTreeSet<StepId> =
        cards.iter().filter_map(|id| journey.touchpoints().get(id)).map(|card| card.step).collect();
    let stages = journey.stages_in_order();
    let steps = stages.iter().flat_map(|stage| journey.steps_of(stage.id));
    steps.map(|step| step.id).filter(|id| held.contains(id)).collect()
}

/// Returns the column for cards that leave `step`; a column that moves as a whole is kept with its texts.
fn column_for(
    draft: &mut TransactionBuilder<'_>,
    journey: &Journey,
    step: StepId,
    cards: &[TouchpointId],
    spot: CardPlace,
) -> StepId {
    if spot.step.is_some() || cards.len() != cards_of(journey, step).len() {
        return step_at(draft, journey.info().id, spot);
    }
    let at_home = spot.before == Some(step) || spot.before == next_step(draft, journey.info().id, step);
    if journey.steps().get(&step).is_some_and(|s| s.stage == spot.stage) && at_home {
        return step;
    }
    let key = step_key(draft, journey.info().id, spot);
    draft.change_record::<Step>(step, |step| {
        step.stage = spot.stage;
        step.key = key;
    });
    step
}

fn next_step(draft: &TransactionBuilder<'_>, journey: JourneyId, step: StepId) -> Option<StepId> {
    let journey = draft.project().journey(journey)?;
    let stage = journey.steps().get(&step)?.stage;
    journey.steps_of(stage).iter().skip_while(|s| s.id != step).nth(1).map(|step| step.id)
}

fn put_card(
    draft: &mut TransactionBuilder<'_>,
    journey: &Journey,
    id: TouchpointId,
    to: StepId,
    spot: CardPlace,
    relane: bool,
) {
    let Some(card) = journey.touchpoints().get(&id) else { return };
    let stays = card.step == to && (!relane || card.lane == spot.lane);
    let below = |above: TouchpointId| {
        let cards = cards_of(journey, to);
        cards.iter().skip_while(|c| c.id != id).nth(1).is_none_or(|next| next.id != above)
    };
    let rekey = !stays || spot.above.is_some_and(|above| above != id && below(above));
    let key = rekey.then(|| card_key(draft, journey.info().id, to, spot));
    let channel = if relane { lane_channel(draft.project(), spot.lane) } else { None };
    draft.change_record::<Touchpoint>(id, |card| {
        card.step = to;
        card.key = key.unwrap_or_else(|| card.key.clone());
        if relane {
            card.lane = spot.lane;
        }
        if let Some(channel) = channel {
            card.channels.retain(|c| *c != channel);
            card.channels.insert(0, channel);
        }
    });
}

/// Removes columns that lost their last card and hold nothing else.
pub(super) fn clear_columns(draft: &mut TransactionBuilder<'_>, before: &Journey) {
    let Some(after) = draft.project().journey(before.info().id).cloned() else { return };
    let had: BTreeSet<StepId> = before.touchpoints().values().map(|card| card.step).collect();
    let has: BTreeSet<StepId> = after.touchpoints().values().map(|card| card.step).collect();
    for step in had.difference(&has) {
        let id = Id::from(*step);
        let used = after.cells().values().any(|cell| cell.at == id)
            || after.pictures().values().any(|picture| picture.at == id)
            || !after.spoken_of_by(id).is_empty();
        if !used {
            draft.remove(id);
        }
    }
}

/// Moves a record before one of its siblings, or after the last of them.
pub fn reorder_record(project: &Project, id: Id, before: Option<Id>, source: &mut IdSource) -> Transaction {
    let mut draft = TransactionBuilder::new(project, source);
    let siblings = ordered_siblings(project, id);
    let place =
        before.and_then(|before| siblings.iter().position(|(_, s)| *s == before)).unwrap_or(siblings.len());
    let own = siblings.iter().position(|(_, s)| *s == id);
    if before == Some(id) || own.is_none() || own.is_some_and(|own| own == place || own + 1 == place) {
        return draft.finish();
    }
    let low = place.checked_sub(1).map(|i| &siblings[i].0);
    let key = OrderKey::new_between(low, siblings.get(place).map(|s| &s.0), draft.source);
    draft.set_key(id, &key);
    if let Some(journey) = project.journey_of(id) {
        heal_flows(&mut draft, journey, &with_cards(journey, id).into());
    }
    draft.finish()
}

/// Returns the ids of a stage with its cards, or of a single element.
fn with_cards(journey: &Journey, id: Id) -> BTreeSet<Id> {
    let is_inside = |card: &&Arc<Touchpoint>| {
        journey
            .steps()
            .get(&card.step)
            .is_some_and(|step| Id::from(step.stage) == id || Id::from(step.id) == id)
    };
    let cards = journey.touchpoints().values().filter(is_inside);
    cards.map(|card| Id::from(card.id)).chain([id]).collect()
}

pub(super) fn ordered_siblings(project: &Project, id: Id) -> Vec<(OrderKey, Id)> {
    let Some(record) = project.record(id) else { return Vec::new() };
    let parent = |record: &Record| (home_journey(record), record.get(Step::STAGE));
    let mut siblings: Vec<(OrderKey, Id)> = project
        .records()
        .filter(|other| other.id().kind() == id.kind() && parent(other) == parent(&record))
        .filter_map(|other| Some((other.order_key()?, other.id())))
        .collect();
    siblings.sort_unstable();
    siblings
}

/// Returns the first touchpoint of a stage, where Down leads from its name.
pub fn first_touchpoint(journey: &Journey, stage: StageId) -> Option<TouchpointId> {
    let lanes = records_in_order(journey.lanes());
    let row = |card: &Touchpoint| card.lane.and_then(|id| lanes.iter().position(|lane| lane.id == id));
    journey.steps_of(stage).iter().find_map(|step| {
        let cards = cards_of(journey, step.id);
        cards.into_iter().min_by_key(|card| row(card)).map(|card| card.id)
    })
}
