//! The program from a cold start: a template drawn into a picture, from process to file.

use crate::table::{Table, Times, note};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// Starts of each kind.
const RUNS: usize = 15;

/// Runs the program and tells how long it took; none where it failed.
fn start(args: &[&Path]) -> Option<Duration> {
    let begin = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_desireline")).args(args).output().ok()?;
    output.status.success().then(|| begin.elapsed())
}

fn starts(args: &[&Path]) -> Times {
    Times::from((0..RUNS).filter_map(|_| start(args)).collect())
}

/// Time on the wall of `export` for a template, against a start that only prints names.
pub(crate) fn run(table: &mut Table) {
    let folder = tempfile::tempdir().expect("a folder for the measured files");
    let file = folder.path().join("airline.ron");
    let picture = folder.path().join("airline.png");
    let [new, flag, name, output] = ["new", "--template", "airline", "-o"].map(Path::new);
    let new = start(&[new, flag, name, output, &file]);
    if new.is_none() {
        println!("| the program makes no template; its start was not measured | | | | | | |");
        return;
    }
    let bare = starts(&[Path::new("templates")]);
    note("start, list the templates", &bare, "");
    let export = starts(&[Path::new("export"), &file, Path::new("-o"), &picture]);
    let ratio = export.ratio(&bare);
    table.gate("start, export a template as PNG", &export, "300 ms", ratio, (100.0, "a bare start"));
}
