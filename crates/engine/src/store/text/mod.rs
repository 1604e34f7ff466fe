//! RON text of any file version: the canonical writer, and the checks before parsing.

mod out;
mod place;
mod scan;

pub(super) use out::Out;
pub(super) use place::LineIndex;
pub use place::{TextPosition, Version};
pub(super) use scan::{header_version, too_deep};
