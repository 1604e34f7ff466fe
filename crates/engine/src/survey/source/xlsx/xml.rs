//! XML as a stream of events, within limits: no document type definition, so that nothing expands; bounded
//! depth and event length.

use super::super::blocks::Blocks;
use super::super::error::{Limit, TableError};
use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Error, Reader};
use std::borrow::Cow;
use std::io::{self, BufRead, Read};

/// The deepest nesting of elements.
const DEPTH: usize = 128;
/// The most bytes of one event: a tag with its attributes, or a text.
const EVENT: usize = 16 << 20;

/// The next event of a document.
pub(in super::super) enum XmlEvent<'b> {
    /// The start of an element.
    Start(BytesStart<'b>),
    /// An element without content.
    Empty(BytesStart<'b>),
    /// The end of an element.
    End(BytesEnd<'b>),
    /// A piece of text.
    Text(Cow<'b, str>),
    /// A character written as a reference.
    Sign(char),
    /// A comment or an instruction.
    Nothing,
    /// The end of the document.
    Eof,
}

/// A document being read.
pub(in super::super) struct XmlReader {
    reader: Reader<Bounded>,
    depth: usize,
}

impl XmlReader {
    pub(in super::super) fn new(blocks: Blocks) -> Self {
        let mut reader = Reader::from_reader(Bounded { blocks, passed: 0 });
        reader.config_mut().allow_dangling_amp = true;
        Self { reader, depth: 0 }
    }

    /// The hash of the stream's content, once its end is reached.
    pub(in super::super) fn content_hash(&self) -> Option<blake3::Hash> {
        self.reader.get_ref().blocks.content_hash()
    }

    /// Reads to the end of the stream, ignoring its content.
    pub(in super::super) fn finish(&mut self) -> Result<(), TableError> {
        let blocks = &mut self.reader.get_mut().blocks;
        loop {
            match blocks.available_bytes()?.len() {
                0 => return Ok(()),
                count => blocks.consume_bytes(count),
            }
        }
    }

    /// The length of the last event in bytes.
    pub(super) fn event_length(&self) -> usize {
        self.reader.get_ref().passed
    }

    /// Returns the available bytes after the last event. Only whole elements may be skipped in them.
    pub(super) fn available_bytes(&mut self) -> Result<&[u8], TableError> {
        self.reader.get_mut().blocks.available_bytes()
    }

    /// Skips `count` of the available bytes.
    pub(super) fn skip_bytes(&mut self, count: usize) {
        self.reader.get_mut().blocks.consume_bytes(count);
    }

    /// Reads the next event into the buffer.
    pub(in super::super) fn next<'b>(&mut self, buffer: &'b mut Vec<u8>) -> Result<XmlEvent<'b>, TableError> {
        buffer.clear();
        self.reader.get_mut().passed = 0;
        let event = match self.reader.read_event_into(buffer) {
            Ok(event) => event,
            Err(error) => return Err(explain_error(&error, self.reader.get_mut())),
        };
        Ok(match event {
            Event::Start(_) if self.depth == DEPTH => return Err(TableError::Refused(Limit::Depth)),
            Event::Start(start) => {
                self.depth += 1;
                XmlEvent::Start(start)
            }
            Event::Empty(start) => XmlEvent::Empty(start),
            Event::End(end) => {
                self.depth = self.depth.saturating_sub(1);
                XmlEvent::End(end)
            }
            Event::Text(text) => XmlEvent::Text(text.into_inner()),
            Event::CData(text) => XmlEvent::Text(text.into_inner()),
            Event::GeneralRef(name) => XmlEvent::Sign(resolve_reference(&name)?),
            Event::DocType(_) => return Err(TableError::Refused(Limit::Doctype)),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => XmlEvent::Nothing,
            Event::Eof if self.depth > 0 => {
                return Err(TableError::Damaged("it ends inside an element".to_owned()));
            }
            Event::Eof => XmlEvent::Eof,
        })
    }
}

/// Returns an attribute by its name without prefix, with references resolved.
pub(in super::super) fn attribute_value(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let found =
        attributes.with_checks(false).filter_map(Result::ok).find(|a| a.key.local_name().as_ref() == name);
    let found = found?;
    Some(
        found
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .map_or_else(|_| found.value.clone().into_owned(), Cow::into_owned),
    )
}

/// Resolves a reference. There are five names beside numbers, as nothing can declare more.
fn resolve_reference(name: &quick_xml::events::BytesRef<'_>) -> Result<char, TableError> {
    let unknown = || TableError::Damaged(format!("&{};", name.get(..40).unwrap_or(name)));
    match name.resolve_char_ref() {
        Ok(Some(sign)) => return Ok(sign),
        Ok(None) => {}
        Err(_error) => return Err(unknown()),
    }
    match name.as_ref() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(unknown()),
    }
}

fn explain_error(error: &Error, stream: &mut Bounded) -> TableError {
    if stream.passed > EVENT {
        return TableError::Refused(Limit::Text);
    }
    stream.blocks.take_failure().unwrap_or_else(|| TableError::Damaged(error.to_string()))
}

/// A stream that fails if one event grows too long.
struct Bounded {
    blocks: Blocks,
    /// Bytes read since the last event.
    passed: usize,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.blocks.read(buffer)?;
        self.passed += count;
        Ok(count)
    }
}

impl BufRead for Bounded {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.passed > EVENT {
            return Err(io::Error::other("too long"));
        }
        self.blocks.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.passed += count;
        self.blocks.consume(count);
    }
}
