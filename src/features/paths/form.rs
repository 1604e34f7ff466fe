//! The question for a path, and the state of the built-in dialog that asks it.

use crate::app::App;
use engine::i18n::Msg;
use engine::survey::source::ENDINGS;
use std::path::{Path, PathBuf};

/// Extensions of projects.
pub(crate) const PROJECTS: &[&str] = &["ron"];
/// Extensions of journeys in other forms: outlines, mermaid diagrams, tables.
pub(crate) const OUTLINES: &[&str] = &["md", "markdown", "txt", "mmd", "mermaid", "csv", "tsv"];
/// Extensions of pictures that can be placed.
pub(crate) const PICTURES: &[&str] = &["png", "jpg", "jpeg", "webp"];
/// Extensions of tables with answers or comments.
pub(crate) const SURVEYS: &[&str] = ENDINGS;
/// Extensions of what can be exported.
pub(crate) const EXPORTS: &[&str] = &["png", "svg", "csv", "md", "mmd"];

/// True if the path has one of these extensions, ignoring case.
pub(crate) fn has_extension(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    endings.iter().any(|fit| ending.eq_ignore_ascii_case(fit))
}

/// What is done with a path.
type PathContinuation = Box<dyn FnOnce(&mut App, PathBuf) + Send>;

/// A question for the path of a file to read or to write, and what is done with the path.
pub struct PathQuestion {
    /// The title of the dialog: the label of the action that asks.
    pub title: Msg,
    /// The label of the button that confirms the path.
    pub(super) button: Msg,
    /// The name of the kind of files, for the system's dialog.
    pub(super) kind: String,
    /// The extensions of the files offered.
    pub(super) endings: &'static [&'static str],
    /// The name and extension of the file to write; `None` if a file is only read.
    pub(super) written: Option<WrittenFile>,
    /// True if the answer may lead to another document, so that it counts after the open one is closed.
    pub(super) outlives_document: bool,
    end: PathContinuation,
}

/// The proposed name of a file to write, and its extension, which is appended to a name without one.
#[derive(Debug)]
pub(super) struct WrittenFile {
    pub(super) name: String,
    pub(super) ending: &'static str,
}

impl std::fmt::Debug for PathQuestion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PathQuestion").field("title", &self.title).finish_non_exhaustive()
    }
}

impl PathQuestion {
    /// Asks for a file to read, of a kind with these extensions; `end` continues with its path.
    pub(crate) fn to_read(
        title: Msg,
        button: Msg,
        (kind, endings): (&str, &'static [&'static str]),
        end: impl FnOnce(&mut App, PathBuf) + Send + 'static,
    ) -> Self {
        let kind = kind.to_owned();
        Self { title, button, kind, endings, written: None, outlives_document: false, end: Box::new(end) }
    }

    /// Asks for a project to write.
    pub(crate) fn to_save(
        title: Msg,
        name: String,
        end: impl FnOnce(&mut App, PathBuf) + Send + 'static,
    ) -> Self {
        let written = Some(WrittenFile { name, ending: "ron" });
        Self { written, ..Self::to_read(title, Msg::Save, ("Desireline", PROJECTS), end) }
    }

    /// Asks for a file to export to, with this extension unless another one is typed.
    pub(crate) fn to_export(
        name: String,
        ending: &'static str,
        end: impl FnOnce(&mut App, PathBuf) + Send + 'static,
    ) -> Self {
        let written = Some(WrittenFile { name, ending });
        let kind = (&*ending.to_uppercase(), EXPORTS);
        Self { written, ..Self::to_read(Msg::Export, Msg::ExportNow, kind, end) }
    }

    /// Keeps the question when another document replaces the open one.
    pub(crate) fn across_documents(self) -> Self {
        Self { outlives_document: true, ..self }
    }

    /// Returns the path with the extension of the file to write, if it has none.
    pub(super) fn with_ending(&self, path: PathBuf) -> PathBuf {
        match &self.written {
            Some(written) if path.extension().is_none() => path.with_extension(written.ending),
            _ => path,
        }
    }

    /// Continues with the path.
    pub(super) fn continue_with(self, app: &mut App, path: PathBuf) {
        let path = self.with_ending(path);
        (self.end)(app, path);
    }
}

/// The state of the built-in path dialog.
#[derive(Debug)]
pub struct PathDialog {
    /// The question asked.
    pub question: PathQuestion,
    /// The folder shown.
    pub(super) folder: PathBuf,
    /// The folder's entries, once it has been read.
    pub(super) entries: Vec<FolderEntry>,
    /// The reason why the folder could not be read.
    pub(super) problem: Option<String>,
    /// The name typed.
    pub name: String,
    /// True until the name field has been focused for the first time.
    pub(super) fresh: bool,
    /// True if the user is asked, or agreed, to replace the existing file.
    pub replace: bool,
}

/// An entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FolderEntry {
    /// True for a file.
    pub(super) is_file: bool,
    /// The file or folder name.
    pub(super) name: String,
}

impl PathDialog {
    /// Returns the whole path, with the default extension if none was typed; an absolute path is kept.
    pub fn path(&self) -> PathBuf {
        self.question.with_ending(self.folder.join(self.name.trim()))
    }

    /// True if the path is for writing and names an existing file.
    pub(super) fn would_replace(&self) -> bool {
        self.question.written.is_some() && self.path().is_file()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_only_after_a_question_however_its_name_was_typed() {
        let folder = tempfile::tempdir().unwrap();
        let named = tempfile::Builder::new().prefix("map").suffix(".png").rand_bytes(0).tempfile_in(&folder);
        let _kept = named.unwrap();
        let form = |name: &str, ending: Option<&'static str>| PathDialog {
            question: match ending {
                Some(ending) => PathQuestion::to_export(String::new(), ending, |_, _| {}),
                None => PathQuestion::to_read(Msg::Open, Msg::OpenNow, ("", EXPORTS), |_, _| {}),
            },
            folder: folder.path().to_owned(),
            entries: Vec::new(),
            problem: None,
            name: name.to_owned(),
            fresh: false,
            replace: false,
        };
        let whole = folder.path().join("map.png").display().to_string();
        for name in ["map.png", "map", " map ", whole.as_str()] {
            let asked = form(name, Some("png"));
            assert!(asked.would_replace() && asked.path().ends_with("map.png"), "{name:?}");
        }
        assert!(!form("other", Some("png")).would_replace());
        assert!(!form("map.svg", Some("png")).would_replace(), "the name typed decides over the format");
        assert!(!form("map.png", None).would_replace(), "what is read stays");
        let saved = PathQuestion::to_save(Msg::SaveAs, String::new(), |_, _| {});
        assert_eq!(saved.with_ending("trip".into()), PathBuf::from("trip.ron"));
        assert_eq!(saved.with_ending("trip.v2".into()), PathBuf::from("trip.v2"));
    }
}
