//! The list of findings of a repair, of which each kind is bounded: a file of noise has millions.

use super::{Finding, RepairNote};
use std::collections::HashMap;
use std::mem::{Discriminant, discriminant};

/// The most findings of one kind that are listed; further ones are counted.
pub(super) const MOST_OF_A_KIND: usize = 10_000;

/// The findings so far.
#[derive(Debug, Default)]
pub(super) struct Report {
    notes: Vec<RepairNote>,
    /// The number of listed findings of each kind.
    listed: HashMap<Discriminant<Finding>, usize>,
    unlisted: usize,
}

impl Report {
    /// Adds a finding, or counts it if there are too many of its kind.
    pub(super) fn push(&mut self, note: RepairNote) {
        let listed = self.listed.entry(discriminant(&note.finding)).or_default();
        if *listed == MOST_OF_A_KIND {
            self.unlisted += 1;
        } else {
            *listed += 1;
            self.notes.push(note);
        }
    }

    /// Counts findings that are not listed.
    pub(super) fn count_further(&mut self, findings: usize) {
        self.unlisted += findings;
    }

    /// Adds the findings in a text of which the lines are not those of the file.
    pub(super) fn add_without_places(&mut self, other: Self) {
        self.unlisted += other.unlisted;
        for note in other.notes {
            self.push(RepairNote { place: None, ..note });
        }
    }

    /// Returns the findings by line, and the number of those that are not listed.
    pub(super) fn finish(mut self) -> (Vec<RepairNote>, usize) {
        self.notes.sort_by_key(|note| note.place.map_or((usize::MAX, 0), |place| (place.line, place.column)));
        (self.notes, self.unlisted)
    }
}
