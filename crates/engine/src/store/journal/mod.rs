//! The recovery journal: every committed change of an open document, on the local disk within milliseconds,
//! so that nothing is lost when the process is killed, crashes, or the power fails.
//!
//! Each document has its own journal: `PID-NONCE.journal`, and beside it `PID-NONCE.base`, the document as it
//! was when the journal began. The journal is a header and one record for each change: length, CRC-32C,
//! sequence number, and the changed records in their new state. The process keeps its journal locked, so that
//! a journal without a lock is one whose process has ended. After a save a new journal on the new base
//! replaces the old one: changes are still written to the old one until the base is written, the new one
//! names it, and only when that is on stable storage is the old one removed.

mod frame;
mod handle;
mod header;
mod log;
mod recoverable;
mod replay;
mod search;
mod shared;
mod worker;

pub use handle::Journal;
pub use recoverable::Recoverable;
pub use search::{JournalScan, UnreadJournal, find_recoverable};
pub use shared::Trouble;

use crate::id::Id;
use crate::model::{Project, Record};
use crate::store::base::Base;
use std::path::{Path, PathBuf};

/// Records in their state after a change; `None` for deleted ones.
type ChangedRecords = Vec<(Id, Option<Record>)>;

/// The version of a document that the changes of a journal apply to.
#[derive(Debug, Clone)]
pub struct JournalOrigin {
    /// The document's path; `None` while it was never saved.
    pub path: Option<PathBuf>,
    /// The content of its file when it was last read or saved.
    pub base: Base,
    /// The document at that time.
    pub project: Project,
}

/// Returns the folder of journals within the one given for the program's state.
fn journals_folder(state: &Path) -> PathBuf {
    state.join("journals")
}
