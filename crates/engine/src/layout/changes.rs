//! Differences between two versions, marked on the map: a badge and a line style for each kind of change,
//! removed elements faded, and a legend of the marks below the map.

use super::dims::PAGE;
use super::pen::{Align, BlockPen};
use super::scope::{Scope, Studio};
use super::text::Setting;
use crate::analysis::changes::{ChangeKind, Compared, ElementMark};
use crate::i18n::Msg;
use crate::scene::{
    Block, FarForm, FarMark, FarMarkKind, FeelingAxis, PathSegment, Placed, Pt, Rect, Scene, ScenePart,
    SceneShape, Stroke, pt,
};
use crate::theme::size::{LINE_LATIN, radius, space, text};
use crate::theme::{Color, Face, Icon, Ink, Theme};
use std::sync::Arc;

/// Radius of a badge, and the distance from one to the next.
const BADGE: f32 = 9.0;
const NEXT: f32 = 18.0;
/// The maximum number of badges: more would cover the other marks on a card's edge.
const BADGES: usize = 3;
/// Share by which ghosts (removed elements and former places) fade into the background, 0 to 1.
const FADE: f32 = 0.62;
/// Height of a row of the legend.
const ROW: f32 = 26.0;

/// Adds the marks to the scene: frames behind their elements, so that the elements' own badges are not
/// covered, all others in front. Marks belong to no element, so that clicks hit the marked one.
pub(super) fn mark_changes(scope: &Scope<'_>, studio: &mut Studio, compared: &Compared, scene: &mut Scene) {
    let items = std::mem::take(&mut scene.items);
    let mut over = Vec::new();
    for mut item in items {
        if let Some(mark) = item.block.element.and_then(|id| compared.marks.get(&id)) {
            let at = item.at;
            let placed = |block: Block| Placed { at, block: Arc::new(block) };
            let frame = draw_frame(scope, BlockPen::new(&mut studio.measure), mark, &item);
            scene.items.extend(frame.map(placed));
            if mark.ghost && (is_framed(item.block.part) || item.block.part == ScenePart::Flow) {
                item.block = Arc::new(fade_block(&item.block, scope.theme.canvas));
            }
            let axis = scene.grid.feelings.iter().find(|axis| axis_covers(axis, &item)).copied();
            over.extend(drawn_over(scope, BlockPen::new(&mut studio.measure), mark, &item, axis).map(placed));
        }
        scene.items.push(item);
    }
    scene.items.extend(over);
}

/// Returns the mark in front of a changed item, in the item's coordinates.
fn drawn_over(
    scope: &Scope<'_>,
    pen: BlockPen<'_>,
    mark: &ElementMark,
    item: &Placed,
    axis: Option<FeelingAxis>,
) -> Option<Block> {
    match item.block.part {
        part if is_framed(part) => Some(draw_edge_badges(scope, pen, mark, item)),
        ScenePart::Flow => Some(draw_traced_flow(scope, pen, mark, &item.block)),
        ScenePart::Lane | ScenePart::Header => Some(draw_side_badges(scope, pen, mark, item)),
        ScenePart::CurvePoint(persona) => {
            let before = mark.felt.get(&persona)?;
            Some(draw_feeling_change(
                scope,
                pen,
                mark,
                item,
                axis.map(|axis| axis.feeling_to_y(*before as f32) - item.at.y),
            ))
        }
        _ => None,
    }
}

fn is_framed(part: ScenePart) -> bool {
    matches!(
        part,
        ScenePart::Card
            | ScenePart::StageHeader
            | ScenePart::Insight
            | ScenePart::CurveQuote
            | ScenePart::Cell
            | ScenePart::Picture
    )
}

fn axis_covers(axis: &FeelingAxis, item: &Placed) -> bool {
    let center = item.bounds().center();
    (axis.top - BADGE..=axis.bottom + BADGE).contains(&center.y)
}

/// Returns the colours of a kind of change.
pub fn change_ink(theme: &Theme, kind: ChangeKind) -> Ink {
    match kind {
        ChangeKind::Added => theme.added,
        ChangeKind::Removed => theme.removed,
        ChangeKind::Moved => theme.moved,
        ChangeKind::Rescored | ChangeKind::Reworded | ChangeKind::Relinked | ChangeKind::Changed => {
            theme.changed
        }
    }
}

/// Returns the icon of a kind of change.
pub fn change_icon(kind: ChangeKind) -> Icon {
    match kind {
        ChangeKind::Added => Icon::Plus,
        ChangeKind::Removed => Icon::Minus,
        ChangeKind::Moved => Icon::ArrowRight,
        ChangeKind::Rescored => Icon::BarChart,
        ChangeKind::Reworded => Icon::Pencil,
        ChangeKind::Relinked => Icon::Share,
        ChangeKind::Changed => Icon::Settings,
    }
}

/// Returns the sign of a kind of change for far forms.
fn change_sign(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added => "+",
        ChangeKind::Removed => "−",
        ChangeKind::Moved => "→",
        ChangeKind::Rescored | ChangeKind::Reworded | ChangeKind::Relinked | ChangeKind::Changed => "≠",
    }
}

/// Returns the line style of a kind of change: solid, dashed or dotted.
fn change_stroke(theme: &Theme, mark: &ElementMark) -> Stroke {
    let kind = mark.kinds.first().copied().unwrap_or(ChangeKind::Changed);
    let color = change_ink(theme, kind).ink;
    match kind {
        _ if mark.ghost && kind != ChangeKind::Moved => Stroke { color, width: 1.8, dash: Some((7.0, 4.0)) },
        ChangeKind::Moved if mark.ghost => Stroke { color, width: 1.8, dash: Some((2.0, 3.0)) },
        ChangeKind::Added | ChangeKind::Removed | ChangeKind::Moved => Stroke::solid_line(color, 2.4),
        ChangeKind::Rescored | ChangeKind::Reworded | ChangeKind::Relinked | ChangeKind::Changed => {
            Stroke::solid_line(color, 1.4)
        }
    }
}

/// Returns the item's label with its changes, for screen readers.
fn change_label(scope: &Scope<'_>, mark: &ElementMark, of: &str) -> String {
    let ghost = mark.ghost && mark.kinds.contains(&ChangeKind::Moved);
    let kinds = mark.kinds.iter().map(|kind| scope.message_text(kind.display_name()).to_lowercase());
    let kinds: Vec<String> =
        kinds.chain(ghost.then(|| scope.message_text(Msg::ChangeGhost).to_lowercase())).collect();
    format!("{of}, {}", kinds.join(", "))
}

/// Returns the same block, faded into the background. Its colours change instead of its opacity, since the
/// screen draws all text above all shapes.
fn fade_block(block: &Block, ground: Color) -> Block {
    let fade = |color: Color| color.mix_with(ground.with_alpha(color.to_array()[3]), FADE);
    let mut faded = block.clone();
    faded.shapes.iter_mut().for_each(|shape| fade_shape(shape, fade));
    if let Some(far) = &mut faded.far {
        far.shapes.iter_mut().for_each(|shape| fade_shape(shape, fade));
        for words in far.figure.iter_mut().chain(&mut far.title) {
            words.ink = fade(words.ink);
            words.plate = words.plate.map(|(fill, edge)| (fade(fill), fade(edge)));
        }
        for mark in &mut far.marks {
            (mark.fill, mark.edge) = (fade(mark.fill), fade(mark.edge));
            if let FarMarkKind::Badge(_, ink) = &mut mark.kind {
                *ink = fade(*ink);
            }
        }
    }
    faded
}

fn fade_shape(shape: &mut SceneShape, fade: impl Fn(Color) -> Color) {
    let fill_and_line = |fill: &mut Option<Color>, stroke: &mut Option<Stroke>| {
        *fill = fill.map(&fade);
        *stroke = stroke.map(|stroke| Stroke { color: fade(stroke.color), ..stroke });
    };
    match shape {
        SceneShape::Rect { fill, stroke, .. }
        | SceneShape::Polygon { fill, stroke, .. }
        | SceneShape::Circle { fill, stroke, .. } => fill_and_line(fill, stroke),
        SceneShape::Path { stroke, .. } => stroke.color = fade(stroke.color),
        SceneShape::Band { fill, .. } => *fill = fade(*fill),
        SceneShape::Text(row) => row.color = fade(row.color),
        SceneShape::Image { .. } => {}
    }
}

/// Returns the rectangle and corner radius of a frame: of a card only its body, which diamond and badge
/// overhang.
fn framed_rect(item: &Placed) -> (Rect, f32) {
    match item.block.part {
        ScenePart::Card => (card_rect(&item.block), radius::CARD),
        ScenePart::StageHeader => (item.block.bounds, radius::CARD),
        _ => (item.block.bounds, radius::CONTROL),
    }
}

/// Returns a card's body without the marks on its border.
fn card_rect(block: &Block) -> Rect {
    let ground = block.shapes.iter().find_map(|shape| match shape {
        SceneShape::Rect { rect, stroke: Some(_), .. } => Some(*rect),
        _ => None,
    });
    ground.unwrap_or(block.bounds)
}

/// Returns the frame behind a changed item; `None` for ghosts, which get theirs in front.
fn draw_frame(scope: &Scope<'_>, mut pen: BlockPen<'_>, mark: &ElementMark, item: &Placed) -> Option<Block> {
    if mark.ghost || !is_framed(item.block.part) {
        return None;
    }
    let (rect, round) = framed_rect(item);
    let stroke = change_stroke(scope.theme, mark);
    let out = rect.grow_by(1.0 + stroke.width / 2.0);
    pen.draw_rect(out, round + 1.0, None, Some(stroke));
    Some(pen.into_block(None, ScenePart::Change, rect, String::new()))
}

/// Returns the badges on the upper edge of a card or note; a ghost also gets its frame.
fn draw_edge_badges(scope: &Scope<'_>, mut pen: BlockPen<'_>, mark: &ElementMark, item: &Placed) -> Block {
    let (rect, round) = framed_rect(item);
    if mark.ghost {
        pen.draw_rect(rect, round, None, Some(change_stroke(scope.theme, mark)));
    }
    draw_badges(scope.theme, &mut pen, mark, pt(rect.min.x + 2.0, rect.min.y));
    pen.into_block(None, ScenePart::Change, rect, change_label(scope, mark, &item.block.label))
}

/// Draws badges in a row, the first centred at `first`; the far form shows only that one.
fn draw_badges(theme: &Theme, pen: &mut BlockPen<'_>, mark: &ElementMark, first: Pt) {
    let signs = mark.kinds.iter().take(1).map(|kind| {
        let ink = change_ink(theme, *kind);
        let kind = FarMarkKind::Badge(change_sign(*kind).to_owned(), ink.on_ink);
        FarMark { at: first, radius: BADGE, fill: ink.ink, edge: theme.raised, kind }
    });
    pen.set_far_form(FarForm {
        shapes: pen.shapes_without_text(),
        marks: signs.collect(),
        ..FarForm::default()
    });
    let mut center = first;
    for kind in mark.kinds.iter().take(BADGES) {
        draw_badge(theme, pen, *kind, center);
        center.x += NEXT;
    }
}

fn draw_badge(theme: &Theme, pen: &mut BlockPen<'_>, kind: ChangeKind, center: Pt) {
    let ink = change_ink(theme, kind);
    pen.draw_circle(center, BADGE, ink.ink, Some(Stroke::solid_line(theme.raised, 1.5)));
    let size = 12.0;
    pen.draw_icon(change_icon(kind), size, pt(center.x - size / 2.0, center.y), ink.on_ink);
}

/// Returns a flow's line traced in the colour of its change, with the badge in its middle.
fn draw_traced_flow(scope: &Scope<'_>, mut pen: BlockPen<'_>, mark: &ElementMark, block: &Block) -> Block {
    let stroke = Stroke { width: 2.6, ..change_stroke(scope.theme, mark) };
    let mut middle = None;
    for shape in &block.shapes {
        match shape {
            SceneShape::Path { start, segments, .. } => {
                middle = middle.or_else(|| Some(path_midpoint(*start, segments)));
                pen.draw_shape(SceneShape::Path { start: *start, segments: segments.clone(), stroke });
            }
            SceneShape::Polygon { points, .. } => {
                pen.draw_shape(SceneShape::Polygon {
                    points: points.clone(),
                    fill: Some(stroke.color),
                    stroke: None,
                });
            }
            SceneShape::Rect { .. }
            | SceneShape::Circle { .. }
            | SceneShape::Band { .. }
            | SceneShape::Text(_)
            | SceneShape::Image { .. } => {}
        }
    }
    let middle = middle.unwrap_or_else(|| block.bounds.center());
    draw_badges(scope.theme, &mut pen, mark, middle);
    let room = Rect::from_two_points(middle, middle);
    pen.into_block(None, ScenePart::Change, room, change_label(scope, mark, &block.label))
}

/// Returns the point halfway along a path by length.
fn path_midpoint(start: Pt, segments: &[PathSegment]) -> Pt {
    let points = crate::scene::flatten_path(start, segments, 12);
    let lengths: Vec<f32> =
        points.windows(2).map(|pair| (pair[1].x - pair[0].x).hypot(pair[1].y - pair[0].y)).collect();
    let mut left = lengths.iter().sum::<f32>() / 2.0;
    for (pair, length) in points.windows(2).zip(&lengths) {
        if left <= *length && *length > 0.0 {
            let share = left / length;
            return pair[0] + pt((pair[1].x - pair[0].x) * share, (pair[1].y - pair[0].y) * share);
        }
        left -= length;
    }
    start
}

/// Returns badges at the left edge of an item that spans the page.
fn draw_side_badges(scope: &Scope<'_>, mut pen: BlockPen<'_>, mark: &ElementMark, item: &Placed) -> Block {
    let bounds = item.block.bounds;
    let lead = if item.block.part == ScenePart::Header { pt(PAGE, PAGE) } else { bounds.min };
    let first = pt(
        lead.x + 1.0 - BADGE / 2.0,
        lead.y + if item.block.part == ScenePart::Header { 14.0 } else { 4.0 },
    );
    if mark.ghost {
        pen.draw_rect(bounds, radius::CARD, None, Some(change_stroke(scope.theme, mark)));
    }
    draw_badges(scope.theme, &mut pen, mark, first);
    pen.into_block(
        None,
        ScenePart::Change,
        Rect::from_two_points(first, first),
        change_label(scope, mark, &item.block.label),
    )
}

/// Returns a ring round a persona's feeling, with a line to its former height.
fn draw_feeling_change(
    scope: &Scope<'_>,
    mut pen: BlockPen<'_>,
    mark: &ElementMark,
    item: &Placed,
    before: Option<f32>,
) -> Block {
    let center = item.block.bounds.center();
    let stroke = Stroke::solid_line(change_ink(scope.theme, ChangeKind::Rescored).ink, 1.6);
    if let Some(y) = before.filter(|y| (y - center.y).abs() > 4.0) {
        let was = pt(center.x, y);
        let end = if y > center.y { 6.0 } else { -6.0 };
        let dotted = Stroke { dash: Some((2.0, 2.0)), ..stroke };
        pen.draw_line(center + pt(0.0, end), was, dotted);
        pen.draw_circle(was, 3.5, scope.theme.surface, Some(stroke));
    }
    draw_ring(&mut pen, center, stroke);
    pen.into_block(
        None,
        ScenePart::Change,
        Rect::from_two_points(center, center),
        change_label(scope, mark, &item.block.label),
    )
}

fn draw_ring(pen: &mut BlockPen<'_>, center: Pt, stroke: Stroke) {
    pen.draw_shape(SceneShape::Circle { center, radius: 7.5, fill: None, stroke: Some(stroke) });
}

/// Returns the names of the compared versions and the legend of the marks; its origin is its top left, its
/// width at most `room`.
pub(super) fn draw_legend(scope: &Scope<'_>, studio: &mut Studio, compared: &Compared, room: f32) -> Block {
    let theme = scope.theme;
    let mut pen = BlockPen::new(&mut studio.measure);
    let [old, new] = &compared.names;
    let names = Msg::ComparedVersions.text_with(scope.lang, &[("old", old), ("new", new)]);
    let mut at = pt(0.0, ROW / 2.0);
    let setting = Setting { face: Face::SemiBold, size: text::SMALL, room, rows: scope.max_rows(1) };
    let set = pen.break_text(&names, setting);
    let width = set.width();
    let below = set.height() - set.line;
    pen.draw_paragraph(set, pt(0.0, (ROW - setting.size * LINE_LATIN) / 2.0), theme.text);
    at = at + pt(width + space::XL, below.max(0.0));
    let marks = |kind: ChangeKind| compared.marks.values().any(|mark| mark.kinds.contains(&kind));
    let ghost = compared.marks.values().any(|mark| mark.ghost && mark.kinds.contains(&ChangeKind::Moved));
    let mut entry = |pen: &mut BlockPen<'_>, word: &str, draw: &dyn Fn(&mut BlockPen<'_>, Pt)| {
        let style = (Face::Regular, text::SMALL, theme.text);
        let width = 2.0 * BADGE + space::S + pen.measure.text_width(style.0, style.1, word) + space::L;
        if at.x > 0.0 && at.x + width > room {
            at = pt(0.0, at.y + ROW);
        }
        draw(pen, at + pt(BADGE, 0.0));
        pen.draw_text(word, style, at + pt(2.0 * BADGE + space::S, 0.0), Align::Start);
        at.x += width;
    };
    for kind in ChangeKind::ALL.into_iter().filter(|kind| marks(*kind)) {
        entry(&mut pen, scope.message_text(kind.display_name()), &|pen, center| {
            draw_badge(theme, pen, kind, center);
        });
    }
    if ghost {
        let dots = Stroke { color: theme.moved.ink, width: 1.8, dash: Some((2.0, 3.0)) };
        entry(&mut pen, scope.message_text(Msg::ChangeGhost), &|pen, center| {
            let rect = Rect::from_two_points(center - pt(BADGE, 7.0), center + pt(BADGE, 7.0));
            pen.draw_rect(rect, radius::CHIP, None::<Color>, Some(dots));
        });
    }
    if compared.marks.is_empty() {
        let said = scope.message_text(Msg::NothingDiffers);
        pen.draw_text(said, (Face::Regular, text::SMALL, theme.soft), at, Align::Start);
    }
    let rect = Rect::new(0.0, 0.0, room, at.y + ROW / 2.0);
    pen.into_block(None, ScenePart::Legend, rect, names)
}
