//! The few controls that all panels share, so that they look and behave alike and all have accessible names.

use crate::app::style::{color, corner, font, strong};
use crate::theme::size::{radius, space, text};
use crate::theme::{Face, Icon, Ink, Theme};
use egui::{
    Align, Button, Color32, Frame, Label, Layout, Margin, Response, RichText, Role, Sense, Stroke, Ui, Vec2,
    WidgetInfo, vec2,
};

/// An icon as text.
pub(crate) fn icon_text(icon: Icon, size: f32, fill: Color32) -> RichText {
    RichText::new(icon.glyph().to_string()).font(font(Face::Icon, size)).color(fill)
}

/// An icon that is a button; its name is read aloud and shown as a tooltip.
pub(crate) fn icon_button(ui: &mut Ui, theme: &Theme, icon: Icon, name: &str) -> Response {
    let button = Button::new(icon_text(icon, 16.0, color(theme.soft))).frame_when_inactive(false);
    let padding = std::mem::replace(&mut ui.spacing_mut().button_padding, vec2(6.0, 5.0));
    let response = ui.add(button.min_size(Vec2::splat(28.0)));
    ui.spacing_mut().button_padding = padding;
    named(&response, Role::Button, name);
    response.on_hover_text(name)
}

/// A small icon button for rows of lists.
pub(crate) fn small_icon_button(ui: &mut Ui, theme: &Theme, icon: Icon, name: &str) -> Response {
    let button = Button::new(icon_text(icon, 13.0, color(theme.muted))).frame_when_inactive(false).small();
    let padding = std::mem::replace(&mut ui.spacing_mut().button_padding, vec2(3.0, 2.0));
    let response = ui.add(button.min_size(Vec2::splat(20.0)));
    ui.spacing_mut().button_padding = padding;
    named(&response, Role::Button, name);
    response.on_hover_text(name)
}

/// A box to tick.
pub(crate) fn tick(ui: &mut Ui, theme: &Theme, flag: &mut bool, words: &str) -> Response {
    ui.scope(|ui| {
        let inactive = &mut ui.visuals_mut().widgets.inactive;
        inactive.bg_stroke = Stroke::new(1.0, color(theme.outline));
        inactive.bg_fill = color(theme.surface);
        ui.checkbox(flag, RichText::new(words).color(color(theme.soft)))
    })
    .inner
}

/// Tells assistive technology what a control is.
pub(crate) fn named(response: &Response, role: Role, name: &str) {
    let enabled = response.enabled();
    response.widget_info(|| WidgetInfo::labeled(role, enabled, name));
}

/// The one button of a place that does what people came for.
pub(crate) fn primary_button(ui: &mut Ui, theme: &Theme, label: &str) -> Response {
    let words = RichText::new(label).text_style(strong()).color(color(theme.on_accent));
    ui.add(Button::new(words).fill(color(theme.accent)).stroke(Stroke::NONE).min_size(vec2(64.0, 30.0)))
}

/// The primary button of a dialog: it has the keyboard from the start, so that Enter says yes.
pub(crate) fn default_button(ui: &mut Ui, theme: &Theme, label: &str) -> Response {
    let response = primary_button(ui, theme, label);
    if response.enabled() && ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    response
}

/// A button without a frame, in the text's colour.
pub(crate) fn quiet_button(ui: &mut Ui, label: &str) -> Response {
    ui.add(Button::new(label).frame_when_inactive(false).min_size(vec2(0.0, 30.0)))
}

/// A button that reads as a link in running text.
pub(crate) fn link(ui: &mut Ui, theme: &Theme, label: &str) -> Response {
    let words = RichText::new(label).color(color(theme.accent));
    let button = Button::new(words).frame_when_inactive(false).small();
    ui.add(button)
}

/// What was done with a line that leads somewhere and can be taken away.
pub(crate) enum LineAct {
    /// Go there.
    Go,
    /// Take it away.
    Remove,
}

/// A line of the whole width: words that lead somewhere, and at its end a button that takes it away.
pub(crate) fn removable(ui: &mut Ui, theme: &Theme, words: &str, remove: &str) -> Option<LineAct> {
    let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        let removed = small_icon_button(ui, theme, Icon::Close, remove).clicked();
        let went = ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let label = RichText::new(words).color(color(theme.accent));
            ui.add(Button::new(label).frame_when_inactive(false).small().truncate()).clicked()
        });
        if removed { Some(LineAct::Remove) } else { went.inner.then_some(LineAct::Go) }
    })
    .inner
}

/// A section's caption in small capitals.
pub(crate) fn caption(ui: &mut Ui, theme: &Theme, label: &str) -> Response {
    let words = RichText::new(label.to_uppercase()).font(font(Face::SemiBold, text::TINY));
    ui.add(Label::new(words.color(color(theme.muted)).extra_letter_spacing(0.4)).truncate())
}

/// A caption with buttons at its right end.
pub(crate) fn caption_row<R>(ui: &mut Ui, theme: &Theme, label: &str, right: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal(|ui| {
        caption(ui, theme, label);
        ui.with_layout(Layout::right_to_left(Align::Center), right).inner
    })
    .inner
}

/// A second line, softer than the first.
pub(crate) fn soft(ui: &mut Ui, theme: &Theme, words: &str) -> Response {
    ui.add(Label::new(RichText::new(words).size(text::SMALL).color(color(theme.soft))).wrap())
}

/// A quiet remark where something is missing.
pub(crate) fn hint(ui: &mut Ui, theme: &Theme, words: &str) -> Response {
    ui.add(Label::new(RichText::new(words).size(text::SMALL).color(color(theme.muted))).wrap())
}

/// A heading in a panel.
pub(crate) fn heading(ui: &mut Ui, words: &str) -> Response {
    ui.add(Label::new(RichText::new(words).heading()).wrap())
}

/// A hairline across the panel.
pub(crate) fn divider(ui: &mut Ui, theme: &Theme) {
    ui.add_space(space::M);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    let line = rect.expand2(vec2(space::L, 0.0));
    ui.painter().hline(line.x_range(), rect.center().y, Stroke::new(1.0, color(theme.hairline)));
    ui.add_space(space::M);
}

/// The width of the labels of two-column rows.
const LABEL: f32 = 92.0;

/// A row of two columns: what it is, and its value.
pub(crate) fn row<R>(ui: &mut Ui, theme: &Theme, label: &str, value: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal(|ui| {
        let words = RichText::new(label).size(text::SMALL).color(color(theme.muted));
        let place = vec2(LABEL, ui.spacing().interact_size.y);
        let layout = Layout::left_to_right(Align::Center);
        ui.allocate_ui_with_layout(place, layout, |ui| {
            ui.set_min_width(LABEL);
            ui.add(Label::new(words).truncate());
        });
        value(ui)
    })
    .inner
}

/// A pale box with a coloured edge, as insights stand on the map; a click anywhere in it counts.
pub(crate) fn insight_box(ui: &mut Ui, ink: Ink, title: &str, detail: &str, theme: &Theme) -> Response {
    let frame = Frame::new()
        .fill(color(ink.ground))
        .corner_radius(corner(radius::CHIP))
        .inner_margin(Margin { left: 12, right: 8, top: 6, bottom: 6 });
    let inner = frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.add(Label::new(RichText::new(title).color(color(theme.text))).wrap());
        ui.add(Label::new(RichText::new(detail).size(text::SMALL).color(color(theme.soft))).wrap());
    });
    let rect = inner.response.rect;
    let edge = egui::Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
    ui.painter().rect_filled(edge, 1.5, color(ink.ink));
    let response = inner.response.interact(Sense::click());
    named(&response, Role::Button, title);
    if response.hovered() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
    }
    response
}

/// Steps that are set by clicking: clicking the last set one takes all away, which is told as 0.
pub(crate) fn dots(ui: &mut Ui, theme: &Theme, name: &str, most: u8, value: Option<u8>) -> Option<u8> {
    let mut chosen = None;
    ui.spacing_mut().item_spacing.x = space::XS;
    for place in 1..=most {
        let (rect, response) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::click());
        let set = value.is_some_and(|value| place <= value);
        let bar = egui::Rect::from_center_size(rect.center(), vec2(20.0, 9.0));
        let fill = if set { theme.accent } else { theme.pressed };
        ui.painter().rect_filled(bar, corner(2.0), color(fill));
        if response.has_focus() || response.hovered() {
            let ring =
                Stroke::new(1.0, color(if response.has_focus() { theme.focus } else { theme.outline }));
            ui.painter().rect_stroke(bar.expand(1.5), corner(3.0), ring, egui::StrokeKind::Outside);
        }
        named(&response, Role::Button, &format!("{name} {place}"));
        if response.on_hover_text(format!("{name} {place}")).clicked() {
            chosen = Some(if value == Some(place) { 0 } else { place });
        }
    }
    chosen
}
