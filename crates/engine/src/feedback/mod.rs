//! Scores: from exact counts to figures that state their uncertainty.

pub mod compare;
mod consequence;
pub mod crosstab;
pub mod difference;
pub mod drivers;
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

pub use consequence::{AnsweredScore, score_if_answered};
