//! Tests inputs from others on the command line: pipes, devices, odd names, hostile texts. No command hangs,
//! no text reaches a terminal as a control sequence, and no answer or note goes to the wrong place.
#![cfg(unix)]

use crate::common::program;

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStringExt;
use std::path::Path;
use std::process::Command;

/// Runs the program, and expects this exit status; returns output and errors.
fn expect<S: AsRef<OsStr>>(folder: &Path, status: i32, arguments: &[S]) -> String {
    let (out, err) = program::expect(folder, status, arguments);
    out + &err
}

fn put(folder: &Path, name: &str, content: impl AsRef<[u8]>) {
    std::fs::write(folder.join(name), content).expect("written");
}

#[test]
fn pipes_devices_and_folders_are_refused_by_every_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    expect(at, 0, &["new", "--template", "airline", "-o", "trip.ron"]);
    for name in ["pipe.ron", "pipe.csv", "pipe.md"] {
        let made = Command::new("mkfifo").arg(at.join(name)).status().expect("mkfifo runs");
        assert!(made.success());
    }
    std::os::unix::fs::symlink("/dev/zero", at.join("zero.ron")).expect("a link");
    std::os::unix::fs::symlink("round.ron", at.join("round.ron")).expect("a link");
    std::fs::create_dir(at.join("folder.ron")).expect("a folder");
    for odd in ["pipe.ron", "zero.ron", "round.ron", "folder.ron"] {
        let commands: [&[&str]; 9] = [
            &["check", odd],
            &["scores", odd],
            &["export", odd, "-o", "x.png"],
            &["diff", "trip.ron", odd],
            &["merge", odd, "trip.ron", "trip.ron", "-o", "x.ron"],
            &["repair", odd, "-o", "x.ron"],
            &["redact", odd, "-o", "x.ron"],
            &["import", "trip.ron", "--feedback", odd, "-o", "x.ron"],
            &["new", "--template", "blank", "-o", odd],
        ];
        for command in commands {
            assert!(!expect(at, 2, command).trim().is_empty(), "it says why");
        }
    }
    expect(at, 2, &["import", "trip.ron", "--feedback", "pipe.csv", "-o", "x.ron"]);
    expect(at, 2, &["import", "trip.ron", "--feedback", "x.csv", "--recipe", "pipe.ron", "-o", "x.ron"]);
    expect(at, 2, &["new", "--outline", "pipe.md", "-o", "x.ron"]);
    assert!(!at.join("x.ron").exists() && !at.join("x.png").exists());
}

#[test]
fn odd_names_are_written_opened_and_told_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let mut names: Vec<OsString> = [
        "-dash.ron",
        "new\nline.ron",
        " blanks .ron",
        "quote\"'.ron",
        "caf\u{e9}.ron",
        "cafe\u{301}.ron",
        "..ron",
        "\u{202e}nor.ron",
    ]
    .map(OsString::from)
    .to_vec();
    names.push(format!("{}.ron", "旅".repeat(83)).into());
    names.push(OsString::from_vec(b"\xff\xfe.ron".to_vec()));
    for name in &names {
        let mut output = OsString::from("--output=");
        output.push(name);
        let new = ["new", "--template=blank", "--title=Trip"].map(OsStr::new);
        expect(at, 0, &[&new[..], &[&output]].concat());
        let said = expect(at, 0, &[OsStr::new("check"), OsStr::new("--"), name]);
        assert!(!said.contains('\u{202e}'), "{said}");
        let export = [OsStr::new("export"), OsStr::new("-o"), OsStr::new("x.svg"), OsStr::new("--"), name];
        expect(at, 0, &export);
    }
    let made = std::fs::read_dir(at).expect("a folder").filter_map(Result::ok).map(|entry| entry.file_name());
    let made: Vec<OsString> = made.filter(|name| name.as_encoded_bytes().ends_with(b".ron")).collect();
    assert!(names.iter().all(|name| made.contains(name)) && made.len() == names.len(), "{made:?}");
    // The process that reads old workbooks gets the name unchanged.
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tables/fixtures/old.xls"), at.join("--sheet"))
        .expect("a copy");
    let arguments = ["import", "--feedback=--sheet", "--dry-run", "--", "-dash.ron"];
    assert!(expect(at, 0, &arguments).contains("满意度"));
    // One byte more is no valid name; this is reported, and no file is left.
    let long = format!("{}.ron", "旅".repeat(84));
    expect(at, 2, &["new", "--template", "blank", "-o", &long]);
}

#[test]
fn texts_of_a_project_do_not_act_on_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    put(at, "a.md", "# Trip\n## Plan\n- Gate\n");
    expect(at, 0, &["new", "--outline", "a.md", "-o", "a.ron"]);
    let text = std::fs::read_to_string(at.join("a.ron")).expect("a file");
    put(at, "b.ron", text.replace("\"Gate\"", "\"Gate \\u{1b}[2J\\u{9b}2J\\u{202e}etaG\""));
    let said = expect(at, 0, &["diff", "a.ron", "b.ron"]);
    assert!(said.contains("\\u{1b}[2J") && said.contains("\\u{202e}"), "{said}");
    let acts = |sign: char| (sign.is_control() && sign != '\n') || sign == '\u{202e}';
    assert!(!said.contains(acts), "{said:?}");
    let said = expect(at, 2, &["check", "\u{1b}[2J.ron"]);
    assert!(!said.contains(acts), "{said:?}");
}

#[test]
fn comments_are_told_to_nobody() {
    const SECRET: &str = "my neighbour Mr Quux";
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    put(at, "a.md", "# Trip\n## Plan\n- Gate\n");
    expect(at, 0, &["new", "--outline", "a.md", "-o", "a.ron"]);
    let row = |row: u32| format!("{},{SECRET} {row} said it\n", row % 5 + 1);
    let rows = (0..40).map(row).collect::<Vec<_>>().concat();
    put(at, "good.csv", format!("Gate,comment\n{rows}"));
    put(at, "open.csv", format!("Gate,comment\n{rows}3,\"{SECRET}\n{rows}"));
    let import = |file: &str, status: i32| {
        let arguments =
            ["import", "a.ron", "--feedback", file, "--scale", "Gate=1-5", "-o", "b.ron", "--force"];
        expect(at, status, &arguments)
    };
    let said = import("good.csv", 0) + &import("open.csv", 0);
    assert!(!said.contains("Quux"), "{said}");
    assert!(
        !std::fs::read_to_string(at.join("b.ron")).expect("a file").contains("Quux"),
        "quotes are chosen"
    );
    for kept in ["state", "config"] {
        let found =
            Command::new("grep").args(["-rq", "Quux"]).arg(at.join(kept)).status().expect("grep runs");
        assert!(!found.success(), "{kept} holds a comment");
    }
}

#[test]
fn deep_nesting_and_endless_texts_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    expect(at, 0, &["new", "--template", "blank", "--title", "Trip", "-o", "a.ron"]);
    let text = std::fs::read_to_string(at.join("a.ron")).expect("a file");
    for (open, close) in ["()", "[]", "{}"].map(|pair| pair.split_at(1)) {
        let deep = format!("{}{}", open.repeat(100_000), close.repeat(100_000));
        put(at, "deep.ron", &deep);
        expect(at, 2, &["check", "deep.ron"]);
        put(at, "deep.ron", text.replacen("title: \"", &format!("nested: {deep}, title: \""), 1));
        expect(at, 2, &["check", "deep.ron"]);
        put(at, "recipe.ron", &deep);
        put(at, "x.csv", "a,b\n1,2\n");
        expect(at, 2, &["import", "a.ron", "--feedback", "x.csv", "--recipe", "recipe.ron", "-o", "x.ron"]);
    }
    let long = "long ".repeat(200_000);
    let marks = format!("e{}", "\u{301}".repeat(100_000));
    let family = "\u{1f469}\u{200d}".repeat(20_000);
    put(at, "a.md", format!("# Trip\n## Plan\n- {long}\n- {marks}\n- {family}\n  ! {long}\n"));
    expect(at, 0, &["new", "--outline", "a.md", "-o", "long.ron"]);
    let kept = std::fs::read_to_string(at.join("long.ron")).expect("a file");
    assert!(kept.contains(long.trim_end()) && kept.contains(&marks), "it is stored in full");
    expect(at, 0, &["export", "long.ron", "-o", "long.png"]);
    expect(at, 0, &["export", "long.ron", "-o", "long.svg"]);
    assert!(std::fs::metadata(at.join("long.svg")).expect("a file").len() < 4 << 20, "it is shown cut");
}
