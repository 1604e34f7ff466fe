//! Removes answers from the imports of a copy, and the traces of the files that they came from.

use super::cells::Left;
use super::{Copy, RedactedItem, SameAnswer, Why, imports};
use crate::id::{Id, IdSource, QuestionId, WaveId};
use crate::model::counts::{CountKey, Counts, Histogram};
use crate::model::{Batch, Project};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl Copy<'_> {
    /// Removes the answers to questions that were removed.
    pub(super) fn remove_answers(&mut self, questions: &BTreeSet<QuestionId>) {
        let batches = self.project().batches().clone();
        for batch in batches.values() {
            let mut counts = Counts::clone(&batch.counts);
            counts.histograms.retain(|key, _| !questions.contains(&key.question));
            counts.pairs.retain(|(outcome, _), pairs| {
                !questions.contains(outcome) && !pairs.drivers.iter().any(|driver| questions.contains(driver))
            });
            self.change_counts(batch, counts);
        }
    }

    /// Removes the answers of few, and imports from which these could be computed.
    pub(super) fn remove_few(&mut self, least: u64) {
        let project = self.project().clone();
        let batches: Vec<&Arc<Batch>> = project.batches().values().collect();
        let counts: Vec<_> = batches.iter().map(|batch| (&*batch.counts, &batch.overlapping)).collect();
        let mut repeated: Vec<Id> = Vec::new();
        for (batch, left) in batches.iter().zip(imports::without_few(&counts, least)) {
            if let Some(left) = left {
                self.list_removed(&project, batch, &left);
                self.change_counts(batch, left.counts);
            } else {
                repeated.push(batch.id.into());
                self.taken.push(RedactedItem::Repeated { file: batch.file.clone() });
            }
        }
        self.delete_elements(&repeated);
    }

    /// Lists the removed parts of an import.
    fn list_removed(&mut self, project: &Project, batch: &Batch, left: &Left) {
        let group = |key: &CountKey, why: Why| {
            let question = question_text(project, key.question);
            let wave = wave_label(project, key.wave);
            RedactedItem::Answers { question, wave, group: key.segment.clone(), why }
        };
        self.taken.extend(left.few.iter().map(|key| group(key, Why::Few)));
        self.taken.extend(left.same.iter().map(|key| group(key, Why::Same)));
        self.taken.extend(left.partners.iter().map(|key| group(key, Why::Partner)));
        self.taken.extend(left.pairs.iter().map(|(outcome, wave)| RedactedItem::Drivers {
            question: question_text(project, *outcome),
            wave: wave_label(project, *wave),
        }));
        if left.weights {
            self.taken.push(RedactedItem::Weights { file: batch.file.clone() });
        }
        self.same.extend(left.uniform.iter().map(|(question, wave)| SameAnswer {
            question: question_text(project, *question),
            wave: wave_label(project, *wave),
        }));
    }

    /// Puts random values in place of the hashes of files, by which guessed rows could be confirmed, and
    /// removes the days of the first and last answer, which are those of single people.
    pub(super) fn replace_fingerprints(&mut self, stamp: u64) {
        let mut source = IdSource::from_seed(stamp);
        let batches = self.project().batches().clone();
        for batch in batches.values() {
            let [a, b, c, d] = std::array::from_fn(|_| source.next_u64());
            let hash = format!("{a:016x}{b:016x}{c:016x}{d:016x}");
            let rows = counted_rows(&batch.counts).min(batch.rows);
            self.draft.change_record(batch.id, |batch: &mut Batch| {
                batch.hash = hash;
                batch.rows = rows;
                (batch.first, batch.last, batch.left_out) = (None, None, 0);
            });
            self.taken.push(RedactedItem::Fingerprint { file: batch.file.clone() });
        }
    }

    /// Changes the counts of an import. Its number of rows becomes that of the rows still counted, since the
    /// difference would give away the number of removed ones.
    fn change_counts(&mut self, batch: &Batch, counts: Counts) {
        if counts != *batch.counts {
            let rows = counted_rows(&counts).min(batch.rows);
            self.draft.change_record(batch.id, |batch: &mut Batch| {
                batch.counts = Arc::new(counts);
                batch.rows = rows;
            });
        }
    }
}

/// Returns the rows counted at the question with the most.
fn counted_rows(counts: &Counts) -> u64 {
    let mut rows: BTreeMap<QuestionId, u64> = BTreeMap::new();
    for (key, cell) in counts.histograms.iter().filter(|(key, _)| key.segment.is_everyone()) {
        *rows.entry(key.question).or_default() += Histogram::row_count(cell);
    }
    rows.into_values().max().unwrap_or_default()
}

fn question_text(project: &Project, id: QuestionId) -> String {
    project.questions().get(&id).map(|question| question.text.clone()).unwrap_or_default()
}

fn wave_label(project: &Project, id: WaveId) -> String {
    project.waves().get(&id).map(|wave| wave.label.clone()).unwrap_or_default()
}
