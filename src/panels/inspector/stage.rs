//! A stage: its name, the customer's aim in it, and the insights about it.

use super::{cells, insights, links};
use crate::app::desk::Desk;
use crate::i18n::Msg;
use crate::id::Id;
use crate::model::Stage;
use crate::panels::fields::{tall_text, text};
use crate::panels::widgets::divider;
use egui::Ui;

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, stage: &Stage) {
    let id = stage.id.into();
    title_and_text(ui, desk, id, &stage.title, &stage.description);
    links::flows(ui, desk, id);
    let no_steps = desk.session.journey().is_some_and(|journey| journey.steps_of(stage.id).is_empty());
    if no_steps {
        cells::show(ui, desk, id);
    }
    divider(ui, desk.theme);
    insights::show(ui, desk, id);
}

/// Shows the title and description, with which most elements begin.
pub(super) fn title_and_text(ui: &mut Ui, desk: &mut Desk<'_>, id: Id, title: &str, description: &str) {
    text(ui, desk, id, "title", Msg::Title, title);
    tall_text(ui, desk, id, "description", Msg::Description, description);
}
