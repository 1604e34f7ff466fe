//! What was taken out of a copy, in words.

use super::Taken;
use crate::i18n::{Lang, Msg};

impl Taken {
    /// The line in a language.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Element { kind, title } => {
                Msg::RedactElement.with(lang, &[("kind", &kind.text(lang)), ("title", title)])
            }
            Self::Field { kind, title, text } => {
                let kind = kind.text(lang);
                Msg::RedactField.with(lang, &[("kind", &kind), ("title", title), ("text", text)])
            }
            Self::Masked { kind, text } => {
                Msg::RedactMasked.with(lang, &[("kind", &kind.text(lang)), ("text", text)])
            }
            Self::Answers { question, wave, group, few } => {
                let message = if *few { Msg::RedactFew } else { Msg::RedactPartner };
                let group = if group.is_everyone() {
                    Msg::Everyone.text(lang).to_owned()
                } else {
                    format!("{} {}", group.column, group.value)
                };
                message.with(lang, &[("question", question), ("wave", wave), ("group", &group)])
            }
            Self::Drivers { question, wave } => {
                Msg::RedactDrivers.with(lang, &[("question", question), ("wave", wave)])
            }
        }
    }
}
