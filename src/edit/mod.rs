//! Changes of the document: operations that invert, and the one place that applies them.

mod apply;
pub mod command;
mod diff;
mod history;
mod index;
mod merge;
mod op;

pub use apply::{ApplyError, apply, apply_all};
pub use diff::{diff, put};
pub use history::History;
pub(crate) use merge::references;
pub use merge::{Choice, Conflict, Merged, common_ground, decide, merge};
pub use op::{Op, Transaction};
