//! Steps from one document to the next, and purposes of paths.

use std::path::PathBuf;

/// The step to take once a project is saved or given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextStep {
    /// Keep the project open.
    Stay,
    /// Close the project.
    Close,
    /// Quit the program.
    Quit,
    /// Ask which file to open.
    ChooseFile,
    /// Open this file.
    Open(PathBuf),
    /// Start a project from this journey in another form.
    Outline(PathBuf),
    /// Start a project from this template.
    Template(&'static str),
}

/// The replacement for the open project, and the state in which that one may be given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arriving {
    /// The requested step.
    pub next: NextStep,
    /// The state that was saved or given up; `None` if nothing was open.
    pub given_up: Option<DocumentState>,
}

/// A state of a document that is or was open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentState {
    /// The number of the document among those opened in this window.
    pub document: u64,
    /// The number of the state in the document's history.
    pub state: u64,
}

/// The purpose of a path that the user is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// To open a project.
    Open,
    /// To start a project from a journey in another form: an outline, a diagram, a table.
    Outline,
    /// To place a picture.
    Picture,
    /// To save the project.
    SaveAs(NextStep),
    /// To save the whole project as another project.
    Duplicate,
    /// To import survey answers.
    Import,
    /// To choose quotes from customers' comments.
    Quotes,
    /// To write the map or a chart in another form.
    Export,
    /// To write a redacted copy.
    Redacted,
    /// To compare with another version.
    Compare,
}

/// An entry of a folder, for the built-in path dialog.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// True for a file; folders sort first.
    pub is_file: bool,
    /// The file or folder name.
    pub name: String,
}
