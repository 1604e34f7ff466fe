//! A card with a map's thumbnail above its title; the whole card is one button.

use super::widgets::{icon_text, set_accessible_name};
use crate::app::style::{font_id, to_color32, to_corner_radius};
use crate::app::thumbnail::{Gallery, Subject};
use egui::text::LayoutJob;
use egui::{Align2, Color32, CornerRadius, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};
use engine::theme::size::{radius, space, text};
use engine::theme::{Color, Face, Icon, Theme};

/// Height of the text below a picture, in points.
const FOOT: f32 = 60.0;

/// The content of a card.
pub(crate) struct StartCard<'a> {
    /// The subject of the thumbnail.
    pub(crate) subject: &'a Subject,
    /// The gallery that holds the thumbnail.
    pub(crate) gallery: &'a Gallery,
    /// True if the card is the chosen one.
    pub(crate) chosen: bool,
    /// The first line of text.
    pub(crate) title: &'a str,
    /// The second line of text.
    pub(crate) detail: &'a str,
    /// The text shown in place of a thumbnail that can't be drawn.
    pub(crate) gone: Option<&'a str>,
}

/// Shows the card; returns true if it was clicked.
pub(crate) fn show_card(ui: &mut Ui, theme: &Theme, picture: Vec2, card: &StartCard<'_>) -> bool {
    let (rect, response) = ui.allocate_exact_size(picture + vec2(0.0, FOOT), Sense::click());
    set_accessible_name(&response, Role::Button, card.title);
    if !ui.is_rect_visible(rect) {
        return response.clicked();
    }
    let line = if response.has_focus() || card.chosen {
        (2.0, theme.focus)
    } else if response.hovered() {
        (1.0, theme.outline)
    } else {
        (1.0, theme.hairline)
    };
    let round = to_corner_radius(radius::CARD);
    ui.painter().rect_filled(rect, round, to_color32(theme.raised));
    let top = Rect::from_min_size(rect.min, picture);
    draw_picture(ui, theme, top, card);
    ui.painter().hline(top.x_range(), top.bottom(), Stroke::new(1.0, to_color32(theme.hairline)));
    let foot = Rect::from_min_max(pos2(rect.min.x, top.max.y), rect.max).shrink2(vec2(space::L, 0.0));
    let middle = foot.center().y;
    draw_text_row(ui, card.title, (Face::SemiBold, text::STRONG, theme.text), (foot, middle - 20.0));
    draw_text_row(ui, card.detail, (Face::Regular, text::SMALL, theme.soft), (foot, middle + 3.0));
    let stroke = Stroke::new(line.0, to_color32(line.1));
    ui.painter().rect_stroke(rect, round, stroke, StrokeKind::Inside);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(card.detail).clicked()
}

fn draw_picture(ui: &Ui, theme: &Theme, rect: Rect, card: &StartCard<'_>) {
    let round = radius::CARD as u8;
    let corners = CornerRadius { nw: round, ne: round, sw: 0, se: 0 };
    let painter = ui.painter();
    painter.rect_filled(rect, corners, to_color32(theme.canvas));
    if let Some(texture) = card.gallery.texture_id(card.subject) {
        let all = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        let shape = egui::epaint::RectShape::filled(rect, corners, Color32::WHITE);
        painter.add(shape.with_texture(texture, all));
    } else if card.gallery.is_missing(card.subject)
        && let Some(gone) = card.gone
    {
        let muted = to_color32(theme.muted);
        let icon = icon_text(Icon::File, text::TITLE, muted);
        let icon_font = font_id(Face::Icon, text::TITLE);
        let above = rect.center() - vec2(0.0, space::M);
        painter.text(above, Align2::CENTER_CENTER, icon.text(), icon_font, muted);
        let below = rect.center() + vec2(0.0, space::M);
        painter.text(below, Align2::CENTER_CENTER, gone, font_id(Face::Regular, text::SMALL), muted);
    }
}

/// Draws one row of text, truncated with an ellipsis.
fn draw_text_row(ui: &Ui, text: &str, (face, size, ink): (Face, f32, Color), (foot, top): (Rect, f32)) {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font_id(face, size), to_color32(ink));
    job.wrap = egui::text::TextWrapping::truncate_at_width(foot.width());
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(pos2(foot.min.x, top), galley, to_color32(ink));
}
