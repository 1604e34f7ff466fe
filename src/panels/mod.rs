//! What stands round the map: one file for each panel and dialog, each with what it shows and how it draws it.

pub mod actions;
mod chart;
mod distribution;
mod drop_hint;
pub mod export_dialog;
mod fields;
mod help;
mod import_dialog;
mod import_file;
mod inspector;
mod legend;
mod notices;
mod outline;
mod outline_line;
mod overlay_chooser;
pub(crate) mod palette;
pub(crate) mod path_dialog;
mod questions;
mod quotes_dialog;
mod quotes_list;
mod score;
mod scores_view;
mod start;
mod start_card;
mod topbar;
mod widgets;
pub(crate) mod window;
