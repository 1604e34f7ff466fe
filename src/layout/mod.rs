//! From a journey to its picture: pure, and the only place where text is broken and things get their places.

pub mod curve;
pub mod route;
