//! Tests earlier versions: stored once, listed newest first, read back whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use engine::edit::apply_all;
use engine::edit::command::rename_record;
use engine::id::Id;
use engine::model::Project;
use engine::store::disk::RealDisk;
use engine::store::load::to_bytes;
use engine::store::versions::{Label, VersionedDocument, Versions};
use jiff::{SignedDuration, Timestamp};

use crate::store::sample;

/// Returns the same project under another title.
fn titled(project: &Project, title: &str) -> Project {
    let mut project = project.clone();
    let change = rename_record(&project, Id::from(project.info().id), title);
    apply_all(&mut project, &change).unwrap();
    project
}

fn files(dir: &Path) -> Vec<PathBuf> {
    fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn versions_are_listed_newest_first_and_read_back() {
    let state = tempfile::tempdir().unwrap();
    let versions = Versions::new(RealDisk, state.path());
    let project = sample::project(4, 2);
    let path = PathBuf::from("/maps/trip.ron");
    let document = VersionedDocument { project: project.info().id, path: Some(&path) };
    assert!(versions.list_versions(document).unwrap().is_empty());
    // All of it on one day, whatever time it is now.
    let start: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
    let later = |hours: i64| start + SignedDuration::from_hours(hours);
    let titles = ["one", "two", "two", "three"];
    for (n, title) in (0..).zip(titles) {
        let label = if n == 0 { Label::Opened } else { Label::Saved };
        versions.keep_version(document, label, &to_bytes(&titled(&project, title)), later(n)).unwrap();
    }
    let other = VersionedDocument { path: Some(Path::new("/maps/copy.ron")), ..document };
    versions.keep_version(other, Label::BeforeRestore, &to_bytes(&project), start).unwrap();
    let kept = versions.list_versions(document).unwrap();
    assert_eq!(
        kept.iter().map(|kept| kept.label).collect::<Vec<_>>(),
        [Label::Saved, Label::Saved, Label::Opened]
    );
    let read: Vec<String> =
        kept.iter().map(|kept| versions.load_version(kept).unwrap().project.info().title.clone()).collect();
    assert_eq!(read, ["three", "two", "one"]);
    assert_eq!(versions.load_version(&kept[2]).unwrap().project, titled(&project, "one"));
    assert_eq!(versions.list_versions(other).unwrap().len(), 1);
    assert_eq!(versions.thin_out(later(3)), 0);
    assert_eq!(versions.thin_out(later(30 * 24)), 2, "of one day, one stays");
    assert_eq!(versions.list_versions(document).unwrap(), kept[..1]);
    assert_eq!(versions.list_versions(other).unwrap().len(), 1, "each document has its own");
}

#[test]
fn a_damaged_version_is_refused() {
    let state = tempfile::tempdir().unwrap();
    let versions = Versions::new(RealDisk, state.path());
    let project = sample::project(4, 1);
    let document = VersionedDocument { project: project.info().id, path: None };
    versions.keep_version(document, Label::Saved, &to_bytes(&project), Timestamp::now()).unwrap();
    let kept = versions.list_versions(document).unwrap().remove(0);
    let dir = state.path().join("versions").join(document.project.to_string());
    let file = files(&dir).remove(0);
    let whole = fs::read(&file).unwrap();
    let text = whole.iter().position(|byte| *byte == b'\n').unwrap();
    for at in (0..whole.len()).step_by(7) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        fs::write(&file, &bytes).unwrap();
        let read = versions.load_version(&kept);
        assert!(read.is_err() || (at < text && read.is_ok_and(|read| read.project == project)), "byte {at}");
        fs::write(&file, &whole[..at]).unwrap();
        assert!(versions.load_version(&kept).is_err(), "cut at {at}");
    }
    fs::write(&file, &whole).unwrap();
    assert_eq!(versions.load_version(&kept).unwrap().project, project);
}
