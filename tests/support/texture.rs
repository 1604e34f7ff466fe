//! A texture on the CPU, sampled with linear filtering and clamped edges.

use egui::epaint::{ImageData, ImageDelta};

/// Premultiplied red, green, blue and alpha, 0 to 1.
pub(super) type Rgba = [f32; 4];

/// A texture's pixels.
#[derive(Default)]
pub(super) struct Texture {
    size: [usize; 2],
    pixels: Vec<egui::Color32>,
}

impl Texture {
    /// Applies a change of all or part of it.
    pub(super) fn apply(&mut self, delta: &ImageDelta) {
        let ImageData::Color(image) = &delta.image;
        let Some([left, top]) = delta.pos else {
            self.size = image.size;
            self.pixels.clone_from(&image.pixels);
            return;
        };
        for (row, pixels) in image.pixels.chunks(image.size[0].max(1)).enumerate() {
            let start = (top + row) * self.size[0] + left;
            self.pixels[start..start + pixels.len()].copy_from_slice(pixels);
        }
    }

    /// Returns the colour at a position, both coordinates 0 to 1.
    pub(super) fn sample(&self, uv: egui::Pos2) -> Rgba {
        let at = |share: f32, size: usize| {
            let texel = (share * size as f32 - 0.5).clamp(0.0, size.saturating_sub(1) as f32);
            let low = texel.floor() as usize;
            (low, (low + 1).min(size.saturating_sub(1)), texel.fract())
        };
        let ((left, right, x), (top, bottom, y)) = (at(uv.x, self.size[0]), at(uv.y, self.size[1]));
        let upper = mix(self.texel(left, top), self.texel(right, top), x);
        mix(upper, mix(self.texel(left, bottom), self.texel(right, bottom), x), y)
    }

    fn texel(&self, x: usize, y: usize) -> Rgba {
        self.pixels.get(y * self.size[0] + x).map_or([0.0; 4], |texel| unit(*texel))
    }
}

/// Returns a colour as components from 0 to 1.
pub(super) fn unit(color: egui::Color32) -> Rgba {
    color.to_array().map(|byte| f32::from(byte) / 255.0)
}

fn mix(a: Rgba, b: Rgba, share: f32) -> Rgba {
    std::array::from_fn(|i| a[i] + (b[i] - a[i]) * share)
}
