//! Finding known names in texts, as whole words.

use std::collections::BTreeMap;

/// The shortest name that is looked for.
const SHORTEST: usize = 2;

/// A name and its replacement.
struct Name {
    text: String,
    by: String,
    /// True if only this spelling is masked, because it is an everyday word too ("Will").
    exact: bool,
}

/// Names to be replaced, by their first characters; longer ones come first, since one name may be part of
/// another.
#[derive(Default)]
pub(super) struct Matcher(BTreeMap<char, Vec<Name>>);

impl Matcher {
    /// Adds a name with its replacement; the first replacement of a name is kept.
    pub(super) fn add(&mut self, text: &str, by: &str, exact: bool) {
        let text = text.trim();
        let Some(first) = text.chars().next().and_then(small) else { return };
        let names = self.0.entry(first).or_default();
        if text.chars().count() < SHORTEST || names.iter().any(|name| name.text == text) {
            return;
        }
        let place = names.partition_point(|name| name.text.len() >= text.len());
        names.insert(place, Name { text: text.to_owned(), by: by.to_owned(), exact });
    }

    /// Returns the text with names replaced where they are whole words.
    pub(super) fn replaced(&self, text: &str) -> String {
        let (mut out, mut rest, mut last) = (String::new(), text, None);
        while let Some(first) = rest.chars().next() {
            // No name begins within a word.
            let key = if is_one_word(last, Some(first)) { None } else { small(first) };
            let names = key.and_then(|key| self.0.get(&key));
            let found = names.and_then(|names| names.iter().find_map(|name| name.found_at(rest)));
            let (by, length) = found.unwrap_or(("", first.len_utf8()));
            let (here, after) = rest.split_at(length);
            out.push_str(if found.is_some() { by } else { here });
            last = here.chars().next_back();
            rest = after;
        }
        out
    }
}

fn small(sign: char) -> Option<char> {
    sign.to_lowercase().next()
}

/// True if two adjacent characters belong to one word. Chinese words have no blanks between them.
fn is_one_word(first: Option<char>, second: Option<char>) -> bool {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c < '\u{2e80}');
    is_part(first) && is_part(second)
}

impl Name {
    /// Returns the replacement and the length in bytes of this name if the text begins with it as a whole
    /// word.
    fn found_at(&self, text: &str) -> Option<(&str, usize)> {
        let (found, after) = text.split_at_checked(self.length_in(text)?)?;
        let last = found.chars().next_back();
        // German and Dutch write "Karens Idee".
        let behind = after.strip_prefix('s').filter(|_| last != Some('s')).unwrap_or(after);
        let ends = !is_one_word(last, after.chars().next()) || !is_one_word(last, behind.chars().next());
        ends.then_some((self.by.as_str(), found.len()))
    }

    /// Returns the length in bytes of this name at the beginning of the text, or `None` if it does not begin
    /// with it.
    fn length_in(&self, text: &str) -> Option<usize> {
        let is_same = |own: char, sign: char| {
            own == sign || (!self.exact && own.to_lowercase().eq(sign.to_lowercase()))
        };
        let (mut signs, mut length) = (text.chars(), 0);
        for own in self.text.chars() {
            let sign = signs.next().filter(|sign| is_same(own, *sign))?;
            length += sign.len_utf8();
        }
        Some(length)
    }
}
