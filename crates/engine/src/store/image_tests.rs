//! Tests image files of every kind, whole and damaged, when embedded and drawn.

use super::*;

fn png(width: u32, height: u32, alpha: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = RgbaImage::from_fn(width, height, |x, y| image::Rgba([x as u8, y as u8, 90, alpha]));
    picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    bytes
}

fn read(bytes: &[u8]) -> Result<Image, PictureFileError> {
    prepare_image(bytes, &mut IdSource::from_seed(1))
}

#[test]
fn a_large_image_is_scaled_and_the_same_file_is_always_the_same() {
    let file = png(3_000, 1_500, 255);
    let first = read(&file).unwrap();
    let second = read(&file).unwrap();
    assert_eq!((first.width, first.height), (1_600, 800));
    assert_eq!(first.hash, second.hash);
    assert_eq!(first.hash, blake3::hash(&first.bytes).to_hex().to_string());
    let small = read(&png(40, 20, 128)).unwrap();
    let back = image::load_from_memory(&small.bytes).unwrap();
    assert_eq!((small.width, back.to_rgba8().get_pixel(3, 4).0), (40, [3, 4, 90, 128]));
}

#[test]
fn a_photo_stands_upright_and_keeps_nothing_of_the_camera() {
    let mut photo = as_photo(&DynamicImage::new_rgb8(60, 30)).unwrap();
    // An Exif segment: little-endian, one entry, orientation 6 (turn right).
    let entry = [0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0];
    let exif = [b"Exif\0\0II*\0\x08\0\0\0\x01\0".as_slice(), &entry, &[0; 4]].concat();
    let length = (exif.len() as u16 + 2).to_be_bytes();
    photo.splice(2..2, [&[0xff, 0xe1], length.as_slice(), &exif].concat());
    let image = read(&photo).unwrap();
    assert_eq!((image.width, image.height), (30, 60));
    assert!(!image.bytes.windows(4).any(|bytes| bytes == b"Exif"));
}

#[test]
fn what_is_no_image_is_damaged_or_a_bomb_is_refused() {
    assert!(matches!(read(b"<svg/>"), Err(PictureFileError::NotAnImage)));
    assert!(matches!(read(b"GIF89a\x01\0\x01\0"), Err(PictureFileError::NotAnImage)));
    let whole = png(64, 64, 255);
    assert!(matches!(read(&whole[..whole.len() / 2]), Err(PictureFileError::Damaged(_))));
    // The header alone promises 60,000 × 60,000 pixels.
    let refused = read(&bomb(60_000, 60_000));
    assert!(matches!(refused, Err(PictureFileError::TooLarge { width: 60_000, .. })), "{refused:?}");
}

/// Returns a PNG whose header promises more pixels than it holds.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend([width.to_be_bytes(), height.to_be_bytes()].concat());
    header.extend([8, 6, 0, 0, 0]);
    let checked = [header.as_slice(), &crc(&header).to_be_bytes()].concat();
    let mut bytes = png(64, 64, 255);
    bytes.splice(12..33, checked);
    bytes
}

#[test]
fn what_a_project_holds_is_drawn_small_or_not_at_all() {
    for (width, height) in [(60_000, 60_000), (16_000, 16_000), (5_000, 5_000)] {
        let bomb = bomb(width, height);
        assert!(decode_for_drawing(&bomb).is_none() && drawn_format(&bomb).is_none(), "{width} × {height}");
    }
    let large = decode_for_drawing(&png(3_000, 1_500, 255)).unwrap();
    assert_eq!((large.width(), large.height()), (1_600, 800));
}

/// Returns the checksum of a PNG chunk.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8)
            .fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (!(crc & 1)).wrapping_add(1)))
    })
}

/// Asserts that a file has this colour all over, both once embedded and as part of a project.
fn shows(file: &[u8], colour: [u8; 3], label: &str) {
    let near = |picture: &DynamicImage| {
        let near =
            |pixel: &image::Rgb<u8>| pixel.0.iter().zip(colour).all(|(is, goal)| is.abs_diff(goal) < 4);
        picture.to_rgb8().pixels().all(near)
    };
    let embedded = read(file).unwrap();
    assert_eq!((embedded.width, embedded.height), (24, 16), "{label}");
    assert!(near(&decode_for_drawing(&embedded.bytes).unwrap()), "{label}, embedded");
    assert!(near(&decode_for_drawing(file).unwrap()) && drawn_format(file).is_some(), "{label}, as it is");
}

#[test]
fn print_colours_and_deep_colours_are_shown_as_they_are() {
    shows(include_bytes!("../../../../tests/data/cmyk.jpg"), [255, 0, 0], "CMYK");
    let deep = image::ImageBuffer::from_pixel(24, 16, image::Rgb([0xffff_u16, 0x8080, 0x0101]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb16(deep).write_to(&mut bytes, ImageFormat::Png).unwrap();
    shows(bytes.get_ref(), [255, 128, 1], "16 bits");
    let grey = image::ImageBuffer::from_pixel(24, 16, image::Luma([0x4000_u16]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageLuma16(grey).write_to(&mut bytes, ImageFormat::Png).unwrap();
    shows(bytes.get_ref(), [64, 64, 64], "16 bits of grey");
}

#[test]
fn of_a_moving_image_the_first_picture_is_shown() {
    let first = [200, 30, 90];
    let second = [10, 200, 10];
    shows(&moving_png(first, second), first, "PNG");
    shows(&moving_webp(first, second), first, "WebP");
}

fn moving_png(first: [u8; 3], second: [u8; 3]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 24, 16);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_animated(2, 0).unwrap();
    let mut writer = encoder.write_header().unwrap();
    for colour in [first, second] {
        writer.write_image_data(&colour.repeat(24 * 16)).unwrap();
    }
    writer.finish().unwrap();
    bytes
}

/// Frames of 100 milliseconds, each coded as a still image would be.
fn moving_webp(first: [u8; 3], second: [u8; 3]) -> Vec<u8> {
    let three = |number: u32| number.to_le_bytes()[..3].to_vec();
    let chunk = |name: &[u8; 4], content: &[u8]| {
        [name, (content.len() as u32).to_le_bytes().as_slice(), content, &[0][..content.len() % 2]].concat()
    };
    let frame = |colour| {
        let mut still = Cursor::new(Vec::new());
        let picture = image::RgbImage::from_pixel(24, 16, image::Rgb(colour));
        picture.write_to(&mut still, ImageFormat::WebP).unwrap();
        // The bytes after the file's name and length are the picture's only chunk.
        let head = [three(0), three(0), three(23), three(15), three(100), vec![0]].concat();
        chunk(b"ANMF", &[head.as_slice(), &still.get_ref()[12..]].concat())
    };
    let size = [vec![0b10, 0, 0, 0], three(23), three(15)].concat();
    let content = [
        b"WEBP".to_vec(),
        chunk(b"VP8X", &size),
        chunk(b"ANIM", &[0xff, 0xff, 0xff, 0xff, 0, 0]),
        frame(first),
        frame(second),
    ];
    chunk(b"RIFF", &content.concat())
}
