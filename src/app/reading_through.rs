//! Reading through the texts that are left in a copy to give away: one after another, each with what is decided.

use super::redacting::RedactForm;
use crate::analysis::redact::{Decision, LeftText, read_count, with_told_names};
use crate::i18n::Lang;

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

    /// Masks the words that are selected, here and in all texts, and stays; with nothing selected the whole text.
    pub fn mask_text(&mut self, selected: &str) {
        let words = selected.trim();
        if words.is_empty() {
            return self.settle_text(Decision::Mask(Vec::new()));
        }
        let Some(text) = self.text().map(|left| left.text.clone()) else { return };
        let mut all = match self.decisions.remove(&text) {
            Some(Decision::Mask(words)) => words,
            _ => Vec::new(),
        };
        if !all.iter().any(|own| own == words) {
            all.push(words.to_owned());
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
