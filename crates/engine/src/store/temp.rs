//! The temporary file of a save: beside its target, named after host, process and a random number, so that it
//! is unique.

use std::ffi::OsStr;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::path::{Path, PathBuf};

use super::base::parent_folder;
use super::disk::Disk;

/// Maximum number of names to try; even one collision is a rare accident.
const MAX_TRIES: usize = 8;
/// Maximum length of the target's name in the temporary one; file systems limit names to 255 bytes.
const MAX_STEM: usize = 120;
/// Maximum length of the host's name in it.
const MAX_HOST: usize = 60;

/// Creates the temporary file for `target`; it did not exist before, so it is ours.
pub(super) fn create_temp<D: Disk>(disk: &D, target: &Path) -> io::Result<(PathBuf, D::Writer)> {
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for _ in 0..MAX_TRIES {
        let path = parent_folder(target).join(temp_name(target.file_name().unwrap_or_default()));
        match disk.create_new(&path) {
            Ok(file) => return Ok((path, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

fn temp_name(target: &OsStr) -> String {
    let target = target.to_string_lossy();
    let host: String = gethostname::gethostname()
        .to_string_lossy()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .take(MAX_HOST)
        .collect();
    let stem = &target[..target.floor_char_boundary(MAX_STEM)];
    let nonce = RandomState::new().build_hasher().finish();
    format!(".{stem}.{host}-{}-{nonce:016x}.tmp", std::process::id())
}
