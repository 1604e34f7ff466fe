//! Actions that change the document.

use super::after_change::after_change;
use super::notice::NoticeLevel;
use super::{App, Tab};
use crate::canvas::CanvasOrder;
use engine::edit::command::Toward;
use engine::edit::{Transaction, command};
use engine::i18n::{Explain, Msg};
use engine::id::{Id, IdSource, Kind};
use engine::model::Project;
use engine::model::choice::{ImprovementKind, InsightKind, LaneKind, MetricKind};

impl App {
    pub(crate) fn commit_transaction(&mut self, transaction: Transaction) {
        let result = self.session.as_mut().map(|session| session.commit(transaction));
        self.report_apply_error(result.transpose().err());
    }

    /// Commits the text of a name that is still being typed; the rest joins the same undo step.
    pub(super) fn commit_unfinished(&mut self, transaction: Transaction, element: Id) {
        self.commit_transaction(transaction);
        self.select_one(element);
        self.session.iter_mut().for_each(|session| session.document.wait_for_name(element));
    }

    /// Ties the last notice to the last step, so that it goes when that step is undone.
    pub(crate) fn tie_notice(&mut self) {
        let step = self.session.as_ref().and_then(|session| session.document.history().last_step());
        self.notices.tie_last(step);
    }

    /// Removes the notices about undone steps.
    pub(crate) fn withdraw_undone(&mut self) {
        if let Some(session) = &self.session {
            self.notices.withdraw_undone(|step| session.document.history().is_step_done(step));
        }
    }

    pub(crate) fn report_apply_error(&mut self, error: Option<engine::edit::ApplyError>) {
        if let Some(error) = error {
            let title = Msg::ErrorTitle.text(self.lang());
            self.show_error(format!("{title}: {}", error.explain(self.lang())));
        }
    }

    /// Undoes the last step; a notice tells if nothing was left to undo.
    pub(super) fn undo_step(&mut self) {
        match self.session.as_mut().map(super::session::Session::undo) {
            Some(Ok(false)) => {
                self.notices.add_notice(NoticeLevel::Info, Msg::UndoNothingLeft.text(self.lang()));
            }
            result => {
                self.report_apply_error(result.transpose().err());
                self.withdraw_undone();
            }
        }
    }

    /// Redoes the last undone step.
    pub(super) fn redo_step(&mut self) {
        let result = self.session.as_mut().map(super::session::Session::redo);
        self.report_apply_error(result.transpose().err());
    }

    /// Adds an insight to the selected element, on the map.
    pub(super) fn add_insight(&mut self, kind: InsightKind) {
        self.send_order(CanvasOrder::AddInsight(kind, None));
    }

    /// Adds an opportunity or solution to the selected element, on the map.
    pub(super) fn add_improvement(&mut self, kind: ImprovementKind) {
        self.send_order(CanvasOrder::AddImprovement(kind, None));
    }

    /// Adds a persona, to be named at once.
    pub(super) fn add_persona(&mut self) {
        self.create_element(|project, source| {
            let (transaction, id) = command::add_persona(project, "", source);
            (transaction, id.into())
        });
    }

    /// Adds a channel, to be named at once.
    pub(super) fn add_channel(&mut self) {
        self.create_element(|project, source| {
            let (transaction, id) = command::add_channel(project, "", "circle", source);
            (transaction, id.into())
        });
    }

    /// Adds a metric, to be named at once.
    pub(super) fn add_metric(&mut self) {
        self.create_element(|project, source| {
            let (transaction, id) = command::add_metric(project, MetricKind::Csat, source);
            (transaction, id.into())
        });
    }

    /// Applies a command to all selected elements, as one undo step.
    pub(super) fn apply_to_selection(
        &mut self,
        make: impl FnOnce(&Project, &[Id], &mut IdSource) -> Transaction,
    ) {
        let Some(session) = &self.session else { return };
        let ids: Vec<Id> = session.selection().iter().copied().collect();
        let transaction = make(session.project(), &ids, &mut self.source);
        self.commit_transaction(transaction.clone());
        if let Some(session) = self.session.as_mut().filter(|session| session.selection().is_empty()) {
            session.set_selection(after_change(&transaction));
        }
    }

    /// Moves the selected elements by one place and keeps them in view.
    pub(super) fn nudge_selection(&mut self, toward: Toward) {
        self.apply_to_selection(|project, ids, source| command::nudge_elements(project, ids, toward, source));
        let first = self.session.as_ref().and_then(|session| session.selection().first().copied());
        self.workspace.orders.extend(first.map(CanvasOrder::Reveal));
    }

    /// Creates an element as one undo step and selects it.
    fn create_element(&mut self, make: impl FnOnce(&Project, &mut IdSource) -> (Transaction, Id)) {
        let Some(session) = &self.session else { return };
        let (transaction, id) = make(session.project(), &mut self.source);
        self.commit_transaction(transaction);
        self.select_one(id);
        self.open_name(id);
    }

    /// Starts editing a new element's name: on the map if drawn there, else in outline or inspector.
    pub(super) fn open_name(&mut self, id: Id) {
        if let Some(session) = &mut self.session {
            session.document.wait_for_name(id);
        }
        let named = matches!(
            id.kind(),
            Kind::Stage | Kind::Touchpoint | Kind::Flow | Kind::Insight | Kind::Improvement | Kind::Lane
        );
        let on_map = named && self.current_tab() == Tab::Map;
        if on_map && self.current_scene().is_some_and(|scene| scene.element_bounds(id).is_some()) {
            self.send_order(CanvasOrder::EditTitle(id));
        } else {
            // A presentation has no panels in which the name could be typed.
            self.view.presenting = false;
            self.view.inspector |= !self.view.outline;
            self.workspace.typing.naming = Some(id);
        }
    }

    fn select_one(&mut self, id: Id) {
        if let Some(session) = &mut self.session {
            session.set_selection([id].into());
        }
    }

    /// Edits the name of the selected element on the map.
    pub(super) fn rename_selected(&mut self) {
        let id = self.session.as_ref().and_then(super::session::Session::single_selection);
        self.workspace.orders.extend(id.map(CanvasOrder::EditTitle));
    }

    /// Inserts a copy of the selected elements and selects it.
    pub(super) fn duplicate_selection(&mut self) {
        let Some(session) = &mut self.session else { return };
        let ids: Vec<Id> = session.selection().iter().copied().collect();
        let (transaction, copies) = command::duplicate_elements(session.project(), &ids, &mut self.source);
        self.commit_transaction(transaction);
        if let Some(session) = &mut self.session {
            session.set_selection(copies.into_iter().collect());
        }
    }

    /// Selects all stages and touchpoints of the journey.
    pub(super) fn select_all(&mut self) {
        let Some(session) = &mut self.session else { return };
        let ids = session.journey().map(|journey| {
            let cards = journey.touchpoints().keys().map(|id| Id::from(*id));
            cards.chain(journey.stages().keys().map(|id| Id::from(*id))).collect()
        });
        session.set_selection(ids.unwrap_or_default());
    }

    /// Adds a lane at the end of the journey, to be named at once.
    pub(super) fn add_lane(&mut self, kind: LaneKind) {
        self.create_in_journey(|project, journey, source| {
            let (transaction, id) = command::add_lane(project, journey, None, kind, source);
            (transaction, id.into())
        });
    }

    fn create_in_journey(
        &mut self,
        make: impl FnOnce(&Project, engine::id::JourneyId, &mut IdSource) -> (Transaction, Id),
    ) {
        let Some(journey) = self.session.as_ref().map(super::session::Session::journey_id) else { return };
        self.create_element(|project, source| make(project, journey, source));
    }

    /// Adds a journey, shows it, and starts editing its title.
    pub(super) fn add_journey(&mut self) {
        let Some(session) = &self.session else { return };
        let title = Msg::UntitledJourney.text(self.lang());
        let (transaction, id) = command::add_journey(session.project(), title, &mut self.source);
        self.commit_transaction(transaction);
        if let Some(session) = &mut self.session {
            session.show_journey(id);
            session.set_selection([id.into()].into());
        }
        if self.current_tab() == Tab::Map {
            // On the map, the first stage is offered once the title is typed.
            self.send_order(CanvasOrder::EditTitle(id.into()));
        } else {
            self.view.inspector = true;
            self.workspace.typing.naming = Some(id.into());
        }
    }
}
