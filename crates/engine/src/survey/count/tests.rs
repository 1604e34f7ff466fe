//! Counts are exact: they equal counts by hand, and every row is accounted for.

use super::*;
use crate::model::choice::DateOrder;
use crate::model::counts::{Answer, Moments, WeightSum};
use crate::model::recipe::{ColumnRole, ColumnRule};
use crate::survey::propose::ColumnReason;
use crate::survey::scale::ScaleSource;
use crate::survey::source::Options;
use proptest::prelude::*;
use std::fmt::Write;
use std::io::Cursor;

pub(super) fn column_of_role(header: &str, role: ColumnRole) -> ProposedColumn {
    let mut read = ColumnRule { role, ..ColumnRule::ignore_column(header) };
    read.missing.insert("0".to_owned());
    ProposedColumn {
        rule: read,
        target: None,
        reason: ColumnReason::Chosen,
        source: ScaleSource::Said,
        sure: true,
        doubts: Vec::new(),
    }
}

fn test_columns() -> Vec<ProposedColumn> {
    vec![
        column_of_role("class", ColumnRole::Segment),
        column_of_role("a", ColumnRole::Touchpoint),
        column_of_role("b", ColumnRole::Journey),
        column_of_role("absent", ColumnRole::Touchpoint),
    ]
}

fn count_text(text: &str) -> Counted {
    count_table(&mut SurveyTable::new(Cursor::new(text.to_owned()), Arc::default()).unwrap(), &test_columns())
        .unwrap()
}

fn count_naively(rows: &[(String, String, String)], which: impl Fn(&str) -> bool) -> Histogram {
    let mut histogram = Histogram::default();
    for (_, answer, _) in rows.iter().filter(|(class, ..)| which(class)) {
        match answer.parse::<u8>() {
            Ok(0) => histogram.missing += 1,
            Ok(number @ 1..=5) => {
                *histogram.answers.entry(Answer::new(f64::from(number)).unwrap()).or_default() += 1;
            }
            Err(_) if answer.is_empty() => histogram.missing += 1,
            _ => histogram.rejected += 1,
        }
    }
    histogram
}

/// A cell that is never the name of a column: a row of those is a second header.
fn any_cell() -> impl Strategy<Value = String> {
    prop_oneof![8 => (0_u8..8).prop_map(|n| n.to_string()), 1 => Just(String::new()), 1 => "[c-z]{1,3}"]
}

proptest! {
    #[test]
    fn equals_a_naive_count(rows in prop::collection::vec(("[xyz]?", any_cell(), any_cell()), 1..60)) {
        let mut text = "class,a,b\n".to_owned();
        for (class, a, b) in &rows {
            writeln!(text, "{class},{a},{b}").unwrap();
        }
        let counted = count_text(&text);
        let answers = &counted.answers[&1];
        prop_assert_eq!(counted.answers_of(1, &Segment::everyone()), count_naively(&rows, |_| true));
        for (group, histogram) in answers.iter().filter(|(group, _)| !group.segment.is_everyone()) {
            prop_assert_eq!(histogram, &count_naively(&rows, |class| class == group.segment.value));
        }
        let classes: std::collections::BTreeSet<_> = rows.iter().map(|row| &row.0).filter(|c| !c.is_empty()).collect();
        prop_assert_eq!(answers.len(), classes.len() + 1);
    }

    #[test]
    fn groups_of_several_columns_and_months_are_counted_as_one_by_one(
        rows in prop::collection::vec(("[xy]?", "[pq]?", 1_u8..4, any_cell(), 0_u8..9), 1..60),
    ) {
        let columns = [
            column_with_rule("day", ColumnRole::Date, |rule| rule.order = DateOrder::YearFirst),
            column_with_rule("class", ColumnRole::Segment, |rule| rule.crossed = ["shop".to_owned()].into()),
            column_of_role("shop", ColumnRole::Segment),
            column_of_role("w", ColumnRole::Weight),
            column_of_role("a", ColumnRole::Touchpoint),
        ];
        let mut text = "day,class,shop,w,a\n".to_owned();
        for (class, shop, month, a, weight) in &rows {
            // Every ninth row lacks a cell.
            let end = if *weight == 8 { String::new() } else { format!(",{a}") };
            writeln!(text, "2026-0{month}-01,{class},{shop},{weight}{end}").unwrap();
        }
        let counted = count_as(&text, &columns);
        prop_assert_eq!(counted.answers_of(4, &Segment::everyone()).row_count(), rows.len() as u64);
        let crossed = counted.answers[&4].keys().any(|group| group.segment.column == "class × shop");
        let both = |row: &&(String, String, u8, String, u8)| !row.0.is_empty() && !row.1.is_empty() && row.4 != 8;
        prop_assert_eq!(crossed, rows.iter().filter(both).count() > 0);
        for (group, found) in counted.answers[&4].iter().filter(|(group, _)| group.period != Period::Undated) {
            let mut naive = Histogram::default();
            for (class, shop, month, a, weight) in rows.iter().filter(|row| row.4 != 8) {
                let both = format!("{class} × {shop}");
                let value = match group.segment.column.as_str() {
                    "class" => class,
                    "shop" => shop,
                    "class × shop" => &both,
                    _ => &group.segment.value,
                };
                if group.period.label() != Some(format!("2026-0{month}")) || *value != group.segment.value {
                    continue;
                }
                match a.parse::<u8>() {
                    Ok(answer @ 1..=5) => {
                        let answer = Answer::new(f64::from(answer)).unwrap();
                        *naive.answers.entry(answer).or_default() += 1;
                        naive.weights.entry(answer).or_default().add_weight(WeightSum::of_one(u64::from(*weight) * WeightSum::ONE));
                    }
                    Ok(0) => naive.missing += 1,
                    Err(_) if a.is_empty() => naive.missing += 1,
                    _ => naive.rejected += 1,
                }
            }
            prop_assert_eq!(found, &naive, "{:?}", group);
        }
    }

    #[test]
    fn every_row_is_accounted_for(text in "([0-9a-z,\"\n\r ]{0,12}\n){1,30}") {
        let mut table = SurveyTable::new(Cursor::new(format!("class,a,b\n{text}")), Arc::default()).unwrap();
        if let Ok(counted) = count_table(&mut table, &test_columns()) {
            for column in counted.answers.keys() {
                prop_assert_eq!(counted.answers_of(*column, &Segment::everyone()).row_count(), counted.rows);
            }
            let rejected: u64 = counted.rejections.values().map(|rejection| rejection.count).sum();
            let counts = counted.answers.keys().map(|column| counted.answers_of(*column, &Segment::everyone()).rejected);
            prop_assert_eq!(rejected, counts.sum::<u64>());
        }
    }
}

#[test]
fn each_choice_in_a_cell_is_a_group_of_its_own() {
    let columns = [
        column_with_rule("used", ColumnRole::Choices, |rule| ";".clone_into(&mut rule.separator)),
        column_of_role("a", ColumnRole::Touchpoint),
    ];
    let counted = count_as("used,a\nmail; shop,1\nshop;shop,3\n,5\nmail,4\n", &columns);
    let of = |value: &str| {
        let segment = Segment { column: "used".to_owned(), value: value.to_owned() };
        let found = counted.answers_of(1, &segment);
        found.answers.iter().map(|(answer, n)| (answer.get() as i64, *n)).collect::<Vec<_>>()
    };
    assert_eq!((of("mail"), of("shop")), (vec![(1, 1), (4, 1)], vec![(1, 1), (3, 1)]));
    assert_eq!(counted.answers_of(1, &Segment::everyone()).n(), 4);
}

#[test]
fn what_does_not_count_is_named_with_its_lines() {
    let counted = count_text("class,a,b\nx,1,2\nx,6,2\ny,3\nx,good,2,\n");
    let found: Vec<_> = counted
        .rejections
        .iter()
        .map(|((column, reason), rejection)| (*column, *reason, rejection.count, rejection.lines.clone()))
        .collect();
    assert_eq!(
        found,
        [
            (1, Reject::NotANumber, 1, vec![5]),
            (1, Reject::OffScale, 1, vec![3]),
            (1, Reject::RaggedRow, 1, vec![4]),
            (2, Reject::RaggedRow, 1, vec![4]),
        ]
    );
}

#[test]
fn a_column_of_too_many_groups_is_left_out_and_named() {
    let mut text = "class,a,b\n".to_owned();
    for row in 0..=GROUPS {
        writeln!(text, "group {row},1,1").unwrap();
    }
    let counted = count_text(&text);
    assert_eq!(counted.too_many_groups, ["class"]);
    assert_eq!(counted.answers[&1].len(), 1);
}

pub(super) fn column_with_rule(
    header: &str,
    role: ColumnRole,
    change: impl FnOnce(&mut ColumnRule),
) -> ProposedColumn {
    let mut made = column_of_role(header, role);
    change(&mut made.rule);
    made
}

pub(super) fn count_as(text: &str, columns: &[ProposedColumn]) -> Counted {
    count_text_with(text, columns, &CountOptions::default())
}

pub(super) fn count_text_with(
    text: &str,
    columns: &[ProposedColumn],
    count_options: &CountOptions,
) -> Counted {
    // Random cells may look like a header.
    let options = Options { header_rows: Some(1), ..Options::default() };
    let bytes = Cursor::new(text.to_owned());
    count_table_with(
        &mut SurveyTable::with_options(bytes, &options, &Arc::default()).unwrap(),
        columns,
        count_options,
    )
    .unwrap()
}

#[test]
fn answers_fall_into_periods_and_all_are_accounted_for() {
    let columns = [
        column_with_rule("day", ColumnRole::Date, |rule| rule.order = DateOrder::DayFirst),
        column_of_role("class", ColumnRole::Segment),
        column_of_role("a", ColumnRole::Touchpoint),
    ];
    let text =
        "day,class,a\n3/4/2024,x,1\n30/4/2024,y,2\n2024-05-01,x,3\n31/4/2024,x,4\n,y,9\nsoon,x,\n3/4/2024\n";
    let counted = count_as(text, &columns);
    let told = counted.answers[&2].iter().filter(|(group, _)| group.segment.is_everyone());
    let told: Vec<_> = told.map(|(g, h)| (g.period.label(), h.n(), h.missing, h.rejected)).collect();
    let month = |name: &str| Some(name.to_owned());
    assert_eq!(told, [(None, 1, 1, 2), (month("2024-04"), 2, 0, 0), (month("2024-05"), 1, 0, 0)]);
    let of = |reason| counted.rejections.get(&(0, reason)).map(|rejection| rejection.lines.clone());
    assert_eq!((of(Reject::ImpossibleDate), of(Reject::NotADate)), (Some(vec![5]), Some(vec![6, 7])));
    let x = Segment { column: "class".to_owned(), value: "x".to_owned() };
    assert_eq!(counted.answers_of(2, &x).row_count(), 4);
}

#[test]
fn weights_stand_beside_the_counts() {
    let columns = [column_of_role("w", ColumnRole::Weight), column_of_role("a", ColumnRole::Touchpoint)];
    let counted = count_as("w,a\n0.5,1\n2,1\n-1,1\n1.25,5\n3,0\n", &columns);
    let histogram = counted.answers_of(1, &Segment::everyone());
    let told = histogram.weights.iter().map(|(answer, weight)| (answer.get(), weight.millionths));
    assert_eq!(told.collect::<Vec<_>>(), [(1.0, 2_500_000), (5.0, 1_250_000)]);
    assert_eq!((histogram.n(), histogram.missing), (4, 1));
    // (Σw)² / Σw² over .5, 2, 0 and 1.25.
    assert!((histogram.effective_n() - 3.75_f64.powi(2) / (0.25 + 4.0 + 1.5625)).abs() < 1e-12);
    assert_eq!(counted.rejections[&(0, Reject::NotAWeight)].lines, [4]);
}

#[test]
fn a_row_may_stand_for_many() {
    let columns = [
        column_of_role("people", ColumnRole::Count),
        column_of_role("a", ColumnRole::Touchpoint),
        column_of_role("y", ColumnRole::Journey),
        column_of_role("w", ColumnRole::Weight),
    ];
    let counted = count_as("people,a,y,w\n30,4,5,2\n12,9,1,1\n,3,3,1\n2.5,3,3,1\n8,,1,1\n", &columns);
    let histogram = counted.answers_of(1, &Segment::everyone());
    assert_eq!((counted.rows, histogram.n(), histogram.missing, histogram.rejected), (50, 30, 8, 12));
    assert_eq!(histogram.weights[&Answer::new(4.0).unwrap()], WeightSum::of_one(2_000_000).scaled_by(30));
    assert_eq!(counted.rejections[&(0, Reject::NotACount)].lines, [4, 5]);
    let rows = ["4,5,2\n".repeat(30), "9,1,1\n".repeat(12), ",1,1\n".repeat(8)].concat();
    let plain = count_as(&format!("a,y,w\n{rows}"), &columns);
    assert_eq!((plain.answers_of(1, &Segment::everyone()), &plain.pairs), (histogram, &counted.pairs));
}

#[test]
fn names_as_values_find_their_questions() {
    let named = |name: &str| {
        column_with_rule("score", ColumnRole::Touchpoint, |rule| name.clone_into(&mut rule.name))
    };
    let columns = [column_of_role("what", ColumnRole::Names), named("Check-in"), named("Boarding")];
    let text = "what,score\nCheck-in,4\ncheck-in,9\nBoarding,\nLounge,3\nBoarding,1\n";
    let counted = count_as(text, &columns);
    let told = |column| {
        let histogram = counted.answers_of(column, &Segment::everyone());
        (histogram.n(), histogram.missing, histogram.rejected)
    };
    assert_eq!((told(1), told(2)), ((1, 0, 1), (1, 1, 0)));
    assert_eq!(counted.rejections[&(0, Reject::UnknownName)].lines, [5]);
    let rows: u64 = (1..3).map(|column| counted.answers_of(column, &Segment::everyone()).row_count()).sum();
    assert_eq!(rows + 1, counted.rows);
}

proptest! {
    #[test]
    fn sums_for_drivers_are_those_of_complete_answers(rows in prop::collection::vec((any_cell(), any_cell(), any_cell()), 1..80)) {
        let columns = [
            column_of_role("a", ColumnRole::Touchpoint),
            column_of_role("b", ColumnRole::Stage),
            column_of_role("y", ColumnRole::Journey),
        ];
        let mut text = "a,b,y\n".to_owned();
        let mut naive = (0, [0_i128; 3], [0_i128; 6]);
        for (a, b, y) in &rows {
            writeln!(text, "{a},{b},{y}").unwrap();
            let answer = |cell: &String| cell.parse::<i128>().ok().filter(|n| (1..=5).contains(n));
            if let (Some(a), Some(b), Some(y)) = (answer(a), answer(b), answer(y)) {
                naive.0 += 1;
                naive.1.iter_mut().zip([y, a, b]).for_each(|(sum, x)| *sum += 1000 * x);
                let products = [y * y, y * a, y * b, a * a, a * b, b * b];
                naive.2.iter_mut().zip(products).for_each(|(sum, xy)| *sum += 1_000_000 * xy);
            }
        }
        let counted = count_as(&text, &columns);
        prop_assert_eq!((counted.pairs[0].outcome, &counted.pairs[0].drivers), (2, &vec![0, 1]));
        let found = counted.pairs[0].moments.values().next().cloned().unwrap_or_else(|| Moments::with_drivers(2));
        prop_assert_eq!((found.n, &found.sums[..], &found.products[..]), (naive.0, &naive.1[..], &naive.2[..]));
    }
}
