//! Bridges gaps left by deleted or moved cards, so that no card that was on a path loses its connection.

use super::flows::ForwardFlows;
use super::{Healing, NewLink};
use crate::id::Id;
use std::collections::{BTreeMap, BTreeSet};

/// Maximum number of cards searched across, so that thousands can go at once; then joins the nearest column.
const MOST_PASSED: usize = 64;
/// Maximum number of passed cards that are examined for a replacement.
const MOST_REPLACED: usize = 8;

/// The ends of a flow.
type EndPair = (Id, Id);

impl Healing<'_> {
    /// Bridges deleted or moved cards where no other flow leads to or from a card. A bridge keeps the
    /// condition that led to the card; if nothing led to the deleted card, its targets take its place.
    pub(super) fn bridge_gaps(&mut self) {
        let stayed = self.unmoved_elements();
        for id in stayed.iter().copied() {
            if !self.new_flows.is_reached(id) {
                for (from, like) in self.sources_across(id) {
                    self.draw_link(NewLink { from, to: id, like });
                }
            }
        }
        for id in stayed {
            if !self.new_flows.leads_on(id) {
                for to in self.targets_across(id) {
                    self.draw_link(NewLink { from: id, to, like: None });
                }
            }
        }
    }

    /// Returns the cards and stages that were neither placed by the command nor lost their lane.
    fn unmoved_elements(&self) -> Vec<Id> {
        let stays = |id: &Id| {
            self.old_order.line_of_element(*id).is_some()
                && !self.placed.contains(id)
                && !self.changed_line(*id)
        };
        self.new_order.element_ids().filter(stays).collect()
    }

    fn draw_link(&mut self, link: NewLink) {
        if self.new_flows.has_flow(link.from, link.to) {
            return;
        }
        match link.like {
            Some(_) => self.new_flows.add_labelled(link.from, link.to),
            None => self.new_flows.add_plain(link.from, link.to),
        }
        self.links.push(link);
    }

    /// Returns the cards that now lead to a card, each with the flow whose condition the link takes over.
    fn sources_across(&self, id: Id) -> BTreeMap<Id, Option<EndPair>> {
        let is_before = |other: Id| self.new_order.is_forward(other, id);
        let walk = self.walk_back(id, is_before);
        let label = |at: Id| self.lost_condition(&walk.way_to(at));
        if !walk.found.is_empty() {
            return walk.found.iter().map(|from| (*from, label(*from))).collect();
        }
        for gone in walk.passed.iter().take(MOST_REPLACED) {
            let next = self.walk_on(*gone, |other| other != id && is_before(other));
            let instead = if next.direct.is_empty() { next.found } else { next.direct };
            if !instead.is_empty() {
                return instead.into_iter().map(|from| (from, label(*gone))).collect();
            }
        }
        BTreeMap::new()
    }

    /// Returns the cards that a card now leads to.
    fn targets_across(&self, id: Id) -> BTreeSet<Id> {
        let is_after = |other: Id| self.new_order.is_forward(id, other);
        let walk = self.walk_on(id, is_after);
        if !walk.found.is_empty() {
            return walk.found;
        }
        for gone in walk.passed.iter().take(MOST_REPLACED) {
            let before = self.walk_back(*gone, |other| other != id && is_after(other));
            let instead = if before.direct.is_empty() { before.found } else { before.direct };
            if !instead.is_empty() {
                return instead;
            }
        }
        BTreeSet::new()
    }

    fn walk_back(&self, id: Id, fits: impl Fn(Id) -> bool) -> Walk {
        let rank = |at: Id| self.old_order.rank_of(at).unwrap_or_default();
        let last = rank(id);
        Walk::search_nearest(
            id,
            |at| self.old_flows.preferred_sources(at),
            fits,
            |at| last.saturating_sub(rank(at)),
        )
    }

    fn walk_on(&self, id: Id, fits: impl Fn(Id) -> bool) -> Walk {
        let rank = |at: Id| self.old_order.rank_of(at).unwrap_or_default();
        let first = rank(id);
        Walk::search_nearest(
            id,
            |at| self.old_flows.preferred_targets(at),
            fits,
            |at| rank(at).saturating_sub(first),
        )
    }

    /// Returns the first flow with a condition on a way back from a card, if one of its ends is deleted.
    fn lost_condition(&self, way: &[Id]) -> Option<EndPair> {
        let flows = way.windows(2).filter_map(|pair| Some((*pair.get(1)?, *pair.first()?)));
        let mut labelled = flows.filter(|(from, to)| !self.old_flows.has_plain(*from, *to));
        labelled
            .next()
            .filter(|(from, to)| [from, to].iter().any(|end| self.new_order.line_of_element(**end).is_none()))
    }

    /// Links elements that were on a path and are still unconnected to the nearest connected column.
    pub(super) fn join_nearest(&mut self) {
        let ids: Vec<Id> = self.new_order.element_ids().collect();
        for id in ids.iter().copied() {
            if !self.new_flows.is_reached(id) && self.has_part(id, ForwardFlows::is_reached) {
                let like = self.condition_of(id);
                for from in self.nearest_before(id) {
                    self.draw_link(NewLink { from, to: id, like });
                }
            }
        }
        for id in ids {
            if !self.new_flows.leads_on(id) && self.has_part(id, ForwardFlows::leads_on) {
                for to in self.nearest_behind(id) {
                    self.draw_link(NewLink { from: id, to, like: None });
                }
            }
        }
    }

    /// Returns the flow whose condition leads to the card's branch, or led to it from a deleted card.
    fn condition_of(&self, id: Id) -> Option<EndPair> {
        let Some(like) = self.joined.get(&id) else {
            return self
                .old_flows
                .preferred_sources(id)
                .into_iter()
                .find_map(|from| self.lost_condition(&[id, from]));
        };
        let sources = self.old_flows.preferred_sources(*like).into_iter();
        sources.map(|from| (from, *like)).find(|(from, like)| !self.old_flows.has_plain(*from, *like))
    }

    /// Returns true if an element took part in the flow of its line, or is put into a line that has flow.
    fn has_part(&self, id: Id, part: impl Fn(&ForwardFlows, Id) -> bool) -> bool {
        if self.is_new(id) || self.changed_line(id) {
            let line = self.new_order.line_of_element(id).filter(|line| self.chain.lines.contains(line));
            return line.is_some() && self.placed.contains(&id) && self.takes_part(id, &BTreeSet::new());
        }
        part(self.uncut_flows.as_ref().unwrap_or(&self.old_flows), id)
    }

    fn nearest_before(&self, id: Id) -> Vec<Id> {
        let leads = |other: &Id| {
            self.new_flows.leads_on(*other) || self.old_flows.leads_on(*other) || self.leads_on(*other)
        };
        let columns =
            self.new_order.line_of_element(id).and_then(|line| self.new_order.columns_by_line().get(&line));
        let columns = columns.map(Vec::as_slice).unwrap_or_default();
        let is_before =
            |column: &&Vec<Id>| column.first().is_some_and(|one| self.new_order.is_forward(*one, id));
        let fitting = columns.iter().rev().filter(is_before);
        let fitting = fitting.map(|column| column.iter().copied().filter(leads).collect::<Vec<Id>>());
        fitting.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn nearest_behind(&self, id: Id) -> Vec<Id> {
        let reached = |other: &Id| {
            self.new_flows.is_reached(*other) || self.old_flows.is_reached(*other) || self.is_reached(*other)
        };
        let columns =
            self.new_order.line_of_element(id).and_then(|line| self.new_order.columns_by_line().get(&line));
        let columns = columns.map(Vec::as_slice).unwrap_or_default();
        let is_behind =
            |column: &&Vec<Id>| column.first().is_some_and(|one| self.new_order.is_forward(id, *one));
        let fitting = columns.iter().filter(is_behind);
        let fitting = fitting.map(|column| column.iter().copied().filter(reached).collect::<Vec<Id>>());
        fitting.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
    }
}

/// A search from a card across elements that no longer fit to the nearest ones that do.
#[derive(Default)]
struct Walk {
    /// The nearest column of fitting elements beyond those that do not fit.
    found: BTreeSet<Id>,
    /// Direct neighbours that fit.
    direct: BTreeSet<Id>,
    /// Elements that do not fit, nearest first.
    passed: Vec<Id>,
    /// The predecessor of each element on the search's way.
    back: BTreeMap<Id, Id>,
}

impl Walk {
    /// Searches along `next`; the element with the smaller `distance` is nearer.
    fn search_nearest(
        start: Id,
        next: impl Fn(Id) -> Vec<Id>,
        fits: impl Fn(Id) -> bool,
        distance: impl Fn(Id) -> usize,
    ) -> Self {
        let mut walk = Self::default();
        let mut open = BTreeSet::from([(0, start)]);
        let mut nearest = usize::MAX;
        while let Some((at_distance, at)) = open.pop_first() {
            if at_distance > nearest || walk.passed.len() > MOST_PASSED {
                break;
            }
            if at != start {
                walk.passed.push(at);
            }
            for other in next(at) {
                if other == start || walk.back.contains_key(&other) {
                    continue;
                }
                walk.back.insert(other, at);
                if !fits(other) {
                    open.insert((distance(other), other));
                } else if at == start {
                    walk.direct.insert(other);
                } else {
                    nearest = nearest.min(distance(other));
                    walk.found.insert(other);
                }
            }
        }
        walk.found.retain(|id| distance(*id) == nearest);
        walk
    }

    /// Returns the way from the start to an element that the search reached.
    fn way_to(&self, end: Id) -> Vec<Id> {
        let mut way: Vec<Id> = std::iter::successors(Some(end), |at| self.back.get(at).copied()).collect();
        way.reverse();
        way
    }
}
