//! The list of comments to choose from; only the visible ones are drawn, however many there are. Space ticks
//! the focused comment, arrow keys move between comments.

use super::form::QuoteForm;
use crate::app::style::{font_id, to_color32, to_corner_radius};
use crate::panels::widgets::hint_label;
use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align2, Color32, EventFilter, FontId, Galley, Id, Key, Modifiers, Rect, Response, Role, ScrollArea,
    Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};
use engine::i18n::{Lang, Msg, format_count};
use engine::survey::comments::Comment;
use engine::theme::size::{radius, text};
use engine::theme::{Face, Icon, Theme};
use std::sync::Arc;

/// Height of a comment: two rows of text, and its origin.
const ROW: f32 = 62.0;
/// Largest number of text rows; the tooltip shows the rest.
const TEXT_ROWS: usize = 2;
/// Side of a check box, and the width it takes with its margins.
const BOX: f32 = 16.0;
const BESIDE: f32 = 36.0;

/// Shows the comments that match the search.
pub(super) fn show(ui: &mut Ui, lang: Lang, theme: &Theme, form: &mut QuoteForm, height: f32) {
    form.in_list = false;
    let hits: Vec<usize> = form.search_hits().to_vec();
    ui.spacing_mut().item_spacing.y = 2.0;
    let scroll = ScrollArea::vertical().id_salt("comments").auto_shrink(false);
    let scroll = scroll.max_height(height).min_scrolled_height(height);
    if hits.is_empty() {
        scroll.show(ui, |ui| {
            let none = if form.found.is_none() { Msg::QuotesReading } else { Msg::QuotesNone };
            hint_label(ui, theme, none.text(lang));
        });
        return;
    }
    let marked = form.marked.filter(|place| *place < hits.len());
    scroll.show_rows(ui, ROW, hits.len(), |ui, shown| {
        let top = ui.max_rect().top();
        let step = ROW + ui.spacing().item_spacing.y;
        if let Some(place) = marked {
            let from = top + (place as f32 - shown.start as f32) * step;
            let rect = Rect::from_min_size(pos2(ui.max_rect().left(), from), vec2(1.0, ROW));
            ui.scroll_to_rect(rect.expand2(vec2(0.0, step / 2.0)), None);
        }
        for place in shown {
            let found = hits.get(place).and_then(|hit| form.found.as_ref()?.list.get(*hit));
            let Some(comment) = found.cloned() else { continue };
            let response = comment_row(ui, lang, theme, form, &comment);
            if marked == Some(place) {
                response.request_focus();
                form.marked = None;
            }
            if response.clicked() {
                form.toggle_comment(&comment);
            }
            if response.gained_focus() {
                response.scroll_to_me(None);
            }
            if response.has_focus() {
                form.in_list = true;
                form.marked = step_from(ui, response.id, place, hits.len()).or(form.marked);
            }
        }
    });
}

/// Returns the index that an arrow key moves to.
fn step_from(ui: &Ui, id: Id, place: usize, count: usize) -> Option<usize> {
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    ui.input_mut(|input| {
        if input.consume_key(Modifiers::NONE, Key::ArrowDown) {
            return Some((place + 1).min(count - 1));
        }
        input.consume_key(Modifiers::NONE, Key::ArrowUp).then(|| place.saturating_sub(1))
    })
}

fn comment_row(ui: &mut Ui, lang: Lang, theme: &Theme, form: &QuoteForm, comment: &Comment) -> Response {
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
    let response = ui.interact(rect, Id::unique(("comment", comment.line)), Sense::click());
    let ticked = form.chosen.contains_key(&comment.line);
    let words = comment.display_text(form.masked);
    let line = Msg::QuotesLine.text_with(lang, &[("line", &format_count(comment.line))]);
    let from = if comment.answer.is_empty() { line } else { format!("{line} · {}", comment.answer) };
    let enabled = response.enabled();
    let name = format!("{words}, {from}");
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, ticked, &name));
    let cut = paint_comment(ui, theme, rect, words, &from, (ticked, response.hovered()));
    if cut {
        return response.on_hover_text(words);
    }
    response
}

/// Draws a comment; returns true if its text is truncated.
fn paint_comment(
    ui: &Ui,
    theme: &Theme,
    rect: Rect,
    words: &str,
    from: &str,
    (ticked, hovered): (bool, bool),
) -> bool {
    let painter = ui.painter();
    let ground = if ticked { Some(theme.selected) } else { hovered.then_some(theme.hover) };
    if let Some(ground) = ground {
        painter.rect_filled(rect, to_corner_radius(radius::CHIP), to_color32(ground));
    }
    painter.hline(rect.x_range(), rect.bottom() + 1.0, Stroke::new(1.0, to_color32(theme.hairline)));
    let square = Rect::from_min_size(rect.min + vec2(10.0, 9.0), Vec2::splat(BOX));
    tick_box(ui, theme, square, ticked);
    let room = rect.width() - BESIDE - 12.0;
    let galley = lay_out_text(ui, words, font_id(Face::Regular, text::BODY), to_color32(theme.text), room);
    let at = rect.min + vec2(BESIDE, 7.0);
    let cut = galley.elided;
    let below = at + vec2(0.0, galley.size().y + 2.0);
    painter.galley(at, galley, to_color32(theme.text));
    let small = font_id(Face::Regular, text::SMALL);
    painter.text(below, Align2::LEFT_TOP, from, small, to_color32(theme.muted));
    cut
}

fn tick_box(ui: &Ui, theme: &Theme, square: Rect, ticked: bool) {
    let painter = ui.painter();
    let (ground, line) = if ticked { (theme.accent, theme.accent) } else { (theme.surface, theme.outline) };
    painter.rect(
        square,
        to_corner_radius(3.0),
        to_color32(ground),
        Stroke::new(1.0, to_color32(line)),
        StrokeKind::Inside,
    );
    if ticked {
        let glyph = Icon::Check.glyph();
        painter.text(
            square.center(),
            Align2::CENTER_CENTER,
            glyph,
            font_id(Face::Icon, 12.0),
            to_color32(theme.on_accent),
        );
    }
}

/// Lays out the text in the available rows, truncated with an ellipsis.
fn lay_out_text(ui: &Ui, words: &str, font: FontId, ink: Color32, room: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple(words.to_owned(), font, ink, room.max(8.0));
    job.wrap = TextWrapping { max_width: room.max(8.0), max_rows: TEXT_ROWS, ..TextWrapping::default() };
    ui.painter().layout_job(job)
}
