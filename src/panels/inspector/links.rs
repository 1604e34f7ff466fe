//! The links of an element: flows out and in, the elements it is about, and the insights it answers.

use crate::app::desk::EditContext;
use crate::app::request::AppRequest;
use crate::app::words::title_of;
use crate::canvas::CanvasOrder;
use crate::panels::fields::pick_of;
use crate::panels::widgets::{
    LineAct, caption_label, link_button, removable_link, warning_label, with_outdent,
};
use egui::Ui;
use engine::edit::command;
use engine::i18n::{Msg, format_excess_shares, format_percent};
use engine::id::{Id, ImprovementId, Kind, StepId};
use engine::model::check::excess_shares;
use engine::model::choice::{ImprovementKind, InsightKind};
use engine::model::{Journey, records_in_order};
use std::collections::BTreeMap;

/// Shows the flows of a touchpoint or stage.
pub(super) fn show_flows(ui: &mut Ui, desk: &mut EditContext<'_>, id: Id) {
    let Some(journey) = desk.session.journey() else { return };
    let out: Vec<Id> = journey.flows_from(id).iter().map(|flow| flow.id.into()).collect();
    let into: Vec<Id> = journey.links_to(id).into_iter().filter(|link| link.kind() == Kind::Flow).collect();
    ui.add_space(8.0);
    caption_label(ui, desk.theme, desk.text(Msg::Flows));
    for flow in out.into_iter().chain(into) {
        flow_line(ui, desk, id, flow);
    }
    shares_doubt(ui, desk, id);
    let others = |other: &Id| other.kind() == id.kind() && *other != id;
    if let Some(to) = pick_element(ui, desk, (id, "flow"), Msg::LeadsOn, others)
        && let Some((made, flow)) = command::add_flow(desk.project(), id, to, desk.source)
    {
        desk.queue_request(AppRequest::CommitAndSelect(made, flow.into()));
    }
}

/// Warns if the shares of the flows out of a touchpoint or stage exceed 100 %.
pub(super) fn shares_doubt(ui: &mut Ui, desk: &EditContext<'_>, from: Id) {
    let total = desk.session.journey().and_then(|journey| excess_shares(journey, from));
    if let Some(total) = total {
        let name = title_of(desk.project(), from, desk.lang);
        let words = Msg::SharesTooHigh
            .text_with(desk.lang, &[("name", &name), ("found", &format_excess_shares(total))]);
        warning_label(ui, desk.theme, &words);
    }
}

/// Returns the stages and touchpoints of a journey, in order.
pub(super) fn elements_in_order(journey: &Journey) -> Vec<Id> {
    let mut columns: BTreeMap<StepId, Vec<Id>> = BTreeMap::new();
    for card in records_in_order(journey.touchpoints()) {
        columns.entry(card.step).or_default().push(card.id.into());
    }
    let stages = journey.stages_in_order().into_iter();
    let cards =
        |stage| journey.steps_of(stage).into_iter().filter_map(|step| columns.get(&step.id)).flatten();
    let all = stages.flat_map(|stage| std::iter::once(Id::from(stage.id)).chain(cards(stage.id).copied()));
    all.collect()
}

/// Shows a list of stages and touchpoints to choose from.
fn pick_element(
    ui: &mut Ui,
    desk: &EditContext<'_>,
    salt: impl egui::AsIdSalt,
    label: Msg,
    fits: impl Fn(&Id) -> bool,
) -> Option<Id> {
    let journey = desk.session.journey()?;
    let name = desk.text(label);
    let lang = desk.lang;
    let named = |id: Id| (id, title_of(desk.project(), id, lang));
    let options = || elements_in_order(journey).into_iter().filter(|id| fits(id)).map(named).collect();
    with_outdent(ui, |ui| pick_of(ui, salt, name, &format!("{name}…"), options))
}

fn flow_line(ui: &mut Ui, desk: &mut EditContext<'_>, at: Id, id: Id) {
    let flows = desk.session.journey().map(|journey| journey.flows());
    let Some(flow) = flows.and_then(|flows| flows.get(&id.to_typed()?)) else { return };
    let (arrow, other) = if flow.from == at { ("→", flow.to) } else { ("←", flow.from) };
    let share =
        flow.share.map(|share| format!(" · {}", format_percent(desk.lang, share, 0))).unwrap_or_default();
    let words = format!("{arrow} {}{share}", title_of(desk.project(), other, desk.lang));
    link_line(ui, desk, id, &words, id);
}

/// Shows a line that leads to an element, with a button that deletes the link.
fn link_line(ui: &mut Ui, desk: &mut EditContext<'_>, to: Id, words: &str, link_id: Id) {
    let remove = Msg::RemoveNamed.text_with(desk.lang, &[("name", &words)]);
    match with_outdent(ui, |ui| removable_link(ui, desk.theme, words, &remove)) {
        Some(LineAct::Go) => desk.queue_request(AppRequest::Reveal(to)),
        Some(LineAct::Remove) => desk.delete_element(link_id),
        None => {}
    }
}

/// Shows the elements that an insight or improvement is about.
pub(super) fn show_subjects(ui: &mut Ui, desk: &mut EditContext<'_>, id: Id) {
    let journeys = desk.project().journeys().values();
    let found: Vec<(Id, Id)> = journeys
        .flat_map(|journey| journey.abouts().values())
        .filter(|about| about.from == id)
        .map(|about| (about.id.into(), about.to))
        .collect();
    caption_label(ui, desk.theme, desk.text(Msg::About));
    for (link, to) in &found {
        let words = title_of(desk.project(), *to, desk.lang);
        link_line(ui, desk, *to, &words, *link);
    }
    let new = |other: &Id| !found.iter().any(|(_, known)| known == other);
    if let Some(to) = pick_element(ui, desk, (id, "about"), Msg::AddAbout, new) {
        let transaction = command::speak_of(desk.project(), &[id], to, true, desk.source);
        desk.request_commit(transaction);
    }
}

/// Shows the elements that an improvement answers, and a list of others to add.
pub(super) fn show_answers(ui: &mut Ui, desk: &mut EditContext<'_>, id: ImprovementId) {
    caption_label(ui, desk.theme, desk.text(Msg::Answers));
    let answers = desk.project().answers().values().filter(|answer| answer.from == id);
    let found: Vec<(Id, Id)> = answers.map(|answer| (answer.id.into(), answer.to)).collect();
    for (link, to) in &found {
        let words = title_of(desk.project(), *to, desk.lang);
        link_line(ui, desk, *to, &words, *link);
    }
    let options = || {
        let new = |(to, _): &(Id, String)| !found.iter().any(|(_, known)| known == to);
        answerable_elements(desk, id).into_iter().filter(new).collect()
    };
    let name = desk.text(Msg::Answers);
    let shown = desk.text(Msg::Choose);
    if let Some(to) = with_outdent(ui, |ui| pick_of(ui, (id, "answers"), name, shown, options)) {
        let transaction = command::add_answer(desk.project(), id, to, desk.source);
        desk.request_commit(transaction);
    }
}

/// Returns what an improvement may answer: pains and needs, or opportunities for a solution.
fn answerable_elements(desk: &EditContext<'_>, id: ImprovementId) -> Vec<(Id, String)> {
    let project = desk.project();
    let solution = project.improvements().get(&id).is_some_and(|made| made.kind == ImprovementKind::Solution);
    let ids: Vec<Id> = if solution {
        let made = project.improvements().values();
        made.filter(|made| made.kind == ImprovementKind::Opportunity).map(|made| made.id.into()).collect()
    } else {
        let insights = project.journeys().values().flat_map(|journey| journey.insights().values());
        let wanted = |kind| matches!(kind, InsightKind::Pain | InsightKind::Need);
        insights.filter(|insight| wanted(insight.kind)).map(|insight| insight.id.into()).collect()
    };
    ids.into_iter().map(|id| (id, title_of(project, id, desk.lang))).collect()
}

/// Shows the improvements that answer a pain, need or opportunity.
pub(super) fn answered_by(ui: &mut Ui, desk: &mut EditContext<'_>, id: Id) {
    let answers = desk.project().answers().values().filter(|answer| answer.to == id);
    let found: Vec<Id> = answers.map(|answer| answer.from.into()).collect();
    caption_label(ui, desk.theme, desk.text(Msg::AnsweredBy));
    for improvement in found {
        super::insights::show_insight(ui, desk, improvement);
    }
    let (label, kind) = if id.kind() == Kind::Improvement {
        (Msg::PlusSolution, ImprovementKind::Solution)
    } else {
        (Msg::PlusOpportunity, ImprovementKind::Opportunity)
    };
    let theme = desk.theme;
    if with_outdent(ui, |ui| link_button(ui, theme, desk.text(label))).clicked() {
        desk.queue_request(AppRequest::Order(CanvasOrder::AddImprovement(kind, Some(id))));
    }
}
