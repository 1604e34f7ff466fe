//! Copies to give away: the words that they hold in place of what was removed, and the lists of removed parts
//! and remaining texts.

use super::Explain;
use crate::i18n::{Lang, Msg, Worded, format_count};
use crate::id::Kind;
use crate::redact::{Redacted, RedactedItem, RedactedKind, RedactionWords, SameAnswer, TextPlace, Why};
use crate::survey::MaskWords;
use std::collections::BTreeMap;

/// The most characters of an element's title that are shown.
const TITLE: usize = 60;

/// Returns the words in place of names and contact details.
pub fn mask_words(lang: Lang) -> MaskWords {
    MaskWords {
        name: Msg::MaskName.text(lang),
        mail: Msg::MaskMail.text(lang),
        link: Msg::MaskLink.text(lang),
        number: Msg::MaskNumber.text(lang),
        address: Msg::MaskAddress.text(lang),
    }
}

/// Returns the words that a redaction writes into a copy.
pub fn redaction_words(lang: Lang) -> RedactionWords {
    RedactionWords {
        masks: mask_words(lang),
        text: Msg::MaskText.text(lang),
        persona: Msg::Persona.text(lang),
        import: Msg::Batch.text(lang),
        recipe: Msg::Recipe.text(lang),
    }
}

fn kind_message(kind: RedactedKind) -> Msg {
    match kind {
        RedactedKind::Record(kind) => kind.display_name(),
        RedactedKind::Insight(kind) => kind.display_name(),
        RedactedKind::Improvement(kind) => kind.display_name(),
        RedactedKind::UntitledLane(_) => Msg::Lane,
        RedactedKind::Segment => Msg::Segment,
    }
}

/// Returns the title of an element; a lane or recipe without one is named by its kind.
fn title_or_kind(kind: RedactedKind, title: &str, lang: Lang) -> &str {
    match kind {
        _ if !title.is_empty() => title,
        RedactedKind::UntitledLane(content) => content.display_name().text(lang),
        RedactedKind::Record(Kind::Recipe) => Msg::Recipe.text(lang),
        _ => title,
    }
}

impl Explain for RedactedItem {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Element { kind, title } => {
                let title = title_or_kind(*kind, title, lang);
                let kind = kind_message(*kind).text(lang);
                Msg::RedactElement.text_with(lang, &[("kind", &kind), ("title", &title)])
            }
            Self::Field { kind, title, text } => {
                let title = title_or_kind(*kind, title, lang);
                let kind = kind_message(*kind).text(lang);
                Msg::RedactField.text_with(lang, &[("kind", &kind), ("title", &title), ("text", text)])
            }
            Self::Masked { kind, text } => {
                let kind = kind_message(*kind).text(lang);
                Msg::RedactMasked.text_with(lang, &[("kind", &kind), ("text", text)])
            }
            Self::Answers { question, wave, group, why } => {
                let message = match why {
                    Why::Few => Msg::RedactFew,
                    Why::Same => Msg::RedactSame,
                    Why::Partner => Msg::RedactPartner,
                };
                let group = if group.is_everyone() {
                    Msg::Everyone.text(lang).to_owned()
                } else {
                    format!("{} {}", group.column, group.value)
                };
                message.text_with(lang, &[("question", question), ("wave", wave), ("group", &group)])
            }
            Self::Drivers { question, wave } => {
                Msg::RedactDrivers.text_with(lang, &[("question", question), ("wave", wave)])
            }
            Self::Weights { file } => Msg::RedactWeights.text_with(lang, &[("file", file)]),
            Self::Fingerprint { file } => Msg::RedactFingerprint.text_with(lang, &[("file", file)]),
            Self::Repeated { file } => Msg::RedactRepeated.text_with(lang, &[("file", file)]),
        }
    }
}

impl Explain for SameAnswer {
    fn explain(&self, lang: Lang) -> String {
        Msg::RedactEveryone.text_with(lang, &[("question", &self.question), ("wave", &self.wave)])
    }
}

/// The occurrence of a text; a long title is shortened.
impl Explain for TextPlace {
    fn explain(&self, lang: Lang) -> String {
        let kind = kind_message(self.kind).text(lang);
        let field = self.field.map_or(Msg::Segment, |field| field.words.label.display_name()).text(lang);
        let whole = title_or_kind(self.kind, &self.title, lang);
        if whole.is_empty() {
            return Msg::RedactPlaceUntitled.text_with(lang, &[("kind", &kind), ("field", &field)]);
        }
        let mut title: String = whole.chars().take(TITLE).collect();
        if whole.chars().nth(TITLE).is_some() {
            title.push('…');
        }
        Msg::RedactPlace.text_with(lang, &[("kind", &kind), ("title", &title), ("field", &field)])
    }
}

/// Returns one line for each kind of removed part with their number, and the questions that a person must
/// decide on.
pub fn redaction_summary(redacted: &Redacted, lang: Lang) -> Vec<String> {
    let mut kinds: BTreeMap<&str, u64> = BTreeMap::new();
    let mut reasons: BTreeMap<Reason, u64> = BTreeMap::new();
    for taken in &redacted.taken {
        match Reason::from_item(taken) {
            Ok(reason) => *reasons.entry(reason).or_default() += 1,
            Err(kind) => *kinds.entry(kind_message(kind).text(lang)).or_default() += 1,
        }
    }
    let kinds = kinds
        .into_iter()
        .map(|(kind, n)| Msg::RedactSumKind.text_with(lang, &[("kind", &kind), ("n", &format_count(n))]));
    let reasons =
        reasons.into_iter().map(|(reason, n)| reason.message().text_with(lang, &[("n", &format_count(n))]));
    let same = redacted.same.len() as u64;
    let same = (same > 0).then(|| Msg::RedactSumEveryone.text_with(lang, &[("n", &format_count(same))]));
    kinds.chain(reasons).chain(same).collect()
}

/// The reason why answers and related data were removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    Answers(Why),
    Drivers,
    Weights,
    Fingerprint,
    Repeated,
}

impl Reason {
    /// Returns the reason; `Err` with the kind for a part that is removed because of its kind.
    fn from_item(taken: &RedactedItem) -> Result<Self, RedactedKind> {
        match taken {
            RedactedItem::Element { kind, .. }
            | RedactedItem::Field { kind, .. }
            | RedactedItem::Masked { kind, .. } => Err(*kind),
            RedactedItem::Answers { why, .. } => Ok(Self::Answers(*why)),
            RedactedItem::Drivers { .. } => Ok(Self::Drivers),
            RedactedItem::Weights { .. } => Ok(Self::Weights),
            RedactedItem::Fingerprint { .. } => Ok(Self::Fingerprint),
            RedactedItem::Repeated { .. } => Ok(Self::Repeated),
        }
    }

    fn message(self) -> Msg {
        match self {
            Self::Answers(Why::Few) => Msg::RedactSumFew,
            Self::Answers(Why::Same) => Msg::RedactSumSame,
            Self::Answers(Why::Partner) => Msg::RedactSumPartner,
            Self::Drivers => Msg::RedactSumDrivers,
            Self::Weights => Msg::RedactSumWeights,
            Self::Fingerprint => Msg::RedactSumFingerprint,
            Self::Repeated => Msg::RedactSumRepeated,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Touchpoint;
    use crate::model::choice::{InsightKind, LaneKind};
    use crate::model::counts::Segment;

    /// Returns an item of each kind with its line.
    fn items() -> Vec<(RedactedItem, &'static str)> {
        let element = |kind, title: &str| RedactedItem::Element { kind, title: title.to_owned() };
        let answers = |group, why| RedactedItem::Answers {
            question: "Rooms".to_owned(),
            wave: "May".to_owned(),
            group,
            why,
        };
        let men = Segment { column: "Sex".to_owned(), value: "m".to_owned() };
        let [question, wave, file] = ["Rooms", "May", "1.csv"].map(str::to_owned);
        let text = "Mr [name]".to_owned();
        vec![
            (element(RedactedKind::Record(Kind::Recipe), "Rooms"), "Recipe “Rooms”"),
            (element(RedactedKind::Record(Kind::Recipe), ""), "Recipe “Recipe”"),
            (element(RedactedKind::UntitledLane(LaneKind::BackStage), ""), "Lane “Back stage”"),
            (element(RedactedKind::Insight(InsightKind::Quote), "Late"), "Quote “Late”"),
            (element(RedactedKind::Segment, "Helped by"), "Segment “Helped by”"),
            (
                RedactedItem::Field {
                    kind: RedactedKind::Record(Kind::Persona),
                    title: "Persona 1".to_owned(),
                    text: "Anna".to_owned(),
                },
                "Persona “Persona 1”: Anna",
            ),
            (RedactedItem::Masked { kind: RedactedKind::Segment, text }, "Segment, text masked: Mr [name]"),
            (
                answers(Segment::default(), Why::Same),
                "Answers of a group in which everyone gave the same one: Rooms, May, Everyone",
            ),
            (answers(men, Why::Few), "Answers of groups that are too small: Rooms, May, Sex m"),
            (RedactedItem::Drivers { question, wave }, "Sums for the drivers of Rooms, May"),
            (RedactedItem::Weights { file: file.clone() }, "Weights of respondents in 1.csv"),
            (RedactedItem::Fingerprint { file: file.clone() }, "Hash and days of 1.csv"),
            (
                RedactedItem::Repeated { file },
                "Import 1.csv: a larger one may hold answers of the same people",
            ),
        ]
    }

    #[test]
    fn removed_parts_are_told_by_kind_and_name() {
        for (item, line) in items() {
            assert_eq!(item.explain(Lang::En), line);
            assert!(!item.explain(Lang::ZhCn).is_empty());
        }
    }

    #[test]
    fn a_remaining_text_is_told_by_its_place() {
        let place = |title: &str, field| TextPlace {
            kind: RedactedKind::Record(Kind::Touchpoint),
            title: title.to_owned(),
            field,
        };
        let title = Some(Touchpoint::TITLE.into());
        assert_eq!(place("Check in", title).explain(Lang::En), "Touchpoint “Check in”, Title");
        assert_eq!(place("", None).explain(Lang::En), "Touchpoint, Segment");
        let long = place(&"x".repeat(TITLE + 1), title).explain(Lang::ZhCn);
        assert!(long.contains(&format!("{}…", "x".repeat(TITLE))), "{long}");
    }
}
