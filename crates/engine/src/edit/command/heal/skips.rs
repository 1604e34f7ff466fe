//! Removes plain flows that skip elements the chain now runs through.

use super::Healing;
use super::flows::{ForwardFlows, is_plain};
use super::order::ReadingOrder;
use crate::id::Id;
use crate::model::Journey;
use std::collections::BTreeSet;

impl Healing<'_> {
    /// Removes plain flows that plain flows now lead around the longer way. One that already ran beside such
    /// a way was drawn by a person, and is kept.
    pub(super) fn drop_skips(&mut self, after: &Journey) {
        let is_skip = |&(from, to): &(Id, Id)| {
            let drawn =
                self.old_flows.has_plain(from, to) && has_detour(&self.old_flows, &self.old_order, from, to);
            !drawn && has_detour(&self.new_flows, &self.new_order, from, to)
        };
        let skips: BTreeSet<(Id, Id)> = self.new_flows.plain_ends().filter(is_skip).collect();
        if skips.is_empty() {
            return;
        }
        self.links.retain(|link| link.like.is_some() || !skips.contains(&(link.from, link.to)));
        let plain = after.flows().values().filter(|flow| skips.contains(&(flow.from, flow.to)));
        let plain = plain.filter(|flow| is_plain(after, flow));
        self.loose.extend(plain.map(|flow| (flow.id, flow.from, flow.to)));
    }
}

/// Returns true if plain flows lead from one element to the other through others.
fn has_detour(flows: &ForwardFlows, order: &ReadingOrder, from: Id, to: Id) -> bool {
    let is_lone = flows.plain_targets(from).nth(1).is_none() || flows.plain_sources(to).nth(1).is_none();
    if is_lone || order.is_adjacent(from, to) {
        return false;
    }
    let mut seen = BTreeSet::from([to]);
    let mut open: Vec<Id> = flows.plain_targets(from).filter(|next| *next != to).collect();
    while let Some(at) = open.pop() {
        if !order.is_forward(at, to) || !seen.insert(at) {
            continue;
        }
        for next in flows.plain_targets(at) {
            if next == to {
                return true;
            }
            open.push(next);
        }
    }
    false
}
