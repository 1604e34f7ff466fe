//! Small groups are counted together as the others, and their values appear nowhere in the result.

use super::tests::{column_of_role, column_with_rule, count_as};
use super::*;
use crate::model::recipe::{ColumnRole, DateOrder};
use proptest::prelude::*;
use std::fmt::Write;

fn segment_column(header: &str, least: u64) -> ProposedColumn {
    column_with_rule(header, ColumnRole::Segment, |rule| {
        rule.missing.clear();
        rule.least = least;
    })
}

fn choices_column(least: u64) -> ProposedColumn {
    column_with_rule("used", ColumnRole::Choices, |rule| {
        ";".clone_into(&mut rule.separator);
        rule.least = least;
    })
}

/// `value rows` of each group of a column, over all periods.
fn groups_of(counted: &Counted, question: usize, column: &str) -> Vec<String> {
    let mut rows = BTreeMap::<&str, u64>::new();
    for (group, histogram) in &counted.answers[&question] {
        if group.segment.column == column {
            *rows.entry(&group.segment.value).or_default() += histogram.row_count();
        }
    }
    rows.iter().map(|(value, rows)| format!("{value} {rows}")).collect()
}

fn folded_columns(counted: &Counted) -> Vec<(&str, u64)> {
    counted.folded.iter().map(|(column, values)| (column.as_str(), *values)).collect()
}

#[test]
fn values_of_few_rows_over_all_periods_are_counted_as_the_others() {
    let columns = [
        column_with_rule("day", ColumnRole::Date, |rule| rule.order = DateOrder::YearFirst),
        column_with_rule("shop", ColumnRole::Segment, |rule| {
            rule.least = 3;
            rule.crossed = ["class".to_owned()].into();
        }),
        column_of_role("class", ColumnRole::Segment),
        column_of_role("a", ColumnRole::Touchpoint),
    ];
    let text = "day,shop,class,a\n2024-01-01,big,x,1\n2024-02-01,big,x,2\n2024-03-01,big,y,9\n2024-01-01,Ghent,x,3\n\
         2024-02-01,Ghent,y,\n2024-02-01,Lille,y,5\n2024-02-01,,y,5\n";
    let counted = count_as(text, &columns);
    assert_eq!(groups_of(&counted, 3, "shop"), ["big 3", "others 3"]);
    assert_eq!(groups_of(&counted, 3, "class"), ["x 3", "y 4"]);
    assert_eq!(
        groups_of(&counted, 3, "shop × class"),
        ["big × x 2", "big × y 1", "others × x 1", "others × y 2"]
    );
    let february = counted.answers[&3].iter().find(|(group, _)| {
        group.segment.value == OTHERS && group.period.label().as_deref() == Some("2024-02")
    });
    assert_eq!(february.map(|(_, histogram)| (histogram.n(), histogram.missing)), Some((1, 1)));
    assert_eq!((folded_columns(&counted), counted.dropped.len()), (vec![("shop", 2)], 0));
    let all = format!("{counted:?}");
    assert!(!all.contains("Ghent") && !all.contains("Lille"), "{all}");
}

#[test]
fn others_that_are_too_few_themselves_are_dropped_and_told() {
    let columns = [
        column_with_rule("shop", ColumnRole::Segment, |rule| {
            rule.least = 3;
            rule.crossed = ["class".to_owned()].into();
        }),
        column_of_role("class", ColumnRole::Segment),
        column_of_role("a", ColumnRole::Touchpoint),
    ];
    let counted = count_as("shop,class,a\nbig,x,1\nbig,x,1\nbig,x,1\nGhent,x,1\nLille,y,1\n", &columns);
    assert_eq!(groups_of(&counted, 2, "shop"), ["big 3"]);
    assert_eq!(groups_of(&counted, 2, "shop × class"), ["big × x 3"]);
    assert_eq!(groups_of(&counted, 2, "class"), ["x 4", "y 1"]);
    assert_eq!(
        (folded_columns(&counted), counted.dropped.clone()),
        (vec![("shop", 2)], ["shop".to_owned()].into())
    );
    assert_eq!(counted.answers_of(2, &Segment::everyone()).n(), 5);
    let all = format!("{counted:?}");
    assert!(!all.contains("Ghent") && !all.contains("Lille"), "{all}");
}

#[test]
fn choices_of_few_rows_are_dropped_and_told() {
    let columns = [choices_column(2), column_of_role("a", ColumnRole::Touchpoint)];
    let counted = count_as("used,a\nmail;fax,1\nmail;telex,2\nfax,3\nmail,4\n", &columns);
    assert_eq!(groups_of(&counted, 1, "used"), ["fax 2", "mail 3"]);
    assert_eq!(
        (folded_columns(&counted), counted.dropped.clone()),
        (vec![("used", 1)], ["used".to_owned()].into())
    );
    assert!(!format!("{counted:?}").contains("telex"));
}

#[test]
fn a_value_called_others_takes_the_small_ones_in() {
    let counted = count_as(
        "shop,a\nothers,1\nothers,2\nGhent,3\nbig,1\nbig,1\n",
        &[segment_column("shop", 2), column_of_role("a", ColumnRole::Touchpoint)],
    );
    assert_eq!(groups_of(&counted, 1, "shop"), ["big 2", "others 3"]);
    assert_eq!(folded_columns(&counted), [("shop", 1)]);
}

#[test]
fn rows_that_are_left_out_make_no_group_larger() {
    let columns = [
        segment_column("shop", 2),
        column_with_rule("status", ColumnRole::Ignore, |rule| rule.skip = ["spam".to_owned()].into()),
        column_of_role("a", ColumnRole::Touchpoint),
    ];
    let counted = count_as("shop,status,a\nGhent,,1\nGhent,spam,1\nLille,,1\nLille,,2\nParis,,2\n", &columns);
    assert_eq!(groups_of(&counted, 2, "shop"), ["Lille 2", "others 2"]);
}

#[test]
fn rows_of_one_answer_and_rows_that_stand_for_many_are_what_they_stand_for() {
    let named = |name: &str| {
        column_with_rule("score", ColumnRole::Touchpoint, |rule| name.clone_into(&mut rule.name))
    };
    let columns =
        [column_of_role("what", ColumnRole::Names), named("A"), named("B"), segment_column("shop", 3)];
    let counted = count_as(
        "what,score,shop\nA,1,Ghent\nB,1,Ghent\nC,1,Ghent\nA,1,big\nB,1,big\nb,2,big\nB,1,odd\n",
        &columns,
    );
    assert_eq!(
        (groups_of(&counted, 1, "shop"), groups_of(&counted, 2, "shop")),
        (vec!["big 1".to_owned(), "others 1".to_owned()], vec!["big 2".to_owned(), "others 2".to_owned()],)
    );
    let columns = [
        column_of_role("people", ColumnRole::Count),
        segment_column("shop", 30),
        column_of_role("a", ColumnRole::Touchpoint),
    ];
    let counted = count_as("people,shop,a\n29,Ghent,1\n15,big,1\n15,big,1\n1,odd,1\n", &columns);
    assert_eq!(groups_of(&counted, 2, "shop"), ["big 30", "others 30"]);
}

#[test]
fn groups_of_an_aggregated_table_are_as_large_as_their_best_answered_question() {
    let answer = |header: &str, role: ColumnRole| {
        column_with_rule(header, role, |rule| {
            rule.words = [(header.to_owned(), header.parse().unwrap())].into();
        })
    };
    let named =
        |name: &str| column_with_rule("what", ColumnRole::Touchpoint, |rule| name.clone_into(&mut rule.name));
    let mut columns = vec![
        column_of_role("what", ColumnRole::Names),
        named("A"),
        named("B"),
        segment_column("shop", 5),
        answer("1", ColumnRole::AnswerCount),
        answer("5", ColumnRole::AnswerCount),
    ];
    let text = "what,shop,1,5\nA,Ghent,2,2\nB,Ghent,1,3\nA,big,2,3\nB,big,0,1\nA,Lille,1,0\n";
    let counted = count_as(text, &columns);
    assert_eq!(groups_of(&counted, 1, "shop"), ["big 5", "others 5"]);
    assert_eq!(groups_of(&counted, 2, "shop"), ["big 1", "others 4"]);
    assert_eq!(counted.answers_of(1, &Segment::everyone()).n(), 10);
    // With shares alone the number of respondents is unknown, so that no group can be called too small.
    for column in &mut columns[4..] {
        column.rule.role = ColumnRole::AnswerShare;
    }
    let shares = count_as("what,shop,1,5\nA,Ghent,20%,80%\n", &columns);
    assert_eq!(
        (groups_of(&shares, 1, "shop"), folded_columns(&shares)),
        (vec!["Ghent 0".to_owned()], vec![])
    );
}

#[test]
fn a_column_that_is_mapped_twice_makes_its_groups_once() {
    let columns = [
        segment_column("shop", 0),
        segment_column("shop", 2),
        column_of_role("shop", ColumnRole::Choices),
        column_of_role("a", ColumnRole::Touchpoint),
    ];
    let counted = count_as("shop,a\nGhent,1\nLille,1\n", &columns);
    assert_eq!(groups_of(&counted, 3, "shop"), ["Ghent 1", "Lille 1"]);
}

#[test]
fn a_crossing_of_a_column_with_too_many_values_is_left_out_with_it() {
    let columns = [
        column_with_rule("shop", ColumnRole::Segment, |rule| rule.crossed = ["class".to_owned()].into()),
        column_of_role("class", ColumnRole::Segment),
        column_of_role("a", ColumnRole::Touchpoint),
    ];
    let mut text = "shop,class,a\nfirst,x,1\n".to_owned();
    for shop in 0..GROUPS {
        writeln!(text, "shop {shop},,1").unwrap();
    }
    text += "first,x,1\n";
    let counted = count_as(&text, &columns);
    assert_eq!(counted.too_many_groups, ["shop", "shop × class"]);
    assert_eq!(counted.answers[&2].keys().filter(|group| !group.segment.is_everyone()).count(), 1);
}

proptest! {
    #[test]
    fn folding_counts_as_a_file_in_which_small_values_are_called_others(
        rows in prop::collection::vec(("[a-h]?", "[xy]?", 1_u8..4, "[0-6]?"), 1..60), least in 1_u64..6,
    ) {
        let columns = |least: u64| [
            column_with_rule("day", ColumnRole::Date, |rule| rule.order = DateOrder::YearFirst),
            column_with_rule("shop", ColumnRole::Segment, |rule| {
                rule.least = least;
                rule.crossed = ["class".to_owned()].into();
            }),
            column_of_role("class", ColumnRole::Segment),
            column_of_role("w", ColumnRole::Weight),
            column_of_role("a", ColumnRole::Touchpoint),
            column_of_role("b", ColumnRole::Journey),
        ];
        let size = |shop: &str| rows.iter().filter(|row| row.0 == shop).count() as u64;
        let small = |shop: &str| !shop.is_empty() && size(shop) < least;
        let others = rows.iter().filter(|row| small(&row.0)).count() as u64;
        let mut text = "day,shop,class,w,a,b\n".to_owned();
        let mut renamed = text.clone();
        for (shop, class, month, a) in &rows {
            let name = match small(shop) {
                true if others < least => "",
                true => OTHERS,
                false => shop,
            };
            writeln!(text, "2026-0{month}-01,{shop},{class},{month},{a},{month}").unwrap();
            writeln!(renamed, "2026-0{month}-01,{name},{class},{month},{a},{month}").unwrap();
        }
        let counted = count_as(&text, &columns(least));
        let plain = count_as(&renamed, &columns(0));
        prop_assert_eq!((&counted.answers, &counted.pairs, counted.rows), (&plain.answers, &plain.pairs, plain.rows));
        prop_assert_eq!(&counted.rejections, &plain.rejections);
        prop_assert_eq!(counted.dropped.contains("shop"), others > 0 && others < least);
        let values = ["a", "b", "c", "d", "e", "f", "g", "h"].iter().filter(|shop| size(shop) > 0 && small(shop)).count();
        prop_assert_eq!(counted.folded.get("shop").copied().unwrap_or(0), values as u64);
    }
}
