//! Real survey files, which are not part of the project. A test that reads them is ignored with that reason, and
//! fails if it is run without them.

use std::path::{Path, PathBuf};

/// Returns the folder of the files: `DESIRELINE_DATA`, or a folder beside the checkout.
pub(crate) fn folder() -> PathBuf {
    let named = std::env::var_os("DESIRELINE_DATA").map_or_else(|| "../shared/data".into(), PathBuf::from);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(named);
    let is_there = folder.join("expected.json").exists();
    assert!(is_there, "no survey files in {}: name their folder in DESIRELINE_DATA", folder.display());
    folder
}
