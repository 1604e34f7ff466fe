//! Assembles the page: columns, then lanes from top to bottom, then flows between the cards.

use super::cards::{self, Cards, highest_severities};
use super::columns::Columns;
use super::dims::{self, CARD, FOLDED, LANE, LANE_GAP, LINE_ROOM, PAD, PAGE};
use super::flows::{self, Flows};
use super::insights::{self, Anchored};
use super::route::{PageFrame, RoutePlan};
use super::scope::{Body, Scope, Studio};
use super::{LayoutRequest, changes, feelings, header, lanes, legend, scores, texts};
use crate::analysis::changes::Compared;
use crate::i18n::Msg;
use crate::id::Id;
use crate::model::choice::LaneKind;
use crate::model::{Journey, Lane};
use crate::scene::{
    Block, FeelingAxis, LaneBand, PageGrid, Placed, Pt, Rect, Scene, ScenePart, SceneShape, pt,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Minimum width of a page, so that a short journey's title has room.
const LEAST: f32 = 960.0;
/// Minimum room above a lane's first card (its diamond and badge), below its last, and between two.
const HEAD: f32 = 20.0;
const FOOT: f32 = 16.0;
const BETWEEN: f32 = 20.0;

/// Returns the scene of a journey.
pub(super) fn layout_page(studio: &mut Studio, request: &LayoutRequest, journey: &Arc<Journey>) -> Scene {
    let personas = request.project.personas_of(journey.info());
    let mut scope = Scope {
        project: &request.project,
        journey,
        overlay: request.overlay.as_deref(),
        places: personas.iter().map(|persona| request.project.persona_place(persona.id)).collect(),
        personas,
        theme: request.theme.theme(),
        lang: request.lang,
        text: request.text,
        columns: Columns::new(journey),
    };
    let lanes = journey.lanes_in_order();
    let mut cards = Cards::new(journey, &lanes, &scope.columns);
    if scope.is_whole() {
        cards.grow_rows(&scope, studio);
        flows::grow_rows(&scope, studio, &mut cards);
    }
    let flows = (Flows::of_stages(&scope, studio), Flows::of_cards(&scope, studio, &cards));
    let gaps = flows::column_gaps(&scope.columns, &flows.1.plan, &flows.0.plan);
    scope.columns.place_columns(&gaps);
    let beyond = gaps.last().copied().unwrap_or(0.0);
    let right = (scope.columns.right_end() + PAD.max(beyond)).max(LEAST - PAGE);
    let plan = &flows.1.plan;
    let mut page = PageLayout {
        scope: &scope,
        studio,
        plan,
        right,
        y: 0.0,
        layers: Layers::default(),
        grid: PageGrid::default(),
    };
    page.place_headers(&flows.0);
    let rows = page.place_lanes(&lanes, &cards);
    page.place_cards(&cards, &rows, &flows.1);
    if request.legend {
        page.place_legend();
    }
    if let Some(compared) = &request.changes {
        page.place_changes_legend(compared);
    }
    let mut scene = page.finish();
    if let Some(compared) = &request.changes {
        changes::mark_changes(&scope, studio, compared, &mut scene);
    }
    flows::drop_stale_label_sizes(studio, journey);
    studio.end_layout();
    scene
}

/// Blocks by layer, back to front.
#[derive(Default)]
struct Layers {
    ground: Vec<Placed>,
    flows: Vec<Placed>,
    content: Vec<Placed>,
    labels: Vec<Placed>,
}

struct PageLayout<'a, 's> {
    scope: &'a Scope<'s>,
    studio: &'a mut Studio,
    /// The courses of the flows between cards.
    plan: &'a RoutePlan,
    /// The right end of the lanes.
    right: f32,
    /// The y down to which the page is filled.
    y: f32,
    layers: Layers,
    grid: PageGrid,
}

impl PageLayout<'_, '_> {
    /// Places the journey's header, and the stage headers with the flows between them.
    fn place_headers(&mut self, flows: &Flows<'_>) {
        let (block, titled) = header::draw_journey(self.scope, self.studio, self.right);
        let block = Arc::new(block);
        self.y = block.bounds.max.y + flows.plan.height_above(0);
        self.layers.content.push(Placed { at: pt(0.0, 0.0), block });
        let labels = flows.tallest_label(self.scope, self.studio);
        let headers = header::layout_stages(self.scope, self.studio, labels, self.y - titled);
        let top = self.y;
        self.layers
            .content
            .extend(headers.items.into_iter().map(|item| Placed { at: item.at + pt(0.0, top), ..item }));
        self.grid.stages = headers.spans;
        for span in &mut self.grid.stages {
            span.header = span.header.shift_by(pt(0.0, top));
        }
        let cards: Vec<Rect> = self.grid.stages.iter().map(|span| span.header).collect();
        let columns: Vec<(f32, f32)> = cards.iter().map(|rect| (rect.min.x, rect.max.x)).collect();
        let rows = [(top, top + headers.height)];
        let frame = PageFrame { cards: &cards, columns: &columns, rows: &rows };
        flows.draw_flows(self.scope, self.studio, &frame, &mut self.layers.flows, &mut self.layers.labels);
        self.y = top + headers.height + flows.plan.height_below(0);
        self.grid.columns.clone_from(&self.scope.columns.all);
    }

    /// Places all lanes; returns top and bottom of each row of cards.
    fn place_lanes(&mut self, lanes: &[&Arc<Lane>], cards: &Cards<'_>) -> Vec<(f32, f32)> {
        let notes = insights::collect_notes(self.scope, cards);
        let mut feelings = self.layout_feelings(lanes, cards, &notes);
        let elsewhere: BTreeSet<Id> =
            feelings.iter().flatten().flat_map(|(_, ids)| ids.iter().copied()).collect();
        let mut rows = Vec::new();
        for (index, lane) in lanes.iter().enumerate() {
            let line = if index > 0 { lanes::line_above(lanes, index) } else { None };
            if let Some(message) = line {
                let middle = self.y + LINE_ROOM / 2.0 + 2.0;
                let line = lanes::draw_blueprint_line(self.scope, self.studio, message, (middle, self.right));
                self.layers.ground.push(line);
                self.y += LINE_ROOM - LANE_GAP + 4.0;
            }
            self.y += LANE_GAP;
            let body = match feelings.get_mut(index).and_then(Option::take) {
                Some((body, _)) => body,
                None => self.layout_body(lanes, index, cards, &notes, &elsewhere, &mut rows),
            };
            let row = cards.rows.get(index).filter(|range| !range.is_empty());
            let row = row.and_then(|range| rows.get(range.start)).copied();
            self.place_lane(lane, cards, body, row);
        }
        // Cards without a lane.
        if let Some(range) = cards.rows.get(lanes.len())
            && !range.is_empty()
        {
            self.y += LANE_GAP;
            self.y += self.stack_rows(cards, lanes.len(), &mut rows);
        }
        rows
    }

    /// Lays out the feeling lanes first, because insights that they show as quotes are left out of other
    /// lanes.
    fn layout_feelings(
        &mut self,
        lanes: &[&Arc<Lane>],
        cards: &Cards<'_>,
        notes: &[Anchored],
    ) -> Vec<Option<(Body, BTreeSet<Id>)>> {
        let draw = |lane: &&Arc<Lane>| {
            (lane.kind == LaneKind::Feeling && !lane.folded)
                .then(|| feelings::layout_lane(self.scope, self.studio, cards, notes))
        };
        lanes.iter().map(draw).collect()
    }

    fn layout_body(
        &mut self,
        lanes: &[&Arc<Lane>],
        index: usize,
        cards: &Cards<'_>,
        notes: &[Anchored],
        elsewhere: &BTreeSet<Id>,
        rows: &mut Vec<(f32, f32)>,
    ) -> Body {
        let lane = lanes[index];
        let scope = self.scope;
        let studio = &mut *self.studio;
        if lane.folded {
            return Body { height: FOLDED, ..Body::default() };
        }
        let mut body = match lane.kind {
            kind if kind.holds_cards() => {
                let height = self.stack_rows(cards, index, rows);
                let first =
                    lane.kind == LaneKind::Touchpoints && lane.channel.is_none() && lane.title.is_empty();
                let note =
                    if first { self.scope.message_text(Msg::AndFlows).to_owned() } else { String::new() };
                Body { height, note, ..Body::default() }
            }
            LaneKind::Scores => scores::layout_lane(scope, studio, cards),
            LaneKind::Insights => insights::layout_lane(scope, studio, lane, notes, elsewhere),
            LaneKind::Pictures => {
                let first = lanes.iter().position(|lane| lane.kind == LaneKind::Pictures) == Some(index);
                texts::layout_pictures(scope, studio, lane.id, first)
            }
            _ => texts::layout_cells(scope, studio, lane),
        };
        body.height = body.height.max(LANE);
        body
    }

    /// Stacks a lane's rows of cards from its top on, with the corridors that flows need; returns the lane's
    /// height.
    fn stack_rows(&self, cards: &Cards<'_>, lane: usize, rows: &mut Vec<(f32, f32)>) -> f32 {
        let mut y = self.y;
        let mut least = HEAD;
        let mut below = 0.0;
        for row in cards.rows.get(lane).cloned().unwrap_or_default() {
            y += least.max(below + self.plan.height_above(row));
            rows.push((y, y + cards.row_height(row)));
            y += cards.row_height(row);
            (least, below) = (BETWEEN, self.plan.height_below(row));
        }
        y + FOOT.max(below) - self.y
    }

    /// Places one lane's background and content at the current height.
    fn place_lane(&mut self, lane: &Lane, cards: &Cards<'_>, mut body: Body, row: Option<(f32, f32)>) {
        let scored = (lane.kind == LaneKind::Scores && lane.title.is_empty())
            .then(|| scores::formula_title(self.scope, cards));
        let title = scored.flatten().map_or_else(|| lanes::lane_title(self.scope, lane), str::to_owned);
        if self.scope.is_whole() {
            let label = lanes::label_height(self.scope, self.studio, lane, &title, &body);
            body.height = body.height.max(label);
        }
        let block = lanes::draw_background(self.scope, self.studio, lane, &title, &body, self.right);
        let rect = block.bounds.shift_by(pt(PAGE, self.y));
        let rect = Rect { max: pt(rect.max.x, self.y + body.height), min: pt(PAGE, self.y) };
        self.layers.ground.push(Placed { at: rect.min, block: Arc::new(block) });
        let label = Rect { min: rect.min, max: pt(dims::CONTENT - dims::OVERHANG, rect.max.y) };
        self.grid.lanes.push(LaneBand { lane: lane.id, kind: lane.kind, rect, label, row });
        if let Some((top, bottom)) = body.axis {
            self.grid.feelings.push(FeelingAxis {
                lane: lane.id,
                top: self.y + top,
                bottom: self.y + bottom,
            });
        }
        let height = body.height;
        body.place_items(self.y, &mut self.layers.content);
        self.y += height;
    }

    /// Places all cards in their cells, and the flows between them.
    fn place_cards(&mut self, cards: &Cards<'_>, rows: &[(f32, f32)], flows: &Flows<'_>) {
        let severities = highest_severities(self.scope.journey);
        let columns: Vec<(f32, f32)> = self.scope.columns.all.iter().map(|column| column.span).collect();
        let mut rects = Vec::with_capacity(cards.all.len());
        self.layers.content.reserve(cards.all.len());
        for cell in &cards.all {
            let left = columns.get(cell.column as usize).map_or(0.0, |span| span.0);
            let top = rows.get(cell.row as usize).map_or(0.0, |row| row.0);
            let height = cards.row_height(cell.row as usize);
            rects.push(Rect::new(left, top, CARD.x, height));
            let severity = severities.get(&cell.card.id).copied();
            let block = cards::card_block(self.scope, self.studio, (cell.card, height), severity);
            self.layers.content.push(Placed { at: pt(left, top), block });
        }
        let frame = PageFrame { cards: &rects, columns: &columns, rows };
        flows.draw_flows(self.scope, self.studio, &frame, &mut self.layers.flows, &mut self.layers.labels);
    }

    fn place_legend(&mut self) {
        let Some(block) = legend::draw_legend(self.scope, self.studio, self.right) else { return };
        self.y += LANE_GAP;
        let height = block.bounds.max.y;
        self.layers.content.push(Placed { at: pt(PAGE, self.y), block: Arc::new(block) });
        self.y += height;
    }

    /// Places the legend of a comparison's marks.
    fn place_changes_legend(&mut self, compared: &Compared) {
        let block = changes::draw_legend(self.scope, self.studio, compared, self.right - PAGE);
        self.y += LANE_GAP;
        let height = block.bounds.max.y;
        self.layers.content.push(Placed { at: pt(PAGE, self.y), block: Arc::new(block) });
        self.y += height;
    }

    /// Returns the finished scene, with the page's background.
    fn finish(self) -> Scene {
        let size: Pt = pt(self.right + PAGE, self.y + PAGE);
        let rect = Rect::new(0.0, 0.0, size.x, size.y);
        let fill = Some(self.scope.theme.canvas);
        let shapes = vec![SceneShape::Rect { rect, radius: 0.0, fill, stroke: None }];
        let label = self.scope.message_text(Msg::JourneyMap).to_owned();
        let page = Block {
            element: None,
            part: ScenePart::Page,
            bounds: rect,
            label,
            shapes,
            far: None,
            cut: false,
        };
        let Layers { ground, flows, content, labels } = self.layers;
        let mut items = Vec::with_capacity(1 + ground.len() + flows.len() + content.len() + labels.len());
        items.push(Placed { at: pt(0.0, 0.0), block: Arc::new(page) });
        items.extend(ground);
        items.extend(flows);
        items.extend(content);
        items.extend(labels);
        Scene { size, items, grid: self.grid }
    }
}
