//! The schema of a field: everything that the rest of the program needs to know of it stands in its row of
//! `record!`.

use super::FieldLabel;
use super::choice::ChoiceList;
use super::privacy::PrivacyClass;
use super::record::{Record, Typed};
use super::value::{Atom, FieldValue};
use crate::id::Kind;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, RangeInclusive};

/// The content of a field: of its value, or of the entries of its list or set, or of the keys of its map. It
/// follows from the field's type.
#[derive(Debug, Clone, Copy)]
pub enum FieldContent {
    /// Yes or no.
    Flag,
    /// A number.
    Number,
    /// Text.
    Text,
    /// The name of a choice from a closed list.
    Choice(ChoiceList),
    /// A day.
    Day,
    /// An order key among siblings.
    OrderKey,
    /// The id of a record of one of these kinds.
    Reference(&'static [Kind]),
    /// Rules for the columns of a file.
    Rules,
    /// The counts of an import.
    Counts,
    /// The bytes of an image file.
    Bytes,
}

impl FieldContent {
    /// True if the content can hold a person's own words.
    pub const fn holds_text(self) -> bool {
        matches!(self, Self::Text | Self::Rules | Self::Counts | Self::Bytes)
    }

    /// True if the content is an id, but no kind of record is known that it may name.
    pub(super) const fn lacks_kinds(self) -> bool {
        matches!(self, Self::Reference(kinds) if kinds.is_empty())
    }
}

/// The unit of a field's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberUnit {
    /// None.
    Plain,
    /// Points above or below zero, always with a sign.
    Signed,
    /// A share of a whole, shown in percent.
    Share,
    /// Minutes.
    Minutes,
}

/// The words for a field and its values.
#[derive(Debug, Clone, Copy)]
pub struct FieldWords {
    /// The field's name in the interface.
    pub label: FieldLabel,
    /// The content of its values.
    pub content: FieldContent,
    /// The unit of its numbers.
    pub unit: NumberUnit,
    /// The word for an empty set.
    pub empty: FieldLabel,
}

impl FieldWords {
    /// Creates the words for a field of type `T` with this name; everything else is as usual.
    pub(super) const fn of_type<T: Atom>(label: FieldLabel) -> Self {
        Self { label, content: T::CONTENT, unit: NumberUnit::Plain, empty: FieldLabel::None }
    }
}

/// The aspect of a record that a field shows, by which differences between versions are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspect {
    /// Its place: column, lane, order.
    Place,
    /// A rating or feeling.
    Score,
    /// Its words.
    Words,
    /// The elements that it joins or is about.
    Link,
    /// None of these.
    Other,
}

/// Fields of a record that are merged as one: if both sides changed one of them differently, all come from
/// one side. A record has at most one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeGroup {
    /// A place on the map.
    Place,
    /// The ends of a link.
    Ends,
    /// The ends of a scale. They must fit each other, so any two changes of them disagree.
    Scale,
}

/// A row of the schema: what is known of a field.
pub struct FieldRow {
    /// The kind of its record.
    pub kind: Kind,
    /// Its name in files, problems and the command line.
    pub name: &'static str,
    /// The words for it and its values.
    pub words: FieldWords,
    /// The label beside its editor; the same as its name in the interface unless the row says otherwise.
    pub prompt: FieldLabel,
    /// The limits of its numbers.
    pub range: Option<RangeInclusive<f64>>,
    /// The privacy class of its texts; `None` if it can't hold any.
    pub privacy: Option<PrivacyClass>,
    /// The aspect of the record that it shows.
    pub aspect: Aspect,
    /// The group that it is merged with.
    pub merge_group: Option<MergeGroup>,
    pub(super) read: fn(&Record) -> Option<FieldValue>,
    pub(super) write: fn(&Record, &FieldValue) -> Option<Record>,
}

/// The attributes of a row in `record!`, which follow its label.
impl FieldRow {
    /// Creates a row for a field of type `T` with a name, a label, and the functions that read and write it.
    pub(super) const fn of_record<R: Typed, T: Atom>(
        name: &'static str,
        label: FieldLabel,
        read: fn(&Record) -> Option<FieldValue>,
        write: fn(&Record, &FieldValue) -> Option<Record>,
    ) -> Self {
        Self {
            kind: R::RECORD_KIND,
            name,
            words: FieldWords::of_type::<T>(label),
            prompt: label,
            range: None,
            privacy: None,
            aspect: if matches!(T::CONTENT, FieldContent::OrderKey) { Aspect::Place } else { Aspect::Other },
            merge_group: None,
            read,
            write,
        }
    }

    /// The label beside its editor differs from its name.
    pub(super) const fn asked_as(mut self, prompt: FieldLabel) -> Self {
        self.prompt = prompt;
        self
    }

    /// An empty set has a meaning of its own.
    pub(super) const fn empty_means(mut self, word: FieldLabel) -> Self {
        self.words.empty = word;
        self
    }

    /// Its numbers have limits.
    pub(super) const fn in_range(mut self, range: RangeInclusive<f64>) -> Self {
        self.range = Some(range);
        self
    }

    /// Its numbers have a unit.
    pub(super) const fn in_unit(mut self, unit: NumberUnit) -> Self {
        self.words.unit = unit;
        self
    }

    /// It can hold a person's own words, of this privacy class.
    pub(super) const fn holds_words(mut self, class: PrivacyClass) -> Self {
        self.privacy = Some(class);
        self
    }

    /// Its texts are names of choices.
    pub(super) const fn names_choices(mut self, list: ChoiceList) -> Self {
        self.words.content = FieldContent::Choice(list);
        self
    }

    /// Its ids, whose type does not tell, are of records of these kinds.
    pub(super) const fn refers_to(mut self, kinds: &'static [Kind]) -> Self {
        assert!(self.words.content.lacks_kinds(), "the type of the field tells the kind already");
        self.words.content = FieldContent::Reference(kinds);
        self
    }

    /// It is merged with others of its record; a place or a link is also the aspect that it shows.
    pub(super) const fn merged_with(mut self, group: MergeGroup) -> Self {
        self.merge_group = Some(group);
        self.aspect = match group {
            MergeGroup::Place => Aspect::Place,
            MergeGroup::Ends => Aspect::Link,
            MergeGroup::Scale => self.aspect,
        };
        self
    }

    /// It shows an aspect of the record.
    pub(super) const fn of_aspect(mut self, aspect: Aspect) -> Self {
        self.aspect = aspect;
        self
    }
}

/// A field of a kind of record: a row of `record!`, as a value. Equal fields have the same kind and name; they
/// are ordered by name.
#[derive(Clone, Copy)]
pub struct Field(pub(super) &'static FieldRow);

impl Field {
    /// True if the field refers to other records.
    pub fn is_reference(self) -> bool {
        matches!(self.words.content, FieldContent::Reference(_))
    }

    /// True if the field is the place of its record among its siblings.
    pub fn is_order_key(self) -> bool {
        matches!(self.words.content, FieldContent::OrderKey)
    }

    /// True if the field names the journey that its record belongs to, which can't be changed.
    pub fn is_home_journey(self) -> bool {
        self.name == super::Stage::JOURNEY.field.name
    }

    /// True if an id in the field may name a record of this kind.
    pub fn may_refer_to(self, kind: Kind) -> bool {
        matches!(self.words.content, FieldContent::Reference(kinds) if kinds.contains(&kind))
    }
}

impl Deref for Field {
    type Target = FieldRow;

    fn deref(&self) -> &FieldRow {
        self.0
    }
}

impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Field {}

impl Ord for Field {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.name, self.kind).cmp(&(other.name, other.kind))
    }
}

impl PartialOrd for Field {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Field {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.name, self.kind).hash(state);
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl From<&Field> for Field {
    fn from(field: &Field) -> Self {
        *field
    }
}

/// A field together with the types of its record and value, such as [`Touchpoint::TITLE`].
///
/// [`Touchpoint::TITLE`]: super::Touchpoint::TITLE
pub struct FieldOf<R, T> {
    pub(super) field: Field,
    pub(super) read: fn(&R) -> &T,
}

impl<R, T> FieldOf<R, T> {
    /// Returns the value that a record has in the field.
    pub fn get(self, record: &R) -> &T {
        (self.read)(record)
    }

    /// Returns the field without the types.
    pub const fn field(self) -> Field {
        self.field
    }
}

impl<R, T> Clone for FieldOf<R, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, T> Copy for FieldOf<R, T> {}

impl<R, T> Deref for FieldOf<R, T> {
    type Target = FieldRow;

    fn deref(&self) -> &FieldRow {
        self.field.0
    }
}

impl<R, T> From<FieldOf<R, T>> for Field {
    fn from(typed: FieldOf<R, T>) -> Self {
        typed.field
    }
}

impl<R, T> From<FieldOf<R, T>> for Option<Field> {
    fn from(typed: FieldOf<R, T>) -> Self {
        Some(typed.field)
    }
}

/// A field is compared with its typed form by identity.
impl<R, T> PartialEq<FieldOf<R, T>> for Field {
    fn eq(&self, other: &FieldOf<R, T>) -> bool {
        *self == other.field
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Touchpoint;

    #[test]
    fn fields_of_the_same_name_differ_by_kind() {
        let project = crate::model::Project::new_empty(&mut crate::id::IdSource::from_seed(1));
        let info = Record::ProjectInfo(project.info().clone());
        let title = info.find_field("title").expect("a title");
        assert!(title != Touchpoint::TITLE && title.name == Touchpoint::TITLE.name);
        assert_eq!((info.get(Touchpoint::TITLE), info.get(title).is_some()), (None, true));
    }
}
