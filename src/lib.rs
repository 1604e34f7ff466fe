//! Desireline: customer journeys drawn as graphs, with the customers' own scores laid over them.
//!
#![doc = include_str!("../docs/architecture.md")]

pub mod analysis;
pub mod app;
pub mod canvas;
pub mod cli;
pub mod clock;
pub mod edit;
pub mod exchange;
pub mod export;
pub mod features;
pub mod feedback;
pub mod i18n;
pub mod id;
pub mod layout;
pub mod model;
pub mod order;
pub mod panels;
pub mod scene;
pub mod store;
pub mod survey;
pub mod theme;
