//! Driver chart: the share of an outcome's variance that each touchpoint explains.

use super::{ChartInput, element_title};
use crate::analysis::chart::{Chart, ChartAxis, ChartBar, ChartMark, ChartTable, MarkForm, Tone};
use crate::feedback::drivers::{Drivers, Method, OutcomeDrivers, of_project};
use crate::i18n::{Explain, Msg, explain_caution, format_count, format_figure, format_percent};
use crate::id::{Id, QuestionId};

/// Returns the drivers of the chosen outcome, or of the first.
pub(super) fn chosen_drivers(ask: &ChartInput<'_>) -> Option<OutcomeDrivers> {
    let mut all = of_project(ask.project, ask.shown.wave, ask.shown.weighted);
    let place = all.iter().position(|found| Some(found.outcome) == ask.choice.outcome).unwrap_or(0);
    (place < all.len()).then(|| all.swap_remove(place))
}

/// Returns the element that a question asks about.
pub(super) fn question_target(ask: &ChartInput<'_>, question: QuestionId) -> Option<Id> {
    ask.project.questions().get(&question)?.target
}

pub(super) fn build_chart(ask: &ChartInput<'_>) -> Chart {
    let Some(outcome) = chosen_drivers(ask) else { return ask.empty_chart(Msg::NoOutcome) };
    let text = |id: QuestionId| ask.project.questions().get(&id).map(|q| q.text.clone()).unwrap_or_default();
    let found = match &outcome.found {
        Ok(found) => found,
        Err(none) => {
            let title = Msg::DriversOf.text_with(ask.lang, &[("name", &text(outcome.outcome))]);
            return Chart { title, notes: vec![none.explain(ask.lang)], ..Chart::default() };
        }
    };
    let title = |id: QuestionId| {
        question_target(ask, id).map_or_else(|| text(id), |target| element_title(ask.project, target))
    };
    let mut shares: Vec<(QuestionId, f64)> =
        outcome.drivers.iter().copied().zip(found.shares.iter().copied()).collect();
    shares.sort_by(|a, b| a.1.total_cmp(&b.1));
    let most = shares.last().map_or(1.0, |(_, share)| 100.0 * share / found.r2.max(f64::MIN_POSITIVE));
    let part = |share: f64| if found.r2 > 0.0 { 100.0 * share / found.r2 } else { 0.0 };
    let mark = |(place, (id, share)): (u32, &(QuestionId, f64))| {
        let figure = format_percent(ask.lang, part(*share) / 100.0, 1);
        let asked = Some(text(*id)).filter(|asked| *asked != title(*id)).map(|asked| format!("\n{asked}"));
        let tip = format!("{}\n{figure}{}", title(*id), asked.unwrap_or_default());
        let bar = ChartBar { at: f64::from(place), value: part(*share), interval: None, figure };
        ChartMark {
            form: MarkForm::Row(bar),
            tone: Tone::Accent,
            small: false,
            tip,
            target: question_target(ask, *id),
        }
    };
    Chart {
        title: Msg::DriversOf.text_with(ask.lang, &[("name", &text(outcome.outcome))]),
        notes: driver_notes(ask, found, &|place| {
            outcome.drivers.get(place).map(|id| title(*id)).unwrap_or_default()
        }),
        x: ChartAxis::of_values(Msg::ShareOfExplained.text(ask.lang), 0.0, most * 1.1, |value| {
            format_figure(value, 0)
        }),
        y: ChartAxis::of_names(shares.iter().map(|(id, _)| title(*id))),
        marks: (0_u32..).zip(&shares).map(mark).collect(),
        table: ChartTable {
            header: [Msg::Touchpoint, Msg::SurveyQuestion, Msg::ShareOfVariance, Msg::ShareOfExplained]
                .map(|word| word.text(ask.lang).to_owned())
                .into(),
            rows: shares
                .iter()
                .rev()
                .map(|(id, share)| {
                    vec![title(*id), text(*id), format!("{share:.10}"), format!("{:.4}", part(*share))]
                })
                .collect(),
        },
    }
}

fn driver_notes(ask: &ChartInput<'_>, found: &Drivers, name: &dyn Fn(usize) -> String) -> Vec<String> {
    let (low, high) = found.r2_interval;
    let method = match found.method {
        Method::Shapley => Msg::MethodShapley,
        Method::RelativeWeights => Msg::MethodJohnson,
    };
    let told: [(&str, &dyn std::fmt::Display); 4] = [
        ("r2", &format_figure(found.r2, 3)),
        ("low", &format_figure(low, 3)),
        ("high", &format_figure(high, 3)),
        ("n", &format_count(found.n)),
    ];
    let mut notes: Vec<String> = ask.group_note(Msg::DriversOfEveryone).into_iter().collect();
    notes.extend([Msg::RSquared.text_with(ask.lang, &told), method.text(ask.lang).to_owned()]);
    let effective =
        found.effective_n.map(|n| Msg::DriversWeighted.text_with(ask.lang, &[("n", &format_figure(n, 1))]));
    notes.extend(effective);
    notes.extend(found.cautions.iter().map(|caution| explain_caution(caution, name, ask.lang)));
    notes.extend(ask.source_notes(None));
    notes
}
