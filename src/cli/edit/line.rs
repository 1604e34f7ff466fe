//! The lines of an edit script: a word for what to do, then the element, then ` : ` and the text.

use engine::i18n::{Explain, Lang, Msg};
use engine::model::choice::InsightKind;
use engine::model::range::FEELING;

/// Separator between the parts of a line.
const BETWEEN: &str = " : ";

/// A line of an edit script. Elements are named by id or, if unique, by title.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ScriptLine {
    /// Adds a stage after the last.
    Stage(String),
    /// Adds a touchpoint at the end of a stage.
    Touchpoint { stage: String, name: String },
    /// Renames an element.
    Rename { element: String, name: String },
    /// Sets the feeling of a persona, or of the first one, at a touchpoint; `None` removes it.
    Feeling { touchpoint: String, value: Option<f64>, persona: Option<String> },
    /// Adds a pain, gain, need, quote, question or note.
    Insight { kind: InsightKind, element: String, text: String },
    /// Deletes an element with its parts.
    Delete(String),
    /// Undoes the last change.
    Undo,
    /// Redoes the last undone change.
    Redo,
    /// Saves the file.
    Save,
}

/// The reason why a line changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Wrong {
    /// It is not UTF-8 text.
    NotText,
    /// The first word is unknown.
    Unknown(String),
    /// A part is missing.
    Form(String),
    /// No such element exists.
    Missing(String),
    /// Several elements have this title.
    Ambiguous(String),
    /// The journey has no persona.
    NoPersona,
    /// The element can't be deleted.
    Stays(String),
    /// There is nothing to undo.
    NothingToUndo,
    /// There is nothing to redo.
    NothingToRedo,
    /// The change does not fit the document.
    DoesNotFit,
}

impl ScriptLine {
    pub(super) fn parse(text: &str) -> Result<Self, Wrong> {
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let rest = rest.trim();
        let kind = word.parse::<InsightKind>().ok();
        let one = |form: &str| {
            if rest.is_empty() { Err(Wrong::Form(form.to_owned())) } else { Ok(rest.to_owned()) }
        };
        let two = |form: &str| {
            let parts = rest.split_once(BETWEEN).map(|(one, two)| (one.trim(), two.trim()));
            let parts = parts.filter(|(one, two)| !one.is_empty() && !two.is_empty());
            parts
                .map(|(one, two)| (one.to_owned(), two.to_owned()))
                .ok_or_else(|| Wrong::Form(form.to_owned()))
        };
        Ok(match (word, kind) {
            ("stage", _) => Self::Stage(one("stage NAME")?),
            ("touchpoint", _) => {
                let (stage, name) = two("touchpoint STAGE : NAME")?;
                Self::Touchpoint { stage, name }
            }
            ("rename", _) => {
                let (element, name) = two("rename ELEMENT : NAME")?;
                Self::Rename { element, name }
            }
            ("feeling", _) => {
                let form = "feeling TOUCHPOINT : -2…2|none [: PERSONA]";
                let (touchpoint, more) = two(form)?;
                let (value, persona) = more.split_once(BETWEEN).map_or((&*more, None), |(v, p)| (v, Some(p)));
                let value = parse_feeling(value.trim()).ok_or_else(|| Wrong::Form(form.to_owned()))?;
                Self::Feeling { touchpoint, value, persona: persona.map(|name| name.trim().to_owned()) }
            }
            ("delete", _) => Self::Delete(one("delete ELEMENT")?),
            ("undo", _) if rest.is_empty() => Self::Undo,
            ("redo", _) if rest.is_empty() => Self::Redo,
            ("save", _) if rest.is_empty() => Self::Save,
            (_, Some(kind)) => {
                let (element, text) = two(&format!("{word} ELEMENT : TEXT"))?;
                Self::Insight { kind, element, text }
            }
            _ => return Err(Wrong::Unknown(word.to_owned())),
        })
    }
}

/// Parses a feeling; "none" is `None`.
#[allow(clippy::option_option, reason = "a feeling that is taken away is not a text that is none")]
fn parse_feeling(text: &str) -> Option<Option<f64>> {
    if text == "none" {
        return Some(None);
    }
    text.parse().ok().filter(|value: &f64| FEELING.contains(value)).map(Some)
}

impl Explain for Wrong {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::NotText => Msg::DamageNotText.text(lang).to_owned(),
            Self::Unknown(word) => Msg::CliEditUnknown.text_with(lang, &[("word", word)]),
            Self::Form(form) => Msg::CliEditForm.text_with(lang, &[("form", form)]),
            Self::Missing(name) => Msg::CliEditMissing.text_with(lang, &[("name", name)]),
            Self::Ambiguous(name) => Msg::CliEditAmbiguous.text_with(lang, &[("name", name)]),
            Self::NoPersona => Msg::CliEditNoPersona.text(lang).to_owned(),
            Self::Stays(name) => Msg::CliEditStays.text_with(lang, &[("name", name)]),
            Self::NothingToUndo => Msg::CliEditNoUndo.text(lang).to_owned(),
            Self::NothingToRedo => Msg::CliEditNoRedo.text(lang).to_owned(),
            Self::DoesNotFit => Msg::CliEditDoesNotFit.text(lang).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_or_told_what_is_missing() {
        let text = str::to_owned;
        let stage = text("Plan");
        let name = text("Look: a: b");
        assert_eq!(
            ScriptLine::parse("touchpoint Plan : Look: a: b"),
            Ok(ScriptLine::Touchpoint { stage, name })
        );
        let feeling = |value, persona: Option<&str>| {
            Ok(ScriptLine::Feeling { touchpoint: text("t"), value, persona: persona.map(text) })
        };
        assert_eq!(ScriptLine::parse("feeling t : -1.5 : Ann"), feeling(Some(-1.5), Some("Ann")));
        assert_eq!(ScriptLine::parse("feeling t : none"), feeling(None, None));
        for bad in
            ["feeling t : 3", "feeling t : NaN", "feeling t", "stage", "rename a :", "pain : x", "delete  "]
        {
            assert!(matches!(ScriptLine::parse(bad.trim()), Err(Wrong::Form(_))), "{bad}");
        }
        for unknown in ["Stage x", "undo 3", "x"] {
            assert!(matches!(ScriptLine::parse(unknown), Err(Wrong::Unknown(_))), "{unknown}");
        }
    }
}
