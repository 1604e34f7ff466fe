//! The thread that writes a journal.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use super::frame::append_frame;
use super::log::{Beginning, Blank, Log};
use super::recoverable::Recoverable;
use super::shared::{JournalShared, Trouble};
use super::{ChangedRecords, JournalOrigin};
use crate::edit::{apply_all, put_records};
use crate::model::Project;
use crate::store::disk::Disk;
use crate::store::v1::write_change;

/// Time between two attempts if the disk refuses.
const RETRY: Duration = Duration::from_secs(3);
/// A journal larger than this, in bytes, is rebased.
const LARGE: u64 = 64 << 20;

/// A command to the writing thread.
pub(super) enum JournalOrder {
    /// A change was made: its number, and the changed records in their new state.
    Append(u64, ChangedRecords),
    /// The content of the document's file has changed.
    Saved(Box<JournalOrigin>),
    /// The next journal's base was written, or could not be.
    Prepared,
    /// The document is saved or discarded.
    Remove,
    /// The document is left unsaved: the journal is kept.
    End,
}

/// A journal that the next one replaces; it stays locked until then.
pub(super) enum Old<D: Disk> {
    /// Our own journal that can no longer be written to.
    Log(Log<D>),
    /// A journal that an ended process left.
    Left(Box<Recoverable<D>>),
}

impl<D: Disk> Old<D> {
    fn path(&self) -> &Path {
        match self {
            Self::Log(log) => log.path(),
            Self::Left(left) => left.journal_path(),
        }
    }

    fn remove(self, disk: &D) {
        match self {
            Self::Log(log) => log.remove(disk),
            Self::Left(left) => left.release_journal(disk),
        }
    }
}

/// The folder of journals, and the channels to those who wait for them.
pub(super) struct JournalFolder<D> {
    pub(super) disk: D,
    /// The folder of journals.
    pub(super) dir: PathBuf,
    pub(super) shared: Arc<JournalShared>,
    /// The sender of commands to the thread.
    pub(super) orders: Sender<JournalOrder>,
}

/// The next journal of a document while its base is being written.
struct NextJournal<D: Disk> {
    origin: JournalOrigin,
    blank: Receiver<io::Result<Blank<D>>>,
    /// The number of the last change before it was begun, and the changes made since.
    asked: u64,
    changes: Vec<ChangedRecords>,
    /// True if the document's file has changed meanwhile.
    behind: bool,
}

/// The state of the writing thread.
pub(super) struct Worker<D: Disk> {
    place: JournalFolder<D>,
    origin: JournalOrigin,
    current: Project,
    last: u64,
    log: Option<Log<D>>,
    next: Option<NextJournal<D>>,
    old: Vec<Old<D>>,
    buffer: Vec<u8>,
    retry: Option<Instant>,
}

impl<D: Disk<Writer: Send> + Clone + Send + 'static> Worker<D> {
    pub(super) fn new(
        place: JournalFolder<D>,
        origin: JournalOrigin,
        current: Project,
        old: Vec<Old<D>>,
    ) -> Self {
        let last = u64::from(origin.project != current);
        Self { place, origin, current, last, log: None, next: None, old, buffer: Vec::new(), retry: None }
    }

    /// Runs until it is commanded to end.
    pub(super) fn run(mut self, orders: &Receiver<JournalOrder>) {
        self.prepare_next();
        while let Some(first) = self.next_order(orders) {
            for order in std::iter::once(first).chain(orders.try_iter()) {
                match order {
                    JournalOrder::Append(seq, records) => self.add_change(seq, records),
                    JournalOrder::Saved(origin) => {
                        self.origin = *origin;
                        self.prepare_next();
                    }
                    JournalOrder::Prepared => self.switch_to_next(),
                    JournalOrder::Remove => return self.remove_all(),
                    JournalOrder::End => return self.finish_and_keep(),
                }
            }
            self.flush_changes();
        }
    }

    /// Returns the next command; retries failed writes meanwhile.
    fn next_order(&mut self, orders: &Receiver<JournalOrder>) -> Option<JournalOrder> {
        while let Some(retry) = self.retry {
            match orders.recv_timeout(retry.saturating_duration_since(Instant::now())) {
                Ok(order) => return Some(order),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => self.prepare_next(),
            }
        }
        orders.recv().ok()
    }

    /// Applies a change, and adds it to those that are written to the disk together.
    fn add_change(&mut self, seq: u64, records: ChangedRecords) {
        let transaction = put_records(&self.current, &records);
        let applied = apply_all(&mut self.current, &transaction);
        debug_assert!(applied.is_ok(), "what could be changed there can be changed here");
        self.last = seq;
        if !append_frame(seq, &write_change(&records), &mut self.buffer) {
            self.give_up_log(&io::ErrorKind::FileTooLarge.into());
        }
        if let Some(next) = &mut self.next {
            next.changes.push(records);
        }
    }

    /// Writes the gathered changes to the disk. Without a journal, the next one will hold them.
    fn flush_changes(&mut self) {
        let bytes = std::mem::take(&mut self.buffer);
        let Some(log) = self.log.as_mut() else { return };
        if bytes.is_empty() {
            return;
        }
        match log.append_records(&self.place.disk, &bytes) {
            Ok(()) => {
                let durable = self.last;
                let large = log.size() > LARGE;
                self.place.shared.update_state(|state| state.durable = durable);
                if large && self.next.is_none() {
                    self.prepare_next();
                }
            }
            Err(error) => self.give_up_log(&error),
        }
    }

    /// Gives up the journal, which can't be written to any more. It is kept until another holds its changes.
    fn give_up_log(&mut self, error: &io::Error) {
        self.old.extend(self.log.take().map(Old::Log));
        self.report_trouble(error);
    }

    fn report_trouble(&mut self, error: &io::Error) {
        let trouble = Trouble::new(&self.place.dir, error);
        self.retry = Some(Instant::now() + RETRY);
        self.place.shared.update_state(|state| state.trouble = Some(trouble));
    }

    /// Has a separate thread write the base of a new journal: with a large document that takes a while,
    /// during which changes are still written to the present journal.
    fn prepare_next(&mut self) {
        self.retry = None;
        if let Some(next) = &mut self.next {
            next.behind = true;
            return;
        }
        let (done, blank) = channel();
        let JournalFolder { disk, dir, orders, .. } = &self.place;
        let disk = disk.clone();
        let dir = dir.clone();
        let orders = orders.clone();
        let origin = self.origin.clone();
        let current = self.current.clone();
        let asked = self.last;
        let base = origin.project.clone();
        let work = move || {
            done.send(Blank::create_in(&disk, &dir, &base, &current)).ok();
            orders.send(JournalOrder::Prepared).ok();
        };
        match std::thread::Builder::new().name("journal's base".to_owned()).spawn(work) {
            Ok(_) => {
                self.next = Some(NextJournal { origin, blank, asked, changes: Vec::new(), behind: false });
            }
            Err(error) => self.report_trouble(&error),
        }
    }

    /// Switches to the new journal as soon as its base is written.
    fn switch_to_next(&mut self) {
        self.flush_changes();
        let Some(next) = self.next.take() else { return };
        let blank = next.blank.recv().unwrap_or_else(|_| Err(io::ErrorKind::Other.into()));
        if let Err(error) = blank.and_then(|blank| self.begin_next(&next, blank)) {
            self.report_trouble(&error);
        }
        if next.behind {
            self.prepare_next();
        }
    }

    /// Begins a new journal; only when it is on stable storage are the old ones removed.
    fn begin_next(&mut self, next: &NextJournal<D>, blank: Blank<D>) -> io::Result<()> {
        let disk = &self.place.disk;
        let last = self.last;
        let mut replaces: Vec<PathBuf> = self.old.iter().map(|old| old.path().to_owned()).collect();
        replaces.extend(self.log.as_ref().map(|log| log.path().to_owned()));
        let NextJournal { origin, asked, changes, .. } = next;
        let beginning = Beginning { origin, asked: *asked, changes, replaces: &replaces };
        let log = blank.begin_log(disk, &beginning).map_err(|(error, left)| {
            if left.is_some() {
                self.old.extend(self.log.take().into_iter().chain(left).map(Old::Log));
            }
            error
        })?;
        self.old.extend(self.log.replace(log).map(Old::Log));
        self.old.drain(..).for_each(|old| old.remove(disk));
        self.retry = None;
        self.place
            .shared
            .update_state(|state| (state.durable, state.trouble, state.told) = (last, None, false));
        Ok(())
    }

    /// Leaves a journal that holds everything, on the newest base.
    fn finish_and_keep(mut self) {
        self.flush_changes();
        while self.next.is_some() {
            self.switch_to_next();
        }
        self.mark_ended();
    }

    fn remove_all(mut self) {
        let disk = &self.place.disk;
        let blank = self.next.take().and_then(|next| next.blank.recv().ok()?.ok());
        if let Some(blank) = blank {
            blank.remove(disk);
        }
        self.log.take().into_iter().for_each(|log| log.remove(disk));
        self.old.drain(..).for_each(|old| old.remove(disk));
        self.mark_ended();
    }

    fn mark_ended(self) {
        let shared = Arc::clone(&self.place.shared);
        drop(self);
        shared.update_state(|state| state.ended = true);
    }
}
