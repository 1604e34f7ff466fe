//! Embedded images as data URLs; formats that few programs read in an SVG are converted to PNG.

use super::xml::XmlWriter;
use super::{SvgWriter, TextMode};
use crate::id::ImageId;
use crate::model::Image;
use crate::scene::{Rect, Scene, SceneShape};
use crate::store::image::{decode_for_drawing, drawn_format};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use image::ImageFormat;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Cursor;

impl SvgWriter<'_> {
    /// Writes an image scaled into a rectangle; nothing if the project lacks it or it can't be read.
    pub(super) fn write_picture(&mut self, rect: Rect, id: ImageId) {
        let Some(image) = self.images.get(&id) else { return };
        if self.text == TextMode::Bundled {
            return write_placement(self.xml.open_element("image"), rect)
                .add_attribute("href", &id.to_string())
                .close_empty_element();
        }
        if self.shared.contains(&id) {
            let width = image.width.max(1) as f32;
            let height = image.height.max(1) as f32;
            let xml = self.xml.open_element("use").add_attribute("xlink:href", &format!("#image-{id}"));
            xml.add_raw(" transform=\"translate(")
                .add_number(rect.min.x)
                .add_raw(" ")
                .add_number(rect.min.y)
                .add_raw(") scale(");
            xml.add_exact_number(rect.width().max(0.0) / width)
                .add_raw(" ")
                .add_exact_number(rect.height().max(0.0) / height);
            return xml.add_raw(")\"").close_empty_element();
        }
        let Some(address) = data_address(image) else { return };
        write_placement(self.xml.open_element("image"), rect)
            .add_attribute("xlink:href", &address)
            .close_empty_element();
    }

    /// Writes definitions of the images that are on the page more than once, in their own size, for reference
    /// at each place.
    pub(super) fn define_shared(&mut self, scene: &Scene) {
        let mut uses: BTreeMap<ImageId, usize> = BTreeMap::new();
        images_with_rects(scene).for_each(|(_, id)| *uses.entry(id).or_default() += 1);
        let shared = uses.into_iter().filter(|(_, count)| *count > 1).map(|(id, _)| id);
        for id in shared {
            let Some(image) = self.images.get(&id) else { continue };
            let Some(address) = data_address(image) else { continue };
            if self.shared.is_empty() {
                self.xml.open_element("defs").begin_content();
            }
            self.shared.insert(id);
            let own = Rect::new(0.0, 0.0, image.width.max(1) as f32, image.height.max(1) as f32);
            let xml = self.xml.open_element("image").add_attribute("id", &format!("image-{id}"));
            write_placement(xml, own).add_attribute("xlink:href", &address).close_empty_element();
        }
        if !self.shared.is_empty() {
            self.xml.close_element("defs");
        }
    }
}

/// Returns the images on a page, with the rectangles that they fill.
pub(in crate::export) fn images_with_rects(scene: &Scene) -> impl Iterator<Item = (Rect, ImageId)> {
    let shapes = scene.items.iter().flat_map(|item| &item.block.shapes);
    shapes.filter_map(|shape| match shape {
        SceneShape::Image { rect, image } => Some((*rect, *image)),
        _ => None,
    })
}

/// True if a page has images.
pub(super) fn is_on(scene: &Scene) -> bool {
    images_with_rects(scene).next().is_some()
}

fn write_placement(xml: &mut XmlWriter, rect: Rect) -> &mut XmlWriter {
    xml.add_number_attribute("x", rect.min.x).add_number_attribute("y", rect.min.y);
    xml.add_number_attribute("width", rect.width().max(0.0))
        .add_number_attribute("height", rect.height().max(0.0));
    xml.add_attribute("preserveAspectRatio", "none")
}

fn data_address(image: &Image) -> Option<String> {
    let (kind, bytes) = to_png_or_jpeg(image)?;
    Some(format!("data:{};base64,{}", kind.to_mime_type(), BASE64.encode(bytes)))
}

/// Returns an image in a format that most programs read, PNG or JPEG; `None` if it can't be read.
pub(in crate::export) fn to_png_or_jpeg(image: &Image) -> Option<(ImageFormat, Cow<'_, [u8]>)> {
    let bytes: &[u8] = &image.bytes;
    match drawn_format(bytes)? {
        kind @ (ImageFormat::Png | ImageFormat::Jpeg) => Some((kind, bytes.into())),
        ImageFormat::WebP => Some((ImageFormat::Png, as_png(bytes)?.into())),
        _ => None,
    }
}

fn as_png(webp: &[u8]) -> Option<Vec<u8>> {
    let mut png = Cursor::new(Vec::new());
    decode_for_drawing(webp)?.write_to(&mut png, ImageFormat::Png).ok()?;
    Some(png.into_inner())
}
