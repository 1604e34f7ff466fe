//! Two people's versions of 10,000 touchpoints: the difference and the merge, as read from their files, and
//! taking back what one of them did.

use crate::sample::{Sample, sample};
use crate::table::{Table, Times};
use engine::edit::command::{delete_records, rename_record};
use engine::edit::{History, Op, apply_all, apply_op, diff_projects, merge_versions};
use engine::id::{Id, IdSource};
use engine::model::value::FieldValue;
use engine::model::{Project, Touchpoint};
use engine::store::load::{load_project, to_bytes};

/// Against reading one of the three files.
pub(crate) fn run(table: &mut Table) {
    let sample = sample(10_000);
    let versions = [None, Some(0), Some(1)].map(|side| to_bytes(&version(&sample, side)));
    let read = |bytes: &Vec<u8>| load_project(bytes).expect("the sample reads").project;
    let [base, ours, theirs] = [0, 1, 2].map(|side| read(&versions[side]));
    let reading = Times::of(6, |_| load_project(&versions[0]));
    let times = Times::of(20, |_| diff_projects(&base, &ours));
    table.gate("difference of two 10,000", &times, "150 ms", times.ratio(&reading), (1.0, "reading one"));
    let times = Times::of(20, |_| merge_versions(&base, &ours, &theirs));
    table.gate("merge of two 10,000", &times, "150 ms", times.ratio(&reading), (1.0, "reading one"));
    let mut project = base.clone();
    let mut history = History::default();
    let renamed = rename_record(&project, Id::from(sample.cards[5]), "Ours");
    history.commit_step(&mut project, renamed).expect("a card can be renamed");
    let change = diff_projects(&project, &merge_versions(&base, &project, &theirs).project);
    history.take_in(&mut project, change).expect("theirs fit");
    let times = Times::of(20, |_| {
        let mut project = project.clone();
        let mut history = history.clone();
        history.undo(&mut project).expect("ours is taken back")
    });
    let name = "undo of ours under theirs, 10,000";
    table.gate(name, &times, "50 ms", times.ratio(&reading), (1.0, "reading one"));
}

/// Of each hundred cards a side renames one, moves one, deletes one of its own and touches one that the other
/// side touches too.
fn version(sample: &Sample, side: Option<usize>) -> Project {
    let mut project = sample.project.clone();
    let Some(side) = side else { return project };
    for (place, card) in sample.cards.iter().enumerate() {
        let card = Id::from(*card);
        match (place % 100).checked_sub(side * 10) {
            Some(0) => {
                let renamed = rename_record(&project, card, &format!("Renamed {side}"));
                apply_all(&mut project, &renamed).expect("a card can be renamed");
            }
            Some(1) => {
                let step = FieldValue::Id(sample.steps[place % sample.steps.len()].into());
                let op =
                    project.record(card).and_then(|record| Op::set_field(&record, Touchpoint::STEP, step));
                if let Some(op) = op {
                    apply_op(&mut project, &op).expect("a card can move");
                }
            }
            Some(2) if place % 500 < 100 => {
                let deleted = delete_records(&project, &[card], &mut IdSource::from_seed(1));
                apply_all(&mut project, &deleted).expect("a card can go");
            }
            _ if place % 100 == 50 => {
                let renamed = rename_record(&project, card, &format!("Both {side}"));
                apply_all(&mut project, &renamed).expect("a card can be renamed");
            }
            _ => {}
        }
    }
    project
}
