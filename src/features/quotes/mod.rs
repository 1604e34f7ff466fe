//! Chooses quotes from a file of customers' comments.

mod flow;
pub mod form;
mod list;
mod ui;

pub(crate) use flow::ask_for_comments;
