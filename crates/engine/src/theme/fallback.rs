//! The system's fonts for characters that the bundled ones lack: selected once per character, and the same
//! for measuring, screen and export.
//!
//! The program enables them when it starts. Until then there are none, so that tests see the same on every
//! machine.

use super::Font;
use fontique::{
    Blob, Collection, CollectionOptions, FallbackKey, GenericFamily, Language, QueryFont, QueryStatus,
    Script, SourceCache,
};
use skrifa::instance::Size;
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::collections::HashMap;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};
use unicode_script::UnicodeScript;

static WANTED: AtomicBool = AtomicBool::new(false);
static SYSTEM: LazyLock<Mutex<SystemFallback>> = LazyLock::new(|| Mutex::new(SystemFallback::list_fonts()));

/// The languages whose fonts are queried for Chinese characters, in this order. Simplified Chinese comes
/// first, as `zh-SG`, because fontique takes `zh-CN` for "whatever font was found first".
const HAN: [&str; 4] = ["zh-SG", "zh-TW", "ja", "ko"];
/// The generic families queried for characters that belong to no script, such as emoji and symbols.
const GENERIC: [GenericFamily; 5] = [
    GenericFamily::SansSerif,
    GenericFamily::SystemUi,
    GenericFamily::Emoji,
    GenericFamily::Math,
    GenericFamily::Serif,
];

/// Enables the system's fonts. They are listed when the first one is needed.
pub fn use_system() {
    WANTED.store(true, Ordering::Relaxed);
}

/// Starts listing the system's fonts, which takes a moment, on a separate thread.
pub fn list_ahead() {
    // If no thread can be started, the first use lists them.
    std::thread::Builder::new().name("fonts".to_owned()).spawn(|| LazyLock::force(&SYSTEM)).ok();
}

/// Returns the system's font for a character; `None` if the system has none or is not enabled.
pub fn find_font(sign: char) -> Option<&'static Font> {
    if !WANTED.load(Ordering::Relaxed) || sign.is_control() {
        return None;
    }
    SYSTEM.lock().unwrap_or_else(PoisonError::into_inner).find_font(sign)
}

/// Returns the system's fonts used so far.
pub fn used_fonts() -> Vec<&'static Font> {
    if !WANTED.load(Ordering::Relaxed) {
        return Vec::new();
    }
    SYSTEM.lock().unwrap_or_else(PoisonError::into_inner).fonts.clone()
}

/// Runs code that may panic, without the panic message; `None` if it panicked.
fn run_quietly<T>(work: impl FnOnce() -> T) -> Option<T> {
    let told = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    panic::set_hook(told);
    done.ok()
}

struct SystemFallback {
    collection: Collection,
    sources: SourceCache,
    known: HashMap<char, Option<&'static Font>>,
    fonts: Vec<&'static Font>,
}

impl SystemFallback {
    fn list_fonts() -> Self {
        // Unreadable font lists make the library panic: then only the bundled fonts are used.
        let listed = run_quietly(Collection::default);
        let none =
            || Collection::new(CollectionOptions { system_fonts: false, ..CollectionOptions::default() });
        let collection = listed.unwrap_or_else(none);
        let sources = SourceCache::default();
        Self { collection, sources, known: HashMap::new(), fonts: Vec::new() }
    }

    fn find_font(&mut self, sign: char) -> Option<&'static Font> {
        if let Some(known) = self.known.get(&sign) {
            return *known;
        }
        let found = run_quietly(|| self.query_font(sign).and_then(|font| self.leak_font(&font)));
        let font = found.flatten();
        self.known.insert(sign, font);
        font
    }

    fn query_font(&mut self, sign: char) -> Option<QueryFont> {
        let script = sign.script();
        let none = [
            unicode_script::Script::Common,
            unicode_script::Script::Inherited,
            unicode_script::Script::Unknown,
        ];
        if none.contains(&script) {
            return self.query_first(sign, None);
        }
        let key = Script::parse(script.short_name()).ok()?;
        if script == unicode_script::Script::Han {
            let languages = HAN.iter().filter_map(|name| Language::parse(name).ok());
            let keys: Vec<_> = languages.map(|language| FallbackKey::new(key, Some(&language))).collect();
            return keys.into_iter().find_map(|key| self.query_first(sign, Some(key)));
        }
        self.query_first(sign, Some(FallbackKey::new(key, None)))
    }

    /// Returns the first queried font that can draw the character.
    fn query_first(&mut self, sign: char, fallback: Option<FallbackKey>) -> Option<QueryFont> {
        let mut query = self.collection.query(&mut self.sources);
        match fallback {
            Some(key) => {
                query.set_families([GenericFamily::SansSerif]);
                query.set_fallbacks(key);
            }
            None => query.set_families(GENERIC),
        }
        let mut found = None;
        query.matches_with(|font| {
            if !has_glyph(font, sign) {
                return QueryStatus::Continue;
            }
            found = Some(font.clone());
            QueryStatus::Stop
        });
        found
    }

    /// Leaks a font for as long as the program runs: there are few, and their files are mapped, not read.
    fn leak_font(&mut self, font: &QueryFont) -> Option<&'static Font> {
        let family = self.collection.family_name(font.family.0)?.to_owned();
        let name = format!("system {family} {} {}", font.family.1, font.index);
        if let Some(known) = self.fonts.iter().find(|known| known.name == name) {
            return Some(known);
        }
        let blob: &'static Blob<u8> = Box::leak(Box::new(font.blob.clone()));
        let data = blob.as_ref();
        let font = Font { family: family.leak(), weight: 400, name: name.leak(), data, index: font.index };
        let font: &'static Font = Box::leak(Box::new(font));
        self.fonts.push(font);
        Some(font)
    }
}

/// True if the font has a visible glyph for the character: an outline, a bitmap, or colour layers.
fn has_glyph(font: &QueryFont, sign: char) -> bool {
    let glyph = font.charmap().and_then(|map| map.map(sign)).map(GlyphId::new);
    let Some(glyph) = glyph.filter(|glyph| *glyph != GlyphId::NOTDEF) else { return false };
    FontRef::from_index(font.blob.as_ref(), font.index).is_ok_and(|file| {
        file.outline_glyphs().get(glyph).is_some()
            || file.color_glyphs().get(glyph).is_some()
            || file.bitmap_strikes().glyph_for_size(Size::unscaled(), glyph).is_some()
    })
}
