//! A journey as writers traverse it: stage by stage, step by step, card by card, in an order that a reader
//! restores.

use crate::i18n::{Lang, Msg};
use crate::id::{Id, StageId, StepId};
use crate::model::choice::LaneKind;
use crate::model::{Insight, Journey, Project, Stage, Step, Touchpoint, sort_records};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A stage with its steps.
pub(super) struct OutlineStage<'a> {
    pub(super) stage: &'a Stage,
    pub(super) steps: Vec<OutlineStep<'a>>,
}

/// A step with its cards.
pub(super) struct OutlineStep<'a> {
    pub(super) step: &'a Step,
    pub(super) cards: Vec<&'a Touchpoint>,
}

/// Returns the stages in order. The customer's own cards come before the company's, then by their order.
pub(super) fn collect_stages(journey: &Journey) -> Vec<OutlineStage<'_>> {
    let mut cards: BTreeMap<StepId, Vec<&Touchpoint>> = BTreeMap::new();
    for card in sort_records(journey.touchpoints().values()) {
        cards.entry(card.step).or_default().push(card);
    }
    let mut steps: BTreeMap<StageId, Vec<OutlineStep<'_>>> = BTreeMap::new();
    for step in sort_records(journey.steps().values()) {
        let mut cards = cards.remove(&step.id).unwrap_or_default();
        cards.sort_by_key(|card| lane_depth(lane_kind(journey, card)));
        steps.entry(step.stage).or_default().push(OutlineStep { step, cards });
    }
    let part = |stage: &'_ Arc<Stage>| (stage.id, steps.remove(&stage.id).unwrap_or_default());
    let found: Vec<_> = journey.stages_in_order().into_iter().map(part).collect();
    let stage = |(id, steps)| Some(OutlineStage { stage: journey.stages().get(&id)?, steps });
    found.into_iter().filter_map(stage).collect()
}

/// Returns the kind of lane that a card is in.
fn lane_kind(journey: &Journey, card: &Touchpoint) -> LaneKind {
    let lane = card.lane.and_then(|lane| journey.lanes().get(&lane));
    lane.map_or(LaneKind::Touchpoints, |lane| lane.kind)
}

/// Returns the distance of a lane from the customer: 0 for the customer's own, 3 for support.
pub(super) fn lane_depth(kind: LaneKind) -> u8 {
    match kind {
        LaneKind::FrontStage => 1,
        LaneKind::BackStage => 2,
        LaneKind::Support => 3,
        _ => 0,
    }
}

/// Returns the insights about an element, in order.
pub(super) fn insights_about(journey: &Journey, about: Id) -> Vec<&Insight> {
    let ids: BTreeSet<Id> = journey.spoken_of_by(about).into_iter().collect();
    let found = ids.into_iter().filter_map(|id| journey.insights().get(&id.to_typed()?));
    sort_records(found).into_iter().map(Arc::as_ref).collect()
}

/// Returns the names of a card's channels on one line, each once; characters that `outlaws` matches become
/// blanks.
pub(super) fn channel_names(project: &Project, card: &Touchpoint, known: &mut FirstSpellings) -> Vec<String> {
    let mut names = Vec::new();
    for channel in card.channels.iter().filter_map(|id| project.channels().get(id)) {
        let plain = to_single_line(&channel.name.replace(['[', ']', ',', '，', '、', ';', '；'], " "));
        let name = known.first_spelling(plain);
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The first spelling of each name, among those that differ only by case.
#[derive(Default)]
pub(super) struct FirstSpellings(BTreeMap<String, String>);

impl FirstSpellings {
    fn first_spelling(&mut self, name: String) -> String {
        self.0.entry(name.to_lowercase()).or_insert(name).clone()
    }
}

/// Assigns unique names: a duplicate gets a number appended.
#[derive(Default)]
pub(super) struct Distinct {
    taken: BTreeSet<String>,
    /// The last number appended to each name.
    numbers: BTreeMap<String, usize>,
}

impl Distinct {
    /// Returns a unique name; an empty one becomes "Untitled".
    pub(super) fn unique_name(&mut self, name: &str, lang: Lang) -> String {
        self.told_apart(&title_or_untitled(name, lang))
    }

    /// Returns a unique name; an empty one is kept the first time.
    pub(super) fn told_apart(&mut self, plain: &str) -> String {
        let mut name = plain.to_owned();
        let number = self.numbers.entry(plain.to_owned()).or_insert(1);
        while !self.taken.insert(name.clone()) {
            *number += 1;
            name = to_single_line(&format!("{plain} {number}"));
        }
        name
    }
}

/// Returns a text on one line.
pub(super) fn to_single_line(text: &str) -> String {
    text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect::<String>().trim().to_owned()
}

/// Returns a title on one line; an empty one becomes "Untitled".
pub(super) fn title_or_untitled(title: &str, lang: Lang) -> String {
    let title = to_single_line(title);
    if title.is_empty() { Msg::Untitled.text(lang).to_owned() } else { title }
}
