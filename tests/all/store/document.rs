//! Tests the open project without a window: saving beside others, late changes and results, and recovery.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use engine::edit::Transaction;
use engine::edit::command::Slot;
use engine::edit::command::{add_stage, add_touchpoint, delete_records, new_project, rename_record};
use engine::id::{Id, IdSource, StageId};
use engine::model::Project;
use engine::store::disk::RealDisk;
use engine::store::document::{Document, DocumentError, MergeRefusal};
use engine::store::journal::find_recoverable;
use engine::store::project::{StoredFile, save_as};
use tempfile::TempDir;

/// Returns a folder with a stored project, and its path.
fn stored(source: &mut IdSource) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trip.ron");
    drop(save_as(&RealDisk, &path, &new_project("Trip", source)).unwrap());
    (folder, path)
}

fn open(path: &Path) -> Document {
    Document::open(path, None).unwrap()
}

/// Adds a stage; returns its id.
fn add(document: &mut Document, name: &str, source: &mut IdSource) -> StageId {
    let (change, stage) = stage(document.project(), name, source);
    document.commit(change).unwrap();
    stage
}

fn stage(project: &Project, name: &str, source: &mut IdSource) -> (Transaction, StageId) {
    let journey = project.journeys_in_order()[0].info().id;
    add_stage(project, journey, None, name, source)
}

/// Returns the names of the stages, sorted.
fn stages(project: &Project) -> Vec<&str> {
    let stages = project.journeys_in_order()[0].stages().values();
    let mut names: Vec<&str> = stages.map(|stage| stage.title.as_str()).collect();
    names.sort_unstable();
    names
}

fn in_file(path: &Path) -> Project {
    StoredFile::read_from(path).unwrap().content
}

#[test]
fn two_who_save_one_file_keep_both_changes_and_undo_only_their_own() {
    let mut source = IdSource::from_seed(1);
    let (_folder, path) = stored(&mut source);
    let mut ours = open(&path);
    let mut theirs = open(&path);
    add(&mut ours, "Plan", &mut source);
    add(&mut theirs, "Fly", &mut source);
    assert!(theirs.save().unwrap().is_some() && !theirs.is_dirty());
    assert!(ours.save().unwrap().is_some() && !ours.is_dirty());
    assert_eq!(stages(&in_file(&path)), ["Fly", "Plan"]);
    assert!(ours.open_conflicts().is_empty());
    assert!(ours.undo().unwrap().is_some() && ours.is_dirty());
    assert_eq!(stages(ours.project()), ["Fly"]);
    assert!(ours.undo().unwrap().is_none(), "the other stage is not ours to take back");
    assert!(ours.redo().unwrap().is_some() && !ours.is_dirty());
    assert!(ours.save().unwrap().is_none(), "the file holds it already");
}

#[test]
fn two_names_for_one_thing_stay_an_open_conflict_until_it_is_decided() {
    let mut source = IdSource::from_seed(2);
    let (_folder, path) = stored(&mut source);
    let mut ours = open(&path);
    let journey = Id::from(ours.project().journeys_in_order()[0].info().id);
    let mut theirs = open(&path);
    theirs.announce_open();
    theirs.commit(rename_record(theirs.project(), journey, "Voyage")).unwrap();
    theirs.save().unwrap();
    ours.commit(rename_record(ours.project(), journey, "Journey")).unwrap();
    ours.save().unwrap();
    assert_eq!(ours.open_conflicts().len(), 1);
    ours.decide_conflict(0, true, &mut source).unwrap();
    assert!(ours.open_conflicts().is_empty() && ours.is_dirty());
    ours.undo().unwrap();
    assert_eq!(ours.open_conflicts().len(), 1, "the decision was taken back");
    ours.decide_all();
    assert!(ours.open_conflicts().is_empty());
}

#[test]
fn a_version_of_unknown_descent_is_neither_merged_nor_replaced() {
    let mut source = IdSource::from_seed(3);
    let (_folder, path) = stored(&mut source);
    let mut ours = open(&path);
    let journey = ours.project().journeys_in_order()[0].info().id;
    add(&mut ours, "Plan", &mut source);
    let mut other = ours.project().clone();
    let renamed = rename_record(&other, Id::from(journey), "Voyage");
    engine::edit::apply_all(&mut other, &renamed).unwrap();
    let unrelated = new_project("Unrelated", &mut source);
    for (found, refusal) in [(other, MergeRefusal::Unproven), (unrelated, MergeRefusal::OtherProject)] {
        drop(save_as(&RealDisk, &path, &found).unwrap());
        let error = ours.save().unwrap_err();
        assert!(matches!(error, DocumentError::Refused(why) if why == refusal), "{error:?}");
        assert!(ours.is_dirty() && in_file(&path) == found);
    }
}

#[test]
fn a_version_of_a_newer_program_is_not_replaced() {
    let mut source = IdSource::from_seed(4);
    let (_folder, path) = stored(&mut source);
    let mut ours = open(&path);
    add(&mut ours, "Plan", &mut source);
    let text = std::fs::read_to_string(&path).unwrap();
    let newer = text.replacen("1.0", "1.9", 1);
    assert_ne!(newer, text);
    std::fs::write(&path, &newer).unwrap();
    assert!(matches!(ours.save(), Err(DocumentError::Newer(_))) && ours.is_dirty());
    let mut read_only = open(&path);
    assert!(read_only.read_only().is_some());
    add(&mut read_only, "Fly", &mut source);
    assert!(matches!(read_only.save(), Err(DocumentError::Newer(_))) && read_only.is_dirty());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), newer);
}

#[test]
fn a_document_without_a_file_is_not_taken_for_saved() {
    let mut source = IdSource::from_seed(5);
    let mut document = Document::new(new_project("Trip", &mut source));
    add(&mut document, "Plan", &mut source);
    assert!(document.save().is_err() && document.is_dirty());
}

#[test]
fn results_of_tasks_that_the_document_has_outrun_are_known() {
    let mut source = IdSource::from_seed(6);
    let (folder, path) = stored(&mut source);
    let mut ours = open(&path);
    let mut theirs = open(&path);
    add(&mut theirs, "Fly", &mut source);
    theirs.save().unwrap();
    let merge = ours.begin_merge().unwrap();
    let merge = merge.merge_version(StoredFile::read_from(&path).unwrap()).unwrap();
    assert!(ours.is_as_merged(&merge));
    add(&mut ours, "Plan", &mut source);
    assert!(!ours.is_as_merged(&merge), "it would lose the stage added since");
    let mut slow = ours.begin_save(folder.path().join("slow.ron"), None);
    let slow_report = slow.run(None).unwrap();
    let mut quick = ours.begin_save(folder.path().join("quick.ron"), None);
    let report = quick.run(None).unwrap();
    ours.finish_save(quick.saving, report.file);
    assert!(ours.is_outrun(slow.saving) && slow_report.file.path.ends_with("slow.ron"));
    add(&mut ours, "Late", &mut source);
    assert!(ours.is_dirty(), "what came after the save began is not saved");
}

#[test]
fn a_change_begun_before_a_merge_still_fits() {
    let mut source = IdSource::from_seed(7);
    let (_folder, path) = stored(&mut source);
    let mut ours = open(&path);
    let plan = add(&mut ours, "Plan", &mut source);
    ours.save().unwrap();
    let mut theirs = open(&path);
    let (begun, _card) = add_touchpoint(ours.project(), Slot::EndOf(plan), "Search", &mut source).unwrap();
    theirs.announce_open();
    theirs.commit(delete_records(theirs.project(), &[plan.into()], &mut source)).unwrap();
    theirs.save().unwrap();
    let merge = ours.begin_merge().unwrap();
    let merge = merge.merge_version(StoredFile::read_from(&path).unwrap()).unwrap();
    assert!(merge.clean && merge.descends);
    ours.take_in(merge).unwrap();
    assert!(!ours.is_dirty() && stages(ours.project()).is_empty());
    ours.commit(begun).unwrap();
    assert_eq!(stages(ours.project()), ["Plan"], "the card brings its stage back");
    assert!(engine::model::check::find_problems(ours.project()).is_empty());
}

#[test]
fn work_that_was_not_saved_is_recovered_into_what_the_file_holds_by_now() {
    let mut source = IdSource::from_seed(8);
    let (folder, path) = stored(&mut source);
    let state = folder.path().join("state");
    let mut lost = Document::open(&path, Some(&state)).unwrap();
    lost.keep_safe(&state);
    add(&mut lost, "Plan", &mut source);
    assert!(lost.wait_until_durable(Duration::from_secs(20)));
    drop(lost);
    let mut theirs = open(&path);
    add(&mut theirs, "Fly", &mut source);
    theirs.save().unwrap();
    let left = find_recoverable(&RealDisk, &state).left.remove(0);
    let mut recovered = Document::recover_work(left, &state).unwrap();
    assert_eq!(stages(recovered.project()), ["Fly", "Plan"]);
    assert!(recovered.is_dirty() && recovered.save().unwrap().is_some());
    recovered.close();
    assert_eq!(stages(&in_file(&path)), ["Fly", "Plan"]);
    let start = Instant::now();
    while !find_recoverable(&RealDisk, &state).left.is_empty() {
        assert!(start.elapsed() < Duration::from_secs(20), "nothing is offered again");
        std::thread::sleep(Duration::from_millis(20));
    }
}
