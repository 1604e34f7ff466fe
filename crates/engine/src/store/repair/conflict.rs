//! Files with conflict markers of a failed git merge: extracts and merges their two sides.

use super::report::Report;
use super::{Finding, RepairNote, salvage_records};
use crate::edit::{Conflict, MergeChoice, Merged, merge_versions};
use crate::id::{Id, IdSource};
use crate::model::Project;
use crate::model::value::FieldValue;
use crate::store::load::load_project;
use crate::store::text::TextPosition;

const OURS: &str = "<<<<<<<";
const BASE: &str = "|||||||";
const MIDDLE: &str = "=======";
const THEIRS: &str = ">>>>>>>";

/// The versions in a file with markers.
pub(super) struct Sides {
    place: TextPosition,
    base: Option<String>,
    ours: String,
    theirs: String,
}

/// Returns the place of git's first marker, if the text holds a complete set.
pub(in crate::store) fn first_marker(text: &str) -> Option<TextPosition> {
    let line = |marker| text.lines().position(|line| is_marker(line, marker));
    let first = line(OURS)?;
    let middle = line(MIDDLE)?;
    let last = line(THEIRS)?;
    (first < middle && middle < last).then_some(TextPosition { line: first + 1, column: 1 })
}

fn is_marker(line: &str, marker: &str) -> bool {
    line.strip_prefix(marker).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\r']))
}

/// Extracts the sides of a file with markers.
pub(super) fn extract_sides(text: &str) -> Option<Sides> {
    let place = first_marker(text)?;
    let mut texts = [const { String::new() }; 3];
    let mut has_base = false;
    let mut within = None;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        match within {
            None if is_marker(bare, OURS) => within = Some(1),
            Some(1) if is_marker(bare, BASE) => (within, has_base) = (Some(0), true),
            Some(0 | 1) if is_marker(bare, MIDDLE) => within = Some(2),
            Some(2) if is_marker(bare, THEIRS) => within = None,
            Some(side) => texts[side].push_str(line),
            None => texts.iter_mut().for_each(|text| text.push_str(line)),
        }
    }
    let [base, ours, theirs] = texts;
    Some(Sides { place, base: has_base.then_some(base), ours, theirs })
}

/// Merges both sides into one project; `None` if neither side holds anything. Without their common base, all
/// records of both sides are kept.
pub(super) fn merge_sides(sides: &Sides, source: &mut IdSource, report: &mut Report) -> Option<Project> {
    let mut read = |text: &str| {
        load_project(text.as_bytes()).ok().map(|loaded| loaded.project).or_else(|| {
            let mut own = Report::default();
            let found = salvage_records(text, source, &mut own);
            // Its line numbers are not those of the file.
            report.add_without_places(own);
            found
        })
    };
    let ours = read(&sides.ours);
    let theirs = read(&sides.theirs);
    let base = sides.base.as_ref().and_then(|text| load_project(text.as_bytes()).ok());
    let (ours, theirs) = match (ours, theirs) {
        (Some(ours), Some(theirs)) => (ours, theirs),
        (one, other) => return one.or(other),
    };
    let base = base.map_or_else(|| Project::new(ours.info().id), |loaded| loaded.project);
    let Merged { project, conflicts } = merge_versions(&base, &ours, &theirs);
    let mut note = |finding| report.push(RepairNote { place: Some(sides.place), finding });
    note(Finding::Joined);
    for conflict in conflicts {
        match conflict {
            Conflict::Value { id, choices } => {
                for choice in &choices {
                    note(difference_finding(id, choice));
                }
            }
            Conflict::EditBeatsDelete(id) | Conflict::BroughtBack(id) => {
                note(Finding::BroughtBack { who: id.to_string() });
            }
            Conflict::SameImport { kept, .. } => note(Finding::SameImport { who: kept.to_string() }),
            // Problems of the whole are left to the check, as in any project.
            Conflict::Doubt(_) => {}
        }
    }
    Some(project)
}

fn difference_finding(id: Id, choice: &MergeChoice) -> Finding {
    let field = choice.field.name.to_owned();
    Finding::Differs {
        who: id.to_string(),
        field,
        kept: value_text(&choice.kept),
        found: value_text(&choice.dropped),
    }
}

/// Returns a value as a report shows it.
fn value_text(value: &FieldValue) -> String {
    let list = |values: Vec<String>| values.join(", ");
    let text = match value {
        FieldValue::Nothing => "–".to_owned(),
        FieldValue::Flag(flag) => flag.to_string(),
        FieldValue::Number(number) => number.to_string(),
        FieldValue::Text(text) => format!("“{text}”"),
        FieldValue::Id(id) => id.to_string(),
        FieldValue::List(values) => list(values.iter().map(value_text).collect()),
        FieldValue::Set(values) => list(values.iter().map(value_text).collect()),
        FieldValue::Map(values) => {
            list(values.iter().map(|(k, v)| format!("{}: {}", value_text(k), value_text(v))).collect())
        }
        FieldValue::Counts(_) | FieldValue::Bytes(_) => "…".to_owned(),
    };
    super::build::shorten_line(&text)
}
