//! `desireline import`: imports a survey file into a project, by a saved mapping or the proposed one, which
//! is printed.

use super::args::{ImportArgs, RepeatedAnswers};
use super::mapping::MappingEditor;
use super::meter::Meter;
use super::questions::{change_flags, list_questions};
use super::{CommandFinding, Failure, files, print_message, report_doubt};
use engine::feedback::crosstab::Crosstab;
use engine::i18n::{Explain, Lang, Msg, ambiguous_words, left_out_words, repeated_rows_remark};
use engine::id::{BatchId, IdSource, RecipeId};
use engine::model::recipe::{ColumnRole, WaveSplit};
use engine::model::{Project, Recipe};
use engine::store::document::Document;
use engine::store::load::{load_recipe, needs_later_format, recipe_to_bytes};
use engine::store::respondents::KnownRespondents;
use engine::store::state;
use engine::survey::count::{CountOptions, Counted, count_file_with};
use engine::survey::import::{self, WaveChoice, build_transaction, day_label, to_recipe, wave_name};
use engine::survey::mapping::Mapping;
use engine::survey::overlap::{AgainChoice, OverlapEvidence, find_overlap};
use engine::survey::profile::{Profile, profile_file};
use engine::survey::propose::{ColumnReason, ProposedColumn};
use engine::survey::reading::look_up;
use engine::survey::resolve::days_ahead;
use engine::survey::source::{Input, Options};
use std::collections::{BTreeSet, HashSet};
use std::fmt::Display;
use std::io::{ErrorKind, Write};
use std::mem::take;
use std::path::Path;
use std::sync::Arc;
use std::thread;

pub(super) fn run(args: &ImportArgs, lang: Lang, out: &mut dyn Write) -> Result<CommandFinding, Failure> {
    let output = match (&args.output, args.dry_run) {
        (None, false) => return Err(Failure::Told(Msg::CliNeedsOutput.text(lang).to_owned())),
        (_, true) => None,
        (output, false) => output.as_deref(),
    };
    let state = state::state_folder(None);
    let document = if args.dry_run {
        Document::new(files::open_to_read(&args.file, lang)?.project)
    } else {
        files::open_document(&args.file, state.as_deref(), lang)?
    };
    let project = document.project().clone();
    let saved = args.recipe.as_deref().map(|path| read_recipe(path, lang)).transpose()?;
    let (mut input, look) = profile_survey(args, &project, saved.as_ref(), lang)?;
    input.options.uneven.clone_from(&look.uneven);
    if args.dry_run {
        print_message(&look.dialect.explain(lang));
    }
    for warning in &look.dialect.file_warnings {
        print_message(&warning.explain(lang));
    }
    let (mapping, wave) = build_mapping(args, &project, look, saved.as_ref(), lang)?;
    match print_mapping(&mapping, lang, out) {
        // If the reader of the mapping closes the pipe, the import still goes ahead.
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => {}
        printed => printed?,
    }
    if let Some(path) = &args.save_recipe {
        let id = RecipeId::new(&mut IdSource::from_entropy());
        let recipe = to_recipe(id, &project, mapping.columns(), &mapping.profile().file, &input.options);
        files::save_bytes(path, &recipe_to_bytes(&recipe), args.force, lang)?;
    }
    let crosstab = if mapping.has_answers() { None } else { Crosstab::detect_in(mapping.profile()) };
    if let Some(crosstab) = Crosstab::turned_table(mapping.profile()).or(crosstab) {
        let told = crosstab.explain(lang);
        return if args.dry_run {
            print_message(&told);
            Ok(CommandFinding::Nothing)
        } else {
            Err(Failure::for_path(&args.feedback, &told, lang))
        };
    }
    let asked = list_questions(&mapping, lang);
    let Some(output) = output else {
        for question in &asked {
            print_message(question);
        }
        return Ok(CommandFinding::Nothing);
    };
    if !asked.is_empty() {
        return Err(Failure::Told(asked.join("\n")));
    }
    let answers = count_new(args, &project, &mapping, &input, lang)?;
    bring_in(args, (document, output), &mapping, answers, (&input, wave), lang)
}

/// Adds the import to the project, and saves it.
fn bring_in(
    args: &ImportArgs,
    (mut document, output): (Document, &Path),
    mapping: &Mapping,
    answers: NewAnswers,
    (input, wave): (&Input, Option<WaveChoice>),
    lang: Lang,
) -> Result<CommandFinding, Failure> {
    let was_later = needs_later_format(document.project());
    let mut counted = answers.counted;
    // The beginning of a long file does not show everything.
    let told = &mapping.profile().dialect.file_warnings;
    for warning in counted.file_warnings.iter().filter(|warning| !told.contains(warning)) {
        print_message(&warning.explain(lang));
    }
    report_left_out(&counted, mapping.columns(), lang);
    let rows = counted.rows;
    let whole =
        |column: &ProposedColumn| column.rule.role == ColumnRole::Date && column.rule.wave == WaveSplit::All;
    let whole = mapping.columns().iter().any(whole);
    let days = counted.days.map(|(first, last)| day_label(first, last));
    let days = if whole { days } else { None };
    let file = mapping.profile().file.clone();
    let wave = wave.unwrap_or_else(|| WaveChoice::Named(days.unwrap_or_else(|| wave_name(&file))));
    let hashes =
        counted.respondents.as_mut().map(|respondents| take(&mut respondents.hashes)).unwrap_or_default();
    let before: BTreeSet<BatchId> = document.project().batches().keys().copied().collect();
    let import = import::Import {
        journey: mapping.journey(),
        columns: mapping.columns().to_vec(),
        counted,
        file: file.clone(),
        options: input.options.clone(),
        today: engine::clock::current_date(),
        wave,
        replaces: answers.replaces,
    };
    let change = build_transaction(document.project(), &import, &mut IdSource::from_entropy());
    document.commit(change).map_err(|error| Failure::Told(error.explain(lang)))?;
    let becomes_later = !was_later && needs_later_format(document.project());
    let new = document.project().batches().keys().find(|batch| !before.contains(batch)).copied();
    // The stored ids of an import that is not saved in the end are never looked up. If they can't be stored,
    // days and counts must show which answers came before.
    let keep = |(known, batch): (KnownRespondents, BatchId)| {
        thread::spawn(move || known.save_hashes(batch, &hashes))
    };
    let in_place = files::is_same(&args.file, output, lang)?;
    let keeping = answers.known.zip(new).map(keep);
    let saved = if in_place {
        files::save_document(output, &mut document, lang)
    } else {
        files::save_as(output, document.project(), lang)
    };
    let kept = keeping.map(thread::JoinHandle::join);
    saved?;
    if let Some(Ok(Err(error))) = kept {
        let told: [(&str, &dyn Display); 2] =
            [("problem", &error.explain(lang)), ("path", &error.path.display())];
        report_doubt(&Msg::CliPlace.text_with(lang, &told));
    }
    if becomes_later {
        print_message(Msg::SavedInLaterFormat.text(lang));
    }
    print_message(&Msg::ImportDone.text_with(lang, &[("n", &rows), ("file", &file)]));
    Ok(CommandFinding::Nothing)
}

/// Reads a mapping from its file.
fn read_recipe(path: &Path, lang: Lang) -> Result<Recipe, Failure> {
    let recipe = load_recipe(&files::read_bytes(path, lang)?);
    recipe.map_err(|error| Failure::for_path(path, &error.explain(lang), lang))
}

/// Reads the beginning of the survey with the options of the arguments, then of the mapping.
fn profile_survey(
    args: &ImportArgs,
    project: &Project,
    saved: Option<&Recipe>,
    lang: Lang,
) -> Result<(Input, Profile), Failure> {
    let meter = Meter::start(Msg::CliReading, &args.feedback, lang);
    let progress = meter.of_read();
    let input = Input::with_options(&args.feedback, args.reading_options());
    let seen = match (saved, &args.recipe) {
        (Some(recipe), Some(path)) => {
            let said = Options::from_recipe(recipe);
            let said = said.map_err(|name| {
                Failure::for_path(path, &Msg::CliRecipeEncoding.text_with(lang, &[("name", &name)]), lang)
            })?;
            let input = Input { options: input.options.merged_with(said), ..input };
            profile_file(&input, &progress).map(|seen| (input, seen))
        }
        _ => look_up(&input, project, &progress),
    };
    meter.finish()?;
    seen.map_err(|error| Failure::for_path(&args.feedback, &error.explain(lang), lang))
}

/// Returns the mapping of the table, and the wave of all answers if it was named.
fn build_mapping(
    args: &ImportArgs,
    project: &Project,
    look: Profile,
    saved: Option<&Recipe>,
    lang: Lang,
) -> Result<(Mapping, Option<WaveChoice>), Failure> {
    let proposed = Mapping::propose_on_best(&Arc::new(look), project, saved);
    let mut mapping = proposed.ok_or_else(|| Failure::new(Msg::CliEmptyProject, lang, &[]))?;
    let unshared = mapping.unshared_columns();
    for (message, names) in [(Msg::CliAbsent, &unshared.absent), (Msg::CliUnknown, &unshared.unknown)] {
        if !names.is_empty() {
            print_message(&message.text_with(lang, &[("names", &names.join(", "))]));
        }
    }
    let journey = project.journey(mapping.journey());
    let journey = journey.ok_or_else(|| Failure::new(Msg::CliEmptyProject, lang, &[]))?;
    let wave = MappingEditor { mapping: &mut mapping, journey, lang }.apply_arguments(&args.mapping)?;
    let personal: Vec<&str> = mapping
        .columns()
        .iter()
        .filter(|column| {
            matches!(
                column.reason,
                ColumnReason::Personal | ColumnReason::Identifier | ColumnReason::Respondent
            )
        })
        .filter(|column| matches!(column.rule.role, ColumnRole::Ignore | ColumnRole::Respondent))
        .map(|column| column.rule.column.as_str())
        .collect();
    if !personal.is_empty() {
        print_message(&Msg::CliPersonal.text_with(lang, &[("names", &personal.join(", "))]));
    }
    if let Some(remark) = repeated_rows_remark(&mapping, lang) {
        print_message(&remark);
    }
    for rule in &mapping.profile().row_rules {
        print_message(&rule.explain(lang));
    }
    Ok((mapping, wave))
}

/// The answers that an import counted, and the earlier imports that it replaces.
struct NewAnswers {
    counted: Counted,
    replaces: Vec<BatchId>,
    known: Option<KnownRespondents>,
}

/// Counts a file; answers that came before are treated by the arguments.
fn count_new(
    args: &ImportArgs,
    project: &Project,
    mapping: &Mapping,
    input: &Input,
    lang: Lang,
) -> Result<NewAnswers, Failure> {
    let has_ids = mapping.columns().iter().any(|column| column.rule.role == ColumnRole::Respondent);
    let folder = if has_ids { state::state_folder(None) } else { None };
    let known = folder.map(|state| KnownRespondents::in_state(&state));
    let unread = |error: std::io::Error| {
        Failure::Told(Msg::FileUnreadable.text_with(lang, &[("detail", &error.explain(lang))]))
    };
    let key = known.as_ref().map(KnownRespondents::load_or_create_key).transpose().map_err(unread)?.flatten();
    let options = CountOptions { key, ..CountOptions::default() };
    let counted = count_answers(input, mapping.columns(), &options, lang)?;
    let found = match &known {
        Some(known) => known
            .look_up(|hashes| find_overlap(project, (mapping.columns(), &counted), hashes))
            .map_err(unread)?,
        None => find_overlap(project, (mapping.columns(), &counted), |_| None),
    };
    let Some(overlap) = found else {
        return Ok(NewAnswers { counted, replaces: Vec::new(), known });
    };
    let earlier: Vec<BatchId> = overlap.batches.iter().map(|batch| batch.id).collect();
    match args.again {
        None => {
            let flags: Vec<String> = overlap
                .possible_choices()
                .into_iter()
                .map(|choice| format!("--again {}", flag_of(choice)))
                .collect();
            let told: [(&str, &dyn Display); 2] =
                [("told", &overlap.explain(lang)), ("flags", &flags.join(" | "))];
            Err(Failure::new(Msg::CliAgain, lang, &told))
        }
        Some(RepeatedAnswers::Add) => Ok(NewAnswers { counted, replaces: Vec::new(), known }),
        Some(RepeatedAnswers::Replace) => Ok(NewAnswers { counted, replaces: earlier, known }),
        Some(RepeatedAnswers::New) => {
            let by_ids = matches!(overlap.evidence, OverlapEvidence::Respondents { .. });
            let all = |hashes: &dyn Fn(BatchId) -> Option<HashSet<u64>>| {
                earlier.iter().filter_map(|batch| hashes(*batch)).flatten().collect::<HashSet<u64>>()
            };
            let seen = known.as_ref().map(|known| known.look_up(all)).transpose().map_err(unread)?;
            let seen = seen.unwrap_or_default();
            let options = CountOptions {
                key,
                known: by_ids.then(|| Arc::new(seen)),
                after: if by_ids { None } else { overlap.last },
            };
            let counted = count_answers(input, mapping.columns(), &options, lang)?;
            Ok(NewAnswers { counted, replaces: Vec::new(), known })
        }
    }
}

/// Returns the argument that makes a choice.
fn flag_of(choice: AgainChoice) -> &'static str {
    match choice {
        AgainChoice::Replace => "replace",
        AgainChoice::OnlyNew => "new",
        AgainChoice::AddAll => "add",
    }
}

fn count_answers(
    input: &Input,
    columns: &[ProposedColumn],
    options: &CountOptions,
    lang: Lang,
) -> Result<Counted, Failure> {
    let path = &input.path;
    let meter = Meter::start(Msg::CliReading, path, lang);
    let counted = count_file_with(input, columns, options, &meter.of_read());
    meter.finish()?;
    let counted = counted.map_err(|error| Failure::for_path(path, &error.explain(lang), lang))?;
    if let Some(problem) = ambiguous_words(&counted, columns, lang) {
        return Err(Failure::for_path(path, &problem, lang));
    }
    if counted.answers.is_empty() {
        let mut lines = vec![Msg::CliNoScores.text_with(lang, &[("path", &path.display())])];
        lines
            .extend(columns.iter().map(|column| format!("{}: {}", column.rule.column, column.explain(lang))));
        return Err(Failure::Told(lines.join("\n")));
    }
    Ok(counted)
}

/// Prints the mapping, one column a line.
fn print_mapping(mapping: &Mapping, lang: Lang, out: &mut dyn Write) -> Result<(), Failure> {
    for column in mapping.columns() {
        let rule = &column.rule;
        write!(out, "{}\t{}", rule.column, rule.role)?;
        if column.is_question() {
            let missing: Vec<&str> = rule.missing.iter().map(String::as_str).collect();
            let low = rule.low;
            let high = rule.high;
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
        let doubts = column.doubts.iter().map(|doubt| format!("; {}", doubt.explain(lang)));
        let groups = mapping.groups_of(column);
        let groups = if groups.is_empty() { String::new() } else { format!(": {}", groups.join(", ")) };
        let told = format!("{}{groups}{}", column.explain(lang), doubts.collect::<String>());
        writeln!(
            out,
            "\t{}",
            Msg::CliChange.text_with(lang, &[("told", &told), ("flags", &change_flags(column))])
        )?;
    }
    Ok(())
}

/// Reports the rows and cells that were left out of the counts.
fn report_left_out(counted: &Counted, columns: &[ProposedColumn], lang: Lang) {
    for ((place, reject), rejection) in &counted.rejections {
        let Some(column) = columns.get(*place) else { continue };
        let lines: Vec<String> = rejection.lines.iter().map(u64::to_string).collect();
        let arguments: [(&str, &dyn Display); 4] = [
            ("column", &column.rule.column),
            ("n", &rejection.count),
            ("reason", &reject.explain(lang)),
            ("lines", &lines.join(", ")),
        ];
        print_message(&Msg::CliRejected.text_with(lang, &arguments));
    }
    for (column, doubt) in days_ahead(columns) {
        print_message(&format!("{}: {}", column.rule.column, doubt.explain(lang)));
    }
    for sentence in left_out_words(counted, columns, lang) {
        print_message(&sentence);
    }
}
