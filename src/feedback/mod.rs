//! Customers' answers: from a survey file to exact counts, and from counts to scores that state their doubt.

pub mod interval;
pub mod overlay;
pub mod score;
