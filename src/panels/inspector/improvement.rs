//! An opportunity or a solution: its worth, cost and status, and the insights it answers.

use super::stage::title_and_text;
use super::{claim, links};
use crate::app::desk::EditContext;
use crate::i18n::Msg;
use crate::model::Improvement;
use crate::panels::day_picker::date_row;
use crate::panels::fields::{choice_row, level_row, maybe_row, text_row};
use crate::panels::widgets::draw_divider;
use egui::Ui;

pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>, made: &Improvement) {
    let id = made.id.into();
    title_and_text(ui, desk, id, &made.title, &made.description);
    choice_row(ui, desk, id, "kind", Msg::Kind, made.kind);
    choice_row(ui, desk, id, "status", Msg::Status, made.status);
    maybe_row(ui, desk, id, "value", Msg::BusinessValue, made.value);
    level_row(ui, desk, id, "impact", Msg::Impact, made.impact);
    level_row(ui, desk, id, "effort", Msg::Effort, made.effort);
    level_row(ui, desk, id, "confidence", Msg::Confidence, made.confidence);
    text_row(ui, desk, id, "owner", Msg::Owner, &made.owner);
    date_row(ui, desk, id, "due", Msg::Due, made.due);
    claim::show(ui, desk, id, &made.evidence, made.assumption);
    draw_divider(ui, desk.theme);
    links::show_answers(ui, desk, made.id);
    links::show_subjects(ui, desk, id);
    links::answered_by(ui, desk, id);
}
