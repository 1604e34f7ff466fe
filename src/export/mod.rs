//! Pictures for other programs, drawn from the same scene as the screen: SVG and PNG.

pub mod fonts;
pub mod png;
pub mod svg;
pub mod table;
