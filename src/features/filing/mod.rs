//! Opens, saves, copies and leaves projects.

mod duplicate;
mod repair;
mod unsaved;

pub(crate) use duplicate::{ask_for_duplicate, duplicate_journey};
pub use unsaved::UnsavedQuestion;
