//! Review of the texts that remain in a redacted copy, one after another, each with its decision.

use super::form::RedactForm;
use engine::i18n::{Lang, redaction_words};
use engine::redact::{Decision, LeftText, read_count, with_told_names};
use std::ops::Range;

impl RedactForm {
    /// Returns the texts that remain in the copy; empty before it has been made.
    pub fn remaining_texts(&self) -> &[LeftText] {
        self.found.as_ref().map_or(&[], |found| found.texts.as_slice())
    }

    /// Returns the number of texts that have a decision.
    pub fn decided_count(&self) -> usize {
        read_count(self.remaining_texts(), &self.decisions)
    }

    /// Returns the text under review.
    pub fn current_text(&self) -> Option<&LeftText> {
        self.remaining_texts().get(self.reading?)
    }

    /// Returns the decision about the text under review.
    pub fn current_decision(&self) -> Option<&Decision> {
        self.decisions.get(&self.current_text()?.text)
    }

    /// Returns the text under review with all names masked that were marked in any text.
    pub fn masked_text(&self, lang: Lang) -> Option<String> {
        Some(with_told_names(&self.current_text()?.text, &self.decisions, &redaction_words(lang)))
    }

    /// Starts the review at the first text without a decision.
    pub fn begin_reading(&mut self) {
        self.reading = Some(self.first_unread(0).unwrap_or_default());
    }

    /// Moves to the next text if `onward`, else to the previous one; stops at either end.
    pub fn step_review(&mut self, onward: bool) {
        let last = self.remaining_texts().len().saturating_sub(1);
        self.reading = self.reading.map(|at| if onward { (at + 1).min(last) } else { at.saturating_sub(1) });
    }

    /// Records the decision for the text and moves to the next one without a decision.
    pub fn settle_text(&mut self, decision: Decision) {
        let Some(text) = self.current_text().map(|left| left.text.clone()) else { return };
        self.decisions.insert(text, decision);
        let next = self.reading.map_or(0, |at| at + 1);
        self.reading = self.first_unread(next).or(self.reading);
    }

    /// Masks the selected words, extended to whole words, here and in all texts, and stays at this text. With
    /// an empty selection, masks the whole text, unless names in it are masked already.
    pub fn mask_text(&mut self, selected: Range<usize>, lang: Lang) {
        let shown = self.masked_text(lang).unwrap_or_default();
        let words = whole_words(&shown, selected);
        if words.is_empty() {
            // Names masked already stay masked; the review moves on.
            let decided = self.current_decision().filter(|decision| matches!(decision, Decision::Mask(_)));
            return self.settle_text(decided.cloned().unwrap_or(Decision::Mask(Vec::new())));
        }
        let Some(text) = self.current_text().map(|left| left.text.clone()) else { return };
        let mut all = match self.decisions.remove(&text) {
            Some(Decision::Mask(words)) => words,
            _ => Vec::new(),
        };
        if !all.contains(&words) {
            all.push(words);
        }
        self.decisions.insert(text, Decision::Mask(all));
    }

    /// Returns the index of the first text without a decision, searching from `from` and wrapping around.
    fn first_unread(&self, from: usize) -> Option<usize> {
        let texts = self.remaining_texts();
        let is_unread =
            |number: &usize| texts.get(*number).is_some_and(|left| !self.decisions.contains_key(&left.text));
        (from..texts.len()).chain(0..from).find(is_unread)
    }
}

/// Extends a selection, in characters, to the whole words it touches. Chinese has no spaces between words, so
/// there exactly the selected characters are meant.
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
