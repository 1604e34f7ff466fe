//! The number of header rows, and the names of columns.

use super::*;

fn parse_rows(text: &str) -> Vec<PlacedRow> {
    let record = |line: &str| {
        let mut record = RowCells::default();
        line.split('|').for_each(|cell| record.push(cell));
        PlacedRow { cells: record, ..PlacedRow::default() }
    };
    text.lines().map(record).collect()
}

fn detect_in_text(text: &str) -> (u8, Option<Tool>, Vec<String>) {
    let head = TableHeader::detect_head(&parse_rows(text), None, false);
    (head.rows, head.tool, head.names)
}

#[test]
fn columns_without_a_name_are_numbered_and_doubles_told_apart() {
    assert_eq!(
        detect_in_text(" score ||score|a <b>bold</b>\u{a0}name\n1|2|3|4").2,
        ["score", "#2", "score (2)", "a bold name"]
    );
    assert_eq!(detect_in_text("x < 3|y\na|b").2, ["x < 3", "y"]);
}

#[test]
fn a_table_without_a_header_is_all_rows() {
    assert_eq!(
        detect_in_text("1|4|2026-01-02\n2|5|2026-01-03\n3|3|2026-01-04"),
        (0, None, ["#1", "#2", "#3"].map(str::to_owned).into())
    );
    assert_eq!(detect_in_text("Female|Good\nMale|Bad\nFemale|Good\nMale|Good\nMale|Bad").0, 0);
    for with_header in [
        "|score\n0|4\n1|5\n2|3",
        "Gender|Verdict\nMale|Bad\nMale|Good",
        "id|2026-01\n1|4\n2|5\n3|4",
        "a|b\n1|2",
    ] {
        assert_eq!(detect_in_text(with_header).0, 1, "{with_header}");
    }
}

#[test]
fn surveymonkey_asks_over_the_first_of_its_columns() {
    let (rows, tool, names) = detect_in_text(
        "Respondent ID|Collector ID|How satisfied are you with:|||Why?|Age\n\
         ||Check-in|Boarding|Other (please specify)|Open-Ended Response|Response\n\
         1|9|4|5||text|18-29\n2|9|3|4||text|30-44",
    );
    assert_eq!((rows, tool), (2, Some(Tool::SurveyMonkey)));
    let asked = "How satisfied are you with:";
    let of = |row: &str| format!("{asked} - {row}");
    let rows = [of("Check-in"), of("Boarding"), of("Other (please specify)")];
    assert_eq!(names[2..5], rows);
    assert_eq!(
        [&names[0], &names[1], &names[5], &names[6]],
        ["Respondent ID", "Collector ID", "Why?", "Age"]
    );
}

#[test]
fn qualtrics_names_by_text_and_keeps_the_id() {
    let current = "ResponseId|Q1|Q2|Q3\nResponse ID|How was it?|How was it?|\n\
                   {\"ImportId\":\"_recordId\"}|{\"ImportId\":\"QID1\"}|{\"ImportId\":\"QID2\"}|{\"ImportId\":\"QID3\"}\nR_1|4|5|6";
    let found = TableHeader::detect_head(&parse_rows(current), None, false);
    assert_eq!((found.rows, found.tool), (3, Some(Tool::Qualtrics)));
    assert_eq!(found.names, ["Response ID", "How was it? (Q1)", "How was it? (Q2)", "Q3"]);
    assert_eq!(found.ids, ["ResponseId", "Q1", "Q2", "Q3"]);
    let legacy = "V1|V2|V3|V4|V5|Q2\nResponseID|ResponseSet|Name|Ref|Mail|How was it?\nR_1|x|y|||4";
    let (rows, tool, names) = detect_in_text(legacy);
    assert_eq!((rows, tool, names[5].as_str()), (2, Some(Tool::Qualtrics), "How was it?"));
}

#[test]
fn forms_are_known_by_their_first_columns() {
    for (text, tool) in [
        ("#|Wie war es?|Start Date (UTC)|Submit Date (UTC)|Network ID\na|4|x|y|z", Tool::Typeform),
        ("Zeitstempel|Wie war es? [Essen]\n01.02.2026 08:00:00|4", Tool::GoogleForms),
        ("时间戳记|满意度\n2026/1/2|4", Tool::GoogleForms),
        ("id|submitdate|lastpage|startlanguage|Q1\n1|1980-01-01 00:00:00|3|de|A2", Tool::LimeSurvey),
        (
            "id. Response ID|submitdate. Date submitted|lastpage. Last page|Q1. How?\n1|x|3|4",
            Tool::LimeSurvey,
        ),
        ("Response ID|Date submitted|Last page|Start language|How?\n1|x|3|en|4", Tool::LimeSurvey),
        (
            "序号|提交答卷时间|所用时间|来源|来源详情|来自IP|1、满意度\n1|x|60秒|手机提交|直接访问|1.2.3.4|5",
            Tool::Wenjuanxing,
        ),
        ("Ticket ID|Satisfaction Score|Assignee|Solved at\n1|Good|A|2024-01-03 12:00", Tool::Zendesk),
        ("ID|Start time|Completion time|Email|Name|Q\n1|a|b|c|d|4", Tool::MicrosoftForms),
    ] {
        assert_eq!(detect_in_text(text).1, Some(tool), "{text}");
        assert_eq!(detect_in_text(text).0, 1);
    }
    for text in
        ["id|seed|score\n1|oak|4\n2|elm|5", "序号|来源|满意度\n1|网站|4", "Assignee|Requester|Score\nA|B|4"]
    {
        assert_eq!(detect_in_text(text).1, None, "{text}");
    }
}

#[test]
fn a_person_may_say_how_many_header_rows_there_are() {
    let text = "Overall||By age|\nn|share|18-29|30+\n5|6|7|8";
    let said = |count| TableHeader::detect_head(&parse_rows(text), Some(count), false).names;
    assert_eq!(said(2), ["Overall - n", "Overall - share", "By age - 18-29", "By age - 30+"]);
    assert_eq!(said(1), ["Overall", "#2", "By age", "#4"]);
    assert_eq!(said(0), ["#1", "#2", "#3", "#4"]);
}
