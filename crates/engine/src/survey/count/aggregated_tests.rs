//! Aggregated tables with the share of one answer only, and roles that only one column can have.

use super::tests::{column_of_role, column_with_rule, count_as};
use super::*;
use crate::model::recipe::{ColumnRole, ColumnRule};

fn share_column(header: &str, answer: f64) -> ProposedColumn {
    column_with_rule(header, ColumnRole::AnswerShare, |rule| {
        rule.words = [(header.to_owned(), answer)].into();
        (rule.low, rule.high) = (0.0, 1.0);
    })
}

fn named_column(name: &str) -> ProposedColumn {
    column_with_rule("what", ColumnRole::Touchpoint, |rule: &mut ColumnRule| {
        name.clone_into(&mut rule.name);
        (rule.low, rule.high) = (0.0, 1.0);
    })
}

/// `answer people` of a question, then those who gave none.
fn answers_and_missing(counted: &Counted, question: usize) -> (Vec<(String, u64)>, u64) {
    let histogram = counted.answers_of(question, &Segment::everyone());
    let answers = histogram.answers.iter().map(|(answer, n)| (answer.get().to_string(), *n));
    (answers.collect(), histogram.missing)
}

fn owned_answers(answers: &[(&str, u64)]) -> Vec<(String, u64)> {
    answers.iter().map(|(answer, n)| ((*answer).to_owned(), *n)).collect()
}

#[test]
fn the_share_of_one_answer_leaves_the_others_at_the_low_end() {
    let columns = [
        column_of_role("what", ColumnRole::Names),
        named_column("Seat"),
        named_column("Food"),
        share_column("Top-2-box %", 1.0),
        column_of_role("n", ColumnRole::Count),
    ];
    let text = "what,Top-2-box %,n\nSeat,62%,50\nFood,0%,10\nSeat,100%,5\n";
    let counted = count_as(text, &columns);
    // The same if 0 is a code for no answer, as in these rules.
    assert_eq!(answers_and_missing(&counted, 1), (owned_answers(&[("0", 19), ("1", 36)]), 0));
    assert_eq!(answers_and_missing(&counted, 2), (owned_answers(&[("0", 10)]), 0));
    assert_eq!(counted.rows, 65);
}

#[test]
fn the_others_are_unknown_where_the_share_is_of_the_lowest_or_no_answer() {
    let lowest = [
        column_of_role("what", ColumnRole::Names),
        named_column("Seat"),
        share_column("Bottom", 0.0),
        column_of_role("n", ColumnRole::Count),
    ];
    let mut lowest = lowest.to_vec();
    lowest[1].rule.missing.clear();
    let counted = count_as("what,Bottom,n\nSeat,40%,10\n", &lowest);
    assert_eq!(answers_and_missing(&counted, 1), (owned_answers(&[("0", 4)]), 6));
    lowest[2] =
        column_with_rule("n/a", ColumnRole::AnswerShare, |rule| rule.missing = ["n/a".to_owned()].into());
    let counted = count_as("what,n/a,n\nSeat,40%,10\n", &lowest);
    assert_eq!(answers_and_missing(&counted, 1), (Vec::new(), 10));
}

#[test]
fn several_shares_tell_their_answers_and_leave_those_without_one() {
    let columns = [
        column_of_role("what", ColumnRole::Names),
        named_column("Seat"),
        share_column("Top", 1.0),
        share_column("Middle", 0.5),
        column_of_role("n", ColumnRole::Count),
    ];
    let counted = count_as("what,Top,Middle,n\nSeat,50%,30%,10\n", &columns);
    assert_eq!(answers_and_missing(&counted, 1), (owned_answers(&[("0.5", 3), ("1", 5)]), 2));
    // Without the number of respondents a share is kept as a share.
    let columns = [column_of_role("what", ColumnRole::Names), named_column("Seat"), share_column("Top", 1.0)];
    let counted = count_as("what,Top\nSeat,50%\n", &columns);
    assert_eq!(counted.answers_of(1, &Segment::everyone()).shares.len(), 1);
}

#[test]
fn two_columns_of_a_role_that_only_one_can_have_count_nothing() {
    for role in
        [ColumnRole::Weight, ColumnRole::Date, ColumnRole::Count, ColumnRole::Names, ColumnRole::Respondent]
    {
        let columns = [
            column_of_role("x", role),
            column_of_role("a", ColumnRole::Touchpoint),
            column_of_role("y", role),
            column_of_role("absent", role),
        ];
        let counted = count_as("x,a,y\n1,1,1\n", &columns);
        assert_eq!(counted, Counted { ambiguous: vec![(role, vec![0, 2])], ..Counted::default() });
        let counted = count_as("x,a\n1,1\n", &columns);
        assert_eq!(
            (counted.ambiguous, counted.answers.len()),
            (Vec::new(), 1),
            "of two only one is in the file"
        );
    }
}
