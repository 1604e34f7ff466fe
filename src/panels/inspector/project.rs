//! The project's own record, and lists of what it keeps for all journeys.

use super::stage::title_and_text;
use crate::app::desk::Desk;
use crate::app::request::Request;
use crate::app::words::title_of;
use crate::i18n::Msg;
use crate::id::Id;
use crate::model::ordered;
use crate::panels::fields::text_row;
use crate::panels::widgets::{LineAct, caption, removable};
use egui::Ui;

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let info = desk.project().info();
    let id = info.id.into();
    title_and_text(ui, desk, id, &info.title, Some(&info.description));
    text_row(ui, desk, id, "note", Msg::Source, &info.note);
    kept(ui, desk);
}

/// Sources, survey questions and imports, each a line that selects it.
pub(super) fn kept(ui: &mut Ui, desk: &mut Desk<'_>) {
    let project = desk.project();
    let evidence: Vec<Id> = ordered(project.evidence()).iter().map(|source| source.id.into()).collect();
    let questions: Vec<Id> = ordered(project.questions()).iter().map(|question| question.id.into()).collect();
    let batches: Vec<Id> = project.batches().keys().map(|id| Id::from(*id)).collect();
    list(ui, desk, Msg::Evidence, evidence);
    list(ui, desk, Msg::Questions, questions);
    list(ui, desk, Msg::Batches, batches);
}

fn list(ui: &mut Ui, desk: &mut Desk<'_>, label: Msg, ids: Vec<Id>) {
    if ids.is_empty() {
        return;
    }
    ui.add_space(8.0);
    caption(ui, desk.theme, desk.text(label));
    for id in ids {
        let words = title_of(desk.project(), id, desk.lang);
        let remove = Msg::RemoveNamed.with(desk.lang, &[("name", &words)]);
        match removable(ui, desk.theme, &words, &remove) {
            Some(LineAct::Go) => desk.ask(Request::Select(vec![id])),
            Some(LineAct::Remove) => desk.delete(id),
            None => {}
        }
    }
}
