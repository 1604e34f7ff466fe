//! Tests exceptions and their branches, alternatives, and cards below a step: the place of their copies, and
//! their flows after the steps they came from are deleted.

use super::*;
use crate::id::LaneId;
use crate::model::Flow;

/// Returns a chain with a step `e` that is taken on a condition only.
fn with_exception() -> FlowMap {
    let mut map = FlowMap::chain("a-b-e-c");
    map.draw("be", "?").draw("bc", "").is("a-b-e-c", "ab bc be? ec");
    map
}

fn backstage(map: &mut FlowMap) -> LaneId {
    let journey = map.journey().info().id;
    let (made, lane) = add_lane(&map.project, journey, None, LaneKind::BackStage, &mut map.source);
    map.apply(&made);
    lane
}

#[test]
fn a_copy_of_an_exception_goes_on_in_its_branch() {
    with_exception().duplicate("e").is("a-b-e-w-c", "ab bc be? ew wc");
    let mut map = with_exception();
    map.after('e', 'f').duplicate("f").is("a-b-e-f-w-c", "ab bc be? ef fw wc");
    let mut map = with_exception();
    map.after('e', 'f').duplicate("ef").is("a-b-e-f-w-x-c", "ab bc be? ef fw wx xc");
    with_exception().duplicate("be").is("a-b-e-w-x-c", "ab be? bw ew wc wx? xc");
}

#[test]
fn exceptions_that_stand_side_by_side_do_not_become_one_branch() {
    let two = || {
        let mut map = FlowMap::chain("a-b-e-f-c");
        map.draw("be", "?").undraw("ef").draw("bf", "!").draw("bc", "").draw("ec", "");
        map.is("a-b-e-f-c", "ab bc be? bf! ec fc");
        map
    };
    two().duplicate("e").is("a-b-e-w-f-c", "ab bc be? bf! ew fc wc");
    two().after('e', 'g').is("a-b-e-g-f-c", "ab bc be? bf! eg fc gc");
    two().delete("e").is("a-b-f-c", "ab bc bf! fc");
}

#[test]
fn a_copy_of_an_alternative_is_one_too() {
    FlowMap::chain("a-bc-d").duplicate("b").is("a-bwc-d", "ab ac aw bd cd wd");
    let mut map = FlowMap::chain("a-be-c");
    map.draw("ae", "?").duplicate("e").is("a-bew-c", "ab ae? aw? bc ec wc");
    // A whole column goes behind itself.
    FlowMap::chain("a-bc-d").duplicate("bc").is("a-bc-wx-d", "ab ac bw bx cw cx wd xd");
}

#[test]
fn an_alternative_of_an_exception_is_taken_on_the_same_condition() {
    let mut map = with_exception();
    map.add(Slot::Beside(map.card('e').id), 'f').is("a-b-ef-c", "ab bc be? bf? ec fc");
    // The share of customers is known for the one flow, not for the other.
    let mut map = with_exception();
    let flow = map.journey().flows().values().find(|flow| flow.condition == "?").unwrap().id;
    let values = [
        (Flow::SHARE.field(), FieldValue::Number(0.2)),
        (Flow::CONDITION.field(), FieldValue::Text(String::new())),
    ];
    for (field, value) in values {
        let set = set_field(&map.project, &[flow.into()], field, &value);
        map.apply(&set);
    }
    map.add(Slot::Beside(map.card('e').id), 'f').is("a-b-ef-c", "ab bc be bf ec fc");
    let drawn = map.journey().flows().values().find(|flow| flow.to == map.id('f')).unwrap();
    assert!(drawn.share.is_none() && drawn.assumption);
}

#[test]
fn a_copy_of_what_stands_below_a_step_stays_below_it() {
    let mut map = FlowMap::chain("a-b-c");
    let lane = backstage(&mut map);
    let below = CardPlace {
        stage: map.stage(0),
        step: Some(map.step('b')),
        before: None,
        lane: Some(lane),
        above: None,
    };
    map.add(Slot::At(below), 'e').is("a-be-c", "ab bc");
    map.duplicate("e").is("a-bew-c", "ab bc");
    assert_eq!(map.card('w').lane, Some(lane));
    map.delete("w").duplicate("b").is("a-be-w-c", "ab bw wc");
}

#[test]
fn pasted_onto_itself_a_card_is_duplicated_and_onto_an_exception_it_joins_the_branch() {
    let paste_at = |map: &mut FlowMap, titles: &str, at: char| {
        let clip = copy_elements(&map.project, &map.ids(titles)).unwrap();
        let journey = map.journey().info().id;
        let at = map.id(at);
        let (made, new) = paste_clip(&map.project, &clip, journey, Some(at), &mut map.source);
        map.apply(&made);
        map.name_copies(&new);
    };
    let mut map = with_exception();
    paste_at(&mut map, "e", 'e');
    map.is("a-b-e-w-c", "ab bc be? ew wc");
    let mut map = with_exception();
    paste_at(&mut map, "ab", 'e');
    map.is("a-b-e-w-x-c", "ab bc be? ew wx xc");
    let mut map = with_exception();
    paste_at(&mut map, "be", 'c');
    map.is("a-b-e-c-w-x", "ab bc be? cw ec wx?");
    let mut map = FlowMap::chain("a-bc-d");
    paste_at(&mut map, "c", 'c');
    map.is("a-bcw-d", "ab ac aw bd cd wd");
    let mut map = FlowMap::chain("a-bc-d");
    paste_at(&mut map, "c", 'd');
    map.is("a-bc-d-w", "ab ac bd cd dw");
}

#[test]
fn an_exception_stays_one_when_the_step_goes_that_it_came_from() {
    with_exception().delete("b").is("a-e-c", "ac ae? ec");
    // If nothing led to that step, its targets take its place.
    let mut map = FlowMap::chain("a-b-e-c");
    map.draw("be", "").undraw("be").draw("bc", "").draw("ae", "?").is("a-b-e-c", "ab ae? bc ec");
    map.delete("a").is("b-e-c", "bc be? ec");
}

#[test]
fn no_plain_flow_passes_by_what_the_chain_came_to_go_through() {
    // A parallel way from the first step: without that step, it starts where the chain does.
    let mut map = FlowMap::chain("a-b-c-de-f");
    map.undraw("cd").draw("ad", "").is("a-b-c-de-f", "ab ad bc ce df ef");
    map.delete("ab").is("c-de-f", "cd ce df ef");
    // A flow drawn beside the chain by hand stays.
    FlowMap::chain("a-b-c-d").draw("ad", "").after('b', 'e').is("a-b-e-c-d", "ab ad be cd ec");
}

#[test]
fn a_plain_flow_never_becomes_a_loop() {
    FlowMap::chain("a-b-c-d").draw("bd", "").before("d", 'b').is("a-d-b-c", "ad bc db");
    FlowMap::chain("a-b-c-d").draw("ad", "").before("d", 'a').is("d-a-b-c", "ab bc da");
}
