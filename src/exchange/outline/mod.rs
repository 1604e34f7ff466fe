//! Reads notes as people type them in a workshop: `# title`, `## stage`, `- touchpoint [channel]`, and below
//! a touchpoint `@ persona`, `! pain`, `+ gain`, `* moment of truth`.

mod write;

pub use write::write;

use super::maker::{Maker, clean};
use super::{Brought, Reason, Refused, Unread};
use crate::id::{Id, Source, StageId, TouchpointId};
use crate::model::choice::{InsightKind, MomentKind};

/// Reads notes. Touchpoints follow each other in the order of the notes.
///
/// # Errors
/// Where they hold more than any journey.
pub fn outline(notes: &str, source: &mut Source) -> Result<Brought, Refused> {
    let mut reader = Reader { maker: Maker::new(source), titled: false, stage: None, card: None };
    let mut unread = Vec::new();
    for (index, line) in notes.trim_start_matches('\u{feff}').lines().enumerate() {
        if let Err(reason) = reader.line(&clean(line)) {
            unread.push(Unread::new(index + 1, line, reason));
        }
    }
    Ok(Brought { project: reader.maker.finish()?, unread })
}

/// The reader's state: the stage and touchpoint of the last line.
struct Reader<'a> {
    maker: Maker<'a>,
    titled: bool,
    stage: Option<StageId>,
    card: Option<TouchpointId>,
}

impl Reader<'_> {
    fn line(&mut self, line: &str) -> Result<(), Reason> {
        if line.is_empty() {
            return Ok(());
        }
        let sign = ["##", "#", "-", "@", "!", "+", "*"].into_iter().find(|sign| line.starts_with(sign));
        let sign = sign.ok_or(Reason::Unknown)?;
        let text = line[sign.len()..].trim();
        if text.is_empty() {
            return Err(Reason::Empty);
        }
        match sign {
            "##" => self.stage(text),
            "#" => self.title(text)?,
            "-" => self.touchpoint(text)?,
            "@" => self.persona(text)?,
            "!" => self.insight(InsightKind::Pain, text)?,
            "+" => self.insight(InsightKind::Gain, text)?,
            _ => self.moment(text)?,
        }
        Ok(())
    }

    fn title(&mut self, text: &str) -> Result<(), Reason> {
        if std::mem::replace(&mut self.titled, true) {
            return Err(Reason::SecondTitle);
        }
        self.maker.title(text);
        Ok(())
    }

    fn stage(&mut self, text: &str) {
        self.stage = Some(self.maker.stage(text));
    }

    fn touchpoint(&mut self, text: &str) -> Result<(), Reason> {
        let stage = self.stage.ok_or(Reason::NoStage)?;
        let (title, channels) = split_channels(text);
        if title.is_empty() {
            return Err(Reason::Empty);
        }
        let step = self.maker.step(stage);
        let channels = self.maker.channels(channels);
        let id = self.maker.touchpoint(step, title, |card| card.channels = channels);
        if let Some(before) = self.card.replace(id) {
            self.maker.flow(before, id);
        }
        Ok(())
    }

    /// Adds a persona to the step.
    fn persona(&mut self, text: &str) -> Result<(), Reason> {
        let card = self.card.ok_or(Reason::NoTouchpoint)?;
        let persona = self.maker.persona(text);
        if let Some(card) = self.maker.card(card) {
            card.personas.insert(persona);
        }
        self.maker.count();
        Ok(())
    }

    fn insight(&mut self, kind: InsightKind, text: &str) -> Result<(), Reason> {
        let about: Id = self.card.ok_or(Reason::NoTouchpoint)?.into();
        let insight = self.maker.insight(kind, text, None);
        self.maker.speaks(insight.into(), about);
        Ok(())
    }

    /// Sets a moment of truth: `* first: why`, or a reason alone, which makes it one with the team's own
    /// label.
    fn moment(&mut self, text: &str) -> Result<(), Reason> {
        let card = self.card.ok_or(Reason::NoTouchpoint)?;
        let (kind, why) = split_moment(text);
        if let Some(card) = self.maker.card(card) {
            card.moment = Some(kind);
            card.moment_why = clean(why);
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
    use crate::model::{check, sorted};

    const NOTES: &str = "\u{feff}# Airline trip\r\n\n## Plan\n- Find a flight [web, App]\n\t! Fees on the last page\n\t+ Fare calendar\n\
        - Compare [app]\n## Airport\n  - Gate\n    * second: the promise is kept here\n    ! No boarding call\n- Lounge\n  * We are guests";

    #[test]
    fn notes_become_a_journey_without_problems() {
        let Brought { project, unread } = outline(NOTES, &mut Source::seeded(1)).unwrap();
        assert_eq!((unread, check::problems(&project)), (Vec::new(), Vec::new()));
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
            sorted(journey.insights().values()).iter().map(|insight| insight.title.as_str()).collect();
        assert_eq!(insights, ["Fees on the last page", "Fare calendar", "No boarding call"]);
        let channels: Vec<(&str, &str)> =
            project.channels().values().map(|c| (c.name.as_str(), c.icon.as_str())).collect();
        assert_eq!(channels.len(), 2, "{channels:?}");
        assert_eq!(journey.flows().len(), 3);
    }

    #[test]
    fn lines_that_cannot_be_read_are_named_and_the_rest_is_read() {
        let notes = "- too early\n! also\nplain words\n#\n# A\n# B\n## S\n- [web]\n- T\n  + g\n";
        let Brought { project, unread } = outline(notes, &mut Source::seeded(2)).unwrap();
        let found: Vec<(usize, Reason)> = unread.iter().map(|line| (line.line, line.reason)).collect();
        let expected = [
            (1, Reason::NoStage),
            (2, Reason::NoTouchpoint),
            (3, Reason::Unknown),
            (4, Reason::Empty),
            (6, Reason::SecondTitle),
            (8, Reason::Empty),
        ];
        assert_eq!(found, expected);
        let journey = project.journeys_in_order()[0];
        assert_eq!((journey.touchpoints().len(), journey.insights().len()), (1, 1));
    }
}
