//! The measures of the map, in points. All fit the one scale of `theme::size`.

use crate::scene::{Pt, pt};
use crate::theme::size::space;

/// Around the page.
pub(super) const PAGE: f32 = space::XL;
/// Width of the label column.
pub(super) const LABEL: f32 = 132.0;
/// Inside a lane.
pub(super) const PAD: f32 = space::M;
/// Where the first column may begin: its lane, label and axis stand left of it.
pub(super) const CONTENT: f32 = PAGE + PAD + LABEL;
/// Size of a card.
pub(super) const CARD: Pt = pt(120.0, 88.0);
/// Least room between two columns of a stage.
pub(super) const GAP: f32 = space::XL;
/// Least room between two stages.
pub(super) const STAGE_GAP: f32 = space::XXL + space::XS;
/// How far stage headers and lanes' contents reach beyond the cards of their columns.
pub(super) const OVERHANG: f32 = 6.0;
/// Room between lanes.
pub(super) const LANE_GAP: f32 = space::M;
/// Room between a blueprint line and the lanes beside it.
pub(super) const LINE_ROOM: f32 = space::XL;
/// Height of a lane drawn as a thin strip.
pub(super) const FOLDED: f32 = 36.0;
/// Least height of a lane: two lines of label.
pub(super) const LANE: f32 = 64.0;
