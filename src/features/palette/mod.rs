//! The command palette.

mod ui;

pub(crate) use ui::PaletteSearch;
