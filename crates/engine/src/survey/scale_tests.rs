//! Scales are taken from their declarations first, and only then from the answers.

use super::*;
use crate::survey::outcome::{read_outcome_words, read_two_values};

fn value_counts(values: &[(&str, u64)]) -> BTreeMap<String, u64> {
    values.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect()
}

fn guess_from(given: &[(&str, u64)], hint: ScaleHint) -> Option<GuessedScale> {
    guess_scale(&value_counts(given), false, &hint)
}

fn recommend_hint() -> ScaleHint {
    ScaleHint { recommend: true, rated: true, ..ScaleHint::default() }
}

#[test]
fn seen_answers_are_widened_to_the_usual_scale() {
    let plain = ScaleHint::default();
    for (given, hint, expected) in [
        (&["2", "4"][..], plain, Some((1.0, 5.0, false))),
        (&["0", "2", "5"], plain, Some((0.0, 5.0, true))),
        (&["1", "7"], plain, Some((1.0, 7.0, false))),
        (&["1", "9"], plain, Some((1.0, 10.0, false))),
        (&["7", "9"], recommend_hint(), Some((0.0, 10.0, false))),
        (&["0", "9", "99"], plain, Some((0.0, 10.0, false))),
        (&["0", "1"], plain, Some((0.0, 1.0, false))),
        (&["-2", "-1", "0", "1"], plain, Some((-2.0, 2.0, false))),
        (&["4,5", "3", "1"], plain, Some((1.0, 5.0, false))),
        (&["80%", "70 %", "5%"], plain, Some((0.0, 100.0, false))),
        (&["4/5", "2/5"], plain, Some((1.0, 5.0, false))),
        (&["★★★☆☆", "★★★★★"], plain, None),
        (&["★★★☆☆", "★☆☆☆☆"], plain, Some((1.0, 5.0, false))),
        (&["160", "4", "2863"], plain, None),
        (&["red", "4"], plain, None),
        (&[], plain, None),
    ] {
        let seen: Vec<_> = given.iter().map(|value| (*value, 10)).collect();
        let found = guess_from(&seen, hint).map(|scale| (scale.low, scale.high, scale.zero_unclear));
        if expected.is_some() {
            assert_eq!(found, expected, "{given:?}");
        }
    }
}

#[test]
fn recommending_is_asked_on_eleven_points_only_where_the_answers_say_so() {
    assert_eq!(
        guess_from(&[("1", 82), ("0", 18)], recommend_hint()).map(|scale| (scale.low, scale.high)),
        Some((0.0, 1.0))
    );
    assert_eq!(
        guess_from(&[("1", 9), ("3", 9), ("5", 9)], recommend_hint()).map(|scale| scale.high),
        Some(5.0)
    );
    assert_eq!(
        guess_from(&[("3", 1), ("9", 1)], recommend_hint()).map(|scale| (scale.low, scale.high)),
        Some((0.0, 10.0))
    );
}

#[test]
fn a_declared_scale_goes_before_the_answers_where_they_are_on_it() {
    let declared = |low, high| ScaleHint {
        declared: Some(DeclaredScale { low: Some(low), high }),
        ..ScaleHint::default()
    };
    let found = guess_from(&[("1", 9), ("3", 4)], declared(1.0, 4.0)).unwrap();
    assert_eq!((found.low, found.high, found.source), (1.0, 4.0, ScaleSource::Header));
    let found = guess_from(&[("1", 9), ("7", 4)], declared(1.0, 4.0)).unwrap();
    assert_eq!((found.high, found.past, found.source), (4.0, Some(7), ScaleSource::Header));
    let found = guess_from(&[("1", 9), ("6", 2), ("7", 4)], declared(1.0, 4.0)).unwrap();
    assert_eq!((found.high, found.source, found.declared), (7.0, ScaleSource::Answers, Some((1.0, 4.0))));
    let short = [("1", 9), ("2", 9), ("3", 9), ("4", 9), ("5", 9), ("6", 9), ("7", 9), ("8", 9)];
    let found = guess_from(&short, declared(1.0, 5.0)).unwrap();
    assert_eq!((found.low, found.high, found.past, found.declared), (1.0, 10.0, None, Some((1.0, 5.0))));
    let zeros = guess_from(&[("1", 9), ("4", 9), ("0", 4)], declared(1.0, 5.0)).unwrap();
    assert!(zeros.zero_unclear && zeros.low == 1.0);
}

#[test]
fn codes_for_no_answer_are_named() {
    let scale = guess_from(&[("1", 9), ("5", 4), ("n/a", 3), ("99", 2)], ScaleHint::default()).unwrap();
    assert_eq!(scale.missing, ["99", "n/a"].map(str::to_owned).into());
    assert_eq!((scale.low, scale.high), (1.0, 5.0));
    let odd = guess_from(&[("1", 9), ("5", 4), ("-2", 2)], ScaleHint::default()).unwrap();
    assert_eq!((odd.low, odd.high, odd.past), (1.0, 5.0, Some(-2)));
}

#[test]
fn codes_past_the_end_of_a_scale_are_told() {
    let past = |given: &[(&str, u64)], hint| {
        let scale = guess_from(given, hint).unwrap();
        (scale.low, scale.high, scale.past)
    };
    let plain = ScaleHint::default();
    let used = [("0", 9), ("1", 3), ("3", 40), ("4", 80), ("5", 60), ("6", 200)];
    assert_eq!(past(&used, plain), (0.0, 5.0, Some(6)));
    assert_eq!(past(&[("1", 4), ("5", 4), ("6", 4)], plain), (1.0, 7.0, None));
    assert_eq!(past(&[("4", 40), ("6", 40), ("7", 40)], plain), (1.0, 7.0, None));
    assert_eq!(past(&[("6", 40), ("9", 40), ("10", 70), ("11", 3)], recommend_hint()), (0.0, 10.0, Some(11)));
    assert_eq!(past(&[("6", 40), ("7", 40), ("8", 70)], plain), (1.0, 7.0, Some(8)));
}

#[test]
fn yes_and_no_are_two_values_in_many_words() {
    let two = |given: &[(&str, u64)]| read_two_values(&value_counts(given), false, Languages::ALL);
    for (yes, no) in [
        ("yes", "no"),
        ("ja", "nein"),
        ("1", "0"),
        ("true", "false"),
        ("是", "否"),
        ("👍", "👎"),
        ("good", "bad"),
    ] {
        let found = two(&[(yes, 5), (no, 4)]).unwrap_or_else(|| panic!("{yes} {no}"));
        assert_eq!((found.get(yes), found.get(no)), (Some(&1.0), Some(&0.0)));
    }
    let zendesk = two(&[("good", 5), ("good with comment", 2), ("bad", 4), ("offered", 9)]).unwrap();
    assert_eq!(zendesk.len(), 3);
    assert_eq!(two(&[("1", 5), ("2", 4)]), None);
    assert_eq!(two(&[("red", 5), ("blue", 4)]), None);
    let words = read_outcome_words(&value_counts(&[("satisfied", 4), ("neutral or dissatisfied", 6)]), false)
        .unwrap();
    assert_eq!(words.get("satisfied"), Some(&1.0));
}
