//! Reads notes as people type them in a workshop: `# title`, `## stage`, `- touchpoint [channel]`, and below
//! a touchpoint `@ persona`, `! pain`, `+ gain`, `* moment of truth`.

mod write;

pub use write::write_outline;

use super::maker::{ProjectMaker, clean_text};
use super::{Brought, ExchangeError, Unread, UnreadReason};
use crate::id::{Id, IdSource, StageId, TouchpointId};
use crate::model::choice::{InsightKind, MomentKind};

/// Reads notes. Touchpoints follow each other in the order of the notes.
///
/// # Errors
/// Where they hold more than any journey.
pub fn read_outline(notes: &str, source: &mut IdSource) -> Result<Brought, ExchangeError> {
    let mut reader =
        OutlineReader { maker: ProjectMaker::new(source), titled: false, stage: None, card: None };
    let mut unread = Vec::new();
    for (index, line) in notes.trim_start_matches('\u{feff}').lines().enumerate() {
        if let Err(reason) = reader.read_line(&clean_text(line)) {
            unread.push(Unread::new(index + 1, line, reason));
        }
    }
    Ok(Brought { project: reader.maker.finish()?, unread })
}

/// The reader's state: the stage and touchpoint of the last line.
struct OutlineReader<'a> {
    maker: ProjectMaker<'a>,
    titled: bool,
    stage: Option<StageId>,
    card: Option<TouchpointId>,
}

impl OutlineReader<'_> {
    fn read_line(&mut self, line: &str) -> Result<(), UnreadReason> {
        if line.is_empty() {
            return Ok(());
        }
        let sign = ["##", "#", "-", "@", "!", "+", "*"].into_iter().find(|sign| line.starts_with(sign));
        let sign = sign.ok_or(UnreadReason::Unknown)?;
        let text = line[sign.len()..].trim();
        if text.is_empty() {
            return Err(UnreadReason::Empty);
        }
        match sign {
            "##" => self.add_stage(text),
            "#" => self.read_title(text)?,
            "-" => self.read_touchpoint(text)?,
            "@" => self.add_persona(text)?,
            "!" => self.add_insight(InsightKind::Pain, text)?,
            "+" => self.add_insight(InsightKind::Gain, text)?,
            _ => self.read_moment(text)?,
        }
        Ok(())
    }

    fn read_title(&mut self, text: &str) -> Result<(), UnreadReason> {
        if std::mem::replace(&mut self.titled, true) {
            return Err(UnreadReason::SecondTitle);
        }
        self.maker.set_title(text);
        Ok(())
    }

    fn add_stage(&mut self, text: &str) {
        self.stage = Some(self.maker.add_stage(text));
    }

    fn read_touchpoint(&mut self, text: &str) -> Result<(), UnreadReason> {
        let stage = self.stage.ok_or(UnreadReason::NoStage)?;
        let (title, channels) = split_channels(text);
        if title.is_empty() {
            return Err(UnreadReason::Empty);
        }
        let step = self.maker.add_step(stage);
        let channels = self.maker.find_or_add_channels(channels);
        let id = self.maker.add_touchpoint(step, title, |card| card.channels = channels);
        if let Some(before) = self.card.replace(id) {
            self.maker.add_flow(before, id);
        }
        Ok(())
    }

    /// Adds a persona to the step.
    fn add_persona(&mut self, text: &str) -> Result<(), UnreadReason> {
        let card = self.card.ok_or(UnreadReason::NoTouchpoint)?;
        let persona = self.maker.find_or_add_persona(text);
        if let Some(card) = self.maker.touchpoint_mut(card) {
            card.personas.insert(persona);
        }
        self.maker.count_item();
        Ok(())
    }

    fn add_insight(&mut self, kind: InsightKind, text: &str) -> Result<(), UnreadReason> {
        let about: Id = self.card.ok_or(UnreadReason::NoTouchpoint)?.into();
        let insight = self.maker.add_insight(kind, text, None);
        self.maker.link_to_element(insight.into(), about);
        Ok(())
    }

    /// Sets a moment of truth: `* first: why`, or a reason alone, which makes it one with the team's own
    /// label.
    fn read_moment(&mut self, text: &str) -> Result<(), UnreadReason> {
        let card = self.card.ok_or(UnreadReason::NoTouchpoint)?;
        let (kind, why) = split_moment(text);
        if let Some(card) = self.maker.touchpoint_mut(card) {
            card.moment = Some(kind);
            card.moment_why = clean_text(why);
        }
        Ok(())
    }
}

/// Splits a touchpoint's title from the channels in brackets behind it.
fn split_channels(text: &str) -> (&str, impl Iterator<Item = &str>) {
    let inside = text.strip_suffix(']').and_then(|rest| rest.rsplit_once('['));
    let (title, channels) = inside.unwrap_or((text, ""));
    (title.trim(), channels.split([',', '，', '、']).map(str::trim).filter(|name| !name.is_empty()))
}

/// Splits a moment's kind from its reason.
fn split_moment(text: &str) -> (MomentKind, &str) {
    let (name, why) = text.split_once([':', '：']).map_or((text, ""), |(name, why)| (name, why.trim()));
    name.trim().to_lowercase().parse().map_or((MomentKind::Own, text), |kind| (kind, why))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{check, sort_records};

    const NOTES: &str = "\u{feff}# Airline trip\r\n\n## Plan\n- Find a flight [web, App]\n\t! Fees on the last page\n\t+ Fare calendar\n\
        - Compare [app]\n## Airport\n  - Gate\n    * second: the promise is kept here\n    ! No boarding call\n- Lounge\n  * We are guests";

    #[test]
    fn notes_become_a_journey_without_problems() {
        let Brought { project, unread } = read_outline(NOTES, &mut IdSource::from_seed(1)).unwrap();
        assert_eq!((unread, check::find_problems(&project)), (Vec::new(), Vec::new()));
        let journey = project.journeys_in_order()[0];
        assert_eq!(journey.info().title, "Airline trip");
        let stages = journey.stages_in_order();
        let titles = |stage: usize| -> Vec<&str> {
            let steps = journey.steps_of(stages[stage].id);
            let cards = steps
                .iter()
                .flat_map(|step| journey.touchpoints().values().filter(|card| card.step == step.id));
            cards.map(|card| card.title.as_str()).collect()
        };
        assert_eq!((titles(0), titles(1)), (vec!["Find a flight", "Compare"], vec!["Gate", "Lounge"]));
        let gate = journey.touchpoints().values().find(|card| card.title == "Gate").unwrap();
        assert_eq!(
            (gate.moment, gate.moment_why.as_str()),
            (Some(MomentKind::Second), "the promise is kept here")
        );
        let lounge = journey.touchpoints().values().find(|card| card.title == "Lounge").unwrap();
        assert_eq!((lounge.moment, lounge.moment_why.as_str()), (Some(MomentKind::Own), "We are guests"));
        assert_eq!(journey.spoken_of_by(gate.id.into()).len(), 1);
        let insights: Vec<&str> =
            sort_records(journey.insights().values()).iter().map(|insight| insight.title.as_str()).collect();
        assert_eq!(insights, ["Fees on the last page", "Fare calendar", "No boarding call"]);
        let channels: Vec<(&str, &str)> =
            project.channels().values().map(|c| (c.name.as_str(), c.icon.as_str())).collect();
        assert_eq!(channels.len(), 2, "{channels:?}");
        assert_eq!(journey.flows().len(), 3);
    }

    #[test]
    fn lines_that_cannot_be_read_are_named_and_the_rest_is_read() {
        let notes = "- too early\n! also\nplain words\n#\n# A\n# B\n## S\n- [web]\n- T\n  + g\n";
        let Brought { project, unread } = read_outline(notes, &mut IdSource::from_seed(2)).unwrap();
        let found: Vec<(usize, UnreadReason)> = unread.iter().map(|line| (line.line, line.reason)).collect();
        let expected = [
            (1, UnreadReason::NoStage),
            (2, UnreadReason::NoTouchpoint),
            (3, UnreadReason::Unknown),
            (4, UnreadReason::Empty),
            (6, UnreadReason::SecondTitle),
            (8, UnreadReason::Empty),
        ];
        assert_eq!(found, expected);
        let journey = project.journeys_in_order()[0];
        assert_eq!((journey.touchpoints().len(), journey.insights().len()), (1, 1));
    }
}
