//! The airline survey beside the checkout: our figures are those counted independently. Skipped where it is absent.

#![allow(clippy::expect_used, reason = "a test that finds its data otherwise than expected fails")]
#![allow(clippy::unwrap_used, reason = "the helpers of a test fail it where the data is not as expected")]

use desireline::edit::History;
use desireline::edit::command::new_project;
use desireline::feedback::count::count_file;
use desireline::feedback::import::{Import, WaveChoice, transaction, wave_name};
use desireline::feedback::overlay::{OverlayChoice, overlay};
use desireline::feedback::profile::profile;
use desireline::feedback::propose::{Column, Doubt, Reason, propose};
use desireline::feedback::score::MetricChoice;
use desireline::feedback::source::{Progress, file_name};
use desireline::id::Source;
use desireline::model::Project;
use desireline::model::choice::MetricKind;
use desireline::model::counts::Segment;
use desireline::model::recipe::ColumnRole;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

const FILE: &str = "airline/airline_satisfaction.csv";

fn data() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let found = folder.join(FILE).exists();
    if !found {
        println!("skipped: {} is not there", folder.join(FILE).display());
    }
    found.then_some(folder)
}

/// The airline file on an empty map, 0 declared as no answer: what a person says to the question the proposal asks.
fn imported(path: &Path) -> (Project, Vec<Column>) {
    let mut source = Source::seeded(11);
    let mut project = new_project("Trip", &mut source);
    let journey = project.journeys_in_order()[0].info().id;
    let progress = Arc::new(Progress::default());
    let start = Instant::now();
    let mut columns = propose(&profile(path, &progress).unwrap(), &project, journey);
    let proposed = start.elapsed();
    for column in columns.iter_mut().filter(|column| column.is_question() && column.rule.words.is_empty()) {
        column.rule.low = 1.0;
        column.rule.missing.insert("0".to_owned());
    }
    let start = Instant::now();
    let counted = count_file(path, &columns, &progress).unwrap();
    println!("{} rows: proposed in {proposed:?}, counted in {:?}", counted.rows, start.elapsed());
    for column in counted.answers.keys() {
        assert_eq!(counted.of(*column, &Segment::everyone()).rows(), counted.rows);
    }
    let file = file_name(path);
    let (wave, today) = (WaveChoice::Named(wave_name(&file)), jiff::civil::date(2026, 11, 22));
    let import = Import { journey, columns: columns.clone(), counted, file, today, wave, replaces: None };
    let transaction = transaction(&project, &import, &mut source);
    History::default().commit(&mut project, transaction).unwrap();
    (project, columns)
}

/// Score of each question of a group, by its text: n, missing and value.
fn scores(project: &Project, kind: MetricKind, segment: Segment) -> BTreeMap<String, (u64, u64, f64)> {
    let shown = overlay(
        project,
        &OverlayChoice { metric: MetricChoice::Kind(kind), segment, ..OverlayChoice::default() },
    );
    let told = shown.scores.values().map(|target| {
        let text = project.questions()[&target.question].text.clone();
        (text, (target.score.n, target.score.missing, target.score.value.unwrap()))
    });
    told.collect()
}

fn close(found: f64, expected: &Value, what: &str) {
    let expected = expected.as_f64().unwrap();
    assert!((found - expected).abs() < 0.000_05 + 1e-9, "{what}: {found}, expected {expected}");
}

#[test]
fn the_airline_figures_are_those_counted_independently() {
    let Some(folder) = data() else { return };
    let text = std::fs::read_to_string(folder.join("expected.json")).unwrap();
    let expected: Value = serde_json::from_str(&text).unwrap();
    let expected = &expected[FILE];
    let (project, _) = imported(&folder.join(FILE));
    let everyone = Segment::everyone;
    let (means, shares) =
        (scores(&project, MetricKind::Mean, everyone()), scores(&project, MetricKind::Csat, everyone()));
    let touchpoints = expected["touchpoints"].as_object().unwrap();
    assert_eq!(touchpoints.len(), 14);
    for (name, figures) in touchpoints {
        let (n, missing, mean) = means[name];
        assert_eq!((Some(n), Some(missing)), (figures["n"].as_u64(), figures["missing"].as_u64()), "{name}");
        close(mean, &figures["mean"], name);
        close(shares[name].2, &figures["t2b"], name);
    }
    close(shares["satisfaction"].2, &expected["satisfied_pct"], "satisfaction");
    for class in ["Business", "Eco", "Eco Plus"] {
        let segment = Segment { column: "Class".to_owned(), value: class.to_owned() };
        for (name, (_, _, mean)) in scores(&project, MetricKind::Mean, segment.clone()) {
            if name != "satisfaction" {
                close(mean, &expected["mean_by_class"][&name][class], &name);
            }
        }
        let satisfied = scores(&project, MetricKind::Csat, segment)["satisfaction"];
        close(satisfied.2, &expected["satisfied_by"]["Class"][class]["satisfied_pct"], class);
    }
}

#[test]
fn the_airline_mapping_is_proposed_and_its_zeros_are_asked_about() {
    let Some(folder) = data() else { return };
    let (_, columns) = imported(&folder.join(FILE));
    let of = |name: &str| columns.iter().find(|column| column.rule.column == name).unwrap();
    let touchpoints = columns.iter().filter(|column| column.rule.role == ColumnRole::Touchpoint);
    assert_eq!(touchpoints.clone().count(), 14);
    assert!(touchpoints.clone().filter(|column| column.doubts.contains(&Doubt::Zero)).count() >= 10);
    let segments: Vec<_> = columns
        .iter()
        .filter(|column| column.rule.role == ColumnRole::Segment)
        .map(|column| column.rule.column.as_str())
        .collect();
    assert_eq!(segments, ["Gender", "Customer Type", "Type of Travel", "Class"]);
    assert_eq!(
        (of("satisfaction").rule.role, of("satisfaction").reason),
        (ColumnRole::Journey, Reason::Outcome)
    );
    assert_eq!([of("number").reason, of("id").reason], [Reason::Identifier; 2]);
    for ignored in ["Age", "Flight Distance", "Departure Delay in Minutes", "Arrival Delay in Minutes"] {
        assert_eq!(of(ignored).reason, Reason::ManyValues, "{ignored}");
    }
}
