//! A flow: its condition, the share and number of customers, and the wait.

use super::links::shares_doubt;
use super::{claim, insights};
use crate::app::desk::{EditContext, Reading};
use crate::app::request::AppRequest;
use crate::app::words::title_of;
use crate::panels::fields::{figure_row, text_row};
use crate::panels::widgets::{draw_divider, heading_label, labelled_row, link_button};
use egui::Ui;
use engine::i18n::Msg;
use engine::model::Flow;

pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>, flow: &Flow) {
    let id = flow.id.into();
    let ends = [flow.from, flow.to].map(|end| title_of(desk.project(), end, desk.lang));
    heading_label(ui, &ends.join(" → "));
    for (label, end, words) in [(Msg::From, flow.from, &ends[0]), (Msg::To, flow.to, &ends[1])] {
        if labelled_row(ui, desk.theme, desk.text(label), |ui| link_button(ui, desk.theme, words).clicked()) {
            desk.queue_request(AppRequest::Reveal(end));
        }
    }
    text_row(ui, desk, flow, Flow::CONDITION);
    figure_row(ui, desk, flow, Flow::SHARE, Reading::Share);
    shares_doubt(ui, desk, flow.from);
    figure_row(ui, desk, flow, Flow::VOLUME, Reading::Number(0.0, 1e15));
    figure_row(ui, desk, flow, Flow::WAIT, Reading::Minutes);
    claim::show(ui, desk, flow, Flow::EVIDENCE, Flow::ASSUMPTION);
    draw_divider(ui, desk.theme);
    insights::show(ui, desk, id);
}
