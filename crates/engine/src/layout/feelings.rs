//! The feeling lane: an axis from +2 to -2, a smooth curve per persona, and quotes where there is room.

use super::cache::Same;
use super::cards::Cards;
use super::curve::Curve;
use super::dims::{CARD, PAD};
use super::insights::{Anchored, InsightNote};
use super::pen::{Align, BlockPen};
use super::quotes;
use super::scope::{Body, LaneTick, Scope, Studio};
use super::text::{Setting, one_line};
use crate::i18n::{Msg, format_signed};
use crate::id::{FlowId, Id, PersonaId, TouchpointId};
use crate::model::range::clamp_feeling;
use crate::model::{Journey, Touchpoint};
use crate::scene::{Block, Placed, Pt, Rect, ScenePart, SceneShape, Stroke, pt};
use crate::theme::size::{space, text};
use crate::theme::{Color, Face, PointShape};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Distance from +2 to -2 in points.
const SCALE: f32 = 144.0;
/// The y of +2 in the lane.
const TOP: f32 = PAD + space::M;
const POINT: f32 = 4.4;
/// Distance of the points of two cards that share a column.
const ASIDE: f32 = 18.0;

/// The points of a persona's curve and its place among the personas.
#[derive(PartialEq)]
pub(super) struct CurveKey {
    points: Vec<Pt>,
    index: usize,
    /// True if a pale band is drawn under it, as under the first one.
    banded: bool,
}

/// Everything that determines a point's look beside theme and language.
#[derive(PartialEq)]
pub(super) struct PointKey {
    record: Same<Touchpoint>,
    index: usize,
}

/// Everything that determines a quote's look.
#[derive(PartialEq)]
pub(super) struct QuoteKey {
    pub(super) text: String,
    pub(super) index: usize,
    pub(super) room: f32,
}

/// One point of a curve: the card, the place in the lane, and the feeling.
pub(super) struct FeelingPoint<'a> {
    pub(super) card: &'a Arc<Touchpoint>,
    pub(super) at: Pt,
    feeling: f64,
}

/// One persona's points from left to right, and their curve.
pub(super) struct FeelingLine<'a> {
    pub(super) persona: PersonaId,
    pub(super) index: usize,
    pub(super) points: Vec<FeelingPoint<'a>>,
    pub(super) curve: Curve,
}

/// Lays out the feeling lane; also returns the insights that it shows as quotes.
pub(super) fn layout_lane(
    scope: &Scope<'_>,
    studio: &mut Studio,
    cards: &Cards<'_>,
    notes: &[Anchored],
) -> (Body, BTreeSet<Id>) {
    let weights = reach_weights(scope.journey, cards);
    let lines: Vec<FeelingLine<'_>> =
        (0..scope.personas.len()).map(|index| feeling_line(scope, cards, &weights, index)).collect();
    let note = scope.message_text(Msg::FeelingPerPersona).to_owned();
    let mut body = Body { height: TOP + SCALE + TOP, note, ..Body::default() };
    body.axis = Some((TOP, TOP + SCALE));
    for (feeling, text) in [(2.0, "+2"), (0.0, "0"), (-2.0, "−2")] {
        body.ticks.push(LaneTick { y: feeling_y(feeling), text: text.to_owned(), main: feeling == 0.0 });
    }
    let shown: Vec<&FeelingLine<'_>> = lines.iter().filter(|line| !line.points.is_empty()).collect();
    for line in &shown {
        body.items.push(place_curve(
            scope,
            studio,
            line,
            shown.first().is_some_and(|first| first.index == line.index),
        ));
    }
    for line in &shown {
        body.items.extend(line.points.iter().map(|point| place_point(scope, studio, line, point)));
    }
    let bounds = Rect {
        min: pt(super::dims::CONTENT, PAD / 2.0),
        max: pt(scope.columns.right_end(), body.height - PAD / 2.0),
    };
    let said = notes.iter().filter_map(|anchored| match anchored.note() {
        InsightNote::Insight(insight) => Some(insight.0.as_ref()),
        InsightNote::Improvement(_) => None,
    });
    let quotes = quotes::place_quotes(scope, studio, &shown, bounds, said);
    let ids = quotes.iter().filter_map(|quote| quote.block.element).collect();
    body.items.extend(quotes);
    (body, ids)
}

/// Returns the y of a feeling in the lane.
fn feeling_y(feeling: f64) -> f32 {
    let feeling = if feeling.is_finite() { clamp_feeling(feeling) } else { 0.0 };
    TOP + SCALE * (2.0 - feeling as f32) / 4.0
}

/// Returns the share of customers who reach each card, by index: those of the cards before, times the flows'
/// shares.
fn reach_weights(journey: &Journey, cards: &Cards<'_>) -> Vec<f64> {
    let mut weights = vec![0.0; cards.all.len()];
    let mut flows: Vec<(usize, usize, Option<f64>, FlowId)> = journey
        .flows()
        .values()
        .filter_map(|flow| {
            let index = |id: Id| id.to_typed::<TouchpointId>().and_then(|id| cards.by_id.get(&id)).copied();
            Some((index(flow.from)?, index(flow.to)?, flow.share, flow.id))
        })
        .collect();
    let forward =
        |flow: &(usize, usize, Option<f64>, FlowId)| cards.all[flow.0].column < cards.all[flow.1].column;
    flows.retain(forward);
    let mut reached = vec![false; cards.all.len()];
    for flow in &flows {
        reached[flow.1] = true;
    }
    for (weight, _) in weights.iter_mut().zip(&reached).filter(|(_, reached)| !**reached) {
        *weight = 1.0;
    }
    // Cards are sorted by column, so each weight is complete before it is passed on.
    flows.sort_by_key(|flow| (flow.0, flow.3));
    for group in flows.chunk_by(|a, b| a.0 == b.0) {
        let named: f64 = group.iter().filter_map(|flow| flow.2).sum();
        let unnamed = group.iter().filter(|flow| flow.2.is_none()).count().max(1) as f64;
        for flow in group {
            let share = flow.2.unwrap_or((1.0 - named).max(0.0) / unnamed);
            weights[flow.1] += weights[flow.0] * share;
        }
    }
    weights
}

/// Returns a persona's points; of several cards in a column, the curve follows the one that most customers
/// reach.
fn feeling_line<'a>(scope: &Scope<'_>, cards: &Cards<'a>, weights: &[f64], index: usize) -> FeelingLine<'a> {
    let persona = scope.personas[index].id;
    let mut points = Vec::new();
    let mut through = Vec::new();
    let mut at = 0;
    for column in cards.all.chunk_by(|a, b| a.column == b.column) {
        let felt: Vec<_> = (at..)
            .zip(column)
            .filter_map(|(place, cell)| Some((place, cell, *cell.card.feelings.get(&persona)?)))
            .collect();
        at += column.len();
        let heaviest = |a: usize, b: usize| weights[a].total_cmp(&weights[b]).then(b.cmp(&a));
        let main = felt.iter().map(|(place, ..)| *place).max_by(|a, b| heaviest(*a, *b));
        let aside = ASIDE.min((CARD.x - 2.0 * POINT) / felt.len().max(1) as f32);
        let middle = scope.columns.column_middle(column[0].column as usize);
        for (order, (place, cell, feeling)) in felt.iter().enumerate() {
            let x = middle + (order as f32 - (felt.len() - 1) as f32 / 2.0) * aside;
            let at = pt(x, feeling_y(*feeling));
            if main == Some(*place) {
                through.push(at);
            }
            points.push(FeelingPoint { card: cell.card, at, feeling: *feeling });
        }
    }
    FeelingLine { persona, index, points, curve: Curve::through_points(through) }
}

fn place_curve(scope: &Scope<'_>, studio: &mut Studio, line: &FeelingLine<'_>, banded: bool) -> Placed {
    let key = CurveKey { points: line.curve.points().to_vec(), index: line.index, banded };
    let measure = &mut studio.measure;
    let block = studio
        .curves
        .get_or_draw(line.persona, key, |key| draw_curve(scope, BlockPen::new(measure), line, key));
    Placed { at: pt(0.0, 0.0), block }
}

fn draw_curve(scope: &Scope<'_>, mut pen: BlockPen<'_>, line: &FeelingLine<'_>, key: &CurveKey) -> Block {
    let (color, _) = scope.persona_mark(line.index);
    if key.banded && !scope.theme.hatched {
        let points = line.curve.to_polyline(12);
        pen.draw_shape(SceneShape::Band { points, base: feeling_y(0.0), fill: color.with_alpha(26) });
    }
    if let Some(start) = key.points.first() {
        let stroke = Stroke::solid_line(color, 2.4);
        pen.draw_shape(SceneShape::Path { start: *start, segments: line.curve.segments(), stroke });
    }
    let room = key.points.first().map_or(Rect::default(), |point| Rect::from_two_points(*point, *point));
    let label = format!("{}, {}", scope.message_text(Msg::Feeling), persona_name(scope, line.index));
    pen.into_block(Some(line.persona.into()), ScenePart::Curve(line.persona), room, label)
}

fn place_point(
    scope: &Scope<'_>,
    studio: &mut Studio,
    line: &FeelingLine<'_>,
    point: &FeelingPoint<'_>,
) -> Placed {
    let key = PointKey { record: Same(Arc::clone(point.card)), index: line.index };
    let measure = &mut studio.measure;
    let block = studio.points.get_or_draw((point.card.id, line.persona), key, |_| {
        let mut pen = BlockPen::new(measure);
        let (color, shape) = scope.persona_mark(line.index);
        draw_mark(&mut pen, shape, (pt(0.0, 0.0), POINT), scope.theme.raised, color);
        let room = Rect::default().grow_by(POINT + 3.0);
        let title = one_line(scope.title_or_untitled(&point.card.title));
        let word = scope.message_text(Msg::Feeling).to_lowercase();
        let label = format!(
            "{title}, {word} {}, {}",
            format_signed(point.feeling, 1),
            persona_name(scope, line.index)
        );
        pen.into_block(Some(point.card.id.into()), ScenePart::CurvePoint(line.persona), room, label)
    });
    Placed { at: point.at, block }
}

fn persona_name(scope: &Scope<'_>, index: usize) -> String {
    one_line(scope.title_or_untitled(&scope.personas[index].name))
}

/// Draws a persona's point shape.
pub(super) fn draw_mark(
    pen: &mut BlockPen<'_>,
    shape: PointShape,
    (at, radius): (Pt, f32),
    fill: Color,
    color: Color,
) {
    let stroke = Some(Stroke::solid_line(color, 2.0));
    let corners = shape.corner_points();
    if corners.is_empty() {
        pen.draw_circle(at, radius, fill, stroke);
    } else {
        let points = corners.iter().map(|[x, y]| at + pt(x * radius, y * radius)).collect();
        pen.draw_shape(SceneShape::Polygon { points, fill: Some(fill), stroke });
    }
}

/// Draws the shape and name of a persona in the header; a name wider than the page is broken into rows.
/// Returns the width, and the distance from the first row to the last.
pub(super) fn draw_persona(
    pen: &mut BlockPen<'_>,
    scope: &Scope<'_>,
    index: usize,
    (at, right): (Pt, f32),
) -> (f32, f32) {
    let (color, shape) = scope.persona_mark(index);
    draw_mark(pen, shape, (at + pt(6.0, 0.0), 5.0), scope.theme.raised, color);
    let name = persona_name(scope, index);
    let style = (Face::Regular, text::BODY, scope.theme.text);
    let room = right - at.x - 18.0;
    if pen.measure.text_width(style.0, style.1, &name) <= room {
        return (18.0 + pen.draw_text(&name, style, at + pt(18.0, 0.0), Align::Start), 0.0);
    }
    let rows = pen.break_text(&name, Setting { face: style.0, size: style.1, room, rows: usize::MAX });
    let width = 18.0 + rows.width();
    let below = rows.height() - rows.line;
    for (place, row) in (0_u16..).zip(rows.rows) {
        let down = pt(18.0, f32::from(place) * rows.line);
        pen.draw_text(&row.text, style, at + down, Align::Start);
    }
    (width, below.max(0.0))
}
