//! A channel: its name and its icon.

use crate::app::desk::Desk;
use crate::app::style::color;
use crate::i18n::{Msg, icon_label};
use crate::model::Channel;
use crate::panels::fields::text;
use crate::panels::widgets::{caption, icon_text, named};
use crate::theme::Icon;
use egui::{Button, Role, Ui, Vec2};

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, channel: &Channel) {
    let id = channel.id.into();
    text(ui, desk, id, "name", Msg::Name, &channel.name);
    caption(ui, desk.theme, desk.text(Msg::Icon));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(2.0);
        for &icon in Icon::CHANNELS {
            let label = icon_label(icon, desk.lang);
            let glyph = icon_text(icon, 16.0, color(desk.theme.soft));
            let chosen = icon.name() == channel.icon;
            let button = Button::selectable(chosen, glyph).min_size(Vec2::splat(28.0));
            let response = ui.add(button);
            named(&response, Role::Button, label);
            if response.on_hover_text(label).clicked() {
                desk.put(id, "icon", &icon.name().to_owned());
            }
        }
    });
}
