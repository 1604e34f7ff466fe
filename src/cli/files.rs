//! Opening and saving files for commands.

use super::{Failure, format_conflict, print_message, report_doubt as tell_doubt};
use crate::edit::merge_versions;
use crate::i18n::{Explain, Lang, Msg, explain_save};
use crate::model::{Journey, Project};
use crate::store::adopt::NotKept;
use crate::store::base::{self, Base};
use crate::store::descent::{DescentSources, StoredVersion, is_descendant};
use crate::store::disk::RealDisk;
use crate::store::error::{FileStep, SaveCause, SaveError};
use crate::store::load::{Loaded, to_bytes};
use crate::store::project::{Opened, open_project, read_file, save_project};
use crate::store::save::{Saved, save_file};
use crate::store::state;
use crate::store::watch::announce_save;
use std::path::Path;
use std::sync::Arc;

/// The most attempts to save while others save first.
pub(super) const MOST_TRIES: usize = 100;

/// Opens a project.
pub(super) fn open_to_read(path: &Path, lang: Lang) -> Result<Loaded, Failure> {
    open_to_save(path, lang).map(|opened| opened.loaded)
}

/// Opens a project that is to be saved over the opened file.
pub(super) fn open_to_save(path: &Path, lang: Lang) -> Result<Opened, Failure> {
    open_project(&RealDisk, path).map_err(|error| Failure::for_path(path, &error.explain(lang), lang))
}

/// Opens the version of a project that others saved meanwhile; fails if it is not known to come from the
/// opened version.
pub(super) fn open_theirs(
    stored: StoredVersion<'_>,
    place: DescentSources<'_>,
    lang: Lang,
) -> Result<Opened, Failure> {
    let path = place.path;
    let opened = open_to_save(path, lang)?;
    if let Some(version) = opened.loaded.read_only {
        return Err(Failure::new(Msg::CliNewer, lang, &[("version", &version)]));
    }
    let found = StoredVersion { base: opened.base, project: &opened.loaded.project };
    if found.project.info().id != stored.project.info().id {
        return Err(Failure::for_path(path, Msg::CliReplacedByOther.text(lang), lang));
    }
    if !is_descendant(stored, found, place) {
        return Err(Failure::for_path(path, Msg::CliUnproven.text(lang), lang));
    }
    Ok(opened)
}

/// Saves a project over the opened file, merged with what others saved there meanwhile.
pub(super) fn save_over(path: &Path, opened: Opened, project: &Project, lang: Lang) -> Result<(), Failure> {
    let mut ours = project.clone();
    let mut stored = opened;
    for _ in 0..MOST_TRIES {
        announce_save(path, stored.base, Base::from_bytes(&to_bytes(&ours)));
        match save_project(&RealDisk, path, stored.base, &ours) {
            Err(error) if matches!(error.cause, SaveCause::ChangedOnDisk { .. }) => {}
            saved => return report_save(path, saved.map_err(|error| error.explain(lang)), lang),
        }
        let before = StoredVersion { base: stored.base, project: &stored.loaded.project };
        let full = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let state = state::state_folder(None);
        let place = DescentSources { path: &full, state: state.as_deref() };
        let theirs = open_theirs(before, place, lang)?;
        let merged = merge_versions(&stored.loaded.project, &ours, &theirs.loaded.project);
        for found in &merged.conflicts {
            print_message(&format_conflict(&merged.project, found, [&ours, &theirs.loaded.project], lang));
        }
        (ours, stored) = (merged.project, theirs);
    }
    Err(Failure::for_path(path, Msg::FileChanged.text(lang), lang))
}

/// True if two paths lead to the same existing file.
pub(super) fn is_same(one: &Path, other: &Path, lang: Lang) -> Result<bool, Failure> {
    base::is_same(one, other).map_err(|error| {
        let problem = SaveError {
            cause: SaveCause::Failed { step: FileStep::Find, source: error },
            path: other.to_owned(),
            leftover: None,
        };
        Failure::for_path(other, &problem.explain(lang), lang)
    })
}

/// Reads a small file of any kind.
pub(super) fn read_bytes(path: &Path, lang: Lang) -> Result<Vec<u8>, Failure> {
    read_file(&RealDisk, path).map_err(|error| Failure::for_path(path, &error.explain(lang), lang))
}

/// Saves a project at a path that the user has named, whether or not a file exists there.
pub(super) fn save_as(path: &Path, project: &Project, lang: Lang) -> Result<(), Failure> {
    let saved =
        Base::from_file(&RealDisk, path).and_then(|base| save_project(&RealDisk, path, base, project));
    report_save(path, saved.map_err(|error| error.explain(lang)), lang)
}

/// Saves bytes; overwrites an existing file only if forced.
pub(super) fn save_bytes(path: &Path, bytes: &[u8], force: bool, lang: Lang) -> Result<(), Failure> {
    let base = Base::from_file(&RealDisk, path)
        .map_err(|error| Failure::for_path(path, &error.explain(lang), lang))?;
    if base != Base::Absent && !force {
        return Err(Failure::for_path(path, Msg::CliExists.text(lang), lang));
    }
    report_save(path, save_file(&RealDisk, path, base, bytes).map_err(|error| error.explain(lang)), lang)
}

/// Reports a doubt about a save, and sets the exit status; the file is written all the same.
pub(super) fn report_save(path: &Path, saved: Result<Saved, String>, lang: Lang) -> Result<(), Failure> {
    tell_saved(&saved.map_err(|problem| Failure::for_path(path, &problem, lang))?, lang);
    Ok(())
}

/// Reports the circumstances of a save. Other names of the file are no doubt about it.
pub(super) fn tell_saved(saved: &Saved, lang: Lang) {
    let is_doubt =
        saved.unconfirmed.is_some() || saved.lost.iter().any(|lost| !matches!(lost, NotKept::Links(_)));
    for message in explain_save(saved, lang) {
        if is_doubt { tell_doubt(&message) } else { print_message(&message) }
    }
}

/// Returns the journey of this title, or the first.
pub(super) fn find_journey<'a>(
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply_all;
    use crate::edit::command::{add_stage, new_project, rename_record};
    use crate::id::{Id, IdSource};

    #[test]
    fn what_others_stored_since_a_project_was_opened_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p.ron");
        let mut source = IdSource::from_seed(4);
        let project = new_project("Trip", &mut source);
        save_as(&path, &project, Lang::En).unwrap();
        let opened = open_to_save(&path, Lang::En).unwrap();
        let journey = project.journeys_in_order()[0].info().id;
        let mut ours = project.clone();
        let mut theirs = project.clone();
        apply_all(&mut ours, &add_stage(&project, journey, None, "Plan", &mut source).0).unwrap();
        apply_all(&mut theirs, &add_stage(&project, journey, None, "Board", &mut source).0).unwrap();
        save_as(&path, &theirs, Lang::En).unwrap();
        save_over(&path, opened, &ours, Lang::En).unwrap();
        let both = open_to_read(&path, Lang::En).unwrap().project;
        assert_eq!(both.journeys_in_order()[0].stages().len(), 2);
        // A differing title may be an older one: the author is unknown.
        let opened = open_to_save(&path, Lang::En).unwrap();
        let mut other = both.clone();
        apply_all(&mut other, &rename_record(&both, Id::from(journey), "Voyage")).unwrap();
        save_as(&path, &other, Lang::En).unwrap();
        assert!(save_over(&path, opened, &ours, Lang::En).is_err());
    }
}
