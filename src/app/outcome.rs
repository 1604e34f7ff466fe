//! The results of background jobs.

use super::comparing::Comparison;
use super::copies::CopiesMerged;
use super::dialog::InPlace;
use super::files::{OpenFailure, SaveFailure};
use super::import_form::ImportForm;
use super::merging::{Absorbed, Seen};
use super::pasting::PastedTable;
use super::recovery::UnsavedSearch;
use super::session::{File, Saving, Session};
use super::thumbnail::Thumbnail;
use crate::canvas::PicturePlace;
use crate::edit::Transaction;
use crate::exchange::Unread;
use crate::model::{Image, Project};
use crate::redact::{Redacted, Redaction};
use crate::store::base::Base;
use crate::store::error::SaveError;
use crate::store::image::PictureFileError;
use crate::store::journal::JournalScan;
use crate::store::project::OpenError;
use crate::store::versions::VersionEntry;
use crate::survey::comments::{CommentRequest, Comments};
use crate::survey::count::Counted;
use crate::survey::overlap::Overlap;
use crate::survey::profile::Profile;
use crate::survey::source::{Input, TableError};
use std::path::PathBuf;
use std::sync::Arc;

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
    /// The state that was saved or given up; `None` if nothing was open, or that document is gone by now.
    pub given_up: Option<u64>,
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

/// The result of a background job.
#[derive(Debug)]
pub enum JobOutcome {
    /// The job panicked or got no thread; nothing was changed.
    Broke,
    /// A project was opened, or could not be.
    Opened {
        /// The path; `None` for a template.
        path: Option<PathBuf>,
        /// The request that started the job.
        asked: Arriving,
        /// The opened project.
        result: Result<Box<Session>, OpenFailure>,
    },
    /// A journey in another form was read, or could not be.
    Outlined {
        /// The path of the file.
        path: PathBuf,
        /// The request that started the job.
        asked: Arriving,
        /// The new project, and the lines that could not be read.
        result: Result<(Box<Session>, Vec<Unread>), OpenFailure>,
    },
    /// A picture was read, or could not be.
    Pictured {
        /// The path; empty for a picture from the clipboard.
        path: PathBuf,
        /// The place on the map.
        place: Option<PicturePlace>,
        /// The image to embed; `None` if it was cancelled.
        result: Result<Option<Image>, PictureFileError>,
    },
    /// A file was written, or could not be.
    Saved {
        /// The save that ended.
        saving: Saving,
        /// The step to take next.
        next: NextStep,
        /// The saved file, with a warning of the system if there is one.
        result: Result<(File, Option<String>), SaveFailure>,
    },
    /// Conflict copies beside the open file that hold another version of it.
    Copies(Vec<PathBuf>),
    /// Conflict copies were merged into the open project.
    CopiesMerged(CopiesMerged),
    /// The earlier versions of the open document, the newest first.
    Versions(std::io::Result<Vec<VersionEntry>>),
    /// An earlier version was read for a comparison.
    EarlierRead {
        /// The time it was kept.
        name: String,
        /// The project it holds.
        result: Result<Project, OpenError>,
    },
    /// The change to an earlier version, or why it can't be read.
    Restored(Result<Transaction, OpenError>),
    /// The search for unsaved work of ended processes has ended.
    Left(UnsavedSearch, Box<JournalScan>),
    /// Unsaved work of an ended process was merged with the stored file.
    Recovered(Result<Box<Session>, OpenFailure>),
    /// A version that somebody else stored was merged with ours.
    Absorbed {
        /// The revision of our document that was merged, and the file's state it was based on.
        ours: (u64, Base),
        /// The version they stored.
        seen: Seen,
        /// The result of the merge.
        absorbed: Absorbed,
        /// The step to take after saving, if we were saving.
        next: Option<NextStep>,
    },
    /// A stored version is not known to descend from the one opened: nothing was merged.
    Unproven {
        /// The version they stored.
        seen: Seen,
        /// The step to take after saving, if we were saving.
        next: Option<NextStep>,
    },
    /// A save found a later version of the project at the path.
    Seen {
        /// The version found.
        seen: Seen,
        /// The step to take after saving.
        next: NextStep,
    },
    /// A save found something that does not descend from our project at the path.
    Foreign {
        /// The reason why we did not save.
        failure: SaveFailure,
        /// The kind of content found.
        found: InPlace,
        /// The step to take after saving, if we were saving.
        next: Option<NextStep>,
    },
    /// The content of a path was copied beside it, if there was any.
    KeptBeside {
        /// The path to save to.
        path: PathBuf,
        /// The content found there.
        found: Base,
        /// The path of the copy.
        kept: Result<Option<PathBuf>, SaveError>,
        /// The step to take after saving.
        next: NextStep,
    },
    /// The system's file dialog was answered.
    Picked {
        /// The purpose of the path.
        purpose: Purpose,
        /// The path chosen; `None` if cancelled.
        path: Option<PathBuf>,
        /// True if the dialog ended faster than a person could have answered: this system has none.
        absent: bool,
    },
    /// A folder was read.
    Folder {
        /// The path of the folder.
        folder: PathBuf,
        /// Its entries.
        result: Result<Vec<Listed>, String>,
    },
    /// An export was written, cancelled, or failed.
    Exported {
        /// The path of the file.
        path: PathBuf,
        /// Messages about the file, `None` if cancelled, or the reason of the failure.
        result: Result<Option<Vec<String>>, String>,
    },
    /// The first rows of a file of answers were profiled.
    Looked {
        /// The file, and the options for reading it.
        input: Input,
        /// The clipboard table it holds; `None` for a file of the user.
        pasted: Option<Arc<PastedTable>>,
        /// The profile of its first rows.
        result: Result<Profile, TableError>,
    },
    /// A clipboard table could not be written to its temporary file; holds the system's message.
    NotPasted(String),
    /// A file of answers was counted.
    Counted {
        /// The import form with the mapping.
        form: Box<ImportForm>,
        /// The counted answers.
        result: Result<Counted, TableError>,
        /// Earlier imports that share answers with the file.
        overlap: Option<Overlap>,
    },
    /// The first rows of a file of comments were profiled.
    LookedForQuotes {
        /// The file, and the options for reading it.
        input: Input,
        /// The profile of its first rows.
        result: Result<Profile, TableError>,
    },
    /// The comments of a file were read.
    Commented {
        /// The comments that were requested.
        wanted: CommentRequest,
        /// The comments read.
        result: Result<Comments, TableError>,
    },
    /// A redacted copy was made, with the options it was made with.
    Redacted(Redaction, Arc<Redacted>),
    /// A redacted copy was written, or could not be.
    CopySaved {
        /// The path of the file.
        path: PathBuf,
        /// As of [`JobOutcome::Saved`], or why not.
        result: Result<(File, Option<String>), String>,
    },
    /// Another project with the same content was written, or could not be.
    Duplicated {
        /// The path of the file.
        path: PathBuf,
        /// The state of the document that was copied.
        given_up: Option<u64>,
        /// As of [`JobOutcome::Saved`], or why not.
        result: Result<(File, Option<String>), String>,
    },
    /// Two versions were compared, or could not be.
    Compared {
        /// The file compared with; `None` for a version in memory.
        path: Option<PathBuf>,
        /// The comparison.
        result: Result<Box<Comparison>, OpenFailure>,
    },
    /// The settings were saved, or the reason why not.
    Kept(Option<String>),
    /// A template's thumbnail for the start page was drawn.
    Thumbnail(Thumbnail),
}

impl JobOutcome {
    /// True if the result replaces the open document.
    pub(super) fn replaces_document(&self) -> bool {
        matches!(self, Self::Opened { .. } | Self::Outlined { .. } | Self::Recovered(_))
    }

    /// True if the result is only meant for the document that was open when the job began.
    pub(super) fn is_of_document(&self) -> bool {
        match self {
            Self::Saved { .. }
            | Self::Pictured { .. }
            | Self::Copies(_)
            | Self::CopiesMerged(_)
            | Self::EarlierRead { .. }
            | Self::Versions(_)
            | Self::Restored(_)
            | Self::Absorbed { .. }
            | Self::Unproven { .. }
            | Self::Seen { .. }
            | Self::Foreign { .. }
            | Self::KeptBeside { .. }
            | Self::Looked { .. }
            | Self::NotPasted(_)
            | Self::Counted { .. }
            | Self::LookedForQuotes { .. }
            | Self::Commented { .. }
            | Self::Redacted(..)
            | Self::Compared { .. } => true,
            Self::Broke
            | Self::Opened { .. }
            | Self::Outlined { .. }
            | Self::Left(..)
            | Self::Recovered(_)
            | Self::Picked { .. }
            | Self::Folder { .. }
            | Self::Exported { .. }
            | Self::CopySaved { .. }
            | Self::Duplicated { .. }
            | Self::Kept(_)
            | Self::Thumbnail(_) => false,
        }
    }
}
