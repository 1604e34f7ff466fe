//! The highlight of elements that others just changed.

use engine::edit::{Op, Transaction};
use engine::id::Id;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// Duration for which changed cards glow.
const GLOW: Duration = Duration::from_secs(4);

/// Cards changed by others, highlighted for a moment.
#[derive(Debug, Clone)]
pub(super) struct Glow {
    ids: BTreeSet<Id>,
    since: Instant,
}

impl Glow {
    /// Starts the glow of all elements that a transaction touches.
    pub(super) fn from_transaction(transaction: &Transaction) -> Self {
        Self { ids: transaction.ops.iter().map(Op::id).collect(), since: Instant::now() }
    }

    /// Returns the glowing elements and the strength, from 1 down to 0; `None` once it has faded.
    pub(super) fn glowing_elements(&self) -> Option<(&BTreeSet<Id>, f32)> {
        let left = 1.0 - self.since.elapsed().as_secs_f32() / GLOW.as_secs_f32();
        (left > 0.0).then_some((&self.ids, left))
    }
}
