//! Survey tools whose exports are recognised by their marks.

use super::record::RowCells;

/// A survey tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// Qualtrics: three header rows (ids, texts, import ids), or two in its older format.
    Qualtrics,
    /// SurveyMonkey: one header row, or two (questions over the first of their columns; options or rows).
    SurveyMonkey,
    /// Typeform: the first column is `#`, the last hold dates of submission.
    Typeform,
    /// Google Forms: the first column is a time stamp, named in the language of the form.
    GoogleForms,
    /// Microsoft Forms: the first columns are number, start, end, address and name.
    MicrosoftForms,
    /// `LimeSurvey`: the first columns are the response, its time of submission, the last page and the
    /// language.
    LimeSurvey,
    /// 问卷星: the first columns are number, time of submission, time taken, and source of the answer.
    Wenjuanxing,
    /// Zendesk: tickets with satisfaction ratings.
    Zendesk,
}

/// Names of the first column of Google Forms.
const TIMESTAMPS: &[&str] = &[
    "timestamp",
    "zeitstempel",
    "时间戳记",
    "时间戳",
    "時間戳記",
    "horodateur",
    "marca temporal",
    "carimbo de data/hora",
    "informazioni cronologiche",
    "tijdstempel",
    "タイムスタンプ",
    "타임스탬프",
    "отметка времени",
    "sygnatura czasowa",
];
/// Names of the second column of Microsoft Forms.
const STARTS: &[&str] =
    &["start time", "startzeit", "开始时间", "開始時間", "heure de début", "hora de inicio"];
/// Names of the first column of SurveyMonkey.
const RESPONDENTS: &[&str] = &["respondentid", "respondent id", "受访者 id", "受访者id"];
/// Names of the first columns of Qualtrics.
const RESPONSES: &[&str] = &["responseid", "response id", "startdate", "start date"];

/// Columns that tools add beside the answers, and the number of them that identifies the tool.
const COLUMNS: &[(Tool, &str, usize)] = &[
    (Tool::LimeSurvey, "submitdate|lastpage|startlanguage|startdate|datestamp|ipaddr|refurl|seed", 2),
    (
        Tool::LimeSurvey,
        "date submitted|last page|start language|date started|date last action|ip address|referrer url|seed",
        3,
    ),
    (
        Tool::LimeSurvey,
        "datum abgeschickt|letzte seite|start-sprache|datum gestartet|datum letzte aktivität",
        3,
    ),
    (Tool::Wenjuanxing, "序号|提交答卷时间|所用时间|来源|来源详情|来自ip", 4),
    (
        Tool::Zendesk,
        "ticket id|satisfaction score|satisfaction comment|satisfaction rating|requester|requester email|assignee|\
         ticket form|ticket created - date|ticket solved - date|ticket status",
        3,
    ),
];

/// True if a header cell names a column of a tool: exactly, or as an id before its text, such as `submitdate.
/// Date submitted`.
fn is_column(name: &str, column: &str) -> bool {
    name == column || name.strip_prefix(column).is_some_and(|rest| rest.starts_with(". "))
}

impl Tool {
    /// The tool's own name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Qualtrics => "Qualtrics",
            Self::SurveyMonkey => "SurveyMonkey",
            Self::Typeform => "Typeform",
            Self::GoogleForms => "Google Forms",
            Self::MicrosoftForms => "Microsoft Forms",
            Self::LimeSurvey => "LimeSurvey",
            Self::Wenjuanxing => "问卷星",
            Self::Zendesk => "Zendesk",
        }
    }

    /// Detects the tool by marks in the first rows. Returns it with its number of header rows.
    pub(super) fn detect_by_marks(rows: &[&RowCells]) -> Option<(Self, u8)> {
        let blank = RowCells::default();
        let row = |place: usize| rows.get(place).copied().unwrap_or(&blank);
        let is = |list: &[&str], cell: &str| list.contains(&cell.trim().to_lowercase().as_str());
        let first = row(0);
        let second = row(1);
        if has_import_ids(row(2)) {
            return Some((Self::Qualtrics, 3));
        }
        let numbered = (0..5).all(|place| first.get(place).trim() == format!("V{}", place + 1));
        if is(RESPONSES, second.get(0)) && (numbered || is(RESPONSES, first.get(0))) {
            return Some((Self::Qualtrics, 2));
        }
        if is(RESPONDENTS, first.get(0)) {
            let labels = second.get(0).trim().is_empty() && !second.is_blank();
            return Some((Self::SurveyMonkey, 1 + u8::from(labels)));
        }
        if first.get(0).trim() == "#" && first.cells().any(|cell| cell.trim() == "Submit Date (UTC)") {
            return Some((Self::Typeform, 1));
        }
        if is(&["id"], first.get(0)) && is(STARTS, first.get(1)) {
            return Some((Self::MicrosoftForms, 1));
        }
        if is(TIMESTAMPS, first.get(0)) {
            return Some((Self::GoogleForms, 1));
        }
        let names: Vec<String> = first.cells().map(|cell| cell.trim().to_lowercase()).collect();
        let tool = COLUMNS.iter().find(|(_, columns, least)| {
            let is_there = |column: &str| names.iter().any(|name| is_column(name, column));
            columns.split('|').filter(|column| is_there(column)).count() >= *least
        });
        // Some of them may write a second header row, which is detected from the rows themselves.
        tool.map(|(tool, ..)| (*tool, 1))
    }
}

/// True if a row is the third header row of Qualtrics: `{"ImportId":"QID1"}` in each cell, however quoted.
fn has_import_ids(row: &RowCells) -> bool {
    let filled = row.cells().filter(|cell| !cell.trim().is_empty());
    let (marked, all) = filled.fold((0, 0), |(marked, all), cell| {
        let is_mark = cell.trim_start().starts_with('{') && cell.contains("ImportId");
        (marked + usize::from(is_mark), all + 1)
    });
    marked > 0 && marked * 2 >= all
}
