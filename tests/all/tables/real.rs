//! Tests that every real survey opens with the independently counted rows, under readable
//! names.

use super::{content, opened};
use crate::common::surveys;
use engine::survey::source::{Encoding, Options, Tool};
use serde_json::Value;

#[test]
#[ignore = "reads survey files that are not part of the project"]
fn every_survey_opens_with_its_rows_and_names() {
    let folder = surveys::folder();
    let text = std::fs::read_to_string(folder.join("expected.json")).unwrap();
    let expected: Value = serde_json::from_str(&text).unwrap();
    let files = expected.as_object().unwrap().iter().filter(|(_, figures)| figures["rows"].is_u64());
    assert_eq!(files.clone().count(), 18);
    for (file, figures) in files {
        let mut table = opened(&folder.join(file), Options::default()).unwrap();
        let dialect = table.dialect();
        let found = content(&mut table).unwrap();
        assert_eq!(Some(found.rows.len() as u64), figures["rows"].as_u64(), "{file}");
        let rows = figures["header_rows"].as_u64().unwrap_or(1);
        assert_eq!(u64::from(dialect.header_rows), rows, "{file}");
        assert_eq!(dialect.encoding, Some(Encoding::UTF_8), "{file}");
        assert_eq!(table.content_hash().len(), 64);
        if let Some(columns) = figures["columns"].as_u64() {
            assert_eq!(found.names.len() as u64, columns, "{file}");
        }
        let unnamed = found.names.iter().filter(|name| name.starts_with('#')).count() as u64;
        let empty = figures["empty_header_cells"].as_u64().unwrap_or(u64::from(file.ends_with("Legacy.csv")));
        assert_eq!(unnamed, empty, "{file}");
        if let Some(blank) = figures["all_blank_rows"].as_u64() {
            // Rows with the text of a question and nothing else are counted as blank there.
            let is_blank = |row: &&Vec<String>| row.iter().skip(1).all(String::is_empty);
            assert_eq!(found.rows.iter().filter(is_blank).count() as u64, blank, "{file}");
        }
    }
}

#[test]
#[ignore = "reads survey files that are not part of the project"]
fn tools_are_known_and_their_questions_read_as_people_saw_them() {
    let folder = surveys::folder();
    let seen = |file: &str| {
        let table = opened(&folder.join(file), Options::default()).unwrap();
        (table.dialect().tool, table.column_names().to_vec(), table.column_ids().to_vec())
    };
    let (tool, names, ids) = seen("qualtrics/Better_Sample_Survey.csv");
    assert_eq!(tool, Some(Tool::Qualtrics));
    let fruit = "Please indicate how recently you've eaten each of the following fruit";
    assert_eq!(names[11], format!("{fruit}-Canteloupe-In the last week"));
    assert_eq!(ids[11], "q1_recent_q1_recent_1_1");
    let (tool, names, ids) = seen("qualtrics/Single_Answer_MC_Legacy.csv");
    assert_eq!((tool, names[0].as_str(), ids[0].as_str()), (Some(Tool::Qualtrics), "ResponseID", "V1"));
    let (tool, names, _) = seen("fivethirtyeight/steak-risk-survey.csv");
    assert_eq!(tool, Some(Tool::SurveyMonkey));
    assert!(names[1].contains("situations: In Lottery A, you have"), "{}", names[1]);
    assert_eq!(names[8], "Do you eat steak?");
    assert_eq!(seen("prepbench/case063_googleforms_ratings.csv").0, Some(Tool::GoogleForms));
}
