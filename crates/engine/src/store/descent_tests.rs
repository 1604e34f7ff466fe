//! Tests which versions count as descendants of the opened one.

use super::*;
use crate::edit::apply_all;
use crate::edit::command::{add_stage, delete_records, new_project, rename_record, with_fresh_ids};
use crate::id::{IdSource, JourneyId};
use crate::store::load::{load_project, to_bytes};
use crate::store::versions::Label;

fn version(project: &Project) -> StoredVersion<'_> {
    StoredVersion { base: Base::from_bytes(&to_bytes(project)), project }
}

fn journey(project: &Project) -> JourneyId {
    project.journeys_in_order()[0].info().id
}

fn with_stage(project: &Project, title: &str, source: &mut IdSource) -> Project {
    let mut with = project.clone();
    apply_all(&mut with, &add_stage(project, journey(project), None, title, source).0).unwrap();
    with
}

fn renamed(project: &Project, title: &str) -> Project {
    let mut renamed = project.clone();
    apply_all(&mut renamed, &rename_record(project, journey(project).into(), title)).unwrap();
    renamed
}

/// Returns true if the descent is proven without the versions kept on this computer.
fn is_known(opened: &Project, found: &Project) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let place = DescentSources { path: &folder.path().join("plan.ron"), state: None };
    is_descendant(version(opened), version(found), place)
}

#[test]
fn what_still_holds_everything_opened_comes_from_it() {
    let source = &mut IdSource::from_seed(1);
    let opened = with_stage(&new_project("Trip", source), "Plan", source);
    assert!(is_known(&opened, &opened));
    assert!(is_known(&opened, &with_stage(&opened, "Book", source)));
}

#[test]
fn an_older_copy_with_something_added_is_no_proof() {
    let source = &mut IdSource::from_seed(5);
    let first = with_stage(&new_project("Trip", source), "Plan", source);
    let opened = renamed(&first, "Voyage");
    assert!(!is_known(&opened, &with_stage(&first, "Book", source)), "its title would come back");
    assert!(!is_known(&first, &opened), "a title that differs is older or newer");
}

#[test]
fn shared_ids_prove_nothing() {
    let source = &mut IdSource::from_seed(2);
    let first = new_project("Trip", source);
    let opened = with_stage(&first, "Plan", source);
    // A copy of the file from before the stage was added, with another stage added.
    assert!(!is_known(&opened, &with_stage(&first, "Another", source)));
    assert!(!is_known(&opened, &first));
    // Another project.
    assert!(!is_known(&opened, &with_fresh_ids(&opened, source)));
    // Two files that older programs began from one template share all its ids, and the project's.
    let template =
        load_project(crate::store::template::find_template("airline").unwrap().bytes).unwrap().project;
    assert!(!is_known(&template, &renamed(&template, "Another")));
    assert!(!is_known(&with_stage(&template, "Mine", source), &with_stage(&template, "Theirs", source)));
    // Projects that are now begun from it do not share them.
    let mine = with_fresh_ids(&template, source);
    assert!(is_known(&mine, &with_stage(&mine, "Voyage", source)));
}

#[test]
fn a_kept_version_that_is_nearer_shows_another_descent() {
    let source = &mut IdSource::from_seed(3);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.ron");
    let state = folder.path().join("state");
    let place = DescentSources { path: &path, state: Some(&state) };
    let first = with_stage(&new_project("Trip", source), "Plan", source);
    let removed = first.journeys_in_order()[0].stages_in_order()[0].id;
    let second = with_stage(&first, "Fly", source);
    let mut opened = second.clone();
    apply_all(&mut opened, &delete_records(&second, &[removed.into()], source)).unwrap();
    let theirs = with_stage(&second, "Book", source);
    assert!(is_descendant(version(&opened), version(&theirs), place), "nothing else is known");
    let document = VersionedDocument { project: first.info().id, path: Some(&path) };
    let versions = Versions::new(RealDisk, &state);
    versions.keep_version(document, Label::Saved, &to_bytes(&second), crate::clock::current_time()).unwrap();
    assert!(!is_descendant(version(&opened), version(&theirs), place), "it comes from the version before");
    assert!(!is_descendant(version(&opened), version(&second), place), "that is the version before");
    assert!(is_descendant(version(&opened), version(&with_stage(&opened, "Book", source)), place));
}

#[test]
fn a_kept_version_says_what_it_was_saved_from() {
    let source = &mut IdSource::from_seed(4);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.ron");
    let state = folder.path().join("state");
    let place = DescentSources { path: &path, state: Some(&state) };
    let opened = with_stage(&new_project("Trip", source), "Plan", source);
    let removed = opened.journeys_in_order()[0].stages_in_order()[0].id;
    let mut less = opened.clone();
    apply_all(&mut less, &delete_records(&opened, &[removed.into()], source)).unwrap();
    let last = renamed(&less, "Voyage");
    assert!(!is_descendant(version(&opened), version(&last), place), "a stage is gone, and nobody knows why");
    let document = VersionedDocument { project: opened.info().id, path: Some(&path) };
    let versions = Versions::new(RealDisk, &state);
    for (before, after) in [(&opened, &less), (&less, &last)] {
        let from = Some(version(before).base);
        let (saved, kept) =
            versions.keep_around(document, (&to_bytes(after), from), crate::clock::current_time(), || {
                Ok::<(), ()>(())
            });
        assert!(saved.is_ok() && kept.is_ok());
    }
    assert!(is_descendant(version(&opened), version(&last), place));
    assert!(!is_descendant(version(&last), version(&opened), place), "not the other way");
}
