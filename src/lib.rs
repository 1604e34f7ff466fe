//! Desireline: customer journeys drawn as graphs, with the customers' own scores laid over them.
//!
//! One engine serves the window and the command line. Layers, each importing only from those above it
//! (`tests/architecture.rs` holds them to it):
//!
//! | layer | what it is |
//! | --- | --- |
//! | [`id`], [`order`], [`clock`] | typed random ids; fractional order keys; what time it is |
//! | [`theme`], [`i18n`] | the only places where a colour or a sentence is written |
//! | [`model`] | the document as plain records behind a private graph, and what can be wrong with it |
//! | [`edit`] | operations that invert, commands, history, difference, merge; `apply` is the only way in |
//! | [`survey`] | survey files to rows, rows to exact counts under a mapping of the columns |
//! | [`feedback`] | counts to scores with their intervals |
//! | [`analysis`] | charts as values: read-only questions to the document and its counts |
//! | [`store`] | the file format, atomic saving, settings |
//! | [`scene`] | the display list: one picture for screen and print |
//! | [`layout`] | a journey to a scene; text is broken into lines here and nowhere else |
//! | [`export`] | a scene to SVG and PNG |
//! | [`exchange`] | a journey as an outline, a mermaid diagram or a table, and back |
//! | [`canvas`], [`panels`], [`app`] | the window |
//! | [`cli`] | the same engine without a window |
//!
//! What carries everything:
//!
//! - **The graph is the document.** Nodes and links live in a petgraph graph whose indices never leave `model`;
//!   everyone else speaks ids. Records stand beside it, shared, so that a clone of a project costs little.
//! - **Every change is an operation that inverts without looking at the document.** Records are reached field by
//!   field ([`model::Fields`]), so that apply, difference, merge and undo know no record type. Moving is setting
//!   step, lane and key: there is no `Move`, and two people's moves merge field by field.
//! - **A gesture is a value**: snapshot and pointer give a preview; release commits it once, Escape drops it.
//! - **One picture**: blocks of primitives at places. Moving a card moves a block, nothing is drawn again.
//! - **On disk flat, sorted and canonical**, in file types that are frozen apart from the model.
//! - **Feedback is kept as counts, never as rows.**

pub mod analysis;
pub mod app;
pub mod canvas;
pub mod cli;
pub mod clock;
pub mod edit;
pub mod exchange;
pub mod export;
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
