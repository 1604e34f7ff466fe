//! The bundled fonts: screen, measuring and exporters all load these, so that they set text alike.
//!
//! Figures are tabular by default. No character is in two fonts of a chain, so any renderer's fallback finds
//! the same glyph. Characters that no font of a chain has come from [the system](super::fallback).

use flate2::read::GzDecoder;
use std::io::Read;
use std::sync::LazyLock;

/// A style of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// Running text.
    Regular,
    /// Titles and important figures.
    SemiBold,
    /// Icons, see [`Icon`](super::Icon).
    Icon,
}

/// One font file: bundled with the program, or of the system.
#[derive(Clone, Copy, Debug)]
pub struct Font {
    /// The family as in the file's own name table; with the weight it identifies the font in an SVG.
    pub family: &'static str,
    /// The weight, 400 or 600.
    pub weight: u16,
    /// A unique name, such as `Inter SemiBold`.
    pub name: &'static str,
    /// The TrueType file.
    pub data: &'static [u8],
    /// The index of the font in the file, if it holds several.
    pub index: u32,
}

static REGULAR: LazyLock<[Font; 2]> = LazyLock::new(|| {
    [
        unpack_font(
            "Inter",
            400,
            "Inter Regular",
            include_bytes!("../../../../assets/fonts/Inter-Regular.ttf.gz"),
        ),
        unpack_font(
            "Noto Sans SC",
            400,
            "Noto Sans SC Regular",
            include_bytes!("../../../../assets/fonts/NotoSansSC-Regular.ttf.gz"),
        ),
    ]
});
static SEMI_BOLD: LazyLock<[Font; 2]> = LazyLock::new(|| {
    [
        unpack_font(
            "Inter",
            600,
            "Inter SemiBold",
            include_bytes!("../../../../assets/fonts/Inter-SemiBold.ttf.gz"),
        ),
        unpack_font(
            "Noto Sans SC",
            600,
            "Noto Sans SC SemiBold",
            include_bytes!("../../../../assets/fonts/NotoSansSC-SemiBold.ttf.gz"),
        ),
    ]
});
static ICONS: LazyLock<[Font; 1]> = LazyLock::new(|| {
    let packed = include_bytes!("../../../../assets/fonts/icons.ttf.gz");
    [unpack_font("Desireline Icons", 400, "Desireline Icons", packed)]
});

/// Unpacks a bundled font, which is then kept as long as the program runs.
fn unpack_font(family: &'static str, weight: u16, name: &'static str, packed: &[u8]) -> Font {
    let mut data = Vec::with_capacity(packed.len() * 2);
    // Bundled files always unpack; a test reads each.
    GzDecoder::new(packed).read_to_end(&mut data).ok();
    Font { family, weight, name, data: data.leak(), index: 0 }
}

/// Starts unpacking the text fonts, each on a separate thread, so that the first frame is not delayed.
pub fn unpack_ahead() {
    for face in [Face::Regular, Face::SemiBold] {
        // If no thread can be started, the first use unpacks the font.
        std::thread::Builder::new().name("fonts".to_owned()).spawn(move || face.font_chain()).ok();
    }
}

impl Face {
    /// All faces.
    pub const ALL: [Self; 3] = [Self::Regular, Self::SemiBold, Self::Icon];

    /// Returns the fonts in which a glyph is looked up, in this order.
    pub fn font_chain(self) -> &'static [Font] {
        match self {
            Self::Regular => &*REGULAR,
            Self::SemiBold => &*SEMI_BOLD,
            Self::Icon => &*ICONS,
        }
    }

    /// Returns the face's unique name, under which a toolkit may register its chain.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Regular => "regular",
            Self::SemiBold => "semi-bold",
            Self::Icon => "icon",
        }
    }

    /// Returns the weight for CSS and SVG.
    pub fn css_weight(self) -> u16 {
        self.font_chain()[0].weight
    }

    /// Returns the `font-family` list for CSS and SVG.
    pub const fn css_family(self) -> &'static str {
        match self {
            Self::Regular | Self::SemiBold => "Inter, 'Noto Sans SC', sans-serif",
            Self::Icon => "'Desireline Icons'",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Icon;
    use skrifa::raw::TableProvider;
    use skrifa::string::StringId;
    use skrifa::{FontRef, MetadataProvider};

    /// Returns the family of the first font of the chain that has a glyph for `sign`.
    fn font_of(face: Face, sign: char) -> Option<&'static str> {
        let has = |font: &&Font| FontRef::new(font.data).unwrap().charmap().map(sign).is_some();
        face.font_chain().iter().find(has).map(|font| font.family)
    }

    #[test]
    fn families_and_weights_are_those_of_the_files() {
        for font in Face::ALL.iter().flat_map(|face| face.font_chain()) {
            let file = FontRef::new(font.data).unwrap();
            let string = |id| file.localized_strings(id).english_or_first().map(|text| text.to_string());
            let family = string(StringId::TYPOGRAPHIC_FAMILY_NAME).or_else(|| string(StringId::FAMILY_NAME));
            assert_eq!(family.as_deref(), Some(font.family));
            assert_eq!(file.os2().unwrap().us_weight_class(), font.weight, "{}", font.name);
            assert_eq!(string(StringId::FULL_NAME).as_deref(), Some(font.name));
        }
    }

    #[test]
    fn chains_write_english_chinese_marks_and_icons() {
        for face in [Face::Regular, Face::SemiBold] {
            for sign in "Aßőž09 ≥≤±−×·…–—“”‘’•€°%‰✓→⇧⌘⌥\u{a0}\u{202f}".chars()
            {
                assert_eq!(font_of(face, sign), Some("Inter"), "{sign}");
            }
            for sign in "旅程，。、；：？！（）《》「」％＋￥龙".chars() {
                assert_eq!(font_of(face, sign), Some("Noto Sans SC"), "{sign}");
            }
        }
        for icon in Icon::ALL {
            assert!(font_of(Face::Icon, icon.glyph()).is_some(), "{}: run assets/fonts/make.py", icon.name());
        }
    }

    #[test]
    fn no_character_is_in_two_fonts_of_a_chain() {
        for face in [Face::Regular, Face::SemiBold] {
            let [latin, chinese] = face.font_chain() else { panic!("a chain of two") };
            let latin = FontRef::new(latin.data).unwrap().charmap();
            let chinese = FontRef::new(chinese.data).unwrap().charmap();
            let both: Vec<_> = chinese.mappings().filter(|&(sign, _)| latin.map(sign).is_some()).collect();
            assert_eq!(both, [], "{face:?}");
        }
    }

    #[test]
    fn figures_are_equally_wide() {
        for face in [Face::Regular, Face::SemiBold] {
            let file = FontRef::new(face.font_chain()[0].data).unwrap();
            let widths = file
                .glyph_metrics(skrifa::instance::Size::unscaled(), skrifa::instance::LocationRef::default());
            let of = |sign| widths.advance_width(file.charmap().map(sign).unwrap());
            assert!(('1'..='9').all(|digit| of(digit) == of('0')));
        }
    }
}
