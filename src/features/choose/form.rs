//! The small chooser for the selected elements: sets channels, persona, status or owner with a few keys.

use crate::app::session::Session;
use engine::i18n::{Lang, Msg, Worded};
use engine::id::{Id, Kind};
use engine::model::choice::{InsightKind, Status};
use engine::model::value::{Atom, FieldValue};
use engine::model::{Field, Improvement, Insight, Touchpoint, records_in_order};
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

    /// Returns the field that holds the property in a record of this kind.
    pub(super) fn field_of(self, kind: Kind) -> Option<Field> {
        let fields: &[Field] = match self {
            Self::Channels => &[Touchpoint::CHANNELS.field()],
            Self::Personas => &[Touchpoint::PERSONAS.field()],
            Self::Persona => &[Insight::PERSONA.field()],
            Self::Status => &[Improvement::STATUS.field()],
            Self::Owner => &[Touchpoint::OWNER.field(), Improvement::OWNER.field()],
        };
        fields.iter().copied().find(|field| field.kind == kind)
    }

    /// Returns the selected elements that have this property.
    pub fn selected_ids(self, session: &Session) -> Vec<Id> {
        session.selection().iter().copied().filter(|id| self.field_of(id.kind()).is_some()).collect()
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
            let held = session.project().record(*id).and_then(|record| record.get(self.field_of(id.kind())?));
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
#[derive(Debug)]
pub(super) struct ChooseForm {
    /// The property being set.
    pub what: Chosen,
    /// The elements it is set for.
    pub ids: Vec<Id>,
    /// The text typed by the user.
    pub typed: String,
}

impl Session {
    /// Lets digits set the severity of a pain that is not selected, until the selection or the document
    /// changes; `None` ends that.
    pub fn set_fresh_pain(&mut self, pain: Option<Id>) {
        self.fresh_pain = pain.map(|pain| (pain, self.document.revision()));
    }

    /// Returns the pain that was just typed, while its card is selected for the next insight.
    pub fn fresh_pain(&self) -> Option<Id> {
        self.fresh_pain.filter(|(_, revision)| *revision == self.document.revision()).map(|(pain, _)| pain)
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
