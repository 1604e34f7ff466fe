//! The one thing that may stand in front of the window and wait for an answer.

use super::choosing::ChooseForm;
use super::export::ExportForm;
use super::files::{Damaged, SaveFailure};
use super::import_form::ImportForm;
use super::outcome::{Listed, Next, Purpose};
use super::picking::with_ending;
use super::quote_form::QuoteForm;
use super::redacting::RedactForm;
use super::versions::VersionsForm;
use crate::panels::licences_dialog::LicencesForm;
use crate::panels::palette::Kept;
use crate::store::journal::Recoverable;
use std::path::PathBuf;

/// What stands in the place of the file that was open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InPlace {
    /// Nothing, or nothing that reads.
    Unreadable,
    /// Another project.
    Other,
    /// A project with the ids of ours that is not known to come from the version opened.
    Unproven,
}

/// What is asked or shown.
#[derive(Debug)]
pub enum Dialog {
    /// Save the changes first?
    Unsaved(Next),
    /// The file was changed by somebody else: what now?
    Changed {
        /// What stands there.
        failure: Box<SaveFailure>,
        /// What it is.
        found: InPlace,
        /// What comes after saving, where we were saving.
        next: Option<Next>,
    },
    /// What ended processes left unsaved.
    Left(Vec<Recoverable>),
    /// Earlier versions of the open document.
    Versions(Box<VersionsForm>),
    /// The file is damaged: open what can be saved of it?
    Damaged(Box<Damaged>),
    /// The built-in path dialog.
    Path(PathForm),
    /// How to write a picture.
    Export(ExportForm),
    /// What a copy to give away lacks.
    Redact(RedactForm),
    /// What the columns of a file of answers are.
    Import(Box<ImportForm>),
    /// Which comments become quotes.
    Quotes(Box<QuoteForm>),
    /// What the selected elements get.
    Choose(ChooseForm),
    /// Actions and elements to search.
    Palette(Search),
    /// The keys.
    Shortcuts,
    /// The program and its fonts.
    About,
    /// The licences of what the program is made of.
    Licences(Box<LicencesForm>),
}

/// What the palette is searched for.
#[derive(Debug, Default)]
pub struct Search {
    /// The words typed.
    pub text: String,
    /// Which of the results is marked.
    pub marked: usize,
    /// What was found.
    pub(crate) kept: Kept,
}

/// The state of the built-in path dialog.
#[derive(Debug, Clone)]
pub struct PathForm {
    /// What the path is for.
    pub purpose: Purpose,
    /// The folder shown.
    pub folder: PathBuf,
    /// What is in it, once it has been read.
    pub entries: Vec<Listed>,
    /// Why it could not be read.
    pub problem: Option<String>,
    /// The name typed.
    pub name: String,
    /// Whether the name has not been given the keyboard yet.
    pub fresh: bool,
    /// The ending of files that are written; none where one is only read.
    pub ending: Option<&'static str>,
    /// The file there may be replaced: the user said so.
    pub replace: bool,
}

impl PathForm {
    /// The whole path typed, with the ending that it gets where it has none; an absolute one stands for itself.
    pub fn path(&self) -> PathBuf {
        let path = self.folder.join(self.name.trim());
        match self.ending {
            Some(ending) => with_ending(path, ending),
            None => path,
        }
    }

    /// Whether a path to write to names a file that is there.
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
        let form = |name: &str, ending| PathForm {
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
