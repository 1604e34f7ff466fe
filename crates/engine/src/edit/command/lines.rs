//! Lines of text as elements: touchpoints in a row with their pains, or pains of one element.

use super::add::add_stage;
use super::attach::add_insight;
use super::draft::TransactionBuilder;
use super::place::{Slot, add_touchpoint};
use crate::edit::op::Transaction;
use crate::id::{Id, IdSource, JourneyId, Kind, TouchpointId};
use crate::model::choice::InsightKind;
use crate::model::value::FieldValue;
use crate::model::{Field, Insight, Journey, Project, Touchpoint};

/// A line of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLine {
    /// Its words, without a list marker.
    pub words: String,
    /// True if the line is indented: it belongs to the last line above that is not.
    pub indented: bool,
}

/// Maximum length of a title in characters; a longer text is kept whole in the description.
const TITLE: usize = 160;

/// Makes a touchpoint of each line and a pain of each indented one. They follow the selected element, or the
/// last touchpoint; a stage is added if there is none yet. Returns the new elements.
pub fn add_lines(
    project: &Project,
    journey: JourneyId,
    at: Option<Id>,
    lines: &[TextLine],
    source: &mut IdSource,
) -> (Transaction, Vec<Id>) {
    let mut draft = TransactionBuilder::new(project, source);
    let mut new = Vec::new();
    let mut card: Option<TouchpointId> = None;
    let Some(mut slot) = first_slot(&mut draft, journey, at) else { return (draft.finish(), new) };
    for line in lines {
        if let Some(card) = card
            && line.indented
        {
            new.push(add_pain(&mut draft, journey, card.into(), &line.words));
            continue;
        }
        let (title, more) = split_title(&line.words);
        let made = add_touchpoint(&draft.project().clone(), slot, &title, draft.source);
        let Some((transaction, id)) = made else { break };
        draft.extend(transaction);
        set_description(&mut draft, id.into(), Touchpoint::DESCRIPTION, more);
        new.push(id.into());
        card = Some(id);
        slot = Slot::After(id);
    }
    (draft.finish(), new)
}

/// Makes each line a pain about one element. Returns the new elements.
pub fn add_pains(
    project: &Project,
    journey: JourneyId,
    about: Id,
    lines: &[TextLine],
    source: &mut IdSource,
) -> (Transaction, Vec<Id>) {
    let mut draft = TransactionBuilder::new(project, source);
    let new = lines.iter().map(|line| add_pain(&mut draft, journey, about, &line.words)).collect();
    (draft.finish(), new)
}

fn add_pain(draft: &mut TransactionBuilder<'_>, journey: JourneyId, about: Id, words: &str) -> Id {
    let (title, more) = split_title(words);
    let project = draft.project().clone();
    let (transaction, id) =
        add_insight(&project, journey, Some(about), InsightKind::Pain, &title, draft.source);
    draft.extend(transaction);
    set_description(draft, id.into(), Insight::DESCRIPTION, more);
    id.into()
}

fn set_description(draft: &mut TransactionBuilder<'_>, id: Id, field: impl Into<Field>, more: Option<&str>) {
    if let Some(more) = more {
        draft.set_field(id, field, FieldValue::Text(more.to_owned()));
    }
}

/// Returns a title of bounded length, and the whole text if it is longer.
fn split_title(words: &str) -> (String, Option<&str>) {
    let Some((end, _)) = words.char_indices().nth(TITLE) else { return (words.to_owned(), None) };
    let beginning = words.get(..end).unwrap_or(words);
    let beginning = beginning.rsplit_once(' ').map_or(beginning, |(before, _)| before);
    (format!("{beginning}…"), Some(words))
}

/// Returns the first slot: after the selected touchpoint, or at the end of the selected stage or the last.
fn first_slot(draft: &mut TransactionBuilder<'_>, journey: JourneyId, at: Option<Id>) -> Option<Slot> {
    let found = draft.project().journey(journey)?.clone();
    if let Some(slot) = at.and_then(|at| slot_at(&found, at)) {
        return Some(slot);
    }
    if let Some(last) = found.stages_in_order().last() {
        return Some(Slot::EndOf(last.id));
    }
    let (transaction, stage) = add_stage(&draft.project().clone(), journey, None, "", draft.source);
    draft.extend(transaction);
    Some(Slot::EndOf(stage))
}

fn slot_at(journey: &Journey, at: Id) -> Option<Slot> {
    match at.kind() {
        Kind::Touchpoint => {
            at.to_typed().filter(|id| journey.touchpoints().contains_key(id)).map(Slot::After)
        }
        Kind::Stage => at.to_typed().filter(|id| journey.stages().contains_key(id)).map(Slot::EndOf),
        Kind::Insight => journey.speaks_of(at).into_iter().find_map(|about| slot_at(journey, about)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply_all;
    use crate::edit::command::new_project;
    use crate::model::check::{Problem, Severity, find_problems};

    fn line(words: &str, indented: bool) -> TextLine {
        TextLine { words: words.to_owned(), indented }
    }

    #[test]
    fn lines_follow_each_other_with_their_pains_and_no_problem() {
        let mut source = IdSource::from_seed(7);
        let mut project = new_project("Trip", &mut source);
        let journey = project.journeys_in_order()[0].info().id;
        let long = "word ".repeat(60);
        let lines =
            [line("first", true), line("Search", false), line("slow", true), line(long.trim(), false)];
        let (transaction, new) = add_lines(&project, journey, None, &lines, &mut source);
        apply_all(&mut project, &transaction).unwrap();
        // The added stage has no name yet, which is no error.
        let errors = |project: &Project| -> Vec<Problem> {
            find_problems(project).into_iter().filter(|problem| problem.severity == Severity::Error).collect()
        };
        assert_eq!((errors(&project), new.len()), (Vec::new(), 4));
        let found = project.journey(journey).unwrap();
        assert_eq!(
            (found.stages().len(), found.touchpoints().len(), found.flows().len(), found.insights().len()),
            (1, 3, 2, 1)
        );
        let last = found.touchpoints()[&new[3].to_typed().unwrap()].clone();
        assert!(last.title.chars().count() <= TITLE + 1 && last.title.ends_with('…'), "{}", last.title);
        assert_eq!(last.description, long.trim());
        assert_eq!(found.speaks_of(new[2]), [new[1]]);
        let (transaction, more) = add_pains(&project, journey, new[1], &lines[1..], &mut source);
        apply_all(&mut project, &transaction).unwrap();
        assert_eq!((errors(&project), more.len()), (Vec::new(), 3));
        assert_eq!(project.journey(journey).unwrap().spoken_of_by(new[1]).len(), 4);
    }
}
