//! The project's own record, its journeys, and lists of the elements that they share.

use super::stage::title_and_text;
use crate::app::action::Action;
use crate::app::desk::EditContext;
use crate::app::request::AppRequest;
use crate::app::words::title_of;
use crate::panels::fields::text_row;
use crate::panels::widgets::{
    LineAct, caption_label, caption_row, draw_divider, removable_link, small_icon_button, wide_link,
    with_outdent,
};
use egui::Ui;
use engine::i18n::Msg;
use engine::id::{Id, JourneyId, Kind};
use engine::model::{ProjectInfo, records_in_order};
use engine::theme::Icon;

pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>) {
    let info = desk.project().info();
    title_and_text(ui, desk, &**info, ProjectInfo::TITLE, ProjectInfo::DESCRIPTION);
    text_row(ui, desk, &**info, ProjectInfo::NOTE);
    draw_divider(ui, desk.theme);
    show_journeys(ui, desk);
    show_shared_records(ui, desk);
}

/// Shows the journeys: a click opens one, and all but the last can be removed.
fn show_journeys(ui: &mut Ui, desk: &mut EditContext<'_>) {
    let theme = desk.theme;
    let add = caption_row(ui, theme, desk.text(Msg::Journeys), |ui| {
        small_icon_button(ui, theme, Icon::Plus, desk.text(Msg::NewJourney)).clicked()
    });
    if add {
        desk.queue_request(AppRequest::Do(Action::AddJourney));
    }
    let journeys = desk.project().journeys_in_order();
    let ids: Vec<JourneyId> = journeys.iter().map(|journey| journey.info().id).collect();
    for id in &ids {
        match element_line(ui, desk, (*id).into(), ids.len() > 1) {
            Some(LineAct::Go) => {
                desk.queue_request(AppRequest::Show(*id));
                desk.queue_request(AppRequest::Select(vec![(*id).into()]));
            }
            Some(LineAct::Remove) => desk.delete_element((*id).into()),
            None => {}
        }
    }
}

/// Lists sources, survey questions, waves, imports and recipes; a click selects one.
pub(super) fn show_shared_records(ui: &mut Ui, desk: &mut EditContext<'_>) {
    let project = desk.project();
    let evidence: Vec<Id> =
        records_in_order(project.evidence()).iter().map(|source| source.id.into()).collect();
    let questions: Vec<Id> =
        records_in_order(project.questions()).iter().map(|question| question.id.into()).collect();
    let waves: Vec<Id> = records_in_order(project.waves()).iter().map(|wave| wave.id.into()).collect();
    let batches: Vec<Id> = project.batches().keys().map(|id| Id::from(*id)).collect();
    let recipes: Vec<Id> = project.recipes().keys().map(|id| Id::from(*id)).collect();
    element_list(ui, desk, Msg::Evidence, evidence);
    element_list(ui, desk, Msg::Questions, questions);
    element_list(ui, desk, Msg::Waves, waves);
    element_list(ui, desk, Msg::Batches, batches);
    element_list(ui, desk, Msg::Recipes, recipes);
}

/// Shows a captioned list of elements that can be opened, and removed if no counted answers depend on them.
pub(super) fn element_list(ui: &mut Ui, desk: &mut EditContext<'_>, label: Msg, ids: Vec<Id>) {
    if ids.is_empty() {
        return;
    }
    ui.add_space(8.0);
    caption_label(ui, desk.theme, desk.text(label));
    for id in ids {
        match element_line(ui, desk, id, may_go(desk, id)) {
            Some(LineAct::Go) => desk.queue_request(AppRequest::Select(vec![id])),
            Some(LineAct::Remove) => desk.delete_element(id),
            None => {}
        }
    }
}

fn element_line(ui: &mut Ui, desk: &EditContext<'_>, id: Id, can_go: bool) -> Option<LineAct> {
    let words = title_of(desk.project(), id, desk.lang);
    with_outdent(ui, |ui| {
        if !can_go {
            return wide_link(ui, desk.theme, &words).then_some(LineAct::Go);
        }
        let remove = Msg::RemoveNamed.text_with(desk.lang, &[("name", &words)]);
        removable_link(ui, desk.theme, &words, &remove)
    })
}

/// True if an element can be removed: waves and questions with counts are only removed with their import.
fn may_go(desk: &EditContext<'_>, id: Id) -> bool {
    if !matches!(id.kind(), Kind::Wave | Kind::Question) {
        return true;
    }
    let counted = desk.project().batches().values().flat_map(|batch| batch.counts.histograms.keys());
    !counted.into_iter().any(|key| Id::from(key.wave) == id || Id::from(key.question) == id)
}
