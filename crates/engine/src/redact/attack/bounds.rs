//! Bounds by linear programming: the fewest and the most people who can have given an answer where two or
//! three groups meet.
//!
//! The attacker knows which groups lie in which others, and that nobody is counted less than no time. Unknown
//! is how The attacker knows which groups are contained in which others, and that counts are not negative.
//! The unknowns are the numbers of each answer where groups of up to three columns meet.

use super::{PersonSet, Survey, Win, published_cells, question_id};
use crate::model::counts::{Answer, Counts, Segment};
use microlp::{ComparisonOp, OptimizationDirection, Problem};
use std::collections::{BTreeMap, BTreeSet};

/// The most columns whose groups are crossed.
const COLUMNS: usize = 3;
/// The most unknowns of one question.
const UNKNOWNS: usize = 20_000;

/// The published groups of a column, and the people in none of them.
type Parts = Vec<PersonSet>;

/// Returns the cells of fewer than `least` people whose answers the bounds determine exactly.
pub(super) fn find_wins(survey: &Survey, copies: &[Option<Counts>], least: u64) -> Vec<Win> {
    let mut wins = Vec::new();
    for (import, copy) in copies.iter().enumerate() {
        let Some(copy) = copy else { continue };
        for ((asked, wave), cells) in published_cells(survey, import, copy) {
            let place = (0..survey.question_count()).find(|place| question_id(*place) == asked).unwrap();
            let everyone = survey.people_in_group(import, wave, &Segment::everyone());
            let columns = build_columns(&cells, &everyone);
            for of in column_subsets(columns.len()) {
                let parts: Vec<&Parts> = of.iter().map(|column| &columns[*column]).collect();
                wins.extend(Grid::new(survey, place, &parts, &everyone).find_grid_wins(least));
            }
        }
    }
    wins
}

/// Returns all pairs of columns, or all triples if there are three or more.
fn column_subsets(columns: usize) -> Vec<Vec<usize>> {
    let size = columns.min(COLUMNS);
    let all = 0..1_u32 << columns.min(20);
    let sized = all.filter(|bits| bits.count_ones() as usize == size && size > 1);
    sized.map(|bits| (0..columns).filter(|column| bits >> column & 1 == 1).collect()).collect()
}

fn build_columns(cells: &[(Segment, PersonSet)], everyone: &PersonSet) -> Vec<Parts> {
    let mut named: BTreeMap<String, Parts> = BTreeMap::new();
    for (group, people) in cells.iter().filter(|(group, _)| !group.is_everyone()) {
        // Each value of a multiple-choice question is a separate column.
        let name = if group.column == "o" { format!("o {}", group.value) } else { group.column.clone() };
        named.entry(name).or_default().push(people.clone());
    }
    let with_rest = |mut parts: Parts| {
        let rest: PersonSet = everyone
            .iter()
            .copied()
            .filter(|person| !parts.iter().any(|part| part.contains(person)))
            .collect();
        if !rest.is_empty() {
            parts.push(rest);
        }
        parts
    };
    named.into_values().map(with_rest).collect()
}

/// The cells in which the groups of some columns meet.
struct Grid<'a> {
    survey: &'a Survey,
    place: usize,
    columns: &'a [&'a Parts],
    everyone: &'a PersonSet,
    /// The group of each column, for each cell that may hold somebody.
    cells: Vec<Vec<usize>>,
}

impl<'a> Grid<'a> {
    fn new(survey: &'a Survey, place: usize, columns: &'a [&'a Parts], everyone: &'a PersonSet) -> Self {
        let mut cells = vec![Vec::new()];
        for (column, parts) in columns.iter().enumerate() {
            let more = cells.iter().flat_map(|cell: &Vec<usize>| {
                (0..parts.len()).map(|part| cell.iter().copied().chain([part]).collect::<Vec<_>>())
            });
            cells = more.filter(|cell| may_hold_somebody(&columns[..=column], cell)).collect();
        }
        Self { survey, place, columns, everyone, cells }
    }

    fn people_in_cell(&self, cell: &[usize], of: u32) -> PersonSet {
        let chosen = (0..cell.len()).filter(|column| of >> column & 1 == 1);
        chosen.fold(self.everyone.clone(), |people, column| {
            people.intersection(&self.columns[column][cell[column]]).copied().collect()
        })
    }

    fn find_grid_wins(&self, least: u64) -> Vec<Win> {
        let answers: BTreeSet<Answer> =
            self.survey.answers_of_people(self.everyone, self.place).answers.into_keys().collect();
        if self.cells.len() * answers.len() > UNKNOWNS {
            return Vec::new();
        }
        let mut wins = Vec::new();
        // Sums over cells of all columns, and over those where only some of them meet.
        for of in (0..1_u32 << self.columns.len()).filter(|of| of.count_ones() > 1) {
            let mut seen = BTreeSet::new();
            for cell in &self.cells {
                let people = self.people_in_cell(cell, of);
                let n = self.survey.answers_of_people(&people, self.place).n();
                if !(1..least).contains(&n) || !seen.insert(people.clone()) {
                    continue;
                }
                let inside =
                    |other: &Vec<usize>| (0..cell.len()).all(|c| of >> c & 1 == 0 || other[c] == cell[c]);
                if answers.iter().all(|answer| self.is_told(*answer, &inside)) {
                    wins.push(Win { how: "bounds", question: self.place, people });
                }
            }
        }
        wins
    }

    /// True if the number of people in some of the cells who gave an answer is determined exactly.
    fn is_told(&self, answer: Answer, inside: &dyn Fn(&Vec<usize>) -> bool) -> bool {
        let given = |people: &PersonSet| {
            let cell = self.survey.answers_of_people(people, self.place);
            cell.answers.get(&answer).copied().unwrap_or_default() as f64
        };
        let bound = |direction: OptimizationDirection| {
            let mut problem = Problem::new(direction);
            let weight = |cell: &Vec<usize>| if inside(cell) { 1.0 } else { 0.0 };
            let variables: Vec<_> =
                self.cells.iter().map(|cell| problem.add_var(weight(cell), (0.0, f64::INFINITY))).collect();
            for (column, parts) in self.columns.iter().enumerate() {
                for (part, people) in parts.iter().enumerate() {
                    let cells = self.cells.iter().zip(&variables).filter(|(cell, _)| cell[column] == part);
                    let sum: Vec<_> = cells.map(|(_, variable)| (*variable, 1.0)).collect();
                    problem.add_constraint(sum, ComparisonOp::Eq, given(people));
                }
            }
            problem.solve().ok().map(|solution| solution.objective())
        };
        let (Some(fewest), Some(most)) =
            (bound(OptimizationDirection::Minimize), bound(OptimizationDirection::Maximize))
        else {
            return false;
        };
        most - fewest < 1e-6
    }
}

/// True if the last group of a cell can overlap the others: none of the two is contained in a different group
/// of the other's column.
fn may_hold_somebody(columns: &[&Parts], cell: &[usize]) -> bool {
    let last = cell.len() - 1;
    let own = &columns[last][cell[last]];
    (0..last).all(|column| {
        let other = &columns[column][cell[column]];
        let lies_elsewhere = |part: &PersonSet, parts: &Parts, whole: &PersonSet| {
            parts.iter().any(|home| home != whole && part.is_subset(home))
        };
        !lies_elsewhere(own, columns[column], other) && !lies_elsewhere(other, columns[last], own)
    })
}
