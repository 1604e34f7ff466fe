//! Tests of names that a project reveals in one place and texts repeat in others, and of the reviewer's
//! decisions.

use super::tests::ENGLISH;
use super::{
    Decision, Decisions, Redacted, RedactedKind, Redaction, TextPlace, apply_decisions, read_count,
    redact_project, with_told_names,
};
use crate::edit::command::{
    Slot, add_channel, add_lane, add_persona, add_stage, add_touchpoint, new_project,
};
use crate::edit::{Op, apply_all, apply_op};
use crate::id::{BatchId, Id, IdSource, Kind, WaveId};
use crate::model::check::find_problems;
use crate::model::choice::LaneKind;
use crate::model::counts::{Answer, CountKey, Counts, Histogram, Segment};
use crate::model::value::{Atom, FieldValue};
use crate::model::{Batch, Channel, Field, Lane, Project, Touchpoint};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Returns a project of one card for each title and owner.
fn of_cards(cards: &[(&str, &str)], personas: &[&str]) -> Project {
    let source = &mut IdSource::from_seed(5);
    let mut project = new_project("Trip", source);
    let journey = project.journeys_in_order()[0].info().id;
    let (made, stage) = add_stage(&project, journey, None, "Plan", source);
    apply_all(&mut project, &made).unwrap();
    for (place, (title, owner)) in cards.iter().enumerate() {
        let (made, card) = add_touchpoint(&project, Slot::EndOf(stage), title, source).unwrap();
        apply_all(&mut project, &made).unwrap();
        set(&mut project, card.into(), Touchpoint::WAIT, &Some(1.0 + place as f64));
        if !owner.is_empty() {
            set(&mut project, card.into(), Touchpoint::OWNER, &(*owner).to_owned());
        }
    }
    for name in personas {
        let (made, _) = add_persona(&project, name, source);
        apply_all(&mut project, &made).unwrap();
    }
    project
}

fn set(project: &mut Project, id: Id, field: impl Into<Field>, value: &impl Atom) {
    let op = Op::set_field(&project.record(id).unwrap(), field, value.to_value()).unwrap();
    apply_op(project, &op).unwrap();
}

fn redacted(project: &Project) -> Redacted {
    redact_project(project, &Redaction::of_everything(ENGLISH))
}

/// Returns the titles of the cards, in order.
fn titles(project: &Project) -> Vec<String> {
    let mut cards: Vec<_> = project.journeys_in_order()[0].touchpoints().values().cloned().collect();
    cards.sort_by(|one, other| one.wait.partial_cmp(&other.wait).unwrap());
    cards.iter().map(|card| card.title.clone()).collect()
}

#[test]
fn owners_and_personas_are_known_by_their_parts_in_all_texts() {
    let cards = [
        ("Desk of 王建国, and Karen decides", "王建国"),
        ("KAREN fairbanks calls back, Karens list", "Karen Fairbanks"),
        ("agreed with Müllerstein and Jürgen", "Jürgen Müllerstein"),
        ("Mei flies, Mei's mother too; Lin and Mei Lin; Meissen", "Digital team"),
        ("A commuter meets the digital team at the front desk; Commuter Anna", "Front desk"),
        ("Weber and Paul", "Digital"),
    ];
    let personas = ["Mei Lin, flies for work", "Commuter", "Anna Weber, Pendlerin", "Paul Weber"];
    let project = of_cards(&cards, &personas);
    let copy = redacted(&project).project;
    let expected = [
        "Desk of [name], and [name] decides",
        "[name] calls back, [name]s list",
        "agreed with [name] and [name]",
        "Persona 1 flies, Persona 1's mother too; Persona 1 and Persona 1; Meissen",
        "A commuter meets the digital team at the front desk; Commuter Persona 3",
        "[name] and Persona 4",
    ];
    assert_eq!(titles(&copy), expected);
    let names: BTreeSet<String> = copy.personas().values().map(|persona| persona.name.clone()).collect();
    assert_eq!(names, ["Commuter", "Persona 1", "Persona 3", "Persona 4"].map(str::to_owned).into());
}

#[test]
fn whom_one_text_introduces_is_masked_in_the_others() {
    let cards = [
        ("Interview with Thaddeus Wrenfield", ""),
        ("Wrenfield waits", ""),
        ("Frau Sandvoss ruft an", ""),
        ("Ask Sandvoss, not the sand", ""),
        ("采访李建明", ""),
        ("李建明说排队太久", ""),
        ("Amélie Rousset: too slow", ""),
        ("Rousset left", ""),
        ("Dr Long is away", ""),
        ("Long queues at the desk take long", ""),
    ];
    let copy = redacted(&of_cards(&cards, &[])).project;
    let expected = [
        "Interview with [name]",
        "[name] waits",
        "Frau [name] ruft an",
        "Ask [name], not the sand",
        "采访[name]",
        "[name]说排队太久",
        "[name]: too slow",
        "[name] left",
        "Dr [name] is away",
        "Long queues at the desk take long",
    ];
    assert_eq!(titles(&copy), expected);
}

#[test]
fn words_that_are_none_of_the_programs_go_from_kinds_and_icons() {
    let mut project = of_cards(&[("Desk", "")], &[]);
    let source = &mut IdSource::from_seed(6);
    let journey = project.journeys_in_order()[0].info().id;
    let (made, lane) = add_lane(&project, journey, None, LaneKind::Insights, source);
    apply_all(&mut project, &made).unwrap();
    let (made, channel) = add_channel(&project, "Web", "globe", source);
    apply_all(&mut project, &made).unwrap();
    set(&mut project, lane.into(), Lane::ONLY, &BTreeSet::from(["pain".to_owned(), "Karen".to_owned()]));
    set(&mut project, channel.into(), Channel::ICON, &"Karen".to_owned());
    let copy = redacted(&project).project;
    let only = copy.record(lane.into()).unwrap().get(Lane::ONLY);
    assert_eq!(only, Some(BTreeSet::from(["pain".to_owned()]).to_value()));
    assert_eq!(
        copy.record(channel.into()).unwrap().get(Channel::ICON),
        Some(FieldValue::Text(String::new()))
    );
    set(&mut project, channel.into(), Channel::ICON, &"globe".to_owned());
    assert_eq!(
        redacted(&project).project.record(channel.into()).unwrap().get(Channel::ICON),
        Some("globe".to_owned().to_value())
    );
}

/// Returns a project with a batch of groups: the number of people who gave each answer.
fn with_groups(cards: &[(&str, &str)], groups: &[(&str, &str)]) -> (Project, BatchId) {
    let mut project = of_cards(cards, &[]);
    let source = &mut IdSource::from_seed(7);
    let wave = WaveId::new(source);
    let question: crate::id::QuestionId = "q-000000000001".parse().unwrap();
    let mut counts = Counts::default();
    for (column, value) in groups.iter().chain(&[("", "")]) {
        let segment = Segment { column: (*column).to_owned(), value: (*value).to_owned() };
        let answers = BTreeMap::from([(Answer::new(3.0).unwrap(), 20)]);
        let cell = Histogram { answers, ..Histogram::default() };
        counts.histograms.insert(CountKey { question, wave, segment }, cell);
    }
    let id = BatchId::new(source);
    let day = jiff::civil::date(2026, 5, 31);
    let batch = Batch::new(id, "a.csv".to_owned(), "0f".to_owned(), day, 40, Arc::new(counts));
    apply_op(&mut project, &Op::Insert(batch.into())).unwrap();
    (project, id)
}

fn columns(project: &Project, batch: BatchId) -> BTreeSet<String> {
    let groups = project.batches()[&batch].counts.histograms.keys();
    groups.map(|key| format!("{}:{}", key.segment.column, key.segment.value)).collect()
}

#[test]
fn clerks_whom_groups_are_called_after_are_known() {
    let groups =
        [("Berater", "Gesine Trautvetter"), ("Berater", "Online"), ("Region", "Nord"), ("Class", "First")];
    let cards = [("Trautvetter berät im Norden", ""), ("First in the Nord region", "")];
    let (project, batch) = with_groups(&cards, &groups);
    let names = Redaction { few: false, ..Redaction::of_everything(ENGLISH) };
    let copy = redact_project(&project, &names);
    assert_eq!(titles(&copy.project), ["[name] berät im Norden", "First in the Nord region"]);
    let expected = [":", "Berater:Online", "Berater:[name]", "Class:First", "Region:Nord"];
    assert_eq!(columns(&copy.project, batch), expected.map(str::to_owned).into());
}

#[test]
fn what_is_left_is_listed_once_and_becomes_what_a_person_decides() {
    let cards = [
        ("Ask Quillfeather", ""),
        ("Quillfeather waits", ""),
        ("Secret plan", ""),
        ("Check in", ""),
        ("Check in", ""),
    ];
    let (project, batch) = with_groups(&cards, &[("Team", "Blue"), ("Team", "Red"), ("Day", "Monday")]);
    let copy = redact_project(&project, &Redaction { few: false, ..Redaction::of_everything(ENGLISH) });
    let texts: Vec<&str> = copy.texts.iter().map(|left| left.text.as_str()).collect();
    let all: BTreeSet<&str> = texts.iter().copied().collect();
    assert_eq!(all.len(), texts.len(), "each once");
    assert!(["Check in", "Team", "Blue", "Plan"].iter().all(|text| all.contains(text)), "{all:?}");
    assert!(!all.contains("1.csv"), "what the copy itself wrote is not read");
    let check_in = copy.texts.iter().find(|left| left.text == "Check in").unwrap();
    let place = TextPlace {
        kind: RedactedKind::Record(Kind::Touchpoint),
        title: "Check in".to_owned(),
        field: Some(Touchpoint::TITLE.into()),
    };
    assert_eq!(check_in.places[0], place);
    let decisions = Decisions::from([
        ("Ask Quillfeather".to_owned(), Decision::Mask(vec!["Quillfeather".to_owned()])),
        ("Secret plan".to_owned(), Decision::Mask(vec![])),
        ("Check in".to_owned(), Decision::Drop),
        ("Blue".to_owned(), Decision::Drop),
        ("Plan".to_owned(), Decision::Keep),
    ]);
    assert_eq!(read_count(&copy.texts, &decisions), 5);
    let decided = apply_decisions(&copy, &decisions, &ENGLISH);
    assert_eq!(titles(&decided), ["Ask [name]", "[name] waits", "[text]", "", ""]);
    assert_eq!(columns(&decided, batch), [":", "Day:Monday"].map(str::to_owned).into(), "the whole column");
    assert_eq!(with_told_names("Quillfeather waits", &decisions, &ENGLISH), "[name] waits");
    let kept = Decisions::from([("Plan".to_owned(), Decision::Keep)]);
    assert_eq!(apply_decisions(&copy, &kept, &ENGLISH), copy.project);
    assert!(
        find_problems(&decided).len() <= find_problems(&copy.project).len() + 2,
        "cards without titles are told, no more"
    );
}
