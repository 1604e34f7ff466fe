//! The small chooser for the selected elements: sets channels, persona, status or owner with a few keys.

use super::App;
use super::dialog::Dialog;
use super::session::Session;
use crate::edit::{Transaction, command};
use crate::i18n::{Lang, Msg, Worded};
use crate::id::{Id, Kind};
use crate::model::choice::{InsightKind, Status};
use crate::model::value::{Atom, FieldValue};
use crate::model::{Field, Project, records_in_order};
use crate::theme::Icon;
use std::collections::BTreeSet;

/// The property that the chooser sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// The channels of touchpoints.
    Channels,
    /// The personas that take a touchpoint's step.
    Personas,
    /// The persona of insights.
    Persona,
    /// The status of opportunities and solutions.
    Status,
    /// The owner of touchpoints, opportunities and solutions.
    Owner,
}

impl Chosen {
    /// Returns the label of the property.
    pub fn label(self) -> Msg {
        match self {
            Self::Channels => Msg::Channels,
            Self::Personas => Msg::Personas,
            Self::Persona => Msg::Persona,
            Self::Status => Msg::Status,
            Self::Owner => Msg::Owner,
        }
    }

    /// True if an element can have several values, so that the chooser stays open.
    pub fn is_several(self) -> bool {
        matches!(self, Self::Channels | Self::Personas)
    }

    /// True if a new value can be typed.
    pub fn takes_new(self) -> bool {
        self != Self::Status
    }

    /// Returns the note to show if no value is chosen, for properties where its meaning is not obvious.
    pub fn none_chosen(self) -> Option<Msg> {
        (self == Self::Personas).then_some(Msg::NoneIsEveryone)
    }

    fn field_name(self) -> Field {
        match self {
            Self::Channels => "channels",
            Self::Personas => "personas",
            Self::Persona => "persona",
            Self::Status => "status",
            Self::Owner => "owner",
        }
    }

    fn is_of(self, kind: Kind) -> bool {
        match self {
            Self::Channels | Self::Personas => kind == Kind::Touchpoint,
            Self::Persona => kind == Kind::Insight,
            Self::Status => kind == Kind::Improvement,
            Self::Owner => matches!(kind, Kind::Touchpoint | Kind::Improvement),
        }
    }

    /// Returns the selected elements that have this property.
    pub fn selected_ids(self, session: &Session) -> Vec<Id> {
        session.selection().iter().copied().filter(|id| self.is_of(id.kind())).collect()
    }

    /// Returns the values to choose from, each with its label.
    pub fn list_options(self, session: &Session, lang: Lang) -> Vec<(FieldValue, String)> {
        let project = session.project();
        let none = (FieldValue::Nothing, Msg::NotSet.text(lang).to_owned());
        match self {
            Self::Channels => records_in_order(project.channels())
                .iter()
                .map(|c| (c.id.to_value(), c.name.clone()))
                .collect(),
            Self::Personas | Self::Persona => {
                let personas = records_in_order(project.personas()).into_iter();
                let personas = personas.map(|persona| (persona.id.to_value(), persona.name.clone()));
                let everyone = (FieldValue::Nothing, Msg::Everyone.text(lang).to_owned());
                let everyone = (self == Self::Persona).then_some(everyone);
                everyone.into_iter().chain(personas).collect()
            }
            Self::Status => Status::all_choices()
                .iter()
                .map(|s| (s.to_value(), s.display_name().text(lang).to_owned()))
                .collect(),
            Self::Owner => {
                let cards = session.project().journeys_in_order().into_iter();
                let cards =
                    cards.flat_map(|journey| journey.touchpoints().values()).map(|card| card.owner.clone());
                let owners = project.improvements().values().map(|made| made.owner.clone()).chain(cards);
                let known: BTreeSet<String> = owners.filter(|owner| !owner.trim().is_empty()).collect();
                let nobody = (FieldValue::Text(String::new()), none.1);
                std::iter::once(nobody)
                    .chain(known.into_iter().map(|o| (FieldValue::Text(o.clone()), o)))
                    .collect()
            }
        }
    }

    /// True if all of the elements have the value; false without elements.
    pub fn is_chosen(self, session: &Session, ids: &[Id], value: &FieldValue) -> bool {
        let has = |id: &Id| {
            let held = session.project().record(*id).and_then(|record| record.get(self.field_name()));
            match held {
                Some(FieldValue::List(list)) => list.contains(value),
                Some(FieldValue::Set(set)) => set.contains(value),
                held => held.as_ref() == Some(value),
            }
        };
        !ids.is_empty() && ids.iter().all(has)
    }
}

/// The state of the open chooser.
#[derive(Debug, Clone, PartialEq)]
pub struct ChooseForm {
    /// The property being set.
    pub what: Chosen,
    /// The elements it is set for.
    pub ids: Vec<Id>,
    /// The text typed by the user.
    pub typed: String,
}

impl App {
    /// Opens the chooser for the selected elements that have the property.
    pub(super) fn ask_chosen(&mut self, what: Chosen) {
        let ids = self.session.as_ref().map(|session| what.selected_ids(session)).unwrap_or_default();
        if !ids.is_empty() {
            self.dialog = Some(Dialog::Choose(ChooseForm { what, ids, typed: String::new() }));
        }
    }

    /// Opens the chooser for the persona of the selected insights; without any, for the personas of the
    /// selected touchpoints.
    pub(super) fn ask_persona(&mut self) {
        let of_insights =
            self.session.as_ref().is_some_and(|session| !Chosen::Persona.selected_ids(session).is_empty());
        self.ask_chosen(if of_insights { Chosen::Persona } else { Chosen::Personas });
    }

    /// Applies the chosen value, as one undo step for all elements.
    pub(super) fn apply_choice(&mut self, value: &FieldValue) {
        let Some(Dialog::Choose(form)) = &self.dialog else { return };
        let what = form.what;
        let ids = form.ids.clone();
        let (made, value) = self.make_chosen(what, value);
        let Some(session) = &self.session else { return };
        let transaction = match &value {
            value if what.is_several() => {
                let takes = what.is_chosen(session, &ids, value);
                let each = ids
                    .iter()
                    .map(|id| toggle_value(session.project(), (*id, what.field_name()), value, takes));
                each.reduce(Transaction::chain_with).unwrap_or_default()
            }
            value => command::set_field(session.project(), &ids, what.field_name(), value),
        };
        self.commit_transaction(made.chain_with(transaction));
        if !what.is_several() {
            self.close_dialog();
        }
    }

    /// Returns the chosen value; creates the channel or persona first if the value is the name of a new one.
    fn make_chosen(&mut self, what: Chosen, value: &FieldValue) -> (Transaction, FieldValue) {
        let plain = (Transaction::default(), value.clone());
        let (Some(session), FieldValue::Text(name)) = (&self.session, value) else { return plain };
        match what {
            Chosen::Channels => {
                let icon = Icon::Circle.name();
                let (made, id) = command::add_channel(session.project(), name, icon, &mut self.source);
                (made, id.to_value())
            }
            Chosen::Personas | Chosen::Persona => {
                let (made, id) = command::add_persona(session.project(), name, &mut self.source);
                (made, id.to_value())
            }
            Chosen::Status | Chosen::Owner => plain,
        }
    }

    /// Sets the severity (1 to 5) of the selected pains.
    pub(super) fn set_severity(&mut self, severity: u8) {
        let Some(session) = &self.session else { return };
        let pains = selected_pains(session);
        let fresh = session.fresh_pain();
        let transaction =
            command::set_field(session.project(), &pains, "severity", &Some(severity).to_value());
        self.commit_transaction(transaction);
        // Another digit corrects the first.
        self.with_session(|session| session.set_fresh_pain(fresh));
    }
}

impl Session {
    /// Lets digits set the severity of a pain that is not selected, until the selection or the document
    /// changes; `None` ends that.
    pub fn set_fresh_pain(&mut self, pain: Option<Id>) {
        self.fresh_pain = pain.map(|pain| (pain, self.revision()));
    }

    /// Returns the pain that was just typed, while its card is selected for the next insight.
    pub fn fresh_pain(&self) -> Option<Id> {
        self.fresh_pain.filter(|(_, revision)| *revision == self.revision()).map(|(pain, _)| pain)
    }
}

/// Returns the selected pains, and the one that was just typed.
pub fn selected_pains(session: &Session) -> Vec<Id> {
    let insights = session.journey().map(|journey| journey.insights());
    let is_pain = |id: &Id| {
        let insight = insights.and_then(|all| all.get(&id.to_typed()?));
        insight.is_some_and(|insight| insight.kind == InsightKind::Pain)
    };
    let selected = session.selection().iter().copied();
    let all: BTreeSet<Id> = selected.chain(session.fresh_pain()).filter(is_pain).collect();
    all.into_iter().collect()
}

/// Adds a value to a list or set field of an element, or removes it if `takes`.
fn toggle_value(project: &Project, (id, field): (Id, Field), value: &FieldValue, takes: bool) -> Transaction {
    let held = project.record(id).and_then(|record| record.get(field));
    let next = match held {
        Some(FieldValue::List(mut list)) => {
            if takes {
                list.retain(|own| own != value);
            } else if !list.contains(value) {
                list.push(value.clone());
            }
            FieldValue::List(list)
        }
        Some(FieldValue::Set(mut set)) => {
            if takes {
                set.remove(value);
            } else {
                set.insert(value.clone());
            }
            FieldValue::Set(set)
        }
        _ => return Transaction::default(),
    };
    command::set_field(project, &[id], field, &next)
}
