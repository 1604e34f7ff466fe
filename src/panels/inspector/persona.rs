//! A persona: name, description and goals.

use super::claim;
use crate::app::desk::Desk;
use crate::i18n::Msg;
use crate::model::Persona;
use crate::panels::fields::{tall_text, text};
use egui::Ui;

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, persona: &Persona) {
    let id = persona.id.into();
    text(ui, desk, id, "name", Msg::Name, &persona.name);
    tall_text(ui, desk, id, "description", Msg::Description, &persona.description);
    tall_text(ui, desk, id, "goals", Msg::Goals, &persona.goals);
    claim::show(ui, desk, id, &persona.evidence, persona.assumption);
}
