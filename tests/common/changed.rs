//! A version of the airline trip with a difference of each kind.

use engine::edit::command::{
    CardPlace, Slot, add_flow, add_insight, add_touchpoint, delete_records, move_touchpoints, rename_record,
    set_feeling, set_field, speak_of,
};
use engine::edit::{Transaction, apply_all};
use engine::id::{Id, IdSource, Kind};
use engine::model::choice::InsightKind;
use engine::model::value::FieldValue;
use engine::model::{Project, Record, Touchpoint, title_field};

fn title_of(record: &Record) -> Option<String> {
    match record.get(title_field(record.id().kind())?)? {
        FieldValue::Text(title) => Some(title),
        _ => None,
    }
}

/// Returns the element of this title.
pub(crate) fn named(project: &Project, kind: Kind, title: &str) -> Id {
    let is = |record: &Record| record.id().kind() == kind && title_of(record).as_deref() == Some(title);
    project.records().find(is).unwrap_or_else(|| panic!("{title} is there")).id()
}

/// Returns the project after a morning's edits.
pub(crate) fn changed(old: &Project) -> Project {
    let mut source = IdSource::from_seed(77);
    let mut project = old.clone();
    let journey = old.journeys_in_order()[0].info().id;
    let card = |title: &str| named(old, Kind::Touchpoint, title);
    let stage = |title: &str| named(old, Kind::Stage, title);
    let persona = *old.personas().keys().next().expect("a persona");
    let mut edit = |change: &dyn Fn(&Project, &mut IdSource) -> Transaction| {
        let transaction = change(&project, &mut source);
        assert!(!transaction.is_empty(), "the edit changes something");
        apply_all(&mut project, &transaction).expect("it applies");
    };
    edit(&|p, _| rename_record(p, card("Online boarding"), "Boarding by phone"));
    edit(&|p, s| delete_records(p, &[card("In-flight Wi-Fi")], s));
    edit(&|p, s| {
        let spot = CardPlace::end_of(stage("Arrive").to_typed().expect("a stage"), None);
        move_touchpoints(p, &[card("Check-in desk").to_typed().expect("a card")], spot, s)
    });
    edit(&|p, _| set_feeling(p, card("Gate").to_typed().expect("a card"), persona, Some(1.5)));
    edit(&|p, _| set_field(p, &[card("Seat comfort")], Touchpoint::IMPORTANCE, &FieldValue::Number(1.0)));
    edit(&|p, _| {
        set_field(p, &[card("Seat comfort")], Touchpoint::OWNER, &FieldValue::Text("Cabin team".into()))
    });
    edit(&|p, s| {
        add_touchpoint(p, Slot::After(card("Gate").to_typed().expect("a card")), "Lounge", s)
            .expect("a place")
            .0
    });
    edit(&|p, s| {
        let about = Some(card("Baggage claim"));
        add_insight(p, journey, about, InsightKind::Gain, "A text says which belt", s).0
    });
    edit(&|p, s| add_flow(p, card("Baggage claim"), card("Gate"), s).expect("a flow").0);
    edit(&|p, s| {
        let pain = named(p, Kind::Insight, "Knees against the seat in front");
        speak_of(p, &[pain], card("Seat comfort"), true, s)
    });
    edit(&|p, _| rename_record(p, stage("Book"), "Book and pay"));
    project
}
