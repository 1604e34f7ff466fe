//! A persona: name, description and goals.

use super::claim;
use crate::app::desk::EditContext;
use crate::panels::fields::{name_field, tall_text};
use egui::Ui;
use engine::model::Persona;

pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>, persona: &Persona) {
    name_field(ui, desk, persona, Persona::NAME);
    tall_text(ui, desk, persona, Persona::DESCRIPTION);
    tall_text(ui, desk, persona, Persona::GOALS);
    claim::show(ui, desk, persona, Persona::EVIDENCE, Persona::ASSUMPTION);
}
