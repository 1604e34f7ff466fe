//! The shared strings of a workbook. The first of them stay in memory, the others go to an unnamed temporary
//! file: cells request them nearly in the order in which they are stored.

use super::super::error::{Limit, TableError};
use super::super::package::Package;
use super::super::progress::ReadProgress;
use super::super::record::RowCells;
use super::usual;
use super::xml::{XmlEvent, XmlReader};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::sync::Arc;

/// The most bytes of texts in memory, in pieces that are never moved.
const MEMORY: usize = 48 << 20;
const PIECE: usize = 1 << 20;
/// The most bytes of all texts together.
const ALL: u64 = 1 << 30;
/// The most texts: enough for a few columns of them in a sheet of full length.
const TEXTS: usize = 1 << 23;
/// The buffer size for the file in bytes.
const WINDOW: usize = 64 << 10;

/// The shared strings, by their index.
#[derive(Default)]
pub(super) struct Strings {
    pieces: Vec<String>,
    /// The piece and the start of each text; pieces that are not in memory are in the file.
    places: Vec<(u32, u32)>,
    file: Option<Spill>,
    length: u64,
    bytes: Vec<u8>,
    /// The bytes that cells may still take from here: a text of a megabyte can be named by each cell of a
    /// sheet.
    left: u64,
}

impl Strings {
    /// Reads all shared strings. The number that the part declares is ignored.
    pub(super) fn read(
        package: &Package,
        part: &str,
        progress: &Arc<ReadProgress>,
    ) -> Result<Self, TableError> {
        let mut xml = XmlReader::new(package.open_part(part, progress, false)?);
        let mut strings = Self { left: package.most_repeated(), ..Self::default() };
        let mut buffer = Vec::new();
        let mut text = String::new();
        let mut shown = false;
        let mut phonetic = 0_u32;
        loop {
            while let Some((text, length)) = usual::parse_text(xml.available_bytes()?) {
                strings.push_text(&unescape_codes(text))?;
                xml.skip_bytes(length);
            }
            match xml.next(&mut buffer)? {
                XmlEvent::Start(start) => match start.local_name().as_ref() {
                    "si" => text.clear(),
                    "rPh" => phonetic += 1,
                    "t" => shown = phonetic == 0,
                    _ => {}
                },
                XmlEvent::Empty(start) if start.local_name().as_ref() == "si" => strings.push_text("")?,
                XmlEvent::End(end) => match end.local_name().as_ref() {
                    "si" => strings.push_text(&unescape_codes(&text))?,
                    "rPh" => phonetic = phonetic.saturating_sub(1),
                    "t" => shown = false,
                    _ => {}
                },
                XmlEvent::Text(piece) if shown => text.push_str(&piece),
                XmlEvent::Sign(sign) if shown => text.push(sign),
                XmlEvent::Eof => break,
                XmlEvent::Empty(_) | XmlEvent::Text(_) | XmlEvent::Sign(_) | XmlEvent::Nothing => {}
            }
            if text.len() > PIECE {
                return Err(TableError::Refused(Limit::Text));
            }
        }
        if let Some(file) = &mut strings.file {
            file.writer.flush()?;
        }
        Ok(strings)
    }

    fn push_text(&mut self, text: &str) -> Result<(), TableError> {
        self.length += text.len() as u64;
        if self.length > ALL || self.places.len() == TEXTS {
            return Err(TableError::Refused(Limit::Text));
        }
        let is_full = |piece: &String| piece.len() + text.len() > PIECE;
        if self.file.is_none() && self.pieces.last().is_none_or(is_full) {
            if self.pieces.len() * PIECE < MEMORY {
                self.pieces.push(String::with_capacity(PIECE));
            } else {
                self.file = Some(Spill::new()?);
            }
        }
        let first = self.pieces.len() as u64;
        if let Some(file) = &mut self.file {
            self.places.push(((first + (file.length >> 32)) as u32, file.length as u32));
            file.length += text.len() as u64;
            file.writer.write_all(text.as_bytes())?;
        } else if let Some(piece) = self.pieces.last_mut() {
            self.places.push((first.saturating_sub(1) as u32, piece.len() as u32));
            piece.push_str(text);
        }
        Ok(())
    }

    /// Adds the text with this index to a record; false if there is none.
    pub(super) fn append_to(&mut self, number: usize, record: &mut RowCells) -> Result<bool, TableError> {
        let Some((piece, start)) = self.places.get(number).copied() else { return Ok(false) };
        let next = self.places.get(number + 1).copied();
        if let Some(text) = self.pieces.get(piece as usize) {
            let end = next.filter(|(other, _)| *other == piece).map_or(text.len(), |(_, end)| end as usize);
            let text = text.get(start as usize..end).unwrap_or_default();
            self.left = spend(self.left, text.len() as u64)?;
            record.push(text);
            return Ok(true);
        }
        let Some(file) = &mut self.file else { return Ok(false) };
        let first = self.pieces.len() as u64;
        let offset = |(piece, start): (u32, u32)| ((u64::from(piece) - first) << 32) + u64::from(start);
        let from = offset((piece, start));
        let to = next.map_or(file.length, offset);
        self.left = spend(self.left, to - from)?;
        self.bytes.resize((to - from) as usize, 0);
        file.read_at(from, &mut self.bytes)?;
        record.push(std::str::from_utf8(&self.bytes).unwrap_or_default());
        Ok(true)
    }
}

/// Takes bytes from those that are left.
fn spend(left: u64, bytes: u64) -> Result<u64, TableError> {
    left.checked_sub(bytes).ok_or(TableError::Refused(Limit::Unpacked))
}

/// The file with the texts beyond those in memory; the system deletes it when it is closed.
struct Spill {
    writer: BufWriter<File>,
    reader: BufReader<File>,
    length: u64,
    /// The position of the reader.
    at: u64,
}

impl Spill {
    fn new() -> Result<Self, TableError> {
        // Both ends share one file position, and use it in turn: all is written before the first text is
        // read.
        let file = tempfile::tempfile()?;
        let reader = BufReader::with_capacity(WINDOW, file.try_clone()?);
        Ok(Self { writer: BufWriter::with_capacity(WINDOW, file), reader, length: 0, at: u64::MAX })
    }

    fn read_at(&mut self, from: u64, bytes: &mut [u8]) -> Result<(), TableError> {
        match i64::try_from(i128::from(from) - i128::from(self.at)) {
            Ok(step) if self.at <= self.length => self.reader.seek_relative(step)?,
            _ => {
                self.reader.seek(SeekFrom::Start(from))?;
            }
        }
        self.reader.read_exact(bytes)?;
        self.at = from + bytes.len() as u64;
        Ok(())
    }
}

/// Decodes characters written as `_x000D_`.
pub(super) fn unescape_codes(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("_x") {
        plain.push_str(before);
        let code = if behind.get(4..5) == Some("_") { behind.get(..4) } else { None };
        let sign = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        if let Some(sign) = sign {
            plain.push(sign);
            rest = behind.get(5..).unwrap_or_default();
        } else {
            plain.push_str("_x");
            rest = behind;
        }
    }
    plain.push_str(rest);
    plain.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_beyond_those_in_memory_are_found_again() {
        let mut strings = Strings { left: u64::MAX, ..Strings::default() };
        let text = |number: usize| format!("{number} {}", "x".repeat(number % 5000));
        let count = 30_000;
        (0..count).for_each(|number| strings.push_text(&text(number)).unwrap());
        strings.file.as_mut().expect("more than memory holds").writer.flush().unwrap();
        let mut record = RowCells::default();
        // In order, and against it.
        for number in (0..count).step_by(7).chain((0..count).rev().step_by(97)) {
            record.clear();
            assert!(strings.append_to(number, &mut record).unwrap());
            assert_eq!(record.get(0), text(number));
        }
        assert!(!strings.append_to(count, &mut record).unwrap());
    }

    #[test]
    fn a_text_is_not_repeated_without_end() {
        let mut strings = Strings { left: 2_500_000, ..Strings::default() };
        strings.push_text(&"x".repeat(1_000_000)).unwrap();
        let mut record = RowCells::default();
        assert!(strings.append_to(0, &mut record).unwrap() && strings.append_to(0, &mut record).unwrap());
        let refused = strings.append_to(0, &mut record);
        assert!(matches!(refused, Err(TableError::Refused(Limit::Unpacked))), "{refused:?}");
        assert_eq!(record.len(), 2);
    }

    #[test]
    fn characters_written_as_codes_are_read() {
        assert_eq!(unescape_codes("a_x000D_b_x4E2D__x_"), "a\rb中_x_");
        assert_eq!(unescape_codes("_xZZZZ_"), "_xZZZZ_");
    }
}
