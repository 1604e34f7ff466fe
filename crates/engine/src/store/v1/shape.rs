//! The expected shape of a value in a file, in a form that survives the parser's errors.

use std::fmt;

use serde::de::{Error, Expected, Unexpected};

/// Maximum number of characters of a wrong value that a message repeats.
const SHOWN: usize = 60;

/// The shape that a reader expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpectedShape {
    /// Text in quotes.
    Text,
    /// A finite number.
    Number,
    /// A whole number that is not negative and not too large.
    Whole,
    /// `true` or `false`.
    Flag,
    /// `[…]`.
    List,
    /// `{…}`.
    Map,
    /// `(…)`.
    Record,
    /// An id of the right kind.
    Id,
    /// An order key.
    Key,
    /// A day such as 2026-11-22.
    Date,
    /// One of the names that the field accepts.
    Choice,
    /// Base-64 text.
    Bytes,
    /// An entry that occurs only once in its list.
    Once,
    /// An id that no other record has.
    NewId,
    /// Counts that add up to a possible number of people.
    Count,
    /// A comma after a value.
    Comma,
    /// A colon between a name and its value.
    Colon,
    /// The bracket that closes what is open.
    Close,
    /// The name of a field.
    Name,
}

impl ExpectedShape {
    const ALL: [Self; 19] = [
        Self::Text,
        Self::Number,
        Self::Whole,
        Self::Flag,
        Self::List,
        Self::Map,
        Self::Record,
        Self::Id,
        Self::Key,
        Self::Date,
        Self::Choice,
        Self::Bytes,
        Self::Once,
        Self::NewId,
        Self::Count,
        Self::Comma,
        Self::Colon,
        Self::Close,
        Self::Name,
    ];

    /// Returns true for the signs between values, which are reported at the end of the value before.
    pub(in crate::store) fn is_sign(self) -> bool {
        matches!(self, Self::Comma | Self::Colon | Self::Close | Self::Name)
    }

    /// Returns the shape named in a parser's error.
    pub(in crate::store) fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.to_string() == name)
    }

    /// Creates a parser's error: `found` is not of this shape.
    pub(super) fn refuse_value<E: Error>(self, found: impl fmt::Display) -> E {
        let shown: String = found.to_string().chars().take(SHOWN).collect();
        E::invalid_value(Unexpected::Other(&shown), &self)
    }
}

/// The name by which a parser's error carries the shape; people are told by the messages of `i18n`.
impl fmt::Display for ExpectedShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl Expected for ExpectedShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
