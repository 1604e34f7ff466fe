//! The chooser at the selected elements: sets channels, persona, status or owner with a few keys.

mod flow;
mod form;
mod ui;

pub(crate) use flow::{ask_chosen, ask_persona, set_severity};
pub use form::{Chosen, selected_pains};
