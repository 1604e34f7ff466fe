//! Tests the recovery journal: every acknowledged change is recovered, and no other.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use engine::edit::command::{add_stage, new_project, rename_record};
use engine::edit::{Transaction, apply_all, diff_projects};
use engine::id::{Id, IdSource, JourneyId};
use engine::model::Project;
use engine::store::base::Base;
use engine::store::disk::RealDisk;
use engine::store::journal::{Journal, JournalOrigin, JournalScan, Recoverable, find_recoverable};
use engine::store::load::to_bytes;

use crate::store::sample;

/// The longest time that a test waits for the disk.
const SOON: Duration = Duration::from_secs(20);

/// A document being edited, and all its states.
struct Scene {
    state: tempfile::TempDir,
    source: IdSource,
    project: Project,
    journal: Option<Journal>,
    states: Vec<Project>,
}

impl Scene {
    fn begin() -> Self {
        let mut source = IdSource::from_seed(5);
        let project = new_project("Trip", &mut source);
        let state = tempfile::tempdir().unwrap();
        let journal = Some(Journal::start_new(RealDisk, state.path(), origin(&project)));
        Self { state, source, states: vec![project.clone()], project, journal }
    }

    fn edit(&mut self, transaction: &Transaction) -> u64 {
        apply_all(&mut self.project, transaction).unwrap();
        self.states.push(self.project.clone());
        self.journal.as_mut().unwrap().append_change(&self.project, transaction)
    }

    fn stage(&mut self, title: &str) -> u64 {
        let journey = journey(&self.project);
        let (transaction, _) = add_stage(&self.project, journey, None, title, &mut self.source);
        self.edit(&transaction)
    }

    fn wait(&self) {
        let journal = self.journal.as_ref().unwrap();
        assert!(journal.wait_until_durable(journal.last_change(), SOON), "{:?}", journal.take_trouble());
    }

    fn found(&self) -> JournalScan {
        let mut found = find_recoverable(&RealDisk, self.state.path());
        found.clean_up(&RealDisk);
        found
    }

    /// Returns the recoverable work, which must be exactly one document.
    fn left(&self) -> Recoverable {
        let mut found = self.found();
        assert_eq!((found.left.len(), found.damaged.len()), (1, 0), "{found:?}");
        found.left.remove(0)
    }

    fn files(&self) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> =
            fs::read_dir(folder(self.state.path())).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }

    fn file(&self, ending: &str) -> PathBuf {
        let files = self.files();
        files.iter().find(|path| path.extension().is_some_and(|end| end == ending)).unwrap().clone()
    }
}

fn folder(state: &Path) -> PathBuf {
    state.join("journals")
}

fn origin(project: &Project) -> JournalOrigin {
    let base = Base::from_bytes(&to_bytes(project));
    JournalOrigin { path: Some(PathBuf::from("/maps/trip.ron")), base, project: project.clone() }
}

fn journey(project: &Project) -> JourneyId {
    project.journeys_in_order()[0].info().id
}

#[test]
fn what_a_process_left_comes_back_once_it_has_ended() {
    let mut scene = Scene::begin();
    for n in 0..20 {
        scene.stage(&format!("Stage {n}"));
    }
    scene.wait();
    assert!(scene.found().left.is_empty(), "its process still lives");
    scene.journal = None;
    let left = scene.left();
    assert_eq!((&left.recovered, &left.stored), (&scene.project, &scene.states[0]));
    assert_eq!((left.change_count(), left.path.as_deref()), (20, Some(Path::new("/maps/trip.ron"))));
    assert_eq!(left.base, Base::from_bytes(&to_bytes(&scene.states[0])));
    assert!(scene.found().left.is_empty(), "it is offered to one process only");
    left.discard_journal(&RealDisk);
    assert_eq!(scene.files(), Vec::<PathBuf>::new());
}

#[test]
fn a_document_without_unsaved_changes_leaves_nothing() {
    let mut scene = Scene::begin();
    scene.stage("Plan");
    scene.wait();
    scene.journal.take().unwrap().close();
    assert_eq!(scene.files(), Vec::<PathBuf>::new());
    let mut undone = Scene::begin();
    undone.stage("Plan");
    undone.edit(&diff_projects(&undone.project.clone(), &undone.states[0].clone()));
    undone.wait();
    undone.journal = None;
    assert!(undone.found().left.is_empty());
    assert_eq!(undone.files(), Vec::<PathBuf>::new());
}

#[test]
fn every_kind_of_record_comes_back_added_changed_and_removed() {
    let full = sample::project(9, 3);
    let other = sample::project(9, 2);
    let empty = Project::from_info((**full.info()).clone());
    let mut scene = Scene::begin();
    scene.journal = Some(Journal::start_new(RealDisk, scene.state.path(), origin(&empty)));
    scene.project = empty;
    for to in [&full, &other, &full] {
        scene.edit(&diff_projects(&scene.project.clone(), to));
    }
    scene.wait();
    scene.journal = None;
    let left = scene.left();
    assert_eq!(left.recovered, full);
}

#[test]
fn after_a_save_only_what_came_later_is_unsaved() {
    let mut scene = Scene::begin();
    scene.stage("Plan");
    let saved = scene.project.clone();
    scene.stage("Fly");
    scene.journal.as_ref().unwrap().rebase_on(origin(&saved));
    scene.stage("Arrive");
    scene.wait();
    scene.journal = None;
    let left = scene.left();
    assert_eq!((&left.stored, &left.recovered), (&saved, &scene.project));
    assert_eq!(scene.files().len(), 3 - 1, "the first journal is gone: {:?}", scene.files());
}

#[test]
fn a_file_that_moved_on_is_merged_with_what_was_left() {
    let mut scene = Scene::begin();
    scene.stage("Plan");
    scene.wait();
    scene.journal = None;
    let left = scene.left();
    let mut theirs = scene.states[0].clone();
    let change = rename_record(&theirs, Id::from(journey(&theirs)), "Their trip");
    apply_all(&mut theirs, &change).unwrap();
    let merged = left.merge_onto(&theirs);
    assert!(merged.conflicts.is_empty());
    assert_eq!(merged.project.journeys_in_order()[0].info().title, "Their trip");
    assert_eq!(merged.project.journeys_in_order()[0].stages().len(), 1);
}

#[test]
fn a_save_that_the_journal_did_not_hear_of_is_no_conflict() {
    let mut scene = Scene::begin();
    let id = Id::from(journey(&scene.project));
    for title in ["A", "B", "C"] {
        scene.edit(&rename_record(&scene.project.clone(), id, title));
    }
    scene.wait();
    scene.journal = None;
    let left = scene.left();
    let merged = left.merge_onto(&scene.states[2]);
    assert!(merged.conflicts.is_empty(), "{:?}", merged.conflicts);
    assert_eq!(merged.project, scene.states[3]);
    assert_eq!(left.merge_onto(&scene.states[3]).project, scene.states[3]);
}

#[test]
fn what_was_recovered_is_kept_until_its_new_journal_holds_it() {
    let mut scene = Scene::begin();
    scene.stage("Plan");
    scene.wait();
    scene.journal = None;
    let left = scene.left();
    let stored = left.stored.clone();
    let current = left.recovered.clone();
    scene.journal = Some(Journal::resume_from(RealDisk, scene.state.path(), left, origin(&stored), current));
    scene.wait();
    scene.stage("Fly");
    scene.wait();
    assert_eq!(scene.files().len(), 2);
    scene.journal = None;
    assert_eq!(scene.left().recovered, scene.project);
}

#[test]
fn a_torn_or_damaged_journal_gives_back_what_comes_before_and_is_kept_aside() {
    let mut scene = Scene::begin();
    let mut ends = Vec::new();
    for n in 0..6 {
        scene.stage(&format!("Stage {n}"));
        scene.wait();
        ends.push(fs::read(scene.file("journal")).unwrap().len());
    }
    scene.journal = None;
    let journal = scene.file("journal");
    let base = scene.file("base");
    let whole = fs::read(&journal).unwrap();
    let kept = fs::read(&base).unwrap();
    let header = 19 + 16 + usize::from(whole[19]) + 256 * usize::from(whole[20]);
    let all = std::env::var_os("DESIRELINE_ALL").is_some();
    for at in (0..whole.len()).step_by(if all { 1 } else { 13 }) {
        for cut in [false, true] {
            let mut bytes = whole.clone();
            if cut {
                bytes.truncate(at);
            } else {
                bytes[at] ^= 0x10;
            }
            fs::write(&journal, &bytes).unwrap();
            fs::write(&base, &kept).unwrap();
            let expected = ends.iter().filter(|end| **end <= at).count();
            let mut found = scene.found();
            if expected == 0 {
                assert!(found.left.is_empty(), "byte {at}");
            } else {
                let left = found.left.remove(0);
                assert_eq!(left.recovered, scene.states[expected], "byte {at}");
                assert_eq!(left.torn, !(cut && ends.contains(&at)), "byte {at}");
                left.discard_journal(&RealDisk);
            }
            let aside =
                scene.files().into_iter().find(|path| path.extension().is_some_and(|e| e == "damaged"));
            let clean = cut && (at == 0 || at == header || ends.contains(&at));
            assert!(aside.is_some() || clean, "byte {at}, cut {cut}: nothing is thrown away");
            scene.files().iter().for_each(|path| fs::remove_file(path).unwrap());
        }
    }
}

#[test]
fn a_state_folder_that_cannot_be_written_is_told_once_and_tried_again() {
    let dir = tempfile::tempdir().unwrap();
    let state = dir.path().join("state");
    fs::write(&state, "not a folder").unwrap();
    let mut scene = Scene::begin();
    scene.journal = Some(Journal::start_new(RealDisk, &state, origin(&scene.project)));
    let last = scene.stage("Plan");
    let journal = scene.journal.as_ref().unwrap();
    assert!(!journal.wait_until_durable(last, SOON));
    assert_eq!(journal.take_trouble().map(|trouble| trouble.folder), Some(folder(&state)));
    assert_eq!(journal.take_trouble(), None);
    fs::remove_file(&state).unwrap();
    let start = std::time::Instant::now();
    let mut durable = false;
    while !durable && start.elapsed() < SOON {
        std::thread::sleep(Duration::from_millis(50));
        durable = scene.journal.as_ref().unwrap().durable_change() == last;
    }
    assert!(durable);
    scene.journal = None;
    assert_eq!(find_recoverable(&RealDisk, &state).left[0].recovered, scene.project);
}

#[test]
fn planted_and_later_journals_do_no_harm() {
    let state = tempfile::tempdir().unwrap();
    let dir = folder(state.path());
    fs::create_dir(&dir).unwrap();
    let plant = |name: &str, bytes: &[u8]| fs::write(dir.join(name), bytes).unwrap();
    plant("1-1.journal", b"");
    plant("2-2.journal", b"(format: \"1.0\")");
    plant("3-3.base", b"left over");
    plant("notes.txt", b"somebody's");
    let huge = fs::File::create(dir.join("4-4.journal")).unwrap();
    huge.set_len(10 << 30).unwrap();
    let names = || {
        let mut names: Vec<_> = fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let planted = names();
    let mut found = find_recoverable(&RealDisk, state.path());
    assert!(found.left.is_empty());
    assert_eq!(found.damaged, [dir.join("2-2.journal"), dir.join("4-4.journal")]);
    assert_eq!(names(), planted, "looking changes nothing");
    found.clean_up(&RealDisk);
    assert_eq!(found.damaged, [dir.join("2-2.damaged"), dir.join("4-4.damaged")]);
    assert_eq!(names(), ["2-2.damaged", "4-4.damaged", "notes.txt"]);
    drop(found);
    let again = find_recoverable(&RealDisk, state.path());
    assert!(
        again.damaged.is_empty() && again.aside.len() == 2,
        "what is aside is not told each time: {again:?}"
    );
}
