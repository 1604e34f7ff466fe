//! Tests laws of flows: after any move, deletion, insertion or copy a plain chain stays one, and flows that a
//! person labelled are kept.

use crate::common;

use common::{below, pick};
use engine::edit::command::{
    CardPlace, Slot, Toward, add_flow, add_stage, add_touchpoint, copy_elements, delete_records,
    duplicate_elements, move_touchpoints, new_project, nudge_elements, paste_clip, reorder_record, set_field,
};
use engine::edit::{History, Transaction, apply_all};
use engine::id::{FlowId, Id, IdSource, StageId, TouchpointId};
use engine::model::check::{Severity, find_problems};
use engine::model::value::FieldValue;
use engine::model::{Flow, Journey, Project};
use engine::store::load::to_bytes;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Returns a journey of three stages whose cards were added one after another, some as alternatives.
fn plain_chain(source: &mut IdSource) -> Project {
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

/// Returns the cards by column in reading order, computed independently of the commands.
fn columns(journey: &Journey) -> Vec<BTreeSet<Id>> {
    let stages = journey.stages_in_order().into_iter();
    let steps = stages.flat_map(|stage| journey.steps_of(stage.id));
    let cards = |step| {
        let cards = journey.touchpoints().values().filter(move |card| card.step == step);
        cards.map(|card| Id::from(card.id)).collect::<BTreeSet<Id>>()
    };
    steps.map(|step| cards(step.id)).filter(|column| !column.is_empty()).collect()
}

/// Returns the flows of a chain through all cards: each alternative is reached from the step before, and
/// leads to the next.
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

/// Returns a position anywhere on the map: a new column, or among the cards of one.
fn random_spot(project: &Project, source: &mut IdSource) -> CardPlace {
    let stage = *pick(source, &stages(project)).expect("a stage");
    let steps: Vec<_> = journey(project).steps_of(stage).iter().map(|step| step.id).collect();
    match pick(source, &steps).copied() {
        Some(step) if below(source, 2) == 0 => {
            CardPlace { stage, step: Some(step), before: None, lane: None, above: None }
        }
        before => CardPlace { stage, step: None, before, lane: None, above: None },
    }
}

/// Returns one or a few cards.
fn some_cards(project: &Project, source: &mut IdSource) -> Vec<TouchpointId> {
    let all = cards(project);
    let count = 1 + below(source, 3);
    let picked: BTreeSet<TouchpointId> = (0..count).filter_map(|_| pick(source, &all).copied()).collect();
    picked.into_iter().collect()
}

/// Does a move, deletion, insertion or copy.
fn random_step(project: &Project, source: &mut IdSource) -> Transaction {
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
        2 => nudge_elements(project, &ids, toward, source),
        3 => nudge_elements(project, &[stage.into()], toward, source),
        4 => reorder_record(
            project,
            stage.into(),
            pick(source, &stages(project)).map(|id| Id::from(*id)),
            source,
        ),
        5 => delete_records(project, &ids, source),
        6 if below(source, 4) == 0 && stages(project).len() > 1 => {
            delete_records(project, &[stage.into()], source)
        }
        6 if few => duplicate_elements(project, &ids, source).0,
        7 if below(source, 4) == 0 && stages(project).len() < 5 => {
            duplicate_elements(project, &[stage.into()], source).0
        }
        _ => add_touchpoint(project, position, "New", source).expect("a place").0,
    }
}

/// Formats the cards by column, and the flows, for the message of a broken law.
fn told(project: &Project) -> String {
    let name = |id: Id| id.to_string()[10..].to_owned();
    let columns = columns(journey(project));
    let columns: Vec<_> = columns
        .iter()
        .map(|column| column.iter().map(|id| name(*id)).collect::<Vec<_>>().join("+"))
        .collect();
    let flows = journey(project).flows().values();
    let assumed = |flow: &Flow| if flow.assumption { "?" } else { "" };
    let flows =
        flows.map(|flow| format!("{}>{}{}{}", name(flow.from), name(flow.to), flow.condition, assumed(flow)));
    format!("{} with {}", columns.join(" "), flows.collect::<Vec<_>>().join(" "))
}

fn take_step(project: &mut Project, source: &mut IdSource) {
    let step = random_step(project, source);
    apply_all(project, &step).expect("it applies");
}

fn errors(project: &Project) -> Vec<String> {
    let found = find_problems(project).into_iter().filter(|problem| problem.severity == Severity::Error);
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
    flows.map(|flow| Ends { from: flow.from, to: flow.to, plain: is_plain_flow(flow) }).collect()
}

fn is_plain_flow(flow: &Flow) -> bool {
    flow.condition.is_empty() && flow.share.is_none() && !flow.assumption
}

/// Labels an existing flow, or draws one with a label; the label is unique.
fn draw_labelled(project: &mut Project, source: &mut IdSource, number: usize) {
    let all = cards(project);
    let (Some(from), Some(to)) = (pick(source, &all).copied(), pick(source, &all).copied()) else { return };
    if from == to {
        return;
    }
    let known = journey(project).flows_from(from.into()).into_iter().find(|flow| flow.to == Id::from(to));
    let flow = if let Some(flow) = known {
        flow.id
    } else {
        let (drawn, flow) = add_flow(project, from.into(), to.into(), source).expect("it is new");
        apply_all(project, &drawn).expect("a flow");
        flow
    };
    let label = FieldValue::Text(format!("label {number}"));
    apply_all(project, &set_field(project, &[flow.into()], Flow::CONDITION, &label)).expect("a label");
}

/// Returns the labelled flows with their ends.
fn labelled(project: &Project) -> BTreeMap<FlowId, (String, Id, Id)> {
    let flows = journey(project).flows().values().filter(|flow| !flow.condition.is_empty());
    flows.map(|flow| (flow.id, (flow.condition.clone(), flow.from, flow.to))).collect()
}

/// Returns the number of maps that each law is tried on: `DESIRELINE_CASES`, or 96 by default.
fn cases() -> u32 {
    std::env::var("DESIRELINE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(96)
}

/// Does a step of any kind: copies are pasted too, and stages inserted.
fn any_step(project: &Project, source: &mut IdSource) -> Transaction {
    let id = journey(project).info().id;
    let at = pick(source, &cards(project)).map(|card| Id::from(*card));
    match below(source, 8) {
        0 if cards(project).len() < 30 => {
            let mut ids: Vec<Id> = some_cards(project, source).into_iter().map(Id::from).collect();
            if below(source, 4) == 0 && stages(project).len() < 5 {
                ids = pick(source, &stages(project)).map(|stage| Id::from(*stage)).into_iter().collect();
            }
            let clip = copy_elements(project, &ids);
            clip.map(|clip| paste_clip(project, &clip, id, at, source).0).unwrap_or_default()
        }
        1 if stages(project).len() < 5 => {
            let after = pick(source, &stages(project)).copied();
            add_stage(project, id, after, "New", source).0
        }
        _ => random_step(project, source),
    }
}

/// Draws a flow that is not plain, or makes one so: with a condition, a share, or as an assumption.
fn draw_any(project: &Project, source: &mut IdSource, number: usize) -> Transaction {
    let all = cards(project);
    let (Some(from), Some(to)) = (pick(source, &all).copied(), pick(source, &all).copied()) else {
        return Transaction::default();
    };
    if from == to {
        return Transaction::default();
    }
    let known = journey(project).flows_from(from.into()).into_iter().find(|flow| flow.to == Id::from(to));
    let (drawn, flow) = match known {
        Some(flow) => (Transaction::default(), flow.id),
        None => add_flow(project, from.into(), to.into(), source).expect("it is new"),
    };
    let mut with_flow = project.clone();
    apply_all(&mut with_flow, &drawn).expect("a flow");
    let (field, value) = match below(source, 4) {
        0 => (Flow::SHARE.field(), FieldValue::Number(0.2)),
        1 => (Flow::ASSUMPTION.field(), FieldValue::Flag(true)),
        _ => (Flow::CONDITION.field(), FieldValue::Text(format!("label {number}"))),
    };
    drawn.chain_with(set_field(&with_flow, &[flow.into()], field, &value))
}

/// Returns the flows that a person drew or labelled.
fn drawn_flows(project: &Project) -> Vec<std::sync::Arc<Flow>> {
    journey(project).flows().values().filter(|flow| !is_plain_flow(flow)).cloned().collect()
}

/// Returns, for each card, whether a flow reaches it, and whether one leaves it.
fn ways(project: &Project) -> BTreeMap<Id, (bool, bool)> {
    let flows = forward(project);
    let columns = columns(journey(project));
    let all = columns.iter().flatten();
    all.map(|id| (*id, (flows.iter().any(|flow| flow.to == *id), flows.iter().any(|flow| flow.from == *id))))
        .collect()
}

/// Returns the cards that are no exceptions: reached by more than labelled flows that leave where a plain one
/// leaves too.
fn main_cards(project: &Project) -> BTreeSet<Id> {
    let flows = forward(project);
    let is_way_on =
        |flow: &Ends| flow.plain || !flows.iter().any(|other| other.plain && other.from == flow.from);
    let mut main = BTreeSet::new();
    for card in columns(journey(project)).into_iter().flatten() {
        let mut ways = flows.iter().filter(|flow| flow.to == card).peekable();
        let is_start = ways.peek().is_none();
        if is_start && flows.iter().any(|flow| flow.from == card)
            || ways.any(|flow| is_way_on(flow) && main.contains(&flow.from))
        {
            main.insert(card);
        }
    }
    main
}

/// Returns the cards that lost a connection, and plain flows that are wrong.
fn hanging(project: &Project, was: &BTreeMap<Id, (bool, bool)>) -> Vec<String> {
    let name = |id: Id| id.to_string()[10..].to_owned();
    let is = ways(project);
    let flows = forward(project);
    let found = columns(journey(project));
    let main = main_cards(project);
    let mut faults = Vec::new();
    for (at, card) in found.iter().enumerate().flat_map(|(at, column)| column.iter().map(move |id| (at, *id)))
    {
        let now = is[&card];
        let (reached, leads) = was.get(&card).copied().unwrap_or((true, true));
        let before = found[..at].iter().flatten().any(|id| main.contains(id) && is[id].1);
        let behind = found[at + 1..].iter().flatten().any(|id| main.contains(id) && is[id].0);
        if reached && !now.0 && before {
            faults.push(format!("{} is not reached", name(card)));
        }
        if leads && !now.1 && behind {
            faults.push(format!("{} leads nowhere", name(card)));
        }
    }
    let place = |id: Id| found.iter().position(|column| column.contains(&id));
    for flow in journey(project).flows().values().filter(|flow| is_plain_flow(flow)) {
        if place(flow.from) >= place(flow.to) {
            faults.push(format!("{}>{} became a loop", name(flow.from), name(flow.to)));
        }
        let mut open: Vec<Id> = flows
            .iter()
            .filter(|f| f.plain && f.from == flow.from && f.to != flow.to)
            .map(|f| f.to)
            .collect();
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            if id == flow.to {
                faults.push(format!("{}>{} stands beside another way", name(flow.from), name(flow.to)));
                break;
            }
            if seen.insert(id) {
                open.extend(flows.iter().filter(|f| f.plain && f.from == id).map(|f| f.to));
            }
        }
    }
    faults
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases()) })]

    #[test]
    fn a_plain_chain_stays_one_through_all_cards_in_reading_order(seed: u64) {
        let mut source = IdSource::from_seed(seed);
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
        let mut source = IdSource::from_seed(seed);
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

    /// After many steps of any kind, with flows drawn and labelled in between: connected cards stay
    /// connected, plain flows neither lead back nor duplicate another way, and a flow that a person drew is
    /// deleted only with its card.
    #[test]
    fn nothing_is_left_hanging(seed: u64) {
        let mut source = IdSource::from_seed(seed);
        let mut project = plain_chain(&mut source);
        let mut history = History::default();
        for number in 0..20 {
            let before = told(&project);
            let was = ways(&project);
            let drawn = drawn_flows(&project);
            match below(&mut source, 9) {
                0 => {
                    let drawn = draw_any(&project, &mut source, number);
                    history.commit_step(&mut project, drawn).expect("it applies");
                }
                1 => {
                    history.undo(&mut project).expect("it is taken back");
                }
                _ => {
                    let step = any_step(&project, &mut source);
                    history.commit_step(&mut project, step).expect("it applies");
                    prop_assert_eq!(hanging(&project, &was), Vec::<String>::new(), "step {}: {} to {}", number, before, told(&project));
                    for flow in drawn {
                        let stays = [flow.from, flow.to].iter().all(|end| project.record(*end).is_some());
                        let now = journey(&project).flows().get(&flow.id);
                        prop_assert_eq!(now, stays.then_some(&flow), "step {}: {} to {}", number, before, told(&project));
                    }
                }
            }
            prop_assert_eq!(errors(&project), Vec::<String>::new());
        }
    }

    #[test]
    fn each_gesture_is_one_step_that_undo_takes_back_to_the_byte(seed: u64) {
        let mut source = IdSource::from_seed(seed);
        let mut project = plain_chain(&mut source);
        draw_labelled(&mut project, &mut source, 0);
        let mut history = History::default();
        let mut states = vec![to_bytes(&project)];
        for _ in 0..10 {
            let step = random_step(&project, &mut source);
            if !step.is_empty() {
                history.commit_step(&mut project, step).expect("it applies");
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
