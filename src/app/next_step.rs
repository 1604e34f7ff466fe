//! Steps from one document to the next.

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
