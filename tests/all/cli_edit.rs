//! Tests editing by script and recovery, as other programs use them.

use crate::common::program;

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use engine::id::{Id, Kind};
use engine::model::value::FieldValue;
use engine::model::{Project, title_field};
use engine::store::disk::RealDisk;
use engine::store::project::open_project;
use engine::store::versions::{Label, VersionedDocument, Versions};

/// A folder with a project and a folder for the program's state.
struct Place(tempfile::TempDir);

/// A running program with pipes to it.
struct Talk {
    child: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().expect("a folder"));
        place.run(&["new", "--template", "blank", "--title", "Trip", "-o", "map.ron"], "", 0);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn start(&self, arguments: &[&str]) -> Talk {
        let mut command = program::command(self.0.path(), arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("it runs");
        let to = child.stdin.take();
        let from = child.stdout.take().expect("its output");
        Talk { child, to, from: BufReader::new(from) }
    }

    /// Runs it with this standard input, and expects an exit status; returns standard output and standard
    /// error.
    fn run(&self, arguments: &[&str], input: &str, status: i32) -> (String, String) {
        program::run(self.0.path(), arguments, input, status)
    }

    fn project(&self, name: &str) -> Project {
        open_project(&RealDisk, &self.path(name)).expect("the project opens").loaded.project
    }

    /// Returns the titles of all stages, touchpoints and insights, in alphabetical order.
    fn titles(&self, name: &str) -> Vec<String> {
        let wanted = |kind| matches!(kind, Kind::Stage | Kind::Touchpoint | Kind::Insight);
        let project = self.project(name);
        let records = project.records().filter(|record| wanted(record.id().kind()));
        let mut titles: Vec<String> = records
            .filter_map(|record| match record.get(title_field(record.id().kind())?)? {
                FieldValue::Text(title) => Some(title),
                _ => None,
            })
            .collect();
        titles.sort();
        titles
    }
}

/// Returns the flows of a project's first journey by the titles of their ends, in alphabetical order.
fn flows(project: &Project) -> Vec<(String, String)> {
    let journey = project.journeys_in_order()[0];
    let title = |id: Id| {
        let card = id.to_typed().and_then(|card| journey.touchpoints().get(&card));
        card.map(|card| card.title.clone()).unwrap_or_default()
    };
    let mut flows: Vec<_> = journey.flows().values().map(|flow| (title(flow.from), title(flow.to))).collect();
    flows.sort();
    flows
}

impl Talk {
    /// Sends a line, and returns its acknowledgement.
    fn line(&mut self, text: &str) -> String {
        writeln!(self.to.as_mut().expect("its input"), "{text}").expect("sent");
        let mut answer = String::new();
        self.from.read_line(&mut answer).expect("an answer");
        answer.trim_end().to_owned()
    }

    /// Ends the input, and returns the rest of the output.
    fn end(mut self) -> String {
        self.to = None;
        let mut rest = String::new();
        std::io::Read::read_to_string(&mut self.from, &mut rest).expect("text");
        assert!(self.child.wait().expect("it ends").success());
        rest
    }

    fn kill(mut self) {
        self.child.kill().expect("it is there");
        self.child.wait().expect("it ends");
    }
}

#[test]
fn each_line_is_one_step() {
    let place = Place::new();
    let script = "# notes\n\nstage Plan\ntouchpoint Plan : Find: a flight\npain Find: a flight : Fees\n\
                  rename Fees : Hidden fees\nstage Fly\nundo\nredo\nundo\nsave\n";
    let (out, _) = place.run(&["edit", "map.ron"], script, 0);
    let lines: Vec<&str> = out.lines().collect();
    let starts = ["ok 3 s-", "ok 4 t-", "ok 5 i-", "ok 6", "ok 7 s-", "ok 8", "ok 9", "ok 10", "ok 11 saved"];
    assert_eq!(lines.len(), starts.len(), "{out}");
    assert!(lines.iter().zip(starts).all(|(line, start)| line.starts_with(start)), "{out}");
    assert_eq!(place.titles("map.ron"), ["Find: a flight", "Hidden fees", "Plan"]);
    let card = lines[1].split(' ').nth(2).expect("an id");
    let (out, _) = place.run(&["edit", "map.ron"], &format!("delete {card}\n"), 0);
    assert_eq!(out, "ok 1\nok saved\n");
    assert_eq!(place.titles("map.ron"), ["Plan"]);
}

#[test]
fn a_save_of_what_is_saved_writes_nothing() {
    use std::os::unix::fs::MetadataExt;
    let place = Place::new();
    // Each save puts a new file in place of the old one.
    let file = || std::fs::metadata(place.path("map.ron")).expect("the file").ino();
    let mut talk = place.start(&["edit", "map.ron"]);
    assert!(talk.line("stage Plan").starts_with("ok 1 s-"));
    assert_eq!(talk.line("save"), "ok 2 saved");
    let first = file();
    for (number, line) in
        (3..).zip(["save", "undo", "redo", "save", "rename Plan : Go", "rename Go : Plan", "save"])
    {
        assert!(talk.line(line).starts_with(&format!("ok {number}")));
    }
    assert_eq!(file(), first, "the same content is written once");
    assert!(talk.line("undo").starts_with("ok 10"));
    assert_eq!(talk.line("save"), "ok 11 saved");
    assert_ne!(file(), first);
    assert_eq!(place.titles("map.ron"), ["Go"]);
    // What another program saved is taken in all the same.
    place.run(&["edit", "map.ron"], "stage Theirs\n", 0);
    assert_eq!(talk.line("save"), "ok 12 saved");
    assert!(talk.line("rename Theirs : Ours").starts_with("ok 13"), "it was brought in");
    assert!(talk.end().contains("saved"));
    assert_eq!(place.titles("map.ron"), ["Go", "Ours"]);
}

#[test]
fn a_chain_of_touchpoints_stays_one_whatever_is_put_in_and_deleted() {
    let place = Place::new();
    let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    let script = "stage Plan\nstage Fly\ntouchpoint Plan : Search\ntouchpoint Plan : Book\n\
                  touchpoint Fly : Board\ntouchpoint Plan : Pay\n";
    place.run(&["edit", "map.ron"], script, 0);
    let whole = [pair("Book", "Pay"), pair("Pay", "Board"), pair("Search", "Book")];
    assert_eq!(flows(&place.project("map.ron")), whole);
    place.run(&["edit", "map.ron"], "delete Book\n", 0);
    assert_eq!(flows(&place.project("map.ron")), [pair("Pay", "Board"), pair("Search", "Pay")]);
    place.run(&["edit", "map.ron"], "delete Pay\nundo\n", 0);
    assert_eq!(flows(&place.project("map.ron")), [pair("Pay", "Board"), pair("Search", "Pay")]);
    place.run(&["edit", "map.ron"], "delete Plan\n", 0);
    assert_eq!(flows(&place.project("map.ron")), []);
}

#[test]
fn a_line_that_can_not_be_followed_is_told_and_changes_nothing() {
    let place = Place::new();
    let script = "stage Plan\nstage Plan\nstage\nfly to moon\nrename Plan : P\ntouchpoint Nowhere : x\nredo\nstage Fly";
    let (out, err) = place.run(&["edit", "map.ron"], script, 2);
    assert_eq!(out.lines().map(|line| &line[..4]).collect::<Vec<_>>(), ["ok 1", "ok 2", "ok 8", "ok s"]);
    for told in ["Line 3", "Line 4", "Line 5", "Line 6", "Line 7", "5 lines"] {
        assert!(err.contains(told), "{told}: {err}");
    }
    assert_eq!(place.titles("map.ron"), ["Fly", "Plan", "Plan"]);
    let (out, _) = place.run(&["edit", "map.ron", "--strict"], "stage A\nx\nstage B\n", 2);
    assert!(out.starts_with("ok 1 s-") && out.ends_with("ok saved\n"), "{out}");
    assert_eq!(place.titles("map.ron"), ["A", "Fly", "Plan", "Plan"]);
}

#[test]
fn two_at_once_lose_nothing_of_each_other() {
    let place = Place::new();
    let mut one = place.start(&["edit", "map.ron"]);
    let id = one.line("stage One").split(' ').nth(2).expect("an id").to_owned();
    assert_eq!(one.line("save"), "ok 2 saved");
    let mut two = place.start(&["edit", "map.ron"]);
    two.line(&format!("touchpoint {id} : Two"));
    one.line(&format!("touchpoint {id} : Too"));
    two.end();
    one.end();
    assert_eq!(place.titles("map.ron"), ["One", "Too", "Two"]);
    let project = place.project("map.ron").info().id;
    let path = place.path("map.ron");
    let kept = Versions::new(RealDisk, &place.path("state"))
        .list_versions(VersionedDocument { project, path: Some(&path) })
        .expect("versions are listed");
    let labels: Vec<Label> = kept.iter().map(|kept| kept.label).collect();
    for label in [Label::Opened, Label::Saved, Label::BeforeMerge] {
        assert!(labels.contains(&label), "{labels:?}");
    }
}

#[test]
fn what_a_killed_process_left_is_recovered_into_what_the_file_holds_by_now() {
    let place = Place::new();
    let mut killed = place.start(&["edit", "map.ron"]);
    killed.line("stage One");
    killed.kill();
    place.run(&["edit", "map.ron"], "stage Two\n", 0);
    assert_eq!(place.titles("map.ron"), ["Two"]);
    let (list, _) = place.run(&["recover", "--list"], "", 0);
    let path = place.path("map.ron");
    assert!(list.starts_with("1\t") && list.contains(&*path.to_string_lossy()), "{list}");
    place.run(&["recover", "map.ron", "-o", "out.ron", "--keep"], "", 0);
    assert_eq!(place.titles("out.ron"), ["One", "Two"]);
    place.run(&["recover", "-o", "map.ron"], "", 0);
    assert_eq!(place.titles("map.ron"), ["One", "Two"]);
    let (_, err) = place.run(&["recover", "map.ron", "-o", "out.ron"], "", 2);
    assert!(err.contains("Nothing was left"), "{err}");
    place.run(&["edit", "map.ron", "--no-save"], "stage Three\n", 0);
    place.run(&["edit", "map.ron", "--no-save"], "stage Four\n", 0);
    place.run(&["recover", "map.ron", "-o", "map.ron"], "", 0);
    assert_eq!(place.titles("map.ron"), ["Four", "One", "Three", "Two"]);
}

#[test]
fn without_a_place_for_a_journal_a_line_is_acknowledged_once_it_is_saved() {
    let place = Place::new();
    let state = place.path("map.ron");
    let state = state.to_str().expect("text");
    let (out, err) = place.run(&["edit", "map.ron", "--state-dir", state], "stage A\nstage B\nsave\n", 1);
    let starts: Vec<&str> = out.lines().map(|line| &line[..4]).collect();
    assert_eq!(starts, ["ok 1", "ok 2", "ok 3"]);
    assert_eq!(err.matches("Unsaved changes can").count(), 1, "{err}");
    assert_eq!(place.titles("map.ron"), ["A", "B"]);
    let arguments = ["edit", "map.ron", "--no-save", "--state-dir", state];
    let (out, err) = place.run(&arguments, "stage C\n", 2);
    assert!(out.is_empty() && err.contains("1 change could not be kept anywhere"), "{out}{err}");
}

#[test]
fn another_project_in_the_file_s_place_is_left_alone() {
    let place = Place::new();
    let mut one = place.start(&["edit", "map.ron"]);
    one.line("stage One");
    place.run(&["new", "--template", "airline", "-o", "map.ron"], "", 0);
    let theirs = place.project("map.ron");
    writeln!(one.to.as_mut().expect("its input"), "save").expect("sent");
    assert_eq!(one.child.wait().expect("it ends").code(), Some(2));
    let (_, err) = place.run(&["recover", "map.ron", "-o", "map.ron"], "", 2);
    assert!(err.contains("another project"), "{err}");
    assert_eq!(place.project("map.ron"), theirs);
    let (_, err) = place.run(&["recover", "map.ron", "-o", "out.ron"], "", 0);
    assert!(err.contains("another project"), "{err}");
    assert_eq!(place.titles("out.ron"), ["One"]);
}

#[test]
fn folders_are_not_taken_for_files() {
    let place = Place::new();
    for arguments in [["edit", "no.ron"], ["edit", "."]] {
        place.run(&arguments, "stage A\n", 2);
    }
    assert!(!Path::new("no.ron").exists());
}

#[cfg(unix)]
#[test]
fn pipes_in_place_of_the_programs_own_files_hang_nothing() {
    let place = Place::new();
    place.run(&["edit", "map.ron"], "stage One\n", 0);
    let mut killed = place.start(&["edit", "map.ron"]);
    killed.line("stage Lost");
    killed.kill();
    let state = place.path("state");
    let mut files = vec![state.clone()];
    let mut clogged = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(path).expect("a folder").map(|entry| entry.expect("one").path()));
        } else {
            std::fs::remove_file(&path).expect("removed");
            let made = std::process::Command::new("mkfifo").arg(&path).status().expect("mkfifo runs");
            assert!(made.success());
            clogged += 1;
        }
    }
    assert!(clogged > 1, "a journal and a version");
    place.run(&["recover", "--list"], "", 0);
    place.run(&["edit", "map.ron"], "stage Two\n", 0);
    assert_eq!(place.titles("map.ron"), ["One", "Two"]);
}
