//! Explanations of the parser's errors for a person who wants the file back.

use ron::error::{Error, Position, SpannedError};

use super::load::{LoadCause, LoadError};
use super::text::Place;
use super::v1::{ReadError, Shape};
use crate::edit::ApplyError;
use crate::id::Id;
use crate::model::PutError;

/// Maximum number of characters of a wrong value that a message repeats.
const SHOWN: usize = 40;

/// Returns the cause of the damage and its place.
pub(super) fn damage(text: &str, error: ReadError) -> LoadError {
    match error {
        ReadError::Parse(error) => parsing(text, error),
        ReadError::Unfit(record, error) => {
            LoadError::at(unfit(record, &error), place_of(text, &record.to_string()))
        }
    }
}

fn parsing(text: &str, error: SpannedError) -> LoadError {
    let [start, end] = [error.span.start, error.span.end].map(|at| place(text, at));
    let cause = match cause(error.code, rest_at(text, start)) {
        LoadCause::Unexpected { expected, .. } if expected.is_sign() => {
            LoadCause::Unexpected { expected, found: glimpse(rest_at(text, end)) }
        }
        cause => cause,
    };
    match &cause {
        LoadCause::Syntax(_) | LoadCause::Unexpected { .. } | LoadCause::UnknownField(_)
            if ends_in_the_middle(rest_at(text, end)) =>
        {
            LoadError::at(LoadCause::CutOff, end)
        }
        LoadCause::CutOff | LoadCause::Syntax(_) => LoadError::at(cause, end),
        LoadCause::Unexpected { expected, .. } if expected.is_sign() => LoadError::at(cause, end),
        LoadCause::Unexpected { expected: Shape::NewId, found } => {
            let place = place_of(text, found);
            LoadError::at(cause, place)
        }
        _ => LoadError::at(cause, start),
    }
}

fn cause(error: Error, rest: &str) -> LoadCause {
    let unexpected = |expected| LoadCause::Unexpected { expected, found: glimpse(rest) };
    match error {
        Error::Eof | Error::ExpectedStringEnd | Error::UnclosedBlockComment => LoadCause::CutOff,
        Error::ExceededRecursionLimit => LoadCause::TooDeep,
        Error::NoSuchStructField { found, .. } => LoadCause::UnknownField(shortened(&found)),
        Error::MissingStructField { field, .. } => LoadCause::MissingField(field.to_owned()),
        Error::DuplicateStructField { field, .. } => LoadCause::RepeatedField(field.to_owned()),
        Error::InvalidValueForType { expected, found } => match Shape::of_name(&expected) {
            Some(expected) => LoadCause::Unexpected { expected, found: shortened(&found) },
            None => LoadCause::Syntax(format!("{expected}, {}", shortened(&found))),
        },
        Error::ExpectedString => unexpected(Shape::Text),
        Error::ExpectedFloat => unexpected(Shape::Number),
        Error::ExpectedInteger | Error::IntegerOutOfBounds | Error::InvalidIntegerDigit { .. } => {
            unexpected(Shape::Whole)
        }
        Error::ExpectedBoolean => unexpected(Shape::Flag),
        Error::ExpectedArray => unexpected(Shape::List),
        Error::ExpectedMap => unexpected(Shape::Map),
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => unexpected(Shape::Record),
        Error::ExpectedComma => unexpected(Shape::Comma),
        Error::ExpectedMapColon => unexpected(Shape::Colon),
        Error::ExpectedArrayEnd | Error::ExpectedMapEnd | Error::ExpectedStructLikeEnd => {
            unexpected(Shape::Close)
        }
        Error::ExpectedIdentifier | Error::InvalidIdentifier(_) | Error::SuggestRawIdentifier(_) => {
            unexpected(Shape::Name)
        }
        other => LoadCause::Syntax(shortened(&other.to_string())),
    }
}

fn unfit(record: Id, error: &ApplyError) -> LoadCause {
    match error {
        ApplyError::Put(PutError::NoJourney { record, journey }) => {
            LoadCause::NoJourney { record: *record, journey: *journey }
        }
        _ => LoadCause::Unexpected { expected: Shape::NewId, found: record.to_string() },
    }
}

/// Returns true if the text ends here, in the middle of a structure.
fn ends_in_the_middle(rest: &str) -> bool {
    !rest.trim_end().contains([',', ')', ']', '}', '\n'])
}

/// Returns the parser's position, past blanks on its line.
fn place(text: &str, at: Position) -> Place {
    let place = Place { line: at.line, column: at.col };
    let blanks = rest_at(text, place).bytes().take_while(|byte| *byte == b' ').count();
    Place { column: at.col + blanks, ..place }
}

/// Returns the place of a record's id: the last one, since of a repeated id the second is wrong.
fn place_of(text: &str, record: &str) -> Place {
    let at = text.rfind(&format!("id: \"{record}\"")).unwrap_or_default();
    Place::after(&text[..at])
}

/// Returns the text from a place on.
fn rest_at(text: &str, place: Place) -> &str {
    let line = text.split_inclusive('\n').take(place.line.saturating_sub(1)).map(str::len).sum();
    let rest: &str = text.get(line..).unwrap_or_default();
    let column = rest.char_indices().nth(place.column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
    &rest[column..]
}

fn glimpse(rest: &str) -> String {
    shortened(rest.trim_start().lines().next().unwrap_or_default())
}

fn shortened(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
