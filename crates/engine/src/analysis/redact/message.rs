//! Describes the removed parts of a copy.

use super::{RedactedItem, SameAnswer, Why};
use crate::i18n::{Lang, Msg};

impl RedactedItem {
    /// Returns the line in a language.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Element { kind, title } => {
                Msg::RedactElement.text_with(lang, &[("kind", &kind.text(lang)), ("title", title)])
            }
            Self::Field { kind, title, text } => {
                let kind = kind.text(lang);
                Msg::RedactField.text_with(lang, &[("kind", &kind), ("title", title), ("text", text)])
            }
            Self::Masked { kind, text } => {
                Msg::RedactMasked.text_with(lang, &[("kind", &kind.text(lang)), ("text", text)])
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

impl SameAnswer {
    /// Returns the line in a language.
    pub fn message(&self, lang: Lang) -> String {
        Msg::RedactEveryone.text_with(lang, &[("question", &self.question), ("wave", &self.wave)])
    }
}
