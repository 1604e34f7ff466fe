//! Projects, surveys and the built program, for tests of all kinds.

pub(crate) mod airline;
pub(crate) mod changed;
pub(crate) mod program;
mod random;
pub(crate) mod surveys;

pub(crate) use random::{below, ids, pick, random_edit, random_project};
