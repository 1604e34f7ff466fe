//! Confidence intervals of 95 %, each by the formula that PRODUCT.md names. The number of answers may be the
//! effective number of weighted answers, and so need not be whole.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// The two-sided 95 % quantile of the normal distribution.
pub const Z: f64 = 1.959_963_984_540_054;
/// Above this many degrees of freedom, the series around the normal distribution is exact to twelve digits,
/// where statrs is exact to three.
const SERIES_ABOVE: f64 = 1000.0;

/// Returns centre and standard error of a net promoter score by adjusted Wald, as shares from -1 to 1.
///
/// `promoters` and `detractors` are shares of `n` answers, 0 to 1. n' = n + 3, p' = (P + 0.75) / n',
/// d' = (D + 0.75) / n', s = √((p' + d' − (p' − d')²) / n').
pub fn adjusted_net(promoters: f64, detractors: f64, n: f64) -> (f64, f64) {
    let more = n + 3.0;
    let p = promoters.mul_add(n, 0.75) / more;
    let d = detractors.mul_add(n, 0.75) / more;
    let net = p - d;
    (net, ((p + d - net * net) / more).max(0.0).sqrt())
}

/// Returns the adjusted Wald interval of a net promoter score, as points from -100 to 100, from the shares of
/// promoters and detractors among `n` answers; `None` without answers.
pub fn nps_interval(promoters: f64, detractors: f64, n: f64) -> Option<(f64, f64)> {
    if n <= 0.0 {
        return None;
    }
    let (net, error) = adjusted_net(promoters, detractors, n);
    Some(((100.0 * (net - Z * error)).max(-100.0), (100.0 * (net + Z * error)).min(100.0)))
}

/// Returns Wilson's interval of a share, in percent; `None` without answers.
pub fn wilson_interval(share: f64, n: f64) -> Option<(f64, f64)> {
    (n > 0.0).then(|| {
        let (low, high) = wilson_at(share, n, Z);
        (100.0 * low, 100.0 * high)
    })
}

/// Returns Wilson's interval of a share, 0 to 1, at the normal quantile `z`. `n` is positive.
pub fn wilson_at(share: f64, n: f64, z: f64) -> (f64, f64) {
    let z2 = z * z;
    let centre = share + z2 / (2.0 * n);
    let half = z * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).max(0.0).sqrt();
    let scale = 1.0 / (1.0 + z2 / n);
    (((centre - half) * scale).max(0.0), ((centre + half) * scale).min(1.0))
}

/// Returns Student's interval of a mean from the variance of single answers; `None` for fewer than two
/// answers.
pub fn student_interval(mean: f64, variance: f64, n: f64) -> Option<(f64, f64)> {
    if n < 2.0 {
        return None;
    }
    let half = student_quantile(n - 1.0)? * (variance.max(0.0) / n).sqrt();
    Some((mean - half, mean + half))
}

/// Returns the two-sided 95 % quantile of Student's t; `None` without degrees of freedom.
pub fn student_quantile(freedom: f64) -> Option<f64> {
    if freedom > SERIES_ABOVE {
        let first = (Z.powi(3) + Z) / 4.0;
        let second = (5.0 * Z.powi(5) + 16.0 * Z.powi(3) + 3.0 * Z) / 96.0;
        let third = (3.0 * Z.powi(7) + 19.0 * Z.powi(5) + 17.0 * Z.powi(3) - 15.0 * Z) / 384.0;
        return Some(Z + first / freedom + second / freedom.powi(2) + third / freedom.powi(3));
    }
    StudentsT::new(0.0, 1.0, freedom).ok().map(|t| t.inverse_cdf(0.975))
}

/// Returns the two-sided probability that a normal variable is at least this far from zero.
pub fn normal_tails(z: f64) -> f64 {
    Normal::new(0.0, 1.0).map_or(1.0, |normal| 2.0 * normal.sf(z.abs()))
}

/// Returns the two-sided probability that Student's t is at least this far from zero. Above 1,000 degrees of
/// freedom it uses the normal approximation of Abramowitz and Stegun 26.7.8.
pub fn student_tails(t: f64, freedom: f64) -> f64 {
    if freedom > SERIES_ABOVE {
        return normal_tails(t * (1.0 - 1.0 / (4.0 * freedom)) / (1.0 + t * t / (2.0 * freedom)).sqrt());
    }
    StudentsT::new(0.0, 1.0, freedom).map_or(1.0, |student| 2.0 * student.sf(t.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjusted_wald_matches_the_published_figures() {
        for (p, n, d, centre, half) in
            [(30, 10, 10, 37.7, 21.5), (5, 3, 2, 23.1, 42.1), (500, 300, 200, 29.9, 4.83)]
        {
            let all = f64::from(p + n + d);
            let (low, high) = nps_interval(f64::from(p) / all, f64::from(d) / all, all).unwrap();
            let digits = if half < 10.0 { 0.005 } else { 0.05 };
            assert!((f64::midpoint(low, high) - centre).abs() < 0.05, "{p}/{n}/{d}: {low} {high}");
            assert!(((high - low) / 2.0 - half).abs() < digits + 1e-9, "{p}/{n}/{d}: {low} {high}");
        }
        // 76.9 ± 29.4 reaches past the end of the scale and is clamped there.
        let (low, high) = nps_interval(1.0, 0.0, 10.0).unwrap();
        assert!((low - (76.9 - 29.4)).abs() < 0.1 && high.to_bits() == 100.0_f64.to_bits());
        assert_eq!(nps_interval(0.0, 0.0, 0.0), None);
    }

    #[test]
    fn wilson_matches_the_published_figures() {
        for (share, n, low, high) in [(0.8, 10.0, 49.0, 94.3), (0.8, 50.0, 67.0, 88.8)] {
            let (a, b) = wilson_interval(share, n).unwrap();
            assert!((a - low).abs() < 0.05 && (b - high).abs() < 0.05, "{share}/{n}: {a} {b}");
        }
        assert_eq!(wilson_interval(0.0, 0.0), None);
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
            let found = student_quantile(freedom).unwrap();
            assert!((found - t).abs() < 1e-6, "{freedom}: {found}");
            assert!((student_tails(found, freedom) - 0.05).abs() < 1e-6, "{freedom}");
        }
        assert_eq!(student_interval(4.0, 0.0, 1.0), None);
        assert_eq!(student_interval(4.0, 0.0, 2.0), Some((4.0, 4.0)));
    }
}
