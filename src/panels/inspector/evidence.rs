//! A source that claims rest on.

use crate::app::desk::{EditContext, Reading};
use crate::panels::day_picker::date_row;
use crate::panels::fields::Spec;
use crate::panels::fields::{name_field, read_row, tall_text};
use egui::Ui;
use engine::model::Evidence;

pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>, found: &Evidence) {
    name_field(ui, desk, found, Evidence::SOURCE);
    date_row(ui, desk, found, Evidence::DATE);
    let n = found.n.map(|n| n.to_string()).unwrap_or_default();
    read_row(ui, desk, Spec::new(found.id.into(), Evidence::N, Reading::Whole), &n);
    tall_text(ui, desk, found, Evidence::NOTE);
}
