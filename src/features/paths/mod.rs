//! Asks for the path of a file to read or write: with the system's dialog, or with a built-in one.

mod flow;
mod form;
mod ui;

pub(crate) use flow::{
    HINT_AFTER, ask_built_in_instead, ask_path, close_dialog, safe_file_name, stop_asking,
};
pub use flow::{PathPicker, answer_path};
#[cfg(test)]
pub(crate) use flow::{confirm_picked, on_picked};
pub(crate) use form::{OUTLINES, PICTURES, PROJECTS, SURVEYS, has_extension};
pub use form::{PathDialog, PathQuestion};
