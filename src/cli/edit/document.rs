//! The document of an edit script: its history, its journal, and saving it alongside other programs.

use crate::cli::files::{MOST_TRIES, open_theirs, open_to_save, tell_saved};
use crate::cli::{Failure, format_conflict, print_message, report_doubt};
use crate::edit::{History, Transaction, diff_projects, merge_versions};
use crate::i18n::{Explain, Lang, Msg};
use crate::model::Project;
use crate::store::base::Base;
use crate::store::descent::{DescentSources, StoredVersion};
use crate::store::disk::RealDisk;
use crate::store::error::{SaveCause, SaveError};
use crate::store::journal::{Journal, JournalOrigin};
use crate::store::load::to_bytes;
use crate::store::project::{lock_folder, save_project_held};
use crate::store::save::Saved;
use crate::store::state;
use crate::store::versions::{Label, VersionedDocument as Whose, Versions};
use crate::store::watch::{OpenSign, announce_save};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The time that a line waits for its change to reach stable storage.
const PATIENCE: Duration = Duration::from_secs(10);

/// The durability of a change: would it survive a power cut?
pub(super) enum Safe {
    /// It is on stable storage.
    Durable,
    /// It is not; the next save makes it so.
    Not,
}

/// An open document.
pub(super) struct ScriptDocument<'a> {
    path: &'a Path,
    full: PathBuf,
    lang: Lang,
    base: Base,
    stored: Project,
    project: Project,
    history: History,
    saved: u64,
    /// The number of the last change in the journal that is part of a save of ours on stable storage; `None` if
    /// the content of the file is not, or not from us.
    durable: Option<u64>,
    conflicts: usize,
    journal: Option<Journal>,
    state: Option<PathBuf>,
    versions: Option<Versions>,
    /// The sign that tells other programs that the file is open.
    sign: OpenSign,
}

impl<'a> ScriptDocument<'a> {
    /// Opens a project, and keeps a version of it.
    pub(super) fn open(path: &'a Path, given: Option<&Path>, lang: Lang) -> Result<Self, Failure> {
        let opened = open_to_save(path, lang)?;
        if let Some(version) = opened.loaded.read_only {
            return Err(Failure::new(Msg::CliNewer, lang, &[("version", &version)]));
        }
        let base = opened.base;
        let project = opened.loaded.project;
        let full = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let origin = JournalOrigin { path: Some(full.clone()), base, project: project.clone() };
        let folder = state::state_folder(given);
        let mut document = Self {
            path,
            full,
            lang,
            base,
            stored: project.clone(),
            project,
            history: History::default(),
            saved: 0,
            durable: None,
            conflicts: 0,
            journal: folder.as_deref().map(|folder| Journal::start_new(RealDisk, folder, origin)),
            versions: folder.as_deref().map(|folder| Versions::new(RealDisk, folder)),
            state: folder,
            sign: OpenSign::create_beside(path, base),
        };
        document.keep_version(Label::Opened, &document.stored.clone());
        Ok(document)
    }

    pub(super) fn project(&self) -> &Project {
        &self.project
    }

    pub(super) fn is_dirty(&self) -> bool {
        self.saved != self.history.state_number()
    }

    /// Applies a change; returns its number in the journal, or `None` if it does not fit.
    pub(super) fn commit(&mut self, transaction: &Transaction) -> Option<u64> {
        self.history.commit_step(&mut self.project, transaction.clone()).ok()?;
        Some(self.append_to_journal(transaction))
    }

    /// Undoes the last change; returns the number of the undo, or `None` at the beginning.
    pub(super) fn undo(&mut self) -> Option<u64> {
        let applied = self.history.undo(&mut self.project).ok().flatten()?;
        Some(self.append_to_journal(&applied))
    }

    /// Redoes the last undone change; returns the number of the redo, or `None` at the end.
    pub(super) fn redo(&mut self) -> Option<u64> {
        let applied = self.history.redo(&mut self.project).ok().flatten()?;
        Some(self.append_to_journal(&applied))
    }

    fn append_to_journal(&mut self, transaction: &Transaction) -> u64 {
        match &mut self.journal {
            Some(journal) if !transaction.is_empty() => journal.append_change(&self.project, transaction),
            Some(journal) => journal.last_change(),
            None => 0,
        }
    }

    /// Waits until a change is on stable storage; a problem with the journal is reported once.
    pub(super) fn wait_until_durable(&self, change: u64) -> Safe {
        let Some(journal) = &self.journal else { return Safe::Not };
        if journal.wait_until_durable(change, PATIENCE) {
            return Safe::Durable;
        }
        if let Some(trouble) = journal.take_trouble() {
            report_doubt(&trouble.explain(self.lang));
        }
        Safe::Not
    }

    /// Saves, after merging what others saved meanwhile; returns the number of new conflicts.
    pub(super) fn save(&mut self) -> Result<usize, Failure> {
        if self.is_on_disk() {
            self.saved_as_before();
            return Ok(0);
        }
        let before = self.conflicts;
        let mut held = None;
        for _ in 0..MOST_TRIES {
            let error = match self.save_once(held) {
                Ok(saved) => {
                    self.on_saved(&saved);
                    return Ok(self.conflicts - before);
                }
                Err(error) => error,
            };
            if !matches!(error.cause, SaveCause::ChangedOnDisk { .. }) {
                return Err(Failure::for_path(self.path, &error.explain(self.lang), self.lang));
            }
            held = lock_folder(&RealDisk, self.path);
            self.bring_in()?;
        }
        Err(Failure::for_path(self.path, Msg::FileChanged.text(self.lang), self.lang))
    }

    /// Returns true if our last save holds the very content of the document, and is still in the file: another
    /// save would only wait for the disk once more.
    fn is_on_disk(&self) -> bool {
        self.durable.is_some()
            && Base::from_bytes(&to_bytes(&self.project)) == self.base
            && Base::from_file(&RealDisk, self.path).is_ok_and(|found| found == self.base)
    }

    /// Records that the document is saved without writing the file; the journal forgets changes that took each
    /// other back.
    fn saved_as_before(&mut self) {
        self.saved = self.history.state_number();
        let last = self.last_change();
        if self.durable != Some(last) {
            self.durable = Some(last);
            self.tell_journal();
        }
    }

    /// Saves over the opened file, after recording the versions that the result is made from.
    fn save_once(&mut self, held: Option<File>) -> Result<Saved, SaveError> {
        let bytes = to_bytes(&self.project);
        announce_save(self.path, self.base, Base::from_bytes(&bytes));
        let save = || save_project_held(&RealDisk, self.path, self.base, &self.project, held);
        let Some(versions) = &self.versions else { return save() };
        let whose = Whose { project: self.project.info().id, path: Some(&self.full) };
        let (saved, kept) =
            versions.keep_around(whose, (&bytes, Some(self.base)), crate::clock::current_time(), save);
        self.tell_kept(kept);
        saved
    }

    fn on_saved(&mut self, saved: &Saved) {
        tell_saved(saved, self.lang);
        self.base = saved.base;
        self.stored = self.project.clone();
        self.saved = self.history.state_number();
        self.durable = saved.is_durable().then(|| self.last_change());
        self.tell_journal();
    }

    /// Returns the number of the last change in the journal.
    fn last_change(&self) -> u64 {
        self.journal.as_ref().map_or(0, Journal::last_change)
    }

    /// Lets the journal begin again at the saved document.
    fn tell_journal(&self) {
        if let Some(journal) = &self.journal {
            let path = Some(self.full.clone());
            let project = self.stored.clone();
            journal.rebase_on(JournalOrigin { path, base: self.base, project });
        }
    }

    /// Merges the current content of the file into the open document.
    fn bring_in(&mut self) -> Result<(), Failure> {
        let stored = StoredVersion { base: self.base, project: &self.stored };
        let place = DescentSources { path: &self.full, state: self.state.as_deref() };
        let opened = open_theirs(stored, place, self.lang)?;
        let theirs = opened.loaded.project;
        self.keep_version(Label::BeforeMerge, &self.project.clone());
        self.keep_version(Label::BeforeMerge, &theirs);
        let merged = merge_versions(&self.stored, &self.project, &theirs);
        self.conflicts += merged.conflicts.len();
        for found in &merged.conflicts {
            print_message(&format_conflict(&merged.project, found, [&self.project, &theirs], self.lang));
        }
        let change = diff_projects(&self.project, &merged.project);
        if self.history.take_in(&mut self.project, change.clone()).is_err() {
            return Err(Failure::for_path(self.path, Msg::CliEditDoesNotFit.text(self.lang), self.lang));
        }
        self.append_to_journal(&change);
        (self.base, self.stored) = (opened.base, theirs);
        self.durable = None;
        self.sign.took_in(self.base);
        Ok(())
    }

    /// Keeps a version.
    fn keep_version(&mut self, label: Label, project: &Project) {
        let Some(versions) = &self.versions else { return };
        let whose = Whose { project: project.info().id, path: Some(&self.full) };
        let kept = versions.keep_version(whose, label, &to_bytes(project), crate::clock::current_time());
        self.tell_kept(kept);
    }

    /// Reports a failure to keep a version, once; it does not stop the script.
    fn tell_kept(&mut self, kept: Result<(), SaveError>) {
        if let Err(error) = kept {
            let problem = error.explain(self.lang);
            report_doubt(
                &Msg::CliPlace
                    .text_with(self.lang, &[("problem", &problem), ("path", &error.path.display())]),
            );
            self.versions = None;
        }
    }

    /// Closes the document; unsaved changes stay in the journal. Returns the number of conflicts.
    pub(super) fn close(self) -> usize {
        let dirty = self.is_dirty();
        if let Some(versions) = &self.versions {
            versions.thin_out(crate::clock::current_time());
        }
        if let Some(journal) = self.journal
            && !dirty
        {
            journal.close();
        }
        self.conflicts
    }
}
