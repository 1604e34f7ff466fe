//! A wave of feedback: its label and its days.

use crate::app::desk::Desk;
use crate::i18n::Msg;
use crate::id::Id;
use crate::model::Wave;
use crate::panels::day_picker::date_row;
use crate::panels::fields::text;
use crate::panels::inspector::project::lines;
use egui::Ui;

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, wave: &Wave) {
    let id = wave.id.into();
    text(ui, desk, id, "label", Msg::Name, &wave.label);
    date_row(ui, desk, id, "from", Msg::FirstDay, wave.from);
    date_row(ui, desk, id, "to", Msg::LastDay, wave.to);
    let holds = |batch: &crate::model::Batch| batch.counts.histograms.keys().any(|key| key.wave == wave.id);
    let batches = desk.project().batches().values().filter(|batch| holds(batch));
    let batches: Vec<Id> = batches.map(|batch| batch.id.into()).collect();
    lines(ui, desk, Msg::Batches, batches);
}
