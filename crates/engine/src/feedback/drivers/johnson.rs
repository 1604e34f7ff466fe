//! Johnson's relative weights (2000): shares of R² through the nearest uncorrelated variables.

use super::NOTHING;
use super::eigen::Eigen;

/// Returns the weights, which add up to R², from the eigendecomposition of the drivers' correlations and
/// their correlations with the outcome.
///
/// With R = V L Vᵗ the drivers are Λ = V √L Vᵗ times uncorrelated variables, whose correlations with the
/// outcome are β = Λ⁻¹ r; driver i gets Σ Λᵢₖ² βₖ².
pub(super) fn relative_weights(eigen: &Eigen, with_outcome: &[f64]) -> Vec<f64> {
    let places = 0..with_outcome.len();
    let inverse = |value: f64| if value > NOTHING { 1.0 / value.sqrt() } else { 0.0 };
    let roots: Vec<f64> = eigen.values.iter().map(|value| value.max(0.0).sqrt()).collect();
    let along = |k: usize| -> f64 {
        let part = |i: usize| eigen.vector_element(i, k) * with_outcome[i];
        inverse(eigen.values[k]) * places.clone().map(part).sum::<f64>()
    };
    let along: Vec<f64> = places.clone().map(along).collect();
    let beta = |i: usize| -> f64 { places.clone().map(|k| eigen.vector_element(i, k) * along[k]).sum() };
    let betas: Vec<f64> = places.clone().map(beta).collect();
    let weight = |i: usize| {
        let stretched: Vec<f64> = places.clone().map(|k| eigen.vector_element(i, k) * roots[k]).collect();
        let power =
            |j: usize| -> f64 { places.clone().map(|k| stretched[k] * eigen.vector_element(j, k)).sum() };
        places.clone().map(|j| (power(j) * betas[j]).powi(2)).sum()
    };
    places.clone().map(weight).collect()
}
