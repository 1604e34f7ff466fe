//! Embedded images as textures, decoded once.

use crate::id::ImageId;
use crate::model::Project;
use crate::store::image::drawn;
use egui::{ColorImage, TextureHandle, TextureOptions};
use std::collections::BTreeMap;

/// The textures of a project's images; none where the bytes are no image.
#[derive(Default)]
pub(super) struct Images {
    textures: BTreeMap<ImageId, Option<TextureHandle>>,
}

impl Images {
    /// The texture of an image; none where it can't be shown.
    pub(super) fn texture(
        &mut self,
        ctx: &egui::Context,
        project: &Project,
        id: ImageId,
    ) -> Option<egui::TextureId> {
        let load = || {
            let record = project.images().get(&id)?;
            let most = ctx.input(|input| input.max_texture_side);
            let picture = drawn(&record.bytes)?;
            let limit = u32::try_from(most).ok()?;
            let fits = picture.width() <= limit && picture.height() <= limit;
            let picture = if fits { picture } else { picture.thumbnail(limit, limit) };
            let pixels = picture.to_rgba8();
            let size = [pixels.width() as usize, pixels.height() as usize];
            let image = ColorImage::from_rgba_unmultiplied(size, pixels.as_raw());
            Some(ctx.load_texture(record.hash.clone(), image, TextureOptions::LINEAR))
        };
        self.textures.entry(id).or_insert_with(load).as_ref().map(TextureHandle::id)
    }
}
