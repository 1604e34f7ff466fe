//! An open project in the window: the document, and beside it what the window shows of it, which is never part
//! of the document.

use super::action::Needs;
use super::glow::Glow;
use super::picture::{JourneyPicture, PictureRequest};
use crate::features::choose::selected_pains;
use engine::edit::{ApplyError, Op, Transaction, apply_all};
use engine::feedback::overlay::{Overlay, OverlayChoice};
use engine::feedback::trend::overlay_with_trends;
use engine::i18n::{Lang, Msg, file_name};
use engine::id::{Id, IdSource, JourneyId, Kind};
use engine::model::{Journey, Project};
use engine::scene::{Pt, Scene};
use engine::store::document::{Document, OpenConflict, VersionMerge};
use engine::theme::ThemeId;
use std::collections::BTreeSet;
use std::sync::Arc;

/// An open project with what the window shows of it.
#[derive(Debug)]
pub struct Session {
    /// The open project. It is changed through the session, whose journey and selection follow.
    pub document: Document,
    journey: JourneyId,
    choice: OverlayChoice,
    overlay: Option<(u64, Arc<Overlay>)>,
    selection: BTreeSet<Id>,
    /// The pain that was just typed, with the revision at that time.
    pub(crate) fresh_pain: Option<(Id, u64)>,
    picture: JourneyPicture,
    glow: Option<Glow>,
}

impl Session {
    /// Returns a session that shows the first journey; `None` if there is none.
    pub fn new(document: Document) -> Option<Self> {
        let journey = document.project().journeys_in_order().first()?.info().id;
        Some(Self {
            document,
            journey,
            choice: OverlayChoice::default(),
            overlay: None,
            selection: BTreeSet::new(),
            fresh_pain: None,
            picture: JourneyPicture::default(),
            glow: None,
        })
    }

    /// Returns the project.
    pub fn project(&self) -> &Project {
        self.document.project()
    }

    /// Returns the journey shown.
    pub fn journey(&self) -> Option<&Arc<Journey>> {
        self.project().journey(self.journey)
    }

    /// Returns the id of the journey shown.
    pub fn journey_id(&self) -> JourneyId {
        self.journey
    }

    /// Commits a transaction as one undo step; see [`Document::commit`].
    ///
    /// # Errors
    /// If it does not fit the document; nothing is changed.
    pub fn commit(&mut self, transaction: Transaction) -> Result<(), ApplyError> {
        self.document.commit(transaction)?;
        self.drop_removed();
        Ok(())
    }

    /// Applies a merge with a version that others stored, and highlights it; see [`Document::take_in`].
    ///
    /// # Errors
    /// If it does not fit the document; nothing is changed.
    pub fn take_in(&mut self, merge: VersionMerge) -> Result<(), ApplyError> {
        let glow = Glow::from_transaction(&merge.transaction);
        self.document.take_in(merge)?;
        self.glow = Some(glow);
        self.drop_removed();
        Ok(())
    }

    /// Applies others' changes as one undo step, and highlights them; see [`Document::bring_in`].
    ///
    /// # Errors
    /// If they do not fit the document; nothing is changed.
    pub fn bring_in(&mut self, theirs: Transaction, conflicts: Vec<OpenConflict>) -> Result<(), ApplyError> {
        let glow = Glow::from_transaction(&theirs);
        self.document.bring_in(theirs, conflicts)?;
        self.glow = Some(glow);
        self.drop_removed();
        Ok(())
    }

    /// Returns the elements that others just changed, and the strength of their highlight, from 1 down to 0.
    pub fn glowing_elements(&self) -> Option<(&BTreeSet<Id>, f32)> {
        self.glow.as_ref()?.glowing_elements()
    }

    /// Decides an open conflict; see [`Document::decide_conflict`].
    ///
    /// # Errors
    /// If the other side no longer fits the document; nothing is changed.
    pub fn decide_conflict(
        &mut self,
        place: usize,
        other: bool,
        source: &mut IdSource,
    ) -> Result<(), ApplyError> {
        self.document.decide_conflict(place, other, source)?;
        self.drop_removed();
        Ok(())
    }

    /// Undoes our last step; returns false if there is none that can be undone.
    ///
    /// # Errors
    /// If it no longer fits the document; nothing is changed.
    pub fn undo(&mut self) -> Result<bool, ApplyError> {
        let applied = self.document.undo()?;
        if let Some(applied) = &applied {
            self.follow_change(applied);
        }
        Ok(applied.is_some())
    }

    /// Redoes the last undone step.
    ///
    /// # Errors
    /// If it no longer fits the document; nothing is changed.
    pub fn redo(&mut self) -> Result<(), ApplyError> {
        let applied = self.document.redo()?;
        if let Some(applied) = &applied {
            self.follow_change(applied);
        }
        Ok(())
    }

    /// Shows the journey that undo or redo changed.
    fn follow_change(&mut self, applied: &Transaction) {
        self.drop_removed();
        let project = self.document.project();
        let ids = applied.ops.iter().map(Op::id);
        let homes: Vec<JourneyId> =
            ids.filter_map(|id| project.journey_of(id)).map(|journey| journey.info().id).collect();
        if let Some(first) = homes.first()
            && !homes.contains(&self.journey)
        {
            self.show_journey(*first);
        }
        if self.selection.is_empty() {
            self.set_selection(super::after_change::after_change(applied));
        }
    }

    /// Leaves a journey and a selection that no longer exist.
    fn drop_removed(&mut self) {
        let project = self.document.project();
        if project.journey(self.journey).is_none() {
            let first = project.journeys_in_order().first().map(|journey| journey.info().id);
            self.journey = first.unwrap_or(self.journey);
        }
        self.selection.retain(|id| project.record(*id).is_some());
    }

    /// Shows another journey.
    pub fn show_journey(&mut self, journey: JourneyId) {
        if self.project().journey(journey).is_some() && journey != self.journey {
            self.journey = journey;
            self.selection.clear();
        }
    }

    /// Returns the choice of scores for the overlay.
    pub fn overlay_choice(&self) -> &OverlayChoice {
        &self.choice
    }

    /// Sets the choice of scores for the overlay.
    pub fn set_overlay_choice(&mut self, choice: OverlayChoice) {
        self.choice = choice;
        self.overlay = None;
    }

    /// Returns the score overlay; `None` while the project has no feedback.
    pub fn score_overlay(&mut self) -> Option<Arc<Overlay>> {
        if self.project().batches().is_empty() {
            return None;
        }
        match &self.overlay {
            Some((revision, found)) if *revision == self.document.revision() => Some(Arc::clone(found)),
            _ => {
                let found = Arc::new(overlay_with_trends(self.project(), &self.choice));
                // An equal overlay keeps its allocation, so that the map is not laid out again.
                let kept = self.overlay.take().map(|(_, old)| old).filter(|old| **old == *found);
                let found = kept.unwrap_or(found);
                self.overlay = Some((self.document.revision(), Arc::clone(&found)));
                Some(found)
            }
        }
    }

    /// Returns the score overlay as last drawn.
    pub fn shown_overlay(&self) -> Option<&Arc<Overlay>> {
        self.overlay.as_ref().map(|(_, overlay)| overlay)
    }

    /// Returns the drawing of the journey shown.
    pub fn current_scene(&mut self, theme: ThemeId, lang: Lang) -> Arc<Scene> {
        let overlay = self.score_overlay();
        let project = self.document.project();
        let revision = self.document.revision();
        let journey = self.journey;
        self.picture.cached_scene(PictureRequest { project, revision, journey, overlay, theme, lang })
    }

    /// Returns the page size of the journey's export, in points.
    pub fn printed_size(&mut self, theme: ThemeId, lang: Lang) -> Pt {
        let overlay = self.score_overlay();
        let project = self.document.project();
        let revision = self.document.revision();
        let journey = self.journey;
        self.picture.printed_size(PictureRequest { project, revision, journey, overlay, theme, lang })
    }

    /// Returns the drawing as a gesture would leave it, or the current one if the gesture does not fit.
    pub fn preview_gesture(&mut self, gesture: &Transaction, theme: ThemeId, lang: Lang) -> Arc<Scene> {
        let mut project = self.project().clone();
        if apply_all(&mut project, gesture).is_err() {
            return self.current_scene(theme, lang);
        }
        let overlay = self.score_overlay();
        self.picture.preview_scene(project, self.journey, overlay, theme, lang)
    }

    /// Returns the selected elements.
    pub fn selection(&self) -> &BTreeSet<Id> {
        &self.selection
    }

    /// Selects exactly these elements; ids that do not exist are ignored.
    pub fn set_selection(&mut self, ids: BTreeSet<Id>) {
        self.fresh_pain = None;
        self.selection = ids;
        self.selection.retain(|id| self.document.project().record(*id).is_some());
    }

    /// True if the session meets an action's condition.
    pub fn meets_condition(&self, needs: Needs) -> bool {
        let any = |kinds: &[Kind]| self.selection.iter().any(|id| kinds.contains(&id.kind()));
        match needs {
            Needs::Nothing | Needs::Document | Needs::Comparison => true,
            Needs::Undo => self.document.history().can_undo(),
            Needs::Redo => self.document.history().can_redo(),
            Needs::Selection => !self.selection.is_empty(),
            Needs::Subject => {
                let subjects = [Kind::Touchpoint, Kind::Stage, Kind::Flow, Kind::Insight, Kind::Improvement];
                self.selection.is_empty() || any(&subjects)
            }
            Needs::Touchpoint => any(&[Kind::Touchpoint]),
            Needs::Personal => any(&[Kind::Touchpoint, Kind::Insight]),
            Needs::Pain => !selected_pains(self).is_empty(),
            Needs::Improvement => any(&[Kind::Improvement]),
            Needs::Owned => any(&[Kind::Touchpoint, Kind::Improvement]),
            Needs::Feedback => !self.project().batches().is_empty(),
            Needs::Journeys => self.project().journeys().len() > 1,
        }
    }

    /// Returns the title of the journey shown, or a placeholder if it is empty.
    pub fn title(&self, lang: Lang) -> String {
        let title = self.journey().map(|journey| journey.info().title.clone()).unwrap_or_default();
        if title.trim().is_empty() { Msg::UntitledJourney.text(lang).to_owned() } else { title }
    }

    /// Returns the file's name; `None` if the project has no file.
    pub fn file_name(&self) -> Option<String> {
        Some(file_name(&self.document.file()?.path))
    }

    /// Returns the selected element if there is exactly one.
    pub fn single_selection(&self) -> Option<Id> {
        let mut ids = self.selection.iter();
        let first = ids.next()?;
        ids.next().is_none().then_some(*first)
    }
}
