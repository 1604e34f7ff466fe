//! The map's dimensions in points. All are on the one scale of `theme::size`.

use crate::scene::{Pt, pt};
use crate::theme::size::space;

/// Margin of the page.
pub(super) const PAGE: f32 = space::XL;
/// Width of the label column.
pub(super) const LABEL: f32 = 132.0;
/// Padding inside a lane.
pub(super) const PAD: f32 = space::M;
/// The leftmost x of the first column: its lane, label and axis are left of it.
pub(super) const CONTENT: f32 = PAGE + PAD + LABEL;
/// Size of a card.
pub(super) const CARD: Pt = pt(120.0, 88.0);
/// Minimum gap between two columns of a stage.
pub(super) const GAP: f32 = space::XL;
/// Minimum gap between two stages.
pub(super) const STAGE_GAP: f32 = space::XXL + space::XS;
/// Overhang of stage headers and lane contents beyond the cards of their columns.
pub(super) const OVERHANG: f32 = 6.0;
/// Gap between lanes.
pub(super) const LANE_GAP: f32 = space::M;
/// Gap between a blueprint line and the lanes beside it.
pub(super) const LINE_ROOM: f32 = space::XL;
/// Height of a folded lane, drawn as a thin strip.
pub(super) const FOLDED: f32 = 36.0;
/// Minimum height of a lane: two lines of label.
pub(super) const LANE: f32 = 64.0;
