//! Embedded images as data addresses; what few programs read in an SVG becomes PNG.

use super::Writer;
use crate::id::ImageId;
use crate::model::Image;
use crate::scene::Rect;
use crate::store::image::{drawn, drawn_format};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use image::ImageFormat;
use std::io::Cursor;

impl Writer<'_> {
    /// Writes an image scaled into a rectangle; nothing if the project doesn't hold it or it can't be read.
    pub(super) fn picture(&mut self, rect: Rect, id: ImageId) {
        let images = self.images;
        let address =
            self.pictures.entry(id).or_insert_with(|| images.get(&id).and_then(|image| data_address(image)));
        let Some(address) = address else { return };
        let xml = self.xml.open("image").number("x", rect.min.x).number("y", rect.min.y);
        xml.number("width", rect.width().max(0.0)).number("height", rect.height().max(0.0));
        xml.attr("preserveAspectRatio", "none").attr("href", address).end();
    }
}

fn data_address(image: &Image) -> Option<String> {
    let bytes: &[u8] = &image.bytes;
    match drawn_format(bytes)? {
        ImageFormat::Png => Some(address("image/png", bytes)),
        ImageFormat::Jpeg => Some(address("image/jpeg", bytes)),
        ImageFormat::WebP => Some(address("image/png", &as_png(bytes)?)),
        _ => None,
    }
}

fn address(kind: &str, bytes: &[u8]) -> String {
    format!("data:{kind};base64,{}", BASE64.encode(bytes))
}

fn as_png(webp: &[u8]) -> Option<Vec<u8>> {
    let mut png = Cursor::new(Vec::new());
    drawn(webp)?.write_to(&mut png, ImageFormat::Png).ok()?;
    Some(png.into_inner())
}
