//! Questions to the document and its counts that change nothing: what charts show, and copies to give away.

pub mod changes;
pub mod chart;
pub mod charts;
pub mod redact;
