//! Properties of paths over random grids of cards.

use super::*;
use crate::scene::{Rect, flatten_path, pt};
use proptest::prelude::*;

/// A random grid: cards with their cells, flows, and the lane of each row.
#[derive(Debug, Clone)]
struct RandomGrid {
    cards: Vec<RouteCard>,
    flows: Vec<Flow>,
    lanes: Vec<u32>,
}

/// Places the grid as `layout` does: corridors and gaps as wide as the plan requires.
struct PlacedGrid {
    plan: RoutePlan,
    cards: Vec<Rect>,
    columns: Vec<(f32, f32)>,
    rows: Vec<(f32, f32)>,
}

const SIZE: Pt = pt(100.0, 80.0);

fn grids() -> impl Strategy<Value = RandomGrid> {
    let cells = prop::collection::btree_set((0_u32..7, 0_u32..5), 1..24);
    let label = prop::option::of((20.0_f32..100.0, 14.0_f32..20.0));
    let flows =
        prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), label), 0..30);
    let lanes = prop::collection::vec(0_u32..2, 5);
    (cells, flows, lanes).prop_map(|(cells, flows, steps)| {
        let card = |&(column, row): &(u32, u32)| RouteCard { column, row, size: SIZE };
        let cards: Vec<RouteCard> = cells.iter().map(card).collect();
        let count = cards.len();
        let flow = |(from, to, label): (prop::sample::Index, prop::sample::Index, Option<(f32, f32)>)| {
            let from = from.index(count);
            let to = to.index(count);
            let columns = label_columns(cards[from].column, cards[to].column) as f32;
            let label = label.map(|(x, y)| pt(x * columns, y));
            Flow { from: from as u32, to: to as u32, label }
        };
        let mut lane = 0;
        let mut next = |step: u32| {
            lane += step;
            lane
        };
        let lanes = steps.into_iter().map(&mut next).collect();
        let flows = flows.into_iter().map(flow).collect();
        RandomGrid { cards, flows, lanes }
    })
}

fn place(grid: &RandomGrid) -> PlacedGrid {
    let plan = plan_routes(&grid.cards, &grid.lanes, &grid.flows);
    let mut x = 200.0;
    let mut columns = Vec::new();
    for column in 0..7 {
        x += plan.gap_width(column).max(16.0);
        columns.push((x, x + SIZE.x));
        x += SIZE.x;
    }
    let mut y = 100.0;
    let mut rows = Vec::new();
    for row in 0..5 {
        y += plan.height_above(row).max(8.0);
        rows.push((y, y + SIZE.y));
        y += SIZE.y + plan.height_below(row).max(8.0);
    }
    let rect = |card: &RouteCard| {
        Rect::new(columns[card.column as usize].0, rows[card.row as usize].0, SIZE.x, SIZE.y)
    };
    let cards = grid.cards.iter().map(rect).collect();
    PlacedGrid { plan, cards, columns, rows }
}

impl PlacedGrid {
    fn way(&self, flow: usize) -> Option<FlowPath> {
        self.plan.flow_path(flow, &PageFrame { cards: &self.cards, columns: &self.columns, rows: &self.rows })
    }

    fn labels(&self, flows: &[Flow]) -> Vec<Rect> {
        let label = |(index, flow): (usize, &Flow)| {
            let way = self.way(index)?;
            let size = flow.label?;
            let middle = way.origin + way.form.draw_route().label?;
            Some(Rect::new(middle.x - size.x / 2.0, middle.y - size.y / 2.0, size.x, size.y))
        };
        flows.iter().enumerate().filter_map(label).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_flow_has_a_way_between_the_right_sides(grid in grids()) {
        let map = place(&grid);
        for (index, flow) in grid.flows.iter().enumerate() {
            let from = map.cards[flow.from as usize];
            let to = map.cards[flow.to as usize];
            let Some(way) = map.way(index) else { return Err(TestCaseError::fail("no way")) };
            let route = way.form.draw_route();
            let start = way.origin;
            let end = way.origin + route.head[1];
            let near = |a: f32, b: f32| (a - b).abs() < 0.05;
            prop_assert!(from.grow_by(0.05).contains(start) && to.grow_by(0.05).contains(end));
            let columns = (grid.cards[flow.from as usize].column, grid.cards[flow.to as usize].column);
            if way.form.back {
                prop_assert!(columns.1 <= columns.0);
                prop_assert!(near(start.y, from.max.y) && near(end.y, to.max.y));
            } else if columns.0 == columns.1 {
                let beside = near(start.x, from.max.x) && near(end.x, to.max.x);
                let down = near(start.y, from.max.y) && near(end.y, to.min.y);
                let up = near(start.y, from.min.y) && near(end.y, to.max.y);
                prop_assert!(beside || (near(start.x, end.x) && (down || up)));
            } else {
                prop_assert!(columns.0 < columns.1);
                prop_assert!(near(start.x, from.max.x) && near(end.x, to.min.x));
            }
            let last = route.segments.last().map(|segment| segment.end_point());
            prop_assert_eq!(last, Some(route.head[1]));
        }
    }

    #[test]
    fn no_way_meets_a_card_inside(grid in grids()) {
        let map = place(&grid);
        for index in 0..grid.flows.len() {
            let Some(way) = map.way(index) else { continue };
            let line = flatten_path(pt(0.0, 0.0), &way.form.draw_route().segments, 16);
            for pair in line.windows(2) {
                for step in 0_u8..=8 {
                    let t = f32::from(step) / 8.0;
                    let along = pair[1] - pair[0];
                    let point = way.origin + pair[0] + pt(along.x * t, along.y * t);
                    let hit = map.cards.iter().find(|card| card.grow_by(-0.1).contains(point));
                    prop_assert!(hit.is_none(), "flow {index} meets {hit:?} at {point:?}");
                }
            }
        }
    }

    #[test]
    fn labels_meet_no_card_and_no_label(grid in grids()) {
        let mut seen = std::collections::BTreeSet::new();
        let single = grid.flows.iter().copied().filter(|flow| seen.insert((flow.from, flow.to))).collect();
        let grid = RandomGrid { flows: single, ..grid };
        let map = place(&grid);
        let labels = map.labels(&grid.flows);
        for (index, label) in labels.iter().enumerate() {
            let hit = map.cards.iter().find(|card| card.grow_by(-0.05).overlaps_rect(*label));
            prop_assert!(hit.is_none(), "label {label:?} on card {hit:?}");
            let other = labels[..index].iter().find(|other| other.grow_by(-0.05).overlaps_rect(*label));
            prop_assert!(other.is_none(), "labels {label:?} and {other:?}");
        }
    }

    #[test]
    fn loops_share_no_stretch(grid in grids()) {
        let map = place(&grid);
        let level_stretches = |index: usize| {
            let way = map.way(index).filter(|way| way.form.back)?;
            let corners: Vec<Pt> = way.form.points().map(|point| way.origin + point).collect();
            let legs = corners.windows(2).map(|pair| Rect::from_two_points(pair[0], pair[1]));
            Some(legs.filter(|leg| leg.height() < 0.01).collect::<Vec<_>>())
        };
        let all: Vec<Rect> = (0..grid.flows.len()).filter_map(level_stretches).flatten().collect();
        for (index, a) in all.iter().enumerate() {
            let shared = all[..index].iter().find(|b| a.grow_by(4.0).overlaps_rect(**b) && a.min.x < b.max.x && b.min.x < a.max.x);
            prop_assert!(shared.is_none(), "{a:?} and {shared:?}");
        }
    }

    #[test]
    fn equal_inputs_give_equal_ways_and_moved_ones_equal_forms(grid in grids(), by in 0_u8..200) {
        let map = place(&grid);
        let again = place(&grid);
        prop_assert_eq!(&map.plan, &again.plan);
        let by = pt(f32::from(by), f32::from(by) * 2.0);
        let cards: Vec<Rect> = map.cards.iter().map(|card| card.shift_by(by)).collect();
        let columns: Vec<_> = map.columns.iter().map(|&(a, b)| (a + by.x, b + by.x)).collect();
        let rows: Vec<_> = map.rows.iter().map(|&(a, b)| (a + by.y, b + by.y)).collect();
        let moved = PageFrame { cards: &cards, columns: &columns, rows: &rows };
        for index in 0..grid.flows.len() {
            prop_assert_eq!(map.way(index), again.way(index));
            prop_assert_eq!(map.way(index).map(|way| way.form), map.plan.flow_path(index, &moved).map(|way| way.form));
        }
    }
}

#[test]
fn a_flow_without_cards_has_no_way() {
    let card = RouteCard { column: 0, row: 0, size: SIZE };
    let flow = |from, to| Flow { from, to, label: None };
    let grid =
        RandomGrid { cards: vec![card], flows: vec![flow(0, 7), flow(9, 0), flow(0, 0)], lanes: vec![0; 5] };
    let map = place(&grid);
    let there: Vec<bool> = (0..4).map(|index| map.way(index).is_some()).collect();
    assert_eq!(there, [false, false, true, false]);
}

#[test]
fn neighbours_are_joined_by_one_straight_line() {
    let card = |column| RouteCard { column, row: 0, size: SIZE };
    let flow = Flow { from: 0, to: 1, label: None };
    let grid = RandomGrid { cards: vec![card(0), card(1)], flows: vec![flow], lanes: vec![0; 5] };
    let route = place(&grid).way(0).map(|way| way.form.draw_route());
    assert_eq!(route.map(|route| route.segments.len()), Some(1));
    assert_eq!((place(&grid).plan.height_above(0), place(&grid).plan.height_below(0)), (0.0, 0.0));
}
