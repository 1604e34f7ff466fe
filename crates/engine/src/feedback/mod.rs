//! Scores: from exact counts to figures that state their uncertainty, and the sentences about them.

mod again_words;
mod column_words;
pub mod compare;
mod consequence;
pub mod crosstab;
pub mod difference;
pub mod drivers;
mod file_words;
#[cfg(test)]
mod import_tests;
pub mod importance;
pub mod interval;
pub mod overlay;
pub mod sample;
pub mod score;
pub mod shown_score;
pub mod table;
pub mod trend;
mod words;

pub use consequence::score_if_answered;
pub use words::{
    HatchedForm, against_word, ambiguous_words, compared_words, figure_of, formula_words, hatched_words,
    left_out_words, n_words,
};
