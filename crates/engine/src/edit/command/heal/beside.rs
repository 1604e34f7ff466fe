//! Elements beside the chain of a journey: exceptions and the branches they lead into.

use super::flows::ForwardFlows;
use super::order::ReadingOrder;
use crate::id::Id;
use std::collections::{BTreeMap, BTreeSet};

/// The elements beside the chain of a journey.
#[derive(Debug, Default)]
pub(super) struct BesideChain {
    /// Cards that are reached by exceptions only (labelled flows from a card that a plain one leaves as
    /// well), each with the first card of its branch.
    exceptions: BTreeMap<Id, Id>,
    /// Elements without flows in a line that has some, and columns that hold nothing but exceptions.
    ids: BTreeSet<Id>,
}

impl BesideChain {
    pub(super) fn from_order(order: &ReadingOrder, flows: &ForwardFlows) -> Self {
        let is_unlinked = |id: &Id| !flows.leads_on(*id) && !flows.is_reached(*id);
        let mut beside = Self::default();
        for columns in order.columns_by_line().values() {
            let unlinked: BTreeSet<Id> = columns.iter().flatten().copied().filter(is_unlinked).collect();
            if unlinked.len() < columns.iter().map(Vec::len).sum() {
                beside.ids.extend(unlinked);
            }
        }
        // Sources are read before their targets.
        for column in order.sorted_columns() {
            for id in column {
                let is_way = |from: &Id| !beside.ids.contains(from) && flows.is_way_on(*from, *id);
                let sources = flows.preferred_sources(*id);
                if !sources.is_empty() && !sources.iter().any(is_way) {
                    let branch = sources.iter().find_map(|from| beside.branch_start(*from));
                    beside.exceptions.insert(*id, branch.unwrap_or(*id));
                }
            }
            beside.pass_by(column);
        }
        beside
    }

    fn pass_by(&mut self, column: &[Id]) {
        let is_beside = |id: &Id| self.ids.contains(id) || self.exceptions.contains_key(id);
        if column.iter().all(is_beside) {
            self.ids.extend(column);
        }
    }

    /// Returns true if an element is beside the chain.
    pub(super) fn has_element(&self, id: Id) -> bool {
        self.ids.contains(&id)
    }

    /// Returns true if a card is reached by an exception and is beside the chain.
    pub(super) fn is_exception(&self, id: Id) -> bool {
        self.branch_start(id).is_some()
    }

    /// Returns the first card of the branch beside the chain that contains this card.
    pub(super) fn branch_start(&self, id: Id) -> Option<Id> {
        if self.ids.contains(&id) { self.exceptions.get(&id).copied() } else { None }
    }

    /// Adds cards to the branches of others that are in one, and returns the cards added.
    pub(super) fn join_branches(&mut self, joins: &BTreeMap<Id, Id>) -> BTreeSet<Id> {
        let branches = joins.iter().filter_map(|(id, of)| Some((*id, self.branch_start(*of)?)));
        let branches: Vec<(Id, Id)> = branches.collect();
        self.ids.extend(branches.iter().map(|(id, _)| *id));
        self.exceptions.extend(branches.iter().copied());
        branches.into_iter().map(|(id, _)| id).collect()
    }

    /// Returns true if all elements are part of the chain.
    pub(super) fn is_empty(&self) -> bool {
        self.exceptions.is_empty() && self.ids.is_empty()
    }

    /// Returns placed cards whose exceptions now lead back or are deleted.
    pub(super) fn find_freed_cards(&self, flows: &ForwardFlows, placed: &BTreeSet<Id>) -> BTreeSet<Id> {
        let is_freed = |id: &&Id| placed.contains(*id) && !flows.is_reached(**id);
        self.exceptions.keys().filter(is_freed).copied().collect()
    }

    /// Returns the elements beside the chain after cards have moved: exceptions stay if a flow still reaches
    /// them, unless others share their column. A placed card that no flow reaches joins the chain, but behind
    /// a branch it continues the branch.
    pub(super) fn update_after_move(
        mut self,
        order: &ReadingOrder,
        flows: &ForwardFlows,
        placed: &BTreeSet<Id>,
    ) -> Self {
        let is_unmoved = |id: &Id| self.is_exception(*id) && !placed.contains(id);
        let goes_on = |id: &&Id| {
            let before = order.column_before(**id);
            self.exceptions.contains_key(*id) && !before.is_empty() && before.iter().all(is_unmoved)
        };
        let branch: BTreeSet<Id> = placed.iter().filter(goes_on).copied().collect();
        let stays = |id: &Id| flows.is_reached(*id) || !placed.contains(id) || branch.contains(id);
        self.exceptions.retain(|id, _| stays(id));
        self.ids.retain(stays);
        for column in order.sorted_columns() {
            self.pass_by(column);
        }
        self
    }
}
