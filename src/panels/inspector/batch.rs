//! One import: its file, its day, what it holds, and the ways to take it back or put another in its place.

use crate::app::desk::Desk;
use crate::app::request::Request;
use crate::i18n::{Msg, count, date};
use crate::model::Batch;
use crate::panels::widgets::{link, row, soft};
use egui::{Label, Ui};
use std::collections::BTreeSet;

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, batch: &Batch) {
    let (lang, theme) = (desk.lang, desk.theme);
    ui.add(Label::new(batch.file.as_str()).wrap());
    soft(ui, theme, &Msg::ImportedOn.with(lang, &[("date", &date(lang, batch.imported))]));
    soft(ui, theme, &Msg::ImportRows.with(lang, &[("n", &count(batch.rows))]));
    let waves: BTreeSet<_> = batch.counts.histograms.keys().map(|key| key.wave).collect();
    let labels = waves.iter().filter_map(|wave| desk.project().waves().get(wave));
    let labels: Vec<&str> = labels.map(|wave| wave.label.as_str()).collect();
    row(ui, theme, desk.text(Msg::Wave), |ui| ui.add(Label::new(labels.join(", ")).truncate()));
    ui.add_space(8.0);
    if link(ui, theme, desk.text(Msg::ReplaceImport)).clicked() {
        desk.ask(Request::ReplaceImport(batch.id));
    }
    if link(ui, theme, desk.text(Msg::RemoveImport)).clicked() {
        desk.delete(batch.id.into());
    }
}
