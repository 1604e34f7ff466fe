//! Copies of documents, packed: as small as it goes without being slow, and never larger than expected when unpacked.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

/// How hard it is tried, of 9: text of ours shrinks to a tenth, some 100 MB a second.
const LEVEL: u32 = 3;

/// Packs bytes behind what `out` holds already.
pub(super) fn pack(bytes: &[u8], out: Vec<u8>) -> io::Result<Vec<u8>> {
    let mut packer = ZlibEncoder::new(out, Compression::new(LEVEL));
    packer.write_all(bytes)?;
    packer.finish()
}

/// Unpacks; none where that gives more than `most` bytes.
pub(super) fn unpack(packed: impl Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    ZlibDecoder::new(packed).take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}
