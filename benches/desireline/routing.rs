//! Ways of flows: planned and drawn.

use crate::table::{Table, Times, note};
use engine::layout::route::{Flow, FlowPath, PageFrame, RouteCard, plan_routes};
use engine::scene::{Rect, pt};

/// A full grid with flows along the rows, one in ten of them skipping a card and one in ten leading back.
struct Grid {
    cards: Vec<RouteCard>,
    flows: Vec<Flow>,
    rects: Vec<Rect>,
    columns: Vec<(f32, f32)>,
    rows: Vec<(f32, f32)>,
}

fn grid(count: u32) -> Grid {
    let columns = (1.3 * f64::from(count).sqrt()).ceil() as u32;
    let rows = count.div_ceil(columns);
    let card = |index: u32| RouteCard { column: index / rows, row: index % rows, size: pt(120.0, 90.0) };
    let cards: Vec<RouteCard> = (0..count).map(card).collect();
    let flow = |to: u32| {
        let from = to - rows;
        match to % 10 {
            3 if from >= rows => Flow { from: from - rows, to, label: Some(pt(40.0, 18.0)) },
            7 => Flow { from: to, to: from, label: None },
            _ => Flow { from, to, label: None },
        }
    };
    let place = |count: u32, step: f32, size: f32| -> Vec<(f32, f32)> {
        (0..count).map(|index| index as f32 * step).map(|at| (at, at + size)).collect()
    };
    let columns = place(columns, 150.0, 120.0);
    let rows_at = place(rows, 200.0, 90.0);
    let rect = |card: &RouteCard| {
        Rect::new(columns[card.column as usize].0, rows_at[card.row as usize].0, card.size.x, card.size.y)
    };
    let rects = cards.iter().map(rect).collect();
    Grid { cards, flows: (rows..count).map(flow).collect(), rects, columns, rows: rows_at }
}

fn ways(grid: &Grid) -> Vec<FlowPath> {
    let lanes: Vec<u32> = (0..grid.rows.len() as u32).map(|row| row / 10).collect();
    let plan = plan_routes(&grid.cards, &lanes, &grid.flows);
    let frame = PageFrame { cards: &grid.rects, columns: &grid.columns, rows: &grid.rows };
    (0..grid.flows.len()).filter_map(|flow| plan.flow_path(flow, &frame)).collect()
}

/// Routing grows with the number of flows and no faster.
pub(crate) fn run(table: &mut Table) {
    let small = grid(1_000);
    let large = grid(10_000);
    let base = Times::of(200, |_| ways(&small));
    let times = Times::of(100, |_| ways(&large));
    note("route 1,000 flows", &base, "");
    let ratio = times.ratio(&base) / 10.0;
    table.gate("route 10,000 flows", &times, "3 ms", ratio, (1.8, "a flow among 1,000"));
    let drawn = ways(&large);
    let paths = Times::of(50, |_| drawn.iter().map(|way| way.form.draw_route()).collect::<Vec<_>>());
    note("draw 10,000 ways", &paths, "");
}
