//! Earlier versions of the open document: listed, compared with, and restored as a new step.

mod flow;
pub mod form;
mod ui;

pub(crate) use flow::look_for_versions;
pub use flow::on_restored;
