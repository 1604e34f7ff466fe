//! An open project: the document with its history, its file, and the view state.
//! The view state is never part of the document.

mod journal;

use super::action::Needs;
use super::merging::{Glow, OpenConflict, begun_on, rebase_change};
use super::picture::{JourneyPicture, PictureRequest};
use crate::edit::{ApplyError, History, Transaction, apply_all};
use crate::features::choose::selected_pains;
use crate::feedback::overlay::{Overlay, OverlayChoice};
use crate::feedback::trend::overlay_with_trends;
use crate::i18n::{Lang, Msg, file_name};
use crate::id::{Id, IdSource, JourneyId, Kind};
use crate::model::{Journey, Project};
use crate::scene::{Pt, Scene};
use crate::store::Version;
use crate::store::base::Base;
use crate::store::journal::Journal;
use crate::theme::ThemeId;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// The file a project was opened from or saved to.
#[derive(Debug, Clone)]
pub struct File {
    /// The path of the file.
    pub path: PathBuf,
    /// The file's state on disk when last seen.
    pub base: Base,
    /// The project it held then.
    pub content: Project,
}

/// A save in progress: the document state being written, and the save's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saving {
    state: u64,
    number: u64,
}

/// Number of states kept from before remote changes, for changes that were begun on them.
const EARLIER: usize = 4;

/// An open project.
#[derive(Debug)]
pub struct Session {
    project: Project,
    history: History,
    /// The new element that waits for its name, with the document state after its creation.
    unnamed: Option<(Id, u64)>,
    revision: u64,
    saved: u64,
    /// The number of saves begun, and the number of the latest one that finished.
    saves: (u64, u64),
    journey: JourneyId,
    choice: OverlayChoice,
    overlay: Option<(u64, Arc<Overlay>)>,
    /// The file, once the project has one.
    pub file: Option<File>,
    /// The version of the newer program that wrote the file; if set, it can't be saved under its own name.
    pub read_only: Option<Version>,
    /// The damaged file that this project was recovered from; it is never overwritten without a copy.
    pub damaged: Option<PathBuf>,
    selection: BTreeSet<Id>,
    /// The pain that was just typed, with the revision at that time.
    pub(crate) fresh_pain: Option<(Id, u64)>,
    picture: JourneyPicture,
    /// The document states before remote changes, oldest first.
    earlier: Vec<Project>,
    conflicts: Vec<OpenConflict>,
    glow: Option<Glow>,
    journal: Option<Journal>,
}

impl Session {
    /// Returns a session for a project without a file; `None` if it has no journey to show.
    pub fn new(project: Project, picture: JourneyPicture) -> Option<Self> {
        let journey = project.journeys_in_order().first()?.info().id;
        Some(Self {
            project,
            history: History::default(),
            unnamed: None,
            revision: 0,
            saved: 0,
            saves: (0, 0),
            journey,
            choice: OverlayChoice::default(),
            overlay: None,
            file: None,
            read_only: None,
            damaged: None,
            selection: BTreeSet::new(),
            fresh_pain: None,
            picture,
            earlier: Vec::new(),
            conflicts: Vec::new(),
            glow: None,
            journal: None,
        })
    }

    /// Returns the document.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// Returns the journey shown.
    pub fn journey(&self) -> Option<&Arc<Journey>> {
        self.project.journey(self.journey)
    }

    /// Returns the id of the journey shown.
    pub fn journey_id(&self) -> JourneyId {
        self.journey
    }

    /// Returns the revision, which counts up with every change of the document, undo included.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// True if the document differs from the stored one.
    pub fn is_dirty(&self) -> bool {
        self.saved != self.history.state_number()
    }

    /// Returns the number of the document's state.
    pub fn state_number(&self) -> u64 {
        self.history.state_number()
    }

    /// Begins a save of the current state; pass the result to [`Session::mark_saved`] once it is stored.
    pub fn begin_save(&mut self) -> Saving {
        self.saves.0 += 1;
        Saving { state: self.state_number(), number: self.saves.0 }
    }

    /// Marks the project as recovered from a damaged file and not stored yet.
    pub fn mark_recovered(&mut self, damaged: PathBuf) {
        self.saved = u64::MAX;
        self.damaged = Some(damaged);
    }

    /// True if a save that began later has finished already, such as one to a faster drive.
    pub fn is_outrun(&self, saving: Saving) -> bool {
        saving.number < self.saves.1
    }

    /// Records that a state is stored in a file.
    pub fn mark_saved(&mut self, saving: Saving, file: File) {
        self.saved = saving.state;
        self.saves.1 = saving.number;
        self.damaged.take_if(|damaged| *damaged == file.path);
        self.file = Some(file);
        self.read_only = None;
        self.renew_journal();
    }

    /// Applies a transaction as one undo step, merged with remote changes that arrived since it was begun.
    ///
    /// # Errors
    /// If it does not fit the document; nothing is changed.
    pub fn commit(&mut self, transaction: Transaction) -> Result<(), ApplyError> {
        if transaction.is_empty() {
            return Ok(());
        }
        let late = |earlier: &Project| rebase_change(earlier, &self.project, &transaction).ok();
        let rebased = match begun_on(&self.earlier, &self.project, &transaction) {
            Some(earlier) => late(earlier),
            None if self.earlier.is_empty() => None,
            None => match apply_all(&mut self.project.clone(), &transaction) {
                Ok(()) => None,
                Err(error) => Some(self.earlier.iter().rev().find_map(late).ok_or(error)?),
            },
        };
        let (applied, conflicts) = rebased.unwrap_or((transaction, Vec::new()));
        if self.is_name_of_new(&applied) {
            self.history.amend_step(&mut self.project, applied.clone())?;
        } else {
            self.history.commit_step(&mut self.project, applied.clone())?;
        }
        self.conflicts.extend(conflicts);
        self.append_to_journal(&applied);
        self.refresh_after_change();
        Ok(())
    }

    /// Joins the naming of a new element with its creation into one undo step.
    pub fn wait_for_name(&mut self, id: Id) {
        self.unnamed = Some((id, self.history.state_number()));
    }

    /// True while a new element waits for its name.
    pub fn is_unnamed(&self, id: Id) -> bool {
        self.unnamed == Some((id, self.history.state_number()))
    }

    /// True for the first change after an element was made, if it only sets fields of that element.
    fn is_name_of_new(&mut self, applied: &Transaction) -> bool {
        let Some((new, state)) = self.unnamed.take() else { return false };
        let sets_new = |op: &crate::edit::Op| matches!(op, crate::edit::Op::Set { id, .. } if *id == new);
        state == self.history.state_number() && applied.ops.iter().all(sets_new)
    }

    /// Applies a change that others stored; undo skips it. `clean`: nothing of ours is left to save.
    ///
    /// # Errors
    /// If it does not fit the document; nothing is changed.
    pub fn take_in(
        &mut self,
        theirs: &Transaction,
        conflicts: Vec<OpenConflict>,
        file: File,
        clean: bool,
    ) -> Result<(), ApplyError> {
        let before = self.project.clone();
        let glow = Glow::from_transaction(theirs);
        if !theirs.is_empty() {
            self.history.take_in(&mut self.project, theirs.clone())?;
            self.append_to_journal(theirs);
            self.refresh_after_change();
        }
        self.came_in(before, conflicts, glow);
        self.file = Some(file);
        // Otherwise no state of this history equals the file.
        self.saved = if clean { self.history.state_number() } else { u64::MAX };
        self.renew_journal();
        Ok(())
    }

    /// Applies others' changes as one undo step, highlighted; changes begun before can still be committed.
    ///
    /// # Errors
    /// If they do not fit the document; nothing is changed.
    pub fn bring_in(&mut self, theirs: Transaction, conflicts: Vec<OpenConflict>) -> Result<(), ApplyError> {
        let before = self.project.clone();
        let glow = Glow::from_transaction(&theirs);
        self.commit(theirs)?;
        self.came_in(before, conflicts, glow);
        Ok(())
    }

    fn came_in(&mut self, before: Project, conflicts: Vec<OpenConflict>, glow: Glow) {
        if self.earlier.len() == EARLIER {
            self.earlier.remove(0);
        }
        self.earlier.push(before);
        self.conflicts.extend(conflicts);
        self.glow = Some(glow);
    }

    /// Returns the elements that others just changed, and the strength of their highlight, from 1 down to 0.
    pub fn glowing_elements(&self) -> Option<(&BTreeSet<Id>, f32)> {
        self.glow.as_ref()?.glowing_elements()
    }

    /// Returns the conflicts that nobody has decided yet; a decision that was undone does not count.
    pub fn open_conflicts(&self) -> Vec<&OpenConflict> {
        let open =
            |clash: &&OpenConflict| clash.decided.is_none_or(|state| !self.history.is_step_done(state));
        self.conflicts.iter().filter(open).collect()
    }

    /// Decides an open conflict by its index: keeps ours, or takes the other side as one undo step.
    ///
    /// # Errors
    /// If the other side no longer fits the document; nothing is changed.
    pub fn decide_conflict(
        &mut self,
        place: usize,
        other: bool,
        source: &mut IdSource,
    ) -> Result<(), ApplyError> {
        let Some(open) = self.open_conflicts().get(place).copied().cloned() else { return Ok(()) };
        let found = self
            .conflicts
            .iter()
            .position(|known| known.conflict == open.conflict && Arc::ptr_eq(&known.sides, &open.sides));
        let Some(found) = found else { return Ok(()) };
        if !other {
            self.conflicts.remove(found);
            return Ok(());
        }
        self.commit(open.other_side(&self.project, source))?;
        self.conflicts[found].decided = Some(self.history.state_number());
        Ok(())
    }

    /// Resolves all conflicts by keeping the current values.
    pub fn decide_all(&mut self) {
        self.conflicts.clear();
    }

    /// Returns the steps done and undone.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Undoes our last step; returns false if there is none that can be undone.
    ///
    /// # Errors
    /// If it no longer fits the document; nothing is changed.
    pub fn undo(&mut self) -> Result<bool, ApplyError> {
        let applied = self.history.undo(&mut self.project)?;
        self.follow_change(applied.as_ref());
        Ok(applied.is_some())
    }

    /// Redoes the last undone step.
    ///
    /// # Errors
    /// If it no longer fits the document; nothing is changed.
    pub fn redo(&mut self) -> Result<(), ApplyError> {
        let applied = self.history.redo(&mut self.project)?;
        self.follow_change(applied.as_ref());
        Ok(())
    }

    /// Shows the journey that undo or redo changed.
    fn follow_change(&mut self, applied: Option<&Transaction>) {
        if let Some(applied) = applied {
            self.append_to_journal(applied);
        }
        self.refresh_after_change();
        let ids = applied.into_iter().flat_map(|transaction| transaction.ops.iter().map(crate::edit::Op::id));
        let homes: Vec<JourneyId> =
            ids.filter_map(|id| self.project.journey_of(id)).map(|journey| journey.info().id).collect();
        if let Some(first) = homes.first()
            && !homes.contains(&self.journey)
        {
            self.show_journey(*first);
        }
        if let Some(applied) = applied
            && self.selection.is_empty()
        {
            self.set_selection(super::after_change::after_change(applied));
        }
    }

    fn refresh_after_change(&mut self) {
        self.revision += 1;
        if self.project.journey(self.journey).is_none() {
            let first = self.project.journeys_in_order().first().map(|journey| journey.info().id);
            self.journey = first.unwrap_or(self.journey);
        }
        self.selection.retain(|id| self.project.record(*id).is_some());
    }

    /// Shows another journey.
    pub fn show_journey(&mut self, journey: JourneyId) {
        if self.project.journey(journey).is_some() && journey != self.journey {
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
        if self.project.batches().is_empty() {
            return None;
        }
        match &self.overlay {
            Some((revision, found)) if *revision == self.revision => Some(Arc::clone(found)),
            _ => {
                let found = Arc::new(overlay_with_trends(&self.project, &self.choice));
                // An equal overlay keeps its allocation, so that the map is not laid out again.
                let kept = self.overlay.take().map(|(_, old)| old).filter(|old| **old == *found);
                let found = kept.unwrap_or(found);
                self.overlay = Some((self.revision, Arc::clone(&found)));
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
        let project = &self.project;
        let revision = self.revision;
        let journey = self.journey;
        self.picture.cached_scene(PictureRequest { project, revision, journey, overlay, theme, lang })
    }

    /// Returns the page size of the journey's export, in points.
    pub fn printed_size(&mut self, theme: ThemeId, lang: Lang) -> Pt {
        let overlay = self.score_overlay();
        let project = &self.project;
        let revision = self.revision;
        let journey = self.journey;
        self.picture.printed_size(PictureRequest { project, revision, journey, overlay, theme, lang })
    }

    /// Returns the drawing as a gesture would leave it, or the current one if the gesture does not fit.
    pub fn preview_gesture(&mut self, gesture: &Transaction, theme: ThemeId, lang: Lang) -> Arc<Scene> {
        let mut project = self.project.clone();
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
        self.selection.retain(|id| self.project.record(*id).is_some());
    }

    /// True if the session meets an action's condition.
    pub fn meets_condition(&self, needs: Needs) -> bool {
        let any = |kinds: &[Kind]| self.selection.iter().any(|id| kinds.contains(&id.kind()));
        match needs {
            Needs::Nothing | Needs::Document | Needs::Comparison => true,
            Needs::Undo => self.history.can_undo(),
            Needs::Redo => self.history.can_redo(),
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
            Needs::Feedback => !self.project.batches().is_empty(),
            Needs::Journeys => self.project.journeys().len() > 1,
        }
    }

    /// Returns the title of the journey shown, or a placeholder if it is empty.
    pub fn title(&self, lang: Lang) -> String {
        let title = self.journey().map(|journey| journey.info().title.clone()).unwrap_or_default();
        if title.trim().is_empty() { Msg::UntitledJourney.text(lang).to_owned() } else { title }
    }

    /// Returns the file's name; `None` if the project has no file.
    pub fn file_name(&self) -> Option<String> {
        Some(file_name(&self.file.as_ref()?.path))
    }

    /// Returns the selected element if there is exactly one.
    pub fn single_selection(&self) -> Option<Id> {
        let mut ids = self.selection.iter();
        let first = ids.next()?;
        ids.next().is_none().then_some(*first)
    }
}
