//! Compares the open project with another version.

mod flow;
mod ui;

pub use flow::{Comparison, compare_with};
pub(crate) use flow::{
    ask_export_changes, ask_which_version, compare_journeys, end_comparison, follow_comparison,
};
pub(crate) use ui::{show_changes, show_map};
