//! What a column is by itself: answers, groups, dates, weights, comments, or data about a person.

use super::{Column, Doubt, OUTCOME, RECOMMEND, Reason, role_of, title_of};
use crate::model::choice::{DateOrder, Direction};
use crate::model::counts::Answer;
use crate::model::recipe::{ColumnRole, ColumnRule};
use crate::model::{Journey, Question};
use crate::survey::amount::amount;
use crate::survey::cell::{fold, number};
use crate::survey::choices::separator;
use crate::survey::names::words;
use crate::survey::personal::{apart, is_identifier, is_of_tool, is_personal, is_trait};
use crate::survey::profile::ColumnProfile;
use crate::survey::scale::{Scale, guess, is_no_answer, outcome_words};
use crate::survey::text_scale::{labelled, word_scale};
use std::sync::Arc;

/// More different texts than this make no segments.
const SEGMENTS: usize = 30;
/// Texts longer than this on average are comments.
const COMMENT: u64 = 40;
/// Words of questions whose high answers may mean much effort. Of "ease" and "easy" the high end is the good one.
const EFFORT: &[&str] = &["effort", "difficult", "difficulty", "hard", "费力", "困难"];
/// Names of columns of weights.
const WEIGHT: &[&str] = &["weight", "weights", "weighting", "wt", "gewicht", "权重", "加权"];
/// Words of names of columns of days.
const DATE: &[&str] = &["date", "day", "time", "timestamp", "datum", "日期", "时间", "日"];
/// Share of cells that must be dates in a column of dates.
const DATES: f64 = 0.9;

/// What a column is by itself; columns of answers still look for their element.
pub(super) fn classify(
    column: &ColumnProfile,
    header: &[&str],
    journey: &Journey,
    questions: &[&Arc<Question>],
) -> Column {
    let ignored = |reason| Column::ignored(&column.name, reason);
    let words = words(&apart(&column.name));
    let any = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    if column.numbers + column.texts == 0 {
        return ignored(Reason::Empty);
    }
    if let Some(question) = questions.iter().find(|question| knows(question, &column.name)) {
        return known(column, journey, question);
    }
    if is_group_of_another(&column.name, header) || is_group_of_another(&column.id, header) {
        return ignored(Reason::Group);
    }
    if is_personal(column) {
        return ignored(Reason::Personal);
    }
    if is_identifier(column) {
        return ignored(Reason::Identifier);
    }
    if is_of_tool(column) {
        return ignored(Reason::Tool);
    }
    if is_trait(column, SEGMENTS) {
        return Column::of_role(&column.name, ColumnRole::Segment, Reason::Trait);
    }
    if is_weight(column) {
        return Column::of_role(&column.name, ColumnRole::Weight, Reason::Weight);
    }
    if holds_dates(column) {
        let order = column.dates.order();
        let mut found = ignored(Reason::Date);
        found.rule.order = order.unwrap_or(DateOrder::YearFirst);
        found.doubts.extend(order.is_none().then_some(Doubt::Order));
        found.doubts.extend(odd_dates(column));
        return found;
    }
    if holds_shares(column) {
        return ignored(Reason::Shares);
    }
    if let Some(scale) = guess(column, any(RECOMMEND)) {
        return answers(column, scale, any(EFFORT));
    }
    if let Some(coded) = outcome_words(column).filter(|_| any(OUTCOME)) {
        let mut found = ignored(Reason::SmallNumbers);
        (found.rule.low, found.rule.high, found.rule.words) = (0.0, 1.0, coded);
        return found;
    }
    if let Some((words, high)) = word_scale(column) {
        let mut found = ignored(Reason::Words);
        (found.rule.words, found.rule.high) = (words, high);
        found.rule.missing = column.values.keys().filter(|value| is_no_answer(value)).cloned().collect();
        return found;
    }
    if let Some((plain, words)) = labelled(column)
        && let Some(scale) = guess(&plain, any(RECOMMEND))
    {
        let mut found = answers(column, scale, any(EFFORT));
        found.rule.words = words;
        return found;
    }
    if let Some(separator) = separator(column) {
        let mut found = Column::of_role(&column.name, ColumnRole::Choices, Reason::Choices);
        separator.clone_into(&mut found.rule.separator);
        return found;
    }
    match texts(column) {
        Some(Reason::FewTexts) => Column::of_role(&column.name, ColumnRole::Segment, Reason::FewTexts),
        other => ignored(other.unwrap_or(Reason::ManyValues)),
    }
}

fn knows(question: &Question, column: &str) -> bool {
    let wanted = fold(column);
    fold(&question.text) == wanted || question.aliases.iter().any(|alias| fold(alias) == wanted)
}

fn known(column: &ColumnProfile, journey: &Journey, question: &Question) -> Column {
    let Some(target) = question.target else { return Column::ignored(&column.name, Reason::Empty) };
    let missing = question.missing.iter().cloned();
    let seen = column.values.keys().filter(|value| is_no_answer(value)).cloned();
    let rule = ColumnRule {
        column: column.name.clone(),
        role: role_of(target),
        target: title_of(journey, target),
        low: question.low,
        high: question.high,
        direction: question.direction,
        words: question.words.clone(),
        missing: missing.chain(seen).collect(),
        ..ColumnRule::ignore("")
    };
    let off = off_scale(column, &rule);
    let doubts = column.run.turn().filter(|_| off > 0 && rule.high < 10.0).map(Doubt::Turn);
    let doubts = doubts.into_iter().chain((off > 0).then_some(Doubt::OffScale(off))).collect();
    Column { rule, target: Some(target), reason: Reason::Alias, sure: true, doubts }
}

/// Numbers of a column that a rule neither takes for an answer nor for none.
fn off_scale(column: &ColumnProfile, rule: &ColumnRule) -> u64 {
    let outside = |value: &&String| {
        let number = number(value).map(Answer::get);
        number.is_some_and(|number| !(rule.low..=rule.high).contains(&number))
            && !rule.missing.contains(value.as_str())
            && !rule.words.contains_key(value.as_str())
    };
    column.values.iter().filter(|(value, _)| outside(value)).map(|(_, count)| count).sum()
}

fn answers(column: &ColumnProfile, scale: Scale, effort: bool) -> Column {
    let mut found = Column::ignored(&column.name, Reason::SmallNumbers);
    (found.rule.low, found.rule.high, found.rule.missing) = (scale.low, scale.high, scale.missing);
    found.rule.direction = Direction::HighIsGood;
    let turn = column.run.turn().filter(|_| scale.high > 5.0);
    found.doubts.extend(scale.past.map(Doubt::Past));
    found.doubts.extend(turn.map(Doubt::Turn));
    found.doubts.extend(scale.zero_unclear.then_some(Doubt::Zero));
    found.doubts.extend(effort.then_some(Doubt::Direction));
    found.doubts.extend((scale.off > 0).then_some(Doubt::OffScale(scale.off)));
    found
}

/// What a column of texts is: segments, comments, or too many values.
fn texts(column: &ColumnProfile) -> Option<Reason> {
    let few = !column.many && (2..=SEGMENTS).contains(&column.values.len());
    let length = column.text_bytes.checked_div(column.texts).unwrap_or(0);
    if column.texts <= column.numbers {
        None
    } else if few && length <= COMMENT {
        Some(Reason::FewTexts)
    } else if length > COMMENT {
        Some(Reason::Comment)
    } else if !column.many && column.values.len() == 1 && column.blank > 0 {
        Some(Reason::Ticked)
    } else {
        None
    }
}

/// Whether cells are dates; numbers as spreadsheets count days are where the column is called so.
fn holds_dates(column: &ColumnProfile) -> bool {
    let cells = column.numbers + column.texts;
    let called = words(&apart(&column.name)).iter().any(|word| DATE.contains(&word.as_str()));
    let serials = if called { column.dates.serials } else { 0 };
    let dates = column.dates.dates() + serials;
    dates > 0 && dates as f64 >= DATES * cells as f64
}

/// Whether most cells are percentages.
fn holds_shares(column: &ColumnProfile) -> bool {
    let share = |value: &&String| value.ends_with(['%', '％']) && amount(value).is_some();
    let values = column.values.keys();
    !column.values.is_empty() && 2 * values.filter(share).count() > column.values.len()
}

/// Days of a column that no answer can be from.
pub(in crate::survey) fn odd_dates(column: &ColumnProfile) -> impl Iterator<Item = Doubt> {
    let dates = column.dates;
    let impossible = dates.first_impossible.map(|line| Doubt::Impossible(dates.impossible, line));
    let future = dates.first_future.map(|(line, day)| Doubt::Future(dates.future, line, day));
    impossible.into_iter().chain(future)
}

fn is_weight(column: &ColumnProfile) -> bool {
    let named = WEIGHT.contains(&fold(&column.name).as_str());
    let negative = column.values.keys().any(|value| number(value).is_some_and(|number| number.get() < 0.0));
    named && !negative && column.numbers > 0 && column.numbers >= 9 * column.texts
}

/// Whether a column only groups the answers of another one, as Qualtrics does for NPS: they would count twice.
fn is_group_of_another(name: &str, header: &[&str]) -> bool {
    const GROUP: &str = "_NPS_GROUP";
    let cut = name.len().checked_sub(GROUP.len()).filter(|cut| name.is_char_boundary(*cut));
    let base = cut.map(|cut| name.split_at(cut)).filter(|(_, end)| end.eq_ignore_ascii_case(GROUP));
    base.is_some_and(|(base, _)| header.contains(&base))
}
