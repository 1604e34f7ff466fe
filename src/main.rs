//! The `desireline` program: the window, and the same engine on the command line.

use std::process::ExitCode;

/// The system's allocator gives large blocks back at once and takes them again in the next frame, page by
/// page: with it, panning over 10,000 cards takes eight times as long. What is allocated is counted, so that
/// the process which reads old workbooks can be bounded on every system.
#[global_allocator]
static MEMORY: cap::Cap<mimalloc::MiMalloc> = cap::Cap::new(mimalloc::MiMalloc, usize::MAX);

fn main() -> ExitCode {
    desireline::cli::run(std::env::args_os(), bound_memory)
}

/// Lets this process allocate so many bytes and no more.
fn bound_memory(bytes: usize) {
    // Where more is taken already, there is nothing to read with.
    MEMORY.set_limit(bytes).unwrap_or_default();
}
