//! The engine of Desireline: everything but the window and the command line. It knows no `egui`.
//!
//! The rooms and what each may import are described in `docs/architecture.md`.

pub mod analysis;
pub mod clock;
pub mod edit;
pub mod exchange;
pub mod export;
pub mod feedback;
pub mod i18n;
pub mod id;
pub mod lang;
pub mod layout;
pub mod model;
pub mod order;
pub mod redact;
pub mod scene;
pub mod store;
pub mod survey;
pub mod theme;
