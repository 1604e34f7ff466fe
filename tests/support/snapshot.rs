//! Pictures held by the repository: a test draws them again and compares. `UPDATE_SCREENSHOTS=1` writes them anew.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, RgbaImage};
use std::path::Path;

/// Largest difference of a colour channel at which pixels count as equal.
const SAME: u8 = 12;
/// Share of pixels that may differ in a picture to be shown: it may be older by a word or two.
const FEW: f64 = 0.002;
/// Share of pixels that may differ in a small picture: less than a word. A machine may round an edge differently.
const FEWEST: f64 = 0.000_1;
/// The step to which colours of a small picture are rounded, below what counts as different; it halves the file.
const COLOUR_STEP: u8 = 8;

/// Compares a picture with the file at this path below the project, or writes the file. A picture that differs is
/// written to `target/snapshots`, to be looked at.
pub(crate) fn check_picture(name: &str, found: &RgbaImage) {
    check_within(FEW, name, found);
}

fn check_within(few: f64, name: &str, found: &RgbaImage) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_SCREENSHOTS").is_some() {
        return write_picture(&root.join(name), found);
    }
    let kept = image::open(root.join(name)).expect("the picture is there").to_rgba8();
    let share = if kept.dimensions() == found.dimensions() { differing_share(&kept, found) } else { 1.0 };
    if share > few {
        let seen = root.join("target/snapshots").join(Path::new(name).file_name().expect("a file"));
        write_picture(&seen, found);
        panic!("{name} differs in {:.3} % of its pixels: see {}", share * 100.0, seen.display());
    }
}

/// Compares a picture at half its size, as [`check_picture`] does, and strictly.
pub(crate) fn check_small(name: &str, found: &RgbaImage) {
    let mut small = image::imageops::thumbnail(found, found.width() / 2, found.height() / 2);
    for pixel in small.pixels_mut() {
        pixel.0 = pixel.0.map(|value| value / COLOUR_STEP * COLOUR_STEP + COLOUR_STEP / 2);
        pixel.0[3] = u8::MAX;
    }
    check_within(FEWEST, &format!("tests/snapshots/{name}.png"), &small);
}

/// Returns the share of pixels that differ, from 0 to 1, of two pictures of one size.
fn differing_share(kept: &RgbaImage, found: &RgbaImage) -> f64 {
    let differ = |(one, other): &(&image::Rgba<u8>, &image::Rgba<u8>)| {
        one.0.iter().zip(other.0).any(|(one, other)| one.abs_diff(other) > SAME)
    };
    let count = kept.pixels().zip(found.pixels()).filter(differ).count();
    count as f64 / f64::from(kept.width() * kept.height())
}

fn write_picture(path: &Path, picture: &RgbaImage) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
    let file = std::fs::File::create(path).expect("the picture can be written");
    let encoder = PngEncoder::new_with_quality(file, CompressionType::Best, FilterType::Adaptive);
    let opaque = DynamicImage::ImageRgba8(picture.clone()).into_rgb8();
    opaque.write_with_encoder(encoder).expect("the picture is written");
}
