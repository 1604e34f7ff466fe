//! Tests the invented feedback file on the airline template, on which README, screenshots and the first five
//! minutes rely.

use engine::edit::{History, Transaction};
use engine::feedback::overlay::{OverlayChoice, compute_overlay};
use engine::feedback::score::MetricChoice;
use engine::feedback::table::{Waves, score_rows};
use engine::id::{Id, IdSource};
use engine::model::Project;
use engine::model::choice::MetricKind;
use engine::model::recipe::ColumnRole;
use engine::store::load::load_project;
use engine::survey::count::count_file;
use engine::survey::import::{Import, WaveChoice, build_transaction, rules_with_titles, wave_name};
use engine::survey::profile::profile_file;
use engine::survey::propose::{ColumnReason, Unshared, apply_recipe, propose_columns};
use engine::survey::source::{Options, ReadProgress, file_name};
use std::path::Path;
use std::sync::Arc;

fn template() -> Project {
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/airline.ron")).unwrap();
    load_project(&bytes).unwrap().project
}

fn import(project: &Project) -> Import {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/airline-feedback.csv");
    let progress = Arc::new(ReadProgress::default());
    let journey = project.journeys_in_order()[0].info().id;
    let columns = propose_columns(&profile_file(&path, &progress).unwrap(), project, journey);
    let counted = count_file(&path, &columns, &progress).unwrap();
    let file = file_name(&path);
    let wave = WaveChoice::Named(wave_name(&file));
    let today = jiff::civil::date(2026, 11, 22);
    Import { journey, columns, counted, file, options: Options::default(), today, wave, replaces: Vec::new() }
}

fn imported() -> Project {
    let mut project = template();
    let transaction: Transaction =
        build_transaction(&project, &import(&project), &mut IdSource::from_seed(21));
    History::default().commit_step(&mut project, transaction).unwrap();
    project
}

#[test]
fn every_column_is_known_to_the_template() {
    let import = import(&template());
    let asked = import.columns.iter().filter(|column| column.is_question());
    assert_eq!(asked.clone().count(), 16);
    assert!(asked.clone().all(|column| column.reason == ColumnReason::Alias && column.doubts.is_empty()));
    let split = import.columns.iter().filter(|column| column.rule.role == ColumnRole::Segment).count();
    assert_eq!((split, import.counted.rows, import.counted.rejections.len()), (2, 412, 0));
}

#[test]
fn the_map_shows_good_and_bad_and_one_score_of_few_answers() {
    let project = imported();
    let shown = compute_overlay(&project, &OverlayChoice::default());
    let journey = project.journeys_in_order()[0].clone();
    let score = |title: &str| {
        let card = journey.touchpoints().values();
        let asked = card.filter_map(|card| shown.scores.get(&Id::from(card.id)));
        asked.into_iter().find(|target| project.questions()[&target.question].text == title).unwrap()
    };
    assert_eq!(shown.scores.len(), 15);
    assert!(score("Inflight wifi service").is_small() && score("Inflight wifi service").score.missing > 380);
    assert!(score("Online boarding").score.value > Some(70.0));
    assert!(score("Checkin service").score.value < Some(25.0));
    let of_journey: Vec<_> =
        shown.scores_of(journey.info().id.into()).map(|target| target.score.metric).collect();
    assert_eq!(of_journey, [MetricKind::Csat, MetricKind::Nps]);
}

#[test]
fn the_table_holds_every_touchpoint_wave_and_group_in_the_order_of_the_map() {
    let project = imported();
    let rows = score_rows(&project, MetricChoice::Kind(MetricKind::Mean), Waves::Each);
    let everyone = rows.iter().filter(|row| row.segment.is_everyone()).count();
    // Everyone, three classes and two kinds of travel.
    assert_eq!((everyone, rows.len()), (16, 16 * 6));
    let nps = score_rows(&project, MetricChoice::Kind(MetricKind::Nps), Waves::EachAndSum);
    assert_eq!(nps.len(), 2 * 6, "one wave and the sum; NPS is defined on 0–10 only");
}

#[test]
fn the_mapping_of_one_import_fits_the_next() {
    let project = imported();
    let first = import(&project);
    let mut columns = first.columns.clone();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/airline-feedback.csv");
    let seen = profile_file(&path, &Arc::new(ReadProgress::default())).unwrap();
    let journey = project.journeys_in_order()[0];
    let unshared = apply_recipe(&mut columns, &rules_with_titles(&project, &first.columns), &seen, journey);
    assert_eq!(unshared, Unshared::default());
    let targets = |columns: &[engine::survey::propose::ProposedColumn]| {
        columns.iter().map(|column| (column.rule.role, column.target)).collect::<Vec<_>>()
    };
    assert_eq!(targets(&columns), targets(&first.columns));
}
