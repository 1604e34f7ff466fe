//! Version 1 of the project file: flat lists of records sorted by id, defaults omitted.
//!
//! Format 1.0 is frozen, independent of the model: files written now stay readable for ever, and give the
//! same bytes when saved. A new field, list or choice needs format 1.1 (`version`) and a separate file beside
//! `tests/data/v1/everything.ron`; older programs open it read-only, or not at all if they lack the choice. A
//! new meaning of existing fields needs version 2 and a reader for it. `docs/file-format.md` describes every
//! field.

mod collect;
mod counts;
#[cfg(test)]
mod described;
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
    FileSection, SECTIONS, V1Error, read_change, read_project, read_recipe, write_change, write_project,
    write_recipe,
};
pub(super) use leaf::Unknown;
pub(super) use limits::unreadable_record;
pub use shape::ExpectedShape;
pub use version::needs_later_format;
