//! Tests that tests tell the truth: none is passed by returning where something is missing, and each that is ignored
//! is run by a script.

use crate::sources::{root, rust_files};
use std::path::{Path, PathBuf};

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// Returns the Rust files of the tests, the program and the engine.
fn sources() -> Vec<PathBuf> {
    ["tests", "src", "crates"].iter().flat_map(|folder| rust_files(&root().join(folder))).collect()
}

/// Returns the names by which the scripts run ignored tests.
fn run_by_scripts() -> Vec<String> {
    let scripts = [".ci/run", ".ci/soak"].map(|name| read(&root().join(name)).replace("\\\n", " "));
    let lines = scripts.iter().flat_map(|script| script.lines()).filter(|line| line.contains("ignored "));
    let words = lines.flat_map(str::split_whitespace);
    let is_name = |word: &&str| {
        word.contains(['_', ':'])
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte == b':')
    };
    let names = words.filter(is_name).filter(|word| *word != "run_ignored");
    names.map(str::to_owned).collect()
}

/// Returns the file and name of each ignored test, as `file::name`; in a macro the name is that of its variable.
fn ignored_tests() -> Vec<String> {
    let mut found = Vec::new();
    for path in sources() {
        let file =
            path.with_extension("").strip_prefix(root()).unwrap().display().to_string().replace('/', "::");
        let text = read(&path);
        for rest in
            text.split("#[ignore").skip(1).filter(|rest| rest.starts_with(" = \"") || rest.starts_with(']'))
        {
            let (reason, after) = rest.split_once(']').unwrap();
            assert!(reason.len() > " = \"needs\"".len(), "{file}: a test is ignored without a reason");
            let name = after.split_once("fn ").unwrap().1.split('(').next().unwrap();
            found.push(format!("{file}::{name}"));
        }
    }
    found
}

#[test]
fn each_ignored_test_is_run_by_a_script() {
    let names = run_by_scripts();
    let tests = ignored_tests();
    assert!(tests.len() > 20, "{tests:?}");
    let is_run = |test: &String| names.iter().any(|name| test.contains(name.as_str()));
    let never: Vec<_> = tests.iter().filter(|test| !is_run(test)).collect();
    assert!(never.is_empty(), "no script runs {never:?}; the scripts run {names:?}");
    let is_there = |name: &String| tests.iter().any(|test| test.contains(name.as_str()));
    let gone: Vec<_> = names.iter().filter(|name| !is_there(name)).collect();
    assert!(gone.is_empty(), "no ignored test is named {gone:?}");
}

#[test]
fn no_test_is_passed_by_returning() {
    // In parts, so that this file is not found itself.
    let signs = [["println!(\"skip", "ped"].concat(), ["../sha", "red"].concat()];
    for path in sources() {
        let text = read(&path);
        for sign in &signs {
            let allowed = sign == &signs[1] && path.ends_with("common/surveys.rs");
            assert!(allowed || !text.contains(sign), "{}: {sign}", path.display());
        }
    }
}
