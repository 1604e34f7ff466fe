//! Tests journeys in other formats: a written journey reads as the same again, and unreadable parts are
//! reported line by line.

use crate::common::{random_project, surveys};

use engine::edit::apply_all;
use engine::edit::command::{add_insight, set_field};
use engine::exchange::mermaid::{self, Diagram};
use engine::exchange::{
    Brought, ExchangeError, ExchangeFormat, MAX_BYTES, MAX_LINES, UnreadReason, read_project, write_journey,
};
use engine::i18n::{Explain, Lang};
use engine::id::IdSource;
use engine::model::check::{Severity, find_problems};
use engine::model::choice::{InsightKind, LaneKind, MomentKind};
use engine::model::value::Atom;
use engine::model::{Insight, Journey, Project, Touchpoint, sort_records};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/exchange").join(name)
}

fn brought(form: ExchangeFormat, bytes: &[u8]) -> Brought {
    read_project(form, bytes.to_vec(), "", Lang::En, &mut IdSource::from_seed(1)).expect("it can be read")
}

fn lost(brought: &Brought) -> Vec<(usize, UnreadReason)> {
    brought.unread.iter().map(|unread| (unread.line, unread.reason)).collect()
}

fn journey(project: &Project) -> &Arc<Journey> {
    project.journeys_in_order()[0]
}

fn again(form: ExchangeFormat, project: &Project) -> Vec<u8> {
    let written = write_journey(form, project, journey(project).info().id, Lang::En);
    written.expect("it can be read again").expect("the journey is there")
}

/// Returns the titles of stages, each with those of its touchpoints.
fn titles(journey: &Journey) -> Vec<(String, Vec<String>)> {
    let cards = |stage| {
        let steps = journey.steps_of(stage);
        let of = |step| sort_records(journey.touchpoints().values().filter(move |card| card.step == step));
        steps.iter().flat_map(|step| of(step.id)).map(|card| card.title.clone()).collect()
    };
    journey.stages_in_order().iter().map(|stage| (stage.title.clone(), cards(stage.id))).collect()
}

fn card<'a>(journey: &'a Journey, title: &str) -> &'a Arc<Touchpoint> {
    journey.touchpoints().values().find(|card| card.title == title).expect("a card of this title")
}

fn feelings(project: &Project, title: &str) -> Vec<(String, f64)> {
    let feelings = card(journey(project), title).feelings.iter();
    let mut named: Vec<_> =
        feelings.map(|(persona, feeling)| (project.personas()[persona].name.clone(), *feeling)).collect();
    named.sort_by(|a, b| a.0.cmp(&b.0));
    named
}

fn sound(project: &Project) {
    let errors: Vec<_> =
        find_problems(project).into_iter().filter(|problem| problem.severity == Severity::Error).collect();
    assert_eq!(errors, []);
}

/// Returns a diagram in the form of the golden readings of mermaid's own parser.
fn golden(diagram: &Diagram) -> Value {
    let task = |task: &mermaid::DiagramTask| {
        let section = diagram.section_of(task);
        let mut value =
            json!({ "section": section, "type": section, "task": task.name, "people": task.people });
        let score = if task.score.is_nan() { 0.0 } else { task.score };
        value["score"] = if score.fract() == 0.0 { json!(score as i64) } else { json!(score) };
        if task.score.is_nan() {
            value["scoreIsNaN"] = json!(true);
        }
        value
    };
    json!({
        "type": "journey", "title": diagram.title, "accTitle": diagram.acc_title, "accDescr": diagram.acc_descr,
        "sections": diagram.sections, "tasks": diagram.tasks.iter().map(task).collect::<Vec<_>>(),
        "actors": diagram.actor_names(),
    })
}

#[test]
#[ignore = "reads survey files that are not part of the project"]
fn mermaid_is_read_as_its_own_parser_reads_it() {
    let folder = surveys::folder().join("mermaid");
    let mut compared = 0;
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.extension().is_none_or(|ending| ending != "mmd") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let expected: Value =
            serde_json::from_str(&std::fs::read_to_string(path.with_extension("golden.json")).unwrap())
                .unwrap();
        let (diagram, _) = mermaid::parse_diagram(&text).expect("it is a journey");
        assert_eq!(golden(&diagram), expected["model"], "{}", path.display());
        sound(&brought(ExchangeFormat::Mermaid, text.as_bytes()).project);
        compared += 1;
    }
    assert!(compared >= 25, "only {compared} readings");
}

#[test]
fn a_mermaid_journey_becomes_stages_cards_and_feelings() {
    let found = brought(ExchangeFormat::Mermaid, &std::fs::read(data("shop.mmd")).unwrap());
    let project = &found.project;
    sound(project);
    assert_eq!(journey(project).info().title, "Buying a bicycle: a try");
    assert_eq!(journey(project).info().goal, "From the first idea\nto the first ride");
    let [choose, buy] = titles(journey(project)).try_into().unwrap();
    let cards = ["Look at pictures", "Visit the shop"];
    assert_eq!((choose.0.as_str(), choose.1.as_slice()), ("Choose one", &cards.map(str::to_owned)[..]));
    assert_eq!(buy.1, ["Test ride", "Pay", "Wait", "Ride home"]);
    let felt = |title: &str| feelings(project, title);
    assert_eq!(felt("Look at pictures"), [("Ana".to_owned(), 2.0), ("Ben".to_owned(), 2.0)]);
    assert_eq!(
        felt("Visit the shop"),
        [("Ana".to_owned(), -1.0), ("Ben".to_owned(), 1.0)],
        "one card, two lines"
    );
    assert_eq!(felt("Test ride"), [("Ana".to_owned(), 1.5)]);
    assert_eq!((felt("Pay"), felt("Wait")), (vec![], vec![]));
    assert_eq!(felt("Ride home"), [("Customer".to_owned(), 2.0)]);
    let expected = [
        (2, UnreadReason::SecondTitle),
        (3, UnreadReason::Looks),
        (4, UnreadReason::Looks),
        (6, UnreadReason::Looks),
        (11, UnreadReason::SecondTitle),
        (18, UnreadReason::Task),
        (19, UnreadReason::Rest),
        (21, UnreadReason::Task),
        (22, UnreadReason::Rest),
        (23, UnreadReason::Rest),
        (24, UnreadReason::Score),
    ];
    assert_eq!(lost(&found), expected);
}

#[test]
fn a_plain_table_is_known_by_its_header_in_chinese_too() {
    let found = brought(ExchangeFormat::Table, &std::fs::read(data("plain-zh.csv")).unwrap());
    let project = &found.project;
    let journey = journey(&found.project);
    sound(project);
    let expected = [("选购", vec!["看图片", "到店"]), ("付款", vec!["付钱"])];
    let expected =
        expected.map(|(stage, cards)| (stage.to_owned(), cards.into_iter().map(str::to_owned).collect()));
    assert_eq!(titles(journey), expected);
    assert_eq!(feelings(project, "看图片"), [("Customer".to_owned(), 1.5)]);
    assert_eq!(card(journey, "看图片").channels.len(), 2);
    let pains: Vec<&str> =
        sort_records(journey.insights().values()).iter().map(|pain| pain.title.as_str()).collect();
    assert_eq!(pains, ["停车难", "没有座位", "没人接待"]);
    let about = journey.spoken_of_by(card(journey, "到店").id.into());
    assert_eq!((about.len(), journey.flows().len()), (3, 2));
    assert_eq!(lost(&found), [(1, UnreadReason::Column), (6, UnreadReason::Feeling)]);
    let gb18030 = desireline_encoded("阶段;触点\n计划;查询航班\n");
    assert_eq!(titles(self::journey(&brought(ExchangeFormat::Table, &gb18030).project))[0].1, ["查询航班"]);
}

/// Returns the text as a spreadsheet on a Chinese Windows saves it.
fn desireline_encoded(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

#[test]
fn a_table_keeps_what_stands_at_stages_steps_and_cards() {
    let text = "Stage,Step,Touchpoint,Description,Lane,Channels,Moment of truth,Why,Feeling: Ana,Pain points,Gains,Doing,Text: Tools\n\
        Plan,,,I want to get away,,,,,,,Dreaming,,\n\
        Plan,2,Compare,=1+1,,web,x,,-0.5,\"Fees (4)\nToo many tabs\",,Clicks around,Phone\n\
        Plan,1,Search,,,web; app,first,it decides,+2,Fees,,,\n\
        Plan,1,Index the web,,Back stage,,,,,,,,\n\
        Fly,one,Gate,,Front stage: Crew,,The promise,,9,,,,\n";
    let found = brought(ExchangeFormat::Table, text.as_bytes());
    let project = &found.project;
    let journey = journey(&found.project);
    sound(project);
    assert_eq!(
        titles(journey)[0].1,
        ["Search", "Index the web", "Compare"],
        "steps stand in the order of their numbers"
    );
    let search = card(journey, "Search");
    let compare = card(journey, "Compare");
    let gate = card(journey, "Gate");
    assert_eq!((search.moment, search.moment_why.as_str()), (Some(MomentKind::First), "it decides"));
    assert_eq!((compare.moment, compare.moment_why.as_str()), (Some(MomentKind::Own), ""));
    assert_eq!((gate.moment, gate.moment_why.as_str()), (Some(MomentKind::Own), "The promise"));
    assert_eq!(feelings(project, "Search"), [("Ana".to_owned(), 2.0)]);
    assert_eq!(search.step, card(journey, "Index the web").step);
    let kind = |card: &Touchpoint| card.lane.map(|lane| journey.lanes()[&lane].kind);
    assert_eq!(kind(card(journey, "Index the web")), Some(LaneKind::BackStage));
    assert_eq!(journey.lanes()[&gate.lane.unwrap()].title, "Crew");
    let fees = journey.insights().values().find(|insight| insight.title == "Fees").unwrap();
    assert_eq!(journey.speaks_of(fees.id.into()).len(), 2, "one pain, two touchpoints");
    assert_eq!(fees.severity, Some(3), "the row of the first step comes first");
    let dreaming = journey.insights().values().find(|insight| insight.kind == InsightKind::Gain).unwrap();
    assert_eq!(journey.speaks_of(dreaming.id.into()), [journey.stages_in_order()[0].id.into()]);
    let texts: Vec<&str> = journey.cells().values().map(|cell| cell.text.as_str()).collect();
    assert!(texts.len() == 2 && texts.contains(&"Clicks around") && texts.contains(&"Phone"), "{texts:?}");
    assert_eq!(lost(&found), [(7, UnreadReason::Step), (7, UnreadReason::Feeling)]);
    let bytes = again(ExchangeFormat::Table, project);
    let written = String::from_utf8(bytes).unwrap();
    assert!(written.contains("'=1+1") && written.contains(",-0.5,"), "{written}");
}

#[test]
fn a_pain_of_a_table_keeps_its_title_and_severity() {
    let pains = [
        ("Queue", Some(4)),
        ("Queue (2)", None),
        ("Queue (2)", Some(2)),
        ("Queue (2) (3)", None),
        ("Queue（4）", None),
        ("Queue ( +1 )", None),
        ("Queue (9)", None),
        ("Queue 5)", None),
        ("(2)", None),
        ("(3)", Some(5)),
        ("Lift", None),
    ];
    let source = &mut IdSource::from_seed(3);
    let mut project = brought(ExchangeFormat::Table, b"Stage,Touchpoint\nFly,Gate\n").project;
    let id = journey(&project).info().id;
    let gate = card(journey(&project), "Gate").id;
    for (title, severity) in pains {
        let (made, pain) = add_insight(&project, id, Some(gate.into()), InsightKind::Pain, title, source);
        apply_all(&mut project, &made).unwrap();
        let weighed = set_field(&project, &[pain.into()], Insight::SEVERITY, &severity.to_value());
        apply_all(&mut project, &weighed).unwrap();
    }
    // A pain without a severity comes back with the default one.
    let expected = pains.map(|(title, severity)| (title.to_owned(), severity.or(Some(3))));
    let found = brought(ExchangeFormat::Table, &again(ExchangeFormat::Table, &project));
    let pains = sort_records(journey(&found.project).insights().values());
    let pains: Vec<_> = pains.iter().map(|pain| (pain.title.clone(), pain.severity)).collect();
    assert_eq!(pains, expected);
    assert_eq!(lost(&found), []);
}

#[test]
fn what_no_journey_is_is_refused_with_its_line() {
    let refused = |form, bytes: &[u8]| {
        let result = read_project(form, bytes.to_vec(), "", Lang::En, &mut IdSource::from_seed(1));
        result.map(|brought| brought.unread.len()).map_err(|refused| refused.explain(Lang::En))
    };
    let flow = refused(ExchangeFormat::Mermaid, b"\n%% x\nflowchart LR\n  a --> b\n").unwrap_err();
    assert!(flow.contains("Line 3") && flow.contains("flowchart LR"), "{flow}");
    let survey = refused(ExchangeFormat::Table, b"id,nps,comment\n1,9,fine\n2,3,slow\n").unwrap_err();
    assert!(survey.contains("Line 1") && survey.contains("nps"), "{survey}");
    assert!(refused(ExchangeFormat::Mermaid, b"").is_err() && refused(ExchangeFormat::Table, b"").is_err());
    let quote = refused(ExchangeFormat::Table, b"stage,touchpoint\nA,\"b\nC,d\nE,f\nG,h\n").unwrap_err();
    assert!(quote.contains("Line 2"), "{quote}");
    assert!(refused(ExchangeFormat::Outline, b"# a\xff\xfe\x00\x9f").is_err());
    let names: Vec<String> = (0..200_001).map(|place| place.to_string()).collect();
    let names = names.join(",");
    let crowds = [format!("## S\n- T [{names}]\n"), format!("journey\nT: 3: {names}\n")];
    for (form, crowd) in [ExchangeFormat::Outline, ExchangeFormat::Mermaid].into_iter().zip(crowds) {
        assert!(refused(form, crowd.as_bytes()).unwrap_err().contains("200,000"), "{form:?}");
    }
    let many = "-\n".repeat(MAX_LINES + 1);
    let large = vec![b'a'; MAX_BYTES as usize + 1];
    for form in ExchangeFormat::ALL {
        let lines = read_project(form, many.clone().into_bytes(), "", Lang::En, &mut IdSource::from_seed(1));
        assert!(matches!(lines, Err(ExchangeError::TooManyLines { lines }) if lines == MAX_LINES + 1));
        let size = read_project(form, large.clone(), "", Lang::En, &mut IdSource::from_seed(1));
        assert!(matches!(size, Err(ExchangeError::TooLarge { .. })));
    }
}

/// Returns the lines of cells in sorted order, since one entry may belong to several touchpoints.
fn settled(table: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table);
    let cell = |cell: &str| {
        let mut lines: Vec<&str> = cell.lines().collect();
        lines.sort_unstable();
        lines.join("\n")
    };
    reader.records().map(|row| row.unwrap().iter().map(cell).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_was_written_reads_as_the_same_again(seed: u64) {
        let project = random_project(seed, 160);
        for form in ExchangeFormat::ALL {
            let first = again(form, &project);
            let found = brought(form, &first);
            prop_assert_eq!(lost(&found), [], "{}", String::from_utf8_lossy(&first));
            sound(&found.project);
            let second = again(form, &found.project);
            if form == ExchangeFormat::Table {
                prop_assert_eq!(settled(&first), settled(&second));
            } else {
                prop_assert_eq!(String::from_utf8(first), String::from_utf8(second.clone()));
            }
            prop_assert_eq!(&again(form, &brought(form, &second).project), &second);
        }
    }

    #[test]
    fn any_title_stands_for_itself_again(title in "[#:;,%<>{}\\[\\]'=+@!*a -]{1,12}|title \\PC|\\PC{1,12}") {
        let plain = title.trim();
        prop_assume!(!plain.is_empty());
        let notes = format!("# T\n## {plain}\n- {plain} []\n  ! {plain}\n");
        let project = brought(ExchangeFormat::Outline, notes.as_bytes()).project;
        for form in ExchangeFormat::ALL {
            let found = brought(form, &again(form, &project));
            prop_assert_eq!(lost(&found), []);
            // An apostrophe before a formula is mistaken for the one that guards it.
            if form != ExchangeFormat::Table || !plain.starts_with('\'') {
                prop_assert_eq!(titles(journey(&found.project)), [(plain.to_owned(), vec![plain.to_owned()])]);
            }
        }
    }
}

#[test]
fn what_could_not_be_read_again_is_not_written() {
    let mut source = IdSource::from_seed(8);
    let text = format!("# T\n## S\n{}", format!("- {}\n", "x".repeat(410)).repeat(20_000));
    let project =
        read_project(ExchangeFormat::Outline, text.into_bytes(), "T", Lang::En, &mut source).unwrap().project;
    let id = journey(&project).info().id;
    for form in ExchangeFormat::ALL {
        match write_journey(form, &project, id, Lang::En) {
            Ok(bytes) => {
                assert!(read_project(form, bytes.unwrap(), "T", Lang::En, &mut source).is_ok(), "{form:?}");
            }
            Err(refused) => {
                assert!(matches!(refused, ExchangeError::TooLarge { .. }), "{form:?}: {refused:?}");
            }
        }
    }
    // Its lines are longer than those of the outline.
    assert!(matches!(
        write_journey(ExchangeFormat::Mermaid, &project, id, Lang::En),
        Err(ExchangeError::TooLarge { .. })
    ));
}
