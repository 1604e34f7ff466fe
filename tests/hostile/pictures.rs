//! Hostile pictures in projects: one shown many times, many, and bytes that are no picture.

use super::projects::{DRAWN, Draft, home, id};
use super::{Case, Noise, Scale};

pub(crate) fn cases(scale: Scale) -> Vec<Case> {
    use base64::Engine as _;
    let base64 = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
    let noise = |side: u32, format| {
        let mut source = Noise::new(3);
        let picture = image::RgbImage::from_fn(side, side, |_, _| {
            image::Rgb([source.next() as u8, source.next() as u8, 9])
        });
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).expect("it is written");
        bytes.into_inner()
    };
    let album = |places: usize, images: &[(Vec<u8>, u32, u32)]| {
        let mut draft = Draft::of(1, places);
        for at in 0..places {
            let image = id('z', at % images.len());
            let row = format!("{}, at: \"{}\", image: \"{image}\"", home(at), id('c', at));
            draft.add("pictures", 'g', at, &row);
        }
        for (at, (bytes, width, height)) in images.iter().enumerate() {
            let row =
                format!("hash: \"0f{at}\", width: {width}, height: {height}, bytes: \"{}\"", base64(bytes));
            draft.add("images", 'z', at, &row);
        }
        draft.text()
    };
    let png = noise(200, image::ImageFormat::Png);
    let jpeg = noise(1600, image::ImageFormat::Jpeg);
    let webp = noise(300, image::ImageFormat::WebP);
    let mut bomb = noise(8, image::ImageFormat::Png);
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let flat = {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::GrayImage::new(7_900, 7_900)
            .write_to(&mut bytes, image::ImageFormat::Png)
            .expect("it is written");
        bytes.into_inner()
    };
    let often = scale.of(5_000);
    let small = |at: u64| (noise(2 + (at % 7) as u32, image::ImageFormat::Png), 2, 2);
    let several: Vec<_> = (0..scale.of(1_000) as u64).map(small).collect();
    let one = |bytes: Vec<u8>, side: u32| vec![(bytes, side, side)];
    vec![
        Case::project("a picture that stands often", album(often, &one(png.clone(), 200)), DRAWN),
        Case::project("a photo that stands often", album(often, &one(jpeg, 1600)), DRAWN),
        Case::project("a web picture that stands often", album(often, &one(webp, 300)), DRAWN),
        Case::project("many pictures", album(often, &several), DRAWN),
        Case::project("a picture of 60,000 pixels a side", album(5, &one(bomb, 8)), DRAWN),
        Case::project("a flat picture of 62 million pixels", album(often / 5, &one(flat, 7_900)), DRAWN),
        Case::project("a picture cut short", album(5, &one(png[..png.len() / 2].to_vec(), 200)), DRAWN),
        Case::project("a picture of noise", album(5, &one(Noise::new(2).bytes(5_000), 200)), DRAWN),
        Case::project("a picture without bytes", album(5, &one(Vec::new(), 200)), DRAWN),
        Case::project("a picture without width", album(5, &one(png, 0)), DRAWN),
        Case::project(
            "a picture that is not there",
            album(5, &[(Vec::new(), 1, 1)]).replace("z-0000", "z-1111"),
            DRAWN,
        ),
    ]
}
