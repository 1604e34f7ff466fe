//! The canvas's input of each frame, and the events it returns.

use super::paste::PastedText;
use engine::edit::Transaction;
use engine::i18n::Lang;
use engine::id::{Id, JourneyId, LaneId};
use engine::model::{Journey, Project};
use engine::scene::{Scene, ScenePart};
use engine::theme::{Theme, ThemeId};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The input of one frame.
#[derive(Clone, Copy)]
pub struct CanvasInput<'a> {
    /// The journey's scene, with [`super::Canvas::preview_transaction`] applied if there is one.
    pub scene: &'a Arc<Scene>,
    /// The document, without the preview.
    pub project: &'a Project,
    /// The journey shown.
    pub journey: JourneyId,
    /// The selected elements.
    pub selection: &'a BTreeSet<Id>,
    /// Elements that others changed a moment ago, and the strength of their glow, from 1 down to 0.
    pub glow: Option<(&'a BTreeSet<Id>, f32)>,
    /// The colour theme.
    pub theme: ThemeId,
    /// The language of placeholders and names.
    pub lang: Lang,
    /// True if the document must not be changed.
    pub read_only: bool,
    /// True in a presentation: placeholders are hidden.
    pub presenting: bool,
    /// True while the help covers the map; typing continues behind it.
    pub is_helping: bool,
    /// Draws the tooltip of an element; returns false if it has none and the element's own words are shown
    /// instead.
    pub tooltip: &'a dyn Fn(&mut egui::Ui, Id, ScenePart) -> bool,
    /// Returns the score of an element in a few words.
    pub score: &'a dyn Fn(Id) -> Option<String>,
    /// Draws the entries of the selection's context menu.
    pub menu: &'a dyn Fn(&mut egui::Ui),
}

impl<'a> CanvasInput<'a> {
    /// A journey's scene in the light theme and in English, without tooltips and menus.
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
            score: &|_| None,
            menu: &|_| {},
        }
    }
}

impl CanvasInput<'_> {
    /// Returns the journey shown.
    pub(super) fn journey(&self) -> Option<&Arc<Journey>> {
        self.project.journey(self.journey)
    }

    /// Returns the theme's colours.
    pub(super) fn theme(&self) -> &'static Theme {
        self.theme.theme()
    }
}

/// A place in a picture lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PicturePlace {
    /// The step or stage.
    pub at: Id,
    /// The lane; `None` means the first picture lane.
    pub lane: Option<LaneId>,
}

/// A user action on the document or the selection.
#[derive(Debug, Clone, PartialEq)]
pub enum CanvasEvent {
    /// Applies a change to the document, in one undo step.
    Commit(Transaction),
    /// Replaces the selection.
    Select(BTreeSet<Id>),
    /// Reports the pain just typed, after its card was selected again: digits set its severity.
    TypedPain(Id),
    /// Places a pasted picture.
    Picture(Arc<egui::ColorImage>),
    /// Reports that Escape was pressed with nothing selected, which ends a presentation.
    Leave,
    /// Handles a pasted text that is not for the map itself.
    Pasted(PastedText),
}
