//! What a block shows where its own words would be too small to read: fewer and larger things at the same place.

use super::geom::{Pt, Rect};
use super::shape::Shape;
use crate::theme::{Color, Face};

/// The far form of a block. Its shapes scale with the map; words and marks keep a readable size on the screen, and
/// are left out where their room is too small for them. Nothing moves: it covers what the block covers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FarForm {
    /// The shapes that stand for the block's own, back to front, without text.
    pub shapes: Vec<Shape>,
    /// The one figure that matters most: a score, a severity, a share.
    pub figure: Option<FarWords>,
    /// The title. Where it has the figure's room, it stands above the figure, or not at all.
    pub title: Option<FarWords>,
    /// Marks on the block's border.
    pub marks: Vec<FarMark>,
}

/// Words of a far form.
#[derive(Debug, Clone, PartialEq)]
pub struct FarWords {
    /// The text on one line.
    pub text: String,
    /// Where it stands, in the block's coordinates.
    pub room: Rect,
    /// How it stands there.
    pub stand: Stand,
    /// How far rows that have no room may rise above it.
    pub rise: f32,
    /// The face.
    pub face: Face,
    /// The size in points of the page; on the screen it is never smaller than the smallest readable size.
    pub size: f32,
    /// The least width, in ems, in which a text that has no room is shown cut; in less it is left out.
    pub least: f32,
    /// The colour.
    pub ink: Color,
    /// Ground and border of the plate behind it, where it stands on a line.
    pub plate: Option<(Color, Color)>,
}

/// How words stand in their room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// In the middle.
    Middle,
    /// At the top left.
    TopLeft,
    /// At the left, in the middle of the height.
    MiddleLeft,
    /// At the bottom, in the middle of the width.
    Bottom,
    /// At the top, in the middle of the width.
    Top,
}

/// A mark on a block's border.
#[derive(Debug, Clone, PartialEq)]
pub struct FarMark {
    /// Its middle, in the block's coordinates.
    pub at: Pt,
    /// Half its width in points of the page; on the screen it is never smaller than can be seen.
    pub radius: f32,
    /// Its colour.
    pub fill: Color,
    /// The colour of the line around it.
    pub edge: Color,
    /// What it is.
    pub kind: FarMarkKind,
}

/// What a mark is.
#[derive(Debug, Clone, PartialEq)]
pub enum FarMarkKind {
    /// A moment of truth's diamond.
    Diamond,
    /// A disc with a figure in a colour.
    Badge(String, Color),
}
