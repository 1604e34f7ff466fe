//! Row rules: rows that a mapping leaves out are only counted as left out.

use super::tests::{column_of_role, column_with_rule, count_as, count_text_with};
use super::*;
use crate::model::recipe::{ColumnRole, DateOrder, WaveSplit};
use jiff::civil::date;
use proptest::prelude::*;
use std::fmt::Write;

fn skipping_column(header: &str, role: ColumnRole, texts: &[&str]) -> ProposedColumn {
    column_with_rule(header, role, |rule| rule.skip = texts.iter().map(|text| (*text).to_owned()).collect())
}

fn left_out(counted: &Counted) -> Vec<(usize, u64, Vec<u64>)> {
    counted.left_out.iter().map(|(column, rows)| (*column, rows.count, rows.lines.clone())).collect()
}

#[test]
fn rows_are_left_out_by_the_text_of_a_column_of_any_role() {
    let columns = [
        skipping_column("status", ColumnRole::Ignore, &["Survey Preview", "spam"]),
        column_with_rule("day", ColumnRole::Date, |_| ()),
        skipping_column("class", ColumnRole::Segment, &[""]),
        column_of_role("a", ColumnRole::Touchpoint),
        column_of_role("w", ColumnRole::Weight),
    ];
    let counted = count_as(
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
    let everyone = counted.answers_of(3, &Segment::everyone());
    assert_eq!((counted.rows, everyone.n(), everyone.row_count()), (6, 2, 2));
    assert_eq!(counted.rejections, BTreeMap::new(), "rows left out have no cells to complain about");
    let groups: Vec<_> = counted.answers[&3].keys().map(|group| group.segment.value.as_str()).collect();
    assert_eq!(groups, ["", "x"]);
}

#[test]
fn a_row_of_another_width_is_told_as_such_and_not_left_out() {
    let columns =
        [column_of_role("a", ColumnRole::Touchpoint), skipping_column("end", ColumnRole::Ignore, &[""])];
    let counted = count_as("a,end\n1,x\n2,\n3\n", &columns);
    assert_eq!(left_out(&counted), [(1, 1, vec![3])]);
    assert_eq!(counted.rejections[&(0, Reject::RaggedRow)].lines, [4]);
}

#[test]
fn rows_that_stand_for_many_are_left_out_as_many() {
    let columns = [
        column_of_role("people", ColumnRole::Count),
        skipping_column("status", ColumnRole::Ignore, &["spam"]),
        column_of_role("a", ColumnRole::Touchpoint),
    ];
    let counted = count_as("people,status,a\n30,live,4\n12,spam,4\nmany,spam,4\n0,spam,4\n", &columns);
    assert_eq!(left_out(&counted), [(1, 13, vec![3, 4])]);
    assert_eq!((counted.rows, counted.answers_of(2, &Segment::everyone()).row_count()), (43, 30));
    assert_eq!(counted.rejections, BTreeMap::new());
}

#[test]
fn a_rule_of_a_name_leaves_out_rows_of_that_name_alone() {
    let named = |name: &str, texts: &[&str]| {
        let mut column = skipping_column("score", ColumnRole::Touchpoint, texts);
        name.clone_into(&mut column.rule.name);
        column
    };
    let columns =
        [column_of_role("what", ColumnRole::Names), named("Check-in", &["3"]), named("Boarding", &[])];
    let counted = count_as("what,score\nCheck-in,3\ncheck-in,4\nBoarding,3\n", &columns);
    assert_eq!(left_out(&counted), [(1, 1, vec![2])]);
    assert_eq!([1, 2].map(|column| counted.answers_of(column, &Segment::everyone()).n()), [1, 1]);
}

#[test]
fn rows_of_an_aggregated_table_are_left_out_with_all_they_stand_for() {
    let answer = |header: &str, role: ColumnRole| {
        column_with_rule(header, role, |rule| {
            rule.words = [(header.to_owned(), header.parse().unwrap())].into();
        })
    };
    let named =
        |name: &str| column_with_rule("what", ColumnRole::Touchpoint, |rule| name.clone_into(&mut rule.name));
    let mut columns = vec![
        skipping_column("what", ColumnRole::Names, &["Total"]),
        named("Check-in"),
        named("Boarding"),
        answer("1", ColumnRole::AnswerCount),
        answer("5", ColumnRole::AnswerCount),
    ];
    let text = "what,1,5\nCheck-in,10,20\nTotal,11,22\nBoarding,1,2\ntotal,no,no\n";
    let counted = count_as(text, &columns);
    assert_eq!(left_out(&counted), [(0, 34, vec![3, 5])]);
    let rows: u64 = (1..3).map(|column| counted.answers_of(column, &Segment::everyone()).row_count()).sum();
    assert_eq!((rows, counted.rows), (33, 67));
    assert_eq!(counted.rejections, BTreeMap::new());
    for column in &mut columns[3..] {
        column.rule.role = ColumnRole::AnswerShare;
    }
    let shares = count_as("what,1,5\nCheck-in,10%,90%\nTotal,20%,80%\n", &columns);
    assert_eq!((left_out(&shares), shares.rows), (vec![(0, 1, vec![3])], 2));
}

proptest! {
    #[test]
    fn what_is_left_out_counts_as_if_it_were_not_there(
        rows in prop::collection::vec(("[xy]?", "[pqr]?", 1_u8..4, "[0-6a]?", 0_u8..5), 1..60),
    ) {
        let columns = |skip: bool| {
            let texts = |texts: &[&'static str]| if skip { texts.to_vec() } else { Vec::new() };
            let mut day = column_with_rule("day", ColumnRole::Date, |rule| rule.order = DateOrder::YearFirst);
            day.rule.skip = texts(&["2026-03-01"]).into_iter().map(str::to_owned).collect();
            vec![
                day,
                skipping_column("class", ColumnRole::Segment, &texts(&["x"])),
                skipping_column("shop", ColumnRole::Segment, &texts(&["", "Q"])),
                column_of_role("w", ColumnRole::Weight),
                skipping_column("a", ColumnRole::Touchpoint, &texts(&["a"])),
                column_of_role("b", ColumnRole::Journey),
            ]
        };
        let mut all = "day,class,shop,w,a,b\n".to_owned();
        let mut kept = "day,class,shop,w,a,b\n".to_owned();
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
        let counted = count_as(&all, &columns(true));
        let told: BTreeMap<usize, u64> = counted.left_out.iter().map(|(column, rows)| (*column, rows.count)).collect();
        prop_assert_eq!(&told, &expected);
        let left_out: u64 = told.values().sum();
        for column in counted.answers.keys() {
            prop_assert_eq!(counted.answers_of(*column, &Segment::everyone()).row_count() + left_out, rows.len() as u64);
        }
        prop_assert_eq!(counted.rows, rows.len() as u64);
        if left_out < rows.len() as u64 {
            let plain = count_as(&kept, &columns(false));
            prop_assert_eq!((&counted.answers, &counted.pairs), (&plain.answers, &plain.pairs));
        } else {
            prop_assert!(counted.answers.values().all(BTreeMap::is_empty));
        }
    }
}

const KEY: [u8; 16] = [7; 16];

fn respondents_of(text: &str, columns: &[ProposedColumn], options: &CountOptions) -> (Counted, Respondents) {
    let counted = count_text_with(text, columns, options);
    let respondents = counted.respondents.clone().unwrap();
    (counted, respondents)
}

fn options_with_key() -> CountOptions {
    CountOptions { key: Some(KEY), ..CountOptions::default() }
}

#[test]
fn respondents_are_known_by_keyed_hashes_and_repeats_are_counted() {
    let mut columns =
        [column_of_role("id", ColumnRole::Respondent), column_of_role("a", ColumnRole::Touchpoint)];
    let text = "id,a\nR1,1\nR2,2\nR1,3\n,4\n,5\nr1,1\n R2 ,1\nR1,2\nR3\n";
    let (counted, respondents) = respondents_of(text, &columns, &options_with_key());
    let mut hashes = ["R1", "R2", "r1"].map(|id| hash_respondent(&KEY, id));
    hashes.sort_unstable();
    assert_eq!(
        respondents,
        Respondents { hashes: hashes.to_vec(), distinct: 3, repeated: 3, blank: 3, known: 0 }
    );
    assert_eq!((counted.left_out.len(), counted.answers_of(1, &Segment::everyone()).n()), (0, 8));
    assert_eq!(hashes.len(), 3);
    // The first row of each id wins; rows without an id are kept.
    columns[0].rule.once = true;
    let (counted, once) = respondents_of(text, &columns, &options_with_key());
    assert_eq!(once, respondents);
    assert_eq!(left_out(&counted), [(0, 3, vec![4, 8, 9])]);
    let answers = counted.answers_of(1, &Segment::everyone()).answers;
    assert_eq!(
        answers.iter().map(|(answer, n)| (answer.get() as i64, *n)).collect::<Vec<_>>(),
        [(1, 2), (2, 1), (4, 1), (5, 1)]
    );
    // Without a key only their number is known.
    let (_, unkeyed) = respondents_of(text, &columns, &CountOptions::default());
    assert_eq!(unkeyed, Respondents { hashes: Vec::new(), ..respondents });
    assert_eq!(count_as("id,a\nR1,1\n", &columns[1..]).respondents, None);
}

#[test]
fn respondents_that_came_before_are_left_out() {
    let columns = [column_of_role("id", ColumnRole::Respondent), column_of_role("a", ColumnRole::Touchpoint)];
    let known = ["R1", "R9"].map(|id| hash_respondent(&KEY, id)).into_iter().collect();
    let options = CountOptions { known: Some(Arc::new(known)), ..options_with_key() };
    let (counted, respondents) = respondents_of("id,a\nR1,1\nR2,2\nR1,3\n,4\nR2,1\n", &columns, &options);
    assert_eq!(left_out(&counted), [(0, 2, vec![2, 4])]);
    let hashes = vec![hash_respondent(&KEY, "R2")];
    assert_eq!(respondents, Respondents { hashes, distinct: 1, repeated: 1, blank: 1, known: 2 });
    let (counted, _) = respondents_of("id,a\nR1,1\n", &columns, &CountOptions { key: None, ..options });
    assert_eq!(left_out(&counted), [], "hashes say nothing without their key");
}

#[test]
fn a_row_that_another_rule_leaves_out_does_not_make_the_next_one_a_repeat() {
    let columns = [
        column_with_rule("id", ColumnRole::Respondent, |rule| rule.once = true),
        skipping_column("status", ColumnRole::Ignore, &["preview"]),
        column_of_role("people", ColumnRole::Count),
        column_of_role("a", ColumnRole::Touchpoint),
    ];
    let text = "id,status,people,a\nR1,preview,1,1\nR1,,no,2\nR1,,0,2\nR1,,1,3\nR1,,1,4\n";
    let (counted, respondents) = respondents_of(text, &columns, &options_with_key());
    assert_eq!(left_out(&counted), [(0, 1, vec![6]), (1, 1, vec![2])]);
    assert_eq!((respondents.distinct, respondents.repeated), (1, 1));
    assert_eq!(
        counted
            .answers_of(3, &Segment::everyone())
            .answers
            .keys()
            .map(|a| a.get() as i64)
            .collect::<Vec<_>>(),
        [3]
    );
}

#[test]
fn a_respondent_may_answer_several_questions_in_rows_of_their_own() {
    let named = |name: &str| {
        column_with_rule("score", ColumnRole::Touchpoint, |rule| name.clone_into(&mut rule.name))
    };
    let columns = [
        column_with_rule("id", ColumnRole::Respondent, |rule| rule.once = true),
        column_of_role("what", ColumnRole::Names),
        named("Check-in"),
        named("Boarding"),
    ];
    let text = "id,what,score\nR1,Check-in,4\nR1,Boarding,3\nR2,check-in,5\nR1,check-in,1\nR3,Lounge,2\n";
    let (counted, respondents) = respondents_of(text, &columns, &options_with_key());
    assert_eq!(left_out(&counted), [(0, 1, vec![5])]);
    assert_eq!((respondents.distinct, respondents.repeated), (2, 1));
    assert_eq!([2, 3].map(|column| counted.answers_of(column, &Segment::everyone()).n()), [2, 1]);
    assert_eq!(
        respondents_of(text, &columns, &options_with_key()).1.hashes.len(),
        2,
        "a row that names nothing counts for nobody"
    );
}

#[test]
fn days_of_answers_are_told_and_older_ones_can_be_left_out() {
    let columns = [
        column_with_rule("day", ColumnRole::Date, |rule| rule.order = DateOrder::YearFirst),
        column_with_rule("id", ColumnRole::Respondent, |rule| rule.once = true),
        column_of_role("a", ColumnRole::Touchpoint),
    ];
    let text =
        "day,id,a\n2024-03-05,R1,1\n2024-05-01,R2,1\n,R3,1\nsoon,R1,1\n2024-01-01,R1,1\n2024-03-06,R4,1\n";
    let all = count_as(text, &columns);
    assert_eq!(all.days, Some((date(2024, 3, 5), date(2024, 5, 1))), "the oldest row repeats another");
    assert_eq!(all.rejections.keys().copied().collect::<Vec<_>>(), [(0, Reject::NotADate)]);
    let options = CountOptions { after: Some(date(2024, 3, 5)), ..CountOptions::default() };
    let counted = count_text_with(text, &columns, &options);
    assert_eq!(left_out(&counted), [(0, 2, vec![2, 6])]);
    assert_eq!(
        counted.rejections[&(0, Reject::NotADate)].lines,
        [4, 5],
        "rows without a day stay and are told"
    );
    assert_eq!((counted.days, counted.rows), (Some((date(2024, 3, 6), date(2024, 5, 1))), 6));
    assert_eq!(count_as("day,id,a\n,R1,1\n", &columns).days, None);
}

#[test]
fn days_may_be_read_without_splitting_the_answers() {
    let columns = [
        column_with_rule("day", ColumnRole::Date, |rule| rule.wave = WaveSplit::All),
        column_of_role("a", ColumnRole::Touchpoint),
    ];
    let counted = count_as("day,a\n2024-03-05,1\n2023-05-01,2\n,3\nsoon,4\n", &columns);
    assert_eq!(counted.answers[&1].keys().collect::<Vec<_>>(), [&CountGroup::default()]);
    assert_eq!((counted.days, counted.rows), (Some((date(2023, 5, 1), date(2024, 3, 5))), 4));
    assert_eq!(counted.rejections[&(0, Reject::NotADate)].lines, [4, 5]);
}

proptest! {
    #[test]
    fn respondents_are_those_of_a_naive_count(
        ids in prop::collection::vec("[a-e]?", 1..40), once in any::<bool>(), known in "[a-e]?",
    ) {
        let columns = [column_with_rule("id", ColumnRole::Respondent, |rule| rule.once = once), column_of_role("a", ColumnRole::Touchpoint)];
        let text = ids.iter().fold("id,a\n".to_owned(), |text, id| text + id + ",1\n");
        let set: std::collections::HashSet<u64> = [hash_respondent(&KEY, &known)].into();
        let (counted, found) = respondents_of(&text, &columns, &CountOptions { known: Some(Arc::new(set)), ..options_with_key() });
        let new: Vec<&String> = ids.iter().filter(|id| id.is_empty() || **id != known).collect();
        let mut hashes: Vec<u64> = new.iter().filter(|id| !id.is_empty()).map(|id| hash_respondent(&KEY, id)).collect();
        let with_id = hashes.len();
        hashes.sort_unstable();
        hashes.dedup();
        let repeated = (with_id - hashes.len()) as u64;
        let out = (ids.len() - new.len()) as u64 + if once { repeated } else { 0 };
        prop_assert_eq!(counted.left_out.values().map(|rows| rows.count).sum::<u64>(), out);
        prop_assert_eq!(counted.answers_of(1, &Segment::everyone()).n() + out, ids.len() as u64);
        prop_assert_eq!((found.repeated, found.distinct, found.known), (repeated, hashes.len() as u64, (ids.len() - new.len()) as u64));
        prop_assert_eq!((found.blank, found.hashes), ((new.len() - with_id) as u64, hashes));
    }
}
