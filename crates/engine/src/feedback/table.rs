//! All scores of a project as rows: one for each element, question, wave and group.

use super::score::{Formula, MetricChoice, Score, compute_score};
use crate::id::{Id, QuestionId, StageId, StepId, WaveId};
use crate::model::counts::{Histogram, Segment};
use crate::model::{Journey, Project, Question, Step, records_in_order, sort_records};
use crate::survey::propose::title_of_element;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One score with everything that identifies it.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreRow {
    /// The title of the journey.
    pub journey: String,
    /// The element asked about.
    pub target: Id,
    /// Its title.
    pub title: String,
    /// The question.
    pub question: QuestionId,
    /// The formula that made the answers into the score.
    pub formula: Formula,
    /// The label of the wave; `None` for the sum over all.
    pub wave: Option<String>,
    /// The customers who answered.
    pub segment: Segment,
    /// The score.
    pub score: Score,
}

/// The waves of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waves {
    /// Each wave by itself.
    Each,
    /// Each wave by itself, then their sum.
    EachAndSum,
    /// One wave.
    One(WaveId),
}

/// Returns the scores under a metric, in the order of the map, then by wave and group. Questions whose scale
/// does not allow the metric have no rows.
pub fn score_rows(project: &Project, metric: MetricChoice, shown: Waves) -> Vec<ScoreRow> {
    let mut sums: BTreeMap<QuestionId, BTreeMap<(WaveId, Segment), Histogram>> = BTreeMap::new();
    for (key, histogram) in project.batches().values().flat_map(|batch| &batch.counts.histograms) {
        let group = (key.wave, key.segment.clone());
        sums.entry(key.question).or_default().entry(group).or_default().add_histogram(histogram);
    }
    let waves = records_in_order(project.waves());
    let mut questions: BTreeMap<Id, Vec<&Arc<Question>>> = BTreeMap::new();
    for question in records_in_order(project.questions()) {
        if let Some(target) = question.target {
            questions.entry(target).or_default().push(question);
        }
    }
    let mut rows = Vec::new();
    for journey in project.journeys_in_order() {
        for target in question_targets(journey) {
            for question in questions.get(&target).into_iter().flatten() {
                let formula = Formula::for_question(project, question, metric);
                let Some(groups) = sums.get(&question.id) else { continue };
                if !formula.is_defined_on_scale() {
                    continue;
                }
                let row = |segment: &Segment, histogram: &Histogram, wave: Option<&String>| ScoreRow {
                    journey: journey.info().title.clone(),
                    target,
                    title: title_of_element(journey, target),
                    question: question.id,
                    formula,
                    wave: wave.cloned(),
                    segment: segment.clone(),
                    score: compute_score(histogram, &formula),
                };
                for wave in waves.iter().filter(|wave| !matches!(shown, Waves::One(one) if one != wave.id)) {
                    let first = (wave.id, Segment::default());
                    let of_wave = groups.range(first..).take_while(|((found, _), _)| *found == wave.id);
                    rows.extend(of_wave.map(|((_, segment), found)| row(segment, found, Some(&wave.label))));
                }
                if shown == Waves::EachAndSum {
                    rows.extend(
                        sum_over_waves(groups).iter().map(|(segment, found)| row(segment, found, None)),
                    );
                }
            }
        }
    }
    rows
}

/// Returns the answers of each group over all waves.
fn sum_over_waves(groups: &BTreeMap<(WaveId, Segment), Histogram>) -> BTreeMap<&Segment, Histogram> {
    let mut sums: BTreeMap<&Segment, Histogram> = BTreeMap::new();
    for ((_, segment), histogram) in groups {
        sums.entry(segment).or_default().add_histogram(histogram);
    }
    sums
}

/// Returns the elements that can have questions, in the order of the map: the journey, then each stage with
/// its touchpoints.
pub fn question_targets(journey: &Journey) -> Vec<Id> {
    let mut targets: Vec<Id> = vec![journey.info().id.into()];
    let mut steps: BTreeMap<StageId, Vec<&Arc<Step>>> = BTreeMap::new();
    for step in sort_records(journey.steps().values()) {
        steps.entry(step.stage).or_default().push(step);
    }
    let mut cards: BTreeMap<StepId, Vec<Id>> = BTreeMap::new();
    for card in sort_records(journey.touchpoints().values()) {
        cards.entry(card.step).or_default().push(card.id.into());
    }
    for stage in journey.stages_in_order() {
        targets.push(stage.id.into());
        let steps = steps.get(&stage.id).into_iter().flatten();
        targets.extend(steps.filter_map(|step| cards.get(&step.id)).flatten());
    }
    targets
}
