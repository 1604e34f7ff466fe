//! A wave of feedback: its label and its days.

use crate::app::desk::{Desk, Reading};
use crate::i18n::Msg;
use crate::id::Id;
use crate::model::Wave;
use crate::panels::fields::{read_row, text};
use crate::panels::inspector::project::lines;
use egui::Ui;

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, wave: &Wave) {
    let id = wave.id.into();
    text(ui, desk, id, "label", Msg::Name, &wave.label);
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    read_row(ui, desk, id, "from", Msg::FirstDay, Reading::Date, &day(wave.from));
    read_row(ui, desk, id, "to", Msg::LastDay, Reading::Date, &day(wave.to));
    let holds = |batch: &crate::model::Batch| batch.counts.histograms.keys().any(|key| key.wave == wave.id);
    let batches = desk.project().batches().values().filter(|batch| holds(batch));
    let batches: Vec<Id> = batches.map(|batch| batch.id.into()).collect();
    lines(ui, desk, Msg::Batches, batches);
}
