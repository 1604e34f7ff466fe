//! How wide a text is: advances of the bundled fonts at one em, so that one measurement serves every size, zoom and export.

use crate::theme::{Face, Font};
use harfrust::{BufferFlags, Direction, Script, ShapeOptions, ShapePlan, ShaperData, UnicodeBuffer};
use skrifa::charmap::Charmap;
use skrifa::{FontRef, MetadataProvider};
use std::collections::HashMap;
use unicode_segmentation::UnicodeSegmentation;

/// The width taken for a character that no bundled font has, in ems: wide ones (Chinese, emoji) and others.
const UNKNOWN: (f32, f32) = (1.0, 0.6);
/// Scripts whose plans a font keeps.
const PLANS: usize = 16;
/// Texts remembered per face before all are forgotten.
const REMEMBERED: usize = 200_000;

/// What `layout` must know of fonts.
pub trait Measure {
    /// The advance of one row of text in points, not rounded to pixels.
    fn width(&mut self, face: Face, size: f32, text: &str) -> f32;
}

/// Measures with the bundled fonts: each grapheme by the first font of the face's chain that has it.
#[derive(Default)]
pub struct FontMeasure {
    faces: [FaceMeasure; Face::ALL.len()],
}

impl FontMeasure {
    /// A measure that has read no font yet.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Measure for FontMeasure {
    fn width(&mut self, face: Face, size: f32, text: &str) -> f32 {
        self.faces[face as usize].ems(face, text) * size
    }
}

/// One face: its fonts, read when first asked for, and the widths already found, in ems.
#[derive(Default)]
struct FaceMeasure {
    fonts: Vec<Shaping>,
    known: HashMap<Box<str>, f32>,
    buffer: Option<UnicodeBuffer>,
}

impl FaceMeasure {
    fn ems(&mut self, face: Face, text: &str) -> f32 {
        if let Some(ems) = self.known.get(text) {
            return *ems;
        }
        if self.fonts.is_empty() {
            self.fonts = face.chain().iter().filter_map(Shaping::read).collect();
        }
        let ems = self.shape(text);
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        self.known.insert(text.into(), ems);
        ems
    }

    /// Shapes runs of one font each and adds up their advances.
    fn shape(&mut self, text: &str) -> f32 {
        let mut ems = 0.0;
        let mut run = (None, 0..0);
        for (at, grapheme) in text.grapheme_indices(true) {
            let font = self.fonts.iter().position(|font| font.has(grapheme));
            if font != run.0 {
                ems += self.run(run.0, &text[run.1]);
                run = (font, at..at);
            }
            run.1.end = at + grapheme.len();
        }
        ems + self.run(run.0, &text[run.1])
    }

    fn run(&mut self, font: Option<usize>, text: &str) -> f32 {
        let Some(font) = font.and_then(|font| self.fonts.get_mut(font)) else {
            let unknown = |grapheme: &str| match grapheme.chars().next() {
                Some(sign) if sign >= '\u{1100}' => UNKNOWN.0,
                Some(_) => UNKNOWN.1,
                None => 0.0,
            };
            return text.graphemes(true).map(unknown).sum();
        };
        let buffer = self.buffer.take().unwrap_or_default();
        let (ems, buffer) = font.ems(text, buffer);
        self.buffer = Some(buffer);
        ems
    }
}

/// One font, ready to shape.
struct Shaping {
    font: FontRef<'static>,
    charmap: Charmap<'static>,
    /// Which ASCII characters it has: most texts hold nothing else.
    ascii: [bool; 128],
    data: ShaperData,
    /// What shaping a script needs; making one takes longer than shaping a word.
    plans: Vec<(Script, Direction, ShapePlan)>,
}

impl Shaping {
    fn read(font: &Font) -> Option<Self> {
        let font = FontRef::new(font.data).ok()?;
        let (charmap, data) = (font.charmap(), ShaperData::new(&font));
        let ascii = std::array::from_fn(|code| charmap.map(code as u32).is_some());
        Some(Self { font, charmap, ascii, data, plans: Vec::new() })
    }

    /// Whether it has the grapheme; joiners and variation selectors never decide.
    fn has(&self, grapheme: &str) -> bool {
        if let &[byte] = grapheme.as_bytes() {
            return self.ascii.get(usize::from(byte)).copied().unwrap_or_default();
        }
        let silent = |sign: char| matches!(sign, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
        grapheme.chars().filter(|sign| !silent(*sign)).all(|sign| self.charmap.map(sign).is_some())
    }

    fn ems(&mut self, text: &str, mut buffer: UnicodeBuffer) -> (f32, UnicodeBuffer) {
        let shaper = self.data.shaper(&self.font).build();
        buffer.set_flags(BufferFlags::BEGINNING_OF_TEXT | BufferFlags::END_OF_TEXT);
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let (script, direction) = (buffer.script(), buffer.direction());
        let known = self.plans.iter().position(|plan| (plan.0, plan.1) == (script, direction));
        let plan = known.unwrap_or_else(|| {
            let plan = ShapePlan::new(&shaper, direction, Some(script), None, &[]);
            if self.plans.len() >= PLANS {
                self.plans.clear();
            }
            self.plans.push((script, direction, plan));
            self.plans.len() - 1
        });
        let plan = self.plans.get(plan).map(|plan| &plan.2);
        let glyphs = shaper.shape(buffer, ShapeOptions::new().plan(plan));
        let advance: i64 = glyphs.glyph_positions().iter().map(|glyph| i64::from(glyph.x_advance)).sum();
        (advance as f32 / shaper.units_per_em().max(1) as f32, glyphs.clear())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_follow_size_and_chain() {
        let mut measure = FontMeasure::new();
        let mut width = |face, size, text: &str| measure.width(face, size, text);
        let one = width(Face::Regular, 12.0, "Online boarding");
        assert!((width(Face::Regular, 24.0, "Online boarding") - 2.0 * one).abs() < 1e-3);
        assert!(width(Face::SemiBold, 12.0, "Online boarding") > one);
        assert!((width(Face::Regular, 10.0, "旅程") - 20.0).abs() < 0.01);
        let parts = width(Face::Regular, 12.0, "App ") + width(Face::Regular, 12.0, "旅程");
        assert!((width(Face::Regular, 12.0, "App 旅程") - parts).abs() < 1e-3);
        assert!(width(Face::Icon, 16.0, &crate::theme::Icon::Plane.glyph().to_string()) > 15.0);
        assert!(width(Face::Regular, 12.0, "").abs() < f32::EPSILON);
        assert!((width(Face::Regular, 10.0, "\u{13000}") - 10.0).abs() < 1e-3);
    }
}
