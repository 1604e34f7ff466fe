//! Sums of products for the drivers of an outcome, over the rows that answer all of its questions.

use super::answers::{FURTHEST, RowWeight};
use crate::model::counts::Moments;
use crate::survey::period::Period;
use std::collections::BTreeMap;

/// The most drivers whose products are summed: more would slow the count down, and nobody reads that many
/// shares.
pub const DRIVERS: usize = 64;
/// The number of rows whose products certainly fit into 64 bits before they are added to the exact sums.
const ROOM: u32 = (i64::MAX / (FURTHEST * FURTHEST)) as u32;

/// The counted sums of one outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedPairs {
    /// The outcome's index in the mapping.
    pub outcome: usize,
    /// The drivers' indices in the mapping.
    pub drivers: Vec<usize>,
    /// The sums of each period.
    pub moments: BTreeMap<Period, Moments>,
    /// The same sums, weighted; empty if the import is unweighted.
    pub weighted: BTreeMap<Period, Moments>,
}

/// The sums of one period while counting.
struct PeriodSums {
    period: Period,
    exact: Moments,
    weighted: Option<Moments>,
    products: Vec<i64>,
    /// The number of rows that can still be added before `products` must go into the exact sums.
    room: u32,
}

/// The sums of one outcome and its drivers.
pub(super) struct PairCounter {
    /// The outcome's question, then those of the drivers.
    questions: Vec<usize>,
    by_period: Vec<Option<PeriodSums>>,
    row: Vec<i64>,
    /// The number of rows of these answers that fit into 64 bits.
    room: u32,
}

impl PairCounter {
    /// Creates the sums for `questions`: the outcome, then the drivers. `furthest` is the largest absolute
    /// answer, in thousandths.
    pub(super) fn new(questions: Vec<usize>, furthest: i64) -> Self {
        let furthest = furthest.clamp(1, FURTHEST);
        let room = u32::try_from(i64::MAX / (furthest * furthest)).unwrap_or(u32::MAX).max(ROOM);
        Self { row: vec![0; questions.len()], questions, by_period: Vec::new(), room }
    }

    /// Adds a row: the answers to all questions, in thousandths.
    pub(super) fn add_row(
        &mut self,
        answers: &[Option<i64>],
        row_weight: RowWeight,
        (place, period): (usize, Period),
    ) {
        for (slot, question) in self.row.iter_mut().zip(&self.questions) {
            let Some(Some(answer)) = answers.get(*question) else { return };
            *slot = *answer;
        }
        if self.by_period.len() <= place {
            self.by_period.resize_with(place + 1, || None);
        }
        let row = &self.row;
        let room = self.room;
        let Some(slot) = self.by_period.get_mut(place) else { return };
        let sums = slot.get_or_insert_with(|| {
            let exact = Moments::with_drivers(row.len() - 1);
            let weighted = row_weight.weight.map(|_| exact.clone());
            PeriodSums { period, products: vec![0; exact.products.len()], exact, weighted, room }
        });
        let people = row_weight.people;
        if let Some((weighted, weight)) = sums.weighted.as_mut().zip(row_weight.weight) {
            weighted.add_weighted(row, people, weight);
        }
        sums.exact.n += people;
        if people != 1 {
            return sums.exact.add_alike(row, people);
        }
        let mut products = sums.products.iter_mut();
        for (place, answer) in row.iter().enumerate() {
            sums.exact.sums[place] += i128::from(*answer);
            row[place..].iter().zip(&mut products).for_each(|(other, sum)| *sum += answer * other);
        }
        sums.room -= 1;
        if sums.room == 0 {
            sums.flush_products();
            sums.room = room;
        }
    }

    /// Adds the sums of other rows over the same questions. `periods` maps their periods to ours.
    pub(super) fn merge(&mut self, other: Self, periods: &[usize]) {
        for (sums, place) in other.by_period.into_iter().zip(periods) {
            let Some(mut sums) = sums else { continue };
            sums.flush_products();
            if self.by_period.len() <= *place {
                self.by_period.resize_with(place + 1, || None);
            }
            match self.by_period.get_mut(*place) {
                Some(Some(own)) => own.merge(&sums),
                Some(none) => *none = Some(PeriodSums { room: self.room, ..sums }),
                None => {}
            }
        }
    }

    pub(super) fn finish(self, index: impl Fn(usize) -> usize) -> CountedPairs {
        let mut indices = self.questions.iter().map(|question| index(*question));
        let outcome = indices.next().unwrap_or_default();
        let mut moments = BTreeMap::new();
        let mut weighted = BTreeMap::new();
        for mut sums in self.by_period.into_iter().flatten() {
            sums.flush_products();
            weighted.extend(sums.weighted.map(|weighted| (sums.period, weighted)));
            moments.insert(sums.period, sums.exact);
        }
        CountedPairs { outcome, drivers: indices.collect(), moments, weighted }
    }
}

impl PeriodSums {
    /// Adds the sums of other rows, which are settled.
    fn merge(&mut self, other: &Self) {
        self.exact.add_moments(&other.exact);
        if let Some((own, theirs)) = self.weighted.as_mut().zip(other.weighted.as_ref()) {
            own.add_moments(theirs);
        }
    }

    fn flush_products(&mut self) {
        for (exact, sum) in self.exact.products.iter_mut().zip(&mut self.products) {
            *exact += i128::from(std::mem::take(sum));
        }
    }
}
