//! A version of the airline trip with a difference of each kind.

use desireline::edit::command::{
    Slot, Spot, add_insight, add_touchpoint, connect, delete, move_touchpoints, rename, set_feeling,
    set_field, speak_of,
};
use desireline::edit::{Transaction, apply_all};
use desireline::id::{Id, Kind, Source};
use desireline::model::choice::InsightKind;
use desireline::model::value::Value;
use desireline::model::{Project, Record};

/// Returns the element of this title.
pub(crate) fn named(project: &Project, kind: Kind, title: &str) -> Id {
    let is = |record: &Record| {
        record.id().kind() == kind && record.get("title") == Some(Value::Text(title.into()))
    };
    project.records().find(is).unwrap_or_else(|| panic!("{title} is there")).id()
}

/// Returns the project after a morning's edits.
pub(crate) fn changed(old: &Project) -> Project {
    let mut source = Source::seeded(77);
    let mut project = old.clone();
    let journey = old.journeys_in_order()[0].info().id;
    let card = |title: &str| named(old, Kind::Touchpoint, title);
    let stage = |title: &str| named(old, Kind::Stage, title);
    let persona = *old.personas().keys().next().expect("a persona");
    let mut edit = |change: &dyn Fn(&Project, &mut Source) -> Transaction| {
        let transaction = change(&project, &mut source);
        assert!(!transaction.is_empty(), "the edit changes something");
        apply_all(&mut project, &transaction).expect("it applies");
    };
    edit(&|p, _| rename(p, card("Online boarding"), "Boarding by phone"));
    edit(&|p, s| delete(p, &[card("In-flight Wi-Fi")], s));
    edit(&|p, s| {
        let spot = Spot::end_of(stage("Arrive").to().expect("a stage"), None);
        move_touchpoints(p, &[card("Check-in desk").to().expect("a card")], spot, s)
    });
    edit(&|p, _| set_feeling(p, card("Gate").to().expect("a card"), persona, Some(1.5)));
    edit(&|p, _| set_field(p, &[card("Seat comfort")], "importance", &Value::Number(1.0)));
    edit(&|p, _| set_field(p, &[card("Seat comfort")], "owner", &Value::Text("Cabin team".into())));
    edit(&|p, s| {
        add_touchpoint(p, Slot::After(card("Gate").to().expect("a card")), "Lounge", s).expect("a place").0
    });
    edit(&|p, s| {
        let about = Some(card("Baggage claim"));
        add_insight(p, journey, about, InsightKind::Gain, "A text says which belt", s).0
    });
    edit(&|p, s| connect(p, card("Baggage claim"), card("Gate"), s).expect("a flow").0);
    edit(&|p, s| {
        let pain = named(p, Kind::Insight, "Knees against the seat in front");
        speak_of(p, &[pain], card("Seat comfort"), true, s)
    });
    edit(&|p, _| rename(p, stage("Book"), "Book and pay"));
    project
}
