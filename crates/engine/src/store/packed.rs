//! Compressed copies of documents: as small as is possible at high speed, and never larger than expected when
//! unpacked.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

/// Compression level, from 0 to 9: our text shrinks to a tenth, at some 100 MB a second.
const LEVEL: u32 = 3;

/// Packs bytes, and appends them to `out`.
pub(super) fn pack_bytes(bytes: &[u8], out: Vec<u8>) -> io::Result<Vec<u8>> {
    let mut packer = ZlibEncoder::new(out, Compression::new(LEVEL));
    packer.write_all(bytes)?;
    packer.finish()
}

/// Unpacks; `None` if the result exceeds `most` bytes.
pub(super) fn unpack_bytes(packed: impl Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    ZlibDecoder::new(packed).take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}
