//! Tests the flows after cards and stages are moved, deleted, inserted and copied, case by case.
//!
//! A map is written as its cards: stages between `|`, columns between `-`, the cards of a column as letters.

mod branches;

use crate::edit::command::{
    CardPlace, Slot, Toward, add_flow, add_insight, add_lane, add_stage, add_touchpoint, copy_elements,
    delete_records, duplicate_elements, move_touchpoints, new_project, nudge_elements, paste_clip,
    reorder_record, set_field,
};
use crate::edit::{Transaction, apply_all};
use crate::id::{Id, IdSource, StageId, StepId};
use crate::model::choice::{InsightKind, LaneKind};
use crate::model::value::FieldValue;
use crate::model::{Flow, Journey, Project, Touchpoint, title_field};
use std::sync::Arc;

struct FlowMap {
    project: Project,
    source: IdSource,
}

impl FlowMap {
    /// Builds a map by adding each card as the next, or as an alternative.
    fn chain(map: &str) -> Self {
        let mut source = IdSource::from_seed(9);
        let mut made = Self { project: new_project("Trip", &mut source), source };
        let journey = made.journey().info().id;
        for stage in map.split('|') {
            let (added, id) = add_stage(&made.project, journey, None, stage, &mut made.source);
            made.apply(&added);
            for column in stage.split('-').filter(|column| !column.is_empty()) {
                let mut first = None;
                for title in column.chars() {
                    let slot = first.map_or(Slot::EndOf(id), Slot::Beside);
                    let title = title.to_string();
                    let (added, card) =
                        add_touchpoint(&made.project, slot, &title, &mut made.source).unwrap();
                    made.apply(&added);
                    first = first.or(Some(card));
                }
            }
        }
        assert_eq!(made.told(), map);
        made
    }

    fn journey(&self) -> &Journey {
        self.project.journeys_in_order()[0]
    }

    fn apply(&mut self, transaction: &Transaction) {
        let before = self.project.clone();
        apply_all(&mut self.project, transaction).unwrap();
        let mut back = self.project.clone();
        apply_all(&mut back, &transaction.to_inverse()).unwrap();
        assert_eq!(back, before, "it is taken back in one step");
    }

    fn card(&self, title: char) -> &Touchpoint {
        let cards = self.journey().touchpoints().values();
        cards.into_iter().find(|card| card.title == title.to_string()).unwrap()
    }

    fn id(&self, title: char) -> Id {
        self.card(title).id.into()
    }

    fn ids(&self, titles: &str) -> Vec<Id> {
        titles.chars().map(|title| self.id(title)).collect()
    }

    fn stage(&self, place: usize) -> StageId {
        self.journey().stages_in_order()[place].id
    }

    fn step(&self, title: char) -> StepId {
        self.card(title).step
    }

    fn columns(&self) -> Vec<Vec<String>> {
        let journey = self.journey();
        let title = |card: &&Arc<Touchpoint>| card.title.clone();
        let column = |step| {
            let cards: Vec<_> =
                crate::model::sort_records(journey.touchpoints().values().filter(|card| card.step == step));
            cards.iter().map(title).collect::<String>()
        };
        let columns = |stage| journey.steps_of(stage).into_iter().map(|step| column(step.id)).collect();
        journey.stages_in_order().iter().map(|stage| columns(stage.id)).collect()
    }

    fn told(&self) -> String {
        self.columns().iter().map(|stage| stage.join("-")).collect::<Vec<_>>().join("|")
    }

    /// Returns the flows, `ab` for one from `a` to `b`, each with its condition.
    fn flows(&self) -> String {
        let journey = self.journey();
        let title =
            |id: Id| match self.project.record(id).and_then(|record| record.get(title_field(id.kind())?)) {
                Some(FieldValue::Text(title)) => title,
                _ => String::new(),
            };
        let flows = journey.flows().values();
        let mut flows: Vec<String> =
            flows.map(|flow| format!("{}{}{}", title(flow.from), title(flow.to), flow.condition)).collect();
        flows.sort();
        flows.join(" ")
    }

    /// Draws a flow by hand, with a condition or none.
    fn draw(&mut self, ends: &str, condition: &str) -> &mut Self {
        let ids = self.ids(ends);
        let drawn = add_flow(&self.project, ids[0], ids[1], &mut self.source);
        let flow = if let Some((drawn, flow)) = drawn {
            self.apply(&drawn);
            flow
        } else {
            let mut flows = self.journey().flows().values();
            flows.find(|flow| (flow.from, flow.to) == (ids[0], ids[1])).unwrap().id
        };
        let text = FieldValue::Text(condition.to_owned());
        let labelled = set_field(&self.project, &[flow.into()], Flow::CONDITION, &text);
        self.apply(&labelled);
        self
    }

    fn undraw(&mut self, ends: &str) -> &mut Self {
        let ids = self.ids(ends);
        let flow = self.journey().flows().values().find(|flow| (flow.from, flow.to) == (ids[0], ids[1]));
        let gone = delete_records(&self.project, &[flow.unwrap().id.into()], &mut self.source);
        self.apply(&gone);
        self
    }

    fn delete(&mut self, titles: &str) -> &mut Self {
        let ids = self.ids(titles);
        let gone = delete_records(&self.project, &ids, &mut self.source);
        self.apply(&gone);
        self
    }

    fn nudge(&mut self, titles: &str, toward: Toward) -> &mut Self {
        let moved = nudge_elements(&self.project, &self.ids(titles), toward, &mut self.source);
        self.apply(&moved);
        self
    }

    /// Moves cards into a new column before a card's.
    fn before(&mut self, titles: &str, before: char) -> &mut Self {
        let stage = self.journey().steps()[&self.step(before)].stage;
        let spot = CardPlace { stage, step: None, before: Some(self.step(before)), lane: None, above: None };
        self.put(titles, spot)
    }

    /// Moves cards into the column of a card.
    fn beside(&mut self, titles: &str, other: char) -> &mut Self {
        let step = self.step(other);
        let stage = self.journey().steps()[&step].stage;
        self.put(titles, CardPlace { stage, step: Some(step), before: None, lane: None, above: None })
    }

    fn put(&mut self, titles: &str, spot: CardPlace) -> &mut Self {
        let ids: Vec<_> = self.ids(titles).into_iter().filter_map(Id::to_typed).collect();
        let moved = move_touchpoints(&self.project, &ids, spot, &mut self.source);
        self.apply(&moved);
        self
    }

    fn add(&mut self, slot: Slot, title: char) -> &mut Self {
        let (added, _) = add_touchpoint(&self.project, slot, &title.to_string(), &mut self.source).unwrap();
        self.apply(&added);
        self
    }

    fn after(&mut self, card: char, title: char) -> &mut Self {
        self.add(Slot::After(self.card(card).id), title)
    }

    /// Duplicates cards; the copies get the next letters of the alphabet after `w`.
    fn duplicate(&mut self, titles: &str) -> &mut Self {
        let (made, new) = duplicate_elements(&self.project, &self.ids(titles), &mut self.source);
        self.apply(&made);
        self.name_copies(&new)
    }

    fn name_copies(&mut self, new: &[Id]) -> &mut Self {
        let journey = self.journey();
        let steps = journey.stages_in_order().into_iter().flat_map(|stage| journey.steps_of(stage.id));
        let mut cards: Vec<Id> = Vec::new();
        for step in steps {
            let inside = crate::model::sort_records(
                journey.touchpoints().values().filter(|card| card.step == step.id),
            );
            cards.extend(inside.iter().map(|card| Id::from(card.id)).filter(|id| new.contains(id)));
        }
        for (card, name) in cards.iter().zip("wxyz".chars()) {
            let named =
                set_field(&self.project, &[*card], Touchpoint::TITLE, &FieldValue::Text(name.to_string()));
            self.apply(&named);
        }
        self
    }

    #[track_caller]
    fn is(&self, map: &str, flows: &str) {
        assert_eq!((self.told(), self.flows()), (map.to_owned(), flows.to_owned()));
    }
}

#[test]
fn deleting_a_middle_card_joins_what_it_joined() {
    FlowMap::chain("a-b-c").delete("b").is("a-c", "ac");
    FlowMap::chain("a-b|c-d").delete("bc").is("a|d", "ad");
    FlowMap::chain("a-b-c").delete("a").is("b-c", "bc");
    FlowMap::chain("a-b-c").delete("c").is("a-b", "ab");
    FlowMap::chain("a-b").delete("ab").is("", "");
    FlowMap::chain("a-bc-d").delete("b").is("a-c-d", "ac cd");
    FlowMap::chain("a-bc-d").delete("bc").is("a-d", "ad");
}

#[test]
fn deleting_a_stage_joins_what_stands_before_and_behind_it() {
    let mut map = FlowMap::chain("a|b-c|d");
    let gone = delete_records(&map.project, &[map.stage(1).into()], &mut map.source);
    map.apply(&gone);
    map.is("a|d", "ad");
}

#[test]
fn a_flow_that_was_deleted_by_hand_stays_away() {
    FlowMap::chain("a-b-c").undraw("bc").is("a-b-c", "ab");
    let mut map = FlowMap::chain("a-b-c-d");
    map.undraw("bc").delete("d").is("a-b-c", "ab");
    let both = map.journey().flows().keys().next().map(|flow| Id::from(*flow));
    let ids: Vec<Id> = both.into_iter().chain(map.ids("c")).collect();
    let gone = delete_records(&map.project, &ids, &mut map.source);
    map.apply(&gone);
    map.is("a-b", "");
}

#[test]
fn a_moved_card_leaves_one_place_of_the_chain_and_comes_into_another() {
    FlowMap::chain("a-b-c-d").before("b", 'd').is("a-c-b-d", "ac bd cb");
    FlowMap::chain("a-b-c").before("c", 'a').is("c-a-b", "ab ca");
    FlowMap::chain("a-b|c").nudge("b", Toward::Left).is("b-a|c", "ac ba");
    FlowMap::chain("a-b|c").nudge("a", Toward::Right).is("b-a|c", "ac ba");
    FlowMap::chain("a-b|c").nudge("b", Toward::Right).is("a|b-c", "ab bc");
    FlowMap::chain("a-b-c-d-e").before("bc", 'e').is("a-d-b-c-e", "ad bc ce db");
    FlowMap::chain("a-b-c-d-e").before("bd", 'a').is("b-d-a-c-e", "ac bd ce da");
}

#[test]
fn a_card_dropped_where_it_stood_changes_nothing() {
    let mut map = FlowMap::chain("a-b-c");
    let spot =
        CardPlace { stage: map.stage(0), step: None, before: Some(map.step('c')), lane: None, above: None };
    let ids = [map.card('b').id];
    assert!(move_touchpoints(&map.project, &ids, spot, &mut map.source).is_empty());
}

#[test]
fn alternatives_rejoin_the_next_step() {
    let mut map = FlowMap::chain("a-bc-d");
    map.is("a-bc-d", "ab ac bd cd");
    map.after('b', 'e').is("a-bc-e-d", "ab ac be ce ed");
    FlowMap::chain("a-b-c-d").beside("c", 'b').is("a-bc-d", "ab ac bd cd");
    FlowMap::chain("a-bc-d").before("c", 'd').is("a-b-c-d", "ab bc cd");
    FlowMap::chain("a-bc").after('c', 'd').is("a-bc-d", "ab ac bd cd");
    let mut map = FlowMap::chain("ab|c");
    map.add(Slot::EndOf(map.stage(0)), 'd').is("ab-d|c", "ad bd dc");
}

#[test]
fn an_alternative_told_to_end_or_to_lead_elsewhere_does_not_rejoin() {
    let mut map = FlowMap::chain("a-bc-d-e");
    map.undraw("cd").after('b', 'f').is("a-bc-f-d-e", "ab ac bf de fd");
    map.delete("f").is("a-bc-d-e", "ab ac bd de");
    let mut map = FlowMap::chain("a-bc-d-e");
    map.undraw("cd").draw("ce", "").delete("d").is("a-bc-e", "ab ac be ce");
}

#[test]
fn a_card_put_in_anywhere_comes_into_the_chain() {
    FlowMap::chain("a-b-c").after('b', 'd').is("a-b-d-c", "ab bd dc");
    FlowMap::chain("a-b").after('b', 'c').is("a-b-c", "ab bc");
    let mut map = FlowMap::chain("a-b|c");
    map.add(Slot::EndOf(map.stage(0)), 'd').is("a-b-d|c", "ab bd dc");
    let mut map = FlowMap::chain("a-b");
    let first =
        CardPlace { stage: map.stage(0), step: None, before: Some(map.step('a')), lane: None, above: None };
    map.add(Slot::At(first), 'c').is("c-a-b", "ab ca");
    let inside = CardPlace { before: None, step: Some(map.step('a')), ..first };
    map.add(Slot::At(inside), 'd').is("c-ad-b", "ab ca cd db");
    map.add(Slot::Apart(CardPlace { before: None, ..first }), 'e').is("c-ad-b-e", "ab ca cd db");
}

#[test]
fn a_map_without_flows_gets_none_by_moving() {
    let mut map = FlowMap::chain("a");
    for title in ['b', 'c'] {
        map.add(Slot::Apart(CardPlace::end_of(map.stage(0), None)), title);
    }
    map.is("a-b-c", "");
    map.before("c", 'a').is("c-a-b", "");
    map.beside("c", 'a').is("ac-b", "");
    map.duplicate("b").is("ac-b-w", "");
    map.delete("b").is("ac-w", "");
}

#[test]
fn a_card_without_flows_comes_in_where_it_is_dropped_into_a_chain() {
    let mut map = FlowMap::chain("a-b");
    map.add(Slot::Apart(CardPlace::end_of(map.stage(0), None)), 'c').is("a-b-c", "ab");
    map.before("c", 'b').is("a-c-b", "ac cb");
}

#[test]
fn labelled_flows_keep_their_ends_and_loop_only_where_they_lead_back() {
    let mut map = FlowMap::chain("a-b-c-d");
    map.draw("ac", "?").before("c", 'b').is("a-c-b-d", "ac? bd cb");
    let mut map = FlowMap::chain("a-b-c-d");
    map.draw("bd", "?").before("d", 'b').is("a-d-b-c", "ad bc bd? db");
    // The way on is labelled: it is kept, and the chain closes without it.
    let mut map = FlowMap::chain("a-b-c");
    map.draw("ab", "?").nudge("b", Toward::Right).is("a-c-b", "ab? ac cb");
    map.delete("c").is("a-b", "ab?");
}

#[test]
fn drawn_branches_and_loops_keep_their_ends() {
    let mut map = FlowMap::chain("a-b-c-d");
    map.draw("ad", "").draw("ca", "").before("b", 'd').is("a-c-b-d", "ac ad bd ca cb");
    map.delete("b").is("a-c-d", "ac ad ca cd");
}

#[test]
fn an_exception_beside_the_chain_stays_one() {
    let mut map = FlowMap::chain("a-b-x-c");
    map.draw("bx", "?").draw("bc", "").is("a-b-x-c", "ab bc bx? xc");
    map.after('b', 'd').is("a-b-d-x-c", "ab bd bx? dc xc");
    map.delete("d").is("a-b-x-c", "ab bc bx? xc");
    map.delete("x").is("a-b-c", "ab bc");
}

#[test]
fn a_branch_of_exceptions_goes_on_within_itself() {
    let mut map = FlowMap::chain("a-b-x-c");
    map.draw("bx", "?").draw("bc", "").after('x', 'y').is("a-b-x-y-c", "ab bc bx? xy yc");
    map.after('y', 'z').is("a-b-x-y-z-c", "ab bc bx? xy yz zc");
    map.nudge("z", Toward::Left).is("a-b-x-z-y-c", "ab bc bx? xz yc zy");
    map.delete("z").is("a-b-x-y-c", "ab bc bx? xy yc");
    map.add(Slot::Beside(map.card('y').id), 'w').is("a-b-x-yw-c", "ab bc bx? wc xw xy yc");
}

#[test]
fn parallel_ways_are_not_crossed() {
    let mut map = FlowMap::chain("a-bc-de-f");
    map.undraw("be").undraw("cd").is("a-bc-de-f", "ab ac bd ce df ef");
    map.delete("b").is("a-c-de-f", "ac ad ce df ef");
}

#[test]
fn a_stage_moves_with_its_part_of_the_chain() {
    let mut map = FlowMap::chain("a-b|c-d|e");
    let moved = reorder_record(&map.project, map.stage(1).into(), Some(map.stage(0).into()), &mut map.source);
    map.apply(&moved);
    map.is("c-d|a-b|e", "ab be cd da");
    let back = nudge_elements(&map.project, &[map.stage(0).into()], Toward::Right, &mut map.source);
    map.apply(&back);
    map.is("a-b|c-d|e", "ab bc cd de");
}

#[test]
fn flows_between_stages_follow_them() {
    let mut map = FlowMap::chain("a|b|c");
    for pair in [[0, 1], [1, 2]] {
        let [from, to] = pair.map(|place| Id::from(map.stage(place)));
        let drawn = add_flow(&map.project, from, to, &mut map.source).unwrap().0;
        map.apply(&drawn);
    }
    map.is("a|b|c", "ab ab bc bc");
    let moved = nudge_elements(&map.project, &[map.stage(2).into()], Toward::Left, &mut map.source);
    map.apply(&moved);
    map.is("a|c|b", "ac ac cb cb");
    let gone = delete_records(&map.project, &[map.stage(1).into()], &mut map.source);
    map.apply(&gone);
    map.is("a|b", "ab ab");
}

#[test]
fn copies_stand_together_behind_the_last_in_their_stages_and_in_the_chain() {
    FlowMap::chain("a-b-c").duplicate("b").is("a-b-w-c", "ab bw wc");
    FlowMap::chain("a-b-c-d").duplicate("ac").is("a-b-c-w-x-d", "ab bc cw wx xd");
    FlowMap::chain("a-b-c|d-e").duplicate("ad").is("a-w-b-c|d-x-e", "aw bc cd dx wb xe");
    FlowMap::chain("a|b-c").duplicate("ab").is("a-w|b-x-c", "aw bx wb xc");
    FlowMap::chain("a-bc-d").duplicate("bc").is("a-bc-wx-d", "ab ac bw bx cw cx wd xd");
    FlowMap::chain("a-bc-d").duplicate("c").is("a-bcw-d", "ab ac aw bd cd wd");
    let mut map = FlowMap::chain("a-b|c");
    let ids: Vec<Id> = [map.stage(0).into()].into_iter().chain(map.ids("c")).collect();
    let (made, new) = duplicate_elements(&map.project, &ids, &mut map.source);
    map.apply(&made);
    map.name_copies(&new).is("a-b|w-x|c-y", "ab bw cy wx xc");
    let mut turned = FlowMap::chain("a-b-c");
    let ids = turned.ids("ba");
    let (made, new) = duplicate_elements(&turned.project, &ids, &mut turned.source);
    turned.apply(&made);
    turned.name_copies(&new).is("a-b-w-x-c", "ab bw wx xc");
}

#[test]
fn a_copied_insight_speaks_of_what_the_first_speaks_of() {
    let mut map = FlowMap::chain("a");
    let journey = map.journey().info().id;
    let about = map.id('a');
    let (made, pain) =
        add_insight(&map.project, journey, Some(about), InsightKind::Pain, "Slow", &mut map.source);
    map.apply(&made);
    let (made, new) = duplicate_elements(&map.project, &[pain.into()], &mut map.source);
    map.apply(&made);
    assert_eq!(new.iter().map(|id| map.journey().speaks_of(*id)).collect::<Vec<_>>(), [[about]]);
}

#[test]
fn pasted_cards_come_into_the_chain() {
    let mut map = FlowMap::chain("a-b-c");
    let clip = copy_elements(&map.project, &map.ids("bc")).unwrap();
    let journey = map.journey().info().id;
    let at = map.id('a');
    let (made, new) = paste_clip(&map.project, &clip, journey, Some(at), &mut map.source);
    map.apply(&made);
    map.name_copies(&new).is("a-w-x-b-c", "aw bc wx xb");
}

#[test]
fn what_the_company_does_unseen_is_no_part_of_the_customers_chain() {
    let mut map = FlowMap::chain("a-b-c");
    let journey = map.journey().info().id;
    let (made, lane) = add_lane(&map.project, journey, None, LaneKind::BackStage, &mut map.source);
    map.apply(&made);
    let below = CardPlace {
        stage: map.stage(0),
        step: Some(map.step('b')),
        before: None,
        lane: Some(lane),
        above: None,
    };
    map.add(Slot::At(below), 'x').draw("bx", "").is("a-bx-c", "ab bc bx");
    map.after('b', 'd').is("a-bx-d-c", "ab bd bx dc");
    map.delete("x").is("a-b-d-c", "ab bd dc");
    // Dragged below, a step leaves the chain; dragged up again, it comes back.
    let below = CardPlace { step: Some(map.step('d')), ..below };
    map.put("b", below).is("a-db-c", "ad dc");
    let above = CardPlace { step: None, before: Some(map.step('d')), lane: None, ..below };
    map.put("b", above).is("a-b-d-c", "ab bd dc");
    // Deleting a lane leaves its cards with their flows.
    map.put("b", CardPlace { step: Some(map.step('d')), ..below }).draw("ab", "");
    let gone = delete_records(&map.project, &[lane.into()], &mut map.source);
    map.apply(&gone);
    map.is("a-db-c", "ab ad dc");
}
