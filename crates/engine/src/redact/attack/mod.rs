//! An attacker who reads a redacted copy: knows who belongs to which groups, and computes their answers.
//!
//! Three ways are tried: exact elimination over everything that is published, of all imports together
//! ([`elimination`]); bounds by linear programming ([`bounds`]); the sums published with the cells
//! ([`sums`]).

mod bounds;
mod elimination;
mod random_surveys;
mod sums;
#[cfg(test)]
mod tests;

use crate::id::{QuestionId, WaveId};
use crate::model::counts::{Answer, CountKey, Counts, Histogram, Moments, Pairs, Segment, WeightSum};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

/// One respondent.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// The group in each segment column; `None` if the cell is blank.
    pub(super) groups: Vec<Option<u64>>,
    /// The values chosen in a multiple-choice column, whose groups overlap.
    pub(super) choices: BTreeSet<u64>,
    /// The answer to each question; `None` if missing.
    pub(super) answers: Vec<Option<u64>>,
    /// The weight, in millionths.
    pub(super) weight: u64,
    /// The number of the wave.
    pub(super) wave: usize,
    /// The imports that hold the row, one bit each.
    pub(super) imports: u32,
}

impl Row {
    /// Returns a row of weight one in the first wave and the first import.
    pub(super) fn new(groups: Vec<Option<u64>>, answers: Vec<Option<u64>>) -> Self {
        Self { groups, choices: BTreeSet::new(), answers, weight: WeightSum::ONE, wave: 1, imports: 1 }
    }
}

/// Respondents by their indices among the rows.
pub(super) type PersonSet = BTreeSet<usize>;

/// The rows of all imports, and the columns that each import counts.
#[derive(Clone, Debug)]
pub(super) struct Survey {
    pub(super) rows: Vec<Row>,
    /// The segment columns that each import counts.
    pub(super) columns: Vec<Vec<usize>>,
    /// The pairs of columns that are crossed where an import counts both.
    pub(super) crossed: Vec<(usize, usize)>,
    pub(super) is_weighted: bool,
    /// The question whose drivers are sought among the others.
    pub(super) outcome: Option<usize>,
}

impl Survey {
    /// Returns a survey of one import that counts all columns and crosses the first two.
    pub(super) fn of_rows(rows: &[Row]) -> Self {
        let width = rows.first().map_or(0, |row| row.groups.len());
        let crossed = if width > 1 { vec![(0, 1)] } else { Vec::new() };
        let columns = vec![(0..width).collect()];
        Self { rows: rows.to_vec(), columns, crossed, is_weighted: false, outcome: None }
    }

    /// Returns the number of questions asked.
    pub(super) fn question_count(&self) -> usize {
        self.rows.first().map_or(0, |row| row.answers.len())
    }

    /// Returns the rows of an import in a group of a wave.
    pub(super) fn people_in_group(&self, import: usize, wave: WaveId, group: &Segment) -> PersonSet {
        let inside = |row: &Row| {
            row.imports >> import & 1 == 1
                && wave_number(row.wave) == wave
                && self.lies_in(row, import, group)
        };
        (0..self.rows.len()).filter(|place| inside(&self.rows[*place])).collect()
    }

    fn lies_in(&self, row: &Row, import: usize, group: &Segment) -> bool {
        self.groups_of_row(row, import).contains(group)
    }

    /// Returns the groups in which an import counts a row.
    fn groups_of_row(&self, row: &Row, import: usize) -> Vec<Segment> {
        let counted = |column: usize| self.columns[import].contains(&column);
        let of = |column: usize| {
            if !counted(column) {
                return None;
            }
            let group = row.groups.get(column).copied().flatten()?;
            Some(make_segment(&format!("c{column}"), group))
        };
        let mut groups: Vec<Segment> = (0..row.groups.len()).filter_map(of).collect();
        let crossed = self.crossed.iter().filter_map(|(one, other)| Some(of(*one)?.cross_with(&of(*other)?)));
        groups.extend(crossed.collect::<Vec<_>>());
        groups.extend(row.choices.iter().map(|choice| make_segment("o", choice)));
        groups.push(Segment::everyone());
        groups
    }

    /// Returns the answers of some people to a question.
    pub(super) fn answers_of_people(&self, people: &PersonSet, place: usize) -> Histogram {
        let mut cell = Histogram::default();
        for row in people.iter().map(|person| &self.rows[*person]) {
            self.count_answer(row, place, &mut cell);
        }
        cell
    }

    fn count_answer(&self, row: &Row, place: usize, cell: &mut Histogram) {
        let Some(answer) = row.answers[place] else {
            cell.missing += 1;
            return;
        };
        let answer = Answer::new(answer as f64).unwrap();
        *cell.answers.entry(answer).or_default() += 1;
        if self.is_weighted {
            cell.weights.entry(answer).or_default().add_weight(WeightSum::of_one(row.weight));
        }
    }

    /// Returns the counts of an import as the program stores them.
    pub(super) fn count_import(&self, import: usize) -> Counts {
        let mut counts = Counts::default();
        for row in self.rows.iter().filter(|row| row.imports >> import & 1 == 1) {
            for group in self.groups_of_row(row, import) {
                for place in 0..row.answers.len() {
                    let wave = wave_number(row.wave);
                    let key = CountKey { question: question_id(place), wave, segment: group.clone() };
                    self.count_answer(row, place, counts.histograms.entry(key).or_default());
                }
            }
        }
        if let Some(outcome) = self.outcome {
            let waves: BTreeSet<usize> = self.rows.iter().map(|row| row.wave).collect();
            for wave in waves {
                let pairs = self.pair_sums(import, outcome, wave);
                counts.pairs.extend(pairs.map(|pairs| ((question_id(outcome), wave_number(wave)), pairs)));
            }
        }
        counts
    }

    /// Returns the rows of an import's wave that answer every question.
    pub(super) fn complete_rows(&self, import: usize, wave: usize) -> PersonSet {
        let complete = |row: &Row| {
            row.wave == wave && row.imports >> import & 1 == 1 && row.answers.iter().all(Option::is_some)
        };
        (0..self.rows.len()).filter(|place| complete(&self.rows[*place])).collect()
    }

    fn pair_sums(&self, import: usize, outcome: usize, wave: usize) -> Option<Pairs> {
        let drivers: Vec<usize> = (0..self.question_count()).filter(|place| *place != outcome).collect();
        let asked: Vec<usize> = [outcome].into_iter().chain(drivers.iter().copied()).collect();
        let people = self.complete_rows(import, wave);
        let mut moments =
            Moments { n: people.len() as u64, sums: vec![0; asked.len()], ..Moments::default() };
        moments.products = vec![0; asked.len() * (asked.len() + 1) / 2];
        for row in people.iter().map(|person| &self.rows[*person]) {
            let answers: Vec<i128> = asked
                .iter()
                .map(|place| i128::from(row.answers[*place].unwrap_or_default()) * 1000)
                .collect();
            let mut at = 0;
            for (one, answer) in answers.iter().enumerate() {
                moments.sums[one] += answer;
                for other in &answers[one..] {
                    moments.products[at] += answer * other;
                    at += 1;
                }
            }
        }
        let drivers = drivers.into_iter().map(question_id).collect();
        (!people.is_empty()).then_some(Pairs { drivers, moments, weighted: None })
    }
}

pub(super) fn question_id(place: usize) -> QuestionId {
    format!("q-0000000000{place:02}").parse().unwrap()
}

/// The first wave.
pub(super) fn first_wave() -> WaveId {
    wave_number(1)
}

pub(super) fn wave_number(number: usize) -> WaveId {
    format!("w-0000000000{number:02}").parse().unwrap()
}

pub(super) fn make_segment(column: &str, value: impl Display) -> Segment {
    Segment { column: column.to_owned(), value: format!("{value}") }
}

pub(super) fn count_key(place: usize, segment: Segment) -> CountKey {
    CountKey { question: question_id(place), wave: first_wave(), segment }
}

/// Returns the counts of one import of some rows.
pub(super) fn count_rows(rows: &[Row]) -> Counts {
    Survey::of_rows(rows).count_import(0)
}

/// Returns the counts of each import of a random survey.
pub(super) fn random_imports(seed: u64) -> Vec<Counts> {
    let survey = random_surveys::random_survey(seed);
    (0..survey.columns.len()).map(|import| survey.count_import(import)).collect()
}

/// A small set of people whose answers could be computed, in words for a failing test.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Win {
    /// Name of the attack that succeeded.
    pub(super) how: &'static str,
    pub(super) question: usize,
    pub(super) people: PersonSet,
}

/// Returns everything that the attacks compute about fewer than `least` people from the copies of all
/// imports.
pub(super) fn all_wins(survey: &Survey, copies: &[Option<Counts>], least: u64) -> Vec<Win> {
    let mut wins = elimination::find_wins(survey, copies, least);
    wins.extend(bounds::find_wins(survey, copies, least));
    wins.extend(sums::find_wins(survey, copies, least));
    wins
}

/// The same for the copy of one import of some rows.
pub(super) fn find_copy_wins(rows: &[Row], copy: &Counts) -> Vec<Win> {
    all_wins(&Survey::of_rows(rows), &[Some(copy.clone())], super::LEAST)
}

/// Returns the cells of each question that an import publishes, with their people.
pub(super) fn published_cells(
    survey: &Survey,
    import: usize,
    copy: &Counts,
) -> BTreeMap<(QuestionId, WaveId), Vec<(Segment, PersonSet)>> {
    let mut found: BTreeMap<_, Vec<(Segment, PersonSet)>> = BTreeMap::new();
    let mut sets: BTreeMap<(WaveId, Segment), PersonSet> = BTreeMap::new();
    for key in copy.histograms.keys() {
        let set = sets
            .entry((key.wave, key.segment.clone()))
            .or_insert_with(|| survey.people_in_group(import, key.wave, &key.segment));
        found.entry((key.question, key.wave)).or_default().push((key.segment.clone(), set.clone()));
    }
    found
}
