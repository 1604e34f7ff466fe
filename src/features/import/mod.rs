//! Imports survey answers: the assistant asks about the columns of a file, then its answers are counted.

mod again;
mod columns;
pub(super) mod file;
mod flow;
pub mod form;
mod notes;
mod questions;
mod rows;
mod ui;
mod values;

pub(crate) use flow::{
    ask_for_answers, not_imported, on_profiled, profile_with_recipes, start_import, ticket_progress,
};
pub use flow::{import_confirmed, look_at};
