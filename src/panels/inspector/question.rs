//! A question of a survey: its text, its scale, what counts as no answer, and how it becomes a score.

use crate::app::desk::Desk;
use crate::app::words::title_of;
use crate::i18n::Msg;
use crate::model::value::{Atom, Value};
use crate::model::{Question, ordered};
use crate::panels::fields::{choice_row, number_row, options_row, tall_text};
use crate::panels::widgets::{row, soft};
use egui::Ui;

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, question: &Question) {
    let id = question.id.into();
    tall_text(ui, desk, id, "text", Msg::Text, &question.text);
    if let Some(target) = question.target {
        let words = title_of(desk.project(), target, desk.lang);
        row(ui, desk.theme, desk.text(Msg::About), |ui| ui.label(words));
    }
    number_row(ui, desk, id, "low", Msg::LowestAnswer, Some(question.low), (-1e6, question.high));
    number_row(ui, desk, id, "high", Msg::HighestAnswer, Some(question.high), (question.low, 1e6));
    choice_row(ui, desk, id, "direction", Msg::Direction, question.direction);
    metric(ui, desk, question);
    if !question.missing.is_empty() {
        let codes = question.missing.iter().cloned().collect::<Vec<_>>().join(", ");
        soft(ui, desk.theme, &Msg::CodesNoAnswer.with(desk.lang, &[("codes", &codes)]));
    }
}

fn metric(ui: &mut Ui, desk: &mut Desk<'_>, question: &Question) {
    let suggested = (Value::Nothing, desk.text(Msg::AsScaleSuggests).to_owned());
    let metrics = ordered(desk.project().metrics()).into_iter();
    let named = metrics.map(|m| (m.id.to_value(), title_of(desk.project(), m.id.into(), desk.lang)));
    let options: Vec<(Value, String)> = std::iter::once(suggested).chain(named).collect();
    options_row(ui, desk, question.id.into(), "metric", Msg::Metric, &question.metric.to_value(), &options);
}
