//! Desireline: customer journeys drawn as graphs, with the customers' own scores laid over them.
//!
#![doc = include_str!("../docs/architecture.md")]

pub use engine::{
    analysis, clock, edit, exchange, export, feedback, i18n, id, layout, model, order, redact, scene, store,
    survey, theme,
};

pub mod app;
pub mod canvas;
pub mod cli;
pub mod features;
pub mod panels;
