//! The classification of real columns.

use super::*;
use crate::edit::apply_all;
use crate::edit::command::{CardPlace, Slot, TransactionBuilder, add_stage, add_touchpoint, new_project};
use crate::id::{IdSource, QuestionId, RecipeId};
use crate::model::Recipe;
use crate::model::choice::Direction;
use crate::order::OrderKey;
use crate::survey::profile::profile_table;
use crate::survey::source::SurveyTable;
use std::io::Cursor;

const FILE: &str = "\
number,Gender,Age,Travel date,Ease of Online booking,Checkin service,Seat comfort,Comment,E-mail,Recommend,satisfaction
1,Male,34,2026-01-02,4,0,3,the queue was much too long and nobody helped,a@b.c,9,satisfied
2,Female,51,2026-01-03,5,5,2,all was well and I would gladly come again,d@e.f,3,neutral or dissatisfied
3,Male,19,2026-02-11,1,n/a,5,my seat was broken when I came on board,g@h.i,10,satisfied
";

fn journey_with(titles: &[&str]) -> (Project, JourneyId) {
    let mut source = IdSource::from_seed(5);
    let mut project = new_project("Trip", &mut source);
    let journey = project.journeys_in_order()[0].info().id;
    let (added, stage) = add_stage(&project, journey, None, "Travel", &mut source);
    apply_all(&mut project, &added).unwrap();
    for title in titles {
        let slot = Slot::Apart(CardPlace::end_of(stage, None));
        let (added, _) = add_touchpoint(&project, slot, title, &mut source).unwrap();
        apply_all(&mut project, &added).unwrap();
    }
    (project, journey)
}

fn profile_of_file() -> Profile {
    profile_table(&mut SurveyTable::new(Cursor::new(FILE), Arc::default()).unwrap()).unwrap()
}

fn describe_columns(columns: &[ProposedColumn]) -> Vec<String> {
    let tell = |column: &ProposedColumn| {
        let ColumnRule { column: name, role, target, low, high, .. } = &column.rule;
        let scale = if column.is_question() { format!(" {target} {low}-{high}") } else { String::new() };
        format!("{name}: {role} {:?}{scale}", column.reason)
    };
    columns.iter().map(tell).collect()
}

fn build_rule(column: &str, role: ColumnRole, target: &str) -> ColumnRule {
    ColumnRule { role, target: target.to_owned(), ..ColumnRule::ignore_column(column) }
}

#[test]
fn columns_find_their_touchpoints_and_people_stay_out() {
    let (project, journey) = journey_with(&["Book online", "Check in", "Boarding"]);
    let columns = propose_columns(&profile_of_file(), &project, journey);
    assert_eq!(
        describe_columns(&columns),
        [
            "number: ignore Identifier",
            "Gender: ignore SmallGroups",
            "Age: ignore Counted",
            "Travel date: date Date",
            "Ease of Online booking: touchpoint Similar Book online 1-5",
            "Checkin service: touchpoint Similar Check in 0-5",
            "Seat comfort: ignore SmallNumbers",
            "Comment: ignore Comment",
            "E-mail: ignore Personal",
            "Recommend: journey Outcome Trip 0-10",
            "satisfaction: journey Outcome Trip 0-1",
        ]
    );
    assert!(columns[4].doubts.is_empty(), "of ease, the high end is the good one");
    assert_eq!(columns[5].doubts, [OpenQuestion::Zero]);
    assert!(columns[5].rule.missing.contains("n/a"));
    assert_eq!(columns[10].rule.words.get("satisfied"), Some(&1.0));
}

#[test]
fn on_an_empty_map_columns_become_touchpoints() {
    let (project, journey) = journey_with(&[]);
    let columns = propose_columns(&profile_of_file(), &project, journey);
    let new: Vec<_> = columns.iter().filter(|c| c.is_question() && c.target.is_none()).collect();
    assert!(new.iter().any(|column| column.rule.target == "Seat comfort"));
}

#[test]
fn what_a_question_declares_is_knowledge() {
    let (mut project, journey) = journey_with(&["Board"]);
    let mut source = IdSource::from_seed(9);
    let target = project.journey(journey).unwrap().touchpoints().keys().next().copied().unwrap();
    let mut question = Question::new(QuestionId::new(&mut source), OrderKey::new_after(None, &mut source));
    question.aliases = ["Seat Comfort".to_owned()].into();
    question.missing = ["0".to_owned()].into();
    question.target = Some(target.into());
    let mut draft = TransactionBuilder::new(&project, &mut source);
    draft.insert(question);
    let added = draft.finish();
    apply_all(&mut project, &added).unwrap();
    let columns = propose_columns(&profile_of_file(), &project, journey);
    let seat = &columns[6];
    assert_eq!((seat.reason, seat.target), (ColumnReason::Alias, Some(target.into())));
    assert!(seat.rule.missing.contains("0") && seat.doubts.is_empty());
}

#[test]
fn a_recipe_is_followed_and_says_what_is_absent() {
    let (project, id) = journey_with(&["Board"]);
    let mut columns = propose_columns(&profile_of_file(), &project, id);
    let journey = project.journey(id).unwrap();
    let rules = [
        build_rule("Seat comfort", ColumnRole::Touchpoint, "board"),
        build_rule("Gone", ColumnRole::Touchpoint, "Board"),
        build_rule("Gender", ColumnRole::Ignore, ""),
    ];
    let unshared = apply_recipe(&mut columns, &rules, &profile_of_file(), journey);
    assert_eq!(unshared.absent, ["Gone"]);
    assert!(unshared.unknown.contains(&"Recommend".to_owned()));
    assert_eq!(columns[6].target, journey.touchpoints().keys().next().map(|id| Id::from(*id)));
    assert_eq!(columns[1].rule.role, ColumnRole::Ignore);
}

#[test]
fn a_column_is_also_known_by_the_id_of_its_question() {
    let (project, journey) = journey_with(&["Check in"]);
    let texts = "ResponseId,Q1,Q2\nResponse ID,How was check in?,How was it?\n\
                 \"{\"\"ImportId\"\":\"\"_id\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\"{\"\"ImportId\"\":\"\"QID2\"\"}\"\n\
                 R_1,4,5\nR_2,5,4\nR_3,3,2\n";
    let seen = |text: &'static str| {
        profile_table(&mut SurveyTable::new(Cursor::new(text), Arc::default()).unwrap()).unwrap()
    };
    let columns = propose_columns(&seen(texts), &project, journey);
    assert_eq!(columns[1].rule.column, "How was check in?");
    let rules: Vec<ColumnRule> = columns.into_iter().map(|column| column.rule).collect();
    let of_ids = seen("ResponseId,Q2,Q1\nR_4,4,5\nR_5,5,4\nR_6,3,2\n");
    let mut ids = propose_columns(&of_ids, &project, journey);
    let unshared = apply_recipe(&mut ids, &rules, &of_ids, project.journey(journey).unwrap());
    assert!(unshared.absent.is_empty() && unshared.unknown.is_empty(), "{unshared:?}");
    assert_eq!(ids[2].rule.target, "Check in");
    // And the other way: a mapping of ids reads a table of texts that has the ids beside them.
    let rules: Vec<ColumnRule> = ids
        .into_iter()
        .map(|column| ColumnRule { aliases: std::collections::BTreeSet::new(), ..column.rule })
        .collect();
    let of_texts = seen(texts);
    let mut texts = propose_columns(&of_texts, &project, journey);
    let unshared = apply_recipe(&mut texts, &rules, &of_texts, project.journey(journey).unwrap());
    assert!(unshared.absent.is_empty() && texts.iter().all(|column| column.blocking_doubts().count() == 0));
    let groups = "Q1_NPS_GROUP,Q1\nHow likely? - Group,How likely?\n\
                  \"{\"\"ImportId\"\":\"\"QID1_NPS_GROUP\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\"\n\
                  Promoter,9\nDetractor,2\nPassive,8\n";
    let columns = propose_columns(&seen(groups), &project, journey);
    assert_eq!(
        (columns[0].reason, columns[1].is_question()),
        (ColumnReason::Group, true),
        "{:?}",
        describe_columns(&columns)
    );
}

#[test]
fn a_next_export_asks_only_about_what_differs() {
    let (project, id) = journey_with(&["Board"]);
    let mut columns = propose_columns(&profile_of_file(), &project, id);
    let journey = project.journey(id).unwrap();
    let mut rules = [
        build_rule("checkin SERVICE", ColumnRole::Touchpoint, "Board"),
        build_rule("Traveller's gender", ColumnRole::Ignore, ""),
        build_rule("Overall", ColumnRole::Journey, ""),
        build_rule("Comfort of the seat", ColumnRole::Touchpoint, "Seat"),
    ];
    rules[2].aliases.insert("Recommend".to_owned());
    rules[2].ask.insert("code 11".to_owned());
    rules[0].missing.insert("0".to_owned());
    (rules[2].low, rules[2].high) = (0.0, 10.0);
    assert_eq!(
        apply_recipe(&mut columns, &rules, &profile_of_file(), journey).absent,
        ["Traveller's gender"]
    );
    let of = |name: &str| columns.iter().find(|column| column.rule.column == name).unwrap();
    let asked = |name: &str| of(name).blocking_doubts().collect::<Vec<_>>();
    // Spelled differently, or seen under this name before: no question. Only similar: one. Left open: asked
    // again.
    assert_eq!(asked("Checkin service"), []);
    assert_eq!(asked("Seat comfort"), [OpenQuestion::Renamed]);
    assert_eq!(asked("Recommend"), [OpenQuestion::Past(11)]);
    assert!(of("Seat comfort").rule.aliases.contains("Comfort of the seat"));
    assert_eq!(of("satisfaction").rule.role, ColumnRole::Ignore);
    for doubt in [
        OpenQuestion::Zero,
        OpenQuestion::Direction(Direction::LowIsGood),
        OpenQuestion::Past(6),
        OpenQuestion::Turn(7),
        OpenQuestion::Order,
    ]
    .into_iter()
    .chain([OpenQuestion::Ends(1, 4), OpenQuestion::Declared(1, 5)])
    {
        assert_eq!(doubt.name().and_then(|name| OpenQuestion::from_name(&name)), Some(doubt));
    }
}

#[test]
fn the_latest_mapping_that_fits_is_found_again() {
    let (mut project, _) = journey_with(&["Board"]);
    assert!(find_fitting_recipe(&project, &profile_of_file()).is_none());
    let mut source = IdSource::from_seed(1);
    let mut draft = TransactionBuilder::new(&project, &mut source);
    for (name, known) in [("other", &["Seat comfort", "a", "b"][..]), ("own", &["seat Comfort", "Gender"])] {
        let mut recipe = Recipe::new(RecipeId::new(draft.source), name.to_owned());
        let rule =
            |column: &&str| ColumnRule { role: ColumnRole::Segment, ..ColumnRule::ignore_column(*column) };
        recipe.columns = known.iter().map(rule).collect();
        draft.insert(recipe);
    }
    let added = draft.finish();
    apply_all(&mut project, &added).unwrap();
    assert_eq!(
        find_fitting_recipe(&project, &profile_of_file()).map(|recipe| recipe.name.as_str()),
        Some("own")
    );
}

#[test]
fn words_dates_weights_and_groups_are_told() {
    let (project, id) = journey_with(&["Board"]);
    let text = "Day,Weight,Board,Q1_NPS_GROUP,Q1,Lounge\n\
        3/4/2024,0.5,Very good,Promoter,9,10 - extremely likely\n\
        4/4/2024,1.5,非常好,Passive,8,3\n5/4/2024,1,Very good,Detractor,2,1\n";
    let text = text.replace("非常好", "Poor");
    let profile = profile_table(&mut SurveyTable::new(Cursor::new(text), Arc::default()).unwrap()).unwrap();
    let columns = propose_columns(&profile, &project, id);
    assert_eq!(
        describe_columns(&columns),
        [
            "Day: ignore Date",
            "Weight: weight Weight",
            "Board: touchpoint Name Board 1-5",
            "Q1_NPS_GROUP: ignore Group",
            "Q1: ignore SmallNumbers",
            "Lounge: ignore SmallNumbers",
        ]
    );
    assert_eq!(columns[0].doubts, [OpenQuestion::Order]);
    assert_eq!(columns[0].blocking_doubts().count(), 0, "a column that is not read asks nothing");
    assert_eq!(columns[5].rule.words.get("10 - extremely likely"), Some(&10.0));
}
