//! A source that claims rest on.

use crate::app::desk::{EditContext, Reading};
use crate::i18n::Msg;
use crate::model::Evidence;
use crate::panels::day_picker::date_row;
use crate::panels::fields::{name_field, read_row, tall_text};
use egui::Ui;

pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>, found: &Evidence) {
    let id = found.id.into();
    name_field(ui, desk, id, "source", Msg::Source, &found.source);
    date_row(ui, desk, id, "date", Msg::Date, found.date);
    let n = found.n.map(|n| n.to_string()).unwrap_or_default();
    read_row(ui, desk, id, "n", Msg::SampleSize, Reading::Whole, &n);
    tall_text(ui, desk, id, "note", Msg::Note, &found.note);
}
