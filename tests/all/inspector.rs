//! Tests the inspector: it shows and edits everything in the model, also with the keyboard alone.

use crate::common::airline;
use crate::support;

use desireline::app::action::Action;
use desireline::app::request::AppRequest;
use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use engine::edit::command::{self, Slot};
use engine::edit::{Op, apply_all, diff_projects};
use engine::i18n::{Lang, Msg};
use engine::id::{Id, IdSource, Kind};
use engine::model::choice::{InsightKind, LaneKind};
use engine::model::value::FieldValue;
use engine::model::{Field, Flow, Record, Touchpoint, records_in_order};
use engine::store::load::{load_project, to_bytes};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use support::window::{
    self, On, Test, act, ask, fill, journey, key, press, project, says, select, type_over,
};

fn open(on: On) -> Test {
    window::open(vec2(1480.0, 1300.0), Lang::En, on)
}

/// Opens the airline template with its feedback.
fn imported() -> Test {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("airline.ron");
    let bytes = engine::store::load::to_bytes(&airline::imported());
    std::fs::File::create(&path).unwrap().write_all(&bytes).unwrap();
    open(On::File(path))
}

/// Fields that are drawn, dragged, imported or computed, never typed.
const NOT_TYPED: &[(Kind, &[&str])] = &[
    (Kind::Journey, &["key"]),
    (Kind::Stage, &["key"]),
    (Kind::Step, &["stage", "key"]),
    (Kind::Lane, &["key"]),
    (Kind::Touchpoint, &["step"]),
    (Kind::Insight, &["key"]),
    (Kind::Picture, &["image"]),
    (Kind::Cell, &["lane", "at"]),
    (Kind::Flow, &["from", "to"]),
    (Kind::About, &["from", "to"]),
    (Kind::Answer, &["from", "to"]),
    (Kind::Improvement, &["key"]),
    (Kind::Persona, &["key"]),
    (Kind::Channel, &["key"]),
    (Kind::Question, &["key"]),
    (Kind::Metric, &["key"]),
    (Kind::Wave, &["key"]),
    (
        Kind::Batch,
        &[
            "file",
            "hash",
            "imported",
            "rows",
            "counts",
            "recipe",
            "aggregated",
            "overlapping",
            "first",
            "last",
            "left_out",
        ],
    ),
    // The reading options of a file are shown next to its beginning.
    (Kind::Recipe, &["encoding", "delimiter", "decimal_comma", "header_rows", "sheet", "columns"]),
    (Kind::Evidence, &["key"]),
    (Kind::Image, &["hash", "width", "height", "bytes"]),
];

/// The controls that are tried, in the inspector at the right of the window.
const CONTROLS: [Role; 6] =
    [Role::TextInput, Role::MultilineTextInput, Role::CheckBox, Role::ComboBox, Role::Slider, Role::Button];
/// What is tried in a control until it changes something: words for a share, a number, a day, and a word with
/// its value; a key for a level; the way to another entry of a list.
const TRIES: [(&str, Key, Key); 4] = [
    ("0.5", Key::Num2, Key::ArrowDown),
    ("7", Key::Num3, Key::ArrowUp),
    ("2026-03-05", Key::Num1, Key::ArrowUp),
    ("word = 3", Key::Num1, Key::ArrowUp),
];

/// Returns the controls of a role in the inspector. Of the buttons, only two that set a field: an icon of a
/// channel, and the one that forgets the journey that a journey was copied from.
fn controls(test: &Test, role: Role) -> impl Iterator<Item = egui_kittest::Node<'_>> {
    let forget = Msg::RemoveNamed.text_with(Lang::En, &[("name", &Msg::MadeFrom.text(Lang::En))]);
    test.query_all_by_role(role).filter(move |node| {
        let name = node.accesskit_node().label().unwrap_or_default();
        let is_setter = role != Role::Button || name == "Web" || name == forget;
        is_setter && node.rect().left() > 1000.0
    })
}

/// Uses a control of the inspector: types into it, ticks it, or picks another entry.
fn use_control(test: &mut Test, role: Role, place: usize, (typed, level, way): (&str, Key, Key)) {
    match (controls(test, role).nth(place), role) {
        (Some(control), Role::CheckBox | Role::Button) => control.click_accesskit(),
        (Some(control), _) => control.focus(),
        (None, _) => return,
    }
    test.run_steps(1);
    let keys: &[Key] = match role {
        Role::ComboBox => &[Key::Space, way, Key::Enter],
        Role::Slider => &[Key::ArrowRight, level],
        _ => &[],
    };
    for key in keys {
        test.key_press_modifiers(Modifiers::NONE, *key);
        test.run_steps(2);
    }
    if matches!(role, Role::TextInput | Role::MultilineTextInput) {
        test.key_press_modifiers(Modifiers::COMMAND, Key::A);
        test.run_steps(1);
        test.event(egui::Event::Text(typed.to_owned()));
        test.run_steps(1);
    }
}

/// Shows the fields of an element instead of those of another.
fn show_fields(test: &mut Test, id: Id) {
    test.state_mut().app.queue_request(AppRequest::Select(vec![id]));
    test.run_steps(3);
}

/// Returns the fields that some control of the inspector sets while this element is selected.
fn fields_set_beside(test: &mut Test, id: Id) -> BTreeSet<Field> {
    let mut found = BTreeSet::new();
    // A text is set when its field is left.
    let info = Id::from(project(test).info().id);
    let other = if id == info {
        project(test).personas().keys().next().map_or(info, |id| (*id).into())
    } else {
        info
    };
    for role in CONTROLS {
        select(test, &[id]);
        for place in 0..controls(test, role).count() {
            for attempt in TRIES {
                show_fields(test, id);
                let before = project(test).clone();
                use_control(test, role, place, attempt);
                show_fields(test, other);
                let ops = diff_projects(&before, project(test)).ops;
                found.extend(ops.iter().filter_map(|op| match op {
                    Op::Set { field, .. } => Some(*field),
                    _ => None,
                }));
                if !ops.is_empty() {
                    test.state_mut().app.queue_action(Action::Undo);
                    test.run_steps(2);
                }
                if !ops.is_empty() || matches!(role, Role::CheckBox | Role::Button) {
                    break;
                }
            }
        }
    }
    found
}

#[test]
fn every_field_of_the_model_is_edited_in_the_inspector() {
    let mut found = BTreeSet::new();
    let mut fields = BTreeSet::new();
    for file in ["everything.ron", "journey-origin.ron"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/v1").join(file);
        let mut filled = load_project(&std::fs::read(path).unwrap()).unwrap().project;
        let personas: Vec<Id> = filled.personas().keys().map(|id| Id::from(*id)).collect();
        for persona in personas {
            let named = command::rename_record(&filled, persona, "Mei");
            apply_all(&mut filled, &named).unwrap();
        }
        let journey = filled.journeys_in_order()[0].info().id;
        let source = &mut IdSource::from_seed(2);
        let (lane, _) = command::add_lane(&filled, journey, None, LaneKind::Pictures, source);
        apply_all(&mut filled, &lane).unwrap();
        let (stage, _) = command::add_stage(&filled, journey, None, "Another stage", source);
        apply_all(&mut filled, &stage).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join(file);
        std::fs::write(&copy, to_bytes(&filled)).unwrap();
        let mut test = open(On::File(copy));
        let records: Vec<Record> = project(&test).records().collect();
        let mut seen: BTreeMap<Kind, usize> = BTreeMap::new();
        for record in records {
            let kind = record.id().kind();
            fields.extend(record.fields().iter().copied());
            let times = seen.entry(kind).or_default();
            *times += 1;
            // What is shown of a lane, a metric or an insight depends on its kind; others look all alike.
            let is_varied = matches!(kind, Kind::Journey | Kind::Lane | Kind::Metric | Kind::Insight);
            let most = if is_varied { 12 } else { 1 };
            let open = fields.iter().any(|field| field.kind == kind && !found.contains(field));
            if *times <= most && open {
                if let Some(journey) = record.id().to_typed() {
                    ask(&mut test, AppRequest::Show(journey));
                }
                found.extend(fields_set_beside(&mut test, record.id()));
            }
        }
    }
    let is_typed = |field: &Field| {
        let listed = |(kind, names): &(Kind, &[&str])| *kind == field.kind && names.contains(&field.name);
        !field.is_home_journey() && !NOT_TYPED.iter().any(listed)
    };
    let name = |field: &Field| format!("{:?} {field}", field.kind);
    let missing: Vec<String> =
        fields.iter().filter(|field| is_typed(field) && !found.contains(field)).map(name).collect();
    let more: Vec<String> = found.iter().filter(|field| !is_typed(field)).map(name).collect();
    assert!(missing.is_empty(), "nothing in the inspector sets {missing:#?}");
    assert!(more.is_empty(), "they can be set after all: {more:#?}");
}

#[test]
fn waves_and_mappings_are_found_from_the_project_renamed_and_dated() {
    let mut test = imported();
    let wave = records_in_order(project(&test).waves())[0].clone();
    select(&mut test, &[wave.id.into()]);
    fill(&mut test, Msg::Name.text(Lang::En), "Spring");
    fill(&mut test, Msg::FirstDay.text(Lang::En), "2026-03-01");
    type_over(&mut test, Msg::LastDay.text(Lang::En), "end of May");
    test.run_steps(2);
    assert!(says(&test, Msg::ExpectsDate.text(Lang::En)), "what can be typed is told");
    key(&mut test, Modifiers::NONE, Key::Enter);
    let now = project(&test).waves()[&wave.id].clone();
    assert_eq!((now.label.as_str(), now.from, now.to), ("Spring", "2026-03-01".parse().ok(), wave.to));
    let recipe = project(&test).recipes().keys().next().copied().expect("the import left its mapping");
    select(&mut test, &[recipe.into()]);
    fill(&mut test, Msg::Name.text(Lang::En), "Monthly survey");
    assert_eq!(project(&test).recipes()[&recipe].name, "Monthly survey");
    let info = project(&test).info().id;
    select(&mut test, &[info.into()]);
    press(&mut test, &Msg::RemoveNamed.text_with(Lang::En, &[("name", &"Monthly survey")]));
    assert!(project(&test).recipes().is_empty() && project(&test).batches().len() == 1);
    let kept = Msg::RemoveNamed.text_with(Lang::En, &[("name", &"Spring")]);
    assert!(test.query_by_role_and_label(Role::Button, &kept).is_none(), "a counted wave stays");
}

#[test]
fn what_cannot_be_read_stays_in_its_field_and_says_so_until_it_is_right() {
    let mut test = imported();
    let wave = records_in_order(project(&test).waves())[0].clone();
    select(&mut test, &[wave.id.into()]);
    fill(&mut test, Msg::FirstDay.text(Lang::En), "31 March 2026");
    assert_eq!(project(&test).waves()[&wave.id].from, "2026-03-31".parse().ok());
    fill(&mut test, Msg::LastDay.text(Lang::En), "end of May");
    let expected = Msg::ExpectsDate.text(Lang::En);
    let refused = Msg::NotKept.text_with(Lang::En, &[("expected", &expected)]);
    assert!(says(&test, "end of May") && says(&test, &refused));
    // It is still there after another element was selected.
    select(&mut test, &[]);
    select(&mut test, &[wave.id.into()]);
    assert!(says(&test, "end of May") && says(&test, &refused));
    fill(&mut test, Msg::LastDay.text(Lang::En), "5月31日");
    assert!(!says(&test, &refused) && !says(&test, "end of May"));
    assert!(project(&test).waves()[&wave.id].to.is_some_and(|day| (day.month(), day.day()) == (5, 31)));
    fill(&mut test, Msg::LastDay.text(Lang::En), "soon");
    type_over(&mut test, Msg::LastDay.text(Lang::En), "later");
    key(&mut test, Modifiers::NONE, Key::Escape);
    assert!(!says(&test, &refused) && !says(&test, "soon"), "Escape gives it up");
}

#[test]
fn a_day_is_picked_from_a_month() {
    let mut test = imported();
    let wave = records_in_order(project(&test).waves())[0].id;
    select(&mut test, &[wave.into()]);
    fill(&mut test, Msg::FirstDay.text(Lang::En), "2026-03-31");
    let button = Msg::PickDay.text_with(Lang::En, &[("name", &Msg::FirstDay.text(Lang::En))]);
    press(&mut test, &button);
    press(&mut test, Msg::NextMonth.text(Lang::En));
    press(&mut test, "15 Apr 2026");
    assert_eq!(project(&test).waves()[&wave].from, "2026-04-15".parse().ok());
    press(&mut test, &button);
    press(&mut test, Msg::NoDate.text(Lang::En));
    assert_eq!(project(&test).waves()[&wave].from, None);
}

#[test]
fn shares_and_waits_are_typed_as_people_write_them() {
    let mut test = open(On::Template("airline"));
    let flow = journey(&test).flows().values().next().unwrap().id;
    select(&mut test, &[flow.into()]);
    fill(&mut test, Msg::FlowShare.text(Lang::En), "45%");
    fill(&mut test, Msg::WaitInMinutes.text(Lang::En), "1:30");
    let now = journey(&test).flows()[&flow].clone();
    assert_eq!((now.share, now.wait), (Some(0.45), Some(90.0)));
    fill(&mut test, Msg::FlowShare.text(Lang::En), "abc");
    assert!(says(&test, Msg::ExpectsShare.text(Lang::En)) && says(&test, "abc"));
    assert_eq!(journey(&test).flows()[&flow].share, Some(0.45));
}

#[test]
fn many_are_set_at_once_in_one_step_and_differences_are_marked() {
    let mut test = open(On::Template("airline"));
    let gate = window::card(&test, "Gate");
    let desk = window::card(&test, "Check-in desk");
    select(&mut test, &[gate]);
    fill(&mut test, Msg::Owner.text(Lang::En), "Ground staff");
    select(&mut test, &[gate, desk]);
    assert!(says(&test, Msg::Mixed.text(Lang::En)) && says(&test, "2 selected"));
    let owners = |test: &Test| {
        let cards = journey(test).touchpoints();
        [gate, desk].map(|id| cards[&id.to_typed().unwrap()].owner.clone())
    };
    let before = owners(&test);
    assert_ne!(before[0], before[1]);
    fill(&mut test, Msg::Owner.text(Lang::En), "Station");
    assert_eq!(owners(&test), ["Station", "Station"]);
    act(&mut test, Action::Undo);
    assert_eq!(owners(&test), before, "one step takes both back");
    let dots = test.get_all_by_role_and_label(Role::Slider, Msg::Importance.text(Lang::En)).next();
    dots.unwrap().focus();
    test.run_steps(1);
    key(&mut test, Modifiers::NONE, Key::Num4);
    let important = journey(&test).touchpoints().values().filter(|card| card.importance == Some(4));
    assert!(important.count() >= 2);
    // Typed text is kept when another element is selected.
    type_over(&mut test, Msg::Owner.text(Lang::En), "Airport");
    select(&mut test, &[]);
    assert_eq!(owners(&test), ["Airport", "Airport"]);
    let pains: Vec<_> = {
        let pains = journey(&test).insights().values().filter(|i| i.kind == InsightKind::Pain);
        pains.map(|pain| pain.id.into()).take(3).collect()
    };
    select(&mut test, &pains);
    let dots = test.get_all_by_role_and_label(Role::Slider, Msg::Severity.text(Lang::En)).next();
    dots.unwrap().focus();
    test.run_steps(1);
    key(&mut test, Modifiers::NONE, Key::Num2);
    let severity = |id: &engine::id::Id| journey(&test).insights()[&id.to_typed().unwrap()].severity;
    assert!(pains.len() == 3 && pains.iter().all(|pain| severity(pain) == Some(2)));
}

#[test]
fn a_question_says_what_its_words_mean_and_what_it_asks_about() {
    let mut test = imported();
    let question = records_in_order(project(&test).questions())[0].id;
    select(&mut test, &[question.into()]);
    fill(&mut test, Msg::NoAnswerCodes.text(Lang::En), "0, x");
    type_over(&mut test, Msg::AnswerWords.text(Lang::En), "good = 5\nbad = 1");
    select(&mut test, &[]);
    let found = &project(&test).questions()[&question];
    assert_eq!(found.missing, ["0", "x"].map(str::to_owned).into());
    assert_eq!(found.words.get("good"), Some(&5.0));
    select(&mut test, &[question.into()]);
}

#[test]
fn long_texts_are_never_cut_and_enter_ends_them() {
    let mut test = open(On::Template("airline"));
    let card = window::card(&test, "Online boarding");
    select(&mut test, &[card]);
    let height = |test: &Test| {
        let name = Msg::Why.text(Lang::En);
        let field = test.get_all_by_role_and_label(Role::MultilineTextInput, name).next().unwrap();
        field.rect().height()
    };
    fill(&mut test, Msg::Why.text(Lang::En), "It is new");
    let before = height(&test);
    let why = "Whoever has the pass in hand stops worrying, and whoever loses it stands in a queue again";
    fill(&mut test, Msg::Why.text(Lang::En), why);
    assert!(height(&test) > before + 40.0, "{} after {before}", height(&test));
    assert_eq!(journey(&test).touchpoints()[&card.to_typed().unwrap()].moment_why, why);
    fill(
        &mut test,
        Msg::Title.text(Lang::En),
        "在线值机后登机牌在手机锁屏时消失，必须重新排队打印纸质登机牌才能过安检",
    );
    select(&mut test, &[card]);
}

#[test]
fn the_keyboard_alone_reaches_and_sets_what_the_inspector_shows() {
    let mut test = open(On::Template("airline"));
    let card = window::card(&test, "Online boarding");
    select(&mut test, &[card]);
    let field = test.get_all_by_role_and_label(Role::MultilineTextInput, Msg::Title.text(Lang::En)).next();
    field.unwrap().focus();
    test.run_steps(2);
    let mut seen = BTreeSet::new();
    let mut pictures = 0;
    for _ in 0..44 {
        key(&mut test, Modifiers::NONE, Key::Tab);
        let focused = test.query_all_by(|node| node.is_focused() && !node.is_hidden()).next();
        let named = focused.and_then(|node| {
            let node = node.accesskit_node();
            node.label().or_else(|| node.value())
        });
        let Some(name) = named else { continue };
        if name == "Meaningful" {
            pictures += 1;
            key(&mut test, Modifiers::NONE, Key::Num3);
            key(&mut test, Modifiers::NONE, Key::ArrowLeft);
        }
        seen.insert(name);
    }
    let wanted = [Msg::Description, Msg::MomentOfTruth, Msg::Owner, Msg::Useful, Msg::Importance];
    for msg in wanted {
        assert!(seen.contains(msg.text(Lang::En)), "{msg:?} is not reached; {seen:?}");
    }
    assert!(pictures >= 1);
    assert_eq!(journey(&test).touchpoints()[&card.to_typed().unwrap()].meaningful, Some(2));
}

#[test]
fn a_flow_and_what_a_note_speaks_of_are_added_from_lists() {
    let mut test = open(On::Template("airline"));
    let gate = window::card(&test, "Gate");
    let claim = window::card(&test, "Baggage claim");
    select(&mut test, &[gate]);
    let flows = journey(&test).flows_from(gate).len();
    let choose = |test: &mut Test, list: Msg, entry: &str| {
        let combo = test.get_all_by_role_and_label(Role::ComboBox, list.text(Lang::En)).next();
        combo.unwrap().focus();
        window::settle(test);
        key(test, Modifiers::NONE, Key::Space);
        let entries = test.get_all_by_role_and_label(Role::Button, entry);
        // The same name is in the outline, on the left.
        let found = entries.into_iter().find(|node| node.rect().left() > 1000.0);
        found.expect("the list is open").click_accesskit();
        window::settle(test);
    };
    choose(&mut test, Msg::LeadsOn, "Baggage claim");
    assert_eq!(journey(&test).flows_from(gate).len(), flows + 1);
    // As for one drawn on the map, its label is typed next.
    test.event(egui::Event::Text("Lost the bag".to_owned()));
    test.run_steps(2);
    key(&mut test, Modifiers::NONE, Key::Enter);
    assert!(journey(&test).flows_from(gate).iter().any(|flow| flow.condition == "Lost the bag"));
    select(&mut test, &[gate]);
    let insight = journey(&test).insights().values().next().unwrap().id;
    select(&mut test, &[insight.into()]);
    choose(&mut test, Msg::AddAbout, "Baggage claim");
    assert!(journey(&test).speaks_of(insight.into()).contains(&claim));
}

#[test]
fn texts_of_lanes_are_opened_changed_and_emptied_beside_their_card() {
    let mut test = open(On::Template("car-purchase"));
    let free = journey(&test).touchpoints().values().find(|card| {
        let at = card.step.into();
        !journey(&test).cells().values().any(|cell| cell.at == at)
    });
    let (card, step) = free.map(|card| (card.id.into(), engine::id::Id::from(card.step))).unwrap();
    select(&mut test, &[card]);
    let said = |test: &Test| {
        let found = journey(test).cells().values().find(|cell| cell.at == step);
        found.map(|cell| cell.text.clone())
    };
    assert_eq!(said(&test), None);
    press(&mut test, "+ Thinking");
    test.event(egui::Event::Text("Folds the legs".to_owned()));
    test.run_steps(2);
    key(&mut test, Modifiers::NONE, Key::Enter);
    assert_eq!(said(&test).as_deref(), Some("Folds the legs"));
    select(&mut test, &[card]);
    type_over(&mut test, Msg::Text.text(Lang::En), " ");
    select(&mut test, &[]);
    assert_eq!(said(&test), None, "an empty text is none");
}

#[test]
fn journeys_are_listed_shown_and_the_last_one_stays() {
    let mut test = open(On::Template("airline"));
    let first = journey(&test).info().id;
    act(&mut test, Action::AddJourney);
    let info = project(&test).info().id;
    select(&mut test, &[info.into()]);
    press(&mut test, "Airline trip");
    assert_eq!(journey(&test).info().id, first);
    test.state_mut().app.queue_request(AppRequest::Select(vec![info.into()]));
    window::settle(&mut test);
    let remove = Msg::RemoveNamed.text_with(Lang::En, &[("name", &Msg::UntitledJourney.text(Lang::En))]);
    press(&mut test, &remove);
    assert_eq!(project(&test).journeys().len(), 1);
    let last = Msg::RemoveNamed.text_with(Lang::En, &[("name", &"Airline trip")]);
    assert!(test.query_by_role_and_label(Role::Button, &last).is_none());
}

#[test]
fn every_kind_of_element_is_shown_with_named_controls() {
    let mut test = imported();
    let mut kinds = BTreeSet::new();
    let ids: Vec<_> = project(&test).records().map(|record| record.id()).collect();
    for id in ids.into_iter().filter(|id| kinds.insert(id.kind())) {
        select(&mut test, &[id]);
        // Fails if a visible control has no accessible name.
        test.run();
    }
    assert!(kinds.len() > 15, "{kinds:?}");
    for action in [Action::Export, Action::Palette, Action::Shortcuts, Action::About, Action::SaveAs] {
        act(&mut test, action);
        test.run();
        window::ask(&mut test, AppRequest::CloseDialog);
    }
}

#[test]
fn a_channel_that_is_not_there_yet_is_made_where_it_is_chosen() {
    let mut test = open(On::Template("blank"));
    let (stage, card) = {
        let mut source = IdSource::from_seed(3);
        let (stage, id) =
            command::add_stage(project(&test), journey(&test).info().id, None, "Buy", &mut source);
        let mut with = project(&test).clone();
        apply_all(&mut with, &stage).unwrap();
        let (added, card) = command::add_touchpoint(&with, Slot::EndOf(id), "Shop", &mut source).unwrap();
        (stage.chain_with(added), card)
    };
    test.state_mut().app.queue_request(AppRequest::CommitAndSelect(stage, card.into()));
    window::settle(&mut test);
    test.get_by_role_and_label(Role::ComboBox, Msg::AddChannel.text(Lang::En)).click();
    window::settle(&mut test);
    window::press_last(&mut test, Msg::AddChannel.text(Lang::En));
    let made = project(&test).channels().keys().next().copied().expect("a channel is made");
    assert_eq!(journey(&test).touchpoints()[&card].channels, [made]);
    fill(&mut test, Msg::Name.text(Lang::En), "Counter");
    assert_eq!(project(&test).channels()[&made].name, "Counter");
}

#[test]
fn a_text_as_long_as_a_book_is_shown_in_part_until_it_is_edited() {
    let mut test = open(On::Template("airline"));
    let id = window::card(&test, "Gate");
    let long = "An airport is a place to wait. ".repeat(30_000);
    let change =
        command::set_field(project(&test), &[id], Touchpoint::DESCRIPTION, &FieldValue::Text(long.clone()));
    ask(&mut test, AppRequest::Commit(change));
    select(&mut test, &[id]);
    let field = |test: &Test| {
        let name = Msg::Description.text(Lang::En);
        test.query_by_role_and_label(Role::MultilineTextInput, name).is_some()
    };
    assert!(!field(&test));
    press(&mut test, &Msg::ShowAllText.text_with(Lang::En, &[("n", &"930,000")]));
    assert!(field(&test), "the keyboard is in it");
    test.event(egui::Event::Text("!".to_owned()));
    test.run_steps(1);
    let other = window::card(&test, "Check-in desk");
    select(&mut test, &[other]);
    select(&mut test, &[id]);
    assert!(!field(&test));
    let now = &journey(&test).touchpoints()[&id.to_typed().unwrap()].description;
    assert_eq!(now.len(), long.len() + 1);
}

#[test]
fn shares_out_of_one_card_that_exceed_the_whole_are_told_where_they_are_edited() {
    for (lang, words) in [(Lang::En, "more than 100 %"), (Lang::ZhCn, "超过 100%")] {
        let mut test = window::open(vec2(1480.0, 1300.0), lang, On::Template("airline"));
        let from = window::card(&test, "Online boarding");
        let known: Vec<_> = journey(&test).flows_from(from).iter().map(|flow| flow.id).collect();
        let other = journey(&test)
            .touchpoints()
            .keys()
            .map(|id| (*id).into())
            .find(|id| *id != from && !journey(&test).flows_from(from).iter().any(|flow| flow.to == *id));
        let (drawn, flow) =
            command::add_flow(project(&test), from, other.unwrap(), &mut IdSource::from_seed(6)).unwrap();
        ask(&mut test, AppRequest::Commit(drawn));
        for flow in &known {
            let half =
                command::set_field(project(&test), &[(*flow).into()], Flow::SHARE, &FieldValue::Number(0.0));
            ask(&mut test, AppRequest::Commit(half));
        }
        let full =
            command::set_field(project(&test), &[known[0].into()], Flow::SHARE, &FieldValue::Number(0.7));
        ask(&mut test, AppRequest::Commit(full));
        select(&mut test, &[flow.into()]);
        fill(&mut test, Msg::FlowShare.text(lang), "0.3");
        assert!(!says(&test, words), "the whole is no excess");
        fill(&mut test, Msg::FlowShare.text(lang), "0.6");
        assert!(says(&test, words) && says(&test, "130 %") && says(&test, "Online boarding"));
        select(&mut test, &[from]);
        assert!(says(&test, words), "the card tells it beside its flows");
        act(&mut test, Action::Undo);
        assert!(!says(&test, words));
    }
}

#[test]
fn a_persona_without_a_name_has_controls_with_names() {
    let mut test = open(On::Template("airline"));
    let mei = records_in_order(project(&test).personas())[0].id;
    let nameless = command::rename_record(project(&test), mei.into(), "");
    ask(&mut test, AppRequest::Commit(nameless));
    let untitled = Msg::Untitled.text(Lang::En);
    let journey = journey(&test).info().id.into();
    select(&mut test, &[journey]);
    assert!(test.query_by_role_and_label(Role::CheckBox, untitled).is_some());
    let gate = window::card(&test, "Gate");
    select(&mut test, &[gate]);
    let feeling = Msg::FeelingOf.text_with(Lang::En, &[("name", &untitled)]);
    assert!(test.query_by_role_and_label(Role::Slider, &feeling).is_some());
}
