//! Gestures that change the document. A gesture is a value: what the document and its picture were when it began,
//! and what was grabbed; where the pointer is decides what would change. Letting go commits that once, Escape
//! drops it, and the document was never touched.

mod cards;
mod connect;
mod feeling;
mod notes;
mod reorder;

use crate::edit::Transaction;
use crate::id::{Id, JourneyId, LaneId, PersonaId, PictureId, Source, StageId, TouchpointId};
use crate::model::{Journey, Project};
use crate::scene::{Part, Placed, Pt, Rect, Scene};
use std::sync::Arc;

/// What was grabbed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Grab {
    /// Cards, to be put elsewhere.
    Cards(Vec<TouchpointId>),
    /// A stage, to be put before another.
    Stage(StageId),
    /// A lane, to be put above another.
    Lane(LaneId),
    /// The edge of a touchpoint or stage, to be led to another.
    Flow(Id),
    /// Insights and improvements, to speak of something else.
    Notes(Vec<Id>),
    /// A picture, to stand elsewhere.
    Picture(PictureId),
    /// A touchpoint's point on a persona's feeling curve.
    Feeling(TouchpointId, PersonaId),
}

/// What would happen if the pointer were let go here.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Outcome {
    /// What would change.
    pub(super) transaction: Transaction,
    /// What shows where it would land.
    pub(super) guide: Option<Guide>,
}

/// A mark that shows where what is dragged would land.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Guide {
    /// A line between two columns, stages or lanes.
    Line(Pt, Pt),
    /// The element that would be met.
    Around(Rect),
    /// A value to be read at the pointer.
    Value(f32),
}

/// The ground a gesture stands on: document and picture as they were when it began.
#[derive(Debug, Clone)]
pub(super) struct Ground {
    pub(super) scene: Arc<Scene>,
    pub(super) project: Project,
    pub(super) journey: JourneyId,
    /// Where new ids come from; each preview starts from a copy, so that all have the same.
    pub(super) source: Source,
    /// The name of a persona that must be made first.
    pub(super) first_persona: &'static str,
}

impl Ground {
    fn journey(&self) -> Option<&Arc<Journey>> {
        self.project.journey(self.journey)
    }
}

/// A gesture under way.
#[derive(Debug, Clone)]
pub(super) struct Gesture {
    pub(super) grab: Grab,
    /// Where on the page it began.
    pub(super) start: Pt,
    /// Where on the page the pointer is.
    pub(super) pointer: Pt,
    /// A key is held that adds instead of replacing.
    pub(super) also: bool,
    pub(super) outcome: Outcome,
    ground: Ground,
}

impl Gesture {
    /// Grabs something.
    pub(super) fn new(grab: Grab, start: Pt, ground: Ground) -> Self {
        Self { grab, start, pointer: start, also: false, outcome: Outcome::default(), ground }
    }

    /// Follows the pointer.
    pub(super) fn follow(&mut self, pointer: Pt, also: bool) {
        if pointer != self.pointer || also != self.also {
            (self.pointer, self.also) = (pointer, also);
            self.outcome = self.grab.over(&self.ground, pointer, also);
        }
    }

    /// Copies of what is dragged, at the pointer.
    pub(super) fn dragged(&self) -> Vec<Placed> {
        let (part, ids): (Part, Vec<Id>) = match &self.grab {
            Grab::Cards(ids) => (Part::Card, ids.iter().map(|id| Id::from(*id)).collect()),
            Grab::Stage(stage) => (Part::StageHeader, vec![Id::from(*stage)]),
            Grab::Notes(ids) => (Part::Insight, ids.clone()),
            Grab::Picture(id) => (Part::Picture, vec![Id::from(*id)]),
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
    /// What letting go over a point of the page would do.
    pub(super) fn over(&self, ground: &Ground, pointer: Pt, also: bool) -> Outcome {
        match self {
            Self::Cards(ids) => cards::over(ground, ids, pointer),
            Self::Stage(stage) => reorder::stage(ground, *stage, pointer),
            Self::Lane(lane) => reorder::lane(ground, *lane, pointer),
            Self::Flow(from) => connect::over(ground, *from, pointer),
            Self::Notes(ids) => notes::over(ground, ids, pointer, also),
            Self::Picture(id) => notes::picture(ground, *id, pointer),
            Self::Feeling(touchpoint, persona) => feeling::over(ground, *touchpoint, *persona, pointer),
        }
    }
}

pub(super) use cards::spot;
pub(super) use feeling::{persona, step};
pub(super) use notes::{is_note, place};
