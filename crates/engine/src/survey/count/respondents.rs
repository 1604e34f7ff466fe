//! Ids of respondents: repeats are recognised by hashes; the ids themselves are not kept.

use super::CountOptions;
use super::counter::FoundColumn;
use crate::survey::source::TableRow;
use siphasher::sip::SipHasher24;
use std::collections::HashSet;
use std::hash::{BuildHasher, Hasher};
use std::sync::Arc;

/// The number of hashes from which repeated ones are removed before memory is extended.
const COMPACTED: usize = 1 << 16;
/// The bits of a hash that identify a respondent. The others hold the question that is answered.
const HASH_BITS: u32 = 48;
const QUESTION_BITS: u32 = u64::BITS - HASH_BITS;

/// The respondents of an import. Rows that were left out are not included, except for those that repeat an
/// id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Respondents {
    /// The hashes of all ids by [`hash_respondent`], sorted, each once; empty if no key was given.
    pub hashes: Vec<u64>,
    /// The number of different ids.
    pub distinct: u64,
    /// The number of rows with the id of an earlier row, left out or not. In a table of one answer per row,
    /// only rows that answer the same question again.
    pub repeated: u64,
    /// The number of rows without an id, which never count as repeats.
    pub blank: u64,
    /// The number of rows left out because [`CountOptions::known`] contains their id.
    pub known: u64,
}

/// Hashes the id of a respondent: the upper 48 bits of `SipHash-2-4`, from which nobody can recover the id
/// without the key. With a million new and a million known respondents, about one file in 250 has one new
/// respondent taken for known.
pub fn hash_respondent(key: &[u8; 16], id: &str) -> u64 {
    SipHasher24::new_with_key(key).hash(id.as_bytes()) >> QUESTION_BITS
}

/// Hashes ids; without a key, with a random state for this count only.
#[derive(Clone)]
enum RespondentHasher {
    Keyed([u8; 16]),
    Unkeyed(foldhash::quality::RandomState),
}

impl RespondentHasher {
    fn hash_id(&self, id: &str) -> u64 {
        match self {
            Self::Keyed(key) => hash_respondent(key, id),
            Self::Unkeyed(state) => state.hash_one(id) >> QUESTION_BITS,
        }
    }
}

/// The set of answered questions by respondent; repeated answers use no memory.
#[derive(Default)]
struct DistinctAnswers {
    /// The hash of the respondent, followed by the bits of the question.
    answers: Vec<u64>,
    added: u64,
}

impl DistinctAnswers {
    fn add_answer(&mut self, answer: u64) {
        if self.answers.len() == self.answers.capacity() && self.answers.len() >= COMPACTED {
            self.remove_repeats();
        }
        self.answers.push(answer);
        self.added += 1;
    }

    fn remove_repeats(&mut self) {
        self.answers.sort_unstable();
        self.answers.dedup();
    }

    /// Adds another set; both must be compacted.
    fn merge(&mut self, mut other: Self) {
        self.answers.append(&mut other.answers);
        self.added += other.added;
        self.sort_runs();
        self.answers.dedup();
    }

    #[allow(
        clippy::stable_sort_primitive,
        reason = "unlike the unstable sort, it makes use of two sorted runs"
    )]
    fn sort_runs(&mut self) {
        self.answers.sort();
    }

    /// Returns the number of repeated answers.
    fn count_repeats(&self) -> u64 {
        self.added - self.answers.len() as u64
    }

    /// Returns the hashes of all respondents, sorted and without repeats.
    fn into_hashes(self) -> Vec<u64> {
        let mut hashes = self.answers;
        for answer in &mut hashes {
            *answer >>= QUESTION_BITS;
        }
        hashes.dedup();
        hashes
    }
}

/// The decision on a row by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IdCheck {
    /// The row counts.
    Counts,
    /// The row is left out.
    LeftOut,
}

/// The rows of a table without ids, if each distinct row counts once.
pub(super) struct DistinctRows {
    /// The column that holds the time of each answer.
    pub(super) index: usize,
    known: HashSet<u64>,
}

impl DistinctRows {
    /// Creates the set if the rule of the column of days asks for it.
    pub(super) fn new(days: &FoundColumn<'_>) -> Option<Self> {
        days.column_rule().once.then(|| Self { index: days.index, known: HashSet::new() })
    }

    /// Adds a row; true if it is new.
    pub(super) fn insert_row(&mut self, row: &TableRow<'_>) -> bool {
        let mut hasher = foldhash::quality::FixedState::default().build_hasher();
        for cell in (0..row.width()).map(|place| row.cell(place)) {
            hasher.write(cell.as_bytes());
            hasher.write_u8(0);
        }
        self.known.insert(hasher.finish())
    }
}

/// A column of ids.
pub(super) struct RespondentColumn {
    pub(super) index: usize,
    place: usize,
    hasher: RespondentHasher,
    /// Ids imported before, whose rows are left out.
    known: Option<Arc<HashSet<u64>>>,
    known_rows: u64,
    /// If each id counts once: the ids, or ids with their question, whose rows have counted.
    once: Option<HashSet<u64, foldhash::fast::RandomState>>,
    repeated: u64,
    answers: DistinctAnswers,
    blank: u64,
}

impl RespondentColumn {
    /// Creates the column under the options of the count.
    pub(super) fn new(found: &FoundColumn<'_>, options: &CountOptions) -> Self {
        let unkeyed = || RespondentHasher::Unkeyed(foldhash::quality::RandomState::default());
        Self {
            index: found.index,
            place: found.place,
            hasher: options.key.map_or_else(unkeyed, RespondentHasher::Keyed),
            known: options.key.and(options.known.clone()),
            known_rows: 0,
            once: found.column_rule().once.then(HashSet::default),
            repeated: 0,
            answers: DistinctAnswers::default(),
            blank: 0,
        }
    }

    /// Checks and records the id of a row that passes the other rules. `question` is the first question that
    /// the row names in a table of one answer per row; in other tables a row holds all answers of a
    /// respondent.
    pub(super) fn check_id(&mut self, row: &TableRow<'_>, question: Option<usize>) -> IdCheck {
        let id = if row.is_ragged() { "" } else { row.cell(self.place) };
        if id.is_empty() {
            self.blank += 1;
            return IdCheck::Counts;
        }
        let hash = self.hasher.hash_id(id);
        if self.known.as_ref().is_some_and(|known| known.contains(&hash)) {
            self.known_rows += 1;
            return IdCheck::LeftOut;
        }
        let question = question.map_or(0, |question| u16::try_from(question + 1).unwrap_or(u16::MAX));
        let answer = hash << QUESTION_BITS | u64::from(question);
        if self.once.as_mut().is_some_and(|seen| !seen.insert(answer)) {
            self.repeated += 1;
            return IdCheck::LeftOut;
        }
        self.answers.add_answer(answer);
        IdCheck::Counts
    }

    /// True if the order of rows decides which of them are left out.
    pub(super) fn depends_on_order(&self) -> bool {
        self.once.is_some()
    }

    /// Uses the hasher of another column, so that their hashes can be compared.
    pub(super) fn share_hasher(&mut self, other: &Self) {
        self.hasher = other.hasher.clone();
    }

    /// Sorts the ids, which makes merging fast.
    pub(super) fn compact_ids(&mut self) {
        self.answers.remove_repeats();
    }

    /// Adds the ids of other rows; both must be compacted and use the same hasher. Not for columns whose ids
    /// count once, as these depend on the order of rows.
    pub(super) fn merge(&mut self, other: Self) {
        self.known_rows += other.known_rows;
        self.repeated += other.repeated;
        self.blank += other.blank;
        self.answers.merge(other.answers);
    }

    pub(super) fn finish(mut self) -> Respondents {
        self.answers.remove_repeats();
        let again = self.answers.count_repeats();
        let hashes = self.answers.into_hashes();
        Respondents {
            distinct: hashes.len() as u64,
            repeated: self.repeated + again,
            blank: self.blank,
            known: self.known_rows,
            hashes: if matches!(self.hasher, RespondentHasher::Keyed(_)) { hashes } else { Vec::new() },
        }
    }
}
