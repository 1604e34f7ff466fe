//! Exports for other programs: pictures drawn from the same scene as the screen (SVG, PNG), and table cells.

pub mod cell;
pub mod fonts;
pub mod png;
pub mod svg;
pub mod table;
