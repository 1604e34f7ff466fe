//! Differences between two versions of a project as people see them: each change with its kind, grouped by
//! journey and stage in the order of the map. [`crate::edit::diff_projects`] gives the same as operations.

mod conflict;
mod disambiguate;
mod labels;
mod match_journeys;
mod place;
mod sentences;
mod union;

pub use conflict::{ConflictWords, conflict_words};
pub use match_journeys::{as_version_of, keep_single_journey};
pub use sentences::{ChangeLine, ChangeSection, describe_changes};
pub use union::{Compared, ElementMark, compare_versions};

use crate::edit::{Op, diff_projects};
use crate::i18n::Msg;
use crate::id::{Id, JourneyId, StageId};
use crate::model::counts::Answer;
use crate::model::field::{Aspect, FieldContent, FieldWords, NumberUnit};
use crate::model::value::FieldValue;
use crate::model::{self, About, Field, FieldLabel, Flow, Project, Record};
use std::collections::{BTreeMap, BTreeSet};

/// The words for changed answers of customers, which are listed like a field of the element asked about.
const ANSWERS: FieldWords = FieldWords {
    label: FieldLabel::AnswersCounted,
    content: FieldContent::Number,
    unit: NumberUnit::Plain,
    empty: FieldLabel::None,
};

/// The kind of a change; the map marks each in its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// New.
    Added,
    /// In the older version only.
    Removed,
    /// In another stage, step, lane or order.
    Moved,
    /// Feelings, ratings or answers of customers differ.
    Rescored,
    /// Words differ.
    Reworded,
    /// It leads elsewhere or is about something else.
    Relinked,
    /// Any other field differs.
    Changed,
}

impl ChangeKind {
    /// All kinds, in the order of legends.
    pub const ALL: [Self; 7] = [
        Self::Added,
        Self::Removed,
        Self::Moved,
        Self::Rescored,
        Self::Reworded,
        Self::Relinked,
        Self::Changed,
    ];

    /// Returns the word that the interface shows for it.
    pub fn display_name(self) -> Msg {
        match self {
            Self::Added => Msg::ChangeAdded,
            Self::Removed => Msg::ChangeRemoved,
            Self::Moved => Msg::ChangeMoved,
            Self::Rescored => Msg::ChangeRescored,
            Self::Reworded => Msg::ChangeReworded,
            Self::Relinked => Msg::ChangeRelinked,
            Self::Changed => Msg::ChangeOther,
        }
    }

    /// Returns the name that scripts read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Moved => "moved",
            Self::Rescored => "rescored",
            Self::Reworded => "reworded",
            Self::Relinked => "relinked",
            Self::Changed => "changed",
        }
    }
}

/// One field's value before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldChange {
    /// The field; `None` for the answers of customers to questions about the element.
    pub field: Option<Field>,
    /// Its value before.
    pub from: FieldValue,
    /// Its value after.
    pub to: FieldValue,
}

impl FieldChange {
    /// Returns the name that scripts read.
    pub fn name(&self) -> &'static str {
        self.field.map_or("answers", |field| field.name)
    }

    fn words(&self) -> FieldWords {
        self.field.map_or(ANSWERS, |field| field.words)
    }
}

/// One change of one record.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordChange {
    /// The record.
    pub id: Id,
    /// The element that shows it on the map: the note of a link, the card of a column.
    pub element: Id,
    /// The kind of the change.
    pub kind: ChangeKind,
    /// The fields that differ; empty for a record that was added or removed.
    pub fields: Vec<FieldChange>,
    /// True if it only follows from another listed change, such as the column of a new card.
    pub implied: bool,
}

/// The changes of one stage, or of everything outside the stages.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeGroup {
    /// The journey; `None` for elements of the project as a whole.
    pub journey: Option<JourneyId>,
    /// The stage; `None` for the journey as a whole.
    pub stage: Option<StageId>,
    /// Its changes from left to right.
    pub changes: Vec<RecordChange>,
}

/// Returns all differences, grouped in the order of the map. The same versions give the same changes.
pub fn find_changes(old: &Project, new: &Project) -> Vec<ChangeGroup> {
    let ops = diff_projects(old, new).ops;
    let ids =
        |wanted: fn(&Op) -> bool| ops.iter().filter(|op| wanted(op)).map(Op::id).collect::<BTreeSet<Id>>();
    let added = ids(|op| matches!(op, Op::Insert(_)));
    let gone = ids(|op| matches!(op, Op::Remove(_)));
    let mut found = Vec::new();
    let mut sets: BTreeMap<(Id, ChangeKind), Vec<FieldChange>> = BTreeMap::new();
    for op in &ops {
        match op {
            // A record that moved to another journey is deleted and inserted.
            Op::Insert(record) if gone.contains(&record.id()) => found.push(move_change(record)),
            Op::Remove(record) if added.contains(&record.id()) => {}
            Op::Insert(record) => found.push(presence_change(new, record, ChangeKind::Added, &added)),
            Op::Remove(record) => found.push(presence_change(old, record, ChangeKind::Removed, &gone)),
            Op::Set { id, field, from, to } => {
                let change = FieldChange { field: Some(*field), from: from.clone(), to: to.clone() };
                sets.entry((*id, kind_of(field.aspect))).or_default().push(change);
            }
        }
    }
    for ((id, kind), fields) in sets {
        let elements = shown_elements(new, id);
        found.extend(elements.into_iter().map(|element| RecordChange {
            id,
            element,
            kind,
            fields: fields.clone(),
            implied: false,
        }));
    }
    found.extend(answer_changes(old, new));
    place::group_changes(old, new, found)
}

fn move_change(record: &Record) -> RecordChange {
    let id = record.id();
    RecordChange { id, element: id, kind: ChangeKind::Moved, fields: Vec::new(), implied: false }
}

/// Returns the change of a record that was added or removed, among the `others` that were too.
fn presence_change(
    project: &Project,
    record: &Record,
    kind: ChangeKind,
    others: &BTreeSet<Id>,
) -> RecordChange {
    let id = record.id();
    let with = |ids: &[Id]| ids.iter().any(|id| others.contains(id));
    let linked = |element: Id, field: Field, ends: &[Id]| {
        let to = record.get(field).unwrap_or(FieldValue::Nothing);
        let (from, to) =
            if kind == ChangeKind::Added { (FieldValue::Nothing, to) } else { (to, FieldValue::Nothing) };
        let fields = vec![FieldChange { field: Some(field), from, to }];
        RecordChange { id, element, kind: ChangeKind::Relinked, fields, implied: with(ends) }
    };
    let plain = |element: Id, implied: bool| RecordChange { id, element, kind, fields: Vec::new(), implied };
    match record {
        Record::Step(step) => {
            let journey = project.journey(step.journey);
            let filled = journey.is_some_and(|j| j.touchpoints().values().any(|card| card.step == step.id));
            plain(step.stage.into(), filled || with(&[step.stage.into()]))
        }
        Record::Flow(flow) if with(&[flow.from, flow.to]) => plain(id, true),
        Record::Flow(_) => linked(id, Flow::TO.field(), &[]),
        Record::About(about) => linked(about.from, About::TO.field(), &[about.from, about.to]),
        Record::Answer(answer) => {
            linked(answer.from.into(), model::Answer::TO.field(), &[answer.from.into(), answer.to])
        }
        Record::Image(_) => plain(id, true),
        _ => plain(id, false),
    }
}

/// Returns the kind of change that a change of this aspect is.
fn kind_of(aspect: Aspect) -> ChangeKind {
    match aspect {
        Aspect::Place => ChangeKind::Moved,
        Aspect::Score => ChangeKind::Rescored,
        Aspect::Words => ChangeKind::Reworded,
        Aspect::Link => ChangeKind::Relinked,
        Aspect::Other => ChangeKind::Changed,
    }
}

/// Returns the elements that show a record on the map: the cards of a column, the note of a link, else the
/// record itself.
fn shown_elements(project: &Project, id: Id) -> Vec<Id> {
    match project.record(id) {
        Some(Record::Step(step)) => {
            let journey = project.journey(step.journey);
            let cards = journey.into_iter().flat_map(|journey| journey.touchpoints().values());
            let own: Vec<Id> = cards.filter(|card| card.step == step.id).map(|card| card.id.into()).collect();
            if own.is_empty() { vec![step.stage.into()] } else { own }
        }
        Some(Record::About(about)) => vec![about.from],
        Some(Record::Answer(answer)) => vec![answer.from.into()],
        _ => vec![id],
    }
}

/// Returns the changes in customers' answers: for each touchpoint, stage or journey asked about, their number
/// before and after.
fn answer_changes(old: &Project, new: &Project) -> Vec<RecordChange> {
    if old.batches() == new.batches() && old.questions() == new.questions() {
        return Vec::new();
    }
    let before = count_answers(old);
    let after = count_answers(new);
    let none = BTreeMap::new();
    let n = |counts: &BTreeMap<Answer, u64>| FieldValue::Number(counts.values().sum::<u64>() as f64);
    let both = before.keys().chain(after.keys()).collect::<BTreeSet<_>>();
    let there = both.into_iter().filter(|id| old.record(**id).is_some() && new.record(**id).is_some());
    let change = |id: &Id| {
        let from = before.get(id).unwrap_or(&none);
        let to = after.get(id).unwrap_or(&none);
        let fields = vec![FieldChange { field: None, from: n(from), to: n(to) }];
        let kind = ChangeKind::Rescored;
        (from != to).then_some(RecordChange { id: *id, element: *id, kind, fields, implied: false })
    };
    there.filter_map(change).collect()
}

/// Counts each answer, by the element asked about.
fn count_answers(project: &Project) -> BTreeMap<Id, BTreeMap<Answer, u64>> {
    let mut found: BTreeMap<Id, BTreeMap<Answer, u64>> = BTreeMap::new();
    for batch in project.batches().values() {
        let whole = batch.counts.histograms.iter().filter(|(key, _)| key.segment.is_everyone());
        for (key, histogram) in whole {
            let target = project.questions().get(&key.question).and_then(|question| question.target);
            let Some(target) = target else { continue };
            let counts = found.entry(target).or_default();
            histogram.answers.iter().for_each(|(answer, n)| *counts.entry(*answer).or_default() += n);
        }
    }
    found
}
