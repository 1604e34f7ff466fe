//! The inspector: the fields of the selected element, or of the journey if nothing is selected.

mod batch;
mod cells;
mod channel;
mod claim;
mod evidence;
mod flow;
mod improvement;
mod insight;
mod insights;
mod journey;
mod lane;
mod links;
mod many;
mod metric;
mod persona;
mod picture;
mod project;
mod question;
mod recipe;
mod stage;
mod takers;
mod touchpoint;
mod wave;

use super::widgets::icon_text;
use crate::app::desk::EditContext;
use crate::app::style::to_color32;
use crate::app::words::kind_icon;
use egui::{RichText, Ui};
use engine::i18n::Worded;
use engine::id::Id;
use engine::model::{Cell, Record};

/// Shows the inspector for the current selection.
pub(crate) fn show(ui: &mut Ui, desk: &mut EditContext<'_>) {
    ui.spacing_mut().item_spacing.y = 3.0;
    // Values look like text until hovered or focused.
    ui.visuals_mut().widgets.inactive.bg_stroke = egui::Stroke::NONE;
    let selection = desk.session.selection();
    match desk.session.single_selection().and_then(|id| desk.project().record(id)) {
        Some(record) => show_element(ui, desk, &record),
        None if selection.is_empty() => {
            kind_line(ui, desk, desk.session.journey_id().into());
            journey::show(ui, desk);
        }
        None => many::show(ui, desk),
    }
}

fn show_element(ui: &mut Ui, desk: &mut EditContext<'_>, record: &Record) {
    kind_line(ui, desk, record.id());
    match record {
        Record::ProjectInfo(_) => project::show(ui, desk),
        Record::JourneyInfo(_) => journey::show(ui, desk),
        Record::Stage(stage) => stage::show(ui, desk, stage),
        Record::Lane(lane) => lane::show(ui, desk, lane),
        Record::Touchpoint(touchpoint) => touchpoint::show(ui, desk, touchpoint),
        Record::Insight(insight) => insight::show(ui, desk, insight),
        Record::Improvement(improvement) => improvement::show(ui, desk, improvement),
        Record::Flow(flow) => flow::show(ui, desk, flow),
        Record::Persona(persona) => persona::show(ui, desk, persona),
        Record::Channel(channel) => channel::show(ui, desk, channel),
        Record::Question(question) => question::show(ui, desk, question),
        Record::Metric(metric) => metric::show(ui, desk, metric),
        Record::Batch(batch) => batch::show(ui, desk, batch),
        Record::Evidence(found) => evidence::show(ui, desk, found),
        Record::Wave(wave) => wave::show(ui, desk, wave),
        Record::Recipe(recipe) => recipe::show(ui, desk, recipe),
        Record::Picture(picture) => picture::show(ui, desk, picture),
        Record::Cell(cell) => {
            super::fields::tall_text(ui, desk, &**cell, Cell::TEXT);
        }
        Record::Step(_) | Record::About(_) | Record::Answer(_) | Record::Image(_) => {}
    }
}

/// Shows the kind of element, in small type above its name.
fn kind_line(ui: &mut Ui, desk: &EditContext<'_>, id: Id) {
    let soft = to_color32(desk.theme.muted);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(icon_text(kind_icon(id.kind()), 13.0, soft));
        ui.label(RichText::new(desk.text(id.kind().display_name())).small().color(soft));
    });
}
