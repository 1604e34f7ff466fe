//! Columns whose question was imported before: they are read on its scale.

use super::{ColumnReason, OpenQuestion, ProposedColumn, role_of, title_of_element};
use crate::model::choice::DateOrder;
use crate::model::counts::Answer;
use crate::model::recipe::ColumnRule;
use crate::model::{Journey, Question};
use crate::survey::cell::{fold_text, parse_number};
use crate::survey::figure::read_figure;
use crate::survey::profile::ColumnProfile;
use crate::survey::scale::{ScaleSource, is_no_answer};

/// The usual scales that may contain a narrower known one.
const WIDER: &[(f64, f64)] = &[(1.0, 5.0), (0.0, 5.0), (1.0, 7.0), (1.0, 10.0), (0.0, 10.0), (0.0, 100.0)];

/// True if a question was imported under this name.
pub(super) fn is_known_as(question: &Question, column: &str) -> bool {
    let wanted = fold_text(column);
    fold_text(&question.text) == wanted || question.aliases.iter().any(|alias| fold_text(alias) == wanted)
}

/// Builds the column from its known question.
pub(super) fn known_column(column: &ColumnProfile, journey: &Journey, question: &Question) -> ProposedColumn {
    let Some(target) = question.target else {
        return ProposedColumn::new_ignored(&column.name, ColumnReason::Empty);
    };
    let missing = question.missing.iter().cloned();
    let seen = column.values.keys().filter(|value| is_no_answer(value)).cloned();
    let rule = ColumnRule {
        column: column.name.clone(),
        role: role_of(target),
        target: title_of_element(journey, target),
        low: question.low,
        high: question.high,
        direction: question.direction,
        words: question.words.clone(),
        missing: missing.chain(seen).collect(),
        order: DateOrder::YearFirst,
        ..ColumnRule::ignore_column("")
    };
    let doubts = scale_doubts(column, &rule);
    let source = ScaleSource::Earlier;
    ProposedColumn { rule, target: Some(target), reason: ColumnReason::Alias, source, sure: true, doubts }
}

/// Returns the questions and notices that cells off a known scale raise.
pub(super) fn scale_doubts(column: &ColumnProfile, rule: &ColumnRule) -> Vec<OpenQuestion> {
    let off = off_scale(column, rule);
    if off.is_empty() {
        return Vec::new();
    }
    let cells = off.iter().map(|(_, count)| count).sum();
    let turn = if rule.high < 10.0 { column.run.find_scale_change().map(OpenQuestion::Turn) } else { None };
    // 0 beside a short scale from 1 is more likely "not applicable".
    let zero =
        (rule.low - 1.0).abs() < 0.5 && rule.high <= 7.0 && off.iter().all(|(number, _)| *number == 0.0);
    let wider = turn.or_else(|| if zero { Some(OpenQuestion::Zero) } else { wider_scale(&off, rule) });
    wider.into_iter().chain([OpenQuestion::OffScale(cells)]).collect()
}

/// Returns the numbers of a column that a rule reads neither as answers nor as missing, with their counts.
fn off_scale(column: &ColumnProfile, rule: &ColumnRule) -> Vec<(f64, u64)> {
    let outside = |value: &str| {
        let answer = read_figure(value).and_then(|figure| Answer::new(figure.value));
        let missing = rule.missing.contains(value)
            || rule.missing.iter().any(|code| parse_number(code).is_some() && parse_number(code) == answer);
        let known = missing || rule.words.contains_key(value);
        answer.map(Answer::get).filter(|number| !known && !(rule.low..=rule.high).contains(number))
    };
    column.values.iter().filter_map(|(value, count)| Some((outside(value)?, *count))).collect()
}

/// Finds the usual scale that contains the known one and the numbers off it.
fn wider_scale(off: &[(f64, u64)], rule: &ColumnRule) -> Option<OpenQuestion> {
    let ends = off
        .iter()
        .fold((rule.low, rule.high), |(low, high), (number, _)| (low.min(*number), high.max(*number)));
    let fits = |scale: &&(f64, f64)| scale.0 <= ends.0 && ends.1 <= scale.1;
    let (low, high) = WIDER.iter().find(fits)?;
    Some(OpenQuestion::Wider(*low as i16, *high as i16))
}
