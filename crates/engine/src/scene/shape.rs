//! The primitives of a scene: only those that screen, SVG and PDF draw exactly alike.

use super::geom::{Pt, Rect};
use crate::id::ImageId;
use crate::theme::{Color, Face};

/// A line's look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub color: Color,
    /// Its width in points.
    pub width: f32,
    /// Lengths of dash and gap in points; `None` for a solid line.
    pub dash: Option<(f32, f32)>,
}

impl Stroke {
    /// A solid line.
    pub const fn solid_line(color: Color, width: f32) -> Self {
        Self { color, width, dash: None }
    }
}

/// One piece of a path, from the end of the last one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PathSegment {
    /// A straight line to a point.
    Line(Pt),
    /// A cubic Bézier curve by two control points to a point.
    Cubic(Pt, Pt, Pt),
}

impl PathSegment {
    /// Returns its end.
    pub fn end_point(self) -> Pt {
        match self {
            Self::Line(end) | Self::Cubic(_, _, end) => end,
        }
    }
}

/// One row of text; `layout` has broken the lines.
#[derive(Debug, Clone, PartialEq)]
pub struct TextRow {
    /// The left end of its baseline.
    pub origin: Pt,
    /// The text, without line breaks.
    pub text: String,
    /// The face.
    pub face: Face,
    /// The size in points.
    pub size: f32,
    /// The colour.
    pub color: Color,
    /// The measured advance in points.
    pub width: f32,
}

/// One primitive, in the coordinates of its block.
#[derive(Debug, Clone, PartialEq)]
pub enum SceneShape {
    /// A rectangle with rounded corners; the stroke runs on its border line.
    Rect {
        /// The rectangle.
        rect: Rect,
        /// Radius of the corners.
        radius: f32,
        /// Its fill.
        fill: Option<Color>,
        /// Its border.
        stroke: Option<Stroke>,
    },
    /// An open path of lines and curves; never filled.
    Path {
        /// Its start.
        start: Pt,
        /// Its segments, from the start on.
        segments: Vec<PathSegment>,
        /// Its stroke.
        stroke: Stroke,
    },
    /// A convex polygon.
    Polygon {
        /// Its corners.
        points: Vec<Pt>,
        /// Its fill.
        fill: Option<Color>,
        /// Its border.
        stroke: Option<Stroke>,
    },
    /// A circle.
    Circle {
        /// Its centre.
        center: Pt,
        /// Its radius.
        radius: f32,
        /// Its fill.
        fill: Option<Color>,
        /// Its border.
        stroke: Option<Stroke>,
    },
    /// The area between a series of points and a horizontal line, as under a feeling curve.
    Band {
        /// Points by ascending x, close enough together to be joined by straight lines.
        points: Vec<Pt>,
        /// The line's y.
        base: f32,
        /// The fill.
        fill: Color,
    },
    /// One row of text.
    Text(TextRow),
    /// An embedded image, scaled into the rectangle.
    Image {
        /// The rectangle that the image fills.
        rect: Rect,
        /// The image record.
        image: ImageId,
    },
}
