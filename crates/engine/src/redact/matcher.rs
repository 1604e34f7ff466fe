//! Finding known names in texts, as whole words.
//!
//! A project may tell tens of thousands of names, and hold as many texts. So the names are sorted, and those
//! that fit are narrowed down character by character: the time does not depend on the number of names.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// The shortest name that is looked for.
const SHORTEST: usize = 2;

/// A name and its replacement.
struct KnownName {
    text: String,
    by: String,
    /// True if only this spelling is masked, because it is an everyday word too ("Will").
    exact: bool,
    /// Its position among all names, in the order in which they were added.
    number: usize,
}

/// Names to be replaced, being collected.
#[derive(Default)]
pub(super) struct NameList {
    /// The names by their characters in small letters.
    names: BTreeMap<String, Vec<KnownName>>,
    count: usize,
}

impl NameList {
    /// Adds a name with its replacement; the first replacement of a name is kept.
    pub(super) fn add_name(&mut self, text: &str, by: &str, exact: bool) {
        let text = text.trim();
        let names = self.names.entry(text.chars().map(lowercase_char).collect()).or_default();
        if names.iter().all(|name| name.text != text) {
            let number = self.count;
            names.push(KnownName { text: text.to_owned(), by: by.to_owned(), exact, number });
            self.count += 1;
        }
    }

    /// Returns these names, ready to be found.
    pub(super) fn into_matcher(self) -> Matcher {
        let mut matcher = Matcher::default();
        for (key, names) in self.names.into_iter().filter(|(key, _)| key.chars().count() >= SHORTEST) {
            let place = matcher.keys.len();
            if let Some(start) = start_of(&key) {
                matcher.starts.entry(start).or_insert(place..place).end = place + 1;
            }
            matcher.keys.push((key, names));
        }
        matcher
    }
}

/// Names to be replaced; longer ones come first, since one name may be part of another.
#[derive(Default)]
pub(super) struct Matcher {
    /// The names by their characters in small letters, sorted.
    keys: Vec<(String, Vec<KnownName>)>,
    /// The range of the keys that begin with two characters.
    starts: HashMap<(char, char), Range<usize>, foldhash::fast::RandomState>,
}

impl Matcher {
    /// Returns the text with names replaced where they are whole words.
    pub(super) fn replace_names(&self, text: &str) -> String {
        let mut out = String::new();
        let mut kept = 0;
        let mut at = 0;
        let mut last = None;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let first = rest.chars().next();
            // No name begins within a word.
            let found = if is_one_word(last, first) { None } else { self.found_at(rest) };
            let length = found.map_or(first.map_or(1, char::len_utf8), |(_, length)| length);
            if let Some((by, _)) = found {
                out.push_str(text.get(kept..at).unwrap_or_default());
                out.push_str(by);
                kept = at + length;
            }
            last = rest.get(..length).and_then(|here| here.chars().next_back());
            at += length;
        }
        out.push_str(text.get(kept..).unwrap_or_default());
        out
    }

    /// Returns the replacement and the length in bytes of the name that the text begins with: the longest
    /// one, or of equally long ones the first.
    fn found_at(&self, text: &str) -> Option<(&str, usize)> {
        let mut keys = self.keys.get(self.starts.get(&start_of(text)?)?.clone())?;
        let mut signs = text.chars().map(lowercase_char);
        let mut depth: usize = signs.by_ref().take(SHORTEST).map(char::len_utf8).sum();
        let mut best: Option<(&KnownName, usize)> = None;
        loop {
            let whole = keys.first().filter(|(key, _)| key.len() == depth);
            for name in whole.into_iter().flat_map(|(_, names)| names) {
                let is_better =
                    |best: &KnownName| (name.text.len(), best.number) > (best.text.len(), name.number);
                if let Some(length) = name.length_at(text)
                    && best.is_none_or(|(best, _)| is_better(best))
                {
                    best = Some((name, length));
                }
            }
            let Some(next) = signs.next() else { break };
            let sign_of =
                |(key, _): &(String, Vec<KnownName>)| key.get(depth..).and_then(|rest| rest.chars().next());
            keys = keys.get(keys.partition_point(|key| sign_of(key) < Some(next))..)?;
            keys = keys.get(..keys.partition_point(|key| sign_of(key) == Some(next)))?;
            if keys.is_empty() {
                break;
            }
            depth += next.len_utf8();
        }
        best.map(|(name, length)| (name.by.as_str(), length))
    }
}

/// Returns the first two characters in small letters.
fn start_of(text: &str) -> Option<(char, char)> {
    let mut signs = text.chars().map(lowercase_char);
    Some((signs.next()?, signs.next()?))
}

fn lowercase_char(sign: char) -> char {
    if sign.is_ascii() { sign.to_ascii_lowercase() } else { sign.to_lowercase().next().unwrap_or(sign) }
}

/// True if two adjacent characters belong to one word. Chinese words have no blanks between them.
fn is_one_word(first: Option<char>, second: Option<char>) -> bool {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c < '\u{2e80}');
    is_part(first) && is_part(second)
}

impl KnownName {
    /// Returns the length in bytes of this name if the text begins with it as a whole word.
    fn length_at(&self, text: &str) -> Option<usize> {
        let (found, after) = text.split_at_checked(self.length_in(text)?)?;
        let last = found.chars().next_back();
        // German and Dutch write "Karens Idee".
        let without_s = after.strip_prefix('s').unwrap_or(after);
        let behind = if last == Some('s') { after } else { without_s };
        let ends = !is_one_word(last, after.chars().next()) || !is_one_word(last, behind.chars().next());
        ends.then_some(found.len())
    }

    /// Returns the length in bytes of this name at the beginning of the text, or `None` if it does not begin
    /// with it.
    fn length_in(&self, text: &str) -> Option<usize> {
        let is_same = |own: char, sign: char| {
            own == sign || (!self.exact && own.to_lowercase().eq(sign.to_lowercase()))
        };
        let mut signs = text.chars();
        let mut length = 0;
        for own in self.text.chars() {
            let sign = signs.next().filter(|sign| is_same(own, *sign))?;
            length += sign.len_utf8();
        }
        Some(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::IdSource;
    use std::time::Instant;

    /// Returns a replacement that tells which name was found.
    fn masked_by(name: &str) -> String {
        format!("[{}]", name.trim())
    }

    /// Replaces names by trying each of them at each place, the longest first.
    fn replaced_by_trying(names: &[(String, bool)], text: &str) -> String {
        let mut all: Vec<KnownName> = Vec::new();
        for (text, exact) in names {
            let text = text.trim().to_owned();
            if text.chars().count() >= SHORTEST && all.iter().all(|name| name.text != text) {
                let number = all.len();
                all.push(KnownName { text, by: String::new(), exact: *exact, number });
            }
        }
        all.sort_by_key(|name| std::cmp::Reverse(name.text.len()));
        let mut out = String::new();
        let mut rest = text;
        let mut last = None;
        while let Some(first) = rest.chars().next() {
            let found = all.iter().find_map(|name| Some((name, name.length_at(rest)?)));
            let found = if is_one_word(last, Some(first)) { None } else { found };
            let length = found.map_or(first.len_utf8(), |(_, length)| length);
            let (here, after) = rest.split_at(length);
            out.push_str(&found.map_or(here.to_owned(), |(name, _)| masked_by(&name.text)));
            last = here.chars().next_back();
            rest = after;
        }
        out
    }

    #[test]
    fn names_are_found_as_if_each_was_tried_at_each_place() {
        let mut source = IdSource::from_seed(23);
        let mut below = |n: usize| source.next_u64() as usize % n;
        let signs: Vec<char> = "aAbBsS  -.王李ßẞİıKkΣσςɬꞭ".chars().collect();
        let mut found = 0;
        for _ in 0..2000 {
            let mut text = |most: usize| {
                let length = below(most);
                (0..length).map(|_| signs[below(signs.len())]).collect::<String>()
            };
            let names: Vec<(String, bool)> = (0..8).map(|number| (text(6), number % 3 == 0)).collect();
            let mut text = String::new();
            for _ in 0..6 {
                let (name, _) = &names[below(names.len())];
                text.push_str(&if below(2) == 0 { name.to_lowercase() } else { name.clone() });
                text.push(signs[below(signs.len())]);
            }
            let mut list = NameList::default();
            for (name, exact) in &names {
                list.add_name(name, &masked_by(name), *exact);
            }
            let by_trying = replaced_by_trying(&names, &text);
            assert_eq!(list.into_matcher().replace_names(&text), by_trying, "{names:?} in {text:?}");
            found += usize::from(by_trying != text);
        }
        assert!(found > 500, "{found}");
    }

    #[test]
    fn many_names_in_many_texts_take_no_time_for_each_pair() {
        let name = |number: usize| format!("Karen Fair{number}");
        let mut list = NameList::default();
        (0..30_000).for_each(|number| list.add_name(&name(number), "[name]", false));
        let text = (0..30_000).map(name).collect::<Vec<_>>().join(", Kate and Kim saw ");
        let begun = Instant::now();
        let masked = list.into_matcher().replace_names(&text);
        assert!(!masked.contains("Fair") && masked.matches("[name]").count() == 30_000);
        assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    }
}
