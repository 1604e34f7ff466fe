//! Tests that the cells of a copy do not reveal the answers of few.

use super::super::LEAST;
use super::super::attack::{
    Row, count_key, count_rows, find_copy_wins, first_wave, make_segment, question_id,
};
use super::*;
use crate::model::counts::Answer;

/// The number of questions in each survey.
const QUESTIONS: usize = 3;

fn left(rows: &[Row]) -> Counts {
    without_few(&count_rows(rows), &BTreeSet::from(["o".to_owned()]), LEAST).counts
}

/// The number of people, their groups, their choices, and the answers they gave in turn, the same to all
/// questions.
type Many<'a> = (usize, &'a [Option<u64>], &'a [u64], &'a [u64]);

/// Returns the rows of such people.
fn people(all: &[Many<'_>]) -> Vec<Row> {
    let mut rows = Vec::new();
    for (many, groups, choices, answers) in all {
        let row = |place: usize| Row {
            choices: choices.iter().copied().collect(),
            ..Row::new(groups.to_vec(), vec![Some(answers[place % answers.len()]); QUESTIONS])
        };
        rows.extend((0..*many).map(row));
    }
    rows
}

/// Returns the groups whose answers are kept, by column and value.
fn stays(rows: &[Row]) -> Vec<String> {
    let copy = left(rows);
    assert_eq!(find_copy_wins(rows, &copy), []);
    let names = copy.histograms.into_keys().filter(|key| !key.segment.is_everyone());
    let names: BTreeSet<_> =
        names.map(|key| format!("{} {}", key.segment.column, key.segment.value)).collect();
    names.into_iter().collect()
}

const EVEN: &[u64] = &[1, 2, 3];

#[test]
fn a_cell_missing_alone_would_come_back() {
    // The attack finds unprotected cells; otherwise the test above would prove nothing.
    let rows = people(&[(40, &[Some(0), Some(0)], &[], EVEN), (2, &[Some(1), Some(0)], &[], EVEN)]);
    let all = count_rows(&rows);
    let mut bare = all.clone();
    bare.histograms.retain(|key, _| key.segment != make_segment("c0", 1) && !is_crossing(&key.segment));
    assert!(!find_copy_wins(&rows, &bare).is_empty());
    let left = without_few(&all, &BTreeSet::new(), LEAST);
    // Three questions: each has a small group, the other group, and the crossing of both.
    assert_eq!((left.few.len(), left.partners.len()), (6, 6));
}

#[test]
fn all_but_a_choice_are_no_few() {
    // 97 of 100 chose the first; the second overlaps with it.
    let rows = people(&[(60, &[], &[0], EVEN), (37, &[], &[0, 1], EVEN), (3, &[], &[1], EVEN)]);
    assert_eq!(stays(&rows), ["o 1"]);
    // Nobody chose two: the fourth would be everyone less the others.
    let rows = people(&[
        (40, &[], &[0], EVEN),
        (30, &[], &[1], &[1, 2]),
        (27, &[], &[2], &[3, 3, 1]),
        (3, &[], &[3], &[2, 3]),
    ]);
    assert_eq!(stays(&rows), ["o 0", "o 1"]);
    let rows = people(&[
        (60, &[], &[0], EVEN),
        (37, &[], &[0, 1], EVEN),
        (3, &[], &[0, 2], EVEN),
        (9, &[], &[], EVEN),
    ]);
    assert_eq!(stays(&rows), ["o 0", "o 1"], "a choice of few goes by itself");
    let one = &[Some(0)];
    let rows =
        people(&[(20, one, &[0], EVEN), (10, one, &[1], EVEN), (3, one, &[2], EVEN), (60, one, &[], EVEN)]);
    assert_eq!(stays(&rows), ["c0 0", "o 0", "o 1"], "also where they could exclude each other");
}

#[test]
fn blank_cells_are_a_group() {
    let region = |blank: usize| {
        stays(&people(&[
            (60, &[Some(0)], &[], EVEN),
            (38, &[Some(1)], &[], EVEN),
            (blank, &[None], &[], EVEN),
        ]))
    };
    assert_eq!(region(2), ["c0 0"], "the smaller group hides them");
    assert_eq!(region(12), ["c0 0", "c0 1"]);
}

#[test]
fn of_the_only_column_small_groups_go_with_partners() {
    let mut rows = people(&[
        (50, &[Some(0)], &[], EVEN),
        (40, &[Some(1)], &[], EVEN),
        (7, &[Some(2)], &[], EVEN),
        (3, &[Some(3)], &[], EVEN),
    ]);
    assert_eq!(stays(&rows), ["c0 0", "c0 1"]);
    // At the second question another group is few: the partner of the first stays removed, or rows would
    // reveal it.
    rows.iter_mut().filter(|row| row.groups == [Some(1)]).skip(2).for_each(|row| row.answers[1] = None);
    let copy = left(&rows);
    let there =
        |place, group: u64| copy.histograms.contains_key(&count_key(place, make_segment("c0", group)));
    assert!(there(0, 1) && there(1, 0) && !there(1, 1) && !there(1, 2));
    assert_eq!(find_copy_wins(&rows, &copy), []);
}

#[test]
fn a_group_less_others_that_lie_in_it_is_not_of_few() {
    // Cities 0 to 2 lie in the first region, 3 and 4 in the second.
    let city = |many, region, city: Option<u64>| (many, [Some(region), city]);
    let stay = |cities: &[(usize, [Option<u64>; 2])]| {
        let cities: Vec<_> =
            cities.iter().map(|(many, groups)| (*many, &groups[..], &[][..], EVEN)).collect();
        stays(&people(&cities))
    };
    let regions = ["c0 0", "c0 1"];
    let small = [city(3, 0, Some(0)), city(40, 0, Some(1)), city(50, 1, Some(3)), city(6, 1, Some(4))];
    assert_eq!(stay(&small), regions, "of the cities one is small");
    let blank = [city(40, 0, Some(1)), city(3, 0, None), city(30, 1, Some(3)), city(20, 1, None)];
    assert_eq!(stay(&blank), regions, "in the first region three have no city");
    let blank = [
        city(21, 0, Some(1)),
        city(21, 0, Some(2)),
        city(3, 0, None),
        city(30, 1, Some(3)),
        city(20, 1, None),
    ];
    assert_eq!(stay(&blank), regions, "it has two cities");
    let full = [city(21, 0, Some(1)), city(21, 0, Some(2)), city(30, 1, Some(3)), city(26, 1, Some(4))];
    assert_eq!(stay(&full).len(), 2 + 4 + 4, "whole columns tell nothing, nor do their crossings");
}

#[test]
fn columns_that_know_nothing_of_each_other_stay() {
    let mut all = Vec::new();
    for (age, answers) in [&[1, 1, 2][..], &[2, 3], &[1, 3, 3, 3], &[3, 2]].into_iter().enumerate() {
        for sex in 0..2 {
            all.push((20 + 3 * age, [Some(sex), (age > 0).then_some(age as u64)], answers));
        }
    }
    let all: Vec<_> =
        all.iter().map(|(many, groups, answers)| (*many, &groups[..], &[][..], *answers)).collect();
    assert_eq!(stays(&people(&all)).len(), 2 + 3 + 6);
}

#[test]
fn a_column_of_very_many_groups_goes_where_some_are_in_none_of_them() {
    let groups: Vec<Vec<Option<u64>>> =
        (0..22).flat_map(|group| (0..2).map(move |half| vec![Some(half), Some(group)])).collect();
    let blanks: Vec<Vec<Option<u64>>> = (0..2).map(|half| vec![Some(half), None]).collect();
    let told = |groups: &[&Vec<Option<u64>>]| {
        stays(&people(&groups.iter().map(|groups| (10, &groups[..], &[][..], EVEN)).collect::<Vec<_>>()))
    };
    assert_eq!(told(&groups.iter().collect::<Vec<_>>()).len(), 2 + 22 + 44);
    assert_eq!(told(&groups.iter().chain(&blanks).collect::<Vec<_>>()), ["c0 0", "c0 1"]);
}

#[test]
fn a_question_that_few_answered_takes_its_columns_along_and_no_other_questions() {
    let mut rows =
        people(&[(40, &[Some(0), Some(0)], &[], &[1, 2]), (30, &[Some(1), Some(1)], &[], &[2, 3])]);
    rows.iter_mut().filter(|row| row.groups[0] == Some(0)).skip(3).for_each(|row| row.answers[1] = None);
    let copy = left(&rows);
    let at = |place| copy.histograms.keys().filter(|key| key.question == question_id(place)).count();
    assert_eq!([at(0), at(1), at(2)], [5, 1, 5]);
    assert_eq!(find_copy_wins(&rows, &copy), []);
}

#[test]
fn rows_at_one_question_are_not_taken_from_those_at_another() {
    // In the first region three have no city. The second question shows only cities, the others only regions.
    let mut rows = people(&[
        (40, &[Some(0), Some(0)], &[], &[1, 1, 2]),
        (3, &[Some(0), None], &[], &[2, 3]),
        (30, &[Some(1), Some(1)], &[], &[3, 3, 1]),
        (20, &[Some(1), None], &[], &[2, 3]),
    ]);
    rows.iter_mut().skip(43).take(47).for_each(|row| row.answers[1] = None);
    let copy = left(&rows);
    assert!(copy.histograms.keys().all(|key| key.segment.column != "c1"), "{copy:?}");
    assert_eq!(find_copy_wins(&rows, &copy), []);
}

/// Returns the counts of a survey with a group at each question, which is in no other, and two halves.
fn with_a_group_a_question(questions: usize) -> Counts {
    let mut counts = Counts::default();
    for place in 0..questions {
        let mut add = |segment: Segment, n: u64| {
            let question = format!("q-{place:012}").parse().unwrap();
            let answers = [1, 2, 3].map(|answer| (Answer::new(f64::from(answer)).unwrap(), n));
            let cell = Histogram { answers: answers.into_iter().collect(), ..Histogram::default() };
            counts.histograms.insert(CountKey { question, wave: first_wave(), segment }, cell);
        };
        add(Segment::default(), 200);
        add(make_segment("half", 0), 100);
        add(make_segment("half", 1), 100);
        add(make_segment("fine", place), 40);
    }
    counts
}

#[test]
fn a_column_of_more_numbers_than_can_be_searched_goes_and_coarser_ones_stay() {
    let groups_of = |counts: &Counts, overlapping: &BTreeSet<String>| -> BTreeSet<String> {
        let left = without_few(counts, overlapping, LEAST).counts.histograms;
        left.into_keys().filter(|key| !key.segment.is_everyone()).map(|key| key.segment.column).collect()
    };
    let overlapping = BTreeSet::from(["fine".to_owned()]);
    let mut alone = with_a_group_a_question(30);
    alone.histograms.retain(|key, _| key.segment.column != "half");
    assert_eq!(groups_of(&alone, &BTreeSet::new()), BTreeSet::from(["fine".to_owned()]));
    // Searching these would take a row of 5,000 numbers for each of 1,000 groups.
    let many = with_a_group_a_question(1_000);
    let mut alone = many.clone();
    alone.histograms.retain(|key, _| key.segment.column != "half");
    assert_eq!(groups_of(&alone, &BTreeSet::new()), BTreeSet::new());
    for overlapping in [BTreeSet::new(), overlapping] {
        assert_eq!(groups_of(&many, &overlapping), BTreeSet::from(["half".to_owned()]));
        let left = without_few(&many, &overlapping, LEAST);
        assert_eq!((left.few.len() + left.same.len(), left.partners.len()), (0, 1_000), "all are listed");
    }
}

#[test]
fn crossings_go_where_few_are_in_none_of_a_column_or_any_cell_has_gone() {
    let both = |blank, chose: &[u64]| {
        stays(&people(&[
            (3, &[Some(0), Some(0)], chose, &[1, 1, 2]),
            (27, &[Some(0), Some(0)], &[], &[1, 1, 2]),
            (30, &[Some(0), Some(1)], &[], &[3, 3, 1]),
            (blank, &[Some(0), None], &[], &[2, 3]),
            (30, &[Some(1), Some(0)], &[], &[1, 1, 2]),
            (30, &[Some(1), Some(1)], &[], &[3, 3, 1]),
            (20, &[Some(1), None], &[], &[2, 3]),
        ]))
    };
    let plain = ["c0 0", "c0 1", "c1 0", "c1 1"];
    assert_eq!(both(3, &[]), plain);
    assert_eq!(both(15, &[]).len(), 4 + 4);
    assert_eq!(both(15, &[0]), plain, "a choice of few has gone");
}

#[test]
fn crossings_do_not_make_a_column_again_that_has_gone() {
    // The first group of the third column lies in the first of the second, which three more are in.
    let rows = people(&[
        (20, &[Some(0), Some(0), Some(0)], &[], &[1, 1, 2]),
        (20, &[Some(1), Some(0), Some(0)], &[], &[3, 3, 1]),
        (3, &[Some(0), Some(0), Some(1)], &[], &[2, 3]),
        (15, &[Some(0), Some(1), Some(1)], &[], &[1, 2]),
        (15, &[Some(0), Some(1), Some(2)], &[], &[1, 2]),
        (30, &[Some(1), Some(1), Some(2)], &[], &[3, 3, 1]),
        (12, &[Some(0), Some(2), Some(1)], &[], &[2, 3]),
        (13, &[Some(0), Some(2), Some(2)], &[], &[2, 3]),
        (25, &[Some(1), Some(2), Some(2)], &[], &[1, 3]),
        (10, &[Some(0), Some(3), Some(2)], &[], EVEN),
        (10, &[Some(1), Some(3), Some(2)], &[], EVEN),
    ]);
    assert_eq!(stays(&rows), ["c0 0", "c0 1", "c2 0", "c2 1", "c2 2"]);
}
