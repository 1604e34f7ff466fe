//! Tests that a copy to give away does not reveal what it must not.

use super::attack::{Row, count_rows, first_wave, question_id};
use super::{RedactedItem, RedactedKind, Redaction, RedactionWords, redact_project};
use crate::edit::apply_all;
use crate::edit::command::{
    Slot, add_improvement, add_insight, add_lane, add_persona, add_stage, add_touchpoint, new_project,
};
use crate::edit::{Op, Transaction, apply_op};
use crate::id::{BatchId, ChannelId, Id, IdSource, ImageId, Kind, MetricId, RecipeId, WaveId};
use crate::model::check::find_problems;
use crate::model::choice::{ImprovementKind, InsightKind, LaneKind, MetricKind, Visibility};
use crate::model::counts::{Answer, CountKey, Counts, Histogram, Segment};
use crate::model::recipe::ColumnRule;
use crate::model::value::Atom;
use crate::model::{
    Batch, Channel, Field, Image, Metric, Persona, Project, ProjectInfo, Question, Recipe, Record,
    Touchpoint, Wave,
};
use crate::order::OrderKey;
use crate::survey::MaskWords;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The words that the tests expect in a copy.
pub(super) const ENGLISH: RedactionWords = RedactionWords {
    masks: MaskWords {
        name: "[name]",
        mail: "[e-mail]",
        link: "[link]",
        number: "[number]",
        address: "[address]",
    },
    text: "[text]",
    persona: "Persona",
    import: "Import",
    recipe: "Recipe",
};

/// Returns a blueprint with a card of each kind that can be removed, and answers of a small group.
fn project() -> Project {
    let source = &mut IdSource::from_seed(11);
    let mut project = new_project("Stay", source);
    let journey = project.journeys_in_order()[0].info().id;
    let did = |project: &mut Project, transaction: Transaction| apply_all(project, &transaction).unwrap();
    let (made, stage) = add_stage(&project, journey, None, "Arrive", source);
    did(&mut project, made);
    let (made, lane) = add_lane(&project, journey, None, LaneKind::BackStage, source);
    did(&mut project, made);
    let (made, seen) = add_touchpoint(&project, Slot::EndOf(stage), "Desk", source).unwrap();
    did(&mut project, made);
    let (made, unseen) = add_touchpoint(&project, Slot::EndOf(stage), "Housekeeping", source).unwrap();
    did(&mut project, made);
    set(&mut project, unseen.into(), Touchpoint::LANE, &Some(lane));
    set(&mut project, seen.into(), Touchpoint::OWNER, &"Ms Adler".to_owned());
    set(&mut project, seen.into(), Touchpoint::DESCRIPTION, &"Ask Mr Smith, smith@example.org".to_owned());
    let insights = [
        (seen, InsightKind::Quote, "Waited an hour"),
        (seen, InsightKind::Note, "Ask legal"),
        (seen, InsightKind::Pain, "Anna waits"),
        (unseen, InsightKind::Pain, "Understaffed"),
    ];
    let mut pains = Vec::new();
    for (about, kind, title) in insights {
        let (made, id) = add_insight(&project, journey, Some(about.into()), kind, title, source);
        did(&mut project, made);
        pains.push(id);
    }
    let opportunity = ImprovementKind::Opportunity;
    let (made, _) = add_improvement(&project, Some(pains[3].into()), opportunity, "Hire", source);
    did(&mut project, made);
    let (made, persona) = add_persona(&project, "Anna", source);
    did(&mut project, made);
    set(&mut project, persona.into(), Persona::GOALS, &"Anna wants to sleep".to_owned());
    answers(&mut project, seen.into(), unseen.into(), source);
    project
}

/// Returns answers about both cards, of 40 people of whom 2 are in a separate group.
fn answers(project: &mut Project, seen: Id, unseen: Id, source: &mut IdSource) {
    let mut put = |record: Record| apply_op(project, &Op::Insert(record)).unwrap();
    for (place, target) in [seen, unseen].into_iter().enumerate() {
        let mut asked = Question::new(question_id(place), OrderKey::new_after(None, source));
        (asked.text, asked.target) = (format!("Question {place}"), Some(target));
        asked.aliases = ["How was Mr Smith?".to_owned()].into();
        asked.missing = ["ask Mr Smith".to_owned()].into();
        asked.words = [("as Mr Smith says".to_owned(), 3.0)].into();
        put(asked.into());
    }
    let mut channel = Channel::new(ChannelId::new(source), OrderKey::new_after(None, source));
    channel.name = "Mr Smith's desk".to_owned();
    put(channel.into());
    let mut metric = Metric::new(MetricId::new(source), OrderKey::new_after(None, source), MetricKind::Mean);
    metric.name = "Mr Smith's mean".to_owned();
    put(metric.into());
    let mut recipe = Recipe::new(RecipeId::new(source), "Rooms".to_owned());
    let rule =
        ColumnRule { target: "Housekeeping".to_owned(), ..ColumnRule::ignore_column("Adler's opinion") };
    recipe.columns = vec![rule];
    let recipe_id = recipe.id;
    put(recipe.into());
    let mut may = Wave::new(first_wave(), OrderKey::new_after(None, source));
    may.label = "May".to_owned();
    put(may.into());
    let row = |place: u64| Row::new(vec![Some(u64::from(place < 2))], vec![Some(1 + place % 3); 2]);
    let counts = Arc::new(count_rows(&(0..40).map(row).collect::<Vec<_>>()));
    let day = jiff::civil::date(2026, 5, 31);
    let file = "Interviews Ms Adler.xlsx".to_owned();
    let mut batch = Batch::new(BatchId::new(source), file, "0f".to_owned(), day, 40, counts);
    batch.recipe = Some(recipe_id);
    put(batch.into());
}

fn set(project: &mut Project, id: Id, field: impl Into<Field>, value: &impl Atom) {
    let op = Op::set_field(&project.record(id).unwrap(), field, value.to_value()).unwrap();
    apply_op(project, &op).unwrap();
}

/// Returns every text of a project.
fn texts(project: &Project) -> String {
    format!("{:?}", project.records().collect::<Vec<_>>())
}

#[test]
fn a_copy_tells_nothing_of_what_was_taken_out_and_the_list_tells_all_of_it() {
    let project = project();
    let copy = redact_project(&project, &Redaction::of_everything(ENGLISH));
    let told = texts(&copy.project);
    for word in [
        "hour",
        "legal",
        "Adler",
        "Smith",
        "example.org",
        "Anna",
        "Housekeeping",
        "Understaffed",
        "Hire",
        "Question 1",
        "Rooms",
        "xlsx\"",
    ] {
        let there = told.contains(word);
        assert_eq!(there, word == "xlsx\"", "{word} in {told}");
    }
    assert!(told.contains("Persona 1 waits") && told.contains("Desk"));
    let few: BTreeSet<&str> = copy
        .project
        .batches()
        .values()
        .flat_map(|batch| batch.counts.histograms.keys())
        .map(|key| key.segment.column.as_str())
        .collect();
    assert_eq!(few, BTreeSet::from([""]), "two groups, of which one is small: both go");
    assert_eq!(
        find_problems(&copy.project),
        find_problems(&copy.project)
            .into_iter()
            .filter(|p| find_problems(&project).contains(p))
            .collect::<Vec<_>>()
    );
    let list = format!("{:?}", copy.taken);
    for word in [
        "Waited an hour",
        "Ask legal",
        "Ms Adler",
        "Anna",
        "Housekeeping",
        "Understaffed",
        "Hire",
        "kind: Record(Recipe), title: \"Rooms\"",
        "why: Few",
        "wave: \"May\"",
    ] {
        assert!(list.contains(word), "{word} in {list}");
    }
    let what = Redaction { stamp: 1, ..Redaction::of_everything(ENGLISH) };
    let same = redact_project(&project, &what).project;
    assert_eq!(redact_project(&project, &what).project, same, "the same copy again");
    // Otherwise only the random value in place of the file's hash differs.
    let mut other = copy.project.clone();
    for batch in same.batches().values() {
        let hash = &other.batches()[&batch.id].hash;
        assert!(*hash != batch.hash && hash.len() == 64 && *hash != project.batches()[&batch.id].hash);
        set(&mut other, batch.id.into(), Batch::HASH, &batch.hash);
    }
    assert_eq!(other, same);
}

#[test]
fn what_is_kept_is_kept() {
    let project = project();
    let none = Redaction {
        quotes: false,
        notes: false,
        names: false,
        lanes: false,
        few: false,
        ..Redaction::of_everything(ENGLISH)
    };
    let copy = redact_project(&project, &none);
    assert_eq!((copy.project, copy.taken), (project.clone(), vec![]));
    let quotes = Redaction { quotes: true, ..none.clone() };
    let taken = redact_project(&project, &quotes).taken;
    assert_eq!(
        taken,
        [RedactedItem::Element {
            kind: RedactedKind::Insight(InsightKind::Quote),
            title: "Waited an hour".to_owned()
        }]
    );
    let unseen = redact_project(&project, &Redaction { lanes: true, ..none.clone() });
    assert!(unseen.project.recipes().is_empty(), "they tell titles of cards");
    let names = texts(&redact_project(&project, &Redaction { names: true, ..none }).project);
    assert!(names.contains("Waited an hour") && names.contains("Housekeeping") && !names.contains("Smith"));
    let mut unseen = project;
    let desk =
        unseen.journeys_in_order()[0].touchpoints().values().find(|card| card.title == "Desk").unwrap().id;
    set(&mut unseen, desk.into(), Touchpoint::VISIBILITY, &Visibility::Back);
    assert!(!texts(&redact_project(&unseen, &Redaction::of_everything(ENGLISH)).project).contains("Desk"));
}

/// Returns a project of one journey, with personas.
fn of_personas(names: &[&str]) -> Project {
    let source = &mut IdSource::from_seed(3);
    let mut project = new_project("Stay", source);
    for name in names {
        let (made, _) = add_persona(&project, name, source);
        apply_all(&mut project, &made).unwrap();
    }
    project
}

/// Returns a text of a project as the copy without names has it.
fn masked(project: &Project, text: &str) -> String {
    let mut project = project.clone();
    let id = Id::from(project.info().id);
    set(&mut project, id, ProjectInfo::DESCRIPTION, &text.to_owned());
    redact_project(&project, &Redaction::of_everything(ENGLISH)).project.info().description.clone()
}

#[test]
fn a_persona_is_found_by_what_stands_before_more_about_it() {
    let project = of_personas(&["Mei, flies for work", "林悦，首次购车", "Frequent flyer (gold)", "Will"]);
    for (text, expected) in [
        ("Mei waits, mei leaves; MEI, flies for work", "Persona 1 waits, Persona 1 leaves; Persona 1"),
        ("Meister, Romei and Émei stay", "Meister, Romei and Émei stay"),
        ("今天林悦来了，flies for work", "今天Persona 2来了，flies for work"),
        ("A flyer, a Frequent flyer (gold)", "A flyer, a Frequent flyer (gold)"),
        ("Will will wait", "Persona 4 will wait"),
    ] {
        assert_eq!(masked(&project, text), expected);
    }
}

/// Returns a batch of one question without a target, with these cells: a group, and the number of people who
/// gave the answer 3.
fn with_batch(
    project: &mut Project,
    file: &str,
    cells: &[(&str, &str, u64)],
    overlapping: &[&str],
) -> BatchId {
    let source = &mut IdSource::from_seed(project.batches().len() as u64);
    let mut counts = Counts::default();
    for (column, value, n) in cells {
        let segment = Segment { column: (*column).to_owned(), value: (*value).to_owned() };
        let answers = BTreeMap::from([(Answer::new(3.0).unwrap(), *n)]);
        let cell = Histogram { answers, ..Histogram::default() };
        counts.histograms.insert(CountKey { question: question_id(0), wave: first_wave(), segment }, cell);
    }
    let id = BatchId::new(source);
    let day = jiff::civil::date(2026, 5, 31);
    let mut batch = Batch::new(id, file.to_owned(), "0f".to_owned(), day, 40, Arc::new(counts));
    batch.overlapping = overlapping.iter().map(|name| (*name).to_owned()).collect();
    apply_op(project, &Op::Insert(batch.into())).unwrap();
    id
}

#[test]
fn names_in_groups_are_masked_and_those_that_become_one_are_added_or_go() {
    let mut project = of_personas(&["Mei"]);
    let cells = [
        ("", "", 90),
        ("Clerk", "Mr Smith", 30),
        ("Clerk", "Mr Jones", 20),
        ("Clerk", "none", 40),
        ("Clerk × Age", "Mr Smith × 20", 30),
        ("Clerk × Age", "Mr Jones × 20", 10),
        ("Helped by", "Dr Smith", 50),
        ("Helped by", "Dr Jones", 60),
        ("Seen by Mei", "yes", 45),
        ("Mr Smith's team", "A", 45),
        ("Mr Jones's team", "A", 33),
    ];
    let id = with_batch(&mut project, "a.csv", &cells, &["Helped by", "Seen by Mei"]);
    let names = Redaction { few: false, ..Redaction::of_everything(ENGLISH) };
    let copy = redact_project(&project, &names);
    let batch = &copy.project.batches()[&id];
    let found: Vec<(String, u64)> = batch
        .counts
        .histograms
        .iter()
        .map(|(key, cell)| (format!("{}: {}", key.segment.column, key.segment.value), cell.n()))
        .collect();
    let expected = [
        (": ", 90),
        ("Clerk: Mr [name]", 50),
        ("Clerk: none", 40),
        ("Clerk × Age: Mr [name] × 20", 40),
        ("Seen by Persona 1: yes", 45),
    ];
    assert_eq!(found, expected.map(|(group, n)| (group.to_owned(), n)));
    assert_eq!(batch.overlapping, BTreeSet::from(["Seen by Persona 1".to_owned()]));
    let kind = RedactedKind::Segment;
    for item in [
        RedactedItem::Element { kind, title: "Helped by".to_owned() },
        RedactedItem::Element { kind, title: "Mr Jones's team".to_owned() },
        RedactedItem::Masked { kind, text: "Clerk Mr [name]".to_owned() },
    ] {
        assert!(copy.taken.contains(&item), "{item:?} in {:?}", copy.taken);
    }
    assert_eq!(
        redact_project(&project, &Redaction { names: false, ..names }).project.batches()[&id],
        project.batches()[&id]
    );
}

#[test]
fn the_name_of_a_file_goes_wherever_an_import_put_it() {
    let mut project = of_personas(&[]);
    for (file, now) in
        [("Interview_Smith.xlsx", "1.xlsx"), ("Survey Dr.Adler", "2"), ("survey 2026.CSV.gz", "3.CSV.gz")]
    {
        let id = with_batch(&mut project, file, &[], &[]);
        let place = project.batches().keys().position(|other| *other == id).unwrap();
        let expected = format!("{}{}", place + 1, now.trim_start_matches(char::is_numeric));
        assert_eq!(
            redact_project(&project, &Redaction::of_everything(ENGLISH)).project.batches()[&id].file,
            expected
        );
    }
    let number = |file: &str| 1 + project.batches().values().position(|batch| batch.file == file).unwrap();
    let smith = number("Interview_Smith.xlsx");
    assert_eq!(
        masked(&project, "interview smith, and Interview_Smith"),
        format!("Import {smith}, and Import {smith}")
    );
    assert_eq!(masked(&project, "see Interview_Smith.xlsx"), format!("see {smith}.xlsx"));
    assert_eq!(masked(&project, "a survey 2026 says"), "a survey 2026 says", "nobody's name");
    let source = &mut IdSource::from_seed(8);
    let labels = [
        ("Interview Smith", format!("Import {smith}")),
        ("Interviews Ms Adler 2026-05-12", "Interviews Ms [name] 2026-05-12".to_owned()),
        ("2026-05-12 20260512", "2026-05-12 20260512".to_owned()),
    ];
    for (label, expected) in labels {
        let mut wave = Wave::new(WaveId::new(source), OrderKey::new_after(None, source));
        wave.label = label.to_owned();
        let id = wave.id;
        apply_op(&mut project, &Op::Insert(wave.into())).unwrap();
        assert_eq!(
            redact_project(&project, &Redaction::of_everything(ENGLISH)).project.waves()[&id].label,
            expected
        );
    }
}

#[test]
fn an_image_that_nothing_shows_goes() {
    let mut project = of_personas(&[]);
    let id = ImageId::new(&mut IdSource::from_seed(5));
    let image = Image::new(id, "0f".to_owned(), 30, 20, Arc::from(&b"the plan of Ms Adler"[..]));
    apply_op(&mut project, &Op::Insert(image.into())).unwrap();
    let copy = redact_project(&project, &Redaction { names: false, ..Redaction::of_everything(ENGLISH) });
    assert!(copy.project.images().is_empty());
    assert_eq!(
        copy.taken,
        [RedactedItem::Element { kind: RedactedKind::Record(Kind::Image), title: "30 × 20".to_owned() }]
    );
}
