//! Confidence intervals of 95 %, each by the formula that PRODUCT.md names.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// The two-sided 95 % quantile of the normal distribution.
pub const Z: f64 = 1.959_963_984_540_054;
/// Above this many degrees of freedom the series around the normal distribution is exact to twelve digits,
/// where statrs loses the fourth.
const SERIES_ABOVE: f64 = 1000.0;

/// Adjusted Wald interval of a net promoter score, as points from -100 to 100; `None` without answers.
pub fn nps(promoters: u64, passives: u64, detractors: u64) -> Option<(f64, f64)> {
    let n = promoters + passives + detractors;
    if n == 0 {
        return None;
    }
    let n = n as f64 + 3.0;
    let (p, d) = ((promoters as f64 + 0.75) / n, (detractors as f64 + 0.75) / n);
    let net = p - d;
    let half = Z * ((p + d - net * net) / n).sqrt();
    Some(((100.0 * (net - half)).max(-100.0), (100.0 * (net + half)).min(100.0)))
}

/// Wilson's interval of a share, in percent; `None` without answers.
pub fn wilson(hits: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 {
        return None;
    }
    let n = n as f64;
    let p = hits as f64 / n;
    let z2 = Z * Z;
    let centre = p + z2 / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let scale = 100.0 / (1.0 + z2 / n);
    Some((((centre - half) * scale).max(0.0), ((centre + half) * scale).min(100.0)))
}

/// Student's interval of a mean from the sum of squared deviations; `None` for fewer than two answers.
pub fn student(mean: f64, squares: f64, n: u64) -> Option<(f64, f64)> {
    if n < 2 {
        return None;
    }
    let freedom = n as f64 - 1.0;
    let half = quantile(freedom)? * (squares.max(0.0) / freedom / n as f64).sqrt();
    Some((mean - half, mean + half))
}

/// The two-sided 95 % quantile of Student's t.
fn quantile(freedom: f64) -> Option<f64> {
    if freedom > SERIES_ABOVE {
        let first = (Z.powi(3) + Z) / 4.0;
        let second = (5.0 * Z.powi(5) + 16.0 * Z.powi(3) + 3.0 * Z) / 96.0;
        let third = (3.0 * Z.powi(7) + 19.0 * Z.powi(5) + 17.0 * Z.powi(3) - 15.0 * Z) / 384.0;
        return Some(Z + first / freedom + second / freedom.powi(2) + third / freedom.powi(3));
    }
    StudentsT::new(0.0, 1.0, freedom).ok().map(|t| t.inverse_cdf(0.975))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjusted_wald_matches_the_published_figures() {
        for (p, n, d, centre, half) in
            [(30, 10, 10, 37.7, 21.5), (5, 3, 2, 23.1, 42.1), (500, 300, 200, 29.9, 4.83)]
        {
            let (low, high) = nps(p, n, d).unwrap();
            let digits = if half < 10.0 { 0.005 } else { 0.05 };
            assert!((f64::midpoint(low, high) - centre).abs() < 0.05, "{p}/{n}/{d}: {low} {high}");
            assert!(((high - low) / 2.0 - half).abs() < digits + 1e-9, "{p}/{n}/{d}: {low} {high}");
        }
        // 76.9 ± 29.4 reaches past the end of the scale and is clamped there.
        let (low, high) = nps(10, 0, 0).unwrap();
        assert!((low - (76.9 - 29.4)).abs() < 0.1 && high.to_bits() == 100.0_f64.to_bits());
        assert_eq!(nps(0, 0, 0), None);
    }

    #[test]
    fn wilson_matches_the_published_figures() {
        for (hits, n, low, high) in [(8, 10, 49.0, 94.3), (40, 50, 67.0, 88.8)] {
            let (a, b) = wilson(hits, n).unwrap();
            assert!((a - low).abs() < 0.05 && (b - high).abs() < 0.05, "{hits}/{n}: {a} {b}");
        }
        assert_eq!(wilson(0, 0), None);
    }

    #[test]
    fn student_uses_the_table_of_t() {
        for (freedom, t) in [
            (1.0, 12.706_204_7),
            (9.0, 2.262_157_2),
            (29.0, 2.045_229_6),
            (1000.0, 1.962_339_1),
            (1000.5, 1.962_337_9),
            (1e6, 1.959_966_4),
        ] {
            assert!((quantile(freedom).unwrap() - t).abs() < 1e-6, "{freedom}: {:?}", quantile(freedom));
        }
        assert_eq!(student(4.0, 0.0, 1), None);
        assert_eq!(student(4.0, 0.0, 2), Some((4.0, 4.0)));
    }
}
