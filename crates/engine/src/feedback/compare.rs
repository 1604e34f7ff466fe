//! Scores compared with those of another wave, another group or the rest: proven changes, and differences
//! that are not proven.

use super::difference::{Difference, LEVEL, adjust_by_holm, compare_samples, from_value};
use super::overlay::{OverlayChoice, TargetScore, has_overlapping_groups, sum_answers};
use super::sample::Sample;
use super::score::{Formula, MetricChoice, Score, compute_score};
use crate::id::{Id, QuestionId, WaveId};
use crate::model::Project;
use crate::model::counts::{Histogram, Segment};
use std::collections::{BTreeMap, BTreeSet};

/// The baseline of a comparison. A group is compared with another or with the rest, never with the total that
/// contains it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScoreBaseline {
    /// The same group in another wave.
    Wave(WaveId),
    /// Another group of the same column in the same wave.
    Segment(Segment),
    /// Everyone else in the same wave.
    Rest,
    /// The company's belief about the score: the perception gap.
    Belief,
}

/// The difference between one score and its baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreChange {
    /// The score that the shown one is compared with.
    pub other: Score,
    /// The shown score minus the other.
    pub difference: Difference,
    /// Probability, from 0 to 1, that chance alone makes such a difference, corrected for all comparisons
    /// (Holm).
    pub p: f64,
}

impl ScoreChange {
    /// True if the difference is significant; otherwise it is not proven.
    pub fn is_proven(&self) -> bool {
        self.p < LEVEL
    }
}

/// The differences of all scores from their baselines.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Changes {
    /// The elements whose scores can be compared.
    pub of: BTreeMap<Id, ScoreChange>,
    /// Elements whose baseline has another question or scale, so that their scores cannot be compared.
    pub broken: BTreeSet<Id>,
}

impl Changes {
    /// Returns the number of differences expected by chance alone, if each were judged by itself.
    pub fn by_chance(&self) -> f64 {
        LEVEL * self.of.len() as f64
    }
}

/// Compares shown scores with their baselines.
pub(super) fn compare_scores(
    project: &Project,
    choice: &OverlayChoice,
    against: &ScoreBaseline,
    scores: &BTreeMap<Id, TargetScore>,
) -> Changes {
    if *against == ScoreBaseline::Belief {
        return compare_with_beliefs(project, choice, scores);
    }
    let others = baseline_answers(project, choice, against);
    let mut found: Vec<(Id, Score, Difference)> = Vec::new();
    let mut changes = Changes::default();
    for (target, shown) in scores {
        let Some(other) = others.get(&shown.question).filter(|other| other.n() > 0) else {
            let asked = |question: &QuestionId| {
                project.questions().get(question).is_some_and(|asked| asked.target == Some(*target))
            };
            if others.iter().any(|(question, histogram)| histogram.n() > 0 && asked(question)) {
                changes.broken.insert(*target);
            }
            continue;
        };
        let samples = choose_sample(&shown.histogram, &shown.formula, choice.weighted).zip(choose_sample(
            other,
            &shown.formula,
            choice.weighted,
        ));
        if let Some(difference) = samples.and_then(|(a, b)| compare_samples(&a, &b)) {
            let other = compute_score(other, &shown.formula);
            found.push((*target, if choice.weighted { other.as_weighted() } else { other }, difference));
        }
    }
    changes.of = judge_differences(found);
    changes
}

/// Compares the shown scores with the company's beliefs about the metric shown.
fn compare_with_beliefs(
    project: &Project,
    choice: &OverlayChoice,
    scores: &BTreeMap<Id, TargetScore>,
) -> Changes {
    let gap = |(target, shown): (&Id, &TargetScore)| {
        let question = project.questions().get(&shown.question)?;
        let own = Formula::for_question(project, question, MetricChoice::Own);
        if own != shown.formula {
            return None;
        }
        let belief = question.belief?;
        let sample = choose_sample(&shown.histogram, &shown.formula, choice.weighted)?;
        let other = Score { value: Some(belief), interval: None, weighted: None, ..shown.score };
        Some((*target, other, from_value(&sample, belief)))
    };
    Changes { of: judge_differences(scores.iter().filter_map(gap).collect()), broken: BTreeSet::new() }
}

/// Judges differences together by Holm's correction.
fn judge_differences(found: Vec<(Id, Score, Difference)>) -> BTreeMap<Id, ScoreChange> {
    let adjusted = adjust_by_holm(&found.iter().map(|(.., difference)| difference.p).collect::<Vec<_>>());
    let change = |((target, other, difference), p)| (target, ScoreChange { other, difference, p });
    found.into_iter().zip(adjusted).map(change).collect()
}

/// Returns the answers that the shown ones are compared with.
fn baseline_answers(
    project: &Project,
    choice: &OverlayChoice,
    against: &ScoreBaseline,
) -> BTreeMap<QuestionId, Histogram> {
    let of = |wave: Option<WaveId>, segment: Segment| {
        sum_answers(project, &OverlayChoice { wave, segment, ..OverlayChoice::default() })
    };
    match against {
        ScoreBaseline::Wave(wave) if choice.wave == Some(*wave) => BTreeMap::new(),
        ScoreBaseline::Wave(wave) => of(Some(*wave), choice.segment.clone()),
        // Groups of two columns overlap, as does everyone with each, and as may those of choices.
        ScoreBaseline::Segment(segment)
            if *segment == choice.segment
                || segment.column != choice.segment.column
                || has_overlapping_groups(project, &segment.column) =>
        {
            BTreeMap::new()
        }
        ScoreBaseline::Segment(segment) => of(choice.wave, segment.clone()),
        ScoreBaseline::Belief => BTreeMap::new(),
        ScoreBaseline::Rest if choice.segment.is_everyone() => BTreeMap::new(),
        ScoreBaseline::Rest => {
            let own = of(choice.wave, choice.segment.clone());
            let mut rest = of(choice.wave, Segment::everyone());
            for (question, histogram) in &mut rest {
                if let Some(own) = own.get(question) {
                    *histogram = histogram.without_part(own);
                }
            }
            rest
        }
    }
}

fn choose_sample(histogram: &Histogram, formula: &Formula, weighted: bool) -> Option<Sample> {
    let heavy = weighted.then(|| Sample::from_weights(histogram, formula)).flatten();
    heavy.or_else(|| Sample::from_counts(histogram, formula))
}
