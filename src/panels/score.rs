//! The score of an element: value, uncertainty and distribution.

use super::distribution;
use super::fields::figure_row;
use super::widgets::{caption_label, draw_divider, soft_label};
use crate::app::desk::{EditContext, Reading};
use egui::{RichText, Ui};
use engine::feedback::overlay::{Overlay, TargetScore};
use engine::feedback::score::{Formula, MetricChoice};
use engine::i18n::{Lang, Msg, Worded, format_count, format_decimal, format_percent, formula_words, n_words};
use engine::id::Id;
use engine::model::Question;
use engine::theme::Theme;

/// Shows the scores of an element in the inspector, if it has any.
pub(crate) fn show(ui: &mut Ui, desk: &mut EditContext<'_>, id: Id) {
    let Some(overlay) = desk.session.shown_overlay().cloned() else { return };
    if show_scores(ui, desk.theme, desk.lang, &overlay, id) {
        belief_row(ui, desk, &overlay, id);
        draw_divider(ui, desk.theme);
    }
}

/// Shows a field for the score that the company believes in, beside the customers' score.
fn belief_row(ui: &mut Ui, desk: &mut EditContext<'_>, overlay: &Overlay, id: Id) {
    let question = overlay.scores.get(&id).map(|score| score.question);
    let Some(question) = question.and_then(|question| desk.project().questions().get(&question)).cloned()
    else {
        return;
    };
    let (low, high) = Formula::for_question(desk.project(), &question, MetricChoice::Own).score_domain();
    figure_row(ui, desk, &*question, Question::BELIEF, Reading::Number(low, high));
}

/// Shows the scores of an element with their distributions; returns false if it has none.
pub(crate) fn show_scores(ui: &mut Ui, theme: &Theme, lang: Lang, overlay: &Overlay, id: Id) -> bool {
    let mut found = false;
    for target in overlay.scores_of(id) {
        found = true;
        show_score(ui, theme, lang, target);
        distribution::show(ui, theme, lang, target);
    }
    if found {
        distribution::show_sources(ui, theme, lang, overlay);
    }
    found
}

fn show_score(ui: &mut Ui, theme: &Theme, lang: Lang, target: &TargetScore) {
    caption_label(ui, theme, target.formula.kind.display_name().text(lang));
    ui.horizontal(|ui| {
        let value = target.score.value.map_or("–".to_owned(), |value| format_score(target, value, lang));
        ui.label(RichText::new(value).heading().size(engine::theme::size::text::TITLE));
        if let Some((low, high)) = target.score.interval {
            let low = format_score(target, low, lang);
            let high = format_score(target, high, lang);
            ui.label(Msg::IntervalIs.text_with(lang, &[("low", &low), ("high", &high)]));
        }
    });
    let n = n_words(lang, target.score.known_n());
    let missing = Msg::MissingN.text_with(lang, &[("n", &format_count(target.score.missing))]);
    let rejected = Msg::RejectedN.text_with(lang, &[("n", &format_count(target.score.rejected))]);
    let parts = match &target.score {
        score if score.is_of_unknown_n => vec![n],
        score if score.rejected > 0 => vec![n, missing, rejected],
        _ => vec![n, missing],
    };
    soft_label(ui, theme, &parts.join(" · "));
    if target.score.is_of_unknown_n {
        soft_label(ui, theme, Msg::UnknownNWhy.text(lang));
    } else if target.is_small() {
        soft_label(
            ui,
            theme,
            &Msg::SmallSample.text_with(lang, &[("n", &format_count(target.formula.small_n))]),
        );
    }
    soft_label(ui, theme, &formula_words(lang, &target.formula));
}

fn format_score(target: &TargetScore, value: f64, lang: Lang) -> String {
    if target.formula.is_share() { format_percent(lang, value / 100.0, 1) } else { format_decimal(value, 1) }
}
