//! What was typed into fields and can't be read: it stays in its field, with what is expected beside it.

use super::desk::Pending;
use crate::id::Id;
use crate::model::Field;

/// Texts kept at most; the oldest goes first.
const MOST: usize = 32;

/// Texts that are no value for the field they were typed into.
#[derive(Debug, Default)]
pub struct Refused(Vec<Pending>);

impl Refused {
    /// Keeps a text in place of an earlier one of its field.
    pub(super) fn keep(&mut self, typed: Pending) {
        self.forget(typed.id, typed.field);
        if self.0.len() == MOST {
            self.0.remove(0);
        }
        self.0.push(typed);
    }

    /// Forgets the text of a field.
    pub(crate) fn forget(&mut self, id: Id, field: Field) {
        self.0.retain(|kept| (kept.id, kept.field) != (id, field));
    }

    /// The text of a field, with what the field held then.
    pub(super) fn of(&self, id: Id, field: Field) -> Option<&Pending> {
        self.0.iter().find(|kept| (kept.id, kept.field) == (id, field))
    }
}
