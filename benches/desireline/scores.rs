//! New scores after a change of metric, wave or segment: 20 touchpoints, 36 waves, 5 segments.

use crate::table::{Table, Times};
use engine::feedback::overlay::{OverlayChoice, compute_overlay};
use engine::feedback::score::MetricChoice;
use engine::feedback::trend::overlay_with_trends;
use engine::model::choice::MetricKind;
use engine::model::counts::Segment;
use engine::model::{Project, records_in_order};
use engine::store::load::load_project;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::process::Command;

/// A project with the answers of `months` months, made by the program itself.
fn project(months: u32) -> Option<Project> {
    let folder = tempfile::tempdir().ok()?;
    let at = |name: &str| folder.path().join(name);
    let mut rows = String::from("date,about,group,score\n");
    let mut notes = String::from("# Scores\n## Stage\n");
    for card in 1..=20 {
        writeln!(notes, "- Card {card:02}").ok()?;
        for (month, group) in (0..months).flat_map(|month| (0..5).map(move |group| (month, group))) {
            for answer in 0..=10 {
                let year = 2024 + month / 12;
                let month = 1 + month % 12;
                writeln!(rows, "{year}-{month:02}-15,Card {card:02},group {group},{answer}").ok()?;
            }
        }
    }
    for (name, text) in [("notes.md", &notes), ("answers.csv", &rows)] {
        File::create(at(name)).ok()?.write_all(text.as_bytes()).ok()?;
    }
    let run = |arguments: &[&str]| {
        let status =
            Command::new(env!("CARGO_BIN_EXE_desireline")).args(arguments).current_dir(&folder).output();
        status.is_ok_and(|output| output.status.success()).then_some(())
    };
    run(&["new", "--outline", "notes.md", "-o", "a.ron"])?;
    let names = ["--touchpoint-column", "about", "--score-column", "score", "--scale", "score=0-10"];
    let rest = ["--segment", "group", "--date-column", "date", "--wave", "month", "-o", "b.ron"];
    run(&[&["import", "a.ron", "--feedback", "answers.csv"], &names[..], &rest].concat())?;
    Some(load_project(&std::fs::read(at("b.ron")).ok()?).ok()?.project)
}

/// Times of each kind of change, against the scores of one wave alone.
pub(crate) fn run(table: &mut Table) {
    let Some((small, large)) = project(1).zip(project(36)) else {
        println!("| the program makes no project; its scores were not measured | | | | | | |");
        return;
    };
    let waves: Vec<_> = records_in_order(large.waves()).into_iter().map(|wave| wave.id).collect();
    let base = Times::of(200, |_| compute_overlay(&small, &OverlayChoice::default()));
    let metrics = [MetricChoice::Own, MetricChoice::Kind(MetricKind::Mean)];
    let change = |index: usize| OverlayChoice {
        metric: metrics[index % 2],
        wave: waves.get(index % (waves.len() + 1)).copied(),
        segment: if index.is_multiple_of(3) {
            Segment { column: "group".to_owned(), value: format!("group {}", index % 5) }
        } else {
            Segment::everyone()
        },
        ..OverlayChoice::default()
    };
    let times = Times::of(120, |index| overlay_with_trends(&large, &change(index)));
    let ratio = times.ratio(&base) / waves.len() as f64;
    table.gate("scores after a change, 36 waves", &times, "2 ms", ratio, (3.0, "one wave of one"));
}
