//! Tables of text, packed with gzip or not: from bytes to rows.

use super::GZIP;
use super::blocks::{Blocks, Feed};
use super::decode::{TextDecoder, TextFacts};
use super::delimited::Delimited;
use super::encoding::Encoding;
use super::error::{Limit, TableError};
use super::known_format::KnownFormat;
use super::markup::Markup;
use super::options::{Dialect, Options};
use super::progress::ReadProgress;
use super::sniff::{is_binary, sniff_format};
use super::stamp::Stamp;
use super::table::{RowSource, SurveyTable};
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The most bytes that a packed byte may unpack to, beyond the first `FREE` bytes. Real tables stay below 30.
const RATIO: u64 = 200;
const FREE: u64 = 10 << 20;

/// A source of bytes that are decoded to text.
pub(super) struct ByteSource {
    bytes: Box<dyn Read + Send>,
    /// The number of bytes of the file that were read, and its length.
    read: Arc<AtomicU64>,
    total: u64,
    /// The file, with its stamp when it was opened.
    origin: Option<(File, Stamp)>,
    /// The path under which the bytes can be read again.
    path: Option<PathBuf>,
}

impl ByteSource {
    /// Creates a source of bytes of unknown length.
    pub(super) fn from_bytes(bytes: impl Read + Send + 'static) -> Self {
        let read = Arc::default();
        let bytes = Box::new(Counting { inner: bytes, read: Arc::clone(&read) });
        Self { bytes, read, total: u64::MAX, origin: None, path: None }
    }

    /// Creates a source from a file.
    pub(super) fn from_file(path: &Path) -> Result<Self, TableError> {
        let mut file = File::open(path)?;
        let stamp = Stamp::of_file(&file)?;
        let mut start = Vec::new();
        file.by_ref().take(GZIP.len() as u64).read_to_end(&mut start)?;
        file.rewind()?;
        let origin = Some((file.try_clone()?, stamp));
        let source = Self {
            total: stamp.byte_length(),
            origin,
            path: Some(path.to_owned()),
            ..Self::from_bytes(file)
        };
        Ok(if start == GZIP { source.unpack_gzip() } else { source })
    }

    /// Creates a source from a member of an archive with `total` bytes.
    pub(super) fn from_member(bytes: Blocks, total: u64, is_packed: bool) -> Self {
        let source = Self { total, ..Self::from_bytes(bytes) };
        if is_packed { source.unpack_gzip() } else { source }
    }

    fn unpack_gzip(self) -> Self {
        let bytes = Box::new(MultiGzDecoder::new(BufReader::with_capacity(64 << 10, self.bytes)));
        Self { bytes, ..self }
    }

    /// Reads to the end: hashes, decodes and sends block after block.
    fn send_blocks(
        mut self,
        mut decoder: TextDecoder,
        feed: &Feed,
        progress: &ReadProgress,
    ) -> Result<blake3::Hash, TableError> {
        let mut hasher = blake3::Hasher::new();
        let mut unpacked = 0;
        loop {
            let block = feed.fill_block(&mut self.bytes)?;
            if unpacked == 0
                && let Some(format) = KnownFormat::from_bytes(&block)
            {
                return Err(TableError::Foreign(format));
            }
            let end = block.is_empty();
            let read = self.read.load(Ordering::Relaxed);
            unpacked += block.len() as u64;
            if unpacked > FREE && unpacked / RATIO > read {
                return Err(TableError::Refused(Limit::Unpacked));
            }
            if !progress.report_read(read, self.total) {
                return Err(TableError::Cancelled);
            }
            hasher.update(&block);
            feed.send_block(decoder.decode_block(block))?;
            if end {
                if let Some((file, stamp)) = &self.origin {
                    stamp.check_unchanged(Stamp::of_file(file)?)?;
                }
                return Ok(hasher.finalize());
            }
        }
    }
}

/// A reader that counts its bytes.
struct Counting<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Starts decoding a source. Returns the text, and the facts that decoding finds out about it.
pub(super) fn start_decoding(
    source: ByteSource,
    encoding: Option<Encoding>,
    progress: &Arc<ReadProgress>,
) -> Result<(Blocks, Arc<TextFacts>), TableError> {
    let facts: Arc<TextFacts> = Arc::default();
    let decoder = TextDecoder::new(encoding, Arc::clone(&facts));
    let watched = Arc::clone(progress);
    let blocks = Blocks::start_thread(move |feed| source.send_blocks(decoder, feed, &watched))?;
    Ok((blocks, facts))
}

/// Opens a text source as a table.
pub(super) fn open(
    source: ByteSource,
    options: &Options,
    progress: &Arc<ReadProgress>,
) -> Result<SurveyTable, TableError> {
    let path = source.path.clone();
    let (mut blocks, facts) = start_decoding(source, options.encoding, progress)?;
    let head = blocks.available_bytes()?;
    if head.is_empty() {
        return Err(TableError::Empty);
    }
    if let Some(format) = KnownFormat::from_bytes(head) {
        return Err(TableError::Foreign(format));
    }
    if let Some(markup) = Markup::from_head(head) {
        return markup.open(blocks, facts, options, (path.as_deref(), progress));
    }
    if is_binary(head) {
        return Err(TableError::NotATable);
    }
    let seen = sniff_format(head, options);
    blocks.consume_bytes(seen.skipped);
    let dialect = Dialect {
        encoding: Some(Encoding::UTF_8),
        delimiter: Some(seen.delimiter),
        decimal_comma: seen.decimal_comma,
        ..Dialect::default()
    };
    let rows = Delimited::new(blocks, seen.delimiter, seen.end, u64::from(seen.skipped > 0));
    SurveyTable::begin_table(RowSource::Text(Box::new(rows)), dialect, facts, options)
}
