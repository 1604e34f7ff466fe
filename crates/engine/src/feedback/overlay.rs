//! The scores of one metric, wave and segment on the elements they are about, and their comparison with
//! another wave or group.

use super::compare::{Changes, ScoreBaseline, compare_scores};
use super::score::{Formula, MetricChoice, Score, compute_score};
use crate::id::{Id, QuestionId, WaveId};
use crate::model::counts::{CountKey, Histogram, Segment};
use crate::model::{Project, Question, records_in_order};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The user's choice of scores to see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OverlayChoice {
    /// The metric.
    pub metric: MetricChoice,
    /// One wave; `None` sums over all.
    pub wave: Option<WaveId>,
    /// Everyone, or one group.
    pub segment: Segment,
    /// True to use the weights of answers.
    pub weighted: bool,
    /// The baseline that the scores are compared with.
    pub against: Option<ScoreBaseline>,
}

/// The score of one question at the element it asks about.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetScore {
    /// The question.
    pub question: QuestionId,
    /// The formula that made the answers into the score.
    pub formula: Formula,
    /// The score.
    pub score: Score,
    /// The lowest and highest possible score.
    pub domain: (f64, f64),
    /// The counted answers.
    pub histogram: Histogram,
}

impl TargetScore {
    /// Returns the position of the score between worst (0) and best (1); `None` without answers.
    pub fn ramp_position(&self) -> Option<f64> {
        self.score.value.map(|value| self.formula.ramp_position(value))
    }

    /// True if the score rests on so few answers that it is drawn hatched.
    pub fn is_small(&self) -> bool {
        self.score.n < self.formula.small_n
    }
}

/// A file that the shown scores come from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ScoreOrigin {
    /// Its name.
    pub file: String,
    /// The day of its import.
    pub imported: Date,
    /// True if the file held counts or shares instead of answers.
    pub aggregated: bool,
    /// The labels of the waves it holds.
    pub waves: BTreeSet<String>,
}

/// Scores laid over a project. Equal projects and choices give equal overlays.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Overlay {
    /// The user's choice.
    pub choice: OverlayChoice,
    /// The score of each touchpoint, stage and journey that has a question and answers.
    pub scores: BTreeMap<Id, TargetScore>,
    /// Further questions about the same elements, such as satisfaction in addition to NPS.
    pub more: BTreeMap<Id, Vec<TargetScore>>,
    /// The formulas in use, the most common first.
    pub formulas: Vec<Formula>,
    /// The files the scores come from.
    pub origins: Vec<ScoreOrigin>,
    /// The comparison of the scores with the baseline.
    pub changes: Changes,
    /// The positions of each element's scores from wave to wave, if there are several.
    pub sparks: BTreeMap<Id, Arc<Vec<Spark>>>,
}

/// One wave of a sparkline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spark {
    /// Position of the score between worst (0) and best (1).
    pub position: f64,
    /// True if the question or scale differs from the wave before: no line leads here.
    pub breaks: bool,
}

impl Overlay {
    /// True if there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.scores.is_empty()
    }

    /// Returns all scores of an element, the shown one first.
    pub fn scores_of(&self, id: Id) -> impl Iterator<Item = &TargetScore> {
        self.scores.get(&id).into_iter().chain(self.more.get(&id).into_iter().flatten())
    }
}

/// Computes the scores of a project under a choice.
pub fn compute_overlay(project: &Project, choice: &OverlayChoice) -> Overlay {
    let mut summed = sum_answers(project, choice);
    let mut found: BTreeMap<Id, Vec<TargetScore>> = BTreeMap::new();
    for question in records_in_order(project.questions()) {
        let Some((target, histogram)) = question.target.zip(summed.remove(&question.id)) else { continue };
        found.entry(target).or_default().extend(target_score(project, question, choice, histogram));
    }
    let mut overlay =
        Overlay { choice: choice.clone(), origins: score_origins(project, choice), ..Overlay::default() };
    for (target, mut scores) in found {
        scores.sort_by_key(|score| Reverse(score.score.n));
        let mut scores = scores.into_iter();
        overlay.scores.extend(scores.next().map(|first| (target, first)));
        let more: Vec<_> = scores.collect();
        if !more.is_empty() {
            overlay.more.insert(target, more);
        }
    }
    overlay.formulas = used_formulas(&overlay.scores);
    if let Some(against) = &choice.against {
        overlay.changes = compare_scores(project, choice, against, &overlay.scores);
    }
    overlay
}

/// Returns the groups by which a project's feedback can be split: segment columns with their values.
pub fn segment_columns(project: &Project) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for key in project.batches().values().flat_map(|batch| batch.counts.histograms.keys()) {
        if !key.segment.is_everyone() {
            found.entry(key.segment.column.clone()).or_default().insert(key.segment.value.clone());
        }
    }
    found
}

/// True if the groups of a segment column overlap, so that one can be compared with the rest, but not with
/// another.
pub fn has_overlapping_groups(project: &Project, column: &str) -> bool {
    project.batches().values().any(|batch| batch.overlapping.contains(column))
}

/// Returns the answers to each question, summed over batches and the chosen waves.
pub(super) fn sum_answers(project: &Project, choice: &OverlayChoice) -> BTreeMap<QuestionId, Histogram> {
    let mut sums: BTreeMap<QuestionId, Histogram> = BTreeMap::new();
    for counts in project.batches().values().map(|batch| &batch.counts.histograms) {
        if let Some(wave) = choice.wave {
            // For a single wave, each question is looked up, instead of going through a long series once for
            // each of its waves.
            for question in project.questions().keys() {
                let key = CountKey { question: *question, wave, segment: choice.segment.clone() };
                if let Some(histogram) = counts.get(&key) {
                    sums.entry(*question).or_default().add_histogram(histogram);
                }
            }
            continue;
        }
        for (key, histogram) in counts.iter().filter(|(key, _)| key.segment == choice.segment) {
            sums.entry(key.question).or_default().add_histogram(histogram);
        }
    }
    sums
}

fn target_score(
    project: &Project,
    question: &Question,
    choice: &OverlayChoice,
    histogram: Histogram,
) -> Option<TargetScore> {
    let formula = Formula::for_question(project, question, choice.metric);
    let score = compute_score(&histogram, &formula);
    let score = if choice.weighted { score.as_weighted() } else { score };
    let domain = formula.score_domain();
    formula.is_defined_on_scale().then_some(TargetScore {
        question: question.id,
        formula,
        score,
        domain,
        histogram,
    })
}

/// Returns the files that the scores of a choice come from.
pub fn score_origins(project: &Project, choice: &OverlayChoice) -> Vec<ScoreOrigin> {
    let origin = |batch: &Arc<crate::model::Batch>| {
        let waves: BTreeSet<WaveId> = batch.counts.histograms.keys().map(|key| key.wave).collect();
        if choice.wave.is_some_and(|wave| !waves.contains(&wave)) {
            return None;
        }
        let labels = waves.iter().filter_map(|wave| project.waves().get(wave)).map(|wave| wave.label.clone());
        let file = batch.file.clone();
        let aggregated = batch.aggregated;
        Some(ScoreOrigin { file, imported: batch.imported, aggregated, waves: labels.collect() })
    };
    let origins: BTreeSet<ScoreOrigin> = project.batches().values().filter_map(origin).collect();
    origins.into_iter().collect()
}

fn used_formulas(scores: &BTreeMap<Id, TargetScore>) -> Vec<Formula> {
    let mut found: Vec<(Formula, usize)> = Vec::new();
    for score in scores.values() {
        match found.iter_mut().find(|(formula, _)| *formula == score.formula) {
            Some((_, uses)) => *uses += 1,
            None => found.push((score.formula, 1)),
        }
    }
    found.sort_by_key(|(_, uses)| Reverse(*uses));
    found.into_iter().map(|(formula, _)| formula).collect()
}
