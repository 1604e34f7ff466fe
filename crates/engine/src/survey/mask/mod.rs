//! Masks names and contact details of people in comments: "Dr Smith, 0171 123 45 67" becomes "Dr \[name\],
//! \[number\]".
//!
//! The masks are plain rules, without an understanding of the text. They find e-mail addresses, also as
//! "jane\[at\]web.de", and `@names`; names in messengers behind 微信号 and the like; links; five or more digits
//! in a row, or seven or more with blanks, dots or dashes between them (also dates written so, except spans
//! of years); booking references, passports and licence plates by their shape or by the word before them;
//! names behind a title, an introduction or a phrase such as "interview with" in English, German, French,
//! Spanish, and in Chinese behind 我叫 or 采访 or before 先生 and the like; streets with a house number, British
//! postcodes, Chinese roads and rooms.
//!
//! **They do not find**: a name by itself ("Susan was rude") unless another part of the project reveals it, a
//! name in small letters behind a title that is also a plain word ("nurse susan"), rare Chinese surnames,
//! nicknames, numbers and addresses in words, plates of unlisted shapes, places without a number, and people
//! who can be identified by the described events. At times they mask too much (an amount of 10000, a
//! product's number, a company behind "according to"). So a person reads each text before it is kept or given
//! away.

mod codes;
mod hanzi;
mod lists;
mod names;
mod people;
mod places;
mod reach;
mod text;

pub use lists::is_common;
pub use people::{PersonName, WhoKind, head_of, kind_of_person, named_in, people_in};

use text::{TextCharacters, is_letter};

/// The words that replace what is masked, such as "\[name\]".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MaskWords {
    /// In place of a person's name.
    pub name: &'static str,
    /// In place of an e-mail address.
    pub mail: &'static str,
    /// In place of a link.
    pub link: &'static str,
    /// In place of a number of a telephone, booking or passport.
    pub number: &'static str,
    /// In place of a place to live.
    pub address: &'static str,
}

/// The kind of content behind a mask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MaskKind {
    Name,
    Mail,
    Link,
    Number,
    Address,
}

impl MaskKind {
    fn word_of(self, words: &MaskWords) -> &'static str {
        match self {
            Self::Name => words.name,
            Self::Mail => words.mail,
            Self::Link => words.link,
            Self::Number => words.number,
            Self::Address => words.address,
        }
    }
}

/// A range of characters to mask.
#[derive(Debug, Clone, Copy)]
struct MaskSpan {
    start: usize,
    end: usize,
    what: MaskKind,
}

/// The fewest digits in a row that count as somebody's number.
const ROW: usize = 5;
/// The fewest digits in groups that do.
const GROUPED: usize = 7;
/// The most characters between two groups.
const BETWEEN: usize = 3;
/// Endings of hosts that are written without `www`.
const HOSTS: &[&str] = &["com", "org", "net", "io", "co", "uk", "eu", "de", "fr", "cn"];

/// Returns the text with these words in place of names and contact details.
pub fn mask_text(text: &str, masks: &MaskWords) -> String {
    let signs = TextCharacters::new(text);
    let mut spans = Vec::new();
    codes::find_codes(&signs, &mut spans);
    spans.extend(words(&signs));
    numbers(&signs, &mut spans);
    with_masks(&signs, spans, masks)
}

/// The same for a text in which digits are dates: numbers stay.
pub fn mask_except_numbers(text: &str, masks: &MaskWords) -> String {
    let signs = TextCharacters::new(text);
    with_masks(&signs, words(&signs), masks)
}

/// Returns all spans to mask except numbers.
fn words(signs: &TextCharacters<'_>) -> Vec<MaskSpan> {
    let mut spans = Vec::new();
    mails(signs, &mut spans);
    reach::find_addresses(signs, &mut spans);
    links(signs, &mut spans);
    places::find_places(signs, &mut spans);
    names::find_names(signs, &mut spans);
    spans
}

fn with_masks(signs: &TextCharacters<'_>, mut spans: Vec<MaskSpan>, masks: &MaskWords) -> String {
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut masked = String::new();
    let mut rest = 0;
    let mut spans = spans.into_iter().peekable();
    while let Some(mut span) = spans.next() {
        // Overlapping spans become one, so that nothing of either is left.
        while let Some(other) = spans.next_if(|other| other.start < span.end) {
            span.end = span.end.max(other.end);
        }
        masked.push_str(signs.text(rest, span.start));
        masked.push_str(span.what.word_of(masks));
        rest = span.end;
    }
    masked.push_str(signs.text(rest, signs.len()));
    masked
}

fn mails(signs: &TextCharacters<'_>, spans: &mut Vec<MaskSpan>) {
    for at in (0..signs.len()).filter(|place| matches!(signs.char_at(*place), Some('@' | '＠'))) {
        let start = signs.back_while(at, |c| is_letter(c) || "._%+-'".contains(c));
        let end = signs.while_from(at + 1, |c| is_letter(c) || "._-".contains(c));
        let end = signs.without_end(end, ".-_");
        let host = signs.text(at + 1, end);
        if start < at && host.contains('.') {
            spans.push(MaskSpan { start, end, what: MaskKind::Mail });
        } else if start == at && host.len() > 1 {
            spans.push(MaskSpan { start, end, what: MaskKind::Name });
        }
    }
}

fn links(signs: &TextCharacters<'_>, spans: &mut Vec<MaskSpan>) {
    let in_link = |c: char| {
        !c.is_whitespace() && !super::names::is_chinese(c) && !"<>\"“”()（），。；、！？".contains(c)
    };
    let mut place = 0;
    while place < signs.len() {
        let host = signs.while_from(place, |c| is_letter(c) || ".-".contains(c)).max(place + 1);
        let begins = ["http://", "https://", "www."].iter().any(|start| signs.starts_with(place, start));
        let is_host = begins || is_host(signs.text(place, signs.without_end(host, ".-")));
        if is_host {
            let path = begins || signs.char_at(host) == Some('/');
            let end = if path { signs.while_from(place, in_link) } else { host };
            let end = signs.without_end(end, ".,;:!?'-");
            spans.push(MaskSpan { start: place, end, what: MaskKind::Link });
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

fn numbers(signs: &TextCharacters<'_>, spans: &mut Vec<MaskSpan>) {
    let is_letter = |c: char| c.is_ascii_alphanumeric();
    // The letters and digits around the last place that was looked at: they may be many, with many numbers.
    let mut run = 0..0;
    let mut run_around = |place: usize| {
        signs.char_at(place).filter(|c| is_letter(*c))?;
        if !run.contains(&place) {
            run = signs.back_while(place, is_letter)..signs.while_from(place, is_letter);
        }
        Some(run.clone())
    };
    let mut place = 0;
    while place < signs.len() {
        if !signs.char_at(place).is_some_and(is_digit) {
            place += 1;
            continue;
        }
        let (end, is_number) = groups(signs, place);
        if is_number {
            let before = place.checked_sub(1).and_then(&mut run_around);
            let start = before.map_or(place, |run| run.start);
            let start = signs.back_while(start, |c| c == '+' || c == '(');
            let end = run_around(end).map_or(end, |run| run.end);
            spans.push(MaskSpan { start, end, what: MaskKind::Number });
        }
        place = end;
    }
}

/// Returns the end of the groups of digits that begin at a place, and true if they are somebody's number.
fn groups(signs: &TextCharacters<'_>, start: usize) -> (usize, bool) {
    let mut place = start;
    let mut all = 0;
    let mut longest = 0;
    let mut years = true;
    loop {
        let end = signs.while_from(place, is_digit);
        let digits = end - place;
        let century = signs.text(place, (place + 2).min(end));
        (all, longest) = (all + digits, digits.max(longest));
        years &= digits == 4 && matches!(century, "19" | "20");
        let next = signs.while_from(end, |c| " .-/()\u{a0}–".contains(c));
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
