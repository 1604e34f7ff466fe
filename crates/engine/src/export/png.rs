//! Exports a scene as PNG, of any size in little memory: it is drawn strip by strip, straight into the file.
//! For each strip only the blocks that touch it are rendered, some at a time, so that memory does not grow
//! with their number.

mod batches;
mod pictures;

use crate::i18n::{Explain, Lang, Msg};
use crate::id::ImageId;
use crate::model::Image;
use crate::model::Table;
use crate::scene::{Rect, Scene};
use crate::theme::Color;
use batches::{BatchRenderer, MARKS};
use pictures::Pictures;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::Size;
use std::io::Write;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

/// Points of the page per inch of paper.
pub const POINTS_PER_INCH: f32 = 72.0;
/// Maximum side in pixels; most programs can't open larger pictures.
pub const MAX_SIDE: u32 = 65_535;
/// Memory of one strip; one is drawn while the previous one is written.
const STRIP_BYTES: usize = 48 << 20;
/// Rows drawn above and below a strip and discarded. The renderer splits curves at the edge of its canvas,
/// and the halves differ slightly from the whole.
const MARGIN: u32 = 32;
const BYTES_PER_PIXEL: usize = 4;
/// The time after which the caller is asked again whether to go on, while a strip is being drawn.
const PATIENCE: Duration = Duration::from_millis(100);

/// The reason why a picture was not written.
#[derive(Debug)]
pub enum PngError {
    /// The picture would be larger than programs can open.
    TooLarge {
        /// Its width in pixels.
        width: u64,
        /// Its height in pixels.
        height: u64,
    },
    /// There is not enough memory for a strip of it.
    Memory(u32),
    /// The renderer could not read our SVG.
    Render(resvg::usvg::Error),
    /// The file could not be written.
    Write(png::EncodingError),
    /// The caller cancelled it.
    Cancelled,
}

impl From<resvg::usvg::Error> for PngError {
    fn from(error: resvg::usvg::Error) -> Self {
        Self::Render(error)
    }
}

impl From<png::EncodingError> for PngError {
    fn from(error: png::EncodingError) -> Self {
        Self::Write(error)
    }
}

impl Explain for PngError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::TooLarge { width, height } => Msg::ExportTooBig
                .text_with(lang, &[("width", width), ("height", height), ("limit", &MAX_SIDE)]),
            Self::Memory(pixels) => not_exported(lang, &Msg::ExportMemory.text_with(lang, &[("n", pixels)])),
            Self::Render(error) => {
                not_exported(lang, &Msg::ExportNotDrawn.text_with(lang, &[("detail", error)]))
            }
            Self::Write(error) => {
                not_exported(lang, &Msg::ExportNotWritten.text_with(lang, &[("detail", error)]))
            }
            Self::Cancelled => not_exported(lang, Msg::ExportCancelled.text(lang)),
        }
    }
}

fn not_exported(lang: Lang, detail: &str) -> String {
    Msg::DetailsAt.text_with(lang, &[("problem", &Msg::CannotExport.text(lang)), ("path", &detail)])
}

/// The scale and background of a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PngOptions {
    /// Pixels per point.
    pub scale: f32,
    /// The colour behind the page.
    pub ground: Color,
}

impl PngOptions {
    /// Options for a resolution in dots per inch.
    pub fn from_dpi(dpi: f32, ground: Color) -> Self {
        Self { scale: dpi / POINTS_PER_INCH, ground }
    }

    /// Options for a width in pixels.
    pub fn from_width(width: u32, scene: &Scene, ground: Color) -> Self {
        Self { scale: width as f32 / scene.size.x.max(1.0), ground }
    }

    /// Returns the picture's width and height in pixels.
    ///
    /// # Errors
    /// When it would be too large.
    pub fn pixel_size(self, scene: &Scene) -> Result<(u32, u32), PngError> {
        let side = |points: f32| (f64::from(points) * f64::from(self.scale)).round().max(1.0) as u64;
        let width = side(scene.size.x);
        let height = side(scene.size.y);
        match (u32::try_from(width), u32::try_from(height)) {
            (Ok(w), Ok(h)) if w <= MAX_SIDE && h <= MAX_SIDE => Ok((w, h)),
            _ => Err(PngError::TooLarge { width, height }),
        }
    }
}

/// Called after each strip, and while one is drawn, with the share done, 0 to 1; returning `Break` cancels
/// the export.
pub type StripProgress<'a> = &'a mut dyn FnMut(f32) -> ControlFlow<()>;

/// Draws a scene and writes it as PNG.
///
/// # Errors
/// When it is too large, can't be written, or was cancelled; what has been written is then of no use.
pub fn write_scene(
    scene: &Scene,
    images: &Table<ImageId, Image>,
    options: PngOptions,
    out: impl Write,
    progress: StripProgress,
) -> Result<(), PngError> {
    let size = options.pixel_size(scene)?;
    let rows = (STRIP_BYTES / BYTES_PER_PIXEL / size.0 as usize).clamp(1, size.1 as usize);
    write_strips(
        &Drawing::new(scene, images, size, options.ground),
        rows as u32,
        options.scale,
        out,
        progress,
    )
}

/// Returns the upper left part of a scene as opaque RGBA pixels, row by row: a thumbnail for lists. A page
/// narrower than the picture is drawn at `largest` pixels per point at most. `None` if it can't be drawn.
pub fn render_thumbnail(
    scene: &Scene,
    images: &Table<ImageId, Image>,
    (width, height): (u32, u32),
    largest: f32,
) -> Option<Vec<u8>> {
    let scale = (width as f32 / scene.size.x.max(1.0)).min(largest);
    let part = Rect::new(0.0, 0.0, width as f32 / scale, height as f32 / scale);
    let pictures = Pictures::new(scene, images, scale);
    let renderer = BatchRenderer { scene, images, pictures: &pictures, scale, most: MARKS };
    let mut pixels = Pixmap::new(width, height)?;
    let place = |_| Transform::from_scale(scale, scale);
    renderer.draw(part, &mut pixels, place, &AtomicBool::new(false)).ok()?;
    Some(pixels.take())
}

/// A scene with everything needed to draw any strip of it.
struct Drawing<'a> {
    scene: &'a Scene,
    images: &'a Table<ImageId, Image>,
    pictures: Pictures,
    /// The picture's width and height in pixels.
    size: (u32, u32),
    /// Pixels per point, across and down.
    scale: (f32, f32),
    ground: Color,
    /// Set once the caller has cancelled.
    stopped: AtomicBool,
}

impl<'a> Drawing<'a> {
    fn new(scene: &'a Scene, images: &'a Table<ImageId, Image>, size: (u32, u32), ground: Color) -> Self {
        let scale = (size.0 as f32 / scene.size.x.max(1.0), size.1 as f32 / scene.size.y.max(1.0));
        let pictures = Pictures::new(scene, images, scale.0.max(scale.1));
        Self { scene, images, pictures, size, scale, ground, stopped: AtomicBool::new(false) }
    }

    /// Draws the rows from `top` to `bottom`.
    fn draw_strip(&self, top: u32, bottom: u32) -> Result<Strip, PngError> {
        let (width, height) = self.size;
        let above = MARGIN.min(top);
        let below = MARGIN.min(height - bottom);
        let mut pixels = Pixmap::new(width, above + bottom - top + below).ok_or(PngError::Memory(width))?;
        let [red, green, blue, _] = self.ground.to_array();
        pixels.fill(resvg::tiny_skia::Color::from_rgba8(red, green, blue, u8::MAX));
        let first = (top - above) as f32;
        let part =
            Rect::new(0.0, first / self.scale.1, self.scene.size.x, pixels.height() as f32 / self.scale.1);
        let Self { scene, images, pictures, .. } = self;
        let renderer = BatchRenderer { scene, images, pictures, scale: self.scale.0, most: MARKS };
        let place = |page: Size| {
            let scale = (width as f32 / page.width(), height as f32 / page.height());
            Transform::from_row(scale.0, 0.0, 0.0, scale.1, 0.0, -first)
        };
        renderer.draw(part, &mut pixels, place, &self.stopped)?;
        Ok(Strip { pixels, above, rows: bottom - top })
    }
}

/// Draws on a separate thread, so that a strip is drawn while the previous one is compressed.
fn write_strips(
    drawing: &Drawing<'_>,
    rows: u32,
    scale: f32,
    out: impl Write,
    progress: StripProgress,
) -> Result<(), PngError> {
    std::thread::scope(|scope| {
        let (sender, strips) = sync_channel(0);
        scope.spawn(move || draw_strips(drawing, rows, &sender));
        let written = encode_strips(drawing.size, scale, &strips, out, progress);
        drawing.stopped.store(written.is_err(), Ordering::Relaxed);
        written
    })
}

/// Draws strip after strip until all are sent or the receiver is gone.
fn draw_strips(drawing: &Drawing<'_>, rows: u32, strips: &SyncSender<Result<Strip, PngError>>) {
    let height = drawing.size.1;
    for top in (0..height).step_by(rows as usize) {
        let strip = drawing.draw_strip(top, top.saturating_add(rows).min(height));
        let is_over = strip.is_err();
        if strips.send(strip).is_err() || is_over {
            return;
        }
    }
}

/// Some rows of the picture.
struct Strip {
    pixels: Pixmap,
    /// Rows to skip at the top.
    above: u32,
    /// Rows to write.
    rows: u32,
}

/// Writes the strips as they arrive.
fn encode_strips(
    (width, height): (u32, u32),
    scale: f32,
    strips: &Receiver<Result<Strip, PngError>>,
    out: impl Write,
    progress: StripProgress,
) -> Result<(), PngError> {
    let mut writer = png_encoder(out, width, height, scale).write_header()?;
    let mut stream = writer.stream_writer()?;
    let mut row = vec![0; width as usize * 3];
    let mut done = 0;
    loop {
        let strip = match strips.recv_timeout(PATIENCE) {
            Ok(strip) => strip?,
            Err(RecvTimeoutError::Timeout) => {
                if progress(done as f32 / height as f32).is_break() {
                    return Err(PngError::Cancelled);
                }
                continue;
            }
            Err(RecvTimeoutError::Disconnected) => break,
        };
        let rows = strip.pixels.data().chunks_exact(width as usize * BYTES_PER_PIXEL);
        for pixels in rows.skip(strip.above as usize).take(strip.rows as usize) {
            for (rgb, pixel) in row.chunks_exact_mut(3).zip(pixels.chunks_exact(BYTES_PER_PIXEL)) {
                rgb.copy_from_slice(&pixel[..3]);
            }
            stream.write_all(&row).map_err(png::EncodingError::from)?;
        }
        done += strip.rows;
        if progress(done as f32 / height as f32).is_break() {
            return Err(PngError::Cancelled);
        }
    }
    stream.finish()?;
    Ok(writer.finish()?)
}

/// Returns an encoder of opaque pixels, with the picture's size on paper.
fn png_encoder<W: Write>(out: W, width: u32, height: u32, scale: f32) -> png::Encoder<'static, W> {
    let mut encoder = png::Encoder::new(out, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    // Of all settings this took the least time on posters, and half the space of those made for speed.
    encoder.set_deflate_compression(png::DeflateCompression::Level(1));
    encoder.set_filter(png::Filter::Up);
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    let per_metre = (f64::from(scale * POINTS_PER_INCH) / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: png::Unit::Meter,
    }));
    encoder
}

#[cfg(test)]
mod tests;
