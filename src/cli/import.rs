//! `desireline import`: a survey file onto a project, by a saved mapping or the proposed one, which is printed.

use super::args::Import;
use super::mapping::{Settings, questions};
use super::{Failure, Found, complain, files};
use crate::edit::apply_all;
use crate::feedback::crosstab::Crosstab;
use crate::feedback::too_many_groups;
use crate::i18n::{Lang, Msg, date};
use crate::id::{JourneyId, RecipeId, Source};
use crate::model::recipe::ColumnRole;
use crate::model::{Project, Recipe};
use crate::store::base::is_same;
use crate::store::load::{load_recipe, recipe_to_bytes};
use crate::survey::count::{Counted, count_file};
use crate::survey::import::{self, WaveChoice, as_recipe, imported_before, transaction, wave_name};
use crate::survey::profile::{Profile, profile};
use crate::survey::propose::{Column, Reason, fitting, follow, propose};
use crate::survey::reading::look_up;
use crate::survey::settle::days_ahead;
use crate::survey::source::{Input, Options, Progress};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::sync::Arc;

pub(super) fn run(args: &Import, lang: Lang, out: &mut dyn Write) -> Result<Found, Failure> {
    let output = match (&args.output, args.dry_run) {
        (None, false) => return Err(Failure::Told(Msg::CliNeedsOutput.text(lang).to_owned())),
        (output, _) => output.as_deref(),
    };
    let opened = files::open_to_save(&args.file, lang)?;
    if let (Some(version), false) = (&opened.loaded.read_only, args.dry_run) {
        return Err(Failure::new(Msg::CliNewer, lang, &[("version", version)]));
    }
    let mut project = opened.loaded.project.clone();
    let saved = args.recipe.as_deref().map(|path| recipe(path, lang)).transpose()?;
    let (input, look) = look(args, &project, saved.as_ref(), lang)?;
    if args.dry_run {
        complain(&look.dialect.message(lang));
    }
    for warning in look.dialect.warnings(lang) {
        complain(&warning);
    }
    let (journey, columns, wave) = mapping(args, &project, &look, saved, lang)?;
    match print(&columns, lang, out) {
        // A reader that has seen enough of the mapping still wants the import.
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => {}
        printed => printed?,
    }
    if let Some(path) = &args.save_recipe {
        let id = RecipeId::new(&mut Source::random());
        let recipe = as_recipe(id, &project, &columns, &look.file, &input.options);
        files::save_bytes(path, &recipe_to_bytes(&recipe), args.force, lang)?;
    }
    if !columns.iter().any(Column::is_question)
        && let Some(crosstab) = Crosstab::of(&look)
    {
        if !args.dry_run {
            return Err(Failure::at(&args.feedback, &crosstab.message(lang), lang));
        }
        complain(&crosstab.message(lang));
        return Ok(Found::Nothing);
    }
    let asked = questions(&columns, &look, lang);
    let Some(output) = output.filter(|_| !args.dry_run) else {
        for question in &asked {
            complain(question);
        }
        return Ok(Found::Nothing);
    };
    if !asked.is_empty() {
        return Err(Failure::Told(asked.join("\n")));
    }
    let counted = count(&input, &columns, lang)?;
    if let Some(batch) = imported_before(&project, &counted.hash) {
        let arguments: [(&str, &dyn std::fmt::Display); 2] =
            [("date", &date(lang, batch.imported)), ("file", &batch.file)];
        return Err(Failure::new(Msg::CliAgain, lang, &arguments));
    }
    // The beginning of a long file does not show everything.
    for warning in
        counted.file_warnings.iter().filter(|warning| !look.dialect.file_warnings.contains(warning))
    {
        complain(&warning.message(lang));
    }
    report(&counted, &columns, lang);
    let rows = counted.rows;
    let wave = wave.unwrap_or_else(|| WaveChoice::Named(wave_name(&look.file)));
    bring_in(&mut project, journey, columns, counted, (&input, wave))?;
    if is_same(&args.file, output) {
        files::save_over(output, opened, &project, lang)?;
    } else {
        files::save_as(output, &project, lang)?;
    }
    complain(&Msg::ImportDone.with(lang, &[("n", &rows), ("file", &look.file)]));
    Ok(Found::Nothing)
}

/// A mapping from its file.
fn recipe(path: &Path, lang: Lang) -> Result<Recipe, Failure> {
    let recipe = load_recipe(&files::read(path, lang)?);
    recipe.map_err(|error| Failure::at(path, &error.message(lang), lang))
}

/// The beginning of the survey, and how it is read: as the arguments say, then as the mapping does.
fn look(
    args: &Import,
    project: &Project,
    saved: Option<&Recipe>,
    lang: Lang,
) -> Result<(Input, Profile), Failure> {
    let progress = Arc::default();
    let input = Input::with(&args.feedback, args.options());
    let seen = match (saved, &args.recipe) {
        (Some(recipe), Some(path)) => {
            let said = Options::of(recipe);
            let said = said.map_err(|name| {
                Failure::at(path, &Msg::CliRecipeEncoding.with(lang, &[("name", &name)]), lang)
            })?;
            let input = Input { options: input.options.or(said), ..input };
            profile(&input, &progress).map(|seen| (input, seen))
        }
        _ => look_up(&input, project, &progress),
    };
    seen.map_err(|error| Failure::at(&args.feedback, &error.message(lang), lang))
}

/// The journey that the table speaks of, and how its columns are read.
fn mapping(
    args: &Import,
    project: &Project,
    look: &Profile,
    saved: Option<Recipe>,
    lang: Lang,
) -> Result<(JourneyId, Vec<Column>, Option<WaveChoice>), Failure> {
    let journeys = project.journeys_in_order().into_iter();
    let proposed = journeys.map(|journey| (journey, propose(look, project, journey.info().id)));
    let matched = |columns: &[Column]| columns.iter().filter(|column| column.target.is_some()).count();
    // Of equals the first journey wins.
    let best = proposed.rev().max_by_key(|(_, columns)| matched(columns));
    let (journey, mut columns) = best.ok_or_else(|| Failure::new(Msg::CliEmptyProject, lang, &[]))?;
    if let Some(recipe) = saved.or_else(|| fitting(project, look).cloned()) {
        let unshared = follow(&mut columns, &recipe.columns, journey);
        for (message, names) in [(Msg::CliAbsent, unshared.absent), (Msg::CliUnknown, unshared.unknown)] {
            if !names.is_empty() {
                complain(&message.with(lang, &[("names", &names.join(", "))]));
            }
        }
    }
    let wave = Settings { columns: &mut columns, look, journey, lang }.apply(&args.mapping)?;
    let personal: Vec<&str> = columns
        .iter()
        .filter(|column| matches!(column.reason, Reason::Personal | Reason::Identifier))
        .filter(|column| column.rule.role == ColumnRole::Ignore)
        .map(|column| column.rule.column.as_str())
        .collect();
    if !personal.is_empty() {
        complain(&Msg::CliPersonal.with(lang, &[("names", &personal.join(", "))]));
    }
    Ok((journey.info().id, columns, wave))
}

fn count(input: &Input, columns: &[Column], lang: Lang) -> Result<Counted, Failure> {
    let path = &input.path;
    let counted = count_file(input, columns, &Arc::new(Progress::default()));
    let counted = counted.map_err(|error| Failure::at(path, &error.message(lang), lang))?;
    if counted.answers.is_empty() {
        return Err(Failure::at(path, Msg::CliNoScores.text(lang), lang));
    }
    Ok(counted)
}

fn bring_in(
    project: &mut Project,
    journey: JourneyId,
    columns: Vec<Column>,
    counted: Counted,
    (input, wave): (&Input, WaveChoice),
) -> Result<(), Failure> {
    let today = jiff::Zoned::now().date();
    let (file, options) = (input.file_name(), input.options.clone());
    let import = import::Import { journey, columns, counted, file, options, today, wave, replaces: None };
    let change = transaction(project, &import, &mut Source::random());
    apply_all(project, &change).map_err(|error| Failure::Told(error.to_string()))
}

/// The mapping, one column a line.
fn print(columns: &[Column], lang: Lang, out: &mut dyn Write) -> Result<(), Failure> {
    for column in columns {
        let rule = &column.rule;
        write!(out, "{}\t{}", rule.column, rule.role)?;
        if column.is_question() {
            let missing: Vec<&str> = rule.missing.iter().map(String::as_str).collect();
            let (low, high) = (rule.low, rule.high);
            let target = if rule.name.is_empty() {
                rule.target.clone()
            } else {
                format!("{} = {}", rule.name, rule.target)
            };
            write!(out, "\t{}\t{low}–{high}\t{}\t{}", target, rule.direction, missing.join(" "))?;
        } else if matches!(rule.role, ColumnRole::AnswerCount | ColumnRole::AnswerShare) {
            let answers: Vec<String> = rule.words.values().map(f64::to_string).collect();
            write!(out, "\t\t{}\t\t", answers.join(" "))?;
        } else if !rule.crossed.is_empty() {
            let crossed: Vec<String> = rule.crossed.iter().map(|other| format!("× {other}")).collect();
            write!(out, "\t{}\t\t\t", crossed.join(" "))?;
        } else if !rule.name.is_empty() {
            write!(out, "\t{}\t\t\t", rule.name)?;
        } else if rule.role == ColumnRole::Date {
            write!(out, "\t{}\t\t{}\t", rule.wave, rule.order)?;
        } else {
            write!(out, "\t\t\t\t")?;
        }
        let doubts = column.doubts.iter().map(|doubt| format!("; {}", doubt.message(lang)));
        writeln!(out, "\t{}{}", column.reason.word().text(lang), doubts.collect::<String>())?;
    }
    Ok(())
}

/// What was left out of the counts.
fn report(counted: &Counted, columns: &[Column], lang: Lang) {
    for ((place, reject), rejection) in &counted.rejections {
        let Some(column) = columns.get(*place) else { continue };
        let lines: Vec<String> = rejection.lines.iter().map(u64::to_string).collect();
        let arguments: [(&str, &dyn std::fmt::Display); 4] = [
            ("column", &column.rule.column),
            ("n", &rejection.count),
            ("reason", &reject.message(lang)),
            ("lines", &lines.join(", ")),
        ];
        complain(&Msg::CliRejected.with(lang, &arguments));
    }
    for (column, doubt) in days_ahead(columns) {
        complain(&format!("{}: {}", column.rule.column, doubt.message(lang)));
    }
    for name in &counted.too_many_groups {
        complain(&too_many_groups(name, lang));
    }
}
