//! Compares the frozen files with the fields of this version: a field that they lack was added after the
//! freeze.

use super::counts::{Line, Rule};
use super::file::SECTIONS;
use super::row::FileRecord;

const EVERYTHING: &str = include_str!("../../../../../tests/data/v1/everything.ron");
const RECIPE: &str = include_str!("../../../../../tests/data/v1/recipe.ron");
/// Files that use format 1.1, one for each issue that added a field.
const LATER: &[&str] = &[
    include_str!("../../../../../tests/data/v1/rows-left-out.ron"),
    include_str!("../../../../../tests/data/v1/journey-origin.ron"),
    include_str!("../../../../../tests/data/v1/step-personas.ron"),
];

/// Returns the lines of a list or record, which begins with its name and ends with a bracket at the same
/// depth.
fn section_lines<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let list = format!("  {name}: [");
    let record = format!("  {name}: (");
    let from = text.lines().skip_while(|line| *line != list && *line != record).skip(1);
    from.take_while(|line| !matches!(*line, "  ]," | "  ),")).collect()
}

/// Returns the fields that no line at this depth begins with.
fn missing_fields(lines: &[&str], fields: &[&'static str], depth: usize) -> Vec<&'static str> {
    let indent = " ".repeat(depth);
    let own = |field: &str| lines.iter().any(|line| line.starts_with(&format!("{indent}{field}: ")));
    fields.iter().copied().filter(|field| !own(field)).collect()
}

fn missing_inside(lines: &[&str], fields: &[&'static str]) -> Vec<&'static str> {
    let holds = |line: &&str, field: &str| {
        line.trim_start().starts_with('(')
            && (line.contains(&format!("({field}: ")) || line.contains(&format!(", {field}: ")))
    };
    fields.iter().copied().filter(|field| !lines.iter().any(|line| holds(line, field))).collect()
}

/// Filters fields missing in the 1.0 file to those that are in no file of format 1.1 either.
fn new_to_all(missing: Vec<&'static str>) -> Vec<&'static str> {
    let stands = |field: &str| LATER.iter().any(|text| text.contains(&format!("{field}: ")));
    missing.into_iter().filter(|field| !stands(field)).collect()
}

fn assert_none(missing: Vec<&'static str>, record: &str, file: &str) {
    let missing = new_to_all(missing);
    assert!(
        missing.is_empty(),
        "of a record of `{record}`, {missing:?} is not in tests/data/v1/{file}: format 1.0 is frozen, a new field \
         needs format 1.1 and a file of its own beside that one"
    );
}

#[test]
fn every_list_and_field_of_the_format_stands_in_the_frozen_file() {
    for section in SECTIONS {
        let depth = if section.name == "project" { 4 } else { 6 };
        let lines = section_lines(EVERYTHING, section.name);
        assert_none(missing_fields(&lines, section.fields, depth), section.name, "everything.ron");
    }
    assert_none(
        missing_inside(&section_lines(EVERYTHING, "batches"), Line::FIELDS),
        "counts",
        "everything.ron",
    );
    assert_none(
        missing_inside(&section_lines(EVERYTHING, "recipes"), Rule::FIELDS),
        "columns",
        "everything.ron",
    );
}

#[test]
fn every_field_of_a_recipe_stands_in_the_frozen_recipe() {
    let section = SECTIONS.iter().find(|section| section.name == "recipes").unwrap();
    let lines = section_lines(RECIPE, "recipe");
    assert_none(missing_fields(&lines, section.fields, 4), "recipe", "recipe.ron");
    assert_none(missing_inside(&lines, Rule::FIELDS), "columns", "recipe.ron");
}
