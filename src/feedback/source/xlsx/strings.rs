//! The texts that the cells of a workbook share.

use super::super::error::{Limit, ReadError};
use super::super::package::Package;
use super::super::progress::Progress;
use super::xml::{Next, Xml};
use std::sync::Arc;

/// Bytes of a piece of memory, which is never moved.
const PIECE: usize = 1 << 20;
/// The most bytes all texts may take together.
const ALL: usize = 256 << 20;

/// The texts, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Strings {
    pieces: Vec<String>,
    /// The piece each text stands in, and where it begins there.
    places: Vec<(u32, u32)>,
}

impl Strings {
    /// Reads them. What the part declares about their number is not believed.
    pub(super) fn read(package: &Package, part: &str, progress: &Arc<Progress>) -> Result<Self, ReadError> {
        let mut xml = Xml::new(package.part(part, progress, false)?);
        let (mut strings, mut buffer, mut text) = (Self::default(), Vec::new(), String::new());
        let (mut shown, mut phonetic) = (false, 0);
        loop {
            match xml.next(&mut buffer)? {
                Next::Start(start) => match start.local_name().as_ref() {
                    "si" => text.clear(),
                    "rPh" => phonetic += 1,
                    "t" => shown = phonetic == 0,
                    _ => {}
                },
                Next::Empty(start) if start.local_name().as_ref() == "si" => strings.push("")?,
                Next::End(end) => match end.local_name().as_ref() {
                    "si" => strings.push(&unescaped(&text))?,
                    "rPh" => phonetic -= 1,
                    "t" => shown = false,
                    _ => {}
                },
                Next::Text(piece) if shown => text.push_str(&piece),
                Next::Sign(sign) if shown => text.push(sign),
                Next::Eof => return Ok(strings),
                Next::Empty(_) | Next::Text(_) | Next::Sign(_) | Next::Nothing => {}
            }
            if text.len() > ALL {
                return Err(ReadError::Refused(Limit::Text));
            }
        }
    }

    fn push(&mut self, text: &str) -> Result<(), ReadError> {
        if self.places.len() * size_of::<(u32, u32)>() + self.pieces.len() * PIECE + text.len() > ALL {
            return Err(ReadError::Refused(Limit::Text));
        }
        if self.pieces.last().is_none_or(|piece| piece.len() + text.len() > piece.capacity()) {
            self.pieces.push(String::with_capacity(PIECE.max(text.len())));
        }
        let number = self.pieces.len().saturating_sub(1) as u32;
        if let Some(piece) = self.pieces.last_mut() {
            self.places.push((number, piece.len() as u32));
            piece.push_str(text);
        }
        Ok(())
    }

    pub(super) fn get(&self, number: usize) -> Option<&str> {
        let (piece, start) = *self.places.get(number)?;
        let next = self.places.get(number + 1).filter(|(other, _)| *other == piece);
        let text = self.pieces.get(piece as usize)?;
        let end = next.map_or(text.len(), |(_, end)| *end as usize);
        text.get(start as usize..end)
    }
}

/// A text with characters such as `_x000D_` as what they stand for.
pub(super) fn unescaped(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, behind)) = rest.split_once("_x") {
        plain.push_str(before);
        let code = behind.get(..4).filter(|_| behind.get(4..5) == Some("_"));
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
