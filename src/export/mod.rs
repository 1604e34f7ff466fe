//! What other programs open: pictures drawn from the same scene as the screen (SVG, PNG), and cells of tables.

pub mod cell;
pub mod fonts;
pub mod png;
pub mod svg;
pub mod table;
