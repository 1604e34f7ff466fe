//! Scores as text for cards, bars and screen readers.

use crate::feedback::score::{Formula, Score};
use crate::i18n::{Lang, Worded, format_decimal, format_percent, format_signed};
use crate::model::choice::MetricKind;

/// True if a formula's scores are shown in whole points or percents; means have one decimal.
pub(super) fn is_whole(formula: &Formula) -> bool {
    formula.kind == MetricKind::Nps || formula.is_share()
}

/// Returns a score as cards and bars show it; a difference has a sign.
pub(super) fn format_figure(whole: bool, is_difference: bool, value: f64) -> String {
    let decimals = usize::from(!whole);
    if is_difference { format_signed(value, decimals) } else { format_decimal(value, decimals) }
}

/// Returns a score as it is read aloud: "Satisfied 51 %", "NPS 34".
pub fn spoken_score(lang: Lang, formula: &Formula, score: &Score) -> Option<String> {
    let value = score.value?;
    let figure = if formula.is_share() {
        format_percent(lang, value / 100.0, 0)
    } else {
        format_figure(is_whole(formula), false, value)
    };
    Some(format!("{} {figure}", formula.kind.display_name().text(lang)))
}
