//! Tests that a disk that fails for a moment hides no unsaved work: if any call fails while journals are
//! read, they stay as they are and are offered again.

use crate::store::faults::{Fault, FaultyDisk};
use engine::edit::apply_all;
use engine::edit::command::{add_stage, new_project};
use engine::id::IdSource;
use engine::model::Project;
use engine::store::base::Base;
use engine::store::disk::RealDisk;
use engine::store::journal::{Journal, JournalOrigin, find_recoverable};
use engine::store::load::to_bytes;
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Errors that may be gone a moment later.
const MOODS: [ErrorKind; 5] = [
    ErrorKind::Other,
    ErrorKind::StaleNetworkFileHandle,
    ErrorKind::PermissionDenied,
    ErrorKind::TimedOut,
    ErrorKind::UnexpectedEof,
];

/// Leaves a project with one unsaved stage in the journals of a state folder; returns the project.
fn leave_unsaved(state: &Path, path: Option<PathBuf>) -> Project {
    let mut source = IdSource::from_seed(5);
    let mut project = new_project("Trip", &mut source);
    let base = Base::from_bytes(&to_bytes(&project));
    let mut journal =
        Journal::start_new(RealDisk, state, JournalOrigin { path, base, project: project.clone() });
    let id = project.journeys_in_order()[0].info().id;
    let (change, _) = add_stage(&project, id, None, "Plan", &mut source);
    apply_all(&mut project, &change).unwrap();
    let last = journal.append_change(&project, &change);
    assert!(journal.wait_until_durable(last, Duration::from_secs(20)));
    project
}

fn content(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

#[test]
fn no_failing_call_hides_unsaved_work_or_moves_its_journal() {
    let state = tempfile::tempdir().unwrap();
    let project = leave_unsaved(state.path(), None);
    let before = content(&state.path().join("journals"));
    let mut struck = 0;
    for kind in MOODS {
        for fault in [Fault::Once(kind), Fault::FromThenOn(kind)] {
            for at in 1.. {
                let disk = FaultyDisk::new(fault, at);
                let mut found = find_recoverable(&disk, state.path());
                if !disk.struck() {
                    break;
                }
                struck += 1;
                let told = format!("{fault:?} at {at} of {:?}: {found:?}", disk.calls());
                let is_offered = found.left.iter().any(|left| left.recovered == project);
                assert!(is_offered || !found.unread.is_empty(), "{told}: neither offered nor told");
                assert!(found.damaged.is_empty(), "{told}: nothing is damaged");
                found.clean_up(&disk);
                drop(found);
                assert_eq!(content(&state.path().join("journals")), before, "{told}: something changed");
                assert_eq!(find_recoverable(&RealDisk, state.path()).left[0].recovered, project, "{told}");
            }
        }
    }
    assert!(struck > 40, "only {struck} calls failed");
}

#[test]
fn what_was_put_aside_in_error_is_offered_again() {
    let state = tempfile::tempdir().unwrap();
    let project = leave_unsaved(state.path(), None);
    let dir = state.path().join("journals");
    let journal =
        content(&dir).into_keys().find(|path| path.extension().is_some_and(|e| e == "journal")).unwrap();
    fs::rename(&journal, journal.with_extension("damaged")).unwrap();
    let mut found = find_recoverable(&RealDisk, state.path());
    let left = found.left.remove(0);
    assert!(left.recovered == project && !left.torn && !left.is_set_aside());
    left.discard_journal(&RealDisk);
    assert!(content(&dir).is_empty(), "with its base");
}

#[test]
fn what_is_torn_is_offered_once_and_can_be_asked_for_after() {
    let state = tempfile::tempdir().unwrap();
    let project = leave_unsaved(state.path(), None);
    let dir = state.path().join("journals");
    let journal =
        content(&dir).into_keys().find(|path| path.extension().is_some_and(|e| e == "journal")).unwrap();
    let mut bytes = fs::read(&journal).unwrap();
    bytes.extend(b"a torn step");
    fs::write(&journal, &bytes).unwrap();
    let left = find_recoverable(&RealDisk, state.path()).left.remove(0);
    assert!(left.recovered == project && left.torn && !left.is_set_aside());
    left.discard_journal(&RealDisk);
    for _ in 0..2 {
        let left = find_recoverable(&RealDisk, state.path()).left.remove(0);
        assert!(left.recovered == project && left.is_set_aside(), "it stays within reach");
        left.discard_journal(&RealDisk);
    }
    find_recoverable(&RealDisk, state.path()).left.remove(0).throw_away(&RealDisk);
    assert!(content(&dir).is_empty(), "a person threw it away");
}

#[test]
fn only_a_save_that_holds_the_very_steps_takes_a_journal_from_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let path = folder.path().join("trip.ron");
    let project = leave_unsaved(&state, Some(path.clone()));
    let mut other = project.clone();
    let id = project.journeys_in_order()[0].info().id;
    let (change, _) = add_stage(&project, id, None, "A colleague's", &mut IdSource::from_seed(9));
    apply_all(&mut other, &change).unwrap();
    // Saved later than the journal, by somebody else.
    fs::write(&path, to_bytes(&other)).unwrap();
    assert_eq!(find_recoverable(&RealDisk, &state).left.len(), 1, "a later date proves nothing");
    fs::write(&path, to_bytes(&project)).unwrap();
    let mut found = find_recoverable(&RealDisk, &state);
    assert!(found.left.is_empty(), "all of it is in the file");
    found.clean_up(&RealDisk);
    assert!(content(&state.join("journals")).is_empty());
}
