//! Rules on rows: rows that a mapping leaves out count for nothing and are told.

use super::tests::{column, counted_as, rule};
use super::*;
use crate::model::recipe::{ColumnRole, DateOrder};
use proptest::prelude::*;
use std::fmt::Write;

fn skipping(header: &str, role: ColumnRole, texts: &[&str]) -> Column {
    rule(header, role, |rule| rule.skip = texts.iter().map(|text| (*text).to_owned()).collect())
}

fn left_out(counted: &Counted) -> Vec<(usize, u64, Vec<u64>)> {
    counted.left_out.iter().map(|(column, rows)| (*column, rows.count, rows.lines.clone())).collect()
}

#[test]
fn rows_are_left_out_by_the_text_of_a_column_of_any_role() {
    let columns = [
        skipping("status", ColumnRole::Ignore, &["Survey Preview", "spam"]),
        rule("day", ColumnRole::Date, |_| ()),
        skipping("class", ColumnRole::Segment, &[""]),
        column("a", ColumnRole::Touchpoint),
        column("w", ColumnRole::Weight),
    ];
    let counted = counted_as(
        "status,day,class,a,w\n\
         live,2026-01-01,x,1,1\n\
         SURVEY PREVIEW,2026-02-01,preview,2,1\n\
         live,2026-01-01,,3,1\n\
         spam,never,,off,heavy\n\
         \" survey preview \",2026-01-01,x,4,1\n\
         live,2026-01-01,x,5,1\n",
        &columns,
    );
    assert_eq!(left_out(&counted), [(0, 3, vec![3, 5, 6]), (2, 1, vec![4])]);
    let everyone = counted.of(3, &Segment::everyone());
    assert_eq!((counted.rows, everyone.n(), everyone.rows()), (6, 2, 2));
    assert_eq!(counted.rejections, BTreeMap::new(), "rows left out have no cells to complain about");
    let groups: Vec<_> = counted.answers[&3].keys().map(|group| group.segment.value.as_str()).collect();
    assert_eq!(groups, ["", "x"]);
}

#[test]
fn a_row_of_another_width_is_told_as_such_and_not_left_out() {
    let columns = [column("a", ColumnRole::Touchpoint), skipping("end", ColumnRole::Ignore, &[""])];
    let counted = counted_as("a,end\n1,x\n2,\n3\n", &columns);
    assert_eq!(left_out(&counted), [(1, 1, vec![3])]);
    assert_eq!(counted.rejections[&(0, Reject::RaggedRow)].lines, [4]);
}

#[test]
fn rows_that_stand_for_many_are_left_out_as_many() {
    let columns = [
        column("people", ColumnRole::Count),
        skipping("status", ColumnRole::Ignore, &["spam"]),
        column("a", ColumnRole::Touchpoint),
    ];
    let counted = counted_as("people,status,a\n30,live,4\n12,spam,4\nmany,spam,4\n0,spam,4\n", &columns);
    assert_eq!(left_out(&counted), [(1, 13, vec![3, 4])]);
    assert_eq!((counted.rows, counted.of(2, &Segment::everyone()).rows()), (43, 30));
    assert_eq!(counted.rejections, BTreeMap::new());
}

#[test]
fn a_rule_of_a_name_leaves_out_rows_of_that_name_alone() {
    let named = |name: &str, texts: &[&str]| {
        let mut column = skipping("score", ColumnRole::Touchpoint, texts);
        name.clone_into(&mut column.rule.name);
        column
    };
    let columns = [column("what", ColumnRole::Names), named("Check-in", &["3"]), named("Boarding", &[])];
    let counted = counted_as("what,score\nCheck-in,3\ncheck-in,4\nBoarding,3\n", &columns);
    assert_eq!(left_out(&counted), [(1, 1, vec![2])]);
    assert_eq!([1, 2].map(|column| counted.of(column, &Segment::everyone()).n()), [1, 1]);
}

#[test]
fn rows_of_an_aggregated_table_are_left_out_with_all_they_stand_for() {
    let answer = |header: &str, role: ColumnRole| {
        rule(header, role, |rule| rule.words = [(header.to_owned(), header.parse().unwrap())].into())
    };
    let named = |name: &str| rule("what", ColumnRole::Touchpoint, |rule| name.clone_into(&mut rule.name));
    let mut columns = vec![
        skipping("what", ColumnRole::Names, &["Total"]),
        named("Check-in"),
        named("Boarding"),
        answer("1", ColumnRole::AnswerCount),
        answer("5", ColumnRole::AnswerCount),
    ];
    let text = "what,1,5\nCheck-in,10,20\nTotal,11,22\nBoarding,1,2\ntotal,no,no\n";
    let counted = counted_as(text, &columns);
    assert_eq!(left_out(&counted), [(0, 34, vec![3, 5])]);
    let rows: u64 = (1..3).map(|column| counted.of(column, &Segment::everyone()).rows()).sum();
    assert_eq!((rows, counted.rows), (33, 67));
    assert_eq!(counted.rejections, BTreeMap::new());
    for column in &mut columns[3..] {
        column.rule.role = ColumnRole::AnswerShare;
    }
    let shares = counted_as("what,1,5\nCheck-in,10%,90%\nTotal,20%,80%\n", &columns);
    assert_eq!((left_out(&shares), shares.rows), (vec![(0, 1, vec![3])], 2));
}

proptest! {
    #[test]
    fn what_is_left_out_counts_as_if_it_were_not_there(
        rows in prop::collection::vec(("[xy]?", "[pqr]?", 1_u8..4, "[0-6a]?", 0_u8..5), 1..60),
    ) {
        let columns = |skip: bool| {
            let texts = |texts: &[&'static str]| if skip { texts.to_vec() } else { Vec::new() };
            let mut day = rule("day", ColumnRole::Date, |rule| rule.order = DateOrder::YearFirst);
            day.rule.skip = texts(&["2026-03-01"]).into_iter().map(str::to_owned).collect();
            vec![
                day,
                skipping("class", ColumnRole::Segment, &texts(&["x"])),
                skipping("shop", ColumnRole::Segment, &texts(&["", "Q"])),
                column("w", ColumnRole::Weight),
                skipping("a", ColumnRole::Touchpoint, &texts(&["a"])),
                column("b", ColumnRole::Journey),
            ]
        };
        let (mut all, mut kept) = ("day,class,shop,w,a,b\n".to_owned(), "day,class,shop,w,a,b\n".to_owned());
        let mut expected = BTreeMap::<usize, u64>::new();
        for (class, shop, month, a, weight) in &rows {
            let line = format!("2026-0{month}-01,{class},{shop},{weight},{a},{weight}");
            writeln!(all, "{line}").unwrap();
            let skipped = [(0, *month == 3), (1, class == "x"), (2, shop.is_empty() || shop == "q"), (4, a == "a")];
            match skipped.iter().find(|(_, skipped)| *skipped) {
                Some((column, _)) => *expected.entry(*column).or_default() += 1,
                None => writeln!(kept, "{line}").unwrap(),
            }
        }
        let counted = counted_as(&all, &columns(true));
        let told: BTreeMap<usize, u64> = counted.left_out.iter().map(|(column, rows)| (*column, rows.count)).collect();
        prop_assert_eq!(&told, &expected);
        let left_out: u64 = told.values().sum();
        for column in counted.answers.keys() {
            prop_assert_eq!(counted.of(*column, &Segment::everyone()).rows() + left_out, rows.len() as u64);
        }
        prop_assert_eq!(counted.rows, rows.len() as u64);
        if left_out < rows.len() as u64 {
            let plain = counted_as(&kept, &columns(false));
            prop_assert_eq!((&counted.answers, &counted.pairs), (&plain.answers, &plain.pairs));
        } else {
            prop_assert!(counted.answers.values().all(BTreeMap::is_empty));
        }
    }
}
