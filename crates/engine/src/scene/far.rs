//! The far form of a block, for zooms at which its own words would be too small to read: fewer and larger
//! shapes at the same place.

use super::geom::{Pt, Rect};
use super::shape::SceneShape;
use crate::theme::{Color, Face};

/// The far form of a block. Its shapes scale with the map; words and marks keep a readable size on the
/// screen, and are left out if their room is too small for them. It covers the same area as the block.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FarForm {
    /// The shapes in place of the block's own, back to front, without text.
    pub shapes: Vec<SceneShape>,
    /// The most important figure: a score, a severity, a share.
    pub figure: Option<FarWords>,
    /// The title. If it shares the figure's room, it is placed above the figure, or left out.
    pub title: Option<FarWords>,
    /// Marks on the block's border.
    pub marks: Vec<FarMark>,
}

/// Words of a far form.
#[derive(Debug, Clone, PartialEq)]
pub struct FarWords {
    /// The text, without line breaks.
    pub text: String,
    /// Its room, in the block's coordinates.
    pub room: Rect,
    /// Its alignment in the room.
    pub stand: Stand,
    /// The height by which rows may extend above the room if it is too low.
    pub rise: f32,
    /// The face.
    pub face: Face,
    /// The size in points of the page; on the screen it is at least the smallest readable size.
    pub size: f32,
    /// The minimum width of the room, in ems, for a text that must be cut; below it the text is left out.
    pub least: f32,
    /// The colour.
    pub ink: Color,
    /// Fill and border of the plate behind it, if it is on a line.
    pub plate: Option<(Color, Color)>,
}

/// Alignment of words in their room.
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
    /// Its centre, in the block's coordinates.
    pub at: Pt,
    /// Half its width in points of the page; on the screen it is at least a visible size.
    pub radius: f32,
    /// Its fill.
    pub fill: Color,
    /// The colour of its outline.
    pub edge: Color,
    /// Its shape.
    pub kind: FarMarkKind,
}

/// The shape of a mark.
#[derive(Debug, Clone, PartialEq)]
pub enum FarMarkKind {
    /// A moment of truth's diamond.
    Diamond,
    /// A disc with a figure, and the figure's colour.
    Badge(String, Color),
}
