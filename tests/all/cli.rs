//! Tests the command line as scripts use it: the built program, its output and its exit status.

use crate::common::program;

use program::{command, expect};
use std::fmt::Write as _;
use std::process::Stdio;

const FEEDBACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/airline-feedback.csv");
const NOTES: &str = "# Trip\n## Plan\n- Find a flight [web]\n  ! Fees\n  * first: decides\n## Fly\n- Gate\n";

#[test]
fn a_template_is_scored_and_drawn() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let (names, _) = expect(at, 0, &["templates"]);
    assert!(names.lines().any(|name| name == "airline"), "{names}");
    expect(at, 0, &["new", "--template", "airline", "--title", "My trip", "-o", "trip.ron"]);
    expect(at, 0, &["check", "trip.ron"]);

    let (mapping, _) = expect(at, 0, &["import", "trip.ron", "--feedback", FEEDBACK, "--dry-run"]);
    assert_eq!(mapping.lines().filter(|line| line.contains("\ttouchpoint\t")).count(), 14, "{mapping}");
    let import = ["import", "trip.ron", "--feedback", FEEDBACK, "--save-recipe", "r.ron", "-o", "scored.ron"];
    expect(at, 0, &import);
    let (_, err) = expect(at, 2, &import);
    assert!(err.contains("--force") && err.contains("r.ron"), "{err}");
    let (_, err) = expect(at, 2, &["import", "scored.ron", "--feedback", FEEDBACK, "-o", "again.ron"]);
    assert!(err.contains("imported") && !at.join("again.ron").exists(), "{err}");
    let by_recipe = ["import", "trip.ron", "--feedback", FEEDBACK, "--recipe", "r.ron", "-o", "same.ron"];
    expect(at, 0, &by_recipe);

    let mut unheard = command(at, &["import", "trip.ron", "--feedback", FEEDBACK, "-o", "unheard.ron"]);
    let mut child = unheard.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program runs");
    drop(child.stdout.take());
    assert!(child.wait().expect("it ends").success() && at.join("unheard.ron").exists());

    let (csv, _) = expect(at, 0, &["scores", "scored.ron", "--metric", "mean"]);
    assert_eq!(expect(at, 0, &["scores", "same.ron", "--metric", "mean"]).0, csv);
    assert_eq!(csv.lines().next(), Some("journey,touchpoint,metric,wave,segment,n,missing,value,low,high"));
    assert_eq!(
        csv.lines().filter(|row| row.contains(",all,")).count(),
        16,
        "touchpoints and outcomes: {csv}"
    );
    let (json, _) = expect(at, 0, &["scores", "scored.ron", "--format", "json"]);
    let rows: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(rows.as_array().map(Vec::len), Some(csv.lines().count() - 1));
    assert_eq!(rows[0]["journey"], "My trip");

    expect(at, 0, &["export", "scored.ron", "-o", "map.png", "--width", "800", "--theme", "dark"]);
    let decoder =
        png::Decoder::new(std::io::BufReader::new(std::fs::File::open(at.join("map.png")).expect("a file")));
    assert_eq!(decoder.read_info().expect("a picture").info().width, 800);
    expect(at, 0, &["export", "scored.ron", "-o", "map.svg", "--metric", "csat", "--journey", "My trip"]);
    let svg = std::fs::read_to_string(at.join("map.svg")).expect("a file");
    assert!(svg.contains("<title>My trip</title>") && svg.contains("@font-face"));
}

#[test]
fn notes_become_a_project_and_unread_lines_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let write = |name: &str, text: &str| {
        let file = std::fs::File::create(at.join(name));
        file.and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes())).expect("written");
    };
    write("good.md", NOTES);
    write("odd.md", &format!("{NOTES}what is this\n"));
    expect(at, 0, &["new", "--outline", "good.md", "-o", "good.ron"]);
    expect(at, 0, &["check", "good.ron"]);
    for form in ["md", "mmd", "csv"] {
        let file = format!("good.{form}");
        let back = format!("{form}.ron");
        expect(at, 0, &["export", "good.ron", "-o", &file]);
        expect(at, 0, &["new", "--from", &file, "-o", &back]);
        let again = format!("again.{form}");
        let same = |name: &str| std::fs::read(at.join(name)).unwrap();
        expect(at, 0, &["export", &back, "-o", &again]);
        assert_eq!(same(&file), same(&again), "{form}");
    }
    assert_eq!(
        std::fs::read_to_string(at.join("good.md")).unwrap(),
        NOTES.replace("## Fly", "\n## Fly").replace("## Plan", "\n## Plan")
    );
    let (_, err) = expect(at, 2, &["new", "--from", "good.ron", "-o", "no.ron"]);
    assert!(err.contains(".mmd") && !at.join("no.ron").exists(), "{err}");
    let (_, err) = expect(at, 1, &["new", "--outline", "odd.md", "-o", "odd.ron"]);
    assert!(err.contains("Line 8") && err.contains("what is this"), "{err}");
    expect(at, 0, &["check", "odd.ron"]);
}

#[test]
fn problems_and_failures_have_their_own_exit_status() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    expect(at, 0, &["--help"]);
    expect(at, 2, &["new", "-o", "x.ron"]);
    expect(at, 2, &["export", "x.ron", "-o", "x.png", "--dpi", "300", "--scale", "2"]);
    let (_, err) = expect(at, 2, &["scores", "missing.ron"]);
    assert!(err.ends_with("missing.ron\n"), "the path stands last: {err}");
    let (_, err) = expect(at, 2, &["new", "--template", "none", "-o", "x.ron"]);
    assert!(err.contains("airline"), "{err}");
    expect(at, 0, &["new", "--template", "blank", "-o", "blank.ron"]);
    let (out, _) = expect(at, 1, &["check", "blank.ron"]);
    assert_eq!(out.lines().next().map(|line| line.split('\t').count()), Some(4), "{out}");
    for output in ["x.gif", "no/x.png", "no/x.svg"] {
        expect(at, 2, &["export", "blank.ron", "-o", output]);
    }
    let (_, err) = expect(at, 2, &["export", "blank.ron", "-o", "x.png", "--scale", "9000"]);
    assert!(err.contains("65535"), "{err}");
    assert!(!at.join("x.png").exists());
    assert_eq!(std::fs::read_dir(at).expect("a folder").count(), 1, "nothing is left behind");
}

#[test]
fn tables_that_are_printed_start_no_formula() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let table = std::fs::File::create(at.join("a.csv"));
    let rows = b"\"=HYPERLINK(1)\",@x\n5,a\n4,b\n5,a\n3,b\n";
    table.and_then(|mut file| std::io::Write::write_all(&mut file, rows)).expect("written");
    expect(at, 0, &["new", "--template", "blank", "--title", "+Trip", "-o", "blank.ron"]);
    expect(at, 0, &["import", "blank.ron", "--feedback", "a.csv", "-o", "out.ron"]);
    let (csv, _) = expect(at, 0, &["scores", "out.ron"]);
    assert!(csv.lines().skip(1).all(|row| row.starts_with("'+Trip,'=HYPERLINK(1),")), "{csv}");
    let (json, _) = expect(at, 0, &["scores", "out.ron", "--format", "json"]);
    assert!(json.contains("\"=HYPERLINK(1)\""), "{json}");
}

#[test]
fn a_table_is_read_as_it_is_said_to_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let write = |name: &str, bytes: &[u8]| {
        let file = std::fs::File::create(at.join(name));
        file.and_then(|mut file| std::io::Write::write_all(&mut file, bytes)).expect("written");
    };
    expect(at, 0, &["new", "--template", "blank", "-o", "blank.ron"]);
    let (chinese, ..) = encoding_rs::GB18030.encode("说明|\n值机|登机\n4|5\n3|4\n5|5\n");
    write("a.txt", &chinese);
    let dry = |file, more: &[&str], status| {
        let line = [&["import", "blank.ron", "--feedback", file, "--dry-run"], more].concat();
        expect(at, status, &line)
    };
    let (mapping, told) = dry("a.txt", &["--encoding", "gbk", "--delimiter", "|", "--header-rows", "2"], 0);
    assert!(told.starts_with("Encoding GB18030 · Delimiter Vertical bar · Header rows 2\n"), "{told}");
    assert!(mapping.starts_with("说明 - 值机\ttouchpoint\t"), "{mapping}");
    let (_, err) = dry("a.txt", &["--encoding", "ebcdic"], 2);
    assert!(err.contains("gb18030") && err.contains("cp1252"), "{err}");
    let (_, err) = dry("a.txt", &["--delimiter", "/"], 2);
    assert!(err.contains("tab") && err.contains(';'), "{err}");
    let (_, err) = dry("a.txt", &["--header-rows", "4"], 2);
    assert!(err.contains("0..=3"), "{err}");
    let old = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tables/fixtures/old.xls");
    let (mapping, _) = dry(old, &["--sheet", "答案"], 0);
    assert!(mapping.contains("满意度\t"), "{mapping}");
    let (_, err) = dry(old, &["--sheet", "Sheet1"], 2);
    assert!(err.contains("Notes, 答案") && err.ends_with("old.xls\n"), "{err}");
}

#[test]
fn a_damaged_project_is_repaired_beside_itself_with_a_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let write = |name: &str, bytes: &[u8]| std::fs::write(at.join(name), bytes).expect("a file");
    expect(at, 0, &["new", "--template", "airline", "-o", "trip.ron"]);
    let sound = std::fs::read(at.join("trip.ron")).expect("a file");
    let (out, err) = expect(at, 0, &["repair", "trip.ron", "-o", "same.ron"]);
    assert!(out.is_empty() && err.contains("Nothing is wrong"), "{out}{err}");
    assert_eq!(std::fs::read(at.join("same.ron")).expect("a file"), sound);

    let cut = &sound[..sound.len() * 2 / 3];
    write("cut.ron", cut);
    let (_, err) = expect(at, 2, &["check", "cut.ron"]);
    assert!(err.contains("Line ") && err.contains("desireline repair"), "{err}");
    let (report, _) = expect(at, 1, &["repair", "cut.ron", "--dry-run"]);
    assert!(report.contains("The file ends here") && !at.join("out.ron").exists(), "{report}");
    assert_eq!(expect(at, 1, &["repair", "cut.ron", "-o", "out.ron"]).0, report);
    expect(at, 0, &["export", "out.ron", "-o", "map.png", "--width", "400"]);

    let (_, err) = expect(at, 2, &["repair", "cut.ron", "-o", "cut.ron"]);
    assert!(err.contains("kept as it is"), "{err}");
    assert_eq!(std::fs::read(at.join("cut.ron")).expect("a file"), cut);
    write("page.ron", b"<!DOCTYPE html><title>Sign in</title>");
    let (_, err) = expect(at, 2, &["repair", "page.ron", "-o", "out.ron"]);
    assert!(err.contains("web page"), "{err}");
}

/// Returns a survey of this many respondents in two regions, always beginning with the same ones.
fn survey_of(respondents: u64) -> String {
    let mut text = "Gate,Check-in desk,Region,Weight\n".to_owned();
    let mut state = 7_u64;
    for number in 0..respondents {
        let mut below = |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % n
        };
        let gate = 1 + below(5);
        let desk = 1 + below(5);
        let weight = 8 + below(9);
        let region = if number % 2 == 0 { "North" } else { "South" };
        writeln!(text, "{gate},{desk},{region},{}.{}", weight / 10, weight % 10).expect("written");
    }
    text
}

#[test]
fn a_redacted_copy_tells_nothing_of_newcomers_weights_or_the_survey_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    expect(at, 0, &["new", "--template", "blank", "--title", "Trip", "-o", "p.ron"]);
    for (file, wave, respondents) in [("january.csv", "January", 64), ("february.csv", "February", 67)] {
        std::fs::write(at.join(file), survey_of(respondents)).expect("written");
        let import = ["import", "p.ron", "--feedback", file, "--wave", wave, "--again", "add", "-o", "p.ron"];
        expect(at, 0, &[&import[..], &["--segment", "Region", "--weight", "Weight"]].concat());
    }
    let read = |name: &str| std::fs::read(at.join(name)).expect("a file");
    let load = |name: &str| engine::store::load::load_project(&read(name)).expect("a project").project;
    let original = load("p.ron");
    assert_eq!(original.batches().len(), 2);
    let (told, _) = expect(at, 0, &["redact", "p.ron", "-o", "a.ron"]);
    for words in [
        "january.csv: a larger one may hold",
        "Weights of respondents in february.csv",
        "weights in 1 import",
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
    let copy = load("a.ron");
    let batches: Vec<_> = copy.batches().values().collect();
    assert_eq!(batches.len(), 1, "the larger of the two");
    assert!(batches[0].counts.pairs.is_empty());
    assert!(batches[0].counts.histograms.len() > 2, "groups stay too");
    assert!(batches[0].counts.histograms.values().all(|cell| !cell.is_weighted()));
    let hashes: Vec<&str> = original.batches().values().map(|batch| batch.hash.as_str()).collect();
    assert!(!hashes.contains(&batches[0].hash.as_str()) && batches[0].hash.len() == hashes[0].len());
    // A second copy is the same but for the random value.
    expect(at, 0, &["redact", "p.ron", "-o", "b.ron"]);
    let other = load("b.ron").batches().values().next().expect("a batch").hash.clone();
    assert_ne!(other, batches[0].hash);
    let text = |name: &str| String::from_utf8(read(name)).expect("a text");
    assert_eq!(text("a.ron"), text("b.ron").replace(&other, &batches[0].hash));
}
