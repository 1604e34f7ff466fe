//! Recovers unsaved work of ended processes.

mod ui;

pub use ui::UnsavedWork;
