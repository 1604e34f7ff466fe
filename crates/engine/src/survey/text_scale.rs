//! Scales in words, and numbers with labels.

use super::figure::{read_figure, read_labelled_figure};
use super::scale::is_no_answer_in;
use super::vocabulary::{Languages, WordScale, compare_key, word_scales};
use std::collections::{BTreeMap, BTreeSet};

/// The fewest steps that must occur for a scale to be recognised by most of its words, and the share of cells
/// below which the other words must stay.
const TELLING: usize = 3;
const OTHERS: f64 = 0.2;
/// The same share for a column that is marked as rated.
const OTHERS_RATED: f64 = 0.5;
/// The number of answers at which an unused middle step is asked about: with fewer it is ignored, with more
/// it is no chance.
const BY_CHANCE: std::ops::Range<u64> = 20..40;
/// The numbers of steps, the most usual first, for words that fit several scales.
const USUAL: [u8; 6] = [5, 7, 4, 3, 6, 2];

/// The words of a column, read as numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct WordReading {
    /// The words, folded as in the column, with their steps; the lowest step is 1.
    pub words: BTreeMap<String, f64>,
    /// The highest step.
    pub high: f64,
    /// Another scale with the same words and one more step, the middle one, which never occurs: its number of
    /// steps, and the words' steps on it.
    pub other: Option<(f64, BTreeMap<String, f64>)>,
}

/// Reads the words of a column (`values`) on the scale that contains them. `joint` holds the answers of all
/// columns of its battery, which together identify the scale. If a scale contains only most of them, the
/// others stay without a number and a person is asked.
pub fn read_words(
    values: &BTreeMap<String, u64>,
    joint: &BTreeMap<String, u64>,
    languages: Languages,
) -> Option<WordReading> {
    let given = given_words(values, languages);
    // Columns of one kind that use different words are no battery, so the column's own words are tried next.
    on_whole_scale(&given, joint, languages)
        .or_else(|| on_whole_scale(&given, values, languages))
        .or_else(|| on_most_of_a_scale(&given, values, languages, OTHERS))
}

/// Reads the words of a rated column on a scale that covers half of its cells or more. A person is asked
/// about the others.
pub fn read_most_words(values: &BTreeMap<String, u64>, languages: Languages) -> Option<WordReading> {
    on_most_of_a_scale(&given_words(values, languages), values, languages, OTHERS_RATED)
}

/// Reads the words on a scale that contains all words of the battery.
fn on_whole_scale(
    given: &BTreeMap<String, String>,
    joint: &BTreeMap<String, u64>,
    languages: Languages,
) -> Option<WordReading> {
    let all = given_words(joint, languages);
    if given.is_empty() || distinct_keys(&all).len() < 2 {
        return None;
    }
    let scales = || word_scales(languages).chain(word_scales(Languages::ALL));
    let scale = scales().filter(|scale| is_whole(scale, &all)).min_by_key(|scale| fit_cost(scale, &all))?;
    let other = other_steps(scale, scales(), &all, joint)
        .map(|other| (f64::from(other.steps), steps_on(other, given)));
    Some(WordReading { words: steps_on(scale, given), high: f64::from(scale.steps), other })
}

/// Reads the words on a scale that contains most of them. Each step belongs to its most frequent word; the
/// others, in less than the share `others` of the cells, stay without a number.
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
        most.min_by_key(|(scale, words)| (std::cmp::Reverse(words.len()), fit_cost(scale, given)))?;
    Some(WordReading { words, high: f64::from(scale.steps), other: None })
}

/// Returns the words on a scale with their steps; of several words on one step only the most frequent.
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

/// Returns the words of a column that are answers, folded, with their keys.
fn given_words(values: &BTreeMap<String, u64>, languages: Languages) -> BTreeMap<String, String> {
    let words =
        values.keys().filter(|value| !is_no_answer_in(value, languages) && read_figure(value).is_none());
    words.map(|value| (value.clone(), compare_key(value))).collect()
}

fn steps_on(scale: &WordScale, words: &BTreeMap<String, String>) -> BTreeMap<String, f64> {
    words.iter().filter_map(|(word, key)| Some((word.clone(), f64::from(scale.step_of(key)?)))).collect()
}

/// Returns the different keys of words: "Very good" and "VERY GOOD" have the same.
fn distinct_keys(words: &BTreeMap<String, String>) -> BTreeSet<&str> {
    words.values().map(String::as_str).collect()
}

/// True if a scale contains all words, each on a different step: "very good" and "excellent" are two steps of
/// some scales.
fn is_whole(scale: &WordScale, words: &BTreeMap<String, String>) -> bool {
    let keys = distinct_keys(words);
    let steps: Option<BTreeSet<u8>> = keys.iter().map(|key| scale.step_of(key)).collect();
    steps.is_some_and(|steps| steps.len() == keys.len())
}

/// Ranks the fit of a scale: complete ones first, then the most usual number of steps.
fn fit_cost(scale: &WordScale, words: &BTreeMap<String, String>) -> (bool, usize, usize) {
    let steps: BTreeSet<u8> = distinct_keys(words).iter().filter_map(|key| scale.step_of(key)).collect();
    fit_cost_of_steps(scale, steps.len())
}

/// Ranks a scale of which `seen` steps occur.
fn fit_cost_of_steps(scale: &WordScale, seen: usize) -> (bool, usize, usize) {
    let unseen = usize::from(scale.steps).saturating_sub(seen);
    let usual = USUAL.iter().position(|own| *own == scale.steps).unwrap_or(USUAL.len());
    (unseen > 0, usual, unseen)
}

/// True if the words on a scale cover at least three steps and most of the cells.
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

/// Finds the scale of the same words with one more step, if the answers are in the range where an unused
/// middle is asked about.
fn other_steps(
    scale: &WordScale,
    scales: impl Iterator<Item = &'static WordScale>,
    words: &BTreeMap<String, String>,
    joint: &BTreeMap<String, u64>,
) -> Option<&'static WordScale> {
    let answers: u64 = words.keys().filter_map(|word| joint.get(word)).sum();
    let even = scale.steps.is_multiple_of(2) && distinct_keys(words).len() == usize::from(scale.steps);
    if !even || !BY_CHANCE.contains(&answers) {
        return None;
    }
    let mut others = scales.filter(|other| other.kind == scale.kind && other.steps == scale.steps + 1);
    others.find(|other| is_whole(other, words))
}

/// Returns the steps of texts on the scale that most of them belong to, with the highest step of the scale.
pub fn steps_of_texts(texts: &[&str]) -> Option<(Vec<Option<f64>>, f64)> {
    let keys: Vec<String> = texts.iter().map(|text| compare_key(text)).collect();
    let known = |scale: &&WordScale| keys.iter().filter(|key| scale.step_of(key).is_some()).count();
    let seen =
        |scale: &WordScale| keys.iter().filter_map(|key| scale.step_of(key)).collect::<BTreeSet<u8>>().len();
    let scales: Vec<&WordScale> = word_scales(Languages::ALL).collect();
    let rank = |scale: &&&WordScale| {
        (std::cmp::Reverse((seen(scale), known(scale))), fit_cost_of_steps(scale, seen(scale)))
    };
    let best = scales.iter().min_by_key(rank)?;
    let steps = keys.iter().map(|key| best.step_of(key).map(f64::from)).collect();
    Some((steps, f64::from(best.steps)))
}

/// Reads a column of numbers some of which have labels, such as `10 - Extremely likely`: the values as plain
/// numbers, and the labelled cells with their numbers. `None` if it holds something else.
pub fn read_labelled_values(
    values: &BTreeMap<String, u64>,
    languages: Languages,
) -> Option<(BTreeMap<String, u64>, BTreeMap<String, f64>)> {
    let (mut plain, mut words): (BTreeMap<String, u64>, BTreeMap<String, f64>) = Default::default();
    for (value, count) in values {
        let figure = if read_figure(value).is_some() || is_no_answer_in(value, languages) {
            value.clone()
        } else {
            let number = read_labelled_figure(value)?;
            words.insert(value.clone(), number);
            number.to_string()
        };
        *plain.entry(figure).or_default() += count;
    }
    (!words.is_empty()).then_some((plain, words))
}

/// Reads codes of answers such as `A1` to `A5`, which `LimeSurvey` writes: one letter, the same in all cells,
/// and a number.
pub fn read_coded_values(
    values: &BTreeMap<String, u64>,
    languages: Languages,
) -> Option<BTreeMap<String, f64>> {
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

    fn value_counts(words: &[&str], count: u64) -> BTreeMap<String, u64> {
        words.iter().map(|word| ((*word).to_owned(), count)).collect()
    }

    fn read_all(words: &[&str]) -> Option<(Vec<Option<f64>>, f64)> {
        let given = value_counts(words, 3);
        let found = read_words(&given, &given, Languages::ALL)?;
        Some((words.iter().map(|word| found.words.get(*word).copied()).collect(), found.high))
    }

    #[test]
    fn scales_in_words_are_read_in_many_languages() {
        let five = |steps: &[f64]| Some((steps.iter().map(|step| Some(*step)).collect::<Vec<_>>(), 5.0));
        assert_eq!(read_all(&["extremely likely", "unlikely"]), five(&[5.0, 2.0]));
        assert_eq!(read_all(&["very good", "poor", "fair"]), five(&[5.0, 2.0, 3.0]));
        assert_eq!(read_all(&["excellent", "poor", "average"]), five(&[5.0, 2.0, 3.0]));
        assert_eq!(
            read_all(&["excellent", "poor", "fair", "very good", "good"]),
            five(&[5.0, 1.0, 2.0, 4.0, 3.0])
        );
        assert_eq!(read_all(&["非常满意", "一般", "不满意"]), five(&[5.0, 3.0, 2.0]));
        assert_eq!(read_all(&["sehr zufrieden", "teils/teils", "eher unzufrieden"]), five(&[5.0, 3.0, 2.0]));
        assert_eq!(read_all(&["muy satisfecho", "insatisfecho"]), five(&[5.0, 2.0]));
        assert_eq!(read_all(&["eco", "business"]), None);
        // One unknown word in six is asked about; one in three rules the scale out.
        let mut most = value_counts(&["very good", "good", "poor", "fair", "very poor", "so-la-la"], 3);
        let found = read_words(&most, &most, Languages::ALL).unwrap();
        assert_eq!((found.words.len(), found.high), (5, 5.0));
        most.insert("so-la-la".to_owned(), 5);
        assert_eq!(read_words(&most, &most, Languages::ALL), None);
    }

    #[test]
    fn the_battery_shows_how_many_steps_there_are() {
        let own = value_counts(&["agree", "strongly agree", "somewhat disagree"], 9);
        let joint =
            value_counts(&["agree", "strongly agree", "somewhat disagree", "somewhat agree", "disagree"], 9);
        let alone = read_words(&own, &own, Languages::ALL).unwrap();
        let together = read_words(&own, &joint, Languages::ALL).unwrap();
        assert_eq!((alone.high, together.high), (5.0, 7.0));
        assert_eq!(together.words.get("agree"), Some(&6.0));
        let four = value_counts(&["very satisfied", "satisfied", "dissatisfied", "very dissatisfied"], 9);
        let found = read_words(&four, &four, Languages::ALL).unwrap();
        assert_eq!((found.high, found.other.map(|(steps, _)| steps)), (4.0, Some(5.0)));
    }

    #[test]
    fn numbers_may_bear_words_and_codes_letters() {
        let labelled = |words: &[&str]| read_labelled_values(&value_counts(words, 3), Languages::ALL);
        let (plain, words) = labelled(&["0 - not at all likely", "5", "10 - extremely likely"]).unwrap();
        assert_eq!(plain.keys().collect::<Vec<_>>(), ["0", "10", "5"]);
        assert_eq!(words.get("10 - extremely likely"), Some(&10.0));
        for other in [&["5", "4"][..], &["18-24", "25-34"], &["2 or more", "1"], &["3rd floor", "1"]] {
            assert_eq!(labelled(other), None, "{other:?}");
        }
        let codes = |words: &[&str]| {
            read_coded_values(&value_counts(words, 3), Languages::ALL).map(|words| words.len())
        };
        assert_eq!(codes(&["a1", "a5", "a3"]), Some(3));
        assert_eq!(codes(&["a1", "b5"]), None);
        assert_eq!(codes(&["a1", "a2"]), None);
    }
}
