//! The hover note: title and short lines about the element under the pointer, if the map shows its words cut
//! or left out. It is placed beside the element, clear of its neighbours' words.

use super::camera::CameraView;
use super::fonts;
use super::io::CanvasInput;
use super::note_words::NoteWords;
use super::paint::{FAR_FORMS, Paint};
use super::selection::{body_rect, is_stop};
use super::{Canvas, NEAR, overlay};
use crate::app::style::to_color32;
use egui::text::LayoutJob;
use egui::{
    Color32, CornerRadius, Galley, Order, Painter, Pos2, Rect, Stroke, StrokeKind, Ui, Vec2, pos2, vec2,
};
use engine::scene::{Placed, ScenePart, SceneShape};
use engine::theme::Face;
use engine::theme::size::{radius, space, text};
use std::sync::Arc;

/// The maximum width of a note, and the radius around an element in which neighbours count, in points of the
/// screen.
const WIDEST: f32 = 300.0;
const REACH: f32 = 520.0;
/// The same radius at a small zoom, where neighbours are many and few of them show words.
const REACH_AFAR: f32 = 180.0;
/// The maximum number of rectangles that a note avoids, the nearest first: more would take longer than a
/// frame.
const MOST_TAKEN: usize = 300;
/// Gap between an element and its note.
const GAP: f32 = 6.0;
/// Number and length of the steps away from its element at which a note is tried.
const STEPS: u8 = 16;
const STEP: f32 = 12.0;

/// True if the words of an item can't be read whole where the pointer is: a text is cut, or a far form leaves
/// it out. `near` are the items around it.
pub(super) fn is_needed(
    paint: &mut Paint,
    view: &CameraView,
    input: &CanvasInput<'_>,
    item: &Placed,
    near: &[&Placed],
) -> bool {
    let block = &item.block;
    let is_selected = block.element.is_some_and(|id| input.selection.contains(&id));
    let is_frozen = match block.part {
        ScenePart::StageHeader => view.frozen.stages.is_some(),
        ScenePart::Lane => view.frozen.lanes.is_some(),
        _ => false,
    };
    let is_far = view.zoom < FAR_FORMS;
    match block.part {
        // Frozen headers are drawn at a readable size, and so is the label of a selected flow.
        _ if is_frozen => block.cut,
        ScenePart::Flow | ScenePart::FlowLabel if is_selected => false,
        ScenePart::Flow | ScenePart::FlowLabel => near.iter().any(|other| {
            let is_label = other.block.part == ScenePart::FlowLabel && other.block.element == block.element;
            is_label && (is_far || other.block.cut)
        }),
        ScenePart::CurveQuote => is_far || block.cut,
        ScenePart::Lane | ScenePart::Header => !paint.is_whole(item, view.zoom),
        part => is_stop(part) && !paint.is_whole(item, view.zoom),
    }
}

impl Canvas {
    /// Draws hover, handles and the tooltip of the element under the pointer.
    pub(super) fn show_hints(
        &mut self,
        ui: &Ui,
        response: &egui::Response,
        view: &CameraView,
        input: &CanvasInput<'_>,
    ) {
        let Some(target) = self.hover else { return self.invite_feeling(ui, response, view, input) };
        let theme = input.theme();
        let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(view.part_clip_rect(target.part)));
        overlay::draw_hover_border(&painter, view, &target, theme);
        if !input.read_only && view.zoom > NEAR {
            overlay::draw_handles(
                &painter,
                &overlay::flow_handles(view, &target),
                response.hover_pos(),
                theme,
            );
        }
        let is = |item: &&&Placed| item.block.element == Some(target.id) && item.block.part == target.part;
        let around = target.body.grow_by(neighbour_radius(view.zoom));
        let seen = self.paint.index().items_in(input.scene, around);
        let Some(item) = seen.iter().find(is) else { return };
        let label = item.block.label.as_str();
        if matches!(target.part, ScenePart::Score | ScenePart::CurvePoint(_)) {
            egui::Tooltip::for_widget(response).at_pointer().show(|ui| {
                if !(input.tooltip)(ui, target.id, target.part) {
                    ui.label(label);
                }
            });
        } else if is_needed(&mut self.paint, view, input, item, &seen)
            && let Some(words) = NoteWords::for_item(input, item)
        {
            show(ui, view, input, (item, target.body), &words, &seen);
        }
    }
}

/// Returns the radius around an element in which neighbours count, in points of the page.
pub(super) fn neighbour_radius(zoom: f32) -> f32 {
    (if zoom < FAR_FORMS { REACH_AFAR } else { REACH }) / zoom
}

/// Shows the note of an item, whose body is given, among its neighbours.
pub(super) fn show(
    ui: &Ui,
    view: &CameraView,
    input: &CanvasInput<'_>,
    (item, body): (&Placed, engine::scene::Rect),
    words: &NoteWords,
    near: &[&Placed],
) {
    let theme = input.theme();
    let galleys = lay_out(ui, view, input, words);
    let pad = vec2(space::S, space::S * 0.75);
    let text = galleys
        .iter()
        .fold(Vec2::ZERO, |size, galley| vec2(size.x.max(galley.size().x), size.y + galley.size().y));
    let size = text + 2.0 * pad;
    let others = near.iter().filter(|other| other.block.element != item.block.element);
    let body = view.part_screen_rect(item.block.part, body);
    let mut taken: Vec<Rect> = others.flat_map(|other| words_of(other, view)).collect();
    if taken.len() > MOST_TAKEN {
        let distance = |rect: &Rect| rect.center().distance_sq(body.center());
        taken.select_nth_unstable_by(MOST_TAKEN, |a, b| distance(a).total_cmp(&distance(b)));
        taken.truncate(MOST_TAKEN);
    }
    // Frozen headers are never covered where the window is large enough.
    let content = view.content_rect();
    let is_large = content.width() > 2.0 * size.x && content.height() > 2.0 * size.y;
    let at = place_note(size, body, &taken, if is_large { content } else { view.rect });
    let layer = egui::LayerId::new(Order::Tooltip, ui.scope_id().with("hover note"));
    let painter: Painter = ui.ctx().layer_painter(layer).with_clip_rect(view.rect);
    let rect = Rect::from_min_size(at, size);
    let round = CornerRadius::from(radius::CONTROL);
    overlay::draw_shadow(&painter, rect, theme);
    painter.rect(
        rect,
        round,
        to_color32(theme.raised),
        Stroke::new(1.0, to_color32(theme.outline)),
        StrokeKind::Inside,
    );
    let mut at = rect.min + pad;
    for galley in galleys {
        let height = galley.size().y;
        painter.galley(at, galley, Color32::PLACEHOLDER);
        at.y += height;
    }
    let lines = words.lines.iter().map(String::as_str);
    let name = std::iter::once(words.title.as_str()).chain(lines).collect::<Vec<_>>().join("\n");
    let node = ui.scope_id().with("hover note");
    ui.ctx().accesskit_node_builder(node, |builder| {
        builder.set_role(egui::accesskit::Role::Tooltip);
        builder.set_label(name);
    });
}

/// Lays out the title in as many rows as it takes, and each line below it in one row.
fn lay_out(ui: &Ui, view: &CameraView, input: &CanvasInput<'_>, words: &NoteWords) -> Vec<Arc<Galley>> {
    let theme = input.theme();
    let row = |text: &str, face, ink, rows: usize| {
        let mut job =
            LayoutJob::simple(text.to_owned(), fonts::font_id(face, text::SMALL), to_color32(ink), WIDEST);
        job.wrap.max_rows = rows;
        ui.painter().layout_job(job)
    };
    let most = (view.rect.height() / (2.0 * text::SMALL)).max(1.0) as usize;
    let face = if words.is_name { Face::SemiBold } else { Face::Regular };
    let title = row(&words.title, face, theme.text, most);
    let lines = words.lines.iter().map(|line| row(line, Face::Regular, theme.soft, 1));
    std::iter::once(title).chain(lines).collect()
}

/// Returns the screen rectangles of a neighbour's words: its rows of text, or all of it at a small zoom.
pub(super) fn words_of(item: &Placed, view: &CameraView) -> Vec<Rect> {
    if !(is_stop(item.block.part) || matches!(item.block.part, ScenePart::FlowLabel | ScenePart::Header)) {
        return Vec::new();
    }
    if view.zoom < FAR_FORMS {
        return vec![view.screen_rect(body_rect(item))];
    }
    let row = |shape: &SceneShape| match shape {
        SceneShape::Text(row) if row.face != Face::Icon => {
            let top = row.origin - engine::scene::pt(0.0, row.size);
            let rect = engine::scene::Rect::new(top.x, top.y, row.width, row.size * 1.25);
            Some(view.screen_rect(rect.shift_by(item.at)))
        }
        _ => None,
    };
    item.block.shapes.iter().filter_map(row).collect()
}

/// Returns the top left corner of a note: as near to its element as keeps the element and `taken` free; if
/// nothing is free, the place that covers least.
fn place_note(size: Vec2, element: Rect, taken: &[Rect], window: Rect) -> Pos2 {
    let window = window.shrink(GAP);
    let inside = |at: Pos2| {
        let most = (window.max - size).max(window.min);
        at.clamp(window.min, most)
    };
    let covered = |at: Pos2| {
        let rect = Rect::from_min_size(at, size);
        let over = |other: &Rect| rect.intersect(*other);
        let area = |rect: Rect| rect.width().max(0.0) * rect.height().max(0.0);
        let own = area(over(&element));
        taken.iter().map(|other| area(over(other))).sum::<f32>() + 2.0 * own
    };
    let mut best: Option<(f32, Pos2)> = None;
    for step in 0..STEPS {
        let away = GAP + f32::from(step) * STEP;
        let left = element.min.x - size.x - away;
        let right = element.max.x + away;
        let above = element.min.y - size.y - away;
        let below = element.max.y + away;
        let x = element.center().x - size.x / 2.0;
        let y = element.center().y - size.y / 2.0;
        let tries = [
            pos2(element.min.x, below),
            pos2(element.min.x, above),
            pos2(x, below),
            pos2(x, above),
            pos2(right, element.min.y),
            pos2(left, element.min.y),
            pos2(right, y),
            pos2(left, y),
            pos2(right, below),
            pos2(left, below),
            pos2(right, above),
            pos2(left, above),
        ];
        for at in tries.map(inside) {
            let covers = covered(at);
            if best.is_none_or(|(least, _)| covers < least) {
                best = Some((covers, at));
            }
            if covers <= 0.0 {
                return at;
            }
        }
    }
    best.map_or(element.min, |(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_covers_neither_its_element_nor_its_neighbours_words() {
        let window = Rect::from_min_size(Pos2::ZERO, vec2(1200.0, 800.0));
        let card = |column: f32, row: f32| {
            Rect::from_min_size(pos2(40.0 + column * 144.0, 60.0 + row * 110.0), vec2(120.0, 88.0))
        };
        let words = |card: Rect| Rect::from_min_size(card.min + vec2(10.0, 10.0), vec2(90.0, 36.0));
        for (column, row) in [(0.0, 0.0), (3.0, 2.0), (7.0, 5.0)] {
            let element = card(column, row);
            let all = (0..8_u8).flat_map(|x| (0..6_u8).map(move |y| (f32::from(x), f32::from(y))));
            let taken: Vec<Rect> =
                all.filter(|cell| *cell != (column, row)).map(|(x, y)| words(card(x, y))).collect();
            for size in [vec2(120.0, 40.0), vec2(160.0, 44.0)] {
                let at = Rect::from_min_size(place_note(size, element, &taken, window), size);
                assert!(window.contains_rect(at), "{at:?} leaves the window");
                assert!(!at.intersects(element), "{at:?} covers its own {element:?}");
                let covered = taken.iter().find(|other| other.intersects(at));
                assert!(covered.is_none(), "{at:?} covers {covered:?}");
            }
        }
    }

    #[test]
    fn where_nothing_is_free_the_least_is_covered_and_the_window_kept() {
        let window = Rect::from_min_size(Pos2::ZERO, vec2(300.0, 200.0));
        let taken = [Rect::from_min_size(Pos2::ZERO, vec2(300.0, 100.0))];
        let element = Rect::from_min_size(pos2(20.0, 20.0), vec2(60.0, 40.0));
        let at =
            Rect::from_min_size(place_note(vec2(250.0, 120.0), element, &taken, window), vec2(250.0, 120.0));
        assert!(window.contains_rect(at) && at.min.y >= 70.0, "{at:?}");
        let larger = place_note(vec2(900.0, 900.0), element, &taken, window);
        assert!(window.contains(larger));
    }
}
