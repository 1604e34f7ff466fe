//! The scores of each element wave by wave.

use super::compare::{Against, Change};
use super::overlay::{OverlayChoice, TargetScore, overlay};
use crate::id::{Id, WaveId};
use crate::model::{Project, ordered};
use std::collections::BTreeMap;

/// One wave of a trend.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The wave.
    pub wave: WaveId,
    /// The score.
    pub score: TargetScore,
    /// Whether another question or scale than in the point before was asked: no line leads here.
    pub breaks: bool,
    /// The score beside that of the wave before, judged over all elements of the wave.
    pub change: Option<Change>,
}

/// The scores of every element in the order of waves, under the metric, group and weighting of a choice.
pub fn trends(project: &Project, choice: &OverlayChoice) -> BTreeMap<Id, Vec<Point>> {
    let mut trends: BTreeMap<Id, Vec<Point>> = BTreeMap::new();
    let mut before = None;
    for wave in ordered(project.waves()) {
        let against = before.replace(wave.id).map(Against::Wave);
        let mut shown = overlay(project, &OverlayChoice { wave: Some(wave.id), against, ..choice.clone() });
        for (target, score) in shown.scores.into_iter().filter(|(_, shown)| shown.score.n > 0) {
            let points = trends.entry(target).or_default();
            let breaks = points.last().is_some_and(|last| last.score.question != score.question);
            let change = shown.changes.of.remove(&target);
            points.push(Point { wave: wave.id, score, breaks, change });
        }
    }
    trends
}
