//! Rows of text as outlines of their glyphs: looks the same in every program, regardless of its font support.

use super::Writer;
use super::shape::color;
use super::xml::Xml;
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
    fonts: BTreeMap<&'static str, Option<Shaping>>,
}

/// One font, ready to shape and draw.
struct Shaping {
    font: FontRef<'static>,
    data: ShaperData,
    glyphs: OutlineGlyphCollection<'static>,
}

impl Shaping {
    fn read(font: &Font) -> Option<Self> {
        let font = font.file()?;
        let data = ShaperData::new(&font);
        let glyphs = font.outline_glyphs();
        Some(Self { font, data, glyphs })
    }
}

impl Writer<'_> {
    /// Writes a row as one path, with its text as a label for screen readers.
    pub(super) fn row_as_outlines(&mut self, row: &TextRow) {
        let first = row.face.chain().first();
        let xml = self.xml.open("path");
        // An icon's character has no meaning; its block has a label.
        if row.face != Face::Icon {
            xml.attr("aria-label", &row.text);
        }
        xml.raw(" d=\"");
        let mut x = row.origin.x;
        for (font, text) in self.fonts.runs(row.face, &row.text) {
            let Some(font) = font.or(first) else { continue };
            let shaping = self.outlines.fonts.entry(font.name).or_insert_with(|| Shaping::read(font));
            if let Some(shaping) = shaping {
                x = run(xml, shaping, text, x, row);
            }
        }
        color(xml.raw("\""), "fill", row.color);
        xml.end();
    }
}

/// Draws a run of one font from `x` on; returns its end.
fn run(xml: &mut Xml, shaping: &Shaping, text: &str, mut x: f32, row: &TextRow) -> f32 {
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
        let mut pen = Pen { xml: &mut *xml, x: x + right, y: row.origin.y - up };
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
struct Pen<'a> {
    xml: &'a mut Xml,
    x: f32,
    y: f32,
}

impl Pen<'_> {
    fn points<const N: usize>(&mut self, letter: &str, points: [(f32, f32); N]) {
        self.xml.raw(letter);
        for (index, (x, y)) in points.into_iter().enumerate() {
            let gap = if index == 0 { "" } else { " " };
            self.xml.raw(gap).value(self.x + x).raw(" ").value(self.y - y);
        }
    }
}

impl OutlinePen for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.points("M", [(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.points("L", [(x, y)]);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.points("Q", [(cx0, cy0), (x, y)]);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.points("C", [(cx0, cy0), (cx1, cy1), (x, y)]);
    }

    fn close(&mut self) {
        self.xml.raw("Z");
    }
}
