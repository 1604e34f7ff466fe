//! The `desireline` program: the window, and the same engine on the command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    desireline::cli::run(std::env::args_os())
}
