//! A survey question: its text, target, scale, codes for no answer, and metric.

use super::links::elements_in_order;
use crate::app::desk::{EditContext, Reading};
use crate::app::words::title_of;
use crate::panels::fields::Spec;
use crate::panels::fields::figure_row;
use crate::panels::fields::{choice_row, options_row, pick_of, read_row, tall_row, tall_text};
use crate::panels::widgets::labelled_row;
use egui::Ui;
use engine::i18n::{Lang, Msg, format_figure};
use engine::id::Id;
use engine::model::range::ANSWER;
use engine::model::value::{Atom, FieldValue};
use engine::model::{Project, Question, records_in_order};

pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>, question: &Question) {
    let id = question.id.into();
    tall_text(ui, desk, question, Question::TEXT);
    target_row(ui, desk, question);
    let lowest = *ANSWER.start();
    let highest = *ANSWER.end();
    let low = Spec::new(id, Question::LOW, Reading::Number(lowest, question.high));
    read_row(ui, desk, low, &format_figure(question.low, 3));
    let high = Spec::new(id, Question::HIGH, Reading::Number(question.low, highest));
    read_row(ui, desk, high, &format_figure(question.high, 3));
    choice_row(ui, desk, question, Question::DIRECTION);
    metric_row(ui, desk, question);
    figure_row(ui, desk, question, Question::BELIEF, Reading::Number(lowest, highest));
    let codes = question.missing.iter().cloned().collect::<Vec<_>>().join(", ");
    read_row(ui, desk, Spec::new(id, Question::MISSING, Reading::Codes), &codes);
    ui.add_space(8.0);
    let words: Vec<String> = question
        .words
        .iter()
        .map(|(word, answer)| format!("{word} = {}", format_figure(*answer, 3)))
        .collect();
    tall_row(ui, desk, Spec::new(id, Question::WORDS, Reading::Words), &words.join("\n"));
    let aliases = question.aliases.iter().cloned().collect::<Vec<_>>().join("\n");
    tall_row(ui, desk, Spec::new(id, Question::ALIASES, Reading::Lines), &aliases);
}

/// Shows the question's target: the journey, or a stage or touchpoint of it.
fn target_row(ui: &mut Ui, desk: &mut EditContext<'_>, question: &Question) {
    let Some(journey) = desk.session.journey().cloned() else { return };
    let project = desk.project();
    let lang = desk.lang;
    let none = desk.text(Msg::NotSet);
    let shown = question.target.map_or(none.to_owned(), |target| title_of(project, target, lang));
    let options = || {
        let whole = [(None, none.to_owned()), named_option(project, lang, journey.info().id.into())];
        let inside = elements_in_order(&journey).into_iter().map(|id| named_option(project, lang, id));
        whole.into_iter().chain(inside).collect()
    };
    let name = desk.text(Msg::About);
    let picked =
        labelled_row(ui, desk.theme, name, |ui| pick_of(ui, (question.id, "target"), name, &shown, options));
    if let Some(target) = picked {
        desk.set_atom(question.id.into(), Question::TARGET, &target);
    }
}

fn named_option(project: &Project, lang: Lang, id: Id) -> (Option<Id>, String) {
    (Some(id), title_of(project, id, lang))
}

fn metric_row(ui: &mut Ui, desk: &mut EditContext<'_>, question: &Question) {
    let suggested = (FieldValue::Nothing, desk.text(Msg::AsScaleSuggests).to_owned());
    let metrics = records_in_order(desk.project().metrics()).into_iter();
    let named = metrics.map(|m| (m.id.to_value(), title_of(desk.project(), m.id.into(), desk.lang)));
    let options: Vec<(FieldValue, String)> = std::iter::once(suggested).chain(named).collect();
    options_row(ui, desk, question, Question::METRIC, &options);
}
