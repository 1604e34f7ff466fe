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

/// True if a field of this type may have this class: one that can hold words has a class, one that can't has
/// none. The compiler checks it for each row of `record!`.
pub(super) const fn is_class_of<T: Atom>(class: Option<PrivacyClass>) -> bool {
    T::CONTENT.holds_text() == class.is_some()
}

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
