//! A journey: its records, and the private graph of the links between them.
//!
//! Node indices never leave this file: petgraph reuses freed ones, so an index kept elsewhere would soon name
//! another card. All other code uses ids.

use super::record::Record;
use super::records::{About, Cell, Flow, Insight, JourneyInfo, Lane, Picture, Stage, Step, Touchpoint};
use super::table::Table;
use crate::id::{
    AboutId, CellId, FlowId, Id, InsightId, Kind, LaneId, PictureId, StageId, StepId, TouchpointId,
};
use petgraph::Direction;
use petgraph::stable_graph::{NodeIndex, StableDiGraph};
use petgraph::visit::EdgeRef;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A journey and everything in it.
#[derive(Debug, Clone)]
pub struct Journey {
    pub(super) info: Arc<JourneyInfo>,
    pub(super) stages: Table<StageId, Stage>,
    pub(super) steps: Table<StepId, Step>,
    pub(super) lanes: Table<LaneId, Lane>,
    pub(super) touchpoints: Table<TouchpointId, Touchpoint>,
    pub(super) insights: Table<InsightId, Insight>,
    pub(super) pictures: Table<PictureId, Picture>,
    pub(super) cells: Table<CellId, Cell>,
    pub(super) flows: Table<FlowId, Flow>,
    pub(super) abouts: Table<AboutId, About>,
    graph: StableDiGraph<Id, Id>,
    index: BTreeMap<Id, NodeIndex>,
}

macro_rules! tables {
    ($($kind:ident $table:ident;)+) => {
        /// Returns the record with this id, if it is in this journey.
        pub fn record(&self, id: Id) -> Option<Record> {
            match id.kind() {
                Kind::Journey => (Id::from(self.info.id) == id).then(|| Record::JourneyInfo(Arc::clone(&self.info))),
                $(Kind::$kind => self.$table.get(&id.to_typed()?).map(|r| Record::$kind(Arc::clone(r))),)+
                _ => None,
            }
        }

        /// Returns all records of the journey, its own first, then by kind and id.
        pub fn records(&self) -> impl Iterator<Item = Record> + '_ {
            std::iter::once(Record::JourneyInfo(Arc::clone(&self.info)))
                $(.chain(self.$table.values().map(|r| Record::$kind(Arc::clone(r)))))+
        }

        /// Adds a record to its table, or replaces the one with the same id.
        pub(super) fn put_record(&mut self, record: Record) {
            let id = record.id();
            match record {
                Record::JourneyInfo(record) => self.info = record,
                $(Record::$kind(record) => { self.remove_link_edge(id); self.add_link_edge(id, &Record::$kind(Arc::clone(&record)));
                    self.$table.insert(record.id, record); })+
                _ => {}
            }
        }

        /// Removes a record.
        pub(super) fn remove_record(&mut self, id: Id) {
            match id.kind() {
                $(Kind::$kind => { self.remove_link_edge(id); if let Some(id) = id.to_typed() { self.$table.remove(&id); } })+
                _ => {}
            }
            self.remove_lone_node(id);
        }
    };
}

impl Journey {
    pub(super) fn new(info: Arc<JourneyInfo>) -> Self {
        Self {
            info,
            stages: Table::default(),
            steps: Table::default(),
            lanes: Table::default(),
            touchpoints: Table::default(),
            insights: Table::default(),
            pictures: Table::default(),
            cells: Table::default(),
            flows: Table::default(),
            abouts: Table::default(),
            graph: StableDiGraph::default(),
            index: BTreeMap::new(),
        }
    }

    tables! {
        Stage stages; Step steps; Lane lanes; Touchpoint touchpoints; Insight insights; Picture pictures;
        Cell cells; Flow flows; About abouts;
    }

    /// Returns the journey's own record: title, goal, state and more.
    pub fn info(&self) -> &Arc<JourneyInfo> {
        &self.info
    }

    /// Returns the stages by id.
    pub fn stages(&self) -> &Table<StageId, Stage> {
        &self.stages
    }

    /// Returns the steps by id: the columns of stages.
    pub fn steps(&self) -> &Table<StepId, Step> {
        &self.steps
    }

    /// Returns the lanes by id: the rows.
    pub fn lanes(&self) -> &Table<LaneId, Lane> {
        &self.lanes
    }

    /// Returns the touchpoints by id, blueprint activities included.
    pub fn touchpoints(&self) -> &Table<TouchpointId, Touchpoint> {
        &self.touchpoints
    }

    /// Returns the insights by id: pains, gains, needs, quotes, questions and notes.
    pub fn insights(&self) -> &Table<InsightId, Insight> {
        &self.insights
    }

    /// Returns the pictures by id.
    pub fn pictures(&self) -> &Table<PictureId, Picture> {
        &self.pictures
    }

    /// Returns the texts of text lanes by id.
    pub fn cells(&self) -> &Table<CellId, Cell> {
        &self.cells
    }

    /// Returns the flows by id.
    pub fn flows(&self) -> &Table<FlowId, Flow> {
        &self.flows
    }

    /// Returns the links from insights, improvements and pictures to their targets, by id.
    pub fn abouts(&self) -> &Table<AboutId, About> {
        &self.abouts
    }

    /// Returns the links (flows and about links) that leave an element, by id.
    pub fn links_from(&self, id: Id) -> Vec<Id> {
        self.link_ids(id, Direction::Outgoing)
    }

    /// Returns the links that arrive at an element, by id.
    pub fn links_to(&self, id: Id) -> Vec<Id> {
        self.link_ids(id, Direction::Incoming)
    }

    /// Returns the flows that leave an element, the main one (largest share, then id) first.
    pub fn flows_from(&self, id: Id) -> Vec<&Arc<Flow>> {
        let mut flows: Vec<_> =
            self.links_from(id).into_iter().filter_map(|link| self.flows.get(&link.to_typed()?)).collect();
        flows.sort_by(|a, b| b.share.unwrap_or(1.0).total_cmp(&a.share.unwrap_or(1.0)).then(a.id.cmp(&b.id)));
        flows
    }

    /// Returns the insights, improvements and pictures about an element, by link id.
    pub fn spoken_of_by(&self, id: Id) -> Vec<Id> {
        self.links_to(id)
            .into_iter()
            .filter_map(|link| Some(self.abouts.get(&link.to_typed()?)?.from))
            .collect()
    }

    /// Returns the targets of an insight, improvement or picture, by link id; flows come last.
    pub fn speaks_of(&self, id: Id) -> Vec<Id> {
        let links = self.links_from(id).into_iter();
        let mut about: Vec<Id> =
            links.filter_map(|link| Some(self.abouts.get(&link.to_typed()?)?.to)).collect();
        about.sort_by_key(|to| to.kind() == Kind::Flow);
        about
    }

    fn link_ids(&self, id: Id, direction: Direction) -> Vec<Id> {
        let Some(node) = self.index.get(&id) else { return Vec::new() };
        let mut links: Vec<Id> =
            self.graph.edges_directed(*node, direction).map(|edge| *edge.weight()).collect();
        links.sort_unstable();
        links
    }

    fn ensure_node(&mut self, id: Id) -> NodeIndex {
        *self.index.entry(id).or_insert_with(|| self.graph.add_node(id))
    }

    /// Adds the edge of a flow or about link. A flow that is the target of a link is a node, too.
    fn add_link_edge(&mut self, id: Id, record: &Record) {
        let ends = match record {
            Record::Flow(flow) => (flow.from, flow.to),
            Record::About(about) => (about.from, about.to),
            _ => return,
        };
        let from = self.ensure_node(ends.0);
        let to = self.ensure_node(ends.1);
        self.graph.add_edge(from, to, id);
    }

    fn remove_link_edge(&mut self, id: Id) {
        let ends = match id.kind() {
            Kind::Flow => {
                id.to_typed().and_then(|id: FlowId| self.flows.get(&id)).map(|flow| (flow.from, flow.to))
            }
            Kind::About => {
                id.to_typed().and_then(|id: AboutId| self.abouts.get(&id)).map(|about| (about.from, about.to))
            }
            _ => None,
        };
        let Some((from, to)) = ends else { return };
        let edge = self
            .index
            .get(&from)
            .and_then(|node| self.graph.edges(*node).find(|edge| *edge.weight() == id).map(|edge| edge.id()));
        if let Some(edge) = edge {
            self.graph.remove_edge(edge);
        }
        self.remove_lone_node(from);
        self.remove_lone_node(to);
    }

    /// Removes a node without links.
    fn remove_lone_node(&mut self, id: Id) {
        let Some(node) = self.index.get(&id).copied() else { return };
        if self.graph.neighbors_undirected(node).next().is_none() {
            self.graph.remove_node(node);
            self.index.remove(&id);
        }
    }
}

/// Journeys are equal if their records are; the graph follows from them.
impl PartialEq for Journey {
    fn eq(&self, other: &Self) -> bool {
        self.records().eq(other.records())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{IdSource, JourneyId};
    use crate::order::OrderKey;

    /// Returns the targets of an element, and the elements about it, by a scan of all links.
    fn walked(journey: &Journey, id: Id) -> (Vec<Id>, Vec<Id>) {
        let of = |flows: bool| {
            let own = journey.abouts.values().filter(move |about| about.from == id);
            own.map(|about| about.to).filter(move |to| (to.kind() == Kind::Flow) == flows)
        };
        let to = journey.abouts.values().filter(|about| about.to == id);
        (of(false).chain(of(true)).collect(), to.map(|about| about.from).collect())
    }

    #[test]
    fn links_are_found_whatever_was_put_in_and_taken_out() {
        let source = &mut IdSource::from_seed(8);
        let id = JourneyId::new(source);
        let mut journey = Journey::new(Arc::new(JourneyInfo::new(id, OrderKey::from_position(1, source))));
        let cards = [(); 3].map(|()| Id::from(TouchpointId::new(source)));
        let notes = [(); 4].map(|()| Id::from(InsightId::new(source)));
        let flows = [(); 4].map(|()| FlowId::new(source));
        let abouts = [(); 12].map(|()| AboutId::new(source));
        let all: Vec<Id> = cards.iter().chain(&notes).copied().chain(flows.map(Id::from)).collect();
        for _ in 0..4000 {
            let mut pick = |most: usize| (source.next_u64() % most as u64) as usize;
            let card = cards[pick(3)];
            let other = cards[pick(3)];
            let flow = flows[pick(4)];
            let about = abouts[pick(12)];
            let to = if pick(2) == 0 { flow.into() } else { card };
            match pick(5) {
                0 => journey.put_record(Flow::new(flow, id, card, other).into()),
                1 => journey.remove_record(flow.into()),
                2 | 3 => journey.put_record(About::new(about, id, notes[pick(4)], to).into()),
                _ => journey.remove_record(about.into()),
            }
            for id in &all {
                assert_eq!((journey.speaks_of(*id), journey.spoken_of_by(*id)), walked(&journey, *id));
            }
            let links = journey.flows.len() + journey.abouts.len();
            assert_eq!(
                (journey.graph.edge_count(), journey.index.len()),
                (links, journey.graph.node_count())
            );
        }
    }
}
