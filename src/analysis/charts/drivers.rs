//! Driver chart: the share of an outcome's variance that each touchpoint explains.

use super::{Ask, name};
use crate::analysis::chart::{Axis, Bar, Chart, Form, Mark, Table, Tone};
use crate::feedback::drivers::{Drivers, Method, OutcomeDrivers, of_project};
use crate::i18n::{Msg, count, figure, percent};
use crate::id::{Id, QuestionId};

/// Returns the drivers of the chosen outcome, or of the first.
pub(super) fn chosen(ask: &Ask<'_>) -> Option<OutcomeDrivers> {
    let mut all = of_project(ask.project, ask.shown.wave, ask.shown.weighted);
    let place = all.iter().position(|found| Some(found.outcome) == ask.choice.outcome).unwrap_or(0);
    (place < all.len()).then(|| all.swap_remove(place))
}

/// Returns the element that a question asks about.
pub(super) fn target(ask: &Ask<'_>, question: QuestionId) -> Option<Id> {
    ask.project.questions().get(&question)?.target
}

pub(super) fn chart(ask: &Ask<'_>) -> Chart {
    let Some(outcome) = chosen(ask) else { return ask.nothing(Msg::NoOutcome) };
    let text = |id: QuestionId| ask.project.questions().get(&id).map(|q| q.text.clone()).unwrap_or_default();
    let found = match &outcome.found {
        Ok(found) => found,
        Err(none) => {
            let title = Msg::DriversOf.with(ask.lang, &[("name", &text(outcome.outcome))]);
            return Chart { title, notes: vec![none.message(ask.lang)], ..Chart::default() };
        }
    };
    let title = |id: QuestionId| target(ask, id).map_or_else(|| text(id), |target| name(ask.project, target));
    let mut shares: Vec<(QuestionId, f64)> =
        outcome.drivers.iter().copied().zip(found.shares.iter().copied()).collect();
    shares.sort_by(|a, b| a.1.total_cmp(&b.1));
    let most = shares.last().map_or(1.0, |(_, share)| 100.0 * share / found.r2.max(f64::MIN_POSITIVE));
    let part = |share: f64| if found.r2 > 0.0 { 100.0 * share / found.r2 } else { 0.0 };
    let mark = |(place, (id, share)): (u32, &(QuestionId, f64))| {
        let figure = percent(ask.lang, part(*share) / 100.0, 1);
        let asked = Some(text(*id)).filter(|asked| *asked != title(*id)).map(|asked| format!("\n{asked}"));
        let tip = format!("{}\n{figure}{}", title(*id), asked.unwrap_or_default());
        let bar = Bar { at: f64::from(place), value: part(*share), interval: None, figure };
        Mark { form: Form::Row(bar), tone: Tone::Accent, small: false, tip, target: target(ask, *id) }
    };
    Chart {
        title: Msg::DriversOf.with(ask.lang, &[("name", &text(outcome.outcome))]),
        notes: notes(ask, found, &|place| {
            outcome.drivers.get(place).map(|id| title(*id)).unwrap_or_default()
        }),
        x: Axis::of_values(Msg::ShareOfExplained.text(ask.lang), 0.0, most * 1.1, |value| figure(value, 0)),
        y: Axis::of_names(shares.iter().map(|(id, _)| title(*id))),
        marks: (0_u32..).zip(&shares).map(mark).collect(),
        table: Table {
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

fn notes(ask: &Ask<'_>, found: &Drivers, name: &dyn Fn(usize) -> String) -> Vec<String> {
    let (low, high) = found.r2_interval;
    let method = match found.method {
        Method::Shapley => Msg::MethodShapley,
        Method::RelativeWeights => Msg::MethodJohnson,
    };
    let told: [(&str, &dyn std::fmt::Display); 4] = [
        ("r2", &figure(found.r2, 3)),
        ("low", &figure(low, 3)),
        ("high", &figure(high, 3)),
        ("n", &count(found.n)),
    ];
    let mut notes: Vec<String> = ask.whose(Msg::DriversOfEveryone).into_iter().collect();
    notes.extend([Msg::RSquared.with(ask.lang, &told), method.text(ask.lang).to_owned()]);
    let effective = found.effective_n.map(|n| Msg::DriversWeighted.with(ask.lang, &[("n", &figure(n, 1))]));
    notes.extend(effective);
    notes.extend(found.cautions.iter().map(|caution| caution.message(ask.lang, name)));
    notes.extend(ask.notes(None));
    notes
}
