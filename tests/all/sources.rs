//! The Rust sources of the program, the engine and the tests, for the tests that read them as text.

use std::path::{Path, PathBuf};

/// The crates of the house, with the folders of their sources.
pub(crate) const CRATES: [(&str, &str); 2] = [("desireline", "src"), ("engine", "crates/engine/src")];

/// Returns the top folder of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the Rust files in a folder and below it, sorted.
pub(crate) fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A source file of the program or the engine.
pub(crate) struct Source {
    /// The path of its module below the folder of its crate: `model/range`; a folder's `mod.rs` has the folder's.
    pub(crate) place: String,
    pub(crate) text: String,
}

/// Returns the sources in a folder of [`CRATES`].
pub(crate) fn sources_of(home: &str) -> impl Iterator<Item = Source> {
    let folder = root().join(home);
    rust_files(&folder).into_iter().map(move |path| {
        let below = path.strip_prefix(&folder).expect("below the folder").with_extension("");
        let place = below.to_string_lossy().replace('\\', "/");
        let place = place.strip_suffix("/mod").unwrap_or(&place).to_owned();
        Source { place, text: std::fs::read_to_string(&path).expect("source is text") }
    })
}

/// Returns all sources of the program and the engine.
pub(crate) fn house() -> Vec<Source> {
    CRATES.iter().flat_map(|(_, home)| sources_of(home)).collect()
}
