//! Desireline: customer journeys drawn as graphs, with the customers' own scores laid over them.

pub mod canvas;
pub mod edit;
pub mod feedback;
pub mod i18n;
pub mod id;
pub mod model;
pub mod order;
pub mod scene;
pub mod store;
pub mod theme;
