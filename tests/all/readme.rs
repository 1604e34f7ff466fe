//! Tests that README and pages match the program: the manual's keys, the menus that are named, links, and the
//! README's length.
//!
//! `UPDATE_README=1 cargo test --test all readme` writes the tables of keys in `docs/manual.md` anew.

use desireline::app::action::Action;
use desireline::panels::actions::shortcut_tables_markdown;
use engine::i18n::Lang;
use std::path::{Path, PathBuf};

const BEGIN: &str = "<!-- keys: made from the program's tables, held to them by a test -->\n";
const END: &str = "<!-- /keys -->";
/// Length limit of the README, in lines.
const README_LINES: usize = 120;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the README and all pages, each with its text.
fn pages() -> Vec<(PathBuf, String)> {
    let docs = std::fs::read_dir(root().join("docs")).expect("docs is there");
    let mut paths: Vec<PathBuf> = docs.map(|entry| entry.expect("an entry").path()).collect();
    paths.push(root().join("README.md"));
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), read(&path))).collect()
}

#[test]
fn the_manual_lists_the_keys_of_help_and_action_table() {
    let path = root().join("docs/manual.md");
    let text = read(&path);
    let (before, rest) = text.split_once(BEGIN).expect("the keys begin");
    let (found, after) = rest.split_once(END).expect("the keys end");
    let expected = shortcut_tables_markdown();
    if std::env::var_os("UPDATE_README").is_some() {
        let written = [before, BEGIN, &expected, END, after].concat();
        let mut file = std::fs::File::create(&path).expect("the manual is writable");
        std::io::Write::write_all(&mut file, written.as_bytes()).expect("the manual is written");
    } else {
        assert!(found == expected, "run UPDATE_README=1 cargo test --test all readme");
    }
}

#[test]
fn every_action_that_is_named_with_its_menu_is_there() {
    let label = |action: &Action| {
        let entry = action.entry();
        format!("{} → {}", entry.menu.label().text(Lang::En), entry.label.text(Lang::En))
    };
    let known: Vec<String> = Action::ALL.iter().map(label).collect();
    let mut named = 0;
    for (path, text) in pages() {
        for name in text.split('*').filter(|name| name.contains(" → ") && !name.contains('\n')) {
            assert!(known.iter().any(|own| own == name), "{}: no action {name:?}", path.display());
            named += 1;
        }
    }
    assert!(named > 10, "{named}");
}

/// Returns the anchor of a heading as a Markdown page shows it.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|sign| sign.is_alphanumeric() || [' ', '-', '_'].contains(sign));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    let mut links = 0;
    for (path, text) in pages() {
        for link in text.split("](").skip(1) {
            let link = link.split(')').next().expect("a link ends");
            if link.starts_with("https://") {
                continue;
            }
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            assert!(target.exists(), "{}: {link}", path.display());
            if !heading.is_empty() {
                let target = read(&target);
                let headings = target.lines().filter(|line| line.starts_with('#'));
                let mut anchors = headings.map(|line| anchor(line.trim_start_matches('#').trim()));
                assert!(anchors.any(|own| own == heading), "{}: {link}", path.display());
            }
            links += 1;
        }
    }
    assert!(links > 30, "{links}");
}

/// The folders whose files the pages name.
const FOLDERS: [&str; 11] = [
    "src/",
    "crates/",
    "tests/",
    "docs/",
    "assets/",
    "fuzz/",
    "examples/",
    "templates/",
    "screenshots/",
    "benches/",
    ".ci/",
];

#[test]
fn every_file_that_is_named_is_there() {
    let mut named = 0;
    for (page, text) in pages() {
        for name in text.split('`').skip(1).step_by(2) {
            let path = name.split([' ', '#']).next().unwrap_or_default();
            // In capitals, the name is the contributor's choice.
            let is_open = path.contains("NAME") || path.contains("FORMAT") || path.contains("TARGET");
            if is_open || !FOLDERS.iter().any(|folder| path.starts_with(folder)) {
                continue;
            }
            assert!(root().join(path).exists(), "{}: {path}", page.display());
            named += 1;
        }
    }
    assert!(named > 80, "{named}");
}

#[test]
fn the_readme_is_short() {
    let lines = read(&root().join("README.md")).lines().count();
    assert!(lines <= README_LINES, "{lines} lines: what is more belongs to docs/manual.md");
}
