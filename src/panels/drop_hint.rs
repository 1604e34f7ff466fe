//! The hint shown while a file is held over the window.

use crate::app::App;
use crate::app::style::{font_id, to_color32, to_corner_radius};
use crate::features::pictures;
use egui::{Align2, Id, LayerId, Order, Stroke, StrokeKind, Ui, vec2};
use engine::i18n::file_name;
use engine::theme::Face;
use engine::theme::size::{radius, space, text};

/// Frames the window and names the effect of a drop while a file is held over it.
pub(crate) fn show(ui: &Ui, app: &App) {
    let held = ui.input(|input| input.raw.hovered_files.first().and_then(|file| file.path.clone()));
    let Some(path) = held else { return };
    let theme = app.theme();
    let window = ui.ctx().content_rect();
    let painter = ui.ctx().layer_painter(LayerId::new(Order::Foreground, Id::unique("drop hint")));
    let edge = Stroke::new(3.0, to_color32(theme.accent));
    painter.rect_stroke(window.shrink(space::XS), to_corner_radius(radius::CARD), edge, StrokeKind::Inside);
    let name = file_name(&path);
    let words = pictures::drop_of(app, &path).hint_message().text_with(app.lang(), &[("file", &name)]);
    let words =
        painter.layout_no_wrap(words, font_id(Face::SemiBold, text::STRONG), to_color32(theme.on_accent));
    let at = window.center_bottom() - vec2(0.0, 96.0);
    let pill = Align2::CENTER_CENTER.anchor_size(at, words.size() + vec2(2.0 * space::L, 2.0 * space::S));
    painter.rect_filled(pill, to_corner_radius(radius::CONTROL), to_color32(theme.accent));
    painter.galley(pill.min + vec2(space::L, space::S), words, to_color32(theme.on_accent));
}
