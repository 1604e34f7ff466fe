//! All tests that run side by side in one program: one link instead of fifty. Those that measure the process, or run
//! for minutes, are programs of their own.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test whose data or program is otherwise than expected fails"
)]
#![allow(clippy::disallowed_methods, reason = "tests set up files as other programs would")]

#[path = "../common/mod.rs"]
mod common;
#[path = "../support/mod.rs"]
mod support;

mod architecture;
mod canvas;
mod carrying;
mod changes;
mod changes_window;
mod charts;
mod cli;
mod cli_edit;
mod cli_import;
mod click;
mod dialogs;
mod documents;
mod edit_laws;
mod exchange;
mod export;
mod fallback;
mod far_forms;
mod feedback_real;
mod feedback_sample;
mod figures;
mod files_window;
mod flow_laws;
mod frozen;
mod fuzz;
mod guards;
mod identity;
mod import_tables;
mod import_window;
mod inspector;
mod interrupted;
mod keyboard;
mod kinds;
mod language;
mod laptop;
mod layout_laws;
mod licences;
mod limits_out;
mod map_window;
mod merge_laws;
mod merging;
mod paste_window;
mod placing;
mod quotes_window;
mod reading_aloud;
mod readme;
mod recovery;
mod redact_cli;
mod redact_window;
mod screenshots;
mod sharing;
mod snapshots;
mod sources;
mod step_personas;
mod store;
mod support_renderer;
mod switch_window;
mod tables;
mod templates;
mod truth;
mod typing;
mod window;
