//! Customers' answers: from a survey file to exact counts, and from counts to scores that state their doubt.

mod amount;
mod answer_names;
pub mod cell;
pub mod choices;
pub mod comments;
pub mod compare;
pub mod count;
pub mod crosstab;
pub mod dates;
pub mod difference;
pub mod drivers;
pub mod import;
pub mod importance;
pub mod interval;
mod mask;
pub mod names;
pub mod overlay;
pub mod period;
mod personal;
pub mod preview;
pub mod profile;
pub mod propose;
pub mod reading;
pub mod sample;
pub mod scale;
pub mod score;
pub mod settle;
pub mod shown;
pub mod source;
pub mod table;
mod text_scale;
pub mod trend;
pub mod values;
mod words;

pub use mask::{is_common, mask as masked, mask_words as words_masked};
pub use words::{
    against_word, compared_words, figure_of, formula_words, hatched_words, n_words, too_many_groups,
};
