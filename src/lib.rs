//! Desireline: customer journeys drawn as graphs, with the customers' own scores laid over them.
//!
#![doc = include_str!("../docs/architecture.md")]

pub mod app;
pub mod canvas;
pub mod cli;
pub mod features;
pub mod panels;
