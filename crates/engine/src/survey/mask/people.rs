//! The people whom a short text names: an owner, a persona, the value of a column of clerks.

use super::lists::{WordList, is_ambiguous, is_given, is_role, is_surname, word_list};
use super::text::{TextCharacters, TextWord};
use super::{MaskKind, hanzi, words};
use crate::survey::names::is_chinese;
use std::sync::LazyLock;

/// A name by which other texts may refer to a person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PersonName {
    /// The name, or a part of it.
    pub text: String,
    /// True if it is an everyday word too, or may be one: only this spelling is the name.
    pub exact: bool,
}

/// The kind of a short text that names somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhoKind {
    /// People, by name.
    People,
    /// A role, a team or a kind of customer.
    Role,
    /// One word that may be either.
    Unsure,
}

/// Characters that end a name if the text continues: "Mei, flies for work".
const BEHIND: &[&str] = &[",", "，", "(", "（", "[", "【", ":", "：", " – ", " — ", " - ", "\n"];
/// Separators between several people.
const BETWEEN: &[&str] = &[";", "；", "/", "&", "+", "、", "|", " and ", " und ", " et ", " y ", "和", "与"];
/// The most words of a name.
const WORDS: usize = 4;
/// Words before a name that are not part of it.
static BEFORE: WordList = LazyLock::new(|| {
    word_list(
        "mr mrs ms miss mx dr prof herr herrn hr frau fr frl mme mlle m sr sra srta don doña sir madam \
    monsieur madame señor señora med phil",
    )
});
/// Words between the parts of a name.
static PARTICLES: WordList =
    LazyLock::new(|| word_list("van von de der den la le bin al del di da dos zu zum vom y"));

/// Returns the part of a text before further details.
pub fn head_of(text: &str) -> &str {
    let text = text.trim();
    let end = BEHIND.iter().filter_map(|sign| text.find(sign)).filter(|end| *end > 0).min();
    text.get(..end.unwrap_or(text.len())).unwrap_or(text).trim()
}

/// Classifies a short text: people, a role, or one word that may be either.
pub fn kind_of_person(text: &str) -> WhoKind {
    let kinds: Vec<WhoKind> = single(head_of(text)).map(kind_of).collect();
    let has = |kind: WhoKind| kinds.contains(&kind);
    match (has(WhoKind::People), has(WhoKind::Unsure)) {
        (true, _) => WhoKind::People,
        (false, true) => WhoKind::Unsure,
        (false, false) => WhoKind::Role,
    }
}

/// Returns the people whom a short text names, each with the parts of the name, the whole first.
pub fn people_in(text: &str) -> Vec<PersonName> {
    let mut names = Vec::new();
    // "Weber, Anna" is one person, "Anna Weber, Pendlerin" too, "Anna, Ben" are two.
    let all = text.split(['，', ',', '(', '（', ')', '）', '[', ']', '\n']);
    for part in all.flat_map(single) {
        names.extend(mail_words(part));
        if !part.contains(['@', '＠']) && kind_of(part) != WhoKind::Role {
            names.extend(parts_of(part));
        }
    }
    names
}

/// Returns the names behind titles, introductions and phrases in a text, with their parts.
pub fn named_in(text: &str) -> Vec<PersonName> {
    let signs = TextCharacters::new(text);
    let found = words(&signs).into_iter().filter(|span| span.what == MaskKind::Name);
    let mut names: Vec<PersonName> = Vec::new();
    for span in found {
        let own = signs.text(span.start, span.end).trim_start_matches(['@', '＠']);
        names.extend(parts_of(own).into_iter().filter(|name| name.text.chars().count() > 1));
    }
    names
}

/// Splits a text into parts that each name one person.
fn single(text: &str) -> impl Iterator<Item = &str> {
    let mut parts = vec![text];
    for sign in BETWEEN {
        parts = parts.into_iter().flat_map(|part| part.split(sign)).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty())
}

/// Returns the words of a name without titles and particles.
fn telling(words: &[TextWord]) -> Vec<&TextWord> {
    words.iter().filter(|word| !BEFORE.contains(word.small.as_str())).collect()
}

fn kind_of(part: &str) -> WhoKind {
    if part.chars().any(is_chinese) {
        return if hanzi::whole_name(part).is_some() { WhoKind::People } else { WhoKind::Role };
    }
    let signs = TextCharacters::new(part);
    let all = signs.word_list();
    let words = telling(all);
    let is_titled = words.len() < all.len() && !words.is_empty() && words.iter().all(|word| word.capital);
    let words: Vec<&TextWord> =
        words.into_iter().filter(|word| !PARTICLES.contains(word.small.as_str())).collect();
    let capital = words.iter().all(|word| word.capital);
    let first = words.first().is_some_and(|word| is_given(&word.small));
    match words.as_slice() {
        [] => WhoKind::Role,
        _ if is_titled => WhoKind::People,
        [one] if is_given(&one.small) || (one.capital && is_surname(&one.small)) => WhoKind::People,
        [one] if is_role(&one.small) || !one.capital || is_capitals(&signs, one) => WhoKind::Role,
        [_] => WhoKind::Unsure,
        many if many.len() > WORDS || !capital => {
            if first && many.len() <= WORDS {
                WhoKind::Unsure
            } else {
                WhoKind::Role
            }
        }
        many if first || many.iter().all(|word| !is_role(&word.small)) => WhoKind::People,
        _ => WhoKind::Role,
    }
}

fn is_capitals(signs: &TextCharacters<'_>, word: &TextWord) -> bool {
    let text = signs.text(word.start, word.end);
    text.chars().count() <= 4 && text.chars().all(|c| !c.is_lowercase())
}

/// Returns a name and its parts.
fn parts_of(name: &str) -> Vec<PersonName> {
    let name = name.trim();
    if name.chars().any(is_chinese) {
        let Some(whole) = hanzi::whole_name(name) else { return Vec::new() };
        let all = [Some(whole), hanzi::given_part(whole)];
        return all
            .into_iter()
            .flatten()
            .map(|text| PersonName { text: text.to_owned(), exact: true })
            .collect();
    }
    let signs = TextCharacters::new(name);
    let all = signs.word_list();
    let own = telling(all);
    let (Some(first), Some(last)) = (own.first(), own.last()) else { return Vec::new() };
    let mut names = Vec::new();
    if own.len() > 1 {
        names.push(PersonName { text: signs.text(first.start, last.end).to_owned(), exact: false });
    }
    for word in own.iter().filter(|word| !PARTICLES.contains(word.small.as_str())) {
        let text = signs.text(word.start, word.end);
        let text = text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).unwrap_or(text);
        let is_initial = text.chars().count() < 2;
        let is_plain = own.len() > 1 && is_role(&word.small) && !is_given(&word.small);
        if !is_initial && !is_plain {
            names.push(PersonName { text: text.to_owned(), exact: is_exact(&word.small) });
        }
    }
    names
}

/// True if only this spelling is a name: a word on no list may be one of another language.
fn is_exact(small: &str) -> bool {
    is_ambiguous(small) || !(is_given(small) || is_surname(small))
}

/// Returns the names in the first half of an address: "karen.fairbanks@web.de".
fn mail_words(part: &str) -> Vec<PersonName> {
    let Some((local, _)) = part.split_once(['@', '＠']) else { return Vec::new() };
    let local = local.rsplit(char::is_whitespace).next().unwrap_or_default();
    let words: Vec<&str> = local.split(['.', '_', '-', '+']).filter(|word| !word.is_empty()).collect();
    let fits = |word: &&str| {
        word.chars().count() > 2 && word.chars().all(char::is_alphabetic) && !is_role(&word.to_lowercase())
    };
    let known = |word: &str| PersonName { text: word.to_owned(), exact: false };
    let listed = words.iter().any(|word| is_given(&word.to_lowercase()));
    if words.len() < 2 && !listed {
        return Vec::new();
    }
    words.into_iter().filter(fits).map(known).collect()
}
