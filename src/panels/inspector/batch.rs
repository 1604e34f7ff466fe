//! The inspector of an import: file, day, content, and the buttons to remove or replace it.

use crate::app::desk::EditContext;
use crate::app::request::AppRequest;
use crate::app::words::title_of;
use crate::features::import;
use crate::panels::inspector::project::element_list;
use crate::panels::widgets::{labelled_row, link_button, soft_label, with_outdent};
use egui::{Label, Ui};
use engine::i18n::{Msg, format_count, format_date};
use engine::id::Id;
use engine::model::Batch;
use std::collections::BTreeSet;

pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>, batch: &Batch) {
    let lang = desk.lang;
    let theme = desk.theme;
    ui.add(Label::new(batch.file.as_str()).wrap());
    soft_label(ui, theme, &Msg::ImportedOn.text_with(lang, &[("date", &format_date(lang, batch.imported))]));
    soft_label(ui, theme, &Msg::ImportRows.text_with(lang, &[("n", &format_count(batch.rows))]));
    if batch.aggregated {
        soft_label(ui, theme, Msg::Aggregated.text(lang));
    }
    let waves: BTreeSet<_> = batch.counts.histograms.keys().map(|key| key.wave).collect();
    element_list(ui, desk, Msg::Waves, waves.into_iter().map(Id::from).collect());
    recipe_row(ui, desk, batch);
    ui.add_space(8.0);
    if with_outdent(ui, |ui| link_button(ui, theme, desk.text(Msg::ReplaceImport))).clicked() {
        let replaced = batch.id;
        desk.queue_request(AppRequest::call_step(move |app| import::ask_for_answers(app, Some(replaced))));
    }
    if with_outdent(ui, |ui| link_button(ui, theme, desk.text(Msg::RemoveImport))).clicked() {
        desk.delete_element(batch.id.into());
    }
}

/// Shows a link to the recipe it was read with.
fn recipe_row(ui: &mut Ui, desk: &mut EditContext<'_>, batch: &Batch) {
    let Some(recipe) = batch.recipe else { return };
    let words = title_of(desk.project(), recipe.into(), desk.lang);
    let went = labelled_row(ui, desk.theme, desk.text(Msg::Recipe), |ui| {
        link_button(ui, desk.theme, &words).clicked()
    });
    if went {
        desk.queue_request(AppRequest::Select(vec![recipe.into()]));
    }
}
