//! The report of a repair, in words: place, finding, remedy.

use super::{Finding, RepairNote};
use crate::analysis::changes::name_element;
use crate::i18n::{Lang, Msg};
use crate::id::Id;
use crate::model::Project;
use std::fmt::Display;

/// The names that a report uses.
#[derive(Clone, Copy)]
struct Words<'a> {
    lang: Lang,
    project: Option<&'a Project>,
}

impl RepairNote {
    /// Returns the note in a language, with its line if it has one. Records and fields have their interface
    /// names in the repaired project, or without one their names in the file.
    pub fn message(&self, lang: Lang, repaired: Option<&Project>) -> String {
        let problem = self.finding.message(Words { lang, project: repaired });
        match self.place {
            Some(place) => {
                let arguments: [(&str, &dyn Display); 3] =
                    [("line", &place.line), ("column", &place.column), ("problem", &problem)];
                Msg::FileDamaged.text_with(lang, &arguments)
            }
            None => problem,
        }
    }
}

impl Words<'_> {
    /// Returns the name of a record of the file.
    fn record_name(self, who: &str) -> String {
        let known =
            self.project.zip(who.parse::<Id>().ok()).and_then(|(p, id)| name_element(p, id, self.lang));
        known.unwrap_or_else(|| who.to_owned())
    }

    /// Returns the label of a field of a record of the file.
    fn field_name(self, who: &str, field: &str) -> String {
        let label = || {
            let record = self.project?.record(who.parse().ok()?)?;
            Some(record.find_field(field)?.words.label.text(self.lang).to_owned())
        };
        label().unwrap_or_else(|| field.to_owned())
    }
}

impl Finding {
    fn message(&self, words: Words<'_>) -> String {
        let lang = words.lang;
        let record = |who: &str| words.record_name(who);
        match self {
            Self::Refused(cause) => cause.message(lang),
            Self::NotText => Msg::RepairNotText.text(lang).to_owned(),
            Self::Stray(found) => Msg::RepairStray.text_with(lang, &[("found", found)]),
            Self::List(found) => Msg::RepairList.text_with(lang, &[("found", found)]),
            Self::CutOff { who } => Msg::RepairCutOff.text_with(lang, &[("who", &record(who))]),
            Self::Lost { found } => Msg::RepairLost.text_with(lang, &[("found", found)]),
            Self::Renumbered { who, kept } => {
                Msg::RepairRenumbered.text_with(lang, &[("who", &record(who)), ("kept", kept)])
            }
            Self::Reunited { who, kept } => {
                Msg::RepairReunited.text_with(lang, &[("who", who), ("kept", &record(kept))])
            }
            Self::Twin { who } => Msg::RepairTwin.text_with(lang, &[("who", &record(who))]),
            Self::StandIn { who } => Msg::RepairStandIn.text_with(lang, &[("who", &record(who))]),
            Self::BroughtBack { who } => Msg::RepairBroughtBack.text_with(lang, &[("who", &record(who))]),
            Self::SameImport { who } => Msg::RepairSameImport.text_with(lang, &[("who", &record(who))]),
            Self::Joined => Msg::RepairJoined.text(lang).to_owned(),
            Self::Dangling(problem) => {
                let who = problem.element.to_string();
                let text = problem.message_about(
                    lang,
                    &words.field_name(&who, problem.field.map_or("", |field| field.name)),
                );
                Msg::RepairDangling.text_with(lang, &[("who", &record(&who)), ("problem", &text)])
            }
            _ => self.field_message(words),
        }
    }

    /// Returns the message of a finding about a field.
    fn field_message(&self, words: Words<'_>) -> String {
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
        let field = words.field_name(who, field);
        let who = words.record_name(who);
        message.text_with(words.lang, &[("who", &who), ("field", &field), ("found", &found), ("kept", &kept)])
    }
}
