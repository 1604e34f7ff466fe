//! One check of a watched file: finds the news since the last.

use super::presence::{Opener, Presence};
use super::{Sight, WatchCommand, copies};
use crate::store::base::{Base, resolve_links};
use crate::store::disk::RealDisk;
use crate::store::load::load_project;
use crate::store::project::{OpenError, StoredFile, read_file};
use std::path::PathBuf;
use std::time::SystemTime;

/// Every this many checks the whole content is read, whatever date and size are.
const THOROUGH: u32 = 10;
/// Number of checks that an unreadable file has to be completely written.
const HALF_WRITTEN: u32 = 3;

/// Length and modification time of a file; if they differ, the content is read.
type Signature = Option<(u64, Option<SystemTime>)>;

/// The state between two checks.
pub(super) struct Looker {
    path: PathBuf,
    /// The file's real path: lock files and conflict copies are beside it, not beside a link to it.
    real: PathBuf,
    known: Base,
    signature: Option<Signature>,
    count: u32,
    missing: u32,
    broken: u32,
    presence: Presence,
    others: Vec<Opener>,
    copies: Vec<PathBuf>,
}

impl Looker {
    pub(super) fn new(path: PathBuf, known: Base) -> Self {
        let real = resolve_links(&RealDisk, &path).unwrap_or_else(|_| path.clone());
        let presence = Presence::announce_open(&real, known);
        Self {
            path,
            real,
            known,
            signature: None,
            count: 0,
            missing: 0,
            broken: 0,
            presence,
            others: Vec::new(),
            copies: Vec::new(),
        }
    }

    pub(super) fn handle_command(&mut self, word: &WatchCommand) {
        match word {
            WatchCommand::Look => self.count = 0,
            WatchCommand::Leave => {}
            WatchCommand::Stored(base) => {
                self.known = *base;
                self.presence.note_content(*base);
            }
            WatchCommand::Unrelated(base) => {
                self.known = *base;
                self.presence.note_unrelated(*base);
            }
        }
    }

    /// Removes our own lock file.
    pub(super) fn remove_lock_file(self) {
        self.presence.withdraw_lock();
    }

    pub(super) fn check_file(&mut self) -> Vec<Sight> {
        let thorough = self.count.is_multiple_of(THOROUGH);
        self.count = self.count.wrapping_add(1);
        let mut seen = Vec::new();
        seen.extend(self.check_content(thorough));
        if thorough {
            self.check_neighbours(&mut seen);
        }
        seen
    }

    fn check_content(&mut self, thorough: bool) -> Option<Sight> {
        let signature: Signature = std::fs::metadata(&self.path).ok().map(|m| (m.len(), m.modified().ok()));
        if self.signature == Some(signature) && !thorough && self.broken == 0 && self.missing == 0 {
            return None;
        }
        self.signature = Some(signature);
        match read_file(&RealDisk, &self.path) {
            Err(OpenError::Missing) => self.count_missing(),
            Err(error) => self.count_unreadable(error),
            Ok(bytes) => {
                let back = std::mem::take(&mut self.missing) > 1;
                let base = Base::from_bytes(&bytes);
                if base == self.known {
                    self.broken = 0;
                    return back.then_some(Sight::Back);
                }
                match load_project(&bytes) {
                    Err(error) => self.count_unreadable(OpenError::Content(error)),
                    Ok(loaded) => {
                        (self.known, self.broken) = (base, 0);
                        Some(Sight::Changed(Box::new(StoredFile::from_loaded(&self.path, base, loaded))))
                    }
                }
            }
        }
    }

    /// Counts a missing file: some programs leave a moment without one when they replace it.
    fn count_missing(&mut self) -> Option<Sight> {
        self.missing = self.missing.saturating_add(1);
        (self.missing == 2 && self.known != Base::Absent).then_some(Sight::Gone)
    }

    /// Counts an unreadable file: it may still be being written, so it is reported only at the third time.
    fn count_unreadable(&mut self, error: OpenError) -> Option<Sight> {
        self.broken = self.broken.saturating_add(1);
        (self.broken == HALF_WRITTEN).then_some(Sight::Unreadable(error))
    }

    fn check_neighbours(&mut self, seen: &mut Vec<Sight>) {
        self.presence.renew_time();
        let others = self.presence.other_openers();
        if others != self.others {
            self.others.clone_from(&others);
            seen.push(Sight::Others(others));
        }
        let copies = copies::find_copies(&self.real);
        if copies != self.copies {
            self.copies.clone_from(&copies);
            seen.push(Sight::Copies(copies));
        }
    }
}
