//! Importance and performance: how much a touchpoint matters to customers, and how well it is done.

use super::drivers::OutcomeDrivers;
use super::overlay::Overlay;
use crate::id::Id;
use crate::model::Project;
use std::collections::BTreeMap;

/// The position of the matrix's cross-hair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CrossHair {
    /// At the means of both.
    #[default]
    Means,
    /// At the medians of both.
    Medians,
    /// At the middle of the scores' domain and the mean of importance, which has no domain.
    Centre,
}

/// The recommendation for a touchpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quadrant {
    /// Important and low: concentrate here.
    Concentrate,
    /// Important and high: keep up.
    KeepUp,
    /// Unimportant and low: low priority.
    LowPriority,
    /// Unimportant and high: possible overkill.
    Overkill,
}

/// One touchpoint or stage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DriverPlace {
    /// The share of the outcome's variance that its answers explain, 0 to 1.
    pub importance: f64,
    /// Position of its score between worst (0) and best (1).
    pub performance: f64,
    /// The recommendation for it.
    pub quadrant: Quadrant,
}

/// The points of the matrix, and the position of the cross-hair.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Matrix {
    /// Touchpoints and stages.
    pub places: BTreeMap<Id, DriverPlace>,
    /// Importance and performance at the cross-hair.
    pub cross: (f64, f64),
}

/// Returns the matrix of an outcome's drivers and shown scores. An element with several drivers gets the sum
/// of their shares.
pub fn importance_matrix(
    project: &Project,
    outcome: &OutcomeDrivers,
    shown: &Overlay,
    cross: CrossHair,
) -> Matrix {
    let Ok(found) = &outcome.found else { return Matrix::default() };
    let mut importance: BTreeMap<Id, f64> = BTreeMap::new();
    for (driver, share) in outcome.drivers.iter().zip(&found.shares) {
        if let Some(target) = project.questions().get(driver).and_then(|question| question.target) {
            *importance.entry(target).or_default() += share;
        }
    }
    let position =
        |target: &Id| shown.scores.get(target).and_then(super::overlay::TargetScore::ramp_position);
    let points: Vec<(Id, f64, f64)> =
        importance.iter().filter_map(|(target, share)| Some((*target, *share, position(target)?))).collect();
    let middle = |values: Vec<f64>| if cross == CrossHair::Medians { median(values) } else { mean(&values) };
    let x = middle(points.iter().map(|point| point.1).collect());
    let y = middle(points.iter().map(|point| point.2).collect());
    let y = if cross == CrossHair::Centre { 0.5 } else { y };
    let place = |(target, importance, performance): (Id, f64, f64)| {
        let quadrant = match (importance >= x, performance >= y) {
            (true, false) => Quadrant::Concentrate,
            (true, true) => Quadrant::KeepUp,
            (false, false) => Quadrant::LowPriority,
            (false, true) => Quadrant::Overkill,
        };
        (target, DriverPlace { importance, performance, quadrant })
    };
    Matrix { places: points.into_iter().map(place).collect(), cross: (x, y) }
}

fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    match (values.get(half), values.get(half.wrapping_sub(1))) {
        (Some(upper), Some(lower)) if values.len().is_multiple_of(2) => f64::midpoint(*upper, *lower),
        (Some(middle), _) => *middle,
        (None, _) => 0.0,
    }
}
