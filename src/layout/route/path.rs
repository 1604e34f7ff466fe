//! Draws a path: corners rounded, an arrowhead at the end.

use super::way::Form;
use crate::scene::{Pt, Segment, pt};

/// Radius of a corner, if there is room for it.
const RADIUS: f32 = 10.0;
/// Length of an arrowhead, and half its width.
const HEAD: (f32, f32) = (7.0, 4.0);
/// Distance of the control points of a quarter circle from its ends, in radii.
const QUARTER: f32 = 0.552_284_8;

/// A flow's line, relative to the origin of its path.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// The segments from the origin to the tip.
    pub segments: Vec<Segment>,
    /// The arrowhead: a corner, the tip at the card's border, the other corner.
    pub head: [Pt; 3],
    /// The middle of the label, on the line.
    pub label: Option<Pt>,
}

impl Form {
    /// Draws the form.
    pub fn draw(&self) -> Route {
        let mut corners: Vec<Pt> = Vec::with_capacity(6);
        for point in self.points() {
            if corners.last() != Some(&point) {
                corners.push(point);
            }
        }
        let segments = rounded(&corners);
        let tip = corners.last().copied().unwrap_or_default();
        let before = corners.iter().rev().nth(1).copied().unwrap_or(tip - pt(1.0, 0.0));
        Route { segments, head: head(before, tip), label: self.label() }
    }
}

fn rounded(corners: &[Pt]) -> Vec<Segment> {
    let mut segments = Vec::with_capacity(corners.len() * 2);
    let mut at = corners.first().copied().unwrap_or_default();
    for (index, triple) in corners.windows(3).enumerate() {
        let [before, corner, after] = [triple[0], triple[1], triple[2]];
        // A segment between two corners is shared by them; the first and the last belong to one.
        let room_before = length(corner - before) * if index == 0 { 1.0 } else { 0.5 };
        let room_after = length(after - corner) * if index + 3 == corners.len() { 1.0 } else { 0.5 };
        let radius = RADIUS.min(room_before).min(room_after);
        let into = unit(corner - before);
        let out = unit(after - corner);
        let start = corner - scaled(into, radius);
        let end = corner + scaled(out, radius);
        if length(start - at) > 0.01 {
            segments.push(Segment::Line(start));
        }
        let handle = radius * (1.0 - QUARTER);
        segments.push(Segment::Cubic(corner - scaled(into, handle), corner + scaled(out, handle), end));
        at = end;
    }
    let tip = corners.last().copied().unwrap_or_default();
    if length(tip - at) > 0.01 {
        segments.push(Segment::Line(tip));
    }
    segments
}

fn head(before: Pt, tip: Pt) -> [Pt; 3] {
    let along = unit(tip - before);
    let across = pt(-along.y, along.x);
    let base = tip - scaled(along, HEAD.0);
    [base + scaled(across, HEAD.1), tip, base - scaled(across, HEAD.1)]
}

fn length(by: Pt) -> f32 {
    by.x.hypot(by.y)
}

fn scaled(by: Pt, factor: f32) -> Pt {
    pt(by.x * factor, by.y * factor)
}

fn unit(by: Pt) -> Pt {
    let length = length(by);
    if length > 0.0 { scaled(by, 1.0 / length) } else { pt(1.0, 0.0) }
}
