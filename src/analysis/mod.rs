//! Questions to the document and its counts that change nothing: what charts show.

pub mod chart;
pub mod charts;
