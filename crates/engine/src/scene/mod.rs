//! The display list: one scene of a journey, drawn alike by screen, SVG, PNG and PDF.
//!
//! A scene is a list of placed blocks, back to front. A block holds the primitives of one element in its own
//! coordinates and is shared between scenes, so that moving a card changes only a position. A scene knows no
//! zoom, hover or selection: a block also holds its far form ([`FarForm`]), and the renderer chooses between
//! the two.

mod far;
mod geom;
mod grid;
mod shape;

pub use far::{FarForm, FarMark, FarMarkKind, FarWords, Stand};
pub use geom::{Pt, Rect, pt};
pub use grid::{FeelingAxis, GridColumn, LaneBand, PageGrid, StageSpan};
pub use shape::{PathSegment, SceneShape, Stroke, TextRow};

use crate::id::{Id, PersonaId};
use std::sync::Arc;

/// The part of an element that a block draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScenePart {
    /// The page's background.
    Page,
    /// The journey's title, goal and own scores.
    Header,
    /// A stage's header.
    StageHeader,
    /// A lane's background and label.
    Lane,
    /// A blueprint line between lanes.
    Line,
    /// A touchpoint's card.
    Card,
    /// A flow's line and arrowhead.
    Flow,
    /// A flow's label.
    FlowLabel,
    /// A persona's feeling curve.
    Curve(PersonaId),
    /// One point of a persona's curve; the element is the touchpoint.
    CurvePoint(PersonaId),
    /// A quote at the curve.
    CurveQuote,
    /// An insight or improvement.
    Insight,
    /// A text of a text lane.
    Cell,
    /// A touchpoint's bar in the score lane.
    Score,
    /// A picture.
    Picture,
    /// The legend of an exported page.
    Legend,
    /// A mark of a difference between two versions.
    Change,
}

/// The primitives of one element's part, in their own coordinates.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// The element drawn, if it is one.
    pub element: Option<Id>,
    /// The part of it.
    pub part: ScenePart,
    /// Its bounds, strokes included.
    pub bounds: Rect,
    /// Its label for screen readers: title, kind, value.
    pub label: String,
    /// The primitives, back to front.
    pub shapes: Vec<SceneShape>,
    /// Its form at zooms at which its words would be too small to read; `None` if its shapes are then drawn
    /// without words.
    pub far: Option<Box<FarForm>>,
    /// True if some of its text was left out for lack of room.
    pub cut: bool,
}

/// A block at its place.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The block's origin on the page.
    pub at: Pt,
    /// The block, shared between scenes.
    pub block: Arc<Block>,
}

impl Placed {
    /// Returns its bounds on the page.
    pub fn bounds(&self) -> Rect {
        self.block.bounds.shift_by(self.at)
    }

    /// True if it draws an element at a point. Lines (flows and curves) are hit only within `reach` of their
    /// path.
    pub fn is_hit(&self, point: Pt, reach: f32) -> bool {
        self.block.element.is_some()
            && self.bounds().grow_by(reach).contains(point)
            && match self.block.part {
                ScenePart::Flow | ScenePart::Curve(_) => line_near(&self.block, point - self.at, reach),
                _ => self.bounds().contains(point),
            }
    }
}

impl PartialEq for Placed {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at && (Arc::ptr_eq(&self.block, &other.block) || self.block == other.block)
    }
}

/// The picture of a journey.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// The page's size.
    pub size: Pt,
    /// Its blocks, back to front.
    pub items: Vec<Placed>,
    /// The places of stages, columns and lanes, for gestures.
    pub grid: PageGrid,
}

impl Scene {
    /// Returns the items that overlap a rectangle, back to front.
    pub fn items_within(&self, rect: Rect) -> impl Iterator<Item = &Placed> {
        self.items.iter().filter(move |item| item.bounds().overlaps_rect(rect))
    }

    /// Returns the bounds of an element: of its main part if it has several.
    pub fn element_bounds(&self, element: Id) -> Option<Rect> {
        let mut parts = self.items.iter().filter(|item| item.block.element == Some(element));
        let first = parts.next()?;
        let main = |item: &&Placed| !matches!(item.block.part, ScenePart::CurvePoint(_) | ScenePart::Score);
        let best = std::iter::once(first).chain(parts).find(main).unwrap_or(first);
        Some(best.bounds())
    }
}

/// True if a point is within reach of the block's lines; a curve counts as 12 straight pieces.
fn line_near(block: &Block, point: Pt, reach: f32) -> bool {
    block.shapes.iter().any(|shape| match shape {
        SceneShape::Path { start, segments, .. } => {
            let flat = flatten_path(*start, segments, 12);
            flat.windows(2).any(|pair| distance_to_segment(point, pair[0], pair[1]) <= reach)
        }
        SceneShape::Polygon { .. }
        | SceneShape::Rect { .. }
        | SceneShape::Circle { .. }
        | SceneShape::Band { .. }
        | SceneShape::Text(_)
        | SceneShape::Image { .. } => false,
    })
}

/// Returns a path as straight pieces, `pieces` for each curve; for drawing and hit tests.
pub fn flatten_path(start: Pt, segments: &[PathSegment], pieces: u16) -> Vec<Pt> {
    let mut points = vec![start];
    let mut from = start;
    for segment in segments {
        if let PathSegment::Cubic(a, b, to) = *segment {
            let at = |i: u16| cubic_point(from, a, b, to, f32::from(i) / f32::from(pieces));
            points.extend((1..pieces).map(at));
        }
        from = segment.end_point();
        points.push(from);
    }
    points
}

/// Returns the point of a cubic Bézier curve at `t` from 0 to 1.
pub fn cubic_point(from: Pt, a: Pt, b: Pt, to: Pt, t: f32) -> Pt {
    let s = 1.0 - t;
    let mix = |p: f32, q: f32, r: f32, u: f32| {
        s * s * s * p + 3.0 * s * s * t * q + 3.0 * s * t * t * r + t * t * t * u
    };
    pt(mix(from.x, a.x, b.x, to.x), mix(from.y, a.y, b.y, to.y))
}

fn distance_to_segment(point: Pt, a: Pt, b: Pt) -> f32 {
    let along = b - a;
    let to = point - a;
    let length = along.x * along.x + along.y * along.y;
    let t = if length > 0.0 { ((to.x * along.x + to.y * along.y) / length).clamp(0.0, 1.0) } else { 0.0 };
    (to.x - along.x * t).hypot(to.y - along.y * t)
}
