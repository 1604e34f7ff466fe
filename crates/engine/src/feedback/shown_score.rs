//! The figure that the map shows for a score: the score itself, or its difference from the baseline.

use super::overlay::{Overlay, TargetScore};
use super::score::Formula;
use crate::id::Id;

/// A figure on the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShownScore {
    /// The formula that made the answers into the score.
    pub formula: Formula,
    /// The score, or the difference.
    pub value: f64,
    /// Its 95 % interval.
    pub interval: Option<(f64, f64)>,
    /// Position between worst (0) and best (1); `None` for a difference that is not proven.
    pub position: Option<f64>,
    /// Number of answers it rests on: for a difference, the smaller of both sides; `None` if unknown.
    pub n: Option<u64>,
    /// True if these are so few that it is drawn hatched.
    pub small: bool,
    /// True if it is a difference.
    pub signed: bool,
}

/// The ends of the ramp for differences, as a share of the largest possible difference.
const FAR: f64 = 0.25;

impl Overlay {
    /// True if scores are compared with a baseline.
    pub fn is_compared(&self) -> bool {
        self.choice.against.is_some()
    }

    /// Returns the figure that the map shows for an element's score; `None` if there is no score or nothing
    /// to compare it with.
    pub fn shown_score(&self, id: Id, target: &TargetScore) -> Option<ShownScore> {
        let formula = target.formula;
        let score = &target.score;
        if !self.is_compared() {
            let value = score.value?;
            let position = target.ramp_position();
            let interval = score.interval;
            let n = score.known_n();
            let small = target.is_small();
            return Some(ShownScore { formula, value, interval, position, n, small, signed: false });
        }
        // Further questions about an element are not compared.
        let main = self.scores.get(&id).is_some_and(|main| main.question == target.question);
        if !main {
            return None;
        }
        let change = self.changes.of.get(&id)?;
        let n = score.known_n().zip(change.other.known_n()).map(|(a, b)| a.min(b));
        let position = change.is_proven().then(|| difference_position(&formula, change.difference.value));
        Some(ShownScore {
            formula,
            value: change.difference.value,
            interval: change.difference.interval,
            position,
            n,
            small: n.is_none_or(|n| n < formula.small_n),
            signed: true,
        })
    }

    /// Returns the lowest and highest value of an axis of shown figures under a formula.
    pub fn axis_domain(&self, formula: &Formula) -> (f64, f64) {
        let (low, high) = formula.score_domain();
        if !self.is_compared() {
            return (low.min(0.0), high.max(low + f64::EPSILON));
        }
        let ends =
            |shown: ShownScore| shown.interval.map_or(shown.value.abs(), |(a, b)| a.abs().max(b.abs()));
        let alike = self.scores.iter().filter(|(_, score)| score.formula.kind == formula.kind);
        let most = alike.filter_map(|(id, score)| self.shown_score(*id, score)).map(ends).fold(0.0, f64::max);
        let whole = high - low;
        let steps = [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0].map(|share| share * whole);
        let reach = steps.into_iter().find(|step| *step >= most).unwrap_or(whole);
        (-reach, reach)
    }
}

/// Returns the position of a difference on the ramp: 0.5 is none, the good direction is up.
fn difference_position(formula: &Formula, difference: f64) -> f64 {
    let (low, high) = formula.score_domain();
    let good = if formula.ramp_position(high) >= formula.ramp_position(low) { 1.0 } else { -1.0 };
    (0.5 + good * difference / (2.0 * FAR * (high - low).max(f64::MIN_POSITIVE))).clamp(0.0, 1.0)
}
