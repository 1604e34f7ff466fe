//! The statistics under a score: shares or a mean, with the number of answers that determines its
//! uncertainty.

use super::interval;
use super::score::Formula;
use crate::model::choice::MetricKind;
use crate::model::counts::{Answer, Histogram};

/// Rounding tolerance: 9.0 counts as a promoter whatever arithmetic led to it.
const EPSILON: f64 = 1e-9;

/// The figures from which a score and its interval are computed. `n` is the number of answers, or Kish's
/// effective number, (Σw)² / Σw², if they are weighted; 0 if only shares are known, so that there is no
/// interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sample {
    /// A share of satisfied or easy answers, 0 to 1.
    Share {
        /// The share.
        share: f64,
        /// The number of answers.
        n: f64,
    },
    /// Promoters and detractors.
    Net {
        /// The share of promoters, 0 to 1.
        promoters: f64,
        /// The share of detractors, 0 to 1.
        detractors: f64,
        /// The number of answers.
        n: f64,
    },
    /// A mean on the question's own scale.
    Mean {
        /// The mean.
        mean: f64,
        /// The variance of single answers, with divisor n − 1.
        variance: f64,
        /// The number of answers.
        n: f64,
    },
}

/// The answers of a histogram, each with its weight.
struct WeightedSample {
    answers: Vec<(f64, f64)>,
    total: f64,
    n: f64,
}

impl WeightedSample {
    fn from_counts(histogram: &Histogram) -> Self {
        // The number of answers is unknown for shares alone, and if they are mixed with counted answers their
        // weight is unknown too.
        let unknown = histogram.is_of_unknown_n();
        if !unknown && !histogram.parts.is_empty() {
            let answers: Vec<_> = histogram.parts.iter().map(|(a, part)| (a.get(), *part as f64)).collect();
            let total = answers.iter().map(|(_, part)| part).sum();
            return Self { answers, total, n: histogram.n() as f64 };
        }
        let parts = if unknown { &histogram.shares } else { &histogram.answers };
        let answers: Vec<_> = parts.iter().map(|(a, count)| (a.get(), *count as f64)).collect();
        let mixed = unknown && histogram.n() > 0;
        let total = if mixed { 0.0 } else { answers.iter().map(|(_, count)| count).sum() };
        Self { answers, total, n: if unknown { 0.0 } else { total } }
    }

    fn from_weights(histogram: &Histogram) -> Self {
        let weigh =
            |(answer, weight): (&Answer, &crate::model::counts::WeightSum)| (answer.get(), weight.sum());
        let answers: Vec<_> = histogram.weights.iter().map(weigh).collect();
        let total = answers.iter().map(|(_, weight)| weight).sum();
        Self { answers, total, n: histogram.effective_n() }
    }

    fn share_of(&self, which: impl Fn(f64) -> bool) -> f64 {
        // An empty sum is -0, which would be shown.
        let hits =
            self.answers.iter().filter(|(a, _)| which(*a)).map(|(_, weight)| weight).sum::<f64>() + 0.0;
        hits / self.total
    }

    fn mean_and_variance(&self) -> (f64, f64) {
        let sum = |f: &dyn Fn(f64) -> f64| self.answers.iter().map(|(a, weight)| f(*a) * weight).sum::<f64>();
        let mean = sum(&|answer| answer) / self.total;
        let spread = sum(&|answer| (answer - mean).powi(2)) / self.total;
        (mean, if self.n > 1.0 { spread * self.n / (self.n - 1.0) } else { 0.0 })
    }
}

impl Sample {
    /// Returns the unweighted sample; `None` without answers, or if the scale does not allow the metric.
    pub fn from_counts(histogram: &Histogram, formula: &Formula) -> Option<Self> {
        Self::from_weighted_sample(&WeightedSample::from_counts(histogram), formula)
    }

    /// Returns the weighted sample; `None` if the total weight is zero.
    pub fn from_weights(histogram: &Histogram, formula: &Formula) -> Option<Self> {
        Self::from_weighted_sample(&WeightedSample::from_weights(histogram), formula)
    }

    fn from_weighted_sample(weighed: &WeightedSample, formula: &Formula) -> Option<Self> {
        if weighed.total <= 0.0 || !formula.is_defined_on_scale() {
            return None;
        }
        let n = weighed.n;
        Some(if formula.kind == MetricKind::Nps {
            let (passive, best) = formula.net_ends();
            let promoters = weighed.share_of(|answer| answer > best - EPSILON);
            let detractors = weighed.share_of(|answer| answer < passive - EPSILON);
            Self::Net { promoters, detractors, n }
        } else if formula.is_share() {
            Self::Share { share: weighed.share_of(|answer| formula.is_top_box(answer)), n }
        } else {
            let (mean, variance) = weighed.mean_and_variance();
            Self::Mean { mean, variance, n }
        })
    }

    /// Returns the score: percent, points, or the question's own scale.
    pub fn value(&self) -> f64 {
        match self {
            Self::Share { share, .. } => 100.0 * share,
            Self::Net { promoters, detractors, .. } => 100.0 * (promoters - detractors),
            Self::Mean { mean, .. } => *mean,
        }
    }

    /// Returns the number of answers, or the effective one.
    pub fn n(&self) -> f64 {
        match self {
            Self::Share { n, .. } | Self::Net { n, .. } | Self::Mean { n, .. } => *n,
        }
    }

    /// Returns the 95 % interval: Wilson for shares, adjusted Wald for NPS, Student for means.
    pub fn confidence_interval(&self) -> Option<(f64, f64)> {
        match *self {
            Self::Share { share, n } => interval::wilson_interval(share, n),
            Self::Net { promoters, detractors, n } => interval::nps_interval(promoters, detractors, n),
            Self::Mean { mean, variance, n } => interval::student_interval(mean, variance, n),
        }
    }
}
