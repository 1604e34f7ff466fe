//! The document as plain data with a read API. Only [`crate::edit::apply_op`] changes it.

pub mod check;
pub mod choice;
pub mod counts;
pub mod field;
mod journey;
mod label;
pub mod privacy;
mod project;
pub mod range;
pub mod recipe;
mod record;
mod records;
mod table;
pub mod value;

pub use field::{Field, FieldOf};
pub use journey::Journey;
pub use label::FieldLabel;
pub(crate) use label::field_labels;
pub use project::{Project, PutError, home_journey};
pub use record::{Record, Typed, title_field};
pub use records::*;
pub use table::{Keyed, Table, records_in_order, sort_records};
