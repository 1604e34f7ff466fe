//! The state of the redaction dialog.

use crate::app::jobs::JobGuard;
use engine::redact::{Decisions, Redacted, Redaction};
use std::sync::Arc;

/// The state of the redaction dialog.
#[derive(Debug)]
pub struct RedactForm {
    /// The parts to remove, as chosen now.
    pub what: Redaction,
    /// The copy, once it has been made.
    pub found: Option<Arc<Redacted>>,
    /// The copy in progress, which is cancelled with the form.
    pub(super) making: Option<JobGuard>,
    /// The options of the latest copy, finished or in progress.
    pub(super) made_for: Redaction,
    /// The user's decisions about the texts that remain in the copy.
    pub decisions: Decisions,
    /// The index of the text under review; `None` while the dialog shows the options.
    pub reading: Option<usize>,
}

impl RedactForm {
    pub(super) fn new(what: Redaction) -> Self {
        let made_for = what.clone();
        Self { what, found: None, making: None, made_for, decisions: Decisions::new(), reading: None }
    }

    /// True if the copy matches the options chosen now.
    pub fn is_ready(&self) -> bool {
        self.found.is_some() && self.making.is_none() && self.made_for == self.what
    }
}
