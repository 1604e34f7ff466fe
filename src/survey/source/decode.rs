//! Bytes of any encoding to UTF-8, block by block. Text that is UTF-8 is handed on as it stands.

use super::encoding::Encoding;
use super::markup::declared_encoding;
use encoding_rs::DecoderResult;
use std::sync::{Arc, OnceLock};

/// Stands where bytes were that the encoding does not have: no text holds it, so that the reader of the rows finds
/// and places it.
const BROKEN: u8 = 0xFF;

/// Turns blocks of bytes into blocks of UTF-8.
///
/// A text of which only ASCII was seen is undecided: the first block with other bytes decides. An encoding that was
/// named by a person is followed, and what does not fit it becomes `�`; under one that was detected the read fails
/// there.
pub(super) struct Decoder {
    named: bool,
    /// What was decided; shared with those who show it.
    decided: Arc<OnceLock<Encoding>>,
    inner: Option<encoding_rs::Decoder>,
    started: bool,
    /// What the document declares of itself.
    declared: Option<Encoding>,
}

impl Decoder {
    pub(super) fn new(named: Option<Encoding>, decided: Arc<OnceLock<Encoding>>) -> Self {
        let mut decoder =
            Self { named: named.is_some(), decided, inner: None, started: false, declared: None };
        if let Some(named) = named {
            decoder.decide(named);
        }
        decoder
    }

    fn decide(&mut self, encoding: Encoding) {
        let encoding = *self.decided.get_or_init(|| encoding);
        if !encoding.is_utf8() || self.named {
            self.inner = Some(encoding.decoder());
        }
    }

    /// The encoding that the document declares, unless its text shows that it is UTF-8 after all.
    fn believe_declared(&self, guessed: Encoding) -> Encoding {
        match self.declared {
            Some(declared) if !declared.is_utf8() && !declared.is_wide() && !guessed.is_utf8() => declared,
            _ => guessed,
        }
    }

    /// The text of the next block; an empty block is the end.
    pub(super) fn text(&mut self, mut block: Vec<u8>) -> Vec<u8> {
        let first = !std::mem::replace(&mut self.started, true);
        if self.decided.get().is_none() {
            let by_mark = if first { Encoding::by_mark(&block) } else { None };
            if first {
                self.declared = declared_encoding(&block);
            }
            match by_mark {
                Some(encoding) => self.decide(encoding),
                None if block.is_ascii() => {}
                None => self.decide(self.believe_declared(Encoding::guess(&block))),
            }
        }
        if let Some(decoder) = &mut self.inner {
            block = decoded(decoder, &block, self.named);
        }
        if first && block.starts_with("\u{feff}".as_bytes()) {
            block.drain(..'\u{feff}'.len_utf8());
        }
        block
    }
}

/// The text that bytes are in the encoding they seem to have; nothing where some of them are none.
pub fn text(bytes: Vec<u8>) -> Option<String> {
    let mut decoder = Decoder::new(None, Arc::default());
    let mut text = decoder.text(bytes);
    text.extend(decoder.text(Vec::new()));
    String::from_utf8(text).ok()
}

fn decoded(decoder: &mut encoding_rs::Decoder, block: &[u8], lossy: bool) -> Vec<u8> {
    let last = block.is_empty();
    let room = decoder.max_utf8_buffer_length_without_replacement(block.len()).unwrap_or(block.len() * 4);
    let mut text = vec![0; room];
    let (mut read, mut written) = (0, 0);
    loop {
        let (source, target) =
            (block.get(read..).unwrap_or_default(), text.get_mut(written..).unwrap_or_default());
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

    /// The text of blocks, and the encoding found.
    fn read(named: Option<Encoding>, bytes: &[u8], step: usize) -> (Vec<u8>, Option<Encoding>) {
        let decided = Arc::default();
        let mut decoder = Decoder::new(named, Arc::clone(&decided));
        let mut text: Vec<u8> = bytes.chunks(step).flat_map(|block| decoder.text(block.to_vec())).collect();
        text.extend(decoder.text(Vec::new()));
        (text, decided.get().copied())
    }

    #[test]
    fn text_is_the_same_wherever_blocks_are_cut() {
        let text = "a,b\n1,非常满意\n2,不满意\n".repeat(4);
        let (chinese, ..) = encoding_rs::GB18030.encode(&text);
        let wide: Vec<u8> =
            "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for step in [64, 65, 1000] {
            assert_eq!(read(None, text.as_bytes(), step), (text.clone().into_bytes(), Some(Encoding::UTF_8)));
            assert_eq!(read(None, &chinese, step), (text.clone().into_bytes(), Some(Encoding::GB18030)));
            assert_eq!(read(None, &wide, step), (text.clone().into_bytes(), Some(Encoding::UTF_16LE)));
        }
        assert_eq!(read(None, b"\xef\xbb\xbfa,b\n", 1000).0, b"a,b\n");
    }

    #[test]
    fn what_does_not_fit_fails_unless_a_person_named_the_encoding() {
        let wide = b"\xff\xfea\0\x00\xd8,\0";
        assert_eq!(read(None, wide, 1000).0, b"a\xff,");
        assert_eq!(read(Some(Encoding::UTF_16LE), wide, 1000).0, "a\u{fffd},".as_bytes());
        assert_eq!(read(Some(Encoding::UTF_8), b"caf\xe9,", 1000).0, "caf\u{fffd},".as_bytes());
        assert_eq!(read(None, b"only ascii", 3), (b"only ascii".to_vec(), None));
    }
}
