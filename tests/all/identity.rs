//! Tests that a new project gets ids of its own, whatever it was created from.

use crate::common::airline;
use crate::common::program;

use engine::edit::command::with_fresh_ids;
use engine::id::{Id, IdSource};
use engine::model::Project;
use engine::store::load::{load_project, to_bytes};
use program::expect;
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

fn ids(project: &Project) -> BTreeSet<Id> {
    project.records().map(|record| record.id()).collect()
}

fn read(path: &Path) -> Project {
    load_project(&std::fs::read(path).unwrap()).unwrap().project
}

#[test]
fn two_projects_from_one_template_share_no_id() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    for template in ["blank", "airline", "car-purchase", "service-blueprint"] {
        for name in ["one.ron", "two.ron"] {
            expect(at, 0, &["new", "--template", template, "-o", name]);
        }
        let [one, two] = ["one.ron", "two.ron"].map(|name| read(&at.join(name)));
        let original = airline::template(&format!("{template}.ron"));
        assert!(ids(&one).is_disjoint(&ids(&two)), "{template}");
        assert!(ids(&one).is_disjoint(&ids(&original)), "{template}");
        assert_eq!(ids(&one).len(), ids(&original).len(), "{template}");
    }
}

#[test]
fn a_copied_project_has_the_same_scores_and_picture_under_ids_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let project = airline::imported();
    std::fs::copy(write(at, "source.ron", &project), at.join("trip.ron")).unwrap();
    expect(at, 0, &["new", "--copy", "trip.ron", "-o", "copy.ron"]);
    let copy = read(&at.join("copy.ron"));
    assert!(ids(&project).is_disjoint(&ids(&copy)));
    assert_eq!(project.batches().len(), copy.batches().len());
    let scores = |name: &str| expect(at, 0, &["scores", name]).0;
    assert!(scores("trip.ron").lines().count() > 10);
    assert_eq!(scores("trip.ron"), scores("copy.ron"));
    let drivers = |name: &str| expect(at, 0, &["drivers", name]).0;
    assert_eq!(drivers("trip.ron"), drivers("copy.ron"));
    for name in ["trip.ron", "copy.ron"] {
        let picture = Path::new(name).with_extension("png");
        expect(at, 0, &["export", name, "-o", picture.to_str().unwrap()]);
    }
    let picture = |name: &str| std::fs::read(at.join(name)).unwrap();
    assert!(picture("trip.png") == picture("copy.png"), "the pictures are the same");
    let problems = |name: &str| expect(at, 0, &["check", name]).0.lines().count();
    assert_eq!(problems("trip.ron"), problems("copy.ron"));
}

#[test]
fn a_copy_depends_on_its_source_of_ids_alone_and_comes_back_from_a_file() {
    let project = airline::imported();
    let copy = with_fresh_ids(&project, &mut IdSource::from_seed(1));
    assert_eq!(with_fresh_ids(&project, &mut IdSource::from_seed(1)), copy, "ids come from the source alone");
    assert_eq!(load_project(&to_bytes(&copy)).unwrap().project, copy);
}

fn write(folder: &Path, name: &str, project: &Project) -> std::path::PathBuf {
    let path = folder.join(name);
    std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), &to_bytes(project)).unwrap();
    path
}

#[test]
fn a_copied_project_knows_the_respondents_of_its_imports() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let rows = |to: u32| {
        let rows = (1..=to).map(|id| format!("r{id:04},{}\n", id % 5 + 1));
        rows.collect::<Vec<_>>().concat()
    };
    for (name, to) in [("may.csv", 60), ("june.csv", 90)] {
        let table = format!("Respondent ID,Gate (1-5)\n{}", rows(to));
        std::io::Write::write_all(&mut std::fs::File::create(at.join(name)).unwrap(), table.as_bytes())
            .unwrap();
    }
    std::io::Write::write_all(
        &mut std::fs::File::create(at.join("a.md")).unwrap(),
        b"# Trip\n## Plan\n- Gate\n",
    )
    .unwrap();
    expect(at, 0, &["new", "--outline", "a.md", "-o", "a.ron"]);
    expect(at, 0, &["import", "a.ron", "--feedback", "may.csv", "-o", "b.ron"]);
    expect(at, 0, &["new", "--copy", "b.ron", "-o", "copy.ron"]);
    for name in ["b.ron", "copy.ron"] {
        let again = ["import", name, "--feedback", "june.csv", "--again", "new", "-o", "c.ron"];
        expect(at, 0, &again);
        let scores = expect(at, 0, &["scores", "c.ron"]).0;
        assert!(scores.contains(",june,all,30,"), "{name}: only the new ones are added: {scores}");
    }
}

/// Returns the signs beside the files of a folder.
fn signs(folder: &Path) -> usize {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.to_string_lossy().ends_with('#')).count()
}

/// Begins to edit a file, with a separate state folder, and waits until it is open.
fn begin_edit(folder: &Path, state: &str) -> Child {
    let before = signs(folder);
    let mut edit = Command::new(env!("CARGO_BIN_EXE_desireline"));
    edit.args(["edit", "trip.ron", "--state-dir", state, "--lang", "en"]).current_dir(folder);
    let child = edit.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let start = Instant::now();
    while signs(folder) <= before {
        assert!(start.elapsed() < Duration::from_mins(1), "it opens the file");
        std::thread::sleep(Duration::from_millis(5));
    }
    child
}

/// Sends lines to a process, and waits for its end.
fn finish_edit(mut child: Child, lines: &str) -> (Option<i32>, String) {
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let ended = child.wait_with_output().unwrap();
    (ended.status.code(), String::from_utf8_lossy(&ended.stderr).into_owned())
}

#[test]
fn what_another_script_deleted_is_merged_though_nothing_is_shared_but_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::copy(write(at, "source.ron", &airline::imported()), at.join("trip.ron")).unwrap();
    let [one, other] = ["one", "other"].map(|state| begin_edit(at, state));
    assert_eq!(finish_edit(one, "delete Gate\n"), (Some(0), String::new()));
    assert_eq!(finish_edit(other, "stage Later\n"), (Some(0), String::new()));
    let text = std::fs::read_to_string(at.join("trip.ron")).unwrap();
    assert!(text.contains("title: \"Later\"") && !text.contains("title: \"Gate\""));
    assert_eq!(signs(at), 0, "nothing is left beside the file");
}

#[cfg(unix)]
#[test]
fn a_process_that_is_told_to_end_takes_its_sign_away() {
    use std::os::unix::process::ExitStatusExt;
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::copy(write(at, "source.ron", &airline::imported()), at.join("trip.ron")).unwrap();
    // The other signals go the same way, where whoever runs the tests does not ignore them.
    let mut child = begin_edit(at, "state");
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().signal(), Some(15), "it ends by the signal");
    assert_eq!(signs(at), 0);
}
