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

/// Time between two attempts where the disk refuses.
const RETRY: Duration = Duration::from_secs(3);
/// A journal larger than this, in bytes, begins anew.
const LARGE: u64 = 64 << 20;

/// What the thread is told.
pub(super) enum Order {
    /// A change was made: its number, and the records that it touched as they stand after it.
    Append(u64, Records),
    /// The document's file holds something else.
    Saved(Box<Origin>),
    /// The next journal's base is written, or could not be.
    Prepared,
    /// The document is saved or thrown away.
    Remove,
    /// The document is left as it is.
    End,
}

/// A journal whose place the next one takes; it stays locked until then.
pub(super) enum Old<D: Disk> {
    /// One of ours that can't be written to any more.
    Log(Log<D>),
    /// One that an ended process left.
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

/// Where journals are kept, and the ways to those who wait for them.
pub(super) struct Place<D> {
    pub(super) disk: D,
    /// The folder of journals.
    pub(super) dir: PathBuf,
    pub(super) shared: Arc<Shared>,
    /// By which the thread is told.
    pub(super) orders: Sender<Order>,
}

/// The next journal of a document while its base is being written.
struct Next<D: Disk> {
    origin: Origin,
    blank: Receiver<io::Result<Blank<D>>>,
    /// The number of the last change before it was begun, and those that came since.
    asked: u64,
    changes: Vec<Records>,
    /// Whether the document's file has changed meanwhile.
    behind: bool,
}

/// The thread's own.
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

    /// Writes until told to end.
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

    /// The next order; tries again what failed while there is none.
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

    /// Follows a change, and puts it with those that go to the disk together.
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

    /// Brings what was gathered to the disk. Without a journal the next one will hold it.
    fn flush(&mut self) {
        let bytes = std::mem::take(&mut self.buffer);
        let Some(log) = self.log.as_mut().filter(|_| !bytes.is_empty()) else { return };
        match log.append(&self.place.disk, &bytes) {
            Ok(()) => {
                let (durable, large) = (self.last, log.size() > LARGE);
                self.place.shared.set(|state| state.durable = durable);
                if large && self.next.is_none() {
                    self.prepare();
                }
            }
            Err(error) => self.fail(&error),
        }
    }

    /// The journal can't be written to any more. What it holds stays until another holds it too.
    fn fail(&mut self, error: &io::Error) {
        self.old.extend(self.log.take().map(Old::Log));
        self.report(error);
    }

    fn report(&mut self, error: &io::Error) {
        let trouble = Trouble::new(&self.place.dir, error);
        self.retry = Some(Instant::now() + RETRY);
        self.place.shared.set(|state| state.trouble = Some(trouble));
    }

    /// Has the base of a new journal written by a thread of its own: with a large document that takes a while, in
    /// which changes go on into the present journal.
    fn prepare(&mut self) {
        self.retry = None;
        if let Some(next) = &mut self.next {
            next.behind = true;
            return;
        }
        let (done, blank) = channel();
        let Place { disk, dir, orders, .. } = &self.place;
        let (disk, dir, orders) = (disk.clone(), dir.clone(), orders.clone());
        let (origin, current, asked) = (self.origin.clone(), self.current.clone(), self.last);
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

    /// Goes on with the new journal as soon as its base is written.
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
        let (disk, last) = (&self.place.disk, self.last);
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
