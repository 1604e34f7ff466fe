//! The journey's title, goal, state and personas; shown while nothing is selected.

use super::{claim, insights, project};
use crate::app::desk::EditContext;
use crate::app::request::AppRequest;
use crate::app::words::title_of;
use crate::panels::fields::{choice_row, name_field, tall_text};
use crate::panels::widgets::{
    LineAct, caption_label, check_box, draw_divider, removable_link, wide_link, with_outdent,
};
use egui::Ui;
use engine::i18n::Msg;
use engine::model::{JourneyInfo, records_in_order};
use std::collections::BTreeSet;

pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>) {
    let Some(journey) = desk.session.journey() else { return };
    let info = journey.info();
    let id = info.id.into();
    name_field(ui, desk, &**info, JourneyInfo::TITLE);
    tall_text(ui, desk, &**info, JourneyInfo::GOAL);
    choice_row(ui, desk, &**info, JourneyInfo::STATE);
    show_origin(ui, desk);
    show_personas(ui, desk);
    claim::show(ui, desk, &**info, JourneyInfo::EVIDENCE, JourneyInfo::ASSUMPTION);
    draw_divider(ui, desk.theme);
    crate::panels::score::show(ui, desk, id);
    insights::show(ui, desk, id);
    draw_divider(ui, desk.theme);
    caption_label(ui, desk.theme, desk.text(Msg::Project));
    let project = desk.project().info();
    let title = title_of(desk.project(), project.id.into(), desk.lang);
    if with_outdent(ui, |ui| wide_link(ui, desk.theme, &title)) {
        desk.queue_request(AppRequest::Select(vec![project.id.into()]));
    }
    project::show_shared_records(ui, desk);
}

/// Shows the journey that it was copied from, with a button that removes the reference.
fn show_origin(ui: &mut Ui, desk: &mut EditContext<'_>) {
    let Some(journey) = desk.session.journey() else { return };
    let origin = journey.info().origin.filter(|origin| desk.project().journey(*origin).is_some());
    let Some(origin) = origin else { return };
    ui.add_space(8.0);
    caption_label(ui, desk.theme, desk.text(Msg::MadeFrom));
    let title = title_of(desk.project(), origin.into(), desk.lang);
    let remove = Msg::RemoveNamed.text_with(desk.lang, &[("name", &desk.text(Msg::MadeFrom))]);
    match with_outdent(ui, |ui| removable_link(ui, desk.theme, &title, &remove)) {
        Some(LineAct::Go) => desk.queue_request(AppRequest::Show(origin)),
        Some(LineAct::Remove) => desk.set_atom(journey.info().id.into(), JourneyInfo::ORIGIN, &None),
        None => {}
    }
}

/// Shows the journey's personas; all ticked means everyone, including personas added later.
fn show_personas(ui: &mut Ui, desk: &mut EditContext<'_>) {
    let Some(journey) = desk.session.journey() else { return };
    let info = journey.info();
    let all = records_in_order(desk.project().personas());
    if all.len() < 2 {
        return;
    }
    ui.add_space(8.0);
    caption_label(ui, desk.theme, desk.text(Msg::Personas));
    let mut chosen: BTreeSet<_> = all
        .iter()
        .map(|p| p.id)
        .filter(|id| info.personas.is_empty() || info.personas.contains(id))
        .collect();
    let before = chosen.clone();
    for persona in &all {
        let mut has = chosen.contains(&persona.id);
        if check_box(ui, desk.theme, &mut has, &desk.title_of(persona.id)).changed() {
            if has {
                chosen.insert(persona.id)
            } else {
                chosen.remove(&persona.id)
            };
        }
    }
    if chosen != before && !chosen.is_empty() {
        let everyone = chosen.len() == all.len();
        desk.set_atom(
            info.id.into(),
            JourneyInfo::PERSONAS,
            &if everyone { BTreeSet::default() } else { chosen },
        );
    }
}
