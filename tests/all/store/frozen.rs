//! Tests that format 1.0 is frozen: its first files can always be opened, and are written back unchanged.

use std::path::Path;

use engine::store::load::{load_project, load_recipe, recipe_to_bytes, to_bytes};

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/v1").join(name);
    std::fs::read_to_string(path).unwrap()
}

/// Reports the line at which a frozen file was written back differently.
fn assert_same(name: &str, written: Vec<u8>, fixture: &str) {
    let written = String::from_utf8(written).unwrap();
    let differs = written.lines().zip(fixture.lines()).position(|(new, old)| new != old);
    assert!(
        written == fixture,
        "tests/data/v1/{name} is written otherwise from line {:?} on; format 1.0 is frozen: mend the program, \
         not the file",
        differs.map(|line| line + 1)
    );
}

#[test]
fn a_file_with_everything_opens_and_is_written_back_byte_for_byte() {
    let text = fixture("everything.ron");
    let loaded = load_project(text.as_bytes()).unwrap();
    assert_eq!(loaded.read_only, None, "a file of format 1.0 can be saved");
    assert_same("everything.ron", to_bytes(&loaded.project), &text);
}

#[test]
fn a_recipe_of_its_own_opens_and_is_written_back_byte_for_byte() {
    let text = fixture("recipe.ron");
    assert_same("recipe.ron", recipe_to_bytes(&load_recipe(text.as_bytes()).unwrap()), &text);
}

#[test]
fn a_file_of_format_1_1_opens_and_is_written_back_byte_for_byte() {
    for name in ["rows-left-out.ron", "journey-origin.ron", "step-personas.ron"] {
        let text = fixture(name);
        assert!(text.contains("format: \"1.1\""), "{name}");
        let loaded = load_project(text.as_bytes()).unwrap();
        assert_eq!(loaded.read_only, None, "a file of format 1.1 can be saved");
        assert_same(name, to_bytes(&loaded.project), &text);
    }
}
