//! One open project: the document with its history, where it is stored, and what is being looked at.
//! Nothing of what is looked at is part of the document.

use super::action::Needs;
use super::choosing::pains;
use super::merging::{Clash, Glow, begun_on, rebase};
use super::picture::{Picture, Wanted};
use crate::edit::{ApplyError, History, Transaction, apply_all};
use crate::feedback::overlay::{Overlay, OverlayChoice};
use crate::feedback::trend::overlay_with_trends;
use crate::i18n::{Lang, Msg, file_name};
use crate::id::{Id, JourneyId, Kind, Source};
use crate::model::{Journey, Project};
use crate::scene::{Pt, Scene};
use crate::store::Version;
use crate::store::base::Base;
use crate::store::disk::RealDisk;
use crate::store::journal::{Journal, Origin, Recoverable, Trouble};
use crate::theme::ThemeId;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The file a project was opened from or saved to.
#[derive(Debug, Clone)]
pub struct File {
    /// Where it is.
    pub path: PathBuf,
    /// What stood there when it was last seen.
    pub base: Base,
    /// The project it held then.
    pub content: Project,
}

/// What a save writes: a state of the document, and which save it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saving {
    state: u64,
    number: u64,
}

/// How many states from before others' changes are kept, for what was begun on them.
const EARLIER: usize = 4;

/// An open project.
#[derive(Debug)]
pub struct Session {
    project: Project,
    history: History,
    /// What was just made and gets its name next, with the state that its making led to.
    unnamed: Option<(Id, u64)>,
    revision: u64,
    saved: u64,
    /// How many saves were begun, and the latest of those that are done.
    saves: (u64, u64),
    journey: JourneyId,
    choice: OverlayChoice,
    overlay: Option<(u64, Arc<Overlay>)>,
    /// Where it is stored, once it is.
    pub file: Option<File>,
    /// Why it can't be saved under its own name, where a newer program wrote it.
    pub read_only: Option<Version>,
    /// The damaged file that this was saved from; it is never written over without a copy.
    pub damaged: Option<PathBuf>,
    selection: BTreeSet<Id>,
    picture: Picture,
    /// What the document was before others' changes came in, the latest last.
    earlier: Vec<Project>,
    conflicts: Vec<Clash>,
    glow: Option<Glow>,
    journal: Option<Journal>,
}

impl Session {
    /// A session on a project that is stored nowhere yet; none where it has no journey to show.
    pub fn new(project: Project, picture: Picture) -> Option<Self> {
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
            picture,
            earlier: Vec::new(),
            conflicts: Vec::new(),
            glow: None,
            journal: None,
        })
    }

    /// The document.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// The journey shown.
    pub fn journey(&self) -> Option<&Arc<Journey>> {
        self.project.journey(self.journey)
    }

    /// The id of the journey shown.
    pub fn journey_id(&self) -> JourneyId {
        self.journey
    }

    /// Rises with every change of the document, undo included.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether the document differs from what is stored.
    pub fn is_dirty(&self) -> bool {
        self.saved != self.history.state()
    }

    /// The number of the document's state.
    pub fn state(&self) -> u64 {
        self.history.state()
    }

    /// Begins a save of the document as it is, to be given back once it is stored.
    pub fn begin_save(&mut self) -> Saving {
        self.saves.0 += 1;
        Saving { state: self.state(), number: self.saves.0 }
    }

    /// Notes that this was saved from a damaged file and is stored nowhere yet.
    pub fn rescue(&mut self, damaged: PathBuf) {
        self.saved = u64::MAX;
        self.damaged = Some(damaged);
    }

    /// Whether a save that was begun later is done already: where a drive was slow, and one saved elsewhere meanwhile.
    pub fn is_outrun(&self, saving: Saving) -> bool {
        saving.number < self.saves.1
    }

    /// Notes that a state is stored in a file.
    pub fn mark_saved(&mut self, saving: Saving, file: File) {
        self.saved = saving.state;
        self.saves.1 = saving.number;
        self.damaged.take_if(|damaged| *damaged == file.path);
        self.file = Some(file);
        self.read_only = None;
        self.renew_journal();
    }

    /// Applies a transaction as one undo step. One that was begun before others' changes came in is merged with them.
    ///
    /// # Errors
    /// Where it does not fit the document; nothing is changed.
    pub fn commit(&mut self, transaction: Transaction) -> Result<(), ApplyError> {
        if transaction.is_empty() {
            return Ok(());
        }
        let late = |earlier: &Project| rebase(earlier, &self.project, &transaction).ok();
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
            self.history.amend(&mut self.project, applied.clone())?;
        } else {
            self.history.commit(&mut self.project, applied.clone())?;
        }
        self.conflicts.extend(conflicts);
        self.keep(&applied);
        self.changed();
        Ok(())
    }

    /// Says that an element was just made and gets its name next: both are one undo step.
    pub fn wait_for_name(&mut self, id: Id) {
        self.unnamed = Some((id, self.history.state()));
    }

    /// True while an element that was just made has no name yet.
    pub fn is_unnamed(&self, id: Id) -> bool {
        self.unnamed == Some((id, self.history.state()))
    }

    /// True for the first change after an element was made, if it only sets fields of that element.
    fn is_name_of_new(&mut self, applied: &Transaction) -> bool {
        let Some((new, state)) = self.unnamed.take() else { return false };
        let sets_new = |op: &crate::edit::Op| matches!(op, crate::edit::Op::Set { id, .. } if *id == new);
        state == self.history.state() && applied.ops.iter().all(sets_new)
    }

    /// Takes in what others stored; undo leaves it. `clean` where nothing of ours is left to be saved.
    ///
    /// # Errors
    /// Where it does not fit the document; nothing is changed.
    pub fn take_in(
        &mut self,
        theirs: &Transaction,
        conflicts: Vec<Clash>,
        file: File,
        clean: bool,
    ) -> Result<(), ApplyError> {
        let (before, glow) = (self.project.clone(), Glow::of(theirs));
        if !theirs.is_empty() {
            self.history.take_in(&mut self.project, theirs.clone())?;
            self.keep(theirs);
            self.changed();
        }
        self.came_in(before, conflicts, glow);
        self.file = Some(file);
        // Otherwise no state of this history is what the file holds.
        self.saved = if clean { self.history.state() } else { u64::MAX };
        self.renew_journal();
        Ok(())
    }

    /// Brings in others' changes as one undo step; they glow, and what was begun before can still end.
    ///
    /// # Errors
    /// Where they do not fit the document; nothing is changed.
    pub fn bring_in(&mut self, theirs: Transaction, conflicts: Vec<Clash>) -> Result<(), ApplyError> {
        let (before, glow) = (self.project.clone(), Glow::of(&theirs));
        self.commit(theirs)?;
        self.came_in(before, conflicts, glow);
        Ok(())
    }

    fn came_in(&mut self, before: Project, conflicts: Vec<Clash>, glow: Glow) {
        if self.earlier.len() == EARLIER {
            self.earlier.remove(0);
        }
        self.earlier.push(before);
        self.conflicts.extend(conflicts);
        self.glow = Some(glow);
    }

    /// Keeps every change from now on in a journal below the folder for the program's state.
    pub fn keep_safe(&mut self, state: &Path) {
        self.journal = Some(Journal::begin(RealDisk, state, self.origin()));
    }

    /// Goes on with the journal of what an ended process left; `conflicts` are what its merge could not settle.
    pub fn take_up(&mut self, left: Recoverable, conflicts: Vec<Clash>, state: &Path) {
        self.saved = u64::MAX;
        self.conflicts = conflicts;
        let stored = self.file.is_none().then(|| left.stored.clone());
        let mut origin = self.origin();
        origin.project = stored.unwrap_or(origin.project);
        self.journal = Some(Journal::resume(RealDisk, state, left, origin, self.project.clone()));
    }

    /// What is stored of the document, from which the journal's changes lead to what it is.
    fn origin(&self) -> Origin {
        match &self.file {
            Some(File { path, base, content }) => {
                Origin { path: Some(path.clone()), base: *base, project: content.clone() }
            }
            None => Origin { path: None, base: Base::Absent, project: self.project.clone() },
        }
    }

    fn renew_journal(&self) {
        if let Some(journal) = &self.journal {
            journal.saved(self.origin());
        }
    }

    fn keep(&mut self, applied: &Transaction) {
        if let Some(journal) = &mut self.journal {
            journal.append(&self.project, applied);
        }
    }

    /// The journal of a document that is saved or given up, to be closed where waiting for the disk is no harm.
    pub fn give_up_journal(&mut self) -> Option<Journal> {
        self.journal.take()
    }

    /// Why changes are not kept in the journal, told once.
    pub fn trouble(&self) -> Option<Trouble> {
        self.journal.as_ref()?.trouble()
    }

    /// What others changed a moment ago.
    pub fn glow(&self) -> Option<(&BTreeSet<Id>, f32)> {
        self.glow.as_ref()?.now()
    }

    /// Where two people changed the same thing and nobody has decided yet; a decision that was undone is none.
    pub fn conflicts(&self) -> Vec<&Clash> {
        let open = |clash: &&Clash| clash.decided.is_none_or(|state| !self.history.holds(state));
        self.conflicts.iter().filter(open).collect()
    }

    /// Decides a conflict, by its place among the open ones: what stands stays, or the other side is taken, which is
    /// one undo step.
    ///
    /// # Errors
    /// Where the other side no longer fits the document; nothing is changed.
    pub fn decide(&mut self, place: usize, other: bool, source: &mut Source) -> Result<(), ApplyError> {
        let Some(open) = self.conflicts().get(place).copied().cloned() else { return Ok(()) };
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
        self.conflicts[found].decided = Some(self.history.state());
        Ok(())
    }

    /// Leaves everything as it stands.
    pub fn decide_all(&mut self) {
        self.conflicts.clear();
    }

    /// Takes the last step back; false where others changed since all that is left to take back.
    ///
    /// # Errors
    /// Where it no longer fits the document; nothing is changed.
    pub fn undo(&mut self) -> Result<bool, ApplyError> {
        let applied = self.history.undo(&mut self.project)?;
        self.follow(applied.as_ref());
        Ok(applied.is_some())
    }

    /// Takes the last undone step again.
    ///
    /// # Errors
    /// Where it no longer fits the document; nothing is changed.
    pub fn redo(&mut self) -> Result<(), ApplyError> {
        let applied = self.history.redo(&mut self.project)?;
        self.follow(applied.as_ref());
        Ok(())
    }

    /// After undo and redo, shows the journey in which something changed.
    fn follow(&mut self, applied: Option<&Transaction>) {
        if let Some(applied) = applied {
            self.keep(applied);
        }
        self.changed();
        let ids = applied.into_iter().flat_map(|transaction| transaction.ops.iter().map(crate::edit::Op::id));
        let homes: Vec<JourneyId> =
            ids.filter_map(|id| self.project.journey_of(id)).map(|journey| journey.info().id).collect();
        if let Some(first) = homes.first().filter(|_| !homes.contains(&self.journey)) {
            self.show(*first);
        }
        if let Some(applied) = applied.filter(|_| self.selection.is_empty()) {
            self.select(super::after_change::after_change(applied));
        }
    }

    fn changed(&mut self) {
        self.revision += 1;
        if self.project.journey(self.journey).is_none() {
            let first = self.project.journeys_in_order().first().map(|journey| journey.info().id);
            self.journey = first.unwrap_or(self.journey);
        }
        self.selection.retain(|id| self.project.record(*id).is_some());
    }

    /// Shows another journey.
    pub fn show(&mut self, journey: JourneyId) {
        if self.project.journey(journey).is_some() && journey != self.journey {
            self.journey = journey;
            self.selection.clear();
        }
    }

    /// What the overlay shall show.
    pub fn choice(&self) -> &OverlayChoice {
        &self.choice
    }

    /// Chooses what the overlay shows.
    pub fn choose(&mut self, choice: OverlayChoice) {
        self.choice = choice;
        self.overlay = None;
    }

    /// The scores laid over the map; none while the project has no feedback.
    pub fn overlay(&mut self) -> Option<Arc<Overlay>> {
        if self.project.batches().is_empty() {
            return None;
        }
        match &self.overlay {
            Some((revision, found)) if *revision == self.revision => Some(Arc::clone(found)),
            _ => {
                let found = Arc::new(overlay_with_trends(&self.project, &self.choice));
                // An overlay that says the same stays the same, so that the map is not laid out again.
                let kept = self.overlay.take().map(|(_, old)| old).filter(|old| **old == *found);
                let found = kept.unwrap_or(found);
                self.overlay = Some((self.revision, Arc::clone(&found)));
                Some(found)
            }
        }
    }

    /// The scores laid over the map, as they were last drawn.
    pub fn shown_overlay(&self) -> Option<&Arc<Overlay>> {
        self.overlay.as_ref().map(|(_, overlay)| overlay)
    }

    /// The drawing of the journey shown.
    pub fn scene(&mut self, theme: ThemeId, lang: Lang) -> Arc<Scene> {
        let overlay = self.overlay();
        let (project, revision, journey) = (&self.project, self.revision, self.journey);
        self.picture.scene(Wanted { project, revision, journey, overlay, theme, lang })
    }

    /// The size of the journey's page where it is exported.
    pub fn printed_size(&mut self, theme: ThemeId, lang: Lang) -> Pt {
        let overlay = self.overlay();
        let (project, revision, journey) = (&self.project, self.revision, self.journey);
        self.picture.printed_size(Wanted { project, revision, journey, overlay, theme, lang })
    }

    /// The drawing of the journey shown as a gesture would leave it; as it is where the gesture does not fit.
    pub fn preview(&mut self, gesture: &Transaction, theme: ThemeId, lang: Lang) -> Arc<Scene> {
        let mut project = self.project.clone();
        if apply_all(&mut project, gesture).is_err() {
            return self.scene(theme, lang);
        }
        let overlay = self.overlay();
        self.picture.preview(project, self.journey, overlay, theme, lang)
    }

    /// What is selected.
    pub fn selection(&self) -> &BTreeSet<Id> {
        &self.selection
    }

    /// Selects exactly these, where they are there.
    pub fn select(&mut self, ids: BTreeSet<Id>) {
        self.selection = ids;
        self.selection.retain(|id| self.project.record(*id).is_some());
    }

    /// Whether what an action needs is there.
    pub fn meets(&self, needs: Needs) -> bool {
        let any = |kinds: &[Kind]| self.selection.iter().any(|id| kinds.contains(&id.kind()));
        match needs {
            Needs::Nothing | Needs::Document | Needs::Comparison => true,
            Needs::Undo => self.history.can_undo(),
            Needs::Redo => self.history.can_redo(),
            Needs::Selection => !self.selection.is_empty(),
            Needs::Subject => {
                any(&[Kind::Touchpoint, Kind::Stage, Kind::Flow, Kind::Insight, Kind::Improvement])
            }
            Needs::Touchpoint => any(&[Kind::Touchpoint]),
            Needs::Personal => any(&[Kind::Touchpoint, Kind::Insight]),
            Needs::Pain => !pains(self).is_empty(),
            Needs::Improvement => any(&[Kind::Improvement]),
            Needs::Owned => any(&[Kind::Touchpoint, Kind::Improvement]),
            Needs::Feedback => !self.project.batches().is_empty(),
            Needs::Journeys => self.project.journeys().len() > 1,
        }
    }

    /// The title of the journey shown.
    pub fn title(&self, lang: Lang) -> String {
        let title = self.journey().map(|journey| journey.info().title.clone()).unwrap_or_default();
        if title.trim().is_empty() { Msg::UntitledJourney.text(lang).to_owned() } else { title }
    }

    /// The name of the file, or nothing while there is none.
    pub fn file_name(&self) -> Option<String> {
        Some(file_name(&self.file.as_ref()?.path))
    }

    /// The selected element, where it is exactly one.
    pub fn selected(&self) -> Option<Id> {
        let mut ids = self.selection.iter();
        let first = ids.next()?;
        ids.next().is_none().then_some(*first)
    }
}
