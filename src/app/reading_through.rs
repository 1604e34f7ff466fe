//! Reading through the texts that are left in a copy to give away: one after another, each with what is decided.

use super::redacting::RedactForm;
use crate::analysis::redact::{Decision, LeftText, read_count, with_told_names};
use crate::i18n::Lang;
use std::ops::Range;

impl RedactForm {
    /// The texts that are left in the copy; none before it has been made.
    pub fn texts(&self) -> &[LeftText] {
        self.found.as_ref().map_or(&[], |found| found.texts.as_slice())
    }

    /// How many of them somebody has decided about.
    pub fn read(&self) -> usize {
        read_count(self.texts(), &self.decisions)
    }

    /// The text that is being read.
    pub fn text(&self) -> Option<&LeftText> {
        self.texts().get(self.reading?)
    }

    /// What was decided about the text that is being read.
    pub fn decision(&self) -> Option<&Decision> {
        self.decisions.get(&self.text()?.text)
    }

    /// The text that is being read, without names that were told at any text.
    pub fn words(&self, lang: Lang) -> Option<String> {
        Some(with_told_names(&self.text()?.text, &self.decisions, lang))
    }

    /// Begins to read, at the first text that nobody has decided about.
    pub fn begin_reading(&mut self) {
        self.reading = Some(self.first_unread(0).unwrap_or_default());
    }

    /// Goes on to the next text, or to the one before; stays at either end.
    pub fn go(&mut self, onward: bool) {
        let last = self.texts().len().saturating_sub(1);
        self.reading = self.reading.map(|at| if onward { (at + 1).min(last) } else { at.saturating_sub(1) });
    }

    /// Keeps the text, or leaves it out, and goes on to the next that is unread.
    pub fn settle_text(&mut self, decision: Decision) {
        let Some(text) = self.text().map(|left| left.text.clone()) else { return };
        self.decisions.insert(text, decision);
        let next = self.reading.map_or(0, |at| at + 1);
        self.reading = self.first_unread(next).or(self.reading);
    }

    /// Masks the whole words that are selected, here and in all texts, and stays; with nothing
    /// selected the whole text, unless names in it are masked.
    pub fn mask_text(&mut self, selected: Range<usize>, lang: Lang) {
        let shown = self.words(lang).unwrap_or_default();
        let words = whole_words(&shown, selected);
        if words.is_empty() {
            // Where names are masked already, they stay masked: one goes on.
            let decided = self.decision().filter(|decision| matches!(decision, Decision::Mask(_)));
            return self.settle_text(decided.cloned().unwrap_or(Decision::Mask(Vec::new())));
        }
        let Some(text) = self.text().map(|left| left.text.clone()) else { return };
        let mut all = match self.decisions.remove(&text) {
            Some(Decision::Mask(words)) => words,
            _ => Vec::new(),
        };
        if !all.contains(&words) {
            all.push(words);
        }
        self.decisions.insert(text, Decision::Mask(all));
    }

    /// The first text from a number on, then from the beginning, that nobody has decided about.
    fn first_unread(&self, from: usize) -> Option<usize> {
        let texts = self.texts();
        let is_unread =
            |number: &usize| texts.get(*number).is_some_and(|left| !self.decisions.contains_key(&left.text));
        (from..texts.len()).chain(0..from).find(is_unread)
    }
}

/// The words that characters from a place up to another belong to, as names are looked for: Chinese has no blanks
/// between words, so that there just these characters are meant.
fn whole_words(text: &str, selected: Range<usize>) -> String {
    let signs: Vec<char> = text.chars().collect();
    let is_part = |place: usize| signs.get(place).is_some_and(|c| c.is_alphanumeric() && *c < '\u{2e80}');
    let Range { mut start, mut end } = selected;
    while start < end && signs.get(start).is_some_and(|c| c.is_whitespace()) {
        start += 1;
    }
    while end > start && signs.get(end - 1).is_none_or(|c| c.is_whitespace()) {
        end -= 1;
    }
    if start == end {
        return String::new();
    }
    while start > 0 && is_part(start) && is_part(start - 1) {
        start -= 1;
    }
    while is_part(end - 1) && is_part(end) {
        end += 1;
    }
    signs.get(start..end).unwrap_or_default().iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn part_of_a_word_means_the_word() {
        let text = "Ask Karen, 王建国说";
        let words = |range| whole_words(text, range);
        assert_eq!(
            [words(5..7), words(3..6), words(4..9), words(0..9)],
            ["Karen", "Karen", "Karen", "Ask Karen"]
        );
        assert_eq!(
            [words(11..14), words(10..12), words(3..4), words(4..4), words(90..99)],
            ["王建国", "王", "", "", ""]
        );
    }
}
