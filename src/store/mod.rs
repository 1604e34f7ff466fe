//! Files: what a project looks like on disk, and how it gets there without anything being lost.

pub mod base;
pub mod disk;
pub mod error;
pub mod save;
pub mod settings;
mod temp;
