//! The journal's byte format: a mark, then records of length, checksum, sequence number and content.

use std::io::{self, Read};

use crate::store::load::MAX_BYTES;

/// The mark at the start of every journal.
pub(super) const MARK: &[u8] = b"Desireline journal\n";
/// Length of a record's header, in bytes.
const HEAD: usize = 16;

/// Appends a record to bytes to be written. Returns false and appends nothing if it is too large to read.
pub(super) fn append_frame(seq: u64, content: &[u8], out: &mut Vec<u8>) -> bool {
    let Some(length) = u32::try_from(content.len()).ok().filter(|length| u64::from(*length) <= MAX_BYTES)
    else {
        return false;
    };
    out.extend(length.to_le_bytes());
    out.extend(checksum(length, seq, content).to_le_bytes());
    out.extend(seq.to_le_bytes());
    out.extend(content);
    true
}

/// Returns a checksum over length and sequence number too, so that no damaged byte goes unnoticed.
fn checksum(length: u32, seq: u64, content: &[u8]) -> u32 {
    let sum = crc32c::crc32c_append(crc32c::crc32c(&length.to_le_bytes()), &seq.to_le_bytes());
    crc32c::crc32c_append(sum, content)
}

/// A record with a valid checksum.
pub(super) struct JournalFrame {
    pub(super) seq: u64,
    pub(super) content: Vec<u8>,
}

/// The next item in a journal.
pub(super) enum NextFrame {
    /// A record.
    Frame(JournalFrame),
    /// The end, directly after a whole record.
    End,
    /// Bytes that are no whole record; nothing after them can be trusted.
    Bad,
}

/// Reads one record; allocates no more memory than there are bytes, whatever length it declares.
///
/// # Errors
/// Returns an error if the disk fails, which does not mean that the record is damaged.
pub(super) fn read_frame(from: &mut impl Read) -> io::Result<NextFrame> {
    let mut head = Vec::with_capacity(HEAD);
    match read_up_to(from, HEAD as u64, &mut head)? {
        0 => return Ok(NextFrame::End),
        HEAD => {}
        _ => return Ok(NextFrame::Bad),
    }
    let [length, sum] = [&head[..4], &head[4..8]].map(|bytes| u32::from_le_bytes(to_array(bytes)));
    let seq = u64::from_le_bytes(to_array(&head[8..]));
    let mut content = Vec::new();
    let whole = u64::from(length) <= MAX_BYTES
        && read_up_to(from, length.into(), &mut content)? as u64 == u64::from(length)
        && checksum(length, seq, &content) == sum;
    Ok(if whole { NextFrame::Frame(JournalFrame { seq, content }) } else { NextFrame::Bad })
}

/// Returns true if this begins as a journal; `None` if it is empty.
///
/// # Errors
/// Returns an error if the disk fails.
pub(super) fn has_journal_mark(from: &mut impl Read) -> io::Result<Option<bool>> {
    let mut mark = Vec::new();
    let read = read_up_to(from, MARK.len() as u64, &mut mark)?;
    Ok((read > 0).then_some(mark == MARK))
}

fn read_up_to(from: &mut impl Read, count: u64, into: &mut Vec<u8>) -> io::Result<usize> {
    from.take(count).read_to_end(into)
}

fn to_array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.try_into().unwrap_or([0; N])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the readable contents of a journal's bytes, and true if unreadable bytes follow.
    fn read(mut bytes: &[u8]) -> (Vec<Vec<u8>>, bool) {
        let mut contents = Vec::new();
        if has_journal_mark(&mut bytes).unwrap() != Some(true) {
            return (contents, true);
        }
        loop {
            match read_frame(&mut bytes).unwrap() {
                NextFrame::Frame(frame) => contents.push(frame.content),
                NextFrame::End => return (contents, false),
                NextFrame::Bad => return (contents, true),
            }
        }
    }

    #[test]
    fn whatever_byte_is_damaged_all_records_before_it_are_read_and_none_after() {
        let contents: Vec<Vec<u8>> = (0..50_u8).map(|n| vec![n; usize::from(n) * 3]).collect();
        let mut bytes = MARK.to_vec();
        let mut ends = Vec::new();
        for (seq, content) in contents.iter().enumerate() {
            assert!(append_frame(seq as u64, content, &mut bytes));
            ends.push(bytes.len());
        }
        assert_eq!(read(&bytes), (contents.clone(), false));
        for at in 0..bytes.len() {
            let whole = ends.iter().filter(|end| **end <= at).count();
            for flip in [1, 0x80, 0xff] {
                bytes[at] ^= flip;
                assert_eq!(read(&bytes), (contents[..whole].to_vec(), true), "byte {at} ^ {flip:x}");
                bytes[at] ^= flip;
            }
            let clean = at == MARK.len() || ends.contains(&at);
            assert_eq!(read(&bytes[..at]), (contents[..whole].to_vec(), !clean), "cut at {at}");
        }
    }

    #[test]
    fn a_record_that_lies_about_its_length_costs_no_memory() {
        let mut bytes = MARK.to_vec();
        bytes.extend([0xff; HEAD]);
        bytes.extend([0; 100]);
        assert_eq!(read(&bytes), (Vec::new(), true));
    }
}
