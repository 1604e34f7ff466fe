//! Survey files: the reading options, warnings, and the reasons why a file can't be read.

use super::Explain;
use crate::i18n::{Lang, Msg, Worded, format_count};
use crate::survey::source::{COLUMNS, Dialect, FileWarning, HelperError, KnownFormat, Limit, TableError};

/// The most names that a message lists.
const NAMED: usize = 6;
/// The most characters of a text that a message shows.
const SHOWN: usize = 80;

/// The reading options in a few words.
impl Explain for Dialect {
    fn explain(&self, lang: Lang) -> String {
        let named = |label: Msg, value: &dyn std::fmt::Display| format!("{} {value}", label.text(lang));
        let mut parts: Vec<String> = Vec::new();
        parts.extend(self.member.as_ref().map(|member| named(Msg::FileInArchive, member)));
        parts.extend(self.sheet.as_ref().map(|sheet| named(Msg::FileSheet, sheet)));
        parts.extend(self.encoding.map(|encoding| named(Msg::FileEncoding, &encoding)));
        parts.extend(self.delimiter.map(|sign| named(Msg::FileDelimiter, &sign.display_name().text(lang))));
        parts.extend(self.decimal_comma.then(|| Msg::FileDecimalComma.text(lang).to_owned()));
        parts.push(named(Msg::FileHeaderRows, &self.header_rows));
        parts.extend(self.tool.map(|tool| Msg::FileTool.text_with(lang, &[("tool", &tool.name())])));
        parts.join(" · ")
    }
}

impl Explain for FileWarning {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Uncalculated { columns } => with_columns(Msg::WarnUncalculated, columns, lang),
            Self::ErrorCells { columns } => with_columns(Msg::WarnErrorCells, columns, lang),
            Self::HiddenRows { rows } => Msg::WarnHiddenRows.text_with(lang, &[("n", &format_count(*rows))]),
            Self::SecondTable { row, names } => {
                Msg::WarnSecondTable.text_with(lang, &[("row", row), ("names", &list_names(names, lang))])
            }
            Self::SideTable { column, names } => {
                let arguments: [(&str, &dyn std::fmt::Display); 2] =
                    [("column", &column_letters(*column)), ("names", &list_names(names, lang))];
                Msg::WarnSideTable.text_with(lang, &arguments)
            }
            Self::Notes { row, text } => {
                Msg::WarnNotes.text_with(lang, &[("row", row), ("text", &shorten_text(text))])
            }
            Self::UnevenRows { rows } => Msg::WarnUnevenRows.text_with(lang, &[("n", &format_count(*rows))]),
            Self::MixedEncodings { line, lines, encoding } => {
                let arguments: [(&str, &dyn std::fmt::Display); 3] =
                    [("line", line), ("n", &format_count(*lines)), ("encoding", encoding)];
                Msg::WarnMixedEncodings.text_with(lang, &arguments)
            }
            Self::Garbled { line, example } => {
                Msg::WarnGarbled.text_with(lang, &[("line", line), ("example", &shorten_text(example))])
            }
        }
    }
}

impl Explain for TableError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Io(error) => Msg::ReadFailed.text_with(lang, &[("problem", &error.explain(lang))]),
            Self::NotAFile => Msg::NotAFile.text(lang).to_owned(),
            Self::Empty => Msg::FileEmpty.text(lang).to_owned(),
            Self::NoRows => Msg::NoRows.text(lang).to_owned(),
            Self::NotATable => Msg::NotATable.text(lang).to_owned(),
            Self::Foreign(format) => format_message(*format).text(lang).to_owned(),
            Self::SeveralTables { names } => {
                Msg::ArchiveSeveral.text_with(lang, &[("names", &list_names(names, lang))])
            }
            Self::NoTableInArchive { names } => {
                Msg::ArchiveNoTable.text_with(lang, &[("names", &list_names(names, lang))])
            }
            Self::EncryptedMember { name } => Msg::ArchiveEncrypted.text_with(lang, &[("name", name)]),
            Self::PackedOtherwise { name } => Msg::ArchivePacked.text_with(lang, &[("name", name)]),
            Self::EndsEarly => Msg::FileEndsEarly.text(lang).to_owned(),
            Self::Changed => Msg::FileChangedMeanwhile.text(lang).to_owned(),
            Self::Encoding { line, column, encoding } => Msg::NotEncoding
                .text_with(lang, &[("line", line), ("column", column), ("encoding", encoding)]),
            Self::Columns { found } => Msg::TooManyColumns.text_with(
                lang,
                &[("n", &format_count(*found as u64)), ("limit", &format_count(COLUMNS as u64))],
            ),
            Self::Long { line } => Msg::CellTooLong.text_with(lang, &[("line", line)]),
            Self::OpenQuote { line } => Msg::OpenQuote.text_with(lang, &[("line", line)]),
            Self::NoSheet { name, names } => {
                Msg::NoSheet.text_with(lang, &[("name", name), ("names", &names.join(", "))])
            }
            Self::Damaged(problem) => Msg::WorkbookDamaged.text_with(lang, &[("problem", problem)]),
            Self::Refused(limit) => limit_message(*limit).text(lang).to_owned(),
            Self::Helper(error) => error.explain(lang),
            Self::Cancelled => Msg::ImportCancelled.text(lang).to_owned(),
        }
    }
}

impl Explain for HelperError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::NotStarted(problem) | Self::Told(problem) => {
                Msg::OldWorkbook.text_with(lang, &[("problem", problem)])
            }
            Self::Died => Msg::OldWorkbookDied.text(lang).to_owned(),
            Self::Late => Msg::OldWorkbookLate.text(lang).to_owned(),
        }
    }
}

/// Returns the message for a file of this format: its kind, the expected kind, and a remedy.
fn format_message(format: KnownFormat) -> Msg {
    match format {
        KnownFormat::Json => Msg::FormatJson,
        KnownFormat::Xml => Msg::FormatXml,
        KnownFormat::Spss => Msg::FormatSpss,
        KnownFormat::Stata => Msg::FormatStata,
        KnownFormat::Sas => Msg::FormatSas,
        KnownFormat::Parquet => Msg::FormatParquet,
        KnownFormat::Access => Msg::FormatAccess,
        KnownFormat::ProtectedWorkbook => Msg::FormatProtected,
        KnownFormat::Numbers => Msg::FormatNumbers,
        KnownFormat::Document => Msg::FormatDocument,
        KnownFormat::Slides => Msg::FormatSlides,
        KnownFormat::Pdf => Msg::FormatPdf,
        KnownFormat::Picture => Msg::FormatPicture,
        KnownFormat::WebPage => Msg::FormatWebPage,
        KnownFormat::UnfinishedDownload => Msg::FormatUnfinished,
    }
}

fn limit_message(limit: Limit) -> Msg {
    match limit {
        Limit::Parts => Msg::LimitParts,
        Limit::Unpacked => Msg::LimitUnpacked,
        Limit::Cells => Msg::LimitCells,
        Limit::Doctype => Msg::LimitDoctype,
        Limit::Depth => Msg::LimitDepth,
        Limit::Text => Msg::LimitText,
    }
}

/// Returns a message about cells of these columns.
fn with_columns(message: Msg, columns: &[(String, u64)], lang: Lang) -> String {
    let names: Vec<String> = columns.iter().map(|(name, _)| name.clone()).collect();
    let cells = columns.iter().map(|(_, cells)| cells).sum();
    message.text_with(lang, &[("columns", &list_names(&names, lang)), ("n", &format_count(cells))])
}

/// Lists the first names, and the number of further ones.
fn list_names(names: &[String], lang: Lang) -> String {
    let first: Vec<String> = names.iter().take(NAMED).map(|name| shorten_text(name)).collect();
    let first = first.join(Msg::ListComma.text(lang));
    match names.len().saturating_sub(NAMED) {
        0 => first,
        _ => format!("{first} …"),
    }
}

/// Returns the beginning of a text.
fn shorten_text(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}

/// Names a column by its letters, such as `AB` for the 28th.
fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_say_what_was_found_and_what_to_do() {
        let side = FileWarning::SideTable { column: 28, names: vec!["Legend".to_owned()] };
        assert!(side.explain(Lang::En).contains("column AB on"), "{}", side.explain(Lang::En));
        let hidden = FileWarning::HiddenRows { rows: 1 };
        assert!(hidden.explain(Lang::En).starts_with("1 row is hidden"), "{}", hidden.explain(Lang::En));
        let names: Vec<String> = (0..9).map(|name| name.to_string()).collect();
        assert_eq!(list_names(&names, Lang::En), "0, 1, 2, 3, 4, 5 …");
    }
}
