//! Watching an open file: what others do to it is noticed, whatever kind of drive it is on.
//!
//! The system's own events wake us where there are any; looking every second works everywhere. What counts is the
//! whole content, never a date. A drive that no longer answers holds up only the thread that asks it.

mod copies;
mod ending;
mod lineage;
mod look;
mod presence;

pub use copies::is_copy_of;
pub use ending::take_signs_away_on_end;
pub use lineage::{OpenSign, announce_save, is_noted_later};
pub use presence::Opener;

use super::base::{Base, resolve};
use super::disk::RealDisk;
use super::load::Loaded;
use super::project::OpenError;
use look::Looker;
use notify::Watcher as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// How often a file is looked at without being told to.
const PACE: Duration = Duration::from_secs(1);
/// How long a drive may take to answer before it is said to be silent.
const PATIENCE: Duration = Duration::from_secs(5);

/// What was noticed.
#[derive(Debug)]
pub enum Sight {
    /// Somebody put another project in the file's place.
    Changed {
        /// What the file is now.
        base: Base,
        /// What it holds.
        loaded: Box<Loaded>,
    },
    /// The file is there and holds no project that can be read; nothing of ours is touched.
    Unreadable(OpenError),
    /// The file is gone.
    Gone,
    /// It is there again, as it was.
    Back,
    /// The drive does not answer.
    Silent,
    /// It answers again.
    Answers,
    /// Who else has the file open now.
    Others(Vec<Opener>),
    /// Copies that a sync program made of the file when two people saved.
    Copies(Vec<PathBuf>),
}

/// What the window tells the watch.
enum Word {
    /// Look now.
    Look,
    /// We stored this ourselves, or took it in.
    Stored(Base),
    /// The file is no longer open.
    Leave,
    /// We took this in, which does not come from what stood there before.
    Unrelated(Base),
}

/// A watch on one file; dropping it ends it, and takes our sign beside the file away.
#[derive(Debug)]
pub struct Watch {
    path: PathBuf,
    words: Sender<Word>,
    sights: Receiver<Sight>,
    /// Ends when our sign is taken away.
    left: Receiver<()>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        // The system's events have a sender too, so that its end must be said.
        self.words.send(Word::Leave).ok();
    }
}

impl Watch {
    /// Watches a file from what it was when it was opened or saved; `wake` is called whenever something was noticed.
    /// Where the system gives no thread, nothing is ever noticed, and saving still compares.
    pub fn start(path: &Path, base: Base, wake: impl Fn() + Send + 'static) -> Self {
        let (words, heard) = channel();
        let (report, sights) = channel();
        let (looks, looked) = channel();
        let (leaving, left) = channel();
        let name = || std::thread::Builder::new().name("watch".to_owned());
        let (file, events) = (path.to_owned(), words.clone());
        // Two threads: one asks the drive and may hang with it, the other keeps the time and tells.
        let asking = move || {
            let real = resolve(&RealDisk, &file).unwrap_or_else(|_| file.clone());
            let events = wake_by_events(&real, events);
            let mut eye = Looker::new(file, base);
            while let Ok(first) = heard.recv_timeout(PACE).map(Some).or_else(timed) {
                let words: Vec<Word> = first.into_iter().chain(heard.try_iter()).collect();
                for word in &words {
                    eye.hear(word);
                }
                if words.iter().any(|word| matches!(word, Word::Leave)) {
                    break;
                }
                if looks.send(None).is_err() {
                    break;
                }
                let seen = eye.look();
                if looks.send(Some(seen)).is_err() {
                    break;
                }
            }
            eye.leave();
            drop((events, leaving));
        };
        let telling = move || while tell(&looked, &report, &wake, PATIENCE).is_some() {};
        // Without threads there is nobody to tell; the save protocol compares all the same.
        name().spawn(asking).and_then(|_| name().spawn(telling)).ok();
        Self { path: path.to_owned(), words, sights, left }
    }

    /// The file watched.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Says that we stored this ourselves, or took it in, so that it is not news.
    pub fn stored(&self, base: Base) {
        // A watch that ended has nothing to be told.
        self.words.send(Word::Stored(base)).ok();
    }

    /// Says that what stands there now was taken in though it does not come from what stood there before.
    pub fn took_unrelated(&self, base: Base) {
        self.words.send(Word::Unrelated(base)).ok();
    }

    /// Looks at once, for example because the window has come to the front.
    pub fn look(&self) {
        self.words.send(Word::Look).ok();
    }

    /// Ends the watch and waits until our sign is taken away, but no longer than `patience`: the drive may be silent.
    pub fn leave(self, patience: Duration) {
        self.words.send(Word::Leave).ok();
        self.left.recv_timeout(patience).ok();
    }

    /// What was noticed since the last call.
    pub fn noticed(&self) -> Vec<Sight> {
        self.sights.try_iter().collect()
    }
}

/// Nothing was said for the time of one look: that is a reason to look.
fn timed(error: RecvTimeoutError) -> Result<Option<Word>, RecvTimeoutError> {
    match error {
        RecvTimeoutError::Timeout => Ok(None),
        RecvTimeoutError::Disconnected => Err(error),
    }
}

/// Passes on what one look found; says so when the drive takes too long. None when it is all over.
fn tell(
    looked: &Receiver<Option<Vec<Sight>>>,
    report: &Sender<Sight>,
    wake: &impl Fn(),
    patience: Duration,
) -> Option<()> {
    // The beginning of a look, then its end.
    looked.recv().ok()?;
    let found = match looked.recv_timeout(patience) {
        Ok(found) => found,
        Err(RecvTimeoutError::Disconnected) => return None,
        Err(RecvTimeoutError::Timeout) => {
            report.send(Sight::Silent).ok()?;
            wake();
            let found = looked.recv().ok()?;
            report.send(Sight::Answers).ok()?;
            wake();
            found
        }
    };
    let found = found.unwrap_or_default();
    let any = !found.is_empty();
    for sight in found {
        report.send(sight).ok()?;
    }
    if any {
        wake();
    }
    Some(())
}

/// Lets the system's events in the file's folder wake the watch; none where the system or the drive gives no events.
fn wake_by_events(path: &Path, words: Sender<Word>) -> Option<notify::RecommendedWatcher> {
    let name = path.file_name()?.to_owned();
    let signs = presence::prefix(path);
    let ours = move |found: &std::ffi::OsStr| {
        found == name || found.to_str().is_some_and(|found| found.starts_with(&signs))
    };
    let about =
        move |event: &notify::Event| event.paths.iter().any(|path| path.file_name().is_some_and(&ours));
    let hear = move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access() && about(&event)) {
            words.send(Word::Look).ok();
        }
    };
    let mut watcher = notify::recommended_watcher(hear).ok()?;
    watcher.watch(super::base::folder(path), notify::RecursiveMode::NonRecursive).ok()?;
    Some(watcher)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drive_that_takes_too_long_is_told_and_so_is_its_answer() {
        let (looks, looked) = channel();
        let (report, sights) = channel();
        let teller =
            std::thread::spawn(
                move || {
                    while tell(&looked, &report, &|| {}, Duration::from_millis(20)).is_some() {}
                },
            );
        looks.send(None).unwrap();
        assert!(matches!(sights.recv(), Ok(Sight::Silent)), "the look hangs");
        looks.send(Some(vec![Sight::Gone])).unwrap();
        assert!(matches!(sights.recv(), Ok(Sight::Answers)));
        assert!(matches!(sights.recv(), Ok(Sight::Gone)));
        drop(looks);
        teller.join().unwrap();
        assert!(sights.recv().is_err(), "after the end nothing is told");
    }
}
