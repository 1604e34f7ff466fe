//! The score of an element: value, uncertainty and distribution.

use super::distribution;
use super::fields::number_row;
use super::widgets::{caption, divider, soft};
use crate::app::desk::Desk;
use crate::feedback::overlay::{Overlay, TargetScore};
use crate::feedback::score::{Formula, MetricChoice};
use crate::feedback::{formula_words, n_words};
use crate::i18n::{Lang, Msg, count, decimal, percent};
use crate::id::Id;
use crate::model::Worded;
use crate::theme::Theme;
use egui::{RichText, Ui};

/// Shows the scores of an element in the inspector, if it has any.
pub(crate) fn show(ui: &mut Ui, desk: &mut Desk<'_>, id: Id) {
    let Some(overlay) = desk.session.shown_overlay().cloned() else { return };
    if tell(ui, desk.theme, desk.lang, &overlay, id) {
        belief(ui, desk, &overlay, id);
        divider(ui, desk.theme);
    }
}

/// Shows a field for the score that the company believes in, beside the customers' score.
fn belief(ui: &mut Ui, desk: &mut Desk<'_>, overlay: &Overlay, id: Id) {
    let question = overlay.scores.get(&id).map(|score| score.question);
    let Some(question) = question.and_then(|question| desk.project().questions().get(&question)).cloned()
    else {
        return;
    };
    let (low, high) = Formula::of(desk.project(), &question, MetricChoice::Own).domain();
    number_row(ui, desk, question.id.into(), "belief", Msg::CompanyBelieves, question.belief, (low, high));
}

/// Shows the scores of an element with their distributions; returns false if it has none.
pub(crate) fn tell(ui: &mut Ui, theme: &Theme, lang: Lang, overlay: &Overlay, id: Id) -> bool {
    let mut found = false;
    for target in overlay.of(id) {
        found = true;
        one(ui, theme, lang, target);
        distribution::show(ui, theme, lang, target);
    }
    if found {
        distribution::sources(ui, theme, lang, overlay);
    }
    found
}

fn one(ui: &mut Ui, theme: &Theme, lang: Lang, target: &TargetScore) {
    caption(ui, theme, target.formula.kind.word().text(lang));
    ui.horizontal(|ui| {
        let value = target.score.value.map_or("–".to_owned(), |value| figure(target, value, lang));
        ui.label(RichText::new(value).heading().size(crate::theme::size::text::TITLE));
        if let Some((low, high)) = target.score.interval {
            let low = figure(target, low, lang);
            let high = figure(target, high, lang);
            ui.label(Msg::IntervalIs.with(lang, &[("low", &low), ("high", &high)]));
        }
    });
    let n = n_words(lang, target.score.known_n());
    let missing = Msg::MissingN.with(lang, &[("n", &count(target.score.missing))]);
    let rejected = Msg::RejectedN.with(lang, &[("n", &count(target.score.rejected))]);
    let parts = match &target.score {
        score if score.is_of_unknown_n => vec![n],
        score if score.rejected > 0 => vec![n, missing, rejected],
        _ => vec![n, missing],
    };
    soft(ui, theme, &parts.join(" · "));
    if target.score.is_of_unknown_n {
        soft(ui, theme, Msg::UnknownNWhy.text(lang));
    } else if target.is_small() {
        soft(ui, theme, &Msg::SmallSample.with(lang, &[("n", &count(target.formula.small_n))]));
    }
    soft(ui, theme, &formula_words(lang, &target.formula));
}

fn figure(target: &TargetScore, value: f64, lang: Lang) -> String {
    if target.formula.is_share() { percent(lang, value / 100.0, 1) } else { decimal(value, 1) }
}
