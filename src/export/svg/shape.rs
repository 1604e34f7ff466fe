//! Writes each primitive as one SVG element.

use super::Writer;
use super::xml::Xml;
use crate::scene::{Pt, Rect, Segment, Shape, Stroke};
use crate::theme::Color;

impl Writer<'_> {
    /// Writes one primitive.
    pub(super) fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect { rect, radius, fill, stroke } => self.rect(*rect, *radius, *fill, *stroke),
            Shape::Path { start, segments, stroke } => self.path(*start, segments, *stroke),
            Shape::Polygon { points, fill, stroke } => self.polygon(points, *fill, *stroke),
            Shape::Circle { center, radius, fill, stroke } => self.circle(*center, *radius, *fill, *stroke),
            Shape::Band { points, base, fill } => self.band(points, *base, *fill),
            Shape::Text(row) => self.row(row),
            Shape::Image { rect, image } => self.picture(*rect, *image),
        }
    }

    fn rect(&mut self, rect: Rect, radius: f32, fill: Option<Color>, stroke: Option<Stroke>) {
        let finest = self.finest_dash;
        let xml = self.xml.open("rect").number("x", rect.min.x).number("y", rect.min.y);
        xml.number("width", rect.width().max(0.0)).number("height", rect.height().max(0.0));
        let radius = radius.min(rect.width() / 2.0).min(rect.height() / 2.0);
        if radius > 0.0 {
            xml.number("rx", radius);
        }
        paint(xml, fill, stroke, finest).end();
    }

    fn circle(&mut self, center: Pt, radius: f32, fill: Option<Color>, stroke: Option<Stroke>) {
        let finest = self.finest_dash;
        let xml = self.xml.open("circle").number("cx", center.x).number("cy", center.y);
        paint(xml.number("r", radius.max(0.0)), fill, stroke, finest).end();
    }

    fn path(&mut self, start: Pt, segments: &[Segment], stroke: Stroke) {
        let finest = self.finest_dash;
        let xml = self.xml.open("path").raw(" d=\"M");
        point(xml, start);
        for segment in segments {
            match *segment {
                Segment::Line(to) => point(xml.raw("L"), to),
                Segment::Cubic(a, b, to) => {
                    point(xml.raw("C"), a);
                    point(xml.raw(" "), b);
                    point(xml.raw(" "), to);
                }
            }
        }
        paint(xml.raw("\""), None, Some(stroke), finest).end();
    }

    fn polygon(&mut self, points: &[Pt], fill: Option<Color>, stroke: Option<Stroke>) {
        let finest = self.finest_dash;
        let xml = self.xml.open("path").raw(" d=\"");
        outline(xml, points.iter().copied());
        paint(xml.raw("\""), fill, stroke, finest).end();
    }

    fn band(&mut self, points: &[Pt], base: f32, fill: Color) {
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return };
        let closing = [crate::scene::pt(last.x, base), crate::scene::pt(first.x, base)];
        let xml = self.xml.open("path").raw(" d=\"");
        outline(xml, points.iter().copied().chain(closing));
        paint(xml.raw("\""), Some(fill), None, 0.0).end();
    }
}

/// Writes a closed outline of straight lines.
fn outline(xml: &mut Xml, points: impl Iterator<Item = Pt>) {
    for (index, at) in points.enumerate() {
        point(xml.raw(if index == 0 { "M" } else { "L" }), at);
    }
    xml.raw("Z");
}

fn point(xml: &mut Xml, at: Pt) {
    xml.value(at.x).raw(" ").value(at.y);
}

/// Writes fill and stroke of a shape; attributes are left out if unset. Dashes finer than `finest` become a
/// paler solid line: a renderer would draw each of millions that are invisible.
fn paint(xml: &mut Xml, fill: Option<Color>, stroke: Option<Stroke>, finest: f32) -> &mut Xml {
    if let Some(fill) = fill {
        color(xml, "fill", fill);
    }
    if let Some(stroke) = stroke {
        let fine = stroke.dash.filter(|(dash, gap)| *dash > 0.0 && dash + gap < finest);
        let share = fine.map_or(1.0, |(dash, gap)| dash / (dash + gap.max(0.0)));
        pale_color(xml, "stroke", stroke.color, share);
        if stroke.width.to_bits() != 1.0_f32.to_bits() {
            xml.number("stroke-width", stroke.width.max(0.0));
        }
        if let Some((dash, gap)) = stroke.dash
            && fine.is_none()
        {
            xml.raw(" stroke-dasharray=\"").value(dash.max(0.0)).raw(" ").value(gap.max(0.0)).raw("\"");
        }
    }
    xml
}

/// Writes a colour, with its opacity if it is translucent.
pub(super) fn color(xml: &mut Xml, property: &str, color: Color) {
    pale_color(xml, property, color, 1.0);
}

/// Writes a colour with its opacity reduced to a share.
fn pale_color(xml: &mut Xml, property: &str, color: Color, share: f32) {
    xml.attr(property, &color.hex());
    let opacity = color.opacity() * share;
    if opacity < 1.0 {
        xml.raw(" ").raw(property).raw("-opacity=\"").value(opacity).raw("\"");
    }
}
