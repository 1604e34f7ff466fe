//! Questions to the document and its counts that change nothing: differences in words, and charts as values.

pub mod changes;
pub mod chart;
pub mod charts;
