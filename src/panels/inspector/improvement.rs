//! An opportunity or a solution: its worth, cost and status, and the insights it answers.

use super::stage::title_and_text;
use super::{claim, links};
use crate::app::desk::EditContext;
use crate::panels::day_picker::date_row;
use crate::panels::fields::{choice_row, level_row, maybe_row, text_row};
use crate::panels::widgets::draw_divider;
use egui::Ui;
use engine::model::Improvement;

pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>, made: &Improvement) {
    let id = made.id.into();
    title_and_text(ui, desk, made, Improvement::TITLE, Improvement::DESCRIPTION);
    choice_row(ui, desk, made, Improvement::KIND);
    choice_row(ui, desk, made, Improvement::STATUS);
    maybe_row(ui, desk, made, Improvement::VALUE);
    level_row(ui, desk, made, Improvement::IMPACT);
    level_row(ui, desk, made, Improvement::EFFORT);
    level_row(ui, desk, made, Improvement::CONFIDENCE);
    text_row(ui, desk, made, Improvement::OWNER);
    date_row(ui, desk, made, Improvement::DUE);
    claim::show(ui, desk, made, Improvement::EVIDENCE, Improvement::ASSUMPTION);
    draw_divider(ui, desk.theme);
    links::show_answers(ui, desk, made.id);
    links::show_subjects(ui, desk, id);
    links::answered_by(ui, desk, id);
}
