//! Tests the file format: a written project reads as the same, in one canonical form, and no other content is
//! accepted.

use engine::edit::{Op, apply_op};
use engine::id::{Id, IdSource};
use engine::model::{Project, Record, Stage};
use engine::store::ExpectedShape;
use engine::store::base::Base;
use engine::store::disk::RealDisk;
use engine::store::load::{
    CURRENT, Foreign, LoadCause, LoadError, MAX_BYTES, load_project, load_recipe, recipe_to_bytes, to_bytes,
};
use engine::store::project::{OpenError, open_project, save_project};
use proptest::prelude::*;

use crate::store::sample;

/// A small file by hand: what the format looks like.
const SMALL: &str = r#"(
  format: "1.0",
  program: "Desireline",
  project: (
    id: "p-000000000001",
    title: "Trip, \"planned\"",
  ),
  journeys: [
    (
      id: "j-000000000001",
      key: "g1",
      state: "to-be",
    ),
  ],
  touchpoints: [
    (
      id: "t-000000000001",
      journey: "j-000000000001",
      step: "c-000000000001",
      key: "g1",
      title: "Gate\n登机口",
      channels: ["h-000000000002", "h-000000000001"],
      feelings: {"u-000000000001": -1.5, "u-000000000002": 2},
      importance: 4,
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
        (question: "q-000000000001", wave: "w-000000000001", column: "Class", value: "Eco", answers: {4.5: 3}),
      ],
    ),
  ],
)
"#;

fn fails(text: &str) -> LoadError {
    load_project(text.as_bytes()).map(|loaded| loaded.project).unwrap_err()
}

fn changed(from: &str, to: &str) -> String {
    assert_eq!(SMALL.matches(from).count(), 1, "{from:?} stands once in the small file");
    SMALL.replace(from, to)
}

#[test]
fn a_file_in_canonical_form_is_written_back_byte_for_byte() {
    let loaded = load_project(SMALL.as_bytes()).unwrap();
    assert_eq!(String::from_utf8(to_bytes(&loaded.project)).unwrap(), SMALL);
    assert_eq!(loaded.read_only, None);
}

#[test]
fn what_people_and_other_programs_do_to_the_text_changes_nothing() {
    let loaded = load_project(SMALL.as_bytes()).unwrap().project;
    let comments = SMALL.replace("  batches", "  // added by hand\n /* twice */ batches");
    let compact = SMALL.replace('\n', " ");
    for text in [format!("\u{feff}{SMALL}"), SMALL.replace('\n', "\r\n"), comments, compact] {
        assert_eq!(load_project(text.as_bytes()).unwrap().project, loaded, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_saved_is_what_is_loaded(seed: u64) {
        let project = sample::project(seed, 3);
        let bytes = to_bytes(&project);
        let loaded = load_project(&bytes).map_err(|error| TestCaseError::fail(format!("{error:?}")))?;
        prop_assert_eq!(&loaded.project, &project);
        prop_assert_eq!(to_bytes(&loaded.project), bytes);
    }

    #[test]
    fn recipes_stand_alone_too(seed: u64) {
        for recipe in sample::project(seed, 2).recipes().values() {
            let bytes = recipe_to_bytes(recipe);
            prop_assert_eq!(load_recipe(&bytes), Ok((**recipe).clone()));
        }
    }

    #[test]
    fn any_text_and_number_comes_back(title: String, share in any::<f64>()) {
        let mut project = load_project(SMALL.as_bytes()).unwrap().project;
        let journey = *project.journeys().keys().next().unwrap();
        let mut source = IdSource::from_seed(1);
        let id = engine::id::FlowId::new(&mut source);
        let end = Id::from(journey);
        let share = Some(share).filter(|share| share.is_finite()).map(|share| share + 0.0);
        let flow = engine::model::Flow { condition: title, share, ..engine::model::Flow::new(id, journey, end, end) };
        apply_op(&mut project, &Op::Insert(Record::from(flow))).unwrap();
        prop_assert_eq!(load_project(&to_bytes(&project)).unwrap().project, project);
    }

    #[test]
    fn damaged_bytes_give_an_error_or_a_project_that_saves(seed: u64, hits in prop::collection::vec((any::<usize>(), any::<u8>()), 1..4)) {
        let mut bytes = if seed.is_multiple_of(2) { SMALL.as_bytes().to_vec() } else { to_bytes(&sample::project(seed, 1)) };
        for (at, byte) in hits {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        if let Ok(loaded) = load_project(&bytes) {
            let again = to_bytes(&loaded.project);
            prop_assert_eq!(load_project(&again).map(|again| again.project), Ok(loaded.project));
        }
    }
}

#[test]
fn every_beginning_of_a_file_is_told_to_be_cut_off() {
    let whole = SMALL.trim_end();
    for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        let error = fails(&whole[..end]);
        let lines = whole[..end].matches('\n').count() + 1;
        match error.cause {
            LoadCause::Empty => assert_eq!(end, 0),
            LoadCause::NotOurs => assert!(end < whole.find("1.0").unwrap() + 4, "{end}"),
            LoadCause::CutOff => assert!(error.place.unwrap().line.abs_diff(lines) <= 1, "{end}: {error:?}"),
            _ => panic!("cut at {end} of {}: {error:?}\n{}", whole.len(), &whole[..end]),
        }
    }
}

#[test]
fn damage_is_named_with_its_place() {
    let unexpected = |expected, found: &str| LoadCause::Unexpected { expected, found: found.to_owned() };
    let named = |field: &str| field.to_owned();
    let cases = [
        ("importance: 4", "impotance: 4", "impotance", LoadCause::UnknownField(named("impotance"))),
        ("importance: 4", "importance: \"4\"", "\"4\"", unexpected(ExpectedShape::Whole, "\"4\",")),
        ("importance: 4", "importance: 400", "400", unexpected(ExpectedShape::Whole, "400")),
        ("-1.5", "NaN", "NaN", unexpected(ExpectedShape::Number, "NaN")),
        ("\"to-be\"", "\"tobe\"", "tobe", unexpected(ExpectedShape::Choice, "tobe")),
        (
            "c-000000000001",
            "s-000000000009",
            "s-000000000009",
            unexpected(ExpectedShape::Id, "s-000000000009"),
        ),
        ("2026-11-22", "2026-13-22", "2026-13-22", unexpected(ExpectedShape::Date, "2026-13-22")),
        ("state: ", "key: \"h\", state: ", "key: \"h\"", LoadCause::RepeatedField(named("key"))),
        ("file: \"answers.csv\",", "", "),\n  ],\n)", LoadCause::MissingField(named("file"))),
        ("4.5: 9", "0: 9", "0: 9", unexpected(ExpectedShape::Once, "0")),
        (
            "4.5: 9",
            "4.5: 99999999999999",
            "),\n        (quest",
            unexpected(ExpectedShape::Count, "q-000000000001"),
        ),
        (
            "column: \"Class\", value: \"Eco\", ",
            "",
            "],\n    ),\n  ],\n)",
            unexpected(ExpectedShape::Once, "q-000000000001"),
        ),
        ("rows: 12,", "rows: 12", "counts", unexpected(ExpectedShape::Comma, "counts: [")),
        ("importance: 4,", "importance 4,", "4,", unexpected(ExpectedShape::Colon, "4,")),
        ("importance: 4,", "importance: 4, 7,", "7,", unexpected(ExpectedShape::Name, "7,")),
    ];
    for (from, to, place, cause) in cases {
        let text = changed(from, to);
        let error = fails(&text);
        let line = error.place.unwrap().line;
        let column = error.place.unwrap().column;
        assert_eq!((error.cause, (line, column)), (cause, position(&text, place)), "{from} → {to}");
    }
}

/// Returns line and column of a piece of text.
fn position(text: &str, piece: &str) -> (usize, usize) {
    let before = &text[..text.find(piece).unwrap()];
    (before.matches('\n').count() + 1, before.chars().rev().take_while(|c| *c != '\n').count() + 1)
}

#[test]
fn records_that_clash_are_refused_not_dropped() {
    let twice = changed(
        "  ],\n  touchpoints",
        "    (\n      id: \"j-000000000001\",\n      key: \"h\",\n    ),\n  ],\n  touchpoints",
    );
    let error = fails(&twice);
    let found = "j-000000000001".to_owned();
    assert_eq!(error.cause, LoadCause::Unexpected { expected: ExpectedShape::NewId, found });
    assert_eq!(error.place.unwrap().line, position(&twice, "key: \"h\"").0 - 1);
    let lost = changed("journey: \"j-000000000001\"", "journey: \"j-00000000000z\"");
    let error = fails(&lost);
    assert!(matches!(error.cause, LoadCause::NoJourney { .. }), "{error:?}");
    assert_eq!(error.place.unwrap().line, position(&lost, "t-000000000001").0);
}

#[test]
fn what_is_no_project_is_said_to_be_none() {
    let foreign = LoadCause::Foreign;
    let other: [(&[u8], LoadCause); 8] = [
        (b"", LoadCause::Empty),
        (b"\xef\xbb\xbf \n", LoadCause::Empty),
        (b"\n<!DOCTYPE html><html>", foreign(Foreign::Page)),
        (b"<HTML lang=en>", foreign(Foreign::Page)),
        (b"PK\x03\x04\xff\xfe\x00", foreign(Foreign::Zip)),
        (&[0; 4096], foreign(Foreign::Zeros)),
        (b"\xff\xfe(\0f\0", foreign(Foreign::Wide)),
        (b"(title: \"1.0\")", LoadCause::NotOurs),
    ];
    for (bytes, cause) in other {
        assert_eq!(load_project(bytes).unwrap_err(), LoadError { cause, place: None });
    }
    let mut broken = SMALL.as_bytes().to_vec();
    let at = SMALL.find("登").unwrap();
    broken[at] = 0xff;
    let error = load_project(&broken).unwrap_err();
    assert_eq!((error.cause, error.place.unwrap().line), (LoadCause::NotText, position(SMALL, "登").0));
    let deep = changed("[\"h-000000000002\", \"h-000000000001\"]", &"[".repeat(100_000));
    let error = fails(&deep);
    assert_eq!((error.cause, error.place.unwrap().line), (LoadCause::TooDeep, position(SMALL, "channels").0));
}

#[test]
fn later_versions_open_read_only_or_not_at_all() {
    let later = SMALL
        .replace("1.0", "1.7")
        .replace("      importance", "      glow: (a: [Some(1)]),\n      importance");
    let loaded = load_project(later.as_bytes()).unwrap();
    assert_eq!(loaded.read_only.map(|version| version.minor), Some(7));
    assert_eq!(loaded.project, load_project(SMALL.as_bytes()).unwrap().project);
    let unknowable = later.replace("to-be", "as-dreamt");
    assert!(matches!(fails(&unknowable).cause, LoadCause::Newer(version) if version.minor == 7));
    let next = SMALL.replace("1.0", "2.0").replace("touchpoints", "encounters");
    assert!(matches!(fails(&next).cause, LoadCause::Newer(version) if version.major == CURRENT.major + 1));
}

#[test]
fn numbers_that_are_none_never_reach_a_file() {
    let mut project = load_project(SMALL.as_bytes()).unwrap().project;
    let journey = *project.journeys().keys().next().unwrap();
    let mut flow = engine::model::Flow::new(
        engine::id::FlowId::new(&mut IdSource::from_seed(2)),
        journey,
        journey.into(),
        journey.into(),
    );
    (flow.share, flow.wait) = (Some(f64::NAN), Some(f64::INFINITY));
    apply_op(&mut project, &Op::Insert(Record::from(flow))).unwrap();
    assert!(load_project(&to_bytes(&project)).is_ok());
}

#[test]
fn a_file_opens_saves_and_opens_again() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("trip.ron");
    assert!(matches!(open_project(&RealDisk, &path), Err(OpenError::Missing)));
    assert!(matches!(open_project(&RealDisk, dir.path()), Err(OpenError::NotAFile)));
    std::fs::write(&path, SMALL).unwrap();
    let opened = open_project(&RealDisk, &path).unwrap();
    let mut project: Project = opened.loaded.project;
    let journey = *project.journeys().keys().next().unwrap();
    let mut source = IdSource::from_seed(4);
    let key = engine::order::OrderKey::new_after(None, &mut source);
    let stage = Stage::new(engine::id::StageId::new(&mut source), journey, key);
    apply_op(&mut project, &Op::Insert(Record::from(stage))).unwrap();
    let saved = save_project(&RealDisk, &path, opened.base, &project).unwrap();
    assert!(saved.is_durable() && saved.base == Base::from_bytes(&to_bytes(&project)));
    assert_eq!(open_project(&RealDisk, &path).unwrap().loaded.project, project);
}

#[test]
fn a_file_that_is_too_large_is_refused_by_its_size() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("huge.ron");
    std::fs::File::create(&path).unwrap().set_len(MAX_BYTES + 1).unwrap();
    let error = open_project(&RealDisk, &path).unwrap_err();
    assert!(
        matches!(error, OpenError::Content(error) if error.cause == LoadCause::TooLarge { bytes: MAX_BYTES + 1 })
    );
}
