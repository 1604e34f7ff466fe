//! Tests difficult survey files, all invented (`make.py` writes them and counts their figures independently):
//! each gives its figures once every question is answered with the likeliest answer, or is refused with a
//! reason. Also random tables with random damage.

mod damage;
mod desk;

use desk::{Desk, Outcome};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kinds")
}

fn trials() -> Vec<Value> {
    let text = std::fs::read_to_string(folder().join("figures.json")).unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    all["trials"].as_array().unwrap().clone()
}

fn texts(value: &Value) -> Vec<String> {
    value
        .as_array()
        .map(|list| list.iter().map(|text| text.as_str().unwrap().to_owned()).collect())
        .unwrap_or_default()
}

/// The result of a trial.
struct Verdict {
    problems: Vec<String>,
    questions: usize,
}

/// Imports the files of a trial one after the other, and compares the scores with the figures counted by
/// `make.py`.
fn try_out(trial: &Value) -> Verdict {
    let mut desk = Desk::new();
    let arguments = trial["args"].as_array().cloned().unwrap_or_default();
    let mut problems = Vec::new();
    let mut questions = 0;
    for (place, file) in texts(&trial["files"]).iter().enumerate() {
        let said = arguments.get(place).map(texts).unwrap_or_default();
        match desk.import(&folder().join(file), &said) {
            Outcome::Imported { asked, .. } => questions += asked,
            Outcome::Same => {}
            Outcome::Refused(reason) => {
                let may = trial["refused"] == true || trial["may_refuse"] == true;
                assert!(!reason.trim().is_empty(), "{}: no reason", trial["id"]);
                let problems = if may { Vec::new() } else { vec![format!("refused: {reason}")] };
                return Verdict { problems, questions };
            }
        }
    }
    if trial["refused"] == true {
        problems.push("it must be refused".to_owned());
    }
    problems.extend(trial["expect"].as_array().unwrap().iter().filter_map(|figure| desk.differs(figure)));
    let titles = desk.titles();
    problems.extend(
        texts(&trial["forbid"])
            .into_iter()
            .filter(|name| titles.contains(name))
            .map(|name| format!("{name} is no rating")),
    );
    let file = desk.project_file();
    problems.extend(
        texts(&trial["secret"])
            .into_iter()
            .filter(|text| file.contains(text))
            .map(|text| format!("{text} is kept")),
    );
    Verdict { problems, questions }
}

#[test]
fn every_kind_of_trouble_gives_its_figures() {
    let mut report = String::new();
    let mut asked = Vec::new();
    let mut kinds = BTreeMap::<String, usize>::new();
    for trial in trials() {
        let kind = trial["kind"].as_str().unwrap().to_owned();
        *kinds.entry(kind.clone()).or_default() += 1;
        let verdict = try_out(&trial);
        // Only questions that a person must answer are asked; other files raise none.
        if trial["asks"] != true {
            asked.push(verdict.questions);
        }
        if kind == "clean" && verdict.questions > 0 {
            writeln!(report, "{}: a plain file asks {} questions", trial["id"], verdict.questions).unwrap();
        }
        for problem in verdict.problems {
            writeln!(report, "{} ({kind}): {problem}", trial["id"]).unwrap();
        }
    }
    assert!(report.is_empty(), "{report}");
    assert!(kinds.len() >= 28 && kinds.values().all(|count| *count >= 3), "{kinds:?}");
    asked.sort_unstable();
    assert!(asked[asked.len() / 2] <= 1 && asked.iter().sum::<usize>() * 10 <= asked.len() * 2, "{asked:?}");
}
