//! Draws one block: primitives in the block's own coordinates, and their bounds.

use super::measure::Measure;
use super::text::{Paragraph, Setting, break_text, one_line};
use crate::id::Id;
use crate::scene::{Block, FarForm, PathSegment, Pt, Rect, ScenePart, SceneShape, Stroke, TextRow, pt};
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
pub(super) struct BlockPen<'a> {
    pub(super) measure: &'a mut dyn Measure,
    shapes: Vec<SceneShape>,
    far: Option<Box<FarForm>>,
    cut: bool,
}

impl<'a> BlockPen<'a> {
    pub(super) fn new(measure: &'a mut dyn Measure) -> Self {
        Self { measure, shapes: Vec::new(), far: None, cut: false }
    }

    /// Returns the finished block; its bounds include `room`.
    pub(super) fn into_block(self, element: Option<Id>, part: ScenePart, room: Rect, label: String) -> Block {
        let bounds = self.shapes.iter().filter_map(shape_bounds).fold(room, Rect::union);
        Block { element, part, bounds, label, shapes: self.shapes, far: self.far, cut: self.cut }
    }

    /// Sets the block's far form.
    pub(super) fn set_far_form(&mut self, form: FarForm) {
        self.far = Some(Box::new(form));
    }

    /// Marks the block as cut if some of its text is left out.
    pub(super) fn note_cut(&mut self, is_cut: bool) {
        self.cut |= is_cut;
    }

    /// Returns the shapes drawn so far, without text.
    pub(super) fn shapes_without_text(&self) -> Vec<SceneShape> {
        self.shapes.iter().filter(|shape| !matches!(shape, SceneShape::Text(_))).cloned().collect()
    }

    pub(super) fn draw_shape(&mut self, shape: SceneShape) {
        self.shapes.push(shape);
    }

    pub(super) fn draw_rect(&mut self, rect: Rect, radius: f32, fill: Option<Color>, stroke: Option<Stroke>) {
        self.draw_shape(SceneShape::Rect { rect, radius, fill, stroke });
    }

    pub(super) fn draw_circle(&mut self, center: Pt, radius: f32, fill: Color, stroke: Option<Stroke>) {
        self.draw_shape(SceneShape::Circle { center, radius, fill: Some(fill), stroke });
    }

    /// Draws one straight line.
    pub(super) fn draw_line(&mut self, from: Pt, to: Pt, stroke: Stroke) {
        self.draw_shape(SceneShape::Path { start: from, segments: vec![PathSegment::Line(to)], stroke });
    }

    /// Breaks a text into rows.
    pub(super) fn break_text(&mut self, text: &str, setting: Setting) -> Paragraph {
        break_text(self.measure, text, setting)
    }

    /// Draws a paragraph below a point; returns its bottom.
    pub(super) fn draw_paragraph(&mut self, paragraph: Paragraph, at: Pt, color: Color) -> f32 {
        let Paragraph { rows, face, size, line, is_cut } = paragraph;
        self.cut |= is_cut;
        let lead = (line - (ASCENT + DESCENT) * size) / 2.0 + ASCENT * size;
        let mut top = at.y;
        for row in rows {
            let origin = pt(at.x, top + lead);
            self.draw_shape(SceneShape::Text(TextRow {
                origin,
                text: row.text,
                face,
                size,
                color,
                width: row.width,
            }));
            top += line;
        }
        top
    }

    /// Draws a short text on one row, its capitals centred on a height; returns its width.
    pub(super) fn draw_text(&mut self, text: &str, style: (Face, f32, Color), at: Pt, align: Align) -> f32 {
        let (face, size, color) = style;
        let text = one_line(text);
        let width = self.measure.text_width(face, size, &text);
        let x = match align {
            Align::Start => at.x,
            Align::Middle => at.x - width / 2.0,
            Align::End => at.x - width,
        };
        let origin = pt(x, at.y + HALF_CAPITAL * size);
        self.draw_shape(SceneShape::Text(TextRow { origin, text, face, size, color, width }));
        width
    }

    /// Draws an icon whose square has its left middle at a point.
    pub(super) fn draw_icon(&mut self, icon: Icon, size: f32, at: Pt, color: Color) {
        let origin = pt(at.x, at.y + (ICON_ASCENT - 0.5) * size);
        let text = icon.glyph().to_string();
        self.draw_shape(SceneShape::Text(TextRow {
            origin,
            text,
            face: Face::Icon,
            size,
            color,
            width: size,
        }));
    }

    /// Draws thin diagonal lines over a rectangle.
    pub(super) fn draw_hatching(&mut self, rect: Rect, spacing: f32, stroke: Stroke) {
        self.shapes.extend(hatch_lines(rect, spacing, stroke));
    }
}

/// Returns thin diagonal lines over a rectangle.
pub(super) fn hatch_lines(rect: Rect, spacing: f32, stroke: Stroke) -> impl Iterator<Item = SceneShape> {
    let width = rect.width();
    let height = rect.height();
    let lines = ((width + height) / spacing).floor().clamp(0.0, 400.0) as u16;
    (1..=lines).map(move |line| {
        let reach = f32::from(line) * spacing;
        let start = pt(rect.min.x + (reach - height).max(0.0), rect.min.y + reach.min(height));
        let high = pt(rect.min.x + reach.min(width), rect.min.y + (reach - width).max(0.0));
        SceneShape::Path { start, segments: vec![PathSegment::Line(high)], stroke }
    })
}

/// Returns the bounds of a primitive, strokes included.
fn shape_bounds(shape: &SceneShape) -> Option<Rect> {
    match shape {
        SceneShape::Rect { rect, stroke, .. } => Some(rect.grow_by(half_width(stroke.as_ref()))),
        SceneShape::Path { start, segments, stroke } => {
            let points = segments.iter().flat_map(|segment| match *segment {
                PathSegment::Line(end) => [end; 3],
                PathSegment::Cubic(a, b, end) => [a, b, end],
            });
            bounds_of_points(std::iter::once(*start).chain(points))
                .map(|rect| rect.grow_by(stroke.width / 2.0))
        }
        SceneShape::Polygon { points, stroke, .. } => {
            bounds_of_points(points.iter().copied()).map(|rect| rect.grow_by(half_width(stroke.as_ref())))
        }
        SceneShape::Circle { center, radius, stroke, .. } => {
            let reach = radius + half_width(stroke.as_ref());
            Some(Rect::from_two_points(*center, *center).grow_by(reach))
        }
        SceneShape::Band { points, base, .. } => {
            let feet = points.iter().map(|point| pt(point.x, *base));
            bounds_of_points(points.iter().copied().chain(feet))
        }
        SceneShape::Text(row) => {
            let top = row.origin - pt(0.0, ASCENT * row.size);
            Some(Rect::new(top.x, top.y, row.width, (ASCENT + DESCENT) * row.size))
        }
        SceneShape::Image { rect, .. } => Some(*rect),
    }
}

fn half_width(stroke: Option<&Stroke>) -> f32 {
    stroke.map_or(0.0, |stroke| stroke.width / 2.0)
}

fn bounds_of_points(points: impl Iterator<Item = Pt>) -> Option<Rect> {
    points.map(|point| Rect { min: point, max: point }).reduce(Rect::union)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::measure::FontMeasure;

    #[test]
    fn hatch_stays_inside_and_bounds_cover_all() {
        let mut measure = FontMeasure::new();
        let mut pen = BlockPen::new(&mut measure);
        let rect = Rect::new(10.0, 20.0, 40.0, 17.0);
        pen.draw_hatching(rect, 5.0, Stroke::solid_line(Color::default(), 0.0));
        let block = pen.into_block(None, ScenePart::Score, rect, String::new());
        assert_eq!(block.bounds, rect);
        assert_eq!(block.shapes.len(), 11);
        let mut pen = BlockPen::new(&mut measure);
        pen.draw_circle(pt(0.0, 0.0), 4.0, Color::default(), Some(Stroke::solid_line(Color::default(), 2.0)));
        let block = pen.into_block(None, ScenePart::Score, Rect::default(), String::new());
        assert_eq!(block.bounds, Rect::new(-5.0, -5.0, 10.0, 10.0));
    }
}
