//! The report of a repair, in words: where, what was found, what was done.

use super::{Finding, Note};
use crate::i18n::{Lang, Msg};
use std::fmt::Display;

impl Note {
    /// The note in a language, with its line where it has one.
    pub fn message(&self, lang: Lang) -> String {
        let problem = self.finding.message(lang);
        match self.place {
            Some(place) => {
                let arguments: [(&str, &dyn Display); 3] =
                    [("line", &place.line), ("column", &place.column), ("problem", &problem)];
                Msg::FileDamaged.with(lang, &arguments)
            }
            None => problem,
        }
    }
}

impl Finding {
    fn message(&self, lang: Lang) -> String {
        match self {
            Self::Refused(cause) => cause.message(lang),
            Self::NotText => Msg::RepairNotText.text(lang).to_owned(),
            Self::Stray(found) => Msg::RepairStray.with(lang, &[("found", found)]),
            Self::List(found) => Msg::RepairList.with(lang, &[("found", found)]),
            Self::CutOff { who } => Msg::RepairCutOff.with(lang, &[("who", who)]),
            Self::Lost { found } => Msg::RepairLost.with(lang, &[("found", found)]),
            Self::Renumbered { who, kept } => {
                Msg::RepairRenumbered.with(lang, &[("who", who), ("kept", kept)])
            }
            Self::Reunited { who, kept } => Msg::RepairReunited.with(lang, &[("who", who), ("kept", kept)]),
            Self::Twin { who } => Msg::RepairTwin.with(lang, &[("who", who)]),
            Self::StandIn { who } => Msg::RepairStandIn.with(lang, &[("who", who)]),
            Self::BroughtBack { who } => Msg::RepairBroughtBack.with(lang, &[("who", who)]),
            Self::Joined => Msg::RepairJoined.text(lang).to_owned(),
            Self::Dangling(problem) => {
                let text = problem.text(lang);
                Msg::RepairDangling.with(lang, &[("who", &problem.element), ("problem", &text)])
            }
            _ => self.field_message(lang),
        }
    }

    /// What was wrong with a field.
    fn field_message(&self, lang: Lang) -> String {
        let none = &String::new();
        let (message, [who, field, found, kept]) = match self {
            Self::Unreadable { who, field, found } => (Msg::RepairUnreadable, [who, field, found, none]),
            Self::Mended { who, field, found, kept } => (Msg::RepairMended, [who, field, found, kept]),
            Self::UnknownField { who, field, found } => (Msg::RepairUnknownField, [who, field, found, none]),
            Self::Renamed { who, found, field } => (Msg::RepairRenamed, [who, field, found, none]),
            Self::Repeated { who, field, found } => (Msg::RepairRepeated, [who, field, found, none]),
            Self::Filled { who, field, kept } => (Msg::RepairFilled, [who, field, none, kept]),
            Self::Line { who, field, found } => (Msg::RepairLine, [who, field, found, none]),
            Self::Differs { who, field, kept, found } => (Msg::RepairDiffers, [who, field, found, kept]),
            _ => return String::new(),
        };
        message.with(lang, &[("who", &who), ("field", &field), ("found", &found), ("kept", &kept)])
    }
}
