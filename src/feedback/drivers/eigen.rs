//! Eigenvalues of a symmetric matrix by Jacobi's rotations: plain, exact to the last digits, fast enough for the
//! few hundred drivers that a map has at most.

#![allow(clippy::many_single_char_names, reason = "the letters are those of the formulas")]

/// Sweeps after which every matrix of this size has long converged.
const SWEEPS: usize = 64;

/// A symmetric matrix taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Eigen {
    /// The eigenvalues, in no order.
    pub values: Vec<f64>,
    /// The eigenvectors as columns, row by row.
    vectors: Vec<f64>,
}

impl Eigen {
    /// Takes a symmetric matrix of `side` rows apart.
    pub fn of(matrix: &[f64], side: usize) -> Self {
        let mut a = matrix.to_vec();
        let mut vectors = vec![0.0; side * side];
        (0..side).for_each(|i| vectors[i * side + i] = 1.0);
        for _ in 0..SWEEPS {
            let off: f64 = (0..side)
                .flat_map(|i| (i + 1..side).map(move |j| (i, j)))
                .map(|(i, j)| a[i * side + j].powi(2))
                .sum();
            if off < f64::MIN_POSITIVE {
                break;
            }
            for p in 0..side {
                for q in p + 1..side {
                    rotate(&mut a, &mut vectors, side, p, q);
                }
            }
        }
        Self { values: (0..side).map(|i| a[i * side + i]).collect(), vectors }
    }

    /// The element of eigenvector `k` that belongs to variable `row`.
    pub fn vector(&self, row: usize, k: usize) -> f64 {
        self.vectors[row * self.values.len() + k]
    }

    /// The square root of the ratio of the largest to the smallest eigenvalue: 1 for uncorrelated variables, without
    /// bound for dependent ones.
    pub fn condition(&self) -> f64 {
        let highest = self.values.iter().copied().fold(0.0, f64::max);
        let lowest = self.values.iter().copied().fold(f64::INFINITY, f64::min);
        if self.values.is_empty() { 1.0 } else { (highest / lowest.max(0.0)).sqrt() }
    }

    /// The diagonal of the inverse: of a correlation matrix, how much each variable's variance is inflated by the
    /// others. Eigenvalues below `least` count as `least`.
    pub fn inverse_diagonal(&self, least: f64) -> Vec<f64> {
        let places = 0..self.values.len();
        let part = |row: usize, k: usize| self.vector(row, k).powi(2) / self.values[k].max(least);
        places.clone().map(|row| places.clone().map(|k| part(row, k)).sum()).collect()
    }
}

/// Turns the plane of two variables so that their product vanishes.
fn rotate(a: &mut [f64], vectors: &mut [f64], side: usize, p: usize, q: usize) {
    let shared = a[p * side + q];
    if shared == 0.0 {
        return;
    }
    let slope = (a[q * side + q] - a[p * side + p]) / (2.0 * shared);
    let tangent = slope.signum() / (slope.abs() + slope.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    let turn = tangent * cosine;
    for k in 0..side {
        let (x, y) = (a[k * side + p], a[k * side + q]);
        a[k * side + p] = cosine * x - turn * y;
        a[k * side + q] = turn * x + cosine * y;
    }
    for k in 0..side {
        let (x, y) = (a[p * side + k], a[q * side + k]);
        a[p * side + k] = cosine * x - turn * y;
        a[q * side + k] = turn * x + cosine * y;
        let (x, y) = (vectors[k * side + p], vectors[k * side + q]);
        vectors[k * side + p] = cosine * x - turn * y;
        vectors[k * side + q] = turn * x + cosine * y;
    }
}
