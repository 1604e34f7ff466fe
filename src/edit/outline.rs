//! Notes as people type them in a workshop, read as a project: `# title`, `## stage`, `- touchpoint [channel]`, and
//! below a touchpoint `! pain`, `+ gain`, `* moment of truth`.

use super::command::{Draft, new_project};
use crate::i18n::{Lang, Msg};
use crate::id::{
    AboutId, ChannelId, FlowId, Id, InsightId, JourneyId, Source, StageId, StepId, TouchpointId,
};
use crate::model::choice::{InsightKind, MomentKind};
use crate::model::{About, Channel, Flow, Insight, JourneyInfo, Project, Stage, Step, Touchpoint};
use crate::order::OrderKey;
use crate::theme::Icon;
use std::collections::BTreeMap;

/// What a pain's severity is until somebody weighs it.
const SEVERITY: u8 = 3;

/// A project read from notes, and what of them could not be read.
#[derive(Debug)]
pub struct Outlined {
    /// The project.
    pub project: Project,
    /// The lines left out, with their numbers from 1.
    pub unread: Vec<Unread>,
}

/// A line that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Its number, from 1.
    pub line: usize,
    /// The line.
    pub text: String,
    /// Why it was left out.
    pub reason: Reason,
}

/// Why a line of notes was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It begins with none of the signs.
    Unknown,
    /// Nothing stands after its sign.
    Empty,
    /// A touchpoint needs a stage above it.
    NoStage,
    /// A pain, gain or moment of truth needs a touchpoint above it.
    NoTouchpoint,
    /// A journey has one title.
    SecondTitle,
}

impl Unread {
    /// The line and why it was left out, in a language.
    pub fn message(&self, lang: Lang) -> String {
        let reason = match self.reason {
            Reason::Unknown => Msg::CliOutlineUnknown,
            Reason::Empty => Msg::CliOutlineEmpty,
            Reason::NoStage => Msg::CliOutlineNoStage,
            Reason::NoTouchpoint => Msg::CliOutlineNoTouchpoint,
            Reason::SecondTitle => Msg::CliOutlineSecondTitle,
        };
        let arguments: [(&str, &dyn std::fmt::Display); 3] =
            [("line", &self.line), ("reason", &reason.text(lang)), ("text", &self.text)];
        Msg::CliOutlineLine.with(lang, &arguments)
    }
}

/// Reads notes. Touchpoints follow each other in the order of the notes.
pub fn outline(notes: &str, source: &mut Source) -> Outlined {
    let project = new_project("", source);
    let Some(journey) = project.journeys().keys().next().copied() else {
        return Outlined { project, unread: Vec::new() };
    };
    let mut reader = Reader::new(journey, Draft::new(&project, source));
    let mut unread = Vec::new();
    for (index, line) in notes.trim_start_matches('\u{feff}').lines().enumerate() {
        if let Err(reason) = reader.line(line.trim()) {
            unread.push(Unread { line: index + 1, text: line.trim().to_owned(), reason });
        }
    }
    Outlined { project: reader.draft.project().clone(), unread }
}

/// Where the notes have got to.
struct Reader<'a> {
    draft: Draft<'a>,
    journey: JourneyId,
    titled: bool,
    stage: Option<StageId>,
    card: Option<TouchpointId>,
    channels: BTreeMap<String, ChannelId>,
    /// The last order key given to a stage, step, channel or insight.
    last: Option<OrderKey>,
}

impl<'a> Reader<'a> {
    fn new(journey: JourneyId, draft: Draft<'a>) -> Self {
        let (channels, last) = (BTreeMap::new(), None);
        Self { draft, journey, titled: false, stage: None, card: None, channels, last }
    }

    fn line(&mut self, line: &str) -> Result<(), Reason> {
        if line.is_empty() {
            return Ok(());
        }
        let sign = ["##", "#", "-", "!", "+", "*"].into_iter().find(|sign| line.starts_with(sign));
        let sign = sign.ok_or(Reason::Unknown)?;
        let text = line[sign.len()..].trim();
        if text.is_empty() {
            return Err(Reason::Empty);
        }
        match sign {
            "##" => self.stage(text),
            "#" => self.title(text)?,
            "-" => self.touchpoint(text)?,
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
        self.draft.change::<JourneyInfo>(self.journey, |info| text.clone_into(&mut info.title));
        Ok(())
    }

    fn stage(&mut self, text: &str) {
        let id = StageId::new(self.draft.source);
        let mut stage = Stage::new(id, self.journey, self.key());
        text.clone_into(&mut stage.title);
        self.draft.insert(stage);
        self.stage = Some(id);
    }

    fn touchpoint(&mut self, text: &str) -> Result<(), Reason> {
        let stage = self.stage.ok_or(Reason::NoStage)?;
        let (title, channels) = split_channels(text);
        if title.is_empty() {
            return Err(Reason::Empty);
        }
        let step = Step::new(StepId::new(self.draft.source), self.journey, stage, self.key());
        let id = TouchpointId::new(self.draft.source);
        let mut card = Touchpoint::new(id, self.journey, step.id, self.key());
        title.clone_into(&mut card.title);
        card.channels = channels.map(|name| self.channel(name)).collect();
        self.draft.insert(step);
        self.draft.insert(card);
        if let Some(before) = self.card.replace(id) {
            let flow = FlowId::new(self.draft.source);
            self.draft.insert(Flow::new(flow, self.journey, before.into(), id.into()));
        }
        Ok(())
    }

    /// The channel of this name, made when first met.
    fn channel(&mut self, name: &str) -> ChannelId {
        if let Some(known) = self.channels.get(&name.to_lowercase()) {
            return *known;
        }
        let id = ChannelId::new(self.draft.source);
        let mut channel = Channel::new(id, self.key());
        name.clone_into(&mut channel.name);
        icon_for(name).name().clone_into(&mut channel.icon);
        self.draft.insert(channel);
        self.channels.insert(name.to_lowercase(), id);
        id
    }

    fn insight(&mut self, kind: InsightKind, text: &str) -> Result<(), Reason> {
        let about: Id = self.card.ok_or(Reason::NoTouchpoint)?.into();
        let id = InsightId::new(self.draft.source);
        let mut insight = Insight::new(id, self.journey, self.key(), kind);
        text.clone_into(&mut insight.title);
        insight.severity = (kind == InsightKind::Pain).then_some(SEVERITY);
        self.draft.insert(insight);
        let link = AboutId::new(self.draft.source);
        self.draft.insert(About::new(link, self.journey, id.into(), about));
        Ok(())
    }

    /// A moment of truth: `* first: why`, or only why, which makes it one of the team's own kind.
    fn moment(&mut self, text: &str) -> Result<(), Reason> {
        let card = self.card.ok_or(Reason::NoTouchpoint)?;
        let (name, why) = text.split_once([':', '：']).map_or((text, ""), |(name, why)| (name, why.trim()));
        let kind: Option<MomentKind> = name.trim().to_lowercase().parse().ok();
        self.draft.change::<Touchpoint>(card, |card| {
            card.moment = Some(kind.unwrap_or(MomentKind::Own));
            if kind.is_some() { why } else { text }.clone_into(&mut card.moment_why);
        });
        Ok(())
    }

    fn key(&mut self) -> OrderKey {
        let key = OrderKey::after(self.last.as_ref(), self.draft.source);
        self.last = Some(key.clone());
        key
    }
}

/// A touchpoint's title, and the channels that stand in brackets behind it.
fn split_channels(text: &str) -> (&str, impl Iterator<Item = &str>) {
    let inside = text.strip_suffix(']').and_then(|rest| rest.rsplit_once('['));
    let (title, channels) = inside.unwrap_or((text, ""));
    (title.trim(), channels.split([',', '，', '、']).map(str::trim).filter(|name| !name.is_empty()))
}

/// The icon of a channel that is known only by name.
fn icon_for(name: &str) -> Icon {
    const KNOWN: &[(Icon, &[&str])] = &[
        (Icon::Smartphone, &["app", "mobile", "手机"]),
        (Icon::Globe, &["web", "online", "网"]),
        (Icon::Headset, &["call", "hotline", "support", "客服", "热线"]),
        (Icon::Phone, &["phone", "电话"]),
        (Icon::Mail, &["mail", "邮件"]),
        (Icon::Share, &["social", "社交", "微博"]),
        (Icon::MessageCircle, &["chat", "message", "sms", "微信", "短信"]),
        (Icon::Store, &["shop", "store", "branch", "desk", "counter", "门店", "柜台", "线下"]),
        (Icon::Handshake, &["partner", "dealer", "经销", "合作"]),
        (Icon::BookOpen, &["catalogue", "catalog", "brochure", "目录"]),
    ];
    let name = name.to_lowercase();
    let fits = |(_, words): &&(Icon, &[&str])| words.iter().any(|word| name.contains(word));
    KNOWN.iter().find(fits).map_or(Icon::Circle, |(icon, _)| *icon)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{check, sorted};

    const NOTES: &str = "\u{feff}# Airline trip\r\n\n## Plan\n- Find a flight [web, App]\n\t! Fees on the last page\n\t+ Fare calendar\n\
        - Compare [app]\n## Airport\n  - Gate\n    * second: the promise is kept here\n    ! No boarding call\n- Lounge\n  * We are guests";

    #[test]
    fn notes_become_a_journey_without_problems() {
        let Outlined { project, unread } = outline(NOTES, &mut Source::seeded(1));
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
        let Outlined { project, unread } = outline(notes, &mut Source::seeded(2));
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
