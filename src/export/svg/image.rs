//! Embedded images as data addresses; what few programs read in an SVG becomes PNG.

use super::Writer;
use crate::id::ImageId;
use crate::model::Image;
use crate::scene::Rect;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use image::{ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// Longest side of an image that is decoded; the project keeps none larger than 1,600.
const MAX_SIDE: u32 = 16_384;
/// Memory that decoding one image may take.
const MAX_MEMORY: u64 = 256 << 20;

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
    match image::guess_format(bytes).ok()? {
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
    let mut reader = ImageReader::with_format(Cursor::new(webp), ImageFormat::WebP);
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(MAX_SIDE), Some(MAX_SIDE));
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut png = Cursor::new(Vec::new());
    reader.decode().ok()?.write_to(&mut png, ImageFormat::Png).ok()?;
    Some(png.into_inner())
}
