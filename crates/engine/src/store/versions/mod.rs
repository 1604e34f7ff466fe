//! Earlier versions of documents: packed copies kept on this computer, each in a separate file.
//!
//! A copy's name holds time, reason, document and content hash, so that listing and thinning open no file;
//! the content's hash is checked when it is read back.

mod entry;
mod thin;

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::base::Base;
use super::disk::{Disk, DiskEntry, RealDisk, make_folders};
use super::error::{FileStep, SaveError};
use super::load::{LoadCause, LoadError, Loaded, MAX_BYTES, load_project};
use super::packed::unpack_bytes;
use super::project::{OpenError, read_file};
use super::save::save_file;
use crate::id::ProjectId;
use entry::{VersionName, pack_version, read_head};

/// Maximum number of saves to trace back from a version.
const MOST_STEPS: usize = 1000;

/// The reason why a version was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Label {
    /// The document was opened.
    Opened,
    /// It was saved.
    Saved,
    /// It was about to be saved; the outcome is unknown.
    Saving,
    /// Another person's changes were about to be merged.
    BeforeMerge,
    /// An earlier version was about to replace it.
    BeforeRestore,
    /// It was left unsaved by a process that ended.
    Recovered,
}

impl Label {
    /// All labels, in the order of declaration.
    pub const ALL: [Self; 6] =
        [Self::Opened, Self::Saved, Self::Saving, Self::BeforeMerge, Self::BeforeRestore, Self::Recovered];

    /// Returns true if such a version may be the only copy of its content: it may never have been in the
    /// document's file.
    pub fn is_unsaved(self) -> bool {
        matches!(self, Self::Saving | Self::BeforeMerge | Self::BeforeRestore | Self::Recovered)
    }
}

/// A document whose versions are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VersionedDocument<'a> {
    /// The id of the project.
    pub project: ProjectId,
    /// The document's path; projects begun from one template may have the same id.
    pub path: Option<&'a Path>,
}

/// An earlier version of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionEntry {
    /// The time at which it was kept.
    pub time: Timestamp,
    /// The reason why it was kept.
    pub label: Label,
    file: PathBuf,
}

/// The earlier versions in the folder for the program's state.
#[derive(Debug, Clone)]
pub struct Versions<D: Disk = RealDisk> {
    disk: D,
    dir: PathBuf,
}

impl<D: Disk> Versions<D> {
    /// Creates access to the versions in a folder, which need not exist yet.
    pub fn new(disk: D, state: &Path) -> Self {
        Self { disk, dir: state.join("versions") }
    }

    /// Keeps a document's bytes; the same content twice in a row is kept once.
    ///
    /// # Errors
    /// Returns an error if they could not be written.
    pub fn keep_version(
        &self,
        document: VersionedDocument<'_>,
        label: Label,
        bytes: &[u8],
        time: Timestamp,
    ) -> Result<(), SaveError> {
        self.write_version(document, &VersionName::new(time, label, document.path, bytes), bytes, None)
            .map(drop)
    }

    /// Saves a document's bytes, and keeps them with the content of the version they derive from. They are
    /// kept before, as about to be saved: if the process is killed in between, the file's origin is still
    /// known. The second result is that of keeping them.
    pub fn keep_around<T, E>(
        &self,
        document: VersionedDocument<'_>,
        (bytes, from): (&[u8], Option<Base>),
        time: Timestamp,
        save: impl FnOnce() -> Result<T, E>,
    ) -> (Result<T, E>, Result<(), SaveError>) {
        let name = |label| VersionName::new(time, label, document.path, bytes);
        let kept = self.write_version(document, &name(Label::Saving), bytes, from);
        let saved = save();
        let Ok(true) = kept else { return (saved, kept.map(drop)) };
        let dir = self.dir.join(document.project.to_string());
        let [before, after] = [Label::Saving, Label::Saved].map(|label| dir.join(name(label).to_string()));
        let settled = match &saved {
            Ok(_) => self.disk.rename_file(&before, &after),
            Err(_) => self.disk.remove(&before),
        };
        let settled = settled.map_err(|error| SaveError::from_io(FileStep::Replace, error, &after));
        (saved, settled)
    }

    /// Writes a version; returns false if it is kept already.
    fn write_version(
        &self,
        document: VersionedDocument<'_>,
        name: &VersionName,
        bytes: &[u8],
        from: Option<Base>,
    ) -> Result<bool, SaveError> {
        let dir = self.dir.join(document.project.to_string());
        let of_document = self
            .list_names(&dir)
            .unwrap_or_default()
            .into_iter()
            .map(|(name, _)| name)
            .filter(|n| n.is_of(document.path));
        // Another process may have kept the content already, without knowing its origin.
        let is_known = |newest: VersionName| {
            newest.content == name.content && (from.is_none() || newest.label == Label::Saved)
        };
        if of_document.max_by_key(VersionName::time).is_some_and(is_known) {
            return Ok(false);
        }
        let failed = |error| SaveError::from_io(FileStep::Create, error, &dir);
        make_folders(&self.disk, &dir).map_err(failed)?;
        let copy = pack_version(document.path, bytes, from).map_err(failed)?;
        save_file(&self.disk, &dir.join(name.to_string()), Base::Absent, &copy).map(|_saved| true)
    }

    /// Returns the versions of a document, the newest first.
    ///
    /// # Errors
    /// Returns an error if the disk does not list them.
    pub fn list_versions(&self, document: VersionedDocument<'_>) -> io::Result<Vec<VersionEntry>> {
        let names = self.list_names(&self.dir.join(document.project.to_string()))?;
        let own = names.into_iter().filter(|(name, _)| name.is_of(document.path));
        let mut kept: Vec<VersionEntry> =
            own.map(|(name, file)| VersionEntry { time: name.time(), label: name.label, file }).collect();
        kept.sort_by(|a, b| b.time.cmp(&a.time).then_with(|| b.file.cmp(&a.file)));
        Ok(kept)
    }

    /// Reads a version back.
    ///
    /// # Errors
    /// Returns an error if its file is missing, damaged, or can't be read.
    pub fn load_version(&self, kept: &VersionEntry) -> Result<Loaded, OpenError> {
        // Read whole first, so that an error of the disk is distinguished from damage.
        let packed = read_file(&self.disk, &kept.file)?;
        let damaged = || OpenError::Content(LoadError::new(LoadCause::CutOff));
        let mut file = &*packed;
        let head = read_head(&mut file).map_err(OpenError::Failed)?;
        let hash = head.ok_or_else(damaged)?.content;
        let bytes = unpack_bytes(file, MAX_BYTES).ok().flatten().filter(|bytes| blake3::hash(bytes) == hash);
        load_project(&bytes.ok_or_else(damaged)?).map_err(OpenError::Content)
    }

    /// Returns true if a content is known to have been saved, step by step, from another.
    pub fn is_saved_from(&self, document: VersionedDocument<'_>, content: Base, from: Base) -> bool {
        let names = self.list_names(&self.dir.join(document.project.to_string())).unwrap_or_default();
        let saved: Vec<(VersionName, PathBuf)> = names
            .into_iter()
            .filter(|(name, _)| {
                matches!(name.label, Label::Saved | Label::Saving) && name.is_of(document.path)
            })
            .collect();
        let mut open = vec![content];
        let mut seen = Vec::new();
        while let Some(content) = open.pop() {
            let Base::Content(hash) = content else { continue };
            if seen.contains(&content) || seen.len() > MOST_STEPS {
                continue;
            }
            seen.push(content);
            for (_, file) in saved.iter().filter(|(name, _)| name.is_content(hash)) {
                let file = self.disk.open(file).ok();
                let head = file.and_then(|file| read_head(&mut io::BufReader::new(file)).ok().flatten());
                let before = head.filter(|head| head.content == hash).and_then(|head| head.from);
                if before == Some(from) {
                    return true;
                }
                open.extend(before);
            }
        }
        false
    }

    /// Removes versions that are too old or exceed the size limit: keeps all of the last day, then one an
    /// hour for a week, one a day for three months, one a month after. Returns the number removed.
    pub fn thin_out(&self, now: Timestamp) -> usize {
        let mut items = Vec::new();
        for dir in self.disk.list_dir(&self.dir).unwrap_or_default() {
            for (name, file) in self.list_names(&dir).unwrap_or_default() {
                let size = match self.disk.entry_at(&file) {
                    Ok(DiskEntry::File(meta)) => meta.len(),
                    _ => 0,
                };
                items.push(thin::VersionFile { name, file, size });
            }
        }
        let gone = thin::select_unneeded(items, now);
        gone.iter().filter(|file| self.disk.remove(file).is_ok()).count()
    }

    /// Returns the versions in the folder of a project; ignores other files.
    fn list_names(&self, dir: &Path) -> io::Result<Vec<(VersionName, PathBuf)>> {
        let files = match self.disk.list_dir(dir) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            files => files?,
        };
        Ok(files.into_iter().filter_map(|file| Some((VersionName::from_path(&file)?, file))).collect())
    }
}
