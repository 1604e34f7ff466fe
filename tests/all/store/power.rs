//! Tests power cuts: whatever part of the unsynced writes is there, the file is the old one or the new one,
//! and every acknowledged change is recovered.
//!
//! `DESIRELINE_STATES` sets the number of states tried for each call if there are more; the long run is
//! `DESIRELINE_STATES=150000 cargo test --test all store::power -- --nocapture`.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use engine::edit::command::{new_project, rename_record};
use engine::edit::{Transaction, apply_all};
use engine::id::{Id, IdSource};
use engine::model::Project;
use engine::store::base::Base;
use engine::store::journal::{Journal, JournalOrigin, find_recoverable};
use engine::store::load::to_bytes;
use engine::store::save::save_file;
use engine::store::versions::{Label, VersionedDocument, Versions};
use jiff::{SignedDuration, Timestamp};

use crate::store::crash_disk::CrashDisk;

/// Returns content of several sectors that can't be mistaken for zeros or a repetition.
fn content(name: &str, size: usize) -> Vec<u8> {
    let mut bytes = vec![0; size];
    blake3::Hasher::new().update(name.as_bytes()).finalize_xof().fill(&mut bytes);
    bytes
}

fn states() -> usize {
    std::env::var("DESIRELINE_STATES").ok().and_then(|text| text.parse().ok()).unwrap_or(300)
}

/// Tries the states after power cuts, and prints their number.
fn after_power_cuts(protocol: &str, disk: &CrashDisk, check: impl FnMut(CrashDisk, usize)) {
    let count = disk.after_power_cuts(states(), check);
    println!("{protocol}: {count} states");
    assert!(count > 250, "{protocol}: {count} states");
}

fn saved(protocol: &str, disk: &CrashDisk, path: &str, file: &str, old: Option<&[u8]>, new: &[u8]) {
    let base = old.map_or(Base::Absent, Base::from_bytes);
    assert!(save_file(disk, Path::new(path), base, new).is_ok_and(|saved| saved.is_durable()));
    disk.promise(1);
    after_power_cuts(protocol, disk, |state, promised| {
        let found = state.bytes(file);
        let is_new = found.as_deref() == Some(new);
        assert!(is_new || (promised == 0 && found.as_deref() == old), "{protocol}: neither old nor new");
    });
}

#[test]
fn a_saved_file_is_the_old_one_or_the_new_one() {
    let old = content("old", 8_600);
    let new = content("new", 9_000);
    let over = CrashDisk::new(&["/", "/maps"], &[], &[("/maps/a.ron", &old)]);
    saved("save over", &over, "/maps/a.ron", "/maps/a.ron", Some(&old), &new);
    let first = CrashDisk::new(&["/", "/maps"], &[], &[]);
    saved("first save", &first, "/maps/a.ron", "/maps/a.ron", None, &new);
    let links = [("/near.ron", "/far/link.ron"), ("/far/link.ron", "a.ron")];
    let linked = CrashDisk::new(&["/", "/far"], &links, &[("/far/a.ron", &old)]);
    saved("save through links", &linked, "/near.ron", "/far/a.ron", Some(&old), &new);
}

#[test]
fn a_kept_version_is_there_whole_and_the_ones_before_stay() {
    let disk = CrashDisk::new(&["/", "/state"], &[], &[]);
    let versions = Versions::new(disk.clone(), Path::new("/state"));
    let project = new_project("Trip", &mut IdSource::from_seed(3));
    let document = VersionedDocument { project: project.info().id, path: Some(Path::new("/maps/a.ron")) };
    let now = Timestamp::now();
    let states: Vec<Project> = (1..=3).map(|n| edited(&project, &titled(n, 320)).0).collect();
    for (n, project) in (1..).zip(&states) {
        let label = if n == 1 { Label::Opened } else { Label::Saved };
        versions
            .keep_version(document, label, &to_bytes(project), now + SignedDuration::from_secs(n))
            .unwrap();
        disk.promise(usize::try_from(n).unwrap());
    }
    after_power_cuts("versions", &disk, |state, promised| {
        let versions = Versions::new(state, Path::new("/state"));
        let kept = versions.list_versions(document).unwrap();
        assert!(kept.len() >= promised, "{} of {promised}", kept.len());
        for (kept, project) in kept.iter().rev().zip(&states) {
            assert_eq!(&versions.load_version(kept).unwrap().project, project);
        }
    });
}

/// Returns a title of several sectors.
fn long(n: i64) -> String {
    titled(n, 96)
}

/// Returns a title of this many times 64 letters; compressed it takes half as much.
fn titled(n: i64, parts: usize) -> String {
    let part = |part| blake3::hash(format!("{n} {part}").as_bytes()).to_hex().to_string();
    (0..parts).map(part).collect()
}

fn edited(project: &Project, title: &str) -> (Project, Transaction) {
    let journey = project.journeys_in_order()[0].info().id;
    let transaction = rename_record(project, Id::from(journey), title);
    let mut project = project.clone();
    apply_all(&mut project, &transaction).unwrap();
    (project, transaction)
}

/// A journal on a disk that loses power, and all states of its document.
struct Scene {
    disk: CrashDisk,
    journal: Option<Journal>,
    states: Vec<Project>,
}

impl Scene {
    fn begin() -> Self {
        let disk = CrashDisk::new(&["/", "/state"], &[], &[]);
        let project = new_project("Trip", &mut IdSource::from_seed(3));
        let journal = Some(Journal::start_new(disk.clone(), Path::new("/state"), origin(&project)));
        Self { disk, journal, states: vec![project] }
    }

    fn last(&self) -> &Project {
        self.states.last().unwrap()
    }

    fn edit(&mut self, title: &str) {
        let (project, transaction) = edited(self.last(), title);
        self.journal.as_mut().unwrap().append_change(&project, &transaction);
        self.states.push(project);
    }

    /// Waits for the last change, which counts as promised then.
    fn wait(&self) {
        let journal = self.journal.as_ref().unwrap();
        assert!(journal.wait_until_durable(journal.last_change(), Duration::from_secs(20)));
        self.disk.promise(self.states.len() - 1);
    }

    /// Waits until a condition of the journal holds, by polling.
    fn until(&self, done: impl Fn(&Journal) -> bool) {
        let start = Instant::now();
        while !done(self.journal.as_ref().unwrap()) {
            assert!(start.elapsed() < Duration::from_secs(20));
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Checks that the recovered document is a state of the original, the last promised one or a later one; a
    /// saved state needs no recovery.
    fn check(&mut self, protocol: &str, saved: &[usize]) {
        self.journal = None;
        let states = &self.states;
        after_power_cuts(protocol, &self.disk, |state, promised| {
            let found = find_recoverable(&state, Path::new("/state"));
            assert!(found.left.len() <= 1, "{protocol}: {found:?}");
            let place = match found.left.first() {
                Some(left) => states.iter().rposition(|state| *state == left.recovered),
                None => Some(saved.iter().copied().filter(|n| *n >= promised).max().unwrap_or_default()),
            };
            assert!(
                place.is_some_and(|place| place >= promised),
                "{protocol}: {place:?} of {promised}: {found:?}"
            );
        });
    }
}

fn origin(project: &Project) -> JournalOrigin {
    let base = Base::from_bytes(&to_bytes(project));
    JournalOrigin { path: Some(PathBuf::from("/maps/a.ron")), base, project: project.clone() }
}

#[test]
fn a_change_that_was_called_safe_comes_back() {
    let mut scene = Scene::begin();
    for n in 1..=3 {
        scene.edit(&long(n));
        scene.wait();
    }
    // Several at once go to the disk together.
    (4..=6).for_each(|n| scene.edit(&long(n)));
    scene.wait();
    scene.check("journal append", &[0]);
}

#[test]
fn a_journal_that_begins_anew_loses_nothing() {
    let mut scene = Scene::begin();
    scene.edit(&long(1));
    scene.edit(&long(2));
    scene.wait();
    let saved = scene.last().clone();
    scene.edit(&long(3));
    scene.wait();
    scene.journal.as_ref().unwrap().rebase_on(origin(&saved));
    scene.edit(&long(4));
    scene.wait();
    scene.check("journal after a save", &[0]);
}

#[test]
fn a_change_is_safe_while_the_next_base_is_being_written() {
    let mut scene = Scene::begin();
    scene.edit(&long(1));
    scene.wait();
    let disk = scene.disk.clone();
    let held = disk.hold_bases();
    scene.journal.as_ref().unwrap().rebase_on(origin(scene.last()));
    scene.edit(&titled(2, 160));
    scene.wait();
    drop(held);
    scene.edit(&titled(3, 160));
    scene.wait();
    scene.check("journal with a slow base", &[0, 1]);
}

#[test]
fn a_journal_that_could_not_begin_takes_no_place() {
    let mut scene = Scene::begin();
    scene.edit(&long(1));
    scene.wait();
    scene.disk.refuse(true);
    scene.journal.as_ref().unwrap().rebase_on(origin(scene.last()));
    scene.until(|journal| journal.take_trouble().is_some());
    scene.disk.refuse(false);
    scene.edit(&titled(2, 160));
    scene.until(|journal| journal.durable_change() == journal.last_change());
    scene.disk.promise(scene.states.len() - 1);
    scene.check("journal that could not begin", &[0, 1]);
}

#[test]
fn a_recovered_document_is_in_one_journal_or_the_other() {
    let mut scene = Scene::begin();
    scene.edit(&long(1));
    scene.wait();
    scene.journal = None;
    let left = find_recoverable(&scene.disk, Path::new("/state")).left.remove(0);
    let stored = left.stored.clone();
    let current = left.recovered.clone();
    scene.journal =
        Some(Journal::resume_from(scene.disk.clone(), Path::new("/state"), left, origin(&stored), current));
    scene.wait();
    for n in 2..=3 {
        scene.edit(&titled(n, 160));
        scene.wait();
    }
    scene.check("journal taken over", &[0]);
}

#[test]
fn a_journal_that_is_closed_leaves_the_document_saved() {
    let mut scene = Scene::begin();
    scene.edit(&titled(1, 320));
    scene.wait();
    let saved = scene.last().clone();
    scene.journal.take().unwrap().rebase_on(origin(&saved));
    scene.journal = None;
    scene.check("journal of a saved document", &[0, 1]);
}
