//! Attack on the sums published with the cells: weights, and the sums that drivers are computed from.

use super::{Survey, Win, published_cells, question_id, wave_number};
use crate::model::counts::{Counts, WeightSum};

/// Returns weights published with few answers, and sums for drivers that leave few people of a published
/// cell.
pub(super) fn find_wins(survey: &Survey, copies: &[Option<Counts>], least: u64) -> Vec<Win> {
    let mut wins = Vec::new();
    for (import, copy) in copies.iter().enumerate() {
        let Some(copy) = copy else { continue };
        for (key, cell) in &copy.histograms {
            let place =
                (0..survey.question_count()).find(|place| question_id(*place) == key.question).unwrap();
            for (answer, weight) in &cell.weights {
                let n = cell.answers.get(answer).copied().unwrap_or_default();
                if (1..least).contains(&n) && *weight != WeightSum::from_count(n) {
                    let people = survey.people_in_group(import, key.wave, &key.segment);
                    wins.push(Win { how: "weight", question: place, people });
                }
            }
        }
        for ((asked, wave), cells) in published_cells(survey, import, copy) {
            let number = (1..9).find(|number| wave_number(*number) == wave).unwrap();
            let place = (0..survey.question_count()).find(|place| question_id(*place) == asked).unwrap();
            if !copy.pairs.keys().any(|(_, of)| *of == wave) {
                continue;
            }
            let complete = survey.complete_rows(import, number);
            for (_, people) in cells {
                let answered =
                    people.iter().copied().filter(|person| survey.rows[*person].answers[place].is_some());
                let rest: super::PersonSet = answered.filter(|person| !complete.contains(person)).collect();
                if complete.is_subset(&people) && (1..least).contains(&(rest.len() as u64)) {
                    wins.push(Win { how: "drivers", question: place, people: rest });
                }
            }
        }
    }
    wins
}
