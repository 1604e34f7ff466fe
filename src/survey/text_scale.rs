//! Scales told in words, in both languages, and numbers that bear the words of their ends.

use super::cell::number;
use super::profile::ColumnProfile;
use super::scale::is_no_answer;
use std::collections::{BTreeMap, BTreeSet};

/// The steps of usual scales from worst to best, each with its spellings, folded.
const SCALES: &[&[&[&str]]] = &[
    &[
        &["extremely unlikely", "very unlikely", "not at all likely", "highly unlikely"],
        &["unlikely", "somewhat unlikely", "not likely", "not very likely"],
        &["neither likely nor unlikely", "neutral", "neither", "undecided", "possibly"],
        &["likely", "somewhat likely", "quite likely"],
        &["extremely likely", "very likely", "highly likely"],
    ],
    &[
        &["very dissatisfied", "extremely dissatisfied", "very unsatisfied", "not at all satisfied"],
        &["dissatisfied", "somewhat dissatisfied", "unsatisfied", "slightly dissatisfied"],
        &["neither satisfied nor dissatisfied", "neutral", "neither", "ok", "okay"],
        &["satisfied", "somewhat satisfied", "slightly satisfied"],
        &["very satisfied", "extremely satisfied", "completely satisfied"],
    ],
    &[
        &["strongly disagree", "completely disagree", "totally disagree"],
        &["disagree", "somewhat disagree", "tend to disagree"],
        &["neither agree nor disagree", "neutral", "neither", "undecided"],
        &["agree", "somewhat agree", "tend to agree"],
        &["strongly agree", "completely agree", "totally agree"],
    ],
    &[
        &["very difficult", "extremely difficult", "very hard"],
        &["difficult", "somewhat difficult", "hard"],
        &["neither easy nor difficult", "neutral", "neither", "ok"],
        &["easy", "somewhat easy", "fairly easy"],
        &["very easy", "extremely easy"],
    ],
    &[
        &["very poor", "very bad", "terrible", "extremely poor"],
        &["poor", "bad"],
        &["neither good nor poor", "fair", "average", "ok", "okay", "neutral", "neither good nor bad"],
        &["good"],
        &["very good", "excellent", "outstanding"],
    ],
    &[&["poor"], &["fair"], &["good"], &["very good"], &["excellent", "outstanding"]],
    &[
        &["非常不满意", "很不满意", "十分不满意"],
        &["不满意", "比较不满意", "不太满意"],
        &["一般", "中立", "普通", "说不清"],
        &["满意", "比较满意", "较满意"],
        &["非常满意", "很满意", "十分满意"],
    ],
    &[
        &["非常不同意", "完全不同意", "很不同意"],
        &["不同意", "比较不同意", "不太同意"],
        &["一般", "中立", "不确定"],
        &["同意", "比较同意"],
        &["非常同意", "完全同意", "很同意"],
    ],
    &[
        &["非常不可能", "完全不可能", "绝不可能", "很不可能"],
        &["不可能", "不太可能", "比较不可能"],
        &["一般", "中立", "不确定"],
        &["可能", "比较可能", "有可能"],
        &["非常可能", "极有可能", "很可能", "非常愿意"],
    ],
    &[
        &["非常困难", "很困难", "非常难"],
        &["困难", "比较困难"],
        &["一般", "中立"],
        &["容易", "比较容易"],
        &["非常容易", "很容易"],
    ],
    &[
        &["非常差", "很差", "极差"],
        &["差", "较差", "不好"],
        &["一般", "中等", "普通"],
        &["好", "较好", "良好"],
        &["非常好", "很好", "优秀"],
    ],
];

/// Of a scale of which so many steps occur, some words may be other ones, in less than this share of the cells.
const TELLING: usize = 3;
const OTHERS: f64 = 0.2;

/// The words of a column on the scale that holds them, with its highest step; the lowest is 1. Where a scale holds most of
/// them, the others stay without a number, and a person is asked.
pub(super) fn word_scale(column: &ColumnProfile) -> Option<(BTreeMap<String, f64>, f64)> {
    let given: Vec<(&String, &u64)> =
        column.values.iter().filter(|(value, _)| !is_no_answer(value)).collect();
    if column.many || given.len() < 2 {
        return None;
    }
    let cells: u64 = given.iter().map(|(_, count)| *count).sum();
    let step = |scale: &[&[&str]], value: &str| scale.iter().position(|step| step.contains(&value));
    let read = |scale: &[&[&str]], all: bool| -> Option<(BTreeMap<String, f64>, f64)> {
        let known = given.iter().filter_map(|(value, count)| Some((*value, step(scale, value)?, **count)));
        let known: Vec<(&String, usize, u64)> = known.collect();
        let others = cells - known.iter().map(|(.., count)| count).sum::<u64>();
        let most = known.len() >= TELLING && (others as f64) < OTHERS * cells as f64;
        if others > 0 && (all || !most) {
            return None;
        }
        let words = known.into_iter().map(|(value, step, _)| (value.clone(), step as f64 + 1.0));
        let words: BTreeMap<String, f64> = words.collect();
        // Two words of a column never mean the same: "very good" and "excellent" are two steps of another scale.
        let steps: BTreeSet<u64> = words.values().map(|step| step.to_bits()).collect();
        (steps.len() == words.len()).then_some((words, scale.len() as f64))
    };
    let find = |all| SCALES.iter().find_map(|scale| read(scale, all));
    find(true).or_else(|| find(false))
}

/// The steps of texts on the scale that most of them belong to, each step once, with the highest step of the scale.
pub(super) fn steps(texts: &[&str]) -> Option<(Vec<Option<f64>>, f64)> {
    let of = |scale: &&[&[&str]]| -> (Vec<Option<f64>>, f64) {
        let step =
            |text: &&str| scale.iter().position(|step| step.contains(text)).map(|step| step as f64 + 1.0);
        (texts.iter().map(step).collect(), scale.len() as f64)
    };
    // Of equals the first scale; `max_by_key` takes the last.
    SCALES.iter().rev().map(of).max_by_key(|(steps, _)| steps.iter().flatten().count())
}

/// A column of numbers some of which bear words, such as `10 - Extremely likely`: the same column in plain numbers, and
/// the cells with their numbers. `None` where it is something else.
pub(super) fn labelled(column: &ColumnProfile) -> Option<(ColumnProfile, BTreeMap<String, f64>)> {
    let mut words = BTreeMap::new();
    let mut plain =
        ColumnProfile { name: column.name.clone(), many: column.many, ..ColumnProfile::default() };
    for (value, count) in &column.values {
        let figure = if number(value).is_some() || is_no_answer(value) {
            value.clone()
        } else {
            let figure: String = value.chars().take_while(char::is_ascii_digit).collect();
            let label = value.get(figure.len()..)?.trim_start();
            let apart = label.starts_with(['-', '–', '—', ':', '=', '(', '.', '（', '：', '分', '星']);
            let told = label.chars().any(char::is_alphabetic);
            let number = number(&figure).filter(|_| apart && told && figure.len() <= 2)?;
            words.insert(value.clone(), number.get());
            figure
        };
        *plain.values.entry(figure).or_default() += count;
    }
    (!words.is_empty()).then_some((plain, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(values: &[&str]) -> ColumnProfile {
        let values = values.iter().map(|value| ((*value).to_owned(), 3)).collect();
        ColumnProfile { values, ..ColumnProfile::default() }
    }

    #[test]
    fn scales_in_words_are_read_in_both_languages() {
        let told = |values: &[&str]| {
            word_scale(&column(values))
                .map(|(words, high)| (values.iter().map(|v| words.get(*v).copied()).collect(), high))
        };
        let expected = |steps: &[f64]| Some((steps.iter().map(|step| Some(*step)).collect::<Vec<_>>(), 5.0));
        assert_eq!(told(&["extremely likely", "unlikely"]), expected(&[5.0, 2.0]));
        assert_eq!(told(&["very good", "poor", "fair"]), expected(&[5.0, 2.0, 3.0]));
        assert_eq!(told(&["excellent", "poor", "average"]), expected(&[5.0, 2.0, 3.0]));
        assert_eq!(
            told(&["excellent", "poor", "fair", "very good", "good"]),
            expected(&[5.0, 1.0, 2.0, 4.0, 3.0])
        );
        assert_eq!(told(&["非常满意", "一般", "不满意"]), expected(&[5.0, 3.0, 2.0]));
        assert_eq!(told(&["eco", "business"]), None);
        assert_eq!(told(&["good"]), None);
        let with_none = word_scale(&column(&["likely", "unlikely", "don't know"])).unwrap();
        assert!(!with_none.0.contains_key("don't know"));
        // One word in six that no scale holds is asked about; one in three is another scale.
        let mut most = column(&["very good", "good", "poor", "fair", "very poor", "so-so"]);
        let found = word_scale(&most).unwrap();
        assert_eq!((found.0.len(), found.1), (5, 5.0));
        most.values.insert("so-so".to_owned(), 5);
        assert_eq!(word_scale(&most), None);
    }

    #[test]
    fn numbers_may_bear_words() {
        let (plain, words) =
            labelled(&column(&["0 - not at all likely", "5", "10 - extremely likely"])).unwrap();
        assert_eq!(plain.values.keys().collect::<Vec<_>>(), ["0", "10", "5"]);
        assert_eq!(words.get("10 - extremely likely"), Some(&10.0));
        for other in [&["5", "4"][..], &["18-24", "25-34"], &["2 or more", "1"], &["3rd floor", "1"]] {
            assert_eq!(labelled(&column(other)), None, "{other:?}");
        }
    }
}
