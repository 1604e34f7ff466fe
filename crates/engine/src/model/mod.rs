//! The document as plain data with a read API. Only [`crate::edit::apply_op`] changes it.

pub mod check;
pub mod choice;
pub mod counts;
mod journey;
pub mod privacy;
mod project;
pub mod range;
pub mod recipe;
mod record;
mod records;
mod table;
pub mod value;

pub use journey::Journey;
pub use project::{Project, PutError, home_journey};
pub use record::{Field, Fields, Record, Typed};
pub use records::*;
pub use table::{Keyed, Table, records_in_order, sort_records};
