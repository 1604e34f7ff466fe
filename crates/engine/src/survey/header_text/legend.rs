//! Legends: the labels that a header gives to numbers of its scale.

use super::tokens::HeaderToken;
use super::{DeclaredScale, STEPS, are_scale_ends};
use crate::model::choice::Direction;
use crate::survey::scale::is_no_answer;
use crate::survey::vocabulary::{Languages, Topic, compare_key, find_phrases, is_spaceless};

/// A parsed legend.
#[derive(Debug, Default)]
pub(super) struct Legend {
    pub(super) scale: Option<DeclaredScale>,
    pub(super) direction: Option<Direction>,
    pub(super) missing: Vec<f64>,
}

/// Parses the labels of numbers: "1 = very good", "5 (least important)", "very bad 1 2 3 4 5 very good".
pub(super) fn parse_legend(tokens: &[HeaderToken], languages: Languages) -> Legend {
    let mut labels: Vec<(f64, Option<bool>)> = Vec::new();
    let mut missing = Vec::new();
    let mut marked = Vec::new();
    for (place, token) in tokens.iter().enumerate() {
        let HeaderToken::Number(number) = token else { continue };
        if number.fract() != 0.0 || !(-5.0..=100.0).contains(number) {
            continue;
        }
        let label = words_behind(tokens, place).join(" ");
        if !label.is_empty() && is_no_answer(&label) {
            missing.push(*number);
            continue;
        }
        if !label.is_empty() && is_marked(tokens.get(place + 1)) {
            marked.push(*number);
        }
        labels.push((*number, label_polarity(&label, languages)));
    }
    let told: Vec<(f64, bool)> =
        labels.iter().filter_map(|(number, good)| Some((*number, (*good)?))).collect();
    let numbers = || labels.iter().map(|(number, _)| *number);
    let low = numbers().fold(f64::INFINITY, f64::min);
    let high = numbers().fold(f64::NEG_INFINITY, f64::max);
    let ends = |numbers: &[f64]| {
        (
            numbers.iter().copied().fold(f64::INFINITY, f64::min),
            numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        )
    };
    let of_labels = (told.len() >= 2).then_some((low, high));
    let of_marks = (marked.len() >= 2).then(|| ends(&marked));
    let scale = of_labels
        .or(of_marks)
        .filter(|(low, high)| are_scale_ends(*low, *high))
        .map(|(low, high)| DeclaredScale { low: Some(low), high });
    let middle = if scale.is_some() { f64::midpoint(low, high) } else { 1.5 };
    let votes = told
        .iter()
        .filter(|(number, _)| (number - middle).abs() > 1e-9 && (*number <= STEPS || scale.is_some()));
    let mut low_good = votes.clone().map(|(number, good)| (*number < middle) == *good);
    let direction = low_good.next().filter(|first| low_good.all(|other| other == *first));
    let direction = direction.map(|low| if low { Direction::LowIsGood } else { Direction::HighIsGood });
    Legend { scale, direction, missing }
}

/// True if the token after a number makes the following words its label.
fn is_marked(sign: Option<&HeaderToken>) -> bool {
    match sign {
        Some(HeaderToken::Sign(sign)) => matches!(sign, '=' | ':' | '：' | '＝'),
        Some(HeaderToken::Word(word)) => word.chars().all(is_spaceless) && word.chars().count() > 1,
        _ => false,
    }
}

/// Returns the words right after a number, which an equals sign, a dash, a colon or a bracket may separate
/// from it, up to the next sign or number.
fn words_behind(tokens: &[HeaderToken], place: usize) -> Vec<&str> {
    let mut rest = tokens.get(place + 1..).unwrap_or_default().iter().peekable();
    while matches!(
        rest.peek(),
        Some(HeaderToken::Sign(
            '=' | '-' | '–' | '—' | ':' | '(' | '（' | '：' | '"' | '„' | '“' | '«' | '为'
        ))
    ) {
        rest.next();
    }
    let words = rest.map_while(|token| match token {
        HeaderToken::Word(word) => Some(word.as_str()),
        _ => None,
    });
    words.collect()
}

/// Returns true if an answer contains words of the good end, false for the bad end; `None` if it contains
/// neither.
pub(in crate::survey) fn polarity_of(answer: &str, languages: Languages) -> Option<bool> {
    let words: String = answer.chars().filter(|sign| !sign.is_ascii_digit()).collect();
    label_polarity(&words, languages)
}

/// Returns true if a label names the good end, false for the bad end, by the longest phrase at its beginning;
/// `None` if it names neither.
fn label_polarity(label: &str, languages: Languages) -> Option<bool> {
    let key = compare_key(label);
    let ends = |topic: Topic| {
        let phrases = find_phrases(&key, languages);
        phrases
            .into_iter()
            .filter(move |phrase| phrase.topic == topic && phrase.start <= 4)
            .map(|phrase| phrase.length)
            .max()
    };
    match (ends(Topic::Good), ends(Topic::Bad)) {
        (Some(good), bad) if bad.is_none_or(|bad| good > bad) => Some(true),
        (good, Some(bad)) if good.is_none_or(|good| bad > good) => Some(false),
        _ => None,
    }
}
