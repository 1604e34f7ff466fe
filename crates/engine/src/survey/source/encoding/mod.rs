//! Text encodings, and their detection.

mod judge;
mod letters;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use std::fmt;
use std::str::FromStr;

/// The fewest zero bytes per hundred in UTF-16 without a byte order mark, as commas and digits have.
const ZEROS: usize = 2;
/// Text with at most one broken character per this many valid ones is still UTF-8.
const SOUND: usize = 4;

/// With fewer non-ASCII bytes, a detector guesses badly, and our users' most common encodings are more
/// likely.
const EVIDENCE: usize = 8;

/// True if all non-ASCII bytes form pairs that are GB 2312 characters, which is rare in Western words.
fn is_chinese(part: &[u8]) -> bool {
    let words = part.split(u8::is_ascii).filter(|word| !word.is_empty());
    let is_pair = |pair: &[u8]| matches!(pair, [0xA1..=0xF7, 0xA1..=0xFE]);
    words.into_iter().all(|word| word.chunks(2).all(is_pair))
}

/// A text encoding, named as in the Encoding Standard (<https://encoding.spec.whatwg.org>).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// UTF-8.
    pub const UTF_8: Self = Self(encoding_rs::UTF_8);
    /// UTF-16, little-endian.
    pub const UTF_16LE: Self = Self(encoding_rs::UTF_16LE);
    /// UTF-16, big-endian.
    pub const UTF_16BE: Self = Self(encoding_rs::UTF_16BE);
    /// GB 18030, a superset of GBK and GB 2312.
    pub const GB18030: Self = Self(encoding_rs::GB18030);
    /// Windows code page 1252, Western European.
    pub const WINDOWS_1252: Self = Self(encoding_rs::WINDOWS_1252);

    /// The encodings offered in the interface; others can be named.
    pub const COMMON: &'static [Self] =
        &[Self::UTF_8, Self::UTF_16LE, Self::UTF_16BE, Self::GB18030, Self::WINDOWS_1252];

    /// The name in the Encoding Standard.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    pub(super) fn is_utf8(self) -> bool {
        self == Self::UTF_8
    }

    /// True for UTF-16.
    pub(super) fn is_wide(self) -> bool {
        self == Self::UTF_16LE || self == Self::UTF_16BE
    }

    /// Decodes a line; `None` if some of its bytes are invalid in this encoding.
    pub(super) fn decode_line(self, line: &[u8]) -> Option<String> {
        let (text, is_broken) = self.0.decode_without_bom_handling(line);
        (!is_broken).then(|| text.into_owned())
    }

    /// True if a line that is valid UTF-8 makes more sense as UTF-8 than in this encoding.
    pub(super) fn yields_to_utf8(self, line: &str) -> bool {
        self.0.is_single_byte()
            || self
                .decode_line(line.as_bytes())
                .is_none_or(|other| judge::is_more_plausible_as_utf8(line, &other, self))
    }

    /// Detects the encoding of a line, if its letters are certain.
    pub(super) fn detect_by_line(line: &[u8]) -> Option<Self> {
        judge::plausible_encodings(line).first().copied()
    }

    pub(super) fn new_decoder(self) -> encoding_rs::Decoder {
        self.0.new_decoder_without_bom_handling()
    }

    /// Detects the encoding of a text from its beginning, if that proves it: by a byte order mark, or by the
    /// zeros of commas, digits and line ends in UTF-16.
    pub(super) fn detect_by_mark(head: &[u8]) -> Option<Self> {
        if let Some((found, _)) = encoding_rs::Encoding::for_bom(head) {
            return Some(Self(found));
        }
        let zeros = |skip: usize| head.iter().skip(skip).step_by(2).filter(|byte| **byte == 0).count();
        let even = zeros(0);
        let odd = zeros(1);
        let has = |ends: [[u8; 2]; 2]| head.chunks(2).any(|unit| ends.iter().any(|end| unit == end));
        if (even + odd) * 100 < head.len() * ZEROS {
            None
        } else if odd > even * 8 && has([[b'\n', 0], [b'\r', 0]]) {
            Some(Self::UTF_16LE)
        } else if even > odd * 8 && has([[0, b'\n'], [0, b'\r']]) {
            Some(Self::UTF_16BE)
        } else {
            None
        }
    }

    /// Guesses the encoding of a part of a text with non-ASCII bytes. A character cut off at its end does not
    /// count.
    pub(super) fn guess_from(part: &[u8]) -> Self {
        let mut sound = 0;
        let mut broken = 0;
        for chunk in part.utf8_chunks() {
            sound += chunk.valid().chars().filter(|sign| !sign.is_ascii()).count();
            broken += usize::from(!chunk.invalid().is_empty());
        }
        let cut = std::str::from_utf8(part).err().is_some_and(|error| error.error_len().is_none());
        broken -= usize::from(cut && broken > 0);
        if broken * SOUND <= sound {
            return Self::UTF_8;
        }
        let likely = judge::plausible_encodings(part);
        let strange = part.iter().filter(|byte| !byte.is_ascii()).count();
        if let [only] = likely.as_slice() {
            return *only;
        }
        if likely.is_empty() && strange < EVIDENCE {
            return if is_chinese(part) { Self::GB18030 } else { Self::WINDOWS_1252 };
        }
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(part, false);
        let found = detector.guess(None, Utf8Detection::Deny);
        // GB 18030 includes all of GBK, and is the name people in China use.
        let found = if found == encoding_rs::GBK { Self::GB18030 } else { Self(found) };
        match likely.first() {
            Some(first) if !likely.contains(&found) => *first,
            _ => found,
        }
    }
}

impl fmt::Debug for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if *self == Self::GB18030 { "GB18030" } else { self.name() })
    }
}

/// The text names no encoding.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is none of utf-8, utf-16le, utf-16be, gb18030, gbk, cp1252, nor another name of the Encoding Standard"
)]
pub struct UnknownEncoding(String);

impl FromStr for Encoding {
    type Err = UnknownEncoding;

    /// Parses any label of the Encoding Standard.
    fn from_str(text: &str) -> Result<Self, UnknownEncoding> {
        let found =
            encoding_rs::Encoding::for_label(text.as_bytes()).filter(|e| *e != encoding_rs::REPLACEMENT);
        let found = found.map(|found| if found == encoding_rs::GBK { encoding_rs::GB18030 } else { found });
        found.map(Self).ok_or_else(|| UnknownEncoding(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_known_by_its_mark_or_by_its_bytes() {
        let wide =
            |text: &str, order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let marks = |bytes: &[u8]| Encoding::detect_by_mark(bytes);
        assert_eq!(marks(b"\xef\xbb\xbfa"), Some(Encoding::UTF_8));
        assert_eq!(marks(b"\xff\xfea\0"), Some(Encoding::UTF_16LE));
        assert_eq!(marks(b"\xfe\xff\0a"), Some(Encoding::UTF_16BE));
        let text = "时间戳记,总体满意度\r\n2026/1/2,非常满意\r\n2026/1/3,不满意\r\n";
        assert_eq!(marks(&wide(text, u16::to_le_bytes)), Some(Encoding::UTF_16LE));
        assert_eq!(marks(&wide(text, u16::to_be_bytes)), Some(Encoding::UTF_16BE));
        assert_eq!(marks(text.as_bytes()), None);
        assert_eq!(marks(b"a,b\n1,4\0\n2,\x005\n"), None, "a stray zero is no UTF-16");
        assert_eq!(Encoding::guess_from(text.as_bytes()), Encoding::UTF_8);
        assert_eq!(Encoding::guess_from(&text.as_bytes()[..text.len() - 3]), Encoding::UTF_8);
        let (chinese, ..) = encoding_rs::GB18030.encode(text);
        assert_eq!(Encoding::guess_from(&chinese), Encoding::GB18030);
        assert_eq!(Encoding::guess_from(b"a,b\n1,caf\xe9\n"), Encoding::WINDOWS_1252);
        assert_eq!(Encoding::guess_from(b"a,b\n1,\xa35 too much\n"), Encoding::WINDOWS_1252);
        assert_eq!(Encoding::guess_from(b"a,b\n1,\xba\xc3\n"), Encoding::GB18030, "one character");
        let mut flipped = text.repeat(3).into_bytes();
        flipped[1] = b'!';
        assert_eq!(Encoding::guess_from(&flipped), Encoding::UTF_8, "one broken character changes nothing");
    }

    #[test]
    fn an_encoding_is_read_by_any_of_its_names() {
        for (name, encoding) in
            [("cp1252", Encoding::WINDOWS_1252), ("GBK", Encoding::GB18030), ("utf8", Encoding::UTF_8)]
        {
            assert_eq!(name.parse(), Ok(encoding));
        }
        let error = "ebcdic".parse::<Encoding>().unwrap_err().to_string();
        assert!(error.contains("gb18030") && error.contains("ebcdic"), "{error}");
    }
}
