//! Failed file operations, without the path of the file: the problem found, the expected state, the remedy.

use super::Explain;
use crate::i18n::{Lang, Msg, format_bytes, format_count};
use crate::store::ExpectedShape;
use crate::store::adopt::NotKept;
use crate::store::error::{FileStep, SaveCause, SaveError};
use crate::store::image::{MOST_PIXELS, MOST_SIDE, PictureFileError};
use crate::store::journal::Trouble;
use crate::store::load::{Foreign, LoadCause, LoadError, MAX_BYTES};
use crate::store::project::OpenError;
use crate::store::respondents::UnreadRespondents;
use crate::store::save::Saved;
use crate::store::stream::StreamError;
use crate::store::template::{Template, TemplateSubject};
use crate::store::versions::Label;
use std::io;

impl Explain for SaveError {
    fn explain(&self, lang: Lang) -> String {
        let problem = self.cause.explain(lang);
        match &self.leftover {
            Some(path) => {
                Msg::SaveLeftover.text_with(lang, &[("problem", &problem), ("path", &path.display())])
            }
            None => problem,
        }
    }
}

impl Explain for SaveCause {
    fn explain(&self, lang: Lang) -> String {
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
            Self::Failed { step, source } => Msg::SaveFailed
                .text_with(lang, &[("step", &step_message(*step).text(lang)), ("detail", source)]),
        }
    }
}

fn step_message(step: FileStep) -> Msg {
    match step {
        FileStep::Find => Msg::StepFind,
        FileStep::Read => Msg::StepRead,
        FileStep::Create => Msg::StepCreate,
        FileStep::Write => Msg::StepWrite,
        FileStep::Sync => Msg::StepSync,
        FileStep::Replace => Msg::StepReplace,
    }
}

/// Returns the remarks on a save: missing confirmation by the disk, and metadata of the old file that could not
/// be kept.
pub fn explain_save(saved: &Saved, lang: Lang) -> Vec<String> {
    let mut remarks = Vec::new();
    if let Some(source) = &saved.unconfirmed {
        remarks.push(Msg::SaveUnsure.text_with(lang, &[("detail", source)]));
    }
    let mut names = Vec::new();
    for lost in &saved.lost {
        match lost {
            NotKept::Owner => names.push(Msg::KeptOwner.text(lang).to_owned()),
            NotKept::AccessList => names.push(Msg::KeptAccessList.text(lang).to_owned()),
            NotKept::Attribute(name) => names.push(name.clone()),
            NotKept::Links(n) => remarks.push(Msg::SaveLinks.text_with(lang, &[("n", n)])),
        }
    }
    if !names.is_empty() {
        remarks.push(Msg::SaveNotKept.text_with(lang, &[("names", &names.join(", "))]));
    }
    remarks
}

impl<E: Explain> Explain for StreamError<E> {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Save(error) => error.explain(lang),
            Self::Fill { error, leftover: None } => error.explain(lang),
            Self::Fill { error, leftover: Some(path) } => {
                let problem = error.explain(lang);
                Msg::SaveLeftover.text_with(lang, &[("problem", &problem), ("path", &path.display())])
            }
        }
    }
}

impl Explain for Trouble {
    fn explain(&self, lang: Lang) -> String {
        Msg::JournalTrouble.text_with(lang, &[("path", &self.folder.display()), ("detail", &self.detail)])
    }
}

/// The occasion on which a version was kept.
impl Explain for Label {
    fn explain(&self, lang: Lang) -> String {
        let message = match self {
            Self::Opened => Msg::VersionOpened,
            Self::Saved => Msg::VersionSaved,
            Self::Saving => Msg::VersionSaving,
            Self::BeforeMerge => Msg::VersionBeforeMerge,
            Self::BeforeRestore => Msg::VersionBeforeRestore,
            Self::Recovered => Msg::VersionRecovered,
        };
        message.text(lang).to_owned()
    }
}

impl Explain for OpenError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Missing => Msg::FileMissing.text(lang).to_owned(),
            Self::NotAFile => Msg::FileNotOrdinary.text(lang).to_owned(),
            Self::LinkLoop => Msg::FileLinkLoop.text(lang).to_owned(),
            Self::Failed(source) => Msg::FileUnreadable.text_with(lang, &[("detail", source)]),
            Self::Content(error) => error.explain(lang),
        }
    }
}

impl Explain for LoadError {
    fn explain(&self, lang: Lang) -> String {
        let problem = self.cause.explain(lang);
        let Some(place) = self.place else { return problem };
        let mend = match self.cause {
            LoadCause::Conflict => problem,
            _ => Msg::FileMend.text_with(lang, &[("problem", &problem)]),
        };
        Msg::FileDamaged
            .text_with(lang, &[("line", &place.line), ("column", &place.column), ("problem", &mend)])
    }
}

fn foreign_message(format: Foreign) -> Msg {
    match format {
        Foreign::Page => Msg::FileIsPage,
        Foreign::Zip => Msg::FileIsZip,
        Foreign::Zeros => Msg::FileIsZeros,
        Foreign::Wide => Msg::FileIsWide,
    }
}

impl Explain for LoadCause {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::TooLarge { bytes } => too_large(Msg::FileTooBig, *bytes, lang),
            Self::Empty => Msg::FileEmpty.text(lang).to_owned(),
            Self::NotOurs => Msg::FileNotOurs.text(lang).to_owned(),
            Self::Foreign(foreign) => foreign_message(*foreign).text(lang).to_owned(),
            Self::Conflict => Msg::FileConflict.text(lang).to_owned(),
            Self::NotText => Msg::DamageNotText.text(lang).to_owned(),
            Self::Newer(version) => Msg::FileNewer.text_with(lang, &[("version", version)]),
            Self::TooDeep => Msg::DamageTooDeep.text(lang).to_owned(),
            Self::CutOff => Msg::DamageCutOff.text(lang).to_owned(),
            Self::UnknownField(field) => Msg::DamageUnknownField.text_with(lang, &[("field", field)]),
            Self::MissingField(field) => Msg::DamageMissingField.text_with(lang, &[("field", field)]),
            Self::RepeatedField(field) => Msg::DamageRepeatedField.text_with(lang, &[("field", field)]),
            Self::Unexpected { expected, found } => {
                let expected = shape_message(*expected).text(lang);
                Msg::DamageUnexpected.text_with(lang, &[("expected", &expected), ("found", found)])
            }
            Self::Syntax(detail) => Msg::DamageSyntax.text_with(lang, &[("detail", detail)]),
            Self::NoJourney { record, journey } => {
                Msg::DamageNoJourney.text_with(lang, &[("record", record), ("journey", journey)])
            }
        }
    }
}

fn shape_message(shape: ExpectedShape) -> Msg {
    match shape {
        ExpectedShape::Text => Msg::ShapeText,
        ExpectedShape::Number => Msg::ShapeNumber,
        ExpectedShape::Whole => Msg::ShapeWhole,
        ExpectedShape::Flag => Msg::ShapeFlag,
        ExpectedShape::List => Msg::ShapeList,
        ExpectedShape::Map => Msg::ShapeMap,
        ExpectedShape::Record => Msg::ShapeRecord,
        ExpectedShape::Id => Msg::ShapeId,
        ExpectedShape::Key => Msg::ShapeKey,
        ExpectedShape::Date => Msg::ShapeDate,
        ExpectedShape::Choice => Msg::ShapeChoice,
        ExpectedShape::Bytes => Msg::ShapeBytes,
        ExpectedShape::Once => Msg::ShapeOnce,
        ExpectedShape::NewId => Msg::ShapeNewId,
        ExpectedShape::Count => Msg::ShapeCount,
        ExpectedShape::Comma => Msg::ShapeComma,
        ExpectedShape::Colon => Msg::ShapeColon,
        ExpectedShape::Close => Msg::ShapeClose,
        ExpectedShape::Name => Msg::ShapeName,
    }
}

fn too_large(message: Msg, size: u64, lang: Lang) -> String {
    message.text_with(lang, &[("size", &format_bytes(size)), ("limit", &format_bytes(MAX_BYTES))])
}

impl Explain for PictureFileError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::File(error) => error.explain(lang),
            Self::NotAnImage => Msg::PictureNotOne.text(lang).to_owned(),
            Self::TooLarge { width, height } => {
                let most = MOST_PIXELS / 1_000_000;
                let width = format_count((*width).into());
                let height = format_count((*height).into());
                let sides: [(&str, &dyn std::fmt::Display); 4] = [
                    ("width", &width),
                    ("height", &height),
                    ("side", &format_count(MOST_SIDE.into())),
                    ("n", &most),
                ];
                Msg::PictureTooLarge.text_with(lang, &sides)
            }
            Self::Damaged(error) => Msg::PictureDamaged.text_with(lang, &[("detail", error)]),
        }
    }
}

/// The words of the system, unless the error is one of ours inside it.
impl Explain for io::Error {
    fn explain(&self, lang: Lang) -> String {
        let ours = self.get_ref().and_then(|inner| inner.downcast_ref::<UnreadRespondents>());
        ours.map_or_else(
            || self.to_string(),
            |unread| format!("{}: {}", unread.path.display(), unread.error.explain(lang)),
        )
    }
}

/// Returns a template's name in the interface.
pub fn template_title(template: &Template, lang: Lang) -> &'static str {
    let message = match template.subject {
        TemplateSubject::Blank => Msg::TemplateBlank,
        TemplateSubject::Airline => Msg::TemplateAirline,
        TemplateSubject::CarPurchase => Msg::TemplateCar,
        TemplateSubject::ServiceBlueprint => Msg::TemplateBlueprint,
    };
    message.text(lang)
}

/// Returns a template's purpose, in a few words.
pub fn template_purpose(template: &Template, lang: Lang) -> &'static str {
    let message = match template.subject {
        TemplateSubject::Blank => Msg::TemplateBlankHint,
        TemplateSubject::Airline => Msg::TemplateAirlineHint,
        TemplateSubject::CarPurchase => Msg::TemplateCarHint,
        TemplateSubject::ServiceBlueprint => Msg::TemplateBlueprintHint,
    };
    message.text(lang)
}
