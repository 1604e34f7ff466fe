//! What background work brings back.

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
use crate::analysis::redact::{Redacted, Redaction};
use crate::canvas::Place;
use crate::edit::Transaction;
use crate::exchange::Unread;
use crate::model::{Image, Project};
use crate::store::base::Base;
use crate::store::error::SaveError;
use crate::store::image::PictureFileError;
use crate::store::journal::Found;
use crate::store::project::OpenError;
use crate::store::versions::Kept;
use crate::survey::again::Overlap;
use crate::survey::comments::{Comments, Wanted};
use crate::survey::count::Counted;
use crate::survey::profile::Profile;
use crate::survey::source::{Input, ReadError};
use std::path::PathBuf;
use std::sync::Arc;

/// What to do once a project is safe or may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Nothing more.
    Stay,
    /// Close the project.
    Close,
    /// End the program.
    Quit,
    /// Ask which file to open.
    ChooseFile,
    /// Open this file.
    Open(PathBuf),
    /// Begin from this journey in another form.
    Outline(PathBuf),
    /// Begin from this template.
    Template(&'static str),
}

/// What takes the open project's place, and the state of that one which may go for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arriving {
    /// What was asked for.
    pub next: Next,
    /// The state that was saved or given up; none where nothing was open, or what was is gone by now.
    pub given_up: Option<u64>,
}

/// What a path is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// To open a project.
    Open,
    /// To begin from a journey in another form: an outline, a diagram, a table.
    Outline,
    /// To place a picture.
    Picture,
    /// To save the project.
    SaveAs(Next),
    /// To save all of it as another project.
    Duplicate,
    /// To read customers' answers.
    Import,
    /// To choose quotes from customers' comments.
    Quotes,
    /// To write the map or a chart in another form.
    Export,
    /// To write a copy to give away.
    Redacted,
    /// To compare with another version.
    Compare,
}

/// A folder's content, for the built-in dialog.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// Whether it is a file; folders come first.
    pub is_file: bool,
    /// Its name.
    pub name: String,
}

/// How a job ended.
#[derive(Debug)]
pub enum Outcome {
    /// The job's own code failed; nothing was changed.
    Broke,
    /// A file was read, or could not be.
    Opened {
        /// The file; none for a template.
        path: Option<PathBuf>,
        /// What was asked for.
        asked: Arriving,
        /// What was read.
        result: Result<Box<Session>, OpenFailure>,
    },
    /// A journey in another form was read, or could not be.
    Outlined {
        /// The file.
        path: PathBuf,
        /// What was asked for.
        asked: Arriving,
        /// What was read, and what of it was not.
        result: Result<(Box<Session>, Vec<Unread>), OpenFailure>,
    },
    /// A picture was read, or could not be; nothing where it is no longer wanted.
    Pictured {
        /// The file.
        path: PathBuf,
        /// Where it goes.
        place: Option<Place>,
        /// What is embedded.
        result: Result<Option<Image>, PictureFileError>,
    },
    /// A file was written, or could not be.
    Saved {
        /// What was written.
        saving: Saving,
        /// What comes next.
        next: Next,
        /// Where it is now, with a doubt of the system where there is one.
        result: Result<(File, Option<String>), SaveFailure>,
    },
    /// Conflict copies beside the open file that hold another version of it.
    Copies(Vec<PathBuf>),
    /// Conflict copies were merged into what is open.
    CopiesMerged(CopiesMerged),
    /// The earlier versions of the open document, the newest first.
    Versions(std::io::Result<Vec<Kept>>),
    /// An earlier version was read, to be compared with.
    EarlierRead {
        /// When it was kept.
        name: String,
        /// What it holds.
        result: Result<Project, OpenError>,
    },
    /// What leads to an earlier version, or why it can't be read.
    Restored(Result<Transaction, OpenError>),
    /// What ended processes left unsaved was looked for.
    Left(UnsavedSearch, Box<Found>),
    /// What an ended process left was brought together with what is stored.
    Recovered(Result<Box<Session>, OpenFailure>),
    /// What somebody else stored was brought together with ours.
    Absorbed {
        /// The revision of our document that was merged, and what of it was stored.
        ours: (u64, Base),
        /// What they stored.
        seen: Seen,
        /// What comes of both.
        absorbed: Absorbed,
        /// What comes after saving, where we were saving.
        next: Option<Next>,
    },
    /// What somebody stored is not known to come from what was opened: nothing was merged.
    Unproven {
        /// What they stored.
        seen: Seen,
        /// What comes after saving, where we were saving.
        next: Option<Next>,
    },
    /// A save found a later version of the project in the file's place.
    Seen {
        /// What it is.
        seen: Seen,
        /// What comes after saving.
        next: Next,
    },
    /// A save found something else than what comes from our project in the file's place.
    Foreign {
        /// Why we did not save.
        failure: SaveFailure,
        /// What is there.
        found: InPlace,
        /// What comes after saving, where we were saving.
        next: Option<Next>,
    },
    /// What stood in a file's place was copied beside it, if anything did.
    KeptBeside {
        /// The file.
        path: PathBuf,
        /// What stood there.
        found: Base,
        /// Its copy.
        kept: Result<Option<PathBuf>, SaveError>,
        /// What comes after saving.
        next: Next,
    },
    /// The system's dialog was answered: nothing is a cancel.
    Picked {
        /// What for.
        purpose: Purpose,
        /// The path chosen.
        path: Option<PathBuf>,
        /// The dialog came and went faster than a person could have answered: there is none on this system.
        absent: bool,
    },
    /// A folder was read.
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What is in it.
        result: Result<Vec<Listed>, String>,
    },
    /// A picture was written, cancelled (nothing), or failed.
    Exported {
        /// The file.
        path: PathBuf,
        /// What there is to tell about it, nothing where it was cancelled, or why it is not there.
        result: Result<Option<Vec<String>>, String>,
    },
    /// The beginning of a file of answers was looked at.
    Looked {
        /// The file, and how it was said to be read.
        input: Input,
        /// The table from the clipboard that it is; none where it is a file of the user.
        pasted: Option<Arc<PastedTable>>,
        /// What it looks like.
        result: Result<Profile, ReadError>,
    },
    /// A table from the clipboard could not be written where it is read; with the system's words.
    NotPasted(String),
    /// A file of answers was counted.
    Counted {
        /// The mapping.
        form: Box<ImportForm>,
        /// What was counted.
        result: Result<Counted, ReadError>,
        /// Earlier imports whose answers it holds again.
        overlap: Option<Overlap>,
    },
    /// The beginning of a file of comments was looked at.
    LookedForQuotes {
        /// The file.
        input: Input,
        /// What it looks like.
        result: Result<Profile, ReadError>,
    },
    /// The comments of a file were read.
    Commented {
        /// Which of them were asked for.
        wanted: Wanted,
        /// What was read.
        result: Result<Comments, ReadError>,
    },
    /// A copy to give away was made, of what was asked to be taken out.
    Redacted(Redaction, Arc<Redacted>),
    /// A copy to give away was written, or could not be.
    CopySaved {
        /// The file.
        path: PathBuf,
        /// As of [`Outcome::Saved`], or why not.
        result: Result<(File, Option<String>), String>,
    },
    /// Another project with the same content was written, or could not be.
    Duplicated {
        /// The file.
        path: PathBuf,
        /// The state of the document that was copied.
        given_up: Option<u64>,
        /// As of [`Outcome::Saved`], or why not.
        result: Result<(File, Option<String>), String>,
    },
    /// Two versions were compared, or could not be.
    Compared {
        /// The file compared with; none for what is open.
        path: Option<PathBuf>,
        /// What differs.
        result: Result<Box<Comparison>, OpenFailure>,
    },
    /// The settings were kept, or why not.
    Kept(Option<String>),
    /// A picture of a template for the start page.
    Thumbnail(Thumbnail),
}

impl Outcome {
    /// Whether it takes the open document's place.
    pub(super) fn replaces(&self) -> bool {
        matches!(self, Self::Opened { .. } | Self::Outlined { .. } | Self::Recovered(_))
    }

    /// Whether it is meant for the document that was open when the job began, and for no other.
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
