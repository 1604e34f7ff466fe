//! Gestures that change the document. A gesture is a value: the document and scene from when it began, and
//! the grabbed elements; the pointer's place determines the change. Releasing commits that once, Escape drops
//! it, and until then the document is not touched.

mod cards;
mod connect;
mod feeling;
mod notes;
mod reorder;

use engine::edit::Transaction;
use engine::id::{Id, IdSource, JourneyId, LaneId, PersonaId, PictureId, StageId, TouchpointId};
use engine::model::{Journey, Project};
use engine::scene::{Placed, Pt, Rect, Scene, ScenePart};
use std::sync::Arc;

/// The grabbed elements of a gesture.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Grab {
    /// Cards, to be moved elsewhere.
    Cards(Vec<TouchpointId>),
    /// A stage, to be moved before another.
    Stage(StageId),
    /// A lane, to be moved above another.
    Lane(LaneId),
    /// The edge of a touchpoint or stage, to draw a flow from it.
    Flow(Id),
    /// Insights and improvements, to be given another subject.
    Notes(Vec<Id>),
    /// A picture, to be moved elsewhere.
    Picture(PictureId),
    /// A touchpoint's point on a persona's feeling curve.
    Feeling(TouchpointId, PersonaId),
}

/// The outcome of a gesture if the pointer were released now.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct GestureOutcome {
    /// The change to the document.
    pub(super) transaction: Transaction,
    /// The mark of the target.
    pub(super) guide: Option<Guide>,
}

/// A mark of a gesture's target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Guide {
    /// A line between two columns, stages or lanes.
    Line(Pt, Pt),
    /// A ring around the target element.
    Around(Rect),
    /// A value beside the pointer.
    Value(f32),
}

/// The document and scene from when a gesture began.
#[derive(Debug, Clone)]
pub(super) struct GestureStart {
    pub(super) scene: Arc<Scene>,
    pub(super) project: Project,
    pub(super) journey: JourneyId,
    /// The source of new ids; each preview starts from a copy, so that all use the same.
    pub(super) source: IdSource,
    /// The name of a persona that must be created first.
    pub(super) first_persona: &'static str,
}

impl GestureStart {
    fn journey(&self) -> Option<&Arc<Journey>> {
        self.project.journey(self.journey)
    }
}

/// A gesture in progress.
#[derive(Debug, Clone)]
pub(super) struct Gesture {
    pub(super) grab: Grab,
    /// The point of the page where it began.
    pub(super) start: Pt,
    /// The pointer on the page.
    pub(super) pointer: Pt,
    /// True if a key is held that adds instead of replacing.
    pub(super) also: bool,
    pub(super) outcome: GestureOutcome,
    ground: GestureStart,
}

impl Gesture {
    /// Begins a gesture.
    pub(super) fn new(grab: Grab, start: Pt, ground: GestureStart) -> Self {
        Self { grab, start, pointer: start, also: false, outcome: GestureOutcome::default(), ground }
    }

    /// Updates the outcome for a new pointer position.
    pub(super) fn follow_pointer(&mut self, pointer: Pt, also: bool) {
        if pointer != self.pointer || also != self.also {
            (self.pointer, self.also) = (pointer, also);
            self.outcome = self.grab.outcome_at(&self.ground, pointer, also);
        }
    }

    /// Returns copies of the dragged elements, at the pointer.
    pub(super) fn dragged_items(&self) -> Vec<Placed> {
        let (part, ids): (ScenePart, Vec<Id>) = match &self.grab {
            Grab::Cards(ids) => (ScenePart::Card, ids.iter().map(|id| Id::from(*id)).collect()),
            Grab::Stage(stage) => (ScenePart::StageHeader, vec![Id::from(*stage)]),
            Grab::Notes(ids) => (ScenePart::Insight, ids.clone()),
            Grab::Picture(id) => (ScenePart::Picture, vec![Id::from(*id)]),
            Grab::Lane(_) | Grab::Flow(_) | Grab::Feeling(..) => return Vec::new(),
        };
        let is = |item: &&Placed| {
            item.block.part == part && item.block.element.is_some_and(|id| ids.contains(&id))
        };
        let moved = |item: &Placed| Placed {
            at: item.at + self.pointer - self.start,
            block: Arc::clone(&item.block),
        };
        self.ground.scene.items.iter().filter(is).map(moved).collect()
    }
}

impl Grab {
    /// Returns the outcome of releasing over a point of the page.
    pub(super) fn outcome_at(&self, ground: &GestureStart, pointer: Pt, also: bool) -> GestureOutcome {
        match self {
            Self::Cards(ids) => cards::drop_cards(ground, ids, pointer),
            Self::Stage(stage) => reorder::drop_stage(ground, *stage, pointer),
            Self::Lane(lane) => reorder::drop_lane(ground, *lane, pointer),
            Self::Flow(from) => connect::drop_flow(ground, *from, pointer),
            Self::Notes(ids) => notes::drop_notes(ground, ids, pointer, also),
            Self::Picture(id) => notes::drop_picture(ground, *id, pointer),
            Self::Feeling(touchpoint, persona) => {
                feeling::drop_feeling(ground, *touchpoint, *persona, pointer)
            }
        }
    }
}

pub(super) use cards::spot_at;
pub(super) use feeling::{edited_persona, step_feelings};
pub(super) use notes::{is_note, picture_place};
