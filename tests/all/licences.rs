//! Tests the licences of the program's dependencies: listed, allowed, and shown in the window; compared with
//! `Cargo.lock` without network. `UPDATE_LICENCES=1 cargo test --test all licences` rewrites the lists from the
//! sources of all packages, and downloads missing ones.

use crate::support;

use desireline::features::help::licences::Licences;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The platforms that the program is built for.
const TARGETS: &[&str] =
    &["x86_64-unknown-linux-gnu", "x86_64-pc-windows-msvc", "x86_64-apple-darwin", "aarch64-apple-darwin"];
/// Prefixes of the names of licence files, in small letters.
const FILES: &[&str] = &["licen", "copying", "notice", "unlicen", "copyright"];
/// The purposes of a listed package: part of the program, or for building and testing.
const SHIPPED: &str = "shipped";
const OTHER: &str = "other";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).expect(path)
}

/// A package: its name, its version.
type Package = (String, String);

/// Returns all packages of the lock file but our own.
fn locked() -> BTreeSet<Package> {
    let text = read("Cargo.lock");
    let value = |block: &str, key: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(&format!("{key} = \""))).expect("a key");
        line.trim_end_matches('"').to_owned()
    };
    let blocks = text.split("[[package]]").skip(1);
    let all = blocks.map(|block| (value(block, "name"), value(block, "version")));
    all.filter(|(name, _)| !name.starts_with("desireline")).collect()
}

/// Returns the stored list: each package with its licence and purpose.
fn listed() -> BTreeMap<Package, (String, String)> {
    let text = read("assets/licences/packages.txt");
    let line = |line: &str| {
        let [name, version, licence, purpose] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("four columns: {line}");
        };
        ((name.to_owned(), version.to_owned()), (licence.to_owned(), purpose.to_owned()))
    };
    text.lines().filter(|line| !line.starts_with('#')).map(line).collect()
}

#[test]
fn the_list_of_packages_is_that_of_the_lock_file() {
    if std::env::var_os("UPDATE_LICENCES").is_some() {
        update();
    }
    let listed: BTreeSet<Package> = listed().into_keys().collect();
    let locked = locked();
    let missing: Vec<_> = locked.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&locked).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "run UPDATE_LICENCES=1 cargo test --test all licences: missing {missing:?}, gone {gone:?}"
    );
}

#[test]
fn the_window_shows_a_text_for_each_package_that_is_shipped() {
    let licences = Licences::load_bundled();
    let shown: BTreeSet<String> =
        licences.entries().iter().map(|entry| format!("{} {}", entry.name, entry.version)).collect();
    let shipped = listed().into_iter().filter(|(_, (_, purpose))| purpose == SHIPPED);
    let shipped: BTreeSet<String> = shipped.map(|((name, version), _)| format!("{name} {version}")).collect();
    assert_eq!(shown, shipped);
    assert!(shipped.len() > 200, "{}", shipped.len());
    for entry in licences.entries() {
        let text = licences.text(entry);
        assert!(text.len() > 200 && !entry.licence.is_empty(), "{}: {text}", entry.name);
    }
    assert_eq!(licences.find_entries("serde_core").len(), 1);
    assert!(
        licences
            .find_entries("MPL-2.0")
            .iter()
            .all(|place| licences.entries()[*place].licence.contains("MPL"))
    );
    assert!(licences.find_entries("no such package").is_empty());
}

/// Returns the quoted strings of a list of `deny.toml`: from its name up to the closing bracket on a separate
/// line.
fn denied(key: &str) -> Vec<String> {
    let text = read("deny.toml");
    let list = text.split(&format!("\n{key} = [")).nth(1).unwrap_or_else(|| panic!("{key}"));
    let list = list.split("\n]").next().unwrap();
    let lines = list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split('"').nth(1).expect("a quoted entry").to_owned()).collect()
}

/// True if an SPDX expression can be met by allowed licences.
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced =
        expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ").replace(" WITH ", "+with+");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let (met, rest) = any(&words, allowed);
    assert!(rest.is_empty(), "{expression}");
    met
}

fn any<'a>(words: &'a [&'a str], allowed: &BTreeSet<String>) -> (bool, &'a [&'a str]) {
    let (mut met, mut rest) = every(words, allowed);
    while let ["OR", more @ ..] = rest {
        let (other, behind) = every(more, allowed);
        (met, rest) = (met | other, behind);
    }
    (met, rest)
}

fn every<'a>(words: &'a [&'a str], allowed: &BTreeSet<String>) -> (bool, &'a [&'a str]) {
    let (mut met, mut rest) = one(words, allowed);
    while let ["AND", more @ ..] = rest {
        let (other, behind) = one(more, allowed);
        (met, rest) = (met & other, behind);
    }
    (met, rest)
}

fn one<'a>(words: &'a [&'a str], allowed: &BTreeSet<String>) -> (bool, &'a [&'a str]) {
    match words {
        ["(", inside @ ..] => {
            let (met, rest) = any(inside, allowed);
            let [")", behind @ ..] = rest else { panic!("a bracket is not closed") };
            (met, behind)
        }
        [name, behind @ ..] => (allowed.contains(&name.replace("+with+", " WITH ")), behind),
        [] => panic!("an expression ends too early"),
    }
}

#[test]
fn every_licence_is_allowed_and_every_one_allowed_is_needed() {
    let allowed: BTreeSet<String> = denied("allow").into_iter().collect();
    for ((name, version), (licence, _)) in listed() {
        assert!(is_allowed(&licence, &allowed), "{name} {version} is under {licence}: see deny.toml");
    }
    for licence in &allowed {
        let fewer: BTreeSet<String> = allowed.iter().filter(|own| *own != licence).cloned().collect();
        let all = listed();
        assert!(all.values().any(|(own, _)| !is_allowed(own, &fewer)), "{licence} is needed by nothing");
    }
    let only = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<String>>();
    assert!(is_allowed("(MIT OR GPL-3.0) AND ISC", &only(&["MIT", "ISC"])));
    assert!(!is_allowed("(MIT OR GPL-3.0) AND ISC", &only(&["MIT"])));
    assert!(!is_allowed("GPL-2.0-only", &allowed) && !is_allowed("AGPL-3.0", &allowed));
}

#[test]
fn a_package_comes_in_two_versions_only_where_the_reason_is_told() {
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, version) in locked() {
        versions.entry(name).or_default().insert(version);
    }
    // All but the latest version need a reason.
    let older = versions.into_iter().flat_map(|(name, all)| {
        let mut all: Vec<String> = all.into_iter().collect();
        all.sort_by_key(|version| {
            version.split(['.', '+']).map(|part| part.parse().unwrap_or(0)).collect::<Vec<u64>>()
        });
        all.pop();
        all.into_iter().map(move |version| format!("{name}@{version}"))
    });
    let older: BTreeSet<String> = older.collect();
    let skipped: BTreeSet<String> = denied("skip").into_iter().collect();
    let untold: Vec<_> = older.difference(&skipped).collect();
    let gone: Vec<_> = skipped.difference(&older).collect();
    assert!(
        untold.is_empty() && gone.is_empty(),
        "deny.toml: no reason for {untold:?}; no longer there: {gone:?}"
    );
    let text = read("deny.toml");
    let reasons =
        text.lines().filter(|line| line.contains("crate = ")).all(|line| line.contains("reason = \""));
    assert!(reasons, "each has a reason");
}

/// Returns cargo's metadata of all packages, or of those for a target.
fn metadata(target: Option<&str>) -> Value {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["metadata", "--locked", "--format-version", "1"]).current_dir(root());
    cargo.args(target.iter().flat_map(|target| ["--filter-platform", target]));
    let output = cargo.output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn text_of<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// Returns the ids of the packages that are part of the program for a target.
fn shipped_for(target: &str) -> BTreeSet<String> {
    let all = metadata(Some(target));
    let nodes = all["resolve"]["nodes"].as_array().expect("nodes");
    let nodes: BTreeMap<&str, &Value> = nodes.iter().map(|node| (text_of(node, "id"), node)).collect();
    let mut seen = BTreeSet::new();
    let mut open = vec![text_of(&all["resolve"], "root")];
    while let Some(id) = open.pop() {
        if !seen.insert(id.to_owned()) {
            continue;
        }
        for needed in nodes[id]["deps"].as_array().expect("dependencies") {
            let kinds = needed["dep_kinds"].as_array().expect("kinds");
            if kinds.iter().any(|kind| kind["kind"].is_null()) {
                open.push(text_of(needed, "pkg"));
            }
        }
    }
    seen
}

/// Rewrites the list of packages and the texts of their licences.
fn update() {
    let all = metadata(None);
    let shipped: BTreeSet<String> = TARGETS.iter().flat_map(|target| shipped_for(target)).collect();
    let packages = all["packages"].as_array().expect("packages").iter();
    let packages: Vec<&Value> =
        packages.filter(|package| !text_of(package, "name").starts_with("desireline")).collect();
    let mut list =
        "# Made by UPDATE_LICENCES=1 cargo test --test all licences: name, version, licence, purpose.\n"
            .to_owned();
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut lines = BTreeSet::new();
    for package in &packages {
        let [name, version, licence] = ["name", "version", "license"].map(|key| text_of(package, key));
        let purpose = if shipped.contains(text_of(package, "id")) { SHIPPED } else { OTHER };
        lines.insert(format!("{name}\t{version}\t{licence}\t{purpose}\n"));
        if purpose == SHIPPED {
            let text = licence_text(package, &packages);
            texts.entry(text).or_default().push(format!("{name}\t{version}\t{licence}"));
        }
    }
    list.extend(lines);
    std::fs::write(root().join("assets/licences/packages.txt"), list).expect("written");
    let mut content = String::new();
    let mut groups: Vec<(String, Vec<String>)> = texts.into_iter().collect();
    groups.sort_by(|one, other| one.1.cmp(&other.1));
    for (text, names) in groups {
        for name in names {
            writeln!(content, "\u{1}{name}").expect("a string");
        }
        writeln!(content, "{text}").expect("a string");
    }
    let file = std::fs::File::create(root().join("assets/licences/texts.txt.gz")).expect("created");
    let mut packed = flate2::GzBuilder::new().mtime(0).write(file, flate2::Compression::best());
    packed.write_all(content.as_bytes()).and_then(|()| packed.finish()).expect("written");
}

/// Returns the licence files in a package's folder; if it is available under MIT, the text of that alone.
fn own_text(package: &Value) -> String {
    let folder = Path::new(text_of(package, "manifest_path")).parent().expect("a folder");
    let named = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        path.is_file() && FILES.iter().any(|start| name.starts_with(start))
    };
    let entries =
        std::fs::read_dir(folder).expect("the package's folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> = entries.filter(named).collect();
    files.sort();
    let has = |path: &PathBuf, word: &str| {
        path.file_name().unwrap_or_default().to_string_lossy().to_lowercase().contains(word)
    };
    if text_of(package, "license").contains("OR MIT") || text_of(package, "license").contains("MIT OR") {
        let mit: Vec<PathBuf> =
            files.iter().filter(|path| has(path, "mit") || has(path, "notice")).cloned().collect();
        if mit.iter().any(|path| has(path, "mit")) {
            files = mit;
        }
    }
    let texts =
        files.iter().map(|path| String::from_utf8_lossy(&std::fs::read(path).expect("a file")).into_owned());
    texts.map(|text| tidy(&text)).collect::<Vec<_>>().join("\n\n")
}

/// Returns a text without characters that a window can't show: carriage returns, form feeds, blanks at the
/// ends of lines.
fn tidy(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| line.trim_end().replace(['\u{c}', '\u{feff}', '\u{1}'], "").replace('\t', "    "));
    lines.collect::<Vec<_>>().join("\n").trim_matches('\n').to_owned()
}

/// Returns the text of a package's licence; for a package without one, the usual text with its authors.
fn licence_text(package: &Value, all: &[&Value]) -> String {
    let own = own_text(package);
    if !own.trim().is_empty() {
        return own;
    }
    let name = text_of(package, "name");
    let licence = text_of(package, "license");
    let authors = package["authors"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let authors: Vec<&str> = authors.collect();
    let holder = if authors.is_empty() { format!("The {name} authors") } else { authors.join(", ") };
    if licence.contains("MIT") {
        return tidy(&read("LICENSE-MIT")).replace("2026 The Desireline authors", &holder);
    }
    if licence.contains("Apache-2.0") {
        return format!("Copyright (c) {holder}\n\n{}", tidy(&read("LICENSE-APACHE")));
    }
    let same = all.iter().filter(|other| text_of(other, "license") == licence).map(|other| own_text(other));
    let same = same
        .into_iter()
        .find(|text| !text.is_empty())
        .unwrap_or_else(|| panic!("no text for {name}: {licence}"));
    format!("Copyright (c) {holder}\n\n{same}")
}

#[test]
fn the_licences_are_found_from_help_and_searched() {
    use desireline::app::action::Action;
    use engine::i18n::{Lang, Msg};
    use support::window::{On, act, key, open, press, says, type_over};
    let mut test = open(egui::vec2(1280.0, 800.0), Lang::En, On::Start);
    act(&mut test, Action::About);
    press(&mut test, Msg::ThirdPartyLicences.text(Lang::En));
    assert!(says(&test, "accesskit "));
    type_over(&mut test, Msg::LicencesSearch.text(Lang::En), "winit");
    assert!(says(&test, "winit 0.") && !says(&test, "zip 9"));
    key(&mut test, egui::Modifiers::NONE, egui::Key::ArrowDown);
    type_over(&mut test, Msg::LicencesSearch.text(Lang::En), "no such package");
    assert!(says(&test, Msg::LicencesNone.text(Lang::En)));
    key(&mut test, egui::Modifiers::NONE, egui::Key::Escape);
    assert!(test.state().app.dialog.is_none());
}
