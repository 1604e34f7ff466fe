//! Flows between cards, and between stage headers: their labels, and the lines that `route` finds for them.

use super::cache::Same;
use super::cards::Cards;
use super::columns::Columns;
use super::dims;
use super::pen::{Align, Pen};
use super::route::{self, Form, Frame, Plan};
use super::scope::{Scope, Studio};
use super::text::{Setting, one_line};
use crate::i18n::{Msg, percent};
use crate::id::{FlowId, StageId};
use crate::model::{Flow, Journey, Touchpoint};
use crate::scene::{Block, Part, Placed, Pt, Rect, Segment, Shape, Stroke, pt};
use crate::theme::Face;
use crate::theme::size::text;
use std::sync::Arc;

const WIDTH: f32 = 1.5;
const DASH: (f32, f32) = (5.0, 4.0);
/// Height of a label's pill, and the room at both of its ends.
const PILL: f32 = 18.0;
const PILL_PAD: f32 = 8.0;

/// All that decides a flow's line beside theme and language.
#[derive(PartialEq)]
pub(super) struct FlowKey {
    record: Same<Flow>,
    form: Form,
}

/// The flows between one kind of ends, with their courses.
pub(super) struct Flows<'a> {
    flows: Vec<&'a Arc<Flow>>,
    pub(super) plan: Plan,
}

impl<'a> Flows<'a> {
    /// The flows between cards.
    pub(super) fn of_cards(scope: &Scope<'a>, studio: &mut Studio, cards: &Cards<'_>) -> Self {
        let cells: Vec<route::Card> = cards
            .all
            .iter()
            .map(|cell| route::Card { column: cell.column, row: cell.row, size: dims::CARD })
            .collect();
        let mut lanes = Vec::new();
        for (lane, rows) in (0_u32..).zip(&cards.rows) {
            lanes.extend(rows.clone().map(|_| lane));
        }
        let index = |id: crate::id::Id| cards.by_id.get(&id.to()?).map(|index| *index as u32);
        Self::plan(scope, studio, (&cells, &lanes), index)
    }

    /// The flows between stages.
    pub(super) fn of_stages(scope: &Scope<'a>, studio: &mut Studio) -> Self {
        let stages = &scope.columns.stages;
        let card = |column: u32| route::Card { column, row: 0, size: dims::CARD };
        let cells: Vec<route::Card> = (0..stages.len() as u32).map(card).collect();
        let index = |id: crate::id::Id| {
            let id = id.to::<StageId>()?;
            stages.iter().position(|stage| stage.stage.id == id).map(|index| index as u32)
        };
        Self::plan(scope, studio, (&cells, &[0]), index)
    }

    fn plan(
        scope: &Scope<'a>,
        studio: &mut Studio,
        (cells, lanes): (&[route::Card], &[u32]),
        index: impl Fn(crate::id::Id) -> Option<u32>,
    ) -> Self {
        let journey: &'a Journey = scope.journey;
        let mut flows = Vec::new();
        let mut ends = Vec::new();
        for flow in journey.flows().values() {
            let Some((from, to)) = index(flow.from).zip(index(flow.to)) else { continue };
            ends.push(route::Flow { from, to, label: label_size(scope, studio, flow) });
            flows.push(flow);
        }
        Self { plan: route::plan(cells, lanes, &ends), flows }
    }

    /// Draws all lines, and all labels onto `labels`.
    pub(super) fn emit(
        &self,
        scope: &Scope<'_>,
        studio: &mut Studio,
        frame: &Frame<'_>,
        items: &mut Vec<Placed>,
        labels: &mut Vec<Placed>,
    ) {
        for (index, flow) in self.flows.iter().enumerate() {
            let Some(way) = self.plan.way(index, frame) else { continue };
            let key = FlowKey { record: Same(Arc::clone(flow)), form: way.form };
            let measure = &mut studio.measure;
            let block = studio.flows.block(flow.id, key, |key| line(scope, Pen::new(measure), key));
            items.push(Placed { at: way.origin, block });
            let Some(middle) = way.form.label() else { continue };
            let key = Same(Arc::clone(flow));
            let block = studio
                .flow_labels
                .block(flow.id, key, |_| pill(scope, Pen::new(measure), flow, way.form.back));
            labels.push(Placed { at: way.origin + middle, block });
        }
    }
}

/// What stands on a flow: its condition and the share of customers who take it.
fn label_text(scope: &Scope<'_>, flow: &Flow) -> Option<(String, String)> {
    let condition = one_line(&flow.condition);
    let share = flow.share.map(|share| percent(scope.lang, share, 0)).unwrap_or_default();
    let comma = if condition.is_empty() || share.is_empty() { "" } else { ", " };
    (!condition.is_empty() || !share.is_empty()).then(|| (condition, format!("{comma}{share}")))
}

/// The label as set: the share always whole, the condition shortened to what room is left.
fn label_row(scope: &Scope<'_>, pen: &mut Pen<'_>, flow: &Flow) -> Option<(String, f32)> {
    let (condition, share) = label_text(scope, flow)?;
    let (face, size) = (Face::Regular, text::TINY);
    let room = dims::CARD.x - 2.0 * PILL_PAD;
    let taken = pen.measure.width(face, size, &share);
    let shortened = pen.set(&condition, Setting { face, size, room: (room - taken).max(0.0), rows: 1 });
    let condition = shortened.rows.into_iter().next().map(|row| row.text).unwrap_or_default();
    let text = format!("{condition}{share}");
    let width = pen.measure.width(face, size, &text);
    Some((text, width))
}

fn label_size(scope: &Scope<'_>, studio: &mut Studio, flow: &Arc<Flow>) -> Option<Pt> {
    if flow.condition.is_empty() && flow.share.is_none() {
        return None;
    }
    let known = studio.label_sizes.get(&flow.id).filter(|(record, _)| *record == Same(Arc::clone(flow)));
    if let Some((_, size)) = known {
        return *size;
    }
    let row = label_row(scope, &mut Pen::new(&mut studio.measure), flow);
    let size = row.map(|(_, width)| pt(width + 2.0 * PILL_PAD, PILL));
    studio.label_sizes.insert(flow.id, (Same(Arc::clone(flow)), size));
    size
}

fn line(scope: &Scope<'_>, mut pen: Pen<'_>, key: &FlowKey) -> Block {
    let (flow, form) = (&key.record.0, key.form);
    let theme = scope.theme;
    let color = if form.back { theme.pain.ink } else { theme.flow };
    let route = form.draw();
    let dash = form.back.then_some(DASH);
    let start = pt(0.0, 0.0);
    pen.shape(Shape::Path { start, segments: route.segments, stroke: Stroke { color, width: WIDTH, dash } });
    let [one, tip, other] = route.head;
    let segments = vec![Segment::Line(tip), Segment::Line(other)];
    pen.shape(Shape::Path { start: one, segments, stroke: Stroke::solid(color, WIDTH) });
    pen.block(Some(flow.id.into()), Part::Flow, Rect::default(), label(scope, flow))
}

/// "Flow, Gate to Online booking, flight cancelled, 3 %".
fn label(scope: &Scope<'_>, flow: &Flow) -> String {
    let name = |id: crate::id::Id| {
        let card = id.to().and_then(|id| scope.journey.touchpoints().get(&id));
        let stage = id.to().and_then(|id| scope.journey.stages().get(&id));
        let title = card.map(|card: &Arc<Touchpoint>| &card.title).or(stage.map(|stage| &stage.title));
        one_line(title.map_or("", |title| scope.title(title)))
    };
    let mut parts = vec![scope.say(Msg::Flow).to_owned(), format!("{} → {}", name(flow.from), name(flow.to))];
    parts.extend(label_text(scope, flow).map(|(condition, share)| condition + &share));
    parts.join(", ")
}

fn pill(scope: &Scope<'_>, mut pen: Pen<'_>, flow: &Flow, back: bool) -> Block {
    let theme = scope.theme;
    let (text, width) = label_row(scope, &mut pen, flow).unwrap_or_default();
    let (width, ink) = (width + 2.0 * PILL_PAD, if back { theme.pain.ink } else { theme.soft });
    let rect = Rect::new(-width / 2.0, -PILL / 2.0, width, PILL);
    let border = if back { theme.pain.ink } else { theme.hairline };
    pen.rect(rect, PILL / 2.0, Some(theme.raised), Some(Stroke::solid(border, 1.0)));
    pen.word(&text, (Face::Regular, text::TINY, ink), pt(0.0, 0.0), Align::Middle);
    pen.block(Some(flow.id.into()), Part::FlowLabel, rect, label(scope, flow))
}

/// Room that flows need left of each column, and right of the last: that of cards, and between stages that of stages.
pub(super) fn gaps(columns: &Columns<'_>, cards: &Plan, stages: &Plan) -> Vec<f32> {
    let mut gaps: Vec<f32> = (0..=columns.all.len()).map(|column| cards.gap(column)).collect();
    let starts = columns.stages.iter().map(|stage| stage.columns.start).chain([columns.all.len()]);
    for (stage, column) in starts.enumerate() {
        let headers = stages.gap(stage);
        if headers > 0.0 {
            gaps[column] = gaps[column].max(headers + 2.0 * dims::OVERHANG);
        }
    }
    gaps
}

/// Forgets the sizes of labels whose flows are gone, once they are most of them.
pub(super) fn forget(studio: &mut Studio, journey: &Journey) {
    if studio.label_sizes.len() > 2 * journey.flows().len() + 64 {
        studio.label_sizes.retain(|id: &FlowId, _| journey.flows().contains_key(id));
    }
}
