//! Tests that the program can read everything it writes: content beyond its reader's limits is refused or
//! shortened first.

use crate::common::program;

use engine::edit::Op;
use engine::edit::apply_op;
use engine::edit::command::{CardPlace, Slot, add_touchpoint, reorder_record};
use engine::id::{Id, IdSource, StageId};
use engine::model::value::Atom;
use engine::model::{Project, Stage};
use engine::order::OrderKey;
use engine::store::base::Base;
use engine::store::disk::RealDisk;
use engine::store::error::SaveCause;
use engine::store::load::{load_project, to_bytes};
use engine::store::project::save_project;
use engine::store::template::ALL;

/// The most digits of an order key that a file may hold.
const LONGEST: usize = 1 << 16;

fn set_key(project: &mut Project, id: Id, key: &OrderKey) {
    let record = project.record(id).expect("the record");
    let field = record.key_field().expect("an order");
    apply_op(project, &Op::set_field(&record, field, key.to_value()).expect("another key")).expect("it fits");
}

fn key(project: &Project, id: Id) -> OrderKey {
    project.record(id).and_then(|record| record.order_key()).expect("a key")
}

/// Returns a blank project whose only stage has the longest key that a file may hold.
fn with_longest_key() -> (Project, StageId) {
    let blank = ALL.iter().find(|template| template.name == "blank").expect("the template");
    let mut project = load_project(blank.bytes).expect("it opens").project;
    let journey = project.journeys_in_order()[0].info().id;
    let stage = StageId::new(&mut IdSource::from_seed(3));
    let record = Stage::new(stage, journey, "8".parse().expect("a key"));
    apply_op(&mut project, &Op::Insert(record.into())).expect("it fits");
    set_key(&mut project, stage.into(), &"z".repeat(LONGEST).parse().expect("a key"));
    (project, stage)
}

#[test]
fn a_key_that_would_be_too_long_is_given_anew_with_its_neighbours() {
    let folder = tempfile::tempdir().unwrap();
    let (project, stage) = with_longest_key();
    let path = folder.path().join("map.ron");
    std::fs::write(&path, to_bytes(&project)).unwrap();
    let script = "stage Behind\nstage Last\n";
    program::run(folder.path(), &["edit", "map.ron"], script, 0);
    let saved = load_project(&std::fs::read(&path).unwrap()).expect("what was saved opens").project;
    let titles: Vec<String> =
        saved.journeys_in_order()[0].stages_in_order().iter().map(|stage| stage.title.clone()).collect();
    assert_eq!(titles.len(), 3);
    assert_eq!(titles[1..], ["Behind", "Last"]);
    assert!(!key(&saved, stage.into()).is_crowded(), "the long key is gone");
}

#[test]
fn cards_and_stages_put_at_one_place_again_and_again_keep_short_keys() {
    let (mut project, stage) = with_longest_key();
    let mut source = IdSource::from_seed(4);
    let mut last = None;
    for number in 0..400 {
        let slot = last.map_or(Slot::At(CardPlace::end_of(stage, None)), |card| {
            if number % 2 == 0 { Slot::After(card) } else { Slot::Beside(card) }
        });
        let (transaction, card) = add_touchpoint(&project, slot, "Card", &mut source).expect("a place");
        transaction.ops.iter().for_each(|op| apply_op(&mut project, op).expect("it fits"));
        last = last.or(Some(card));
    }
    let record = Stage::new(
        StageId::new(&mut source),
        project.journeys_in_order()[0].info().id,
        key(&project, stage.into()),
    );
    let second = record.id;
    apply_op(&mut project, &Op::Insert(record.into())).unwrap();
    for turn in 0..4 {
        let before = if turn % 2 == 0 { Some(stage.into()) } else { None };
        let transaction = reorder_record(&project, second.into(), before, &mut source);
        transaction.ops.iter().for_each(|op| apply_op(&mut project, op).expect("it fits"));
    }
    let longest = project.records().filter_map(|record| Some(record.order_key()?.as_str().len()));
    assert!(longest.max().unwrap() <= 64);
    assert_eq!(to_bytes(&load_project(&to_bytes(&project)).unwrap().project), to_bytes(&project));
}

#[test]
fn what_a_reader_would_refuse_is_not_saved() {
    let folder = tempfile::tempdir().unwrap();
    let (mut project, stage) = with_longest_key();
    let path = folder.path().join("map.ron");
    let mut source = IdSource::from_seed(5);
    let long = OrderKey::new_after(Some(&key(&project, stage.into())), &mut source);
    set_key(&mut project, stage.into(), &long);
    let error = save_project(&RealDisk, &path, Base::Absent, &project).expect_err("it is refused");
    assert!(matches!(error.cause, SaveCause::Unreadable { record } if record == stage.into()), "{error:?}");
    assert!(!path.exists());
}

#[test]
fn huge_counts_are_exact_and_those_that_no_file_holds_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let run = |status, arguments: &[&str]| program::expect(folder.path(), status, arguments);
    run(0, &["new", "--template", "blank", "-o", "map.ron"]);
    let import = |status, count: &str, last: &str| {
        let rows = ["How was it?", "And then?"]
            .map(|name| format!("{name},{count},{count},{count},{count},{last}\n"));
        let header = "Question,very bad,bad,fair,good,very good\n";
        std::fs::write(folder.path().join("counts.csv"), format!("{header}{}", rows.concat())).unwrap();
        let arguments = ["import", "map.ron", "--feedback", "counts.csv", "-o", "out.ron", "--wave", "May"];
        run(status, &[&arguments[..], &["--answers", "counts"]].concat()).1
    };
    for (count, last) in [("900000000000000", "18446744073709551615"), ("9000", "99999999999999999999999")] {
        let told = import(2, count, last);
        assert!(told.contains("--answers changes nothing"), "{told}");
        assert!(!folder.path().join("out.ron").exists(), "{count}");
    }
    import(0, "900000000", "7");
    let (scores, _) = run(0, &["scores", "out.ron"]);
    assert!(scores.contains(",How was it?,csat,May,all,3600000007,0,"), "{scores}");
}
