//! Explanations of the parser's errors for a person who wants the file back.

use ron::error::{Error, Position, SpannedError};

use super::load::{LoadCause, LoadError};
use super::text::TextPosition;
use super::v1::{ExpectedShape, V1Error};
use crate::edit::ApplyError;
use crate::id::Id;
use crate::model::PutError;

/// Maximum number of characters of a wrong value that a message repeats.
const SHOWN: usize = 40;

/// Returns the cause of the damage and its place.
pub(super) fn explain_error(text: &str, error: V1Error) -> LoadError {
    match error {
        V1Error::Parse(error) => explain_parse_error(text, error),
        V1Error::Unfit(record, error) => {
            LoadError::with_place(cause_of_unfit(record, &error), place_of(text, &record.to_string()))
        }
    }
}

fn explain_parse_error(text: &str, error: SpannedError) -> LoadError {
    let [start, end] = [error.span.start, error.span.end].map(|at| error_place(text, at));
    let cause = match cause_of_error(error.code, rest_at(text, start)) {
        LoadCause::Unexpected { expected, .. } if expected.is_sign() => {
            LoadCause::Unexpected { expected, found: first_line_shortened(rest_at(text, end)) }
        }
        cause => cause,
    };
    match &cause {
        LoadCause::Syntax(_) | LoadCause::Unexpected { .. } | LoadCause::UnknownField(_)
            if ends_in_the_middle(rest_at(text, end)) =>
        {
            LoadError::with_place(LoadCause::CutOff, end)
        }
        LoadCause::CutOff | LoadCause::Syntax(_) => LoadError::with_place(cause, end),
        LoadCause::Unexpected { expected, .. } if expected.is_sign() => LoadError::with_place(cause, end),
        LoadCause::Unexpected { expected: ExpectedShape::NewId, found } => {
            let place = place_of(text, found);
            LoadError::with_place(cause, place)
        }
        _ => LoadError::with_place(cause, start),
    }
}

fn cause_of_error(error: Error, rest: &str) -> LoadCause {
    let unexpected = |expected| LoadCause::Unexpected { expected, found: first_line_shortened(rest) };
    match error {
        Error::Eof | Error::ExpectedStringEnd | Error::UnclosedBlockComment => LoadCause::CutOff,
        Error::ExceededRecursionLimit => LoadCause::TooDeep,
        Error::NoSuchStructField { found, .. } => LoadCause::UnknownField(shorten_text(&found)),
        Error::MissingStructField { field, .. } => LoadCause::MissingField(field.to_owned()),
        Error::DuplicateStructField { field, .. } => LoadCause::RepeatedField(field.to_owned()),
        Error::InvalidValueForType { expected, found } => match ExpectedShape::of_name(&expected) {
            Some(expected) => LoadCause::Unexpected { expected, found: shorten_text(&found) },
            None => LoadCause::Syntax(format!("{expected}, {}", shorten_text(&found))),
        },
        Error::ExpectedString => unexpected(ExpectedShape::Text),
        Error::ExpectedFloat => unexpected(ExpectedShape::Number),
        Error::ExpectedInteger | Error::IntegerOutOfBounds | Error::InvalidIntegerDigit { .. } => {
            unexpected(ExpectedShape::Whole)
        }
        Error::ExpectedBoolean => unexpected(ExpectedShape::Flag),
        Error::ExpectedArray => unexpected(ExpectedShape::List),
        Error::ExpectedMap => unexpected(ExpectedShape::Map),
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => unexpected(ExpectedShape::Record),
        Error::ExpectedComma => unexpected(ExpectedShape::Comma),
        Error::ExpectedMapColon => unexpected(ExpectedShape::Colon),
        Error::ExpectedArrayEnd | Error::ExpectedMapEnd | Error::ExpectedStructLikeEnd => {
            unexpected(ExpectedShape::Close)
        }
        Error::ExpectedIdentifier | Error::InvalidIdentifier(_) | Error::SuggestRawIdentifier(_) => {
            unexpected(ExpectedShape::Name)
        }
        other => LoadCause::Syntax(shorten_text(&other.to_string())),
    }
}

fn cause_of_unfit(record: Id, error: &ApplyError) -> LoadCause {
    match error {
        ApplyError::Put(PutError::NoJourney { record, journey }) => {
            LoadCause::NoJourney { record: *record, journey: *journey }
        }
        _ => LoadCause::Unexpected { expected: ExpectedShape::NewId, found: record.to_string() },
    }
}

/// Returns true if the text ends here, in the middle of a structure.
fn ends_in_the_middle(rest: &str) -> bool {
    !rest.trim_end().contains([',', ')', ']', '}', '\n'])
}

/// Returns the parser's position, past blanks on its line.
fn error_place(text: &str, at: Position) -> TextPosition {
    let place = TextPosition { line: at.line, column: at.col };
    let blanks = rest_at(text, place).bytes().take_while(|byte| *byte == b' ').count();
    TextPosition { column: at.col + blanks, ..place }
}

/// Returns the place of a record's id: the last one, since of a repeated id the second is wrong.
fn place_of(text: &str, record: &str) -> TextPosition {
    let at = text.rfind(&format!("id: \"{record}\"")).unwrap_or_default();
    TextPosition::after_text(&text[..at])
}

/// Returns the text from a place on.
fn rest_at(text: &str, place: TextPosition) -> &str {
    let line = text.split_inclusive('\n').take(place.line.saturating_sub(1)).map(str::len).sum();
    let rest: &str = text.get(line..).unwrap_or_default();
    let column = rest.char_indices().nth(place.column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
    &rest[column..]
}

fn first_line_shortened(rest: &str) -> String {
    shorten_text(rest.trim_start().lines().next().unwrap_or_default())
}

fn shorten_text(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
