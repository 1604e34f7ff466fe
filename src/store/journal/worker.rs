//! The thread that writes a journal.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use super::frame::frame;
use super::left::Recoverable;
use super::log::{Beginning, Blank, Log};
use super::shared::{Shared, Trouble};
use super::{Origin, Records};
use crate::edit::{apply_all, put};
use crate::model::Project;
use crate::store::disk::Disk;
use crate::store::v1::write_change;

/// Time between two attempts if the disk refuses.
const RETRY: Duration = Duration::from_secs(3);
/// A journal larger than this, in bytes, is rebased.
const LARGE: u64 = 64 << 20;

/// A command to the writing thread.
pub(super) enum Order {
    /// A change was made: its number, and the changed records in their new state.
    Append(u64, Records),
    /// The content of the document's file has changed.
    Saved(Box<Origin>),
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
            Self::Left(left) => left.journal(),
        }
    }

    fn remove(self, disk: &D) {
        match self {
            Self::Log(log) => log.remove(disk),
            Self::Left(left) => left.release(disk),
        }
    }
}

/// The folder of journals, and the channels to those who wait for them.
pub(super) struct Place<D> {
    pub(super) disk: D,
    /// The folder of journals.
    pub(super) dir: PathBuf,
    pub(super) shared: Arc<Shared>,
    /// The sender of commands to the thread.
    pub(super) orders: Sender<Order>,
}

/// The next journal of a document while its base is being written.
struct Next<D: Disk> {
    origin: Origin,
    blank: Receiver<io::Result<Blank<D>>>,
    /// The number of the last change before it was begun, and the changes made since.
    asked: u64,
    changes: Vec<Records>,
    /// True if the document's file has changed meanwhile.
    behind: bool,
}

/// The state of the writing thread.
pub(super) struct Worker<D: Disk> {
    place: Place<D>,
    origin: Origin,
    current: Project,
    last: u64,
    log: Option<Log<D>>,
    next: Option<Next<D>>,
    old: Vec<Old<D>>,
    buffer: Vec<u8>,
    retry: Option<Instant>,
}

impl<D: Disk<Writer: Send> + Clone + Send + 'static> Worker<D> {
    pub(super) fn new(place: Place<D>, origin: Origin, current: Project, old: Vec<Old<D>>) -> Self {
        let last = u64::from(origin.project != current);
        Self { place, origin, current, last, log: None, next: None, old, buffer: Vec::new(), retry: None }
    }

    /// Runs until it is commanded to end.
    pub(super) fn run(mut self, orders: &Receiver<Order>) {
        self.prepare();
        while let Some(first) = self.wait(orders) {
            for order in std::iter::once(first).chain(orders.try_iter()) {
                match order {
                    Order::Append(seq, records) => self.add(seq, records),
                    Order::Saved(origin) => {
                        self.origin = *origin;
                        self.prepare();
                    }
                    Order::Prepared => self.renew(),
                    Order::Remove => return self.remove(),
                    Order::End => return self.end(),
                }
            }
            self.flush();
        }
    }

    /// Returns the next command; retries failed writes meanwhile.
    fn wait(&mut self, orders: &Receiver<Order>) -> Option<Order> {
        while let Some(retry) = self.retry {
            match orders.recv_timeout(retry.saturating_duration_since(Instant::now())) {
                Ok(order) => return Some(order),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => self.prepare(),
            }
        }
        orders.recv().ok()
    }

    /// Applies a change, and adds it to those that are written to the disk together.
    fn add(&mut self, seq: u64, records: Records) {
        let transaction = put(&self.current, &records);
        let applied = apply_all(&mut self.current, &transaction);
        debug_assert!(applied.is_ok(), "what could be changed there can be changed here");
        self.last = seq;
        if !frame(seq, &write_change(&records), &mut self.buffer) {
            self.fail(&io::ErrorKind::FileTooLarge.into());
        }
        if let Some(next) = &mut self.next {
            next.changes.push(records);
        }
    }

    /// Writes the gathered changes to the disk. Without a journal, the next one will hold them.
    fn flush(&mut self) {
        let bytes = std::mem::take(&mut self.buffer);
        let Some(log) = self.log.as_mut() else { return };
        if bytes.is_empty() {
            return;
        }
        match log.append(&self.place.disk, &bytes) {
            Ok(()) => {
                let durable = self.last;
                let large = log.size() > LARGE;
                self.place.shared.set(|state| state.durable = durable);
                if large && self.next.is_none() {
                    self.prepare();
                }
            }
            Err(error) => self.fail(&error),
        }
    }

    /// Gives up the journal, which can't be written to any more. It is kept until another holds its changes.
    fn fail(&mut self, error: &io::Error) {
        self.old.extend(self.log.take().map(Old::Log));
        self.report(error);
    }

    fn report(&mut self, error: &io::Error) {
        let trouble = Trouble::new(&self.place.dir, error);
        self.retry = Some(Instant::now() + RETRY);
        self.place.shared.set(|state| state.trouble = Some(trouble));
    }

    /// Has a separate thread write the base of a new journal: with a large document that takes a while,
    /// during which changes are still written to the present journal.
    fn prepare(&mut self) {
        self.retry = None;
        if let Some(next) = &mut self.next {
            next.behind = true;
            return;
        }
        let (done, blank) = channel();
        let Place { disk, dir, orders, .. } = &self.place;
        let disk = disk.clone();
        let dir = dir.clone();
        let orders = orders.clone();
        let origin = self.origin.clone();
        let current = self.current.clone();
        let asked = self.last;
        let base = origin.project.clone();
        let work = move || {
            done.send(Blank::create(&disk, &dir, &base, &current)).ok();
            orders.send(Order::Prepared).ok();
        };
        match std::thread::Builder::new().name("journal's base".to_owned()).spawn(work) {
            Ok(_) => self.next = Some(Next { origin, blank, asked, changes: Vec::new(), behind: false }),
            Err(error) => self.report(&error),
        }
    }

    /// Switches to the new journal as soon as its base is written.
    fn renew(&mut self) {
        self.flush();
        let Some(next) = self.next.take() else { return };
        let blank = next.blank.recv().unwrap_or_else(|_| Err(io::ErrorKind::Other.into()));
        if let Err(error) = blank.and_then(|blank| self.begin(&next, blank)) {
            self.report(&error);
        }
        if next.behind {
            self.prepare();
        }
    }

    /// Begins a new journal; only when it is on stable storage are the old ones removed.
    fn begin(&mut self, next: &Next<D>, blank: Blank<D>) -> io::Result<()> {
        let disk = &self.place.disk;
        let last = self.last;
        let mut replaces: Vec<PathBuf> = self.old.iter().map(|old| old.path().to_owned()).collect();
        replaces.extend(self.log.as_ref().map(|log| log.path().to_owned()));
        let Next { origin, asked, changes, .. } = next;
        let beginning = Beginning { origin, asked: *asked, changes, replaces: &replaces };
        let log = blank.begin(disk, &beginning).map_err(|(error, left)| {
            if left.is_some() {
                self.old.extend(self.log.take().into_iter().chain(left).map(Old::Log));
            }
            error
        })?;
        self.old.extend(self.log.replace(log).map(Old::Log));
        self.old.drain(..).for_each(|old| old.remove(disk));
        self.retry = None;
        self.place.shared.set(|state| (state.durable, state.trouble, state.told) = (last, None, false));
        Ok(())
    }

    /// Leaves a journal that holds everything, on the newest base.
    fn end(mut self) {
        self.flush();
        while self.next.is_some() {
            self.renew();
        }
        self.leave();
    }

    fn remove(mut self) {
        let disk = &self.place.disk;
        let blank = self.next.take().and_then(|next| next.blank.recv().ok()?.ok());
        if let Some(blank) = blank {
            blank.remove(disk);
        }
        self.log.take().into_iter().for_each(|log| log.remove(disk));
        self.old.drain(..).for_each(|old| old.remove(disk));
        self.leave();
    }

    fn leave(self) {
        let shared = Arc::clone(&self.place.shared);
        drop(self);
        shared.set(|state| state.ended = true);
    }
}
