//! Gives egui the bundled fonts, and the system's own for characters that they lack.

use crate::theme::Face;
use egui::{FontData, FontDefinitions, FontFamily, FontId};
use egui_system_font_provider::SystemFontProvider;
use std::sync::Arc;

/// The egui family that sets text in a face.
pub fn family(face: Face) -> FontFamily {
    match face {
        Face::Regular => FontFamily::Proportional,
        Face::SemiBold | Face::Icon => FontFamily::Name(face.name().into()),
    }
}

/// A face at a size in points.
pub fn font(face: Face, size: f32) -> FontId {
    FontId::new(size, family(face))
}

/// Makes the bundled fonts the only ones of this context; call it before the first frame.
pub fn install(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::empty();
    for face in Face::ALL {
        let names: Vec<String> = face.chain().iter().map(|font| font.name.to_owned()).collect();
        for font in face.chain() {
            let data = Arc::new(FontData::from_static(font.data));
            fonts.font_data.insert(font.name.to_owned(), data);
        }
        fonts.families.insert(family(face), names);
    }
    let regular = fonts.families.get(&FontFamily::Proportional).cloned();
    fonts.families.insert(FontFamily::Monospace, regular.unwrap_or_default());
    ctx.set_fonts(fonts);
}

/// Asks the system for characters that the bundled fonts lack, preferring the forms of a language such as `zh-Hans`.
pub fn use_system_fallback(ctx: &egui::Context, locale: &str) {
    let provider = SystemFontProvider::new().with_locale(Some(locale));
    ctx.set_font_providers(vec![Arc::new(provider)]);
}
