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
    "blank",
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
    "not sure",
    "unsure",
    "no response",
    "can't say",
    "不知道",
    "不清楚",
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
/// Different cells that may be off the scale before the column is no scale at all: typing errors are few.
const STRAY: usize = 3;
/// Fewer answers than this say nothing about ends of a scale that were never chosen.
const TELLING: u64 = 30;
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
    /// A code just past the end of the scale, such as 6 for "never used": it may be an answer or none.
    pub past: Option<u8>,
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
    let (mut core, mut codes): (BTreeMap<Answer, u64>, _) = (BTreeMap::new(), BTreeSet::new());
    let (mut off, mut stray, mut words) = (0, 0, 0);
    for (value, count) in &column.values {
        match number(value) {
            Some(number) if (0.0..=11.0).contains(&number.get()) => {
                *core.entry(number).or_default() += count;
            }
            Some(number) if NO_ANSWER_NUMBERS.contains(&number.get()) => {
                codes.insert(value.clone());
            }
            None if is_no_answer(value) => {}
            _ => {
                off += count;
                stray += 1;
                words += usize::from(number(value).is_none());
            }
        }
    }
    let past = past_the_end(&core, wide).filter(|_| stray == words);
    core.retain(|number, _| past.is_none_or(|code| number.get() < f64::from(code)));
    off += core.split_off(&Answer::new(10.5)?).values().sum::<u64>();
    let answers: u64 = core.values().sum();
    let few = core.len() <= 21 && stray <= STRAY && !column.many;
    if answers == 0 || !few || off as f64 > NOISE * (answers + off) as f64 {
        return None;
    }
    missing.extend(codes);
    let (lowest, highest) = (core.first_key_value()?.0.get(), core.last_key_value()?.0.get());
    let fits = |scale: &&(f64, f64)| scale.0 <= lowest && highest <= scale.1;
    let (low, high) = if wide { (0.0, 10.0) } else { *USUAL.iter().find(fits)? };
    // A scale from 1 on which 0 was seen too: the 0 may be "not applicable".
    let zero_unclear = !wide && lowest <= 0.0 && (2.0..=7.0).contains(&highest);
    Some(Scale { low, high, missing, zero_unclear, past, off })
}

/// The highest number where it looks like a code: 11 after 10, 6 after 5 where nobody ever chose 7, or 8 where it is
/// chosen more often than 7.
fn past_the_end(core: &BTreeMap<Answer, u64>, wide: bool) -> Option<u8> {
    let (highest, count) = core.last_key_value()?;
    let before = core.iter().rev().nth(1).map_or((0.0, 0), |(number, count)| (number.get(), *count));
    let whole = |wanted: f64| (highest.get() - wanted).abs() < f64::EPSILON && before.0 >= wanted - 1.0;
    let answers: u64 = core.values().sum();
    if whole(11.0) && *count > 1 {
        Some(11)
    } else if !wide && whole(6.0) && answers >= TELLING {
        Some(6)
    } else if !wide && whole(8.0) && answers >= TELLING && *count > before.1 {
        Some(8)
    } else {
        None
    }
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

    #[test]
    fn seen_answers_are_widened_to_the_usual_scale() {
        for (values, wide, expected) in &[
            (&["2", "4"][..], false, Some((1.0, 5.0, false))),
            (&["0", "2", "5"], false, Some((0.0, 5.0, true))),
            (&["1", "7"], false, Some((1.0, 7.0, false))),
            (&["1", "9"], false, Some((1.0, 10.0, false))),
            (&["7", "9"], true, Some((0.0, 10.0, false))),
            (&["0", "9", "99"], false, Some((0.0, 10.0, false))),
            (&["0", "1"], false, Some((0.0, 1.0, false))),
            (&["160", "4", "2863"], false, None),
            (&["red", "4"], false, None),
            (&[], false, None),
        ] {
            let seen: Vec<_> = values.iter().map(|value| (*value, 10)).collect();
            let found = guess(&ColumnProfile::of(&seen), *wide)
                .map(|scale| (scale.low, scale.high, scale.zero_unclear));
            assert_eq!(found, *expected, "{values:?}");
        }
    }

    #[test]
    fn codes_for_no_answer_are_named() {
        let scale = guess(&ColumnProfile::of(&[("1", 9), ("5", 4), ("n/a", 3), ("99", 2)]), false).unwrap();
        assert_eq!(scale.missing, ["99", "n/a"].map(str::to_owned).into());
        assert_eq!((scale.low, scale.high), (1.0, 5.0));
    }

    #[test]
    fn codes_past_the_end_of_a_scale_are_told() {
        let past = |values: &[(&str, u64)], wide| {
            let scale = guess(&ColumnProfile::of(values), wide).unwrap();
            (scale.low, scale.high, scale.past)
        };
        let used = [("0", 9), ("1", 3), ("3", 40), ("4", 80), ("5", 60), ("6", 200)];
        assert_eq!(past(&used, false), (0.0, 5.0, Some(6)));
        assert_eq!(past(&[("1", 4), ("5", 4), ("6", 4)], false), (1.0, 7.0, None));
        assert_eq!(past(&[("4", 40), ("6", 40), ("7", 40)], false), (1.0, 7.0, None));
        assert_eq!(past(&[("6", 40), ("9", 40), ("10", 70), ("11", 3)], true), (0.0, 10.0, Some(11)));
        assert_eq!(past(&[("6", 40), ("7", 40), ("8", 70)], false), (1.0, 7.0, Some(8)));
    }

    #[test]
    fn outcomes_in_words_become_numbers() {
        let words =
            outcome_words(&ColumnProfile::of(&[("satisfied", 4), ("neutral or dissatisfied", 6)])).unwrap();
        assert_eq!(words.get("satisfied"), Some(&1.0));
        assert_eq!(words.get("neutral or dissatisfied"), Some(&0.0));
        assert_eq!(outcome_words(&ColumnProfile::of(&[("red", 4), ("blue", 6)])), None);
    }
}
