//! The fonts for the PNG renderer: exactly those that layout measures with.

use crate::theme::{Chooser, Face, Font, fallback};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{FontResolver, Options};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// The bundled fonts, parsed once.
static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    Face::ALL.iter().flat_map(|face| face.font_chain()).for_each(|font| load_font(&mut fonts, font));
    Arc::new(fonts)
});

fn load_font(fonts: &mut Database, font: &Font) {
    fonts.load_font_source(Source::Binary(Arc::new(font.data)));
}

/// Returns the bundled fonts and the system's used so far.
fn all_fonts() -> Arc<Database> {
    let found = fallback::used_fonts();
    if found.is_empty() {
        return Arc::clone(&FONTS);
    }
    let mut fonts = Database::clone(&FONTS);
    for font in found {
        load_font(&mut fonts, font);
    }
    Arc::new(fonts)
}

/// Returns the parser options for our SVG documents. They name the font of each run, so no fallback is
/// needed.
pub fn parser_options() -> Options<'static> {
    Options {
        fontdb: all_fonts(),
        font_family: Face::Regular.font_chain()[0].family.to_owned(),
        font_resolver: FontResolver {
            select_font: FontResolver::default_font_selector(),
            select_fallback: Box::new(|_, _, _| None),
        },
        ..Options::default()
    }
}

/// Selects the fonts of a document's texts.
#[derive(Default)]
pub(super) struct Choosers(BTreeMap<Face, Chooser>);

impl Choosers {
    /// Splits a text into runs with their fonts; `None` if no font has it.
    pub(super) fn split_runs<'t>(
        &mut self,
        face: Face,
        text: &'t str,
    ) -> Vec<(Option<&'static Font>, &'t str)> {
        let chooser = self.0.entry(face).or_insert_with(|| Chooser::new(face));
        let runs = chooser.split_runs(text);
        runs.into_iter().map(|run| (run.font.and_then(|font| chooser.font(font)), &text[run.range])).collect()
    }
}
