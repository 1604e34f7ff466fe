//! The privacy class of a field: the part that people may have in its words. Each row of `record!` whose type
//! can hold words names one.

use super::value::Atom;

/// The kind of words that a field holds, as far as they may reveal a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrivacyClass {
    /// Free text, in which anybody may be mentioned.
    FreeText,
    /// Free text that may consist of the name of the person who said something.
    Attribution,
    /// The name of a period: free text whose digits are days, not numbers of people.
    Period,
    /// Names of people, and nothing else.
    NamesPeople,
    /// The name of a persona or an imported file: it may be a person's, and a number can replace it.
    Numbered,
    /// Columns and values of the groups of customers in an import.
    Groups,
    /// Words that the program writes itself; only a foreign file holds others.
    ProgramWords(ProgramWordList),
    /// Notes for the next import, such as names of columns and cells, that nobody outside the team needs.
    Internal,
    /// Bytes of a picture, which can be looked at, but not searched for names.
    Picture,
}

/// The words that the program writes into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgramWordList {
    /// Names of kinds of insights and improvements.
    InsightKinds,
    /// Names of icons of the bundled font, or none.
    Icons,
    /// Hexadecimal digits of a hash.
    HexDigits,
}

/// True if a field of this type may stand with this class: one that can hold words has a class, one that
/// can't has none. The compiler checks it for each row of `record!`.
pub(crate) const fn is_class_of<T: Atom>(class: Option<PrivacyClass>) -> bool {
    T::HOLDS_TEXT == class.is_some()
}

/// The privacy class of a row of `record!`.
macro_rules! privacy_class {
    ($class:ident) => {
        crate::model::privacy::PrivacyClass::$class
    };
    ($class:ident $words:ident) => {
        crate::model::privacy::PrivacyClass::$class(crate::model::privacy::ProgramWordList::$words)
    };
}
pub(crate) use privacy_class;

/// Stops the compiler at a row of `record!` whose privacy class is missing or has no use.
macro_rules! check_class {
    ($field:ident: $type:ty) => {
        const _: () = assert!(
            crate::model::privacy::is_class_of::<$type>(None),
            concat!("`", stringify!($field), "` can hold words: add `as` and a PrivacyClass after its type"),
        );
    };
    ($field:ident: $type:ty, $class:ident $($words:ident)?) => {
        const _: () = assert!(
            crate::model::privacy::is_class_of::<$type>(Some(
                crate::model::privacy::privacy_class!($class $($words)?)
            )),
            concat!("`", stringify!($field), "` holds no words: it has no PrivacyClass"),
        );
    };
}
pub(crate) use check_class;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{ChannelId, Id};
    use crate::model::choice::Status;
    use crate::model::counts::Counts;
    use crate::model::recipe::ColumnRule;
    use crate::order::OrderKey;
    use jiff::civil::Date;
    use std::collections::{BTreeMap, BTreeSet};
    use std::sync::Arc;

    const CLASS: Option<PrivacyClass> = Some(PrivacyClass::FreeText);

    #[test]
    fn a_field_that_can_hold_words_needs_a_class() {
        let open = [
            is_class_of::<String>(None),
            is_class_of::<Option<String>>(None),
            is_class_of::<BTreeSet<String>>(None),
            is_class_of::<BTreeMap<String, f64>>(None),
            is_class_of::<Vec<ColumnRule>>(None),
            is_class_of::<Arc<Counts>>(None),
            is_class_of::<Arc<[u8]>>(None),
        ];
        assert_eq!(open, [false; 7]);
        assert!(is_class_of::<String>(CLASS) && is_class_of::<BTreeMap<String, f64>>(CLASS));
    }

    #[test]
    fn a_field_that_holds_no_words_has_none() {
        assert!(is_class_of::<Option<u8>>(None) && !is_class_of::<Option<u8>>(CLASS));
        assert!(is_class_of::<Vec<ChannelId>>(None) && !is_class_of::<Vec<ChannelId>>(CLASS));
        assert!(is_class_of::<Option<Id>>(None) && is_class_of::<OrderKey>(None));
        assert!(is_class_of::<Option<Date>>(None) && is_class_of::<Status>(None));
    }
}
