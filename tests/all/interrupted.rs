//! Ctrl+C during long commands: they stop soon, say so, and leave no file behind.
#![cfg(unix)]

use crate::common::program;

use program::{command, expect};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The longest wait for the work to begin, on a busy machine.
const LONGEST: Duration = Duration::from_mins(1);

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    entries.map(|name| name.to_string_lossy().into_owned()).collect()
}

fn start(folder: &Path, arguments: &[&str]) -> Child {
    let mut command = command(folder, arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Asks it to end, as Ctrl+C does, which whoever runs the tests may ignore; returns the exit status and the
/// last line of standard error.
fn interrupt(mut child: Child) -> (Option<i32>, String) {
    assert_eq!(child.try_wait().unwrap(), None, "the work is under way");
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    let mut text = String::new();
    child.stderr.take().unwrap().read_to_string(&mut text).unwrap();
    (child.wait().unwrap().code(), text.lines().last().unwrap_or_default().to_owned())
}

fn stopped() -> (Option<i32>, String) {
    (Some(130), "Stopped, nothing was changed".to_owned())
}

#[test]
fn a_stopped_poster_leaves_the_old_picture_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    expect(at, 0, &["new", "--template", "airline", "-o", "trip.ron"]);
    std::fs::write(at.join("poster.png"), "old").unwrap();
    let before = names(at);
    let child = start(at, &["export", "trip.ron", "-o", "poster.png", "--width", "30000"]);
    let begun = Instant::now();
    while names(at) == before {
        assert!(begun.elapsed() < LONGEST, "it begins to write");
        std::thread::sleep(Duration::from_millis(2));
    }
    assert_eq!(interrupt(child), stopped());
    assert_eq!(names(at), before);
    assert_eq!(std::fs::read(at.join("poster.png")).unwrap(), b"old");
}

#[test]
fn a_stopped_import_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    expect(at, 0, &["new", "--template", "airline", "-o", "trip.ron"]);
    let feedback =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/airline-feedback.csv"));
    let feedback = feedback.unwrap();
    let (header, rows) = feedback.split_once('\n').unwrap();
    let rows = rows.repeat((60 << 20) / rows.len());
    std::fs::write(at.join("long.csv"), format!("{header}\n{rows}")).unwrap();
    let before = names(at);
    let mut child = start(at, &["import", "trip.ron", "--feedback", "long.csv", "-o", "scored.ron"]);
    // The mapping is printed after a look at the first rows; then all are read.
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    assert!(!line.is_empty());
    assert_eq!(interrupt(child), stopped());
    assert_eq!(names(at), before);
}
