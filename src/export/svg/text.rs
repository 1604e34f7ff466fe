//! Rows of text: as text with the width that layout measured, or as outlines.

use super::shape::color;
use super::xml::Xml;
use super::{TextMode, Writer};
use crate::export::fonts;
use crate::scene::TextRow;
use crate::theme::Face;

/// What most rows share: the regular face.
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
        if fix_width {
            xml.text(&row.text);
        } else {
            runs(xml, row);
        }
        xml.close("text");
    }
}

/// The row's text, with the font named where it is not the face's first: no renderer is left to choose.
fn runs(xml: &mut Xml, row: &TextRow) {
    let first = row.face.chain().first().map(|font| font.name);
    for (font, text) in fonts::runs(row.face, &row.text) {
        match font.filter(|font| Some(font.name) != first) {
            Some(font) => {
                xml.open("tspan").attr("font-family", font.family).body().text(text).raw("</tspan>")
            }
            None => xml.text(text),
        };
    }
}

/// Whether a reader would drop some of the text's spaces.
fn folds(text: &str) -> bool {
    text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace) || text.contains("  ")
}
