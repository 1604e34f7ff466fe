//! Johnson's relative weights (2000): shares of R² through the nearest uncorrelated variables.

use super::NOTHING;
use super::eigen::Eigen;

/// The weights, which add up to R², from the drivers' correlations, taken apart, and those with the outcome.
///
/// With R = V L Vᵗ the drivers are Λ = V √L Vᵗ times uncorrelated variables, whose correlations with the outcome are
/// β = Λ⁻¹ r; driver i gets Σ Λᵢₖ² βₖ².
pub(super) fn weights(eigen: &Eigen, with_outcome: &[f64]) -> Vec<f64> {
    let count = with_outcome.len();
    let places = 0..count;
    let power = |of: &dyn Fn(f64) -> f64, row: usize, column: usize| -> f64 {
        let part = |k: usize| eigen.vector(row, k) * of(eigen.values[k]) * eigen.vector(column, k);
        (0..count).map(part).sum()
    };
    let inverse = |value: f64| if value > NOTHING { 1.0 / value.sqrt() } else { 0.0 };
    let root = |value: f64| value.max(0.0).sqrt();
    let betas: Vec<f64> = places
        .clone()
        .map(|k| places.clone().map(|i| power(&inverse, k, i) * with_outcome[i]).sum())
        .collect();
    let weight = |i: usize| places.clone().map(|k| (power(&root, i, k) * betas[k]).powi(2)).sum();
    places.clone().map(weight).collect()
}
