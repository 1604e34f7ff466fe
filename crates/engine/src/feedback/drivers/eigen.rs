//! Eigenvalues of a symmetric matrix by Jacobi's rotations: plain, exact to the last digits, fast enough for
//! the drivers that a map has. Beyond `MANY` by Householder's and the QL method, which take a fraction of the
//! time.

#![allow(clippy::many_single_char_names, reason = "the letters are those of the formulas")]

mod tridiagonal;

/// Sweeps after which every matrix of this size has long converged.
const SWEEPS: usize = 64;

/// The most variables that are rotated pair by pair.
const MANY: usize = 96;

/// The eigendecomposition of a symmetric matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct Eigen {
    /// The eigenvalues, in no order.
    pub values: Vec<f64>,
    /// The eigenvectors as columns, row by row.
    vectors: Vec<f64>,
}

impl Eigen {
    /// Decomposes a symmetric matrix of `side` rows.
    pub fn from_matrix(matrix: &[f64], side: usize) -> Self {
        if side > MANY
            && let Some((values, vectors)) = tridiagonal::decompose_matrix(matrix, side)
        {
            return Self { values, vectors };
        }
        Self::by_rotations(matrix, side)
    }

    fn by_rotations(matrix: &[f64], side: usize) -> Self {
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
                    rotate_plane(&mut a, &mut vectors, side, p, q);
                }
            }
        }
        Self { values: (0..side).map(|i| a[i * side + i]).collect(), vectors }
    }

    /// Returns the element of eigenvector `k` that belongs to variable `row`.
    pub fn vector_element(&self, row: usize, k: usize) -> f64 {
        self.vectors[row * self.values.len() + k]
    }

    /// Returns the condition number: the square root of the ratio of the largest to the smallest eigenvalue.
    /// 1 for uncorrelated variables, without bound for dependent ones.
    pub fn condition_number(&self) -> f64 {
        let highest = self.values.iter().copied().fold(0.0, f64::max);
        let lowest = self.values.iter().copied().fold(f64::INFINITY, f64::min);
        if self.values.is_empty() { 1.0 } else { (highest / lowest.max(0.0)).sqrt() }
    }

    /// Returns the diagonal of the inverse: for a correlation matrix, the variance inflation of each
    /// variable. Eigenvalues below `least` count as `least`.
    pub fn inverse_diagonal(&self, least: f64) -> Vec<f64> {
        let places = 0..self.values.len();
        let part = |row: usize, k: usize| self.vector_element(row, k).powi(2) / self.values[k].max(least);
        places.clone().map(|row| places.clone().map(|k| part(row, k)).sum()).collect()
    }
}

/// Rotates the plane of two variables so that their product vanishes.
fn rotate_plane(a: &mut [f64], vectors: &mut [f64], side: usize, p: usize, q: usize) {
    let shared = a[p * side + q];
    if shared == 0.0 {
        return;
    }
    let slope = (a[q * side + q] - a[p * side + p]) / (2.0 * shared);
    let tangent = slope.signum() / (slope.abs() + slope.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    let turn = tangent * cosine;
    for k in 0..side {
        let x = a[k * side + p];
        let y = a[k * side + q];
        a[k * side + p] = cosine * x - turn * y;
        a[k * side + q] = turn * x + cosine * y;
    }
    for k in 0..side {
        let x = a[p * side + k];
        let y = a[q * side + k];
        a[p * side + k] = cosine * x - turn * y;
        a[q * side + k] = turn * x + cosine * y;
        let x = vectors[k * side + p];
        let y = vectors[k * side + q];
        vectors[k * side + p] = cosine * x - turn * y;
        vectors[k * side + q] = turn * x + cosine * y;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns correlations of answers that move together in groups, some of them nearly equal.
    fn correlations(side: usize) -> Vec<f64> {
        let mut state = 7_u64;
        let mut noise = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f64 / f64::from(1_u32 << 31) - 0.5
        };
        let rows: Vec<Vec<f64>> = (0..3 * side)
            .map(|_| {
                let groups: [f64; 5] = std::array::from_fn(|_| noise());
                (0..side).map(|column| groups[column % 5] + noise() * 0.5).collect()
            })
            .collect();
        let mean = |a: usize| rows.iter().map(|row| row[a]).sum::<f64>() / rows.len() as f64;
        let means: Vec<f64> = (0..side).map(mean).collect();
        let product = |a: usize, b: usize| {
            rows.iter().map(|row| (row[a] - means[a]) * (row[b] - means[b])).sum::<f64>()
        };
        let spread: Vec<f64> = (0..side).map(|a| product(a, a).sqrt()).collect();
        let cell = |at: usize| {
            let a = at / side;
            let b = at % side;
            if a == b { 1.0 } else { product(a, b) / (spread[a] * spread[b]) }
        };
        (0..side * side).map(cell).collect()
    }

    fn sorted(eigen: &Eigen) -> Vec<f64> {
        let mut values = eigen.values.clone();
        values.sort_by(f64::total_cmp);
        values
    }

    #[test]
    fn both_methods_find_the_same() {
        let side = 110;
        let matrix = correlations(side);
        let fast = Eigen::from_matrix(&matrix, side);
        let slow = Eigen::by_rotations(&matrix, side);
        let pairs = sorted(&fast).into_iter().zip(sorted(&slow));
        assert!(pairs.into_iter().all(|(a, b)| (a - b).abs() < 1e-11));
        assert!((fast.condition_number() - slow.condition_number()).abs() < 1e-6 * slow.condition_number());
        let inflated = fast.inverse_diagonal(1e-10).into_iter().zip(slow.inverse_diagonal(1e-10));
        assert!(inflated.into_iter().all(|(a, b)| (a - b).abs() < 1e-8 * b));
    }

    #[test]
    fn the_parts_make_the_matrix_again() {
        for side in [1, 2, 97, 130] {
            let matrix = if side < 3 { vec![1.0; side * side] } else { correlations(side) };
            let (values, vectors) = tridiagonal::decompose_matrix(&matrix, side).expect("it converges");
            let eigen = Eigen { values, vectors };
            for row in 0..side {
                for column in 0..side {
                    let part = |k: usize| {
                        eigen.vector_element(row, k) * eigen.values[k] * eigen.vector_element(column, k)
                    };
                    let sum: f64 = (0..side).map(part).sum();
                    assert!((sum - matrix[row * side + column]).abs() < 1e-11, "{side}: {row}, {column}");
                }
            }
        }
    }
}
