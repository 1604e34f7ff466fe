//! The things that a person does with a project, a folder each: `form.rs` is what is asked, `flow.rs` the
//! steps, `ui.rs` the drawing. A flow's memory lives in its dialog and in the continuations of its jobs.

pub mod charts;
pub mod choose;
pub mod compare;
pub mod export;
pub mod filing;
pub mod help;
pub mod import;
pub mod palette;
pub mod paste;
pub mod paths;
pub mod pictures;
pub mod quotes;
pub mod recovery;
pub mod redact;
pub mod sharing;
pub mod versions;
