//! What a person means, as one transaction each. Commands read a project and write none: they return what would
//! change, so that a gesture can be shown before it is done.

mod add;
mod attach;
mod clip;
mod delete;
mod draft;
mod place;
mod set;

pub use add::{
    add_channel, add_evidence, add_journey, add_lane, add_metric, add_persona, add_stage, new_project,
};
pub use attach::{add_improvement, add_insight, add_picture, answer, connect, set_cell};
pub use clip::{copy, duplicate, paste};
pub use delete::delete;
pub use draft::Draft;
pub use place::{Slot, Spot, add_touchpoint, first_touchpoint, move_touchpoints, reorder};
pub use set::{rename, set_feeling, set_field, title_field, toggle_moment};
