//! The flows that lead forward, marked as plain or not.

use super::order::ReadingOrder;
use crate::id::{FlowId, Id};
use crate::model::{Flow, Journey};
use std::collections::{BTreeMap, BTreeSet};

/// Returns true if a flow has no data beyond its ends, as commands draw it, and no insight refers to it.
pub(super) fn is_plain(journey: &Journey, flow: &Flow) -> bool {
    flow.condition.is_empty()
        && flow.share.is_none()
        && flow.volume.is_none()
        && flow.wait.is_none()
        && flow.evidence.is_empty()
        && !flow.assumption
        && journey.spoken_of_by(flow.id.into()).is_empty()
}

/// The other ends of an element's flows, sorted, each with true if a plain flow leads there.
type FlowEnds = Vec<(Id, bool)>;

/// The flows of a journey that lead to a later column; the others are loops.
#[derive(Debug, Default)]
pub(super) struct ForwardFlows {
    /// The targets of each element.
    outs: BTreeMap<Id, FlowEnds>,
    /// The sources of each element.
    ins: BTreeMap<Id, FlowEnds>,
    /// Elements that at least one plain flow leaves.
    plainly_left: BTreeSet<Id>,
}

impl ForwardFlows {
    /// Collects the forward flows of a journey read in this order, except those in `but`. Of several between
    /// the same two elements, the plain one counts.
    pub(super) fn from_journey(journey: &Journey, order: &ReadingOrder, but: &BTreeSet<FlowId>) -> Self {
        let mut flows = Self::default();
        let counted = journey.flows().values().filter(|flow| !but.contains(&flow.id));
        for flow in counted.filter(|flow| order.is_forward(flow.from, flow.to)) {
            flows.add_flow(flow.from, flow.to, is_plain(journey, flow));
        }
        flows
    }

    /// Adds a plain flow.
    pub(super) fn add_plain(&mut self, from: Id, to: Id) {
        self.add_flow(from, to, true);
    }

    /// Adds a flow with a condition.
    pub(super) fn add_labelled(&mut self, from: Id, to: Id) {
        self.add_flow(from, to, false);
    }

    fn add_flow(&mut self, from: Id, to: Id, plain: bool) {
        put_end(self.outs.entry(from).or_default(), to, plain);
        put_end(self.ins.entry(to).or_default(), from, plain);
        if plain {
            self.plainly_left.insert(from);
        }
    }

    /// Returns the ends of the plain flows.
    pub(super) fn plain_ends(&self) -> impl Iterator<Item = (Id, Id)> + '_ {
        self.outs.keys().flat_map(|from| self.plain_targets(*from).map(|to| (*from, to)))
    }

    /// Returns the targets of the plain flows that leave an element.
    pub(super) fn plain_targets(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        of_one(&self.outs, id).iter().filter(|(_, plain)| *plain).map(|(to, _)| *to)
    }

    /// Returns the sources of the plain flows that reach an element.
    pub(super) fn plain_sources(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        of_one(&self.ins, id).iter().filter(|(_, plain)| *plain).map(|(from, _)| *from)
    }

    /// Returns true if a flow leads from one element to the other.
    pub(super) fn has_flow(&self, from: Id, to: Id) -> bool {
        self.find_flow(from, to).is_some()
    }

    /// Returns true if a plain flow leads from one element to the other.
    pub(super) fn has_plain(&self, from: Id, to: Id) -> bool {
        self.find_flow(from, to) == Some(true)
    }

    /// Returns true if a flow leads on and is no exception: it is plain, or no plain flow leaves `from`.
    pub(super) fn is_way_on(&self, from: Id, to: Id) -> bool {
        self.find_flow(from, to).is_some_and(|plain| plain || !self.plainly_left.contains(&from))
    }

    fn find_flow(&self, from: Id, to: Id) -> Option<bool> {
        let ends = of_one(&self.outs, from);
        let place = ends.binary_search_by_key(&to, |(to, _)| *to).ok()?;
        ends.get(place).map(|(_, plain)| *plain)
    }

    /// Returns true if a flow leaves an element.
    pub(super) fn leads_on(&self, id: Id) -> bool {
        !of_one(&self.outs, id).is_empty()
    }

    /// Returns true if a flow leads to an element.
    pub(super) fn is_reached(&self, id: Id) -> bool {
        !of_one(&self.ins, id).is_empty()
    }

    /// Returns an element's targets: those of its plain flows, or all if none is plain.
    pub(super) fn preferred_targets(&self, id: Id) -> Vec<Id> {
        preferred_ends(of_one(&self.outs, id))
    }

    /// Returns an element's sources: those of plain flows, or all if none is plain.
    pub(super) fn preferred_sources(&self, id: Id) -> Vec<Id> {
        preferred_ends(of_one(&self.ins, id))
    }
}

fn put_end(ends: &mut FlowEnds, other: Id, plain: bool) {
    match ends.binary_search_by_key(&other, |(other, _)| *other) {
        Ok(place) => {
            if let Some(known) = ends.get_mut(place) {
                known.1 |= plain;
            }
        }
        Err(place) => ends.insert(place, (other, plain)),
    }
}

fn of_one(ends: &BTreeMap<Id, FlowEnds>, id: Id) -> &[(Id, bool)] {
    ends.get(&id).map(Vec::as_slice).unwrap_or_default()
}

fn preferred_ends(ends: &[(Id, bool)]) -> Vec<Id> {
    let any_plain = ends.iter().any(|(_, plain)| *plain);
    ends.iter().filter(|(_, plain)| *plain || !any_plain).map(|(other, _)| *other).collect()
}
