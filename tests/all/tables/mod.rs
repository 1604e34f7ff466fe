//! Tests tables as they really come: real exports, copies of them in every encoding and format, and malicious
//! files.

mod archives;
mod copies;
mod findings;
mod formats;
mod hostile;
mod markup;
mod mutated;
mod real;
mod workbook;
mod workbooks;

use engine::survey::source::{Input, Options, ReadProgress, SurveyTable, TableError, open};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A table as it was read: the names of its columns, and its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Content {
    pub(crate) names: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// A file of these bytes in a folder that is deleted with it.
pub(crate) struct Scratch {
    folder: tempfile::TempDir,
}

impl Scratch {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        let file = std::fs::File::create(&path);
        file.and_then(|mut file| std::io::Write::write_all(&mut file, bytes)).expect("a file");
        path
    }
}

/// Opens a file, old workbooks with the built program.
pub(crate) fn opened(path: &Path, options: Options) -> Result<SurveyTable, TableError> {
    let helper = Some(PathBuf::from(env!("CARGO_BIN_EXE_desireline")));
    open(&Input { helper, ..Input::with_options(path, options) }, &Arc::new(ReadProgress::default()))
}

/// Reads all of a table.
pub(crate) fn content(table: &mut SurveyTable) -> Result<Content, TableError> {
    let names = table.column_names().to_vec();
    let mut rows = Vec::new();
    while let Some(row) = table.next_row()? {
        rows.push((0..names.len()).map(|column| row.cell(column).to_owned()).collect());
    }
    Ok(Content { names, rows })
}

/// Reads a file.
pub(crate) fn read(path: &Path, options: Options) -> Result<Content, TableError> {
    content(&mut opened(path, options)?)
}
