//! The records that make up a project, each a table of its fields. Siblings are always ordered by (`key`, `id`).

mod feedback;
mod map;
mod notes;
mod shared;

pub use feedback::{Batch, Metric, Question, Recipe, Wave};
pub use map::{Cell, Flow, JourneyInfo, Lane, Picture, Stage, Step, Touchpoint};
pub use notes::{About, Answer, Improvement, Insight};
pub use shared::{Channel, Evidence, Image, Persona, ProjectInfo};
