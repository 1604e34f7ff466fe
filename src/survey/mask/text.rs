//! A text by its characters and words, for rules that look in both directions.

use crate::survey::names::is_chinese;

/// A text with access to its characters by index.
pub(super) struct Signs<'a> {
    text: &'a str,
    /// Each character with its byte offset.
    signs: Vec<(usize, char)>,
}

/// A word: letters and digits, with inner apostrophes and hyphens. Chinese text yields no words.
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The word in lower case, with plain apostrophes.
    pub(super) small: String,
    /// True if it begins with a capital.
    pub(super) capital: bool,
}

impl<'a> Signs<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, signs: text.char_indices().collect() }
    }

    pub(super) fn len(&self) -> usize {
        self.signs.len()
    }

    pub(super) fn char_at(&self, place: usize) -> Option<char> {
        self.signs.get(place).map(|(_, sign)| *sign)
    }

    /// Returns the text between two character indices.
    pub(super) fn text(&self, start: usize, end: usize) -> &'a str {
        let byte = |place: usize| self.signs.get(place).map_or(self.text.len(), |(byte, _)| *byte);
        self.text.get(byte(start)..byte(end)).unwrap_or_default()
    }

    /// True if the text at `place` begins with `wanted`, ignoring ASCII case.
    pub(super) fn starts_with(&self, place: usize, wanted: &str) -> bool {
        let mut place = place;
        wanted.chars().all(|sign| {
            place += 1;
            self.char_at(place - 1).is_some_and(|own| own.eq_ignore_ascii_case(&sign))
        })
    }

    /// Returns the index after the run of matching characters from `start`.
    pub(super) fn end_of_run(&self, start: usize, is: impl Fn(char) -> bool) -> usize {
        (start..self.len())
            .find(|place| !self.char_at(*place).is_some_and(&is))
            .unwrap_or(self.len().max(start))
    }

    /// Returns the start of the run of matching characters before `end`.
    pub(super) fn start_of_run(&self, end: usize, is: impl Fn(char) -> bool) -> usize {
        (0..end).rev().find(|place| !self.char_at(*place).is_some_and(&is)).map_or(0, |place| place + 1)
    }

    /// Moves `end` back over the given characters.
    pub(super) fn trim_end_at(&self, end: usize, signs: &str) -> usize {
        self.start_of_run(end, |sign| signs.contains(sign))
    }

    /// Splits the text into words.
    pub(super) fn split_words(&self) -> Vec<Word> {
        let mut words = Vec::new();
        let mut place = 0;
        while let Some(first) = self.char_at(place) {
            if !is_letter(first) {
                place += 1;
                continue;
            }
            let end = self.end_of_run(place, |c| is_letter(c) || "'’-".contains(c));
            let end = self.trim_end_at(end, "'’-");
            let small = self.text(place, end).to_lowercase().replace('’', "'");
            words.push(Word { start: place, end, small, capital: first.is_uppercase() });
            place = end;
        }
        words
    }

    /// True if two words are separated only by these characters and spaces.
    pub(super) fn are_joined(&self, first: &Word, second: &Word, signs: &str) -> bool {
        let between = self.text(first.end, second.start);
        between.chars().all(|c| c == ' ' || c == '\u{a0}' || signs.contains(c))
    }
}

/// True for a letter or digit of a script with spaces between words.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_chinese(c)
}
