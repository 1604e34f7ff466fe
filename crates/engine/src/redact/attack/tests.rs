//! The attacks succeed on unprotected copies, and never on a redacted one.

use super::super::{LEAST, imports::without_few};
use super::random_surveys::random_survey;
use super::*;

/// Returns the copies of all imports as they are given away.
fn redacted(survey: &Survey) -> Vec<Option<Counts>> {
    let overlapping = BTreeSet::from(["o".to_owned()]);
    let counts: Vec<Counts> = (0..survey.columns.len()).map(|import| survey.count_import(import)).collect();
    let all: Vec<(&Counts, &BTreeSet<String>)> = counts.iter().map(|counts| (counts, &overlapping)).collect();
    without_few(&all, LEAST).into_iter().map(|left| Some(left?.counts)).collect()
}

/// Returns copies without cells of few, with nothing else removed.
fn bare(survey: &Survey) -> Vec<Option<Counts>> {
    let counts = (0..survey.columns.len()).map(|import| {
        let mut counts = survey.count_import(import);
        counts.histograms.retain(|_, cell| cell.n() >= LEAST);
        Some(counts)
    });
    counts.collect()
}

/// Returns rows for groups of people: their number, their groups, and the imports that hold them.
fn rows_of(people: &[(usize, &[u64], u32)]) -> Vec<Row> {
    let mut source = crate::id::IdSource::from_seed(people.len() as u64);
    let mut rows = Vec::new();
    for (many, groups, imports) in people {
        for _ in 0..*many {
            let answers = (0..2).map(|_| Some(1 + source.next_u64() % 5)).collect();
            let groups = groups.iter().map(|group| Some(*group)).collect();
            rows.push(Row { imports: *imports, ..Row::new(groups, answers) });
        }
    }
    rows
}

/// Returns a survey of such rows.
fn survey_of(people: &[(usize, &[u64], u32)]) -> Survey {
    let rows = rows_of(people);
    let imports = 32 - rows.iter().fold(0, |bits, row| bits | row.imports).leading_zeros();
    let width = rows[0].groups.len();
    Survey {
        columns: vec![(0..width).collect(); imports as usize],
        crossed: Vec::new(),
        ..Survey::of_rows(&rows)
    }
}

/// Fails unless this attack succeeds on the bare copies, and none on the redacted ones, of which `imports`
/// are left.
fn assert_protected(survey: &Survey, how: &str, imports: usize) {
    let ways: BTreeSet<&str> =
        all_wins(survey, &bare(survey), LEAST).into_iter().map(|win| win.how).collect();
    assert!(ways.contains(how), "{ways:?}");
    let copies = redacted(survey);
    assert_eq!(all_wins(survey, &copies, LEAST), []);
    assert_eq!(copies.iter().flatten().count(), imports);
    assert!(copies.iter().flatten().all(|copy| !copy.histograms.is_empty()), "everyone's answers stay");
}

#[test]
fn a_country_less_a_region_and_a_store_is_of_few() {
    // The first country contains the first region and the first store, and four more people.
    let survey = survey_of(&[
        (24, &[0, 0, 1], 1),
        (17, &[0, 1, 0], 1),
        (4, &[0, 1, 1], 1),
        (19, &[1, 2, 1], 1),
        (23, &[1, 1, 2], 1),
        (12, &[1, 2, 2], 1),
    ]);
    assert_protected(&survey, "elimination", 1);
}

#[test]
fn three_groups_of_which_each_person_is_in_two_are_told_by_half_their_sum() {
    let survey =
        survey_of(&[(3, &[1, 1, 0], 1), (16, &[1, 0, 1], 1), (18, &[0, 1, 1], 1), (25, &[0, 0, 0], 1)]);
    assert_protected(&survey, "elimination", 1);
}

#[test]
fn an_export_that_grew_tells_of_the_newcomers() {
    assert_protected(&survey_of(&[(41, &[0], 3), (33, &[1], 3), (3, &[1], 2)]), "elimination", 1);
    // The same if only those of one group are few.
    assert_protected(
        &survey_of(&[(41, &[0], 3), (33, &[1], 3), (20, &[0], 2), (3, &[1], 2)]),
        "elimination",
        1,
    );
}

#[test]
fn one_file_counted_by_other_columns_each_time_is_the_same_people() {
    let mut survey = survey_of(&[(20, &[0, 0], 3), (3, &[0, 1], 3), (30, &[1, 1], 3), (9, &[1, 2], 3)]);
    survey.columns = vec![vec![0], vec![1]];
    assert_protected(&survey, "elimination", 1);
}

#[test]
fn a_year_less_the_months_that_are_told_is_the_month_that_is_not() {
    // The first import holds everyone, the others a month each; the last month is too small to be published.
    let survey = survey_of(&[(30, &[], 3), (27, &[], 5), (35, &[], 9), (4, &[], 1)]);
    assert_protected(&survey, "elimination", 3);
}

#[test]
fn people_in_no_group_of_two_imports_are_subtracted_too() {
    // The larger import holds four more people in no group; all else that it has more is of many.
    let people: &[(usize, &[u64], u32)] =
        &[(40, &[0], 1), (12, &[0], 3), (45, &[1], 1), (11, &[1], 3), (4, &[9], 1), (10, &[9], 3)];
    let mut survey = survey_of(people);
    survey.rows.iter_mut().filter(|row| row.groups == [Some(9)]).for_each(|row| row.groups = vec![None]);
    assert_protected(&survey, "elimination", 1);
}

#[test]
fn surveys_that_an_attack_once_won_are_safe() {
    for seed in [629, 695, 1452, 4293, 4852] {
        let survey = random_survey(seed);
        assert_eq!(all_wins(&survey, &redacted(&survey), LEAST), [], "{seed}");
    }
}

#[test]
fn imports_of_other_people_stay() {
    let survey = survey_of(&[(60, &[0], 1), (50, &[1], 1), (44, &[0], 2), (58, &[1], 2)]);
    let copies = redacted(&survey);
    let cells = copies.iter().flatten().map(|copy| copy.histograms.len()).sum::<usize>();
    assert_eq!(cells, 2 * 2 * 3, "everyone and both groups, at both questions of both imports");
}

#[test]
fn sums_for_drivers_less_a_group_are_of_few() {
    // The second group was not asked for the outcome, and three of the first did not answer.
    let mut rows = rows_of(&[(40, &[0], 1), (9, &[1], 1)]);
    rows.iter_mut().skip(37).for_each(|row| row.answers[1] = None);
    let survey = Survey { outcome: Some(1), ..Survey::of_rows(&rows) };
    assert_protected(&survey, "drivers", 1);
}

#[test]
fn a_weight_beside_one_answer_is_a_persons() {
    let mut rows = rows_of(&[(20, &[0], 1), (20, &[1], 1)]);
    rows[0].weight = 3_141_593;
    rows[0].answers = vec![Some(6); 2];
    let survey = Survey { is_weighted: true, ..Survey::of_rows(&rows) };
    assert_protected(&survey, "weight", 1);
    assert!(
        redacted(&survey)
            .iter()
            .flatten()
            .flat_map(|copy| copy.histograms.values())
            .all(|c| !c.is_weighted())
    );
}

#[test]
fn answers_that_one_group_gave_alone_tell_who_is_in_two() {
    // Only the first group of each column gave the answers 6 and 7: those who did are in both.
    let mut rows =
        rows_of(&[(20, &[0, 1], 1), (20, &[1, 1], 1), (20, &[1, 0], 1), (4, &[0, 0], 1), (9, &[2, 2], 1)]);
    for row in &mut rows {
        let answer = match (row.groups[0], row.groups[1]) {
            (Some(0), Some(1)) => 1 + row.answers[0].unwrap() % 2,
            (Some(1), Some(1)) => 3,
            (Some(1), Some(0)) => 4 + row.answers[0].unwrap() % 2,
            (Some(0), _) => 6 + row.answers[0].unwrap() % 2,
            _ => 8 + row.answers[0].unwrap() % 2,
        };
        row.answers[0] = Some(answer);
    }
    let survey = Survey { crossed: Vec::new(), ..Survey::of_rows(&rows) };
    assert_protected(&survey, "bounds", 1);
}

#[test]
fn a_group_that_gave_one_answer_only_goes() {
    let mut rows = rows_of(&[(20, &[0], 1), (20, &[1], 1), (20, &[2], 1)]);
    rows.iter_mut().take(20).for_each(|row| row.answers[0] = Some(5));
    let survey = Survey::of_rows(&rows);
    let copies = redacted(&survey);
    let of_first =
        |place| copies[0].as_ref().unwrap().histograms.contains_key(&count_key(place, make_segment("c0", 0)));
    assert!(!of_first(0) && of_first(1));
}

/// Returns the seeds of the random surveys to attack: `DESIRELINE_SURVEYS` of them, or 30 by default, from
/// `DESIRELINE_FIRST_SURVEY` on.
fn survey_seeds() -> std::ops::Range<u64> {
    let number = |name| std::env::var(name).ok().and_then(|n| n.parse::<u64>().ok());
    let first = number("DESIRELINE_FIRST_SURVEY").unwrap_or(0);
    first..first + number("DESIRELINE_SURVEYS").unwrap_or(30)
}

/// The number of surveys after which a long run reports how far it is.
const REPORTED: usize = 100;

#[test]
fn no_attack_wins_on_random_surveys() {
    let mut tried = 0;
    let mut cells = 0;
    let mut large = 0;
    let mut kept = 0;
    let mut won_bare = 0;
    let mut lost = Vec::new();
    for seed in survey_seeds() {
        let survey = random_survey(seed);
        let copies = redacted(&survey);
        for import in 0..survey.columns.len() {
            let counts = survey.count_import(import);
            cells += counts.histograms.len();
            large += counts.histograms.values().filter(|cell| cell.n() >= LEAST).count();
        }
        kept += copies.iter().flatten().map(|copy| copy.histograms.len()).sum::<usize>();
        won_bare += usize::from(!all_wins(&survey, &bare(&survey), LEAST).is_empty());
        lost.extend(all_wins(&survey, &copies, LEAST).into_iter().next().map(|win| (seed, win)));
        tried += 1;
        if tried % REPORTED == 0 {
            println!("{tried} surveys to seed {seed}: {won_bare} lost bare, {lost:?} redacted");
        }
    }
    println!("{tried} surveys: {won_bare} lost without cells of few only, {} redacted", lost.len());
    println!("{cells} cells, {large} of {LEAST} or more, {kept} kept");
    assert_eq!(lost, []);
    assert!(2 * won_bare > tried && 8 * kept > large, "{won_bare}, {kept} of {large}");
}
