//! What happened to a column or a file, in the words of people.

use super::cell::Reject;
use super::count::{ANSWERS, GROUPS};
use super::drivers::{Caution, NoDrivers};
use super::propose::{Doubt, Reason};
use super::source::{COLUMNS, ReadError};
use crate::i18n::{Lang, Msg, count, figure};
use crate::model::Worded;
use crate::model::recipe::ColumnRole;

impl Worded for ColumnRole {
    fn all() -> &'static [Self] {
        Self::ALL
    }

    fn word(self) -> Msg {
        match self {
            Self::Ignore => Msg::RoleIgnore,
            Self::Touchpoint => Msg::RoleTouchpoint,
            Self::Stage => Msg::RoleStage,
            Self::Journey => Msg::RoleJourney,
            Self::Segment => Msg::RoleSegment,
            Self::Date => Msg::RoleDate,
            Self::Weight => Msg::RoleWeight,
            Self::Names => Msg::RoleNames,
            Self::Count => Msg::RoleCount,
        }
    }
}

impl Reason {
    /// The reason as a sentence.
    pub fn word(self) -> Msg {
        match self {
            Self::Alias => Msg::WhyAlias,
            Self::Name => Msg::WhyName,
            Self::Similar => Msg::WhySimilar,
            Self::Outcome => Msg::WhyOutcome,
            Self::FewTexts => Msg::WhyFewTexts,
            Self::SmallNumbers => Msg::WhySmallNumbers,
            Self::ManyValues => Msg::WhyManyValues,
            Self::Identifier => Msg::WhyIdentifier,
            Self::Date => Msg::WhyDate,
            Self::Personal => Msg::WhyPersonal,
            Self::Comment => Msg::WhyComment,
            Self::Empty => Msg::WhyEmpty,
            Self::Chosen => Msg::WhyChosen,
            Self::Words => Msg::WhyWords,
            Self::Weight => Msg::WhyWeight,
            Self::Group => Msg::WhyGroup,
        }
    }
}

impl Doubt {
    /// What a person should settle.
    pub fn message(self, lang: Lang) -> String {
        match self {
            Self::Zero => Msg::DoubtZero.text(lang).to_owned(),
            Self::Direction => Msg::DoubtDirection.text(lang).to_owned(),
            Self::Past(code) => Msg::DoubtPast.with(lang, &[("code", &code)]),
            Self::Turn(line) => Msg::DoubtTurn.with(lang, &[("line", &line)]),
            Self::Order => Msg::DoubtOrder.text(lang).to_owned(),
            Self::Renamed => Msg::DoubtRenamed.text(lang).to_owned(),
            Self::OffScale(cells) => Msg::DoubtOffScale.with(lang, &[("n", &count(cells))]),
        }
    }
}

impl Caution {
    /// What to be careful about; `name` tells the name of a driver.
    pub fn message(&self, lang: Lang, name: impl Fn(usize) -> String) -> String {
        match self {
            Self::Thin { needed } => Msg::CautionThin.with(lang, &[("n", &count(*needed))]),
            Self::Constant(driver) => Msg::CautionConstant.with(lang, &[("name", &name(*driver))]),
            Self::Collinear { drivers, condition } => {
                let names: Vec<String> = drivers.iter().map(|driver| name(*driver)).collect();
                let arguments: [(&str, &dyn std::fmt::Display); 2] =
                    [("names", &names.join(", ")), ("condition", &figure(*condition, 1))];
                Msg::CautionCollinear.with(lang, &arguments)
            }
        }
    }
}

impl NoDrivers {
    /// Why no shares can be told.
    pub fn message(self, lang: Lang) -> String {
        match self {
            Self::NoDriver => Msg::NoDriver.text(lang).to_owned(),
            Self::TooFew { n, needed } => {
                Msg::DriversTooFew.with(lang, &[("n", &count(n)), ("needed", &count(needed))])
            }
            Self::ConstantOutcome => Msg::OutcomeConstant.text(lang).to_owned(),
        }
    }
}

impl Reject {
    /// Why cells do not count.
    pub fn message(self, lang: Lang) -> String {
        match self {
            Self::NotANumber => Msg::RejectNotANumber.text(lang).to_owned(),
            Self::OffScale => Msg::RejectOffScale.text(lang).to_owned(),
            Self::RaggedRow => Msg::RejectRagged.text(lang).to_owned(),
            Self::NotADate => Msg::RejectNotADate.text(lang).to_owned(),
            Self::UnclearDate => Msg::RejectUnclearDate.text(lang).to_owned(),
            Self::ImpossibleDate => Msg::RejectImpossibleDate.text(lang).to_owned(),
            Self::NotAWeight => Msg::RejectNotAWeight.text(lang).to_owned(),
            Self::NotACount => Msg::RejectNotACount.text(lang).to_owned(),
            Self::UnknownName => Msg::RejectUnknownName.text(lang).to_owned(),
            Self::TooMany => Msg::RejectTooManyValues.with(lang, &[("n", &ANSWERS)]),
        }
    }
}

impl ReadError {
    /// What is wrong with the file, where, and what to do.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Io(error) => Msg::ReadFailed.with(lang, &[("problem", error)]),
            Self::NotAFile => Msg::NotAFile.text(lang).to_owned(),
            Self::Empty => Msg::FileEmpty.text(lang).to_owned(),
            Self::NoRows => Msg::NoRows.text(lang).to_owned(),
            Self::Utf16 => Msg::NotUtf16.text(lang).to_owned(),
            Self::Encoding { line, column } => Msg::NotUtf8.with(lang, &[("line", line), ("column", column)]),
            Self::Columns { found } => Msg::TooManyColumns
                .with(lang, &[("n", &count(*found as u64)), ("limit", &count(COLUMNS as u64))]),
            Self::Long { line } => Msg::CellTooLong.with(lang, &[("line", line)]),
            Self::OpenQuote { line } => Msg::OpenQuote.with(lang, &[("line", line)]),
            Self::Cancelled => Msg::ImportCancelled.text(lang).to_owned(),
        }
    }
}

/// That a segment column was left out.
pub fn too_many_groups(column: &str, lang: Lang) -> String {
    Msg::SegmentTooMany.with(lang, &[("column", &column), ("n", &GROUPS)])
}
