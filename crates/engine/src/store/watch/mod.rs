//! Watches an open file: notices others' changes on any kind of drive.
//!
//! The system's events wake us if there are any; a check every second works everywhere. Only the whole
//! content counts, never a date. A drive that no longer answers blocks only the thread that accesses it.

mod copies;
mod ending;
mod lineage;
mod look;
mod presence;

pub use copies::is_copy_of;
#[cfg(unix)]
pub use ending::is_signal_ignored;
pub use ending::take_signs_away_on_end;
pub use lineage::{OpenSign, announce_save, is_noted_later};
pub use presence::Opener;

use super::base::{Base, resolve_links};
use super::disk::RealDisk;
use super::project::{OpenError, StoredFile};
use look::Looker;
use notify::Watcher as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// Time between two checks of a file.
const PACE: Duration = Duration::from_secs(1);
/// Longest time that a drive may take to answer before it is reported as silent.
const PATIENCE: Duration = Duration::from_secs(5);

/// An event of a watched file.
#[derive(Debug)]
pub enum Sight {
    /// The file holds another project.
    Changed(Box<StoredFile>),
    /// The file exists and holds no readable project; our document is unchanged.
    Unreadable(OpenError),
    /// The file no longer exists.
    Gone,
    /// The file exists again, unchanged.
    Back,
    /// The drive does not answer.
    Silent,
    /// The drive answers again.
    Answers,
    /// The other people who now have the file open.
    Others(Vec<Opener>),
    /// The conflict copies that a sync program made of the file.
    Copies(Vec<PathBuf>),
}

/// A command from the window to the watch.
enum WatchCommand {
    /// Checks the file now.
    Look,
    /// We saved or loaded this content ourselves.
    Stored(Base),
    /// The file is no longer open.
    Leave,
    /// We loaded this content, which does not derive from the previous one.
    Unrelated(Base),
}

/// A watch on one file; dropping it ends it, and removes our lock file beside the file.
#[derive(Debug)]
pub struct FileWatch {
    path: PathBuf,
    words: Sender<WatchCommand>,
    sights: Receiver<Sight>,
    /// Disconnects when our lock file is removed.
    left: Receiver<()>,
}

impl Drop for FileWatch {
    fn drop(&mut self) {
        // The system's events hold a sender too, so the end must be sent explicitly.
        self.words.send(WatchCommand::Leave).ok();
    }
}

impl FileWatch {
    /// Watches a file from its content when it was opened or saved; `wake` is called at every event. If the
    /// system gives no thread, there are no events, and saving still compares.
    pub fn start(path: &Path, base: Base, wake: impl Fn() + Send + 'static) -> Self {
        let (words, heard) = channel();
        let (report, sights) = channel();
        let (looks, looked) = channel();
        let (leaving, left) = channel();
        let name = || std::thread::Builder::new().name("watch".to_owned());
        let file = path.to_owned();
        let events = words.clone();
        // Two threads: one accesses the drive and may hang with it, the other keeps the time and reports.
        let asking = move || {
            let real = resolve_links(&RealDisk, &file).unwrap_or_else(|_| file.clone());
            let events = wake_by_events(&real, events);
            let mut eye = Looker::new(file, base);
            while let Ok(first) = heard.recv_timeout(PACE).map(Some).or_else(continue_on_timeout) {
                let words: Vec<WatchCommand> = first.into_iter().chain(heard.try_iter()).collect();
                for word in &words {
                    eye.handle_command(word);
                }
                if words.iter().any(|word| matches!(word, WatchCommand::Leave)) {
                    break;
                }
                if looks.send(None).is_err() {
                    break;
                }
                let seen = eye.check_file();
                if looks.send(Some(seen)).is_err() {
                    break;
                }
            }
            eye.remove_lock_file();
            drop((events, leaving));
        };
        let telling = move || while report_events(&looked, &report, &wake, PATIENCE).is_some() {};
        // Without threads there are no events; the save protocol compares all the same.
        name().spawn(asking).and_then(|_| name().spawn(telling)).ok();
        Self { path: path.to_owned(), words, sights, left }
    }

    /// Returns the watched path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Tells the watch that we saved or loaded this content ourselves, so that it is not reported.
    pub fn note_stored(&self, base: Base) {
        // A watch that has ended needs no command.
        self.words.send(WatchCommand::Stored(base)).ok();
    }

    /// Tells the watch that the present content was loaded though it does not derive from the previous one.
    pub fn took_unrelated(&self, base: Base) {
        self.words.send(WatchCommand::Unrelated(base)).ok();
    }

    /// Ends the watch and waits until our lock file is removed, but no longer than `patience`: the drive may
    /// be silent.
    pub fn end_within(self, patience: Duration) {
        self.words.send(WatchCommand::Leave).ok();
        self.left.recv_timeout(patience).ok();
    }

    /// Returns the events since the last call.
    pub fn take_events(&self) -> Vec<Sight> {
        self.sights.try_iter().collect()
    }
}

/// Turns a timeout into a reason for a check; passes on a disconnection.
fn continue_on_timeout(error: RecvTimeoutError) -> Result<Option<WatchCommand>, RecvTimeoutError> {
    match error {
        RecvTimeoutError::Timeout => Ok(None),
        RecvTimeoutError::Disconnected => Err(error),
    }
}

/// Reports the events of one check, and when the drive takes too long. `None` when the watch has ended.
fn report_events(
    looked: &Receiver<Option<Vec<Sight>>>,
    report: &Sender<Sight>,
    wake: &impl Fn(),
    patience: Duration,
) -> Option<()> {
    // The start of a check, then its end.
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

/// Lets the system's events in the file's folder wake the watch; `None` if the system or the drive gives no
/// events.
fn wake_by_events(path: &Path, words: Sender<WatchCommand>) -> Option<notify::RecommendedWatcher> {
    let name = path.file_name()?.to_owned();
    let signs = presence::lock_file_prefix(path);
    let ours = move |found: &std::ffi::OsStr| {
        found == name || found.to_str().is_some_and(|found| found.starts_with(&signs))
    };
    let about =
        move |event: &notify::Event| event.paths.iter().any(|path| path.file_name().is_some_and(&ours));
    let hear = move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access() && about(&event)) {
            words.send(WatchCommand::Look).ok();
        }
    };
    let mut watcher = notify::recommended_watcher(hear).ok()?;
    watcher.watch(super::base::parent_folder(path), notify::RecursiveMode::NonRecursive).ok()?;
    Some(watcher)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drive_that_takes_too_long_is_told_and_so_is_its_answer() {
        let (looks, looked) = channel();
        let (report, sights) = channel();
        let teller = std::thread::spawn(move || {
            while report_events(&looked, &report, &|| {}, Duration::from_millis(20)).is_some() {}
        });
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
