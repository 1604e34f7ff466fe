//! The controls that all panels share, so that they look and behave alike and all have accessible names.

use super::two_sided;
use crate::app::style::{font_id, strong_style, to_color32, to_corner_radius};
use egui::{
    Align, Button, Color32, Frame, Key, Label, Layout, Margin, Modifiers, Response, RichText, Role, Sense,
    Stroke, Ui, Vec2, WidgetInfo, vec2,
};
use engine::theme::size::{radius, space, text};
use engine::theme::{Face, Icon, Ink, Theme};

/// Returns an icon as text of the icon font.
pub(crate) fn icon_text(icon: Icon, size: f32, fill: Color32) -> RichText {
    RichText::new(icon.glyph().to_string()).font(font_id(Face::Icon, size)).color(fill)
}

/// Shows an icon button; its name is its accessible name and its tooltip.
pub(crate) fn icon_button(ui: &mut Ui, theme: &Theme, icon: Icon, name: &str) -> Response {
    keyed_icon_button(ui, theme, icon, name, "")
}

/// Shows an icon button whose tooltip has its name and its shortcut.
pub(crate) fn keyed_icon_button(ui: &mut Ui, theme: &Theme, icon: Icon, name: &str, key: &str) -> Response {
    let button = Button::new(icon_text(icon, 16.0, to_color32(theme.soft))).frame_when_inactive(false);
    let padding = std::mem::replace(&mut ui.spacing_mut().button_padding, vec2(6.0, 5.0));
    let response = ui.add(button.min_size(Vec2::splat(28.0)));
    ui.spacing_mut().button_padding = padding;
    set_accessible_name(&response, Role::Button, name);
    response.on_hover_text(with_key(name, key))
}

/// Appends the shortcut to a name, if there is one.
fn with_key(name: &str, key: &str) -> String {
    if key.is_empty() { name.to_owned() } else { format!("{name}  {key}") }
}

/// Shows a small icon button for rows of lists.
pub(crate) fn small_icon_button(ui: &mut Ui, theme: &Theme, icon: Icon, name: &str) -> Response {
    small_keyed_icon_button(ui, theme, icon, name, "")
}

/// Side of a small icon button, in points.
const SMALL: f32 = 20.0;

/// Shows a small icon button whose tooltip has its name and its shortcut.
pub(crate) fn small_keyed_icon_button(
    ui: &mut Ui,
    theme: &Theme,
    icon: Icon,
    name: &str,
    key: &str,
) -> Response {
    let button =
        Button::new(icon_text(icon, 13.0, to_color32(theme.muted))).frame_when_inactive(false).small();
    let padding = std::mem::replace(&mut ui.spacing_mut().button_padding, vec2(3.0, 2.0));
    let response = ui.add(button.min_size(Vec2::splat(SMALL)));
    ui.spacing_mut().button_padding = padding;
    set_accessible_name(&response, Role::Button, name);
    response.on_hover_text(with_key(name, key))
}

/// Shows a check box.
pub(crate) fn check_box(ui: &mut Ui, theme: &Theme, flag: &mut bool, words: &str) -> Response {
    ui.scope(|ui| {
        let inactive = &mut ui.visuals_mut().widgets.inactive;
        inactive.bg_stroke = Stroke::new(1.0, to_color32(theme.outline));
        inactive.bg_fill = to_color32(theme.surface);
        ui.checkbox(flag, RichText::new(words).color(to_color32(theme.soft)))
    })
    .inner
}

/// Sets the role and accessible name of a control.
pub(crate) fn set_accessible_name(response: &Response, role: Role, name: &str) {
    let enabled = response.enabled();
    response.widget_info(|| WidgetInfo::labeled(role, enabled, name));
}

/// Shows the primary button of a dialog or bar; there is only one in each.
pub(crate) fn primary_button(ui: &mut Ui, theme: &Theme, label: &str) -> Response {
    let words = RichText::new(label).text_style(strong_style()).color(to_color32(theme.on_accent));
    ui.add(Button::new(words).fill(to_color32(theme.accent)).stroke(Stroke::NONE).min_size(vec2(64.0, 30.0)))
}

/// Shows the primary button of a dialog, focused from the start, so that Enter confirms.
pub(crate) fn default_button(ui: &mut Ui, theme: &Theme, label: &str) -> Response {
    let response = primary_button(ui, theme, label);
    if response.enabled() && ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    response
}

/// Shows a button without a frame, in the text's colour.
pub(crate) fn quiet_button(ui: &mut Ui, label: &str) -> Response {
    ui.add(Button::new(label).frame_when_inactive(false).min_size(vec2(0.0, 30.0)))
}

/// Shows the tab of one of several views.
pub(crate) fn tab_button(ui: &mut Ui, theme: &Theme, name: &str, chosen: bool) -> Response {
    let words = RichText::new(name);
    let words = if chosen { words.color(to_color32(theme.accent)).text_style(strong_style()) } else { words };
    let fill = if chosen { to_color32(theme.selected) } else { Color32::TRANSPARENT };
    let response = ui.add(Button::new(words).fill(fill).stroke(Stroke::NONE).min_size(vec2(0.0, 30.0)));
    set_accessible_name(&response, Role::Tab, name);
    response
}

/// Shows a button that looks like a link in running text.
pub(crate) fn link_button(ui: &mut Ui, theme: &Theme, label: &str) -> Response {
    let words = RichText::new(label).color(to_color32(theme.accent));
    let button = Button::new(words).frame_when_inactive(false).small();
    ui.add(button)
}

/// The user's action on a line that can be opened or removed.
pub(crate) enum LineAct {
    /// Open it.
    Go,
    /// Remove it.
    Remove,
}

/// Shows a full-width link; returns true if it was clicked.
pub(crate) fn wide_link(ui: &mut Ui, theme: &Theme, words: &str) -> bool {
    let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| truncated_link(ui, theme, words)).inner
}

fn truncated_link(ui: &mut Ui, theme: &Theme, words: &str) -> bool {
    let label = RichText::new(words).color(to_color32(theme.accent));
    ui.add(Button::new(label).frame_when_inactive(false).small().truncate()).clicked()
}

/// Shows a full-width link with a remove button at its end.
pub(crate) fn removable_link(ui: &mut Ui, theme: &Theme, words: &str, remove: &str) -> Option<LineAct> {
    let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        let room = vec2(ui.available_width() - SMALL - ui.spacing().item_spacing.x, size.y);
        let went = ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(room.x);
            truncated_link(ui, theme, words)
        });
        let removed = small_icon_button(ui, theme, Icon::Close, remove).clicked();
        if removed { Some(LineAct::Remove) } else { went.inner.then_some(LineAct::Go) }
    })
    .inner
}

/// Shows a section's caption in small capitals.
pub(crate) fn caption_label(ui: &mut Ui, theme: &Theme, label: &str) -> Response {
    let words = RichText::new(label.to_uppercase()).font(font_id(Face::SemiBold, text::TINY));
    ui.add(Label::new(words.color(to_color32(theme.muted)).extra_letter_spacing(0.4)).truncate())
}

/// Shows a caption with buttons at its right end.
pub(crate) fn caption_row<R>(ui: &mut Ui, theme: &Theme, label: &str, right: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal(|ui| {
        caption_label(ui, theme, label);
        two_sided::at_right(ui, label, right)
    })
    .inner
}

/// Shows secondary text, in a softer colour.
pub(crate) fn soft_label(ui: &mut Ui, theme: &Theme, words: &str) -> Response {
    ui.add(Label::new(RichText::new(words).size(text::SMALL).color(to_color32(theme.soft))).wrap())
}

/// Shows a quiet remark, for example where something is missing.
pub(crate) fn hint_label(ui: &mut Ui, theme: &Theme, words: &str) -> Response {
    ui.add(Label::new(RichText::new(words).size(text::SMALL).color(to_color32(theme.muted))).wrap())
}

/// Shows a warning that the user should check before continuing.
pub(crate) fn warning_label(ui: &mut Ui, theme: &Theme, words: &str) -> Response {
    ui.add(Label::new(RichText::new(words).size(text::SMALL).color(to_color32(theme.moment.ink))).wrap())
}

/// Shows a heading in a panel.
pub(crate) fn heading_label(ui: &mut Ui, words: &str) -> Response {
    ui.add(Label::new(RichText::new(words).heading()).wrap())
}

/// Draws a hairline across the panel.
pub(crate) fn draw_divider(ui: &mut Ui, theme: &Theme) {
    ui.add_space(space::M);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    let line = rect.expand2(vec2(space::L, 0.0));
    ui.painter().hline(line.x_range(), rect.center().y, Stroke::new(1.0, to_color32(theme.hairline)));
    ui.add_space(space::M);
}

/// Shifts controls with padding to the left, so that their text aligns with the panel's edge.
pub(crate) fn with_outdent<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let by = -(ui.spacing().button_padding.x as i8);
    let margin = Margin { left: by, ..Margin::ZERO };
    Frame::new().outer_margin(margin).show(ui, content).inner
}

/// Width of the labels in two-column rows, in points.
const LABEL: f32 = 92.0;

/// True if a label fits into the first column of a row.
pub(crate) fn fits_label(ui: &Ui, label: &str) -> bool {
    let font = font_id(Face::Regular, text::SMALL);
    ui.painter().layout_no_wrap(label.to_owned(), font, Color32::PLACEHOLDER).size().x <= LABEL
}

/// Shows a row of two columns: label and value.
pub(crate) fn labelled_row<R>(
    ui: &mut Ui,
    theme: &Theme,
    label: &str,
    value: impl FnOnce(&mut Ui) -> R,
) -> R {
    ui.horizontal(|ui| {
        let words = RichText::new(label).size(text::SMALL).color(to_color32(theme.muted));
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

/// Shows a pale box with a coloured edge, like an insight on the map; a click anywhere in it counts.
pub(crate) fn insight_box(ui: &mut Ui, ink: Ink, title: &str, detail: &str, theme: &Theme) -> Response {
    let frame = Frame::new()
        .fill(to_color32(ink.ground))
        .corner_radius(to_corner_radius(radius::CHIP))
        .inner_margin(Margin { left: 12, right: 8, top: 6, bottom: 6 });
    let inner = frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.add(Label::new(RichText::new(title).color(to_color32(theme.text))).wrap());
        ui.add(Label::new(RichText::new(detail).size(text::SMALL).color(to_color32(theme.soft))).wrap());
    });
    let rect = inner.response.rect;
    let edge = egui::Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
    ui.painter().rect_filled(edge, 1.5, to_color32(ink.ink));
    // The frame itself can't be focused, so the box gets its own id.
    let response = ui.interact(rect, inner.response.id.with("box"), Sense::click());
    set_accessible_name(&response, Role::Button, title);
    if response.hovered() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
    }
    response
}

/// Width of a level's bar, and the gap to the next.
const STEP: (f32, f32) = (20.0, space::XS);

/// Shows levels that are set by a click or the arrow keys; clicking the current one clears it, returned as 0.
pub(crate) fn level_picker(
    ui: &mut Ui,
    theme: &Theme,
    name: &str,
    most: u8,
    value: Option<u8>,
) -> Option<u8> {
    let width = f32::from(most) * (STEP.0 + STEP.1) - STEP.1;
    let (rect, response) = ui.allocate_exact_size(vec2(width, 20.0), Sense::click());
    let now = value.unwrap_or(0);
    response.widget_info(|| WidgetInfo::slider(ui.is_enabled(), f64::from(now), name));
    let step_at = |at: egui::Pos2| {
        let place = ((at.x - rect.left()) / (STEP.0 + STEP.1)).floor() + 1.0;
        (place as u8).clamp(1, most)
    };
    let under = response.hover_pos().map(step_at);
    for place in 1..=most {
        let left = rect.left() + f32::from(place - 1) * (STEP.0 + STEP.1);
        let bar = egui::Rect::from_min_size(egui::pos2(left, rect.center().y - 4.5), vec2(STEP.0, 9.0));
        let fill = if place <= now { theme.accent } else { theme.pressed };
        ui.painter().rect_filled(bar, to_corner_radius(2.0), to_color32(fill));
        if under == Some(place) {
            let ring = Stroke::new(1.0, to_color32(theme.outline));
            ui.painter().rect_stroke(bar.expand(1.5), to_corner_radius(3.0), ring, egui::StrokeKind::Outside);
        }
    }
    let clicked = response.clicked().then(|| match response.interact_pointer_pos().map(step_at) {
        Some(place) => {
            if place == now {
                0
            } else {
                place
            }
        }
        None => {
            if now == most {
                0
            } else {
                now + 1
            }
        }
    });
    let keyed = if response.has_focus() { step_keys(ui, response.id, now, most) } else { None };
    let keyed = keyed.or_else(|| step_spoken(ui, response.id, now, most));
    if let Some(under) = under {
        response.on_hover_text(format!("{name} {under}"));
    }
    clicked.or(keyed).filter(|step| *step != now)
}

/// Returns the level requested by assistive technology.
fn step_spoken(ui: &Ui, id: egui::Id, now: u8, most: u8) -> Option<u8> {
    use egui::accesskit::Action::{Decrement, Increment};
    ui.accesskit_node_builder(id, |node| {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(most.into());
        node.add_action(Increment);
        node.add_action(Decrement);
    });
    let asked = |action| ui.input(|input| input.has_accesskit_action_request(id, action));
    match (asked(Increment), asked(Decrement)) {
        (true, _) => Some((now + 1).min(most)),
        (_, true) => Some(now.saturating_sub(1)),
        (false, false) => None,
    }
}

/// Returns the level requested by arrow keys, digits or Delete.
fn step_keys(ui: &Ui, id: egui::Id, now: u8, most: u8) -> Option<u8> {
    let filter = egui::EventFilter { horizontal_arrows: true, ..egui::EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let digits = [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5];
    ui.input_mut(|input| {
        let mut took = |key| input.consume_key(Modifiers::NONE, key);
        if took(Key::ArrowRight) {
            return Some((now + 1).min(most));
        }
        if took(Key::ArrowLeft) {
            return Some(now.saturating_sub(1));
        }
        if took(Key::Delete) || took(Key::Backspace) {
            return Some(0);
        }
        let digit = digits.into_iter().position(took)?;
        Some((digit as u8).min(most))
    })
}
