//! The score lane: a bar per touchpoint on one axis, with its interval, its value, and its n if that is
//! small.

use super::cache::Same;
use super::cards::{CardCell, Cards};
use super::dims::{CARD, LANE};
use super::far;
use super::pen::{Align, BlockPen};
use super::scope::{Body, LaneTick, Scope, Studio};
use super::text::one_line;
use super::words;
use crate::analysis::chart::round_values;
use crate::feedback::overlay::{Overlay, TargetScore};
use crate::feedback::score::Formula;
use crate::feedback::shown_score::ShownScore;
use crate::i18n::{Msg, Worded, format_figure, n_words};
use crate::model::Touchpoint;
use crate::scene::{Block, Placed, Rect, ScenePart, Stand, Stroke, pt};
use crate::theme::Face;
use crate::theme::size::{space, text};
use std::sync::Arc;

/// Height of the plot, and of one with bars in both directions.
const PLOT: f32 = 112.0;
const NET_PLOT: f32 = 152.0;
/// Height above the plot for the value of a full bar, and below it for n.
const ABOVE: f32 = 26.0;
const BELOW: f32 = 24.0;
/// Maximum and minimum width of a bar, and the minimum for one that shows its figure.
const WIDE: f32 = 44.0;
const NARROW: f32 = 6.0;
const FIGURE: f32 = 26.0;
/// Height for a bar's value beyond its end in the far form.
const AFAR: f32 = 64.0;

/// The scale of a score lane.
#[derive(Debug, Clone, Copy, PartialEq)]
struct ScoreAxis {
    low: f64,
    high: f64,
    height: f32,
}

impl ScoreAxis {
    fn from_overlay(overlay: &Overlay, formula: &Formula) -> Self {
        let (low, high) = overlay.axis_domain(formula);
        Self { low, high, height: if low < 0.0 { NET_PLOT } else { PLOT } }
    }

    /// Returns the distance of a value from the top of the plot.
    fn y(self, value: f64) -> f32 {
        let share = ((self.high - value) / (self.high - self.low)).clamp(0.0, 1.0);
        share as f32 * self.height
    }
}

/// Everything that determines a bar's look beside theme and language.
#[derive(PartialEq)]
pub(super) struct BarKey {
    record: Same<Touchpoint>,
    shown: Option<ShownScore>,
    axis: ScoreAxis,
    width: f32,
    /// The distance from the middle of this bar to that of the next, or to the first of another column.
    pitch: f32,
}

/// Lays out the score lane.
pub(super) fn layout_lane(scope: &Scope<'_>, studio: &mut Studio, cards: &Cards<'_>) -> Body {
    let Some((overlay, formula)) = scope.overlay.zip(axis_formula(scope, cards)) else {
        return Body { height: LANE, ..Body::default() };
    };
    let axis = ScoreAxis::from_overlay(overlay, &formula);
    let mut body =
        Body { height: ABOVE + axis.height + BELOW, note: formula_note(scope, &formula), ..Body::default() };
    for tick in round_values(axis.low, axis.high) {
        let text = format_figure(tick, 1);
        body.ticks.push(LaneTick { y: ABOVE + axis.y(tick), text, main: tick == 0.0 });
    }
    for column in cards.all.chunk_by(|a, b| a.column == b.column) {
        let middle = scope.columns.column_middle(column[0].column as usize);
        let asked: Vec<&CardCell<'_>> = column.iter().filter(|cell| is_asked(scope, cell)).collect();
        let pitch = (WIDE + space::S).min((CARD.x + space::S) / asked.len().max(1) as f32);
        let width = (pitch - space::S.min(pitch / 4.0)).max(NARROW);
        let room = ((CARD.x / pitch.max(NARROW)) as usize).max(1) + 1;
        for (place, cell) in asked.iter().take(room).enumerate() {
            let x = middle + (place as f32 - (asked.len().min(room) - 1) as f32 / 2.0) * pitch;
            let target = target_score(scope, cell).filter(|target| is_comparable(&target.formula, &formula));
            let shown = target.and_then(|target| overlay.shown_score(cell.card.id.into(), target));
            let room = if asked.len() > 1 { pitch } else { CARD.x };
            let key = BarKey { record: Same(Arc::clone(cell.card)), shown, axis, width, pitch: room };
            let measure = &mut studio.measure;
            let block = studio
                .bars
                .get_or_draw(cell.card.id, key, |key| draw_bar(scope, BlockPen::new(measure), key));
            body.items.push(Placed { at: pt(x, ABOVE), block });
        }
    }
    body
}

fn target_score<'s>(scope: &Scope<'s>, cell: &CardCell<'_>) -> Option<&'s TargetScore> {
    scope.overlay?.scores.get(&cell.card.id.into())
}

/// True if a card is in the score lane: one with a score, or a front-stage one of the map, as a quiet dash.
fn is_asked(scope: &Scope<'_>, cell: &CardCell<'_>) -> bool {
    use crate::model::choice::Visibility::Front;
    target_score(scope, cell).is_some() || (cell.card.visibility == Front && cell.card.lane.is_none())
}

/// Returns the formula of the axis: the most common one among this journey's touchpoints.
fn axis_formula(scope: &Scope<'_>, cards: &Cards<'_>) -> Option<Formula> {
    let used = |formula: &&Formula| {
        cards
            .all
            .iter()
            .any(|cell| target_score(scope, cell).is_some_and(|target| target.formula == **formula))
    };
    scope.overlay?.formulas.iter().find(used).copied()
}

/// True if scores of the two formulas can share an axis.
fn is_comparable(one: &Formula, other: &Formula) -> bool {
    one.kind == other.kind && one.is_share() == other.is_share() && one.score_domain() == other.score_domain()
}

/// Returns the second line of the lane's label: the answers that count.
pub(super) fn formula_note(scope: &Scope<'_>, formula: &Formula) -> String {
    let steps = (formula.high - formula.low).max(0.0) as u64 + 1;
    if formula.is_share() {
        Msg::BoxesPercent.text_with(scope.lang, &[("boxes", &formula.boxes), ("steps", &steps)])
    } else {
        let (low, high) = formula.score_domain();
        Msg::ScaleFromTo
            .text_with(scope.lang, &[("low", &format_figure(low, 1)), ("high", &format_figure(high, 1))])
    }
}

/// Returns the name of the axis' formula, for the lane's title.
pub(super) fn formula_title(scope: &Scope<'_>, cards: &Cards<'_>) -> Option<&'static str> {
    axis_formula(scope, cards).map(|formula| scope.message_text(formula.kind.display_name()))
}

fn draw_bar(scope: &Scope<'_>, mut pen: BlockPen<'_>, key: &BarKey) -> Block {
    let card = &key.record.0;
    let room = Rect::new(-key.width / 2.0, 0.0, key.width, key.axis.height);
    let mut label = vec![one_line(scope.title_or_untitled(&card.title))];
    if let Some(shown) = key.shown {
        ScoreBar { scope, key, shown }.draw(&mut pen);
        label.push(spoken_value(scope, &shown));
        label.push(n_words(scope.lang, shown.n));
    } else {
        let at = pt(0.0, key.axis.y(0.0) - 8.0);
        pen.draw_text("–", (Face::Regular, text::SMALL, scope.theme.muted), at, Align::Middle);
        label.push("–".to_owned());
    }
    pen.into_block(Some(card.id.into()), ScenePart::Score, room, label.join(", "))
}

/// Returns the screen reader's text: "Satisfied 51 %", "NPS +4, not proven".
fn spoken_value(scope: &Scope<'_>, shown: &ShownScore) -> String {
    let name = scope.message_text(shown.formula.kind.display_name());
    let figure = words::format_figure(words::is_whole(&shown.formula), shown.signed, shown.value);
    let percent = if shown.formula.is_share() && !shown.signed { "\u{202f}%" } else { "" };
    let doubt = if shown.position.is_none() {
        format!(", {}", scope.message_text(Msg::NotProven))
    } else {
        String::new()
    };
    format!("{name} {figure}{percent}{doubt}")
}

struct ScoreBar<'a, 's> {
    scope: &'a Scope<'s>,
    key: &'a BarKey,
    shown: ShownScore,
}

impl ScoreBar<'_, '_> {
    fn draw(&self, pen: &mut BlockPen<'_>) {
        let theme = self.scope.theme;
        let axis = self.key.axis;
        let width = self.key.width;
        let value = self.shown.value;
        let step = self.shown.position.map(|position| theme.ramp_step(position));
        let (fill, over) = step.map_or((theme.canvas, theme.soft), |step| (step.fill, step.text));
        let border = step.is_none().then(|| Stroke::solid_line(theme.outline, 1.0));
        let zero = axis.y(0.0);
        let end = axis.y(value);
        let top = zero.min(end);
        let bottom = zero.max(end).max(zero.min(end) + 1.0);
        let bar = Rect { min: pt(-width / 2.0, top), max: pt(width / 2.0, bottom) };
        pen.draw_rect(bar, 3.0, Some(fill), border);
        if self.shown.small {
            pen.draw_hatching(bar, 6.0, Stroke::solid_line(over.with_alpha(130), 1.2));
        }
        let reach = self.shown.interval.map(|(low, high)| (axis.y(high), axis.y(low)));
        if let Some((high, low)) = reach {
            self.draw_whisker(pen, high, low);
        }
        let (high, low) = reach.map_or((top, bottom), |(high, low)| (high.min(top), low.max(bottom)));
        let y = if value < 0.0 { low + 10.0 } else { high - 10.0 };
        let figure = words::format_figure(words::is_whole(&self.shown.formula), self.shown.signed, value);
        let wide = self.key.pitch.max(width) / 2.0;
        let (room, stand) = if value < 0.0 {
            (Rect { min: pt(-wide, low + 2.0), max: pt(wide, low + AFAR) }, Stand::Top)
        } else {
            (Rect { min: pt(-wide, high - AFAR), max: pt(wide, high - 2.0) }, Stand::Bottom)
        };
        pen.set_far_form(far::bar_form(pen.shapes_without_text(), room, stand, (figure.clone(), theme.text)));
        if width >= FIGURE {
            pen.draw_text(&figure, (Face::SemiBold, text::TINY, theme.text), pt(0.0, y), Align::Middle);
            if self.shown.small {
                let n = n_words(self.scope.lang, self.shown.n);
                let y = if value < 0.0 { -10.0 } else { axis.height + 11.0 };
                pen.draw_text(&n, (Face::Regular, text::TINY, theme.muted), pt(0.0, y), Align::Middle);
            }
        }
    }

    fn draw_whisker(&self, pen: &mut BlockPen<'_>, high: f32, low: f32) {
        let cap = 4.0_f32.min(self.key.width / 2.0);
        let stroke = Stroke::solid_line(self.scope.theme.text, 1.3);
        pen.draw_line(pt(0.0, high), pt(0.0, low), stroke);
        for y in [high, low] {
            pen.draw_line(pt(-cap, y), pt(cap, y), stroke);
        }
    }
}
