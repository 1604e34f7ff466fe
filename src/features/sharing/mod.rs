//! Works on one file together with others: watches it, merges their versions, and lists conflicts.

mod changed_file;
pub(crate) mod conflicts;
mod copies;
mod flow;
mod unproven;

pub use changed_file::{ChangedFile, InPlace};
pub use flow::Sharing;
pub(crate) use flow::{handle_file_events, leave_shared_file, merge_then_save, watch_file};
