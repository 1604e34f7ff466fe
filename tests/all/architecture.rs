//! Tests the architecture: layers import downward only, libraries stay behind their modules, files stay
//! small.

mod evasions;
mod paths;
mod tokens;

use crate::sources::{CRATES, Source, house, sources_of};
use paths::Modules;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Each layer may import itself and those before it. `store` and `edit` access the disk and the document for
/// all others.
const LAYERS: &[&[&str]] = &[
    &["id", "order", "clock", "lang"],
    &["theme"],
    &["model"],
    &["edit"],
    &["survey"],
    &["feedback"],
    &["store"],
    &["redact"],
    &["i18n"],
    &["analysis"],
    &["scene"],
    &["layout"],
    &["export"],
    &["exchange"],
    &["canvas", "panels", "features", "app"],
    &["cli", "main"],
];

/// The page that describes the rooms.
const PAGE: &str = include_str!("../../docs/architecture.md");

/// Libraries that may be named in some modules only.
const WALLS: &[(&str, &[&str])] = &[
    ("egui", &["app", "canvas", "features", "panels"]),
    ("eframe", &["app"]),
    ("egui_plot", &["features/charts", "panels/distribution"]),
    ("egui_table", &["panels", "features/import"]),
    ("arboard", &["canvas/rich_clip"]),
    ("rfd", &["features/paths"]),
    ("serde", &["store", "theme"]),
    ("ron", &["store", "theme"]),
    ("petgraph", &["model", "analysis"]),
    ("calamine", &["survey/source"]),
    ("encoding_rs", &["survey/source"]),
    ("quick_xml", &["survey/source"]),
    ("zip", &["survey/source"]),
    ("std::fs", &["store", "survey/source", "export", "cli", "main", "features/paths"]),
];

fn layer(name: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&name))
}

/// The modules of the program and the engine, read once for all tests.
static HOUSE: LazyLock<Modules> = LazyLock::new(|| {
    let mut modules = Modules::default();
    for (name, home) in CRATES {
        let files = sources_of(home).map(|source| (source.place, source.text)).collect();
        modules.add_crate(name, "lib", &files);
        if files.contains_key("main") {
            modules.add_crate("main", "main", &files);
        }
    }
    modules
});

/// Each file of the house with the paths that it names.
static NAMED: LazyLock<BTreeMap<&str, BTreeSet<Vec<String>>>> = LazyLock::new(|| HOUSE.named_paths());

/// Returns the room that a full path leads into.
fn room_of(path: &[String]) -> Option<&str> {
    let [house, room, ..] = path else { return None };
    (["engine", "desireline"].contains(&house.as_str()) && layer(room).is_some()).then_some(room)
}

#[test]
fn layers_import_downward_only() {
    let mut broken = Vec::new();
    let mut held = 0;
    for (place, paths) in &*NAMED {
        let own = place.split('/').next().unwrap_or_default();
        let Some(height) = layer(own) else {
            assert!(own == "lib", "{place} belongs to no layer");
            continue;
        };
        for path in paths {
            match room_of(path).and_then(layer) {
                Some(other) if other > height => broken.push(format!("{place} names {}", path.join("::"))),
                Some(_) => held += 1,
                None => {}
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
    assert!(held > 5_000, "only {held} paths lead into rooms: some are not read");
}

#[test]
fn every_file_is_a_module_and_the_crates_roots_hold_nothing_else() {
    let read = HOUSE.places();
    for Source { place, text } in house() {
        assert!(read.contains(place.as_str()), "no module is read from {place}");
        let items =
            if place == "lib" { syn::parse_file(&text).expect("it parses").items } else { Vec::new() };
        let is_list = items.iter().all(|item| matches!(item, syn::Item::Mod(_) | syn::Item::Use(_)));
        assert!(is_list, "{place} holds more than modules: it belongs to no layer");
    }
}

/// Tests too: what they expect is data. Only the settings, which keep the user's choice, name a language.
#[test]
fn rooms_below_the_words_know_no_language() {
    let words = layer("i18n");
    let mut broken = Vec::new();
    for Source { place, text } in house() {
        let own = place.split('/').next().unwrap_or_default();
        let is_below = layer(own).is_some_and(|height| Some(height) < words);
        let is_worded = text.contains("crate::i18n") || text.contains("crate::lang");
        if is_below && is_worded && place != "store/settings" {
            broken.push(place);
        }
    }
    assert_eq!(broken, Vec::<String>::new(), "return data, and implement `Explain` in i18n");
}

#[test]
fn the_page_lists_the_rooms_as_they_are() {
    let table = PAGE.lines().skip_while(|line| *line != "| --- | --- |").skip(1);
    let rows = table.map_while(|line| line.strip_prefix("| ")?.split(" | ").next());
    let rooms: Vec<Vec<&str>> = rows.map(|cell| cell.split('`').skip(1).step_by(2).collect()).collect();
    assert_eq!(rooms, LAYERS, "the table of rooms in docs/architecture.md");
}

#[test]
fn libraries_stay_behind_their_walls() {
    let mut broken = Vec::new();
    for (place, paths) in &*NAMED {
        for path in paths {
            let path = path.join("::");
            for (library, homes) in WALLS {
                let is_glob = path.strip_suffix('*').is_some_and(|above| library.starts_with(above));
                let is_named = is_glob || path == *library || path.starts_with(&format!("{library}::"));
                let is_home = |home: &&str| *place == *home || place.starts_with(&format!("{home}/"));
                if is_named && !homes.iter().any(is_home) {
                    broken.push(format!("{place} names {path}"));
                }
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn rows_are_drawn_in_reading_order() {
    let turned = house().into_iter().filter(|source| source.text.contains("right_to_left"));
    let found: Vec<String> = turned.map(|source| source.place).collect();
    assert_eq!(found, Vec::<String>::new(), "Tab goes over such a row backwards: use panels/two_sided");
}

#[test]
fn only_apply_changes_a_project() {
    // The methods of `Project` that change it have names that nothing else has.
    let is_change = |word: &str| ["insert_record", "replace_record", "remove_record"].contains(&word);
    let mut broken = Vec::new();
    for Source { place, text } in house() {
        let mut words = text.split(|sign: char| !sign.is_alphanumeric() && sign != '_');
        let is_home = ["model/", "edit/apply", "edit/merge"].iter().any(|home| place.starts_with(home));
        if !is_home && words.any(is_change) {
            broken.push(place);
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn files_say_what_they_are_and_stay_small() {
    let mut lengths = Vec::new();
    for Source { place, text } in house() {
        assert!(text.starts_with("//! "), "{place} does not start with a sentence on itself");
        let lines = text.lines().count();
        assert!(lines <= 500, "{place} has {lines} lines");
        lengths.push(lines);
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median < 200, "the median file has {median} lines");
}
