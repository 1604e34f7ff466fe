//! Selects the place where pasted elements go.

use super::heal::is_on_path;
use crate::id::{Id, Kind, StepId, TouchpointId};
use crate::model::{Journey, Project, Touchpoint};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The place where pasted elements go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Landing {
    /// Behind an element, or at the end.
    Behind(Option<Id>),
    /// Behind the last of their originals, in the same stage.
    BehindOriginals,
    /// In the columns of their originals.
    BesideOriginals,
}

/// Selects the place for copies: beside the originals if these are cards that all share their columns with
/// cards not copied, else behind.
pub(super) fn landing_of_copies(journey: &Journey, clip: &Project) -> Landing {
    let copied: Vec<&Arc<Journey>> = clip.journeys().values().collect();
    let is_copied = |id: TouchpointId| copied.iter().any(|copied| copied.touchpoints().contains_key(&id));
    let stay = || journey.touchpoints().values().filter(|card| !is_copied(card.id));
    let shared: BTreeSet<StepId> = stay().map(|card| card.step).collect();
    let on_path = stay().filter(|card| is_on_path(journey, card));
    let shared_path: BTreeSet<StepId> = on_path.map(|card| card.step).collect();
    let has_company = |card: &Arc<Touchpoint>| {
        let shared = if is_on_path(journey, card) { &shared_path } else { &shared };
        shared.contains(&card.step)
    };
    let are_parts = |copied: &&Arc<Journey>| {
        let is_bare = copied.stages().is_empty() && copied.cells().is_empty() && copied.pictures().is_empty();
        is_bare && !copied.touchpoints().is_empty() && copied.touchpoints().values().all(has_company)
    };
    if copied.iter().all(are_parts) { Landing::BesideOriginals } else { Landing::BehindOriginals }
}

/// Returns true if a card was copied into the clip, and all copied cards and stages still exist.
pub(super) fn holds_originals(journey: &Journey, clip: &Project, at: Id) -> bool {
    let stay = |copied: &Arc<Journey>| {
        copied.stages().keys().all(|id| journey.stages().contains_key(id))
            && copied.touchpoints().keys().all(|id| journey.touchpoints().contains_key(id))
    };
    at.kind() == Kind::Touchpoint && clip.record(at).is_some() && clip.journeys().values().all(stay)
}
