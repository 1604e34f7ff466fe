//! Columns of two values, such as yes and no, and outcomes of which only the better word is known.

use super::figure::read_figure;
use super::scale::{is_no_answer, is_no_answer_in};
use super::vocabulary::{Languages, Topic, compare_key, is_topic_key};
use std::collections::{BTreeMap, BTreeSet};

/// Reads a column of yes and no, each in all its spellings; `None` if it holds something else.
pub fn read_two_values(
    values: &BTreeMap<String, u64>,
    many: bool,
    languages: Languages,
) -> Option<BTreeMap<String, f64>> {
    let given: Vec<&String> = values.keys().filter(|value| !is_no_answer_in(value, languages)).collect();
    if many || given.len() < 2 || given.len() > 12 {
        return None;
    }
    let figure =
        |value: &String| read_figure(value).is_some_and(|figure| figure.value != 0.0 && figure.value != 1.0);
    if given.iter().any(|value| figure(value)) {
        return None;
    }
    let keys: Vec<String> = given.iter().map(|value| bare_key(value)).collect();
    let read = |yes: &dyn Fn(&str) -> bool, no: &dyn Fn(&str) -> bool| {
        let number = |key: &String| {
            if yes(key) {
                Some(1.0)
            } else if no(key) {
                Some(0.0)
            } else {
                None
            }
        };
        let numbers: Option<Vec<f64>> = keys.iter().map(number).collect();
        let numbers = numbers.filter(|numbers| numbers.contains(&1.0) && numbers.contains(&0.0))?;
        Some(given.iter().map(|value| (*value).clone()).zip(numbers).collect())
    };
    let is = |key: &str, topic| is_topic_key(key, topic, languages);
    read(&|key| key == "1" || is(key, Topic::Yes), &|key| key == "0" || is(key, Topic::No)).or_else(|| {
        let roots: BTreeSet<&String> = keys.iter().collect();
        let plain = roots.len() == 2 && roots.iter().all(|root| read_figure(root).is_none());
        plain.then(|| read(&|key| is(key, Topic::Good), &|key| is(key, Topic::Bad))).flatten()
    })
}

/// Returns the key of a value without the suffix that Zendesk adds if the rating has a comment.
fn bare_key(value: &str) -> String {
    let key = compare_key(value);
    let cut = [" with comment", " with comments", " mit kommentar", " avec commentaire", " con comentario"];
    cut.iter().find_map(|end| key.strip_suffix(end)).map_or(key.clone(), str::to_owned)
}

/// Reads a yes-or-no outcome of which only the better word is known: "satisfied", "neutral or dissatisfied".
pub fn read_outcome_words(values: &BTreeMap<String, u64>, many: bool) -> Option<BTreeMap<String, f64>> {
    let words: Vec<&String> = values.keys().filter(|value| !is_no_answer(value)).collect();
    let [a, b] = words.as_slice() else { return None };
    let yes = |word: &str| YES.contains(&word);
    match (many, yes(a), yes(b)) {
        (false, true, false) => Some([((*a).clone(), 1.0), ((*b).clone(), 0.0)].into()),
        (false, false, true) => Some([((*a).clone(), 0.0), ((*b).clone(), 1.0)].into()),
        _ => None,
    }
}

/// Words that mean yes in such outcomes, folded.
const YES: &[&str] = &["satisfied", "yes", "y", "true", "happy", "满意", "是"];
