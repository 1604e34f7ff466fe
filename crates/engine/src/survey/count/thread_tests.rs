//! Counts are the same on any number of threads, wherever the table is cut.

use super::tests::{column_of_role, column_with_rule};
use super::*;
use crate::model::choice::{DateOrder, Delimiter};
use crate::model::counts::Answer;
use crate::model::recipe::ColumnRole;
use crate::survey::source::Options;
use jiff::civil::date;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::sync::atomic::{AtomicU32, Ordering};

fn open_table(text: &str) -> Result<SurveyTable, TableError> {
    let options =
        Options { delimiter: Some(Delimiter::Semicolon), decimal_comma: Some(true), ..Options::default() };
    SurveyTable::with_options(Cursor::new(text.to_owned()), &options, &Arc::default())
}

/// Returns the count on one thread and that on several, with errors as messages; `None` if the count needs
/// the order of rows.
type BothCounts = (Result<Counted, String>, Option<Result<Counted, String>>);

fn count_both(
    text: &str,
    columns: &[ProposedColumn],
    options: &CountOptions,
    plan: ThreadPlan,
) -> BothCounts {
    let words = |error: TableError| error.to_string();
    let alone =
        open_table(text).and_then(|mut table| count_table_with(&mut table, columns, options)).map_err(words);
    let threaded = open_table(text).and_then(|table| count_on_threads(table, columns, options, plan));
    let threaded = match threaded {
        Ok(ThreadedCount::NeedsOrder) => None,
        Ok(ThreadedCount::Counted(counted)) => Some(Ok(*counted)),
        Err(error) => Some(Err(words(error))),
    };
    (alone, threaded)
}

const HEADER: &str = "id;day;class;shop;w;n;what;a;b;c;comment";

/// Builds a row of cells selected by `picks`.
fn write_row(text: &mut String, picks: &[u8; 12]) {
    let from = |pick: usize, cells: &[&str]| cells[usize::from(picks[pick]) % cells.len()].to_owned();
    let scores = ["1", "2", "3", "4", "5", "3,5", "2,25", "", "0", "x", "9", "\"4\"", "1", "2"];
    let comments = [
        "fine",
        "",
        "\"two\nlines\"",
        "\"a \"\"b\"\"\n\n;c\"",
        "it's 5\" wide",
        "\"three\r\nlines;\n\"",
        "\"x\"y\"z",
        "été",
        "fine",
    ];
    let mut cells = vec![
        format!("R{}", picks[0] % 40),
        format!("2026-{:02}-{:02}", 1 + picks[1] % 5, 1 + picks[2] % 30),
        from(3, &["x", "y", "z", "", "rare é", "others", "\"q\nr\""]),
        from(4, &["p", "q", "", "p"]),
        from(5, &["1", "0,5", "1,25", "", "heavy"]),
        from(6, &["1", "2", "1", "0", "some"]),
        from(7, &["Desk", "desk", "Room", "Bar"]),
        from(8, &scores),
        from(9, &scores),
        from(10, &scores),
        from(11, &comments),
    ];
    match picks[11] {
        230..=239 => cells.truncate(7),
        240..=247 => cells.push("more".to_owned()),
        248 if picks[10] < 20 => text.push('\n'),
        251 => cells[10] = "\"never closed".to_owned(),
        _ => {}
    }
    if picks[0] > 250 {
        cells[0].clear();
    }
    let end = if picks[2] > 200 { "\r\n" } else { "\n" };
    write!(text, "{}{end}", cells.join(";")).unwrap();
}

/// Builds a mapping and options; each bit of `kind` changes something.
fn build_mapping(kind: u16) -> (Vec<ProposedColumn>, CountOptions) {
    let is = |bit: u16| kind >> bit & 1 == 1;
    let mut columns = vec![
        column_with_rule("id", ColumnRole::Respondent, |rule| rule.once = is(0) && is(1)),
        column_with_rule("day", ColumnRole::Date, |rule| rule.order = DateOrder::YearFirst),
        column_with_rule("class", ColumnRole::Segment, |rule| {
            rule.crossed = ["shop".to_owned()].into();
            rule.least = if is(2) { 12 } else { 0 };
        }),
        column_with_rule("shop", if is(3) { ColumnRole::Choices } else { ColumnRole::Segment }, |rule| {
            ",".clone_into(&mut rule.separator);
        }),
        column_with_rule("a", ColumnRole::Touchpoint, |rule| rule.driver = true),
        column_with_rule("b", ColumnRole::Journey, |rule| {
            rule.skip = if is(4) { ["x".to_owned()].into() } else { BTreeSet::new() };
        }),
        column_with_rule("c", ColumnRole::Touchpoint, |rule| rule.driver = true),
    ];
    if is(5) {
        columns.push(column_of_role("w", ColumnRole::Weight));
    }
    if is(6) {
        columns.push(column_of_role("n", ColumnRole::Count));
    }
    if is(7) {
        columns.push(column_of_role("what", ColumnRole::Names));
        columns[4].rule.name = "Desk".to_owned();
        columns[6].rule.name = "Room".to_owned();
    }
    let key = is(8).then_some([7; 16]);
    let hash_known = |key| Arc::new([hash_respondent(&key, "R7")].into());
    let known = if is(9) { key.map(hash_known) } else { None };
    let after = is(10).then(|| date(2026, 2, 10));
    (columns, CountOptions { key, known, after })
}

proptest! {
    #[test]
    fn counts_are_the_same_on_any_number_of_threads(
        rows in prop::collection::vec(any::<[u8; 12]>(), 0..160),
        kind in 0_u16..1 << 11,
        threads in 1_usize..=8,
        chunk_bytes in prop_oneof![1_usize..200, 200_usize..4000],
    ) {
        let mut text = format!("{HEADER}\n");
        for row in &rows {
            write_row(&mut text, row);
        }
        let (columns, options) = build_mapping(kind);
        let (alone, threaded) = count_both(&text, &columns, &options, ThreadPlan { threads, chunk_bytes });
        // After a gap another table may begin, which the rows after it decide.
        let has_gap = rows.iter().any(|row| row[11] == 248 && row[10] < 20);
        // After an unclosed quote, the content of cells may look like a gap. One thread then reads the table
        // again.
        let may_need_order = has_gap || alone.is_err();
        if !may_need_order || threaded.is_some() {
            prop_assert_eq!(threaded, Some(alone));
        }
    }

    #[test]
    fn parts_of_a_table_are_counted_as_the_whole(
        rows in prop::collection::vec(any::<[u8; 12]>(), 1..120),
        parts in prop::collection::vec(0_usize..4, 120),
        kind in (0_u16..1 << 11).prop_filter("repeats depend on order", |kind| kind & 3 != 3),
    ) {
        // No row that makes reading fail.
        let rows: Vec<[u8; 12]> = rows.iter().map(|row| row.map(|pick| if pick == 251 { 0 } else { pick })).collect();
        let mut text = format!("{HEADER}\n");
        for row in &rows {
            write_row(&mut text, row);
        }
        let (columns, options) = build_mapping(kind);
        let mut whole = open_table(&text).unwrap();
        let mut counters: Vec<Counter> =
            (0..4).map(|_| Counter::new(whole.column_names(), &columns, &options)).collect();
        let (first, others) = counters.split_at_mut(1);
        for other in others {
            other.share_hasher(&first[0]);
        }
        let mut parts = parts.iter();
        while let Some(row) = whole.next_row().unwrap() {
            counters[*parts.next().unwrap()].add_row(&row);
        }
        counters.iter_mut().for_each(Counter::prepare_merge);
        let merged = counters.into_iter().reduce(|mut all, other| {
            all.merge(other);
            all
        });
        let merged = merged.unwrap();
        prop_assert!(!merged.has_reached_limit());
        let alone = count_table_with(&mut open_table(&text).unwrap(), &columns, &options).unwrap();
        prop_assert_eq!(merged.finish(alone.hash.clone()), alone);
    }

    #[test]
    fn an_aggregated_table_is_counted_the_same_on_any_number_of_threads(
        rows in prop::collection::vec((0_u8..4, 1_u8..4, 0_u8..3, 0_u8..30, 0_u8..30), 1..120),
        role in prop_oneof![Just(ColumnRole::AnswerCount), Just(ColumnRole::AnswerShare)],
        threads in 2_usize..=8,
        chunk_bytes in 1_usize..300,
    ) {
        let mut text = "class;day;what;1;2\ng0;2026-01-01;q0;3;4\n".to_owned();
        for (class, month, what, one, two) in &rows {
            writeln!(text, "g{class};2026-0{month}-01;q{what};{one};{two}").unwrap();
        }
        let question = |name: &str| column_with_rule("what", ColumnRole::Touchpoint, |rule| name.clone_into(&mut rule.name));
        let columns = [
            column_of_role("class", ColumnRole::Segment),
            column_with_rule("day", ColumnRole::Date, |rule| rule.order = DateOrder::YearFirst),
            column_of_role("1", role),
            column_of_role("2", role),
            column_of_role("what", ColumnRole::Names),
            question("q0"),
            question("q1"),
        ];
        let plan = ThreadPlan { threads, chunk_bytes };
        let (alone, threaded) = count_both(&text, &columns, &CountOptions::default(), plan);
        prop_assert!(alone.as_ref().is_ok_and(|counted| !counted.answers[&5].is_empty()));
        prop_assert_eq!(threaded, Some(alone));
    }
}

/// True if a text must be counted on one thread, as a count on several detects.
fn needs_order(text: &str, columns: &[ProposedColumn]) -> bool {
    let plan = ThreadPlan { threads: 3, chunk_bytes: 100 };
    let (alone, threaded) = count_both(text, columns, &CountOptions::default(), plan);
    assert!(threaded.as_ref().is_none_or(|threaded| *threaded == alone));
    threaded.is_none()
}

#[test]
fn where_a_limit_is_reached_one_thread_counts() {
    let columns = [
        column_with_rule("class", ColumnRole::Segment, |rule| rule.crossed = ["shop".to_owned()].into()),
        column_of_role("shop", ColumnRole::Segment),
        column_with_rule("a", ColumnRole::Touchpoint, |rule| rule.high = 1e6),
    ];
    let text = |classes: usize, shops: usize, answers: usize| {
        (0..2000).fold("class;shop;a\n".to_owned(), |mut text, row| {
            writeln!(text, "g{};s{};{}", row % classes, row / 7 % shops, 1 + row / 3 % answers).unwrap();
            text
        })
    };
    assert!(!needs_order(&text(5, 6, 100), &columns));
    assert!(!needs_order(&text(GROUPS, 1, 100), &columns));
    assert!(needs_order(&text(GROUPS + 1, 1, 100), &columns));
    assert!(needs_order(&text(20, 21, 100), &columns), "the crossing has too many groups");
    assert!(!needs_order(&text(5, 6, 660), &columns));
    assert!(!needs_order(&text(5, 6, 660).replace("g0", "0"), &columns));
    let answers = (0..=ANSWERS).fold("class;shop;a\n".to_owned(), |mut text, row| {
        writeln!(text, "g;s;{row}").unwrap();
        text
    });
    // Zero is no answer, so that these are exactly the maximum.
    assert!(!needs_order(&answers, &columns));
    assert!(needs_order(&format!("{answers}g;s;5000\n"), &columns));
}

#[test]
fn rows_that_stand_for_billions_are_counted_exactly() {
    let row = "g;s;1000000000;4\n";
    let text = format!("class;shop;n;a\n{}", row.repeat(100));
    let columns = [
        column_of_role("class", ColumnRole::Segment),
        column_of_role("shop", ColumnRole::Segment),
        column_of_role("n", ColumnRole::Count),
        column_of_role("a", ColumnRole::Touchpoint),
    ];
    for threads in [1, 4] {
        let plan = ThreadPlan { threads, chunk_bytes: 50 };
        let (alone, threaded) = count_both(&text, &columns, &CountOptions::default(), plan);
        let alone = alone.unwrap();
        let group = Segment { column: "class".to_owned(), value: "g".to_owned() };
        for segment in [Segment::everyone(), group] {
            assert_eq!(alone.answers_of(3, &segment).answers[&Answer::new(4.0).unwrap()], 100_000_000_000);
        }
        assert_eq!(threaded, Some(Ok(alone)));
    }
}

#[test]
fn a_row_too_long_to_be_cut_out_is_read_on_one_thread() {
    let mut text = "a;comment\n".to_owned() + &"3;fine\n".repeat(40);
    write!(text, "4;{}", format!("\"{}\n\";", "x".repeat(900_000)).repeat(3)).unwrap();
    text.push_str("\n5;fine\n");
    assert!(needs_order(&text, &[column_of_role("a", ColumnRole::Touchpoint)]));
}

#[test]
fn a_long_file_is_counted_as_a_stream_and_can_be_stopped() {
    let mut text = "id;class;a;comment\n".to_owned();
    for row in 0..30_000 {
        writeln!(text, "R{};g{};{};\"line {row}\n\"\"next\"\"; line\"", row % 9000, row % 7, row % 6)
            .unwrap();
    }
    let columns = [
        column_of_role("id", ColumnRole::Respondent),
        column_of_role("class", ColumnRole::Segment),
        column_of_role("a", ColumnRole::Touchpoint),
    ];
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    let alone = count_table(&mut open_table(&text).unwrap(), &columns).unwrap();
    assert_eq!(count_file(file.path(), &columns, &Arc::default()).unwrap(), alone);
    for threads in [2, 5, 8] {
        let plan = ThreadPlan { threads, ..ThreadPlan::for_available_threads() };
        let counted = count_on_threads(open_table(&text).unwrap(), &columns, &CountOptions::default(), plan);
        assert!(matches!(counted, Ok(ThreadedCount::Counted(counted)) if *counted == alone));
    }
    let asked = AtomicU32::new(0);
    let progress = ReadProgress::with_callback(move |_| asked.fetch_add(1, Ordering::Relaxed) < 3);
    let stopped = count_file(file.path(), &columns, &Arc::new(progress));
    assert!(matches!(stopped, Err(TableError::Cancelled)));
}
