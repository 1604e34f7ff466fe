//! Key drivers of an outcome: the share of its variance that each touchpoint's scores explain.
//!
//! Shares are those of Shapley (LMG) over all orders of the drivers, exact up to [`lmg::MOST`] of them, and
//! Johnson's relative weights above. They add up to R². No interval is given for a single share: one would
//! need the answers themselves, which are not kept. R² has one, by its large-sample standard error.
//! Respondents count alike or as much as they weigh; the doubt of weighted shares is reckoned from Kish's
//! effective number of them.

pub mod eigen;
mod johnson;
pub mod lmg;
mod moments;
mod project;

pub use project::{OutcomeDrivers, of_project};

use super::interval::Z;
use crate::model::counts::Moments;
use eigen::Eigen;

/// A driver with at least this variance inflation is reported as entangled with the others.
const INFLATED: f64 = 10.0;
/// From this condition number on, the drivers together are reported as entangled.
const ILL: f64 = 30.0;
/// Fewer answers than `FLOOR + PER_DRIVER · drivers` are reported as thin (Green 1991).
const FLOOR: u64 = 50;
/// Further answers needed per driver; see [`FLOOR`].
const PER_DRIVER: u64 = 8;
/// If others leave less than this share of a driver's variance unexplained, the rest is rounding.
const NOTHING: f64 = 1e-10;

/// The correlations of drivers with each other and with the outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Correlations {
    /// Respondents who answered every question; their effective number if they are weighted.
    pub n: f64,
    /// Correlations among the drivers, row by row.
    pub among: Vec<f64>,
    /// Correlations of each driver with the outcome.
    pub with_outcome: Vec<f64>,
}

/// The method by which shares were computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Shapley values over all subsets (LMG): exact.
    Shapley,
    /// Johnson's relative weights: close to Shapley, for more drivers.
    RelativeWeights,
}

impl Method {
    /// Returns the name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Shapley => "shapley",
            Self::RelativeWeights => "relative-weights",
        }
    }
}

/// A reason to read shares with care.
#[derive(Debug, Clone, PartialEq)]
pub enum Caution {
    /// There are fewer answers than this many drivers need.
    Thin {
        /// The number that would suffice.
        needed: u64,
    },
    /// These drivers are nearly redundant: their shares are hard to separate.
    Collinear {
        /// Their indices.
        drivers: Vec<usize>,
        /// The condition number of the drivers together.
        condition: f64,
    },
    /// Everyone gave this driver the same answer: it can explain nothing.
    Constant(usize),
}

/// The shares of the drivers of an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Drivers {
    /// The share of the outcome's variance that each driver explains; they add up to `r2`.
    pub shares: Vec<f64>,
    /// The share of the outcome's variance that all explain together, 0 to 1.
    pub r2: f64,
    /// Its 95 % interval (Olkin and Finn 1995).
    pub r2_interval: (f64, f64),
    /// Respondents who answered every question.
    pub n: u64,
    /// Kish's effective number of respondents; `None` if they are not weighted.
    pub effective_n: Option<f64>,
    /// The method by which the shares were computed.
    pub method: Method,
    /// The reasons to read the shares with caution.
    pub cautions: Vec<Caution>,
}

/// The reason why no shares can be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoDrivers {
    /// There is no driver.
    NoDriver,
    /// Hardly more respondents than drivers: any drivers would explain everything.
    TooFew {
        /// Respondents who answered every question.
        n: u64,
        /// The required number.
        needed: u64,
    },
    /// Everyone gave the outcome the same answer.
    ConstantOutcome,
}

/// Computes the shares of the outcome's variance from sums over respondents.
///
/// # Errors
/// Where there is nothing to explain or too little to explain it from.
pub fn compute_drivers(moments: &Moments) -> Result<Drivers, NoDrivers> {
    let needed = moments.driver_count() as u64 + 2;
    match moments {
        _ if moments.driver_count() == 0 => return Err(NoDrivers::NoDriver),
        Moments { n, .. } if *n < needed => return Err(NoDrivers::TooFew { n: *n, needed }),
        _ if moments.is_constant(0) => return Err(NoDrivers::ConstantOutcome),
        _ => {}
    }
    let (constant, moving): (Vec<usize>, Vec<usize>) =
        (0..moments.driver_count()).partition(|driver| moments.is_constant(driver + 1));
    let found = explain_variance(&moments.correlations_of(&moving));
    let mut shares = vec![0.0; moments.driver_count()];
    for (place, share) in moving.iter().zip(&found.shares) {
        shares[*place] = *share;
    }
    let cautions = found.cautions.into_iter().map(|caution| match caution {
        Caution::Collinear { drivers, condition } => {
            let drivers = drivers.iter().filter_map(|place| moving.get(*place).copied()).collect();
            Caution::Collinear { drivers, condition }
        }
        other => other,
    });
    let cautions = cautions.chain(constant.into_iter().map(Caution::Constant)).collect();
    let effective_n = moments.is_weighted().then(|| moments.effective_n());
    Ok(Drivers { shares, cautions, n: moments.n, effective_n, ..found })
}

/// Computes the shares of the outcome's variance from correlations of drivers that all vary.
pub fn explain_variance(correlations: &Correlations) -> Drivers {
    let count = correlations.with_outcome.len();
    let eigen = Eigen::from_matrix(&correlations.among, count);
    let (shares, method) = if count <= lmg::MOST {
        (lmg::shapley_values(count, &lmg::explained_by_subsets(correlations)), Method::Shapley)
    } else {
        (johnson::relative_weights(&eigen, &correlations.with_outcome), Method::RelativeWeights)
    };
    let r2 = shares.iter().sum::<f64>().clamp(0.0, 1.0);
    let needed = FLOOR + PER_DRIVER * count as u64;
    let thin = (correlations.n < needed as f64).then_some(Caution::Thin { needed });
    let cautions = thin.into_iter().chain(check_collinearity(&eigen)).collect();
    let half = Z * standard_error(r2, correlations.n, count as f64);
    let r2_interval = ((r2 - half).max(0.0), (r2 + half).min(1.0));
    Drivers { shares, r2, r2_interval, n: correlations.n as u64, effective_n: None, method, cautions }
}

/// Returns the large-sample standard error of R² of `k` drivers and `n` respondents.
fn standard_error(r2: f64, n: f64, k: f64) -> f64 {
    let freedom = (n - k - 1.0).max(0.0);
    let spread = (n * n - 1.0) * (n + 3.0);
    if spread > 0.0 { (4.0 * r2 * (1.0 - r2).powi(2) * freedom.powi(2) / spread).sqrt() } else { 0.0 }
}

fn check_collinearity(eigen: &Eigen) -> Option<Caution> {
    let condition = eigen.condition_number();
    let inflation = eigen.inverse_diagonal(NOTHING);
    let drivers: Vec<usize> =
        inflation.iter().enumerate().filter(|(_, vif)| **vif >= INFLATED).map(|(place, _)| place).collect();
    (condition >= ILL || !drivers.is_empty()).then_some(Caution::Collinear { drivers, condition })
}

#[cfg(test)]
mod tests;
