//! The map as a table: a row for each touchpoint, and one for each stage or step with content of its own.

mod build;
mod columns;
mod read;
mod write;

pub use read::read_table;
pub use write::write_table;
