//! The folder for data that must not be lost: on this computer, beside the settings, never beside the
//! document.

use std::path::{Path, PathBuf};

/// The environment variable that names another folder.
pub const VARIABLE: &str = "DESIRELINE_STATE";

/// Returns the folder for journals and earlier versions: the given one, the one the environment names, or the
/// user's own. `None` if the system has no home folder.
pub fn state_folder(given: Option<&Path>) -> Option<PathBuf> {
    let own = || Some(directories::ProjectDirs::from("", "", "desireline")?.data_local_dir().to_owned());
    given.map(Path::to_owned).or_else(folder_from_environment).or_else(own)
}

/// Returns the folder that the environment names.
pub(super) fn folder_from_environment() -> Option<PathBuf> {
    std::env::var_os(VARIABLE).filter(|name| !name.is_empty()).map(PathBuf::from)
}

/// Returns the user's home folder; `None` if the system has none.
pub fn home_folder() -> Option<PathBuf> {
    directories::UserDirs::new().map(|own| own.home_dir().to_owned())
}
