//! A linear scan of a file before parsing: finds its version and its nesting depth.

use super::place::Version;

/// Maximum nesting of brackets; our files come nowhere near it.
const MAX_DEPTH: usize = 64;

/// Returns the version in the header of a project file; `None` if this is something else.
pub(in crate::store) fn header_version(text: &str) -> Option<Version> {
    let mut cursor = Cursor { bytes: text.as_bytes(), at: 0 };
    cursor.skip_blank();
    cursor.read_word();
    cursor.skip_blank();
    cursor.take_byte(b'(')?;
    cursor.skip_blank();
    (cursor.read_word() == b"format").then_some(())?;
    cursor.skip_blank();
    cursor.take_byte(b':')?;
    cursor.skip_blank();
    let start = cursor.at + 1;
    cursor.take_byte(b'"')?;
    while cursor.peek().is_some_and(|byte| byte.is_ascii_digit() || byte == b'.') {
        cursor.at += 1;
    }
    let end = cursor.at;
    cursor.take_byte(b'"')?;
    text.get(start..end)?.parse().ok()
}

/// Returns the byte offset at which brackets nest deeper than in any file of ours.
pub(in crate::store) fn too_deep(text: &str) -> Option<usize> {
    let mut cursor = Cursor { bytes: text.as_bytes(), at: 0 };
    let mut depth = 0_usize;
    while let Some(byte) = cursor.peek() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b'"' | b'\'' | b'/' | b'r' => {
                cursor.skip_opaque();
                continue;
            }
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Some(cursor.at);
        }
        cursor.at += 1;
    }
    None
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take_byte(&mut self, byte: u8) -> Option<()> {
        (self.peek() == Some(byte)).then(|| self.at += 1)
    }

    /// Skips spaces, line breaks and comments.
    fn skip_blank(&mut self) {
        loop {
            let start = self.at;
            while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
                self.at += 1;
            }
            if self.peek() == Some(b'/') {
                self.skip_opaque();
            }
            if self.at == start || self.peek().is_none() {
                return;
            }
        }
    }

    fn read_word(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let end = rest.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
        let word = &rest[..end.unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    /// Skips the string, character, comment or raw string that begins here, else one byte.
    fn skip_opaque(&mut self) {
        match self.rest() {
            [b'"', ..] => self.skip_quoted(b'"'),
            [b'\'', b'\\', ..] => self.skip_quoted(b'\''),
            // A quote in quotes. Any other character in quotes can't hide a bracket for good.
            [b'\'', _, b'\'', ..] => self.at += 3,
            [b'/', b'/', ..] => self.skip_past(b"\n"),
            [b'/', b'*', ..] => self.skip_block_comment(),
            [b'r', b'"' | b'#', ..] => self.skip_raw_string(),
            _ => self.at += 1,
        }
    }

    fn skip_quoted(&mut self, quote: u8) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == quote {
                return;
            }
        }
    }

    fn skip_raw_string(&mut self) {
        self.at += 1;
        let hashes = self.rest().iter().take_while(|byte| **byte == b'#').count();
        self.at += hashes;
        if self.take_byte(b'"').is_some() {
            let mut end = vec![b'#'; hashes + 1];
            end[0] = b'"';
            self.skip_past(&end);
        }
    }

    fn skip_block_comment(&mut self) {
        let mut open = 0_usize;
        loop {
            match self.rest() {
                [b'/', b'*', ..] => (open, self.at) = (open + 1, self.at + 2),
                [b'*', b'/', ..] => (open, self.at) = (open - 1, self.at + 2),
                [] => return,
                _ => self.at += 1,
            }
            if open == 0 {
                return;
            }
        }
    }

    fn skip_past(&mut self, end: &[u8]) {
        let found = self.rest().windows(end.len()).position(|window| window == end);
        self.at = found.map_or(self.bytes.len(), |offset| self.at + offset + end.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_found_behind_what_people_may_write_before_it() {
        let found = |text| header_version(text).map(|version| (version.major, version.minor));
        assert_eq!(found("(format: \"1.0\""), Some((1, 0)));
        assert_eq!(found(" // note\n/* a /* b */ */ Project ( format : \"2.13\" ,"), Some((2, 13)));
        assert_eq!(found("(format: \"3\")"), Some((3, 0)));
        for other in
            ["", "(", "<html>", "PK\u{3}\u{4}", "(title: \"1.0\")", "(format: 1.0)", "(format: \"1.x\")"]
        {
            assert_eq!(found(other), None, "{other:?}");
        }
    }

    #[test]
    fn only_real_brackets_count_as_depth() {
        let deep = |open: &str, count: usize| too_deep(&open.repeat(count));
        assert_eq!(deep("[", 64), None);
        assert_eq!(deep("({", 40), Some(64));
        assert_eq!(deep("[]", 1000), None);
        for opaque in [
            "\"[[\\\"[\"",
            "// [[[[\n",
            "/* [ /* [ */ [ */",
            "r#\"[[ \" [\"#",
            "'['",
            "'\\u{5b}'",
            "r\"[\\\"",
        ] {
            assert_eq!(deep(opaque, 100), None, "{opaque}");
        }
        assert_eq!(too_deep(&("\"".to_owned() + &"[".repeat(100))), None, "an open string hides the rest");
    }
}
