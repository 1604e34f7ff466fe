//! Which scale a column of numbers is on, from the answers seen.

use super::cell::number;
use super::profile::ColumnProfile;
use crate::model::counts::Answer;
use std::collections::{BTreeMap, BTreeSet};

/// Texts that survey tools write where there is no answer, folded.
const NO_ANSWER: &[&str] = &[
    "-",
    "--",
    "#n/a",
    "dk",
    "don't know",
    "don’t know",
    "keine angabe",
    "n.a.",
    "n/a",
    "na",
    "nan",
    "no answer",
    "no opinion",
    "none",
    "not applicable",
    "null",
    "prefer not to say",
    "refused",
    "不知道",
    "不适用",
    "无",
    "未回答",
    "未填写",
];
/// Numbers that survey tools write where there is no answer; never taken for one inside the scale.
const NO_ANSWER_NUMBERS: &[f64] =
    &[-1.0, -8.0, -9.0, -99.0, 77.0, 88.0, 96.0, 97.0, 98.0, 99.0, 997.0, 998.0, 999.0, 9999.0];
/// Share of cells that may be off the scale before the column is no scale at all.
const NOISE: f64 = 0.05;
/// The usual scales, narrowest first.
const USUAL: &[(f64, f64)] = &[(0.0, 1.0), (1.0, 5.0), (0.0, 5.0), (1.0, 7.0), (1.0, 10.0), (0.0, 10.0)];
/// Words of yes-or-no outcomes that mean yes, folded.
const YES: &[&str] = &["satisfied", "yes", "y", "true", "happy", "满意", "是"];

/// A scale as guessed.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// The lowest answer.
    pub low: f64,
    /// The highest answer.
    pub high: f64,
    /// The texts and numbers seen that mean no answer.
    pub missing: BTreeSet<String>,
    /// Whether 0 was seen on what would otherwise be a scale from 1: it may be an answer or none.
    pub zero_unclear: bool,
    /// Cells that fit neither.
    pub off: u64,
}

/// Whether a folded text is one of those that stand for no answer.
pub fn is_no_answer(text: &str) -> bool {
    NO_ANSWER.contains(&text)
}

/// The scale of a column of numbers; `None` where it holds something else. `wide` asks for 0–10 where 1–10 would
/// do, as questions about recommending are asked.
pub fn guess(column: &ColumnProfile, wide: bool) -> Option<Scale> {
    let mut missing: BTreeSet<String> =
        column.values.keys().filter(|value| is_no_answer(value)).cloned().collect();
    let (mut core, mut codes) = (BTreeMap::new(), BTreeSet::new());
    let (mut answers, mut off) = (0, 0);
    for (value, count) in &column.values {
        match number(value).map(Answer::get) {
            Some(number) if (0.0..=10.0).contains(&number) => {
                core.insert(value, number);
                answers += count;
            }
            Some(number) if NO_ANSWER_NUMBERS.contains(&number) => {
                codes.insert(value.clone());
            }
            None if is_no_answer(value) => {}
            _ => off += count,
        }
    }
    let few = core.len() <= 21 && !column.many;
    if answers == 0 || !few || off as f64 > NOISE * (answers + off) as f64 {
        return None;
    }
    missing.extend(codes);
    let lowest = core.values().copied().fold(f64::INFINITY, f64::min);
    let highest = core.values().copied().fold(f64::NEG_INFINITY, f64::max);
    let fits = |scale: &&(f64, f64)| scale.0 <= lowest && highest <= scale.1;
    let (low, high) = if wide { (0.0, 10.0) } else { *USUAL.iter().find(fits)? };
    // A scale from 1 on which 0 was seen too: the 0 may be "not applicable".
    let zero_unclear = !wide && lowest <= 0.0 && (2.0..=7.0).contains(&highest);
    Some(Scale { low, high, missing, zero_unclear, off })
}

/// The numbers of a yes-or-no outcome told in words, such as "satisfied" and "neutral or dissatisfied".
pub fn outcome_words(column: &ColumnProfile) -> Option<BTreeMap<String, f64>> {
    let words: Vec<&String> = column.values.keys().filter(|value| !is_no_answer(value)).collect();
    let [a, b] = words.as_slice() else { return None };
    let yes = |word: &str| YES.contains(&word);
    match (column.many, yes(a), yes(b)) {
        (false, true, false) => Some([((*a).clone(), 1.0), ((*b).clone(), 0.0)].into()),
        (false, false, true) => Some([((*a).clone(), 0.0), ((*b).clone(), 1.0)].into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(values: &[(&str, u64)]) -> ColumnProfile {
        let values = values.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect();
        ColumnProfile { values, ..ColumnProfile::default() }
    }

    #[test]
    fn seen_answers_are_widened_to_the_usual_scale() {
        for (values, wide, expected) in [
            (&["2", "4"][..], false, Some((1.0, 5.0, false))),
            (&["0", "2", "5"], false, Some((0.0, 5.0, true))),
            (&["1", "6"], false, Some((1.0, 7.0, false))),
            (&["1", "9"], false, Some((1.0, 10.0, false))),
            (&["7", "9"], true, Some((0.0, 10.0, false))),
            (&["0", "9", "99"], false, Some((0.0, 10.0, false))),
            (&["0", "1"], false, Some((0.0, 1.0, false))),
            (&["160", "4", "2863"], false, None),
            (&["red", "4"], false, None),
            (&[], false, None),
        ] {
            let seen: Vec<_> = values.iter().map(|value| (*value, 10)).collect();
            let found = guess(&column(&seen), wide).map(|scale| (scale.low, scale.high, scale.zero_unclear));
            assert_eq!(found, expected, "{values:?}");
        }
    }

    #[test]
    fn codes_for_no_answer_are_named() {
        let scale = guess(&column(&[("1", 9), ("5", 4), ("n/a", 3), ("99", 2)]), false).unwrap();
        assert_eq!(scale.missing, ["99", "n/a"].map(str::to_owned).into());
        assert_eq!((scale.low, scale.high), (1.0, 5.0));
    }

    #[test]
    fn outcomes_in_words_become_numbers() {
        let words = outcome_words(&column(&[("satisfied", 4), ("neutral or dissatisfied", 6)])).unwrap();
        assert_eq!(words.get("satisfied"), Some(&1.0));
        assert_eq!(words.get("neutral or dissatisfied"), Some(&0.0));
        assert_eq!(outcome_words(&column(&[("red", 4), ("blue", 6)])), None);
    }
}
