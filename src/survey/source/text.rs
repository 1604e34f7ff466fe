//! Tables of text, packed with gzip or not: bytes to rows.

use super::blocks::{Blocks, Feed};
use super::decode::Decoder;
use super::delimited::Delimited;
use super::encoding::Encoding;
use super::error::{Limit, ReadError};
use super::options::{Dialect, Options};
use super::progress::Progress;
use super::sniff::{is_binary, sniff};
use super::table::{Rows, Table};
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// The most bytes a packed byte may unpack to, once the first `FREE` bytes are there. Real tables stay below 30.
const RATIO: u64 = 200;
const FREE: u64 = 10 << 20;

/// Bytes that are to become text.
pub(super) struct Source {
    bytes: Box<dyn Read + Send>,
    /// How many bytes of the file were read, and how many it has.
    read: Arc<AtomicU64>,
    total: u64,
}

impl Source {
    /// Bytes of which nobody knows how many they are.
    pub(super) fn bytes(bytes: impl Read + Send + 'static) -> Self {
        let read = Arc::default();
        Self { bytes: Box::new(Counting { inner: bytes, read: Arc::clone(&read) }), read, total: u64::MAX }
    }

    /// The bytes of a file.
    pub(super) fn file(file: File, total: u64, packed: bool) -> Self {
        let mut source = Self { total, ..Self::bytes(file) };
        if packed {
            source.bytes = Box::new(MultiGzDecoder::new(BufReader::with_capacity(64 << 10, source.bytes)));
        }
        source
    }

    /// Reads all: hashes, decodes and hands on block after block.
    fn run(
        mut self,
        mut decoder: Decoder,
        feed: &Feed,
        progress: &Progress,
    ) -> Result<blake3::Hash, ReadError> {
        let mut hasher = blake3::Hasher::new();
        let mut unpacked = 0;
        loop {
            let block = feed.fill(&mut self.bytes)?;
            let (end, read) = (block.is_empty(), self.read.load(Ordering::Relaxed));
            unpacked += block.len() as u64;
            if unpacked > FREE && unpacked / RATIO > read {
                return Err(ReadError::Refused(Limit::Unpacked));
            }
            if !progress.goes_on(read, self.total) {
                return Err(ReadError::Cancelled);
            }
            hasher.update(&block);
            feed.send(decoder.text(block))?;
            if end {
                return Ok(hasher.finalize());
            }
        }
    }
}

/// Counts what is read.
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

/// Begins to read a table.
pub(super) fn open(source: Source, options: &Options, progress: &Arc<Progress>) -> Result<Table, ReadError> {
    let encoding: Arc<OnceLock<Encoding>> = Arc::default();
    let decoder = Decoder::new(options.encoding, Arc::clone(&encoding));
    let watched = Arc::clone(progress);
    let mut blocks = Blocks::start(move |feed| source.run(decoder, feed, &watched))?;
    let head = blocks.ready()?;
    if head.is_empty() {
        return Err(ReadError::Empty);
    }
    if is_binary(head) {
        return Err(ReadError::NotATable);
    }
    let seen = sniff(head, options);
    blocks.pass(seen.skipped);
    let dialect = Dialect {
        encoding: Some(Encoding::UTF_8),
        delimiter: Some(seen.delimiter),
        decimal_comma: seen.decimal_comma,
        ..Dialect::default()
    };
    let rows = Delimited::new(blocks, seen.delimiter, seen.end, u64::from(seen.skipped > 0));
    Table::begin(Rows::Text(Box::new(rows)), dialect, encoding, options)
}
