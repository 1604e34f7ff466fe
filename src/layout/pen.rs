//! Draws one block: primitives in the block's own coordinates, and their bounds.

use super::measure::Measure;
use super::text::{Paragraph, Setting, one_line, set};
use crate::id::Id;
use crate::scene::{Block, FarForm, Part, Pt, Rect, Segment, Shape, Stroke, TextRow, pt};
use crate::theme::{Color, Face, ICON_ASCENT, Icon};

/// Distance from the middle of a capital letter to its baseline, in ems of the Latin face.
const HALF_CAPITAL: f32 = 0.364;
/// Ascent and descent of the Latin face in ems.
const ASCENT: f32 = 0.97;
const DESCENT: f32 = 0.24;

/// Alignment of a row of text to its x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Start,
    Middle,
    End,
}

/// A block being drawn.
pub(super) struct Pen<'a> {
    pub(super) measure: &'a mut dyn Measure,
    shapes: Vec<Shape>,
    far: Option<Box<FarForm>>,
    cut: bool,
}

impl<'a> Pen<'a> {
    pub(super) fn new(measure: &'a mut dyn Measure) -> Self {
        Self { measure, shapes: Vec::new(), far: None, cut: false }
    }

    /// Returns the finished block; its bounds include `room`.
    pub(super) fn block(self, element: Option<Id>, part: Part, room: Rect, label: String) -> Block {
        let bounds = self.shapes.iter().filter_map(extent).fold(room, Rect::union);
        Block { element, part, bounds, label, shapes: self.shapes, far: self.far, cut: self.cut }
    }

    /// Sets the block's far form.
    pub(super) fn far(&mut self, form: FarForm) {
        self.far = Some(Box::new(form));
    }

    /// Marks the block as cut if some of its text is left out.
    pub(super) fn note_cut(&mut self, is_cut: bool) {
        self.cut |= is_cut;
    }

    /// Returns the shapes drawn so far, without text.
    pub(super) fn shapes_without_text(&self) -> Vec<Shape> {
        self.shapes.iter().filter(|shape| !matches!(shape, Shape::Text(_))).cloned().collect()
    }

    pub(super) fn shape(&mut self, shape: Shape) {
        self.shapes.push(shape);
    }

    pub(super) fn rect(&mut self, rect: Rect, radius: f32, fill: Option<Color>, stroke: Option<Stroke>) {
        self.shape(Shape::Rect { rect, radius, fill, stroke });
    }

    pub(super) fn circle(&mut self, center: Pt, radius: f32, fill: Color, stroke: Option<Stroke>) {
        self.shape(Shape::Circle { center, radius, fill: Some(fill), stroke });
    }

    /// Draws one straight line.
    pub(super) fn line(&mut self, from: Pt, to: Pt, stroke: Stroke) {
        self.shape(Shape::Path { start: from, segments: vec![Segment::Line(to)], stroke });
    }

    /// Breaks a text into rows.
    pub(super) fn set(&mut self, text: &str, setting: Setting) -> Paragraph {
        set(self.measure, text, setting)
    }

    /// Draws a paragraph below a point; returns its bottom.
    pub(super) fn paragraph(&mut self, paragraph: Paragraph, at: Pt, color: Color) -> f32 {
        let Paragraph { rows, face, size, line, is_cut } = paragraph;
        self.cut |= is_cut;
        let lead = (line - (ASCENT + DESCENT) * size) / 2.0 + ASCENT * size;
        let mut top = at.y;
        for row in rows {
            let origin = pt(at.x, top + lead);
            self.shape(Shape::Text(TextRow { origin, text: row.text, face, size, color, width: row.width }));
            top += line;
        }
        top
    }

    /// Draws a short text on one row, its capitals centred on a height; returns its width.
    pub(super) fn word(&mut self, text: &str, style: (Face, f32, Color), at: Pt, align: Align) -> f32 {
        let (face, size, color) = style;
        let text = one_line(text);
        let width = self.measure.width(face, size, &text);
        let x = match align {
            Align::Start => at.x,
            Align::Middle => at.x - width / 2.0,
            Align::End => at.x - width,
        };
        let origin = pt(x, at.y + HALF_CAPITAL * size);
        self.shape(Shape::Text(TextRow { origin, text, face, size, color, width }));
        width
    }

    /// Draws an icon whose square has its left middle at a point.
    pub(super) fn icon(&mut self, icon: Icon, size: f32, at: Pt, color: Color) {
        let origin = pt(at.x, at.y + (ICON_ASCENT - 0.5) * size);
        let text = icon.glyph().to_string();
        self.shape(Shape::Text(TextRow { origin, text, face: Face::Icon, size, color, width: size }));
    }

    /// Draws thin diagonal lines over a rectangle.
    pub(super) fn hatch(&mut self, rect: Rect, spacing: f32, stroke: Stroke) {
        self.shapes.extend(hatching(rect, spacing, stroke));
    }
}

/// Returns thin diagonal lines over a rectangle.
pub(super) fn hatching(rect: Rect, spacing: f32, stroke: Stroke) -> impl Iterator<Item = Shape> {
    let width = rect.width();
    let height = rect.height();
    let lines = ((width + height) / spacing).floor().clamp(0.0, 400.0) as u16;
    (1..=lines).map(move |line| {
        let reach = f32::from(line) * spacing;
        let start = pt(rect.min.x + (reach - height).max(0.0), rect.min.y + reach.min(height));
        let high = pt(rect.min.x + reach.min(width), rect.min.y + (reach - width).max(0.0));
        Shape::Path { start, segments: vec![Segment::Line(high)], stroke }
    })
}

/// Returns the bounds of a primitive, strokes included.
fn extent(shape: &Shape) -> Option<Rect> {
    match shape {
        Shape::Rect { rect, stroke, .. } => Some(rect.grow(half(stroke.as_ref()))),
        Shape::Path { start, segments, stroke } => {
            let points = segments.iter().flat_map(|segment| match *segment {
                Segment::Line(end) => [end; 3],
                Segment::Cubic(a, b, end) => [a, b, end],
            });
            around(std::iter::once(*start).chain(points)).map(|rect| rect.grow(stroke.width / 2.0))
        }
        Shape::Polygon { points, stroke, .. } => {
            around(points.iter().copied()).map(|rect| rect.grow(half(stroke.as_ref())))
        }
        Shape::Circle { center, radius, stroke, .. } => {
            let reach = radius + half(stroke.as_ref());
            Some(Rect::around(*center, *center).grow(reach))
        }
        Shape::Band { points, base, .. } => {
            let feet = points.iter().map(|point| pt(point.x, *base));
            around(points.iter().copied().chain(feet))
        }
        Shape::Text(row) => {
            let top = row.origin - pt(0.0, ASCENT * row.size);
            Some(Rect::new(top.x, top.y, row.width, (ASCENT + DESCENT) * row.size))
        }
        Shape::Image { rect, .. } => Some(*rect),
    }
}

fn half(stroke: Option<&Stroke>) -> f32 {
    stroke.map_or(0.0, |stroke| stroke.width / 2.0)
}

fn around(points: impl Iterator<Item = Pt>) -> Option<Rect> {
    points.map(|point| Rect { min: point, max: point }).reduce(Rect::union)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::measure::FontMeasure;

    #[test]
    fn hatch_stays_inside_and_bounds_cover_all() {
        let mut measure = FontMeasure::new();
        let mut pen = Pen::new(&mut measure);
        let rect = Rect::new(10.0, 20.0, 40.0, 17.0);
        pen.hatch(rect, 5.0, Stroke::solid(Color::default(), 0.0));
        let block = pen.block(None, Part::Score, rect, String::new());
        assert_eq!(block.bounds, rect);
        assert_eq!(block.shapes.len(), 11);
        let mut pen = Pen::new(&mut measure);
        pen.circle(pt(0.0, 0.0), 4.0, Color::default(), Some(Stroke::solid(Color::default(), 2.0)));
        let block = pen.block(None, Part::Score, Rect::default(), String::new());
        assert_eq!(block.bounds, Rect::new(-5.0, -5.0, 10.0, 10.0));
    }
}
