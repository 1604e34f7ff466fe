//! The inspector of an import: file, day, content, and the buttons to remove or replace it.

use crate::app::desk::Desk;
use crate::app::request::Request;
use crate::app::words::title_of;
use crate::i18n::{Msg, count, date};
use crate::id::Id;
use crate::model::Batch;
use crate::panels::inspector::project::lines;
use crate::panels::widgets::{link, outdented, row, soft};
use egui::{Label, Ui};
use std::collections::BTreeSet;

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, batch: &Batch) {
    let lang = desk.lang;
    let theme = desk.theme;
    ui.add(Label::new(batch.file.as_str()).wrap());
    soft(ui, theme, &Msg::ImportedOn.with(lang, &[("date", &date(lang, batch.imported))]));
    soft(ui, theme, &Msg::ImportRows.with(lang, &[("n", &count(batch.rows))]));
    if batch.aggregated {
        soft(ui, theme, Msg::Aggregated.text(lang));
    }
    let waves: BTreeSet<_> = batch.counts.histograms.keys().map(|key| key.wave).collect();
    lines(ui, desk, Msg::Waves, waves.into_iter().map(Id::from).collect());
    recipe(ui, desk, batch);
    ui.add_space(8.0);
    if outdented(ui, |ui| link(ui, theme, desk.text(Msg::ReplaceImport))).clicked() {
        desk.ask(Request::ReplaceImport(batch.id));
    }
    if outdented(ui, |ui| link(ui, theme, desk.text(Msg::RemoveImport))).clicked() {
        desk.delete(batch.id.into());
    }
}

/// Shows a link to the recipe it was read with.
fn recipe(ui: &mut Ui, desk: &mut Desk<'_>, batch: &Batch) {
    let Some(recipe) = batch.recipe else { return };
    let words = title_of(desk.project(), recipe.into(), desk.lang);
    let went = row(ui, desk.theme, desk.text(Msg::Recipe), |ui| link(ui, desk.theme, &words).clicked());
    if went {
        desk.ask(Request::Select(vec![recipe.into()]));
    }
}
