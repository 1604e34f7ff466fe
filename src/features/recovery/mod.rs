//! Recovers unsaved work of ended processes.

mod flow;
mod ui;

#[cfg(test)]
pub(crate) use flow::on_recovered;
pub(crate) use flow::{UnsavedSearch, offer_unsaved, search_unsaved};
pub use ui::UnsavedWork;
