//! Masks names and contact details in comments: "Dr Smith, 0171 123 45 67" becomes "Dr \[name\], \[number\]".
//!
//! The rules are plain patterns, not an understanding of the text. They find e-mail addresses and `@names`;
//! links; five or more digits in a row, or seven with spaces, dots or dashes between them (also dates in this
//! form, except spans of years); names after a title or an introduction in English, German, French, Spanish,
//! and in Chinese after 我叫 or before 先生 and the like; streets with a house number, British postcodes, Chinese
//! roads and rooms.
//!
//! **Not found** are: a name by itself ("Susan was rude"), a lower-case name after a title that is also a
//! plain word ("nurse susan"), rare Chinese surnames, nicknames, numbers and addresses in words, "jane at
//! mail dot com", places without a number, and anyone identifiable by the story. Sometimes too much is masked
//! (an amount of 10000, a product number). A person therefore reads each quote before it is kept, and nothing
//! is kept that no person chose.

mod names;
mod places;
mod text;

use super::vocabulary::is_listed;
use crate::i18n::{Lang, Msg};
use text::{Signs, is_letter};

/// The kind of text that a mask replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Name,
    Mail,
    Link,
    Number,
    Address,
}

impl What {
    fn placeholder_message(self) -> Msg {
        match self {
            Self::Name => Msg::MaskName,
            Self::Mail => Msg::MaskMail,
            Self::Link => Msg::MaskLink,
            Self::Number => Msg::MaskNumber,
            Self::Address => Msg::MaskAddress,
        }
    }
}

/// A masked range of characters.
#[derive(Debug, Clone, Copy)]
struct Span {
    start: usize,
    end: usize,
    what: What,
}

/// The fewest digits in a row that are masked.
const ROW: usize = 5;
/// The fewest digits in groups that are masked.
const GROUPED: usize = 7;
/// The most characters between two groups of digits.
const BETWEEN: usize = 3;
/// Endings of hosts that are recognised without `www`.
const HOSTS: &[&str] = &["com", "org", "net", "io", "co", "uk", "eu", "de", "fr", "cn"];

/// Masks names and contact details in a text, with placeholders in a language.
pub fn mask(text: &str, lang: Lang) -> String {
    let signs = Signs::new(text);
    let mut spans = find_word_spans(&signs);
    find_numbers(&signs, &mut spans);
    apply_masks(&signs, spans, lang)
}

/// Masks everything but numbers, for texts in which digits are dates.
pub fn mask_words(text: &str, lang: Lang) -> String {
    let signs = Signs::new(text);
    apply_masks(&signs, find_word_spans(&signs), lang)
}

/// True if a word, in lower case, is so common that it is hardly a name.
pub fn is_common(word: &str) -> bool {
    is_listed(names::COMMON, word)
}

/// Finds all that is masked, except numbers.
fn find_word_spans(signs: &Signs<'_>) -> Vec<Span> {
    let mut spans = Vec::new();
    find_mails(signs, &mut spans);
    find_links(signs, &mut spans);
    places::find_addresses(signs, &mut spans);
    names::find_names(signs, &mut spans);
    spans
}

fn apply_masks(signs: &Signs<'_>, mut spans: Vec<Span>, lang: Lang) -> String {
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut masked = String::new();
    let mut rest = 0;
    let mut spans = spans.into_iter().peekable();
    while let Some(mut span) = spans.next() {
        // Overlapping spans are merged, so that no part of either remains.
        while let Some(other) = spans.next_if(|other| other.start < span.end) {
            span.end = span.end.max(other.end);
        }
        masked.push_str(signs.text(rest, span.start));
        masked.push_str(span.what.placeholder_message().text(lang));
        rest = span.end;
    }
    masked.push_str(signs.text(rest, signs.len()));
    masked
}

fn find_mails(signs: &Signs<'_>, spans: &mut Vec<Span>) {
    for at in (0..signs.len()).filter(|place| matches!(signs.char_at(*place), Some('@' | '＠'))) {
        let start = signs.start_of_run(at, |c| is_letter(c) || "._%+-'".contains(c));
        let end = signs.end_of_run(at + 1, |c| is_letter(c) || "._-".contains(c));
        let end = signs.trim_end_at(end, ".-_");
        let host = signs.text(at + 1, end);
        if start < at && host.contains('.') {
            spans.push(Span { start, end, what: What::Mail });
        } else if start == at && host.len() > 1 {
            spans.push(Span { start, end, what: What::Name });
        }
    }
}

fn find_links(signs: &Signs<'_>, spans: &mut Vec<Span>) {
    let in_link = |c: char| {
        !c.is_whitespace() && !super::names::is_chinese(c) && !"<>\"“”()（），。；、！？".contains(c)
    };
    let mut place = 0;
    while place < signs.len() {
        let host = signs.end_of_run(place, |c| is_letter(c) || ".-".contains(c)).max(place + 1);
        let begins = ["http://", "https://", "www."].iter().any(|start| signs.starts_with(place, start));
        let is_host = begins || is_host(signs.text(place, signs.trim_end_at(host, ".-")));
        if is_host {
            let path = begins || signs.char_at(host) == Some('/');
            let end = if path { signs.end_of_run(place, in_link) } else { host };
            let end = signs.trim_end_at(end, ".,;:!?'-");
            spans.push(Span { start: place, end, what: What::Link });
            place = end.max(place + 1);
        } else {
            place = host;
        }
    }
}

fn is_host(text: &str) -> bool {
    let Some((before, ending)) = text.rsplit_once('.') else { return false };
    let known = HOSTS.iter().any(|host| ending.eq_ignore_ascii_case(host));
    known && before.split('.').all(|part| part.chars().any(|c| c.is_ascii_alphabetic()))
}

fn find_numbers(signs: &Signs<'_>, spans: &mut Vec<Span>) {
    let mut place = 0;
    while place < signs.len() {
        if !signs.char_at(place).is_some_and(is_digit) {
            place += 1;
            continue;
        }
        let (end, is_number) = end_of_digit_groups(signs, place);
        if is_number {
            let start = signs.start_of_run(place, |c| c.is_ascii_alphanumeric());
            let start = signs.start_of_run(start, |c| c == '+' || c == '(');
            let end = signs.end_of_run(end, |c| c.is_ascii_alphanumeric());
            spans.push(Span { start, end, what: What::Number });
        }
        place = end;
    }
}

/// Returns the end of the groups of digits that begin at a place, and true if they are to be masked.
fn end_of_digit_groups(signs: &Signs<'_>, start: usize) -> (usize, bool) {
    let mut place = start;
    let mut all = 0;
    let mut longest = 0;
    let mut years = true;
    loop {
        let end = signs.end_of_run(place, is_digit);
        let digits = end - place;
        let century = signs.text(place, (place + 2).min(end));
        (all, longest) = (all + digits, digits.max(longest));
        years &= digits == 4 && matches!(century, "19" | "20");
        let next = signs.end_of_run(end, |c| " .-/()\u{a0}–".contains(c));
        let sentence = (end..next).any(|dot| {
            signs.char_at(dot) == Some('.') && signs.char_at(dot + 1).is_some_and(char::is_whitespace)
        });
        if sentence || next - end > BETWEEN || !signs.char_at(next).is_some_and(is_digit) {
            return (end, longest >= ROW || (all >= GROUPED && !years));
        }
        place = next;
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

#[cfg(test)]
mod tests;
