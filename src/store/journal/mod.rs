//! The recovery journal: every committed change of an open document, on the local disk within milliseconds, so that
//! nothing is lost when the process is killed, crashes, or the power fails.
//!
//! A document has a journal of its own: `PID-NONCE.journal`, and beside it `PID-NONCE.base`, the document as it was
//! when the journal began. The journal is a header and one record for each change: length, CRC-32C, sequence number,
//! and the records that the change touched as they stand after it. The process keeps its journal locked, so that a
//! journal without a lock is one whose process has ended. After a save a new journal on the new base takes the place
//! of the old one: changes go on into the old one until the base is written, the new one names it, and only when that
//! is on stable storage is the old one removed.

mod frame;
mod handle;
mod header;
mod left;
mod log;
mod replay;
mod search;
mod shared;
mod worker;

pub use handle::Journal;
pub use left::Recoverable;
pub use search::{Found, UnreadJournal, recoverable};
pub use shared::Trouble;

use crate::id::Id;
use crate::model::{Project, Record};
use crate::store::base::Base;
use std::path::{Path, PathBuf};

/// Records as they stand after a change; those without one are gone.
type Records = Vec<(Id, Option<Record>)>;

/// What the changes of a journal are changes of.
#[derive(Debug, Clone)]
pub struct Origin {
    /// Where the document is stored, once it is.
    pub path: Option<PathBuf>,
    /// What stood there when it was last read or saved.
    pub base: Base,
    /// The document as it was then.
    pub project: Project,
}

/// The folder of journals below the one given for the program's state.
fn folder(state: &Path) -> PathBuf {
    state.join("journals")
}
