//! Selects the font for each part of a text: for each grapheme the first font of the face's chain that has
//! all of it, else the system's.

use super::{Face, Font, fallback};
use skrifa::charmap::Charmap;
use skrifa::{FontRef, MetadataProvider};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Selects fonts for one face.
pub struct Chooser {
    fonts: Vec<Known>,
    chain: usize,
}

/// A part of a text in one font.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The font's index for [`Chooser::font`]; `None` if no font has it.
    pub font: Option<usize>,
    /// The byte range in the text.
    pub range: Range<usize>,
}

struct Known {
    font: &'static Font,
    charmap: Charmap<'static>,
    /// The ASCII characters that it has, as a table: most texts hold no others.
    ascii: [bool; 128],
}

impl Chooser {
    /// A chooser with the bundled fonts of a face.
    pub fn new(face: Face) -> Self {
        let fonts: Vec<Known> = face.chain().iter().filter_map(Known::read).collect();
        Self { chain: fonts.len(), fonts }
    }

    /// Returns the font at an index; the bundled ones come first.
    pub fn font(&self, place: usize) -> Option<&'static Font> {
        self.fonts.get(place).map(|known| known.font)
    }

    /// Splits a text into runs of one font each, in order.
    pub fn runs(&mut self, text: &str) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for (at, grapheme) in text.grapheme_indices(true) {
            let font = self.choose(grapheme);
            let end = at + grapheme.len();
            match runs.last_mut() {
                Some(last) if last.font == font => last.range.end = end,
                _ => runs.push(Run { font, range: at..end }),
            }
        }
        runs
    }

    fn choose(&mut self, grapheme: &str) -> Option<usize> {
        let bundled = self.fonts.get(..self.chain)?.iter().position(|known| known.has(grapheme));
        bundled.or_else(|| self.system(grapheme))
    }

    /// Returns the index of the system's font for the grapheme's first character.
    fn system(&mut self, grapheme: &str) -> Option<usize> {
        let font = fallback::find(grapheme.chars().next()?)?;
        if let Some(place) = self.fonts.iter().position(|known| known.font.name == font.name) {
            return Some(place);
        }
        self.fonts.push(Known::read(font)?);
        Some(self.fonts.len() - 1)
    }
}

impl Known {
    fn read(font: &'static Font) -> Option<Self> {
        let charmap = font.file()?.charmap();
        let ascii = std::array::from_fn(|code| charmap.map(code as u32).is_some());
        Some(Self { font, charmap, ascii })
    }

    /// True if the font has the grapheme; joiners and variation selectors don't count.
    fn has(&self, grapheme: &str) -> bool {
        if let &[byte] = grapheme.as_bytes() {
            return self.ascii.get(usize::from(byte)).copied().unwrap_or_default();
        }
        let silent = |sign: char| matches!(sign, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
        grapheme.chars().filter(|sign| !silent(*sign)).all(|sign| self.charmap.map(sign).is_some())
    }
}

impl Font {
    /// Returns the font's tables; `None` if the file is damaged.
    pub fn file(&self) -> Option<FontRef<'static>> {
        FontRef::from_index(self.data, self.index).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_into_runs_of_its_chain() {
        let mut chooser = Chooser::new(Face::Regular);
        let text = "App 旅程 ok\u{13000}";
        let runs = chooser.runs(text);
        let found: Vec<_> = runs
            .into_iter()
            .map(|run| {
                (run.font.and_then(|font| chooser.font(font)).map(|font| font.family), &text[run.range])
            })
            .collect();
        let latin = Some("Inter");
        let chinese = Some("Noto Sans SC");
        assert_eq!(found, [(latin, "App "), (chinese, "旅程"), (latin, " ok"), (None, "\u{13000}")]);
    }
}
