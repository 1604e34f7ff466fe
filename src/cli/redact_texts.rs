//! The list of texts that a person must read before a redacted copy is given away, and the same list with
//! decisions.
//!
//! A line is a word, a place and a text with tabs between them. The text counts, so that an answer to what
//! was changed since is none; the place is for the reader.

use super::{Failure, files};
use engine::i18n::{Explain, Lang, Msg};
use engine::redact::{Decision, Decisions, LeftText};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

/// Separators between names to be masked.
const BETWEEN: &[char] = &[';', '；'];
/// The most characters of an unreadable line that a message quotes.
const SHOWN: usize = 60;

/// Writes the list, with the decisions made already.
pub(super) fn write_list(
    texts: &[LeftText],
    decisions: &Decisions,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "# {}", Msg::RedactListHead.text(lang))?;
    for left in texts {
        let place = left.places.first().map(|place| place.explain(lang)).unwrap_or_default();
        let verb = decisions.get(&left.text).map_or("read".to_owned(), decision_verb);
        writeln!(out, "{verb}\t{}\t{}", escape_text(&place), escape_text(&left.text))?;
    }
    Ok(())
}

fn decision_verb(decision: &Decision) -> String {
    match decision {
        Decision::Keep => "keep".to_owned(),
        Decision::Drop => "drop".to_owned(),
        Decision::Mask(names) if names.is_empty() => "mask".to_owned(),
        Decision::Mask(names) => format!("mask {}", names.join("; ")),
    }
}

/// Reads the decisions; reports those about missing texts, whose names are masked all the same.
pub(super) fn read_decisions(
    path: &Path,
    texts: &[LeftText],
    lang: Lang,
) -> Result<(Decisions, Vec<String>), Failure> {
    let bytes = files::read_bytes(path, lang)?;
    let content = String::from_utf8_lossy(&bytes);
    let known: BTreeSet<&str> = texts.iter().map(|left| left.text.as_str()).collect();
    let mut decisions = Decisions::new();
    let mut stale = Vec::new();
    for (number, line) in content.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let number = number + 1;
        let Some((answer, text)) = parse_line(line) else {
            let found: String = line.chars().take(SHOWN).collect();
            let problem = Msg::RedactBadLine.text_with(lang, &[("line", &number), ("found", &found)]);
            return Err(Failure::for_path(path, &problem, lang));
        };
        let Some(decision) = answer else { continue };
        if !known.contains(text.as_str()) {
            stale.push(Msg::RedactStale.text_with(lang, &[("line", &number)]));
        }
        decisions.insert(text, decision);
    }
    Ok((decisions, stale))
}

/// Returns a line's decision and text; `None` if it can't be read.
fn parse_line(line: &str) -> Option<(Option<Decision>, String)> {
    let (verb, rest) = line.split_once('\t')?;
    let text = unescape_text(rest.rsplit('\t').next()?);
    let decision = match verb.trim().split_once(' ') {
        Some(("mask", names)) => {
            let names = names.split(BETWEEN).map(str::trim).filter(|name| !name.is_empty());
            Some(Decision::Mask(names.map(str::to_owned).collect()))
        }
        None => match verb.trim() {
            "read" => None,
            "keep" => Some(Decision::Keep),
            "drop" => Some(Decision::Drop),
            "mask" => Some(Decision::Mask(Vec::new())),
            _ => return None,
        },
        Some(_) => return None,
    };
    Some((decision, text))
}

/// Returns a text on one line.
fn escape_text(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t")
}

fn unescape_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match (sign, if sign == '\\' { signs.next() } else { None }) {
            ('\\', Some('n')) => out.push('\n'),
            ('\\', Some('r')) => out.push('\r'),
            ('\\', Some('t')) => out.push('\t'),
            ('\\', Some(other)) | (other, _) => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_from_its_line() {
        for text in ["plain", "two\nlines\tand \\n \\", "\r", ""] {
            let line = format!("drop\tCard\t{}", escape_text(text));
            assert!(!escape_text(text).contains(['\n', '\t', '\r']));
            assert_eq!(parse_line(&line), Some((Some(Decision::Drop), text.to_owned())));
        }
        let names = Decision::Mask(vec!["Karen".to_owned(), "王芳".to_owned()]);
        assert_eq!(parse_line("mask Karen；王芳\tx\ty"), Some((Some(names.clone()), "y".to_owned())));
        assert_eq!(decision_verb(&names), "mask Karen; 王芳");
        assert_eq!(parse_line("read\tx\ty"), Some((None, "y".to_owned())));
        assert!(
            parse_line("keep this\tx\ty").is_none()
                && parse_line("keep").is_none()
                && parse_line("maybe\ty").is_none()
        );
    }
}
