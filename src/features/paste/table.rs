//! Clipboard tables read as feedback. Such a table never becomes a file in a project's folder: it is kept in
//! a private temporary file while its import form is open or it is being counted.

use super::lines::{LineReading, PastedLines, paste_lines, read_lines};
use crate::app::App;
use crate::app::jobs::JobScope;
use crate::app::notice::NoticeLevel;
use crate::app::request::AppRequest;
use crate::canvas::paste::{MOST_PASTED_BYTES, PastedText};
use crate::features::import::form::ImportForm;
use crate::features::import::{on_profiled, profile_with_recipes};
use engine::i18n::{Lang, Msg, format_bytes};
use engine::survey::import::day_label;
use engine::survey::source::Input;
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

/// Handles clipboard text that the canvas could not use.
pub fn take_pasted(app: &mut App, pasted: PastedText) {
    match pasted {
        PastedText::Table { text, columns } => look_at_pasted(app, text, columns),
        PastedText::Incomplete(titles) => {
            let names = titles_in_line(app, &titles);
            let told: [(&str, &dyn std::fmt::Display); 2] = [("n", &titles.len()), ("names", &names)];
            app.notices.add_notice(NoticeLevel::Warning, Msg::StaysBehind.text_with(app.lang(), &told));
            app.tie_notice();
        }
        PastedText::Columns(columns) => {
            app.notices.add_notice(NoticeLevel::Warning, columns_words(app.lang(), columns));
        }
        PastedText::Lines(text) => paste_lines(app, text, None),
        PastedText::TooLarge(size) => {
            let sizes: [(&str, &dyn std::fmt::Display); 2] =
                [("size", &format_bytes(size)), ("limit", &format_bytes(MOST_PASTED_BYTES))];
            app.show_error(Msg::ClipboardTooLarge.text_with(app.lang(), &sizes));
        }
    }
}

/// Joins titles into one line, shortened to the first few.
fn titles_in_line(app: &App, titles: &[String]) -> String {
    let lang = app.lang();
    let title = |title: &String| {
        if title.trim().is_empty() { Msg::Untitled.text(lang).to_owned() } else { format!("“{title}”") }
    };
    let mut told: Vec<String> = titles.iter().take(TOLD).map(title).collect();
    told.extend((titles.len() > TOLD).then(|| "…".to_owned()));
    told.join(Msg::ListComma.text(lang))
}

/// Profiles a clipboard table in the background.
fn look_at_pasted(app: &mut App, text: Arc<str>, columns: usize) {
    let Some(session) = &app.session else { return };
    let project = session.project().clone();
    let time =
        engine::clock::current_time().to_zoned(jiff::tz::TimeZone::system()).strftime("%H:%M").to_string();
    let name = Msg::ClipboardNamed.text_with(app.lang(), &[("time", &time)]);
    app.jobs.start(
        JobScope::Document,
        Msg::Working,
        move |ticket| {
            let table = Arc::new(PastedTable::write_temporary(&text, name, columns)?);
            Ok((profile_with_recipes(Input::new(table.path()), &project, ticket), table))
        },
        |app, read: io::Result<_>| match read {
            Ok(((input, result), table)) => on_profiled(app, input, Some(table), None, result),
            Err(error) => not_pasted(app, &error),
        },
    );
}

/// Handles a profiled clipboard table: one with answers opens the import form, a single column without
/// answers is pasted as lines, and any other table is only reported. The other reading is always offered.
pub(crate) fn show_pasted(app: &mut App, mut form: ImportForm, table: &PastedTable) {
    if form.mapping().wave_of_days().is_none() {
        let today = engine::clock::current_date();
        form.wave = day_label(today, today);
    }
    if form.has_answers() || form.has_unmatched() {
        app.dialog.open(form);
    } else if table.columns == 1 {
        paste_lines(app, Arc::clone(&table.text), Some(form));
    } else {
        let told = columns_words(app.lang(), table.columns);
        app.notices.add_offer(
            NoticeLevel::Warning,
            told,
            Msg::ClipboardReadAnyway,
            AppRequest::call_step(|app| app.dialog.open(form)),
        );
    }
}

/// Offers to paste the lines of a column as touchpoints, after the user closed its import form.
pub(crate) fn offer_lines_instead(app: &mut App, form: &ImportForm) {
    let Some(table) = form.pasted.as_ref().filter(|table| table.columns == 1) else { return };
    let at = app.session.as_ref().and_then(|session| session.selection().iter().next_back().copied());
    let lines = PastedLines {
        text: Arc::clone(&table.text),
        reading: LineReading::Touchpoints,
        at,
        instead_of: None,
    };
    let told = Msg::NothingPasted.text(app.lang());
    app.notices.add_offer(
        NoticeLevel::Info,
        told,
        Msg::PasteAsTouchpoints,
        AppRequest::call_step(|app| read_lines(app, lines, None)),
    );
}

/// Reports why a clipboard table could not be read.
fn not_pasted(app: &mut App, why: &io::Error) {
    let what = Msg::ClipboardUnread.text(app.lang());
    app.show_error(format!("{what}\n{why}"));
}
