//! Version 1 of the project file: flat arrays of records sorted by id, defaults left out.
//!
//! Format 1.0 is frozen, whatever becomes of the model: files written now stay readable for ever, and give the same
//! bytes when saved. A new field, list or choice needs format 1.1 (`version`) and a place in a file of its own beside
//! `tests/data/v1/everything.ron`; older programs open that read-only, or not at all where a choice is new to them.
//! Another meaning of what is there needs version 2 and a reader of it.

mod collect;
mod counts;
mod file;
#[cfg(test)]
mod frozen;
mod leaf;
mod limits;
mod row;
mod rows;
mod shape;
mod version;

pub(super) use counts::{readable_counts, readable_rules};
pub(super) use file::{
    ReadError, SECTIONS, Section, read, read_change, read_recipe, write, write_change, write_recipe,
};
pub(super) use leaf::Unknown;
pub(super) use limits::unreadable_record;
pub use shape::Shape;
pub use version::needs_later_format;
