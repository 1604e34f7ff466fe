//! The words of survey files in every supported language: answers, headers, names of rows.
//!
//! The lists are data under `assets/words`, one file per language; `README.md` there describes each section.
//! A word with different meanings in two languages counts only in the languages of the table ([`Languages`]),
//! if these are known.

mod key;
mod topic;

pub use key::{compare_key, fold_letters, is_spaceless};
pub use topic::{Topic, Topics};

use std::collections::HashMap;
use std::sync::LazyLock;

/// The lists, the most common languages first; signs belong to all languages.
const LISTS: &[&str] = &[
    include_str!("../../../../../assets/words/signs.txt"),
    include_str!("../../../../../assets/words/en.txt"),
    include_str!("../../../../../assets/words/zh-hans.txt"),
    include_str!("../../../../../assets/words/de.txt"),
    include_str!("../../../../../assets/words/fr.txt"),
    include_str!("../../../../../assets/words/es.txt"),
    include_str!("../../../../../assets/words/zh-hant.txt"),
    include_str!("../../../../../assets/words/pt.txt"),
    include_str!("../../../../../assets/words/it.txt"),
    include_str!("../../../../../assets/words/nl.txt"),
    include_str!("../../../../../assets/words/pl.txt"),
    include_str!("../../../../../assets/words/ru.txt"),
    include_str!("../../../../../assets/words/tr.txt"),
    include_str!("../../../../../assets/words/ar.txt"),
    include_str!("../../../../../assets/words/ja.txt"),
    include_str!("../../../../../assets/words/ko.txt"),
];
/// Signs and English, by their places in [`LISTS`], which are matched beside every language.
const ALWAYS: Languages = Languages(0b11);
/// The most words of a phrase.
const PHRASE: usize = 6;
/// The most letters of a phrase in a language without blanks.
const SPACELESS: usize = 14;

static WORDS: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::read_lists(LISTS));

/// A set of supported languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Languages(u32);

impl Default for Languages {
    fn default() -> Self {
        Self::ALL
    }
}

impl Languages {
    /// All languages, for a table of which nothing is known.
    pub const ALL: Self = Self(u32::MAX);

    fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn iter_places(self) -> impl Iterator<Item = usize> {
        (0..LISTS.len()).filter(move |place| self.0 & (1 << place) != 0)
    }
}

/// The dimension that a scale of words measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScaleKind {
    /// Degree of satisfaction.
    Satisfaction,
    /// Degree of agreement.
    Agreement,
    /// Likelihood of an event.
    Likelihood,
    /// Frequency of an event.
    Frequency,
    /// Degree of quality.
    Quality,
    /// Degree of ease.
    Ease,
}

impl ScaleKind {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "satisfaction" => Self::Satisfaction,
            "agreement" => Self::Agreement,
            "likelihood" => Self::Likelihood,
            "frequency" => Self::Frequency,
            "quality" => Self::Quality,
            "ease" => Self::Ease,
            _ => return None,
        })
    }
}

/// A scale of answer words.
#[derive(Debug, Clone)]
pub struct WordScale {
    /// The dimension that it measures.
    pub kind: ScaleKind,
    /// Its number of steps; the lowest step is 1.
    pub steps: u8,
    language: Languages,
    words: HashMap<String, u8>,
    /// The length of the longest word in bytes.
    longest: usize,
}

impl WordScale {
    /// Returns the step of a word, given by its [`compare_key`]. Longer ones than any in the list are not hashed.
    pub fn step_of(&self, key: &str) -> Option<u8> {
        if key.len() > self.longest { None } else { self.words.get(key).copied() }
    }
}

/// The words of all lists.
struct Vocabulary {
    phrases: HashMap<String, Vec<(Topic, Languages)>>,
    /// The length of the longest phrase in bytes.
    longest: usize,
    scales: Vec<WordScale>,
    months: HashMap<String, i16>,
}

/// The section of a list that is being read.
enum ListSection {
    None,
    Topic(Topic),
    Scale(ScaleKind, Vec<Vec<String>>),
    Months(i16),
}

impl Vocabulary {
    fn read_lists(lists: &[&str]) -> Self {
        let mut words =
            Self { phrases: HashMap::new(), longest: 0, scales: Vec::new(), months: HashMap::new() };
        for (place, list) in lists.iter().enumerate() {
            words.read_list(list, Languages(1 << place));
        }
        words
    }

    fn read_list(&mut self, list: &str, language: Languages) {
        let mut section = ListSection::None;
        let lines = list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("# "));
        for line in lines {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                self.close_section(std::mem::replace(&mut section, begin_section(name)), language);
                continue;
            }
            let keys = line.split('|').map(compare_key).filter(|key| !key.is_empty());
            match &mut section {
                ListSection::None => {}
                ListSection::Topic(topic) => {
                    let topic = *topic;
                    keys.for_each(|key| self.add_phrase(key, topic, language));
                }
                ListSection::Scale(_, steps) => steps.push(keys.collect()),
                ListSection::Months(month) => {
                    *month += 1;
                    let month = *month;
                    self.months.extend(keys.map(|key| (key, month)));
                }
            }
        }
        self.close_section(section, language);
    }

    /// Returns the meanings of a phrase. Longer ones than any in the lists are not hashed: texts of a
    /// megabyte are looked up too.
    fn meanings(&self, key: &str) -> &[(Topic, Languages)] {
        if key.len() > self.longest {
            return &[];
        }
        self.phrases.get(key).map_or(&[], Vec::as_slice)
    }

    fn add_phrase(&mut self, key: String, topic: Topic, language: Languages) {
        self.longest = self.longest.max(key.len());
        let meanings = self.phrases.entry(key).or_default();
        match meanings.iter_mut().find(|(own, _)| *own == topic) {
            Some((_, languages)) => languages.0 |= language.0,
            None => meanings.push((topic, language)),
        }
    }

    /// Ends a section: only then is a scale complete.
    fn close_section(&mut self, section: ListSection, language: Languages) {
        let ListSection::Scale(kind, steps) = section else { return };
        let Ok(count) = u8::try_from(steps.len()) else { return };
        let words =
            steps.into_iter().zip(1..).flat_map(|(keys, step)| keys.into_iter().map(move |key| (key, step)));
        let words: HashMap<String, u8> = words.collect();
        let longest = words.keys().map(String::len).max().unwrap_or_default();
        self.scales.push(WordScale { kind, steps: count, language, words, longest });
    }
}

fn begin_section(name: &str) -> ListSection {
    if name == "months" {
        return ListSection::Months(0);
    }
    let kind = name.split(' ').next().and_then(ScaleKind::from_name);
    match (kind, Topic::from_name(name)) {
        (Some(kind), _) => ListSection::Scale(kind, Vec::new()),
        (None, Some(topic)) => ListSection::Topic(topic),
        (None, None) => ListSection::None,
    }
}

/// Returns the scales of answer words in these languages and English, in the order of the lists.
pub fn word_scales(languages: Languages) -> impl Iterator<Item = &'static WordScale> {
    let asked = Languages(languages.0 | ALWAYS.0);
    WORDS.scales.iter().filter(move |scale| scale.language.intersects(asked))
}

/// True if a text, given by its [`compare_key`], is an entry of a topic in one of these languages, in
/// English, or a sign.
pub fn is_topic_key(key: &str, topic: Topic, languages: Languages) -> bool {
    let asked = Languages(languages.0 | ALWAYS.0);
    WORDS.meanings(key).iter().any(|(own, known)| *own == topic && known.intersects(asked))
}

/// True if a text is an entry of a topic in any language.
pub fn is_topic_text(text: &str, topic: Topic) -> bool {
    is_topic_key(&compare_key(text), topic, Languages::ALL)
}

/// True if a word is an entry of a list that separates its entries by single spaces.
pub(super) fn is_listed(list: &str, word: &str) -> bool {
    list.split(' ').any(|entry| entry == word)
}

/// Returns the number of the month that a text names, given by its [`compare_key`].
pub fn month_of(key: &str) -> Option<i16> {
    WORDS.months.get(key).copied()
}

/// A phrase found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundPhrase {
    /// The topic that it is about.
    pub topic: Topic,
    /// Its start: the number of characters before it in the text's key.
    pub start: usize,
    /// Its number of characters: of several phrases at one place the longest is the most specific.
    pub length: usize,
}

/// Finds the phrases in a text, given by its [`compare_key`], in these languages, in English, and signs.
pub fn find_phrases(key: &str, languages: Languages) -> Vec<FoundPhrase> {
    let asked = Languages(languages.0 | ALWAYS.0);
    let mut found = Vec::new();
    each_phrase(key, &mut |start, phrase, meanings| {
        let length = phrase.chars().count();
        let known = meanings.iter().filter(|(_, known)| known.intersects(asked));
        found.extend(known.map(|(topic, _)| FoundPhrase { topic: *topic, start, length }));
    });
    found
}

type Visit<'a> = dyn FnMut(usize, &str, &[(Topic, Languages)]) + 'a;

/// Looks up every run of whole words, and in scripts without spaces every run of letters.
fn each_phrase(key: &str, visit: &mut Visit<'_>) {
    let letters: Vec<(usize, char)> = key.char_indices().collect();
    let end_of = |place: usize| letters.get(place).map_or(key.len(), |(at, _)| *at);
    let spaceless = letters.iter().any(|(_, letter)| is_spaceless(*letter));
    for (place, (at, letter)) in letters.iter().enumerate() {
        let begins =
            *letter != ' ' && (place == 0 || letters.get(place - 1).is_some_and(|(_, sign)| *sign == ' '));
        if begins {
            let mut words = 0;
            for end in place + 1..=letters.len() {
                if letters.get(end).is_none_or(|(_, sign)| *sign == ' ') {
                    words += 1;
                    look_up(key, (place, *at, end_of(end)), visit);
                    if words == PHRASE {
                        break;
                    }
                }
            }
        }
        if spaceless {
            let last = letters.len().min(place + SPACELESS);
            for end in place + 1..=last {
                let whole_words = begins && letters.get(end).is_none_or(|(_, sign)| *sign == ' ');
                let part = key.get(*at..end_of(end)).unwrap_or_default();
                if !whole_words && part.chars().any(is_spaceless) {
                    look_up(key, (place, *at, end_of(end)), visit);
                }
            }
        }
    }
}

fn look_up(key: &str, (place, from, to): (usize, usize, usize), visit: &mut Visit<'_>) {
    let phrase = key.get(from..to).unwrap_or_default();
    let meanings = WORDS.meanings(phrase);
    if !meanings.is_empty() {
        visit(place, phrase, meanings);
    }
}

/// Detects the languages that the texts of a table are most likely in: those with the most words among them;
/// all if no word is known.
pub fn languages_of<'a>(
    headers: impl Iterator<Item = &'a str>,
    answers: impl Iterator<Item = &'a str>,
) -> Languages {
    let mut letters = vec![0_usize; LISTS.len()];
    for header in headers {
        let key = compare_key(header);
        each_phrase(&key, &mut |_, phrase, meanings| {
            let known = meanings.iter().fold(0, |all, (_, languages)| all | languages.0);
            let length = phrase.chars().count();
            // Two-letter words exist in too many languages.
            if length > 2 || phrase.chars().any(is_spaceless) {
                Languages(known).iter_places().for_each(|place| letters[place] += length);
            }
        });
    }
    for answer in answers {
        let key = compare_key(answer);
        let scales = WORDS.scales.iter().filter(|scale| scale.words.contains_key(&key));
        let known = scales.fold(0, |all, scale| all | scale.language.0);
        let meanings = WORDS.meanings(&key);
        let known = meanings.iter().fold(known, |all, (_, languages)| all | languages.0);
        Languages(known).iter_places().for_each(|place| letters[place] += 2 * key.chars().count());
    }
    let most = letters.iter().copied().max().unwrap_or(0);
    if most == 0 {
        return Languages::ALL;
    }
    let likely = letters.iter().enumerate().filter(|(_, count)| 3 * **count >= 2 * most);
    Languages(likely.fold(0, |all, (place, _)| all | (1 << place)))
}

#[cfg(test)]
mod tests;
