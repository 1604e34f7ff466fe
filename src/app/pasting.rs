//! Clipboard tables read as feedback. Such a table never becomes a file in a project's folder: it is kept in
//! a private temporary file while its import form is open or it is being counted.

use super::App;
use super::dialog::Dialog;
use super::import_form::ImportForm;
use super::importing::profile_with_recipes;
use super::jobs::JobScope;
use super::notice::NoticeLevel;
use super::pasted_lines::{LineReading, PastedLines};
use super::request::AppRequest;
use crate::canvas::paste::{MOST_PASTED_BYTES, PastedText};
use crate::i18n::{Lang, Msg, format_bytes};
use crate::survey::import::day_label;
use crate::survey::source::Input;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use tempfile::NamedTempFile;

/// Number of titles that a message lists.
const TOLD: usize = 5;

/// A table from the clipboard. Its file is deleted with the last handle to it.
#[derive(Debug)]
pub struct PastedTable {
    file: NamedTempFile,
    /// The name used in batches and messages.
    pub name: String,
    /// The number of columns.
    pub columns: usize,
    /// The text of the table.
    pub text: Arc<str>,
}

impl PastedTable {
    /// Writes a text as UTF-8 with a byte order mark, readable by this user only.
    fn write_temporary(text: &Arc<str>, name: String, columns: usize) -> io::Result<Self> {
        let mut file = tempfile::Builder::new().prefix("desireline-").suffix(".tsv").tempfile()?;
        file.write_all("\u{feff}".as_bytes())?;
        file.write_all(text.as_bytes())?;
        file.flush()?;
        Ok(Self { file, name, columns, text: Arc::clone(text) })
    }

    /// Returns the path of the temporary file.
    pub fn path(&self) -> &Path {
        self.file.path()
    }
}

/// Describes columns that are neither answers nor lines, and how to copy them so that they are read.
fn columns_words(lang: Lang, columns: usize) -> String {
    Msg::ClipboardColumns.text_with(lang, &[("n", &columns)])
}

impl App {
    /// Handles clipboard text that the canvas could not use.
    pub(super) fn take_pasted(&mut self, pasted: PastedText) {
        match pasted {
            PastedText::Table { text, columns } => self.look_at_pasted(text, columns),
            PastedText::Incomplete(titles) => {
                let names = self.titles_in_line(&titles);
                let told: [(&str, &dyn std::fmt::Display); 2] = [("n", &titles.len()), ("names", &names)];
                self.notices.add_notice(NoticeLevel::Warning, Msg::StaysBehind.text_with(self.lang(), &told));
                self.tie_notice();
            }
            PastedText::Columns(columns) => {
                self.notices.add_notice(NoticeLevel::Warning, columns_words(self.lang(), columns));
            }
            PastedText::Lines(text) => self.paste_lines(text, None),
            PastedText::TooLarge(size) => {
                let sizes: [(&str, &dyn std::fmt::Display); 2] =
                    [("size", &format_bytes(size)), ("limit", &format_bytes(MOST_PASTED_BYTES))];
                self.show_error(Msg::ClipboardTooLarge.text_with(self.lang(), &sizes));
            }
        }
    }

    /// Joins titles into one line, shortened to the first few.
    fn titles_in_line(&self, titles: &[String]) -> String {
        let lang = self.lang();
        let title = |title: &String| {
            if title.trim().is_empty() {
                Msg::Untitled.text(lang).to_owned()
            } else {
                format!("“{title}”")
            }
        };
        let mut told: Vec<String> = titles.iter().take(TOLD).map(title).collect();
        told.extend((titles.len() > TOLD).then(|| "…".to_owned()));
        told.join(Msg::ListComma.text(lang))
    }

    /// Profiles a clipboard table in the background.
    fn look_at_pasted(&mut self, text: Arc<str>, columns: usize) {
        let Some(session) = &self.session else { return };
        let project = session.project().clone();
        let time =
            crate::clock::current_time().to_zoned(jiff::tz::TimeZone::system()).strftime("%H:%M").to_string();
        let name = Msg::ClipboardNamed.text_with(self.lang(), &[("time", &time)]);
        self.jobs.start(
            JobScope::Document,
            Msg::Working,
            move |ticket| {
                let table = Arc::new(PastedTable::write_temporary(&text, name, columns)?);
                Ok((profile_with_recipes(Input::new(table.path()), &project, ticket), table))
            },
            |app, read: io::Result<_>| match read {
                Ok(((input, result), table)) => app.on_profiled(input, Some(table), result),
                Err(error) => app.not_pasted(&error),
            },
        );
    }

    /// Handles a profiled clipboard table: one with answers opens the import form, a single column without
    /// answers is pasted as lines, and any other table is only reported. The other reading is always offered.
    pub(super) fn show_pasted(&mut self, mut form: Box<ImportForm>, table: &PastedTable) {
        if form.mapping().wave_of_days().is_none() {
            let today = crate::clock::current_date();
            form.wave = day_label(today, today);
        }
        if form.has_answers() || form.has_unmatched() {
            self.dialog = Some(Dialog::Import(form));
        } else if table.columns == 1 {
            self.paste_lines(Arc::clone(&table.text), Some(form));
        } else {
            let told = columns_words(self.lang(), table.columns);
            self.notices.add_offer(
                NoticeLevel::Warning,
                told,
                Msg::ClipboardReadAnyway,
                AppRequest::ShowImport(form),
            );
        }
    }

    /// Offers to paste the lines of a column as touchpoints, after the user closed its import form.
    pub(super) fn offer_lines_instead(&mut self, closed: Option<&Dialog>) {
        let Some(Dialog::Import(form)) = closed else { return };
        let Some(table) = form.pasted.as_ref().filter(|table| table.columns == 1) else { return };
        let at = self.session.as_ref().and_then(|session| session.selection().iter().next_back().copied());
        let lines = PastedLines {
            text: Arc::clone(&table.text),
            reading: LineReading::Touchpoints,
            at,
            instead_of: None,
        };
        let told = Msg::NothingPasted.text(self.lang());
        self.notices.add_offer(
            NoticeLevel::Info,
            told,
            Msg::PasteAsTouchpoints,
            AppRequest::ReadLines(lines),
        );
    }

    /// Reports why a clipboard table could not be read.
    fn not_pasted(&mut self, why: &io::Error) {
        let what = Msg::ClipboardUnread.text(self.lang());
        self.show_error(format!("{what}\n{why}"));
    }
}
