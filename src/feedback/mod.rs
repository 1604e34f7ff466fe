//! Scores: from exact counts to figures that state their uncertainty, and the sentences about them.

pub mod compare;
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
pub mod shown;
pub mod table;
pub mod trend;
mod words;

pub use words::{
    against_word, compared_words, figure_of, formula_words, hatched_words, n_words, too_many_groups,
};
