//! Scores: their formulas, figures, samples and baselines, and the cautions about drivers.

use super::Explain;
use crate::feedback::AnsweredScore;
use crate::feedback::compare::ScoreBaseline;
use crate::feedback::drivers::{Caution, NoDrivers};
use crate::feedback::overlay::{Overlay, ScoreOrigin};
use crate::feedback::score::Formula;
use crate::i18n::{Lang, Msg, Worded, format_count, format_decimal, format_figure, format_percent};
use crate::model::Project;
use crate::model::choice::MetricKind;

/// The name of the file that scores come from, and a note if it was an aggregated table.
impl Explain for ScoreOrigin {
    fn explain(&self, lang: Lang) -> String {
        if self.aggregated {
            format!("{} ({})", self.file, Msg::Aggregated.text(lang))
        } else {
            self.file.clone()
        }
    }
}

/// Returns a caution about drivers; `name` returns the name of a driver.
pub fn explain_caution(caution: &Caution, name: impl Fn(usize) -> String, lang: Lang) -> String {
    match caution {
        Caution::Thin { needed } => Msg::CautionThin.text_with(lang, &[("n", &format_count(*needed))]),
        Caution::Constant(driver) => Msg::CautionConstant.text_with(lang, &[("name", &name(*driver))]),
        Caution::Collinear { drivers, condition } => {
            let names: Vec<String> = drivers.iter().map(|driver| name(*driver)).collect();
            let arguments: [(&str, &dyn std::fmt::Display); 2] =
                [("names", &names.join(", ")), ("condition", &format_figure(*condition, 1))];
            Msg::CautionCollinear.text_with(lang, &arguments)
        }
    }
}

impl Explain for NoDrivers {
    fn explain(&self, lang: Lang) -> String {
        match *self {
            Self::NoDriver => Msg::NoDriver.text(lang).to_owned(),
            Self::TooFew { n, needed } => Msg::DriversTooFew
                .text_with(lang, &[("n", &format_count(n)), ("needed", &format_count(needed))]),
            Self::ConstantOutcome => Msg::OutcomeConstant.text(lang).to_owned(),
        }
    }
}

/// The name of a score and its figure: "NPS 27.5".
impl Explain for AnsweredScore {
    fn explain(&self, lang: Lang) -> String {
        let Self { formula, value } = self;
        format!("{} {}", formula.kind.display_name().text(lang), figure_of(formula, *value, lang))
    }
}

/// Describes a formula in a sentence: the answers that count, and the scale.
pub fn formula_words(lang: Lang, formula: &Formula) -> String {
    let low = format_figure(formula.low, 1);
    let high = format_figure(formula.high, 1);
    let threshold = format_figure(formula.top_box_threshold(), 1);
    let best = formula.is_top_box(formula.high);
    let (from, to) = if best { (&threshold, &high) } else { (&low, &threshold) };
    let message = match formula.kind {
        MetricKind::Nps if formula.is_of_groups() => Msg::FormulaNpsGroups,
        MetricKind::Nps => Msg::FormulaNps,
        MetricKind::Csat if from == to => Msg::FormulaCsatOne,
        MetricKind::Csat => Msg::FormulaCsat,
        MetricKind::Ces if formula.share => Msg::FormulaCesShare,
        MetricKind::Ces => Msg::FormulaCesMean,
        MetricKind::Mean => Msg::FormulaMean,
    };
    message.text_with(lang, &[("from", from), ("to", to), ("low", &low), ("high", &high)])
}

/// Returns the number of answers that a score rests on, in words.
pub fn n_words(lang: Lang, n: Option<u64>) -> String {
    n.map_or_else(
        || Msg::UnknownN.text(lang).to_owned(),
        |n| Msg::CountN.text_with(lang, &[("n", &format_count(n))]),
    )
}

/// The length of [`hatched_words`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HatchedForm {
    /// A sentence.
    Sentence,
    /// A few signs, where there is little room.
    Short,
}

/// Describes the shown scores that are drawn hatched: those of fewer than `small_n` answers, or of an unknown
/// number.
pub fn hatched_words(lang: Lang, overlay: &Overlay, (small_n, form): (u64, HatchedForm)) -> String {
    let unknown = overlay.scores.values().any(|target| target.score.is_of_unknown_n);
    let message = match (form, unknown) {
        (HatchedForm::Sentence, true) => Msg::SmallOrUnknown,
        (HatchedForm::Sentence, false) => Msg::SmallSample,
        (HatchedForm::Short, true) => Msg::SmallOrUnknownShort,
        (HatchedForm::Short, false) => Msg::SmallSampleShort,
    };
    message.text_with(lang, &[("n", &small_n)])
}

/// Formats a score for tables: 51.4 %, 34, 3.9.
pub fn figure_of(formula: &Formula, value: f64, lang: Lang) -> String {
    match formula.kind {
        _ if formula.is_share() => format_percent(lang, value / 100.0, 1),
        MetricKind::Nps => format_decimal(value, 1),
        MetricKind::Csat | MetricKind::Ces | MetricKind::Mean => format_decimal(value, 2),
    }
}

/// Describes the baseline of shown scores and how differences are judged; `None` if they are not compared.
pub fn compared_words(project: &Project, overlay: &Overlay, lang: Lang) -> Option<String> {
    let name = against_word(project, overlay.choice.against.as_ref()?, lang);
    let proven = overlay.changes.of.values().filter(|change| change.is_proven());
    let all = overlay.changes.of.len();
    let proven = proven.count();
    let chance = format_figure(overlay.changes.by_chance(), 1);
    let told: [(&str, &dyn std::fmt::Display); 4] =
        [("name", &name), ("proven", &proven), ("all", &all), ("chance", &chance)];
    Some(Msg::ComparedWith.text_with(lang, &told))
}

/// Returns the name of a baseline.
pub fn against_word(project: &Project, against: &ScoreBaseline, lang: Lang) -> String {
    match against {
        ScoreBaseline::Wave(wave) => {
            project.waves().get(wave).map(|wave| wave.label.clone()).unwrap_or_default()
        }
        ScoreBaseline::Segment(segment) => segment.value.clone(),
        ScoreBaseline::Rest => Msg::TheRest.text(lang).to_owned(),
        ScoreBaseline::Belief => Msg::CompanyBelief.text(lang).to_owned(),
    }
}
