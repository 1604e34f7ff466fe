//! RON as text, whatever the version of the file: the canonical writer and the look before a parser may see it.

mod out;
mod place;
mod scan;

pub(super) use out::Out;
pub(super) use place::Lines;
pub use place::{Place, Version};
pub(super) use scan::{too_deep, version};
