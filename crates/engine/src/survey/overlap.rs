//! Detects imports that repeat answers already imported: form tools export everything each time.
//!
//! Where the respondent ids of earlier imports are known, the overlap is exact. Otherwise days and counts
//! raise the question: an earlier import may be contained in this one if its days overlap, or if none of its
//! counts exceeds the new ones.

use super::count::Counted;
use super::period::Period;
use super::propose::ProposedColumn;
use crate::id::{BatchId, QuestionId};
use crate::model::counts::{CountKey, Histogram, Segment};
use crate::model::{Batch, Project, Question};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// Histograms with fewer answers than this may be contained in others by chance.
const TELLING: u64 = 10;

/// The sign that answers were imported before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverlapEvidence {
    /// The content of the file is the same.
    Content,
    /// Some respondents are known from earlier imports.
    Respondents {
        /// Number of respondents known from earlier imports.
        known: u64,
        /// Number of new respondents.
        new: u64,
    },
    /// No count of the earlier import exceeds the new one.
    Counts,
    /// The days overlap, but the counts differ.
    Days,
}

/// Earlier imports whose answers an import seems to hold again.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlap {
    /// The earlier imports.
    pub batches: Vec<Arc<Batch>>,
    /// The sign by which the overlap was found.
    pub evidence: OverlapEvidence,
    /// Last day of the earlier imports, if they have days and the new import has later ones: rows after it
    /// are new.
    pub last: Option<Date>,
}

/// The treatment of an import that repeats earlier answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgainChoice {
    /// The new import replaces the earlier ones.
    Replace,
    /// Only respondents who are new, or rows after the last day of the earlier imports, are added.
    OnlyNew,
    /// All rows are added.
    AddAll,
}

impl Overlap {
    /// Returns the possible treatments, the likeliest first.
    pub fn possible_choices(&self) -> Vec<AgainChoice> {
        let new = (self.can_tell_new()).then_some(AgainChoice::OnlyNew);
        match self.evidence {
            OverlapEvidence::Content => vec![AgainChoice::Replace],
            OverlapEvidence::Days => {
                [AgainChoice::AddAll].into_iter().chain(new).chain([AgainChoice::Replace]).collect()
            }
            _ => [AgainChoice::Replace].into_iter().chain(new).chain([AgainChoice::AddAll]).collect(),
        }
    }

    /// True if new rows can be separated from repeated ones, by respondent id or by day.
    fn can_tell_new(&self) -> bool {
        matches!(self.evidence, OverlapEvidence::Respondents { .. }) || self.last.is_some()
    }
}

/// Finds the earlier imports that an import overlaps; `None` if its answers are new. `known` returns the
/// hashed respondent ids of an earlier import, where they are stored on this computer.
pub fn find_overlap(
    project: &Project,
    (columns, counted): (&[ProposedColumn], &Counted),
    known: impl Fn(BatchId) -> Option<HashSet<u64>>,
) -> Option<Overlap> {
    let batches: Vec<&Arc<Batch>> = project.batches().values().collect();
    if let Some(same) = batches.iter().find(|batch| batch.hash == counted.hash) {
        return Some(Overlap {
            batches: vec![Arc::clone(same)],
            evidence: OverlapEvidence::Content,
            last: None,
        });
    }
    let apart = |batch: &Batch| match (batch.last, batch.first, counted.days) {
        (Some(last), Some(first), Some((from, to))) => last < from || to < first,
        _ => false,
    };
    let near: Vec<&Arc<Batch>> = batches.into_iter().filter(|batch| !apart(batch)).collect();
    let shared = shared_respondents(&near, counted, known);
    if let Some(overlap) = overlap_by_respondents(&near, counted, &shared) {
        return Some(overlap);
    }
    // If the ids of an earlier import are known and none came again, its answers did not come again either.
    let unknown: Vec<&Arc<Batch>> =
        near.into_iter().filter(|batch| !shared.contains_key(&batch.id)).collect();
    overlap_by_counts(project, &unknown, columns, counted)
}

/// Returns, for each earlier import with known ids, the ids that occur again in this import.
fn shared_respondents(
    batches: &[&Arc<Batch>],
    counted: &Counted,
    known: impl Fn(BatchId) -> Option<HashSet<u64>>,
) -> BTreeMap<BatchId, Vec<u64>> {
    let new = counted.respondents.as_ref().filter(|respondents| !respondents.hashes.is_empty());
    let shared = |batch: &&Arc<Batch>| {
        let earlier = known(batch.id)?;
        Some((batch.id, new?.hashes.iter().copied().filter(|hash| earlier.contains(hash)).collect()))
    };
    batches.iter().filter_map(shared).collect()
}

/// Finds the overlap by respondent ids, where those of earlier imports are known.
fn overlap_by_respondents(
    batches: &[&Arc<Batch>],
    counted: &Counted,
    shared: &BTreeMap<BatchId, Vec<u64>>,
) -> Option<Overlap> {
    let again = |batch: &&&Arc<Batch>| shared.get(&batch.id).is_some_and(|ids| !ids.is_empty());
    let found: Vec<Arc<Batch>> = batches.iter().filter(again).map(|batch| Arc::clone(batch)).collect();
    let known = shared.values().flatten().collect::<HashSet<&u64>>().len() as u64;
    let all = counted.respondents.as_ref().map_or(0, |respondents| respondents.hashes.len() as u64);
    let evidence = OverlapEvidence::Respondents { known, new: all.saturating_sub(known) };
    (known > 0).then(|| Overlap { last: last_day(&found, counted), batches: found, evidence })
}

fn last_day(batches: &[Arc<Batch>], counted: &Counted) -> Option<Date> {
    let last = batches.iter().map(|batch| batch.last).collect::<Option<Vec<Date>>>()?.into_iter().max()?;
    counted.days.filter(|(_, to)| *to > last).map(|_| last)
}

/// Finds the overlap by counts and days.
fn overlap_by_counts(
    project: &Project,
    batches: &[&Arc<Batch>],
    columns: &[ProposedColumn],
    counted: &Counted,
) -> Option<Overlap> {
    let now = counts_of_everyone(project, columns, counted);
    let mut contained = Vec::new();
    let mut same_days = Vec::new();
    for batch in batches {
        match compare_counts(project, batch, &now) {
            Some(true) => contained.push(Arc::clone(batch)),
            Some(false) if batch.first.is_some() && counted.days.is_some() => {
                same_days.push(Arc::clone(batch));
            }
            _ => {}
        }
    }
    let (batches, evidence) = if contained.is_empty() {
        (same_days, OverlapEvidence::Days)
    } else {
        (contained, OverlapEvidence::Counts)
    };
    (!batches.is_empty()).then(|| Overlap { last: last_day(&batches, counted), batches, evidence })
}

type EveryonesCounts = BTreeMap<(QuestionId, Option<String>), Histogram>;

/// Sums the counts of the "everyone" segment for each known question, by the label of the wave.
fn counts_of_everyone(project: &Project, columns: &[ProposedColumn], counted: &Counted) -> EveryonesCounts {
    let mut counts = EveryonesCounts::new();
    for (place, by_group) in &counted.answers {
        let question = columns.get(*place).and_then(|column| known_question(project, column));
        let Some(question) = question else { continue };
        for (group, histogram) in by_group.iter().filter(|(group, _)| group.segment.is_everyone()) {
            let label = Period::label(group.period);
            counts.entry((question, label)).or_default().add_histogram(histogram);
        }
    }
    counts
}

fn known_question(project: &Project, column: &ProposedColumn) -> Option<QuestionId> {
    let asks = |question: &&Arc<Question>| {
        let bears = |name: &str| question.text == name || question.aliases.contains(name);
        question.target == column.target
            && (bears(column.question_name()) || column.rule.aliases.iter().any(|alias| bears(alias)))
    };
    project.questions().values().find(asks).map(|question| question.id)
}

/// True if no count of an earlier import exceeds the new one, over questions with enough answers in both;
/// `None` if they share no question and wave.
fn compare_counts(project: &Project, batch: &Batch, now: &EveryonesCounts) -> Option<bool> {
    let everyone = Segment::everyone();
    let mut contained: Option<bool> = None;
    for (CountKey { question, wave, segment }, earlier) in &batch.counts.histograms {
        if *segment != everyone || earlier.n() < TELLING || earlier.is_of_unknown_n() {
            continue;
        }
        let dated =
            project.waves().get(wave).filter(|wave| wave.from.is_some()).map(|wave| wave.label.clone());
        let Some(new) = now.get(&(*question, dated)) else { continue };
        let above = earlier
            .answers
            .iter()
            .any(|(answer, count)| new.answers.get(answer).copied().unwrap_or(0) < *count);
        contained = Some(contained.unwrap_or(true) && !above);
    }
    contained
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply_all;
    use crate::edit::command::new_project;
    use crate::id::IdSource;
    use crate::survey::count::{CountOptions, count_table_with};
    use crate::survey::import::{Import, WaveChoice, build_transaction};
    use crate::survey::profile::profile_table;
    use crate::survey::propose::propose_columns;
    use crate::survey::source::{Options, SurveyTable};
    use jiff::civil::date;
    use std::io::Cursor;

    fn csv_rows(from: usize, to: usize) -> String {
        let row = |n: usize| {
            format!(
                "r{n},{},{}\n",
                date(2026, 1, 1).checked_add(jiff::Span::new().days(i64::try_from(n).unwrap())).unwrap(),
                1 + n * 7 % 5
            )
        };
        format!("Response ID,Date,Rating of the visit\n{}", (from..to).map(row).collect::<String>())
    }

    fn count_text(project: &Project, text: &str) -> (Vec<ProposedColumn>, Counted) {
        let journey = project.journeys_in_order()[0].info().id;
        let table = || SurveyTable::new(Cursor::new(text.to_owned()), Arc::default()).unwrap();
        let columns = propose_columns(&profile_table(&mut table()).unwrap(), project, journey);
        let options = CountOptions { key: Some([7; 16]), ..CountOptions::default() };
        let counted = count_table_with(&mut table(), &columns, &options).unwrap();
        (columns, counted)
    }

    fn import_text(project: &mut Project, text: &str) -> (BatchId, HashSet<u64>) {
        let (columns, counted) = count_text(project, text);
        let hashes = counted.respondents.iter().flat_map(|respondents| respondents.hashes.clone()).collect();
        let import = Import {
            journey: project.journeys_in_order()[0].info().id,
            columns,
            counted,
            file: "a.csv".to_owned(),
            options: Options::default(),
            today: date(2026, 11, 30),
            wave: WaveChoice::Named("a".to_owned()),
            replaces: Vec::new(),
        };
        let change = build_transaction(project, &import, &mut IdSource::from_seed(text.len() as u64));
        apply_all(project, &change).unwrap();
        (*project.batches().keys().next().unwrap(), hashes)
    }

    fn overlap_of_text(project: &Project, text: &str, known: Option<&HashSet<u64>>) -> Option<Overlap> {
        let (columns, counted) = count_text(project, text);
        find_overlap(project, (&columns, &counted), |_| known.cloned())
    }

    #[test]
    fn a_cumulative_export_is_recognised_by_ids_or_by_counts() {
        let mut project = new_project("Trip", &mut IdSource::from_seed(3));
        let (_, ids) = import_text(&mut project, &csv_rows(0, 40));
        let again = overlap_of_text(&project, &csv_rows(0, 60), Some(&ids)).unwrap();
        assert_eq!(again.evidence, OverlapEvidence::Respondents { known: 40, new: 20 });
        assert_eq!(
            again.possible_choices(),
            [AgainChoice::Replace, AgainChoice::OnlyNew, AgainChoice::AddAll]
        );
        assert_eq!(
            overlap_of_text(&project, &csv_rows(0, 60), None).unwrap().evidence,
            OverlapEvidence::Counts
        );
        assert_eq!(overlap_of_text(&project, &csv_rows(0, 60), None).unwrap().last, Some(date(2026, 2, 9)));
        assert_eq!(
            overlap_of_text(&project, &csv_rows(0, 40), None).unwrap().evidence,
            OverlapEvidence::Content
        );
    }

    #[test]
    fn a_next_month_is_new_even_where_its_numbers_begin_again() {
        let mut project = new_project("Trip", &mut IdSource::from_seed(3));
        let (_, ids) = import_text(&mut project, &csv_rows(0, 40));
        assert_eq!(overlap_of_text(&project, &csv_rows(40, 80), Some(&ids)), None);
        assert_eq!(overlap_of_text(&project, &csv_rows(40, 80).replace("r4", "r0"), Some(&ids)), None);
    }
}
