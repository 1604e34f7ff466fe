//! The score of the selected element: value, doubt and distribution.

use super::widgets::{caption, divider, soft};
use crate::app::desk::Desk;
use crate::feedback::overlay::TargetScore;
use crate::i18n::{Lang, Msg, count, decimal, percent};
use crate::id::Id;
use crate::layout::legend;
use crate::model::Worded;
use egui::{RichText, Ui};

/// Shows the scores of an element; nothing where it has none.
pub(crate) fn show(ui: &mut Ui, desk: &Desk<'_>, id: Id) {
    let Some(overlay) = desk.session.shown_overlay() else { return };
    let found: Vec<&TargetScore> = overlay.of(id).collect();
    for target in &found {
        one(ui, desk, target);
    }
    if !found.is_empty() {
        divider(ui, desk.theme);
    }
}

fn one(ui: &mut Ui, desk: &Desk<'_>, target: &TargetScore) {
    let lang = desk.lang;
    caption(ui, desk.theme, desk.text(target.formula.kind.word()));
    ui.horizontal(|ui| {
        let value = target.score.value.map_or("–".to_owned(), |value| figure(target, value, lang));
        ui.label(RichText::new(value).heading().size(crate::theme::size::text::TITLE));
        if let Some((low, high)) = target.score.interval {
            let (low, high) = (figure(target, low, lang), figure(target, high, lang));
            ui.label(Msg::IntervalIs.with(lang, &[("low", &low), ("high", &high)]));
        }
    });
    let n = Msg::CountN.with(lang, &[("n", &count(target.score.n))]);
    let missing = Msg::MissingN.with(lang, &[("n", &count(target.score.missing))]);
    soft(ui, desk.theme, &format!("{n} · {missing}"));
    soft(ui, desk.theme, &legend::formula(lang, &target.formula));
}

fn figure(target: &TargetScore, value: f64, lang: Lang) -> String {
    if target.formula.is_share() { percent(lang, value / 100.0, 1) } else { decimal(value, 1) }
}
