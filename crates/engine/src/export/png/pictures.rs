//! The images of a page for the renderer: each is decoded once, however often it is used.

use crate::export::svg::{images_with_rects, to_png_or_jpeg};
use crate::id::ImageId;
use crate::model::{Image, Table};
use crate::scene::Scene;
use crate::store::image::decode_for_drawing;
use image::ImageFormat;
use resvg::usvg::{ImageHrefResolver, ImageKind};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

/// The number of uses above which an image that is drawn much smaller than its size is scaled down first,
/// because the renderer decodes it anew for each use.
const MANY: usize = 8;

/// The images of a page by their ids, ready to be drawn.
pub(super) struct Pictures(BTreeMap<String, ImageKind>);

impl Pictures {
    /// Prepares the images of a page that is drawn at `scale` pixels per point.
    pub(super) fn new(scene: &Scene, images: &Table<ImageId, Image>, scale: f32) -> Self {
        let mut uses: BTreeMap<ImageId, (usize, f32)> = BTreeMap::new();
        for (rect, id) in images_with_rects(scene) {
            let (count, side) = uses.entry(id).or_default();
            *count += 1;
            *side = side.max(rect.width().max(rect.height()));
        }
        let ready = uses.into_iter().filter_map(|(id, (count, side))| {
            let image = images.get(&id)?;
            let pixels = (side * scale * 2.0).ceil().max(1.0) as u32;
            let small = (count > MANY && u64::from(pixels) < image.width.max(image.height))
                .then(|| scale_down(image, pixels))
                .flatten();
            Some((id.to_string(), small.or_else(|| as_it_is(image))?))
        });
        Self(ready.collect())
    }

    /// Returns the resolver for image references in a document.
    pub(super) fn image_resolver(&self) -> ImageHrefResolver<'_> {
        ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|name, _| self.0.get(name).cloned()),
        }
    }
}

fn as_it_is(image: &Image) -> Option<ImageKind> {
    let (format, bytes) = to_png_or_jpeg(image)?;
    let bytes = Arc::new(bytes.into_owned());
    Some(if format == ImageFormat::Jpeg { ImageKind::JPEG(bytes) } else { ImageKind::PNG(bytes) })
}

/// Returns an image scaled down to at most `side` pixels a side.
fn scale_down(image: &Image, side: u32) -> Option<ImageKind> {
    let mut bytes = Cursor::new(Vec::new());
    decode_for_drawing(&image.bytes)?.thumbnail(side, side).write_to(&mut bytes, ImageFormat::Png).ok()?;
    Some(ImageKind::PNG(Arc::new(bytes.into_inner())))
}
