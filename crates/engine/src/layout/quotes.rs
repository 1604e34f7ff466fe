//! Quotes beside the feeling curve, placed so that they cover neither a curve nor each other.

use super::feelings::{FeelingLine, FeelingPoint, QuoteKey};
use super::pen::BlockPen;
use super::scope::{Scope, Studio};
use super::text::{Setting, one_line};
use crate::i18n::Worded;
use crate::id::{Id, TouchpointId};
use crate::model::Insight;
use crate::model::choice::InsightKind;
use crate::scene::{Block, FarForm, Placed, Pt, Rect, ScenePart, pt};
use crate::theme::Face;
use crate::theme::size::text;

/// Maximum width of a quote.
const ROOM: f32 = 190.0;
/// Gap between a point and its quote.
const AWAY: f32 = 12.0;
/// Gap between a quote and any curve.
const CLEAR: f32 = 5.0;

/// Places each quote near its point; those without room are left out.
pub(super) fn place_quotes<'a>(
    scope: &Scope<'_>,
    studio: &mut Studio,
    lines: &[&FeelingLine<'_>],
    bounds: Rect,
    insights: impl Iterator<Item = &'a Insight>,
) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::new();
    for quote in insights.filter(|insight| insight.kind == InsightKind::Quote) {
        let Some((line, point)) = point_of(scope, lines, quote) else { continue };
        let key = QuoteKey { text: quoted_title(quote), index: line.index, room: ROOM };
        let measure = &mut studio.measure;
        let block = studio
            .quotes
            .get_or_draw(quote.id.into(), key, |key| draw_quote(scope, BlockPen::new(measure), quote, key));
        let size = block.bounds.max;
        let free = |at: &Pt| {
            let rect = Rect::new(at.x, at.y, size.x, size.y);
            bounds.contains_rect(rect)
                && placed.iter().all(|other| !other.bounds().grow_by(CLEAR).overlaps_rect(rect))
                && lines.iter().all(|line| is_clear(line, rect))
        };
        if let Some(at) = candidate_places(point.at, size).into_iter().find(free) {
            placed.push(Placed { at, block });
        }
    }
    placed
}

/// Returns the point of a quote: its persona's, or that of the first persona with a feeling there.
fn point_of<'l, 'a>(
    scope: &Scope<'_>,
    lines: &[&'l FeelingLine<'a>],
    quote: &Insight,
) -> Option<(&'l FeelingLine<'a>, &'l FeelingPoint<'a>)> {
    let about: Vec<Id> = scope.journey.speaks_of(quote.id.into());
    let mine = |line: &&&'l FeelingLine<'a>| quote.persona.is_none_or(|persona| persona == line.persona);
    lines.iter().filter(mine).find_map(|line| {
        let point = line
            .points
            .iter()
            .find(|point| about.iter().any(|id| id.to_typed::<TouchpointId>() == Some(point.card.id)))?;
        Some((*line, point))
    })
}

/// Returns the candidate places of a quote around its point: above and below, left-aligned, centred or
/// right-aligned.
fn candidate_places(point: Pt, size: Pt) -> Vec<Pt> {
    let mut seats = Vec::with_capacity(12);
    for distance in [AWAY, 2.0 * AWAY] {
        for y in [point.y - distance - size.y, point.y + distance] {
            seats.extend([0.0, 0.5, 1.0].map(|share| pt(point.x - share * size.x, y)));
        }
    }
    seats
}

fn is_clear(line: &FeelingLine<'_>, rect: Rect) -> bool {
    let mut x = rect.min.x - CLEAR;
    let rect = rect.grow_by(CLEAR);
    while x <= rect.max.x {
        if line.curve.value_at(x).is_some_and(|y| (rect.min.y..=rect.max.y).contains(&y)) {
            return false;
        }
        x += 4.0;
    }
    let near = line.points.partition_point(|point| point.at.x < rect.min.x);
    line.points[near..]
        .iter()
        .take_while(|point| point.at.x <= rect.max.x)
        .all(|point| !rect.contains(point.at))
}

fn quoted_title(quote: &Insight) -> String {
    let title = one_line(&quote.title);
    if title.starts_with(['"', '“', '「', '‘']) { title } else { format!("“{title}”") }
}

fn draw_quote(scope: &Scope<'_>, mut pen: BlockPen<'_>, quote: &Insight, key: &QuoteKey) -> Block {
    let setting = Setting { face: Face::Regular, size: text::TINY, room: key.room, rows: scope.max_rows(2) };
    let paragraph = pen.break_text(&key.text, setting);
    let room = Rect::new(0.0, 0.0, paragraph.width(), paragraph.height());
    // Half the persona's colour, half that of text, so that small letters can be read.
    let color = scope.theme.text.mix_with(scope.persona_mark(key.index).0, 0.5);
    pen.draw_paragraph(paragraph, pt(0.0, 0.0), color);
    // The far form is empty: it has no room for words, and the curve still shows the persona.
    pen.set_far_form(FarForm::default());
    let label = format!("{}, {}", key.text, scope.message_text(quote.kind.display_name()).to_lowercase());
    pen.into_block(Some(quote.id.into()), ScenePart::CurveQuote, room, label)
}
