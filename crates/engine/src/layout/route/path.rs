//! Draws a path: corners rounded, an arrowhead at the end.

use super::flow_path::RouteShape;
use crate::scene::{PathSegment, Pt, pt};

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
    pub segments: Vec<PathSegment>,
    /// The arrowhead: a corner, the tip at the card's border, the other corner.
    pub head: [Pt; 3],
    /// The middle of the label, on the line.
    pub label: Option<Pt>,
}

impl RouteShape {
    /// Draws the form.
    pub fn draw_route(&self) -> Route {
        let mut corners: Vec<Pt> = Vec::with_capacity(6);
        for point in self.points() {
            if corners.last() != Some(&point) {
                corners.push(point);
            }
        }
        let segments = round_corners(&corners);
        let tip = corners.last().copied().unwrap_or_default();
        let before = corners.iter().rev().nth(1).copied().unwrap_or(tip - pt(1.0, 0.0));
        Route { segments, head: arrow_head(before, tip), label: self.label() }
    }
}

fn round_corners(corners: &[Pt]) -> Vec<PathSegment> {
    let mut segments = Vec::with_capacity(corners.len() * 2);
    let mut at = corners.first().copied().unwrap_or_default();
    for (index, triple) in corners.windows(3).enumerate() {
        let [before, corner, after] = [triple[0], triple[1], triple[2]];
        // A segment between two corners is shared by them; the first and the last belong to one.
        let room_before = vector_length(corner - before) * if index == 0 { 1.0 } else { 0.5 };
        let room_after = vector_length(after - corner) * if index + 3 == corners.len() { 1.0 } else { 0.5 };
        let radius = RADIUS.min(room_before).min(room_after);
        let into = unit_vector(corner - before);
        let out = unit_vector(after - corner);
        let start = corner - scale_vector(into, radius);
        let end = corner + scale_vector(out, radius);
        if vector_length(start - at) > 0.01 {
            segments.push(PathSegment::Line(start));
        }
        let handle = radius * (1.0 - QUARTER);
        segments.push(PathSegment::Cubic(
            corner - scale_vector(into, handle),
            corner + scale_vector(out, handle),
            end,
        ));
        at = end;
    }
    let tip = corners.last().copied().unwrap_or_default();
    if vector_length(tip - at) > 0.01 {
        segments.push(PathSegment::Line(tip));
    }
    segments
}

fn arrow_head(before: Pt, tip: Pt) -> [Pt; 3] {
    let along = unit_vector(tip - before);
    let across = pt(-along.y, along.x);
    let base = tip - scale_vector(along, HEAD.0);
    [base + scale_vector(across, HEAD.1), tip, base - scale_vector(across, HEAD.1)]
}

fn vector_length(by: Pt) -> f32 {
    by.x.hypot(by.y)
}

fn scale_vector(by: Pt, factor: f32) -> Pt {
    pt(by.x * factor, by.y * factor)
}

fn unit_vector(by: Pt) -> Pt {
    let length = vector_length(by);
    if length > 0.0 { scale_vector(by, 1.0 / length) } else { pt(1.0, 0.0) }
}
