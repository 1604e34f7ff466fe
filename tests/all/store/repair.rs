//! Tests damage of every kind: a damaged file is refused with its position, and repaired with a report; all
//! readable content is kept. `DESIRELINE_SWEEP=all` tries every cut and every bit of the template; the suite
//! takes some of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, Mutex};

use engine::edit::{Op, diff_projects};
use engine::i18n::{Explain, Lang, explain_repair};
use engine::id::Id;
use engine::model::{Project, Record};
use engine::store::load::{LoadCause, load_project, to_bytes};
use engine::store::repair::{Finding, Repaired, repair_project};

const AIRLINE: &[u8] = include_bytes!("../../../templates/airline.ron");
static SOUND: LazyLock<Project> = LazyLock::new(|| load_project(AIRLINE).unwrap().project);

/// The stride at which the suite tries positions.
const FEW: usize = 1009;

/// The result of opening a damaged file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    /// It opens with the same content.
    Same,
    /// It opens and is sound, with different content in one place: no reader could notice.
    Unseen,
    /// It opens read-only, as one of a later version.
    Later,
    /// It is refused, and repaired with a report.
    Repaired,
    /// It is refused, and nothing can be saved.
    Refused,
}

/// Returns the fate of damaged bytes; asserts the promises about it.
fn fate(bytes: &[u8], what: &dyn Fn() -> String) -> Fate {
    let error = match load_project(bytes) {
        Ok(loaded) if loaded.read_only.is_some() => return Fate::Later,
        Ok(loaded) => {
            let changes = diff_projects(&SOUND, &loaded.project).ops.len();
            assert!(changes <= 2, "{}: {changes} changes unseen", what());
            return if changes == 0 { Fate::Same } else { Fate::Unseen };
        }
        Err(error) => error,
    };
    assert!([Lang::En, Lang::ZhCn].iter().all(|lang| !error.explain(*lang).is_empty()));
    let head = matches!(
        error.cause,
        LoadCause::NotOurs | LoadCause::Newer(_) | LoadCause::Empty | LoadCause::Foreign(_)
    );
    assert!(error.place.is_some() || head, "{}: {error:?}", what());
    let Ok(repaired) = repair_project(bytes) else { return Fate::Refused };
    assert!(!repaired.report.is_empty(), "{}", what());
    assert!(
        repaired.report.iter().all(|note| !explain_repair(note, None, Lang::ZhCn).is_empty()),
        "{}",
        what()
    );
    let again = load_project(&to_bytes(&repaired.project)).map(|loaded| loaded.project);
    assert_eq!(again.as_ref(), Ok(&repaired.project), "{}: what was repaired opens", what());
    Fate::Repaired
}

/// Tries many cases on all cores and counts their fates.
fn sweep(cases: usize, try_one: impl Fn(usize) -> Fate + Sync) -> BTreeMap<Fate, usize> {
    let all = std::env::var_os("DESIRELINE_SWEEP").is_some();
    let picked: Vec<usize> = (0..cases).step_by(if all { 1 } else { FEW }).collect();
    let half = picked.len().div_ceil(2);
    let mut fates = BTreeMap::new();
    std::thread::scope(|scope| {
        let parts: Vec<_> = picked
            .chunks(half)
            .map(|part| scope.spawn(|| part.iter().map(|case| try_one(*case)).collect::<Vec<_>>()))
            .collect();
        for part in parts {
            for fate in part.join().unwrap() {
                *fates.entry(fate).or_default() += 1;
            }
        }
    });
    println!("{cases} cases, of which were tried {}: {fates:?}", picked.len());
    fates
}

/// Returns each record of the template with the index of the byte behind it.
fn ends() -> Vec<(usize, Id)> {
    let text = std::str::from_utf8(AIRLINE).unwrap();
    let mut at = 0;
    let mut id = None;
    let mut ends = Vec::new();
    for line in text.split_inclusive('\n') {
        at += line.len();
        if let Some(found) = line.trim().strip_prefix("id: \"").and_then(|rest| rest.strip_suffix("\",")) {
            id = Some(found.parse().unwrap());
        }
        if line.trim() == ")," {
            ends.extend(id.take().map(|id| (at - ",\n".len(), id)));
        }
    }
    ends
}

#[test]
fn of_a_file_that_is_cut_off_every_record_before_the_cut_is_kept() {
    let ends = ends();
    let fates = sweep(AIRLINE.len(), |cut| {
        let fate = fate(&AIRLINE[..cut], &|| format!("cut at {cut}"));
        let whole: Vec<Id> = ends.iter().filter(|(end, _)| *end <= cut).map(|(_, id)| *id).collect();
        if fate == Fate::Repaired {
            let kept = repair_project(&AIRLINE[..cut]).unwrap().project;
            for id in &whole {
                assert_eq!(kept.record(*id), SOUND.record(*id), "cut at {cut}");
            }
        }
        assert!(fate == Fate::Repaired || fate == Fate::Same || whole.is_empty(), "cut at {cut}: {fate:?}");
        fate
    });
    assert!(fates[&Fate::Repaired] * 10 > fates.values().sum::<usize>() * 9, "{fates:?}");
}

#[test]
fn a_bit_that_flips_costs_a_value_not_the_file() {
    let costly = Mutex::new(BTreeMap::<(usize, usize), usize>::new());
    let fates = sweep(AIRLINE.len() * 8, |bit| {
        let mut bytes = AIRLINE.to_vec();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let what = || format!("bit {} of byte {}, {:?}", bit % 8, bit / 8, context(&bytes, bit / 8));
        let fate = fate(&bytes, &what);
        if fate == Fate::Repaired {
            let Repaired { project, report, .. } = repair_project(&bytes).unwrap();
            let lost = diff_projects(&SOUND, &project).ops;
            // If a bracket becomes another character, the rest of its list is lost with it: few records.
            let records: BTreeSet<Id> = lost.iter().map(Op::id).collect();
            assert!(records.len() <= 5, "{}: {lost:#?}, {report:#?}", what());
            if lost.len() > 3 {
                *costly.lock().unwrap().entry((records.len(), lost.len())).or_default() += 1;
            }
        }
        fate
    });
    let costly = costly.into_inner().unwrap();
    println!("flips that cost more than three values, by records and values: {costly:?}");
    let all = fates.values().sum::<usize>();
    let refused = fates.get(&Fate::Refused).copied().unwrap_or_default();
    assert!(refused * 1000 < all, "{fates:?}");
    assert!(costly.values().sum::<usize>() * 1000 < all, "{costly:?}");
}

/// A project with every kind of record that can be part of another.
const SMALL: &str = r#"(
  format: "1.0",
  program: "Desireline",
  project: (
    id: "p-000000000001",
    title: "Trip",
  ),
  journeys: [
    (
      id: "j-000000000001",
      key: "g1",
    ),
  ],
  stages: [
    (
      id: "s-000000000001",
      journey: "j-000000000001",
      key: "g1",
      title: "Fly",
    ),
  ],
  steps: [
    (
      id: "c-000000000001",
      journey: "j-000000000001",
      stage: "s-000000000001",
      key: "g1",
    ),
  ],
  touchpoints: [
    (
      id: "t-000000000001",
      journey: "j-000000000001",
      step: "c-000000000001",
      key: "g1",
      title: "Gate",
      feelings: {"u-000000000001": -1.5},
      wait: 20,
    ),
  ],
  personas: [
    (
      id: "u-000000000001",
      key: "g1",
      name: "Anna",
    ),
  ],
  batches: [
    (
      id: "b-000000000001",
      file: "answers.csv",
      hash: "0f3a",
      imported: "2026-11-22",
      rows: 12,
      counts: [
        (question: "q-000000000001", wave: "w-000000000001", answers: {0: 2, 4.5: 9}, missing: 1),
        (question: "q-000000000002", wave: "w-000000000001", answers: {0: 2, 4.5: 9}, missing: 1),
      ],
    ),
  ],
)
"#;

/// Repairs the small file with one piece of text replaced; returns the changes in the project, and the
/// report.
fn repaired(from: &str, to: &str) -> (Vec<Op>, Vec<String>) {
    assert!(SMALL.contains(from), "{from:?}");
    let sound = load_project(SMALL.as_bytes()).unwrap().project;
    let Repaired { project, report, .. } = repair_project(SMALL.replacen(from, to, 1).as_bytes()).unwrap();
    assert!(load_project(&to_bytes(&project)).is_ok());
    (
        diff_projects(&sound, &project).ops,
        report.iter().map(|note| explain_repair(note, None, Lang::En)).collect(),
    )
}

#[test]
fn what_is_sound_stays_as_it_is() {
    let text = SMALL.replace('\n', "\r\n");
    let (ops, report) = repaired("Trip", "Trip");
    assert_eq!((ops, report), (vec![], vec![]));
    for bytes in [format!("\u{feff}{text}"), text] {
        let found = repair_project(bytes.as_bytes()).unwrap();
        assert_eq!(found.project, load_project(SMALL.as_bytes()).unwrap().project);
        let damaged = bytes.replace("wait: 20", "wait: soon");
        assert_eq!(
            diff_projects(&found.project, &repair_project(damaged.as_bytes()).unwrap().project).ops.len(),
            1
        );
    }
}

#[test]
fn damage_costs_the_value_it_lies_in_and_is_told() {
    let cases = [
        // The text, its replacement, the number of changes, and the words that the report must contain.
        ("title: \"Gate\"", "title: Gate\"", 0, "is now \"Gate\""),
        ("title: \"Gate\"", "title: \"Gate", 0, "is now \"Gate\""),
        ("title: \"Gate\"", "tItle: \"Gate\"", 0, "tItle was taken for the field title"),
        ("title: \"Gate\"", "glow: 7", 1, "no field is called glow, left out: 7"),
        ("wait: 20", "wait: NaN", 1, "wait can’t be read"),
        ("wait: 20", "wait: inf", 1, "wait can’t be read"),
        ("wait: 20", "wait: 1e999", 1, "wait can’t be read"),
        ("wait: 20,", "wait: 20,\n      wait: 30,", 0, "wait occurs twice, the second was left out: 30"),
        ("answers: {0: 2", "answers: {0: x", 1, "a line of counts can’t be read"),
        ("    (\n      id: \"t-", "    *\n      id: \"t-", 0, "belongs to nothing, left out: *"),
        ("touchpoints: [", "touchdowns: [", 0, "No list is called touchdowns"),
        ("step: \"c-000000000001\"", "step: \"c-00000000000\"", 0, "step was damaged"),
        ("id: \"j-000000000001\"", "id: \"j-00000000000!\"", 0, "id was damaged"),
        ("id: \"j-000000000001\"", "id: \"j-000000000009\"", 0, "was taken for j-000000000001"),
        ("format: \"1.0\"", "fonrat: \"1.0\"", 0, "not a Desireline file"),
    ];
    for (from, to, changes, told) in cases {
        let (ops, report) = repaired(from, to);
        assert_eq!(ops.len(), changes, "{to}: {ops:?} {report:?}");
        assert!(report.iter().any(|line| line.contains(told)), "{to}: {report:?}");
    }
}

#[test]
fn nothing_is_dropped_for_what_it_stood_in_or_its_number() {
    // A second record of an id gets a new one, the same record twice is one.
    let second = |title: &str| {
        let record = SMALL
            [SMALL.find("    (\n      id: \"s-").unwrap()..SMALL.find("  ],\n  steps").unwrap()]
            .to_owned();
        ("  ],\n  steps", record.replace("Fly", title) + "  ],\n  steps")
    };
    let (from, to) = second("Land");
    let (ops, report) = repaired(from, &to);
    assert!(matches!(&ops[..], [Op::Insert(Record::Stage(stage))] if stage.title == "Land"), "{ops:?}");
    assert!(
        report.iter().any(|line| line.contains("s-000000000001 occurs twice; the second now has the id s-"))
    );
    let (from, to) = second("Fly");
    let (ops, report) = repaired(from, &to);
    assert!(ops.is_empty() && report.iter().any(|line| line.contains("same content")), "{report:?}");
    // The contents of a lost column or stage are placed in an empty one.
    let lost = SMALL.find("  steps: [").unwrap()..SMALL.find("  touchpoints").unwrap();
    let (ops, report) = repaired(&SMALL[lost], "");
    assert!(ops.iter().any(|op| op.id().to_string() == "c-000000000001"), "{ops:?}");
    assert!(report.iter().any(|line| line.contains("c-000000000001 is lost; an empty one")), "{report:?}");
    let sound_but_torn = SMALL.replace("stage: \"s-000000000001\"", "stage: \"s-0000000000zz\"");
    assert!(load_project(sound_but_torn.as_bytes()).is_ok());
    assert!(!repair_project(sound_but_torn.as_bytes()).unwrap().report.is_empty());
    // A link without a target is kept, and listed.
    let lost = SMALL.find("  personas: [").unwrap()..SMALL.find("  batches").unwrap();
    let (ops, report) = repaired(&SMALL[lost], "");
    assert_eq!(ops.len(), 1, "the persona is lost, what was felt is not: {ops:?}");
    assert!(report.iter().any(|line| line.contains("u-000000000001") && line.contains("left as it is")));
}

#[test]
fn of_countless_findings_of_a_kind_the_first_are_listed_and_the_rest_are_counted() {
    const MANY: usize = 30_000;
    let text = std::str::from_utf8(AIRLINE).unwrap();
    let title = text.find("title: ").unwrap();
    let noise = "zz: 1, ".repeat(MANY);
    let lost = text.rfind("journey: \"").unwrap();
    let bytes = format!("{}{noise}{}#{}", &text[..title], &text[title..lost], &text[lost..]);
    let Repaired { project, report, unlisted } = repair_project(bytes.as_bytes()).unwrap();
    assert_eq!(diff_projects(&SOUND, &project).ops.len(), 0, "the project is whole");
    let of_noise = report.iter().filter(|note| matches!(note.finding, Finding::UnknownField { .. })).count();
    assert_eq!((of_noise, of_noise + unlisted), (10_000, MANY));
    assert!(report.len() > of_noise, "another kind is listed, however many come before it: {}", report.len());
    // Bytes that are no text are as many as there are bytes in a file of noise.
    let bytes = [AIRLINE, &vec![0xff; MANY]].concat();
    let Repaired { report, unlisted, .. } = repair_project(&bytes).unwrap();
    assert!(report.len() < 10_100 && report.len() + unlisted > MANY, "{} and {unlisted}", report.len());
}

#[test]
fn both_sides_of_a_git_conflict_are_kept() {
    let mark = |ours: &str, base: &str, theirs: &str| {
        format!("<<<<<<< HEAD\n{ours}{base}=======\n{theirs}>>>>>>> other\n")
    };
    let title = "      title: \"Gate\",\n";
    let wait = "      wait: 20,\n";
    let text = SMALL
        .replace(title, &mark("      title: \"Exit\",\n", "", "      title: \"Pier\",\n"))
        .replace(wait, &mark(wait, "", &format!("{wait}      owner: \"Hub\",\n")));
    let error = load_project(text.as_bytes()).unwrap_err();
    let line = 1 + SMALL[..SMALL.find(title).unwrap()].matches('\n').count();
    assert_eq!((error.cause.clone(), error.place.unwrap().line), (LoadCause::Conflict, line));
    assert!(error.explain(Lang::En).contains("git"), "{}", error.explain(Lang::En));
    let Repaired { project, report, .. } = repair_project(text.as_bytes()).unwrap();
    let told: Vec<String> = report.iter().map(|note| explain_repair(note, None, Lang::En)).collect();
    let cards: Vec<_> =
        project.journeys().values().flat_map(|journey| journey.touchpoints().values()).collect();
    assert!(cards.len() == 1 && cards[0].owner == "Hub" && cards[0].wait == Some(20.0));
    assert!(told.iter().any(|line| line.contains("“Exit”") && line.contains("“Pier”")), "{told:?}");
    // With the common ancestor, only the changes of one side count.
    let base = SMALL.replace(title, &mark("", &format!("||||||| base\n{title}"), "      title: \"Pier\",\n"));
    let Repaired { project, .. } = repair_project(base.as_bytes()).unwrap();
    let card = project.journeys().values().flat_map(|journey| journey.touchpoints().values()).next().unwrap();
    assert_eq!(card.title, "Pier");
}

#[test]
fn one_import_on_both_sides_of_a_git_conflict_is_told_in_the_reader_s_language() {
    let id = "      id: \"b-000000000001\",\n";
    let theirs = id.replace("01\"", "02\"");
    let mark = |ours: &str, theirs: &str| format!("<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> other\n");
    let counted = SMALL.split_inclusive('\n').find(|line| line.contains("q-000000000002")).unwrap();
    let text = SMALL
        .replace(id, &mark(id, &theirs))
        .replace(counted, &mark(counted, &counted.replace("missing: 1", "missing: 3")));
    let Repaired { project, report, .. } = repair_project(text.as_bytes()).unwrap();
    assert_eq!(project.batches().len(), 1);
    let told =
        |lang| report.iter().map(|note| explain_repair(note, Some(&project), lang)).collect::<Vec<_>>();
    let says = |lang, words: &str| {
        told(lang).iter().any(|line| line.contains("answers.csv") && line.contains(words))
    };
    assert!(says(Lang::En, "both sides imported this file"), "{:?}", told(Lang::En));
    assert!(says(Lang::ZhCn, "双方都导入了此文件"), "{:?}", told(Lang::ZhCn));
}

#[test]
fn cards_whose_journeys_are_lost_share_a_new_one() {
    let lines = (0..40).map(|place| format!("(id:\"t-{place:012}\",title:\"Card {place}\")\n"));
    let repaired = repair_project(lines.collect::<String>().as_bytes()).unwrap();
    let journeys = repaired.project.journeys();
    assert_eq!(journeys.len(), 1);
    assert_eq!(journeys.values().next().unwrap().touchpoints().len(), 40);
}

#[test]
fn what_is_no_project_is_refused() {
    let later = SMALL.replacen("1.0", "1.9", 1);
    let damaged_later = later.replace("title:", "title");
    let others: [&[u8]; 8] = [
        b"",
        b"<html><body>Please sign in</body></html>",
        b"PK\x03\x04rest of a workbook",
        &[0; 5000],
        b"{\"json\": [1, 2]}",
        later.as_bytes(),
        damaged_later.as_bytes(),
        &SMALL.as_bytes()[..40],
    ];
    for bytes in others {
        assert!(repair_project(bytes).is_err(), "{}", String::from_utf8_lossy(bytes));
    }
    // Hostile text takes no long time.
    let unclosed = "a: [\n".repeat(20_000);
    let bracketed = format!("(id: \"t-000000000001\", {}", ")x(".repeat(100_000));
    for text in [unclosed, bracketed, "x".repeat(1_000_000), "(".repeat(100_000), "\"\n".repeat(100_000)] {
        drop(repair_project(format!("(format: \"1.0\", {text}").as_bytes()));
    }
}

fn context(bytes: &[u8], at: usize) -> String {
    String::from_utf8_lossy(&bytes[at.saturating_sub(30)..(at + 20).min(bytes.len())]).into_owned()
}
