//! Selects the font for each part of a text: for each grapheme the first font of the face's chain that has
//! all of it, else the system's.

use super::{Face, Font, fallback};
use skrifa::charmap::Charmap;
use skrifa::{FontRef, MetadataProvider};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Selects fonts for one face.
pub struct Chooser {
    fonts: Vec<LoadedFont>,
    chain: usize,
}

/// A part of a text in one font.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontRun {
    /// The font's index for [`Chooser::font`]; `None` if no font has it.
    pub font: Option<usize>,
    /// The byte range in the text.
    pub range: Range<usize>,
}

struct LoadedFont {
    font: &'static Font,
    charmap: Charmap<'static>,
    /// The ASCII characters that it has, as a table: most texts hold no others.
    ascii: [bool; 128],
}

impl Chooser {
    /// A chooser with the bundled fonts of a face.
    pub fn new(face: Face) -> Self {
        let fonts: Vec<LoadedFont> = face.font_chain().iter().filter_map(LoadedFont::from_font).collect();
        Self { chain: fonts.len(), fonts }
    }

    /// Returns the font at an index; the bundled ones come first.
    pub fn font(&self, place: usize) -> Option<&'static Font> {
        self.fonts.get(place).map(|known| known.font)
    }

    /// Splits a text into runs of one font each, in order.
    pub fn split_runs(&mut self, text: &str) -> Vec<FontRun> {
        let mut runs: Vec<FontRun> = Vec::new();
        for (at, grapheme) in text.grapheme_indices(true) {
            let font = self.choose_font(grapheme);
            let end = at + grapheme.len();
            match runs.last_mut() {
                Some(last) if last.font == font => last.range.end = end,
                _ => runs.push(FontRun { font, range: at..end }),
            }
        }
        runs
    }

    fn choose_font(&mut self, grapheme: &str) -> Option<usize> {
        let bundled = self.fonts.get(..self.chain)?.iter().position(|known| known.has_grapheme(grapheme));
        bundled.or_else(|| self.find_system_font(grapheme))
    }

    /// Returns the index of the system's font for the grapheme's first character.
    fn find_system_font(&mut self, grapheme: &str) -> Option<usize> {
        let font = fallback::find_font(grapheme.chars().next()?)?;
        if let Some(place) = self.fonts.iter().position(|known| known.font.name == font.name) {
            return Some(place);
        }
        self.fonts.push(LoadedFont::from_font(font)?);
        Some(self.fonts.len() - 1)
    }
}

impl LoadedFont {
    fn from_font(font: &'static Font) -> Option<Self> {
        let charmap = font.font_ref()?.charmap();
        let ascii = std::array::from_fn(|code| charmap.map(code as u32).is_some());
        Some(Self { font, charmap, ascii })
    }

    /// True if the font has the grapheme; joiners and variation selectors don't count.
    fn has_grapheme(&self, grapheme: &str) -> bool {
        if let &[byte] = grapheme.as_bytes() {
            return self.ascii.get(usize::from(byte)).copied().unwrap_or_default();
        }
        let silent = |sign: char| matches!(sign, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
        grapheme.chars().filter(|sign| !silent(*sign)).all(|sign| self.charmap.map(sign).is_some())
    }
}

impl Font {
    /// Returns the font's tables; `None` if the file is damaged.
    pub fn font_ref(&self) -> Option<FontRef<'static>> {
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
        let runs = chooser.split_runs(text);
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
