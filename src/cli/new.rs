//! `desireline new`: a project from a template, from a journey in another form, or from another project.

use super::args::New;
use super::{CommandFinding, Failure, files, print_message};
use engine::edit::apply_all;
use engine::edit::command::{rename_record, with_fresh_ids};
use engine::exchange::{self, Brought, ExchangeFormat};
use engine::i18n::{Explain, Lang, Msg};
use engine::id::IdSource;
use engine::model::Project;
use engine::store::load::load_project;
use engine::store::respondents::KnownRespondents;
use engine::store::state;
use engine::store::template;
use std::path::Path;

pub(super) fn run(args: &New, lang: Lang) -> Result<CommandFinding, Failure> {
    let whole = |project| Brought { project, unread: Vec::new() };
    let Brought { mut project, unread } = match (&args.template, &args.copy, &args.outline, &args.from) {
        (Some(name), ..) => whole(from_template(name, lang)?),
        (None, Some(file), ..) => whole(from_project(file, lang)?),
        (None, None, Some(notes), _) => from_file(ExchangeFormat::Outline, notes, lang)?,
        (None, None, None, Some(file)) => match ExchangeFormat::from_path(file) {
            Some(form) => from_file(form, file, lang)?,
            None => return Err(Failure::for_path(file, Msg::RefusedForm.text(lang), lang)),
        },
        (None, None, None, None) => return Err(Failure::new(Msg::CliEmptyProject, lang, &[])),
    };
    if let Some(title) = &args.title {
        rename_first_journey(&mut project, title);
    }
    files::save_as(&args.output, &project, lang)?;
    for line in &unread {
        print_message(&line.explain(lang));
    }
    Ok(if unread.is_empty() { CommandFinding::Nothing } else { CommandFinding::Problems })
}

fn from_template(name: &str, lang: Lang) -> Result<Project, Failure> {
    let Some(template) = template::find_template(name) else {
        let names: Vec<&str> = template::ALL.iter().map(|template| template.name).collect();
        return Err(Failure::new(Msg::CliNoTemplate, lang, &[("name", &name), ("names", &names.join(", "))]));
    };
    let loaded = load_project(template.bytes).map_err(|error| Failure::Told(error.explain(lang)))?;
    Ok(with_fresh_ids(&loaded.project, &mut IdSource::from_entropy()))
}

/// Copies another project under new ids. A project written by a newer program is refused: it may hold data
/// that this one would lose.
fn from_project(file: &Path, lang: Lang) -> Result<Project, Failure> {
    let loaded = files::open_to_read(file, lang)?;
    if let Some(version) = loaded.read_only {
        return Err(Failure::for_path(file, &Msg::CliNewer.text_with(lang, &[("version", &version)]), lang));
    }
    let copy = with_fresh_ids(&loaded.project, &mut IdSource::from_entropy());
    if let Some(state) = state::state_folder(None) {
        KnownRespondents::in_state(&state).carry_over(&loaded.project, &copy);
    }
    Ok(copy)
}

fn from_file(form: ExchangeFormat, path: &Path, lang: Lang) -> Result<Brought, Failure> {
    let bytes = files::read_bytes(path, lang)?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let brought = exchange::read_project(form, bytes, &name, lang, &mut IdSource::from_entropy());
    brought.map_err(|refused| Failure::for_path(path, &refused.explain(lang), lang))
}

fn rename_first_journey(project: &mut Project, title: &str) {
    let Some(id) = project.journeys_in_order().first().map(|journey| journey.info().id) else { return };
    let transaction = rename_record(project, id.into(), title);
    let applied = apply_all(project, &transaction);
    debug_assert!(applied.is_ok(), "a journey takes a title");
}
