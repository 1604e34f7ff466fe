//! The parts of a file that were not read, and the reasons.

use crate::i18n::{Explain, Lang, Msg};

/// The most characters of a line that a message quotes.
const SHOWN: usize = 80;

/// A part of a line that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The line's number, from 1.
    pub line: usize,
    /// The part that was left out, or its beginning.
    pub text: String,
    /// The reason.
    pub reason: UnreadReason,
}

/// The reason why a part was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreadReason {
    /// Outline: the line begins with none of the signs.
    Unknown,
    /// The line has no text behind its sign.
    Empty,
    /// Outline: a touchpoint needs a stage above it.
    NoStage,
    /// A pain, gain, moment of truth or feeling needs a touchpoint.
    NoTouchpoint,
    /// A journey has one title.
    SecondTitle,
    /// Mermaid: the line is no statement.
    Task,
    /// Mermaid: the score is no number from 1 to 5.
    Score,
    /// Mermaid: text behind the statement.
    Rest,
    /// Mermaid: a drawing option.
    Looks,
    /// Table: a column that no journey has.
    Column,
    /// Table: a second column of the same content.
    ColumnTwice,
    /// Table: a column of scores.
    Scores,
    /// Table: a feeling that is no number from -2 to 2.
    Feeling,
    /// Table: a step that is no whole number.
    Step,
    /// Table: more cells than the header has.
    Wide,
}

impl Unread {
    pub(super) fn new(line: usize, text: &str, reason: UnreadReason) -> Self {
        let mut shown: String = text.trim().chars().filter(|sign| !sign.is_control()).take(SHOWN).collect();
        if text.trim().chars().nth(SHOWN).is_some() {
            shown.push('…');
        }
        Self { line, text: shown, reason }
    }
}

impl Explain for Unread {
    fn explain(&self, lang: Lang) -> String {
        let reason = self.reason.word().text(lang);
        let arguments: [(&str, &dyn std::fmt::Display); 3] =
            [("line", &self.line), ("reason", &reason), ("text", &self.text)];
        Msg::UnreadLine.text_with(lang, &arguments)
    }
}

impl UnreadReason {
    fn word(self) -> Msg {
        match self {
            Self::Unknown => Msg::UnreadUnknown,
            Self::Empty => Msg::UnreadEmpty,
            Self::NoStage => Msg::UnreadNoStage,
            Self::NoTouchpoint => Msg::UnreadNoTouchpoint,
            Self::SecondTitle => Msg::UnreadSecondTitle,
            Self::Task => Msg::UnreadTask,
            Self::Score => Msg::UnreadScore,
            Self::Rest => Msg::UnreadRest,
            Self::Looks => Msg::UnreadLooks,
            Self::Column => Msg::UnreadColumn,
            Self::ColumnTwice => Msg::UnreadColumnTwice,
            Self::Scores => Msg::UnreadScores,
            Self::Feeling => Msg::UnreadFeeling,
            Self::Step => Msg::UnreadStep,
            Self::Wide => Msg::UnreadWide,
        }
    }
}
