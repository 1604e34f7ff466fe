//! The panels around the map, one file each, the frame of dialogs, and the controls that all share.

pub mod actions;
pub(crate) mod day_picker;
pub(crate) mod dialog_field;
mod dialog_frame;
mod distribution;
mod drop_hint;
pub(crate) mod fields;
mod inspector;
mod legend;
pub(crate) mod list_focus;
pub(crate) mod list_search;
mod map_menu;
mod notices;
mod outline;
mod outline_line;
mod overlay_chooser;
pub(crate) mod panes;
mod score;
mod start;
pub(crate) mod start_card;
pub(crate) mod topbar;
pub(crate) mod two_sided;
pub(crate) mod widgets;
pub(crate) mod window;
