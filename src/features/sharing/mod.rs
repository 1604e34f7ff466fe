//! Works on one file together with others: conflicts, and files that somebody else changed.

mod changed_file;
pub(crate) mod conflicts;

pub use changed_file::{ChangedFile, InPlace};
