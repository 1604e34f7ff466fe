//! Jobs that read and write project files; everything here runs on a background thread.

use super::merging::{Seen, wrap_conflicts};
use super::picture::{JourneyPicture, PictureRequest};
use super::session::{File, Session};
use crate::edit::command::with_fresh_ids;
use crate::exchange::{self, Brought, ExchangeError, ExchangeFormat, Unread};
use crate::i18n::{Lang, Msg, explain_save};
use crate::id::IdSource;
use crate::model::Project;
use crate::store::base::{Base, copy_name, is_same, resolve_links};
use crate::store::disk::RealDisk;
use crate::store::error::{FileStep, SaveCause, SaveError};
use crate::store::journal::Recoverable;
use crate::store::load::{LoadError, to_bytes};
use crate::store::project::{OpenError, Opened, open_project, read_file, save_project};
use crate::store::repair::{RepairNote, Repaired, keep_damaged, repair_project};
use crate::store::save::{self as store, Saved};
use crate::store::versions::{Label, VersionedDocument, Versions};
use crate::store::watch::announce_save;
use crate::theme::ThemeId;
use std::path::{Path, PathBuf};

/// The reason why nothing was opened.
#[derive(Debug)]
pub enum OpenFailure {
    /// The file could not be read.
    File(OpenError),
    /// The file is damaged, but something of it can be recovered.
    Damaged(Box<Damaged>),
    /// The project has no journey, so there is nothing to show.
    NoJourney,
    /// A template of the program could not be parsed.
    Template(LoadError),
    /// The file holds no journey in any supported form.
    Refused(ExchangeError),
}

/// A damaged file with the part of it that can be recovered.
#[derive(Debug)]
pub struct Damaged {
    /// The file, which is left unchanged.
    pub path: PathBuf,
    /// The reason why it does not open.
    pub error: OpenError,
    /// The recovered part, as an unsaved project.
    pub session: Box<Session>,
    /// The damage found, and how each was handled.
    pub report: Vec<RepairNote>,
    /// The number of further findings that are not in the report.
    pub unlisted: usize,
}

/// A save that failed.
#[derive(Debug)]
pub struct SaveFailure {
    /// The path to write to.
    pub path: PathBuf,
    /// The reason why it failed.
    pub error: SaveError,
}

impl SaveFailure {
    /// Reports that the path holds something else than what was opened.
    pub fn changed_on_disk(path: PathBuf, found: Base) -> Self {
        let error =
            SaveError { cause: SaveCause::ChangedOnDisk { found }, path: path.clone(), leftover: None };
        Self { path, error }
    }
}

/// The theme and language to draw with.
#[derive(Debug, Clone, Copy)]
pub struct DrawingStyle {
    /// The colours.
    pub theme: ThemeId,
    /// The language of the texts that the program itself writes.
    pub lang: Lang,
}

/// Reads a project and draws it for the first time.
///
/// # Errors
/// If it can't be read, or has no journey.
pub fn open_session(
    path: &Path,
    look: DrawingStyle,
    state: Option<&Path>,
) -> Result<Box<Session>, OpenFailure> {
    let opened = match open_project(&RealDisk, path) {
        Err(error @ OpenError::Content(_)) => return Err(repair_damaged(path, error, look)),
        opened => opened.map_err(OpenFailure::File)?,
    };
    keep_version(state, Some(path), &opened.loaded.project, Label::Opened);
    let content = opened.loaded.project.clone();
    let mut session = begin_session(opened.loaded.project, look)?;
    session.file = Some(File { path: path.to_owned(), base: opened.base, content });
    session.read_only = opened.loaded.read_only;
    Ok(session)
}

/// Recovers what it can of a file that does not open, or returns the original error.
fn repair_damaged(path: &Path, error: OpenError, look: DrawingStyle) -> OpenFailure {
    let bytes = read_file(&RealDisk, path).unwrap_or_default();
    let Ok(Repaired { project, report, unlisted }) = repair_project(&bytes) else {
        return OpenFailure::File(error);
    };
    let Ok(mut session) = begin_session(project, look) else { return OpenFailure::File(error) };
    session.mark_recovered(path.to_owned());
    OpenFailure::Damaged(Box::new(Damaged { path: path.to_owned(), error, session, report, unlisted }))
}

/// Starts a project from one of the program's templates, with fresh ids throughout.
///
/// # Errors
/// If the template can't be parsed, which a test rules out.
pub fn begin_from_template(bytes: &[u8], look: DrawingStyle) -> Result<Box<Session>, OpenFailure> {
    let loaded = crate::store::load::load_project(bytes).map_err(OpenFailure::Template)?;
    begin_session(with_fresh_ids(&loaded.project, &mut IdSource::from_entropy()), look)
}

/// Starts a project from a journey in another form; also returns the lines that could not be read.
///
/// # Errors
/// If nothing of the file can be read.
pub fn begin_from_outline(
    path: &Path,
    look: DrawingStyle,
) -> Result<(Box<Session>, Vec<Unread>), OpenFailure> {
    let bytes = read_file(&RealDisk, path).map_err(OpenFailure::File)?;
    let form = ExchangeFormat::from_path(path).unwrap_or(ExchangeFormat::Outline);
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let brought = exchange::read_project(form, bytes, &name, look.lang, &mut IdSource::from_entropy());
    let Brought { project, unread } = brought.map_err(OpenFailure::Refused)?;
    Ok((begin_session(project, look)?, unread))
}

/// Starts a project without content.
///
/// # Errors
/// Returns an error if the project has no journey, which a new one always has.
pub fn begin_blank(title: &str, look: DrawingStyle) -> Result<Box<Session>, OpenFailure> {
    begin_session(crate::edit::command::new_project(title, &mut IdSource::from_entropy()), look)
}

fn begin_session(project: Project, look: DrawingStyle) -> Result<Box<Session>, OpenFailure> {
    let mut session = Session::new(project, JourneyPicture::default()).ok_or(OpenFailure::NoJourney)?;
    session.current_scene(look.theme, look.lang);
    Ok(Box::new(session))
}

/// The settings for keeping earlier versions while saving.
#[derive(Debug, Clone)]
pub struct Keeping {
    /// The state folder, where versions are kept.
    pub state: PathBuf,
    /// The file's content when opened or last saved; `None` for the first save to this path.
    pub from: Option<Base>,
}

/// Writes a project over the content last seen at its path. Also returns text for the user: a warning of the
/// system, or where the damaged file that was replaced is kept.
///
/// # Errors
/// If it could not be written; the file is then unchanged.
pub fn save_to_path(
    path: PathBuf,
    base: Option<Base>,
    project: &Project,
    damaged: Option<&Path>,
    lang: Lang,
    keeping: Option<&Keeping>,
) -> Result<(File, Option<String>), SaveFailure> {
    let kept = damaged.map_or(Ok(None), |damaged| keep_damaged(&RealDisk, damaged, &path));
    let kept = match kept {
        Ok(kept) => kept.map(|copy| Msg::RepairKept.text_with(lang, &[("path", &copy.display())])),
        Err(error) => return Err(SaveFailure { path, error }),
    };
    let seen = base.map_or_else(|| Base::from_file(&RealDisk, &path), Ok);
    let saved = seen.and_then(|base| save_and_keep(&path, base, project, keeping));
    match saved {
        Ok(saved) => {
            let told: Vec<String> = kept.into_iter().chain(explain_save(&saved, lang)).collect();
            let doubt = Some(told.join("\n")).filter(|told| !told.is_empty());
            Ok((File { path, base: saved.base, content: project.clone() }, doubt))
        }
        Err(error) => Err(SaveFailure { path, error }),
    }
}

/// Saves a project; announces the save beside the file first, and keeps versions on this computer.
fn save_and_keep(
    path: &Path,
    base: Base,
    project: &Project,
    keeping: Option<&Keeping>,
) -> Result<Saved, SaveError> {
    let save = || save_project(&RealDisk, path, base, project);
    let Some(Keeping { state, from }) = keeping else { return save() };
    let bytes = to_bytes(project);
    announce_save(path, base, Base::from_bytes(&bytes));
    let document = VersionedDocument { project: project.info().id, path: Some(path) };
    let versions = Versions::new(RealDisk, state);
    // A version that could not be kept is no reason to fail the save.
    let (saved, _kept) = versions.keep_around(document, (&bytes, *from), crate::clock::current_time(), save);
    saved
}

/// Keeps a version of a document on this computer; failures are ignored, as the document is not affected.
pub fn keep_version(state: Option<&Path>, path: Option<&Path>, project: &Project, label: Label) {
    let Some(state) = state else { return };
    let document = VersionedDocument { project: project.info().id, path };
    let versions = Versions::new(RealDisk, state);
    versions.keep_version(document, label, &to_bytes(project), crate::clock::current_time()).ok();
}

/// Copies the file at a path, which is no project of ours, to a name beside it.
///
/// # Errors
/// If it can't be read or the copy can't be written.
pub fn keep_beside(path: &Path) -> Result<Option<PathBuf>, SaveError> {
    let failed = |cause| SaveError { cause, path: path.to_owned(), leftover: None };
    let bytes = match read_file(&RealDisk, path) {
        Ok(bytes) => bytes,
        Err(OpenError::Missing) => return Ok(None),
        Err(OpenError::Failed(source)) => {
            return Err(failed(SaveCause::Failed { step: FileStep::Read, source }));
        }
        Err(_) => return Err(failed(SaveCause::NotAFile)),
    };
    // Behind a link, the copy goes beside the link's target.
    let path = &resolve_links(&RealDisk, path)?;
    let time = crate::clock::current_time()
        .to_zoned(jiff::tz::TimeZone::system())
        .strftime("%Y-%m-%d %H%M%S")
        .to_string();
    let copy = copy_name(path, &format!(" (conflict of {time}).ron"));
    store::save_file(&RealDisk, &copy, Base::Absent, &bytes).map(|_saved| Some(copy))
}

/// Merges an ended process's unsaved work with the stored file, which may be gone.
///
/// # Errors
/// If it has no journey to show, which an open document always had, or if the disk does not answer.
pub fn recover_session(
    left: Recoverable,
    look: DrawingStyle,
    state: &Path,
) -> Result<Box<Session>, OpenFailure> {
    let stored = match left.path.as_deref().map(|path| (path, open_project(&RealDisk, path))) {
        Some((path, Ok(opened))) => Some((path, opened)),
        // The work stays in its journal until the disk answers.
        Some((_, Err(error @ OpenError::Failed(_)))) => return Err(OpenFailure::File(error)),
        Some((_, Err(_))) | None => None,
    };
    // A file that does not descend from the version opened is somebody else's.
    let descends = |(path, opened): &(&Path, Opened)| left.is_continued_by(opened, path, Some(state));
    let (project, conflicts, file, read_only) = match stored.filter(descends) {
        Some((path, opened)) => {
            let content = opened.loaded.project;
            let base = opened.base;
            let merged = left.merge_onto(&content);
            let conflicts = wrap_conflicts(merged.conflicts, &left.recovered, &content);
            let file = File { path: path.to_owned(), base, content };
            (merged.project, conflicts, Some(file), opened.loaded.read_only)
        }
        None => (left.recovered.clone(), Vec::new(), None, None),
    };
    keep_version(Some(state), left.path.as_deref(), &left.recovered, Label::Recovered);
    let mut session = begin_session(project, look)?;
    (session.file, session.read_only) = (file, read_only);
    session.take_up(left, conflicts, state);
    Ok(session)
}

/// Refuses to write a copy over its original.
///
/// # Errors
/// If the path leads to one of the originals, or the file system can't tell where it leads.
pub fn ensure_not_original(
    originals: &[PathBuf],
    path: &Path,
    refusal: Msg,
    lang: Lang,
) -> Result<(), String> {
    for original in originals {
        match is_same(original, path) {
            Ok(false) => {}
            Ok(true) => return Err(refusal.text(lang).to_owned()),
            Err(error) => return Err(Msg::FileUnreadable.text_with(lang, &[("detail", &error)])),
        }
    }
    Ok(())
}

/// Reads the current content of a file that was open.
///
/// # Errors
/// If it can't be read, or is no project.
pub fn read_current_version(path: &Path) -> Result<Seen, OpenError> {
    let opened = open_project(&RealDisk, path)?;
    Ok(Seen { path: path.to_owned(), base: opened.base, loaded: Box::new(opened.loaded) })
}

/// Draws a project's first journey, for a thumbnail.
pub fn draw_first_journey(
    project: &Project,
    look: DrawingStyle,
) -> Option<std::sync::Arc<crate::scene::Scene>> {
    let journey = project.journeys_in_order().first()?.info().id;
    let wanted =
        PictureRequest { project, revision: 0, journey, overlay: None, theme: look.theme, lang: look.lang };
    Some(JourneyPicture::default().cached_scene(wanted))
}
