//! Paths in our own small files: as text if they are text, else as bytes on systems with such names.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// A path in serialisable form; empty if there is none.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename = "Path", default)]
pub(super) struct WrittenPath {
    text: String,
    bytes: Vec<u8>,
}

impl WrittenPath {
    /// Converts a path.
    pub(super) fn from_path(path: Option<&Path>) -> Self {
        match path.map(|path| (path, path.to_str())) {
            None => Self::default(),
            Some((_, Some(text))) => Self { text: text.to_owned(), bytes: Vec::new() },
            Some((path, None)) => Self { text: String::new(), bytes: bytes_of(path) },
        }
    }

    /// Returns the path.
    pub(super) fn into_path(self) -> Option<PathBuf> {
        let path = if self.bytes.is_empty() { PathBuf::from(self.text) } else { path_of(self.bytes) };
        Some(path).filter(|path| !path.as_os_str().is_empty())
    }
}

#[cfg(unix)]
fn bytes_of(path: &Path) -> Vec<u8> {
    std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec()
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    <std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes).into()
}

/// Elsewhere such a path is stored as text, as well as it can be converted.
#[cfg(not(unix))]
fn bytes_of(path: &Path) -> Vec<u8> {
    path.to_string_lossy().into_owned().into_bytes()
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_path_comes_back() {
        let back = |path: Option<PathBuf>| WrittenPath::from_path(path.as_deref()).into_path();
        let mut paths = vec![None, Some(PathBuf::from("/旅程/a \"b\"\n.ron"))];
        #[cfg(unix)]
        paths.push(Some(path_of(b"/\xff\xfe".to_vec())));
        for path in paths {
            assert_eq!(back(path.clone()), path);
        }
    }
}
