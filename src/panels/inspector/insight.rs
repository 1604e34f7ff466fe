//! An insight: a pain, gain, need, quote, open question or note.

use super::stage::title_and_text;
use super::{claim, links};
use crate::app::desk::EditContext;
use crate::panels::fields::{choice_row, level_row, maybe_row, options_row};
use crate::panels::widgets::draw_divider;
use egui::Ui;
use engine::i18n::Msg;
use engine::model::choice::InsightKind;
use engine::model::value::{Atom, FieldValue};
use engine::model::{Insight, records_in_order};

pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>, insight: &Insight) {
    let id = insight.id.into();
    title_and_text(ui, desk, insight, Insight::TITLE, Insight::DESCRIPTION);
    choice_row(ui, desk, insight, Insight::KIND);
    if insight.kind == InsightKind::Pain {
        level_row(ui, desk, insight, Insight::SEVERITY);
        maybe_row(ui, desk, insight, Insight::LEVEL);
    }
    persona_row(ui, desk, insight);
    claim::show(ui, desk, insight, Insight::EVIDENCE, Insight::ASSUMPTION);
    draw_divider(ui, desk.theme);
    links::show_subjects(ui, desk, id);
    if matches!(insight.kind, InsightKind::Pain | InsightKind::Need) {
        links::answered_by(ui, desk, id);
    }
}

fn persona_row(ui: &mut Ui, desk: &mut EditContext<'_>, insight: &Insight) {
    let options = persona_options(desk);
    options_row(ui, desk, insight, Insight::PERSONA, &options);
}

/// Returns the options for a persona: everyone, and each persona.
pub(super) fn persona_options(desk: &EditContext<'_>) -> Vec<(FieldValue, String)> {
    let everyone = (FieldValue::Nothing, desk.text(Msg::Everyone).to_owned());
    let personas = records_in_order(desk.project().personas()).into_iter();
    let named = personas.map(|persona| (persona.id.to_value(), desk.title_of(persona.id)));
    std::iter::once(everyone).chain(named).collect()
}
