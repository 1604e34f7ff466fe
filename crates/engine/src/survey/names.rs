//! The similarity of names, by which a column finds its touchpoint.

use super::vocabulary::is_listed;
use std::collections::{BTreeMap, BTreeSet};

/// Words that carry no meaning in the name of a question.
const EMPTY_WORDS: &str = "\
    a an and are at did do for from how i is me my of on our please rate rating satisfaction satisfied \
    score the to was we were with you your 满意 意度 评分 得分";
/// Names with at least this similarity, 0 to 1, are taken to mean the same thing.
pub const ALIKE: f64 = 0.5;
/// Names with at least this similarity, 0 to 1, leave hardly a doubt.
pub const SAME: f64 = 0.9;
/// The shortest joined name, in bytes, that is searched inside another.
const JOINED: usize = 5;

/// A name split into comparable parts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ComparableName {
    /// Its words, stemmed; pairs of characters for Chinese.
    words: BTreeSet<String>,
    /// The same words joined, for "leg room" and "legroom".
    letters: String,
}

impl ComparableName {
    /// Splits a name into its words.
    pub fn new(text: &str) -> Self {
        let all = split_words(text);
        let is_telling = |word: &&String| !is_listed(EMPTY_WORDS, word);
        let telling: Vec<String> = all.iter().filter(is_telling).cloned().collect();
        let words = if telling.is_empty() { all } else { telling };
        Self { letters: words.concat(), words: words.into_iter().collect() }
    }

    /// The words that carry its meaning.
    pub fn unique_words(&self) -> &BTreeSet<String> {
        &self.words
    }
}

/// Word weights by rarity among the names compared: "service" in five of them distinguishes little.
#[derive(Debug, Clone, Default)]
pub struct Weights(BTreeMap<String, f64>);

impl Weights {
    /// Counts the words of all names.
    pub fn from_names<'a>(names: impl Iterator<Item = &'a ComparableName>) -> Self {
        let mut counts: BTreeMap<String, f64> = BTreeMap::new();
        for word in names.flat_map(|name| &name.words) {
            *counts.entry(word.clone()).or_default() += 1.0;
        }
        Self(counts)
    }

    fn sum_of_words<'a>(&self, words: impl Iterator<Item = &'a String>) -> f64 {
        words.map(|word| 1.0 / self.0.get(word).copied().unwrap_or(1.0).max(1.0)).sum()
    }

    /// Returns the similarity of two names, 0 to 1.
    pub fn name_similarity(&self, a: &ComparableName, b: &ComparableName) -> f64 {
        if a.words == b.words {
            return if a.words.is_empty() { 0.0 } else { 1.0 };
        }
        let shared = self.sum_of_words(a.words.intersection(&b.words));
        let all_a = self.sum_of_words(a.words.iter());
        let all_b = self.sum_of_words(b.words.iter());
        let dice = if all_a + all_b > 0.0 { 2.0 * shared / (all_a + all_b) } else { 0.0 };
        let contained = if shared > 0.0 { 0.8 * shared / all_a.min(all_b) } else { 0.0 };
        let (short, long) = if a.letters.len() < b.letters.len() { (a, b) } else { (b, a) };
        let within = short.letters.len() >= JOINED && long.letters.contains(&short.letters);
        let spelled = if within { 0.6 } else { 0.0 };
        dice.max(contained).max(spelled)
    }
}

/// Splits a text into lower-case words: hyphens removed ("check-in" is "checkin"), common endings cut,
/// Chinese in pairs of characters.
pub fn split_words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase().replace(['-', '\u{2011}', '\'', '’'], "");
    let mut found = Vec::new();
    for part in lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
        if part.chars().any(is_chinese) {
            let characters: Vec<char> = part.chars().collect();
            found.extend(characters.windows(2).map(|pair| pair.iter().collect::<String>()));
            found.extend((characters.len() == 1).then(|| part.to_owned()));
        } else {
            found.push(stem_word(part).to_owned());
        }
    }
    found
}

/// True for a Chinese character.
pub(super) fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

fn stem_word(word: &str) -> &str {
    let long = |ending: &str| word.strip_suffix(ending).filter(|rest| rest.len() >= 4);
    long("ing").or_else(|| long("ed")).or_else(|| long("s")).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness_in_survey(a: &str, b: &str) -> f64 {
        let names = ["Inflight service", "Checkin service", "On-board service", "Leg room service"]
            .map(ComparableName::new);
        Weights::from_names(names.iter()).name_similarity(&ComparableName::new(a), &ComparableName::new(b))
    }

    #[test]
    fn columns_find_what_they_speak_of() {
        for (column, title) in [
            ("Inflight wifi service", "Wi-Fi on board (inflight wifi)"),
            ("Ease of Online booking", "Book online"),
            ("Checkin service", "Check-in"),
            ("How satisfied were you with the check-in?", "Check-in"),
            ("Leg room service", "Legroom"),
            ("Baggage handling", "Baggage"),
            ("在线预订满意度", "在线预订"),
            ("Food and drink", "Food & drink"),
        ] {
            assert!(
                likeness_in_survey(column, title) >= ALIKE,
                "{column} / {title}: {}",
                likeness_in_survey(column, title)
            );
        }
        assert!(likeness_in_survey("Satisfaction with the check-in", "Check-in") >= SAME);
    }

    #[test]
    fn what_only_shares_a_common_word_stays_apart() {
        for (column, title) in [
            ("Checkin service", "Inflight service"),
            ("Seat comfort", "Boarding"),
            ("Cleanliness", "Check-in"),
            ("", ""),
        ] {
            assert!(
                likeness_in_survey(column, title) < ALIKE,
                "{column} / {title}: {}",
                likeness_in_survey(column, title)
            );
        }
    }
}
