//! What is fuzzed: each target takes any bytes and fails by a panic. They are run by libFuzzer (`fuzz/run.sh`) and, on
//! a committed corpus and a few mutations of it, by `cargo test`.

mod draw;
mod edits;
mod exchange;
mod feedback;
mod journal;
mod project;
mod workbook;

use std::path::{Path, PathBuf};

/// A target's name and what it does.
pub(crate) type Target = (&'static str, fn(&[u8]));

/// All targets.
pub(crate) const TARGETS: &[Target] = &[
    ("project", project::project),
    ("recipe", project::recipe),
    ("paste", project::paste),
    ("picture", project::picture),
    ("draw", draw::draw),
    ("journal", journal::journal),
    ("csv", feedback::csv),
    ("comment", feedback::comment),
    ("workbook", workbook::workbook),
    ("mermaid", exchange::mermaid),
    ("outline", exchange::outline),
    ("table", exchange::table),
    ("merge", edits::merge_triple),
    ("edits", edits::script),
];

/// A path of this process, in memory where the system has such a place.
fn scratch(ending: &str) -> PathBuf {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    folder.join(format!("desireline-fuzz-{}.{ending}", std::process::id()))
}
