//! Registers the bundled fonts with egui, and system fonts for characters that they lack.

use egui::epaint::text::{
    FallbackRequest, FontData, FontInsert, FontPriority, FontProvider, InsertFontFamily,
};
use egui::{FontDefinitions, FontFamily, FontId};
use engine::theme::{Face, fallback};
use std::sync::Arc;

/// Returns the egui family of a face.
pub fn font_family(face: Face) -> FontFamily {
    match face {
        Face::Regular => FontFamily::Proportional,
        Face::SemiBold | Face::Icon => FontFamily::Name(face.name().into()),
    }
}

/// Returns a face at a size in points.
pub fn font_id(face: Face, size: f32) -> FontId {
    FontId::new(size, font_family(face))
}

/// The sides of the glyph texture: the minimum, and the one for the largest screens, in pixels.
const TEXTURE_SIDES: (usize, usize) = (2_048, 4_096);

/// Limits the size of the glyph texture. Every zoom rasterizes its own glyphs, and egui clears the texture
/// only when it is nearly as high as the graphics card allows: a gigabyte on most. Twice the pixels of the
/// screen hold all glyphs that can be in view.
struct LetterTexture {
    /// The largest texture side that the graphics card supports.
    largest: usize,
}

impl egui::Plugin for LetterTexture {
    fn debug_name(&self) -> &'static str {
        "letter texture"
    }

    fn input_hook(&mut self, ctx: &egui::Context, input: &mut egui::RawInput) {
        self.largest = input.max_texture_side.unwrap_or(self.largest);
        let screen = input.screen_rect.map_or(egui::Vec2::ZERO, |rect| rect.size()) * ctx.pixels_per_point();
        input.max_texture_side = Some(texture_side(screen).min(self.largest));
    }
}

/// Returns the side of the glyph texture for a screen size in pixels.
fn texture_side(screen: egui::Vec2) -> usize {
    let (smallest, largest) = TEXTURE_SIDES;
    if 2.0 * screen.x * screen.y <= (smallest * smallest) as f32 { smallest } else { largest }
}

/// Makes the bundled fonts the only ones of this context; to be called before the first frame.
pub fn install_fonts(ctx: &egui::Context) {
    ctx.add_plugin(LetterTexture { largest: TEXTURE_SIDES.0 });
    let mut fonts = FontDefinitions::empty();
    for face in Face::ALL {
        let names: Vec<String> = face.font_chain().iter().map(|font| font.name.to_owned()).collect();
        for font in face.font_chain() {
            let data = Arc::new(FontData::from_static(font.data));
            fonts.font_data.insert(font.name.to_owned(), data);
        }
        fonts.families.insert(font_family(face), names);
    }
    let regular = fonts.families.get(&FontFamily::Proportional).cloned();
    fonts.families.insert(FontFamily::Monospace, regular.unwrap_or_default());
    ctx.set_fonts(fonts);
}

/// Adds the system's fonts for characters that the bundled ones lack: the same that layout measures with.
pub fn use_system(ctx: &egui::Context) {
    fallback::use_system();
    fallback::list_ahead();
    ctx.set_font_providers(vec![Arc::new(SystemFonts)]);
}

struct SystemFonts;

impl FontProvider for SystemFonts {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        let font = fallback::find_font(request.cluster.chars().next()?)?;
        let family = InsertFontFamily { family: request.family.clone(), priority: FontPriority::Lowest };
        let data = FontData { index: font.index, ..FontData::from_static(font.data) };
        Some(FontInsert { name: font.name.to_owned(), data, families: vec![family] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texture_of_letters_holds_twice_the_screen_where_it_may() {
        let side = |x, y| texture_side(egui::vec2(x, y));
        assert_eq!([side(0.0, 0.0), side(1280.0, 800.0), side(1920.0, 1080.0)], [2_048; 3]);
        assert_eq!([side(2560.0, 1440.0), side(3840.0, 2160.0), side(7680.0, 4320.0)], [4_096; 3]);
    }
}
