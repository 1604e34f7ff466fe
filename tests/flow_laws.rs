//! The laws of flows: whatever is moved, deleted, put in or copied, a plain chain stays one, and what a person labelled
//! stays as it is.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that finds its data otherwise than expected fails"
)]

mod common;

use common::{below, pick};
use desireline::edit::command::{
    Slot, Spot, Toward, add_stage, add_touchpoint, connect, delete, duplicate, move_touchpoints, new_project,
    nudge, reorder, set_field,
};
use desireline::edit::{History, Transaction, apply_all};
use desireline::id::{FlowId, Id, Source, StageId, TouchpointId};
use desireline::model::check::{Severity, problems};
use desireline::model::value::Value;
use desireline::model::{Flow, Journey, Project};
use desireline::store::load::to_bytes;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A journey of three stages whose cards were put in one after another, some as alternatives.
fn plain_chain(source: &mut Source) -> Project {
    let mut project = new_project("Trip", source);
    let journey = project.journeys_in_order()[0].info().id;
    for stage in ["Plan", "Fly", "Rest"] {
        let (added, stage) = add_stage(&project, journey, None, stage, source);
        apply_all(&mut project, &added).expect("a stage");
        for _ in 0..below(source, 4) {
            let slot = match pick(source, &cards(&project)) {
                Some(card) if below(source, 4) == 0 => Slot::Beside(*card),
                _ => Slot::EndOf(stage),
            };
            let (added, _) = add_touchpoint(&project, slot, "Card", source).expect("a place");
            apply_all(&mut project, &added).expect("a card");
        }
    }
    project
}

fn journey(project: &Project) -> &Journey {
    project.journeys_in_order()[0]
}

fn cards(project: &Project) -> Vec<TouchpointId> {
    journey(project).touchpoints().keys().copied().collect()
}

fn stages(project: &Project) -> Vec<StageId> {
    journey(project).stages().keys().copied().collect()
}

/// The cards by column in reading order; the test's own reading, apart from that of the commands.
fn columns(journey: &Journey) -> Vec<BTreeSet<Id>> {
    let stages = journey.stages_in_order().into_iter();
    let steps = stages.flat_map(|stage| journey.steps_of(stage.id));
    let cards = |step| {
        let cards = journey.touchpoints().values().filter(move |card| card.step == step);
        cards.map(|card| Id::from(card.id)).collect::<BTreeSet<Id>>()
    };
    steps.map(|step| cards(step.id)).filter(|column| !column.is_empty()).collect()
}

/// What a chain through all cards consists of: each alternative is reached from the step before, and leads to the next.
fn whole_chain(journey: &Journey) -> BTreeSet<(Id, Id)> {
    let columns = columns(journey);
    let pairs = columns.windows(2).flat_map(|pair| {
        pair[0].iter().flat_map(|from| pair[1].iter().map(|to| (*from, *to))).collect::<Vec<_>>()
    });
    pairs.collect()
}

fn ends(flow: &Flow) -> (Id, Id) {
    (flow.from, flow.to)
}

/// A spot anywhere on the map: a new column, or among the cards of one.
fn random_spot(project: &Project, source: &mut Source) -> Spot {
    let stage = *pick(source, &stages(project)).expect("a stage");
    let steps: Vec<_> = journey(project).steps_of(stage).iter().map(|step| step.id).collect();
    match pick(source, &steps).copied() {
        Some(step) if below(source, 2) == 0 => {
            Spot { stage, step: Some(step), before: None, lane: None, above: None }
        }
        before => Spot { stage, step: None, before, lane: None, above: None },
    }
}

/// One or a few cards.
fn some_cards(project: &Project, source: &mut Source) -> Vec<TouchpointId> {
    let all = cards(project);
    let count = 1 + below(source, 3);
    let picked: BTreeSet<TouchpointId> = (0..count).filter_map(|_| pick(source, &all).copied()).collect();
    picked.into_iter().collect()
}

/// A move, deletion, insertion or copy.
fn random_step(project: &Project, source: &mut Source) -> Transaction {
    let chosen = some_cards(project, source);
    let ids: Vec<Id> = chosen.iter().map(|card| Id::from(*card)).collect();
    let stage = *pick(source, &stages(project)).expect("a stage");
    let toward = *pick(source, &[Toward::Left, Toward::Right, Toward::Up, Toward::Down]).expect("one");
    let spot = random_spot(project, source);
    let few = ids.len() < 30;
    let position = match (below(source, 4), chosen.first()) {
        (0, Some(card)) => Slot::After(*card),
        (1, Some(card)) => Slot::Beside(*card),
        (2, _) => Slot::EndOf(stage),
        _ => Slot::At(spot),
    };
    match below(source, 9) {
        0 | 1 => move_touchpoints(project, &chosen, spot, source),
        2 => nudge(project, &ids, toward, source),
        3 => nudge(project, &[stage.into()], toward, source),
        4 => reorder(project, stage.into(), pick(source, &stages(project)).map(|id| Id::from(*id)), source),
        5 => delete(project, &ids, source),
        6 if below(source, 4) == 0 && stages(project).len() > 1 => delete(project, &[stage.into()], source),
        6 if few => duplicate(project, &ids, source).0,
        7 if below(source, 4) == 0 && stages(project).len() < 5 => {
            duplicate(project, &[stage.into()], source).0
        }
        _ => add_touchpoint(project, position, "New", source).expect("a place").0,
    }
}

/// The cards by column, and the flows, for what a law that is broken tells.
fn told(project: &Project) -> String {
    let name = |id: Id| id.to_string()[10..].to_owned();
    let columns = columns(journey(project));
    let columns: Vec<_> = columns
        .iter()
        .map(|column| column.iter().map(|id| name(*id)).collect::<Vec<_>>().join("+"))
        .collect();
    let flows = journey(project).flows().values();
    let flows = flows.map(|flow| format!("{}>{}{}", name(flow.from), name(flow.to), flow.condition));
    format!("{} with {}", columns.join(" "), flows.collect::<Vec<_>>().join(" "))
}

fn take_step(project: &mut Project, source: &mut Source) {
    let step = random_step(project, source);
    apply_all(project, &step).expect("it applies");
}

fn errors(project: &Project) -> Vec<String> {
    let found = problems(project).into_iter().filter(|problem| problem.severity == Severity::Error);
    found.map(|problem| format!("{problem:?}")).collect()
}

/// A flow that leads to a later column.
struct Ends {
    from: Id,
    to: Id,
    plain: bool,
}

fn forward(project: &Project) -> Vec<Ends> {
    let columns = columns(journey(project));
    let place = |id: Id| columns.iter().position(|column| column.contains(&id));
    let flows = journey(project).flows().values().filter(|flow| place(flow.from) < place(flow.to));
    flows.map(|flow| Ends { from: flow.from, to: flow.to, plain: flow.condition.is_empty() }).collect()
}

/// Labels a flow that is there, or draws one with a label; the label is its own.
fn draw_labelled(project: &mut Project, source: &mut Source, number: usize) {
    let all = cards(project);
    let (Some(from), Some(to)) = (pick(source, &all).copied(), pick(source, &all).copied()) else { return };
    if from == to {
        return;
    }
    let known = journey(project).flows_from(from.into()).into_iter().find(|flow| flow.to == Id::from(to));
    let flow = if let Some(flow) = known {
        flow.id
    } else {
        let (drawn, flow) = connect(project, from.into(), to.into(), source).expect("it is new");
        apply_all(project, &drawn).expect("a flow");
        flow
    };
    let label = Value::Text(format!("label {number}"));
    apply_all(project, &set_field(project, &[flow.into()], "condition", &label)).expect("a label");
}

/// The labelled flows with their ends.
fn labelled(project: &Project) -> BTreeMap<FlowId, (String, Id, Id)> {
    let flows = journey(project).flows().values().filter(|flow| !flow.condition.is_empty());
    flows.map(|flow| (flow.id, (flow.condition.clone(), flow.from, flow.to))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_plain_chain_stays_one_through_all_cards_in_reading_order(seed: u64) {
        let mut source = Source::seeded(seed);
        let mut project = plain_chain(&mut source);
        for step in 0..20 {
            let before = told(&project);
            take_step(&mut project, &mut source);
            let flows = journey(&project).flows();
            let found: BTreeSet<(Id, Id)> = flows.values().map(|flow| ends(flow)).collect();
            prop_assert_eq!(found.len(), flows.len(), "no flow stands twice");
            let whole = whole_chain(journey(&project));
            prop_assert_eq!(&found, &whole, "step {}: {} to {}", step, before, told(&project));
        }
    }

    #[test]
    fn labelled_flows_keep_their_ends_unless_an_end_goes(seed: u64) {
        let mut source = Source::seeded(seed);
        let mut project = plain_chain(&mut source);
        (0..3).for_each(|number| draw_labelled(&mut project, &mut source, number));
        for _ in 0..15 {
            let before = labelled(&project);
            take_step(&mut project, &mut source);
            let after = labelled(&project);
            for (flow, drawn) in before {
                let stays = [drawn.1, drawn.2].iter().all(|end| project.record(*end).is_some());
                prop_assert_eq!(after.get(&flow), stays.then_some(&drawn));
            }
            prop_assert_eq!(errors(&project), Vec::<String>::new());
        }
    }

    /// Where some flows of a chain are labelled: what a plain flow led to or left, and what is new, is reached and leads
    /// on after a step.
    #[test]
    fn nothing_is_left_hanging(seed: u64) {
        let mut source = Source::seeded(seed);
        let mut project = plain_chain(&mut source);
        (0..2).for_each(|number| draw_labelled(&mut project, &mut source, number));
        let (before, known, was) = (told(&project), cards(&project), forward(&project));
        take_step(&mut project, &mut source);
        let (after, is) = (told(&project), forward(&project));
        let found = columns(journey(&project));
        for (at, card) in found.iter().enumerate().flat_map(|(at, column)| column.iter().map(move |id| (at, *id))) {
            let is_new = !known.contains(&card.to().expect("a card"));
            if is_new || was.iter().any(|flow| flow.plain && flow.to == card) {
                let is_reached = is.iter().any(|flow| flow.to == card);
                prop_assert!(is_reached || at == 0, "{at} is not reached: {before} to {after}");
            }
            if is_new || was.iter().any(|flow| flow.plain && flow.from == card) {
                let leads = is.iter().any(|flow| flow.from == card);
                // Behind the last step there may be some that are only reached on a condition.
                let is_aside = |id: &Id| !is.iter().any(|flow| flow.plain && flow.to == *id);
                let is_end = found[at + 1..].iter().flatten().all(is_aside);
                prop_assert!(leads || is_end, "{at} leads nowhere: {before} to {after}");
            }
        }
    }

    #[test]
    fn each_gesture_is_one_step_that_undo_takes_back_to_the_byte(seed: u64) {
        let mut source = Source::seeded(seed);
        let mut project = plain_chain(&mut source);
        draw_labelled(&mut project, &mut source, 0);
        let (mut history, mut states) = (History::default(), vec![to_bytes(&project)]);
        for _ in 0..10 {
            let step = random_step(&project, &mut source);
            if !step.is_empty() {
                history.commit(&mut project, step).expect("it applies");
                states.push(to_bytes(&project));
            }
        }
        for state in states.iter().rev().skip(1) {
            prop_assert!(history.undo(&mut project).expect("undo").is_some());
            prop_assert!(to_bytes(&project) == *state);
        }
        prop_assert!(!history.can_undo());
    }
}
