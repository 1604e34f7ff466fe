//! Gives egui the bundled fonts, and the system's own for characters that they lack.

use crate::theme::{Face, fallback};
use egui::epaint::text::{
    FallbackRequest, FontData, FontInsert, FontPriority, FontProvider, InsertFontFamily,
};
use egui::{FontDefinitions, FontFamily, FontId};
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

/// Takes the system's fonts for characters that the bundled ones lack: those that layout measures with.
pub fn use_system(ctx: &egui::Context) {
    fallback::use_system();
    fallback::list_ahead();
    ctx.set_font_providers(vec![Arc::new(System)]);
}

struct System;

impl FontProvider for System {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        let font = fallback::find(request.cluster.chars().next()?)?;
        let family = InsertFontFamily { family: request.family.clone(), priority: FontPriority::Lowest };
        let data = FontData { index: font.index, ..FontData::from_static(font.data) };
        Some(FontInsert { name: font.name.to_owned(), data, families: vec![family] })
    }
}
