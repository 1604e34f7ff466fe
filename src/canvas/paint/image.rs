//! Embedded images as textures: decoded one after another on a separate thread, and dropped once they are no
//! part of the project.

use egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions};
use engine::id::ImageId;
use engine::model::{Image, Project};
use engine::store::image::decode_for_drawing;
use std::collections::BTreeMap;
use std::panic::catch_unwind;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// The textures of a project's images.
#[derive(Default)]
pub(super) struct Images {
    pictures: BTreeMap<ImageId, DecodedImage>,
    decoder: Option<ImageDecoder>,
}

/// The state of an image.
enum DecodedImage {
    /// Being decoded.
    Awaited,
    /// Not decodable, or too large.
    Missing,
    /// Decoded.
    Ready(TextureHandle),
}

impl Images {
    /// Returns the texture of an image; `None` if it can't be shown or is still being decoded, which requests
    /// a repaint once done.
    pub(super) fn texture_of(&mut self, ctx: &Context, project: &Project, id: ImageId) -> Option<TextureId> {
        self.collect_decoded(ctx);
        if !self.pictures.contains_key(&id) {
            self.pictures.retain(|known, _| project.images().contains_key(known));
            let image = project.images().get(&id)?;
            let decoder = self.decoder.get_or_insert_with(|| ImageDecoder::start(ctx.clone()));
            let most = ctx.input(|input| input.max_texture_side);
            let picture =
                if decoder.queue_image(image, most) { DecodedImage::Awaited } else { DecodedImage::Missing };
            self.pictures.insert(id, picture);
        }
        match self.pictures.get(&id) {
            Some(DecodedImage::Ready(texture)) => Some(texture.id()),
            Some(DecodedImage::Awaited | DecodedImage::Missing) | None => None,
        }
    }

    /// Collects the images decoded since the last frame.
    fn collect_decoded(&mut self, ctx: &Context) {
        let Some(decoder) = &self.decoder else { return };
        for (id, pixels) in decoder.decoded.try_iter() {
            if let Some(picture) = self.pictures.get_mut(&id) {
                *picture = pixels.map_or(DecodedImage::Missing, |pixels| {
                    DecodedImage::Ready(ctx.load_texture("image", pixels, TextureOptions::LINEAR))
                });
            }
        }
    }
}

/// An image to be decoded: its name, its bytes, and the most pixels a side.
type DecodeTask = (ImageId, Arc<[u8]>, usize);

/// The decoding thread; it ends when the sender of its tasks is dropped.
struct ImageDecoder {
    tasks: Sender<DecodeTask>,
    decoded: Receiver<(ImageId, Option<ColorImage>)>,
}

impl ImageDecoder {
    fn start(ctx: Context) -> Self {
        let (tasks, waiting) = channel::<DecodeTask>();
        let (done, decoded) = channel();
        let run = move || {
            for (id, bytes, most) in waiting {
                let pixels = catch_unwind(|| decode_image(&bytes, most)).unwrap_or_default();
                if done.send((id, pixels)).is_err() {
                    break;
                }
                ctx.request_repaint();
            }
        };
        // If no thread starts, its end of the channel is dropped, and `ask` reports that.
        drop(std::thread::Builder::new().name("images".to_owned()).spawn(run));
        Self { tasks, decoded }
    }

    /// Queues an image for decoding; true if it will be decoded.
    fn queue_image(&self, image: &Image, most: usize) -> bool {
        self.tasks.send((image.id, Arc::clone(&image.bytes), most)).is_ok()
    }
}

fn decode_image(bytes: &[u8], most: usize) -> Option<ColorImage> {
    let picture = decode_for_drawing(bytes)?;
    let most = u32::try_from(most).ok()?;
    let fits = picture.width().max(picture.height()) <= most;
    let pixels = if fits { picture } else { picture.thumbnail(most, most) }.to_rgba8();
    let size = [pixels.width() as usize, pixels.height() as usize];
    Some(ColorImage::from_rgba_unmultiplied(size, pixels.as_raw()))
}
