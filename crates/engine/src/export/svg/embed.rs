//! The glyphs that a picture needs: subsets of their fonts, embedded as `@font-face` rules.

use crate::scene::{Scene, SceneShape};
use crate::theme::{Face, Font, fallback};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use read_fonts::collections::IntSet;
use read_fonts::types::{NameId, Tag};
use read_fonts::{FontRef, TableProvider as _};
use skera::{DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Returns the style sheet that embeds all fonts for a scene's text; empty if it has no text.
pub(super) fn font_faces(scene: &Scene) -> String {
    let mut sheet = String::new();
    for (face, signs) in used_characters(scene) {
        let mut left = signs;
        let system: Vec<_> = left
            .iter()
            .filter(|sign| !is_bundled(face, **sign))
            .filter_map(|sign| fallback::find_font(*sign))
            .collect();
        for font in face.font_chain().iter().chain(system) {
            let own = supported_characters(font, &left);
            if own.is_empty() {
                continue;
            }
            left.retain(|sign| !own.contains(sign));
            let Some(data) = make_subset(font, &own).map(|data| BASE64.encode(data)) else { continue };
            let written = write!(
                sheet,
                "@font-face{{font-family:'{}';font-weight:{};src:url(data:font/ttf;base64,{data})}}",
                font.family, font.weight
            );
            debug_assert!(written.is_ok(), "a string takes all that is written to it");
        }
    }
    sheet
}

/// Returns the characters used in each face, without icons, which are drawn as outlines.
fn used_characters(scene: &Scene) -> BTreeMap<Face, BTreeSet<char>> {
    let mut signs: BTreeMap<Face, BTreeSet<char>> = BTreeMap::new();
    for shape in scene.items.iter().flat_map(|item| &item.block.shapes) {
        if let SceneShape::Text(row) = shape
            && row.face != Face::Icon
        {
            signs.entry(row.face).or_default().extend(row.text.chars());
        }
    }
    signs
}

/// True if a font of the face's chain has the character.
fn is_bundled(face: Face, sign: char) -> bool {
    let one = BTreeSet::from([sign]);
    face.font_chain().iter().any(|font| !supported_characters(font, &one).is_empty())
}

/// Returns the characters for which the font has a glyph.
fn supported_characters(font: &Font, signs: &BTreeSet<char>) -> BTreeSet<char> {
    let Some(Ok(map)) = parse_font(font).map(|file| file.cmap()) else { return BTreeSet::new() };
    signs.iter().copied().filter(|sign| map.map_codepoint(*sign).is_some()).collect()
}

/// Parses the font for the subsetter, which has its own version of the table types.
fn parse_font(font: &Font) -> Option<FontRef<'static>> {
    FontRef::from_index(font.data, font.index).ok()
}

/// Returns a font file with only these characters, their ligatures and their kerning; `None` if subsetting
/// fails.
fn make_subset(font: &Font, signs: &BTreeSet<char>) -> Option<Vec<u8>> {
    let file = parse_font(font)?;
    let unicodes: IntSet<u32> = signs.iter().map(|sign| u32::from(*sign)).collect();
    let names: IntSet<NameId> = [0, 1, 2, 3, 4, 5, 6, 16, 17].into_iter().map(NameId::from).collect();
    let plan = Plan::new(
        &IntSet::empty(),
        &unicodes,
        &file,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &IntSet::empty(),
        &IntSet::<Tag>::all(),
        &DEFAULT_LAYOUT_FEATURES.iter().copied().collect(),
        &names,
        &std::iter::once(ENGLISH).collect(),
    );
    subset_font(&file, &plan).ok()
}

/// The name table's code of English (United States).
const ENGLISH: u16 = 0x0409;
