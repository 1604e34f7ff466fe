//! Files as commands open and save them.

use super::{Failure, complain};
use crate::i18n::{Lang, Msg};
use crate::model::{Journey, Project};
use crate::store::base::Base;
use crate::store::disk::RealDisk;
use crate::store::load::Loaded;
use crate::store::project::{open_project, read_file, save_project};
use crate::store::save::{Saved, save};
use std::path::Path;
use std::sync::Arc;

/// Opens a project.
pub(super) fn open(path: &Path, lang: Lang) -> Result<Loaded, Failure> {
    let opened = open_project(&RealDisk, path);
    opened.map(|opened| opened.loaded).map_err(|error| Failure::at(path, &error.message(lang), lang))
}

/// Reads a small file of any kind.
pub(super) fn read(path: &Path, lang: Lang) -> Result<Vec<u8>, Failure> {
    read_file(&RealDisk, path).map_err(|error| Failure::at(path, &error.message(lang), lang))
}

/// Saves a project at a place that the user has named, whatever stands there.
pub(super) fn save_as(path: &Path, project: &Project, lang: Lang) -> Result<(), Failure> {
    let saved = Base::at(&RealDisk, path).and_then(|base| save_project(&RealDisk, path, base, project));
    told(path, saved.map_err(|error| error.message(lang)), lang)
}

/// Saves bytes; over a file that is there only if forced.
pub(super) fn save_bytes(path: &Path, bytes: &[u8], force: bool, lang: Lang) -> Result<(), Failure> {
    let base = Base::at(&RealDisk, path).map_err(|error| Failure::at(path, &error.message(lang), lang))?;
    if base != Base::Absent && !force {
        return Err(Failure::at(path, Msg::CliExists.text(lang), lang));
    }
    told(path, save(&RealDisk, path, base, bytes).map_err(|error| error.message(lang)), lang)
}

/// A doubt about a save is told, but is no failure.
fn told(path: &Path, saved: Result<Saved, String>, lang: Lang) -> Result<(), Failure> {
    let saved = saved.map_err(|problem| Failure::at(path, &problem, lang))?;
    if let Some(doubt) = saved.doubt(lang) {
        complain(&doubt);
    }
    Ok(())
}

/// The journey of this title, or the first.
pub(super) fn journey<'a>(
    project: &'a Project,
    title: Option<&str>,
    lang: Lang,
) -> Result<&'a Arc<Journey>, Failure> {
    let journeys = project.journeys_in_order();
    let Some(title) = title else {
        return journeys.first().copied().ok_or_else(|| Failure::new(Msg::CliEmptyProject, lang, &[]));
    };
    let found = journeys.iter().find(|journey| journey.info().title == title);
    found.copied().ok_or_else(|| {
        let names: Vec<&str> = journeys.iter().map(|journey| journey.info().title.as_str()).collect();
        Failure::new(Msg::CliNoJourney, lang, &[("name", &title), ("names", &names.join(", "))])
    })
}
