//! The scores of each element wave by wave.

use super::compare::{ScoreBaseline, ScoreChange};
use super::overlay::{Overlay, OverlayChoice, Spark, TargetScore, compute_overlay, sum_answers};
use super::sample::Sample;
use super::score::Formula;
use crate::id::{Id, QuestionId, WaveId};
use crate::model::{Project, records_in_order};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One wave of a trend.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendPoint {
    /// The wave.
    pub wave: WaveId,
    /// The score.
    pub score: TargetScore,
    /// True if the question or scale differs from the point before: no line leads here.
    pub breaks: bool,
    /// The difference from the wave before, judged over all elements of the wave.
    pub change: Option<ScoreChange>,
}

/// Returns the scores of every element in the order of waves, under the metric, group and weighting of a
/// choice.
pub fn compute_trends(project: &Project, choice: &OverlayChoice) -> BTreeMap<Id, Vec<TrendPoint>> {
    let mut trends: BTreeMap<Id, Vec<TrendPoint>> = BTreeMap::new();
    let mut before = None;
    for wave in records_in_order(project.waves()) {
        let against = before.replace(wave.id).map(ScoreBaseline::Wave);
        let mut shown =
            compute_overlay(project, &OverlayChoice { wave: Some(wave.id), against, ..choice.clone() });
        for (target, score) in shown.scores.into_iter().filter(|(_, shown)| shown.score.value.is_some()) {
            let points = trends.entry(target).or_default();
            let breaks = points.last().is_some_and(|last| last.score.question != score.question);
            let change = shown.changes.of.remove(&target);
            points.push(TrendPoint { wave: wave.id, score, breaks, change });
        }
    }
    trends
}

/// Returns the scores of a choice with the sparklines that lead to them.
pub fn overlay_with_trends(project: &Project, choice: &OverlayChoice) -> Overlay {
    let mut shown = compute_overlay(project, choice);
    if project.waves().len() > 1 {
        shown.sparks = compute_sparks(project, choice);
    }
    shown
}

/// Returns the positions of each element's scores from wave to wave; of several questions, those of the most
/// answered one.
fn compute_sparks(project: &Project, choice: &OverlayChoice) -> BTreeMap<Id, Arc<Vec<Spark>>> {
    let questions: Vec<(Id, QuestionId, Formula)> = records_in_order(project.questions())
        .into_iter()
        .filter_map(|asked| {
            Some((asked.target?, asked.id, Formula::for_question(project, asked, choice.metric)))
        })
        .collect();
    let mut found: BTreeMap<Id, Vec<(QuestionId, Spark)>> = BTreeMap::new();
    for wave in records_in_order(project.waves()) {
        let sums = sum_answers(project, &OverlayChoice { wave: Some(wave.id), ..choice.clone() });
        let mut most: BTreeMap<Id, (u64, QuestionId, f64)> = BTreeMap::new();
        for (target, question, formula) in &questions {
            let Some(answers) = sums.get(question) else { continue };
            let weighted = choice.weighted.then(|| Sample::from_weights(answers, formula)).flatten();
            let Some(sample) = weighted.or_else(|| Sample::from_counts(answers, formula)) else { continue };
            let n = answers.n();
            let position = formula.ramp_position(sample.value());
            let main = most.entry(*target).or_insert((n, *question, position));
            if n > main.0 {
                *main = (n, *question, position);
            }
        }
        for (target, (_, question, position)) in most {
            let points = found.entry(target).or_default();
            let breaks = points.last().is_some_and(|(before, _)| *before != question);
            points.push((question, Spark { position, breaks }));
        }
    }
    let spark = |(id, points): (Id, Vec<(QuestionId, Spark)>)| {
        let sparks: Vec<Spark> = points.into_iter().map(|(_, spark)| spark).collect();
        (sparks.len() > 1).then(|| (id, Arc::new(sparks)))
    };
    found.into_iter().filter_map(spark).collect()
}
