//! `desireline drivers`: the drivers of an outcome, a row for each touchpoint, the largest share first.

use super::args::DriversArgs;
use super::rows::{CellValue, print_rows};
use super::{CommandFinding, Failure, files, print_message};
use engine::feedback::drivers::{Caution, OutcomeDrivers, of_project};
use engine::i18n::{Explain, Lang, Msg, explain_caution};
use engine::id::QuestionId;
use engine::model::Project;
use engine::survey::cell::fold_text;
use engine::survey::propose::title_of_element;
use std::fmt::Display;
use std::io::Write;

/// The columns: `share` is a share of the outcome's variance, the percentage one of the variance that all
/// drivers explain.
const HEADER: [&str; 9] = ["outcome", "driver", "column", "share", "percent", "r2", "r2_low", "r2_high", "n"];
/// Digits of shares: all that are significant in a comparison with other programs.
const DIGITS: usize = 10;

pub(super) fn run(args: &DriversArgs, lang: Lang, out: &mut dyn Write) -> Result<CommandFinding, Failure> {
    let project = files::open_to_read(&args.file, lang)?.project;
    let all = of_project(&project, None, args.weighted);
    let chosen: Vec<&OutcomeDrivers> = match &args.outcome {
        None => all.iter().collect(),
        Some(name) => all.iter().filter(|found| is_asked(&project, found.outcome, name)).collect(),
    };
    if chosen.is_empty() {
        let names: Vec<String> = all.iter().map(|found| question_text(&project, found.outcome)).collect();
        let message = if names.is_empty() { Msg::CliNoOutcomes } else { Msg::CliNoOutcome };
        let name = args.outcome.as_deref().unwrap_or_default();
        return Err(Failure::new(message, lang, &[("name", &name), ("names", &names.join(", "))]));
    }
    let mut rows = Vec::new();
    for outcome in chosen {
        let found = outcome.found.as_ref().map_err(|none| {
            let told: [(&str, &dyn Display); 2] =
                [("outcome", &question_text(&project, outcome.outcome)), ("problem", &none.explain(lang))];
            Failure::new(Msg::CliNoShares, lang, &told)
        })?;
        print_cautions(&project, outcome, &found.cautions, lang);
        let mut shares: Vec<(QuestionId, f64)> =
            outcome.drivers.iter().copied().zip(found.shares.iter().copied()).collect();
        shares.sort_by(|a, b| b.1.total_cmp(&a.1));
        let number = |value: f64| CellValue::Number(Some(value), DIGITS);
        rows.extend(shares.into_iter().map(|(driver, share)| {
            let percent = if found.r2 > 0.0 { 100.0 * share / found.r2 } else { 0.0 };
            let mut row: Vec<CellValue> = [
                question_text(&project, outcome.outcome),
                target_title(&project, driver),
                question_text(&project, driver),
            ]
            .map(CellValue::Text)
            .into();
            row.extend([share, percent, found.r2, found.r2_interval.0, found.r2_interval.1].map(number));
            row.push(CellValue::Whole(found.n));
            row.extend(
                args.weighted.then(|| CellValue::Number(found.effective_n.or(Some(found.n as f64)), 4)),
            );
            row
        }));
    }
    let mut header = HEADER.to_vec();
    header.extend(args.weighted.then_some("effective_n"));
    print_rows(&header, &rows, args.format, out)?;
    Ok(CommandFinding::Nothing)
}

fn print_cautions(project: &Project, outcome: &OutcomeDrivers, cautions: &[Caution], lang: Lang) {
    let name =
        |place: usize| outcome.drivers.get(place).map_or(String::new(), |id| question_text(project, *id));
    for caution in cautions {
        print_message(&explain_caution(caution, name, lang));
    }
}

fn is_asked(project: &Project, question: QuestionId, name: &str) -> bool {
    let asked = project.questions().get(&question);
    asked.is_some_and(|asked| {
        fold_text(&asked.text) == fold_text(name)
            || asked.aliases.iter().any(|alias| fold_text(alias) == fold_text(name))
    })
}

fn question_text(project: &Project, question: QuestionId) -> String {
    project.questions().get(&question).map(|question| question.text.clone()).unwrap_or_default()
}

fn target_title(project: &Project, question: QuestionId) -> String {
    let target = project.questions().get(&question).and_then(|question| question.target);
    let title = target.and_then(|target| Some(title_of_element(project.journey_of(target)?, target)));
    title.unwrap_or_default()
}
