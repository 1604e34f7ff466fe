//! The builder of a project, shared by all readers of journeys.

use super::ExchangeError;
use super::icons::icon_for;
use crate::edit::command::{TransactionBuilder, new_project};
use crate::id::{
    AboutId, CellId, ChannelId, FlowId, Id, IdSource, ImprovementId, InsightId, JourneyId, LaneId, PersonaId,
    StageId, StepId, TouchpointId,
};
use crate::model::choice::{ImprovementKind, InsightKind, LaneKind};
use crate::model::{
    About, Cell, Channel, Flow, Improvement, Insight, JourneyInfo, Lane, Persona, Project, Record, Stage,
    Step, Touchpoint, records_in_order,
};
use crate::order::OrderKey;
use std::collections::{BTreeMap, BTreeSet};

/// Default severity of a pain.
pub(super) const SEVERITY: u8 = 3;
/// The most records and feelings of a journey that is read: many times those of the largest maps.
const MOST: usize = 200_000;

/// A project with one journey that grows from beginning to end. Records are added once they are complete, so
/// that a file of any kind costs time and memory in proportion to its length.
pub(super) struct ProjectMaker<'a> {
    pub(super) source: &'a mut IdSource,
    pub(super) journey: JourneyId,
    project: Project,
    title: String,
    goal: String,
    stages: BTreeMap<StageId, Stage>,
    cards: BTreeMap<TouchpointId, Touchpoint>,
    insights: BTreeMap<InsightId, Insight>,
    cells: BTreeMap<CellId, Cell>,
    others: Vec<Record>,
    channels: BTreeMap<String, ChannelId>,
    personas: BTreeMap<String, PersonaId>,
    /// The key of the last added lane.
    lowest: Option<OrderKey>,
    /// Number of keys given.
    places: u32,
    /// Number of records and feelings.
    things: usize,
}

impl<'a> ProjectMaker<'a> {
    /// Returns an empty journey without a title.
    pub(super) fn new(source: &'a mut IdSource) -> Self {
        let project = new_project("", source);
        let first = project.journeys().keys().next().copied();
        Self {
            journey: first.unwrap_or_else(|| JourneyId::new(source)),
            source,
            project,
            title: String::new(),
            goal: String::new(),
            stages: BTreeMap::new(),
            cards: BTreeMap::new(),
            insights: BTreeMap::new(),
            cells: BTreeMap::new(),
            others: Vec::new(),
            channels: BTreeMap::new(),
            personas: BTreeMap::new(),
            lowest: None,
            places: 0,
            things: 0,
        }
    }

    /// Finishes the project.
    ///
    /// # Errors
    /// Where more than any journey holds was said.
    pub(super) fn finish(self) -> Result<Project, ExchangeError> {
        if self.is_full() {
            return Err(ExchangeError::TooMuch);
        }
        let mut draft = TransactionBuilder::new(&self.project, self.source);
        draft.change_record::<JourneyInfo>(self.journey, |info| {
            (info.title, info.goal) = (self.title, self.goal);
        });
        let stages = self.stages.into_values().map(Record::from);
        let cards = self.cards.into_values().map(Record::from);
        let insights = self.insights.into_values().map(Record::from);
        let cells = self.cells.into_values().map(Record::from);
        for record in stages.chain(self.others).chain(cards).chain(insights).chain(cells) {
            draft.insert(record);
        }
        Ok(draft.project().clone())
    }

    /// True if the file holds more than the largest allowed journey; the rest need not be read.
    pub(super) fn is_full(&self) -> bool {
        self.things > MOST
    }

    /// Counts one more record or feeling.
    pub(super) fn count_item(&mut self) {
        self.things += 1;
    }

    pub(super) fn set_title(&mut self, title: &str) {
        self.title = clean_text(title);
    }

    pub(super) fn set_goal(&mut self, goal: &str) {
        self.goal = clean_text(goal);
    }

    /// Stores a complete record.
    pub(super) fn add_record(&mut self, record: impl Into<Record>) {
        self.count_item();
        self.others.push(record.into());
    }

    pub(super) fn touchpoint_mut(&mut self, id: TouchpointId) -> Option<&mut Touchpoint> {
        self.cards.get_mut(&id)
    }

    pub(super) fn stage_of(&mut self, id: StageId) -> Option<&mut Stage> {
        self.stages.get_mut(&id)
    }

    pub(super) fn cell_mut(&mut self, id: CellId) -> Option<&mut Cell> {
        self.cells.get_mut(&id)
    }

    pub(super) fn add_stage(&mut self, title: &str) -> StageId {
        let id = StageId::new(self.source);
        let mut stage = Stage::new(id, self.journey, self.next_key());
        stage.title = clean_text(title);
        self.count_item();
        self.stages.insert(id, stage);
        id
    }

    pub(super) fn add_step(&mut self, stage: StageId) -> StepId {
        let id = StepId::new(self.source);
        let step = Step::new(id, self.journey, stage, self.next_key());
        self.add_record(step);
        id
    }

    pub(super) fn add_touchpoint(
        &mut self,
        step: StepId,
        title: &str,
        fill: impl FnOnce(&mut Touchpoint),
    ) -> TouchpointId {
        let id = TouchpointId::new(self.source);
        let mut card = Touchpoint::new(id, self.journey, step, self.next_key());
        card.title = clean_text(title);
        fill(&mut card);
        self.count_item();
        self.cards.insert(id, card);
        id
    }

    pub(super) fn add_flow(&mut self, from: TouchpointId, to: TouchpointId) {
        let id = FlowId::new(self.source);
        self.add_record(Flow::new(id, self.journey, from.into(), to.into()));
    }

    /// Returns the channels of these names, each once, created on first use.
    pub(super) fn find_or_add_channels<'n>(
        &mut self,
        names: impl Iterator<Item = &'n str>,
    ) -> Vec<ChannelId> {
        let mut found = Vec::new();
        let mut known = BTreeSet::new();
        for name in names {
            if self.is_full() {
                break;
            }
            let channel = self.find_or_add_channel(name);
            if known.insert(channel) {
                found.push(channel);
            }
        }
        found
    }

    fn find_or_add_channel(&mut self, name: &str) -> ChannelId {
        if let Some(known) = self.channels.get(&name.to_lowercase()) {
            return *known;
        }
        let id = ChannelId::new(self.source);
        let mut channel = Channel::new(id, self.next_key());
        channel.name = clean_text(name);
        icon_for(name).name().clone_into(&mut channel.icon);
        self.add_record(channel);
        self.channels.insert(name.to_lowercase(), id);
        id
    }

    /// Returns the persona of this name, created on first use.
    pub(super) fn find_or_add_persona(&mut self, name: &str) -> PersonaId {
        if let Some(known) = self.personas.get(name) {
            return *known;
        }
        let id = PersonaId::new(self.source);
        let mut persona = Persona::new(id, self.next_key());
        persona.name = clean_text(name);
        self.add_record(persona);
        self.personas.insert(name.to_owned(), id);
        id
    }

    /// Adds an insight; a pain of unknown severity gets [`SEVERITY`].
    pub(super) fn add_insight(&mut self, kind: InsightKind, title: &str, severity: Option<u8>) -> InsightId {
        let id = InsightId::new(self.source);
        let mut insight = Insight::new(id, self.journey, self.next_key(), kind);
        insight.title = clean_text(title);
        insight.severity = (kind == InsightKind::Pain).then_some(severity.unwrap_or(SEVERITY));
        self.count_item();
        self.insights.insert(id, insight);
        id
    }

    pub(super) fn add_improvement(&mut self, kind: ImprovementKind, title: &str) -> ImprovementId {
        let id = ImprovementId::new(self.source);
        let mut improvement = Improvement::new(id, self.next_key(), kind);
        improvement.title = clean_text(title);
        self.add_record(improvement);
        id
    }

    /// Adds a text to a lane, at a step or stage.
    pub(super) fn add_cell(&mut self, lane: LaneId, at: Id, text: String) -> CellId {
        let id = CellId::new(self.source);
        let mut cell = Cell::new(id, self.journey, lane, at);
        cell.text = text;
        self.count_item();
        self.cells.insert(id, cell);
        id
    }

    /// Adds a lane below all others.
    pub(super) fn add_lane(&mut self, kind: LaneKind, title: &str) -> LaneId {
        let first = || {
            records_in_order(self.project.journey(self.journey)?.lanes()).last().map(|lane| lane.key.clone())
        };
        let last = self.lowest.clone().or_else(first);
        let key = OrderKey::new_after(last.as_ref(), self.source);
        self.lowest = Some(key.clone());
        let id = LaneId::new(self.source);
        let mut lane = Lane::new(id, self.journey, key, kind);
        lane.title = clean_text(title);
        self.add_record(lane);
        id
    }

    /// Links an insight or improvement to the element that it is about.
    pub(super) fn link_to_element(&mut self, from: Id, to: Id) {
        let id = AboutId::new(self.source);
        self.add_record(About::new(id, self.journey, from, to));
    }

    /// Returns the next key for any order.
    pub(super) fn next_key(&mut self) -> OrderKey {
        self.places += 1;
        OrderKey::from_position(self.places, self.source)
    }
}

/// Returns a text without invisible control characters, and without blanks around it.
pub(super) fn clean_text(text: &str) -> String {
    let seen: String =
        text.chars().filter(|sign| !sign.is_control() || matches!(sign, '\n' | '\t')).collect();
    seen.trim().to_owned()
}
