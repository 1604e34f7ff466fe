//! The texts of the text lanes under a step or stage.

use crate::app::desk::EditContext;
use crate::app::request::AppRequest;
use crate::app::words::title_of;
use crate::canvas::CanvasOrder;
use crate::panels::fields::tall_text;
use crate::panels::widgets::{caption_label, wide_link, with_outdent};
use egui::Ui;
use engine::id::Id;
use engine::model::Cell;

/// Shows each lane's text, or a line that opens it for typing on the map.
pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>, at: Id) {
    let Some(journey) = desk.session.journey().cloned() else { return };
    for lane in journey.lanes_in_order().into_iter().filter(|lane| lane.kind.holds_texts()) {
        let name = title_of(desk.project(), lane.id.into(), desk.lang);
        ui.add_space(8.0);
        if let Some(cell) = journey.cells().values().find(|cell| cell.lane == lane.id && cell.at == at) {
            caption_label(ui, desk.theme, &name);
            tall_text(ui, desk, &**cell, Cell::TEXT);
        } else if with_outdent(ui, |ui| wide_link(ui, desk.theme, &format!("+ {name}"))) {
            desk.queue_request(AppRequest::Order(CanvasOrder::EditCell(lane.id, at)));
        }
    }
}
