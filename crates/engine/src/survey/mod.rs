//! Survey import: reads a file as rows and reduces them to exact counts under a column mapping. Scores are
//! computed elsewhere.

#![allow(clippy::float_cmp, reason = "ends of scales are numbers that somebody wrote, the same or not")]

mod amount;
mod answer_names;
mod battery;
pub mod cell;
pub mod choices;
pub mod comments;
pub mod count;
pub mod dates;
pub mod figure;
pub mod header_text;
pub mod import;
pub mod mapping;
mod mask;
pub mod names;
pub mod outcome;
pub mod overlap;
pub mod period;
pub mod period_text;
mod personal;
pub mod preview;
pub mod profile;
pub mod propose;
pub mod reading;
pub mod resolve;
pub mod row_rules;
pub mod scale;
pub mod source;
pub mod text_scale;
pub mod values;
pub mod vocabulary;

pub use mask::{
    MaskWords, PersonName, WhoKind, head_of, is_common, kind_of_person, mask_except_numbers as words_masked,
    mask_text as masked, named_in, people_in,
};
