//! Tables of shared records by id, with their order among siblings.

use super::records::{
    Channel, Evidence, Improvement, Insight, JourneyInfo, Lane, Metric, Persona, Picture, Question, Stage,
    Step, Touchpoint, Wave,
};
use crate::order::OrderKey;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Records by id; cloning shares them.
pub type Table<I, R> = BTreeMap<I, Arc<R>>;

/// A record with an order key among its siblings.
pub trait Keyed {
    /// Returns the order key.
    fn key(&self) -> &OrderKey;
}

macro_rules! keyed {
    ($($record:ident)+) => {$(
        impl Keyed for $record {
            fn key(&self) -> &OrderKey { &self.key }
        }
    )+};
}
keyed! { JourneyInfo Stage Step Lane Touchpoint Insight Picture Improvement Persona Channel Question Metric Wave Evidence }

/// Returns the records in order: by key, then by id, so that equal keys leave no order open.
pub fn records_in_order<I: Ord, R: Keyed>(table: &Table<I, R>) -> Vec<&Arc<R>> {
    sort_records(table.values())
}

/// Returns the given records in order. They must come by ascending id, as tables yield them.
pub fn sort_records<'a, R: Keyed + 'a>(records: impl Iterator<Item = &'a Arc<R>>) -> Vec<&'a Arc<R>> {
    let mut records: Vec<_> = records.collect();
    records.sort_by(|a, b| a.key().cmp(b.key()));
    records
}
