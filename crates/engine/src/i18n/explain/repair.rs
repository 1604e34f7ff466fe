//! The report of a repair, in words: place, finding, remedy.

use super::Explain;
use super::problems::explain_problem;
use crate::i18n::{Lang, Msg, Worded, name_element};
use crate::id::Id;
use crate::model::Project;
use crate::store::repair::{Finding, RepairNote};
use std::fmt::Display;

/// The names that a report uses.
#[derive(Clone, Copy)]
struct RepairNames<'a> {
    lang: Lang,
    project: Option<&'a Project>,
}

/// Returns a note of a repair, with its line if it has one. Records and fields have their interface names in
/// the repaired project, or without one their names in the file.
pub fn explain_repair(note: &RepairNote, repaired: Option<&Project>, lang: Lang) -> String {
    let problem = RepairNames { lang, project: repaired }.explain_finding(&note.finding);
    match note.place {
        Some(place) => {
            let arguments: [(&str, &dyn Display); 3] =
                [("line", &place.line), ("column", &place.column), ("problem", &problem)];
            Msg::FileDamaged.text_with(lang, &arguments)
        }
        None => problem,
    }
}

impl RepairNames<'_> {
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
            Some(record.find_field(field)?.words.label.display_name().text(self.lang).to_owned())
        };
        label().unwrap_or_else(|| field.to_owned())
    }

    fn explain_finding(self, finding: &Finding) -> String {
        let lang = self.lang;
        let record = |who: &str| self.record_name(who);
        match finding {
            Finding::Refused(cause) => cause.explain(lang),
            Finding::NotText => Msg::RepairNotText.text(lang).to_owned(),
            Finding::Stray(found) => Msg::RepairStray.text_with(lang, &[("found", found)]),
            Finding::List(found) => Msg::RepairList.text_with(lang, &[("found", found)]),
            Finding::CutOff { who } => Msg::RepairCutOff.text_with(lang, &[("who", &record(who))]),
            Finding::Lost { found } => Msg::RepairLost.text_with(lang, &[("found", found)]),
            Finding::Renumbered { who, kept } => {
                Msg::RepairRenumbered.text_with(lang, &[("who", &record(who)), ("kept", kept)])
            }
            Finding::Reunited { who, kept } => {
                Msg::RepairReunited.text_with(lang, &[("who", who), ("kept", &record(kept))])
            }
            Finding::Twin { who } => Msg::RepairTwin.text_with(lang, &[("who", &record(who))]),
            Finding::StandIn { who } => Msg::RepairStandIn.text_with(lang, &[("who", &record(who))]),
            Finding::BroughtBack { who } => Msg::RepairBroughtBack.text_with(lang, &[("who", &record(who))]),
            Finding::SameImport { who } => Msg::RepairSameImport.text_with(lang, &[("who", &record(who))]),
            Finding::Joined => Msg::RepairJoined.text(lang).to_owned(),
            Finding::Dangling(problem) => {
                let who = problem.element.to_string();
                let text = explain_problem(
                    problem,
                    &self.field_name(&who, problem.field.map_or("", |field| field.name)),
                    lang,
                );
                Msg::RepairDangling.text_with(lang, &[("who", &record(&who)), ("problem", &text)])
            }
            _ => self.explain_field(finding),
        }
    }

    /// Returns the message of a finding about a field.
    fn explain_field(self, finding: &Finding) -> String {
        let none = &String::new();
        let (message, [who, field, found, kept]) = match finding {
            Finding::Unreadable { who, field, found } => (Msg::RepairUnreadable, [who, field, found, none]),
            Finding::Mended { who, field, found, kept } => (Msg::RepairMended, [who, field, found, kept]),
            Finding::UnknownField { who, field, found } => {
                (Msg::RepairUnknownField, [who, field, found, none])
            }
            Finding::Renamed { who, found, field } => (Msg::RepairRenamed, [who, field, found, none]),
            Finding::Repeated { who, field, found } => (Msg::RepairRepeated, [who, field, found, none]),
            Finding::Filled { who, field, kept } => (Msg::RepairFilled, [who, field, none, kept]),
            Finding::Line { who, field, found } => (Msg::RepairLine, [who, field, found, none]),
            Finding::Differs { who, field, kept, found } => (Msg::RepairDiffers, [who, field, found, kept]),
            _ => return String::new(),
        };
        let field = self.field_name(who, field);
        let who = self.record_name(who);
        message.text_with(self.lang, &[("who", &who), ("field", &field), ("found", &found), ("kept", &kept)])
    }
}
