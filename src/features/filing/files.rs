//! Jobs that read and write project files; everything here runs on a background thread.

use crate::app::picture::{JourneyPicture, PictureRequest};
use crate::app::session::Session;
use engine::edit::command::with_fresh_ids;
use engine::exchange::{self, Brought, ExchangeError, ExchangeFormat, Unread};
use engine::i18n::{Explain, Lang, Msg, explain_save};
use engine::id::IdSource;
use engine::model::Project;
use engine::store::base::{Base, copy_name, is_same, resolve_links};
use engine::store::disk::RealDisk;
use engine::store::document::{Document, SaveReport, SaveTask};
use engine::store::error::{FileStep, SaveCause, SaveError};
use engine::store::journal::Recoverable;
use engine::store::load::LoadError;
use engine::store::project::{OpenError, StoredFile, read_file, save_as};
use engine::store::repair::{RepairNote, Repaired, repair_project};
use engine::store::save::save_file;
use engine::store::versions::Label;
use engine::theme::ThemeId;
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
    let mut document = match Document::open(path, state) {
        Err(error @ OpenError::Content(_)) => return Err(repair_damaged(path, error, look)),
        opened => opened.map_err(OpenFailure::File)?,
    };
    document.keep_version(Label::Opened);
    begin_session(document, look)
}

/// Recovers what it can of a file that does not open, or returns the original error.
fn repair_damaged(path: &Path, error: OpenError, look: DrawingStyle) -> OpenFailure {
    let bytes = read_file(&RealDisk, path).unwrap_or_default();
    let Ok(Repaired { project, report, unlisted }) = repair_project(&bytes) else {
        return OpenFailure::File(error);
    };
    let document = Document::from_damaged(project, path.to_owned());
    let Ok(session) = begin_session(document, look) else { return OpenFailure::File(error) };
    OpenFailure::Damaged(Box::new(Damaged { path: path.to_owned(), error, session, report, unlisted }))
}

/// Starts a project from one of the program's templates, with fresh ids throughout.
///
/// # Errors
/// If the template can't be parsed, which a test rules out.
pub fn begin_from_template(bytes: &[u8], look: DrawingStyle) -> Result<Box<Session>, OpenFailure> {
    let loaded = engine::store::load::load_project(bytes).map_err(OpenFailure::Template)?;
    let project = with_fresh_ids(&loaded.project, &mut IdSource::from_entropy());
    begin_session(Document::new(project), look)
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
    Ok((begin_session(Document::new(project), look)?, unread))
}

/// Starts a project without content.
///
/// # Errors
/// Returns an error if the project has no journey, which a new one always has.
pub fn begin_blank(title: &str, look: DrawingStyle) -> Result<Box<Session>, OpenFailure> {
    let project = engine::edit::command::new_project(title, &mut IdSource::from_entropy());
    begin_session(Document::new(project), look)
}

fn begin_session(document: Document, look: DrawingStyle) -> Result<Box<Session>, OpenFailure> {
    let mut session = Session::new(document).ok_or(OpenFailure::NoJourney)?;
    session.current_scene(look.theme, look.lang);
    Ok(Box::new(session))
}

/// Saves the open project. Also returns text for the user: a warning of the system, or where the damaged file
/// that was replaced is kept.
///
/// # Errors
/// If it could not be written; the file is then unchanged.
pub fn save_document(mut task: SaveTask, lang: Lang) -> Result<(StoredFile, Option<String>), SaveFailure> {
    match task.run(None) {
        Ok(SaveReport { file, saved, damaged_copy }) => {
            let kept = damaged_copy.map(|copy| Msg::RepairKept.text_with(lang, &[("path", &copy.display())]));
            let told: Vec<String> = kept.into_iter().chain(explain_save(&saved, lang)).collect();
            Ok((file, Some(told.join("\n")).filter(|told| !told.is_empty())))
        }
        Err(error) => Err(SaveFailure { path: task.path, error }),
    }
}

/// Writes a copy of a project to a path that the user has chosen. Returns a warning of the system.
///
/// # Errors
/// If it could not be written; the file is then unchanged.
pub fn save_copy(path: &Path, project: &Project, lang: Lang) -> Result<Option<String>, String> {
    let saved = save_as(&RealDisk, path, project).map_err(|error| error.explain(lang))?;
    Ok(Some(explain_save(&saved, lang).join("\n")).filter(|told| !told.is_empty()))
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
    let time = engine::clock::current_time()
        .to_zoned(jiff::tz::TimeZone::system())
        .strftime("%Y-%m-%d %H%M%S")
        .to_string();
    let copy = copy_name(path, &format!(" (conflict of {time}).ron"));
    save_file(&RealDisk, &copy, Base::Absent, &bytes).map(|_saved| Some(copy))
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
    let document = Document::recover_work(left, state).map_err(OpenFailure::File)?;
    begin_session(document, look)
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

/// Draws a project's first journey, for a thumbnail.
pub fn draw_first_journey(
    project: &Project,
    look: DrawingStyle,
) -> Option<std::sync::Arc<engine::scene::Scene>> {
    let journey = project.journeys_in_order().first()?.info().id;
    let wanted =
        PictureRequest { project, revision: 0, journey, overlay: None, theme: look.theme, lang: look.lang };
    Some(JourneyPicture::default().cached_scene(wanted))
}
