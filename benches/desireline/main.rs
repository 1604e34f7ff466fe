//! What the program is measured by, as a table: `cargo bench`, or `cargo bench -- layout` for one part.
//!
//! Times are of one processor, apart from those of other processes, which are times on the wall.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a bench whose sample is not as made has nothing to measure"
)]

mod document;
mod frame;
mod poster;
mod routing;
mod sample;
mod start;
mod table;

use std::process::ExitCode;
use table::Table;

/// The allocator of the program itself.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The parts by name.
const PARTS: [(&str, fn(&mut Table)); 7] = [
    ("route", routing::run),
    ("layout", document::layouts),
    ("move", document::moves),
    ("file", document::files),
    ("frame", frame::run),
    ("poster", poster::run),
    ("start", start::run),
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if poster::child(&args) {
        return ExitCode::SUCCESS;
    }
    let wanted: Vec<&String> = args.iter().filter(|arg| !arg.starts_with('-')).collect();
    let mut table = Table::begin();
    for (name, run) in PARTS {
        if wanted.is_empty() || wanted.iter().any(|part| *part == name) {
            run(&mut table);
        }
    }
    if table.end() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
