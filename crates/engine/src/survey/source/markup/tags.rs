//! Splits a web page into tags and the text between them. No element has to be closed, and nothing is an
//! error.

use super::super::blocks::Blocks;
use super::super::error::TableError;
use memchr::{memchr, memmem};

/// The most bytes of a tag that are kept; the rest is skipped.
const KEPT: usize = 16 << 10;
/// The most bytes of text per token.
const TEXT: usize = 64 << 10;

/// The next part of a page.
pub(super) enum MarkupToken<'a> {
    /// Text, or a piece of it.
    Text(&'a [u8]),
    /// A tag.
    Tag(Tag),
    /// The end of the page.
    End,
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    /// Its name in lower case.
    pub(super) name: String,
    /// True for a closing tag.
    pub(super) closes: bool,
    attributes: Vec<u8>,
}

impl Tag {
    fn from_content(content: &[u8]) -> Self {
        let (content, closes) = content.strip_prefix(b"/").map_or((content, false), |rest| (rest, true));
        let end = content.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'/');
        let (name, attributes) = content.split_at(end.unwrap_or(content.len()));
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        Self { name, closes, attributes: attributes.to_ascii_lowercase() }
    }

    /// Parses the number in an attribute.
    pub(super) fn number_attribute(&self, attribute: &str) -> Option<usize> {
        let at = memmem::find(&self.attributes, attribute.as_bytes())?;
        let behind = self.attributes.get(at + attribute.len()..)?.trim_ascii_start();
        let value = behind.strip_prefix(b"=")?.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
        let digits: Vec<u8> =
            value.iter().take_while(|byte| byte.is_ascii_digit()).take(6).copied().collect();
        std::str::from_utf8(&digits).ok()?.parse().ok()
    }
}

/// The stream of tags and texts of a page.
pub(super) struct Tokens {
    blocks: Blocks,
    buffer: Vec<u8>,
    /// The element whose content is no text of the page, while inside one.
    raw: Option<&'static str>,
}

impl Tokens {
    pub(super) fn new(blocks: Blocks) -> Self {
        Self { blocks, buffer: Vec::new(), raw: None }
    }

    /// Reads the next token.
    pub(super) fn next(&mut self) -> Result<MarkupToken<'_>, TableError> {
        loop {
            self.buffer.clear();
            let Some(first) = self.next_byte()? else { return Ok(MarkupToken::End) };
            if first != b'<' {
                self.buffer.push(first);
                self.read_text()?;
                if self.raw.is_none() {
                    return Ok(MarkupToken::Text(&self.buffer));
                }
                continue;
            }
            match self.peek_byte()? {
                Some(b'!' | b'?') => self.skip_comment()?,
                Some(b'/' | b'a'..=b'z' | b'A'..=b'Z') => {
                    self.read_tag()?;
                    let tag = Tag::from_content(&self.buffer);
                    match self.raw {
                        Some(name) if !(tag.closes && tag.name == name) => {}
                        Some(_) => self.raw = None,
                        None => {
                            let raw = ["script", "style"].into_iter().find(|name| *name == tag.name);
                            self.raw = if tag.closes { None } else { raw };
                            return Ok(MarkupToken::Tag(tag));
                        }
                    }
                }
                _ if self.raw.is_some() => {}
                _ => {
                    self.buffer.push(first);
                    return Ok(MarkupToken::Text(&self.buffer));
                }
            }
        }
    }

    /// Reads to the end of the page. Returns the hash of its content.
    pub(super) fn finish(mut self) -> Result<blake3::Hash, TableError> {
        loop {
            match self.blocks.available_bytes()?.len() {
                0 => return self.blocks.content_hash().ok_or(TableError::EndsEarly),
                count => self.blocks.consume_bytes(count),
            }
        }
    }

    fn peek_byte(&mut self) -> Result<Option<u8>, TableError> {
        Ok(self.blocks.available_bytes()?.first().copied())
    }

    fn next_byte(&mut self) -> Result<Option<u8>, TableError> {
        let byte = self.peek_byte()?;
        if byte.is_some() {
            self.blocks.consume_bytes(1);
        }
        Ok(byte)
    }

    /// Reads text up to the next tag, as far as it is available.
    fn read_text(&mut self) -> Result<(), TableError> {
        let ready = self.blocks.available_bytes()?;
        let ready = ready.get(..TEXT).unwrap_or(ready);
        let count = memchr(b'<', ready).unwrap_or(ready.len());
        self.buffer.extend_from_slice(ready.get(..count).unwrap_or_default());
        self.blocks.consume_bytes(count);
        Ok(())
    }

    /// Reads a tag after its opening bracket. A bracket in a quoted value does not end it.
    fn read_tag(&mut self) -> Result<(), TableError> {
        let mut quote = None;
        let mut is_value = false;
        while let Some(byte) = self.next_byte()? {
            match (byte, quote) {
                (b'>', None) => break,
                (b'"' | b'\'', None) if is_value => quote = Some(byte),
                (byte, Some(open)) if byte == open => quote = None,
                _ => {}
            }
            // A quote opens a value only after an equals sign.
            is_value = byte == b'=' || (is_value && byte.is_ascii_whitespace());
            if self.buffer.len() < KEPT {
                self.buffer.push(byte);
            }
        }
        Ok(())
    }

    /// Skips a comment, a declaration or an instruction.
    fn skip_comment(&mut self) -> Result<(), TableError> {
        let mut begin = Vec::new();
        let mut last = [0; 2];
        while let Some(byte) = self.next_byte()? {
            if byte == b'>' && (!begin.starts_with(b"!--") || last == *b"--") {
                break;
            }
            if begin.len() < 3 {
                begin.push(byte);
            }
            last = [last[1], byte];
        }
        Ok(())
    }
}
