//! A persona: name, description and goals.

use super::claim;
use crate::app::desk::EditContext;
use crate::i18n::Msg;
use crate::model::Persona;
use crate::panels::fields::{name_field, tall_text};
use egui::Ui;

pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>, persona: &Persona) {
    let id = persona.id.into();
    name_field(ui, desk, id, "name", Msg::Name, &persona.name);
    tall_text(ui, desk, id, "description", Msg::Description, &persona.description);
    tall_text(ui, desk, id, "goals", Msg::Goals, &persona.goals);
    claim::show(ui, desk, id, &persona.evidence, persona.assumption);
}
