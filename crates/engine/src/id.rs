//! Typed random identities: a letter for the kind and twelve base-32 characters (60 bits), such as
//! `t-7f3kq2m9x4ab`.
//!
//! An [`Id`] is untyped and used by links, selections and operations; [`StageId`] and its siblings are typed
//! wrappers for records and maps. Randomness is passed in ([`IdSource`]), so that tests repeat.

use std::fmt;
use std::str::FromStr;

/// Crockford's base 32 without the letters people misread, in lower case.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Number of base-32 characters in an id.
const LENGTH: u32 = 12;

/// The source of the random bits of new ids and order keys.
#[derive(Debug, Clone)]
pub struct IdSource(u64);

impl IdSource {
    /// Creates a source that repeats for the same seed.
    pub fn from_seed(seed: u64) -> Self {
        Self(seed)
    }

    /// Creates a source that differs in every process and call, seeded by the operating system's hash keys.
    pub fn from_entropy() -> Self {
        use std::hash::{BuildHasher, RandomState};
        Self(RandomState::new().hash_one(std::process::id()))
    }

    /// Returns the next 64 random bits (`SplitMix64`, Steele, Lea and Flood 2014).
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// The error for a text that is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an id such as \"{expected}-7f3kq2m9x4ab\", found {found:?}")]
pub struct ParseIdError {
    /// The text that was parsed.
    pub found: String,
    /// The letter of the expected kind.
    pub expected: char,
}

/// The value of each digit by its byte; 255 for other bytes.
const VALUES: [u8; 256] = {
    let mut values = [255; 256];
    let mut value = 0;
    while value < DIGITS.len() {
        values[DIGITS[value] as usize] = value as u8;
        value += 1;
    }
    values
};

/// The error for an id of another kind. Cheap to create, since conversions try one kind after another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{found} is not a {}", expected.name())]
pub struct WrongKind {
    /// The id that was given.
    pub found: Id,
    /// The expected kind.
    pub expected: Kind,
}

fn write_id(f: &mut fmt::Formatter<'_>, letter: char, bits: u64) -> fmt::Result {
    let mut text = [0; LENGTH as usize];
    for (place, slot) in text.iter_mut().rev().enumerate() {
        *slot = DIGITS[(bits >> (place * 5)) as usize & 31];
    }
    write!(f, "{letter}-{}", str::from_utf8(&text).unwrap_or_default())
}

fn parse_bits(text: &str) -> Option<u64> {
    let digits = text.as_bytes();
    if digits.len() != LENGTH as usize {
        return None;
    }
    digits.iter().try_fold(0_u64, |bits, byte| {
        let digit = VALUES[usize::from(*byte)];
        (digit < 32).then_some((bits << 5) | u64::from(digit))
    })
}

macro_rules! ids {
    ($($(#[$doc:meta])* $kind:ident $id:ident $letter:literal $name:literal;)+) => {
        /// The kind of record that an id names.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($(#[$doc])* $kind,)+ }

        impl Kind {
            /// All kinds, in the order of the file.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)+];

            /// Returns the first letter of ids of this kind.
            pub fn letter(self) -> char {
                match self { $(Self::$kind => $letter,)+ }
            }

            /// Returns the kind's name in lower case English, as problems and the command line print it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)+ }
            }

            fn of_letter(letter: char) -> Option<Self> {
                match letter { $($letter => Some(Self::$kind),)+ _ => None }
            }
        }

        $(
            $(#[$doc])*
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $id(u64);

            impl $id {
                /// The kind of record that ids of this type name.
                pub const KIND: Kind = Kind::$kind;

                /// Creates an id from 60 random bits.
                pub fn new(source: &mut IdSource) -> Self { Self(source.next_u64() >> 4) }
            }
            impl fmt::Display for $id {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write_id(f, $letter, self.0) }
            }
            impl fmt::Debug for $id {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write_id(f, $letter, self.0) }
            }
            impl FromStr for $id {
                type Err = ParseIdError;
                fn from_str(text: &str) -> Result<Self, ParseIdError> {
                    let bits = text.strip_prefix(concat!($letter, "-")).and_then(parse_bits);
                    bits.map(Self).ok_or_else(|| ParseIdError { found: text.to_owned(), expected: $letter })
                }
            }
            impl From<$id> for Id {
                fn from(id: $id) -> Self { Self { kind: Kind::$kind, bits: id.0 } }
            }
            impl TryFrom<Id> for $id {
                type Error = WrongKind;
                fn try_from(id: Id) -> Result<Self, WrongKind> {
                    if id.kind == Kind::$kind { Ok(Self(id.bits)) }
                    else { Err(WrongKind { found: id, expected: Kind::$kind }) }
                }
            }
        )+
    };
}

ids! {
    /// The project's own record.
    Project ProjectId 'p' "project";
    /// A journey.
    Journey JourneyId 'j' "journey";
    /// A stage of a journey.
    Stage StageId 's' "stage";
    /// A step: one column of a stage.
    Step StepId 'c' "step";
    /// A lane: one row of a journey.
    Lane LaneId 'l' "lane";
    /// A touchpoint.
    Touchpoint TouchpointId 't' "touchpoint";
    /// A pain, gain, need, quote, question or note.
    Insight InsightId 'i' "insight";
    /// A picture placed in a journey.
    Picture PictureId 'g' "picture";
    /// A text in a text lane.
    Cell CellId 'x' "cell";
    /// A flow from a stage or touchpoint to another.
    Flow FlowId 'f' "flow";
    /// A link from an insight, improvement or picture to its target.
    About AboutId 'a' "about link";
    /// A link from an improvement to the insight or opportunity that it answers.
    Answer AnswerId 'n' "answers link";
    /// An opportunity or a solution.
    Improvement ImprovementId 'o' "improvement";
    /// A persona.
    Persona PersonaId 'u' "persona";
    /// A channel.
    Channel ChannelId 'h' "channel";
    /// A question of a survey.
    Question QuestionId 'q' "question";
    /// A metric.
    Metric MetricId 'm' "metric";
    /// A wave of feedback.
    Wave WaveId 'w' "wave";
    /// One import of feedback.
    Batch BatchId 'b' "batch";
    /// A saved mapping of columns.
    Recipe RecipeId 'r' "recipe";
    /// A source of evidence for claims.
    Evidence EvidenceId 'e' "evidence";
    /// An embedded image file.
    Image ImageId 'z' "image";
}

/// An identity of any kind, used by links, selections and operations.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    kind: Kind,
    bits: u64,
}

impl Id {
    /// Creates an id of a kind from 60 random bits.
    pub fn new(kind: Kind, source: &mut IdSource) -> Self {
        Self { kind, bits: source.next_u64() >> 4 }
    }

    /// Returns the kind of record that this id names.
    pub fn kind(self) -> Kind {
        self.kind
    }

    /// Returns the typed form; `None` if the kind differs.
    pub fn to_typed<T: TryFrom<Self>>(self) -> Option<T> {
        T::try_from(self).ok()
    }

    /// Returns the 60 random bits, for hashing and spatial caches.
    pub fn bits(self) -> u64 {
        self.bits
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_id(f, self.kind.letter(), self.bits)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Id {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        let error = || ParseIdError { found: text.to_owned(), expected: 't' };
        let (letter, digits) = text.split_once('-').ok_or_else(error)?;
        let mut letters = letter.chars();
        let kind = letters.next().and_then(Kind::of_letter).ok_or_else(error)?;
        if letters.next().is_some() {
            return Err(error());
        }
        let bits = parse_bits(digits).ok_or_else(error)?;
        Ok(Self { kind, bits })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_form_round_trips_and_names_its_kind() {
        let mut source = IdSource::from_seed(7);
        let id = TouchpointId::new(&mut source);
        let text = id.to_string();
        assert_eq!(text.len(), 14);
        assert_eq!(text.parse(), Ok(id));
        assert_eq!(text.parse::<Id>().map(Id::kind), Ok(Kind::Touchpoint));
        assert!(text.parse::<StageId>().is_err());
        for bad in ["", "t", "t-", "t-7f3kq2m9x4a", "t-7f3kq2m9x4ai", "tt-7f3kq2m9x4ab", "t-7f3kq2m9x4abc"] {
            assert!(bad.parse::<Id>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn letters_are_distinct() {
        let mut letters: Vec<char> = Kind::ALL.iter().map(|kind| kind.letter()).collect();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), Kind::ALL.len());
    }
}
