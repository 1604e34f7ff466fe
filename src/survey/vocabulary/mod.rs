//! The words of survey files in every language that is read: answers, headers, names of rows.
//!
//! The lists are data under `assets/words`, a file for each language; `README.md` there says what each section holds. A
//! word that means one thing in one language and another in the next counts in the languages of the table alone
//! ([`Languages`]), where these are known.

mod key;
mod topic;

pub use key::{compare_key, fold_letters, is_spaceless};
pub use topic::{Topic, Topics};

use std::collections::HashMap;
use std::sync::LazyLock;

/// The lists, the most common languages first; signs belong to all.
const LISTS: &[&str] = &[
    include_str!("../../../assets/words/signs.txt"),
    include_str!("../../../assets/words/en.txt"),
    include_str!("../../../assets/words/zh-hans.txt"),
    include_str!("../../../assets/words/de.txt"),
    include_str!("../../../assets/words/fr.txt"),
    include_str!("../../../assets/words/es.txt"),
    include_str!("../../../assets/words/zh-hant.txt"),
    include_str!("../../../assets/words/pt.txt"),
    include_str!("../../../assets/words/it.txt"),
    include_str!("../../../assets/words/nl.txt"),
    include_str!("../../../assets/words/pl.txt"),
    include_str!("../../../assets/words/ru.txt"),
    include_str!("../../../assets/words/tr.txt"),
    include_str!("../../../assets/words/ar.txt"),
    include_str!("../../../assets/words/ja.txt"),
    include_str!("../../../assets/words/ko.txt"),
];
/// The places of signs and of English among them, which are read beside every language.
const ALWAYS: Languages = Languages(0b11);
/// The most words of a phrase.
const PHRASE: usize = 6;
/// The most letters of a phrase in a language without blanks.
const SPACELESS: usize = 14;

static WORDS: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::read(LISTS));

/// Some of the languages that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Languages(u32);

impl Default for Languages {
    fn default() -> Self {
        Self::ALL
    }
}

impl Languages {
    /// All of them: nothing is known about a table.
    pub const ALL: Self = Self(u32::MAX);

    fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn each(self) -> impl Iterator<Item = usize> {
        (0..LISTS.len()).filter(move |place| self.0 & (1 << place) != 0)
    }
}

/// What a scale of words asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScaleKind {
    /// How satisfied people are.
    Satisfaction,
    /// Whether they agree.
    Agreement,
    /// How likely something is.
    Likelihood,
    /// How often something happens.
    Frequency,
    /// How good something is.
    Quality,
    /// How easy something is.
    Ease,
}

impl ScaleKind {
    fn named(name: &str) -> Option<Self> {
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
    /// What it asks for.
    pub kind: ScaleKind,
    /// How many steps it has; the lowest is 1.
    pub steps: u8,
    language: Languages,
    words: HashMap<String, u8>,
}

impl WordScale {
    /// The step of a word, by its [`compare_key`].
    pub fn step_of(&self, key: &str) -> Option<u8> {
        self.words.get(key).copied()
    }
}

/// All words.
struct Vocabulary {
    phrases: HashMap<String, Vec<(Topic, Languages)>>,
    scales: Vec<WordScale>,
    months: HashMap<String, i16>,
}

/// A section of a list being read.
enum Section {
    None,
    Topic(Topic),
    Scale(ScaleKind, Vec<Vec<String>>),
    Months(i16),
}

impl Vocabulary {
    fn read(lists: &[&str]) -> Self {
        let mut words = Self { phrases: HashMap::new(), scales: Vec::new(), months: HashMap::new() };
        for (place, list) in lists.iter().enumerate() {
            words.read_list(list, Languages(1 << place));
        }
        words
    }

    fn read_list(&mut self, list: &str, language: Languages) {
        let mut section = Section::None;
        let lines = list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("# "));
        for line in lines {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                self.close(std::mem::replace(&mut section, begin(name)), language);
                continue;
            }
            let keys = line.split('|').map(compare_key).filter(|key| !key.is_empty());
            match &mut section {
                Section::None => {}
                Section::Topic(topic) => {
                    let topic = *topic;
                    keys.for_each(|key| self.add_phrase(key, topic, language));
                }
                Section::Scale(_, steps) => steps.push(keys.collect()),
                Section::Months(month) => {
                    *month += 1;
                    let month = *month;
                    self.months.extend(keys.map(|key| (key, month)));
                }
            }
        }
        self.close(section, language);
    }

    fn add_phrase(&mut self, key: String, topic: Topic, language: Languages) {
        let meanings = self.phrases.entry(key).or_default();
        match meanings.iter_mut().find(|(own, _)| *own == topic) {
            Some((_, languages)) => languages.0 |= language.0,
            None => meanings.push((topic, language)),
        }
    }

    /// Ends a section: a scale is complete then.
    fn close(&mut self, section: Section, language: Languages) {
        let Section::Scale(kind, steps) = section else { return };
        let Ok(count) = u8::try_from(steps.len()) else { return };
        let words =
            steps.into_iter().zip(1..).flat_map(|(keys, step)| keys.into_iter().map(move |key| (key, step)));
        self.scales.push(WordScale { kind, steps: count, language, words: words.collect() });
    }
}

fn begin(name: &str) -> Section {
    if name == "months" {
        return Section::Months(0);
    }
    let kind = name.split(' ').next().and_then(ScaleKind::named);
    match (kind, Topic::named(name)) {
        (Some(kind), _) => Section::Scale(kind, Vec::new()),
        (None, Some(topic)) => Section::Topic(topic),
        (None, None) => Section::None,
    }
}

/// All scales of answer words, in the order of the lists.
pub fn word_scales(languages: Languages) -> impl Iterator<Item = &'static WordScale> {
    let asked = Languages(languages.0 | ALWAYS.0);
    WORDS.scales.iter().filter(move |scale| scale.language.meets(asked))
}

/// Whether a text, by its [`compare_key`], is an entry of a topic in one of these languages, in English, or a sign.
pub fn key_is(key: &str, topic: Topic, languages: Languages) -> bool {
    let asked = Languages(languages.0 | ALWAYS.0);
    let meanings = WORDS.phrases.get(key).into_iter().flatten();
    meanings.into_iter().any(|(own, known)| *own == topic && known.meets(asked))
}

/// Whether a text is an entry of a topic in any language.
pub fn text_is(text: &str, topic: Topic) -> bool {
    key_is(&compare_key(text), topic, Languages::ALL)
}

/// The number of the month that a text names, by its [`compare_key`].
pub fn month_of(key: &str) -> Option<i16> {
    WORDS.months.get(key).copied()
}

/// A phrase found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundPhrase {
    /// What it is about.
    pub topic: Topic,
    /// Where it begins: the number of letters and blanks of the text's key before it.
    pub start: usize,
    /// How many letters it has: of several phrases in one place the longest says most.
    pub length: usize,
}

/// The phrases in a text, by its [`compare_key`], in these languages, in English, and signs.
pub fn find_phrases(key: &str, languages: Languages) -> Vec<FoundPhrase> {
    let asked = Languages(languages.0 | ALWAYS.0);
    let mut found = Vec::new();
    each_phrase(key, &mut |start, phrase, meanings| {
        let length = phrase.chars().count();
        let known = meanings.iter().filter(|(_, known)| known.meets(asked));
        found.extend(known.map(|(topic, _)| FoundPhrase { topic: *topic, start, length }));
    });
    found
}

type Visit<'a> = dyn FnMut(usize, &str, &[(Topic, Languages)]) + 'a;

/// Looks up every run of whole words, and in scripts without blanks every run of letters.
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
    if let Some(meanings) = WORDS.phrases.get(phrase) {
        visit(place, phrase, meanings);
    }
}

/// The languages that texts of a table are most likely in: those with the most words among them; all where none says
/// more than the others.
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
            // A word of two letters is one in too many languages.
            if length > 2 || phrase.chars().any(is_spaceless) {
                Languages(known).each().for_each(|place| letters[place] += length);
            }
        });
    }
    for answer in answers {
        let key = compare_key(answer);
        let scales = WORDS.scales.iter().filter(|scale| scale.words.contains_key(&key));
        let known = scales.fold(0, |all, scale| all | scale.language.0);
        let meanings = WORDS.phrases.get(&key).into_iter().flatten();
        let known = meanings.fold(known, |all, (_, languages)| all | languages.0);
        Languages(known).each().for_each(|place| letters[place] += 2 * key.chars().count());
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
