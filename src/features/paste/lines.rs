//! Pastes lines of text as touchpoints and pains, and offers their other readings.

use crate::app::App;
use crate::app::notice::NoticeLevel;
use crate::app::request::AppRequest;
use crate::canvas::CanvasOrder;
use crate::canvas::paste::without_mark;
use crate::features::import::form::ImportForm;
use engine::edit::command::{self, TextLine};
use engine::i18n::{Msg, format_count};
use engine::id::{Id, Kind};
use std::sync::Arc;

/// Largest number of lines that are pasted at once.
const MOST: usize = 300;

/// The kind of element that lines become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineReading {
    /// Touchpoints; indented lines become pains.
    Touchpoints,
    /// Pains of the element that was selected.
    Pains,
}

/// Pasted lines with the way to read them.
#[derive(Debug, Clone)]
pub(super) struct PastedLines {
    /// The text.
    pub(super) text: Arc<str>,
    /// The kind of element that lines become.
    pub(super) reading: LineReading,
    /// The selected element.
    pub(super) at: Option<Id>,
    /// The document state produced by the other reading, which is undone first.
    pub(super) instead_of: Option<u64>,
}

/// Pastes lines as touchpoints; `answers` allows reading them as answers instead.
pub(super) fn paste_lines(app: &mut App, text: Arc<str>, answers: Option<ImportForm>) {
    let Some(session) = &app.session else { return };
    let at = session.selection().iter().next_back().copied();
    let lines = PastedLines { text, reading: LineReading::Touchpoints, at, instead_of: None };
    read_lines(app, lines, answers);
}

/// Undoes the elements made of the lines, and opens the import form for them instead.
fn read_answers_instead(app: &mut App, form: ImportForm, state: u64) {
    if take_back(app, state) {
        app.dialog.open(form);
    }
}

/// Undoes the step that produced a state. If later steps followed, it is kept and the user is warned.
fn take_back(app: &mut App, state: u64) -> bool {
    let Some(session) = app.session.as_mut().filter(|session| session.document.state_number() == state)
    else {
        app.notices.add_notice(NoticeLevel::Warning, Msg::PasteChangedSince.text(app.lang()));
        return false;
    };
    let result = session.undo();
    let is_undone = result.is_ok();
    app.report_apply_error(result.err());
    app.withdraw_undone();
    is_undone
}

/// Creates elements from lines as one undo step, selects them, and offers the other reading.
pub(super) fn read_lines(app: &mut App, pasted: PastedLines, answers: Option<ImportForm>) {
    let lines = text_lines(&pasted.text);
    let lang = app.lang();
    if lines.len() > MOST {
        let found: [(&str, &dyn std::fmt::Display); 2] =
            [("n", &format_count(lines.len() as u64)), ("most", &MOST)];
        return app.notices.add_notice(NoticeLevel::Warning, Msg::PasteTooManyLines.text_with(lang, &found));
    }
    if pasted.instead_of.is_some_and(|state| !take_back(app, state)) {
        return;
    }
    let Some(session) = &mut app.session else { return };
    let project = session.project();
    let journey = session.journey_id();
    let about = pasted.at.filter(|at| at.kind() == Kind::Touchpoint);
    let (transaction, new) = match (pasted.reading, about) {
        (LineReading::Pains, Some(about)) => {
            command::add_pains(project, journey, about, &lines, &mut app.source)
        }
        _ => command::add_lines(project, journey, pasted.at, &lines, &mut app.source),
    };
    if new.is_empty() {
        return;
    }
    let result = session.commit(transaction);
    session.set_selection(new.iter().copied().collect());
    let state = session.document.state_number();
    app.workspace.orders.extend(new.first().map(|first| CanvasOrder::Reveal(*first)));
    app.report_apply_error(result.err());
    let other = match pasted.reading {
        LineReading::Touchpoints => LineReading::Pains,
        LineReading::Pains => LineReading::Touchpoints,
    };
    let other = about.map(|_| {
        let words = if other == LineReading::Pains { Msg::PasteAsPains } else { Msg::PasteAsTouchpoints };
        let lines = PastedLines { reading: other, instead_of: Some(state), ..pasted };
        (words, AppRequest::call_step(|app| read_lines(app, lines, None)))
    });
    let told = tell_pasted(app, &new);
    let answers = answers.map(|form| {
        (Msg::ClipboardReadAnyway, AppRequest::call_step(move |app| read_answers_instead(app, form, state)))
    });
    match answers.or(other) {
        Some((words, request)) => app.notices.add_offer(NoticeLevel::Info, told, words, request),
        None => app.notices.add_notice(NoticeLevel::Info, told),
    }
    app.tie_notice();
}

/// Returns the message that says how many touchpoints and pains were made.
fn tell_pasted(app: &App, new: &[Id]) -> String {
    let cards = new.iter().filter(|id| id.kind() == Kind::Touchpoint).count();
    let pains = new.len() - cards;
    let msg = match (cards, pains) {
        (_, 0) => Msg::PastedTouchpoints,
        (0, _) => Msg::PastedPains,
        _ => Msg::PastedBoth,
    };
    msg.text_with(app.lang(), &[("n", &cards), ("m", &pains)])
}

/// Returns the non-empty lines without list marks; those that begin right of the leftmost are indented.
fn text_lines(text: &str) -> Vec<TextLine> {
    let lines =
        text.lines().map(|line| line.trim_end_matches(['\0', '\r'])).filter(|line| !line.trim().is_empty());
    let lines: Vec<&str> = lines.collect();
    let least = lines.iter().map(|line| indent_width(line)).min().unwrap_or(0);
    let line = |line: &&str| {
        let words = without_mark(line.trim()).split_whitespace().collect::<Vec<_>>().join(" ");
        TextLine { words, indented: indent_width(line) > least }
    };
    lines.iter().map(line).filter(|line| !is_rule(&line.words)).collect()
}

/// True for a line of signs that only separates others, such as `-----` or a lone list mark.
fn is_rule(words: &str) -> bool {
    words.chars().all(|sign| matches!(sign, '-' | '–' | '—' | '*' | '+' | '•' | '·' | '=' | '_' | '~' | ' '))
}

/// Returns the indentation of a line; a tab counts as four spaces.
fn indent_width(line: &str) -> usize {
    let blanks = line.chars().take_while(|sign| sign.is_whitespace());
    blanks.map(|sign| if sign == '\t' { 4 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_all_kinds_are_read_as_their_words() {
        let read = |text: &str| {
            let lines = text_lines(text);
            lines
                .iter()
                .map(|line| format!("{}{}", if line.indented { ">" } else { "" }, line.words))
                .collect::<Vec<_>>()
        };
        assert_eq!(read("  Search\r\n\r\n    too  slow\n  Book\n\0"), ["Search", ">too slow", "Book"]);
        assert_eq!(read("- Search\n\t- slow\n* Book\n• Board"), ["Search", ">slow", "Book", "Board"]);
        assert_eq!(read("1. Search\n2) Book\n3、登机\n10. Leave"), ["Search", "Book", "登机", "Leave"]);
        assert_eq!(
            read("-5 degrees\n2.5 hours\n-----\n24/7 desk\n—\n"),
            ["-5 degrees", "2.5 hours", "24/7 desk"]
        );
        assert_eq!(read(" \n\t\n- \n"), [""; 0]);
    }
}
