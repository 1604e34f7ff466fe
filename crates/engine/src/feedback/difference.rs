//! Tests whether two scores differ: the interval of their difference, and a decision over many comparisons at
//! once.

#![allow(clippy::many_single_char_names, reason = "the letters are those of the formulas")]

use super::interval::{Z, adjusted_net, normal_tails, student_quantile, student_tails, wilson_at};
use super::sample::Sample;

/// The significance level: the probability of calling a difference by mistake, over all comparisons together.
pub const LEVEL: f64 = 0.05;
/// Largest normal quantile used; beyond it, a probability is indistinguishable from certainty.
const FAR: f64 = 38.0;
/// Bisection steps that find the quantile at which an interval ends at zero: enough for every digit.
const HALVINGS: u32 = 60;

/// The difference of two scores, first minus second, in their natural units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// The plain difference.
    pub value: f64,
    /// Its 95 % interval; `None` if the answers allow none.
    pub interval: Option<(f64, f64)>,
    /// Probability, from 0 to 1, that chance alone makes such a difference; 1 if unknown. It is below 0.05
    /// exactly if the interval excludes zero.
    pub p: f64,
}

/// Returns the difference of two samples of one kind; `None` if their kinds differ.
///
/// Shares by Newcombe's hybrid score interval (1998, method 10), net promoter scores by adjusted Wald on both
/// sides, means by Welch.
pub fn compare_samples(a: &Sample, b: &Sample) -> Option<Difference> {
    let value = a.value() - b.value();
    let (interval, p) = match (*a, *b) {
        (Sample::Share { share: p, n }, Sample::Share { share: q, n: m }) => compare_shares((p, n), (q, m)),
        (
            Sample::Net { promoters: p, detractors: d, n },
            Sample::Net { promoters: q, detractors: e, n: m },
        ) if n > 0.0 && m > 0.0 => compare_nets(adjusted_net(p, d, n), adjusted_net(q, e, m)),
        (Sample::Net { .. }, Sample::Net { .. }) => (None, 1.0),
        (Sample::Mean { mean: x, variance: v, n }, Sample::Mean { mean: y, variance: w, n: m }) => {
            compare_means(x - y, (v, n), (w, m))
        }
        _ => return None,
    };
    Some(Difference { value, interval, p })
}

/// Returns a sample's score minus a fixed value in the same units, such as the company's belief.
///
/// Shares by Wilson's score test, net promoter scores by adjusted Wald, means by Student's t: each excludes
/// the value exactly if the score's own interval does.
pub fn from_value(a: &Sample, value: f64) -> Difference {
    let tails = |distance: f64, error: f64| match error {
        error if error > 0.0 => normal_tails(distance / error),
        _ if distance == 0.0 => 1.0,
        _ => 0.0,
    };
    let p = match *a {
        Sample::Share { share, n } => {
            let held = (value / 100.0).clamp(0.0, 1.0);
            tails(share - value / 100.0, (held * (1.0 - held) / n).sqrt())
        }
        _ if a.n() <= 0.0 => 1.0,
        Sample::Net { promoters, detractors, n } => {
            let (net, error) = adjusted_net(promoters, detractors, n);
            tails(net - value / 100.0, error)
        }
        Sample::Mean { n, .. } if n < 2.0 => 1.0,
        Sample::Mean { mean, variance, n } => {
            let error = (variance.max(0.0) / n).sqrt();
            if error > 0.0 {
                student_tails((mean - value) / error, n - 1.0)
            } else {
                tails(mean - value, error)
            }
        }
    };
    let interval = a.confidence_interval().map(|(low, high)| (low - value, high - value));
    Difference { value: a.value() - value, interval, p }
}

type DifferenceInterval = (Option<(f64, f64)>, f64);

fn compare_shares(a: (f64, f64), b: (f64, f64)) -> DifferenceInterval {
    if a.1 <= 0.0 || b.1 <= 0.0 {
        return (None, 1.0);
    }
    let (low, high) = newcombe_interval(a, b, Z);
    // The interval grows with the quantile: the quantile at which it reaches zero gives the probability of
    // chance.
    let excludes = |z: f64| {
        let (low, high) = newcombe_interval(a, b, z);
        low > 0.0 || high < 0.0
    };
    let mut near = 0.0;
    let mut far = FAR;
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(near, far);
        if excludes(middle) { near = middle } else { far = middle }
    }
    (Some((100.0 * low, 100.0 * high)), normal_tails(near).min(1.0))
}

fn newcombe_interval((p, n): (f64, f64), (q, m): (f64, f64), z: f64) -> (f64, f64) {
    let ((l1, u1), (l2, u2)) = (wilson_at(p, n, z), wilson_at(q, m, z));
    let down = (p - l1).hypot(u2 - q);
    let up = (u1 - p).hypot(q - l2);
    (p - q - down, p - q + up)
}

fn compare_nets((x, s): (f64, f64), (y, t): (f64, f64)) -> DifferenceInterval {
    let net = x - y;
    let error = s.hypot(t);
    let interval = (100.0 * (net - Z * error)).max(-200.0)..(100.0 * (net + Z * error)).min(200.0);
    let p = if error > 0.0 { normal_tails(net / error) } else { 1.0 };
    (Some((interval.start, interval.end)), p)
}

fn compare_means(value: f64, (v, n): (f64, f64), (w, m): (f64, f64)) -> DifferenceInterval {
    if n < 2.0 || m < 2.0 {
        return (None, 1.0);
    }
    let a = v / n;
    let b = w / m;
    let error = (a + b).sqrt();
    if error <= 0.0 {
        return (None, 1.0);
    }
    let freedom = (a + b).powi(2) / (a * a / (n - 1.0) + b * b / (m - 1.0));
    let half = student_quantile(freedom).map(|t| t * error);
    (half.map(|half| (value - half, value + half)), student_tails(value / error, freedom))
}

/// Applies Holm's correction: returns the adjusted p of each comparison, over all of them together. A
/// difference is significant if it is below [`LEVEL`].
pub fn adjust_by_holm(all: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..all.len()).collect();
    let p = |place: usize| all.get(place).copied().unwrap_or(1.0);
    order.sort_by(|a, b| p(*a).total_cmp(&p(*b)));
    let mut adjusted = vec![1.0; all.len()];
    let mut highest = 0.0_f64;
    for (rank, place) in order.iter().enumerate() {
        highest = highest.max((p(*place) * (all.len() - rank) as f64).min(1.0));
        if let Some(slot) = adjusted.get_mut(*place) {
            *slot = highest;
        }
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64, digits: f64) {
        assert!((found - expected).abs() < digits, "{found}, expected {expected}");
    }

    #[test]
    fn a_value_is_excluded_where_the_interval_excludes_it() {
        for sample in [
            Sample::Share { share: 0.8, n: 50.0 },
            Sample::Share { share: 0.02, n: 400.0 },
            Sample::Net { promoters: 0.6, detractors: 0.2, n: 50.0 },
            Sample::Mean { mean: 3.4, variance: 1.2, n: 12.0 },
        ] {
            let (low, high) = sample.confidence_interval().unwrap();
            for (value, differs) in
                [(low - 1e-6, true), (low + 1e-6, false), (high - 1e-6, false), (high + 1e-6, true)]
            {
                let found = from_value(&sample, value);
                assert_eq!(found.p < LEVEL, differs, "{sample:?} {value} {}", found.p);
                let (from, to) = found.interval.unwrap();
                assert_eq!(from > 0.0 || to < 0.0, differs);
            }
        }
    }

    #[test]
    fn shares_follow_newcombe() {
        // Newcombe 1998, table II, method 10, cases a to d.
        for (a, n, b, m, low, high) in [
            (56.0, 70.0, 48.0, 80.0, 0.0524, 0.3339),
            (9.0, 10.0, 3.0, 10.0, 0.1705, 0.8090),
            (6.0, 7.0, 2.0, 7.0, 0.0582, 0.8062),
            (5.0, 56.0, 0.0, 29.0, -0.0381, 0.1926),
        ] {
            let x = Sample::Share { share: a / n, n };
            let y = Sample::Share { share: b / m, n: m };
            let found = compare_samples(&x, &y).unwrap();
            let (l, h) = found.interval.unwrap();
            close(l / 100.0, low, 5e-5);
            close(h / 100.0, high, 5e-5);
            assert_eq!(found.p < LEVEL, low > 0.0 || high < 0.0);
            let back = compare_samples(&y, &x).unwrap();
            close(back.p, found.p, 1e-9);
            close(back.value, -found.value, 1e-9);
        }
    }

    #[test]
    fn means_follow_welch() {
        // Welch 1947, as computed by R: t.test(x, y) of n 20 and 12, means 5 and 4, variances 4 and 1.
        let x = Sample::Mean { mean: 5.0, variance: 4.0, n: 20.0 };
        let y = Sample::Mean { mean: 4.0, variance: 1.0, n: 12.0 };
        let found = compare_samples(&x, &y).unwrap();
        let error = (4.0_f64 / 20.0 + 1.0 / 12.0).sqrt();
        let (low, high) = found.interval.unwrap();
        // The 97.5 % quantile of t at 29.335 degrees of freedom; the interval is symmetric about the difference.
        close(f64::midpoint(low, high), 1.0, 1e-12);
        close((high - 1.0) / error, 2.0442, 1e-4);
        assert!(found.p > LEVEL && low < 0.0);
        let alone = Sample::Mean { mean: 9.0, variance: 0.0, n: 1.0 };
        assert_eq!(compare_samples(&x, &alone).unwrap(), Difference { value: -4.0, interval: None, p: 1.0 });
        assert_eq!(compare_samples(&x, &Sample::Share { share: 0.5, n: 9.0 }), None);
    }

    #[test]
    fn net_scores_are_adjusted_on_both_sides() {
        let x = Sample::Net { promoters: 0.5, detractors: 0.2, n: 1000.0 };
        let y = Sample::Net { promoters: 0.4, detractors: 0.2, n: 1000.0 };
        let found = compare_samples(&x, &y).unwrap();
        close(found.value, 10.0, 1e-9);
        // s = √((.7 − .09) / 1003 + (.6 − .04) / 1003), all but the pseudo-counts.
        let (low, high) = found.interval.unwrap();
        close((high - low) / 2.0, 100.0 * Z * (1.17_f64 / 1003.0).sqrt(), 0.05);
        assert!(low > 0.0 && found.p < LEVEL);
        let few = Sample::Net { promoters: 1.0, detractors: 0.0, n: 1.0 };
        assert!(compare_samples(&few, &y).unwrap().p > LEVEL);
    }

    #[test]
    fn many_comparisons_are_judged_together() {
        let found = adjust_by_holm(&[0.01, 0.04, 0.03, 0.005]);
        for (found, expected) in found.iter().zip([0.03, 0.06, 0.06, 0.02]) {
            close(*found, expected, 1e-12);
        }
        assert_eq!(adjust_by_holm(&[]), Vec::<f64>::new());
        assert!(adjust_by_holm(&[0.9; 3]).iter().all(|p| *p <= 1.0));
    }
}
