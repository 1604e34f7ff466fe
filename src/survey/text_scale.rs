//! Scales told in words, and numbers that bear words.

use super::figure::{labelled_figure, read_figure};
use super::scale::is_no_answer_in;
use super::vocabulary::{Languages, WordScale, compare_key, word_scales};
use std::collections::{BTreeMap, BTreeSet};

/// Of a scale of which so many steps occur, some words may be other ones, in less than this share of the cells.
const TELLING: usize = 3;
const OTHERS: f64 = 0.2;
/// The same where something says that the column is rated.
const OTHERS_RATED: f64 = 0.5;
/// So many answers never leave out the middle of a scale by chance; of fewer than the first number, nobody asks.
const BY_CHANCE: std::ops::Range<u64> = 20..40;
/// The steps of scales, the most usual first, where the words seen do not tell.
const USUAL: [u8; 6] = [5, 7, 4, 3, 6, 2];

/// A column's words as numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct WordReading {
    /// The words, as folded in the column, with their steps; the lowest is 1.
    pub words: BTreeMap<String, f64>,
    /// The highest step.
    pub high: f64,
    /// How many steps another scale has that holds the same words, with the words' steps on it: the middle one never
    /// occurs, so that nobody knows whether there was one.
    pub other: Option<(f64, BTreeMap<String, f64>)>,
}

/// The words of a column on the scale that holds them. `joint` holds the answers of all columns of its battery, which
/// together show the scale; the words of this column are `values`. Where a scale holds most of them, the others stay without a
/// number, and a person is asked.
pub fn read_words(
    values: &BTreeMap<String, u64>,
    joint: &BTreeMap<String, u64>,
    languages: Languages,
) -> Option<WordReading> {
    let given = given_words(values, languages);
    // Columns that ask for the same in other words are no battery.
    on_whole_scale(&given, joint, languages)
        .or_else(|| on_whole_scale(&given, values, languages))
        .or_else(|| on_most_of_a_scale(&given, values, languages, OTHERS))
}

/// The words of a rated column on the scale that holds half of its cells or more. A person is asked about the others.
pub fn most_words(values: &BTreeMap<String, u64>, languages: Languages) -> Option<WordReading> {
    on_most_of_a_scale(&given_words(values, languages), values, languages, OTHERS_RATED)
}

/// The words on a scale that holds all of the battery's.
fn on_whole_scale(
    given: &BTreeMap<String, String>,
    joint: &BTreeMap<String, u64>,
    languages: Languages,
) -> Option<WordReading> {
    let all = given_words(joint, languages);
    if given.is_empty() || keys(&all).len() < 2 {
        return None;
    }
    let scales = || word_scales(languages).chain(word_scales(Languages::ALL));
    let scale = scales().filter(|scale| is_whole(scale, &all)).min_by_key(|scale| cost(scale, &all))?;
    let other = other_steps(scale, scales(), &all, joint)
        .map(|other| (f64::from(other.steps), steps_on(other, given)));
    Some(WordReading { words: steps_on(scale, given), high: f64::from(scale.steps), other })
}

/// The words on a scale that holds most of them, each step once: the word that occurs most often has it. The others, in less
/// than this share of the cells, stay without a number.
fn on_most_of_a_scale(
    given: &BTreeMap<String, String>,
    values: &BTreeMap<String, u64>,
    languages: Languages,
    others: f64,
) -> Option<WordReading> {
    let scales = word_scales(languages).chain(word_scales(Languages::ALL));
    let held = scales.map(|scale| (scale, frequent_steps(scale, given, values)));
    let most = held.filter(|(_, words)| holds_most(words, given, values, others));
    let (scale, words) =
        most.min_by_key(|(scale, words)| (std::cmp::Reverse(words.len()), cost(scale, given)))?;
    Some(WordReading { words, high: f64::from(scale.steps), other: None })
}

/// The words of each step of a scale in all their spellings; of several words on one step those that occur most often.
fn frequent_steps(
    scale: &WordScale,
    given: &BTreeMap<String, String>,
    values: &BTreeMap<String, u64>,
) -> BTreeMap<String, f64> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for (word, key) in given {
        *counts.entry(key).or_default() += values.get(word).copied().unwrap_or(0);
    }
    let mut best: BTreeMap<u8, (&str, u64)> = BTreeMap::new();
    for (key, count) in counts {
        let Some(step) = scale.step_of(key) else { continue };
        let known = best.entry(step).or_insert((key, count));
        if count > known.1 {
            *known = (key, count);
        }
    }
    let step_of = |key: &str| best.iter().find(|(_, (own, _))| *own == key).map(|(step, _)| f64::from(*step));
    given.iter().filter_map(|(word, key)| Some((word.clone(), step_of(key)?))).collect()
}

/// The words of a column that are answers, folded, with their keys.
fn given_words(values: &BTreeMap<String, u64>, languages: Languages) -> BTreeMap<String, String> {
    let words =
        values.keys().filter(|value| !is_no_answer_in(value, languages) && read_figure(value).is_none());
    words.map(|value| (value.clone(), compare_key(value))).collect()
}

fn steps_on(scale: &WordScale, words: &BTreeMap<String, String>) -> BTreeMap<String, f64> {
    words.iter().filter_map(|(word, key)| Some((word.clone(), f64::from(scale.step_of(key)?)))).collect()
}

/// The different keys of words: "Very good" and "VERY GOOD" are one.
fn keys(words: &BTreeMap<String, String>) -> BTreeSet<&str> {
    words.values().map(String::as_str).collect()
}

/// Whether a scale holds all words, each on a step of its own: "very good" and "excellent" are two steps of another one.
fn is_whole(scale: &WordScale, words: &BTreeMap<String, String>) -> bool {
    let keys = keys(words);
    let steps: Option<BTreeSet<u8>> = keys.iter().map(|key| scale.step_of(key)).collect();
    steps.is_some_and(|steps| steps.len() == keys.len())
}

/// How far a scale lies from the words: none of its steps unseen is best, then the most usual number of steps.
fn cost(scale: &WordScale, words: &BTreeMap<String, String>) -> (bool, usize, usize) {
    let steps: BTreeSet<u8> = keys(words).iter().filter_map(|key| scale.step_of(key)).collect();
    cost_of(scale, steps.len())
}

/// The same for a scale of which so many steps are seen.
fn cost_of(scale: &WordScale, seen: usize) -> (bool, usize, usize) {
    let unseen = usize::from(scale.steps).saturating_sub(seen);
    let usual = USUAL.iter().position(|own| *own == scale.steps).unwrap_or(USUAL.len());
    (unseen > 0, usual, unseen)
}

/// Whether words on a scale are at least three steps of it and most of the cells.
fn holds_most(
    words: &BTreeMap<String, f64>,
    given: &BTreeMap<String, String>,
    values: &BTreeMap<String, u64>,
    others: f64,
) -> bool {
    let cells = |word: &String| values.get(word).copied().unwrap_or(0);
    let all: u64 = given.keys().map(cells).sum();
    let held: u64 = words.keys().map(cells).sum();
    let steps: BTreeSet<u64> = words.values().map(|step| step.to_bits()).collect();
    steps.len() >= TELLING && ((all - held) as f64) < others * all as f64
}

/// Another scale of the same words with one step more or less, where the middle never occurs among many answers.
fn other_steps(
    scale: &WordScale,
    scales: impl Iterator<Item = &'static WordScale>,
    words: &BTreeMap<String, String>,
    joint: &BTreeMap<String, u64>,
) -> Option<&'static WordScale> {
    let answers: u64 = words.keys().filter_map(|word| joint.get(word)).sum();
    let even = scale.steps.is_multiple_of(2) && keys(words).len() == usize::from(scale.steps);
    let mut others = scales.filter(|other| other.kind == scale.kind && other.steps == scale.steps + 1);
    others.find(|other| is_whole(other, words)).filter(|_| even && BY_CHANCE.contains(&answers))
}

/// The steps of texts on the scale that most of them belong to, each step once, with the highest step of the scale.
pub fn steps_of_texts(texts: &[&str]) -> Option<(Vec<Option<f64>>, f64)> {
    let keys: Vec<String> = texts.iter().map(|text| compare_key(text)).collect();
    let known = |scale: &&WordScale| keys.iter().filter(|key| scale.step_of(key).is_some()).count();
    let seen =
        |scale: &WordScale| keys.iter().filter_map(|key| scale.step_of(key)).collect::<BTreeSet<u8>>().len();
    let scales: Vec<&WordScale> = word_scales(Languages::ALL).collect();
    let rank =
        |scale: &&&WordScale| (std::cmp::Reverse((seen(scale), known(scale))), cost_of(scale, seen(scale)));
    let best = scales.iter().min_by_key(rank)?;
    let steps = keys.iter().map(|key| best.step_of(key).map(f64::from)).collect();
    Some((steps, f64::from(best.steps)))
}

/// The cells of a column of numbers some of which bear words, such as `10 - Extremely likely`: the values in plain numbers,
/// and the cells with their numbers. `None` where it is something else.
pub fn labelled_values(
    values: &BTreeMap<String, u64>,
    languages: Languages,
) -> Option<(BTreeMap<String, u64>, BTreeMap<String, f64>)> {
    let (mut plain, mut words): (BTreeMap<String, u64>, BTreeMap<String, f64>) = Default::default();
    for (value, count) in values {
        let figure = if read_figure(value).is_some() || is_no_answer_in(value, languages) {
            value.clone()
        } else {
            let number = labelled_figure(value)?;
            words.insert(value.clone(), number);
            number.to_string()
        };
        *plain.entry(figure).or_default() += count;
    }
    (!words.is_empty()).then_some((plain, words))
}

/// Codes of answers such as `A1` to `A5`, which `LimeSurvey` writes: one letter and a number, the same letter in all cells. The
/// cells with their numbers.
pub fn coded_values(values: &BTreeMap<String, u64>, languages: Languages) -> Option<BTreeMap<String, f64>> {
    let mut letters = BTreeSet::new();
    let mut words = BTreeMap::new();
    for value in values.keys().filter(|value| !is_no_answer_in(value, languages)) {
        let mut signs = value.chars();
        letters.insert(signs.next().filter(char::is_ascii_alphabetic)?);
        let number = signs.as_str();
        let figures = (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        words.insert(value.clone(), number.parse::<f64>().ok().filter(|number| figures && *number <= 11.0)?);
    }
    let highest = words.values().copied().fold(0.0, f64::max);
    (letters.len() == 1 && words.len() >= 2 && highest >= 3.0).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(words: &[&str], count: u64) -> BTreeMap<String, u64> {
        words.iter().map(|word| ((*word).to_owned(), count)).collect()
    }

    fn read(words: &[&str]) -> Option<(Vec<Option<f64>>, f64)> {
        let given = values(words, 3);
        let found = read_words(&given, &given, Languages::ALL)?;
        Some((words.iter().map(|word| found.words.get(*word).copied()).collect(), found.high))
    }

    #[test]
    fn scales_in_words_are_read_in_many_languages() {
        let five = |steps: &[f64]| Some((steps.iter().map(|step| Some(*step)).collect::<Vec<_>>(), 5.0));
        assert_eq!(read(&["extremely likely", "unlikely"]), five(&[5.0, 2.0]));
        assert_eq!(read(&["very good", "poor", "fair"]), five(&[5.0, 2.0, 3.0]));
        assert_eq!(read(&["excellent", "poor", "average"]), five(&[5.0, 2.0, 3.0]));
        assert_eq!(
            read(&["excellent", "poor", "fair", "very good", "good"]),
            five(&[5.0, 1.0, 2.0, 4.0, 3.0])
        );
        assert_eq!(read(&["非常满意", "一般", "不满意"]), five(&[5.0, 3.0, 2.0]));
        assert_eq!(read(&["sehr zufrieden", "teils/teils", "eher unzufrieden"]), five(&[5.0, 3.0, 2.0]));
        assert_eq!(read(&["muy satisfecho", "insatisfecho"]), five(&[5.0, 2.0]));
        assert_eq!(read(&["eco", "business"]), None);
        // One word in six that no scale holds is asked about; one in three is another scale.
        let mut most = values(&["very good", "good", "poor", "fair", "very poor", "so-la-la"], 3);
        let found = read_words(&most, &most, Languages::ALL).unwrap();
        assert_eq!((found.words.len(), found.high), (5, 5.0));
        most.insert("so-la-la".to_owned(), 5);
        assert_eq!(read_words(&most, &most, Languages::ALL), None);
    }

    #[test]
    fn the_battery_shows_how_many_steps_there_are() {
        let own = values(&["agree", "strongly agree", "somewhat disagree"], 9);
        let joint =
            values(&["agree", "strongly agree", "somewhat disagree", "somewhat agree", "disagree"], 9);
        let alone = read_words(&own, &own, Languages::ALL).unwrap();
        let together = read_words(&own, &joint, Languages::ALL).unwrap();
        assert_eq!((alone.high, together.high), (5.0, 7.0));
        assert_eq!(together.words.get("agree"), Some(&6.0));
        let four = values(&["very satisfied", "satisfied", "dissatisfied", "very dissatisfied"], 9);
        let found = read_words(&four, &four, Languages::ALL).unwrap();
        assert_eq!((found.high, found.other.map(|(steps, _)| steps)), (4.0, Some(5.0)));
    }

    #[test]
    fn numbers_may_bear_words_and_codes_letters() {
        let labelled = |words: &[&str]| labelled_values(&values(words, 3), Languages::ALL);
        let (plain, words) = labelled(&["0 - not at all likely", "5", "10 - extremely likely"]).unwrap();
        assert_eq!(plain.keys().collect::<Vec<_>>(), ["0", "10", "5"]);
        assert_eq!(words.get("10 - extremely likely"), Some(&10.0));
        for other in [&["5", "4"][..], &["18-24", "25-34"], &["2 or more", "1"], &["3rd floor", "1"]] {
            assert_eq!(labelled(other), None, "{other:?}");
        }
        let codes = |words: &[&str]| coded_values(&values(words, 3), Languages::ALL).map(|words| words.len());
        assert_eq!(codes(&["a1", "a5", "a3"]), Some(3));
        assert_eq!(codes(&["a1", "b5"]), None);
        assert_eq!(codes(&["a1", "a2"]), None);
    }
}
