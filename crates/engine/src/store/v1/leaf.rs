//! Single values in files: numbers, texts, ids, choices, dates.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::{DeserializeSeed, Deserializer, Error, Visitor};

use super::shape::ExpectedShape;
use crate::id::{
    AboutId, AnswerId, BatchId, CellId, ChannelId, EvidenceId, FlowId, Id, ImageId, ImprovementId, InsightId,
    JourneyId, LaneId, MetricId, PersonaId, PictureId, ProjectId, QuestionId, RecipeId, StageId, StepId,
    TouchpointId, WaveId,
};
use crate::model::choice::{
    BusinessValue, Delimiter, Direction, Existence, ImprovementKind, Initiator, InsightKind, JourneyState,
    LaneKind, MetricKind, MomentKind, PainLevel, Status, Visibility,
};
use crate::model::counts::Answer;
use crate::model::recipe::{ColumnRole, DateOrder, WaveSplit};
use crate::order::OrderKey;
use crate::store::text::Out;

/// The treatment of unknown fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Unknown {
    /// An unknown field is an error: it may be a typing error, and saving would lose it.
    Refused,
    /// The file is of a later minor version and opens read-only.
    Ignored,
}

/// A value that a record's field holds.
pub(super) trait Leaf: Sized {
    /// True if a list of these has one item per line.
    const OWN_LINE: bool = false;

    /// Writes the value to the file.
    fn write(&self, out: &mut Out);

    /// Reads the value.
    fn read<'de, D: Deserializer<'de>>(from: D, unknown: Unknown) -> Result<Self, D::Error>;
}

/// Reads a leaf where the parser requires a seed.
pub(super) struct Seed<T>(Unknown, PhantomData<T>);

impl<T> Seed<T> {
    pub(super) fn new(unknown: Unknown) -> Self {
        Self(unknown, PhantomData)
    }
}

impl<'de, T: Leaf> DeserializeSeed<'de> for Seed<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<T, D::Error> {
        T::read(from, self.0)
    }
}

/// Parses a text value.
struct TextVisitor<T>(ExpectedShape, fn(&str) -> Option<T>);

impl<T> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.1)(text).ok_or_else(|| self.0.refuse_value(text))
    }
}

fn read_text<'de, T, D: Deserializer<'de>>(
    from: D,
    shape: ExpectedShape,
    parse: fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    from.deserialize_str(TextVisitor(shape, parse))
}

fn parse<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

impl Leaf for String {
    fn write(&self, out: &mut Out) {
        out.write_string(self);
    }

    fn read<'de, D: Deserializer<'de>>(from: D, _: Unknown) -> Result<Self, D::Error> {
        read_text(from, ExpectedShape::Text, |text| Some(text.to_owned()))
    }
}

macro_rules! text_leaves {
    ($($shape:ident: $($type:ty)+;)+) => {$($(
        impl Leaf for $type {
            fn write(&self, out: &mut Out) {
                out.display(format_args!("\"{self}\""));
            }

            fn read<'de, D: Deserializer<'de>>(from: D, _: Unknown) -> Result<Self, D::Error> {
                read_text(from, ExpectedShape::$shape, parse)
            }
        }
    )+)+};
}

text_leaves! {
    Id: Id AboutId AnswerId BatchId CellId ChannelId EvidenceId FlowId ImageId ImprovementId InsightId JourneyId
        LaneId MetricId PersonaId PictureId ProjectId QuestionId RecipeId StageId StepId TouchpointId WaveId;
    Key: OrderKey;
    Date: jiff::civil::Date;
    Choice: BusinessValue Direction Existence ImprovementKind Initiator InsightKind JourneyState LaneKind
        MetricKind MomentKind PainLevel Status Visibility ColumnRole DateOrder WaveSplit Delimiter;
}

/// Reads numbers; refuses a value that does not fit, never rounds.
struct NumberVisitor<T>(ExpectedShape, fn(f64) -> Option<T>);

impl<T> Visitor<'_> for NumberVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        (self.1)(number).ok_or_else(|| self.0.refuse_value(number))
    }
}

impl Leaf for f64 {
    fn write(&self, out: &mut Out) {
        out.write_number(*self);
    }

    fn read<'de, D: Deserializer<'de>>(from: D, _: Unknown) -> Result<Self, D::Error> {
        from.deserialize_f64(NumberVisitor(ExpectedShape::Number, |number| {
            number.is_finite().then_some(number)
        }))
    }
}

impl Leaf for Answer {
    fn write(&self, out: &mut Out) {
        out.write_number(self.get());
    }

    fn read<'de, D: Deserializer<'de>>(from: D, _: Unknown) -> Result<Self, D::Error> {
        from.deserialize_f64(NumberVisitor(ExpectedShape::Number, Answer::new))
    }
}

/// Reads whole numbers up to a limit.
struct WholeVisitor(u64);

impl Visitor<'_> for WholeVisitor {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&ExpectedShape::Whole, f)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<u64, E> {
        if number <= self.0 { Ok(number) } else { Err(ExpectedShape::Whole.refuse_value(number)) }
    }
}

impl Leaf for u64 {
    fn write(&self, out: &mut Out) {
        out.display(self);
    }

    fn read<'de, D: Deserializer<'de>>(from: D, _: Unknown) -> Result<Self, D::Error> {
        from.deserialize_u64(WholeVisitor(u64::MAX))
    }
}

impl Leaf for u8 {
    fn write(&self, out: &mut Out) {
        out.display(self);
    }

    fn read<'de, D: Deserializer<'de>>(from: D, _: Unknown) -> Result<Self, D::Error> {
        let number = from.deserialize_u64(WholeVisitor(u64::from(Self::MAX)))?;
        Ok(Self::try_from(number).unwrap_or(Self::MAX))
    }
}

/// Reads whole numbers of any size that sums in a file can reach.
struct LongVisitor<T>(fn(i128) -> Option<T>);

impl<T> Visitor<'_> for LongVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&ExpectedShape::Whole, f)
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<T, E> {
        (self.0)(number).ok_or_else(|| ExpectedShape::Whole.refuse_value(number))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        self.visit_i128(number.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        self.visit_i128(number.into())
    }
}

impl Leaf for i128 {
    fn write(&self, out: &mut Out) {
        out.display(self);
    }

    fn read<'de, D: Deserializer<'de>>(from: D, _: Unknown) -> Result<Self, D::Error> {
        from.deserialize_i128(LongVisitor(Some))
    }
}

impl Leaf for u128 {
    fn write(&self, out: &mut Out) {
        out.display(self);
    }

    fn read<'de, D: Deserializer<'de>>(from: D, _: Unknown) -> Result<Self, D::Error> {
        from.deserialize_i128(LongVisitor(|number| Self::try_from(number).ok()))
    }
}

struct FlagVisitor;

impl Visitor<'_> for FlagVisitor {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&ExpectedShape::Flag, f)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<bool, E> {
        Ok(flag)
    }
}

impl Leaf for bool {
    fn write(&self, out: &mut Out) {
        out.display(self);
    }

    fn read<'de, D: Deserializer<'de>>(from: D, _: Unknown) -> Result<Self, D::Error> {
        from.deserialize_bool(FlagVisitor)
    }
}

impl Leaf for Arc<[u8]> {
    fn write(&self, out: &mut Out) {
        out.write_string(&STANDARD.encode(self));
    }

    fn read<'de, D: Deserializer<'de>>(from: D, _: Unknown) -> Result<Self, D::Error> {
        read_text(from, ExpectedShape::Bytes, |text| STANDARD.decode(text).ok().map(Self::from))
    }
}

/// An optional value; `None` is omitted from its record.
impl<T: Leaf> Leaf for Option<T> {
    fn write(&self, out: &mut Out) {
        if let Some(value) = self {
            value.write(out);
        }
    }

    fn read<'de, D: Deserializer<'de>>(from: D, unknown: Unknown) -> Result<Self, D::Error> {
        T::read(from, unknown).map(Some)
    }
}
