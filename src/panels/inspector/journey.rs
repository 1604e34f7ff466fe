//! The journey's title, goal, state and personas; shown while nothing is selected.

use super::{claim, insights, project};
use crate::app::desk::Desk;
use crate::app::request::Request;
use crate::app::words::title_of;
use crate::i18n::Msg;
use crate::id::JourneyId;
use crate::model::ordered;
use crate::panels::fields::{choice_row, tall_text, text};
use crate::panels::widgets::{LineAct, caption, divider, leading, outdented, removable, tick};
use egui::Ui;
use std::collections::BTreeSet;

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let Some(journey) = desk.session.journey() else { return };
    let info = journey.info();
    let id = info.id.into();
    text(ui, desk, id, "title", Msg::Title, &info.title);
    tall_text(ui, desk, id, "goal", Msg::Goal, &info.goal);
    choice_row(ui, desk, id, "state", Msg::State, info.state);
    origin(ui, desk);
    personas(ui, desk);
    claim::show(ui, desk, id, &info.evidence, info.assumption);
    divider(ui, desk.theme);
    crate::panels::score::show(ui, desk, id);
    insights::show(ui, desk, id);
    divider(ui, desk.theme);
    caption(ui, desk.theme, desk.text(Msg::Project));
    let project = desk.project().info();
    let title = title_of(desk.project(), project.id.into(), desk.lang);
    if outdented(ui, |ui| leading(ui, desk.theme, &title)) {
        desk.ask(Request::Select(vec![project.id.into()]));
    }
    project::kept(ui, desk);
}

/// Shows the journey that it was copied from, with a button that removes the reference.
fn origin(ui: &mut Ui, desk: &mut Desk<'_>) {
    let Some(journey) = desk.session.journey() else { return };
    let origin = journey.info().origin.filter(|origin| desk.project().journey(*origin).is_some());
    let Some(origin) = origin else { return };
    ui.add_space(8.0);
    caption(ui, desk.theme, desk.text(Msg::MadeFrom));
    let title = title_of(desk.project(), origin.into(), desk.lang);
    let remove = Msg::RemoveNamed.with(desk.lang, &[("name", &desk.text(Msg::MadeFrom))]);
    match outdented(ui, |ui| removable(ui, desk.theme, &title, &remove)) {
        Some(LineAct::Go) => desk.ask(Request::Show(origin)),
        Some(LineAct::Remove) => desk.put(journey.info().id.into(), "origin", &None::<JourneyId>),
        None => {}
    }
}

/// Shows the journey's personas; all ticked means everyone, including personas added later.
fn personas(ui: &mut Ui, desk: &mut Desk<'_>) {
    let Some(journey) = desk.session.journey() else { return };
    let info = journey.info();
    let all = ordered(desk.project().personas());
    if all.len() < 2 {
        return;
    }
    ui.add_space(8.0);
    caption(ui, desk.theme, desk.text(Msg::Personas));
    let mut chosen: BTreeSet<_> = all
        .iter()
        .map(|p| p.id)
        .filter(|id| info.personas.is_empty() || info.personas.contains(id))
        .collect();
    let before = chosen.clone();
    for persona in &all {
        let mut has = chosen.contains(&persona.id);
        if tick(ui, desk.theme, &mut has, &persona.name).changed() {
            if has {
                chosen.insert(persona.id)
            } else {
                chosen.remove(&persona.id)
            };
        }
    }
    if chosen != before && !chosen.is_empty() {
        let everyone = chosen.len() == all.len();
        desk.put(info.id.into(), "personas", &if everyone { BTreeSet::default() } else { chosen });
    }
}
