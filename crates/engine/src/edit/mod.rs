//! Changes of the document: operations that invert, and the one place that applies them.

mod apply;
pub mod command;
mod diff;
mod history;
mod index;
mod merge;
mod op;

pub use apply::{ApplyError, apply_all, apply_op};
pub use diff::{diff_projects, put_records};
pub use history::History;
pub use merge::{
    Conflict, MergeChoice, Merged, common_ground, merge_versions, referenced_ids, resolve_conflict,
};
pub use op::{Op, Transaction};
