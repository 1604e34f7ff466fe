//! One flow's corners on the page, once columns and rows are placed.

use super::course::Course;
use super::tracks::{TRACK, label_gap, label_part};
use super::{Planned, RoutePlan};
use crate::scene::{Pt, Rect, pt};

/// Distance between a row's cards and the first track above them.
pub(super) const ABOVE: f32 = 8.0;
/// Distance between a row's cards and the first track below them: room for an arrowhead.
pub(super) const BELOW: f32 = 14.0;
/// Distance beyond the last track of a corridor.
pub(super) const MARGIN: f32 = 4.0;
/// Distance between a gap's left end and its first track.
pub(super) const LEFT: f32 = 6.0;
/// Distance between a gap's last track and its right end: room for an arrowhead.
pub(super) const RIGHT: f32 = 10.0;
/// Distance from a card's left end to a line down, and to a line up: clear of the marks at its top and its
/// loops.
const DROP: f32 = 16.0;
const RISE: f32 = 28.0;
/// Steps in a point: fine enough to be invisible, coarse enough that a moved way keeps its form.
const STEPS: f32 = 64.0;

/// The places of cards, columns and rows on the page.
#[derive(Debug, Clone, Copy)]
pub struct PageFrame<'a> {
    /// Each card, by its index.
    pub cards: &'a [Rect],
    /// Left and right end of each column's cards.
    pub columns: &'a [(f32, f32)],
    /// Top and bottom of each row's cards.
    pub rows: &'a [(f32, f32)],
}

/// A flow's path: its form, and its origin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FlowPath {
    /// The point where it leaves its first card; the form's origin.
    pub origin: Pt,
    /// Its form: independent of the path's place if cards, columns and rows are at quarters of a point.
    pub form: RouteShape,
}

/// A path's form, independent of its place: flows with equal forms are drawn alike, so it serves as a cache
/// key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RouteShape {
    /// Corners from the origin, in steps; the first `count` are used, the last of them is the tip.
    corners: [(i32, i32); 6],
    count: u8,
    label: Option<(i32, i32)>,
    /// True if it leads back to an earlier column or to its own card.
    pub back: bool,
}

impl RouteShape {
    /// Returns its corners in points, from the origin to the tip.
    pub(super) fn points(&self) -> impl Iterator<Item = Pt> {
        self.corners.iter().take(usize::from(self.count)).map(|&corner| point_from_steps(corner))
    }

    /// Returns the middle of its label.
    pub fn label(&self) -> Option<Pt> {
        self.label.map(point_from_steps)
    }
}

fn point_from_steps((x, y): (i32, i32)) -> Pt {
    pt(x as f32 / STEPS, y as f32 / STEPS)
}

impl RoutePlan {
    /// Returns the path of a flow, by its index; `None` if a card, column or row is missing.
    pub fn flow_path(&self, flow: usize, frame: &PageFrame) -> Option<FlowPath> {
        let planned = self.flows.get(flow)?.as_ref()?;
        let ends =
            (*frame.cards.get(planned.flow.from as usize)?, *frame.cards.get(planned.flow.to as usize)?);
        let sketch = Sketch { plan: self, frame, planned, ends };
        let corners = sketch.path_corners()?;
        let label = planned.flow.label.and_then(|_| sketch.label_middle(&corners));
        let origin = corners[0]?;
        let step = |point: Pt| {
            let from = point - origin;
            ((from.x * STEPS).round() as i32, (from.y * STEPS).round() as i32)
        };
        let count = corners.iter().flatten().count() as u8;
        let form = RouteShape {
            corners: corners.map(|corner| corner.map_or((0, 0), step)),
            count,
            label: label.map(step),
            back: planned.course.is_back(),
        };
        Some(FlowPath { origin, form })
    }

    /// Returns the number of flows, with a path or without.
    pub fn len(&self) -> usize {
        self.flows.len()
    }

    /// True if the plan has no flows.
    pub fn is_empty(&self) -> bool {
        self.flows.is_empty()
    }
}

/// Up to six corners; present ones come first.
type Corners = [Option<Pt>; 6];

struct Sketch<'a> {
    plan: &'a RoutePlan,
    frame: &'a PageFrame<'a>,
    planned: &'a Planned,
    ends: (Rect, Rect),
}

impl Sketch<'_> {
    fn path_corners(&self) -> Option<Corners> {
        let (from, to) = self.ends;
        let [leaves, enters] = self.planned.ends;
        let start = pt(from.max.x, from.center().y + leaves);
        let end = pt(to.min.x, to.center().y + enters);
        let bottoms = (pt(from.center().x + leaves, from.max.y), pt(to.center().x + enters, to.max.y));
        Some(match self.planned.course {
            Course::Straight if (start.y - end.y).abs() < 0.01 => to_corners(&[start, end]),
            Course::Straight => {
                let x = self.gap_middle(self.planned.cells.1.column)?;
                to_corners(&[start, pt(x, start.y), pt(x, end.y), end])
            }
            Course::Turn { gap } => {
                let x = self.track_x(gap, 0)?;
                to_corners(&[start, pt(x, start.y), pt(x, end.y), end])
            }
            Course::Over { row, first, last } => {
                let x = self.track_x(first, 0)?;
                let y = self.track_y_above(row)?;
                let back_x = self.track_x(last, 1)?;
                to_corners(&[start, pt(x, start.y), pt(x, y), pt(back_x, y), pt(back_x, end.y), end])
            }
            Course::Drop if start.y < end.y => {
                let x = from.min.x + DROP;
                to_corners(&[pt(x, from.max.y), pt(x, to.min.y)])
            }
            Course::Drop => {
                let x = from.min.x + RISE;
                to_corners(&[pt(x, from.min.y), pt(x, to.max.y)])
            }
            Course::Beside { gap } => {
                let x = self.track_x(gap, 0)?;
                let end = pt(to.max.x, end.y);
                to_corners(&[start, pt(x, start.y), pt(x, end.y), end])
            }
            Course::Under { row } => {
                let y = self.track_y_below(row, 0)?;
                to_corners(&[bottoms.0, pt(bottoms.0.x, y), pt(bottoms.1.x, y), bottoms.1])
            }
            Course::Around { from_row, gap, to_row } => {
                let y = self.track_y_below(from_row, 0)?;
                let x = self.track_x(gap, 0)?;
                let end_y = self.track_y_below(to_row, 1)?;
                let (a, b) = bottoms;
                to_corners(&[a, pt(a.x, y), pt(x, y), pt(x, end_y), pt(b.x, end_y), b])
            }
        })
    }

    /// Returns the middle of the label: on the line, at the place that the plan reserved.
    fn label_middle(&self, corners: &Corners) -> Option<Pt> {
        let (from, to) = self.planned.cells;
        match self.planned.course {
            Course::Straight | Course::Drop => {
                let start = corners[0]?;
                let end = corners.iter().flatten().last()?;
                let x = if to.column > from.column + 1 {
                    self.column_middle(u32::midpoint(from.column, to.column))?
                } else {
                    f32::midpoint(start.x, end.x)
                };
                Some(pt(x, f32::midpoint(start.y, end.y)))
            }
            Course::Turn { gap } | Course::Beside { gap } => {
                Some(pt(self.track_x(gap, 0)?, self.track_y_above(from.row.max(to.row))?))
            }
            Course::Over { row, .. } => {
                Some(pt(self.column_middle(u32::midpoint(from.column, to.column))?, self.track_y_above(row)?))
            }
            Course::Under { row } if from.column == to.column => {
                Some(pt(self.ends.0.center().x, self.track_y_below(row, 0)?))
            }
            Course::Under { row } => {
                Some(pt(self.gap_middle(label_gap(self.planned))?, self.track_y_below(row, 0)?))
            }
            Course::Around { from_row, to_row, .. } => {
                let y = self.track_y_below(from_row.max(to_row), usize::from(label_part(self.planned)))?;
                Some(pt(self.gap_middle(label_gap(self.planned))?, y))
            }
        }
    }

    /// Returns the y of the flow's track in the corridor above a row.
    fn track_y_above(&self, row: u32) -> Option<f32> {
        let (top, _) = *self.frame.rows.get(row as usize)?;
        Some(top - ABOVE - self.plan.levels.track_middle(row as usize * 2, self.planned.levels[0]))
    }

    /// Returns the y of the flow's track in the corridor below a row.
    fn track_y_below(&self, row: u32, part: usize) -> Option<f32> {
        let (_, bottom) = *self.frame.rows.get(row as usize)?;
        Some(bottom + BELOW + self.plan.levels.track_middle(row as usize * 2 + 1, self.planned.levels[part]))
    }

    /// Returns the left and right end of a gap.
    fn gap_ends(&self, gap: u32) -> Option<(f32, f32)> {
        let gap = gap as usize;
        let right = self.frame.columns.get(gap).map(|column| column.0);
        let left =
            gap.checked_sub(1).and_then(|column| self.frame.columns.get(column)).map(|column| column.1);
        let room = self.plan.gap_width(gap);
        Some((left.or(right.map(|x| x - room))?, right.or(left.map(|x| x + room))?))
    }

    fn gap_middle(&self, gap: u32) -> Option<f32> {
        self.gap_ends(gap).map(|(left, right)| f32::midpoint(left, right))
    }

    fn column_middle(&self, column: u32) -> Option<f32> {
        self.frame.columns.get(column as usize).map(|&(left, right)| f32::midpoint(left, right))
    }

    /// Returns the x of the flow's track in a gap; tracks close up if the gap is narrower than planned.
    fn track_x(&self, gap: u32, part: usize) -> Option<f32> {
        let (left, right) = self.gap_ends(gap)?;
        let count = self.plan.gaps.track_sizes(gap as usize).len().max(1) as f32;
        let width = right - left;
        let scale = (width / (LEFT + RIGHT + count * TRACK)).min(1.0);
        let middle = f32::midpoint(LEFT * scale, width - RIGHT * scale);
        let place = f32::from(self.planned.tracks[part]) - (count - 1.0) / 2.0;
        Some(left + ((middle + place * TRACK * scale) * 4.0).round() / 4.0)
    }
}

fn to_corners(points: &[Pt]) -> Corners {
    std::array::from_fn(|index| points.get(index).copied())
}
