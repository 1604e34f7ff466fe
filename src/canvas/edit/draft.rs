//! The text being typed, and the change it would make.

use engine::edit::Transaction;
use engine::edit::command::{self, Slot};
use engine::id::{Id, IdSource, JourneyId, LaneId, StageId};
use engine::model::choice::{ImprovementKind, InsightKind};
use engine::model::value::FieldValue;
use engine::model::{Project, title_field};

/// The element or field that the typed text belongs to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::canvas) enum EditTarget {
    /// The name of an existing element.
    Name(Id),
    /// A new stage after another, or after the last.
    Stage(Option<StageId>),
    /// A new touchpoint.
    Touchpoint(Slot),
    /// A new insight about something.
    Insight(InsightKind, Option<Id>),
    /// A new opportunity or solution for something.
    Improvement(ImprovementKind, Option<Id>),
    /// The text of a lane under a step or stage.
    Cell(LaneId, Id),
}

/// A text being typed, with the document as it was before.
#[derive(Debug, Clone)]
pub(in crate::canvas) struct TextDraft {
    pub(in crate::canvas) what: EditTarget,
    /// The text so far.
    pub(in crate::canvas) text: String,
    /// The document before typing began.
    pub(in crate::canvas) project: Project,
    journey: JourneyId,
    source: IdSource,
}

impl TextDraft {
    /// Starts with the element's present text.
    pub(in crate::canvas) fn new(
        what: EditTarget,
        project: &Project,
        journey: JourneyId,
        source: IdSource,
    ) -> Self {
        let text = match what {
            EditTarget::Name(id) => stored_title(project, id),
            EditTarget::Cell(lane, at) => stored_cell_text(project, journey, lane, at),
            EditTarget::Stage(_)
            | EditTarget::Touchpoint(_)
            | EditTarget::Insight(..)
            | EditTarget::Improvement(..) => String::new(),
        };
        Self { what, text, project: project.clone(), journey, source }
    }

    /// True if the typing creates a new element.
    pub(in crate::canvas) fn is_new(&self) -> bool {
        !matches!(self.what, EditTarget::Name(_) | EditTarget::Cell(..))
    }

    /// Returns the change that the text makes, and the element it belongs to.
    pub(in crate::canvas) fn to_transaction(&self) -> (Transaction, Option<Id>) {
        let project = &self.project;
        let journey = self.journey;
        let mut source = self.source.clone();
        let text = self.text.trim();
        match self.what {
            EditTarget::Name(id) => (command::rename_record(project, id, text), Some(id)),
            EditTarget::Stage(after) => {
                with_element_id(command::add_stage(project, journey, after, text, &mut source))
            }
            EditTarget::Touchpoint(slot) => command::add_touchpoint(project, slot, text, &mut source)
                .map(with_element_id)
                .unwrap_or_default(),
            EditTarget::Insight(kind, about) => {
                with_element_id(command::add_insight(project, journey, about, kind, text, &mut source))
            }
            EditTarget::Improvement(kind, about) => {
                with_element_id(command::add_improvement(project, about, kind, text, &mut source))
            }
            EditTarget::Cell(lane, at) => {
                let transaction = command::set_cell(project, lane, at, text, &mut source);
                let there = self.cell_there(lane, at);
                let made = transaction.ops.first().map(engine::edit::Op::id);
                (transaction, there.or(made))
            }
        }
    }

    /// Returns the change to commit when typing ends; empty if a new element got no name.
    pub(in crate::canvas) fn final_transaction(&self) -> (Transaction, Option<Id>) {
        let blank = self.text.trim().is_empty();
        let nameless = match self.what {
            EditTarget::Name(id) => blank && command::needs_title(id.kind()),
            EditTarget::Cell(..) => false,
            EditTarget::Stage(_)
            | EditTarget::Touchpoint(_)
            | EditTarget::Insight(..)
            | EditTarget::Improvement(..) => blank,
        };
        if nameless { (Transaction::default(), None) } else { self.to_transaction() }
    }

    fn cell_there(&self, lane: LaneId, at: Id) -> Option<Id> {
        let journey = self.project.journey(self.journey)?;
        let cell = journey.cells().values().find(|cell| cell.lane == lane && cell.at == at)?;
        Some(cell.id.into())
    }
}

fn with_element_id<I: Into<Id>>((transaction, id): (Transaction, I)) -> (Transaction, Option<Id>) {
    (transaction, Some(id.into()))
}

fn stored_title(project: &Project, id: Id) -> String {
    let field = title_field(id.kind());
    let value = field.and_then(|field| project.record(id)?.get(field));
    if let Some(FieldValue::Text(text)) = value { text } else { String::new() }
}

fn stored_cell_text(project: &Project, journey: JourneyId, lane: LaneId, at: Id) -> String {
    let journey = project.journey(journey);
    let found = journey.and_then(|j| j.cells().values().find(|cell| cell.lane == lane && cell.at == at));
    found.map(|cell| cell.text.clone()).unwrap_or_default()
}
