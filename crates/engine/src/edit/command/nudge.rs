//! Moves the selection by one place, as arrow keys do: cards over columns and stages, others among siblings.

use super::place::{CardPlace, cards_of, move_touchpoints, ordered_siblings, reorder_record};
use crate::edit::op::Transaction;
use crate::id::{Id, IdSource, Kind, LaneId, TouchpointId};
use crate::model::{Journey, Project};

/// A direction on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// Earlier.
    Left,
    /// Later.
    Right,
    /// Higher.
    Up,
    /// Lower.
    Down,
}

/// Moves touchpoints together, or else the first element, by one place, if there is a place left.
pub fn nudge_elements(project: &Project, ids: &[Id], toward: Toward, source: &mut IdSource) -> Transaction {
    let cards: Vec<TouchpointId> = ids.iter().filter_map(|id| id.to_typed()).collect();
    match (cards.first(), ids.first()) {
        (Some(_), _) => nudge_cards(project, &cards, toward, source).unwrap_or_default(),
        (None, Some(id)) => nudge_sibling(project, *id, toward, source),
        (None, None) => Transaction::default(),
    }
}

/// Moves one element among its siblings: stages run from left to right, everything else from top to bottom.
fn nudge_sibling(project: &Project, id: Id, toward: Toward, source: &mut IdSource) -> Transaction {
    let back = match (id.kind() == Kind::Stage, toward) {
        (true, Toward::Left) | (false, Toward::Up) => true,
        (true, Toward::Right) | (false, Toward::Down) => false,
        _ => return Transaction::default(),
    };
    let siblings = ordered_siblings(project, id);
    let Some(own) = siblings.iter().position(|(_, other)| *other == id) else {
        return Transaction::default();
    };
    let place = if back { own.checked_sub(1) } else { (own + 1 < siblings.len()).then_some(own + 2) };
    let Some(place) = place else { return Transaction::default() };
    reorder_record(project, id, siblings.get(place).map(|(_, other)| *other), source)
}

fn nudge_cards(
    project: &Project,
    cards: &[TouchpointId],
    toward: Toward,
    source: &mut IdSource,
) -> Option<Transaction> {
    let journey = project.journey_of(cards.first().copied()?.into())?.clone();
    let first = first_card(&journey, cards)?;
    let lane = journey.touchpoints().get(&first)?.lane;
    match toward {
        Toward::Left | Toward::Right => {
            let spot = place_beside(&journey, cards, lane, toward)?;
            Some(move_touchpoints(project, cards, spot, source))
        }
        Toward::Up | Toward::Down => in_column(project, &journey, first, toward, source),
    }
}

/// Returns the leftmost of some cards.
fn first_card(journey: &Journey, cards: &[TouchpointId]) -> Option<TouchpointId> {
    let stages = journey.stages_in_order();
    let steps = stages.iter().flat_map(|stage| journey.steps_of(stage.id));
    steps.into_iter().find_map(|step| {
        cards_of(journey, step.id).into_iter().map(|card| card.id).find(|id| cards.contains(id))
    })
}

/// Returns the spot one column before the cards' first or behind their last, across stages at the ends.
fn place_beside(
    journey: &Journey,
    cards: &[TouchpointId],
    lane: Option<LaneId>,
    toward: Toward,
) -> Option<CardPlace> {
    let stages = journey.stages_in_order();
    let columns: Vec<_> = stages.iter().flat_map(|stage| journey.steps_of(stage.id)).collect();
    let holds = |step| cards_of(journey, step).into_iter().any(|card| cards.contains(&card.id));
    let whole = |step| cards_of(journey, step).into_iter().all(|card| cards.contains(&card.id));
    let spot = |stage, before| CardPlace { stage, step: None, before, lane, above: None };
    let left = toward == Toward::Left;
    let held = |step: &&std::sync::Arc<crate::model::Step>| holds(step.id);
    let edge = if left { columns.iter().copied().find(held) } else { columns.iter().copied().rfind(held) }?;
    let own = journey.steps_of(edge.stage);
    let place = own.iter().position(|step| step.id == edge.id)?;
    // A card that leaves a shared column moves right beside it, which counts as one place.
    let by = usize::from(whole(edge.id));
    if left {
        if let Some(place) = place.checked_sub(by) {
            return Some(spot(edge.stage, own.get(place).map(|step| step.id)));
        }
        let stage = stages.iter().position(|stage| stage.id == edge.stage)?.checked_sub(1)?;
        return Some(spot(stages.get(stage)?.id, None));
    }
    if place + by < own.len() {
        return Some(spot(edge.stage, own.get(place + by + 1).map(|step| step.id)));
    }
    let stage = stages.get(stages.iter().position(|stage| stage.id == edge.stage)? + 1)?.id;
    Some(spot(stage, journey.steps_of(stage).first().map(|step| step.id)))
}

/// Swaps a card with the one above or below it.
fn in_column(
    project: &Project,
    journey: &Journey,
    card: TouchpointId,
    toward: Toward,
    source: &mut IdSource,
) -> Option<Transaction> {
    let here = journey.touchpoints().get(&card)?;
    let stage = journey.steps().get(&here.step)?.stage;
    let column: Vec<_> =
        cards_of(journey, here.step).into_iter().filter(|other| other.lane == here.lane).collect();
    let place = column.iter().position(|other| other.id == card)?;
    let (moved, above) = match toward {
        Toward::Up => (card, column.get(place.checked_sub(1)?)?.id),
        _ => (column.get(place + 1)?.id, card),
    };
    let spot = CardPlace { stage, step: Some(here.step), before: None, lane: here.lane, above: Some(above) };
    Some(move_touchpoints(project, &[moved], spot, source))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply_all;
    use crate::edit::command::{Slot, add_stage, add_touchpoint, new_project};
    use crate::id::StageId;

    struct NudgeMap(Project, IdSource);

    impl NudgeMap {
        fn new() -> Self {
            let mut source = IdSource::from_seed(3);
            let mut project = new_project("Trip", &mut source);
            let journey = *project.journeys().keys().next().unwrap();
            for (stage, cards) in [("Plan", vec!["a", "b"]), ("Fly", vec!["c"])] {
                let (made, stage) = add_stage(&project, journey, None, stage, &mut source);
                apply_all(&mut project, &made).unwrap();
                for card in cards {
                    let made = add_touchpoint(&project, Slot::EndOf(stage), card, &mut source).unwrap().0;
                    apply_all(&mut project, &made).unwrap();
                }
            }
            Self(project, source)
        }

        fn id(&self, title: &str) -> Id {
            let journey = &self.0.journeys_in_order()[0];
            let card = journey.touchpoints().values().find(|card| card.title == title);
            let stage = || journey.stages().values().find(|stage| stage.title == title).unwrap().id;
            card.map_or_else(|| Id::from(stage()), |card| card.id.into())
        }

        fn nudge(&mut self, titles: &[&str], toward: Toward) -> &mut Self {
            let ids: Vec<Id> = titles.iter().map(|title| self.id(title)).collect();
            let made = nudge_elements(&self.0, &ids, toward, &mut self.1);
            apply_all(&mut self.0, &made).unwrap();
            self
        }

        /// Stages behind `|`, columns behind `-`, cards of one column together.
        fn told(&self) -> String {
            let journey = &self.0.journeys_in_order()[0];
            let column = |step| {
                cards_of(journey, step).into_iter().map(|card| card.title.as_str()).collect::<String>()
            };
            let stage = |stage: StageId| {
                let columns = journey.steps_of(stage).into_iter().map(|step| column(step.id));
                columns.collect::<Vec<_>>().join("-")
            };
            journey.stages_in_order().iter().map(|s| stage(s.id)).collect::<Vec<_>>().join("|")
        }
    }

    #[test]
    fn cards_walk_over_columns_and_stages_and_come_back() {
        let mut map = NudgeMap::new();
        assert_eq!(map.told(), "a-b|c");
        assert_eq!(map.nudge(&["b"], Toward::Left).told(), "b-a|c");
        assert_eq!(map.nudge(&["b"], Toward::Left).told(), "b-a|c", "there is no place left");
        assert_eq!(map.nudge(&["a"], Toward::Right).told(), "b|a-c");
        assert_eq!(map.nudge(&["a"], Toward::Right).told(), "b|c-a");
        assert_eq!(map.nudge(&["c", "a"], Toward::Left).told(), "b-c-a|");
        assert_eq!(map.nudge(&["b", "c"], Toward::Right).told(), "a-b-c|");
    }

    #[test]
    fn stages_and_cards_of_one_column_change_places() {
        let mut map = NudgeMap::new();
        assert_eq!(map.nudge(&["Fly"], Toward::Left).told(), "c|a-b");
        assert_eq!(map.nudge(&["Fly"], Toward::Down).told(), "c|a-b");
        let b = map.id("b").to_typed().unwrap();
        let made = add_touchpoint(&map.0, Slot::Beside(b), "d", &mut map.1).unwrap().0;
        apply_all(&mut map.0, &made).unwrap();
        assert_eq!(map.told(), "c|a-bd");
        assert_eq!(map.nudge(&["d"], Toward::Up).told(), "c|a-db");
        assert_eq!(map.nudge(&["d"], Toward::Down).told(), "c|a-bd");
        assert_eq!(map.nudge(&["d"], Toward::Left).told(), "c|a-d-b", "out of a shared column");
    }
}
