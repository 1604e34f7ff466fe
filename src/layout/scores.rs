//! The score lane: a bar a touchpoint on one axis, with its interval, its value, and its n where that is small.

use super::cache::Same;
use super::cards::{CardCell, Cards};
use super::dims::{CARD, LANE};
use super::pen::{Align, Pen};
use super::scope::{Body, Scope, Studio, Tick};
use super::text::one_line;
use super::words;
use crate::analysis::chart::rounds;
use crate::feedback::overlay::TargetScore;
use crate::feedback::score::{Formula, Score};
use crate::i18n::{Msg, count, figure};
use crate::model::Touchpoint;
use crate::model::Worded;
use crate::model::choice::MetricKind;
use crate::scene::{Block, Part, Placed, Rect, Stroke, pt};
use crate::theme::Face;
use crate::theme::size::{space, text};
use std::sync::Arc;

/// Height of the plot, and of one whose bars go both ways.
const PLOT: f32 = 112.0;
const NET_PLOT: f32 = 152.0;
/// Above the plot: the value of a full bar. Below it: n.
const ABOVE: f32 = 26.0;
const BELOW: f32 = 24.0;
/// Widest bar, narrowest one, and the narrowest that carries its figure.
const WIDE: f32 = 44.0;
const NARROW: f32 = 6.0;
const FIGURE: f32 = 26.0;

/// The scale of a score lane.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Axis {
    low: f64,
    high: f64,
    height: f32,
}

impl Axis {
    fn of(formula: &Formula) -> Self {
        let (low, high) = formula.domain();
        let height = if formula.kind == MetricKind::Nps { NET_PLOT } else { PLOT };
        Self { low: low.min(0.0), high: high.max(low + f64::EPSILON), height }
    }

    /// The distance of a value from the top of the plot.
    fn y(self, value: f64) -> f32 {
        let share = ((self.high - value) / (self.high - self.low)).clamp(0.0, 1.0);
        share as f32 * self.height
    }
}

/// All that decides a bar's look beside theme and language.
#[derive(PartialEq)]
pub(super) struct BarKey {
    record: Same<Touchpoint>,
    figures: Option<(Formula, Score)>,
    axis: Axis,
    width: f32,
}

/// The score lane.
pub(super) fn lane(scope: &Scope<'_>, studio: &mut Studio, cards: &Cards<'_>) -> Body {
    let Some(formula) = formula(scope, cards) else {
        return Body { height: LANE, ..Body::default() };
    };
    let axis = Axis::of(&formula);
    let mut body =
        Body { height: ABOVE + axis.height + BELOW, note: note(scope, &formula), ..Body::default() };
    for tick in rounds(axis.low, axis.high) {
        let text = figure(tick, 1);
        body.ticks.push(Tick { y: ABOVE + axis.y(tick), text, main: tick == 0.0 });
    }
    for column in cards.all.chunk_by(|a, b| a.column == b.column) {
        let middle = scope.columns.middle(column[0].column as usize);
        let asked: Vec<&CardCell<'_>> = column.iter().filter(|cell| is_asked(scope, cell)).collect();
        let pitch = (WIDE + space::S).min((CARD.x + space::S) / asked.len().max(1) as f32);
        let width = (pitch - space::S.min(pitch / 4.0)).max(NARROW);
        let room = ((CARD.x / pitch.max(NARROW)) as usize).max(1) + 1;
        for (place, cell) in asked.iter().take(room).enumerate() {
            let x = middle + (place as f32 - (asked.len().min(room) - 1) as f32 / 2.0) * pitch;
            let target = target(scope, cell).filter(|target| comparable(&target.formula, &formula));
            let figures = target.map(|target| (target.formula, target.score));
            let key = BarKey { record: Same(Arc::clone(cell.card)), figures, axis, width };
            let measure = &mut studio.measure;
            let block = studio.bars.block(cell.card.id, key, |key| draw(scope, Pen::new(measure), key));
            body.items.push(Placed { at: pt(x, ABOVE), block });
        }
    }
    body
}

fn target<'s>(scope: &Scope<'s>, cell: &CardCell<'_>) -> Option<&'s TargetScore> {
    scope.overlay?.scores.get(&cell.card.id.into())
}

/// Whether a card stands in the score lane: those with a score, and others of the map's front as a quiet dash.
fn is_asked(scope: &Scope<'_>, cell: &CardCell<'_>) -> bool {
    use crate::model::choice::Visibility::Front;
    target(scope, cell).is_some() || (cell.card.visibility == Front && cell.card.lane.is_none())
}

/// The formula of the axis: the most common one that a touchpoint of this journey is scored under.
fn formula(scope: &Scope<'_>, cards: &Cards<'_>) -> Option<Formula> {
    let used = |formula: &&Formula| {
        cards.all.iter().any(|cell| target(scope, cell).is_some_and(|target| target.formula == **formula))
    };
    scope.overlay?.formulas.iter().find(used).copied()
}

/// Whether two formulas' scores may stand on one axis.
fn comparable(one: &Formula, other: &Formula) -> bool {
    one.kind == other.kind && one.is_share() == other.is_share() && one.domain() == other.domain()
}

/// The second line of the lane's label: what counts.
pub(super) fn note(scope: &Scope<'_>, formula: &Formula) -> String {
    let steps = (formula.high - formula.low).max(0.0) as u64 + 1;
    if formula.is_share() {
        Msg::BoxesPercent.with(scope.lang, &[("boxes", &formula.boxes), ("steps", &steps)])
    } else {
        let (low, high) = formula.domain();
        Msg::ScaleFromTo.with(scope.lang, &[("low", &figure(low, 1)), ("high", &figure(high, 1))])
    }
}

/// The axis' formula, for the lane's title.
pub(super) fn title(scope: &Scope<'_>, cards: &Cards<'_>) -> Option<&'static str> {
    formula(scope, cards).map(|formula| scope.say(formula.kind.word()))
}

fn draw(scope: &Scope<'_>, mut pen: Pen<'_>, key: &BarKey) -> Block {
    let card = &key.record.0;
    let room = Rect::new(-key.width / 2.0, 0.0, key.width, key.axis.height);
    let mut label = vec![one_line(scope.title(&card.title))];
    let scored = key.figures.and_then(|(formula, score)| Some((formula, score, score.value?)));
    if let Some((formula, score, value)) = scored {
        Bar { scope, key, formula, score, value }.draw(&mut pen);
        label.extend(words::spoken(scope.lang, &formula, &score));
        label.push(Msg::CountN.with(scope.lang, &[("n", &count(score.n))]));
    } else {
        let at = pt(0.0, key.axis.y(0.0) - 8.0);
        pen.word("–", (Face::Regular, text::SMALL, scope.theme.muted), at, Align::Middle);
        label.push("–".to_owned());
    }
    pen.block(Some(card.id.into()), Part::Score, room, label.join(", "))
}

struct Bar<'a, 's> {
    scope: &'a Scope<'s>,
    key: &'a BarKey,
    formula: Formula,
    score: Score,
    value: f64,
}

impl Bar<'_, '_> {
    fn draw(&self, pen: &mut Pen<'_>) {
        let (theme, axis, width) = (self.scope.theme, self.key.axis, self.key.width);
        let step = theme.step(self.formula.position(self.value));
        let (zero, end) = (axis.y(0.0), axis.y(self.value));
        let (top, bottom) = (zero.min(end), zero.max(end).max(zero.min(end) + 1.0));
        let bar = Rect { min: pt(-width / 2.0, top), max: pt(width / 2.0, bottom) };
        pen.rect(bar, 3.0, Some(step.fill), None);
        if self.is_small() {
            pen.hatch(bar, 6.0, Stroke::solid(step.text.with_alpha(130), 1.2));
        }
        let reach = self.score.interval.map(|(low, high)| (axis.y(high), axis.y(low)));
        if let Some((high, low)) = reach {
            self.whisker(pen, high, low);
        }
        let (high, low) = reach.map_or((top, bottom), |(high, low)| (high.min(top), low.max(bottom)));
        let y = if self.value < 0.0 { low + 10.0 } else { high - 10.0 };
        let figure = words::figure(words::is_whole(&self.formula), self.value);
        if width >= FIGURE {
            pen.word(&figure, (Face::SemiBold, text::TINY, theme.text), pt(0.0, y), Align::Middle);
            if self.is_small() {
                let n = Msg::CountN.with(self.scope.lang, &[("n", &count(self.score.n))]);
                let y = if self.value < 0.0 { -10.0 } else { axis.height + 11.0 };
                pen.word(&n, (Face::Regular, text::TINY, theme.muted), pt(0.0, y), Align::Middle);
            }
        }
    }

    fn is_small(&self) -> bool {
        self.score.n < self.formula.small_n
    }

    fn whisker(&self, pen: &mut Pen<'_>, high: f32, low: f32) {
        let cap = 4.0_f32.min(self.key.width / 2.0);
        let stroke = Stroke::solid(self.scope.theme.text, 1.3);
        pen.line(pt(0.0, high), pt(0.0, low), stroke);
        for y in [high, low] {
            pen.line(pt(-cap, y), pt(cap, y), stroke);
        }
    }
}
