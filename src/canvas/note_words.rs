//! The words of a hover note: the title of an element, and at most three short lines about it.

use super::io::CanvasInput;
use engine::i18n::{Msg, Worded, format_percent};
use engine::id::{Id, Kind, PersonaId};
use engine::model::choice::{Existence, Visibility};
use engine::model::{Flow, Improvement, Insight, Journey, Touchpoint};
use engine::scene::{FarMarkKind, Placed, ScenePart};

/// The maximum number of lines below the title.
const MOST_LINES: usize = 3;

/// The words of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NoteWords {
    /// The title; of texts in lanes and quotes, all their words.
    pub(super) title: String,
    /// True if the title is a name; false if it is a text to read.
    pub(super) is_name: bool,
    /// The lines below it.
    pub(super) lines: Vec<String>,
}

impl NoteWords {
    /// Returns the words about a placed element; `None` if there are none.
    pub(super) fn for_item(input: &CanvasInput<'_>, item: &Placed) -> Option<Self> {
        let id = item.block.element?;
        let journey = input.journey()?;
        let known = |title: &str, lines: Vec<String>| Self::named(input, title, lines);
        Some(match id.kind() {
            Kind::Touchpoint => {
                let card = journey.touchpoints().get(&id.to_typed()?)?;
                known(&card.title, card_lines(input, card, item))
            }
            Kind::Stage => {
                let stage = journey.stages().get(&id.to_typed()?)?;
                known(&stage.title, vec![stage.description.trim().to_owned()])
            }
            Kind::Lane => {
                let lane = journey.lanes().get(&id.to_typed()?)?;
                let channel = lane.channel.and_then(|id| input.project.channels().get(&id));
                let kind = lane.kind.display_name().text(input.lang);
                let own = [lane.title.trim(), channel.map_or("", |channel| channel.name.trim()), kind];
                known(own.into_iter().find(|name| !name.is_empty()).unwrap_or_default(), Vec::new())
            }
            Kind::Insight => {
                let insight = journey.insights().get(&id.to_typed()?)?;
                let words = known(&insight.title, insight_lines(input, insight));
                Self { is_name: item.block.part != ScenePart::CurveQuote, ..words }
            }
            Kind::Improvement => {
                let improvement = input.project.improvements().get(&id.to_typed()?)?;
                known(&improvement.title, improvement_lines(input, improvement))
            }
            Kind::Picture => known(&journey.pictures().get(&id.to_typed()?)?.title, Vec::new()),
            Kind::Cell => {
                let title = journey.cells().get(&id.to_typed()?)?.text.trim().to_owned();
                Self { title, is_name: false, lines: Vec::new() }
            }
            Kind::Flow => flow_words(input, journey, journey.flows().get(&id.to_typed()?)?)?,
            Kind::Journey => known(&journey.info().title, Vec::new()),
            _ => return None,
        })
    }

    fn named(input: &CanvasInput<'_>, title: &str, mut lines: Vec<String>) -> Self {
        lines.retain(|line| !line.is_empty());
        lines.truncate(MOST_LINES);
        Self { title: titled(input, title), is_name: true, lines }
    }
}

/// Returns a title, or a placeholder if it is empty.
fn titled(input: &CanvasInput<'_>, title: &str) -> String {
    let title = title.trim();
    if title.is_empty() { Msg::Untitled.text(input.lang).to_owned() } else { title.to_owned() }
}

fn names<'a>(input: &CanvasInput<'_>, names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.map(str::trim).filter(|name| !name.is_empty()).collect();
    names.join(Msg::ListComma.text(input.lang))
}

fn dotted(parts: Vec<String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn persona_name<'a>(input: &CanvasInput<'a>, id: PersonaId) -> Option<&'a str> {
    input.project.personas().get(&id).map(|persona| persona.name.as_str())
}

/// Returns the lines about a card: its marks, its channels and personas, its score.
fn card_lines(input: &CanvasInput<'_>, card: &Touchpoint, item: &Placed) -> Vec<String> {
    let say = |message: Msg| message.text(input.lang).to_owned();
    let marks = item.block.far.iter().flat_map(|form| &form.marks);
    let badge = marks.filter_map(|mark| match &mark.kind {
        FarMarkKind::Badge(figure, _) if figure.parse::<u8>().is_ok() => {
            Some(Msg::PainOfSeverity.text_with(input.lang, &[("n", figure)]))
        }
        FarMarkKind::Badge(..) => Some(say(Msg::Pain)),
        FarMarkKind::Diamond => None,
    });
    let mut signs: Vec<String> = card.moment.map(|_| say(Msg::MomentOfTruth)).into_iter().collect();
    signs.extend(badge);
    signs.extend((card.existence == Existence::Planned).then(|| say(Msg::Planned)));
    signs.extend((card.visibility == Visibility::Back).then(|| say(Msg::BackStage)));
    let channels = card.channels.iter().filter_map(|id| input.project.channels().get(id));
    let channels = names(input, channels.map(|channel| channel.name.as_str()));
    let personas = names(input, card.personas.iter().filter_map(|id| persona_name(input, *id)));
    let only = if personas.is_empty() {
        String::new()
    } else {
        Msg::OnlyFor.text_with(input.lang, &[("names", &personas)])
    };
    vec![dotted(signs), dotted(vec![channels, only]), (input.score)(card.id.into()).unwrap_or_default()]
}

/// Returns the lines about an insight: its kind with its severity, and its persona.
fn insight_lines(input: &CanvasInput<'_>, insight: &Insight) -> Vec<String> {
    let kind = insight.kind.display_name().text(input.lang).to_owned();
    let severity =
        insight.severity.map(|n| Msg::SeverityIs.text_with(input.lang, &[("n", &n)]).to_lowercase());
    let persona = insight.persona.and_then(|id| persona_name(input, id)).unwrap_or_default();
    vec![dotted([Some(kind), severity].into_iter().flatten().collect()), persona.trim().to_owned()]
}

/// Returns the lines about an improvement: its kind, its value with its effort, its owner.
fn improvement_lines(input: &CanvasInput<'_>, improvement: &Improvement) -> Vec<String> {
    let kind = improvement.kind.display_name().text(input.lang).to_owned();
    let value = improvement.value.map(|value| value.display_name().text(input.lang).to_owned());
    let effort = improvement.effort.map(|n| Msg::EffortIs.text_with(input.lang, &[("n", &n)]));
    let value = dotted([value, effort].into_iter().flatten().collect());
    vec![kind, value, improvement.owner.trim().to_owned()]
}

/// Returns the words about a flow: its condition, its ends and its share; `None` if it has neither condition
/// nor share.
fn flow_words(input: &CanvasInput<'_>, journey: &Journey, flow: &Flow) -> Option<NoteWords> {
    let end = |id: Id| {
        let card =
            id.to_typed().and_then(|id| journey.touchpoints().get(&id)).map(|card| card.title.as_str());
        let stage =
            || id.to_typed().and_then(|id| journey.stages().get(&id)).map(|stage| stage.title.as_str());
        titled(input, card.or_else(stage).unwrap_or_default())
    };
    let share = flow.share.map(|share| format_percent(input.lang, share, 0));
    let condition = Some(flow.condition.trim()).filter(|condition| !condition.is_empty());
    let mut lines = vec![format!("{} → {}", end(flow.from), end(flow.to))];
    let title = match condition {
        Some(condition) => {
            lines.extend(share);
            condition.to_owned()
        }
        None => share?,
    };
    Some(NoteWords { title, is_name: true, lines })
}

#[cfg(test)]
#[path = "read_back_tests.rs"]
mod read_back_tests;
