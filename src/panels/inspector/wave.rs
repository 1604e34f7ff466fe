//! A wave of feedback: its label and its days.

use crate::app::desk::EditContext;
use crate::panels::day_picker::date_row;
use crate::panels::fields::name_field;
use crate::panels::inspector::project::element_list;
use egui::Ui;
use engine::i18n::Msg;
use engine::id::Id;
use engine::model::Wave;

pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>, wave: &Wave) {
    name_field(ui, desk, wave, Wave::LABEL);
    date_row(ui, desk, wave, Wave::FROM);
    date_row(ui, desk, wave, Wave::TO);
    let holds = |batch: &engine::model::Batch| batch.counts.histograms.keys().any(|key| key.wave == wave.id);
    let batches = desk.project().batches().values().filter(|batch| holds(batch));
    let batches: Vec<Id> = batches.map(|batch| batch.id.into()).collect();
    element_list(ui, desk, Msg::Batches, batches);
}
