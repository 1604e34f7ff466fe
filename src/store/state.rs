//! Where the program keeps what it must not lose: on this computer, beside the settings, never beside the document.

use std::path::{Path, PathBuf};

/// The environment variable that names another folder.
pub const VARIABLE: &str = "DESIRELINE_STATE";

/// The folder for journals and earlier versions: the one given, the one the environment names, or the user's own.
/// None where the system knows no home.
pub fn folder(given: Option<&Path>) -> Option<PathBuf> {
    let own = || Some(directories::ProjectDirs::from("", "", "desireline")?.data_local_dir().to_owned());
    given.map(Path::to_owned).or_else(named).or_else(own)
}

/// The folder that the environment names.
pub(super) fn named() -> Option<PathBuf> {
    std::env::var_os(VARIABLE).filter(|name| !name.is_empty()).map(PathBuf::from)
}

/// The user's own folder. None where the system knows none.
pub fn home() -> Option<PathBuf> {
    directories::UserDirs::new().map(|own| own.home_dir().to_owned())
}
