//! The system's fonts for characters that the bundled ones lack: chosen once for each character, and the same for
//! measure, screen and export.
//!
//! The program asks for them when it starts. Until then there are none, so that tests see the same on every machine.

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
static SYSTEM: LazyLock<Mutex<System>> = LazyLock::new(|| Mutex::new(System::list()));

/// The languages whose fonts are asked for Chinese characters, one after the other. Simplified Chinese comes first
/// and goes by `zh-SG`, since fontique takes `zh-CN` for "whatever font was found first".
const HAN: [&str; 4] = ["zh-SG", "zh-TW", "ja", "ko"];
/// What is asked where a character belongs to no script, as emoji and symbols do.
const GENERIC: [GenericFamily; 5] = [
    GenericFamily::SansSerif,
    GenericFamily::SystemUi,
    GenericFamily::Emoji,
    GenericFamily::Math,
    GenericFamily::Serif,
];

/// Takes the system's fonts from now on. They are listed when the first one is needed.
pub fn use_system() {
    WANTED.store(true, Ordering::Relaxed);
}

/// Begins to list the system's fonts, which takes a moment, on a thread of its own.
pub fn list_ahead() {
    // Where no thread can be had, the first one that needs a font lists them.
    std::thread::Builder::new().name("fonts".to_owned()).spawn(|| LazyLock::force(&SYSTEM)).ok();
}

/// The system's font for a character; none where the system has none or was not asked for.
pub fn find(sign: char) -> Option<&'static Font> {
    if !WANTED.load(Ordering::Relaxed) || sign.is_control() {
        return None;
    }
    SYSTEM.lock().unwrap_or_else(PoisonError::into_inner).find(sign)
}

/// The system's fonts found so far.
pub fn found() -> Vec<&'static Font> {
    if !WANTED.load(Ordering::Relaxed) {
        return Vec::new();
    }
    SYSTEM.lock().unwrap_or_else(PoisonError::into_inner).fonts.clone()
}

/// Does something that may break, without the words that are for programmers; none where it broke.
fn quietly<T>(work: impl FnOnce() -> T) -> Option<T> {
    let told = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    panic::set_hook(told);
    done.ok()
}

struct System {
    collection: Collection,
    sources: SourceCache,
    known: HashMap<char, Option<&'static Font>>,
    fonts: Vec<&'static Font>,
}

impl System {
    fn list() -> Self {
        // A list of fonts that can't be read breaks the library that reads it: then there are only our own.
        let listed = quietly(Collection::default);
        let none =
            || Collection::new(CollectionOptions { system_fonts: false, ..CollectionOptions::default() });
        let (collection, sources) = (listed.unwrap_or_else(none), SourceCache::default());
        Self { collection, sources, known: HashMap::new(), fonts: Vec::new() }
    }

    fn find(&mut self, sign: char) -> Option<&'static Font> {
        if let Some(known) = self.known.get(&sign) {
            return *known;
        }
        let found = quietly(|| self.ask(sign).and_then(|font| self.keep(&font)));
        let font = found.flatten();
        self.known.insert(sign, font);
        font
    }

    fn ask(&mut self, sign: char) -> Option<QueryFont> {
        let script = sign.script();
        let none = [
            unicode_script::Script::Common,
            unicode_script::Script::Inherited,
            unicode_script::Script::Unknown,
        ];
        if none.contains(&script) {
            return self.first(sign, None);
        }
        let key = Script::parse(script.short_name()).ok()?;
        if script == unicode_script::Script::Han {
            let languages = HAN.iter().filter_map(|name| Language::parse(name).ok());
            let keys: Vec<_> = languages.map(|language| FallbackKey::new(key, Some(&language))).collect();
            return keys.into_iter().find_map(|key| self.first(sign, Some(key)));
        }
        self.first(sign, Some(FallbackKey::new(key, None)))
    }

    /// The first font asked that can draw the character.
    fn first(&mut self, sign: char, fallback: Option<FallbackKey>) -> Option<QueryFont> {
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
            if !draws(font, sign) {
                return QueryStatus::Continue;
            }
            found = Some(font.clone());
            QueryStatus::Stop
        });
        found
    }

    /// Keeps a font for as long as the program runs: there are few, and their files are mapped, not read.
    fn keep(&mut self, font: &QueryFont) -> Option<&'static Font> {
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

/// Whether the font has something to draw for the character: an outline, a picture, or layers of colour.
fn draws(font: &QueryFont, sign: char) -> bool {
    let glyph = font.charmap().and_then(|map| map.map(sign)).map(GlyphId::new);
    let Some(glyph) = glyph.filter(|glyph| *glyph != GlyphId::NOTDEF) else { return false };
    FontRef::from_index(font.blob.as_ref(), font.index).is_ok_and(|file| {
        file.outline_glyphs().get(glyph).is_some()
            || file.color_glyphs().get(glyph).is_some()
            || file.bitmap_strikes().glyph_for_size(Size::unscaled(), glyph).is_some()
    })
}
