//! What the program is measured by, as a table: `cargo bench`, or `cargo bench -- layout` for one part.
//!
//! Times are of one processor, apart from those of whole starts, which are times on the wall. Posters have a
//! bench of their own, since their memory is measured too.

#![allow(clippy::expect_used, reason = "a bench that cannot go on stops")]

mod document;
mod frame;
mod journal;
mod merging;
mod open;
mod routing;
mod sample;
mod scores;
mod shared;
mod start;
mod table;

use std::process::ExitCode;
use table::Table;

/// The allocator of the program itself.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A part of the table.
type Part = (&'static str, fn(&mut Table));

/// The parts by name.
const PARTS: [Part; 11] = [
    ("route", routing::run),
    ("layout", document::layouts),
    ("move", document::moves),
    ("file", document::files),
    ("merge", merging::run),
    ("frame", frame::run),
    ("open", open::run),
    ("scores", scores::run),
    ("journal", journal::run),
    ("shared", shared::run),
    ("start", start::run),
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let wanted: Vec<&String> = args.iter().filter(|arg| !arg.starts_with('-')).collect();
    let mut table = Table::begin();
    for (name, run) in PARTS {
        if wanted.is_empty() || wanted.iter().any(|part| *part == name) {
            run(&mut table);
        }
    }
    if table.end() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
