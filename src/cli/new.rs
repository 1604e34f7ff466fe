//! `desireline new`: a project from a template or from notes.

use super::args::New;
use super::{Failure, Found, complain, files};
use crate::edit::apply_all;
use crate::edit::command::rename;
use crate::edit::outline::{Unread, outline};
use crate::i18n::{Lang, Msg};
use crate::id::Source;
use crate::model::Project;
use crate::store::load::load;
use crate::store::template;
use std::path::Path;

pub(super) fn run(args: &New, lang: Lang) -> Result<Found, Failure> {
    let (mut project, unread) = match (&args.template, &args.outline) {
        (Some(name), _) => (from_template(name, lang)?, Vec::new()),
        (None, Some(notes)) => from_notes(notes, lang)?,
        (None, None) => return Err(Failure::new(Msg::CliEmptyProject, lang, &[])),
    };
    if let Some(title) = &args.title {
        retitle(&mut project, title);
    }
    files::save_as(&args.output, &project, lang)?;
    for line in &unread {
        complain(&line.message(lang));
    }
    Ok(if unread.is_empty() { Found::Nothing } else { Found::Problems })
}

fn from_template(name: &str, lang: Lang) -> Result<Project, Failure> {
    let Some(template) = template::find(name) else {
        let names: Vec<&str> = template::ALL.iter().map(|template| template.name).collect();
        return Err(Failure::new(Msg::CliNoTemplate, lang, &[("name", &name), ("names", &names.join(", "))]));
    };
    load(template.bytes).map(|loaded| loaded.project).map_err(|error| Failure::Told(error.message(lang)))
}

fn from_notes(path: &Path, lang: Lang) -> Result<(Project, Vec<Unread>), Failure> {
    let bytes = files::read(path, lang)?;
    let notes =
        String::from_utf8(bytes).map_err(|_error| Failure::at(path, Msg::CliNotText.text(lang), lang))?;
    let outlined = outline(&notes, &mut Source::random());
    Ok((outlined.project, outlined.unread))
}

fn retitle(project: &mut Project, title: &str) {
    let Some(id) = project.journeys_in_order().first().map(|journey| journey.info().id) else { return };
    let transaction = rename(project, id.into(), title);
    let applied = apply_all(project, &transaction);
    debug_assert!(applied.is_ok(), "a journey takes a title");
}
