//! Tests the proposed mapping of a real survey, and the comments of another.

use crate::common::surveys;

use engine::edit::command::new_project;
use engine::i18n::{Lang, mask_words};
use engine::id::IdSource;
use engine::model::recipe::ColumnRole;
use engine::survey::comments::{CommentRequest, read_comments, score_columns, text_columns};
use engine::survey::profile::profile_file;
use engine::survey::propose::{ColumnReason, OpenQuestion, ProposedColumn, propose_columns};
use engine::survey::source::{Input, ReadProgress};
use std::path::Path;
use std::sync::Arc;

const FILE: &str = "airline/airline_satisfaction.csv";

/// Returns the columns of the airline file with the roles proposed on an empty map.
fn proposed(path: &Path) -> Vec<ProposedColumn> {
    let project = new_project("Trip", &mut IdSource::from_seed(11));
    let journey = project.journeys_in_order()[0].info().id;
    propose_columns(&profile_file(path, &Arc::new(ReadProgress::default())).unwrap(), &project, journey)
}

#[test]
#[ignore = "reads survey files that are not part of the project"]
fn the_airline_mapping_is_proposed_and_its_zeros_are_asked_about() {
    let columns = proposed(&surveys::folder().join(FILE));
    let of = |name: &str| columns.iter().find(|column| column.rule.column == name).unwrap();
    let touchpoints = columns.iter().filter(|column| column.rule.role == ColumnRole::Touchpoint);
    assert_eq!(touchpoints.clone().count(), 14);
    assert!(touchpoints.clone().filter(|column| column.doubts.contains(&OpenQuestion::Zero)).count() >= 10);
    let segments: Vec<_> = columns
        .iter()
        .filter(|column| column.rule.role == ColumnRole::Segment)
        .map(|column| column.rule.column.as_str())
        .collect();
    assert_eq!(segments, ["Gender", "Customer Type", "Type of Travel", "Class"]);
    assert_eq!(
        (of("satisfaction").rule.role, of("satisfaction").reason),
        (ColumnRole::Journey, ColumnReason::Outcome)
    );
    assert_eq!([of("number").reason, of("id").reason], [ColumnReason::Identifier, ColumnReason::Respondent]);
    assert_eq!(of("Age").reason, ColumnReason::Counted);
    for ignored in ["Flight Distance", "Departure Delay in Minutes", "Arrival Delay in Minutes"] {
        assert!(matches!(of(ignored).reason, ColumnReason::Counted | ColumnReason::ManyValues), "{ignored}");
    }
}

/// The author of this file replaced its names by PERSON.
#[test]
#[ignore = "reads survey files that are not part of the project"]
fn the_comments_of_surgeries_are_read_and_no_title_keeps_its_name() {
    let path = surveys::folder().join("fft/fft_gp_surgeries.csv");
    let project = new_project("Visit", &mut IdSource::from_seed(4));
    let journey = project.journeys_in_order()[0].info().id;
    let progress = Arc::new(ReadProgress::default());
    let profile = profile_file(&path, &progress).unwrap();
    let columns = propose_columns(&profile, &project, journey);
    let texts = text_columns(&profile, &columns);
    let named = |place: &usize| profile.columns[*place].name.as_str();
    assert_eq!(texts.iter().take(2).map(named).collect::<Vec<_>>(), ["free_text", "do_better"]);
    let score = score_columns(&columns).into_iter().find(|place| named(place) == "rating");
    let wanted = CommentRequest { column: texts[0], score, words: String::new() };
    let found = read_comments(&Input::new(&path), &wanted, &mask_words(Lang::En), &progress).unwrap();
    assert_eq!((found.rows, found.total, found.list.len()), (3803, 1508, 1508));
    assert_eq!((found.list[0].line, found.list[0].answer.as_str()), (2, "Extremely likely"));
    let count = |masked: bool, what: &str| {
        found.list.iter().map(|comment| comment.display_text(masked).matches(what).count()).sum::<usize>()
    };
    assert!(count(false, "Dr PERSON") > 50, "{}", count(false, "Dr PERSON"));
    assert_eq!(count(true, "Dr PERSON"), 0);
    // Rules that mask every other comment would be useless.
    let touched = found.list.iter().filter(|comment| comment.masked != comment.text).count();
    assert!((100..200).contains(&touched), "{touched}");
}
