//! Text widths: advances at one em, so that one measurement serves every size, zoom and export.

use crate::theme::{Chooser, Face, Font};
use harfrust::{BufferFlags, Direction, Script, ShapeOptions, ShapePlan, ShaperData, UnicodeBuffer};
use skrifa::FontRef;
use std::collections::HashMap;
use unicode_segmentation::UnicodeSegmentation;

/// The assumed width of a character that no font has, in ems: wide ones (Chinese, emoji) and others.
const UNKNOWN: (f32, f32) = (1.0, 0.6);
/// The maximum number of shaping plans that a font caches, one per script.
const PLANS: usize = 16;
/// Bytes of cached texts per face, beyond which the cache is cleared.
const REMEMBERED_BYTES: usize = 8 << 20;
/// Overhead in bytes of a cached text beside its letters.
const ENTRY_BYTES: usize = size_of::<(Box<str>, f32)>() + 16;

/// The measurements that `layout` needs of fonts.
pub trait Measure {
    /// Returns the advance of one row of text in points, not rounded to pixels.
    fn text_width(&mut self, face: Face, size: f32, text: &str) -> f32;
}

/// Measures each grapheme with the font that [`Chooser`] selects for it.
#[derive(Default)]
pub struct FontMeasure {
    faces: [FaceMeasure; Face::ALL.len()],
}

impl FontMeasure {
    /// A measure that has loaded no font yet.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Measure for FontMeasure {
    fn text_width(&mut self, face: Face, size: f32, text: &str) -> f32 {
        self.faces[face as usize].width_in_ems(face, text) * size
    }
}

/// One face: its fonts, loaded on first use, and a cache of widths in ems.
#[derive(Default)]
struct FaceMeasure {
    chooser: Option<Chooser>,
    /// Indexed as in the chooser.
    fonts: Vec<Option<ShapingFont>>,
    known: HashMap<Box<str>, f32>,
    known_bytes: usize,
    buffer: Option<UnicodeBuffer>,
}

impl FaceMeasure {
    fn width_in_ems(&mut self, face: Face, text: &str) -> f32 {
        if let Some(ems) = self.known.get(text) {
            return *ems;
        }
        let runs = self.chooser.get_or_insert_with(|| Chooser::new(face)).split_runs(text);
        let ems = runs.into_iter().map(|run| self.run_width(run.font, &text[run.range])).sum();
        let bytes = text.len() + ENTRY_BYTES;
        if self.known_bytes + bytes > REMEMBERED_BYTES {
            self.known.clear();
            self.known_bytes = 0;
        }
        self.known_bytes += bytes;
        self.known.insert(text.into(), ems);
        ems
    }

    /// Returns the advance of a run of one font.
    fn run_width(&mut self, place: Option<usize>, text: &str) -> f32 {
        let Some(font) = place.and_then(|place| load_font(&mut self.fonts, self.chooser.as_ref(), place))
        else {
            let unknown = |grapheme: &str| match grapheme.chars().next() {
                Some(sign) if sign >= '\u{1100}' => UNKNOWN.0,
                Some(_) => UNKNOWN.1,
                None => 0.0,
            };
            return text.graphemes(true).map(unknown).sum();
        };
        let buffer = self.buffer.take().unwrap_or_default();
        let (ems, buffer) = font.shape_width(text, buffer);
        self.buffer = Some(buffer);
        ems
    }
}

/// Returns the font at a chooser's index, loaded on first use.
fn load_font<'a>(
    fonts: &'a mut Vec<Option<ShapingFont>>,
    chooser: Option<&Chooser>,
    place: usize,
) -> Option<&'a mut ShapingFont> {
    if fonts.len() <= place {
        fonts.resize_with(place + 1, || None);
    }
    let slot = fonts.get_mut(place)?;
    if slot.is_none() {
        *slot = chooser.and_then(|chooser| chooser.font(place)).and_then(ShapingFont::from_font);
    }
    slot.as_mut()
}

/// One font, ready to shape.
struct ShapingFont {
    font: FontRef<'static>,
    data: ShaperData,
    /// Shaping plans by script; making one takes longer than shaping a word.
    plans: Vec<(Script, Direction, ShapePlan)>,
}

impl ShapingFont {
    fn from_font(font: &Font) -> Option<Self> {
        let font = font.font_ref()?;
        Some(Self { data: ShaperData::new(&font), font, plans: Vec::new() })
    }

    fn shape_width(&mut self, text: &str, mut buffer: UnicodeBuffer) -> (f32, UnicodeBuffer) {
        let shaper = self.data.shaper(&self.font).build();
        buffer.set_flags(BufferFlags::BEGINNING_OF_TEXT | BufferFlags::END_OF_TEXT);
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let script = buffer.script();
        let direction = buffer.direction();
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
    fn remembered_texts_take_no_more_than_their_bytes() {
        let mut measure = FontMeasure::new();
        for number in 0..12 {
            measure.text_width(Face::Regular, 12.0, &format!("{number}{}", "x".repeat(1 << 20)));
            let face = &measure.faces[Face::Regular as usize];
            let held: usize = face.known.keys().map(|text| text.len() + ENTRY_BYTES).sum();
            assert!(held <= REMEMBERED_BYTES && held == face.known_bytes, "{held}");
        }
    }

    #[test]
    fn widths_follow_size_and_chain() {
        let mut measure = FontMeasure::new();
        let mut width = |face, size, text: &str| measure.text_width(face, size, text);
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
