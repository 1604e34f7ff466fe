//! Decisions about the columns of a table together: one weight, one date, one id, groups that other columns
//! already count, rows that stand for several respondents.

use super::classify::{Context, holds_shares};
use super::{ColumnReason, OpenQuestion, ProposedColumn};
use crate::model::recipe::ColumnRole;
use crate::survey::cell::parse_number;
use crate::survey::profile::{ColumnProfile, Profile};
use crate::survey::vocabulary::{Topic, compare_key, is_topic_text};
use std::collections::BTreeSet;

/// If one row in this many or more is a duplicate, a person is asked.
const MANY: u64 = 20;
/// The most rows of a table with a column of numbers of respondents.
const ROWS: u64 = 5000;
/// Names of columns of days, by [`compare_key`], the best first: the end of an answer is preferred to its
/// beginning.
const DAYS: &str = "\
    submitdate|submit date|submitted|completed|completion|end|ended|recorded|response|timestamp|\
    answered|提交|结束|solved|created|date|start";

/// Keeps one column each of weights, days and ids; of several candidates a person chooses, or the best one is
/// taken.
pub(super) fn settle_roles(columns: &mut [ProposedColumn], profile: &Profile) {
    let mut weights: Vec<usize> = indices_where(columns, |column| column.reason == ColumnReason::Weight);
    weights.sort_by_key(|place| (!is_final(&columns[*place].rule.column), *place));
    if weights.len() > 1 {
        for (rank, place) in weights.iter().enumerate() {
            if !columns[*place].doubts.contains(&OpenQuestion::Weights) {
                columns[*place].doubts.push(OpenQuestion::Weights);
            }
            if rank > 0 {
                columns[*place].rule.role = ColumnRole::Ignore;
            }
        }
    }
    // Days in an unclear order are not asked about unless a person wants waves.
    let clear = |column: &ProposedColumn| {
        let seen = profile.column_named(&column.rule.column);
        let has_days = seen.is_some_and(|seen| !seen.dates.months.is_empty());
        column.reason == ColumnReason::Date && has_days && !column.doubts.contains(&OpenQuestion::Order)
    };
    let days = indices_where(columns, clear);
    let best = days.iter().min_by_key(|place| (day_rank(&columns[**place].rule.column), **place));
    if let Some(place) = best.copied() {
        columns[place].rule.role = ColumnRole::Date;
    }
    let ids = indices_where(columns, |column| column.reason == ColumnReason::Respondent);
    let best = ids.iter().min_by_key(|place| id_rank(profile, **place)).copied();
    for place in ids {
        if best != Some(place) {
            columns[place].rule.role = ColumnRole::Ignore;
            columns[place].reason = ColumnReason::Identifier;
        } else if let Some(repeats) =
            profile.columns.get(place).and_then(|column| column.repeats).filter(|repeats| repeats.again > 0)
        {
            columns[place].doubts.push(OpenQuestion::Repeats(repeats.again));
            columns[place].rule.once = true;
        }
    }
    let with_ids = columns.iter().any(|column| column.rule.role == ColumnRole::Respondent);
    let dated = columns.iter_mut().find(|column| column.rule.role == ColumnRole::Date);
    // A few may be chance if times are given to the minute.
    let many = profile.repeated_rows > 0 && profile.repeated_rows * MANY >= profile.rows;
    if many
        && !with_ids
        && let Some(column) = dated
    {
        column.doubts.push(OpenQuestion::SameRows(profile.repeated_rows));
        column.rule.once = true;
    }
}

/// True if the name of a column of weights marks it as the final one.
fn is_final(name: &str) -> bool {
    let key = compare_key(name);
    ["final", "total", "overall", "end", "gesamt", "definitif", "最终", "总"]
        .iter()
        .any(|word| key.split(' ').any(|own| own == *word) || (!word.is_ascii() && key.contains(word)))
}

fn indices_where(columns: &[ProposedColumn], wanted: impl Fn(&ProposedColumn) -> bool) -> Vec<usize> {
    columns.iter().enumerate().filter(|(_, column)| wanted(column)).map(|(place, _)| place).collect()
}

/// Ranks the name of a column of days: the lowest is best.
fn day_rank(name: &str) -> usize {
    let key = compare_key(name);
    DAYS.split('|').position(|own| key.contains(own)).unwrap_or(usize::MAX)
}

/// Ranks a column of ids, the lowest is best: first one whose ids hardly repeat, then one that is named id,
/// then the leftmost.
fn id_rank(profile: &Profile, place: usize) -> (bool, bool, usize) {
    let column = profile.columns.get(place);
    let repeats = column.and_then(|column| column.repeats).unwrap_or_default();
    let key = column.map(|column| compare_key(&column.name)).unwrap_or_default();
    let called_id = key.split(' ').any(|word| word.ends_with("id")) || key.contains("编号");
    (repeats.again * 2 > repeats.ids, !called_id, place)
}

/// Leaves out columns of groups of which one is ticked in each row: they count the answers of another column
/// again.
pub(super) fn leave_out_one_hot(columns: &mut [ProposedColumn], context: &Context<'_>) {
    let profile = context.profile;
    let names: Vec<&str> = profile.columns.iter().map(|column| column.name.as_str()).collect();
    let Some(found) = crate::survey::answer_names::find_answer_names(&names).filter(|found| !found.numbers)
    else {
        return;
    };
    for named in &found.columns {
        if is_tick(profile.columns.get(named.place))
            && let Some(column) = columns.get_mut(named.place)
        {
            *column = ProposedColumn::new_ignored(&column.rule.column, ColumnReason::Group);
        }
    }
}

fn is_tick(column: Option<&ColumnProfile>) -> bool {
    column.is_some_and(|column| {
        !column.many
            && column
                .values
                .keys()
                .all(|value| matches!(value.as_str(), "0" | "1" | "true" | "false" | "x" | "yes" | "no"))
    })
}

/// Finds the column with the number of respondents of each row, if no two rows are otherwise equal.
pub(super) fn read_repeated_rows(columns: &mut [ProposedColumn], context: &Context<'_>) {
    let profile = context.profile;
    let named = |place: &usize| {
        profile
            .columns
            .get(*place)
            .is_some_and(|column| is_topic_text(&column.name, Topic::Count) && holds_counts(column))
    };
    if !profile.complete || !(2..=ROWS).contains(&profile.rows) {
        return;
    }
    let Some(place) = (0..columns.len()).find(named) else { return };
    let mut known = BTreeSet::new();
    let different = profile.preview.rows.iter().all(|row| {
        let others: Vec<&str> =
            (0..profile.columns.len()).filter(|at| *at != place).map(|at| row.cell(at)).collect();
        known.insert(others.join("\u{1f}"))
    });
    for (at, seen) in profile.columns.iter().enumerate().filter(|(at, _)| *at != place) {
        let header = context.headers.get(at);
        let of_scores = header.is_some_and(|header| header.has_topic(Topic::Recommend)) && leaves_scale(seen);
        let answers = columns[at].is_question() || columns[at].reason.may_match();
        if of_scores || (answers && (holds_averages(seen) || holds_shares(seen))) {
            columns[at] = ProposedColumn::new_ignored(&seen.name, ColumnReason::Averages);
        }
    }
    let answers = columns.iter().enumerate().any(|(at, column)| at != place && column.reason.may_match());
    if different && answers && !columns.iter().any(|column| column.reason == ColumnReason::Respondent) {
        columns[place] = ProposedColumn::new_with_role(
            &profile.columns[place].name,
            ColumnRole::Count,
            ColumnReason::Repeated,
        );
    }
}

/// True if some numbers lie outside −1 to 10, where no answer about recommending does: they are computed
/// scores.
fn leaves_scale(column: &ColumnProfile) -> bool {
    let outside = |value: &String| parse_number(value).is_some_and(|n| !(-1.0..=10.0).contains(&n.get()));
    column.numbers > column.texts && column.values.keys().any(outside)
}

/// True if at least a third of the numbers lie on neither whole nor half steps, which no respondent chooses.
fn holds_averages(column: &ColumnProfile) -> bool {
    let between = |value: &str| parse_number(value).is_some_and(|number| (2.0 * number.get()).fract() != 0.0);
    let found: u64 = column.values.iter().filter(|(value, _)| between(value)).map(|(_, count)| *count).sum();
    found > 0 && 3 * found >= column.numbers
}

fn holds_counts(column: &ColumnProfile) -> bool {
    let whole = |value: &String| {
        parse_number(value).is_some_and(|number| number.get() >= 0.0 && number.get().fract() == 0.0)
    };
    column.numbers > 0 && column.texts == 0 && (column.many || column.values.keys().all(whole))
}
