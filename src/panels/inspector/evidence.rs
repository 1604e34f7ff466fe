//! A source that claims rest on.

use crate::app::desk::{Desk, Reading};
use crate::i18n::Msg;
use crate::model::Evidence;
use crate::panels::fields::{read_row, tall_text, text};
use egui::Ui;

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, found: &Evidence) {
    let id = found.id.into();
    text(ui, desk, id, "source", Msg::Source, &found.source);
    let date = found.date.map(|date| date.to_string()).unwrap_or_default();
    read_row(ui, desk, id, "date", Msg::Date, Reading::Date, &date);
    let n = found.n.map(|n| n.to_string()).unwrap_or_default();
    read_row(ui, desk, id, "n", Msg::SampleSize, Reading::Whole, &n);
    tall_text(ui, desk, id, "note", Msg::Note, &found.note);
}
