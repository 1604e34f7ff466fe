//! Flows between cards, and between stage headers: their labels, and their lines from `route`.

use super::cache::Same;
use super::cards::Cards;
use super::columns::Columns;
use super::dims;
use super::far;
use super::pen::{Align, BlockPen};
use super::route::{self, PageFrame, RoutePlan, RouteShape};
use super::scope::{Scope, Studio};
use super::text::{Paragraph, ParagraphRow, Setting, one_line};
use crate::i18n::{Msg, format_percent};
use crate::id::{FlowId, Id, Kind, StageId};
use crate::model::{Flow, Journey, Record, Stage, Touchpoint};
use crate::scene::{Block, PathSegment, Placed, Pt, Rect, ScenePart, SceneShape, Stroke, pt};
use crate::theme::Face;
use crate::theme::size::text;
use std::collections::BTreeMap;
use std::sync::Arc;

const WIDTH: f32 = 1.5;
const DASH: (f32, f32) = (5.0, 4.0);
/// Height of a label's pill, and its padding at both ends.
const PILL: f32 = 18.0;
const PILL_PAD: f32 = 8.0;
/// Minimum width of a column, and the gap that a label leaves for those of the neighbouring columns.
const COLUMN: f32 = dims::CARD.x + dims::GAP;
const BESIDE: f32 = 4.0;

/// The cached size of a flow's label; `None` if it has no label.
pub(super) struct LabelSize {
    /// The flow, and the number of columns that its label may span.
    key: (Same<Flow>, u32),
    size: Option<Pt>,
}

/// The start or end of a flow.
#[derive(Clone, Copy)]
enum FlowEnd<'a> {
    Card(&'a Arc<Touchpoint>),
    Stage(&'a Arc<Stage>),
}

impl FlowEnd<'_> {
    fn to_record(self) -> Record {
        match self {
            Self::Card(card) => Record::Touchpoint(Arc::clone(card)),
            Self::Stage(stage) => Record::Stage(Arc::clone(stage)),
        }
    }

    /// True if it has the same title as the cached end.
    fn has_title_of(self, kept: &Record) -> bool {
        match (self, kept) {
            (Self::Card(card), Record::Touchpoint(kept)) => {
                Arc::ptr_eq(card, kept) || card.title == kept.title
            }
            (Self::Stage(stage), Record::Stage(kept)) => stage.title == kept.title,
            _ => false,
        }
    }
}

/// Everything that determines the look of a flow's line, or of its label, beside theme and language.
pub(super) struct FlowKey {
    record: Arc<Flow>,
    ends: [Record; 2],
    /// The line's form; `None` for the label.
    form: Option<RouteShape>,
    back: bool,
    columns: u32,
}

/// A flow and its ends.
struct ResolvedFlow<'a> {
    flow: &'a Arc<Flow>,
    ends: [FlowEnd<'a>; 2],
    /// The number of columns that its label may span.
    columns: u32,
}

impl ResolvedFlow<'_> {
    fn matches_key(&self, key: &FlowKey, form: Option<RouteShape>, back: bool) -> bool {
        Arc::ptr_eq(self.flow, &key.record)
            && (form, back, self.columns) == (key.form, key.back, key.columns)
            && self.ends[0].has_title_of(&key.ends[0])
            && self.ends[1].has_title_of(&key.ends[1])
    }

    fn cache_key(&self, form: Option<RouteShape>, back: bool) -> FlowKey {
        let record = Arc::clone(self.flow);
        let ends = self.ends.map(FlowEnd::to_record);
        FlowKey { record, ends, form, back, columns: self.columns }
    }
}

/// The flows between ends of one kind, with their courses.
pub(super) struct Flows<'a> {
    flows: Vec<ResolvedFlow<'a>>,
    pub(super) plan: RoutePlan,
}

impl<'a> Flows<'a> {
    /// Plans the flows between cards.
    pub(super) fn of_cards(scope: &Scope<'a>, studio: &mut Studio, cards: &Cards<'a>) -> Self {
        let size = |row: u32| pt(dims::CARD.x, cards.row_height(row as usize));
        let cells: Vec<route::RouteCard> = cards
            .all
            .iter()
            .map(|cell| route::RouteCard { column: cell.column, row: cell.row, size: size(cell.row) })
            .collect();
        let mut lanes = Vec::new();
        for (lane, rows) in (0_u32..).zip(&cards.rows) {
            lanes.extend(rows.clone().map(|_| lane));
        }
        let index = |id: Id| {
            let index = *cards.by_id.get(&id.to_typed()?)?;
            Some((index as u32, FlowEnd::Card(cards.all.get(index)?.card)))
        };
        Self::plan_between(scope, studio, Kind::Touchpoint, (&cells, &lanes), index)
    }

    /// Plans the flows between stages.
    pub(super) fn of_stages(scope: &Scope<'a>, studio: &mut Studio) -> Self {
        let stages = &scope.columns.stages;
        let card = |column: u32| route::RouteCard { column, row: 0, size: dims::CARD };
        let cells: Vec<route::RouteCard> = (0..stages.len() as u32).map(card).collect();
        let places: BTreeMap<StageId, u32> =
            (0..).zip(stages).map(|(place, stage)| (stage.stage.id, place)).collect();
        let index = |id: Id| {
            let place = *places.get(&id.to_typed::<StageId>()?)?;
            Some((place, FlowEnd::Stage(stages.get(place as usize)?.stage)))
        };
        Self::plan_between(scope, studio, Kind::Stage, (&cells, &[0]), index)
    }

    /// Plans the flows that run between ends of one kind.
    fn plan_between(
        scope: &Scope<'a>,
        studio: &mut Studio,
        kind: Kind,
        (cells, lanes): (&[route::RouteCard], &[u32]),
        index: impl Fn(Id) -> Option<(u32, FlowEnd<'a>)>,
    ) -> Self {
        let journey: &'a Journey = scope.journey;
        let mut flows = Vec::new();
        let mut ends = Vec::new();
        let own = |flow: &&Arc<Flow>| flow.from.kind() == kind && flow.to.kind() == kind;
        for flow in journey.flows().values().filter(own) {
            let Some((from, to)) = index(flow.from).zip(index(flow.to)) else { continue };
            let column = |card: u32| cells.get(card as usize).map_or(0, |cell| cell.column);
            let columns = route::label_columns(column(from.0), column(to.0));
            let label = label_size(scope, studio, flow, columns);
            ends.push(route::Flow { from: from.0, to: to.0, label });
            flows.push(ResolvedFlow { flow, ends: [from.1, to.1], columns });
        }
        Self { plan: route::plan_routes(cells, lanes, &ends), flows }
    }

    /// Returns the height of the tallest label, which is the minimum height of stage headers; 0 if texts are
    /// clamped.
    pub(super) fn tallest_label(&self, scope: &Scope<'_>, studio: &mut Studio) -> f32 {
        let height =
            |flow: &ResolvedFlow<'_>| label_size(scope, studio, flow.flow, flow.columns).map(|size| size.y);
        if scope.is_whole() { self.flows.iter().filter_map(height).fold(0.0, f32::max) } else { 0.0 }
    }

    /// Draws all lines, and all labels onto `labels`.
    pub(super) fn draw_flows(
        &self,
        scope: &Scope<'_>,
        studio: &mut Studio,
        frame: &PageFrame<'_>,
        items: &mut Vec<Placed>,
        labels: &mut Vec<Placed>,
    ) {
        items.reserve(self.flows.len());
        for (index, flow) in self.flows.iter().enumerate() {
            let Some(way) = self.plan.flow_path(index, frame) else { continue };
            let id = flow.flow.id;
            let form = way.form;
            let back = way.form.back;
            let known = studio.flows.get_matching(id, |key| flow.matches_key(key, Some(form), back));
            let block = known.unwrap_or_else(|| {
                let key = flow.cache_key(Some(form), back);
                let block = draw_line(scope, BlockPen::new(&mut studio.measure), &key, form);
                studio.flows.insert_block(id, key, block)
            });
            items.push(Placed { at: way.origin, block });
            let Some(middle) = form.label() else { continue };
            let known = studio.flow_labels.get_matching(id, |key| flow.matches_key(key, None, back));
            let block = known.unwrap_or_else(|| {
                let key = flow.cache_key(None, back);
                let block = draw_pill(scope, BlockPen::new(&mut studio.measure), &key);
                studio.flow_labels.insert_block(id, key, block)
            });
            labels.push(Placed { at: way.origin + middle, block });
        }
    }
}

/// Returns a flow's label: its condition and the share of customers who take it.
fn label_text(scope: &Scope<'_>, flow: &Flow) -> Option<(String, String)> {
    let condition = one_line(&flow.condition);
    let share = flow.share.map(|share| format_percent(scope.lang, share, 0)).unwrap_or_default();
    let comma = if condition.is_empty() || share.is_empty() { "" } else { ", " };
    (!condition.is_empty() || !share.is_empty()).then(|| (condition, format!("{comma}{share}")))
}

/// Sets the label: the share always unshortened, the condition shortened to the remaining width, or in as
/// many rows as it needs.
fn label_rows(scope: &Scope<'_>, pen: &mut BlockPen<'_>, flow: &Flow, columns: u32) -> Option<Paragraph> {
    let (condition, share) = label_text(scope, flow)?;
    let face = Face::Regular;
    let size = text::TINY;
    let room = columns as f32 * COLUMN - BESIDE - 2.0 * PILL_PAD;
    if scope.is_whole() {
        let setting = Setting { face, size, room, rows: usize::MAX };
        return Some(pen.break_text(&format!("{condition}{share}"), setting));
    }
    let taken = pen.measure.text_width(face, size, &share);
    let mut label =
        pen.break_text(&condition, Setting { face, size, room: (room - taken).max(0.0), rows: 1 });
    let condition = label.rows.into_iter().next().map(|row| row.text).unwrap_or_default();
    let text = format!("{condition}{share}");
    let width = pen.measure.text_width(face, size, &text);
    label.rows = vec![ParagraphRow { text, width }];
    Some(label)
}

/// Returns the size of the pill around a label.
fn pill_size(label: &Paragraph) -> Pt {
    pt(label.width() + 2.0 * PILL_PAD, PILL + (label.height() - label.line).max(0.0))
}

/// Raises rows to the height of the labels of the flows that run along them.
pub(super) fn grow_rows(scope: &Scope<'_>, studio: &mut Studio, cards: &mut Cards<'_>) {
    for flow in scope.journey.flows().values() {
        let cell =
            |id: Id| cards.all.get(*cards.by_id.get(&id.to_typed()?)?).map(|cell| (cell.column, cell.row));
        let Some((from, to)) = cell(flow.from).zip(cell(flow.to)).filter(|(from, to)| from.1 == to.1) else {
            continue;
        };
        let columns = route::label_columns(from.0, to.0);
        if let Some(size) = label_size(scope, studio, flow, columns) {
            cards.raise_row(from.1 as usize, (size.y + BESIDE).ceil());
        }
    }
}

fn label_size(scope: &Scope<'_>, studio: &mut Studio, flow: &Arc<Flow>, columns: u32) -> Option<Pt> {
    if flow.condition.is_empty() && flow.share.is_none() {
        return None;
    }
    let key = (Same(Arc::clone(flow)), columns);
    if let Some(known) = studio.label_sizes.get(&flow.id).filter(|known| known.key == key) {
        return known.size;
    }
    let label = label_rows(scope, &mut BlockPen::new(&mut studio.measure), flow, columns);
    let size = label.as_ref().map(pill_size);
    studio.label_sizes.insert(flow.id, LabelSize { key, size });
    size
}

fn draw_line(scope: &Scope<'_>, mut pen: BlockPen<'_>, key: &FlowKey, form: RouteShape) -> Block {
    let theme = scope.theme;
    let color = if form.back { theme.pain.ink } else { theme.flow };
    let route = form.draw_route();
    let dash = form.back.then_some(DASH);
    let start = pt(0.0, 0.0);
    pen.draw_shape(SceneShape::Path {
        start,
        segments: route.segments,
        stroke: Stroke { color, width: WIDTH, dash },
    });
    let [one, tip, other] = route.head;
    let segments = vec![PathSegment::Line(tip), PathSegment::Line(other)];
    pen.draw_shape(SceneShape::Path { start: one, segments, stroke: Stroke::solid_line(color, WIDTH) });
    pen.into_block(Some(key.record.id.into()), ScenePart::Flow, Rect::default(), flow_label(scope, key))
}

/// Returns the screen reader's label: "Flow, Gate to Online booking, flight cancelled, 3 %".
fn flow_label(scope: &Scope<'_>, key: &FlowKey) -> String {
    let title = |end: &Record| match end {
        Record::Touchpoint(card) => one_line(scope.title_or_untitled(&card.title)),
        Record::Stage(stage) => one_line(scope.title_or_untitled(&stage.title)),
        _ => String::new(),
    };
    let from = title(&key.ends[0]);
    let to = title(&key.ends[1]);
    let mut parts = vec![scope.message_text(Msg::Flow).to_owned(), format!("{from} → {to}")];
    parts.extend(label_text(scope, &key.record).map(|(condition, share)| condition + &share));
    parts.join(", ")
}

fn draw_pill(scope: &Scope<'_>, mut pen: BlockPen<'_>, key: &FlowKey) -> Block {
    let theme = scope.theme;
    let flow = &key.record;
    let back = key.back;
    let ink = if back { theme.pain.ink } else { theme.soft };
    let set = label_rows(scope, &mut pen, flow, key.columns);
    let size = set.as_ref().map_or(pt(2.0 * PILL_PAD, PILL), pill_size);
    let rect = Rect::new(-size.x / 2.0, -size.y / 2.0, size.x, size.y);
    let border = if back { theme.pain.ink } else { theme.hairline };
    pen.draw_rect(rect, PILL / 2.0, Some(theme.raised), Some(Stroke::solid_line(border, 1.0)));
    let share = flow.share.map(|share| format_percent(scope.lang, share, 0));
    pen.set_far_form(far::share_form(share, rect, ink, (theme.raised, border)));
    let mut at = pt(0.0, rect.min.y + PILL / 2.0);
    if let Some(label) = set {
        pen.note_cut(label.is_cut);
        for row in label.rows {
            pen.draw_text(&row.text, (Face::Regular, text::TINY, ink), at, Align::Middle);
            at.y += label.line;
        }
    }
    pen.into_block(Some(flow.id.into()), ScenePart::FlowLabel, rect, flow_label(scope, key))
}

/// Returns the room that flows need left of each column, and right of the last: that of cards, and between
/// stages also that of stages.
pub(super) fn column_gaps(columns: &Columns<'_>, cards: &RoutePlan, stages: &RoutePlan) -> Vec<f32> {
    let mut gaps: Vec<f32> = (0..=columns.all.len()).map(|column| cards.gap_width(column)).collect();
    let starts = columns.stages.iter().map(|stage| stage.columns.start).chain([columns.all.len()]);
    for (stage, column) in starts.enumerate() {
        let headers = stages.gap_width(stage);
        if headers > 0.0 {
            gaps[column] = gaps[column].max(headers + 2.0 * dims::OVERHANG);
        }
    }
    gaps
}

/// Drops the sizes of labels whose flows no longer exist, once they are most of them.
pub(super) fn drop_stale_label_sizes(studio: &mut Studio, journey: &Journey) {
    if studio.label_sizes.len() > 2 * journey.flows().len() + 64 {
        studio.label_sizes.retain(|id: &FlowId, _| journey.flows().contains_key(id));
    }
}
