//! The `desireline` program: the window, and the same engine on the command line.

use std::process::ExitCode;

/// The system's allocator gives large blocks back at once and takes them again in the next frame, page by page:
/// with it, panning over 10,000 cards takes eight times as long.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    desireline::cli::run(std::env::args_os())
}
