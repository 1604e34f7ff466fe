//! RON text of any file version: the canonical writer, and the checks before parsing.

mod out;
mod place;
mod scan;

pub(super) use out::Out;
pub(super) use place::Lines;
pub use place::{Place, Version};
pub(super) use scan::{too_deep, version};
