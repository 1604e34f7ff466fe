//! Archives that are workbooks, read within limits: no part is written anywhere, and what a part unpacks to is
//! counted while it is unpacked, whatever the archive declares.

use super::blocks::{Blocks, Feed};
use super::error::{Limit, ReadError};
use super::progress::Progress;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zip::ZipArchive;

/// The most parts an archive may have.
const PARTS: usize = 10_000;
/// The most bytes a part may unpack to.
const UNPACKED: u64 = 4 << 30;
/// The most bytes a packed byte may unpack to, once the first `FREE` bytes are there. Real sheets stay below 30.
const RATIO: u64 = 200;
const FREE: u64 = 10 << 20;
/// Length of the record that ends an archive, and the longest comment behind it.
const END: usize = 22;
const COMMENT: u64 = 0xFFFF;

/// What an archive holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// A workbook of parts in XML.
    Xlsx,
    /// A workbook of binary parts, or an OpenDocument one.
    OldWorkbook,
    /// Something else.
    Other,
}

/// An archive.
pub(super) struct Package {
    path: PathBuf,
    archive: ZipArchive<BufReader<File>>,
}

impl Package {
    pub(super) fn open(path: &Path) -> Result<Self, ReadError> {
        let mut file = File::open(path)?;
        if declared_parts(&mut file)? > PARTS {
            return Err(ReadError::Refused(Limit::Parts));
        }
        let archive = ZipArchive::new(BufReader::new(file)).map_err(|error| damaged(&error))?;
        if archive.len() > PARTS {
            return Err(ReadError::Refused(Limit::Parts));
        }
        Ok(Self { path: path.to_owned(), archive })
    }

    pub(super) fn has(&self, part: &str) -> bool {
        self.archive.index_for_name(part).is_some()
    }

    pub(super) fn content(&self) -> Content {
        if self.has("xl/workbook.bin") || (self.has("content.xml") && self.has("mimetype")) {
            Content::OldWorkbook
        } else if self.has("[Content_Types].xml")
            && self.archive.file_names_raw().any(|name| name.starts_with(b"xl/"))
        {
            Content::Xlsx
        } else {
            Content::Other
        }
    }

    /// The unpacked bytes of a part. The hash at their end is that of the whole archive where `hashed`.
    pub(super) fn part(
        &self,
        name: &str,
        progress: &Arc<Progress>,
        hashed: bool,
    ) -> Result<Blocks, ReadError> {
        let (path, name, progress) = (self.path.clone(), name.to_owned(), Arc::clone(progress));
        Blocks::start(move |feed| {
            let mut package = Self::open(&path)?;
            package.unpack(&name, feed, &progress)?;
            if hashed { hash(&path) } else { Ok(blake3::Hash::from_bytes([0; 32])) }
        })
    }

    fn unpack(&mut self, name: &str, feed: &Feed, progress: &Progress) -> Result<(), ReadError> {
        let mut part = self.archive.by_name(name).map_err(|error| damaged(&error))?;
        let (declared, packed) = (part.size(), part.compressed_size());
        let mut unpacked = 0;
        loop {
            let block = feed.fill(&mut part).map_err(damaged_part)?;
            if block.is_empty() {
                return Ok(());
            }
            unpacked += block.len() as u64;
            if unpacked > UNPACKED || (unpacked > FREE && unpacked / RATIO > packed) {
                return Err(ReadError::Refused(Limit::Unpacked));
            }
            if !progress.goes_on(unpacked, declared) {
                return Err(ReadError::Cancelled);
            }
            feed.send(block)?;
        }
    }
}

fn damaged(error: &zip::result::ZipError) -> ReadError {
    ReadError::Damaged(error.to_string())
}

/// What can't be unpacked is damaged; the disk that can't be read is something else, but looks the same from here.
fn damaged_part(error: ReadError) -> ReadError {
    match error {
        ReadError::Io(error) => ReadError::Damaged(error.to_string()),
        other => other,
    }
}

/// The hash of a file's bytes.
pub(super) fn hash(path: &Path) -> Result<blake3::Hash, ReadError> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(hasher.finalize())
}

/// How many parts the end of an archive declares, so that none is looked at where there are too many.
fn declared_parts(file: &mut File) -> Result<usize, ReadError> {
    let length = file.seek(SeekFrom::End(0))?;
    let tail = length.min(COMMENT + END as u64);
    file.seek(SeekFrom::Start(length - tail))?;
    let mut bytes = Vec::new();
    file.by_ref().take(tail).read_to_end(&mut bytes)?;
    file.rewind()?;
    let at = bytes.windows(END).rposition(|window| window.starts_with(b"PK\x05\x06"));
    let declared = at.and_then(|at| bytes.get(at + 10..at + 12)).map(|both| both.iter().rev());
    Ok(declared.map_or(0, |both| both.fold(0, |sum, byte| sum << 8 | usize::from(*byte))))
}
