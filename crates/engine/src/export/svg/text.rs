//! Rows of text: as text with the measured width, or as outlines.

use super::shape::write_color;
use super::xml::XmlWriter;
use super::{SvgWriter, TextMode};
use crate::export::fonts::Choosers;
use crate::scene::TextRow;
use crate::theme::Face;

/// Writes the font attributes that most rows share: those of the regular face.
pub(super) fn root_attributes(xml: &mut XmlWriter) {
    xml.add_attribute("font-family", Face::Regular.css_family());
}

impl SvgWriter<'_> {
    /// Writes one row.
    pub(super) fn write_row(&mut self, row: &TextRow) {
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
        let xml = self
            .xml
            .open_element("text")
            .add_number_attribute("x", row.origin.x)
            .add_number_attribute("y", row.origin.y);
        xml.add_number_attribute("font-size", row.size);
        match row.face {
            Face::Regular => {}
            Face::SemiBold => drop(xml.add_number_attribute("font-weight", f32::from(row.face.css_weight()))),
            Face::Icon => drop(xml.add_attribute("font-family", row.face.css_family())),
        }
        write_color(xml, "fill", row.color);
        if fix_width && row.width > 0.0 {
            xml.add_number_attribute("textLength", row.width)
                .add_attribute("lengthAdjust", "spacingAndGlyphs");
        }
        if has_foldable_spaces(&row.text) {
            xml.add_attribute("xml:space", "preserve");
        }
        xml.begin_content();
        write_runs(xml, &mut self.fonts, row, fix_width);
        xml.close_element("text");
    }
}

/// Writes the row's text, naming the font of a run if the row's own `font-family` does not lead to it: if
/// that lists the bundled fonts, for runs in the system's; for our renderer, which has no fallback, for all
/// but the first font.
fn write_runs(xml: &mut XmlWriter, fonts: &mut Choosers, row: &TextRow, listed: bool) {
    let known = if listed { row.face.font_chain() } else { &row.face.font_chain()[..1] };
    for (font, text) in fonts.split_runs(row.face, &row.text) {
        match font.filter(|font| known.iter().all(|known| known.name != font.name)) {
            Some(font) => xml
                .open_element("tspan")
                .add_attribute("font-family", font.family)
                .begin_content()
                .add_text(text)
                .add_raw("</tspan>"),
            None => xml.add_text(text),
        };
    }
}

/// True if a parser would drop some of the text's spaces.
fn has_foldable_spaces(text: &str) -> bool {
    text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace) || text.contains("  ")
}
