//! Places of flows' ends on the sides of cards, ordered so that lines don't cross.

use super::course::Course;
use super::{Planned, RouteCard};

/// Distance of two lines at a card's left or right side.
const PITCH: f32 = 8.0;
/// Distance of two lines at a card's bottom.
const BOTTOM_PITCH: f32 = 12.0;
/// Distance between the two ends of a card's own loop.
const OWN_LOOP: f32 = 36.0;
/// Margin free of lines at a side's two ends.
const CORNER: f32 = 8.0;

/// One end of a flow at a side of a card; sorts in the order along that side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct PortEnd {
    card: u32,
    side: CardSide,
    /// Direction and distance of the flow's first turn: negative upward, positive downward. At the bottom:
    /// kind and length.
    order: i64,
    /// Order among equal ones.
    tie: i64,
    flow: u32,
    /// 0 for the flow's start, 1 for its end.
    which: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum CardSide {
    Left,
    Right,
    Bottom,
}

/// Sets `ends` of all flows. A single end is at the middle of its side.
pub(super) fn assign_ports(cards: &[RouteCard], planned: &mut [Option<Planned>]) {
    let mut counts = vec![[0_u32; 3]; cards.len()];
    let mut each_end = |planned: &[Option<Planned>], visit: &mut dyn FnMut(PortEnd, &mut u32)| {
        for (flow, planned) in
            (0_u32..).zip(planned).filter_map(|(flow, planned)| Some((flow, planned.as_ref()?)))
        {
            for end in ends_of(flow, planned).into_iter().flatten() {
                visit(end, &mut counts[end.card as usize][end.side as usize]);
            }
        }
    };
    each_end(planned, &mut |_, count| *count += 1);
    let mut shared: Vec<PortEnd> = Vec::new();
    each_end(planned, &mut |end, count| {
        if *count > 1 {
            shared.push(end);
        }
    });
    shared.sort_unstable();
    for group in shared.chunk_by(|a, b| (a.card, a.side) == (b.card, b.side)) {
        if let Some(card) = cards.get(group[0].card as usize) {
            spread_ends(card, group, planned);
        }
    }
}

/// Places the ends of one side: a straight flow in the middle, or all of them around it.
fn spread_ends(card: &RouteCard, group: &[PortEnd], planned: &mut [Option<Planned>]) {
    let side = group[0].side;
    let room = if side == CardSide::Bottom { card.size.x } else { card.size.y };
    let need = |end: &PortEnd| match (side, planned[end.flow as usize]) {
        (CardSide::Bottom, _) => BOTTOM_PITCH,
        (_, Some(Planned { course: Course::Straight, flow, .. })) => {
            flow.label.map_or(PITCH, |label| label.y.ceil() + 2.0)
        }
        _ => PITCH,
    };
    let mut places = Vec::with_capacity(group.len());
    let mut at = 0.0;
    for (index, end) in group.iter().enumerate() {
        if index > 0 {
            let before = &group[index - 1];
            let own = side == CardSide::Bottom && before.flow == end.flow;
            at += if own { OWN_LOOP } else { f32::midpoint(need(before), need(end)) };
        }
        places.push(at);
    }
    let anchor = group.iter().position(|end| side != CardSide::Bottom && end.order == 0);
    let middle = anchor.map_or(at / 2.0, |index| places[index]);
    let reach = middle.max(at - middle);
    let scale = ((room / 2.0 - CORNER).max(0.0) / reach).min(1.0);
    for (end, place) in group.iter().zip(places) {
        if let Some(planned) = &mut planned[end.flow as usize] {
            planned.ends[usize::from(end.which)] = ((place - middle) * scale * 4.0).round() / 4.0;
        }
    }
}

/// Returns the two ends of a flow; `None` for a vertical one ([`Course::Drop`]), whose places no other flow
/// uses.
fn ends_of(flow: u32, planned: &Planned) -> Option<[PortEnd; 2]> {
    let (from, to) = planned.cells;
    let rows = (i64::from(from.row) * 3 + 1, i64::from(to.row) * 3 + 1);
    let length = i64::from(from.column.abs_diff(to.column));
    let end = |which: u8, side, order, tie| {
        let card = if which == 0 { planned.flow.from } else { planned.flow.to };
        PortEnd { card, side, order, tie, flow, which }
    };
    Some(match planned.course {
        Course::Drop => return None,
        Course::Straight => [end(0, CardSide::Right, 0, 0), end(1, CardSide::Left, 0, 0)],
        Course::Turn { .. } => {
            [end(0, CardSide::Right, rows.1 - rows.0, 0), end(1, CardSide::Left, rows.0 - rows.1, 0)]
        }
        Course::Beside { .. } => {
            let apart = if rows.0 == rows.1 { 1 } else { rows.1 - rows.0 };
            [end(0, CardSide::Right, apart, 0), end(1, CardSide::Right, -apart, 0)]
        }
        Course::Over { row, .. } => {
            let level = i64::from(row) * 3;
            [
                end(0, CardSide::Right, level - rows.0, -length),
                end(1, CardSide::Left, level - rows.1, -length),
            ]
        }
        // Starts are left of ends, short loops outside and a card's own loop in the middle.
        Course::Under { .. } if planned.flow.from == planned.flow.to => {
            [end(0, CardSide::Bottom, 1, 0), end(1, CardSide::Bottom, 2, 0)]
        }
        Course::Under { .. } | Course::Around { .. } => {
            [end(0, CardSide::Bottom, 0, length), end(1, CardSide::Bottom, 3, -length)]
        }
    })
}
