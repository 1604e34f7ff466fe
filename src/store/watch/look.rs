//! One look at a watched file: what is new since the last.

use super::presence::{Opener, Presence};
use super::{Sight, Word, copies};
use crate::store::base::{Base, resolve};
use crate::store::disk::RealDisk;
use crate::store::load::load;
use crate::store::project::{OpenError, read_file};
use std::path::PathBuf;
use std::time::SystemTime;

/// Every so many looks the whole content is read, whatever date and size say.
const THOROUGH: u32 = 10;
/// A file that does not read is given so many looks to be written to its end.
const HALF_WRITTEN: u32 = 3;

/// What a file's entry says of it; where it differs, the content is read.
type Signature = Option<(u64, Option<SystemTime>)>;

/// The state between two looks.
pub(super) struct Looker {
    path: PathBuf,
    /// Where the file really is: signs and conflict copies stand beside it, not beside a link to it.
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
        let real = resolve(&RealDisk, &path).unwrap_or_else(|_| path.clone());
        let presence = Presence::announce(&real);
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

    pub(super) fn hear(&mut self, word: &Word) {
        match word {
            Word::Look => self.count = 0,
            Word::Stored(base) => self.known = *base,
            Word::Leave => {}
        }
    }

    /// Takes our own sign away.
    pub(super) fn leave(self) {
        self.presence.withdraw();
    }

    pub(super) fn look(&mut self) -> Vec<Sight> {
        let thorough = self.count.is_multiple_of(THOROUGH);
        self.count = self.count.wrapping_add(1);
        let mut seen = Vec::new();
        seen.extend(self.content(thorough));
        if thorough {
            self.neighbours(&mut seen);
        }
        seen
    }

    fn content(&mut self, thorough: bool) -> Option<Sight> {
        let signature: Signature = std::fs::metadata(&self.path).ok().map(|m| (m.len(), m.modified().ok()));
        if self.signature == Some(signature) && !thorough && self.broken == 0 && self.missing == 0 {
            return None;
        }
        self.signature = Some(signature);
        match read_file(&RealDisk, &self.path) {
            Err(OpenError::Missing) => self.absent(),
            Err(error) => self.unreadable(error),
            Ok(bytes) => {
                let back = std::mem::take(&mut self.missing) > 1;
                let base = Base::of(&bytes);
                if base == self.known {
                    self.broken = 0;
                    return back.then_some(Sight::Back);
                }
                match load(&bytes) {
                    Err(error) => self.unreadable(OpenError::Content(error)),
                    Ok(loaded) => {
                        (self.known, self.broken) = (base, 0);
                        Some(Sight::Changed { base, loaded: Box::new(loaded) })
                    }
                }
            }
        }
    }

    /// Between removing a file and putting another in its place some programs leave a moment without one.
    fn absent(&mut self) -> Option<Sight> {
        self.missing = self.missing.saturating_add(1);
        (self.missing == 2 && self.known != Base::Absent).then_some(Sight::Gone)
    }

    /// A file that is still being written does not read yet; it is told once that it never does.
    fn unreadable(&mut self, error: OpenError) -> Option<Sight> {
        self.broken = self.broken.saturating_add(1);
        (self.broken == HALF_WRITTEN).then_some(Sight::Unreadable(error))
    }

    fn neighbours(&mut self, seen: &mut Vec<Sight>) {
        self.presence.renew();
        let others = self.presence.others();
        if others != self.others {
            self.others.clone_from(&others);
            seen.push(Sight::Others(others));
        }
        let copies = copies::beside(&self.real);
        if copies != self.copies {
            self.copies.clone_from(&copies);
            seen.push(Sight::Copies(copies));
        }
    }
}
