//! The flows that lead forward, and which of them are plain.

use super::order::ReadingOrder;
use crate::id::{FlowId, Id};
use crate::model::{Flow, Journey};
use std::collections::{BTreeMap, BTreeSet};

/// True for a flow that says nothing but what comes next, as commands draw it.
pub(super) fn is_plain(journey: &Journey, flow: &Flow) -> bool {
    flow.condition.is_empty()
        && flow.share.is_none()
        && flow.volume.is_none()
        && flow.wait.is_none()
        && flow.evidence.is_empty()
        && !flow.assumption
        && journey.spoken_of_by(flow.id.into()).is_empty()
}

/// The other ends of an element's flows, sorted, and whether a plain flow leads there.
type FlowEnds = Vec<(Id, bool)>;

/// The flows of a journey that lead to a later column; the others are loops.
#[derive(Debug, Default)]
pub(super) struct ForwardFlows {
    /// Where each element leads.
    outs: BTreeMap<Id, FlowEnds>,
    /// From where each element is reached.
    ins: BTreeMap<Id, FlowEnds>,
    /// What plain flows leave.
    plainly_left: BTreeSet<Id>,
}

impl ForwardFlows {
    /// The flows of a journey that is read in this order, but for some. Of several between the same two the plain one
    /// counts.
    pub(super) fn of(journey: &Journey, order: &ReadingOrder, but: &BTreeSet<FlowId>) -> Self {
        let mut flows = Self::default();
        let counted = journey.flows().values().filter(|flow| !but.contains(&flow.id));
        for flow in counted.filter(|flow| order.is_forward(flow.from, flow.to)) {
            flows.add(flow.from, flow.to, is_plain(journey, flow));
        }
        flows
    }

    /// Takes in a plain flow.
    pub(super) fn add_plain(&mut self, from: Id, to: Id) {
        self.add(from, to, true);
    }

    /// Takes in a flow with a condition.
    pub(super) fn add_labelled(&mut self, from: Id, to: Id) {
        self.add(from, to, false);
    }

    fn add(&mut self, from: Id, to: Id, plain: bool) {
        put(self.outs.entry(from).or_default(), to, plain);
        put(self.ins.entry(to).or_default(), from, plain);
        if plain {
            self.plainly_left.insert(from);
        }
    }

    /// The ends of the plain flows.
    pub(super) fn plain(&self) -> impl Iterator<Item = (Id, Id)> + '_ {
        self.outs.keys().flat_map(|from| self.plain_targets(*from).map(|to| (*from, to)))
    }

    /// Where plain flows lead from an element.
    pub(super) fn plain_targets(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        of_one(&self.outs, id).iter().filter(|(_, plain)| *plain).map(|(to, _)| *to)
    }

    /// From where plain flows lead to an element.
    pub(super) fn plain_sources(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        of_one(&self.ins, id).iter().filter(|(_, plain)| *plain).map(|(from, _)| *from)
    }

    /// True if a flow leads from one to the other.
    pub(super) fn has(&self, from: Id, to: Id) -> bool {
        self.find(from, to).is_some()
    }

    /// True if a plain flow leads from one to the other.
    pub(super) fn has_plain(&self, from: Id, to: Id) -> bool {
        self.find(from, to) == Some(true)
    }

    /// True if a flow leads from one to the other and is no exception: it is plain, or no plain flow leaves there.
    pub(super) fn is_way_on(&self, from: Id, to: Id) -> bool {
        self.find(from, to).is_some_and(|plain| plain || !self.plainly_left.contains(&from))
    }

    fn find(&self, from: Id, to: Id) -> Option<bool> {
        let ends = of_one(&self.outs, from);
        let place = ends.binary_search_by_key(&to, |(to, _)| *to).ok()?;
        ends.get(place).map(|(_, plain)| *plain)
    }

    /// True if a flow leaves an element.
    pub(super) fn leads_on(&self, id: Id) -> bool {
        !of_one(&self.outs, id).is_empty()
    }

    /// True if a flow leads to an element.
    pub(super) fn is_reached(&self, id: Id) -> bool {
        !of_one(&self.ins, id).is_empty()
    }

    /// Where an element leads: by its plain flows, or by all where none is plain.
    pub(super) fn targets(&self, id: Id) -> Vec<Id> {
        preferred(of_one(&self.outs, id))
    }

    /// From where an element is reached: by plain flows, or by all where none is plain.
    pub(super) fn sources(&self, id: Id) -> Vec<Id> {
        preferred(of_one(&self.ins, id))
    }
}

fn put(ends: &mut FlowEnds, other: Id, plain: bool) {
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

fn preferred(ends: &[(Id, bool)]) -> Vec<Id> {
    let any_plain = ends.iter().any(|(_, plain)| *plain);
    ends.iter().filter(|(_, plain)| *plain || !any_plain).map(|(other, _)| *other).collect()
}
