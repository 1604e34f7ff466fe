//! The insights and improvements about an element, and buttons that add more.

use crate::app::desk::EditContext;
use crate::app::request::AppRequest;
use crate::app::words::{improvement_ink, insight_ink, title_of};
use crate::canvas::CanvasOrder;
use crate::panels::widgets::{caption_label, hint_label, insight_box, link_button, with_outdent};
use egui::Ui;
use engine::i18n::{Msg, Worded};
use engine::id::{EvidenceId, Id};
use engine::model::choice::{ImprovementKind, InsightKind};
use engine::model::{Improvement, Insight, Record};
use std::collections::BTreeSet;

pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>, about: Id) {
    caption_label(ui, desk.theme, desk.text(Msg::Insights));
    let found = insights_about(desk, about);
    if found.is_empty() {
        hint_label(ui, desk.theme, desk.text(Msg::NoInsightsHere));
    }
    for id in found {
        show_insight(ui, desk, id);
        ui.add_space(3.0);
    }
    with_outdent(ui, |ui| ui.horizontal_wrapped(|ui| add_buttons(ui, desk, about)));
}

/// Returns insights and improvements about an element, and the improvements that answer those insights.
fn insights_about(desk: &EditContext<'_>, about: Id) -> Vec<Id> {
    let project = desk.project();
    let direct = desk.session.journey().map(|journey| journey.spoken_of_by(about)).unwrap_or_default();
    let answers = project.answers().values().filter(|answer| direct.contains(&answer.to));
    let answering: Vec<Id> = answers.map(|answer| answer.from.into()).collect();
    let mut seen = BTreeSet::new();
    let mut found: Vec<Id> = direct.into_iter().chain(answering).filter(|id| seen.insert(*id)).collect();
    found.sort_by_key(|id| sort_key(desk, *id));
    found
}

/// Returns the sort key: pains with the highest severity first, then the other kinds in their usual order.
fn sort_key(desk: &EditContext<'_>, id: Id) -> (usize, u8) {
    match desk.project().record(id) {
        Some(Record::Insight(insight)) => {
            let kind = InsightKind::ALL.iter().position(|kind| *kind == insight.kind).unwrap_or(0);
            (kind, u8::MAX - insight.severity.unwrap_or(0))
        }
        _ => (usize::MAX, 0),
    }
}

/// Shows a box for an insight or improvement; a click selects it.
pub(super) fn show_insight(ui: &mut Ui, desk: &mut EditContext<'_>, id: Id) {
    let (ink, detail) = match desk.project().record(id) {
        Some(Record::Insight(insight)) => {
            (insight_ink(insight.kind, desk.theme), insight_line(desk, &insight))
        }
        Some(Record::Improvement(made)) => {
            (improvement_ink(made.kind, desk.theme), improvement_line(desk, &made))
        }
        _ => return,
    };
    let title = title_of(desk.project(), id, desk.lang);
    let theme = desk.theme;
    if insight_box(ui, ink, &title, &detail, theme).clicked() {
        desk.queue_request(AppRequest::Reveal(id));
    }
}

fn insight_line(desk: &EditContext<'_>, insight: &Insight) -> String {
    let kind = desk.text(insight.kind.display_name()).to_owned();
    let severity =
        insight.severity.map(|n| Msg::SeverityIs.text_with(desk.lang, &[("n", &n)]).to_lowercase());
    let known = |id: &&EvidenceId| desk.project().evidence().contains_key(id);
    let sources = insight.evidence.iter().filter(known);
    let sources = sources.map(|id| title_of(desk.project(), Id::from(*id), desk.lang));
    let doubt = insight.assumption.then(|| desk.text(Msg::Assumption).to_owned());
    std::iter::once(kind).chain(severity).chain(sources).chain(doubt).collect::<Vec<_>>().join(" · ")
}

fn improvement_line(desk: &EditContext<'_>, made: &Improvement) -> String {
    let kind = desk.text(made.kind.display_name()).to_owned();
    let value = made.value.map(|value| desk.text(value.display_name()).to_lowercase());
    let effort = made.effort.map(|n| Msg::EffortIs.text_with(desk.lang, &[("n", &n)]));
    std::iter::once(kind).chain(value).chain(effort).collect::<Vec<_>>().join(" · ")
}

fn add_buttons(ui: &mut Ui, desk: &mut EditContext<'_>, about: Id) {
    ui.spacing_mut().item_spacing.x = 0.0;
    let theme = desk.theme;
    let insight = |kind| CanvasOrder::AddInsight(kind, Some(about));
    let improvement = |kind| CanvasOrder::AddImprovement(kind, Some(about));
    for (label, order) in [
        (Msg::PlusPain, insight(InsightKind::Pain)),
        (Msg::PlusGain, insight(InsightKind::Gain)),
        (Msg::PlusNeed, insight(InsightKind::Need)),
        (Msg::PlusQuote, insight(InsightKind::Quote)),
        (Msg::PlusNote, insight(InsightKind::Note)),
        (Msg::PlusOpportunity, improvement(ImprovementKind::Opportunity)),
        (Msg::PlusSolution, improvement(ImprovementKind::Solution)),
    ] {
        if link_button(ui, theme, desk.text(label)).clicked() {
            desk.queue_request(AppRequest::Order(order));
        }
    }
}
