//! Messages about failed file operations: the problem found, the expected state, the remedy.

use std::error::Error;
use std::fmt;

use super::adopt::NotKept;
use super::error::{FileStep, SaveCause, SaveError};
use super::journal::Trouble;
use super::load::{Foreign, LoadCause, LoadError, MAX_BYTES};
use super::project::OpenError;
use super::save::Saved;
use super::stream::StreamError;
use super::v1::ExpectedShape;
use super::versions::Label;
use crate::i18n::{Lang, Msg, format_bytes};

impl SaveError {
    /// Returns the error's message in a language, without the path.
    pub fn message(&self, lang: Lang) -> String {
        let problem = self.cause.message(lang);
        match &self.leftover {
            Some(path) => {
                Msg::SaveLeftover.text_with(lang, &[("problem", &problem), ("path", &path.display())])
            }
            None => problem,
        }
    }
}

impl SaveCause {
    fn message(&self, lang: Lang) -> String {
        match self {
            Self::ChangedOnDisk { .. } => Msg::FileChanged.text(lang).to_owned(),
            Self::NotAFile => Msg::FileNotOrdinary.text(lang).to_owned(),
            Self::LinkLoop => Msg::FileLinkLoop.text(lang).to_owned(),
            Self::ReadOnly => Msg::FileReadOnly.text(lang).to_owned(),
            Self::NoFolder => Msg::FolderMissing.text(lang).to_owned(),
            Self::TooLarge { bytes } => too_large(Msg::FileWouldBeTooBig, *bytes, lang),
            Self::DiskFull { needed: 0 } => Msg::DiskFull.text(lang).to_owned(),
            Self::Unreadable { record } => Msg::RecordUnreadable.text_with(lang, &[("id", record)]),
            Self::DiskFull { needed } => {
                Msg::DiskFullNeeds.text_with(lang, &[("size", &format_bytes(*needed))])
            }
            Self::Failed { step, source } => {
                Msg::SaveFailed.text_with(lang, &[("step", &step.message().text(lang)), ("detail", source)])
            }
        }
    }
}

impl FileStep {
    fn message(self) -> Msg {
        match self {
            Self::Find => Msg::StepFind,
            Self::Read => Msg::StepRead,
            Self::Create => Msg::StepCreate,
            Self::Write => Msg::StepWrite,
            Self::Sync => Msg::StepSync,
            Self::Replace => Msg::StepReplace,
        }
    }
}

impl Saved {
    /// Returns the messages about a save in a language: missing confirmation by the disk, and metadata of the
    /// old file that could not be kept.
    pub fn messages(&self, lang: Lang) -> Vec<String> {
        let mut messages = Vec::new();
        if let Some(source) = &self.unconfirmed {
            messages.push(Msg::SaveUnsure.text_with(lang, &[("detail", source)]));
        }
        let mut names = Vec::new();
        for lost in &self.lost {
            match lost {
                NotKept::Owner => names.push(Msg::KeptOwner.text(lang).to_owned()),
                NotKept::AccessList => names.push(Msg::KeptAccessList.text(lang).to_owned()),
                NotKept::Attribute(name) => names.push(name.clone()),
                NotKept::Links(n) => messages.push(Msg::SaveLinks.text_with(lang, &[("n", n)])),
            }
        }
        if !names.is_empty() {
            messages.push(Msg::SaveNotKept.text_with(lang, &[("names", &names.join(", "))]));
        }
        messages
    }
}

impl<E> StreamError<E> {
    /// Returns the error's message in a language, without the path; `filling` words an error of the content's
    /// writer.
    pub fn message(&self, lang: Lang, filling: impl FnOnce(&E, Lang) -> String) -> String {
        match self {
            Self::Save(error) => error.message(lang),
            Self::Fill { error, leftover: None } => filling(error, lang),
            Self::Fill { error, leftover: Some(path) } => {
                let problem = filling(error, lang);
                Msg::SaveLeftover.text_with(lang, &[("problem", &problem), ("path", &path.display())])
            }
        }
    }
}

impl Trouble {
    /// Returns the problem and its remedy, in a language.
    pub fn message(&self, lang: Lang) -> String {
        Msg::JournalTrouble.text_with(lang, &[("path", &self.folder.display()), ("detail", &self.detail)])
    }
}

impl Label {
    /// Returns the occasion on which the version was kept, as shown to the user.
    pub fn title(self, lang: Lang) -> &'static str {
        let message = match self {
            Self::Opened => Msg::VersionOpened,
            Self::Saved => Msg::VersionSaved,
            Self::Saving => Msg::VersionSaving,
            Self::BeforeMerge => Msg::VersionBeforeMerge,
            Self::BeforeRestore => Msg::VersionBeforeRestore,
            Self::Recovered => Msg::VersionRecovered,
        };
        message.text(lang)
    }
}

impl OpenError {
    /// Returns the error's message in a language, without the path.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Missing => Msg::FileMissing.text(lang).to_owned(),
            Self::NotAFile => Msg::FileNotOrdinary.text(lang).to_owned(),
            Self::LinkLoop => Msg::FileLinkLoop.text(lang).to_owned(),
            Self::Failed(source) => Msg::FileUnreadable.text_with(lang, &[("detail", source)]),
            Self::Content(error) => error.message(lang),
        }
    }
}

impl LoadError {
    /// Returns the error's message in a language, without the path.
    pub fn message(&self, lang: Lang) -> String {
        let problem = self.cause.message(lang);
        let Some(place) = self.place else { return problem };
        let mend = match self.cause {
            LoadCause::Conflict => problem,
            _ => Msg::FileMend.text_with(lang, &[("problem", &problem)]),
        };
        Msg::FileDamaged
            .text_with(lang, &[("line", &place.line), ("column", &place.column), ("problem", &mend)])
    }
}

impl Foreign {
    fn message(self) -> Msg {
        match self {
            Self::Page => Msg::FileIsPage,
            Self::Zip => Msg::FileIsZip,
            Self::Zeros => Msg::FileIsZeros,
            Self::Wide => Msg::FileIsWide,
        }
    }
}

impl LoadCause {
    /// Returns the cause in a language, without the place.
    pub(super) fn message(&self, lang: Lang) -> String {
        match self {
            Self::TooLarge { bytes } => too_large(Msg::FileTooBig, *bytes, lang),
            Self::Empty => Msg::FileEmpty.text(lang).to_owned(),
            Self::NotOurs => Msg::FileNotOurs.text(lang).to_owned(),
            Self::Foreign(foreign) => foreign.message().text(lang).to_owned(),
            Self::Conflict => Msg::FileConflict.text(lang).to_owned(),
            Self::NotText => Msg::DamageNotText.text(lang).to_owned(),
            Self::Newer(version) => Msg::FileNewer.text_with(lang, &[("version", version)]),
            Self::TooDeep => Msg::DamageTooDeep.text(lang).to_owned(),
            Self::CutOff => Msg::DamageCutOff.text(lang).to_owned(),
            Self::UnknownField(field) => Msg::DamageUnknownField.text_with(lang, &[("field", field)]),
            Self::MissingField(field) => Msg::DamageMissingField.text_with(lang, &[("field", field)]),
            Self::RepeatedField(field) => Msg::DamageRepeatedField.text_with(lang, &[("field", field)]),
            Self::Unexpected { expected, found } => {
                let expected = expected.message().text(lang);
                Msg::DamageUnexpected.text_with(lang, &[("expected", &expected), ("found", found)])
            }
            Self::Syntax(detail) => Msg::DamageSyntax.text_with(lang, &[("detail", detail)]),
            Self::NoJourney { record, journey } => {
                Msg::DamageNoJourney.text_with(lang, &[("record", record), ("journey", journey)])
            }
        }
    }
}

impl ExpectedShape {
    fn message(self) -> Msg {
        match self {
            Self::Text => Msg::ShapeText,
            Self::Number => Msg::ShapeNumber,
            Self::Whole => Msg::ShapeWhole,
            Self::Flag => Msg::ShapeFlag,
            Self::List => Msg::ShapeList,
            Self::Map => Msg::ShapeMap,
            Self::Record => Msg::ShapeRecord,
            Self::Id => Msg::ShapeId,
            Self::Key => Msg::ShapeKey,
            Self::Date => Msg::ShapeDate,
            Self::Choice => Msg::ShapeChoice,
            Self::Bytes => Msg::ShapeBytes,
            Self::Once => Msg::ShapeOnce,
            Self::NewId => Msg::ShapeNewId,
            Self::Count => Msg::ShapeCount,
            Self::Comma => Msg::ShapeComma,
            Self::Colon => Msg::ShapeColon,
            Self::Close => Msg::ShapeClose,
            Self::Name => Msg::ShapeName,
        }
    }
}

fn too_large(message: Msg, size: u64, lang: Lang) -> String {
    message.text_with(lang, &[("size", &format_bytes(size)), ("limit", &format_bytes(MAX_BYTES))])
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message(Lang::En), self.path.display())
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl Error for SaveError {}
impl Error for LoadError {}
impl Error for OpenError {}
