//! A project in the making: what all readers of journeys put into it.

use super::icons::icon_for;
use crate::edit::command::{Draft, new_project};
use crate::id::{
    AboutId, ChannelId, FlowId, Id, ImprovementId, InsightId, JourneyId, PersonaId, Source, StageId, StepId,
    TouchpointId,
};
use crate::model::choice::{ImprovementKind, InsightKind};
use crate::model::{
    About, Channel, Flow, Improvement, Insight, JourneyInfo, Persona, Project, Stage, Step, Touchpoint,
};
use crate::order::OrderKey;
use std::collections::BTreeMap;

/// What a pain's severity is until somebody weighs it.
const SEVERITY: u8 = 3;

/// A project with one journey that grows from beginning to end.
pub(super) struct Maker<'a> {
    pub(super) draft: Draft<'a>,
    pub(super) journey: JourneyId,
    channels: BTreeMap<String, ChannelId>,
    personas: BTreeMap<String, PersonaId>,
    /// How many keys were given.
    places: u32,
}

impl<'a> Maker<'a> {
    /// An empty journey without a title.
    pub(super) fn new(source: &'a mut Source) -> Self {
        let project = new_project("", source);
        let first = project.journeys().keys().next().copied();
        let journey = first.unwrap_or_else(|| JourneyId::new(source));
        let (channels, personas) = (BTreeMap::new(), BTreeMap::new());
        Self { draft: Draft::new(&project, source), journey, channels, personas, places: 0 }
    }

    pub(super) fn finish(self) -> Project {
        self.draft.project().clone()
    }

    pub(super) fn title(&mut self, title: &str) {
        self.draft.change::<JourneyInfo>(self.journey, |info| info.title = clean(title));
    }

    pub(super) fn goal(&mut self, goal: &str) {
        self.draft.change::<JourneyInfo>(self.journey, |info| info.goal = clean(goal));
    }

    pub(super) fn stage(&mut self, title: &str) -> StageId {
        let id = StageId::new(self.draft.source);
        let mut stage = Stage::new(id, self.journey, self.key());
        stage.title = clean(title);
        self.draft.insert(stage);
        id
    }

    pub(super) fn step(&mut self, stage: StageId) -> StepId {
        let id = StepId::new(self.draft.source);
        let step = Step::new(id, self.journey, stage, self.key());
        self.draft.insert(step);
        id
    }

    pub(super) fn touchpoint(
        &mut self,
        step: StepId,
        title: &str,
        fill: impl FnOnce(&mut Touchpoint),
    ) -> TouchpointId {
        let id = TouchpointId::new(self.draft.source);
        let mut card = Touchpoint::new(id, self.journey, step, self.key());
        card.title = clean(title);
        fill(&mut card);
        self.draft.insert(card);
        id
    }

    pub(super) fn flow(&mut self, from: TouchpointId, to: TouchpointId) {
        let id = FlowId::new(self.draft.source);
        self.draft.insert(Flow::new(id, self.journey, from.into(), to.into()));
    }

    /// The channels of these names, each once, made when first met.
    pub(super) fn channels<'n>(&mut self, names: impl Iterator<Item = &'n str>) -> Vec<ChannelId> {
        let mut found = Vec::new();
        for name in names {
            let channel = self.channel(name);
            if !found.contains(&channel) {
                found.push(channel);
            }
        }
        found
    }

    fn channel(&mut self, name: &str) -> ChannelId {
        if let Some(known) = self.channels.get(&name.to_lowercase()) {
            return *known;
        }
        let id = ChannelId::new(self.draft.source);
        let mut channel = Channel::new(id, self.key());
        channel.name = clean(name);
        icon_for(name).name().clone_into(&mut channel.icon);
        self.draft.insert(channel);
        self.channels.insert(name.to_lowercase(), id);
        id
    }

    /// The persona of this name, made when first met.
    pub(super) fn persona(&mut self, name: &str) -> PersonaId {
        if let Some(known) = self.personas.get(name) {
            return *known;
        }
        let id = PersonaId::new(self.draft.source);
        let mut persona = Persona::new(id, self.key());
        persona.name = clean(name);
        self.draft.insert(persona);
        self.personas.insert(name.to_owned(), id);
        id
    }

    pub(super) fn insight(&mut self, kind: InsightKind, title: &str) -> InsightId {
        let id = InsightId::new(self.draft.source);
        let mut insight = Insight::new(id, self.journey, self.key(), kind);
        insight.title = clean(title);
        insight.severity = (kind == InsightKind::Pain).then_some(SEVERITY);
        self.draft.insert(insight);
        id
    }

    pub(super) fn improvement(&mut self, kind: ImprovementKind, title: &str) -> ImprovementId {
        let id = ImprovementId::new(self.draft.source);
        let mut improvement = Improvement::new(id, self.key(), kind);
        improvement.title = clean(title);
        self.draft.insert(improvement);
        id
    }

    /// Lets an insight or improvement speak of something.
    pub(super) fn speaks(&mut self, from: Id, to: Id) {
        let id = AboutId::new(self.draft.source);
        self.draft.insert(About::new(id, self.journey, from, to));
    }

    /// The next place in any order.
    pub(super) fn key(&mut self) -> OrderKey {
        self.places += 1;
        OrderKey::at(self.places, self.draft.source)
    }
}

/// A text without the control characters that no person sees.
pub(super) fn clean(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_control() || matches!(sign, '\n' | '\t')).collect()
}
