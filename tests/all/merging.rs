//! Tests merging two people's versions on the command line, alone and as git's merge and diff drivers.

use crate::common::program;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

const PROGRAM: &str = env!("CARGO_BIN_EXE_desireline");

fn output(folder: &Path, program: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(program);
    // Ignores the machine's own settings; messages are in English.
    command
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("LC_ALL", "en_US.UTF-8");
    let output = command.current_dir(folder).args(arguments).output();
    output.unwrap_or_else(|error| panic!("{program} can't be run: {error}"))
}

/// Runs it, and expects this exit status; returns standard output and standard error.
fn expect(folder: &Path, status: i32, program: &str, arguments: &[&str]) -> (String, String) {
    let output = output(folder, program, arguments);
    let text = |bytes| String::from_utf8(bytes).expect("text");
    let out = text(output.stdout);
    let err = text(output.stderr);
    assert_eq!(output.status.code(), Some(status), "{arguments:?}: {out}{err}");
    (out, err)
}

fn desireline(folder: &Path, status: i32, arguments: &[&str]) -> (String, String) {
    program::expect(folder, status, arguments)
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).expect("a file")
}

/// Writes a copy of a project with one text in place of another.
fn edit(folder: &Path, from: &str, to: &str, replace: (&str, &str)) {
    let text = read(folder, from);
    assert!(text.contains(replace.0), "{} is there", replace.0);
    let mut file = std::fs::File::create(folder.join(to)).expect("a file");
    file.write_all(text.replacen(replace.0, replace.1, 1).as_bytes()).expect("written");
}

const GATE: &str = "title: \"Gate\"";
const DESK: &str = "title: \"Check-in desk\"";

#[test]
fn versions_are_merged_and_told_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    desireline(at, 0, &["new", "--template", "airline", "-o", "base.ron"]);
    edit(at, "base.ron", "ours.ron", (GATE, "title: \"At the gate\""));
    edit(at, "base.ron", "theirs.ron", (DESK, "title: \"Desk\""));
    edit(at, "base.ron", "other.ron", (GATE, "title: \"Boarding gate\""));

    let (out, _) = desireline(at, 0, &["merge", "base.ron", "ours.ron", "theirs.ron", "-o", "merged.ron"]);
    assert_eq!(out, "");
    let merged = read(at, "merged.ron");
    assert!(merged.contains("title: \"At the gate\"") && merged.contains("title: \"Desk\""));
    let (out, _) = desireline(at, 1, &["merge", "base.ron", "ours.ron", "other.ron", "-o", "ours.ron"]);
    assert_eq!(
        out,
        "Touchpoint “Boarding gate”; Both changed it: Title; current: “Boarding gate”; other side: “At the gate”\n"
    );
    assert!(
        read(at, "ours.ron").contains("title: \"Boarding gate\""),
        "the result may go where our version was"
    );
    desireline(at, 0, &["check", "ours.ron"]);

    desireline(at, 0, &["new", "--template", "blank", "-o", "blank.ron"]);
    let (_, err) = desireline(at, 2, &["merge", "base.ron", "merged.ron", "blank.ron", "-o", "x.ron"]);
    assert!(err.contains("not a version of the same project") && err.ends_with("blank.ron\n"), "{err}");
    let (_, err) = desireline(at, 2, &["merge", "base.ron", "missing.ron", "theirs.ron", "-o", "x.ron"]);
    assert!(err.ends_with("missing.ron\n") && !at.join("x.ron").exists(), "{err}");

    let (out, _) = desireline(at, 0, &["diff", "base.ron", "merged.ron"]);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], "Airline trip");
    assert!(
        lines.contains(&"    Re-worded: Touchpoint “At the gate”; Title: “Gate” → “At the gate”"),
        "{out}"
    );
    assert_eq!(desireline(at, 0, &["diff", "base.ron", "base.ron"]).0, "");
    let (json, _) = desireline(at, 0, &["diff", "base.ron", "merged.ron", "--format", "json"]);
    let rows: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let gate = rows.as_array().unwrap().iter().find(|row| row["from"] == "Gate").expect("the gate");
    assert_eq!(
        (&gate["kind"], &gate["field"], &gate["to"]),
        (&"reworded".into(), &"title".into(), &"At the gate".into())
    );
    desireline(at, 2, &["diff", "base.ron"]);
    let (_, err) = desireline(at, 2, &["diff", "base.ron", "merged.ron", "-o", "x.md"]);
    assert!(err.contains("must end in .png or .svg: "), "{err}");
    desireline(at, 0, &["diff", "base.ron", "merged.ron", "-o", "changes.svg"]);
    assert!(read(at, "changes.svg").contains("base.ron → merged.ron"));
}

#[test]
#[ignore = "needs git"]
fn git_merges_and_shows_differences_through_the_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let git = |status: i32, arguments: &[&str]| expect(at, status, "git", arguments);
    git(0, &["init", "-q", "-b", "main"]);
    for (name, value) in [
        ("user.name", "Ann"),
        ("user.email", "ann@example.com"),
        ("merge.desireline.driver", &format!("'{PROGRAM}' merge --lang en %O %A %B -o %A")),
        ("diff.desireline.command", &format!("'{PROGRAM}' diff --lang en")),
    ] {
        git(0, &["config", name, value]);
    }
    let mut attributes = std::fs::File::create(at.join(".gitattributes")).expect("a file");
    attributes.write_all(b"*.ron merge=desireline diff=desireline\n").expect("written");
    desireline(at, 0, &["new", "--template", "airline", "-o", "trip.ron"]);
    git(0, &["add", "."]);
    git(0, &["commit", "-qm", "The trip"]);
    let branch = |name: &str, replace: (&str, &str)| {
        git(0, &["checkout", "-q", "-b", name, "main"]);
        edit(at, "trip.ron", "trip.ron", replace);
        git(0, &["commit", "-qam", name]);
    };
    branch("ours", (GATE, "title: \"At the gate\""));
    branch("theirs", (DESK, "title: \"Desk\""));
    branch("other", (GATE, "title: \"Boarding gate\""));

    git(0, &["checkout", "-q", "ours"]);
    git(0, &["merge", "-q", "-m", "Both", "theirs"]);
    let merged = read(at, "trip.ron");
    assert!(merged.contains("title: \"At the gate\"") && merged.contains("title: \"Desk\""));
    let (out, _) = git(0, &["diff", "main", "ours"]);
    assert!(out.starts_with("trip.ron\nAirline trip\n") && out.contains("“Gate” → “At the gate”"), "{out}");
    let (out, _) = git(0, &["show", "--ext-diff", "--format=", "theirs"]);
    assert!(out.contains("“Check-in desk” → “Desk”"), "{out}");

    let (out, _) = git(1, &["merge", "other"]);
    assert!(out.contains("Both changed it: Title"), "{out}");
    let (status, _) = git(0, &["status", "--porcelain"]);
    assert_eq!(status.trim(), "UU trip.ron");
    desireline(at, 0, &["check", "trip.ron"]);
    assert!(
        read(at, "trip.ron").contains("title: \"Boarding gate\""),
        "a whole project, without marks of conflict"
    );
    git(0, &["diff"]);
    git(0, &["commit", "-qam", "Settled"]);

    git(0, &["mv", "trip.ron", "journey.ron"]);
    edit(at, "journey.ron", "journey.ron", ("title: \"Desk\"", "title: \"Counter\""));
    let (out, _) = git(0, &["diff", "--find-renames", "HEAD"]);
    assert!(out.starts_with("journey.ron\nAirline trip\n") && out.contains("→ “Counter”"), "{out}");
    // The arguments that git gives if two paths have the same content, one of them executable.
    let given = ["diff", "a.ron", "journey.ron", ".", "100644", "journey.ron", ".", "100755", "b.ron"];
    assert_eq!(desireline(at, 0, &given).0, "");
}
