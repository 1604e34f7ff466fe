//! Opening and saving files for commands.

use super::{Failure, format_conflict, print_message, report_doubt as tell_doubt};
use engine::i18n::{Explain, Lang, Msg, explain_save};
use engine::model::{Journey, Project};
use engine::store::adopt::NotKept;
use engine::store::base::{self, Base};
use engine::store::disk::RealDisk;
use engine::store::document::{Document, DocumentError, MergeRefusal};
use engine::store::error::{FileStep, SaveCause, SaveError};
use engine::store::load::Loaded;
use engine::store::project::{self, open_project, read_file};
use engine::store::save::{Saved, save_file};
use std::path::Path;
use std::sync::Arc;

/// The most attempts to save while others save first.
pub(super) const MOST_TRIES: usize = 100;

/// Opens a project.
pub(super) fn open_to_read(path: &Path, lang: Lang) -> Result<Loaded, Failure> {
    let opened = open_project(&RealDisk, path);
    opened.map(|opened| opened.loaded).map_err(|error| Failure::for_path(path, &error.explain(lang), lang))
}

/// Opens a project that is to be saved over the opened file; a newer program's is refused.
pub(super) fn open_document(path: &Path, state: Option<&Path>, lang: Lang) -> Result<Document, Failure> {
    let opened = Document::open(path, state);
    let document = opened.map_err(|error| Failure::for_path(path, &error.explain(lang), lang))?;
    match document.read_only() {
        Some(version) => Err(Failure::new(Msg::CliNewer, lang, &[("version", &version)])),
        None => Ok(document),
    }
}

/// Saves an open project, merged with what others saved in its file meanwhile; lists the conflicts.
pub(super) fn save_document(path: &Path, document: &mut Document, lang: Lang) -> Result<(), Failure> {
    let before = document.open_conflicts().len();
    let result = document.save();
    report_version_trouble(document, lang);
    for open in document.open_conflicts().into_iter().skip(before) {
        let [ours, theirs] = &*open.sides;
        print_message(&format_conflict(document.project(), &open.conflict, [ours, theirs], lang));
    }
    match result {
        Ok(saved) => saved.iter().for_each(|saved| tell_saved(saved, lang)),
        Err(DocumentError::Newer(version)) => {
            return Err(Failure::new(Msg::CliNewer, lang, &[("version", &version)]));
        }
        Err(DocumentError::NotSaved(error)) => {
            return Err(Failure::for_path(path, &error.explain(lang), lang));
        }
        Err(DocumentError::Unreadable(error)) => {
            return Err(Failure::for_path(path, &error.explain(lang), lang));
        }
        Err(DocumentError::Refused(MergeRefusal::OtherProject)) => {
            return Err(Failure::for_path(path, Msg::CliReplacedByOther.text(lang), lang));
        }
        Err(DocumentError::Refused(MergeRefusal::Unproven)) => {
            return Err(Failure::for_path(path, Msg::CliUnproven.text(lang), lang));
        }
        Err(DocumentError::DoesNotFit(_)) => {
            return Err(Failure::for_path(path, Msg::CliEditDoesNotFit.text(lang), lang));
        }
    }
    Ok(())
}

/// Reports, once, that versions of a document can't be kept.
pub(super) fn report_version_trouble(document: &mut Document, lang: Lang) {
    if let Some(error) = document.take_version_trouble() {
        report_unkept(&error, lang);
    }
}

/// Reports that a version could not be kept.
pub(super) fn report_unkept(error: &SaveError, lang: Lang) {
    tell_doubt(&Failure::for_path(&error.path, &error.explain(lang), lang).explain(lang));
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
    let saved = project::save_as(&RealDisk, path, project);
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
    use engine::edit::apply_all;
    use engine::edit::command::{add_stage, new_project, rename_record};
    use engine::id::{Id, IdSource};

    #[test]
    fn what_others_stored_since_a_project_was_opened_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p.ron");
        let mut source = IdSource::from_seed(4);
        let project = new_project("Trip", &mut source);
        save_as(&path, &project, Lang::En).unwrap();
        let mut document = open_document(&path, None, Lang::En).unwrap();
        let journey = project.journeys_in_order()[0].info().id;
        let mut theirs = project.clone();
        document.commit(add_stage(&project, journey, None, "Plan", &mut source).0).unwrap();
        apply_all(&mut theirs, &add_stage(&project, journey, None, "Board", &mut source).0).unwrap();
        save_as(&path, &theirs, Lang::En).unwrap();
        save_document(&path, &mut document, Lang::En).unwrap();
        let both = open_to_read(&path, Lang::En).unwrap().project;
        assert_eq!(both.journeys_in_order()[0].stages().len(), 2);
        // A differing title may be an older one: the author is unknown.
        let mut document = open_document(&path, None, Lang::En).unwrap();
        document.commit(add_stage(&both, journey, None, "Fly", &mut source).0).unwrap();
        let mut other = both.clone();
        apply_all(&mut other, &rename_record(&both, Id::from(journey), "Voyage")).unwrap();
        save_as(&path, &other, Lang::En).unwrap();
        assert!(save_document(&path, &mut document, Lang::En).is_err());
    }
}
