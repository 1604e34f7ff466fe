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
pub use attach::{add_answer, add_flow, add_improvement, add_insight, can_answer, set_cell, speak_of};
pub use clip::{copy_elements, duplicate_elements, left_behind, paste_clip};
pub use delete::{delete_records, take_out};
pub use draft::TransactionBuilder;
pub use fresh::with_fresh_ids;
pub use journey::{duplicate_journey, find_counterpart};
pub use lines::{TextLine, add_lines, add_pains};
pub use nudge::{Toward, nudge_elements};
pub use picture::{MOST_IMAGE_BYTES, PictureError, add_picture, move_picture};
pub use place::{CardPlace, Slot, add_touchpoint, first_touchpoint, move_touchpoints, reorder_record};
pub use quotes::{QuoteSource, keep_quotes};
pub use set::{needs_title, rename_record, set_feeling, set_field, step_feelings, toggle_moment};
