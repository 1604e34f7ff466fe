//! Copies a whole journey as a to-be journey.

use super::draft::TransactionBuilder;
use super::fresh::{new_ids, remap_ids};
use crate::edit::op::Transaction;
use crate::id::{AnswerId, IdSource, JourneyId};
use crate::model::choice::JourneyState;
use crate::model::{Answer, JourneyInfo, Project};
use crate::order::OrderKey;

/// Copies a journey with everything in it, right after it: stages, cards, flows, texts, pictures, insights
/// and lanes under new ids, and links from the project's opportunities and solutions. The copy names its
/// origin. Survey questions, and so the scores, stay with the journey that they were asked about.
pub fn duplicate_journey(
    project: &Project,
    id: JourneyId,
    title: &str,
    source: &mut IdSource,
) -> Option<(Transaction, JourneyId)> {
    let journey = project.journey(id)?;
    let names = new_ids(journey.records().map(|record| record.id()), source);
    let copy: JourneyId = names.get(&id.into())?.to_typed()?;
    let mut draft = TransactionBuilder::new(project, source);
    let key = key_after(project, id, draft.source);
    let info = JourneyInfo::clone(journey.info());
    draft.insert(JourneyInfo {
        id: copy,
        key,
        title: title.to_owned(),
        state: JourneyState::ToBe,
        origin: Some(id),
        ..info
    });
    for record in journey.records().skip(1).filter_map(|record| remap_ids(&record, &names)) {
        draft.insert(record);
    }
    for answer in project.answers().values() {
        if let Some(to) = names.get(&answer.to) {
            let answer = Answer::new(AnswerId::new(draft.source), answer.from, *to);
            draft.insert(answer);
        }
    }
    Some((draft.finish(), copy))
}

/// Returns a key between a journey and the next.
fn key_after(project: &Project, id: JourneyId, source: &mut IdSource) -> OrderKey {
    let journeys = project.journeys_in_order();
    let place = journeys.iter().position(|journey| journey.info().id == id).unwrap_or(journeys.len());
    let key = |place: usize| journeys.get(place).map(|journey| &journey.info().key);
    OrderKey::new_between(key(place), key(place + 1), source)
}

/// Returns the journey's origin, or else the first journey made from it: the usual one to compare with.
pub fn find_counterpart(project: &Project, id: JourneyId) -> Option<JourneyId> {
    let info = project.journey(id)?.info();
    let origin = info.origin.filter(|origin| project.journey(*origin).is_some());
    let made = || {
        let journeys = project.journeys_in_order();
        journeys.iter().find(|journey| journey.info().origin == Some(id)).map(|journey| journey.info().id)
    };
    origin.or_else(made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply_all;
    use crate::edit::command::{add_improvement, delete_records};
    use crate::id::Id;
    use crate::model::check::find_problems;
    use crate::model::choice::ImprovementKind;
    use crate::store::load::load_project;
    use std::collections::BTreeMap;

    fn counts(project: &Project, id: JourneyId) -> BTreeMap<crate::id::Kind, usize> {
        let mut counts = BTreeMap::new();
        for record in project.journey(id).unwrap().records() {
            *counts.entry(record.id().kind()).or_default() += 1;
        }
        counts
    }

    #[test]
    fn a_copied_journey_holds_all_of_the_first_and_its_links_to_the_project() {
        let source = &mut IdSource::from_seed(3);
        for template in crate::store::template::ALL {
            let mut project = load_project(template.bytes).unwrap().project;
            let id = project.journeys_in_order()[0].info().id;
            let pain = project.journeys_in_order()[0].insights().keys().next().copied();
            if let Some(pain) = pain {
                let about = Some(pain.into());
                let kind = ImprovementKind::Opportunity;
                let (change, _) = add_improvement(&project, about, kind, "More", source);
                apply_all(&mut project, &change).unwrap();
            }
            let before = project.clone();
            let (change, copy) = duplicate_journey(&project, id, "Shall be", source).unwrap();
            apply_all(&mut project, &change).unwrap();
            assert_eq!(counts(&project, id), counts(&project, copy), "{}", template.name);
            let answers = |project: &Project| project.answers().len();
            let to_journey = |journey: JourneyId| {
                let held = project.answers().values();
                held.filter(|answer| project.journey(journey).unwrap().record(answer.to).is_some()).count()
            };
            assert_eq!(to_journey(copy), to_journey(id), "{}", template.name);
            assert!(pain.is_none() || answers(&project) > answers(&before), "{}", template.name);
            assert_eq!(project.improvements(), before.improvements());
            let info = project.journey(copy).unwrap().info();
            assert_eq!((info.origin, info.state), (Some(id), JourneyState::ToBe));
            assert_eq!(
                (find_counterpart(&project, id), find_counterpart(&project, copy)),
                (Some(copy), Some(id))
            );
            let titles: Vec<&str> =
                project.journeys_in_order().iter().map(|journey| journey.info().title.as_str()).collect();
            assert_eq!(titles[1], "Shall be");
            assert!(find_problems(&project).len() <= 2 * find_problems(&before).len(), "{}", template.name);
            let gone = delete_records(&project, &[Id::from(id)], source);
            apply_all(&mut project, &gone).unwrap();
            assert_eq!(project.journey(copy).unwrap().info().origin, None, "it lets go of the first");
        }
    }
}
