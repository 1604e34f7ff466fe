//! Messages about survey files: the reading options, unsupported formats, and warnings.

use crate::i18n::{Lang, Msg, format_count};
use crate::model::Worded;
use crate::survey::source::{Dialect, FileWarning, KnownFormat};

/// The most names that a message lists.
const NAMED: usize = 6;
/// The most characters of a text that a message shows.
const SHOWN: usize = 80;

impl Dialect {
    /// Returns the reading options in a few words.
    pub fn message(&self, lang: Lang) -> String {
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

    /// Returns the warnings about the file, a sentence each.
    pub fn warning_messages(&self, lang: Lang) -> Vec<String> {
        self.file_warnings.iter().map(|warning| warning.message(lang)).collect()
    }
}

impl FileWarning {
    /// Returns the finding, its meaning, and a remedy.
    pub fn message(&self, lang: Lang) -> String {
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

impl KnownFormat {
    /// Returns the message for a file of this format: its kind, the expected kind, and a remedy.
    pub(super) fn to_message(self) -> Msg {
        match self {
            Self::Json => Msg::FormatJson,
            Self::Xml => Msg::FormatXml,
            Self::Spss => Msg::FormatSpss,
            Self::Stata => Msg::FormatStata,
            Self::Sas => Msg::FormatSas,
            Self::Parquet => Msg::FormatParquet,
            Self::Access => Msg::FormatAccess,
            Self::ProtectedWorkbook => Msg::FormatProtected,
            Self::Numbers => Msg::FormatNumbers,
            Self::Document => Msg::FormatDocument,
            Self::Slides => Msg::FormatSlides,
            Self::Pdf => Msg::FormatPdf,
            Self::Picture => Msg::FormatPicture,
            Self::WebPage => Msg::FormatWebPage,
            Self::UnfinishedDownload => Msg::FormatUnfinished,
        }
    }
}

/// Returns a message about cells of these columns.
fn with_columns(message: Msg, columns: &[(String, u64)], lang: Lang) -> String {
    let names: Vec<String> = columns.iter().map(|(name, _)| name.clone()).collect();
    let cells = columns.iter().map(|(_, cells)| cells).sum();
    message.text_with(lang, &[("columns", &list_names(&names, lang)), ("n", &format_count(cells))])
}

/// Lists the first names, and the number of further ones.
pub(super) fn list_names(names: &[String], lang: Lang) -> String {
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
        assert!(side.message(Lang::En).contains("column AB on"), "{}", side.message(Lang::En));
        let hidden = FileWarning::HiddenRows { rows: 1 };
        assert!(hidden.message(Lang::En).starts_with("1 row is hidden"), "{}", hidden.message(Lang::En));
        let names: Vec<String> = (0..9).map(|name| name.to_string()).collect();
        assert_eq!(list_names(&names, Lang::En), "0, 1, 2, 3, 4, 5 …");
    }
}
