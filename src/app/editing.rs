//! Actions that change the document.

use super::action::Action;
use super::after_change::after_change;
use super::choosing::Chosen;
use super::notice::Weight;
use super::outcome::Purpose;
use super::{App, Tab};
use crate::canvas::Order;
use crate::edit::command::Toward;
use crate::edit::{Transaction, command};
use crate::i18n::Msg;
use crate::id::{Id, Kind, Source};
use crate::model::Project;
use crate::model::choice::{ImprovementKind, InsightKind, LaneKind, MetricKind};

/// The change of a feeling by one key press, on the scale from -2 to 2.
const FEELING_STEP: f64 = 0.5;

impl App {
    pub(super) fn commit(&mut self, transaction: Transaction) {
        let result = self.session.as_mut().map(|session| session.commit(transaction));
        self.report(result.transpose().err());
    }

    /// Commits the text of a name that is still being typed; the rest joins the same undo step.
    pub(super) fn commit_unfinished(&mut self, transaction: Transaction, element: Id) {
        self.commit(transaction);
        self.select_one(element);
        self.session.iter_mut().for_each(|session| session.wait_for_name(element));
    }

    /// Ties the last notice to the last step, so that it goes when that step is undone.
    pub(super) fn tie_notice(&mut self) {
        let step = self.session.as_ref().and_then(|session| session.history().last_step());
        self.notices.tie_last(step);
    }

    /// Removes the notices about undone steps.
    pub(super) fn withdraw_undone(&mut self) {
        if let Some(session) = &self.session {
            self.notices.withdraw_undone(|step| session.history().holds(step));
        }
    }

    pub(super) fn report(&mut self, error: Option<crate::edit::ApplyError>) {
        if let Some(error) = error {
            let title = Msg::ErrorTitle.text(self.lang());
            self.fail(format!("{title}: {error}"));
        }
    }

    pub(super) fn edit(&mut self, action: Action) {
        let what = self.session.as_ref().and_then(|session| Chosen::of(action, session));
        if let Some(what) = what {
            return self.ask_chosen(what);
        }
        match action {
            Action::Undo => match self.session.as_mut().map(super::session::Session::undo) {
                Some(Ok(false)) => self.notices.add(Weight::Info, Msg::UndoNothingLeft.text(self.lang())),
                result => {
                    self.report(result.transpose().err());
                    self.withdraw_undone();
                }
            },
            Action::Redo => {
                let result = self.session.as_mut().map(super::session::Session::redo);
                self.report(result.transpose().err());
            }
            Action::Duplicate => self.duplicate(),
            Action::Delete => self.change(command::delete),
            Action::ToggleMoment => self.change(command::toggle_moment),
            Action::MoveLeft => self.nudge(Toward::Left),
            Action::MoveRight => self.nudge(Toward::Right),
            Action::MoveUp => self.nudge(Toward::Up),
            Action::MoveDown => self.nudge(Toward::Down),
            Action::SelectAll => self.select_all(),
            Action::Rename => self.order_for_selected(Order::EditTitle),
            Action::SeverityOne => self.set_severity(1),
            Action::SeverityTwo => self.set_severity(2),
            Action::SeverityThree => self.set_severity(3),
            Action::SeverityFour => self.set_severity(4),
            Action::SeverityFive => self.set_severity(5),
            Action::AddStage => self.orders.push(Order::AddStage),
            Action::AddTouchpoint => self.orders.push(Order::AddTouchpoint),
            Action::AddAlternative => self.orders.push(Order::AddAlternative),
            _ => self.add(action),
        }
    }

    fn add(&mut self, action: Action) {
        match action {
            Action::AddPain => self.orders.push(Order::AddInsight(InsightKind::Pain, None)),
            Action::AddGain => self.orders.push(Order::AddInsight(InsightKind::Gain, None)),
            Action::AddNeed => self.orders.push(Order::AddInsight(InsightKind::Need, None)),
            Action::AddQuote => self.orders.push(Order::AddInsight(InsightKind::Quote, None)),
            Action::AddQuestion => self.orders.push(Order::AddInsight(InsightKind::Question, None)),
            Action::AddNote => self.orders.push(Order::AddInsight(InsightKind::Note, None)),
            Action::AddOpportunity => {
                self.orders.push(Order::AddImprovement(ImprovementKind::Opportunity, None));
            }
            Action::AddSolution => self.orders.push(Order::AddImprovement(ImprovementKind::Solution, None)),
            Action::RaiseFeeling => self.orders.push(Order::Feel(Some(FEELING_STEP))),
            Action::LowerFeeling => self.orders.push(Order::Feel(Some(-FEELING_STEP))),
            Action::ClearFeeling => self.orders.push(Order::Feel(None)),
            Action::AddPicture => self.pick(Purpose::Picture),
            Action::AddLane => self.add_lane(LaneKind::Text),
            Action::AddPersona => self.create(|p, source| {
                let (transaction, id) = command::add_persona(p, "", source);
                (transaction, id.into())
            }),
            Action::AddChannel => self.create(|p, source| {
                let (transaction, id) = command::add_channel(p, "", "circle", source);
                (transaction, id.into())
            }),
            Action::AddMetric => self.create(|p, source| {
                let (transaction, id) = command::add_metric(p, MetricKind::Csat, source);
                (transaction, id.into())
            }),
            Action::AddJourney => self.add_journey(),
            Action::DuplicateJourney => self.duplicate_journey(),
            _ => debug_assert!(false, "{action:?} is not done by anyone"),
        }
    }

    /// Applies a command to all selected elements, as one undo step.
    fn change(&mut self, make: impl FnOnce(&Project, &[Id], &mut Source) -> Transaction) {
        let Some(session) = &self.session else { return };
        let ids: Vec<Id> = session.selection().iter().copied().collect();
        let transaction = make(session.project(), &ids, &mut self.source);
        self.commit(transaction.clone());
        if let Some(session) = self.session.as_mut().filter(|session| session.selection().is_empty()) {
            session.select(after_change(&transaction));
        }
    }

    /// Moves the selected elements by one place and keeps them in view.
    fn nudge(&mut self, toward: Toward) {
        self.change(|project, ids, source| command::nudge(project, ids, toward, source));
        let first = self.session.as_ref().and_then(|session| session.selection().first().copied());
        self.orders.extend(first.map(Order::Reveal));
    }

    /// Creates an element as one undo step and selects it.
    fn create(&mut self, make: impl FnOnce(&Project, &mut Source) -> (Transaction, Id)) {
        let Some(session) = &self.session else { return };
        let (transaction, id) = make(session.project(), &mut self.source);
        self.commit(transaction);
        self.select_one(id);
        self.open_name(id);
    }

    /// Starts editing a new element's name: on the map if drawn there, else in outline or inspector.
    pub(super) fn open_name(&mut self, id: Id) {
        if let Some(session) = &mut self.session {
            session.wait_for_name(id);
        }
        let named = matches!(
            id.kind(),
            Kind::Stage | Kind::Touchpoint | Kind::Flow | Kind::Insight | Kind::Improvement | Kind::Lane
        );
        let on_map = named && self.tab() == Tab::Map;
        if on_map && self.scene().is_some_and(|scene| scene.bounds(id).is_some()) {
            self.orders.push(Order::EditTitle(id));
        } else {
            // A presentation has no panels in which the name could be typed.
            self.view.presenting = false;
            self.view.inspector |= !self.view.outline;
            self.naming = Some(id);
        }
    }

    fn select_one(&mut self, id: Id) {
        if let Some(session) = &mut self.session {
            session.select([id].into());
        }
    }

    fn order_for_selected(&mut self, order: fn(Id) -> Order) {
        let id = self.session.as_ref().and_then(super::session::Session::selected);
        self.orders.extend(id.map(order));
    }

    fn duplicate(&mut self) {
        let Some(session) = &mut self.session else { return };
        let ids: Vec<Id> = session.selection().iter().copied().collect();
        let (transaction, copies) = command::duplicate(session.project(), &ids, &mut self.source);
        self.commit(transaction);
        if let Some(session) = &mut self.session {
            session.select(copies.into_iter().collect());
        }
    }

    fn select_all(&mut self) {
        let Some(session) = &mut self.session else { return };
        let ids = session.journey().map(|journey| {
            let cards = journey.touchpoints().keys().map(|id| Id::from(*id));
            cards.chain(journey.stages().keys().map(|id| Id::from(*id))).collect()
        });
        session.select(ids.unwrap_or_default());
    }

    fn add_lane(&mut self, kind: LaneKind) {
        self.create_in_journey(|project, journey, source| {
            let (transaction, id) = command::add_lane(project, journey, None, kind, source);
            (transaction, id.into())
        });
    }

    fn create_in_journey(
        &mut self,
        make: impl FnOnce(&Project, crate::id::JourneyId, &mut Source) -> (Transaction, Id),
    ) {
        let Some(journey) = self.session.as_ref().map(super::session::Session::journey_id) else { return };
        self.create(|project, source| make(project, journey, source));
    }

    fn add_journey(&mut self) {
        let Some(session) = &self.session else { return };
        let title = Msg::UntitledJourney.text(self.lang());
        let (transaction, id) = command::add_journey(session.project(), title, &mut self.source);
        self.commit(transaction);
        if let Some(session) = &mut self.session {
            session.show(id);
            session.select([id.into()].into());
        }
        if self.tab() == Tab::Map {
            // On the map, the first stage is offered once the title is typed.
            self.orders.push(Order::EditTitle(id.into()));
        } else {
            self.view.inspector = true;
            self.naming = Some(id.into());
        }
    }
}
