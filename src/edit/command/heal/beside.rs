//! What stands beside the chain of a journey: exceptions and the branches they lead into.

use super::flows::ForwardFlows;
use super::order::ReadingOrder;
use crate::id::Id;
use std::collections::{BTreeMap, BTreeSet};

/// What stands beside the chain of a journey.
#[derive(Debug, Default)]
pub(super) struct BesideChain {
    /// Cards that are only reached by exceptions: by labelled flows, from where a plain one leads on.
    /// Each with the first of its branch.
    exceptions: BTreeMap<Id, Id>,
    /// What has no flows in a line that has some, and columns that hold nothing but exceptions.
    ids: BTreeSet<Id>,
}

impl BesideChain {
    pub(super) fn of(order: &ReadingOrder, flows: &ForwardFlows) -> Self {
        let is_unlinked = |id: &Id| !flows.leads_on(*id) && !flows.is_reached(*id);
        let mut beside = Self::default();
        for columns in order.lines().values() {
            let unlinked: BTreeSet<Id> = columns.iter().flatten().copied().filter(is_unlinked).collect();
            if unlinked.len() < columns.iter().map(Vec::len).sum() {
                beside.ids.extend(unlinked);
            }
        }
        // Sources are read before what they lead to.
        for column in order.columns() {
            for id in column {
                let is_way = |from: &Id| !beside.ids.contains(from) && flows.is_way_on(*from, *id);
                let sources = flows.sources(*id);
                if !sources.is_empty() && !sources.iter().any(is_way) {
                    let branch = sources.iter().find_map(|from| beside.branch(*from));
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

    /// True if an element stands beside the chain.
    pub(super) fn has(&self, id: Id) -> bool {
        self.ids.contains(&id)
    }

    /// True if a card is reached by an exception, and stands beside the chain.
    pub(super) fn is_exception(&self, id: Id) -> bool {
        self.branch(id).is_some()
    }

    /// The first card of the branch in which one stands beside the chain.
    pub(super) fn branch(&self, id: Id) -> Option<Id> {
        self.exceptions.get(&id).filter(|_| self.ids.contains(&id)).copied()
    }

    /// Puts cards into the branches of others that stand in one, and returns those.
    pub(super) fn join(&mut self, joins: &BTreeMap<Id, Id>) -> BTreeSet<Id> {
        let branches = joins.iter().filter_map(|(id, of)| Some((*id, self.branch(*of)?)));
        let branches: Vec<(Id, Id)> = branches.collect();
        self.ids.extend(branches.iter().map(|(id, _)| *id));
        self.exceptions.extend(branches.iter().copied());
        branches.into_iter().map(|(id, _)| id).collect()
    }

    /// True if all is part of the chain.
    pub(super) fn is_empty(&self) -> bool {
        self.exceptions.is_empty() && self.ids.is_empty()
    }

    /// What is put somewhere while the exceptions that led to it lead back or are gone.
    pub(super) fn freed(&self, flows: &ForwardFlows, placed: &BTreeSet<Id>) -> BTreeSet<Id> {
        let is_freed = |id: &&Id| placed.contains(*id) && !flows.is_reached(**id);
        self.exceptions.keys().filter(is_freed).copied().collect()
    }

    /// What stands beside the chain once cards went elsewhere: exceptions still do where something leads to them, unless
    /// others share their column. What is put somewhere while nothing leads to it comes in, but behind a branch it goes
    /// on with that.
    pub(super) fn after(mut self, order: &ReadingOrder, flows: &ForwardFlows, placed: &BTreeSet<Id>) -> Self {
        let is_unmoved = |id: &Id| self.is_exception(*id) && !placed.contains(id);
        let goes_on = |id: &&Id| {
            let before = order.column_before(**id);
            self.exceptions.contains_key(*id) && !before.is_empty() && before.iter().all(is_unmoved)
        };
        let branch: BTreeSet<Id> = placed.iter().filter(goes_on).copied().collect();
        let stays = |id: &Id| flows.is_reached(*id) || !placed.contains(id) || branch.contains(id);
        self.exceptions.retain(|id, _| stays(id));
        self.ids.retain(stays);
        for column in order.columns() {
            self.pass_by(column);
        }
        self
    }
}
