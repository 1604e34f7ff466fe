//! What the canvas is given each frame, and what it asks for.

use super::paste::PastedText;
use crate::edit::Transaction;
use crate::i18n::Lang;
use crate::id::{Id, JourneyId, LaneId};
use crate::model::{Journey, Project};
use crate::scene::{Part, Scene};
use crate::theme::{Theme, ThemeId};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What there is to show.
#[derive(Clone, Copy)]
pub struct CanvasInput<'a> {
    /// The picture of the journey: with [`super::Canvas::preview`] applied, where there is one.
    pub scene: &'a Arc<Scene>,
    /// The document as it stands, without the preview.
    pub project: &'a Project,
    /// The journey shown.
    pub journey: JourneyId,
    /// What is selected.
    pub selection: &'a BTreeSet<Id>,
    /// What others changed a moment ago, and how strongly it still glows, from 1 to 0.
    pub glow: Option<(&'a BTreeSet<Id>, f32)>,
    /// The look.
    pub theme: ThemeId,
    /// The language of invitations and names.
    pub lang: Lang,
    /// Nothing may be changed, only looked at.
    pub read_only: bool,
    /// Whether the map is shown to others: nothing invites then to add to it.
    pub presenting: bool,
    /// The help lies over the map; typing goes on behind it.
    pub is_helping: bool,
    /// Draws what is told about an element while the pointer rests on it; false where its own words must do.
    pub tooltip: &'a dyn Fn(&mut egui::Ui, Id, Part) -> bool,
    /// Draws the entries of the menu for what is selected.
    pub menu: &'a dyn Fn(&mut egui::Ui),
}

impl<'a> CanvasInput<'a> {
    /// A journey's picture as it is, in the light theme and in English, without notes and menus.
    pub fn new(
        scene: &'a Arc<Scene>,
        project: &'a Project,
        journey: JourneyId,
        selection: &'a BTreeSet<Id>,
    ) -> Self {
        Self {
            scene,
            project,
            journey,
            selection,
            glow: None,
            theme: ThemeId::Light,
            lang: Lang::En,
            read_only: false,
            presenting: false,
            is_helping: false,
            tooltip: &|_, _, _| false,
            menu: &|_| {},
        }
    }
}

impl CanvasInput<'_> {
    /// The journey's records.
    pub(super) fn journey(&self) -> Option<&Arc<Journey>> {
        self.project.journey(self.journey)
    }

    /// The colours.
    pub(super) fn theme(&self) -> &'static Theme {
        self.theme.theme()
    }
}

/// A place in a picture lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The step or stage.
    pub at: Id,
    /// The lane; none means the first picture lane.
    pub lane: Option<LaneId>,
}

/// What the person did that concerns the document or the selection.
#[derive(Debug, Clone, PartialEq)]
pub enum CanvasEvent {
    /// Changes the document, in one undo step.
    Commit(Transaction),
    /// Selects exactly these.
    Select(BTreeSet<Id>),
    /// Places a picture that was pasted.
    Picture(Arc<egui::ColorImage>),
    /// Leaves the map: nothing is selected any more.
    Leave,
    /// Takes a pasted text that is not for the map itself.
    Pasted(PastedText),
}
