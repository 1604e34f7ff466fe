//! Exact elimination: everything that can be computed by adding, subtracting and dividing all published
//! counts.
//!
//! The attacker knows for each respondent the groups, waves and imports, and no answer. The unknowns are the
//! answers of each set of respondents who are alike in all of these. The same equations hold for each answer
//! to a question, so that one elimination per question covers all its answers.

use super::{PersonSet, Survey, Win, published_cells, question_id, wave_number};
use crate::model::counts::{Counts, Segment};
use std::collections::{BTreeMap, BTreeSet};

const PRIME: u64 = 998_244_353;

/// Rows of linear equations modulo a prime, in reduced echelon form.
#[derive(Default)]
struct Span(Vec<(usize, Vec<u64>)>);

impl Span {
    fn reduce_row(&self, row: &mut [u64]) {
        for (pivot, other) in &self.0 {
            let factor = row[*pivot];
            if factor != 0 {
                subtract_row(row, other, factor);
            }
        }
    }

    fn add_row(&mut self, mut row: Vec<u64>) {
        self.reduce_row(&mut row);
        let Some(pivot) = row.iter().position(|value| *value != 0) else { return };
        let inverse = modular_power(row[pivot], PRIME - 2);
        for value in &mut row {
            *value = *value * inverse % PRIME;
        }
        for (_, other) in &mut self.0 {
            let factor = other[pivot];
            if factor != 0 {
                subtract_row(other, &row, factor);
            }
        }
        self.0.push((pivot, row));
    }

    fn spans_row(&self, mut row: Vec<u64>) -> bool {
        self.reduce_row(&mut row);
        row.iter().all(|value| *value == 0)
    }
}

fn subtract_row(row: &mut [u64], other: &[u64], factor: u64) {
    for (own, other) in row.iter_mut().zip(other) {
        *own = (*own + PRIME - factor * other % PRIME) % PRIME;
    }
}

fn modular_power(base: u64, exponent: u64) -> u64 {
    let mut result = 1;
    for bit in (0..32).rev() {
        result = result * result % PRIME;
        if exponent >> bit & 1 == 1 {
            result = result * base % PRIME;
        }
    }
    result
}

/// Respondents who are alike in all that the attacker knows.
struct Atoms {
    of_row: Vec<usize>,
    people: Vec<PersonSet>,
}

impl Atoms {
    fn new(survey: &Survey) -> Self {
        let mut known = BTreeMap::new();
        let mut atoms = Self { of_row: Vec::new(), people: Vec::new() };
        for (place, row) in survey.rows.iter().enumerate() {
            let traits = (&row.groups, &row.choices, row.wave, row.imports);
            let next = known.len();
            let atom = *known.entry(traits).or_insert(next);
            atoms.people.resize(atoms.people.len().max(atom + 1), PersonSet::new());
            atoms.people[atom].insert(place);
            atoms.of_row.push(atom);
        }
        atoms
    }

    fn indicator_row(&self, people: &PersonSet) -> Vec<u64> {
        let mut row = vec![0; self.people.len()];
        for person in people {
            row[self.of_row[*person]] = 1;
        }
        row
    }
}

/// The most people, in words of 64 bits.
const WORDS: usize = 8;

/// Respondents, one bit each.
type PersonBits = [u64; WORDS];

fn to_bits(people: &PersonSet) -> PersonBits {
    let mut bits = [0; WORDS];
    for person in people {
        bits[person / 64] |= 1 << (person % 64);
    }
    bits
}

/// Returns the sets of people whose answers the attacker wants: all groups, the intersections of two or
/// three, the difference of two, and those alike in everything.
fn target_sets(survey: &Survey, atoms: &Atoms, least: u64) -> BTreeSet<PersonSet> {
    let mut groups = BTreeSet::new();
    for import in 0..survey.columns.len() {
        let all: BTreeSet<_> =
            survey.count_import(import).histograms.into_keys().map(|key| (key.wave, key.segment)).collect();
        groups.extend(all.into_iter().map(|(wave, group)| survey.people_in_group(import, wave, &group)));
        let waves: BTreeSet<usize> = survey.rows.iter().map(|row| row.wave).collect();
        let everyone: Vec<PersonSet> = waves
            .into_iter()
            .map(|wave| survey.people_in_group(import, wave_number(wave), &Segment::everyone()))
            .collect();
        groups.insert(everyone.into_iter().flatten().collect());
    }
    let bits: Vec<PersonBits> = groups.iter().map(to_bits).collect();
    let asked = (0..survey.question_count()).map(|place| {
        let answered = (0..survey.rows.len()).filter(|person| survey.rows[*person].answers[place].is_some());
        to_bits(&answered.collect())
    });
    let asked: Vec<PersonBits> = asked.chain([[u64::MAX; WORDS]]).collect();
    let is_few = |people: &PersonBits| {
        asked.iter().any(|answered| {
            let n: u32 = people.iter().zip(answered).map(|(own, other)| (own & other).count_ones()).sum();
            (1..least).contains(&u64::from(n))
        })
    };
    let mut few = BTreeSet::new();
    for one in &bits {
        for other in &bits {
            let both: PersonBits = std::array::from_fn(|word| one[word] & other[word]);
            let rest: PersonBits = std::array::from_fn(|word| one[word] & !other[word]);
            few.extend([both, rest].into_iter().filter(is_few));
        }
    }
    let people = |bits: &PersonBits| -> PersonSet {
        (0..survey.rows.len()).filter(|person| bits[person / 64] >> (person % 64) & 1 == 1).collect()
    };
    let mut all: BTreeSet<PersonSet> = few.iter().map(people).collect();
    all.extend(groups);
    all.extend(atoms.people.iter().cloned());
    all
}

/// Returns small sets that the elimination itself yields: equations, and differences of two, that describe
/// whole people.
fn small_sets(span: &Span, atoms: &Atoms) -> Vec<PersonSet> {
    let whole = |row: &[u64]| {
        let plain = row.iter().all(|value| *value < 2);
        let inside = row.iter().zip(&atoms.people).filter(|(value, _)| **value == 1);
        plain.then(|| inside.flat_map(|(_, people)| people.iter().copied()).collect::<PersonSet>())
    };
    let mut found = Vec::new();
    for (_, one) in &span.0 {
        found.extend(whole(one));
        for (_, other) in &span.0 {
            let mut row = one.clone();
            subtract_row(&mut row, other, 1);
            found.extend(whole(&row));
        }
    }
    found
}

/// Returns the sets of fewer than `least` answers, or people, that can be computed.
pub(super) fn find_wins(survey: &Survey, copies: &[Option<Counts>], least: u64) -> Vec<Win> {
    let atoms = Atoms::new(survey);
    let mut spans: Vec<Span> = (0..=survey.question_count()).map(|_| Span::default()).collect();
    for (import, copy) in copies.iter().enumerate() {
        let Some(copy) = copy else { continue };
        for ((asked, _), cells) in published_cells(survey, import, copy) {
            let place = (0..survey.question_count()).find(|place| question_id(*place) == asked).unwrap();
            for (_, people) in cells {
                // Rows are the same at all questions.
                spans[place].add_row(atoms.indicator_row(&people));
                spans[survey.question_count()].add_row(atoms.indicator_row(&people));
            }
        }
    }
    let mut targets = target_sets(survey, &atoms, least);
    for span in &spans {
        targets.extend(small_sets(span, &atoms));
    }
    let mut wins = Vec::new();
    for people in &targets {
        let rows = people.len() as u64;
        for (place, span) in spans.iter().enumerate() {
            let few = if place == survey.question_count() {
                (1..least).contains(&rows)
            } else {
                (1..least).contains(&survey.answers_of_people(people, place).n())
            };
            if few && span.spans_row(atoms.indicator_row(people)) {
                wins.push(Win { how: "elimination", question: place, people: people.clone() });
            }
        }
    }
    wins
}
