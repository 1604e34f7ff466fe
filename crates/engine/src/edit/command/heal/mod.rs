//! Keeps the flow of a journey whole when cards and stages are inserted, moved, copied or deleted.
//!
//! A *link* is a plain flow (no condition, share or other figure, and no insight about it) from one column of
//! a line to the next: it only says what comes next, so it follows the cards. Every other flow was drawn or
//! labelled by a person and keeps its ends; it becomes a loop only if its ends come to lead back.
//!
//! Columns that are only reached by exceptions are beside the chain: a labelled flow leads there from a card
//! that a plain one leaves, too. The chain bypasses them, and they rejoin it at its next column.
//!
//! - Links between columns that are no longer neighbours are removed.
//! - Cards that become neighbours are linked, if the one led on and the other was reached before, or is new.
//!   So alternatives of one column all rejoin the next, and a dead end that a person left stays one.
//! - A card that enters a column and has no neighbour to link with gets the same sources and targets as the
//!   others.
//! - A card that lost all its sources (or all its targets), because a card was deleted or moved, is linked
//!   across the gap, on the condition that was lost, or else with the nearest column before (or behind) it.
//! - A plain flow never becomes a loop, and is removed where the chain now leads the longer way.

mod beside;
mod bridge;
mod flows;
mod order;
mod skips;

use super::draft::TransactionBuilder;
use crate::id::{FlowId, Id, JourneyId, Kind};
use crate::model::{Flow, Journey};
use beside::BesideChain;
use flows::{ForwardFlows, is_plain};
use order::{FlowLine, PlainChain, ReadingOrder};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) use order::is_on_path;

/// The elements that a command put into place.
#[derive(Debug, Default)]
pub(super) struct PlacedElements {
    ids: BTreeSet<Id>,
    /// New cards, each with the card whose branch it continues if that one is an exception.
    like: BTreeMap<Id, Id>,
}

impl PlacedElements {
    /// Creates a value from elements and the cards whose branches some of them continue.
    pub(super) fn with_branches(ids: BTreeSet<Id>, like: BTreeMap<Id, Id>) -> Self {
        Self { ids, like }
    }
}

impl From<BTreeSet<Id>> for PlacedElements {
    fn from(ids: BTreeSet<Id>) -> Self {
        Self { ids, like: BTreeMap::new() }
    }
}

/// Makes the flows of a draft follow its cards and stages, whose order has changed since `before`. `placed`
/// are the elements that the command itself put into place.
pub(super) fn heal_flows(draft: &mut TransactionBuilder<'_>, before: &Journey, placed: &PlacedElements) {
    let id = before.info().id;
    let Some(after) = draft.project().journey(id).cloned() else { return };
    let old_order = ReadingOrder::from_journey(before);
    let new_order = ReadingOrder::from_journey(&after);
    if old_order.columns_by_line() == new_order.columns_by_line() {
        return;
    }
    let mut healing = Healing::new(before, &after, (&old_order, &new_order), placed);
    healing.link_neighbours();
    healing.seat_newcomers();
    healing.keep_needed();
    healing.end_nowhere();
    healing.bridge_gaps();
    healing.join_nearest();
    healing.drop_skips(&after);
    for (link, _, _) in healing.loose {
        draft.remove(link);
    }
    for link in healing.links {
        match link.like.and_then(|(from, to)| flow_between(before, from, to)) {
            Some(like) => copy_flow(draft, before, like, link.from, link.to),
            None => insert_flow(draft, id, link.from, link.to),
        }
    }
}

fn flow_between(journey: &Journey, from: Id, to: Id) -> Option<&Arc<Flow>> {
    journey.flows_from(from).into_iter().find(|flow| flow.to == to)
}

/// Draws a plain flow.
pub(super) fn insert_flow(draft: &mut TransactionBuilder<'_>, journey: JourneyId, from: Id, to: Id) {
    let id = FlowId::new(draft.source);
    draft.insert(Flow::new(id, journey, from, to));
}

/// Draws a flow from a card to a new one. Behind an exception the new card becomes part of the branch.
pub(super) fn lead_to(draft: &mut TransactionBuilder<'_>, before: &Journey, card: Id, new: Id) {
    insert_flow(draft, before.info().id, card, new);
    heal_flows(draft, before, &PlacedElements::with_branches([new].into(), [(new, card)].into()));
}

/// Gives alternatives the sources and targets of their siblings; `copies` maps siblings to them. Flows of an
/// exception keep its condition.
pub(super) fn share_flows(draft: &mut TransactionBuilder<'_>, before: &Journey, copies: &BTreeMap<Id, Id>) {
    let order = ReadingOrder::from_journey(before);
    for (card, new) in copies {
        let arriving =
            before.links_to(*card).into_iter().filter_map(|link| before.flows().get(&link.to_typed()?));
        let arriving = arriving.filter(|flow| order.is_forward(flow.from, *card));
        for flow in preferred_flows(before, arriving) {
            copy_flow(draft, before, flow, flow.from, *new);
        }
        let leaving = before.flows_from(*card).into_iter().filter(|flow| order.is_forward(*card, flow.to));
        for flow in preferred_flows(before, leaving) {
            copy_flow(draft, before, flow, *new, flow.to);
        }
    }
    let like = copies.iter().map(|(card, new)| (*new, *card)).collect();
    heal_flows(draft, before, &PlacedElements::with_branches(copies.values().copied().collect(), like));
}

/// Returns true if a card is beside the chain, in a branch that is reached by an exception.
pub(super) fn is_exception(journey: &Journey, card: Id) -> bool {
    let order = ReadingOrder::from_journey(journey);
    let flows = ForwardFlows::from_journey(journey, &order, &BTreeSet::new());
    BesideChain::from_order(&order, &flows).is_exception(card)
}

/// Returns the plain flows among some, or all of them if none is plain.
fn preferred_flows<'a>(journey: &Journey, flows: impl Iterator<Item = &'a Arc<Flow>>) -> Vec<&'a Arc<Flow>> {
    let (plain, labelled): (Vec<_>, Vec<_>) = flows.partition(|flow| is_plain(journey, flow));
    if plain.is_empty() { labelled } else { plain }
}

/// Copies a flow's condition to a new flow. Its figures are unknown; if nothing else distinguished the
/// original from a plain one, the copy is an assumption.
fn copy_flow(draft: &mut TransactionBuilder<'_>, journey: &Journey, like: &Flow, from: Id, to: Id) {
    let mut flow = Flow::new(FlowId::new(draft.source), journey.info().id, from, to);
    flow.condition.clone_from(&like.condition);
    flow.assumption = flow.condition.is_empty() && !is_plain(journey, like);
    draft.insert(flow);
}

/// Removes copies of links whose ends were copied to places apart; `copies` maps originals to copies.
pub(super) fn drop_parted_links(
    draft: &mut TransactionBuilder<'_>,
    before: &Journey,
    copies: &BTreeMap<Id, Id>,
    like: &BTreeMap<Id, Id>,
) {
    let Some(after) = draft.project().journey(before.info().id).cloned() else { return };
    let old_order = ReadingOrder::from_journey(before);
    let old_flows = ForwardFlows::from_journey(before, &old_order, &BTreeSet::new());
    let mut beside = BesideChain::from_order(&old_order, &old_flows);
    let chain = PlainChain::from_journey(before, &old_order.with_beside(&beside), &old_flows);
    beside.join_branches(like);
    let new_order = ReadingOrder::from_journey(&after).with_beside(&beside);
    for (link, from, to) in chain.links {
        let ends = [link.into(), from, to].map(|id| copies.get(&id).copied());
        if let [Some(link), Some(from), Some(to)] = ends
            && !new_order.is_next(from, to)
        {
            draft.remove(link);
        }
    }
}

/// A flow to be drawn.
#[derive(Debug, Clone, Copy)]
struct NewLink {
    from: Id,
    to: Id,
    /// The ends of the flow whose condition the new one takes over; `None` for a plain one.
    like: Option<(Id, Id)>,
}

/// A journey before and after a command.
struct Healing<'a> {
    placed: &'a BTreeSet<Id>,
    /// The cards that continue another card's branch, each with that card.
    joined: BTreeMap<Id, Id>,
    old_order: ReadingOrder,
    old_flows: ForwardFlows,
    /// The old flows without those that the command removes between cards that stay, if there are such.
    uncut_flows: Option<ForwardFlows>,
    chain: PlainChain,
    new_order: ReadingOrder,
    /// The flows of the journey as it will be after healing.
    new_flows: ForwardFlows,
    /// The plain flows to be removed.
    loose: Vec<(FlowId, Id, Id)>,
    links: Vec<NewLink>,
}

impl<'a> Healing<'a> {
    fn new(
        before: &Journey,
        after: &Journey,
        orders: (&ReadingOrder, &ReadingOrder),
        placed: &'a PlacedElements,
    ) -> Self {
        let mut joined = placed.like.clone();
        joined.retain(|new, like| orders.1.line_of_element(*new) == orders.0.line_of_element(*like));
        let placed = &placed.ids;
        let old_flows = ForwardFlows::from_journey(before, orders.0, &BTreeSet::new());
        let cut = cut_flows(before, after, orders.1);
        let uncut_flows = (!cut.is_empty()).then(|| ForwardFlows::from_journey(before, orders.0, &cut));
        let beside = BesideChain::from_order(orders.0, &old_flows);
        let old_order = orders.0.with_beside(&beside);
        let mut chain = PlainChain::from_journey(before, &old_order, &old_flows);
        let new_order = if beside.is_empty() {
            joined.clear();
            orders.1.clone()
        } else {
            let drawn = ForwardFlows::from_journey(after, orders.1, &BTreeSet::new());
            chain.reached.extend(beside.find_freed_cards(&drawn, placed));
            let mut beside = beside.update_after_move(orders.1, &drawn, placed);
            let joining = beside.join_branches(&joined);
            joined.retain(|new, _| joining.contains(new));
            orders.1.with_beside(&beside)
        };
        let mut healing = Self {
            placed,
            joined,
            old_order,
            old_flows,
            uncut_flows,
            new_order,
            new_flows: ForwardFlows::default(),
            loose: Vec::new(),
            links: Vec::new(),
            chain,
        };
        healing.loose = healing.loose_links();
        healing.loose.extend(turned_flows(before, orders));
        let loose = healing.loose.iter().map(|(link, _, _)| *link).collect();
        healing.new_flows = ForwardFlows::from_journey(after, &healing.new_order, &loose);
        healing
    }

    /// Returns true if an element newly enters its line.
    fn is_new(&self, id: Id) -> bool {
        let is_seated = self.new_order.is_seated(id) && !self.old_order.is_seated(id);
        is_seated || self.joined.contains_key(&id)
    }

    /// Returns true if an element was in another line before.
    fn changed_line(&self, id: Id) -> bool {
        self.old_order.line_of_element(id).is_some_and(|old| Some(old) != self.new_order.line_of_element(id))
    }

    /// Returns true if an element leads on to its new neighbours.
    fn leads_on(&self, id: Id) -> bool {
        self.takes_part(id, &self.chain.leading)
    }

    /// Returns true if an element is reached from its new neighbours.
    fn is_reached(&self, id: Id) -> bool {
        self.takes_part(id, &self.chain.reached)
    }

    fn takes_part(&self, id: Id, part: &BTreeSet<Id>) -> bool {
        if self.changed_line(id) {
            self.placed.contains(&id)
        } else if self.is_new(id) {
            // Flows of stages are drawn by persons: a new stage only joins a chain that holds all stages.
            id.kind() != Kind::Stage || self.chain.has_all_stages
        } else {
            part.contains(&id)
        }
    }

    /// Returns the links between cards that are no longer neighbours. Cards that stay in place while their
    /// lane is deleted keep theirs.
    fn loose_links(&self) -> Vec<(FlowId, Id, Id)> {
        let stays = |id: Id| self.changed_line(id) && !self.placed.contains(&id);
        let is_loose = |from: Id, to: Id| !self.new_order.is_next(from, to) && !stays(from) && !stays(to);
        self.chain.links.iter().filter(|(_, from, to)| is_loose(*from, *to)).copied().collect()
    }

    /// Draws plain links between elements that no flow connects yet.
    fn link_all(&mut self, ends: impl Iterator<Item = (Id, Id)>) {
        for (from, to) in ends {
            if !self.new_flows.has_flow(from, to) {
                self.new_flows.add_plain(from, to);
                self.links.push(NewLink { from, to, like: None });
            }
        }
    }

    /// Links the cards that became neighbours.
    fn link_neighbours(&mut self) {
        let mut wanted = Vec::new();
        for (line, columns) in self.new_order.columns_by_line() {
            for pair in columns.windows(2) {
                let [column, next] = pair else { continue };
                wanted.extend(self.new_neighbours(*line, column, next));
            }
        }
        for beside in self.new_order.element_ids().filter(|id| !self.new_order.is_seated(*id)) {
            let Some(line) = self.new_order.line_of_element(beside) else { continue };
            let next = self.new_order.next_column(beside);
            wanted.extend(self.new_neighbours(line, &[beside], next));
        }
        self.link_all(wanted.into_iter());
    }

    fn new_neighbours(&self, line: FlowLine, column: &[Id], next: &[Id]) -> Vec<(Id, Id)> {
        let stays = |column: &[Id]| column.first().is_some_and(|id| self.old_order.column_of(*id) == column);
        let were_next = column.first().zip(next.first()).is_some_and(|(a, b)| self.old_order.is_next(*a, *b));
        if were_next && stays(column) && stays(next) {
            return Vec::new();
        }
        let both_new = |from: Id, to: Id| self.is_new(from) && self.is_new(to);
        let pairs = column.iter().flat_map(|from| next.iter().map(|to| (*from, *to)));
        let pairs: Vec<(Id, Id)> = pairs.filter(|(from, to)| !self.old_order.is_next(*from, *to)).collect();
        // Copies keep the plain flows they brought; if they brought none, the chain runs through them.
        let brought =
            pairs.iter().any(|(from, to)| both_new(*from, *to) && self.new_flows.has_plain(*from, *to));
        let joins_copies = !brought && self.chain.lines.contains(&line);
        let fits = |(from, to): &(Id, Id)| {
            let may_join = !both_new(*from, *to) || joins_copies;
            may_join && self.leads_on(*from) && self.is_reached(*to)
        };
        pairs.into_iter().filter(fits).collect()
    }

    /// Links newcomers of an occupied column like the other cards there, if no neighbour was linked.
    fn seat_newcomers(&mut self) {
        for id in self.placed.iter().copied() {
            let came = |other: &&Id| {
                let together = self.old_order.column_of(id).contains(other);
                **other != id && !together && !self.placed.contains(other)
            };
            let siblings: Vec<Id> = self.new_order.column_of(id).iter().filter(came).copied().collect();
            if self.is_reached(id) && !self.new_flows.is_reached(id) {
                let sources = siblings.iter().flat_map(|other| self.new_flows.preferred_sources(*other));
                let sources: BTreeSet<Id> = sources.collect();
                self.link_all(sources.into_iter().map(|from| (from, id)));
            }
            if self.leads_on(id) && !self.new_flows.leads_on(id) {
                let targets = siblings.iter().flat_map(|other| self.new_flows.preferred_targets(*other));
                let targets: BTreeSet<Id> = targets.collect();
                self.link_all(targets.into_iter().map(|to| (id, to)));
            }
        }
    }

    /// Keeps links that still lead forward in their line if no other leaves their start or reaches their end.
    fn keep_needed(&mut self) {
        for (link, from, to) in std::mem::take(&mut self.loose) {
            let is_last = !self.new_flows.leads_on(from) || !self.new_flows.is_reached(to);
            let leads_on = self.new_order.is_forward(from, to)
                && self.new_order.line_of_element(from) == self.new_order.line_of_element(to);
            if is_last && leads_on {
                self.new_flows.add_plain(from, to);
            } else {
                self.loose.push((link, from, to));
            }
        }
    }

    /// Links newcomers of a chain to the next column if only drawn flows reach that.
    fn end_nowhere(&mut self) {
        for id in self.placed.iter().copied() {
            let in_chain =
                self.new_order.line_of_element(id).is_some_and(|line| self.chain.lines.contains(&line));
            if in_chain && self.leads_on(id) && !self.new_flows.leads_on(id) {
                let next = self.new_order.next_column(id).to_vec();
                self.link_all(next.into_iter().map(|to| (id, to)));
            }
        }
    }
}

/// Returns the flows that a command removes while both of their ends stay.
fn cut_flows(before: &Journey, after: &Journey, order: &ReadingOrder) -> BTreeSet<FlowId> {
    let gone = before.flows().values().filter(|flow| !after.flows().contains_key(&flow.id));
    let cut =
        gone.filter(|flow| [flow.from, flow.to].iter().all(|end| order.line_of_element(*end).is_some()));
    cut.map(|flow| flow.id).collect()
}

/// Returns the plain flows that led forward and would now lead back.
fn turned_flows(before: &Journey, (old, new): (&ReadingOrder, &ReadingOrder)) -> Vec<(FlowId, Id, Id)> {
    let is_turned = |flow: &Flow| {
        let stay = [flow.from, flow.to].iter().all(|end| new.line_of_element(*end).is_some());
        stay && old.is_forward(flow.from, flow.to) && !new.is_forward(flow.from, flow.to)
    };
    let turned = before.flows().values().filter(|flow| is_turned(flow) && is_plain(before, flow));
    turned.map(|flow| (flow.id, flow.from, flow.to)).collect()
}

#[cfg(test)]
mod tests;
