//! A stage: its name, the customer's aim in it, and the insights about it.

use super::{cells, insights, links};
use crate::app::desk::EditContext;
use crate::i18n::Msg;
use crate::id::Id;
use crate::model::Stage;
use crate::panels::fields::{name_field, tall_text};
use crate::panels::widgets::draw_divider;
use egui::Ui;

pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>, stage: &Stage) {
    let id = stage.id.into();
    title_and_text(ui, desk, id, &stage.title, &stage.description);
    links::show_flows(ui, desk, id);
    let no_steps = desk.session.journey().is_some_and(|journey| journey.steps_of(stage.id).is_empty());
    if no_steps {
        cells::show(ui, desk, id);
    }
    draw_divider(ui, desk.theme);
    insights::show(ui, desk, id);
}

/// Shows the title and description, with which most elements begin.
pub(super) fn title_and_text(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    id: Id,
    title: &str,
    description: &str,
) {
    name_field(ui, desk, id, "title", Msg::Title, title);
    tall_text(ui, desk, id, "description", Msg::Description, description);
}
