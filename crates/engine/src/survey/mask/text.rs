//! A text by its characters and words, for rules that look to both sides.

use crate::survey::names::is_chinese;

/// A text with access to its characters by index.
pub(super) struct TextCharacters<'a> {
    text: &'a str,
    /// Each character with the byte at which it begins.
    characters: Vec<(usize, char)>,
    words: Vec<TextWord>,
}

/// A word: letters and digits, with the apostrophes and hyphens inside it. Chinese has none.
pub(super) struct TextWord {
    pub(super) start: usize,
    pub(super) end: usize,
    /// In small letters, with plain apostrophes.
    pub(super) small: String,
    /// True if it begins with a capital.
    pub(super) capital: bool,
}

impl<'a> TextCharacters<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut signs = Self { text, characters: text.char_indices().collect(), words: Vec::new() };
        signs.words = signs.find_words();
        signs
    }

    pub(super) fn len(&self) -> usize {
        self.characters.len()
    }

    pub(super) fn char_at(&self, place: usize) -> Option<char> {
        self.characters.get(place).map(|(_, sign)| *sign)
    }

    /// Returns the text between two character indices.
    pub(super) fn text(&self, start: usize, end: usize) -> &'a str {
        let byte = |place: usize| self.characters.get(place).map_or(self.text.len(), |(byte, _)| *byte);
        self.text.get(byte(start)..byte(end)).unwrap_or_default()
    }

    /// True if `wanted` is at this index, in capitals or not.
    pub(super) fn starts_with(&self, place: usize, wanted: &str) -> bool {
        let mut place = place;
        wanted.chars().all(|sign| {
            place += 1;
            self.char_at(place - 1).is_some_and(|own| own.eq_ignore_ascii_case(&sign))
        })
    }

    /// Returns the index behind all characters of a kind.
    pub(super) fn while_from(&self, start: usize, is: impl Fn(char) -> bool) -> usize {
        (start..self.len())
            .find(|place| !self.char_at(*place).is_some_and(&is))
            .unwrap_or(self.len().max(start))
    }

    /// The same, but never further than this number of characters.
    pub(super) fn while_within(&self, start: usize, most: usize, is: impl Fn(char) -> bool) -> usize {
        let last = self.len().min(start.saturating_add(most)).max(start);
        (start..last).find(|place| !self.char_at(*place).is_some_and(&is)).unwrap_or(last)
    }

    /// Returns the index of the first of the characters of a kind just before one.
    pub(super) fn back_while(&self, end: usize, is: impl Fn(char) -> bool) -> usize {
        (0..end).rev().find(|place| !self.char_at(*place).is_some_and(&is)).map_or(0, |place| place + 1)
    }

    /// The same, but never further back than this number of characters.
    pub(super) fn back_within(&self, end: usize, most: usize, is: impl Fn(char) -> bool) -> usize {
        let first = end.saturating_sub(most);
        (first..end)
            .rev()
            .find(|place| !self.char_at(*place).is_some_and(&is))
            .map_or(first, |place| place + 1)
    }

    /// Returns the end without these characters before it.
    pub(super) fn without_end(&self, end: usize, signs: &str) -> usize {
        self.back_while(end, |sign| signs.contains(sign))
    }

    /// Returns all words.
    pub(super) fn word_list(&self) -> &[TextWord] {
        &self.words
    }

    fn find_words(&self) -> Vec<TextWord> {
        let mut words = Vec::new();
        let mut place = 0;
        while let Some(first) = self.char_at(place) {
            if !is_letter(first) {
                place += 1;
                continue;
            }
            let end = self.while_from(place, |c| is_letter(c) || "'’-".contains(c));
            let end = self.without_end(end, "'’-");
            let mut small = self.text(place, end).to_lowercase();
            if small.contains('’') {
                small = small.replace('’', "'");
            }
            words.push(TextWord { start: place, end, small, capital: first.is_uppercase() });
            place = end;
        }
        words
    }

    /// True if two words are adjacent, with nothing but these characters and blanks between them.
    pub(super) fn is_joined_by(&self, first: &TextWord, second: &TextWord, signs: &str) -> bool {
        let between = self.text(first.end, second.start);
        between.chars().all(|c| c == ' ' || c == '\u{a0}' || signs.contains(c))
    }
}

/// True for a letter or digit of a script with blanks between words.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_chinese(c)
}
