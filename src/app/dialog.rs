//! The single modal dialog that may be open in front of the window.

use super::choosing::ChooseForm;
use super::export::ExportForm;
use super::files::{Damaged, SaveFailure};
use super::import_form::ImportForm;
use super::outcome::{Listed, NextStep, Purpose};
use super::picking::with_ending;
use super::quote_form::QuoteForm;
use super::redacting::RedactForm;
use super::versions::VersionsForm;
use crate::panels::licences_dialog::LicencesForm;
use crate::panels::palette::PaletteCache;
use crate::store::journal::Recoverable;
use std::path::PathBuf;

/// The content found in the place of the file that was open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InPlace {
    /// Missing, or not readable.
    Unreadable,
    /// Another project.
    Other,
    /// A project with the same id as ours that is not known to descend from the version opened.
    Unproven,
}

/// The open dialog and its state.
#[derive(Debug)]
pub enum Dialog {
    /// Asks to save unsaved changes first.
    Unsaved(NextStep),
    /// Asks what to do after somebody else changed the file.
    Changed {
        /// The failed save, with what was found at the path.
        failure: Box<SaveFailure>,
        /// The kind of content found.
        found: InPlace,
        /// The step to take after saving, if we were saving.
        next: Option<NextStep>,
    },
    /// Lists unsaved work of ended processes.
    Left(Vec<Recoverable>),
    /// Lists earlier versions of the open document.
    Versions(Box<VersionsForm>),
    /// Offers to open what can be recovered of a damaged file.
    Damaged(Box<Damaged>),
    /// The built-in path dialog.
    Path(PathDialog),
    /// Asks how to write a picture.
    Export(ExportForm),
    /// Asks what to remove from a copy for sharing.
    Redact(Box<RedactForm>),
    /// Asks what the columns of a file of answers mean.
    Import(Box<ImportForm>),
    /// Asks which comments become quotes.
    Quotes(Box<QuoteForm>),
    /// Asks for a property of the selected elements.
    Choose(ChooseForm),
    /// Searches actions and elements.
    Palette(PaletteSearch),
    /// Lists the keyboard shortcuts.
    Shortcuts,
    /// Shows the program and its fonts.
    About,
    /// Lists the licences of third-party packages.
    Licences(Box<LicencesForm>),
}

/// The state of the palette's search.
#[derive(Debug, Default)]
pub struct PaletteSearch {
    /// The search text.
    pub text: String,
    /// The index of the highlighted result.
    pub marked: usize,
    /// The results, cached between frames.
    pub(crate) kept: PaletteCache,
}

/// The state of the built-in path dialog.
#[derive(Debug, Clone)]
pub struct PathDialog {
    /// The purpose of the path.
    pub purpose: Purpose,
    /// The folder shown.
    pub folder: PathBuf,
    /// The folder's entries, once it has been read.
    pub entries: Vec<Listed>,
    /// The reason why the folder could not be read.
    pub problem: Option<String>,
    /// The name typed.
    pub name: String,
    /// True until the name field has been focused for the first time.
    pub fresh: bool,
    /// The extension of files to write; `None` if a file is only read.
    pub ending: Option<&'static str>,
    /// True if the user agreed to replace the existing file.
    pub replace: bool,
}

impl PathDialog {
    /// Returns the whole path, with the default extension if none was typed; an absolute path is kept.
    pub fn path(&self) -> PathBuf {
        let path = self.folder.join(self.name.trim());
        match self.ending {
            Some(ending) => with_ending(path, ending),
            None => path,
        }
    }

    /// True if the path is for writing and names an existing file.
    pub fn would_replace(&self) -> bool {
        self.ending.is_some() && self.path().is_file()
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
        let form = |name: &str, ending| PathDialog {
            purpose: Purpose::Export,
            folder: folder.path().to_owned(),
            entries: Vec::new(),
            problem: None,
            name: name.to_owned(),
            fresh: false,
            ending,
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
    }
}
