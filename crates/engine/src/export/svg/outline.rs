//! Rows of text as outlines of their glyphs: looks the same in every program, regardless of its font support.

use super::SvgWriter;
use super::shape::write_color;
use super::xml::XmlWriter;
use crate::scene::TextRow;
use crate::theme::{Face, Font};
use harfrust::{BufferFlags, ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlineGlyphCollection, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::collections::BTreeMap;

/// Cache of the fonts used so far, by name.
#[derive(Default)]
pub(super) struct Outlines {
    fonts: BTreeMap<&'static str, Option<OutlineFont>>,
}

/// One font, ready to shape and draw.
struct OutlineFont {
    font: FontRef<'static>,
    data: ShaperData,
    glyphs: OutlineGlyphCollection<'static>,
}

impl OutlineFont {
    fn from_font(font: &Font) -> Option<Self> {
        let font = font.font_ref()?;
        let data = ShaperData::new(&font);
        let glyphs = font.outline_glyphs();
        Some(Self { font, data, glyphs })
    }
}

impl SvgWriter<'_> {
    /// Writes a row as one path, with its text as a label for screen readers.
    pub(super) fn row_as_outlines(&mut self, row: &TextRow) {
        let first = row.face.font_chain().first();
        let xml = self.xml.open_element("path");
        // An icon's character has no meaning; its block has a label.
        if row.face != Face::Icon {
            xml.add_attribute("aria-label", &row.text);
        }
        xml.add_raw(" d=\"");
        let mut x = row.origin.x;
        for (font, text) in self.fonts.split_runs(row.face, &row.text) {
            let Some(font) = font.or(first) else { continue };
            let shaping =
                self.outlines.fonts.entry(font.name).or_insert_with(|| OutlineFont::from_font(font));
            if let Some(shaping) = shaping {
                x = write_run(xml, shaping, text, x, row);
            }
        }
        write_color(xml.add_raw("\""), "fill", row.color);
        xml.close_empty_element();
    }
}

/// Draws a run of one font from `x` on; returns its end.
fn write_run(xml: &mut XmlWriter, shaping: &OutlineFont, text: &str, mut x: f32, row: &TextRow) -> f32 {
    let shaper = shaping.data.shaper(&shaping.font).build();
    let scale = row.size / shaper.units_per_em().max(1) as f32;
    let mut buffer = UnicodeBuffer::new();
    buffer.set_flags(BufferFlags::BEGINNING_OF_TEXT | BufferFlags::END_OF_TEXT);
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let glyphs = shaper.shape(buffer, ShapeOptions::new());
    for (glyph, place) in glyphs.glyph_infos().iter().zip(glyphs.glyph_positions()) {
        let right = place.x_offset as f32 * scale;
        let up = place.y_offset as f32 * scale;
        let mut pen = GlyphPen { xml: &mut *xml, x: x + right, y: row.origin.y - up };
        if let Some(outline) = shaping.glyphs.get(GlyphId::new(glyph.glyph_id)) {
            let drawn =
                outline.draw(DrawSettings::unhinted(Size::new(row.size), LocationRef::default()), &mut pen);
            debug_assert!(drawn.is_ok(), "a font of ours can be drawn");
        }
        x += place.x_advance as f32 * scale;
    }
    x
}

/// Writes a glyph's outline at its place on the page, with y downward.
struct GlyphPen<'a> {
    xml: &'a mut XmlWriter,
    x: f32,
    y: f32,
}

impl GlyphPen<'_> {
    fn write_points<const N: usize>(&mut self, letter: &str, points: [(f32, f32); N]) {
        self.xml.add_raw(letter);
        for (index, (x, y)) in points.into_iter().enumerate() {
            let gap = if index == 0 { "" } else { " " };
            self.xml.add_raw(gap).add_number(self.x + x).add_raw(" ").add_number(self.y - y);
        }
    }
}

impl OutlinePen for GlyphPen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.write_points("M", [(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.write_points("L", [(x, y)]);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.write_points("Q", [(cx0, cy0), (x, y)]);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.write_points("C", [(cx0, cy0), (cx1, cy1), (x, y)]);
    }

    fn close(&mut self) {
        self.xml.add_raw("Z");
    }
}
