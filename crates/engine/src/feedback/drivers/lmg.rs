//! Shapley values of R² (Lindeman, Merenda and Gold): what a driver adds, averaged over all orders.

use super::{Correlations, NOTHING};

/// The most drivers whose subsets are all computed: 65,536.
pub const MOST: usize = 16;

/// The upper triangle of the residual covariances of drivers and outcome (the last), given the drivers
/// already explained.
type Rest = Vec<f64>;

/// Returns R² of every subset of at most [`MOST`] drivers; bit `i` of the index tells whether driver `i` is
/// in it.
///
/// Subsets are grown driver by driver in ascending order. Each step is one elimination of Cholesky's, on what
/// is left of later drivers and the outcome, so that a subset costs a handful of operations and no error
/// builds up.
pub fn explained_by_subsets(correlations: &Correlations) -> Vec<f64> {
    let count = correlations.with_outcome.len().min(MOST);
    let side = count + 1;
    let mut first = vec![0.0; side * side];
    for row in 0..count {
        for column in row..count {
            first[row * side + column] = correlations.among[row * correlations.with_outcome.len() + column];
        }
        first[row * side + count] = correlations.with_outcome[row];
    }
    let mut stack = vec![vec![0.0; side * side]; side];
    stack[0] = first;
    let mut found = vec![0.0; 1 << count];
    grow_subsets(&mut stack, count, 0, 0, &mut found);
    found
}

/// Fills in all subsets that extend `subset` by drivers from `from` on.
fn grow_subsets(stack: &mut [Rest], count: usize, from: usize, subset: usize, found: &mut [f64]) {
    let Some((before, deeper)) = stack.split_first_mut() else { return };
    let side = count + 1;
    for next in from..count {
        let own = before[next * side + next];
        let adds = if own > NOTHING { 1.0 / own } else { 0.0 };
        let bigger = subset | 1 << next;
        let outcome = before[next * side + count];
        found[bigger] = (found[subset] + outcome * outcome * adds).min(1.0);
        if let Some(after) = deeper.first_mut() {
            for row in next + 1..count {
                let pull = before[next * side + row] * adds;
                for column in row..side {
                    let place = row * side + column;
                    after[place] = before[place] - pull * before[next * side + column];
                }
            }
            grow_subsets(deeper, count, next + 1, bigger, found);
        }
    }
}

/// Returns Shapley values from the worth of every subset: the gain a player brings, averaged over all orders
/// of arrival. `worth` holds 2^`count` values, beginning with the empty subset's.
pub fn shapley_values(count: usize, worth: &[f64]) -> Vec<f64> {
    // s! (count − 1 − s)! / count! for a driver that joins s others.
    let mut chance = vec![1.0 / count.max(1) as f64; count];
    for size in 1..count {
        chance[size] = chance[size - 1] * size as f64 / (count - size) as f64;
    }
    let mut shares = vec![0.0; count];
    for (subset, before) in worth.iter().enumerate() {
        let size = subset.count_ones() as usize;
        for (player, share) in shares.iter_mut().enumerate().filter(|(player, _)| subset >> player & 1 == 0) {
            *share += chance[size] * (worth[subset | 1 << player] - before);
        }
    }
    shares
}
