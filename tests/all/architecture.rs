//! Tests the architecture: layers import downward only, libraries stay behind their modules, files stay
//! small.

use crate::sources::{Source, house};

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
    &["canvas", "panels", "app"],
    &["cli", "main"],
];

/// The page that describes the rooms.
const PAGE: &str = include_str!("../../docs/architecture.md");

/// Libraries that may be named in some modules only.
const WALLS: &[(&str, &[&str])] = &[
    ("egui", &["app", "canvas", "panels"]),
    ("eframe", &["app", "canvas", "panels"]),
    ("egui_plot", &["panels"]),
    ("arboard", &["canvas/rich_clip"]),
    ("rfd", &["app", "panels"]),
    ("serde", &["store", "theme"]),
    ("ron", &["store", "theme"]),
    ("petgraph", &["model", "analysis"]),
    ("calamine", &["survey/source"]),
    ("encoding_rs", &["survey/source"]),
    ("quick_xml", &["survey/source"]),
    ("zip", &["survey/source"]),
    ("std::fs", &["store", "survey/source", "export", "cli", "main", "panels/path_dialog"]),
];

fn layer(name: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&name))
}

/// Returns the source without comments and test modules.
fn code(text: &str) -> String {
    let body = text.split("#[cfg(test)]").next().unwrap_or_default();
    body.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Returns the top-level modules named after `crate::`, in braces too.
fn imports(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for rest in code.replace("engine::{", "crate::{").replace("engine::", "crate::").split("crate::").skip(1)
    {
        let word =
            |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        if let Some(group) = rest.strip_prefix('{') {
            let group = group.split(';').next().unwrap_or_default();
            found.extend(group.split(',').map(|part| word(part.trim())));
        } else {
            found.push(word(rest));
        }
    }
    found
}

#[test]
fn layers_import_downward_only() {
    let mut broken = Vec::new();
    for Source { place, text } in house() {
        let own = place.split('/').next().unwrap_or_default().to_owned();
        let Some(height) = layer(&own) else {
            assert!(own == "lib", "{place} belongs to no layer");
            continue;
        };
        for import in imports(&code(&text)) {
            if layer(&import).is_some_and(|other| other > height) {
                broken.push(format!("{place} imports {import}"));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
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
    for Source { place, text } in house() {
        let text = code(&text);
        for (library, homes) in WALLS {
            let named = text.contains(&format!("{library}::")) || text.contains(&format!("use {library};"));
            let at_home = homes.iter().any(|home| place == *home || place.starts_with(&format!("{home}/")));
            if named && !at_home && !text.contains(&format!("::{library}::")) {
                broken.push(format!("{place} names {library}"));
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
    let mut broken = Vec::new();
    for Source { place, text } in house() {
        let text = code(&text);
        let changes = text.contains("&mut Journey")
            || text.contains("project.insert(")
            || text.contains("project.replace(");
        let allowed = ["model/", "edit/apply", "edit/merge"].iter().any(|home| place.starts_with(home));
        if changes && !allowed {
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
