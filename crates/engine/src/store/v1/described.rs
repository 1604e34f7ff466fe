//! Compares `docs/file-format.md` with the fields of this version: each stands in its record's table, no
//! other does.

use super::counts::{Line, Rule};
use super::file::SECTIONS;
use super::row::FileRecord;

const PAGE: &str = include_str!("../../../../../docs/file-format.md");

/// Returns the names in the first column of the table under a record's heading.
fn described(record: &str) -> Vec<&'static str> {
    let heading = format!("### `{record}`");
    let lines = PAGE.lines().skip_while(|line| *line != heading).skip(1);
    let own = lines.take_while(|line| !line.starts_with('#'));
    let cells = own.filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect()
}

#[test]
fn the_page_lists_every_field_of_every_record_and_no_other() {
    let sections = SECTIONS.iter().map(|section| (section.name, section.fields));
    let lines = [("counts", Line::FIELDS), ("columns", Rule::FIELDS)];
    for (record, fields) in sections.clone().chain(lines) {
        let mut found = described(record);
        let mut expected = fields.to_vec();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "docs/file-format.md: the table of `{record}`");
    }
    let headings = PAGE.lines().filter_map(|line| line.strip_prefix("### `")?.strip_suffix('`'));
    let lists: Vec<&str> = headings.filter(|name| !["counts", "columns"].contains(name)).collect();
    assert_eq!(lists, sections.map(|(name, _)| name).collect::<Vec<_>>(), "in the order of the file");
}
