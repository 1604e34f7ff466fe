//! A copy of a project that can be given away: without names of people, quotes of single people, or elements
//! that are not for customers' eyes. The removed parts are listed.
//!
//! It finds what rules can find: quotes, notes, fields that hold names, names and addresses in texts as far
//! as the masks of [`crate::survey`] recognize them or another part of the project reveals them, answers of
//! few. **A name within a text that no phrase introduces and no other part reveals stays**, and so do
//! pictures. So the remaining texts are listed for a person to read; see [`LeftText`].

mod answers;
#[cfg(test)]
mod attack;
mod bounds;
mod cells;
mod columns;
mod combinations;
mod crossings;
mod fields;
mod groups;
mod imports;
mod known_names;
mod lanes;
mod left_texts;
mod matcher;
mod names;
#[cfg(test)]
mod names_tests;
mod people;
#[cfg(test)]
mod tests;

use fields::HeldText;
pub use left_texts::{
    Decision, Decisions, LeftText, TextPlace, apply_decisions, read_count, with_told_names,
};

use crate::edit::command::{TransactionBuilder, take_out};
use crate::id::{Id, IdSource, Kind};
use crate::model::choice::{ImprovementKind, InsightKind, LaneKind};
use crate::model::counts::Segment;
use crate::model::value::FieldValue;
use crate::model::{Evidence, Project, Record, title_field};
use crate::survey::MaskWords;
use std::collections::BTreeSet;

/// Default of the fewest answers that a group may have in a shared copy.
pub const LEAST: u64 = 5;

/// The words that a redaction writes into a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RedactionWords {
    /// In place of names and contact details.
    pub masks: MaskWords,
    /// In place of a whole text.
    pub text: &'static str,
    /// Before the number of a persona that was named after people.
    pub persona: &'static str,
    /// Before the number of an import.
    pub import: &'static str,
    /// Before the number of a recipe.
    pub recipe: &'static str,
}

/// The parts that are removed from a copy.
#[allow(clippy::struct_excessive_bools, reason = "each is a box of its own that a person ticks")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redaction {
    /// Quotes: customers' own words.
    pub quotes: bool,
    /// The team's notes, and the notes on sources.
    pub notes: bool,
    /// Names of people.
    pub names: bool,
    /// Lanes below the line of visibility with everything in them, and other cards that customers do not see.
    pub lanes: bool,
    /// Answers of groups of fewer than `least`.
    pub few: bool,
    /// The fewest answers of a group that is kept.
    pub least: u64,
    /// The words in place of what is removed.
    pub words: RedactionWords,
    /// Random bits that determine the values in place of the hashes of survey files. With the same bits the
    /// same project gives the same copy.
    pub stamp: u64,
}

impl Redaction {
    /// Returns a redaction that removes everything, with fresh random bits.
    pub fn of_everything(words: RedactionWords) -> Self {
        let stamp = IdSource::from_entropy().next_u64();
        Self { quotes: true, notes: true, names: true, lanes: true, few: true, least: LEAST, words, stamp }
    }
}

/// The kind of an element in the lists of removed parts and of remaining texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RedactedKind {
    /// A kind of record.
    Record(Kind),
    /// A kind of insight.
    Insight(InsightKind),
    /// A kind of improvement.
    Improvement(ImprovementKind),
    /// A lane without a title, which is known by its content.
    UntitledLane(LaneKind),
    /// Groups of customers.
    Segment,
}

impl RedactedKind {
    /// Returns the kind of a record.
    fn from_record(record: &Record) -> Self {
        match record {
            Record::Insight(insight) => Self::Insight(insight.kind),
            Record::Improvement(improvement) => Self::Improvement(improvement.kind),
            Record::Lane(lane) if record_title(record).is_empty() => Self::UntitledLane(lane.kind),
            _ => Self::Record(record.id().kind()),
        }
    }

    /// True if an element of this kind is known by it if it has no title.
    fn identifies_untitled(self) -> bool {
        matches!(self, Self::UntitledLane(_) | Self::Record(Kind::Recipe))
    }
}

/// One removed part. Words are as they were in the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RedactedItem {
    /// An element.
    Element {
        /// The kind of the removed element.
        kind: RedactedKind,
        /// Its name.
        title: String,
    },
    /// The content of a field.
    Field {
        /// The kind of the record it belonged to.
        kind: RedactedKind,
        /// The name of that.
        title: String,
        /// The removed text.
        text: String,
    },
    /// A name or address within a text.
    Masked {
        /// The kind of the record that the text belongs to.
        kind: RedactedKind,
        /// The text after masking.
        text: String,
    },
    /// A group's answers to a question.
    Answers {
        /// The question.
        question: String,
        /// The wave.
        wave: String,
        /// The group; everyone's column is empty.
        group: Segment,
        /// Why they went.
        why: Why,
    },
    /// The sums that an outcome's drivers are found from.
    Drivers {
        /// The outcome.
        question: String,
        /// The wave.
        wave: String,
    },
    /// Weights of respondents, or fractions of people, in an import.
    Weights {
        /// The file of the import.
        file: String,
    },
    /// The hash of an import's file, the days of its first and last answer, and how many rows were left out.
    Fingerprint {
        /// The file of the import.
        file: String,
    },
    /// An import that may hold answers of people who are in a larger one too.
    Repeated {
        /// The file of the import.
        file: String,
    },
}

/// The reason for which a group's answers were removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// They are too few.
    Few,
    /// All of the group gave the same answer: everyone known to be in it is known to have given it.
    Same,
    /// Others could be computed from them.
    Partner,
}

/// A question to which everyone in a wave gave the same answer. It is kept in the copy: a person must decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameAnswer {
    /// The question.
    pub question: String,
    /// The wave.
    pub wave: String,
}

/// The copy, and the list of removed parts.
#[derive(Debug, Clone)]
pub struct Redacted {
    /// The copy.
    pub project: Project,
    /// The removed parts.
    pub taken: Vec<RedactedItem>,
    /// The texts remaining in it, which a person must read.
    pub texts: Vec<LeftText>,
    /// The questions that are kept although everyone gave the same answer.
    pub same: Vec<SameAnswer>,
}

/// Removes the parts that shall not be shared from a copy of the project. The same project gives the same
/// copy, but for the random values in place of the hashes of survey files.
pub fn redact_project(project: &Project, what: &Redaction) -> Redacted {
    // Deleting creates no records, so this source is not used.
    let mut source = IdSource::from_seed(0);
    let mut copy = Copy {
        draft: TransactionBuilder::new(project, &mut source),
        words: what.words,
        taken: Vec::new(),
        same: Vec::new(),
    };
    if what.quotes {
        copy.delete_insights(InsightKind::Quote);
    }
    if what.notes {
        copy.delete_insights(InsightKind::Note);
        copy.clear_texts(|held| held.field == Evidence::NOTE);
    }
    if what.lanes {
        lanes::delete_below_visibility(&mut copy);
    }
    if what.few {
        copy.remove_few(what.least);
    }
    if what.few || what.names {
        copy.replace_fingerprints(what.stamp);
    }
    if what.lanes || what.names {
        copy.delete_recipes();
    }
    copy.delete_orphans(project);
    if what.names {
        names::mask_names(&mut copy, project);
    }
    let texts = left_texts::list_texts(copy.project(), &what.words);
    Redacted { project: copy.draft.project().clone(), taken: copy.taken, texts, same: copy.same }
}

/// A copy in the making.
struct Copy<'a> {
    draft: TransactionBuilder<'a>,
    words: RedactionWords,
    taken: Vec<RedactedItem>,
    same: Vec<SameAnswer>,
}

impl Copy<'_> {
    fn project(&self) -> &Project {
        self.draft.project()
    }

    /// Deletes elements with everything that can't exist without them.
    fn delete_elements(&mut self, ids: &[Id]) {
        let before = self.project().clone();
        let transaction = take_out(&before, ids, self.draft.source);
        self.draft.extend(transaction);
        let gone = before.records().filter(|record| self.draft.project().record(record.id()).is_none());
        // Links and columns say nothing by themselves.
        let told = gone.map(|record| (RedactedKind::from_record(&record), record_title(&record)));
        let told = told.filter(|(kind, title)| !title.is_empty() || kind.identifies_untitled());
        self.taken.extend(told.map(|(kind, title)| RedactedItem::Element { kind, title }));
        self.delete_idle_improvements(&before);
    }

    /// Deletes improvements that referred to removed elements only.
    fn delete_idle_improvements(&mut self, before: &Project) {
        let had = linked_improvements(before);
        let has = linked_improvements(self.project());
        let idle: Vec<Id> =
            had.difference(&has).copied().filter(|id| self.project().record(*id).is_some()).collect();
        if !idle.is_empty() {
            self.delete_elements(&idle);
        }
    }

    fn delete_insights(&mut self, kind: InsightKind) {
        let journeys = self.project().journeys().values();
        let all = journeys.flat_map(|journey| journey.insights().values());
        let ids: Vec<Id> =
            all.filter(|insight| insight.kind == kind).map(|insight| insight.id.into()).collect();
        self.delete_elements(&ids);
    }

    /// Empties the fields that hold the wanted texts.
    fn clear_texts(&mut self, is_wanted: impl Fn(&HeldText) -> bool) {
        let texts = fields::all_texts(self.project()).into_iter();
        for held in texts.filter(|held| !held.text.is_empty() && is_wanted(held)) {
            let Some(value) = held.record.get(held.field) else { continue };
            self.draft.set_field(held.record.id(), held.field, fields::without_texts(&value));
            self.taken.push(RedactedItem::Field {
                kind: RedactedKind::from_record(&held.record),
                title: record_title(&held.record),
                text: held.text,
            });
        }
    }

    /// Removes the recipes by which files were read: they hold names of columns, cells, and titles of cards
    /// that may have been removed.
    fn delete_recipes(&mut self) {
        let ids: Vec<Id> = self.project().recipes().keys().map(|id| Id::from(*id)).collect();
        self.delete_elements(&ids);
    }

    /// Removes sources that only deleted elements referred to, and all pictures that are shown nowhere.
    fn delete_orphans(&mut self, before: &Project) {
        let had = referenced_ids(before);
        let has = referenced_ids(self.project());
        let sources = had.difference(&has).copied().filter(|id| id.kind() == Kind::Evidence);
        let images = self.project().images().keys().map(|id| Id::from(*id));
        let lost: Vec<Id> = sources.chain(images.filter(|id| !has.contains(id))).collect();
        self.delete_elements(&lost);
    }
}

/// Returns the improvements that are about an element or answer one.
fn linked_improvements(project: &Project) -> BTreeSet<Id> {
    let journeys = project.journeys().values();
    let speakers = journeys.flat_map(|journey| journey.abouts().values().map(|about| about.from));
    let remedies = project.answers().values().map(|answer| Id::from(answer.from));
    speakers.chain(remedies).filter(|id| id.kind() == Kind::Improvement).collect()
}

/// Returns the ids that some record refers to.
fn referenced_ids(project: &Project) -> BTreeSet<Id> {
    let ids = |record: Record| record.reference_fields().flat_map(|(_, ids)| ids).collect::<Vec<_>>();
    project.records().flat_map(ids).collect()
}

/// Returns the name of a record, on one line: the size of an image; empty if it has none.
fn record_title(record: &Record) -> String {
    match record {
        Record::Batch(batch) => return batch.file.clone(),
        Record::Image(image) => return format!("{} × {}", image.width, image.height),
        _ => {}
    }
    match title_field(record.id().kind()).and_then(|field| record.get(field)) {
        Some(FieldValue::Text(text)) => text.lines().next().unwrap_or_default().trim().to_owned(),
        _ => String::new(),
    }
}
