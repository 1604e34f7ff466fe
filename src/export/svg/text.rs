//! Rows of text: as text with the measured width, or as outlines.

use super::shape::color;
use super::xml::Xml;
use super::{TextMode, Writer};
use crate::export::fonts::Choosers;
use crate::scene::TextRow;
use crate::theme::Face;

/// Writes the font attributes that most rows share: those of the regular face.
pub(super) fn root_attributes(xml: &mut Xml) {
    xml.attr("font-family", Face::Regular.css_family());
}

impl Writer<'_> {
    /// Writes one row.
    pub(super) fn row(&mut self, row: &TextRow) {
        if row.text.trim().is_empty() {
            return;
        }
        match self.text {
            // Programs that ignore embedded fonts would show boxes in place of icons.
            TextMode::Embedded if row.face == Face::Icon => self.row_as_outlines(row),
            TextMode::Embedded => self.row_as_text(row, true),
            TextMode::Bundled => self.row_as_text(row, false),
            TextMode::Outlines => self.row_as_outlines(row),
        }
    }

    fn row_as_text(&mut self, row: &TextRow, fix_width: bool) {
        let xml = self.xml.open("text").number("x", row.origin.x).number("y", row.origin.y);
        xml.number("font-size", row.size);
        match row.face {
            Face::Regular => {}
            Face::SemiBold => drop(xml.number("font-weight", f32::from(row.face.weight()))),
            Face::Icon => drop(xml.attr("font-family", row.face.css_family())),
        }
        color(xml, "fill", row.color);
        if fix_width && row.width > 0.0 {
            xml.number("textLength", row.width).attr("lengthAdjust", "spacingAndGlyphs");
        }
        if folds(&row.text) {
            xml.attr("xml:space", "preserve");
        }
        xml.body();
        runs(xml, &mut self.fonts, row, fix_width);
        xml.close("text");
    }
}

/// Writes the row's text, naming the font of a run if the row's own `font-family` does not lead to it: if
/// that lists the bundled fonts, for runs in the system's; for our renderer, which has no fallback, for all
/// but the first font.
fn runs(xml: &mut Xml, fonts: &mut Choosers, row: &TextRow, listed: bool) {
    let known = if listed { row.face.chain() } else { &row.face.chain()[..1] };
    for (font, text) in fonts.runs(row.face, &row.text) {
        match font.filter(|font| known.iter().all(|known| known.name != font.name)) {
            Some(font) => {
                xml.open("tspan").attr("font-family", font.family).body().text(text).raw("</tspan>")
            }
            None => xml.text(text),
        };
    }
}

/// True if a parser would drop some of the text's spaces.
fn folds(text: &str) -> bool {
    text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace) || text.contains("  ")
}
