//! The jobs that read and write project files; everything here runs on a thread of its own.

use super::merging::{Seen, clashes};
use super::picture::{Picture, Wanted};
use super::session::{File, Session};
use crate::edit::command::with_fresh_ids;
use crate::exchange::{self, Brought, Form, Refused, Unread};
use crate::i18n::{Lang, Msg};
use crate::id::Source;
use crate::model::Project;
use crate::store::base::{Base, copy_name, is_same, resolve};
use crate::store::disk::RealDisk;
use crate::store::error::{SaveCause, SaveError, Step};
use crate::store::journal::Recoverable;
use crate::store::load::{LoadError, to_bytes};
use crate::store::project::{OpenError, Opened, open_project, read_file, save_project};
use crate::store::repair::{Note, keep_damaged, repair};
use crate::store::save::{self as store, Saved};
use crate::store::versions::{Document, Label, Versions};
use crate::store::watch::announce_save;
use crate::theme::ThemeId;
use std::path::{Path, PathBuf};

/// Why nothing was opened.
#[derive(Debug)]
pub enum OpenFailure {
    /// The file could not be read.
    File(OpenError),
    /// It is damaged, and something of it can be saved.
    Damaged(Box<Damaged>),
    /// The project holds no journey, so that there is nothing to show.
    NoJourney,
    /// A template of the program does not read.
    Template(LoadError),
    /// It is no journey in any form.
    Refused(Refused),
}

/// A damaged file with what can be saved of it.
#[derive(Debug)]
pub struct Damaged {
    /// The file; it stays as it is.
    pub path: PathBuf,
    /// Why it does not open.
    pub error: OpenError,
    /// What can be saved.
    pub session: Box<Session>,
    /// What was found, and what was done about it.
    pub report: Vec<Note>,
}

/// What was to be saved and was not.
#[derive(Debug)]
pub struct SaveFailure {
    /// Where to.
    pub path: PathBuf,
    /// Why not.
    pub error: SaveError,
}

impl SaveFailure {
    /// Something else stands in the file's place than what was opened.
    pub fn changed(path: PathBuf, found: Base) -> Self {
        let error =
            SaveError { cause: SaveCause::ChangedOnDisk { found }, path: path.clone(), leftover: None };
        Self { path, error }
    }
}

/// How a drawing is made.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The colours.
    pub theme: ThemeId,
    /// The language of what the program itself writes.
    pub lang: Lang,
}

/// Reads a project and draws it for the first time.
///
/// # Errors
/// When it can't be read, or has no journey.
pub fn open(path: &Path, look: Look, state: Option<&Path>) -> Result<Box<Session>, OpenFailure> {
    let opened = match open_project(&RealDisk, path) {
        Err(error @ OpenError::Content(_)) => return Err(damaged(path, error, look)),
        opened => opened.map_err(OpenFailure::File)?,
    };
    keep(state, Some(path), &opened.loaded.project, Label::Opened);
    let content = opened.loaded.project.clone();
    let mut session = begin(opened.loaded.project, look)?;
    session.file = Some(File { path: path.to_owned(), base: opened.base, content });
    session.read_only = opened.loaded.read_only;
    Ok(session)
}

/// What of a file that does not open can be saved, or why it does not open.
fn damaged(path: &Path, error: OpenError, look: Look) -> OpenFailure {
    let bytes = read_file(&RealDisk, path).unwrap_or_default();
    let saved = repair(&bytes).ok().and_then(|found| Some((begin(found.project, look).ok()?, found.report)));
    let Some((mut session, report)) = saved else { return OpenFailure::File(error) };
    session.rescue(path.to_owned());
    OpenFailure::Damaged(Box::new(Damaged { path: path.to_owned(), error, session, report }))
}

/// Begins from one of the program's own templates, as a project of its own: no id is that of the template.
///
/// # Errors
/// When the template does not read, which a test rules out.
pub fn template(bytes: &[u8], look: Look) -> Result<Box<Session>, OpenFailure> {
    let loaded = crate::store::load::load(bytes).map_err(OpenFailure::Template)?;
    begin(with_fresh_ids(&loaded.project, &mut Source::random()), look)
}

/// Begins from a journey in another form; what of it could not be read comes back too.
///
/// # Errors
/// When nothing of the file can be read.
pub fn outlined(path: &Path, look: Look) -> Result<(Box<Session>, Vec<Unread>), OpenFailure> {
    let bytes = read_file(&RealDisk, path).map_err(OpenFailure::File)?;
    let form = Form::of(path).unwrap_or(Form::Outline);
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let brought = exchange::read(form, bytes, &name, look.lang, &mut Source::random());
    let Brought { project, unread } = brought.map_err(OpenFailure::Refused)?;
    Ok((begin(project, look)?, unread))
}

/// Begins a project without content.
///
/// # Errors
/// None in practice: a new project has a journey.
pub fn blank(title: &str, look: Look) -> Result<Box<Session>, OpenFailure> {
    begin(crate::edit::command::new_project(title, &mut Source::random()), look)
}

fn begin(project: Project, look: Look) -> Result<Box<Session>, OpenFailure> {
    let mut session = Session::new(project, Picture::default()).ok_or(OpenFailure::NoJourney)?;
    session.scene(look.theme, look.lang);
    Ok(Box::new(session))
}

/// Where earlier versions are kept, and which one this one is made from.
#[derive(Debug, Clone)]
pub struct Keeping {
    /// The folder for the program's state.
    pub state: PathBuf,
    /// What the file held when it was opened or last saved; none where it is saved there for the first time.
    pub from: Option<Base>,
}

/// Writes a project over what was last seen at its place; what there is to tell comes back as text: a doubt of the
/// system, or where the damaged file was kept that stood there.
///
/// # Errors
/// When it could not be written; the file is then as it was.
pub fn save(
    path: PathBuf,
    base: Option<Base>,
    project: &Project,
    damaged: Option<&Path>,
    lang: Lang,
    keeping: Option<&Keeping>,
) -> Result<(File, Option<String>), SaveFailure> {
    let kept = damaged.map_or(Ok(None), |damaged| keep_damaged(&RealDisk, damaged, &path));
    let kept = match kept {
        Ok(kept) => kept.map(|copy| Msg::RepairKept.with(lang, &[("path", &copy.display())])),
        Err(error) => return Err(SaveFailure { path, error }),
    };
    let seen = base.map_or_else(|| Base::at(&RealDisk, &path), Ok);
    let saved = seen.and_then(|base| save_and_keep(&path, base, project, keeping));
    match saved {
        Ok(saved) => {
            let told: Vec<String> = kept.into_iter().chain(saved.messages(lang)).collect();
            let doubt = Some(told.join("\n")).filter(|told| !told.is_empty());
            Ok((File { path, base: saved.base, content: project.clone() }, doubt))
        }
        Err(error) => Err(SaveFailure { path, error }),
    }
}

/// Saves a project, having noted what it is made from: beside the file, and with the versions kept on this computer.
fn save_and_keep(
    path: &Path,
    base: Base,
    project: &Project,
    keeping: Option<&Keeping>,
) -> Result<Saved, SaveError> {
    let save = || save_project(&RealDisk, path, base, project);
    let Some(Keeping { state, from }) = keeping else { return save() };
    let bytes = to_bytes(project);
    announce_save(path, base, Base::of(&bytes));
    let document = Document { project: project.info().id, path: Some(path) };
    let versions = Versions::new(RealDisk, state);
    // That no version could be kept harms nobody's document.
    let (saved, _kept) = versions.keep_around(document, (&bytes, *from), crate::clock::now(), save);
    saved
}

/// Keeps a version of a document on this computer; that it could not be kept harms nobody's document.
pub fn keep(state: Option<&Path>, path: Option<&Path>, project: &Project, label: Label) {
    let Some(state) = state else { return };
    let document = Document { project: project.info().id, path };
    let versions = Versions::new(RealDisk, state);
    versions.keep(document, label, &to_bytes(project), crate::clock::now()).ok();
}

/// Copies what stands at a path, and is no project of ours, to a name beside it.
///
/// # Errors
/// When it can't be read or the copy can't be written.
pub fn keep_beside(path: &Path) -> Result<Option<PathBuf>, SaveError> {
    let failed = |cause| SaveError { cause, path: path.to_owned(), leftover: None };
    let bytes = match read_file(&RealDisk, path) {
        Ok(bytes) => bytes,
        Err(OpenError::Missing) => return Ok(None),
        Err(OpenError::Failed(source)) => {
            return Err(failed(SaveCause::Failed { step: Step::Read, source }));
        }
        Err(_) => return Err(failed(SaveCause::NotAFile)),
    };
    // A copy of a link's file stands where the file is.
    let path = &resolve(&RealDisk, path)?;
    let time =
        crate::clock::now().to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H%M%S").to_string();
    let copy = copy_name(path, &format!(" (conflict of {time}).ron"));
    store::save(&RealDisk, &copy, Base::Absent, &bytes).map(|_saved| Some(copy))
}

/// Brings what an ended process left unsaved together with what is stored by now; the file may be gone.
///
/// # Errors
/// When it has no journey to show, which a document that was open had.
pub fn recover(left: Recoverable, look: Look, state: &Path) -> Result<Box<Session>, OpenFailure> {
    let stored = match left.path.as_deref().map(|path| (path, open_project(&RealDisk, path))) {
        Some((path, Ok(opened))) => Some((path, opened)),
        // It stays in its journal until the disk answers.
        Some((_, Err(error @ OpenError::Failed(_)))) => return Err(OpenFailure::File(error)),
        Some((_, Err(_))) | None => None,
    };
    // What does not come from what was open is somebody else's.
    let descends = |(path, opened): &(&Path, Opened)| left.is_continued_by(opened, path, Some(state));
    let (project, conflicts, file, read_only) = match stored.filter(descends) {
        Some((path, opened)) => {
            let (content, base) = (opened.loaded.project, opened.base);
            let merged = left.onto(&content);
            let conflicts = clashes(merged.conflicts, &left.recovered, &content);
            let file = File { path: path.to_owned(), base, content };
            (merged.project, conflicts, Some(file), opened.loaded.read_only)
        }
        None => (left.recovered.clone(), Vec::new(), None, None),
    };
    keep(Some(state), left.path.as_deref(), &left.recovered, Label::Recovered);
    let mut session = begin(project, look)?;
    (session.file, session.read_only) = (file, read_only);
    session.take_up(left, conflicts, state);
    Ok(session)
}

/// Refuses to write a copy over what it is a copy of.
///
/// # Errors
/// Where the path leads to one of the originals, or the file system does not say where it leads.
pub fn spare(originals: &[PathBuf], path: &Path, refusal: Msg, lang: Lang) -> Result<(), String> {
    for original in originals {
        match is_same(original, path) {
            Ok(false) => {}
            Ok(true) => return Err(refusal.text(lang).to_owned()),
            Err(error) => return Err(Msg::FileUnreadable.with(lang, &[("detail", &error)])),
        }
    }
    Ok(())
}

/// What stands now in the place of a file that was open.
///
/// # Errors
/// When it can't be read, or is no project.
pub fn seen(path: &Path) -> Result<Seen, OpenError> {
    let opened = open_project(&RealDisk, path)?;
    Ok(Seen { path: path.to_owned(), base: opened.base, loaded: Box::new(opened.loaded) })
}

/// The drawing of a project's first journey, for a small picture of it.
pub fn drawing(project: &Project, look: Look) -> Option<std::sync::Arc<crate::scene::Scene>> {
    let journey = project.journeys_in_order().first()?.info().id;
    let wanted = Wanted { project, revision: 0, journey, overlay: None, theme: look.theme, lang: look.lang };
    Some(Picture::default().scene(wanted))
}
