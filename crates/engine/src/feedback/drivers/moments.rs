//! Sums over respondents, and the correlations they hold.

#![allow(clippy::many_single_char_names, reason = "the letters are those of the formulas")]

use super::Correlations;
use crate::model::counts::{Moments, WeightSum};

impl Moments {
    /// Returns empty sums for this many drivers.
    pub fn with_drivers(drivers: usize) -> Self {
        let all = drivers + 1;
        let products = vec![0; all * (all + 1) / 2];
        Self { n: 0, weight: WeightSum::default(), sums: vec![0; all], products }
    }

    /// Returns the number of drivers.
    pub fn driver_count(&self) -> usize {
        self.sums.len().saturating_sub(1)
    }

    /// Returns the sums of some drivers only, in the order given.
    #[must_use]
    pub fn select_drivers(&self, drivers: &[usize]) -> Self {
        let places: Vec<usize> = std::iter::once(0).chain(drivers.iter().map(|driver| driver + 1)).collect();
        let sum = |place: &usize| self.sums.get(*place).copied().unwrap_or_default();
        let pairs = places.iter().enumerate().flat_map(|(i, a)| places[i..].iter().map(move |b| (*a, *b)));
        let products = pairs.map(|(a, b)| self.product_sum(a, b)).collect();
        Self { n: self.n, weight: self.weight, sums: places.iter().map(sum).collect(), products }
    }

    /// Adds the sums of other respondents over the same questions.
    pub fn add_moments(&mut self, other: &Self) {
        self.n += other.n;
        self.weight.add_weight(other.weight);
        self.sums.iter_mut().zip(&other.sums).for_each(|(a, b)| *a = a.saturating_add(*b));
        self.products.iter_mut().zip(&other.products).for_each(|(a, b)| *a = a.saturating_add(*b));
    }

    /// Adds the sums and products of respondents who gave the same answers, without their number.
    pub fn add_alike(&mut self, answers: &[i64], people: u64) {
        self.add_times(answers, i128::from(people));
    }

    /// Adds `people` respondents who gave the same answers, with their total weight.
    pub fn add_weighted(&mut self, answers: &[i64], people: u64, weight: WeightSum) {
        self.n += people;
        self.weight.add_weight(weight);
        self.add_times(answers, i128::try_from(weight.millionths).unwrap_or(i128::MAX));
    }

    /// Returns the same respondents with weight one each.
    #[must_use]
    pub fn weighing_one(&self) -> Self {
        let one = i128::from(WeightSum::ONE);
        let times = |sums: &[i128]| sums.iter().map(|sum| sum.saturating_mul(one)).collect();
        let sums = times(&self.sums);
        let products = times(&self.products);
        Self { n: self.n, weight: WeightSum::from_count(self.n), sums, products }
    }

    /// True if respondents are weighted.
    pub fn is_weighted(&self) -> bool {
        self.weight != WeightSum::default()
    }

    /// Returns their number; Kish's effective number, (Σw)² / Σw², if they are weighted.
    pub fn effective_n(&self) -> f64 {
        if self.is_weighted() { self.weight.effective_n() } else { self.n as f64 }
    }

    fn add_times(&mut self, answers: &[i64], people: i128) {
        let mut products = self.products.iter_mut();
        for (place, answer) in answers.iter().enumerate() {
            let times = people.saturating_mul(i128::from(*answer));
            self.sums.iter_mut().skip(place).take(1).for_each(|sum| *sum = sum.saturating_add(times));
            let others = answers.iter().skip(place).map(|other| times.saturating_mul(i128::from(*other)));
            others.zip(&mut products).for_each(|(xy, sum)| *sum = sum.saturating_add(xy));
        }
    }

    fn product_sum(&self, a: usize, b: usize) -> i128 {
        let low = a.min(b);
        let high = a.max(b);
        let all = self.sums.len();
        let row = low * all - low * low.saturating_sub(1) / 2;
        self.products.get(row + high - low).copied().unwrap_or_default()
    }

    /// Returns n Σxy − Σx Σy, or the same with weights: exact if it fits in 128 bits, as for any file of
    /// people.
    fn centred_product(&self, a: usize, b: usize) -> f64 {
        let x = self.sums.get(a).copied().unwrap_or(0);
        let y = self.sums.get(b).copied().unwrap_or(0);
        let n = if self.is_weighted() {
            i128::try_from(self.weight.millionths).unwrap_or(i128::MAX)
        } else {
            i128::from(self.n)
        };
        let exact = || n.checked_mul(self.product_sum(a, b))?.checked_sub(x.checked_mul(y)?);
        exact().map_or_else(|| n as f64 * self.product_sum(a, b) as f64 - x as f64 * y as f64, |c| c as f64)
    }

    /// True if everyone gave the same answer: to the outcome (0) or to driver `variable` − 1.
    pub fn is_constant(&self, variable: usize) -> bool {
        self.centred_product(variable, variable) <= 0.0
    }

    /// Returns the correlations of some drivers and the outcome, none of them constant.
    pub fn correlations_of(&self, drivers: &[usize]) -> Correlations {
        let spread = |variable: usize| self.centred_product(variable, variable).sqrt();
        let outcome = spread(0);
        let spreads: Vec<f64> = drivers.iter().map(|driver| spread(driver + 1)).collect();
        let mut among = Vec::with_capacity(drivers.len() * drivers.len());
        for (a, spread_a) in drivers.iter().zip(&spreads) {
            for (b, spread_b) in drivers.iter().zip(&spreads) {
                let one =
                    if a == b { 1.0 } else { self.centred_product(a + 1, b + 1) / (spread_a * spread_b) };
                among.push(one);
            }
        }
        let with_outcome = drivers
            .iter()
            .zip(&spreads)
            .map(|(d, spread)| self.centred_product(0, d + 1) / (outcome * spread));
        Correlations { n: self.effective_n(), with_outcome: with_outcome.collect(), among }
    }
}
