//! The scores of each element wave by wave.

use super::compare::{Against, Change};
use super::overlay::{Overlay, OverlayChoice, Spark, TargetScore, overlay};
use crate::id::{Id, WaveId};
use crate::model::{Project, ordered};
use std::collections::BTreeMap;
use std::sync::Arc;

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

/// The scores of a choice with the small trends that lead to them.
pub fn overlay_with_trends(project: &Project, choice: &OverlayChoice) -> Overlay {
    let mut shown = overlay(project, choice);
    if project.waves().len() > 1 {
        let spark = |point: &Point| Some(Spark { position: point.score.position()?, breaks: point.breaks });
        let all = trends(project, choice).into_iter();
        let all = all.map(|(id, points)| (id, Arc::new(points.iter().filter_map(spark).collect::<Vec<_>>())));
        shown.sparks = all.filter(|(_, sparks)| sparks.len() > 1).collect();
    }
    shown
}
