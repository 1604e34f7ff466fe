//! Embedded images as data URLs; formats that few programs read in an SVG are converted to PNG.

use super::xml::Xml;
use super::{TextMode, Writer};
use crate::id::ImageId;
use crate::model::Image;
use crate::scene::{Rect, Scene, Shape};
use crate::store::image::{drawn, drawn_format};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use image::ImageFormat;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Cursor;

impl Writer<'_> {
    /// Writes an image scaled into a rectangle; nothing if the project lacks it or it can't be read.
    pub(super) fn picture(&mut self, rect: Rect, id: ImageId) {
        let Some(image) = self.images.get(&id) else { return };
        if self.text == TextMode::Bundled {
            return placed(self.xml.open("image"), rect).attr("href", &id.to_string()).end();
        }
        if self.shared.contains(&id) {
            let width = image.width.max(1) as f32;
            let height = image.height.max(1) as f32;
            let xml = self.xml.open("use").attr("xlink:href", &format!("#image-{id}"));
            xml.raw(" transform=\"translate(").value(rect.min.x).raw(" ").value(rect.min.y).raw(") scale(");
            xml.exact(rect.width().max(0.0) / width).raw(" ").exact(rect.height().max(0.0) / height);
            return xml.raw(")\"").end();
        }
        let Some(address) = data_address(image) else { return };
        placed(self.xml.open("image"), rect).attr("xlink:href", &address).end();
    }

    /// Writes definitions of the images that are on the page more than once, in their own size, for reference
    /// at each place.
    pub(super) fn define_shared(&mut self, scene: &Scene) {
        let mut uses: BTreeMap<ImageId, usize> = BTreeMap::new();
        pictures(scene).for_each(|(_, id)| *uses.entry(id).or_default() += 1);
        let shared = uses.into_iter().filter(|(_, count)| *count > 1).map(|(id, _)| id);
        for id in shared {
            let Some(image) = self.images.get(&id) else { continue };
            let Some(address) = data_address(image) else { continue };
            if self.shared.is_empty() {
                self.xml.open("defs").body();
            }
            self.shared.insert(id);
            let own = Rect::new(0.0, 0.0, image.width.max(1) as f32, image.height.max(1) as f32);
            let xml = self.xml.open("image").attr("id", &format!("image-{id}"));
            placed(xml, own).attr("xlink:href", &address).end();
        }
        if !self.shared.is_empty() {
            self.xml.close("defs");
        }
    }
}

/// Returns the images on a page, with the rectangles that they fill.
pub(in crate::export) fn pictures(scene: &Scene) -> impl Iterator<Item = (Rect, ImageId)> {
    let shapes = scene.items.iter().flat_map(|item| &item.block.shapes);
    shapes.filter_map(|shape| match shape {
        Shape::Image { rect, image } => Some((*rect, *image)),
        _ => None,
    })
}

/// True if a page has images.
pub(super) fn is_on(scene: &Scene) -> bool {
    pictures(scene).next().is_some()
}

fn placed(xml: &mut Xml, rect: Rect) -> &mut Xml {
    xml.number("x", rect.min.x).number("y", rect.min.y);
    xml.number("width", rect.width().max(0.0)).number("height", rect.height().max(0.0));
    xml.attr("preserveAspectRatio", "none")
}

fn data_address(image: &Image) -> Option<String> {
    let (kind, bytes) = readable(image)?;
    Some(format!("data:{};base64,{}", kind.to_mime_type(), BASE64.encode(bytes)))
}

/// Returns an image in a format that most programs read, PNG or JPEG; `None` if it can't be read.
pub(in crate::export) fn readable(image: &Image) -> Option<(ImageFormat, Cow<'_, [u8]>)> {
    let bytes: &[u8] = &image.bytes;
    match drawn_format(bytes)? {
        kind @ (ImageFormat::Png | ImageFormat::Jpeg) => Some((kind, bytes.into())),
        ImageFormat::WebP => Some((ImageFormat::Png, as_png(bytes)?.into())),
        _ => None,
    }
}

fn as_png(webp: &[u8]) -> Option<Vec<u8>> {
    let mut png = Cursor::new(Vec::new());
    drawn(webp)?.write_to(&mut png, ImageFormat::Png).ok()?;
    Some(png.into_inner())
}
