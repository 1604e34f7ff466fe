//! The drivers of a project's outcomes, from the sums of all imports.

use super::{Drivers, NoDrivers, compute_drivers};
use crate::id::{QuestionId, WaveId};
use crate::model::counts::{Moments, Pairs};
use crate::model::{Project, records_in_order};

/// The drivers of one outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeDrivers {
    /// The question about the journey.
    pub outcome: QuestionId,
    /// The questions used as drivers, in the order of the shares.
    pub drivers: Vec<QuestionId>,
    /// The shares, or the reason why there are none.
    pub found: Result<Drivers, NoDrivers>,
}

/// Returns the drivers of each outcome that was imported with them, over one wave or all.
///
/// Imports add up over the drivers that all of them asked about, each with its own respondents who answered
/// all. Where some are weighted and that is wanted, the respondents of others weigh one each.
pub fn of_project(project: &Project, wave: Option<WaveId>, weighted: bool) -> Vec<OutcomeDrivers> {
    let questions = records_in_order(project.questions());
    let mut found = Vec::new();
    for question in questions {
        let outcome = question.id;
        let batches = project.batches().values().flat_map(|batch| &batch.counts.pairs);
        let of_outcome: Vec<&Pairs> = batches
            .filter(|((asked, when), _)| *asked == outcome && wave.is_none_or(|wave| wave == *when))
            .map(|(_, pairs)| pairs)
            .collect();
        let Some(first) = of_outcome.first() else { continue };
        let shared: Vec<QuestionId> = first
            .drivers
            .iter()
            .copied()
            .filter(|driver| of_outcome.iter().all(|pairs| pairs.drivers.contains(driver)))
            .collect();
        let mut moments = Moments::with_drivers(shared.len());
        let weighted = weighted && of_outcome.iter().any(|pairs| pairs.weighted.is_some());
        for pairs in of_outcome {
            let place = |driver: &QuestionId| pairs.drivers.iter().position(|known| known == driver);
            let places: Vec<usize> = shared.iter().filter_map(place).collect();
            let own = if weighted { pairs.weighted.as_ref() } else { None };
            let sums = own.unwrap_or(&pairs.moments).select_drivers(&places);
            moments.add_moments(&if weighted && own.is_none() { sums.weighing_one() } else { sums });
        }
        found.push(OutcomeDrivers { outcome, drivers: shared, found: compute_drivers(&moments) });
    }
    found
}
