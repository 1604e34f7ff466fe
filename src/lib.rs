//! Desireline: customer journeys drawn as graphs, with the customers' own scores laid over them.

pub mod store;
