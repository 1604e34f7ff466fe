//! Opens, saves, copies and leaves projects.

mod closing;
mod duplicate;
pub mod files;
mod flow;
mod repair;
pub mod step;
mod unsaved;

pub(crate) use closing::{close_journal, off_thread, show_session, tell_trouble};
pub(crate) use duplicate::{ask_for_duplicate, duplicate_journey};
pub use flow::{Writing, document_state, on_opened};
pub(crate) use flow::{
    ask_which_outline, drawing_style, keep_settings, leave_project, open_failure, open_file, save_as,
    save_over, save_project, tell_unread_settings, warn_read_only, was_changed_since,
};
pub use unsaved::UnsavedQuestion;
