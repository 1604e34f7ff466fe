//! Routing of flows around cards: first the room that they need, then their paths.
//!
//! Cards are in columns and rows (rows are counted through all lanes). Between two columns is a *gap*, above
//! and below each row a *corridor*. [`plan_routes`] chooses each flow's course through them before anything
//! is placed and computes the height of corridors and the width of gaps; [`RoutePlan::flow_path`] then
//! returns one flow's path on the page.
//!
//! - To the next card of the row: straight. Past cards of the row: up, and along the corridor above it.
//! - To the next card of the column: straight down or up.
//! - To another row: down or up in a gap; along a row only if its cells are free.
//! - Back to an earlier column: out at the bottom, along the corridor below, in at the bottom.
//!
//! So no path can meet a foreign card. A path depends only on its own ends, on the cards between them and on
//! the flows that share a gap or a corridor with it.

mod cells;
mod course;
mod flow_path;
mod path;
mod ports;
mod tracks;

#[cfg(test)]
mod tests;

pub use flow_path::{FlowPath, PageFrame, RouteShape};
pub use path::Route;

use crate::scene::Pt;
use course::Course;
use tracks::Tracks;

/// The maximum number of columns that a label spans.
const MOST_COLUMNS: u32 = 3;

/// A card (or a stage header) as an end of flows. A cell holds at most one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RouteCard {
    /// Its column.
    pub column: u32,
    /// Its row, counted through all lanes.
    pub row: u32,
    /// Its size.
    pub size: Pt,
}

/// A flow between two cards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flow {
    /// Index of the card it leaves.
    pub from: u32,
    /// Index of the card it enters.
    pub to: u32,
    /// The size of its label, no wider than [`label_columns`] columns.
    pub label: Option<Pt>,
}

/// Returns the number of columns that a flow's label may span: more than one for a flow back past several
/// columns, which has its corridor for itself, with the label in the middle.
pub fn label_columns(from: u32, to: u32) -> u32 {
    let back = from.saturating_sub(to).div_ceil(2).saturating_sub(1) * 2;
    back.clamp(1, MOST_COLUMNS)
}

/// The courses of all flows, and the room that they need.
#[derive(Debug, Clone, PartialEq)]
pub struct RoutePlan {
    flows: Vec<Option<Planned>>,
    levels: Tracks,
    gaps: Tracks,
    /// The width of the widest label that must fit into a gap, and half the widest centred on it, by gap.
    labels: Vec<f32>,
}

/// One flow's course, with its places at its two cards' sides.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Planned {
    flow: Flow,
    cells: (RouteCard, RouteCard),
    course: Course,
    /// Distance of its two ends from the middle of the card's side.
    ends: [f32; 2],
    /// Its tracks in its corridors, first to last.
    levels: [u16; 2],
    /// Its tracks in its gaps, first to last.
    tracks: [u16; 2],
}

/// Chooses the course of each flow. `lanes` is the lane of each row; rows of a lane are consecutive. Flows
/// whose cards don't exist get no path.
pub fn plan_routes(cards: &[RouteCard], lanes: &[u32], flows: &[Flow]) -> RoutePlan {
    let courses = course::choose_courses(cards, lanes, flows);
    let mut planned: Vec<Option<Planned>> = courses
        .into_iter()
        .zip(flows)
        .map(|(course, flow)| {
            let cells = (*cards.get(flow.from as usize)?, *cards.get(flow.to as usize)?);
            Some(Planned {
                flow: *flow,
                cells,
                course: course?,
                ends: [0.0; 2],
                levels: [0; 2],
                tracks: [0; 2],
            })
        })
        .collect();
    ports::assign_ports(cards, &mut planned);
    let rows = cards.iter().map(|card| card.row as usize + 1).max().unwrap_or(0).max(lanes.len());
    let columns = cards.iter().map(|card| card.column as usize + 1).max().unwrap_or(0);
    let levels = tracks::assign_levels(&mut planned, rows * 2);
    let gaps = tracks::assign_gaps(&mut planned, columns + 1);
    let labels = label_widths(&planned, columns + 1);
    RoutePlan { flows: planned, levels, gaps, labels }
}

impl RoutePlan {
    /// Returns the height of the corridor above a row's cards; 0 if no flow uses it.
    pub fn height_above(&self, row: usize) -> f32 {
        self.levels.total_size(row * 2).map_or(0.0, |tracks| flow_path::ABOVE + tracks + flow_path::MARGIN)
    }

    /// Returns the height of the corridor below a row's cards; 0 if no flow uses it.
    pub fn height_below(&self, row: usize) -> f32 {
        self.levels
            .total_size(row * 2 + 1)
            .map_or(0.0, |tracks| flow_path::BELOW + tracks + flow_path::MARGIN)
    }

    /// Returns the width of the gap left of a column; the last gap is right of all columns.
    pub fn gap_width(&self, gap: usize) -> f32 {
        let tracks =
            self.gaps.total_size(gap).map_or(0.0, |tracks| tracks + flow_path::LEFT + flow_path::RIGHT);
        tracks.max(self.labels.get(gap).copied().unwrap_or(0.0)).ceil()
    }
}

/// Returns the room that labels of straight flows need in their gap, and labels beyond the last column.
fn label_widths(planned: &[Option<Planned>], gaps: usize) -> Vec<f32> {
    let mut widths = vec![0.0_f32; gaps];
    for flow in planned.iter().flatten() {
        let Some(label) = flow.flow.label else { continue };
        let (gap, width) = match flow.course {
            Course::Straight if flow.cells.1.column == flow.cells.0.column + 1 => {
                (flow.cells.1.column as usize, label.x + 2.0 * flow_path::RIGHT)
            }
            Course::Beside { gap } if gap as usize + 1 == gaps => (gap as usize, label.x),
            _ => continue,
        };
        if let Some(most) = widths.get_mut(gap) {
            *most = most.max(width);
        }
    }
    widths
}
