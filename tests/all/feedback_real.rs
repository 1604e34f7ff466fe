//! Tests the proposed mapping of the airline survey beside the checkout. Skipped if the file is absent.

use desireline::edit::command::new_project;
use desireline::id::IdSource;
use desireline::model::recipe::ColumnRole;
use desireline::survey::profile::profile_file;
use desireline::survey::propose::{ColumnReason, OpenQuestion, ProposedColumn, propose_columns};
use desireline::survey::source::ReadProgress;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const FILE: &str = "airline/airline_satisfaction.csv";

fn data() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let found = folder.join(FILE).exists();
    if !found {
        println!("skipped: {} is not there", folder.join(FILE).display());
    }
    found.then_some(folder)
}

/// Returns the columns of the airline file with the roles proposed on an empty map.
fn proposed(path: &Path) -> Vec<ProposedColumn> {
    let project = new_project("Trip", &mut IdSource::from_seed(11));
    let journey = project.journeys_in_order()[0].info().id;
    propose_columns(&profile_file(path, &Arc::new(ReadProgress::default())).unwrap(), &project, journey)
}

#[test]
fn the_airline_mapping_is_proposed_and_its_zeros_are_asked_about() {
    let Some(folder) = data() else { return };
    let columns = proposed(&folder.join(FILE));
    let of = |name: &str| columns.iter().find(|column| column.rule.column == name).unwrap();
    let touchpoints = columns.iter().filter(|column| column.rule.role == ColumnRole::Touchpoint);
    assert_eq!(touchpoints.clone().count(), 14);
    assert!(touchpoints.clone().filter(|column| column.doubts.contains(&OpenQuestion::Zero)).count() >= 10);
    let segments: Vec<_> = columns
        .iter()
        .filter(|column| column.rule.role == ColumnRole::Segment)
        .map(|column| column.rule.column.as_str())
        .collect();
    assert_eq!(segments, ["Gender", "Customer Type", "Type of Travel", "Class"]);
    assert_eq!(
        (of("satisfaction").rule.role, of("satisfaction").reason),
        (ColumnRole::Journey, ColumnReason::Outcome)
    );
    assert_eq!([of("number").reason, of("id").reason], [ColumnReason::Identifier, ColumnReason::Respondent]);
    assert_eq!(of("Age").reason, ColumnReason::Counted);
    for ignored in ["Flight Distance", "Departure Delay in Minutes", "Arrival Delay in Minutes"] {
        assert!(matches!(of(ignored).reason, ColumnReason::Counted | ColumnReason::ManyValues), "{ignored}");
    }
}
