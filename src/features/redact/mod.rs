//! Saves a redacted copy: what is removed is shown, and the texts that remain are reviewed, before anything is
//! written.

mod flow;
pub mod form;
mod review;
mod review_ui;
mod ui;

pub(crate) use flow::ask_redacted;
