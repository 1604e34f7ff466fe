//! Counting is exact: it equals counting by hand, and every row is accounted for.

use super::*;
use crate::feedback::propose::Reason;
use crate::model::recipe::ColumnRule;
use proptest::prelude::*;
use std::fmt::Write;
use std::io::Cursor;

fn column(header: &str, role: ColumnRole) -> Column {
    let mut read = ColumnRule { role, ..ColumnRule::ignore(header) };
    read.missing.insert("0".to_owned());
    Column { rule: read, target: None, reason: Reason::Chosen, sure: true, doubts: Vec::new() }
}

fn columns() -> Vec<Column> {
    vec![
        column("class", ColumnRole::Segment),
        column("a", ColumnRole::Touchpoint),
        column("b", ColumnRole::Journey),
        column("absent", ColumnRole::Touchpoint),
    ]
}

fn counted(text: &str) -> Counted {
    count(&mut Table::new(Cursor::new(text.to_owned()), Arc::default()).unwrap(), &columns()).unwrap()
}

fn naive(rows: &[(String, String, String)], which: impl Fn(&str) -> bool) -> Histogram {
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

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![8 => (0_u8..8).prop_map(|n| n.to_string()), 1 => Just(String::new()), 1 => "[a-z]{1,3}"]
}

proptest! {
    #[test]
    fn equals_a_naive_count(rows in prop::collection::vec(("[xyz]?", cell(), cell()), 1..60)) {
        let mut text = "class,a,b\n".to_owned();
        for (class, a, b) in &rows {
            writeln!(text, "{class},{a},{b}").unwrap();
        }
        let counted = counted(&text);
        let answers = &counted.answers[&1];
        prop_assert_eq!(&answers[&Segment::everyone()], &naive(&rows, |_| true));
        for (segment, histogram) in answers.iter().filter(|(segment, _)| !segment.is_everyone()) {
            prop_assert_eq!(histogram, &naive(&rows, |class| class == segment.value));
        }
        let classes: std::collections::BTreeSet<_> = rows.iter().map(|row| &row.0).filter(|c| !c.is_empty()).collect();
        prop_assert_eq!(answers.len(), classes.len() + 1);
    }

    #[test]
    fn every_row_is_accounted_for(text in "([0-9a-z,\"\n\r ]{0,12}\n){1,30}") {
        let mut table = Table::new(Cursor::new(format!("class,a,b\n{text}")), Arc::default()).unwrap();
        if let Ok(counted) = count(&mut table, &columns()) {
            for answers in counted.answers.values() {
                prop_assert_eq!(answers[&Segment::everyone()].rows(), counted.rows);
            }
            let rejected: u64 = counted.rejections.values().map(|rejection| rejection.count).sum();
            let counts = counted.answers.values().map(|by_group| by_group[&Segment::everyone()].rejected);
            prop_assert_eq!(rejected, counts.sum::<u64>());
        }
    }
}

#[test]
fn what_does_not_count_is_named_with_its_lines() {
    let counted = counted("class,a,b\nx,1,2\nx,6,2\ny,3\nx,good,2,\n");
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
    let counted = counted(&text);
    assert_eq!(counted.too_many_groups, ["class"]);
    assert_eq!(counted.answers[&1].len(), 1);
}
