//! The thread that writes a journal, and the handle by which the window and the command line speak to it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::frame::frame;
use super::left::Recoverable;
use super::log::{Beginning, Log};
use super::{Origin, Records, folder};
use crate::edit::{Op, Transaction, apply_all, diff, put};
use crate::id::Id;
use crate::model::{Project, Record};
use crate::store::disk::Disk;
use crate::store::v1::write_change;

/// Time between two attempts where the disk refuses.
const RETRY: Duration = Duration::from_secs(3);
/// A journal larger than this, in bytes, begins anew.
const LARGE: u64 = 64 << 20;
/// Longest time that dropping a journal waits for what was handed to it.
const LEAVE: Duration = Duration::from_secs(2);

/// Why changes are not kept at present. Editing goes on, and it is tried again every few seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The folder where journals are kept.
    pub folder: PathBuf,
    /// What kind of error it is.
    pub kind: io::ErrorKind,
    /// What the file system said.
    pub detail: String,
}

enum Order {
    Append(u64, Records),
    Saved(Box<Origin>),
    Remove,
}

/// What the writing thread has reached.
#[derive(Debug, Default)]
struct State {
    durable: u64,
    trouble: Option<Trouble>,
    told: bool,
    ended: bool,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    /// Waits until a condition holds; false where it does not in time.
    fn wait(&self, limit: Duration, mut until: impl FnMut(&State) -> bool) -> bool {
        let state = self.lock();
        let waited = self.changed.wait_timeout_while(state, limit, |state| !until(state));
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        until(&state)
    }
}

/// The journal of an open document. Nothing here waits for the disk unless it says so.
///
/// Dropping it leaves the journal's file: what it holds is offered when the program starts again.
#[derive(Debug)]
pub struct Journal {
    orders: Sender<Order>,
    shared: Arc<Shared>,
    last: u64,
}

impl Journal {
    /// Begins the journal of a document below the folder for the program's state.
    pub fn begin<D: Disk + Send + 'static>(disk: D, state: &Path, origin: Origin) -> Self {
        let current = origin.project.clone();
        Self::start(disk, state, origin, current, |_| Vec::new())
    }

    /// Goes on with what an ended process left. Its journal is removed once the new one, which holds `current` as its
    /// first change, is on stable storage.
    pub fn resume<D>(disk: D, state: &Path, left: Recoverable<D>, origin: Origin, current: Project) -> Self
    where
        D: Disk + Send + 'static,
        D::Reader: Send,
    {
        Self::start(disk, state, origin, current, move |_| vec![Old::Left(Box::new(left))])
    }

    fn start<D: Disk + Send + 'static>(
        disk: D,
        state: &Path,
        origin: Origin,
        current: Project,
        old: impl FnOnce(&D) -> Vec<Old<D>> + Send + 'static,
    ) -> Self {
        let (orders, incoming) = channel();
        let shared = Arc::new(Shared::default());
        let (dir, told) = (folder(state), Arc::clone(&shared));
        let last = u64::from(origin.project != current);
        let work = move || {
            let old = old(&disk);
            let buffer = Vec::new();
            let worker = Worker {
                disk,
                dir,
                shared: told,
                origin,
                current,
                last,
                log: None,
                old,
                buffer,
                retry: None,
            };
            worker.run(&incoming);
        };
        if let Err(error) = std::thread::Builder::new().name("journal".to_owned()).spawn(work) {
            let trouble = Trouble::new(&folder(state), &error);
            shared.set(|state| (state.trouble, state.ended) = (Some(trouble), true));
        }
        Self { orders, shared, last }
    }

    /// Keeps a change that was just applied to the document; returns its number.
    pub fn append(&mut self, project: &Project, transaction: &Transaction) -> u64 {
        let mut ids: Vec<Id> = transaction.ops.iter().map(Op::id).collect();
        ids.sort_unstable();
        ids.dedup();
        let records = ids.into_iter().map(|id| (id, project.record(id))).collect();
        self.last += 1;
        self.send(Order::Append(self.last, records));
        self.last
    }

    /// Begins anew on what the document's file holds by now, after a save or when somebody else's version was taken
    /// over or merged, without losing what differs from it.
    pub fn saved(&self, origin: Origin) {
        self.send(Order::Saved(Box::new(origin)));
    }

    /// The number of the last change.
    pub fn last(&self) -> u64 {
        self.last
    }

    /// The number of the last change that is on stable storage.
    pub fn durable(&self) -> u64 {
        self.shared.lock().durable
    }

    /// Waits until a change is on stable storage; false where that fails, or takes longer than the limit.
    pub fn wait(&self, change: u64, limit: Duration) -> bool {
        self.shared.wait(limit, |state| state.durable >= change || state.trouble.is_some() || state.ended);
        self.durable() >= change
    }

    /// Why changes are not kept, told once each time that begins.
    pub fn trouble(&self) -> Option<Trouble> {
        let mut state = self.shared.lock();
        let trouble = state.trouble.clone().filter(|_| !state.told);
        state.told |= trouble.is_some();
        trouble
    }

    /// Ends the journal of a document that is saved or thrown away: nothing of it is offered again. Waits for the disk
    /// a few seconds at most.
    pub fn close(self) {
        self.send(Order::Remove);
    }

    /// A thread that could not start, or has ended, has said so as trouble.
    fn send(&self, order: Order) {
        self.orders.send(order).ok();
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        // Without a sender the thread writes what it has and ends.
        drop(std::mem::replace(&mut self.orders, channel().0));
        self.shared.wait(LEAVE, |state| state.ended);
    }
}

impl Trouble {
    fn new(folder: &Path, error: &io::Error) -> Self {
        Self { folder: folder.to_owned(), kind: error.kind(), detail: error.to_string() }
    }
}

/// A journal whose place the next one takes; it stays locked until then.
enum Old<D: Disk> {
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

struct Worker<D: Disk> {
    disk: D,
    dir: PathBuf,
    shared: Arc<Shared>,
    origin: Origin,
    current: Project,
    last: u64,
    log: Option<Log<D>>,
    old: Vec<Old<D>>,
    buffer: Vec<u8>,
    retry: Option<Instant>,
}

impl<D: Disk> Worker<D> {
    fn run(mut self, orders: &Receiver<Order>) {
        self.renew();
        while let Some(first) = self.next(orders) {
            for order in std::iter::once(first).chain(orders.try_iter()) {
                match order {
                    Order::Append(seq, records) => self.add(seq, &records),
                    Order::Saved(origin) => {
                        self.flush();
                        self.origin = *origin;
                        self.renew();
                    }
                    Order::Remove => {
                        self.log.take().into_iter().for_each(|log| log.remove(&self.disk));
                        self.old.drain(..).for_each(|old| old.remove(&self.disk));
                        return self.end();
                    }
                }
            }
            self.flush();
        }
        self.end();
    }

    /// The next order; tries again what failed while there is none.
    fn next(&mut self, orders: &Receiver<Order>) -> Option<Order> {
        while let Some(retry) = self.retry {
            match orders.recv_timeout(retry.saturating_duration_since(Instant::now())) {
                Ok(order) => return Some(order),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => self.renew(),
            }
        }
        orders.recv().ok()
    }

    /// Follows a change, and puts it with those that go to the disk together.
    fn add(&mut self, seq: u64, records: &[(Id, Option<Record>)]) {
        let transaction = put(&self.current, records);
        let applied = apply_all(&mut self.current, &transaction);
        debug_assert!(applied.is_ok(), "what could be changed there can be changed here");
        self.last = seq;
        if !frame(seq, &write_change(records), &mut self.buffer) {
            self.fail(&io::ErrorKind::FileTooLarge.into());
        }
    }

    /// Brings what was gathered to the disk. Without a journal the next one will hold it.
    fn flush(&mut self) {
        let bytes = std::mem::take(&mut self.buffer);
        let Some(log) = self.log.as_mut().filter(|_| !bytes.is_empty()) else { return };
        match log.append(&self.disk, &bytes) {
            Ok(()) => {
                let (durable, large) = (self.last, log.size() > LARGE);
                self.shared.set(|state| state.durable = durable);
                if large {
                    self.renew();
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
        let trouble = Trouble::new(&self.dir, error);
        self.retry = Some(Instant::now() + RETRY);
        self.shared.set(|state| state.trouble = Some(trouble));
    }

    /// Begins a new journal on the present base; only when it is on stable storage are the old ones removed.
    fn renew(&mut self) {
        let since = changes(&self.origin.project, &self.current);
        let mut replaces: Vec<PathBuf> = self.old.iter().map(|old| old.path().to_owned()).collect();
        replaces.extend(self.log.as_ref().map(|log| log.path().to_owned()));
        let (since, last) = (since.as_ref(), self.last);
        let beginning = Beginning { origin: &self.origin, since, last, replaces: &replaces };
        match Log::create(&self.disk, &self.dir, &beginning) {
            Ok(log) => {
                self.old.extend(self.log.replace(log).map(Old::Log));
                self.old.drain(..).for_each(|old| old.remove(&self.disk));
                self.retry = None;
                self.shared.set(|state| (state.durable, state.trouble, state.told) = (last, None, false));
            }
            Err(error) => self.report(&error),
        }
    }

    fn end(self) {
        let shared = Arc::clone(&self.shared);
        drop(self);
        shared.set(|state| state.ended = true);
    }
}

/// What leads from one version to another; none where they are equal.
fn changes(from: &Project, to: &Project) -> Option<Records> {
    let mut ids: Vec<Id> = diff(from, to).ops.iter().map(Op::id).collect();
    ids.sort_unstable();
    ids.dedup();
    (!ids.is_empty()).then(|| ids.into_iter().map(|id| (id, to.record(id))).collect())
}
