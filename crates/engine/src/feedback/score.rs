//! A score from counted answers: the formula a question is read under, its value and its uncertainty.

use super::sample::Sample;
use crate::id::MetricId;
use crate::model::choice::{Direction, MetricKind};
use crate::model::counts::Histogram;
use crate::model::{Metric, Project, Question};

/// Rounding tolerance: 4.0 counts as 4 whatever arithmetic led to it.
const EPSILON: f64 = 1e-9;
/// Default number of the best answers that count as satisfied.
const BOXES: u8 = 2;
/// Default number of answers under which a score is drawn hatched.
const SMALL_N: u64 = 30;

/// The choice of metric under which questions are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MetricChoice {
    /// Each question under the metric it names, or the one its scale suggests.
    #[default]
    Own,
    /// All under one kind, with the boxes of the question's own metric if that is of the kind.
    Kind(MetricKind),
    /// All under one metric of the project.
    Of(MetricId),
}

/// Everything that determines how answers become a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Formula {
    /// The kind of score.
    pub kind: MetricKind,
    /// For shares: the number of the best answers that count.
    pub boxes: u8,
    /// CES as the share of easy answers instead of the mean.
    pub share: bool,
    /// A score of fewer answers is drawn hatched.
    pub small_n: u64,
    /// The lowest answer.
    pub low: f64,
    /// The highest answer.
    pub high: f64,
    /// The scale's good end.
    pub direction: Direction,
}

/// A score with its uncertainty, in natural units: NPS points, percent, or the question's own scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// The kind of score.
    pub metric: MetricKind,
    /// Number of valid answers; unknown if `is_of_unknown_n`.
    pub n: u64,
    /// True if the table held shares alone, so that the number of answers is unknown.
    pub is_of_unknown_n: bool,
    /// Blank cells and codes that mean no answer.
    pub missing: u64,
    /// Cells that are neither an answer nor missing.
    pub rejected: u64,
    /// The score; `None` without answers.
    pub value: Option<f64>,
    /// Its 95 % interval; `None` if the answers allow none.
    pub interval: Option<(f64, f64)>,
    /// The score of weighted answers; `None` if nothing is weighted.
    pub weighted: Option<Weighted>,
}

/// A score of weighted answers, in natural units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighted {
    /// The score.
    pub value: f64,
    /// Its 95 % interval, computed from `n`; `None` if the answers allow none.
    pub interval: Option<(f64, f64)>,
    /// Kish's effective number of answers, (Σw)² / Σw².
    pub n: f64,
}

impl Score {
    /// Returns the number of answers, if known.
    pub fn known_n(&self) -> Option<u64> {
        (!self.is_of_unknown_n).then_some(self.n)
    }

    /// Returns the score with value and interval of the weighted answers, if there are any.
    #[must_use]
    pub fn as_weighted(self) -> Self {
        let weighted = self.weighted.map(|weighted| (Some(weighted.value), weighted.interval));
        let (value, interval) = weighted.unwrap_or((self.value, self.interval));
        Self { value, interval, ..self }
    }
}

impl Formula {
    /// Returns the formula of a question under a choice of metric.
    pub fn for_question(project: &Project, question: &Question, choice: MetricChoice) -> Self {
        let named = |id: Option<MetricId>| id.and_then(|id| project.metrics().get(&id)).map(AsRef::as_ref);
        let own = named(question.metric);
        match choice {
            MetricChoice::Own => {
                own.map_or_else(|| Self::suggest_for(question), |m| Self::from_metric(m, question))
            }
            MetricChoice::Of(id) => named(Some(id))
                .map_or_else(|| Self::suggest_for(question), |m| Self::from_metric(m, question)),
            MetricChoice::Kind(kind) => own
                .filter(|own| own.kind == kind)
                .map_or_else(|| Self::from_kind(kind, question), |m| Self::from_metric(m, question)),
        }
    }

    /// Returns the formula of a question under a metric.
    pub fn from_metric(metric: &Metric, question: &Question) -> Self {
        let plain = Self::from_kind(metric.kind, question);
        let boxes = plain.clamp_boxes(metric.boxes);
        Self { boxes, share: metric.share, small_n: metric.small_n, ..plain }
    }

    /// Returns the formula that a question's scale suggests: NPS for 0–10 and groups, CSAT for 1–5 and
    /// yes/no, else the mean. CES is never guessed: the user must state its direction.
    pub fn suggest_for(question: &Question) -> Self {
        let is = |low: f64, high: f64| is_close(question.low, low) && is_close(question.high, high);
        let kind = if (is(0.0, 10.0) || is(-1.0, 1.0)) && question.direction == Direction::HighIsGood {
            MetricKind::Nps
        } else if is(1.0, 5.0) || is(0.0, 1.0) {
            MetricKind::Csat
        } else {
            MetricKind::Mean
        };
        Self::from_kind(kind, question)
    }

    fn from_kind(kind: MetricKind, question: &Question) -> Self {
        let Question { low, high, direction, .. } = *question;
        let formula = Self { kind, boxes: BOXES, share: false, small_n: SMALL_N, low, high, direction };
        Self { boxes: formula.clamp_boxes(BOXES), ..formula }
    }

    /// Returns a number of boxes of at least one, and never all of the scale.
    fn clamp_boxes(&self, boxes: u8) -> u8 {
        let most = (self.high - self.low).clamp(1.0, 255.0) as u8;
        boxes.clamp(1, most)
    }

    /// True if the score is a share in percent.
    pub fn is_share(&self) -> bool {
        self.kind == MetricKind::Csat || (self.kind == MetricKind::Ces && self.share)
    }

    /// True if the scale allows this score: NPS is defined on 0–10 only, or on the groups made from it.
    pub fn is_defined_on_scale(&self) -> bool {
        self.kind != MetricKind::Nps
            || (is_close(self.low, 0.0) && is_close(self.high, 10.0))
            || self.is_of_groups()
    }

    /// True if the answers are detractor (−1), passive (0) and promoter (1) instead of numbers from 0 to 10.
    pub fn is_of_groups(&self) -> bool {
        is_close(self.low, -1.0) && is_close(self.high, 1.0)
    }

    /// Returns, for NPS, the number that all answers of detractors are below, and the lowest answer of a
    /// promoter. Answers between whole numbers are in exactly one group: 6.5 is a detractor's, 8.5 a
    /// passive's.
    pub fn net_ends(&self) -> (f64, f64) {
        if self.is_of_groups() { (0.0, 1.0) } else { (7.0, 9.0) }
    }

    /// Returns the lowest and highest possible score: the fixed domain of the colour ramp.
    pub fn score_domain(&self) -> (f64, f64) {
        if self.kind == MetricKind::Nps {
            (-100.0, 100.0)
        } else if self.is_share() {
            (0.0, 100.0)
        } else {
            (self.low, self.high)
        }
    }

    /// Returns the position of a score between worst (0) and best (1): its place on the colour ramp.
    pub fn ramp_position(&self, value: f64) -> f64 {
        let (low, high) = self.score_domain();
        let place = if high > low { ((value - low) / (high - low)).clamp(0.0, 1.0) } else { 0.5 };
        let low_is_good = self.direction == Direction::LowIsGood;
        if low_is_good && self.kind != MetricKind::Nps && !self.is_share() { 1.0 - place } else { place }
    }

    /// Returns the worst of the answers that count as satisfied or easy.
    pub fn top_box_threshold(&self) -> f64 {
        match self.direction {
            Direction::HighIsGood => self.high - f64::from(self.boxes) + 1.0,
            Direction::LowIsGood => self.low + f64::from(self.boxes) - 1.0,
        }
    }

    /// True if an answer counts as satisfied or easy.
    pub fn is_top_box(&self, answer: f64) -> bool {
        match self.direction {
            Direction::HighIsGood => answer >= self.top_box_threshold() - EPSILON,
            Direction::LowIsGood => answer <= self.top_box_threshold() + EPSILON,
        }
    }
}

fn is_close(a: f64, b: f64) -> bool {
    (a - b).abs() < EPSILON
}

/// Computes the score of counted answers.
pub fn compute_score(histogram: &Histogram, formula: &Formula) -> Score {
    let sample = Sample::from_counts(histogram, formula);
    let weighted = Sample::from_weights(histogram, formula).map(|sample| Weighted {
        value: sample.value(),
        interval: sample.confidence_interval(),
        n: sample.n(),
    });
    let Histogram { missing, rejected, .. } = *histogram;
    Score {
        metric: formula.kind,
        n: histogram.n(),
        is_of_unknown_n: histogram.is_of_unknown_n(),
        missing,
        rejected,
        value: sample.map(|sample| sample.value()),
        interval: sample.and_then(|sample| sample.confidence_interval()),
        weighted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{IdSource, QuestionId};
    use crate::model::counts::{Answer, WeightSum};
    use crate::order::OrderKey;

    fn question(low: f64, high: f64, direction: Direction) -> Question {
        let mut source = IdSource::from_seed(1);
        let mut question =
            Question::new(QuestionId::new(&mut source), OrderKey::new_after(None, &mut source));
        (question.low, question.high, question.direction) = (low, high, direction);
        question
    }

    fn histogram(answers: &[(f64, u64)]) -> Histogram {
        let answers = answers.iter().filter_map(|(answer, count)| Some((Answer::new(*answer)?, *count)));
        Histogram { answers: answers.collect(), missing: 2, rejected: 1, ..Histogram::default() }
    }

    fn close(found: Option<f64>, expected: f64) {
        assert!(found.is_some_and(|found| (found - expected).abs() < 1e-9), "{found:?}, expected {expected}");
    }

    #[test]
    fn nps_is_plain_and_its_interval_adjusted() {
        let formula = Formula::suggest_for(&question(0.0, 10.0, Direction::HighIsGood));
        for (answers, value) in [
            ([(9.0, 10), (10.0, 20), (7.0, 10), (6.0, 10)], 40.0),
            ([(9.0, 2), (10.0, 3), (8.0, 3), (0.0, 2)], 30.0),
            ([(10.0, 10), (8.0, 0), (7.0, 0), (0.0, 0)], 100.0),
        ] {
            close(compute_score(&histogram(&answers), &formula).value, value);
        }
        let other = Formula {
            kind: MetricKind::Nps,
            ..Formula::suggest_for(&question(1.0, 5.0, Direction::HighIsGood))
        };
        assert_eq!(compute_score(&histogram(&[(5.0, 3)]), &other).value, None);
    }

    #[test]
    fn best_boxes_lie_at_the_good_end() {
        let answers = histogram(&[(1.0, 10), (2.0, 20), (3.0, 30), (4.0, 25), (5.0, 15)]);
        let high = Formula::suggest_for(&question(1.0, 5.0, Direction::HighIsGood));
        let low = Formula::suggest_for(&question(1.0, 5.0, Direction::LowIsGood));
        assert_eq!(high.kind, MetricKind::Csat);
        close(compute_score(&answers, &high).value, 40.0);
        close(compute_score(&answers, &low).value, 30.0);
        close(compute_score(&answers, &Formula { boxes: 1, ..high }).value, 15.0);
        let text = Formula::suggest_for(&question(0.0, 1.0, Direction::HighIsGood));
        close(compute_score(&histogram(&[(0.0, 3), (1.0, 1)]), &text).value, 25.0);
    }

    #[test]
    fn effort_runs_both_ways() {
        let answers = histogram(&[(1.0, 3), (2.0, 1)]);
        let low = Formula {
            kind: MetricKind::Ces,
            ..Formula::suggest_for(&question(1.0, 5.0, Direction::LowIsGood))
        };
        let found = compute_score(&answers, &low);
        close(found.value, 1.25);
        assert!((low.ramp_position(1.25) - 0.9375).abs() < 1e-12);
        close(compute_score(&answers, &Formula { share: true, ..low }).value, 100.0);
        assert_eq!((found.n, found.missing, found.rejected), (4, 2, 1));
    }

    #[test]
    fn weighted_answers_count_as_much_as_they_weigh() {
        let formula = Formula::suggest_for(&question(1.0, 7.0, Direction::HighIsGood));
        let mut answers = histogram(&[(1.0, 2), (5.0, 1)]);
        assert_eq!(compute_score(&answers, &formula).weighted, None);
        let of = |weights: &[u64]| {
            let mut all = WeightSum::default();
            for weight in weights {
                all.add_weight(WeightSum::of_one(*weight));
            }
            all
        };
        let ends = [(1.0, of(&[500_000, 500_000])), (5.0, of(&[2_000_000]))];
        answers.weights =
            ends.into_iter().filter_map(|(a, weight)| Some((Answer::new(a)?, weight))).collect();
        let found = compute_score(&answers, &formula);
        let weighted = found.weighted.unwrap();
        close(found.value, 7.0 / 3.0);
        close(Some(weighted.value), 11.0 / 3.0);
        close(Some(weighted.n), 9.0 / 4.5);
        // A file without weights counts one for each of its answers, in any order of adding files.
        let mut sum = histogram(&[(5.0, 1)]);
        sum.add_histogram(&answers);
        let mut other = answers.clone();
        other.add_histogram(&histogram(&[(5.0, 1)]));
        assert_eq!(sum, other);
        close(compute_score(&sum, &formula).weighted.map(|weighted| weighted.value), 4.0);
        assert_eq!(sum.without_part(&histogram(&[(5.0, 1)])).answers, answers.answers);
    }

    #[test]
    fn one_answer_has_a_mean_but_no_interval() {
        let formula = Formula::suggest_for(&question(1.0, 7.0, Direction::HighIsGood));
        let one = compute_score(&histogram(&[(4.0, 1)]), &formula);
        close(one.value, 4.0);
        assert_eq!(one.interval, None);
        assert_eq!(compute_score(&Histogram::default(), &formula).value, None);
    }
}
