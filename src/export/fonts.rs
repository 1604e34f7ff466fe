//! The bundled fonts as the renderer of PNG sees them: exactly those that layout measured with, and no others.

use crate::theme::{Face, Font};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{FontResolver, Options};
use skrifa::charmap::Charmap;
use skrifa::{FontRef, MetadataProvider};
use std::sync::{Arc, LazyLock};
use unicode_segmentation::UnicodeSegmentation;

/// The bundled fonts, parsed once.
static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for font in Face::ALL.iter().flat_map(|face| face.chain()) {
        fonts.load_font_source(Source::Binary(Arc::new(font.data)));
    }
    Arc::new(fonts)
});

/// How our SVG documents are read for rendering. They name the font of each run, so nothing is left to fall back on.
pub fn options() -> Options<'static> {
    Options {
        fontdb: Arc::clone(&FONTS),
        font_family: Face::Regular.chain()[0].family.to_owned(),
        font_resolver: FontResolver {
            select_font: FontResolver::default_font_selector(),
            select_fallback: Box::new(|_, _, _| None),
        },
        ..Options::default()
    }
}

/// Runs of text, each with the first font of the face's chain that has all its graphemes; none where no font has.
pub(super) fn runs(face: Face, text: &str) -> Vec<(Option<&'static Font>, &str)> {
    let fonts: Vec<_> = face
        .chain()
        .iter()
        .filter_map(|font| Some((font, FontRef::new(font.data).ok()?.charmap())))
        .collect();
    let mut runs: Vec<(Option<&Font>, std::ops::Range<usize>)> = Vec::new();
    for (at, grapheme) in text.grapheme_indices(true) {
        let font = fonts.iter().find(|(_, map)| has(map, grapheme)).map(|(font, _)| *font);
        let end = at + grapheme.len();
        match runs.last_mut() {
            Some((last, range)) if last.map(|font| font.name) == font.map(|font| font.name) => {
                range.end = end;
            }
            _ => runs.push((font, at..end)),
        }
    }
    runs.into_iter().map(|(font, range)| (font, &text[range])).collect()
}

/// Whether a font has the grapheme; joiners and variation selectors never decide.
fn has(map: &Charmap, grapheme: &str) -> bool {
    let silent = |sign: char| matches!(sign, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
    grapheme.chars().filter(|sign| !silent(*sign)).all(|sign| map.map(sign).is_some())
}
