//! The survey tools whose exports are known by their marks.

use super::record::Record;

/// A survey tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// Qualtrics: three header rows (ids, texts, import ids), or two in its older format.
    Qualtrics,
    /// SurveyMonkey: one header row, or two (questions over the first of their columns; options or rows).
    SurveyMonkey,
    /// Typeform: first `#`, last the dates of submission.
    Typeform,
    /// Google Forms: first a time stamp, in the language of the form.
    GoogleForms,
    /// Microsoft Forms: first number, start, end, address and name.
    MicrosoftForms,
}

/// What Google Forms calls its first column.
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
/// What Microsoft Forms calls its second column.
const STARTS: &[&str] =
    &["start time", "startzeit", "开始时间", "開始時間", "heure de début", "hora de inicio"];
/// What SurveyMonkey calls its first column.
const RESPONDENTS: &[&str] = &["respondentid", "respondent id", "受访者 id", "受访者id"];
/// What Qualtrics calls its first columns.
const RESPONSES: &[&str] = &["responseid", "response id", "startdate", "start date"];

impl Tool {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Qualtrics => "Qualtrics",
            Self::SurveyMonkey => "SurveyMonkey",
            Self::Typeform => "Typeform",
            Self::GoogleForms => "Google Forms",
            Self::MicrosoftForms => "Microsoft Forms",
        }
    }

    /// The tool whose marks the first rows bear, with its header rows.
    pub(super) fn by_marks(rows: &[&Record]) -> Option<(Self, u8)> {
        let blank = Record::default();
        let row = |place: usize| rows.get(place).copied().unwrap_or(&blank);
        let is = |list: &[&str], cell: &str| list.contains(&cell.trim().to_lowercase().as_str());
        let (first, second) = (row(0), row(1));
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
        is(TIMESTAMPS, first.get(0)).then_some((Self::GoogleForms, 1))
    }
}

/// Whether a row is Qualtrics' third: `{"ImportId":"QID1"}` in each cell, however it is quoted.
fn has_import_ids(row: &Record) -> bool {
    let filled = row.cells().filter(|cell| !cell.trim().is_empty());
    let (marked, all) = filled.fold((0, 0), |(marked, all), cell| {
        let is_mark = cell.trim_start().starts_with('{') && cell.contains("ImportId");
        (marked + usize::from(is_mark), all + 1)
    });
    marked > 0 && marked * 2 >= all
}
