//! Columns named after answers, as in aggregated tables: "5", "Very good (%)", "Promoters".

use super::cell::{fold_text, parse_number};
use super::scale::is_no_answer;
use super::text_scale::steps_of_texts;
use super::vocabulary::{Topic, is_topic_text};

/// Parts of names that mark a column of shares, folded.
const SHARE: &[&str] =
    &["%", "％", "percentage", "percent", "pct", "share of", "share", "占比", "比例", "百分比"];
/// Parts of names that mark a column of counts, folded.
const COUNT: &[&str] = &["number of", "count of", "counts", "count", "(n)", "人数", "数量", "频数"];
/// Parts of names around a number that carry no meaning of their own, folded.
const AROUND: &[&str] =
    &["stars", "star", "points", "point", "score", "rating", "rated", "答", "分", "星", "评"];
/// The fewest answers that make a scale.
const LEAST: usize = 3;

/// The unit of the cells of an aggregated table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CountUnit {
    /// Numbers of respondents.
    Count,
    /// Shares of them.
    Share,
}

/// A column named after an answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Named {
    /// Its index in the table.
    pub(super) place: usize,
    /// The answer on the scale; `None` for a column of respondents without an answer.
    pub(super) answer: Option<f64>,
    /// The unit that its name states, if any.
    pub(super) unit: Option<CountUnit>,
}

/// The columns of a table that are named after answers, and the scale they form.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct AnswerNames {
    pub(super) columns: Vec<Named>,
    /// The lowest and the highest answer.
    pub(super) ends: (f64, f64),
    /// True if the names are bare numbers, which could also be numbers of questions.
    pub(super) numbers: bool,
}

/// True if the name is one for a column of respondent counts.
pub(super) fn is_people_count(name: &str) -> bool {
    is_topic_text(name, Topic::Count)
}

/// Finds the columns named after answers; `None` if their names form no scale.
pub(super) fn find_answer_names(names: &[&str]) -> Option<AnswerNames> {
    let cores: Vec<(String, Option<CountUnit>)> = names.iter().map(|name| strip_unit(name)).collect();
    let words: Vec<&str> = cores.iter().map(|(core, _)| core.as_str()).collect();
    let boxes = read_boxes(&words);
    let is_of_boxes = boxes.is_some();
    let (answers, ends, numbers) = boxes
        .or_else(|| read_nps_groups(&words))
        .or_else(|| read_word_scale(&words))
        .map(|(answers, ends)| (answers, ends, false))
        .or_else(|| read_number_run(&words).map(|(answers, ends)| (answers, ends, true)))?;
    let mut columns = Vec::new();
    for (place, ((core, unit), answer)) in cores.iter().zip(answers).enumerate() {
        let none = answer.is_none() && is_no_answer(core);
        if answer.is_some() || none {
            columns.push(Named { place, answer, unit: *unit });
        }
    }
    // Counts and shares of the same answers side by side: the counts are more precise.
    if has_repeated_answers(&columns) {
        columns.retain(|column| column.unit != Some(CountUnit::Share));
    }
    let enough = is_of_boxes || columns.iter().filter(|column| column.answer.is_some()).count() >= LEAST;
    (enough && !has_repeated_answers(&columns)).then_some(AnswerNames { columns, ends, numbers })
}

fn has_repeated_answers(columns: &[Named]) -> bool {
    columns.iter().enumerate().any(|(place, column)| {
        column.answer.is_some() && columns.iter().skip(place + 1).any(|other| other.answer == column.answer)
    })
}

/// Strips the parts of a name that mark counts or shares. Returns the rest and the unit.
fn strip_unit(name: &str) -> (String, Option<CountUnit>) {
    let mut core = fold_text(name);
    let mut unit = None;
    for (parts, own) in [(COUNT, CountUnit::Count), (SHARE, CountUnit::Share)] {
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

/// True if a part occurs in a text as a whole word, not inside a longer one.
fn is_word(text: &str, part: &str) -> bool {
    let letter = |sign: Option<char>| sign.is_some_and(char::is_alphabetic);
    text.match_indices(part).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + part.len()..].chars().next();
        !part.starts_with(char::is_alphabetic) || (!letter(before) && !letter(after))
    })
}

type NamedScale = (Vec<Option<f64>>, (f64, f64));

/// Reads the names as the groups of NPS: detractors -1, passives 0, promoters 1.
fn read_nps_groups(words: &[&str]) -> Option<NamedScale> {
    let groups = [(Topic::Detractor, -1.0), (Topic::Passive, 0.0), (Topic::Promoter, 1.0)];
    let answers = match_topics(words, &groups);
    groups.iter().all(|(_, end)| answers.contains(&Some(*end))).then_some((answers, (-1.0, 1.0)))
}

/// Reads the names as top, middle and bottom boxes, from 0 to 1.
fn read_boxes(words: &[&str]) -> Option<NamedScale> {
    let boxes = [(Topic::BottomBox, 0.0), (Topic::MiddleBox, 0.5), (Topic::TopBox, 1.0)];
    let answers = match_topics(words, &boxes);
    let says_so =
        words.iter().any(|word| word.contains("box") || word.contains("b2b") || word.contains("t2b"));
    let ends = answers.contains(&Some(1.0)) && (answers.contains(&Some(0.0)) || says_so);
    (ends && says_so).then_some((answers, (0.0, 1.0)))
}

fn match_topics(words: &[&str], topics: &[(Topic, f64)]) -> Vec<Option<f64>> {
    let answer =
        |word: &&str| topics.iter().find(|(topic, _)| is_topic_text(word, *topic)).map(|(_, answer)| *answer);
    words.iter().map(answer).collect()
}

fn read_word_scale(words: &[&str]) -> Option<NamedScale> {
    steps_of_texts(words)
        .filter(|(steps, _)| count_answers(steps) >= LEAST)
        .map(|(steps, high)| (steps, (1.0, high)))
}

/// Reads the names as consecutive whole numbers from 0 or 1.
fn read_number_run(words: &[&str]) -> Option<NamedScale> {
    let answers: Vec<Option<f64>> = words.iter().map(|word| parse_numbered_name(word)).collect();
    let mut seen: Vec<f64> = answers.iter().flatten().copied().collect();
    seen.sort_by(f64::total_cmp);
    seen.dedup();
    let low = *seen.first()?;
    let high = *seen.last()?;
    let whole = seen.len() >= LEAST
        && low <= 1.0
        && high <= 10.0
        && (high - low + 1.0 - seen.len() as f64).abs() < 0.5;
    whole.then_some((answers, (low, high)))
}

/// Reads a name as an answer from 0 to 10: "4", "4 stars", "4 - good".
fn parse_numbered_name(word: &str) -> Option<f64> {
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
    let found = parse_number(&bare).or_else(|| parse_number(&label(word)?))?.get();
    ((0.0..=10.0).contains(&found) && found.fract() == 0.0).then_some(found)
}

fn count_answers(answers: &[Option<f64>]) -> usize {
    answers.iter().flatten().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Told = (Vec<(usize, Option<f64>)>, (f64, f64));

    fn read_names(names: &[&str]) -> Option<Told> {
        let found = find_answer_names(names)?;
        Some((found.columns.iter().map(|column| (column.place, column.answer)).collect(), found.ends))
    }

    #[test]
    fn answers_are_known_by_numbers_words_and_groups() {
        let some =
            |pairs: &[(usize, f64)]| pairs.iter().map(|(place, answer)| (*place, Some(*answer))).collect();
        assert_eq!(
            read_names(&["what", "1", "2", "3", "n"]),
            Some((some(&[(1, 1.0), (2, 2.0), (3, 3.0)]), (1.0, 3.0)))
        );
        assert_eq!(
            read_names(&["5 stars", "4 stars", "3 stars", "2 stars", "1 star"]),
            Some((some(&[(0, 5.0), (1, 4.0), (2, 3.0), (3, 2.0), (4, 1.0)]), (1.0, 5.0)))
        );
        let mut words = some(&[(1, 5.0), (2, 4.0), (3, 2.0)]);
        words.push((4, None));
        assert_eq!(
            read_names(&["", "Very good (%)", "Good (%)", "Poor (%)", "Don't know (%)"]),
            Some((words, (1.0, 5.0)))
        );
        assert_eq!(
            read_names(&["推荐者占比", "中立者占比", "贬损者占比"]),
            Some((some(&[(0, 1.0), (1, 0.0), (2, -1.0)]), (-1.0, 1.0)))
        );
        let both = ["1", "1 %", "2", "2 %", "3", "3 %"];
        assert_eq!(read_names(&both), Some((some(&[(0, 1.0), (2, 2.0), (4, 3.0)]), (1.0, 3.0))));
        for other in
            [&["Seat", "Food", "Staff"][..], &["1", "2", "5"], &["2024", "2025", "2026"], &["good", "bad"]]
        {
            assert_eq!(read_names(other), None, "{other:?}");
        }
        assert!(is_people_count("n =") && is_people_count("样本量") && !is_people_count("name"));
    }
}
