//! ZIP archives, which workbooks are, read within limits: no part is written to disk, and unpacked bytes are
//! counted while unpacking, whatever the archive declares.

use super::blocks::{Blocks, Feed};
use super::error::{Limit, TableError};
use super::known_format::KnownFormat;
use super::progress::ReadProgress;
use super::stamp::Stamp;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

/// The most parts of an archive.
const PARTS: usize = 10_000;
/// The most bytes that a part may unpack to.
const UNPACKED: u64 = 4 << 30;
/// The most bytes a packed byte may unpack to, once the first `FREE` bytes are there. Real sheets stay below
/// 30.
const RATIO: u64 = 100;
const FREE: u64 = 10 << 20;
/// The bytes that texts used several times may take together in any case.
const REPEATED: u64 = 1 << 30;
/// Length of the record at the end of an archive, and of the longest comment after it.
const END: usize = 22;
const COMMENT: u64 = 0xFFFF;
/// The hash of streams whose hash is not needed.
const NO_HASH: blake3::Hash = blake3::Hash::from_bytes([0; 32]);

/// The kind of content of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// A workbook with parts in XML.
    Xlsx,
    /// A workbook with binary parts, or an OpenDocument one.
    OldWorkbook,
    /// A document in a known but unsupported format.
    Foreign(KnownFormat),
    /// Something else.
    Other,
}

/// A file in an archive.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// Its name with its folders.
    pub(super) name: String,
    /// Its place in the archive.
    place: usize,
    /// Its declared unpacked size.
    pub(super) bytes: u64,
    /// True if it is protected by a password.
    pub(super) encrypted: bool,
}

/// An archive.
pub(super) struct Package {
    path: PathBuf,
    stamp: Stamp,
    archive: ZipArchive<BufReader<File>>,
}

impl Package {
    pub(super) fn open(path: &Path) -> Result<Self, TableError> {
        let mut file = File::open(path)?;
        let stamp = Stamp::of_file(&file)?;
        // The end of an archive lists its parts: without it, the file is truncated.
        let declared =
            declared_parts(&mut file)?.ok_or(TableError::Foreign(KnownFormat::UnfinishedDownload))?;
        if declared > PARTS {
            return Err(TableError::Refused(Limit::Parts));
        }
        let archive = ZipArchive::new(BufReader::new(file)).map_err(|error| damaged_archive(&error))?;
        if archive.len() > PARTS {
            return Err(TableError::Refused(Limit::Parts));
        }
        Ok(Self { path: path.to_owned(), stamp, archive })
    }

    /// The most bytes that its content may be repeated to, for texts that are stored once and used often.
    pub(super) fn most_repeated(&self) -> u64 {
        self.stamp.byte_length().saturating_mul(RATIO).max(REPEATED)
    }

    pub(super) fn has_part(&self, part: &str) -> bool {
        self.archive.index_for_name(part).is_some()
    }

    pub(super) fn detect_content(&self) -> Content {
        if self.has_part("xl/workbook.bin") || (self.has_part("content.xml") && self.has_part("mimetype")) {
            Content::OldWorkbook
        } else if self.has_part("[Content_Types].xml")
            && self.archive.file_names_raw().any(|name| name.starts_with(b"xl/"))
        {
            Content::Xlsx
        } else {
            self.detect_document().map_or(Content::Other, Content::Foreign)
        }
    }

    /// Detects a document that is packed like a workbook.
    fn detect_document(&self) -> Option<KnownFormat> {
        let has = |fits: &dyn Fn(&[u8]) -> bool| self.archive.file_names_raw().any(fits);
        if has(&|name| name.starts_with(b"Index/") && name.ends_with(b".iwa"))
            || has(&|name| name.ends_with(b"Index.zip"))
        {
            Some(KnownFormat::Numbers)
        } else if self.has_part("word/document.xml") {
            Some(KnownFormat::Document)
        } else {
            self.has_part("ppt/presentation.xml").then_some(KnownFormat::Slides)
        }
    }

    /// Lists the files in the archive, without folders.
    pub(super) fn list_members(&self) -> Result<Vec<Member>, TableError> {
        let mut members = Vec::new();
        for place in 0..self.archive.len() {
            let entry = self.archive.by_index_data(place).map_err(|error| damaged_archive(&error))?;
            if entry.is_dir() {
                continue;
            }
            let raw = entry.name_raw().to_vec();
            // A name without the UTF-8 flag is in the encoding of the computer that packed it.
            let name = super::decode::decode_text(raw.clone())
                .unwrap_or_else(|| String::from_utf8_lossy(&raw).into_owned());
            members.push(Member { name, place, bytes: entry.size(), encrypted: entry.encrypted() });
        }
        Ok(members)
    }

    /// Opens the unpacked bytes of a member.
    pub(super) fn open_member(
        &self,
        member: &Member,
        progress: &Arc<ReadProgress>,
    ) -> Result<Blocks, TableError> {
        let path = self.path.clone();
        let stamp = self.stamp;
        let progress = Arc::clone(progress);
        let Member { name, place, .. } = member.clone();
        Blocks::start_thread(move |feed| {
            let mut package = Self::open(&path)?;
            let whole = std::fs::metadata(&path)?.len();
            match package.archive.by_index(place) {
                Ok(part) => unpack(part, whole, feed, &progress)?,
                Err(ZipError::UnsupportedArchive(_)) => return Err(TableError::PackedOtherwise { name }),
                Err(error) => return Err(damaged_archive(&error)),
            }
            stamp.check_unchanged(Stamp::of_path(&path)?)?;
            Ok(NO_HASH)
        })
    }

    /// Opens the unpacked bytes of a part. If `hashed`, the hash at their end is that of the whole archive.
    pub(super) fn open_part(
        &self,
        name: &str,
        progress: &Arc<ReadProgress>,
        hashed: bool,
    ) -> Result<Blocks, TableError> {
        let path = self.path.clone();
        let name = name.to_owned();
        let progress = Arc::clone(progress);
        let stamp = self.stamp;
        Blocks::start_thread(move |feed| {
            let mut package = Self::open(&path)?;
            stamp.check_unchanged(package.stamp)?;
            let whole = std::fs::metadata(&path)?.len();
            let part = package.archive.by_name(&name).map_err(|error| damaged_archive(&error))?;
            unpack(part, whole, feed, &progress)?;
            let hash = if hashed { hash_file(&path)? } else { NO_HASH };
            stamp.check_unchanged(Stamp::of_path(&path)?)?;
            Ok(hash)
        })
    }
}

/// Hands on what a part of an archive of so many bytes unpacks to, within the limits.
fn unpack(
    mut part: ZipFile<'_, BufReader<File>>,
    whole: u64,
    feed: &Feed,
    progress: &ReadProgress,
) -> Result<(), TableError> {
    // A part may declare to be larger than its archive.
    let declared = part.size();
    let packed = part.compressed_size().min(whole);
    let mut unpacked = 0;
    loop {
        let block = feed.fill_block(&mut part).map_err(damaged_part)?;
        if block.is_empty() {
            return Ok(());
        }
        unpacked += block.len() as u64;
        if unpacked > UNPACKED || (unpacked > FREE && unpacked / RATIO > packed) {
            return Err(TableError::Refused(Limit::Unpacked));
        }
        if !progress.report_read(unpacked, declared) {
            return Err(TableError::Cancelled);
        }
        feed.send_block(block)?;
    }
}

fn damaged_archive(error: &zip::result::ZipError) -> TableError {
    TableError::Damaged(error.to_string())
}

/// Converts an error of unpacking. An unreadable disk is something else, but looks the same from here.
fn damaged_part(error: TableError) -> TableError {
    match error {
        TableError::Io(error) => TableError::Damaged(error.to_string()),
        TableError::EndsEarly => TableError::Damaged("a part ends early".to_owned()),
        other => other,
    }
}

/// Hashes the content of a file.
pub(super) fn hash_file(path: &Path) -> Result<blake3::Hash, TableError> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(hasher.finalize())
}

/// Reads the number of parts that the end of an archive declares, so that an archive with too many is
/// rejected unread; `None` if the end is missing.
fn declared_parts(file: &mut File) -> Result<Option<usize>, TableError> {
    let length = file.seek(SeekFrom::End(0))?;
    let tail = length.min(COMMENT + END as u64);
    file.seek(SeekFrom::Start(length - tail))?;
    let mut bytes = Vec::new();
    file.by_ref().take(tail).read_to_end(&mut bytes)?;
    file.rewind()?;
    let at = bytes.windows(END).rposition(|window| window.starts_with(b"PK\x05\x06"));
    let declared = at.and_then(|at| bytes.get(at + 10..at + 12)).map(|both| both.iter().rev());
    Ok(declared.map(|both| both.fold(0, |sum, byte| sum << 8 | usize::from(*byte))))
}
