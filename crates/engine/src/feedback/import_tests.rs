//! Tests that an import is one undoable step, and that the scores are those of the file.

use super::compare::{ScoreBaseline, ScoreChange};
use super::drivers::of_project;
use super::importance::{CrossHair, Quadrant, importance_matrix};
use super::overlay::{OverlayChoice, compute_overlay, segment_columns};
use super::trend::compute_trends;
use crate::edit::History;
use crate::edit::command::new_project;
use crate::id::IdSource;
use crate::model::counts::Segment;
use crate::model::recipe::ColumnRole;
use crate::model::{Project, records_in_order};
use crate::survey::count::count_table;
use crate::survey::import::{
    Import, WaveChoice, build_transaction, find_imported_batch, remove_batch, wave_name,
};
use crate::survey::profile::profile_table;
use crate::survey::propose::propose_columns;
use crate::survey::propose::title_of_element;
use crate::survey::source::Options;
use crate::survey::source::{ReadProgress, SurveyTable as Csv};
use jiff::civil::date;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

const JUNE: &str =
    "Class,Seat comfort,Boarding,Recommend\nEco,4,1,9\nEco,5,2,10\nFirst,2,n/a,3\nFirst,,5,8\n";
const JULY: &str = "Class,Seat comfort,Boarding,Recommend\nEco,1,1,0\n";

fn plan(project: &Project, text: &str, file: &str) -> Import {
    let csv = || Csv::new(Cursor::new(text.to_owned()), Arc::new(ReadProgress::default())).unwrap();
    let journey = project.journeys_in_order()[0].info().id;
    let mut columns = propose_columns(&profile_table(&mut csv()).unwrap(), project, journey);
    // With so few rows no text column is proposed as a group.
    for column in columns.iter_mut().filter(|column| column.rule.column == "Class") {
        column.rule.role = ColumnRole::Segment;
    }
    let counted = count_table(&mut csv(), &columns).unwrap();
    let wave = WaveChoice::Named(wave_name(file));
    Import {
        journey,
        columns,
        counted,
        file: file.to_owned(),
        options: Options::default(),
        today: date(2026, 11, 22),
        wave,
        replaces: Vec::new(),
    }
}

fn import(project: &mut Project, history: &mut History, text: &str, file: &str) {
    let plan = plan(project, text, file);
    let transaction = build_transaction(project, &plan, &mut IdSource::from_seed(file.len() as u64));
    history.commit_step(project, transaction).unwrap();
}

/// Returns `title n value` of each score of everyone.
fn scores(project: &Project, choice: &OverlayChoice) -> Vec<String> {
    let overlay = compute_overlay(project, choice);
    let journey = project.journeys_in_order()[0];
    let told = overlay.scores.iter().map(|(id, shown)| {
        let value = shown.score.value.map_or("-".to_owned(), |value| format!("{value:.1}"));
        format!("{} {} {value}", title_of_element(journey, *id), shown.score.n)
    });
    let mut told: Vec<String> = told.collect();
    told.sort_unstable();
    told
}

fn trip() -> (Project, History) {
    (new_project("Trip", &mut IdSource::from_seed(3)), History::default())
}

#[test]
fn columns_become_touchpoints_with_scores_and_all_of_it_is_one_step() {
    let (mut project, mut history) = trip();
    let before = project.clone();
    import(&mut project, &mut history, JUNE, "june_2026.csv");
    assert_eq!(
        scores(&project, &OverlayChoice::default()),
        ["Boarding 3 33.3", "Seat comfort 3 66.7", "Trip 4 25.0"]
    );
    let eco = Segment { column: "Class".to_owned(), value: "Eco".to_owned() };
    assert_eq!(segment_columns(&project)["Class"].len(), 2);
    assert_eq!(
        scores(&project, &OverlayChoice { segment: eco, ..OverlayChoice::default() }),
        ["Boarding 2 0.0", "Seat comfort 2 100.0", "Trip 2 100.0"]
    );
    assert_eq!(project.waves().values().next().unwrap().label, "june 2026");
    let journey = project.journeys_in_order()[0];
    assert_eq!((journey.stages().len(), journey.steps().len()), (1, 2));
    let after = project.clone();
    history.undo(&mut project).unwrap();
    assert_eq!(project, before);
    history.redo(&mut project).unwrap();
    assert_eq!(project, after);
}

#[test]
fn waves_add_up_and_a_second_file_answers_the_same_questions() {
    let (mut project, mut history) = trip();
    import(&mut project, &mut history, JUNE, "june.csv");
    import(&mut project, &mut history, JULY, "july.csv");
    assert_eq!((project.questions().len(), project.batches().len(), project.waves().len()), (3, 2, 2));
    assert_eq!(
        scores(&project, &OverlayChoice::default()),
        ["Boarding 4 25.0", "Seat comfort 4 50.0", "Trip 5 0.0"]
    );
    let july = project.waves().values().find(|wave| wave.label == "july").unwrap().id;
    let choice = OverlayChoice { wave: Some(july), ..OverlayChoice::default() };
    assert_eq!(scores(&project, &choice), ["Boarding 1 0.0", "Seat comfort 1 0.0", "Trip 1 -100.0"]);
    assert_eq!(compute_overlay(&project, &choice).origins.len(), 1);
}

#[test]
fn an_import_is_known_again_replaced_and_removed() {
    let (mut project, mut history) = trip();
    import(&mut project, &mut history, JUNE, "june.csv");
    let again = plan(&project, JUNE, "copy of june.csv");
    let old = find_imported_batch(&project, &again.counted.hash).unwrap().id;
    let replace = Import { replaces: vec![old], ..plan(&project, JULY, "june again.csv") };
    let swapped = build_transaction(&project, &replace, &mut IdSource::from_seed(77));
    history.commit_step(&mut project, swapped).unwrap();
    assert_eq!((project.batches().len(), project.waves().len()), (1, 1));
    assert_eq!(scores(&project, &OverlayChoice::default())[0], "Boarding 1 0.0");
    let only = project.batches().keys().next().copied().unwrap();
    let removed = remove_batch(&project, only, &mut IdSource::from_seed(5));
    history.commit_step(&mut project, removed).unwrap();
    assert!(project.batches().is_empty() && project.waves().is_empty() && project.recipes().is_empty());
    assert!(compute_overlay(&project, &OverlayChoice::default()).is_empty());
    history.undo(&mut project).unwrap();
    history.undo(&mut project).unwrap();
    assert_eq!(find_imported_batch(&project, &again.counted.hash).map(|batch| batch.id), Some(old));
}

#[test]
fn another_scale_is_another_question() {
    let (mut project, mut history) = trip();
    import(&mut project, &mut history, JUNE, "june.csv");
    let mut other = plan(&project, JULY, "july.csv");
    other.columns[1].rule.high = 7.0;
    let added = build_transaction(&project, &other, &mut IdSource::from_seed(9));
    history.commit_step(&mut project, added).unwrap();
    assert_eq!(project.questions().len(), 4);
    let shown = compute_overlay(&project, &OverlayChoice::default());
    assert_eq!(shown.more.len(), 1);
}

/// Returns a file of one touchpoint with the numbers of satisfied and dissatisfied answers of two groups.
fn answers(groups: [(usize, usize); 2]) -> String {
    let mut text = "Class,Seat comfort\n".to_owned();
    for (name, (good, bad)) in ["Eco", "First"].iter().zip(groups) {
        text += &format!("{name},5\n").repeat(good);
        text += &format!("{name},1\n").repeat(bad);
    }
    text
}

#[test]
fn waves_and_groups_are_compared_and_only_proven_differences_count() {
    let (mut project, mut history) = trip();
    import(&mut project, &mut history, &answers([(80, 20), (30, 70)]), "june.csv");
    import(&mut project, &mut history, &answers([(78, 22), (90, 10)]), "july.csv");
    let wave = |label: &str| project.waves().values().find(|wave| wave.label == label).unwrap().id;
    let group = |value: &str| Segment { column: "Class".to_owned(), value: value.to_owned() };
    let told = |label: &str, segment: Segment, against| {
        let choice =
            OverlayChoice { wave: Some(wave(label)), segment, against: Some(against), ..Default::default() };
        let shown = compute_overlay(&project, &choice);
        let change = shown.changes.of.values().next().cloned();
        change.map(|change| (change.difference.value.round(), change.other.n, change.is_proven()))
    };
    let june = || ScoreBaseline::Wave(wave("june"));
    assert_eq!(told("july", group("Eco"), june()), Some((-2.0, 100, false)));
    assert_eq!(told("july", group("First"), june()), Some((60.0, 100, true)));
    assert_eq!(told("july", Segment::everyone(), june()), Some((29.0, 200, true)));
    assert_eq!(told("june", group("Eco"), ScoreBaseline::Rest), Some((50.0, 100, true)));
    assert_eq!(told("june", group("Eco"), ScoreBaseline::Segment(group("First"))), Some((50.0, 100, true)));
    // Neither with itself nor with the total that contains it.
    assert_eq!(told("june", Segment::everyone(), june()), None);
    assert_eq!(told("june", Segment::everyone(), ScoreBaseline::Rest), None);
    assert_eq!(told("june", group("Eco"), ScoreBaseline::Segment(Segment::everyone())), None);
    assert_eq!(told("june", Segment::everyone(), ScoreBaseline::Segment(group("Eco"))), None);
    let trends = compute_trends(&project, &OverlayChoice::default());
    let points: Vec<Option<bool>> =
        trends.values().flatten().map(|point| point.change.as_ref().map(ScoreChange::is_proven)).collect();
    assert_eq!(points, [None, Some(true)]);
}

#[test]
fn another_scale_breaks_the_trend() {
    let (mut project, mut history) = trip();
    import(&mut project, &mut history, &answers([(8, 2), (3, 7)]), "june.csv");
    let mut other = plan(&project, &answers([(8, 2), (3, 7)]), "july.csv");
    other.columns[1].rule.high = 7.0;
    let added = build_transaction(&project, &other, &mut IdSource::from_seed(9));
    history.commit_step(&mut project, added).unwrap();
    let wave = |label: &str| project.waves().values().find(|wave| wave.label == label).unwrap().id;
    let against = Some(ScoreBaseline::Wave(wave("june")));
    let shown =
        compute_overlay(&project, &OverlayChoice { wave: Some(wave("july")), against, ..Default::default() });
    assert_eq!((shown.changes.of.len(), shown.changes.broken.len()), (0, 1));
    let trends = compute_trends(&project, &OverlayChoice::default());
    let points: Vec<bool> = trends.values().flatten().map(|point| point.breaks).collect();
    assert_eq!(points, [false, true]);
}

#[test]
fn dated_waves_stand_in_the_order_of_time() {
    let (mut project, mut history) = trip();
    let text = "Day,Seat comfort\n2024-03-01,5\n2024-01-31,4\n2024-02-29,1\nnever,1\n";
    let mut plan = plan(&project, text, "spring.csv");
    plan.columns[0].rule.role = ColumnRole::Date;
    let csv = Csv::new(Cursor::new(text.to_owned()), Arc::new(ReadProgress::default()));
    plan.counted = count_table(&mut csv.unwrap(), &plan.columns).unwrap();
    let added = build_transaction(&project, &plan, &mut IdSource::from_seed(9));
    history.commit_step(&mut project, added).unwrap();
    let waves = records_in_order(project.waves());
    let labels: Vec<&str> = waves.iter().map(|wave| wave.label.as_str()).collect();
    assert_eq!(labels[..3], ["2024-01", "2024-02", "2024-03"]);
    assert_eq!((labels.len(), waves[1].to), (4, Some(date(2024, 2, 29))));
    let batch = project.batches().values().next().unwrap();
    assert_eq!((batch.first, batch.last), (Some(date(2024, 1, 31)), Some(date(2024, 3, 1))));
    let only = batch.id;
    let removed = remove_batch(&project, only, &mut IdSource::from_seed(5));
    history.commit_step(&mut project, removed).unwrap();
    assert!(project.waves().is_empty());
}

#[test]
fn an_import_keeps_how_many_rows_its_rules_left_out() {
    let (mut project, mut history) = trip();
    let text = "Status,Seat comfort\nlive,5\nSurvey Preview,1\nlive,4\n,1\n";
    let mut plan = plan(&project, text, "june.csv");
    plan.columns[0].rule.skip = ["survey preview", ""].map(str::to_owned).into();
    let csv = Csv::new(Cursor::new(text.to_owned()), Arc::new(ReadProgress::default()));
    plan.counted = count_table(&mut csv.unwrap(), &plan.columns).unwrap();
    let added = build_transaction(&project, &plan, &mut IdSource::from_seed(9));
    history.commit_step(&mut project, added).unwrap();
    let batch = project.batches().values().next().unwrap();
    assert_eq!((batch.rows, batch.left_out, batch.first), (4, 2, None));
    assert_eq!(scores(&project, &OverlayChoice::default())[0], "Seat comfort 2 100.0");
}

#[test]
fn what_matters_and_is_done_badly_comes_first() {
    let (mut project, mut history) = trip();
    // The outcome follows the queue, which is bad; food is good and does not matter.
    let mut text = "Queue,Food,Overall\n".to_owned();
    for row in 0..200 {
        let queue = 1 + row % 5;
        let food = 3 + (row / 5) % 3;
        text += &[queue.to_string(), food.to_string(), queue.to_string()].join(",");
        text.push('\n');
    }
    import(&mut project, &mut history, &text, "june.csv");
    let drivers = of_project(&project, None, false);
    let shares = drivers[0].found.as_ref().unwrap();
    assert_eq!((drivers.len(), shares.n), (1, 200));
    assert!(shares.r2 > 0.999_999 && shares.shares[0] > 0.99);
    let shown = compute_overlay(&project, &OverlayChoice::default());
    let journey = project.journeys_in_order()[0];
    for cross in [CrossHair::Means, CrossHair::Medians, CrossHair::Centre] {
        let matrix = importance_matrix(&project, &drivers[0], &shown, cross);
        let told = matrix.places.iter().map(|(id, place)| (title_of_element(journey, *id), place.quadrant));
        let told: BTreeMap<String, Quadrant> = told.collect();
        assert_eq!((told["Queue"], told["Food"]), (Quadrant::Concentrate, Quadrant::Overkill), "{cross:?}");
    }
}
