//! The scores of each element wave by wave.

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
}

/// The scores of every element in the order of waves, under the metric, group and weighting of a choice.
pub fn trends(project: &Project, choice: &OverlayChoice) -> BTreeMap<Id, Vec<Point>> {
    let mut trends: BTreeMap<Id, Vec<Point>> = BTreeMap::new();
    for wave in ordered(project.waves()) {
        let of_wave = OverlayChoice { wave: Some(wave.id), against: None, ..choice.clone() };
        for (target, score) in overlay(project, &of_wave).scores.into_iter().filter(|(_, s)| s.score.n > 0) {
            let points = trends.entry(target).or_default();
            let breaks = points.last().is_some_and(|last| last.score.question != score.question);
            points.push(Point { wave: wave.id, score, breaks });
        }
    }
    trends
}
