//! Help: the keyboard shortcuts, what the program is, and the licences of third-party packages.

pub mod licences;
mod licences_ui;
mod ui;

pub use licences_ui::LicencesForm;
pub(crate) use ui::{AboutDialog, CANVAS, ShortcutList};
