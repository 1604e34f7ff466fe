//! The top of the page: the journey's title, goal, personas and own scores, and below them the stage headers.

use super::cards::{Chip, draw_chip};
use super::dims::{OVERHANG, PAGE, STAGE_GAP};
use super::far;
use super::feelings::draw_persona;
use super::pen::{Align, BlockPen};
use super::scope::{Scope, Studio};
use super::text::{Paragraph, Setting, one_line};
use super::words;
use crate::feedback::overlay::TargetScore;

use crate::i18n::{Msg, Worded, n_words};
use crate::scene::{Block, Placed, Rect, ScenePart, StageSpan, Stroke, pt};
use crate::theme::Face;
use crate::theme::size::{radius, space, text};
use std::sync::Arc;

/// Height of the row of personas and scores.
const ROW: f32 = 28.0;
/// Padding inside a stage's header, and the height of its accent bar.
const PAD: f32 = 12.0;
const BAR: f32 = 4.0;

/// Returns the journey's header, from the page's top left to `right`, and the bottom of its title.
pub(super) fn draw_journey(scope: &Scope<'_>, studio: &mut Studio, right: f32) -> (Block, f32) {
    let info = scope.journey.info();
    let mut pen = BlockPen::new(&mut studio.measure);
    let room = right - PAGE;
    let shown =
        if info.title.trim().is_empty() { scope.message_text(Msg::UntitledJourney) } else { &info.title };
    let title = pen.break_text(
        shown,
        Setting { face: Face::SemiBold, size: text::DISPLAY, room, rows: scope.max_rows(2) },
    );
    let titled = draw_title(scope, &mut pen, title, room);
    let mut y = titled;
    let scores: Vec<&TargetScore> =
        scope.overlay.map(|overlay| overlay.scores_of(info.id.into()).collect()).unwrap_or_default();
    if !scope.personas.is_empty() || scores.iter().any(|score| score.score.value.is_some()) {
        y = draw_scores_and_personas(scope, &mut pen, &scores, (y, right));
    }
    let rect = Rect { min: pt(PAGE, 0.0), max: pt(right, y + space::S) };
    let own =
        scores.iter().find_map(|target| words::spoken_score(scope.lang, &target.formula, &target.score));
    let far = [Some(one_line(shown)), own].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let above = Rect { min: pt(PAGE, PAGE / 2.0), max: pt(right, titled) };
    pen.set_far_form(far::journey_form(above, far, scope.theme.text));
    (pen.into_block(Some(info.id.into()), ScenePart::Header, rect, one_line(shown)), titled)
}

/// Draws the title, and state and goal on its last row, or below it if they don't fit. Returns their bottom.
fn draw_title(scope: &Scope<'_>, pen: &mut BlockPen<'_>, title: Paragraph, room: f32) -> f32 {
    let info = scope.journey.info();
    let state = scope.message_text(info.state.display_name()).to_owned();
    let goal = one_line(&info.goal);
    let whole = if goal.is_empty() { state } else { format!("{state} · {goal}") };
    let start = title.rows.last().map_or(0.0, |row| row.width) + space::XL;
    let last = title.line;
    let top = PAGE;
    let end = pen.draw_paragraph(title, pt(PAGE, top), scope.theme.text);
    let face = Face::Regular;
    let size = text::BODY;
    if start + pen.measure.text_width(face, size, &whole) <= room {
        // On the title's baseline: capitals of the two sizes have different middles.
        let drop = (text::DISPLAY - text::BODY) * 0.364;
        let at = pt(PAGE + start, end - last / 2.0 + drop);
        pen.draw_text(&whole, (face, size, scope.theme.soft), at, Align::Start);
        return end + space::XS;
    }
    let below = pen.break_text(&whole, Setting { face, size, room, rows: scope.max_rows(3) });
    pen.draw_paragraph(below, pt(PAGE, end), scope.theme.soft) + space::XS
}

/// Draws the journey's scores with their n, then personas with their marks, as far as there is room; if texts
/// are not clamped, in further rows. Returns the bottom of the last row.
fn draw_scores_and_personas(
    scope: &Scope<'_>,
    pen: &mut BlockPen<'_>,
    scores: &[&TargetScore],
    (top, right): (f32, f32),
) -> f32 {
    let mut x = PAGE;
    let mut y = top + ROW / 2.0;
    for target in scores {
        let Some(shown) =
            scope.overlay.and_then(|overlay| overlay.shown_score(scope.journey.info().id.into(), target))
        else {
            continue;
        };
        let chip = Chip::from_shown(&shown);
        let name = scope.message_text(target.formula.kind.display_name());
        let n = n_words(scope.lang, shown.n);
        let mut width = |face, text: &str| pen.measure.text_width(face, text::SMALL, text);
        let needed = width(Face::SemiBold, name) + width(Face::Regular, &n) + 44.0 + 2.0 * space::S;
        if x + needed > right {
            if !scope.is_whole() {
                break;
            }
            (x, y) = (PAGE, y + ROW);
        }
        x += pen.draw_text(name, (Face::SemiBold, text::SMALL, scope.theme.text), pt(x, y), Align::Start)
            + space::S;
        draw_chip(pen, scope, Rect::new(x, y - 10.0, 44.0, 20.0), chip);
        x += 44.0 + space::S;
        x += pen.draw_text(&n, (Face::Regular, text::SMALL, scope.theme.soft), pt(x, y), Align::Start)
            + space::XL;
    }
    for index in 0..scope.personas.len() {
        let name = one_line(scope.title_or_untitled(&scope.personas[index].name));
        if x + 18.0 + pen.measure.text_width(Face::Regular, text::BODY, &name) > right {
            if !scope.is_whole() {
                break;
            }
            let is_first = x <= PAGE;
            (x, y) = (PAGE, if is_first { y } else { y + ROW });
        }
        let (width, below) = draw_persona(pen, scope, index, (pt(x, y), right));
        x += width + space::XL;
        y += below;
    }
    y + ROW / 2.0
}

/// The stage headers with their top at 0, all of one height.
pub(super) struct StageHeaders {
    pub(super) height: f32,
    pub(super) items: Vec<Placed>,
    pub(super) spans: Vec<StageSpan>,
}

/// Lays out all stage headers over their columns. They are at least as high as the labels of the flows
/// between them (`labels`). In the far form their names may extend `rise` into the room above them.
pub(super) fn layout_stages(scope: &Scope<'_>, studio: &mut Studio, labels: f32, rise: f32) -> StageHeaders {
    let mut texts = Vec::new();
    let mut height = 0.0_f32;
    for stage in &scope.columns.stages {
        let span = scope.columns.range_span(&stage.columns);
        let room = span.1 - span.0 + 2.0 * (OVERHANG - PAD);
        let mut pen = BlockPen::new(&mut studio.measure);
        let strong = Setting { face: Face::SemiBold, size: text::STRONG, room, rows: scope.max_rows(2) };
        let title = pen.break_text(scope.title_or_untitled(&stage.stage.title), strong);
        let soft = Setting { face: Face::Regular, size: text::SMALL, room, rows: scope.max_rows(2) };
        let description = pen.break_text(&stage.stage.description, soft);
        height = height.max(title.height() + description.height());
        texts.push((span, title, description));
    }
    let height = if texts.is_empty() { 0.0 } else { (BAR + PAD - 2.0 + height + PAD - 2.0).max(labels) };
    let mut headers = StageHeaders { height, items: Vec::new(), spans: Vec::new() };
    let lefts: Vec<f32> = texts.iter().map(|(span, ..)| span.0 - OVERHANG).collect();
    for (index, (span, title, description)) in texts.into_iter().enumerate() {
        let rect = Rect::new(span.0 - OVERHANG, 0.0, span.1 - span.0 + 2.0 * OVERHANG, height);
        let pen = BlockPen::new(&mut studio.measure);
        let beyond = lefts.get(index + 1).map_or(STAGE_GAP, |next| next - rect.max.x) - OVERHANG;
        headers.items.push(draw_stage(scope, pen, index, (rect, title, description), (beyond, rise)));
        headers.spans.push(StageSpan { stage: scope.columns.stages[index].stage.id, header: rect, span });
    }
    headers
}

fn draw_stage(
    scope: &Scope<'_>,
    mut pen: BlockPen<'_>,
    index: usize,
    (rect, title, description): (Rect, Paragraph, Paragraph),
    spare: (f32, f32),
) -> Placed {
    let theme = scope.theme;
    let stage = scope.columns.stages[index].stage;
    let own = Rect::new(0.0, 0.0, rect.width(), rect.height());
    pen.draw_rect(own, radius::CARD, Some(theme.raised), Some(Stroke::solid_line(theme.hairline, 1.0)));
    pen.draw_rect(Rect::new(0.0, 0.0, rect.width(), BAR), BAR / 2.0, Some(theme.stage_color(index)), None);
    let color = if stage.title.trim().is_empty() { theme.muted } else { theme.text };
    let name = one_line(scope.title_or_untitled(&stage.title));
    pen.set_far_form(far::stage_form(pen.shapes_without_text(), own, spare, (name.clone(), color)));
    let y = pen.draw_paragraph(title, pt(PAD, BAR + PAD - 2.0), color);
    pen.draw_paragraph(description, pt(PAD, y), theme.soft);
    let mut label = format!("{name}, {}", scope.message_text(Msg::Stage).to_lowercase());
    if !stage.description.trim().is_empty() {
        label = format!("{label}, {}", one_line(&stage.description));
    }
    let block = Arc::new(pen.into_block(Some(stage.id.into()), ScenePart::StageHeader, own, label));
    Placed { at: rect.min, block }
}
