//! Texts typed into fields that could not be parsed: each stays in its field, with a hint about valid input.

use super::desk::Pending;
use engine::id::Id;
use engine::model::Field;

/// Largest number of texts kept; the oldest is dropped first.
const MOST: usize = 32;

/// The refused text of each field.
#[derive(Debug, Default)]
pub struct RefusedTexts(Vec<Pending>);

impl RefusedTexts {
    /// Keeps a text, replacing an earlier one of the same field.
    pub(super) fn keep_text(&mut self, typed: Pending) {
        self.forget_text(typed.id, typed.field);
        if self.0.len() == MOST {
            self.0.remove(0);
        }
        self.0.push(typed);
    }

    /// Removes the text of a field.
    pub(crate) fn forget_text(&mut self, id: Id, field: Field) {
        self.0.retain(|kept| (kept.id, kept.field) != (id, field));
    }

    /// Returns the text of a field, with the field's value at the time.
    pub(super) fn find_text(&self, id: Id, field: Field) -> Option<&Pending> {
        self.0.iter().find(|kept| (kept.id, kept.field) == (id, field))
    }
}
