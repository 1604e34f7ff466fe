//! The handle by which the window and the command line control the thread that writes a journal.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use super::recoverable::Recoverable;
use super::shared::{JournalShared, Trouble};
use super::worker::{JournalFolder, JournalOrder, Old, Worker};
use super::{JournalOrigin, journals_folder};
use crate::edit::{Op, Transaction};
use crate::id::Id;
use crate::model::Project;
use crate::store::disk::Disk;

/// Longest time that dropping a journal waits for pending changes.
const LEAVE: Duration = Duration::from_secs(2);

/// The journal of an open document. Methods do not wait for the disk unless documented.
///
/// Dropping it keeps the journal's file: its changes are offered when the program starts again.
#[derive(Debug)]
pub struct Journal {
    orders: Sender<JournalOrder>,
    shared: Arc<JournalShared>,
    last: u64,
}

impl Journal {
    /// Starts the journal of a document in the folder for the program's state.
    pub fn start_new<D>(disk: D, state: &Path, origin: JournalOrigin) -> Self
    where
        D: Disk<Reader: Send, Writer: Send> + Clone + Send + 'static,
    {
        let current = origin.project.clone();
        Self::spawn_worker(disk, state, origin, current, Vec::new())
    }

    /// Continues the work that an ended process left. Its journal is removed once the new one, which holds
    /// `current` as its first change, is on stable storage.
    pub fn resume_from<D>(
        disk: D,
        state: &Path,
        left: Recoverable<D>,
        origin: JournalOrigin,
        current: Project,
    ) -> Self
    where
        D: Disk<Reader: Send, Writer: Send> + Clone + Send + 'static,
    {
        Self::spawn_worker(disk, state, origin, current, vec![Old::Left(Box::new(left))])
    }

    fn spawn_worker<D>(
        disk: D,
        state: &Path,
        origin: JournalOrigin,
        current: Project,
        old: Vec<Old<D>>,
    ) -> Self
    where
        D: Disk<Reader: Send, Writer: Send> + Clone + Send + 'static,
    {
        let (orders, incoming) = channel();
        let shared = Arc::new(JournalShared::default());
        let last = u64::from(origin.project != current);
        let place = JournalFolder {
            disk,
            dir: journals_folder(state),
            shared: Arc::clone(&shared),
            orders: orders.clone(),
        };
        let work = move || Worker::new(place, origin, current, old).run(&incoming);
        if let Err(error) = std::thread::Builder::new().name("journal".to_owned()).spawn(work) {
            let trouble = Trouble::new(&journals_folder(state), &error);
            shared.update_state(|state| (state.trouble, state.ended) = (Some(trouble), true));
        }
        Self { orders, shared, last }
    }

    /// Records a change that was just applied to the document; returns its number.
    pub fn append_change(&mut self, project: &Project, transaction: &Transaction) -> u64 {
        let mut ids: Vec<Id> = transaction.ops.iter().map(Op::id).collect();
        ids.sort_unstable();
        ids.dedup();
        let records = ids.into_iter().map(|id| (id, project.record(id))).collect();
        self.last += 1;
        self.send_order(JournalOrder::Append(self.last, records));
        self.last
    }

    /// Rebases the journal on the present content of the document's file, after a save or after another
    /// version was loaded or merged, keeping all differences from it.
    pub fn rebase_on(&self, origin: JournalOrigin) {
        self.send_order(JournalOrder::Saved(Box::new(origin)));
    }

    /// Returns the number of the last change.
    pub fn last_change(&self) -> u64 {
        self.last
    }

    /// Returns the number of the last change that is on stable storage.
    pub fn durable_change(&self) -> u64 {
        self.shared.lock_state().durable
    }

    /// Waits until a change is on stable storage; returns false if that fails or takes longer than the limit.
    pub fn wait_until_durable(&self, change: u64, limit: Duration) -> bool {
        self.shared
            .wait_for(limit, |state| state.durable >= change || state.trouble.is_some() || state.ended);
        self.durable_change() >= change
    }

    /// Returns the reason why changes are not recorded, once for each time that this begins.
    pub fn take_trouble(&self) -> Option<Trouble> {
        let mut state = self.shared.lock_state();
        let trouble = if state.told { None } else { state.trouble.clone() };
        state.told |= trouble.is_some();
        trouble
    }

    /// Ends and removes the journal of a document that is saved or discarded: nothing of it is offered again.
    /// Waits for the disk a few seconds at most.
    pub fn close(self) {
        self.send_order(JournalOrder::Remove);
    }

    /// Ignores a closed channel: a thread that could not start, or has ended, has reported it as trouble.
    fn send_order(&self, order: JournalOrder) {
        self.orders.send(order).ok();
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.send_order(JournalOrder::End);
        self.shared.wait_for(LEAVE, |state| state.ended);
    }
}
