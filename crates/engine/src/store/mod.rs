//! Project files: their format on disk, and saving and loading without loss.

pub mod adopt;
pub mod base;
mod damage;
pub mod descent;
pub mod disk;
pub mod document;
pub mod error;
pub mod image;
pub mod journal;
pub mod load;
mod packed;
mod path_form;
pub mod places;
pub mod project;
pub mod repair;
pub mod respondents;
pub mod save;
pub mod settings;
pub mod state;
pub mod stream;
mod temp;
pub mod template;
mod text;
mod v1;
pub mod versions;
pub mod watch;
pub mod whole;

pub use text::{TextPosition, Version};
pub use v1::ExpectedShape;
