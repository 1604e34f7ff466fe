//! The document: laying out, laying out again after a move, reading, writing.

use crate::sample::{Sample, sample};
use crate::table::{Table, Times, note};
use engine::edit::{Op, apply_op};
use engine::id::Id;
use engine::layout::{LayoutRequest, Layouter, layout_once};
use engine::model::Touchpoint;
use engine::model::value::FieldValue;
use engine::store::load::{load_project, to_bytes};
use serde::de::IgnoredAny;

/// Layout from nothing, and after one card has moved.
pub(crate) fn layouts(table: &mut Table) {
    let request = |count: usize| {
        let sample = sample(count);
        LayoutRequest::new(sample.project, sample.journey)
    };
    let small = request(100);
    let base = Times::of(50, |_| layout_once(&small));
    note("lay out 100 touchpoints", &base, "");
    for (count, runs) in [(1_000, 20), (10_000, 10)] {
        let large = request(count);
        let times = Times::of(runs, |_| layout_once(&large));
        let ratio = times.ratio(&base) / (count as f64 / 100.0);
        table.gate(&format!("lay out {count}"), &times, "", ratio, (1.5, "a card among 100"));
    }
}

/// A card goes to the next column and back, among 10,000.
pub(crate) fn moves(table: &mut Table) {
    let sample = sample(10_000);
    let before = LayoutRequest::new(sample.project.clone(), sample.journey);
    let mut after = before.clone();
    after.project = moved(&sample);
    let cold = Times::of(3, |_| layout_once(&before));
    let mut layouter = Layouter::new();
    layouter.layout_journey(&before);
    let mut step =
        |index: usize| layouter.layout_journey(if index.is_multiple_of(2) { &after } else { &before });
    let times = Times::of(60, &mut step);
    table.gate(
        "lay out 10,000 after a move",
        &times,
        "8 ms",
        times.ratio(&cold),
        (0.2, "layout from nothing"),
    );
    let same = Times::of(200, |_| layouter.layout_journey(&after));
    note("lay out 10,000 unchanged", &same, "");
}

fn moved(sample: &Sample) -> engine::model::Project {
    let mut project = sample.project.clone();
    let card = Id::from(sample.cards[sample.cards.len() / 2]);
    let step = sample.steps[sample.steps.len() / 2 + 1];
    let op = project
        .record(card)
        .and_then(|record| Op::set_field(&record, Touchpoint::STEP, FieldValue::Id(step.into())));
    if let Some(op) = op {
        apply_op(&mut project, &op).expect("a card can move");
    }
    project
}

/// Reading and writing a file, against reading its RON and throwing it away.
pub(crate) fn files(table: &mut Table) {
    for (count, goal) in [(1_000, "60 ms"), (10_000, "300 ms")] {
        let sample = sample(count);
        let bytes = to_bytes(&sample.project);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let runs = 20_000 / count + 8;
        let bare = Times::of(runs, |_| ron::from_str::<IgnoredAny>(&text));
        let read = Times::of(runs, |_| load_project(&bytes));
        table.gate(&format!("read {count}"), &read, goal, read.ratio(&bare), (3.0, "its bare RON"));
        let written = Times::of(runs, |_| to_bytes(&sample.project));
        table.gate(
            &format!("write {count}"),
            &written,
            "",
            written.ratio(&bare),
            (2.0, "reading its bare RON"),
        );
    }
    edits();
}

/// One move in the document itself, and the way back.
fn edits() {
    let sample = sample(10_000);
    let mut project = sample.project.clone();
    let card = Id::from(sample.cards[5_000]);
    let times = Times::of(500, |index| {
        let step = FieldValue::Id(sample.steps[index % sample.steps.len()].into());
        let kept = project.clone();
        let op = project.record(card).and_then(|record| Op::set_field(&record, Touchpoint::STEP, step));
        (op.map(|op| apply_op(&mut project, &op)), kept)
    });
    note("move a card of 10,000 in the document", &times, "");
}
