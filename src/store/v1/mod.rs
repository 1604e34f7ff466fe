//! Version 1 of the project file, frozen apart from the model: flat arrays of records sorted by id, defaults left out.

mod collect;
mod counts;
mod file;
mod leaf;
mod row;
mod rows;
mod shape;

pub(super) use counts::{readable_counts, readable_rules};
pub(super) use file::{
    ReadError, SECTIONS, Section, read, read_change, read_recipe, write, write_change, write_recipe,
};
pub(super) use leaf::Unknown;
pub use shape::Shape;
