//! Tests that both languages of every message take the same arguments, and that every character can be drawn.

use super::*;
use crate::theme::{Face, Icon};
use skrifa::charmap::Charmap;
use skrifa::{FontRef, MetadataProvider};
use std::collections::BTreeSet;

/// Returns the names in braces.
fn slots(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| part.split(['|', '}']).next()).collect()
}

#[test]
fn both_languages_take_the_same_arguments() {
    for msg in Msg::ALL {
        let [en, zh] = Lang::ALL.map(|lang| msg.text(lang));
        assert!(!en.is_empty() && !zh.is_empty(), "{msg:?}");
        assert_eq!(slots(en), slots(zh), "{msg:?}");
        assert_eq!(en.ends_with('…'), zh.ends_with('…'), "{msg:?}: the ellipsis");
        assert!(!en.ends_with(':') && !zh.ends_with([':', '\u{ff1a}']), "{msg:?}: no colon after a label");
        let chinese = zh.chars().any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign));
        assert!(
            !chinese || !zh.contains([',', ':', ';', '?', '!', '(', ')']),
            "{msg:?}: full-width punctuation"
        );
        assert!(!en.contains("..") && !zh.contains(".."), "{msg:?}: an ellipsis is one character");
    }
}

#[test]
fn every_character_has_a_glyph() {
    let labels = Icon::CHANNELS.iter().flat_map(|&icon| Lang::ALL.map(|lang| icon_label(icon, lang)));
    let names = Lang::ALL.map(Lang::own_name);
    let texts = Msg::ALL.iter().flat_map(|msg| Lang::ALL.map(|lang| msg.text(lang)));
    let signs: BTreeSet<char> = texts.chain(labels).chain(names).flat_map(str::chars).collect();
    for face in [Face::Regular, Face::SemiBold] {
        let maps: Vec<Charmap<'_>> =
            face.font_chain().iter().map(|font| FontRef::new(font.data).unwrap().charmap()).collect();
        for &sign in &signs {
            assert!(maps.iter().any(|map| map.map(sign).is_some()), "{sign:?}: run assets/fonts/make.py");
        }
    }
}

#[test]
fn channel_icons_are_named_in_both_languages() {
    for &icon in Icon::CHANNELS {
        assert_ne!(icon_label(icon, Lang::ZhCn), icon.name(), "{icon:?} has no label");
    }
    assert_eq!(icon_label(Icon::Globe, Lang::En), "Web");
}

#[test]
fn arguments_are_filled_in() {
    let rows = |n: u64| Msg::ImportDone.text_with(Lang::En, &[("n", &n), ("file", &"a.csv")]);
    assert_eq!(rows(1), "Imported 1 row from a.csv");
    assert_eq!(rows(2), "Imported 2 rows from a.csv");
    assert_eq!(Msg::SavedAs.text_with(Lang::ZhCn, &[("file", &"旅程.ron")]), "已保存到 旅程.ron");
    assert_eq!(fill_arguments("{a}{b} {c|one|many} {", &[("a", &"{b}")]), "{b} many ");
}
