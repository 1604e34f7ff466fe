//! Writes each primitive as one SVG element.

use super::SvgWriter;
use super::xml::XmlWriter;
use crate::scene::{PathSegment, Pt, Rect, SceneShape, Stroke};
use crate::theme::Color;

impl SvgWriter<'_> {
    /// Writes one primitive.
    pub(super) fn write_shape(&mut self, shape: &SceneShape) {
        match shape {
            SceneShape::Rect { rect, radius, fill, stroke } => {
                self.write_rect(*rect, *radius, *fill, *stroke);
            }
            SceneShape::Path { start, segments, stroke } => self.write_path(*start, segments, *stroke),
            SceneShape::Polygon { points, fill, stroke } => self.write_polygon(points, *fill, *stroke),
            SceneShape::Circle { center, radius, fill, stroke } => {
                self.write_circle(*center, *radius, *fill, *stroke);
            }
            SceneShape::Band { points, base, fill } => self.write_band(points, *base, *fill),
            SceneShape::Text(row) => self.write_row(row),
            SceneShape::Image { rect, image } => self.write_picture(*rect, *image),
        }
    }

    fn write_rect(&mut self, rect: Rect, radius: f32, fill: Option<Color>, stroke: Option<Stroke>) {
        let finest = self.finest_dash;
        let xml = self
            .xml
            .open_element("rect")
            .add_number_attribute("x", rect.min.x)
            .add_number_attribute("y", rect.min.y);
        xml.add_number_attribute("width", rect.width().max(0.0))
            .add_number_attribute("height", rect.height().max(0.0));
        let radius = radius.min(rect.width() / 2.0).min(rect.height() / 2.0);
        if radius > 0.0 {
            xml.add_number_attribute("rx", radius);
        }
        write_paint(xml, fill, stroke, finest).close_empty_element();
    }

    fn write_circle(&mut self, center: Pt, radius: f32, fill: Option<Color>, stroke: Option<Stroke>) {
        let finest = self.finest_dash;
        let xml = self
            .xml
            .open_element("circle")
            .add_number_attribute("cx", center.x)
            .add_number_attribute("cy", center.y);
        write_paint(xml.add_number_attribute("r", radius.max(0.0)), fill, stroke, finest)
            .close_empty_element();
    }

    fn write_path(&mut self, start: Pt, segments: &[PathSegment], stroke: Stroke) {
        let finest = self.finest_dash;
        let xml = self.xml.open_element("path").add_raw(" d=\"M");
        write_point(xml, start);
        for segment in segments {
            match *segment {
                PathSegment::Line(to) => write_point(xml.add_raw("L"), to),
                PathSegment::Cubic(a, b, to) => {
                    write_point(xml.add_raw("C"), a);
                    write_point(xml.add_raw(" "), b);
                    write_point(xml.add_raw(" "), to);
                }
            }
        }
        write_paint(xml.add_raw("\""), None, Some(stroke), finest).close_empty_element();
    }

    fn write_polygon(&mut self, points: &[Pt], fill: Option<Color>, stroke: Option<Stroke>) {
        let finest = self.finest_dash;
        let xml = self.xml.open_element("path").add_raw(" d=\"");
        write_outline(xml, points.iter().copied());
        write_paint(xml.add_raw("\""), fill, stroke, finest).close_empty_element();
    }

    fn write_band(&mut self, points: &[Pt], base: f32, fill: Color) {
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return };
        let closing = [crate::scene::pt(last.x, base), crate::scene::pt(first.x, base)];
        let xml = self.xml.open_element("path").add_raw(" d=\"");
        write_outline(xml, points.iter().copied().chain(closing));
        write_paint(xml.add_raw("\""), Some(fill), None, 0.0).close_empty_element();
    }
}

/// Writes a closed outline of straight lines.
fn write_outline(xml: &mut XmlWriter, points: impl Iterator<Item = Pt>) {
    for (index, at) in points.enumerate() {
        write_point(xml.add_raw(if index == 0 { "M" } else { "L" }), at);
    }
    xml.add_raw("Z");
}

fn write_point(xml: &mut XmlWriter, at: Pt) {
    xml.add_number(at.x).add_raw(" ").add_number(at.y);
}

/// Writes fill and stroke of a shape; attributes are left out if unset. Dashes finer than `finest` become a
/// paler solid line: a renderer would draw each of millions that are invisible.
fn write_paint(
    xml: &mut XmlWriter,
    fill: Option<Color>,
    stroke: Option<Stroke>,
    finest: f32,
) -> &mut XmlWriter {
    if let Some(fill) = fill {
        write_color(xml, "fill", fill);
    }
    if let Some(stroke) = stroke {
        let fine = stroke.dash.filter(|(dash, gap)| *dash > 0.0 && dash + gap < finest);
        let share = fine.map_or(1.0, |(dash, gap)| dash / (dash + gap.max(0.0)));
        pale_color(xml, "stroke", stroke.color, share);
        if stroke.width.to_bits() != 1.0_f32.to_bits() {
            xml.add_number_attribute("stroke-width", stroke.width.max(0.0));
        }
        if let Some((dash, gap)) = stroke.dash
            && fine.is_none()
        {
            xml.add_raw(" stroke-dasharray=\"")
                .add_number(dash.max(0.0))
                .add_raw(" ")
                .add_number(gap.max(0.0))
                .add_raw("\"");
        }
    }
    xml
}

/// Writes a colour, with its opacity if it is translucent.
pub(super) fn write_color(xml: &mut XmlWriter, property: &str, color: Color) {
    pale_color(xml, property, color, 1.0);
}

/// Writes a colour with its opacity reduced to a share.
fn pale_color(xml: &mut XmlWriter, property: &str, color: Color, share: f32) {
    xml.add_attribute(property, &color.to_hex());
    let opacity = color.opacity() * share;
    if opacity < 1.0 {
        xml.add_raw(" ").add_raw(property).add_raw("-opacity=\"").add_number(opacity).add_raw("\"");
    }
}
