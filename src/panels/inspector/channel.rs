//! A channel: its name and its icon.

use crate::app::desk::EditContext;
use crate::app::style::to_color32;
use crate::panels::fields::name_field;
use crate::panels::widgets::{caption_label, icon_text, set_accessible_name};
use egui::{Button, Role, Ui, Vec2};
use engine::i18n::{Msg, icon_label};
use engine::model::Channel;
use engine::theme::Icon;

pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>, channel: &Channel) {
    name_field(ui, desk, channel, Channel::NAME);
    caption_label(ui, desk.theme, desk.text(Msg::Icon));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(2.0);
        for &icon in Icon::CHANNELS {
            let label = icon_label(icon, desk.lang);
            let glyph = icon_text(icon, 16.0, to_color32(desk.theme.soft));
            let chosen = icon.name() == channel.icon;
            let button = Button::selectable(chosen, glyph).min_size(Vec2::splat(28.0));
            let response = ui.add(button);
            set_accessible_name(&response, Role::Button, label);
            if response.on_hover_text(label).clicked() {
                desk.set_atom(channel.id.into(), Channel::ICON, &icon.name().to_owned());
            }
        }
    });
}
