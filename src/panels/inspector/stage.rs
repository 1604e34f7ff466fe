//! A stage: its name, the customer's aim in it, and the insights about it.

use super::{cells, insights, links};
use crate::app::desk::EditContext;
use crate::panels::fields::{name_field, tall_text};
use crate::panels::widgets::draw_divider;
use egui::Ui;
use engine::model::{FieldOf, Stage, Typed};

pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>, stage: &Stage) {
    let id = stage.id.into();
    title_and_text(ui, desk, stage, Stage::TITLE, Stage::DESCRIPTION);
    links::show_flows(ui, desk, id);
    let no_steps = desk.session.journey().is_some_and(|journey| journey.steps_of(stage.id).is_empty());
    if no_steps {
        cells::show(ui, desk, id);
    }
    draw_divider(ui, desk.theme);
    insights::show(ui, desk, id);
}

/// Shows the title and description, with which most elements begin.
pub(super) fn title_and_text<R: Typed>(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    record: &R,
    title: FieldOf<R, String>,
    description: FieldOf<R, String>,
) {
    name_field(ui, desk, record, title);
    tall_text(ui, desk, record, description);
}
