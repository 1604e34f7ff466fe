//! Touchpoint cards: their lane, column and row, and their look.

use super::cache::{IdMap, Same};
use super::columns::Columns;
use super::dims::CARD;
use super::far::FarCard;
use super::pen::{Align, BlockPen};
use super::persona_marks;
use super::scope::{Scope, Studio};
use super::text::{Setting, one_line};
use super::words;
use crate::feedback::overlay::{Spark, TargetScore};
use crate::feedback::shown_score::ShownScore;
use crate::i18n::Msg;
use crate::id::{ChannelId, LaneId, PersonaId, TouchpointId};
use crate::model::choice::{Existence, InsightKind, LaneKind, Visibility};
use crate::model::{Journey, Lane, Touchpoint};
use crate::scene::{Block, FarForm, Pt, Rect, ScenePart, SceneShape, Stroke, pt};
use crate::theme::size::{radius, text};
use crate::theme::{Face, Icon, RampStep, Theme};
use std::ops::Range;
use std::sync::Arc;

/// Padding inside a card.
const PAD: f32 = 10.0;
/// Width for the title, beside the badge.
const TITLE_ROOM: f32 = CARD.x - 2.0 * PAD - 2.0;
/// Distance from the card's bottom to the middle of the row of icons and score.
const FOOT: f32 = 20.0;
/// Height below a title: the foot, and a small trend above the score.
const BELOW_TITLE: f32 = 42.0;
const ICON: f32 = 16.0;
/// The maximum number of channel icons: the main channel and two more.
const ICONS: usize = 3;
/// Size of the score chip, and of the sparkline above it.
const CHIP: Pt = pt(44.0, 20.0);
const SPARK: Pt = pt(40.0, 8.0);
/// Half the minimum range of scores that a sparkline's height covers: a twelfth of the scale.
const LEAST_REACH: f64 = 1.0 / 12.0;
/// Half the diagonal of a moment of truth's diamond.
const DIAMOND: f32 = 8.0;
/// Radius of the severity badge.
const BADGE: f32 = 9.5;

/// A card with its column and row. Rows are counted through all lanes.
pub(super) struct CardCell<'a> {
    pub(super) card: &'a Arc<Touchpoint>,
    pub(super) column: u32,
    pub(super) row: u32,
}

/// All visible cards, by column, lane and order.
pub(super) struct Cards<'a> {
    pub(super) all: Vec<CardCell<'a>>,
    /// The rows of each lane that holds cards, by the lane's index; the last index is the row of cards
    /// without a lane.
    pub(super) rows: Vec<Range<usize>>,
    pub(super) by_id: IdMap<TouchpointId, usize>,
    /// The height of each row; empty if all have the default height.
    heights: Vec<f32>,
}

impl<'a> Cards<'a> {
    /// Computes each card's cell.
    pub(super) fn new(journey: &'a Journey, lanes: &[&Arc<Lane>], columns: &Columns<'_>) -> Self {
        let homes = Homes::new(lanes);
        let cell = |card: &'a Arc<Touchpoint>| {
            let lane = homes.lane_index(card);
            let folded = lanes.get(lane).is_some_and(|lane| lane.folded);
            if folded {
                return None;
            }
            let column = columns.of_step(card.step)?;
            Some((column as u32, lane as u32, card.key.prefix_number(), card))
        };
        let mut found: Vec<_> = journey.touchpoints().values().filter_map(cell).collect();
        found.sort_unstable_by(|a, b| {
            // The key's prefix decides mostly, and is read without a pointer.
            let near = (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2));
            near.then_with(|| a.3.key.cmp(&b.3.key)).then_with(|| a.3.id.cmp(&b.3.id))
        });
        let mut tallest = vec![0_usize; lanes.len() + 1];
        for (index, lane) in lanes.iter().enumerate() {
            tallest[index] = usize::from(lane.kind.holds_cards() && !lane.folded);
        }
        for stack in found.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let most = &mut tallest[stack[0].1 as usize];
            *most = stack.len().max(*most);
        }
        let rows = consecutive_ranges(&tallest);
        let mut cards =
            Self { all: Vec::with_capacity(found.len()), rows, by_id: IdMap::default(), heights: Vec::new() };
        cards.by_id.reserve(found.len());
        for stack in found.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let first = cards.rows[stack[0].1 as usize].start;
            for (place, (column, .., card)) in stack.iter().enumerate() {
                cards.by_id.insert(card.id, cards.all.len());
                cards.all.push(CardCell { card, column: *column, row: (first + place) as u32 });
            }
        }
        cards
    }

    /// Returns the height of a row's cards.
    pub(super) fn row_height(&self, row: usize) -> f32 {
        self.heights.get(row).copied().unwrap_or(CARD.y)
    }

    /// Raises a row's height to at least this.
    pub(super) fn raise_row(&mut self, row: usize, height: f32) {
        if self.heights.len() <= row {
            self.heights.resize(row + 1, CARD.y);
        }
        self.heights[row] = self.heights[row].max(height);
    }

    /// Raises each row to its highest card with an unshortened title.
    pub(super) fn grow_rows(&mut self, scope: &Scope<'_>, studio: &mut Studio) {
        let mut pen = BlockPen::new(&mut studio.measure);
        let needs = |cell: &CardCell<'_>| {
            let title = pen.break_text(scope.title_or_untitled(&cell.card.title), title_setting(scope));
            (cell.row as usize, (PAD - 1.0 + title.height() + BELOW_TITLE).ceil())
        };
        let needs: Vec<(usize, f32)> = self.all.iter().map(needs).collect();
        for (row, height) in needs {
            self.raise_row(row, height);
        }
    }

    /// Returns the column of a card.
    pub(super) fn column_of(&self, id: TouchpointId) -> Option<usize> {
        Some(self.all[*self.by_id.get(&id)?].column as usize)
    }
}

fn title_setting(scope: &Scope<'_>) -> Setting {
    Setting { face: Face::SemiBold, size: text::STRONG, room: TITLE_ROOM, rows: scope.max_rows(2) }
}

/// Returns consecutive ranges of the given lengths.
fn consecutive_ranges(lengths: &[usize]) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut next = |length: &usize| {
        start += length;
        start - length..start
    };
    lengths.iter().map(&mut next).collect()
}

/// The lane of cards, by index.
struct Homes {
    by_id: IdMap<LaneId, usize>,
    by_channel: IdMap<ChannelId, usize>,
    other: usize,
}

impl Homes {
    fn new(lanes: &[&Arc<Lane>]) -> Self {
        let mut homes = Self { by_id: IdMap::default(), by_channel: IdMap::default(), other: lanes.len() };
        let touchpoints = |lane: &&Arc<Lane>| lane.kind == LaneKind::Touchpoints;
        let first = |which: &dyn Fn(&&Arc<Lane>) -> bool| lanes.iter().position(which);
        homes.other = first(&|lane| touchpoints(lane) && lane.channel.is_none())
            .or_else(|| first(&touchpoints))
            .or_else(|| first(&|lane| lane.kind.holds_cards()))
            .unwrap_or(lanes.len());
        for (index, lane) in lanes.iter().enumerate().filter(|(_, lane)| lane.kind.holds_cards()) {
            homes.by_id.insert(lane.id, index);
            if let Some(channel) = lane.channel {
                homes.by_channel.entry(channel).or_insert(index);
            }
        }
        homes
    }

    /// Returns the index of the lane that a card names, or that of its main channel, or the first.
    fn lane_index(&self, card: &Touchpoint) -> usize {
        let named = card.lane.and_then(|lane| self.by_id.get(&lane));
        let by_channel = || card.channels.first().and_then(|channel| self.by_channel.get(channel));
        named.or_else(by_channel).copied().unwrap_or(self.other)
    }
}

/// Returns the highest severity of the pains about each touchpoint.
pub(super) fn highest_severities(journey: &Journey) -> IdMap<TouchpointId, u8> {
    let mut found: IdMap<TouchpointId, u8> = IdMap::default();
    for about in journey.abouts().values() {
        let pain = about.from.to_typed().and_then(|id| journey.insights().get(&id));
        let Some(pain) = pain.filter(|insight| insight.kind == InsightKind::Pain) else { continue };
        if let Some(card) = about.to.to_typed::<TouchpointId>() {
            let most = found.entry(card).or_default();
            *most = pain.severity.unwrap_or(0).min(9).max(*most);
        }
    }
    found
}

/// The content of a score chip.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Chip {
    value: f64,
    position: Option<f64>,
    small: bool,
    whole: bool,
    signed: bool,
}

impl Chip {
    pub(super) fn from_shown(shown: &ShownScore) -> Self {
        let ShownScore { value, position, small, signed, .. } = *shown;
        Self { value, position, small, whole: words::is_whole(&shown.formula), signed }
    }

    /// Returns the figure as text.
    fn figure_text(self) -> String {
        words::format_figure(self.whole, self.signed, self.value)
    }

    /// Returns the chip's background and text colour; a difference that is not proven has no colour of the
    /// ramp.
    fn colors(self, theme: &Theme) -> RampStep {
        let plain = RampStep { fill: theme.canvas, text: theme.soft };
        self.position.map_or(plain, |position| theme.ramp_step(position))
    }
}

/// Everything that determines a card's look beside theme, language, channels and personas' names.
#[derive(PartialEq)]
pub(super) struct CardKey {
    record: Same<Touchpoint>,
    height: f32,
    personas: Vec<PersonaId>,
    severity: Option<u8>,
    chip: Option<Chip>,
    spark: Option<Same<Vec<Spark>>>,
}

/// Returns the block of a card, with its origin at the card's top left.
pub(super) fn card_block(
    scope: &Scope<'_>,
    studio: &mut Studio,
    (card, height): (&Arc<Touchpoint>, f32),
    severity: Option<u8>,
) -> Arc<Block> {
    let target = scope.overlay.and_then(|overlay| overlay.scores.get(&card.id.into()));
    let shown = target.and_then(|target| scope.overlay?.shown_score(card.id.into(), target));
    let chip = shown.as_ref().map(Chip::from_shown);
    let spark = scope.overlay.and_then(|overlay| overlay.sparks.get(&card.id.into())).cloned().map(Same);
    let personas = persona_marks::named_personas(scope, card);
    let is = |key: &CardKey| {
        Arc::ptr_eq(&key.record.0, card)
            && key.personas == personas
            && (key.height, key.severity, key.chip) == (height, severity, chip)
            && key.spark == spark
    };
    if let Some(block) = studio.cards.get_matching(card.id, is) {
        return block;
    }
    let record = Same(Arc::clone(card));
    let key = CardKey { record, height, personas, severity, chip, spark: spark.clone() };
    let measure = &mut studio.measure;
    studio.cards.get_or_draw(card.id, key, |key| {
        let pen = BlockPen::new(measure);
        let label = card_label(scope, key, target);
        CardPainter { scope, card, height, pen }.draw_card(key, label)
    })
}

/// Returns the screen reader's label: title, kind, channels, personas, marks and score.
fn card_label(scope: &Scope<'_>, key: &CardKey, target: Option<&TargetScore>) -> String {
    let card = &key.record.0;
    let mut parts = vec![
        one_line(scope.title_or_untitled(&card.title)),
        scope.message_text(Msg::Touchpoint).to_lowercase(),
    ];
    let channels = card.channels.iter().filter_map(|channel| scope.project.channels().get(channel));
    parts.extend(channels.map(|channel| one_line(&channel.name)));
    parts.extend(persona_marks::spoken_names(scope, &key.personas));
    if card.existence == Existence::Planned {
        parts.push(scope.message_text(Msg::Planned).to_lowercase());
    }
    if card.visibility == Visibility::Back {
        parts.push(scope.message_text(Msg::BackStage).to_lowercase());
    }
    if card.moment.is_some() {
        parts.push(scope.message_text(Msg::MomentOfTruth).to_lowercase());
    }
    if let Some(severity) = key.severity {
        let severity = Msg::SeverityIs.text_with(scope.lang, &[("n", &severity)]).to_lowercase();
        parts.push(format!("{} {severity}", scope.message_text(Msg::Pain).to_lowercase()));
    }
    parts.extend(target.and_then(|target| words::spoken_score(scope.lang, &target.formula, &target.score)));
    parts.join(", ")
}

struct CardPainter<'a, 's> {
    scope: &'a Scope<'s>,
    card: &'a Touchpoint,
    height: f32,
    pen: BlockPen<'a>,
}

impl CardPainter<'_, '_> {
    fn draw_card(mut self, key: &CardKey, label: String) -> Block {
        self.draw_background();
        let title =
            self.pen.break_text(self.scope.title_or_untitled(&self.card.title), title_setting(self.scope));
        let color =
            if self.card.title.trim().is_empty() { self.scope.theme.muted } else { self.scope.theme.text };
        self.pen.draw_paragraph(title, pt(PAD, PAD - 1.0), color);
        self.draw_channel_icons(if key.chip.is_some() { ICONS } else { ICONS + 1 });
        if let Some(chip) = key.chip {
            let rect = Rect::new(CARD.x - PAD - CHIP.x, self.foot_y() - CHIP.y / 2.0, CHIP.x, CHIP.y);
            draw_chip(&mut self.pen, self.scope, rect, chip);
        }
        if let Some(spark) = &key.spark {
            let rect = Rect::new(CARD.x - PAD - CHIP.x, self.foot_y() - 21.0, SPARK.x, SPARK.y);
            draw_spark(&mut self.pen, self.scope, rect, &spark.0);
        }
        if self.card.moment.is_some() {
            self.draw_moment_diamond();
        }
        if let Some(severity) = key.severity {
            self.draw_severity_badge(severity);
        }
        let rect = self.rect();
        persona_marks::draw_marks(&mut self.pen, self.scope, &key.personas, pt(PAD, rect.max.y - 1.0));
        let form = self.far_form(key);
        self.pen.set_far_form(form);
        self.pen.into_block(Some(self.card.id.into()), ScenePart::Card, rect, label)
    }

    /// Returns the card's far form.
    fn far_form(&self, key: &CardKey) -> FarForm {
        let score = key.chip.map(|chip| (chip.figure_text(), chip.colors(self.scope.theme), chip.small));
        let severity = key.severity.map(severity_text);
        let form = FarCard {
            rect: self.rect(),
            title: &one_line(self.scope.title_or_untitled(&self.card.title)),
            score,
            severity: severity.as_deref(),
            is_moment: self.card.moment.is_some(),
            is_planned: self.card.existence == Existence::Planned,
            is_back: self.card.visibility == Visibility::Back,
        };
        form.into_form(self.scope)
    }

    fn rect(&self) -> Rect {
        Rect::new(0.0, 0.0, CARD.x, self.height)
    }

    /// Returns the middle of the row of icons and score.
    fn foot_y(&self) -> f32 {
        self.height - FOOT
    }

    fn draw_background(&mut self) {
        let theme = self.scope.theme;
        let rect = self.rect();
        let planned = self.card.existence == Existence::Planned;
        if !theme.hatched && !planned {
            let shade = theme.shadow.with_alpha(theme.shadow.to_array()[3] / 2);
            self.pen.draw_rect(rect.shift_by(pt(0.0, 1.5)), radius::CARD, Some(shade), None);
        }
        let back = self.card.visibility == Visibility::Back;
        let fill = if back { theme.canvas } else { theme.raised };
        let (color, width) = match self.card.moment {
            Some(_) => (theme.moment.ink, 1.6),
            None if planned => (theme.outline, 1.2),
            None => (theme.hairline, 1.0),
        };
        let dash = planned.then_some((5.0, 4.0));
        self.pen.draw_rect(rect, radius::CARD, Some(fill), Some(Stroke { color, width, dash }));
    }

    fn draw_channel_icons(&mut self, most: usize) {
        let theme = self.scope.theme;
        let foot = self.foot_y();
        let mut x = PAD;
        for channel in self.card.channels.iter().take(most) {
            let Some(channel) = self.scope.project.channels().get(channel) else { continue };
            let icon = Icon::from_name(&channel.icon).unwrap_or(Icon::Circle);
            self.pen.draw_icon(icon, ICON, pt(x, foot), if x > PAD { theme.muted } else { theme.soft });
            x += ICON + 3.0;
        }
        if self.card.visibility == Visibility::Back && x < CARD.x - PAD - CHIP.x - ICON {
            self.pen.draw_icon(Icon::EyeOff, ICON, pt(x, foot), theme.muted);
        }
    }

    fn draw_moment_diamond(&mut self) {
        let theme = self.scope.theme;
        let x = CARD.x / 2.0;
        let points = vec![pt(x - DIAMOND, 0.0), pt(x, -DIAMOND), pt(x + DIAMOND, 0.0), pt(x, DIAMOND)];
        let stroke = Some(Stroke::solid_line(theme.raised, 2.0));
        self.pen.draw_shape(SceneShape::Polygon { points, fill: Some(theme.moment.ink), stroke });
    }

    fn draw_severity_badge(&mut self, severity: u8) {
        let pain = self.scope.theme.pain;
        let center = pt(CARD.x - 3.0, 2.0);
        self.pen.draw_circle(center, BADGE, pain.ink, Some(Stroke::solid_line(self.scope.theme.raised, 2.0)));
        self.pen.draw_text(
            &severity_text(severity),
            (Face::SemiBold, text::TINY, pain.on_ink),
            center,
            Align::Middle,
        );
    }
}

/// Returns a severity as a badge's text; an unset one (0) is an exclamation mark.
fn severity_text(severity: u8) -> String {
    if severity == 0 { "!".to_owned() } else { severity.to_string() }
}

/// Draws a score chip: the ramp's colour and the number, hatched if n is small. A difference that is not
/// proven has no colour.
pub(super) fn draw_chip(pen: &mut BlockPen<'_>, scope: &Scope<'_>, rect: Rect, chip: Chip) {
    let theme = scope.theme;
    let RampStep { fill, text: ink } = chip.colors(theme);
    let border = chip.position.is_none().then(|| Stroke::solid_line(theme.hairline, 1.0));
    pen.draw_rect(rect, radius::CHIP, Some(fill), border);
    if chip.small {
        pen.draw_hatching(rect, 5.0, Stroke::solid_line(ink.with_alpha(56), 1.0));
    }
    pen.draw_text(&chip.figure_text(), (Face::SemiBold, text::SMALL, ink), rect.center(), Align::Middle);
}

/// Draws a sparkline from wave to wave, broken where the question changed, with a point at its end.
fn draw_spark(pen: &mut BlockPen<'_>, scope: &Scope<'_>, rect: Rect, sparks: &[Spark]) {
    let last = sparks.len().saturating_sub(1).max(1) as f32;
    let (low, high) = sparks
        .iter()
        .fold((1.0_f64, 0.0_f64), |(low, high), spark| (low.min(spark.position), high.max(spark.position)));
    // It shows the trend, not the level: scaled to its own range, but with a minimum, so that a small change
    // stays small.
    let middle = f64::midpoint(low, high);
    let reach = ((high - low) / 2.0).max(LEAST_REACH);
    let at = |(place, spark): (usize, &Spark)| {
        let x = place as f32 / last;
        let y = (0.5 - (spark.position - middle) / (2.0 * reach)) as f32;
        (pt(rect.min.x + x * rect.width(), rect.min.y + y * rect.height()), spark.breaks)
    };
    let points: Vec<_> = sparks.iter().enumerate().map(at).collect();
    let stroke = Stroke::solid_line(scope.theme.soft, 1.2);
    for pair in points.windows(2).filter(|pair| !pair[1].1) {
        pen.draw_line(pair[0].0, pair[1].0, stroke);
    }
    if let Some((end, _)) = points.last() {
        pen.draw_circle(*end, 2.0, scope.theme.text, None);
    }
}
