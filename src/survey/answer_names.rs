//! Columns named after answers, as aggregated tables have them: "5", "Very good (%)", "Promoters".

use super::cell::{fold, number};
use super::scale::is_no_answer;
use super::text_scale::steps_of_texts;
use super::vocabulary::{Topic, text_is};

/// Parts of names that say that a column holds shares, folded.
const SHARE: &[&str] =
    &["%", "％", "percentage", "percent", "pct", "share of", "share", "占比", "比例", "百分比"];
/// Parts of names that say that it holds counts, folded.
const COUNT: &[&str] = &["number of", "count of", "counts", "count", "(n)", "人数", "数量", "频数"];
/// Parts of names around a number that say nothing more, folded.
const AROUND: &[&str] =
    &["stars", "star", "points", "point", "score", "rating", "rated", "答", "分", "星", "评"];
/// Fewer answers make no scale.
const LEAST: usize = 3;

/// Whether cells are counts or shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Numbers of respondents.
    Count,
    /// Shares of them.
    Share,
}

/// A column named after an answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Named {
    /// Its place.
    pub(super) place: usize,
    /// The answer; none where it is that of those who gave none.
    pub(super) answer: Option<f64>,
    /// What its name says about its cells.
    pub(super) unit: Option<Unit>,
}

/// The columns of a table that are named after answers, and the scale that they make.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct AnswerNames {
    /// The columns.
    pub(super) columns: Vec<Named>,
    /// The lowest and highest answer.
    pub(super) ends: (f64, f64),
    /// Whether the names are bare numbers, which questions may have too.
    pub(super) numbers: bool,
}

/// Whether a column says how many respondents a row is about.
pub(super) fn is_people(name: &str) -> bool {
    text_is(name, Topic::Count)
}

/// The columns named after answers; `None` where their names make no scale.
pub(super) fn answer_names(names: &[&str]) -> Option<AnswerNames> {
    let cores: Vec<(String, Option<Unit>)> = names.iter().map(|name| core(name)).collect();
    let words: Vec<&str> = cores.iter().map(|(core, _)| core.as_str()).collect();
    let boxes = of_boxes(&words);
    let is_of_boxes = boxes.is_some();
    let (answers, ends, numbers) = boxes
        .or_else(|| of_groups(&words))
        .or_else(|| of_words(&words))
        .map(|(answers, ends)| (answers, ends, false))
        .or_else(|| of_numbers(&words).map(|(answers, ends)| (answers, ends, true)))?;
    let mut columns = Vec::new();
    for (place, ((core, unit), answer)) in cores.iter().zip(answers).enumerate() {
        let none = answer.is_none() && is_no_answer(core);
        if answer.is_some() || none {
            columns.push(Named { place, answer, unit: *unit });
        }
    }
    // Counts and shares of the same answers side by side: the counts say more.
    if twice(&columns) {
        columns.retain(|column| column.unit != Some(Unit::Share));
    }
    let enough = is_of_boxes || columns.iter().filter(|column| column.answer.is_some()).count() >= LEAST;
    (enough && !twice(&columns)).then_some(AnswerNames { columns, ends, numbers })
}

fn twice(columns: &[Named]) -> bool {
    columns.iter().enumerate().any(|(place, column)| {
        column.answer.is_some() && columns.iter().skip(place + 1).any(|other| other.answer == column.answer)
    })
}

/// A name without what it says about counts and shares.
fn core(name: &str) -> (String, Option<Unit>) {
    let mut core = fold(name);
    let mut unit = None;
    for (parts, own) in [(COUNT, Unit::Count), (SHARE, Unit::Share)] {
        for part in parts {
            let whole = core == *part;
            if !whole && core.contains(part) && (!part.is_ascii() || is_word(&core, part)) {
                core = core.replacen(part, " ", 1);
                unit = Some(own);
            }
        }
    }
    let edge = |sign: char| sign.is_whitespace() || "()（）[]:：-–_=,".contains(sign);
    (core.trim_matches(edge).split_whitespace().collect::<Vec<_>>().join(" "), unit)
}

/// Whether a part of a text is no part of a longer word.
fn is_word(text: &str, part: &str) -> bool {
    let letter = |sign: Option<char>| sign.is_some_and(char::is_alphabetic);
    text.match_indices(part).any(|(at, _)| {
        let (before, after) = (text[..at].chars().next_back(), text[at + part.len()..].chars().next());
        !part.starts_with(char::is_alphabetic) || (!letter(before) && !letter(after))
    })
}

type Scale = (Vec<Option<f64>>, (f64, f64));

/// Groups of NPS, from detractors to promoters.
fn of_groups(words: &[&str]) -> Option<Scale> {
    let groups = [(Topic::Detractor, -1.0), (Topic::Passive, 0.0), (Topic::Promoter, 1.0)];
    let answers = named(words, &groups);
    groups.iter().all(|(_, end)| answers.contains(&Some(*end))).then_some((answers, (-1.0, 1.0)))
}

/// The worst and the best answers together, and those between: what counts is whether they are the best.
fn of_boxes(words: &[&str]) -> Option<Scale> {
    let boxes = [(Topic::BottomBox, 0.0), (Topic::MiddleBox, 0.5), (Topic::TopBox, 1.0)];
    let answers = named(words, &boxes);
    let says_so =
        words.iter().any(|word| word.contains("box") || word.contains("b2b") || word.contains("t2b"));
    let ends = answers.contains(&Some(1.0)) && (answers.contains(&Some(0.0)) || says_so);
    (ends && says_so).then_some((answers, (0.0, 1.0)))
}

fn named(words: &[&str], topics: &[(Topic, f64)]) -> Vec<Option<f64>> {
    let answer =
        |word: &&str| topics.iter().find(|(topic, _)| text_is(word, *topic)).map(|(_, answer)| *answer);
    words.iter().map(answer).collect()
}

fn of_words(words: &[&str]) -> Option<Scale> {
    steps_of_texts(words).filter(|(steps, _)| given(steps) >= LEAST).map(|(steps, high)| (steps, (1.0, high)))
}

/// Whole numbers one after the other, from 0 or 1.
fn of_numbers(words: &[&str]) -> Option<Scale> {
    let answers: Vec<Option<f64>> = words.iter().map(|word| numbered(word)).collect();
    let mut seen: Vec<f64> = answers.iter().flatten().copied().collect();
    seen.sort_by(f64::total_cmp);
    seen.dedup();
    let (low, high) = (*seen.first()?, *seen.last()?);
    let whole = seen.len() >= LEAST
        && low <= 1.0
        && high <= 10.0
        && (high - low + 1.0 - seen.len() as f64).abs() < 0.5;
    whole.then_some((answers, (low, high)))
}

/// The answer from 0 to 10 that a name is: "4", "4 stars", "4 - good".
fn numbered(word: &str) -> Option<f64> {
    let mut bare = word.to_owned();
    for part in AROUND {
        bare = bare.replace(part, " ");
    }
    let label = |text: &str| {
        let figures: String = text.chars().take_while(char::is_ascii_digit).collect();
        let rest = text.get(figures.len()..)?.trim_start();
        let told = rest.starts_with(['-', '–', '—', '=', ':', '：', '(', '（'])
            && rest.chars().any(char::is_alphabetic);
        told.then_some(figures)
    };
    let found = number(&bare).or_else(|| number(&label(word)?))?.get();
    ((0.0..=10.0).contains(&found) && found.fract() == 0.0).then_some(found)
}

fn given(answers: &[Option<f64>]) -> usize {
    answers.iter().flatten().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Told = (Vec<(usize, Option<f64>)>, (f64, f64));

    fn told(names: &[&str]) -> Option<Told> {
        let found = answer_names(names)?;
        Some((found.columns.iter().map(|column| (column.place, column.answer)).collect(), found.ends))
    }

    #[test]
    fn answers_are_known_by_numbers_words_and_groups() {
        let some =
            |pairs: &[(usize, f64)]| pairs.iter().map(|(place, answer)| (*place, Some(*answer))).collect();
        assert_eq!(
            told(&["what", "1", "2", "3", "n"]),
            Some((some(&[(1, 1.0), (2, 2.0), (3, 3.0)]), (1.0, 3.0)))
        );
        assert_eq!(
            told(&["5 stars", "4 stars", "3 stars", "2 stars", "1 star"]),
            Some((some(&[(0, 5.0), (1, 4.0), (2, 3.0), (3, 2.0), (4, 1.0)]), (1.0, 5.0)))
        );
        let mut words = some(&[(1, 5.0), (2, 4.0), (3, 2.0)]);
        words.push((4, None));
        assert_eq!(
            told(&["", "Very good (%)", "Good (%)", "Poor (%)", "Don't know (%)"]),
            Some((words, (1.0, 5.0)))
        );
        assert_eq!(
            told(&["推荐者占比", "中立者占比", "贬损者占比"]),
            Some((some(&[(0, 1.0), (1, 0.0), (2, -1.0)]), (-1.0, 1.0)))
        );
        let both = ["1", "1 %", "2", "2 %", "3", "3 %"];
        assert_eq!(told(&both), Some((some(&[(0, 1.0), (2, 2.0), (4, 3.0)]), (1.0, 3.0))));
        for other in
            [&["Seat", "Food", "Staff"][..], &["1", "2", "5"], &["2024", "2025", "2026"], &["good", "bad"]]
        {
            assert_eq!(told(other), None, "{other:?}");
        }
        assert!(is_people("n =") && is_people("样本量") && !is_people("name"));
    }
}
