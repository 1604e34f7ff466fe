//! User actions as one transaction each. Commands read a project and never write it: they return the changes,
//! so that a gesture can be previewed before it is applied.

mod add;
mod attach;
mod clip;
mod delete;
mod draft;
mod fresh;
mod heal;
mod journey;
mod landing;
mod lines;
mod nudge;
mod picture;
mod place;
mod quotes;
mod set;

pub use add::{
    add_channel, add_evidence, add_journey, add_lane, add_metric, add_persona, add_stage, new_project,
};
pub use attach::{add_improvement, add_insight, answer, can_answer, connect, set_cell, speak_of};
pub use clip::{copy, duplicate, left_behind, paste};
pub use delete::{delete, take_out};
pub use draft::Draft;
pub use fresh::with_fresh_ids;
pub use journey::{counterpart, duplicate_journey};
pub use lines::{TextLine, add_lines, add_pains};
pub use nudge::{Toward, nudge};
pub use picture::{MOST_IMAGE_BYTES, PictureError, add_picture, move_picture};
pub use place::{Slot, Spot, add_touchpoint, first_touchpoint, move_touchpoints, reorder};
pub use quotes::{QuoteSource, keep_quotes};
pub use set::{needs_title, rename, set_feeling, set_field, step_feelings, title_field, toggle_moment};
