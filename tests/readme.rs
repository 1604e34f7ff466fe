//! Tests that the README matches the program.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that finds its data otherwise than expected fails"
)]

use desireline::panels::actions::shortcut_table_markdown;
use std::path::Path;

const BEGIN: &str = "<!-- keys: made from the action table, held to it by a test -->\n";
const END: &str = "<!-- /keys -->";

#[test]
fn the_readme_lists_the_keys_of_the_action_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(&path).expect("README.md is there");
    let (before, rest) = text.split_once(BEGIN).expect("the keys begin");
    let (found, after) = rest.split_once(END).expect("the keys end");
    let expected = shortcut_table_markdown();
    if std::env::var_os("UPDATE_README").is_some() {
        let written = [before, BEGIN, &expected, END, after].concat();
        let mut file = std::fs::File::create(&path).expect("README.md is writable");
        std::io::Write::write_all(&mut file, written.as_bytes()).expect("README.md is written");
    } else {
        assert!(found == expected, "run UPDATE_README=1 cargo test --test readme");
    }
}

#[test]
fn every_picture_of_the_readme_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("README.md")).expect("README.md is there");
    for link in text.split("](screenshots/").skip(1) {
        let name = link.split(')').next().expect("a link ends");
        assert!(root.join("screenshots").join(name).exists(), "{name}");
    }
}
