//! Decodes bytes of any encoding to UTF-8, block by block. UTF-8 text is passed on unchanged.

use super::encoding::Encoding;
use super::markup::declared_encoding;
use encoding_rs::DecoderResult;
use memchr::{memchr_iter, memrchr};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Marks bytes that are invalid in the encoding: this byte never occurs in UTF-8, so the row reader finds and
/// locates it.
const BROKEN: u8 = 0xFF;

/// The most bytes of a line that wait for its end.
const LINE: usize = 1 << 20;

/// Facts about a text that are found while it is decoded; shared with the code that reports them.
#[derive(Debug, Default)]
pub(super) struct TextFacts {
    encoding: OnceLock<Encoding>,
    mixed: Mutex<Option<MixedLines>>,
}

/// Lines in a different encoding than the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MixedLines {
    /// The number of the first one, from 1.
    pub(super) first: u64,
    /// The number of such lines.
    pub(super) count: u64,
    pub(super) encoding: Encoding,
}

impl TextFacts {
    /// The encoding, once a non-ASCII character was seen.
    pub(super) fn encoding(&self) -> Option<Encoding> {
        self.encoding.get().copied()
    }

    /// The lines in another encoding found so far.
    pub(super) fn mixed_lines(&self) -> Option<MixedLines> {
        *self.mixed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add_mixed(&self, line: u64, encoding: Encoding) {
        let mut mixed = self.mixed.lock().unwrap_or_else(PoisonError::into_inner);
        mixed.get_or_insert(MixedLines { first: line, count: 0, encoding }).count += 1;
    }
}

/// Turns blocks of bytes into blocks of UTF-8.
///
/// A text with only ASCII so far is undecided: the first block with other bytes decides. An encoding that a
/// person chose is always used, and invalid bytes become `�`. Under a detected encoding, whole lines that are
/// certainly in another encoding are decoded in that; otherwise invalid bytes make the read fail.
pub(super) struct TextDecoder {
    named: bool,
    facts: Arc<TextFacts>,
    inner: Option<encoding_rs::Decoder>,
    started: bool,
    /// The encoding that the document declares.
    declared: Option<Encoding>,
    /// The beginning of a line that continues in the next block.
    begun: Vec<u8>,
    /// The number of lines decoded.
    lines: u64,
}

impl TextDecoder {
    pub(super) fn new(named: Option<Encoding>, facts: Arc<TextFacts>) -> Self {
        let mut decoder = Self {
            named: named.is_some(),
            facts,
            inner: None,
            started: false,
            declared: None,
            begun: Vec::new(),
            lines: 0,
        };
        if let Some(named) = named {
            decoder.set_encoding(named);
        }
        decoder
    }

    fn set_encoding(&mut self, encoding: Encoding) {
        let encoding = *self.facts.encoding.get_or_init(|| encoding);
        if !encoding.is_utf8() || self.named {
            self.inner = Some(encoding.new_decoder());
        }
    }

    /// Returns the declared encoding of the document, unless its text proves to be UTF-8.
    fn declared_or_guessed(&self, guessed: Encoding) -> Encoding {
        match self.declared {
            Some(declared) if !declared.is_utf8() && !declared.is_wide() && !guessed.is_utf8() => declared,
            _ => guessed,
        }
    }

    /// Decodes the next block; an empty block marks the end.
    pub(super) fn decode_block(&mut self, mut block: Vec<u8>) -> Vec<u8> {
        let first = !std::mem::replace(&mut self.started, true);
        if self.facts.encoding().is_none() {
            let by_mark = if first { Encoding::detect_by_mark(&block) } else { None };
            if first {
                self.declared = declared_encoding(&block);
            }
            match by_mark {
                Some(encoding) => self.set_encoding(encoding),
                None if block.is_ascii() => {}
                None => self.set_encoding(self.declared_or_guessed(Encoding::guess_from(&block))),
            }
        }
        block = match self.facts.encoding() {
            None => {
                self.lines += memchr_iter(b'\n', &block).count() as u64;
                block
            }
            Some(encoding) if self.named || encoding.is_wide() => match &mut self.inner {
                Some(decoder) => decode_bytes(decoder, &block, self.named),
                None => block,
            },
            Some(encoding) => self.decode_whole_lines(block, encoding),
        };
        if first && block.starts_with("\u{feff}".as_bytes()) {
            block.drain(..'\u{feff}'.len_utf8());
        }
        block
    }

    /// Decodes the lines that end in this block. A line that continues waits for the next block.
    fn decode_whole_lines(&mut self, block: Vec<u8>, encoding: Encoding) -> Vec<u8> {
        let is_last = block.is_empty();
        let mut bytes = std::mem::take(&mut self.begun);
        if bytes.is_empty() {
            bytes = block;
        } else {
            bytes.extend_from_slice(&block);
        }
        let end = memrchr(b'\n', &bytes).map_or(0, |end| end + 1);
        if !is_last && bytes.len() - end < LINE {
            self.begun = bytes.split_off(end);
        }
        if encoding.is_utf8() {
            self.decode_utf8_lines(bytes)
        } else {
            self.decode_other_lines(&bytes, encoding, is_last)
        }
    }

    /// Passes on lines of a UTF-8 text, decoding those in another encoding.
    fn decode_utf8_lines(&mut self, bytes: Vec<u8>) -> Vec<u8> {
        if std::str::from_utf8(&bytes).is_ok() {
            self.lines += memchr_iter(b'\n', &bytes).count() as u64;
            return bytes;
        }
        let mut text = Vec::with_capacity(bytes.len() + bytes.len() / 8);
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.lines += 1;
            match self.decode_foreign_line(line) {
                Some(decoded) => text.extend_from_slice(decoded.as_bytes()),
                None => text.extend_from_slice(line),
            }
        }
        text
    }

    /// Decodes a line without any valid non-ASCII UTF-8 that makes sense in another encoding.
    fn decode_foreign_line(&mut self, line: &[u8]) -> Option<String> {
        let is_damaged = || line.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
        if std::str::from_utf8(line).is_ok() || is_damaged() {
            return None;
        }
        let likely = Encoding::detect_by_line(line)?;
        let known = self.facts.mixed_lines().map(|mixed| mixed.encoding);
        let encoding = known.filter(|known| known.decode_line(line).is_some()).unwrap_or(likely);
        let text = encoding.decode_line(line)?;
        self.facts.add_mixed(self.lines, encoding);
        Some(text)
    }

    /// Decodes lines of a text in another encoding, keeping those in UTF-8.
    fn decode_other_lines(&mut self, bytes: &[u8], encoding: Encoding, is_last: bool) -> Vec<u8> {
        let mut text = Vec::new();
        let Some(decoder) = &mut self.inner else { return text };
        let mut from = 0;
        let mut at = 0;
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            let number = self.lines + 1;
            self.lines += u64::from(line.ends_with(b"\n"));
            let start = at;
            let end = at + line.len();
            at = end;
            if line.is_ascii() || !is_utf8_line(line, encoding) {
                continue;
            }
            text.extend(decode_part(decoder, bytes.get(from..start).unwrap_or_default()));
            text.extend_from_slice(line);
            self.facts.add_mixed(number, Encoding::UTF_8);
            from = end;
        }
        text.extend(decode_part(decoder, bytes.get(from..).unwrap_or_default()));
        if is_last {
            text.extend(decode_bytes(decoder, &[], false));
        }
        text
    }
}

/// Decodes bytes after which more may come; an empty part would mean the end.
fn decode_part(decoder: &mut encoding_rs::Decoder, part: &[u8]) -> Vec<u8> {
    if part.is_empty() { Vec::new() } else { decode_bytes(decoder, part, false) }
}

/// True if a line is UTF-8 although the text is not.
fn is_utf8_line(line: &[u8], encoding: Encoding) -> bool {
    std::str::from_utf8(line).is_ok_and(|text| encoding.yields_to_utf8(text))
}

/// Decodes bytes in their detected encoding; `None` if some are invalid in it.
pub fn decode_text(bytes: Vec<u8>) -> Option<String> {
    let mut decoder = TextDecoder::new(None, Arc::default());
    let mut text = decoder.decode_block(bytes);
    text.extend(decoder.decode_block(Vec::new()));
    String::from_utf8(text).ok()
}

fn decode_bytes(decoder: &mut encoding_rs::Decoder, block: &[u8], lossy: bool) -> Vec<u8> {
    let last = block.is_empty();
    let room = decoder.max_utf8_buffer_length_without_replacement(block.len()).unwrap_or(block.len() * 4);
    let mut text = vec![0; room];
    let mut read = 0;
    let mut written = 0;
    loop {
        let source = block.get(read..).unwrap_or_default();
        let target = text.get_mut(written..).unwrap_or_default();
        let (result, took, gave) = decoder.decode_to_utf8_without_replacement(source, target, last);
        read += took;
        written += gave;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => text.resize(text.len() * 2 + 16, 0),
            DecoderResult::Malformed(..) => {
                let sign = if lossy { "\u{fffd}".as_bytes() } else { &[BROKEN] };
                text.splice(written..(written + sign.len()).min(text.len()), sign.iter().copied());
                written += sign.len();
            }
        }
    }
    text.truncate(written);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Decodes bytes in blocks. Returns the text, and the detected encoding.
    fn decode_in_blocks(named: Option<Encoding>, bytes: &[u8], step: usize) -> (Vec<u8>, Option<Encoding>) {
        let facts = Arc::default();
        let mut decoder = TextDecoder::new(named, Arc::clone(&facts));
        let mut text: Vec<u8> =
            bytes.chunks(step).flat_map(|block| decoder.decode_block(block.to_vec())).collect();
        text.extend(decoder.decode_block(Vec::new()));
        (text, facts.encoding())
    }

    #[test]
    fn text_is_the_same_wherever_blocks_are_cut() {
        let text = "a,b\n1,非常满意\n2,不满意\n".repeat(4);
        let (chinese, ..) = encoding_rs::GB18030.encode(&text);
        let wide: Vec<u8> =
            "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for step in [64, 65, 1000] {
            assert_eq!(
                decode_in_blocks(None, text.as_bytes(), step),
                (text.clone().into_bytes(), Some(Encoding::UTF_8))
            );
            assert_eq!(
                decode_in_blocks(None, &chinese, step),
                (text.clone().into_bytes(), Some(Encoding::GB18030))
            );
            assert_eq!(
                decode_in_blocks(None, &wide, step),
                (text.clone().into_bytes(), Some(Encoding::UTF_16LE))
            );
        }
        assert_eq!(decode_in_blocks(None, b"\xef\xbb\xbfa,b\n", 1000).0, b"a,b\n");
    }

    #[test]
    fn what_does_not_fit_fails_unless_a_person_named_the_encoding() {
        let wide = b"\xff\xfea\0\x00\xd8,\0";
        assert_eq!(decode_in_blocks(None, wide, 1000).0, b"a\xff,");
        assert_eq!(decode_in_blocks(Some(Encoding::UTF_16LE), wide, 1000).0, "a\u{fffd},".as_bytes());
        assert_eq!(decode_in_blocks(Some(Encoding::UTF_8), b"caf\xe9,", 1000).0, "caf\u{fffd},".as_bytes());
        assert_eq!(decode_in_blocks(None, b"only ascii", 3), (b"only ascii".to_vec(), None));
    }
}
