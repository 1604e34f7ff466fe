//! Prepares image files for embedding: checked before they are decoded, turned upright, made small enough,
//! and stripped of the metadata that cameras write.

use super::disk::Disk;
use super::project::{OpenError, read_file};
use crate::id::{IdSource, ImageId};
use crate::model::Image;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbaImage};
use std::io::Cursor;
use std::path::Path;

/// Maximum side of an embedded image, in pixels.
pub const SIDE: u32 = 1_600;
/// Maximum side of an image file, in pixels.
pub const MOST_SIDE: u32 = 16_384;
/// Maximum number of pixels of an image file.
pub const MOST_PIXELS: u64 = 64_000_000;
/// Maximum number of pixels of a project's image that is drawn; our own have at most a sixth of it.
const MOST_DRAWN: u64 = 16_000_000;
/// Maximum memory for decoding, in bytes.
const MOST_MEMORY: u64 = 256 << 20;
/// A drawing larger than this, in bytes, is embedded as a photo if it is opaque.
const LARGE: usize = 1 << 20;
/// The JPEG quality of photos, up to 100.
const QUALITY: u8 = 86;

/// The reason why a file can't be embedded as an image.
#[derive(Debug)]
pub enum PictureFileError {
    /// The file can't be read.
    File(OpenError),
    /// It is neither PNG nor JPEG nor WebP.
    NotAnImage,
    /// It has more pixels than we decode.
    TooLarge {
        /// Its width in pixels.
        width: u32,
        /// Its height in pixels.
        height: u32,
    },
    /// It begins as an image but can't be decoded.
    Damaged(ImageError),
}

/// Reads an image file and prepares it for embedding.
///
/// # Errors
/// Returns an error if it can't be read, is no image, or is too large.
pub fn read_image(disk: &impl Disk, path: &Path, source: &mut IdSource) -> Result<Image, PictureFileError> {
    let bytes = read_file(disk, path).map_err(PictureFileError::File)?;
    prepare_image(&bytes, source)
}

/// Prepares the bytes of an image file for embedding.
///
/// # Errors
/// Returns an error if they are no image, or one that is too large.
pub fn prepare_image(bytes: &[u8], source: &mut IdSource) -> Result<Image, PictureFileError> {
    let (picture, photo) = decode_upright(bytes)?;
    embed_picture(picture, photo, source)
}

/// Prepares pixels for embedding: eight bits each of red, green, blue and opacity.
///
/// # Errors
/// Returns an error if their number does not match the sides, or if there are too many.
pub fn prepare_pixels(
    (width, height): (u32, u32),
    rgba: Vec<u8>,
    source: &mut IdSource,
) -> Result<Image, PictureFileError> {
    let picture =
        if width.max(height) <= MOST_SIDE { RgbaImage::from_raw(width, height, rgba) } else { None };
    let picture = picture.ok_or(PictureFileError::TooLarge { width, height })?;
    embed_picture(picture.into(), false, source)
}

fn embed_picture(
    picture: DynamicImage,
    photo: bool,
    source: &mut IdSource,
) -> Result<Image, PictureFileError> {
    let picture = shrink_picture(picture);
    let bytes = encode_picture(&picture, photo).map_err(PictureFileError::Damaged)?;
    let hash = blake3::hash(&bytes).to_hex().to_string();
    let width = picture.width().into();
    let height = picture.height().into();
    Ok(Image::new(ImageId::new(source), hash, width, height, bytes.into()))
}

/// Returns the format of a project's image; `None` if it is not drawn, because its bytes are no image or one
/// that would take too much memory. Reads only the header.
pub fn drawn_format(bytes: &[u8]) -> Option<ImageFormat> {
    checked_decoder(bytes, MOST_DRAWN).ok().map(|(_, format)| format)
}

/// Decodes a project's image for drawing on a screen; `None` as in [`drawn_format`].
pub fn decode_for_drawing(bytes: &[u8]) -> Option<DynamicImage> {
    let (decoder, _) = checked_decoder(bytes, MOST_DRAWN).ok()?;
    DynamicImage::from_decoder(decoder).ok().map(shrink_picture)
}

/// Decodes an image and turns it upright; the flag is true for a photo.
fn decode_upright(bytes: &[u8]) -> Result<(DynamicImage, bool), PictureFileError> {
    let (mut decoder, format) = checked_decoder(bytes, MOST_PIXELS)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(PictureFileError::Damaged)?;
    picture.apply_orientation(orientation);
    Ok((picture, format == ImageFormat::Jpeg))
}

/// Reads an image's header and refuses images that would take too much memory.
fn checked_decoder(
    bytes: &[u8],
    most: u64,
) -> Result<(impl ImageDecoder + '_, ImageFormat), PictureFileError> {
    let format = image::guess_format(bytes).map_err(|_unknown| PictureFileError::NotAnImage)?;
    if !matches!(format, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP) {
        return Err(PictureFileError::NotAnImage);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(PictureFileError::Damaged)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if width.max(height) > MOST_SIDE || pixels > most || decoder.total_bytes() > MOST_MEMORY {
        return Err(PictureFileError::TooLarge { width, height });
    }
    Ok((decoder, format))
}

/// Scales to at most [`SIDE`] pixels a side; a much larger image roughly first, which is much faster.
fn shrink_picture(picture: DynamicImage) -> DynamicImage {
    let side = |picture: &DynamicImage| picture.width().max(picture.height());
    let rough = if side(&picture) > 3 * SIDE { picture.thumbnail(2 * SIDE, 2 * SIDE) } else { picture };
    if side(&rough) > SIDE { rough.resize(SIDE, SIDE, FilterType::CatmullRom) } else { rough }
}

fn encode_picture(picture: &DynamicImage, photo: bool) -> Result<Vec<u8>, ImageError> {
    let through = picture.color().has_alpha() && picture.to_rgba8().pixels().any(|pixel| pixel.0[3] < 255);
    if photo && !through {
        return as_photo(picture);
    }
    let mut bytes = Vec::new();
    let drawing: DynamicImage = if through { picture.to_rgba8().into() } else { picture.to_rgb8().into() };
    drawing.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)?;
    if bytes.len() <= LARGE || through {
        return Ok(bytes);
    }
    let small = as_photo(picture)?;
    Ok(if small.len() < bytes.len() { small } else { bytes })
}

fn as_photo(picture: &DynamicImage) -> Result<Vec<u8>, ImageError> {
    let mut bytes = Vec::new();
    picture.to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))?;
    Ok(bytes)
}

#[cfg(test)]
#[path = "image_tests.rs"]
mod tests;
