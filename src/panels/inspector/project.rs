//! The project's own record, its journeys, and lists of the elements that they share.

use super::stage::title_and_text;
use crate::app::action::Action;
use crate::app::desk::Desk;
use crate::app::request::Request;
use crate::app::words::title_of;
use crate::i18n::Msg;
use crate::id::{Id, JourneyId, Kind};
use crate::model::ordered;
use crate::panels::fields::text_row;
use crate::panels::widgets::{
    LineAct, caption, caption_row, divider, leading, outdented, removable, small_icon_button,
};
use crate::theme::Icon;
use egui::Ui;

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let info = desk.project().info();
    let id = info.id.into();
    title_and_text(ui, desk, id, &info.title, &info.description);
    text_row(ui, desk, id, "note", Msg::Source, &info.note);
    divider(ui, desk.theme);
    journeys(ui, desk);
    kept(ui, desk);
}

/// Shows the journeys: a click opens one, and all but the last can be removed.
fn journeys(ui: &mut Ui, desk: &mut Desk<'_>) {
    let theme = desk.theme;
    let add = caption_row(ui, theme, desk.text(Msg::Journeys), |ui| {
        small_icon_button(ui, theme, Icon::Plus, desk.text(Msg::NewJourney)).clicked()
    });
    if add {
        desk.ask(Request::Do(Action::AddJourney));
    }
    let journeys = desk.project().journeys_in_order();
    let ids: Vec<JourneyId> = journeys.iter().map(|journey| journey.info().id).collect();
    for id in &ids {
        match line(ui, desk, (*id).into(), ids.len() > 1) {
            Some(LineAct::Go) => {
                desk.ask(Request::Show(*id));
                desk.ask(Request::Select(vec![(*id).into()]));
            }
            Some(LineAct::Remove) => desk.delete((*id).into()),
            None => {}
        }
    }
}

/// Lists sources, survey questions, waves, imports and recipes; a click selects one.
pub(super) fn kept(ui: &mut Ui, desk: &mut Desk<'_>) {
    let project = desk.project();
    let evidence: Vec<Id> = ordered(project.evidence()).iter().map(|source| source.id.into()).collect();
    let questions: Vec<Id> = ordered(project.questions()).iter().map(|question| question.id.into()).collect();
    let waves: Vec<Id> = ordered(project.waves()).iter().map(|wave| wave.id.into()).collect();
    let batches: Vec<Id> = project.batches().keys().map(|id| Id::from(*id)).collect();
    let recipes: Vec<Id> = project.recipes().keys().map(|id| Id::from(*id)).collect();
    lines(ui, desk, Msg::Evidence, evidence);
    lines(ui, desk, Msg::Questions, questions);
    lines(ui, desk, Msg::Waves, waves);
    lines(ui, desk, Msg::Batches, batches);
    lines(ui, desk, Msg::Recipes, recipes);
}

/// Shows a captioned list of elements that can be opened, and removed if no counted answers depend on them.
pub(super) fn lines(ui: &mut Ui, desk: &mut Desk<'_>, label: Msg, ids: Vec<Id>) {
    if ids.is_empty() {
        return;
    }
    ui.add_space(8.0);
    caption(ui, desk.theme, desk.text(label));
    for id in ids {
        match line(ui, desk, id, may_go(desk, id)) {
            Some(LineAct::Go) => desk.ask(Request::Select(vec![id])),
            Some(LineAct::Remove) => desk.delete(id),
            None => {}
        }
    }
}

fn line(ui: &mut Ui, desk: &Desk<'_>, id: Id, can_go: bool) -> Option<LineAct> {
    let words = title_of(desk.project(), id, desk.lang);
    outdented(ui, |ui| {
        if !can_go {
            return leading(ui, desk.theme, &words).then_some(LineAct::Go);
        }
        let remove = Msg::RemoveNamed.with(desk.lang, &[("name", &words)]);
        removable(ui, desk.theme, &words, &remove)
    })
}

/// True if an element can be removed: waves and questions with counts are only removed with their import.
fn may_go(desk: &Desk<'_>, id: Id) -> bool {
    if !matches!(id.kind(), Kind::Wave | Kind::Question) {
        return true;
    }
    let counted = desk.project().batches().values().flat_map(|batch| batch.counts.histograms.keys());
    !counted.into_iter().any(|key| Id::from(key.wave) == id || Id::from(key.question) == id)
}
