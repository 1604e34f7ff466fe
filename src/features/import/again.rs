//! The question about answers that were imported before, asked after counting.

use super::columns::ImportContext;
use super::form::ImportForm;
use crate::app::style::{to_color32, to_corner_radius};
use crate::panels::widgets::set_accessible_name;
use egui::accesskit::Role;
use egui::{Frame, Label, Margin, RadioButton, RichText, Sense, Stroke, Ui};
use engine::i18n::{Explain, explain_again_choice, explain_again_effect};
use engine::theme::size::{radius, space, text};

/// Width of a radio button's circle with the gap after it, in points.
const CIRCLE: f32 = 19.0;

/// Shows the earlier imports and the choices.
pub(super) fn show(ui: &mut Ui, desk: &ImportContext<'_>, form: &mut ImportForm) {
    let Some(again) = &mut form.again else { return };
    ui.add_space(space::S);
    ui.add(
        Label::new(RichText::new(again.overlap.explain(desk.lang)).color(to_color32(desk.theme.soft))).wrap(),
    );
    ui.add_space(space::S);
    ui.spacing_mut().item_spacing.y = space::S;
    for choice in again.overlap.possible_choices() {
        let words = explain_again_choice(&again.overlap, choice, desk.lang);
        let detail = explain_again_effect(&again.overlap, choice, again.counted.rows, desk.lang);
        if radio_row(ui, desk, again.choice == Some(choice), (&words, &detail)) {
            again.choice = Some(choice);
        }
    }
}

/// Shows a choice over the whole width, with a second line about its effect; returns true if chosen.
fn radio_row(ui: &mut Ui, desk: &ImportContext<'_>, chosen: bool, (words, detail): (&str, &str)) -> bool {
    let (fill, edge) = if chosen {
        (desk.theme.selected, desk.theme.accent)
    } else {
        (desk.theme.surface, desk.theme.hairline)
    };
    let frame = Frame::new()
        .fill(to_color32(fill))
        .stroke(Stroke::new(1.0, to_color32(edge)))
        .corner_radius(to_corner_radius(radius::CONTROL))
        .inner_margin(Margin::symmetric(space::M as i8, space::S as i8));
    let inner = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        let inactive = &mut ui.visuals_mut().widgets.inactive;
        inactive.bg_stroke = Stroke::new(1.0, to_color32(desk.theme.outline));
        inactive.bg_fill = to_color32(desk.theme.surface);
        let radio = ui.add(RadioButton::new(chosen, RichText::new(words).color(to_color32(desk.theme.text))));
        let indent = Margin { left: CIRCLE as i8, ..Margin::ZERO };
        Frame::new().inner_margin(indent).show(ui, |ui| {
            let line = RichText::new(detail).size(text::SMALL).color(to_color32(desk.theme.muted));
            ui.add(Label::new(line).wrap());
        });
        radio.clicked()
    });
    // A click beside the words counts too; focus and accessible name belong to the radio button above.
    let row = ui.interact(inner.response.rect, inner.response.id.with("row"), Sense::CLICK);
    set_accessible_name(&row, Role::GenericContainer, detail);
    inner.inner || row.clicked()
}
